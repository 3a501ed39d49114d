//! Which findings stand?

use std::collections::BTreeMap;

use crate::analysis::{self, Analysis, RULES, rules};
use crate::plan::questions::by_year;
use crate::report::question::{self, Places};
use crate::report::{Report, finding};
use crate::source::{CellPlace, Source, nearest};

/// Questions that a check ends with.
const QUESTIONS: usize = 3;

/// The report of `findings`, with the first questions by the yearly amount that an answer can move: no plan is made for a
/// check. `cells` are those of the workbook that the stack is; which a workbook would have is not looked up for a check.
#[must_use]
pub fn check(
    analysis: &Analysis<'_>,
    findings: &[analysis::Finding],
    source: &Source,
    cells: &BTreeMap<String, CellPlace>,
) -> Report {
    let first = question::first(analysis, None, &by_year(analysis), Places { source, cells }, QUESTIONS);
    let findings = Some(finding::findings(findings, analysis.stack, source));
    Report { findings, ..Report::about(analysis) }.with_questions(first)
}

/// The id of a rule.
///
/// # Errors
/// Why it is none, with the nearest one.
pub fn known_rule(id: &str) -> Result<String, String> {
    if rules::find(id).is_some() {
        return Ok(id.to_owned());
    }
    Err(match nearest(id, RULES.iter().map(|rule| rule.id)) {
        Some(near) => format!("there is no such rule; did you mean `{near}`?"),
        None => "there is no such rule; `sinew explain` lists them".into(),
    })
}
