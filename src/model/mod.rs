//! The stack: systems, data objects, flows, processes, teams and practices, read from a file and validated.

mod form;
mod id;
pub mod item_kind;
mod mechanism;
mod read;
pub mod shape;
mod stack;
mod table;
mod units;
pub mod write;

pub use id::{
    DataId, DataIx, FlowId, FlowIx, MAX_ID, ProcessId, ProcessIx, SystemId, SystemIx, TeamId, TeamIx, is_flow_id, is_id,
};
pub use item_kind::ItemKind;
pub use mechanism::Mechanism;
pub use read::{Reading, capacity, duration, read};
pub(crate) use shape::Mask;
pub use stack::{
    Acceptance, Accepted, Contract, DataObject, Flow, Framework, Making, Model, Need, Pilot, PlanSettings, Policy,
    Practices, Process, Retraining, Review, SeverityCosts, Stack, Status, System, Team, VendorReview,
};
pub(crate) use table::{Maskable, Masker};
pub use units::{
    Count, Duration, Figure, Hours, MAX_AMOUNT, Minutes, Money, MoneyPerHour, PerYear, PersonDays, Quantity, Range,
    Share, TimeUnit,
};
