//! The ladder of maturity: five stages, and where the stack stands on it.

use crate::report::facts::Stage;
use crate::report::facts::stage::{Constraint, STAGES, State};
use crate::report::say::{capital, counted};

/// One stage of the ladder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rung {
    /// Its number, from 1.
    pub stage: u8,
    /// Name of the stage or criterion, as people read it.
    pub name: String,
    /// How many of its criteria are met; nothing where it has none.
    pub criteria: Option<String>,
    /// Where it lies from the stack.
    pub step: Step,
}

/// Where a stage lies from the stack.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    /// Below the stack's stage: all of it is met.
    Reached,
    /// The stack stands here, with what keeps it from the next.
    Here(String),
    /// Above the stack's stage.
    Ahead,
}

/// The rungs from the first stage to the last.
#[must_use]
pub fn ladder(stage: &Stage) -> Vec<Rung> {
    STAGES.iter().map(|(number, name)| rung(stage, *number, name)).collect()
}

fn rung(stage: &Stage, number: u8, name: &str) -> Rung {
    let of_rung = || stage.criteria.iter().filter(|criterion| criterion.stage == number);
    let met = of_rung().filter(|criterion| criterion.state == State::Met).count();
    let idle = of_rung().filter(|criterion| criterion.state == State::NothingToJudge).count();
    let judged = of_rung().count() - idle;
    let criteria = match (judged, idle) {
        (0, 0) => None,
        (0, _) => Some("– nothing to judge".to_owned()),
        (_, 0) => Some(format!("{met} of {} met", counted(judged, "criterion", "criteria"))),
        _ => Some(format!("{met} of {} met, {idle} with nothing to judge", counted(judged, "criterion", "criteria"))),
    };
    let step = match number.cmp(&stage.stage) {
        std::cmp::Ordering::Less => Step::Reached,
        std::cmp::Ordering::Equal => Step::Here(match blocked_by(stage) {
            None => "You are here".to_owned(),
            Some(by) => format!("You are here. Blocked by: {by}"),
        }),
        std::cmp::Ordering::Greater => Step::Ahead,
    };
    Rung { stage: number, name: capital(name), criteria, step }
}

/// What keeps the stack from the next stage: `integration architecture`; nothing at the last stage.
pub(super) fn blocked_by(stage: &Stage) -> Option<String> {
    stage.constraint.map(|by| match by {
        Constraint::Entry => format!("entry to stage {}", stage.stage + 1),
        other => other.as_str().replace('-', " "),
    })
}
