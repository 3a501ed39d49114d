//! Who an item is up to, and by when it is done.

use jiff::ToSpan;
use jiff::civil::{Date, Weekday};

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
pub fn day(stack: &Stack, weeks: Weeks) -> Option<Date> {
    let days = (weeks.0 * DAYS_A_WEEK - 1e-6).ceil();
    stack.as_of?.checked_add((days.clamp(0.0, 4e6) as i64).days()).ok()
}

/// The working day by which something is done: that [`day`], or the Monday after it where it is a weekend.
#[must_use]
pub fn date(stack: &Stack, finish: Weeks) -> Option<Date> {
    let day = day(stack, finish)?;
    let weekend = match day.weekday() {
        Weekday::Saturday => 2,
        Weekday::Sunday => 1,
        _ => 0,
    };
    day.checked_add(weekend.days()).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::trial::stack_of;

    #[test]
    fn work_that_ends_at_a_weekend_is_done_on_monday() {
        // The day of the file is a Saturday.
        let stack = stack_of("sinew: 1\nas_of: 2026-11-21\nsystems: { a: { kind: crm } }\n");
        let day = |weeks: f64| date(&stack, Weeks(weeks)).unwrap().to_string();
        assert_eq!([0.0, 1.0 / 7.0, 0.2, 3.0 / 7.0].map(day), ["2026-11-23", "2026-11-23", "2026-11-23", "2026-11-24"]);
        assert_eq!(
            [6.0 / 7.0, 6.1 / 7.0, 1.0, 9.0 / 7.0].map(day),
            ["2026-11-27", "2026-11-30", "2026-11-30", "2026-11-30"]
        );
        assert_eq!(date(&stack_of("sinew: 1\nsystems: { a: { kind: crm } }\n"), Weeks(1.0)), None);
    }
}
