//! Together the examples show every key of a stack file, every mechanism, and every product that people ask about.

use std::collections::BTreeSet;

use sinew::model::shape::{self, Key, Takes};
use sinew::model::{Mechanism, Stack, Status};
use sinew::source::{Diagnostics, Limits, Node, Value, parse};

use crate::examples::{STORIES, source, stack};

/// Products by their catalog ids; of the Adobe Experience Cloud, all of them.
const PRODUCTS: [&str; 23] = [
    "6sense",
    "adobe-analytics",
    "adobe-campaign",
    "adobe-commerce",
    "adobe-customer-journey-analytics",
    "adobe-experience-manager",
    "adobe-journey-optimizer",
    "adobe-real-time-cdp",
    "adobe-target",
    "adobe-workfront",
    "agentforce", // Einstein GPT
    "attio",
    "breeze-ai",
    "chatgpt",
    "clarify",
    "clay",
    "hubspot",
    "jasper",
    "madkudu",
    "marketo-engage",
    "pecan-ai",
    "relevance-ai",
    "salesforce-sales-cloud",
];

#[test]
fn every_product_that_people_ask_about_is_in_an_example() {
    let stacks: Vec<Stack> = STORIES.iter().map(stack).collect();
    let systems = stacks.iter().flat_map(|stack| stack.systems.iter());
    let used: BTreeSet<&str> =
        systems.filter_map(|system| system.facts.product.as_ref()).map(|product| product.as_str()).collect();
    let missing: Vec<&&str> = PRODUCTS.iter().filter(|product| !used.contains(**product)).collect();
    assert!(missing.is_empty(), "in no example: {missing:?}");
}

#[test]
fn every_mechanism_and_status_is_in_an_example() {
    let stacks: Vec<Stack> = STORIES.iter().map(stack).collect();
    for mechanism in Mechanism::ALL {
        let is_used = stacks.iter().any(|stack| stack.flows.iter().any(|flow| flow.mechanism == *mechanism));
        assert!(is_used, "no example has a flow by `{mechanism}`");
    }
    for status in Status::ALL {
        let is_used = stacks.iter().any(|stack| stack.systems.iter().any(|system| system.status == *status));
        assert!(is_used, "no example has a system of status `{status}`");
    }
}

#[test]
fn every_key_of_a_stack_file_is_in_an_example() {
    let mut used = BTreeSet::new();
    let mut has_range = false;
    for story in STORIES {
        let source = source(story.file);
        let root = parse(&source, &Limits::default(), &mut Diagnostics::default()).unwrap();
        collect(&root, shape::STACK, "", &mut used);
        has_range |= source.text().contains("minutes: [");
    }
    let mut wanted = BTreeSet::new();
    list(shape::STACK, "", &mut wanted);
    // The address of a schema depends on where somebody keeps it.
    wanted.remove("$schema");
    let missing: Vec<&String> = wanted.difference(&used).collect();
    assert!(missing.is_empty(), "in no example: {missing:?}");
    assert!(has_range);
}

/// The path of `key` below `prefix`; what every entry can have counts wherever an entry has it.
fn path_of(prefix: &str, key: &Key) -> String {
    let is_shared = matches!(key.name, "notes" | "was" | "basis") || matches!(key.takes, Takes::Extra);
    format!("{}{}", if is_shared { "entry." } else { prefix }, key.name)
}

/// The keys that may stand below `prefix`, as paths.
fn list(keys: &'static [Key], prefix: &str, out: &mut BTreeSet<String>) {
    for key in keys {
        let path = path_of(prefix, key);
        key.takes.within().into_iter().for_each(|keys| list(keys, &format!("{path}."), out));
        out.insert(path);
    }
}

/// The keys that `node` has, as paths.
fn collect(node: &Node<'_>, keys: &'static [Key], prefix: &str, out: &mut BTreeSet<String>) {
    let Value::Map(entries) = &node.resolved().value else { return };
    for entry in entries {
        let Some(key) = keys.iter().find(|key| key.is_written(&entry.key)) else { continue };
        let path = path_of(prefix, key);
        let by_id = matches!(key.takes, Takes::ById(_));
        for keys in key.takes.within() {
            for node in values(&entry.node, by_id) {
                collect(node, keys, &format!("{path}."), out);
            }
        }
        out.insert(path);
    }
}

/// The mappings to look into: the entries of a list, the values of a mapping from ids, else the node itself.
fn values<'t, 'a>(node: &'t Node<'a>, by_id: bool) -> Vec<&'t Node<'a>> {
    match &node.resolved().value {
        Value::List(items) => items.iter().collect(),
        Value::Map(entries) if by_id => entries.iter().map(|entry| &entry.node).collect(),
        _ => vec![node],
    }
}
