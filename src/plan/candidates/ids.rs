//! The ids of items that others need.

/// The id of the item that reviews the security of a tool.
pub(super) fn security_review(tool: &str) -> String {
    format!("governance:security-review:{tool}")
}

/// The id of the item that builds a review into what goes from one system to another.
pub(super) fn review(from: &str, to: &str) -> String {
    format!("governance:review:{from}:{to}")
}

/// The id of the item that writes an AI policy.
pub(super) const POLICY: &str = "governance:policy";

/// The id of the item that decides about a tool on trial.
pub(super) fn decision(tool: &str) -> String {
    format!("governance:pilot-decision:{tool}")
}

/// The id of the item that is a measure, by its key; of one about a system or a flow that follows.
pub(super) fn measure(key: &str) -> String {
    format!("governance:{key}")
}

/// The id of the item that finds something out.
pub(super) fn verify(what: &str) -> String {
    format!("verify:{what}")
}
