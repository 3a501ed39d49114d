//! What to build, in which order, and what does it buy?

use super::Refused;
use crate::analysis::Analysis;
use crate::model::{Duration, duration};
use crate::plan::settings::Stage;
use crate::plan::trace::explain;
use crate::plan::{self, Options};
use crate::report::plan::{Explanation, WhatIf};
use crate::report::{self, Report};
use crate::source::{Source, visible};

/// The plan.
///
/// # Errors
/// Why there is none: what was asked for cannot be, or names what there is not.
pub fn planned(analysis: &Analysis<'_>, options: &Options) -> Result<plan::Plan, Refused> {
    plan::Plan::of(analysis, options).map_err(Refused::because)
}

/// The report of `plan`, which was made with `options`.
#[must_use]
pub fn plan(analysis: &Analysis<'_>, plan: &plan::Plan, options: &Options) -> Report {
    Report::about(analysis).with_plan(report::Plan::of(analysis.stack, plan, options))
}

/// The same beside the plan without these options.
///
/// # Errors
/// Where that plan cannot be made.
pub fn what_if(analysis: &Analysis<'_>, plan: &plan::Plan, options: &Options) -> Result<Report, Refused> {
    let usual = Options { seed: options.seed, samples: 0, ..Options::default() };
    let usual = report::Plan::of(analysis.stack, &planned(analysis, &usual)?, &usual);
    let mut shown = report::Plan::of(analysis.stack, plan, options);
    shown.what_if = Some(WhatIf::between(&usual, &shown));
    Ok(Report::about(analysis).with_plan(shown))
}

/// How each number of the item `id` of `plan` is computed.
///
/// # Errors
/// Where there is no such item.
pub fn explanation(
    analysis: &Analysis<'_>,
    source: &Source,
    plan: &plan::Plan,
    id: &str,
) -> Result<Explanation, Refused> {
    let unverified = plan.candidates.unverified.iter().map(|one| &one.candidate);
    let all = || plan.candidates.all.iter().chain(unverified.clone());
    let id =
        &plan::making::candidate_named(all(), id).map_err(|error| Refused::because(visible(&error.to_string())))?;
    let Some(candidate) = all().find(|one| one.id == *id) else {
        return Err(Refused::because(format!("no plan item `{}`", visible(id))));
    };
    let lines = explain(analysis, plan, candidate);
    Ok(Explanation::of(analysis.stack, source, id, &candidate.title, &lines))
}

/// A length of time above 0, such as `26w`.
///
/// # Errors
/// What is wrong with `text`, and what to write.
pub fn positive_length(text: &str) -> Result<Duration, String> {
    let length = duration(text)?;
    if length.amount == 0.0 { Err("expected a duration above 0, such as `26w`".into()) } else { Ok(length) }
}

/// A stage that a plan can be asked to reach.
///
/// # Errors
/// Where `text` is none.
pub fn stage_to_reach(text: &str) -> Result<Stage, String> {
    match text.parse::<u8>() {
        Ok(number) if (2..=5).contains(&number) => Ok(Stage::Number(number)),
        _ if text == "next" => Ok(Stage::Next),
        _ => Err("expected a stage from 2 to 5, or `next`".into()),
    }
}
