//! Who an item is up to, and by when it is done.

use jiff::ToSpan;
use jiff::civil::Date;

use crate::model::{Stack, SystemIx, TeamIx};
use sinew_order::Weeks;

use super::candidates::{Candidate, Candidates};
use super::edit::Edit;
use super::measure::Measure;

/// Days of a week.
const DAYS_A_WEEK: f64 = 7.0;

/// The owner of the system that an item brings something to, else of the one where it begins; a team that an item itself names
/// comes first. `None` where the file names no owner of either, and for what is about no system.
#[must_use]
pub fn owner(stack: &Stack, found: &Candidates, candidate: &Candidate) -> Option<TeamIx> {
    let of = |ix: SystemIx| stack.system(ix).owner;
    let checks = found.unverified.iter().flat_map(|one| &one.checks);
    let checked = checks.filter(|check| check.id == candidate.id).find_map(|check| of(check.system));
    let by_edit = |edit: &Edit| match edit {
        Edit::AddFlow(flow) => of(flow.to).or(of(flow.from)),
        Edit::ExtendFlow(flow, _) | Edit::MakeLive(flow) | Edit::Pace(flow, _) | Edit::Bulk(flow) => {
            of(stack.flow(*flow).to).or(of(stack.flow(*flow).from))
        }
        Edit::Review(flows, by) => by.or(flows.iter().find_map(|flow| of(stack.flow(*flow).to))),
        Edit::SecondPerson(team) | Edit::MakeByHand(_, _, team) => Some(*team),
        Edit::SecondVendor(system, _) => of(*system),
        Edit::Measure(Measure::Owner(_, team) | Measure::BudgetOwner(_, team) | Measure::FlowWatch(_, team)) => {
            Some(*team)
        }
        Edit::Measure(measure) => measure.system().and_then(of),
        Edit::AddSystem { .. } => None,
    };
    checked.or_else(|| candidate.edits.iter().find_map(by_edit))
}

/// The day of the file and so many weeks, a day that has begun counted whole; `None` in a file without `as_of`, and beyond the calendar.
#[must_use]
pub fn date(stack: &Stack, finish: Weeks) -> Option<Date> {
    let days = (finish.0 * DAYS_A_WEEK - 1e-6).ceil();
    stack.as_of?.checked_add((days.clamp(0.0, 4e6) as i64).days()).ok()
}
