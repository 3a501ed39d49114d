//! What the name of an operation says: whether it reads or writes, and of what.

use super::recognise::Named;
use crate::catalog::people::{begins_with, meaning};

/// What a step does with the records of its system.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Role {
    /// Takes records out.
    Read,
    /// Puts records in.
    Write,
    /// Is given something and answers with something.
    Both,
    /// Starts something that is given nothing.
    Launch,
}

impl Role {
    /// Whether something goes into its system.
    pub(super) fn writes(self) -> bool {
        matches!(self, Self::Write | Self::Both)
    }
}

const READING: [&str; 27] = [
    "get", "list", "search", "find", "lookup", "look", "watch", "download", "read", "trigger", "retrieve", "query",
    "fetch", "export", "select", "load", "count", "poll", "receive", "received", "list", "describe", "view", "browse",
    "output", "scrape", "match",
];
const WRITING: [&str; 47] = [
    "create",
    "update",
    "upsert",
    "add",
    "append",
    "send",
    "post",
    "upload",
    "delete",
    "reply",
    "insert",
    "set",
    "edit",
    "remove",
    "subscribe",
    "unsubscribe",
    "publish",
    "invite",
    "move",
    "copy",
    "write",
    "put",
    "patch",
    "assign",
    "tag",
    "untag",
    "close",
    "enroll",
    "sync",
    "import",
    "respond",
    "forward",
    "share",
    "schedule",
    "register",
    "track",
    "identify",
    "merge",
    "archive",
    "clear",
    "replace",
    "notify",
    "enqueue",
    "push",
    "submit",
    "save",
    "attach",
];
const ASKING: [&str; 23] = [
    "validate",
    "verify",
    "verifier",
    "enrich",
    "enrichment",
    "check",
    "analyze",
    "classify",
    "complete",
    "completion",
    "translate",
    "summarize",
    "transcribe",
    "generate",
    "convert",
    "score",
    "predict",
    "chat",
    "ask",
    "prompt",
    "message",
    "edit",
    "detect",
];
const LAUNCHING: [&str; 4] = ["launch", "run", "start", "execute"];

/// The words of an operation: `createAContact`, `update_row_v2` and `find-or-create` split and in lower case.
pub(super) fn words(operation: &str) -> Vec<String> {
    super::recognise::in_words(operation).to_lowercase().split(' ').map(str::to_owned).collect()
}

/// The role that the words of an operation state, if they do. Reading and writing words together are both.
pub(super) fn role(operation: &str) -> Option<Role> {
    let words = words(operation);
    let has = |list: &[&str]| words.iter().any(|word| list.contains(&word.as_str()));
    let first = |list: &[&str]| words.iter().position(|word| list.contains(&word.as_str()));
    match (first(&READING), first(&WRITING)) {
        (Some(_), Some(_)) if has(&["or"]) => Some(Role::Both),
        // The verb comes first: `getDeletedContacts` reads, `sendListOfContacts` writes.
        (Some(reads), Some(writes)) => Some(if reads < writes { Role::Read } else { Role::Write }),
        (Some(_), None) => Some(Role::Read),
        (None, Some(_)) => Some(Role::Write),
        (None, None) if has(&ASKING) => Some(Role::Both),
        (None, None) if has(&LAUNCHING) => Some(Role::Launch),
        (None, None) => None,
    }
}

/// What a step does in its system, by the words of its operation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Part {
    pub(super) role: Role,
    /// Whether the words do not say.
    pub(super) is_guess: bool,
    /// What it answers with, where an AI tool is asked.
    pub(super) answer: Option<&'static str>,
}

/// The part of a step in `system`: what starts a workflow reads; AI and enrichment tools are given something and answer,
/// whatever the operation is called; of others the words decide.
pub(super) fn part(system: &Named, operation: &str, is_trigger: bool) -> Part {
    let is_asked = !is_trigger && (system.is_ai || system.is_enrichment);
    let role = match role(operation) {
        _ if is_trigger => Some(Role::Read),
        Some(Role::Launch) => Some(Role::Launch),
        _ if is_asked => Some(Role::Both),
        role => role,
    };
    let answer = (is_asked && system.is_ai).then_some("text");
    Part { role: role.unwrap_or(Role::Both), is_guess: role.is_none(), answer }
}

