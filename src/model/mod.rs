//! The stack: systems, data objects, flows, processes, teams and practices, read from a file and validated.

mod id;
pub mod item_kind;
mod mechanism;
mod read;
pub mod shape;
mod stack;
mod units;
pub mod write;

pub use id::{
    DataId, DataIx, FlowId, FlowIx, MAX_ID, ProcessId, ProcessIx, SystemId, SystemIx, TeamId, TeamIx, is_flow_id, is_id,
};
pub use item_kind::ItemKind;
pub use mechanism::Mechanism;
pub use read::{Reading, capacity, duration, read};
pub use stack::{
    Acceptance, Accepted, Contract, DataObject, Flow, Making, Model, Need, Pilot, PlanSettings, Practices, Process,
    Retraining, Review, SeverityCosts, Stack, Status, System, Team, VendorReview,
};
pub use units::{
    Count, Duration, Hours, MAX_AMOUNT, Minutes, Money, MoneyPerHour, PerYear, PersonDays, Quantity, Range, Share,
    TimeUnit,
};
