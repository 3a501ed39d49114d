//! How much is automated, reviewed and manual, in a sentence.

use crate::report::facts::Report;
use crate::report::facts::ledger::Mode;
use crate::report::say::Line;

/// `Flows: 7 automated, 2 reviewed by a person, 3 manual. AI outputs: 1 automated, 0 reviewed by a person, 1 manual.`
pub(super) fn sentences(report: &Report) -> Vec<Line> {
    let Some(rows) = report.ledger.as_deref().filter(|rows| !rows.is_empty()) else { return Vec::new() };
    let part = |is_flow: bool, what: &str| {
        let of_them = || rows.iter().filter(|row| row.flow.is_some() == is_flow);
        let count = |mode: Option<Mode>| of_them().filter(|row| row.mode == mode).count();
        let [automated, reviewed, manual] =
            [Mode::Automated, Mode::Reviewed, Mode::Manual].map(|mode| count(Some(mode)));
        let idle = match count(None) {
            0 => String::new(),
            some => format!(", {some} that nothing carries away"),
        };
        format!("{what}: {automated} automated, {reviewed} reviewed by a person, {manual} manual{idle}.")
    };
    vec![Line::of(format!("{} {}", part(true, "Flows"), part(false, "AI outputs")))]
}
