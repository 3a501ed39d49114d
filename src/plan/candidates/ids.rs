//! The ids of items that others need.

/// The id of the item that reviews the security of a tool.
pub(super) fn security_review(tool: &str) -> String {
    format!("governance:security-review:{tool}")
}

/// The id of the item that builds a review into what goes from one system to another.
pub(super) fn review(from: &str, to: &str) -> String {
    format!("governance:review:{from}:{to}")
}
