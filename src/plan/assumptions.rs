//! What a plan takes for granted, and where looking was stopped.

use sinew_order::uncertainty::Uncertainty;

use crate::analysis::Assumption;

use super::candidates::{Candidates, Subject};
use super::covering::Trials;
use super::effort::defaults;
use super::maker::PlanItem;
use super::quota::QuotaUse;
use super::reach::Obligations;
use super::settings::{Options, Settings};
use super::situation::Situation;

/// Where looking was stopped.
#[derive(Clone, Copy)]
pub(super) struct Limits<'a> {
    pub(super) is_whole: bool,
    pub(super) has_all_points: bool,
    pub(super) is_bounded: bool,
    pub(super) is_all_priced: bool,
    pub(super) trials: &'a Trials,
    pub(super) uncertainty: Option<&'a Uncertainty>,
}

/// Everything that the plan takes for granted, by key.
pub(super) fn assumptions(
    settings: &Settings,
    candidates: &Candidates,
    (items, obligations): (&[PlanItem], &Obligations),
    before: &Situation,
    options: &Options,
    limits: Limits<'_>,
) -> Vec<Assumption> {
    let mut found = settings.defaults.clone();
    let built = || items.iter().map(|item| &candidates[item.candidate]);
    found.extend(defaults("efforts", built().map(|one| (one.id.as_str(), one.effort.as_slice()))));
    found.extend(defaults("running_costs", built().map(|one| (one.id.as_str(), one.running.as_slice()))));
    let automating: Vec<String> = items
        .iter()
        .map(|item| &candidates[item.candidate])
        .filter(|one| one.subjects.iter().any(|subject| matches!(subject, Subject::Link(_))))
        .map(|one| one.id.clone())
        .collect();
    if !automating.is_empty() {
        found.push(Assumption::words("handoffs replaced", "stay as standby flows, which take no hours", automating));
    }
    if before.unknown_outages > 0 {
        let one = before.unknown_outages == 1;
        let stops = if one { "stop" } else { "stops" };
        let words = format!(
            "of {} {stops} of a process by a single point of failure the expected cost is not known; no total holds it",
            before.unknown_outages
        );
        let points: Vec<String> = before.single_points.keys().cloned().collect();
        found.push(Assumption::words("outage cost", words, points));
    }
    let has_obligations = !obligations.held.is_empty() || !obligations.left_out.is_empty();
    if has_obligations && !settings.has_own_obligations {
        found.push(Assumption::words("plan.obligations", settings.obligations.join(", "), Vec::new()));
    }
    if !limits.is_whole {
        found.push(Assumption::words("candidates", "only the most expensive handoffs were considered", Vec::new()));
    }
    if limits.is_bounded {
        let words =
            "no amount counts as more than 1e15 in the order of the plan, and no work as more than 1e9 person-days";
        found.push(Assumption::words("largest amounts", words, Vec::new()));
    }
    if !limits.is_all_priced {
        let words = "of options that are not verified only those for the most work by hand were given a value";
        found.push(Assumption::words("options not verified", words, Vec::new()));
    }
    if !limits.has_all_points {
        let words = "only the single points of failure that cost most an hour were considered";
        found.push(Assumption::words("single points", words, Vec::new()));
    }
    if limits.trials.is_cut_short() {
        let words = "which items cover which failures was not tried for all of them: the plan may be worth more";
        found.push(Assumption::words("fallbacks", words, Vec::new()));
    }
    if let Some(drawn) = limits.uncertainty.map(|found| found.samples).filter(|drawn| *drawn < options.samples) {
        let words =
            format!("{drawn} simulations of {} were drawn: each takes long in a plan of this size", options.samples);
        found.push(Assumption::words("simulations", words, Vec::new()));
    }
    if let Some(left) = limits.uncertainty.map(|found| found.unmoved).filter(|left| *left > 0) {
        let words =
            format!("{left} ranges were not moved by themselves, and may matter more than those that are named");
        found.push(Assumption::words("ranges", words, Vec::new()));
    }
    found.sort_by(|a, b| (&a.key, &a.words).cmp(&(&b.key, &b.words)));
    found
}

/// The warning that the items together call a system more often than it accepts.
pub(super) fn overrun(quota: &QuotaUse) -> Option<Assumption> {
    let words = || format!("the items together overrun it: {}", quota.words());
    (quota.left() < 0.0).then(|| Assumption::words("quota", words(), vec![quota.system.clone()]))
}
