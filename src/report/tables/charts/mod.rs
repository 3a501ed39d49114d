//! The charts of a report, one file each: facts in, one [`Chart`] out, or none where there is nothing to show.

mod failures;
mod gantt;
mod pareto;
mod standing;

use super::Dashboard;
use crate::report::facts::Report;
use crate::report::say::Line;

pub use gantt::{TOLERANCE as WEEK_TOLERANCE, gantt};

/// Most marks that a chart with one for each step or failure has.
const MOST: usize = 12;

/// The charts of `report`; `None` where there is nothing to draw.
#[must_use]
pub fn dashboard(report: &Report) -> Option<Dashboard> {
    let all = [pareto::pareto(report), standing::standing(report), failures::failures(report)];
    let charts: Vec<_> = all.into_iter().flatten().collect();
    let notes = vec![Line::of("Headlines and charts follow the yellow cells of the sheet Summary.")];
    (!charts.is_empty()).then(|| Dashboard { title: report.stack.name.clone(), notes, charts })
}