/// What an operation is about: its words without verbs and fillers, the last of them in the singular.
pub(super) fn object(operation: &str) -> Option<String> {
    const FILLERS: [&str; 43] = [
        "a", "an", "the", "all", "many", "new", "or", "in", "by", "of", "for", "to", "from", "record", "records",
        "item", "items", "object", "objects", "sobject", "event", "updated", "created", "creation", "deleted",
        "changed", "added", "recently", "api", "call", "action", "data", "make", "custom", "raw", "post", "bulk",
        "batch", "v2", "v3", "v4", "instant", "id",
    ];
    let is_verb = |word: &str| {
        [&READING[..], &WRITING[..], &ASKING[..], &LAUNCHING[..]].iter().any(|list| list.contains(&word))
            && word != "message"
    };
    let mut words: Vec<String> = words(operation)
        .into_iter()
        .map(|word| word.trim_end_matches(|c: char| c.is_ascii_digit()).to_owned())
        .filter(|word| !word.is_empty() && !is_verb(word) && !FILLERS.contains(&word.as_str()))
        .collect();
    let last = words.pop()?;
    words.push(singular(&last));
    Some(words.join("-"))
}

/// An English plural as its singular, where it looks like one.
pub(super) fn singular(word: &str) -> String {
    let ends = |end: &str| word.ends_with(end);
    if word.len() > 4 && ends("ies") {
        format!("{}y", &word[..word.len() - 3])
    } else if word.len() > 4 && (ends("sses") || ends("xes") || ends("ches") || ends("shes")) {
        word[..word.len() - 2].to_owned()
    } else if word.len() > 3 && ends("s") && !ends("ss") && !ends("us") && !ends("is") && !ends("ics") {
        word[..word.len() - 1].to_owned()
    } else {
        word.to_owned()
    }
}

/// Whether a parameter of this name only finds the record, or the place, that a step is about.
pub(super) fn finds_the_record(parameter: &str) -> bool {
    let lower = parameter.to_lowercase();
    let plain: String = lower.chars().filter(|c| c.is_alphanumeric()).collect();
    const NAMES: [&str; 18] = [
        "id",
        "ids",
        "key",
        "row",
        "rowid",
        "rownumber",
        "recordid",
        "issuekey",
        "pageid",
        "page",
        "filterbyformula",
        "database",
        "spreadsheet",
        "worksheet",
        "sheet",
        "matchingcolumns",
        "externalid",
        "lookupvalue",
    ];
    NAMES.contains(&plain.as_str())
        || lower.ends_with("_id")
        || lower.ends_with("_ids")
        || ["Id", "ID", "Ids", "IDs", "Key"].iter().any(|end| parameter.ends_with(end))
}

/// Whether objects of this name are about persons; a guess. German joins words: `teilnehmerliste`.
pub(super) fn is_personal(object: &str) -> bool {
    object.split('-').any(|word| {
        let one = singular(word);
        meaning("person", &one).is_some() || begins_with("beginning of a person", &one)
    })
}

#[cfg(test)]
mod tests {
    use super::{Named, Part, Role, finds_the_record, object, part, role};

    #[test]
    fn operations_say_what_they_do_and_of_what() {
        for (operation, expected, about) in [
            ("watchContacts", Some(Role::Read), Some("contact")),
            ("addLead", Some(Role::Write), Some("lead")),
            ("find_or_create_contact", Some(Role::Both), Some("contact")),
            ("getATask", Some(Role::Read), Some("task")),
            ("updateADatabaseItem", Some(Role::Write), Some("database")),
            ("upsert_sobject", Some(Role::Write), None),
            ("new_entry", None, Some("entry")),
            ("emailVerifier", Some(Role::Both), Some("email")),
            ("launch", Some(Role::Launch), None),
            ("channel_message", Some(Role::Both), Some("channel-message")),
            ("searchCompanies", Some(Role::Read), Some("company")),
        ] {
            assert_eq!(role(operation), expected, "{operation}");
            assert_eq!(object(operation).as_deref(), about, "{operation}");
        }
    }

    #[test]
    fn what_is_asked_answers_and_what_starts_reads() {
        let system = |is_ai, is_enrichment| Named { is_ai, is_enrichment, ..crate::import::recognise::unknown("x") };
        for (system, operation, is_trigger, expected) in [
            (system(false, false), "addLead", false, (Role::Write, false, None)),
            (system(false, false), "addLead", true, (Role::Read, false, None)),
            (system(false, false), "frobnicate", false, (Role::Both, true, None)),
            (system(true, false), "getAnswer", false, (Role::Both, false, Some("text"))),
            (system(true, false), "launch", false, (Role::Launch, false, Some("text"))),
            (system(false, true), "frobnicate", false, (Role::Both, false, None)),
            (system(true, false), "watchRuns", true, (Role::Read, false, None)),
        ] {
            let Part { role, is_guess, answer } = part(&system, operation, is_trigger);
            assert_eq!((role, is_guess, answer), expected, "{operation}");
        }
    }

    #[test]
    fn ids_and_keys_find_a_record_and_other_parameters_carry_data() {
        for name in ["id", "row", "recordId", "issueKey", "org_id", "contactIds", "associatedCompanyId"] {
            assert!(finds_the_record(name), "{name}");
        }
        for name in ["email", "text", "paid", "monkey", "description", "channel", "first_name"] {
            assert!(!finds_the_record(name), "{name}");
        }
    }
}
