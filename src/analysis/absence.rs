//! Why a flow is no part of today's graph.

use crate::model::{Flow, FlowStatus, Stack, Status, SystemIx};

/// What keeps a flow out of today's graph.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Absence {
    /// It does not exist yet.
    Planned,
    /// It is no longer used.
    Off,
    /// It begins, ends or runs through a system that is no longer in use.
    Retired(SystemIx),
    /// It begins, ends or runs through a system that is not there yet.
    Awaits(SystemIx),
}

impl Absence {
    /// What keeps `flow` out; nothing where it is live. What is planned never was there, whatever it touches.
    #[must_use]
    pub fn of(stack: &Stack, flow: &Flow) -> Option<Self> {
        let with = |status: Status| flow.systems().find(|ix| stack.system(*ix).status == status);
        match flow.status {
            FlowStatus::Planned => Some(Self::Planned),
            FlowStatus::Off => Some(Self::Off),
            FlowStatus::Live => {
                with(Status::Retired).map(Self::Retired).or_else(|| with(Status::Planned).map(Self::Awaits))
            }
        }
    }

    /// Whether it brought something once and does no more.
    #[must_use]
    pub fn has_ended(self) -> bool {
        matches!(self, Self::Off | Self::Retired(_))
    }

    /// In words, after the name of the flow: `is planned`.
    #[must_use]
    pub fn words(self, stack: &Stack) -> String {
        match self {
            Self::Planned => "is planned".to_owned(),
            Self::Off => "is off".to_owned(),
            Self::Retired(ix) => format!("touches {}, which is retired", stack.system(ix).name),
            Self::Awaits(ix) => format!("touches {}, which is planned", stack.system(ix).name),
        }
    }
}
