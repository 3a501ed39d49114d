//! Which stack a report is about, and how large it is.

use schemars::JsonSchema;
use serde::Serialize;

use crate::model::Stack;
use crate::report::facts::Names;

/// The stack that a report is about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[schemars(rename = "Stack")]
pub struct StackOverview {
    /// The ids of its systems, by which a later report knows whether it is about the same stack.
    pub ids: Vec<String>,
    /// What it is called.
    pub name: String,
    /// The day from which all date rules count.
    #[schemars(extend("format" = "date"))]
    pub as_of: Option<String>,
    /// The currency of all money.
    pub currency: Option<String>,
    /// How many systems the file names, planned and retired ones included.
    pub systems: usize,
    /// How many of them are in use today: neither planned nor retired.
    pub live_systems: usize,
    /// How many flows, planned ones included.
    pub flows: usize,
    /// How many of them are in use today, standby flows included.
    pub live_flows: usize,
    /// How many data objects.
    pub data: usize,
    /// Number of processes that the file names.
    pub processes: usize,
    /// What its ids are called; not part of the JSON, which speaks by id.
    #[serde(skip)]
    pub names: Names,
}

impl StackOverview {
    /// The overview of `stack`.
    #[must_use]
    pub fn of(stack: &Stack) -> Self {
        Self { names: Names::of(stack), ..Self::by_id(stack) }
    }

    /// The same without names, for an answer that only programs read.
    pub(super) fn by_id(stack: &Stack) -> Self {
        Self {
            ids: stack.systems.iter().map(|system| system.id.to_string()).collect(),
            name: stack.name.clone(),
            as_of: stack.as_of.map(|date| date.to_string()),
            currency: stack.currency.clone(),
            systems: stack.systems.len(),
            live_systems: stack.live_systems().count(),
            flows: stack.flows.len(),
            live_flows: stack.live_flows().count(),
            data: stack.data.len(),
            processes: stack.processes.len(),
            names: Names::default(),
        }
    }
}
