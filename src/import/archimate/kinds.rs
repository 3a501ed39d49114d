//! Types of elements, and what names of them say.

use crate::catalog::{Expected, Kind};
use crate::import::recognise;

/// Types of what a system or person does or gives.
const BEHAVIOR: [&str; 14] = [
    "ApplicationFunction",
    "ApplicationInteraction",
    "ApplicationInterface",
    "ApplicationProcess",
    "ApplicationEvent",
    "ApplicationService",
    "TechnologyFunction",
    "TechnologyInteraction",
    "TechnologyInterface",
    "TechnologyProcess",
    "TechnologyEvent",
    "TechnologyService",
    "BusinessProcess",
    "BusinessFunction",
];

/// Whether elements of a type are what a system or person does or gives.
pub(super) fn is_behavior(kind: &str) -> bool {
    BEHAVIOR.contains(&kind)
}

/// Whether elements of a type are what applications run on.
pub(super) fn is_technology(kind: &str) -> bool {
    matches!(kind, "Node" | "SystemSoftware" | "Device") || kind.starts_with("Technology")
}

/// Whether a name is that of something that keeps or carries data.
pub(super) fn is_store(name: &str) -> bool {
    const WORDS: [&str; 14] = [
        "database",
        "db",
        "dbms",
        "warehouse",
        "lake",
        "storage",
        "store",
        "bucket",
        "queue",
        "queuing",
        "topic",
        "kafka",
        "sql",
        "cache",
    ];
    let lower = name.to_lowercase();
    lower.split(|c: char| !c.is_alphanumeric()).any(|word| WORDS.contains(&word) || word.ends_with("sql"))
        || recognise::tool(name, Expected::Tool).and_then(|tool| recognise::kind(&tool)) == Some(Kind::Warehouse)
}
