//! The stack: systems, data objects, flows, processes, teams and practices, read from a file and validated.

pub mod asking;
mod check;
mod form;
mod id;
pub mod item_kind;
mod mechanism;
mod name;
pub mod outline;
mod read;
mod rewrite;
mod scenario;
pub(crate) mod spoken;
mod stack;
mod table;
#[cfg(test)]
pub(crate) mod trial;
mod units;
pub mod write;

pub(crate) use check::unused;
pub(crate) use form::number::either_number;
pub(crate) use form::{percent, rate_in_words};
pub use id::{
    DataId, DataIx, FlowId, FlowIx, MAX_ID, ProcessId, ProcessIx, SystemId, SystemIx, TeamId, TeamIx, is_flow_id, is_id,
};
pub use item_kind::ItemKind;
pub use mechanism::Mechanism;
pub use name::Name;
pub(crate) use name::tell_apart;
pub use read::{
    Bring, Brought, CatalogFile, Reading, capacity, duration, not_opened, read, read_bringing, read_tree, read_with,
};
pub(crate) use read::{a_year, part_of_one, runs_a_year};
pub(crate) use rewrite::slug;
pub use scenario::{Scenario, ScenarioReading, read_scenario};
pub use stack::{
    Acceptance, Accepted, AiUse, Basis, Contract, DataObject, Extras, FileExtras, Flow, FlowStatus, Framework, Lanes,
    Making, Model, Need, Pilot, PlanSettings, Policy, Practices, Process, ProcessNeed, RULE_NAMES, Rated, Remarks,
    Requirement, Retraining, Review, Role, Run, Seldom, SeverityCosts, Stack, Status, System, Team, Unstated,
    VendorReview, WatchedBy,
};
pub(crate) use table::{Mask, Maskable, Masker, text as yaml_text, word_of_list};
pub use units::{
    Burst, Count, Duration, Figure, Hours, MAX_AMOUNT, Minutes, Money, MoneyPerHour, Peak, PerYear, PersonDays,
    Quantity, Range, Share, TimeUnit,
};

/// The table of keys, for whoever describes a stack file.
pub mod shape {
    pub use super::scenario::KEYS as SCENARIO;
    pub use super::stack::KEYS as STACK;
    pub use super::table::{Key, Mask, Takes, short_form};
}
