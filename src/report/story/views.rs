//! The pictures of a story that is told in pictures, on slides and in the whole window of the page: what blocks the next stage first.

use crate::report::facts::Report;

/// The views of the story, in its order: failures before handoffs where manual work no longer blocks anything, the plan and what it
/// changes last.
#[must_use]
pub fn story_views(report: &Report) -> Vec<&'static str> {
    let is_integrated = report.stage.as_ref().is_some_and(|stage| stage.stage >= 4);
    let [first, second] = if is_integrated { ["failure", "handoffs"] } else { ["handoffs", "failure"] };
    let has_plan = report.plan.as_ref().is_some_and(|plan| !plan.items.is_empty());
    let views = ["stage", first, second, "roadmap"];
    views.into_iter().chain(has_plan.then_some("target")).collect()
}

/// The views behind it: the whole stack, and what each higher stage takes.
#[must_use]
pub fn further_views(report: &Report) -> Vec<&'static str> {
    let has_ways = report.plan.as_ref().is_some_and(|plan| !plan.reach.is_empty());
    std::iter::once("landscape").chain(has_ways.then_some("frontier")).collect()
}
