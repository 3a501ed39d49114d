//! How much is automated, reviewed and manual, in a sentence.

use crate::report::facts::Report;
use crate::report::facts::ledger::Mode;
use crate::report::say::Line;

/// `Flows: 7 automated, 2 reviewed by a person, 3 manual. AI outputs: 1 automated, 0 reviewed by a person, 1 manual.`
pub(super) fn sentences(report: &Report) -> Vec<Line> {
    let Some(rows) = report.ledger.as_deref().filter(|rows| !rows.is_empty()) else { return Vec::new() };
    let part = |is_flow: bool, what: &str| {
        let of_them = || rows.iter().filter(|row| row.flow.is_some() == is_flow);
        let count = |mode: Mode| of_them().filter(|row| row.mode == mode).count();
        let (automated, reviewed, manual) = (count(Mode::Automated), count(Mode::Reviewed), count(Mode::Manual));
        format!("{what}: {automated} automated, {reviewed} reviewed by a person, {manual} manual.")
    };
    vec![Line::of(format!("{} {}", part(true, "Flows"), part(false, "AI outputs")))]
}
