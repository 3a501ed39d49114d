//! The maturity stage in sentences, and the criteria that the next stage needs.

use super::Item;
use crate::report::facts::Report;
use crate::report::facts::stage::{Constraint, Criterion, STAGES, Stage, State};
use crate::report::say::{self, Kind, Line, Look, counted, listed};
use crate::report::tables::{cell, state};

/// Lines of evidence that are shown for each criterion before the rest is counted.
const SHOWN: usize = 5;

/// Where the stack stands, what blocks it there, and what leads to the next stage.
pub(super) fn sentences(report: &Report) -> Vec<Line> {
    let Some(stage) = &report.stage else { return Vec::new() };
    let mut lines = vec![verdict(stage)];
    if !stage.next.is_empty() {
        let next = stage.stage + 1;
        let wanted: Vec<String> = stage.next.iter().map(|id| say::criterion(id)).collect();
        lines.push(Line::of(format!(
            "To reach stage {next} ({}), meet {}, easiest first: {}.",
            name(next),
            counted(wanted.len(), "criterion", "criteria"),
            listed(&wanted)
        )));
    }
    lines
}

/// `Stage 3 of 5: isolated production. Blocked by integration architecture: of 5 criteria, 4 not met.`
fn verdict(stage: &Stage) -> Line {
    let line = Line::strong(&format!("Stage {} of {}: {}", stage.stage, STAGES.len(), stage.name));
    let line = if stage.uses_ai { line.and(".") } else { line.and(". No AI tool is in use.") };
    let Some(constraint) = stage.constraint else {
        return line.and(" There is no higher stage.");
    };
    let asked = || stage.criteria.iter().filter(|one| is_asked_next(stage, one) && one.part_of == constraint);
    let count = |state: State| asked().filter(|criterion| criterion.state == state).count();
    let blocked_by = match constraint {
        Constraint::Entry => format!("entry to stage {}, {}", stage.stage + 1, name(stage.stage + 1)),
        other => other.as_str().replace('-', " "),
    };
    let open = match (count(State::NotMet), count(State::NotKnown)) {
        (not_met, 0) => format!("{not_met} not met"),
        (0, not_known) => format!("{not_known} not known"),
        (not_met, not_known) => format!("{not_met} not met and {not_known} not known"),
    };
    line.and(format!(" Blocked by: {blocked_by} (of {}, {open}).", counted(asked().count(), "criterion", "criteria")))
}

/// The criteria that the next stage asks for and that are not met, with their evidence.
pub(super) fn open_criteria(report: &Report) -> Vec<Item> {
    let Some(stage) = &report.stage else { return Vec::new() };
    let open = stage
        .criteria
        .iter()
        .filter(|one| matches!(one.state, State::NotMet | State::NotKnown) && is_asked_next(stage, one));
    open.map(item).collect()
}

/// Whether the step to the next stage asks for `criterion`.
fn is_asked_next(stage: &Stage, criterion: &Criterion) -> bool {
    match criterion.part_of {
        Constraint::Entry => criterion.stage == stage.stage + 1,
        _ => criterion.stage == stage.stage && stage.stage < 5,
    }
}

fn item(criterion: &Criterion) -> Item {
    let words = format!(" {}: {}", say::criterion(criterion.id), criterion.wants);
    let mut details: Vec<Line> = criterion.evidence.iter().take(SHOWN).map(|words| Line::told(words)).collect();
    let more = criterion.evidence.len().saturating_sub(SHOWN);
    if more > 0 {
        details.push(Line::looking(Look::Muted, format!("and {more} more")));
    }
    Item { head: cell(Kind::Words, &state(criterion.state)).and(words), details }
}

/// The name of a stage; empty where there is none.
fn name(stage: u8) -> &'static str {
    STAGES.iter().find(|(number, _)| *number == stage).map_or("", |(_, name)| name)
}
