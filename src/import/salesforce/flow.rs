//! A flow of Salesforce: whether it runs, when, on which objects, and what it calls.

use std::collections::{BTreeMap, BTreeSet};

use crate::import::draft::Standing;
use crate::import::rate;
use crate::import::xml::Element;

/// An action that a flow takes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Action {
    /// `externalService`, `apex`, `outboundMessage` or another word of Salesforce.
    pub(super) kind: String,
    pub(super) name: String,
}

/// What a flow says of itself.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Runs {
    pub(super) standing: Standing,
    /// Runs a year, where a schedule states them, and the words for it.
    pub(super) rate: Option<(f64, String)>,
    /// Objects that it starts from, reads or writes.
    pub(super) objects: BTreeSet<String>,
    /// Those that it writes, in lower case.
    pub(super) written: BTreeSet<String>,
    pub(super) actions: Vec<Action>,
    /// Whether it listens to the platform event that is its first object.
    pub(super) listens: Option<String>,
    /// Whether a person goes through its screens.
    pub(super) has_screens: bool,
}

pub(super) fn flow(root: &Element) -> Runs {
    let standing = match root.text_of("status") {
        Some("Active") => Standing::Live,
        Some(_) => Standing::Planned,
        None => Standing::TakenAsLive,
    };
    let start = root.all("start").next();
    let schedule = start.and_then(|start| start.all("schedule").next());
    let rate = schedule.and_then(|schedule| {
        let word = schedule.text_of("frequency")?;
        let unit = match word {
            "Daily" => "day",
            "Weekly" => "week",
            "Hourly" => "hour",
            "Monthly" => "month",
            _ => return None,
        };
        Some((rate::every(1.0, unit)?, word.to_owned()))
    });
    let started = start.and_then(|start| start.text_of("object"));
    let mut objects: BTreeSet<String> = started.into_iter().map(str::to_owned).collect();
    let mut written = BTreeSet::new();
    let variables: BTreeMap<&str, &str> = root
        .all("variables")
        .filter_map(|variable| Some((variable.text_of("name")?, variable.text_of("objectType")?)))
        .collect();
    for kind in ["recordLookups", "recordCreates", "recordUpdates", "recordDeletes"] {
        for step in root.all(kind) {
            let object = step.text_of("object").or_else(|| variables.get(step.text_of("inputReference")?).copied());
            objects.extend(object.map(str::to_owned));
            if kind != "recordLookups" {
                written.extend(object.map(str::to_lowercase));
            }
        }
    }
    let actions = root.all("actionCalls").filter_map(|call| {
        let kind = call.text_of("actionType")?.to_owned();
        Some(Action { kind, name: call.text_of("actionName")?.to_owned() })
    });
    let listens = started.filter(|object| object.ends_with("__e")).map(str::to_lowercase);
    let has_screens = root.all("screens").next().is_some();
    objects.retain(|object| !object.ends_with("__e") && !object.ends_with("__x"));
    Runs { standing, rate, objects, written, actions: actions.collect(), listens, has_screens }
}
