//! Workflow rules: outbound messages, and whether a rule sends them.

use std::collections::BTreeMap;

use crate::import::xml::Element;

/// An outbound message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Message {
    pub(super) address: Option<String>,
    pub(super) fields: Vec<String>,
    /// What the rules of the same file say: one that is on sends it, only ones that are off do, or none does.
    pub(super) sent: Option<bool>,
}

/// Which messages the rules of a file send, and whether one of the rules is on.
pub(super) fn senders(file: &Element) -> BTreeMap<&str, bool> {
    let mut senders = BTreeMap::new();
    for rule in file.all("rules") {
        let is_on = rule.text_of("active") == Some("true");
        for action in rule.all("actions").filter(|action| action.text_of("type") == Some("OutboundMessage")) {
            if let Some(name) = action.text_of("name") {
                *senders.entry(name).or_insert(false) |= is_on;
            }
        }
    }
    senders
}

/// The message of an element.
pub(super) fn message(element: &Element, senders: &BTreeMap<&str, bool>) -> Message {
    let sent = element.text_of("fullName").and_then(|name| senders.get(name)).copied();
    let fields = element.all("fields").map(|field| field.text.clone()).filter(|field| !field.is_empty());
    Message { address: element.text_of("endpointUrl").map(str::to_owned), fields: fields.collect(), sent }
}
