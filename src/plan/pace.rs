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
        let today = flow.delay.map_or(0.0, |delay| delay.likely.0);
        let delay = Range::exact(Hours(today.max(hours)));
        (ratio < 1.0).then(|| Self { delay, ..Self::scaled(flow, ratio) })
    }

    fn scaled(flow: &Flow, ratio: f64) -> Self {
        let runs = flow.runs.map(|runs| runs.map(|runs| PerYear(runs.0 * ratio)));
        let a_day = |peak: Peak| peak.a_day.map(|runs| (runs * ratio).ceil());
        // A burst is of the time in which it all comes: it says nothing about another pace.
        let peak =
            flow.peak.map(|peak| Peak { a_day: a_day(peak), burst: if ratio < 1.0 { None } else { peak.burst } });
        let peak = peak.filter(|peak| *peak != Peak::default());
        let records = flow.records.map(|records| records.map(|records| Count((records.0 / ratio).ceil().max(1.0))));
        let delay = flow.delay.unwrap_or(Range::exact(Hours(0.0)));
        Self { delay, runs, peak, records }
    }

    /// Gives `flow` this pace.
    pub fn apply(&self, flow: &mut Flow) {
        flow.delay = Some(self.delay);
        flow.runs = self.runs;
        flow.peak = self.peak;
        flow.records = self.records;
    }

    /// `flow` at this pace.
    #[must_use]
    pub fn of(&self, flow: &Flow) -> Flow {
        let mut flow = flow.clone();
        self.apply(&mut flow);
        flow
    }
}
