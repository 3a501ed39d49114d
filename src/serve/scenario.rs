//! Scenarios on the page: edits that go to a file of their own, and how they compare.

use super::keeper::{File, Keeper, Kept, Opened, Wrong};
use crate::analysis::Analysis;
use crate::model::{Scenario, ScenarioReading, Stack};
use crate::plan::scenario::keep_assumed_origins;
use crate::report::compare::Comparison;
use crate::report::html::fragment;
use crate::report::story::compared;
use crate::source::{Level, Source};

/// The stack that comes of a scenario of `today`.
pub(super) fn opened(keeper: &dyn Keeper, today: &Opened, text: &Source) -> Result<Opened, Wrong> {
    let (reading, stack) = read(keeper, today, text)?;
    let mut stack = stack;
    keep_assumed_origins(&Analysis::of(&today.stack), &mut stack);
    let ScenarioReading { source, problems: warnings, .. } = reading;
    Ok(Opened { source, stack, warnings, cells: Default::default(), catalogs: today.catalogs.clone() })
}

fn read(keeper: &dyn Keeper, today: &Opened, text: &Source) -> Result<(ScenarioReading, Stack), Wrong> {
    let mut reading = keeper.scenario(today, text)?;
    let is_right = reading.problems.iter().all(|problem| problem.level == Level::Warning);
    match reading.stack.take().filter(|_| is_right) {
        Some(stack) => Ok((reading, stack)),
        None => Err(Wrong::with(&reading.source, &reading.problems)),
    }
}

/// All scenarios beside today, as tables; or why not.
pub(super) fn table(keeper: &dyn Keeper, today: &Opened) -> Result<String, Wrong> {
    let mut read_all: Vec<(String, Scenario, Stack)> = Vec::new();
    let mut wrong = Vec::new();
    for name in keeper.scenarios() {
        let file = File::Scenario(name);
        let kept: Result<Kept, Wrong> = keeper.text(&file);
        match kept.and_then(|kept| read(keeper, today, &kept.source)) {
            Ok((reading, stack)) => read_all.push((keeper.name(&file), reading.scenario, stack)),
            Err(one) => wrong.push(one),
        }
    }
    if let Some(first) = wrong.into_iter().next() {
        return Err(first);
    }
    let comparison = Comparison::of(&today.stack, &read_all).map_err(|error| Wrong::because(error.to_string()))?;
    Ok(fragment(&compared(&comparison)))
}
