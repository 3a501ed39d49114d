//! How often a flow runs and how much a run carries: the same records a year, at another interval.

use crate::model::{Count, Flow, Hours, Peak, PerYear, Range};

/// Hours of a year.
const YEAR: f64 = 8_760.0;

/// Intervals that are usual, in hours, from short to long.
pub const USUAL: [f64; 9] = [1.0 / 12.0, 0.25, 0.5, 1.0, 2.0, 4.0, 6.0, 12.0, 24.0];

/// `every day`, `every 4 hours`, `every 15 minutes`: one of the [usual](USUAL) intervals.
#[must_use]
pub fn every(hours: f64) -> String {
    let minutes = (hours * 60.0).round();
    match minutes {
        1_440.0 => "every day".to_owned(),
        60.0 => "every hour".to_owned(),
        60.0.. => format!("every {} hours", minutes / 60.0),
        _ => format!("every {minutes} minutes"),
    }
}

/// The pace of a flow that runs at an interval: what is not stated of it today stays so.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Pace {
    /// How long a record waits at most, and with it travels.
    pub delay: Range<Hours>,
    /// How often a year.
    pub runs: Option<Range<PerYear>>,
    /// Runs of its busiest day.
    pub peak: Option<Peak>,
    /// Records of a run.
    pub records: Option<Range<Count>>,
}

impl Pace {
    /// `flow` as often as every `hours` at least: it never runs less often than today.
    #[must_use]
    pub fn at_least_every(flow: &Flow, hours: f64) -> Self {
        let a_year = YEAR / hours;
        let ratio = flow.runs.map_or(1.0, |runs| (a_year / runs.likely.0).max(1.0));
        Self {
            delay: Range::exact(Hours(hours)),
            runs: Some(
                flow.runs.map_or(Range::exact(PerYear(a_year)), |runs| runs.map(|runs| PerYear(runs.0 * ratio))),
            ),
            ..Self::scaled(flow, ratio)
        }
    }

    /// `flow` as seldom as every `hours`, where its runs are stated and are more: what a record waits for is added to how
    /// long it travels.
    #[must_use]
    pub fn at_most_every(flow: &Flow, hours: f64) -> Option<Self> {
        let ratio = YEAR / hours / flow.runs?.likely.0;
        let today = flow.run.delay.map_or(0.0, |delay| delay.likely.0);
        let delay = Range::exact(Hours(today.max(hours)));
        (ratio < 1.0).then(|| Self { delay, ..Self::scaled(flow, ratio) })
    }

    fn scaled(flow: &Flow, ratio: f64) -> Self {
        let runs = flow.runs.map(|runs| runs.map(|runs| PerYear(runs.0 * ratio)));
        let a_day = |peak: Peak| peak.a_day.map(|runs| (runs * ratio).ceil());
        // A burst is of the time in which it all comes: it says nothing about another pace.
        let peak =
            flow.run.peak.map(|peak| Peak { a_day: a_day(peak), burst: if ratio < 1.0 { None } else { peak.burst } });
        let peak = peak.filter(|peak| *peak != Peak::default());
        let records = flow.run.records.map(|records| records.map(|records| Count((records.0 / ratio).ceil().max(1.0))));
        let delay = flow.run.delay.unwrap_or(Range::exact(Hours(0.0)));
        Self { delay, runs, peak, records }
    }

    /// Gives `flow` this pace.
    pub fn apply(&self, flow: &mut Flow) {
        flow.run.delay = Some(self.delay);
        flow.runs = self.runs;
        flow.run.peak = self.peak;
        flow.run.records = self.records;
    }

    /// `flow` at this pace.
    #[must_use]
    pub fn of(&self, flow: &Flow) -> Flow {
        let mut flow = flow.clone();
        self.apply(&mut flow);
        flow
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::trial::stack_of;
    use crate::model::{Burst, FlowIx};

    fn flow(rest: &str) -> Flow {
        let text = format!(
            "sinew: 1
systems: {{ a: {{ kind: crm, makes: [d] }}, b: {{ kind: cms }} }}
data: {{ d: {{}} }}
flows: [{{ id: f, from: a, to: b, data: d, mechanism: api, {rest} }}]
"
        );
        stack_of(&text).flow(FlowIx(0)).clone()
    }

    #[test]
    fn an_interval_is_told_in_the_largest_unit_that_it_is_whole_in() {
        let told: Vec<String> = USUAL.iter().map(|hours| every(*hours)).collect();
        let minutes = ["every 5 minutes", "every 15 minutes", "every 30 minutes"];
        let hours = ["every hour", "every 2 hours", "every 4 hours", "every 6 hours", "every 12 hours", "every day"];
        assert_eq!(told, [&minutes[..], &hours[..]].concat());
    }

    #[test]
    fn fewer_runs_make_the_busiest_day_quieter_and_say_nothing_of_a_burst() {
        let hourly = flow("runs: 24/day, records: 10, peak: [30/day, 5/minute]");
        let pace = Pace::at_most_every(&hourly, 4.0).expect("it runs more often");
        // A quarter of the runs of an hourly flow; of 30 on the busiest day 7.5, which are 8.
        assert_eq!(pace.runs, Some(Range::exact(PerYear(2_190.0))));
        assert_eq!(pace.peak, Some(Peak { a_day: Some(8.0), burst: None }));
        assert_eq!(pace.records, Some(Range::exact(Count(40.0))));
        assert_eq!(pace.delay, Range::exact(Hours(4.0)));
        let burst = Pace::at_most_every(&flow("runs: 24/day, peak: 5/minute"), 4.0).expect("it runs more often");
        assert_eq!(burst.peak, None, "nothing is known of its busiest day");
        assert_eq!(Pace::at_most_every(&hourly, 1.0), None, "it runs every hour");
    }

    #[test]
    fn more_runs_make_the_busiest_day_busier_and_keep_the_burst() {
        let daily = flow("runs: 1/day, records: 48, peak: [2/day, 5/minute]");
        let pace = Pace::at_least_every(&daily, 1.0);
        assert_eq!(pace.runs, Some(Range::exact(PerYear(8_760.0))));
        let burst = Some(Burst { runs: 5.0, seconds: 60 });
        assert_eq!(pace.peak, Some(Peak { a_day: Some(48.0), burst }));
        assert_eq!(pace.records, Some(Range::exact(Count(2.0))));
        // Never less often than today.
        let same = Pace::at_least_every(&daily, 48.0);
        assert_eq!((same.runs, same.peak, same.records), (daily.runs, daily.run.peak, daily.run.records));
    }
}
