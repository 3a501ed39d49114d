//! Everything at once.

use super::{Refused, planned};
use crate::analysis::{Analysis, Finding};
use crate::plan::Options;
use crate::plan::questions::{Budget, ranked};
use crate::report::question::{self, Places};
use crate::report::{self, Report};

/// The whole report, with the plan that the file asks for and the first questions; `findings` are those of `analysis`.
///
/// # Errors
/// Where no plan can be made.
pub fn whole(analysis: &Analysis<'_>, findings: &[Finding], places: Places<'_>) -> Result<Report, Refused> {
    let options = Options::default();
    let plan = planned(analysis, &options)?;
    let shown = report::Plan::of(analysis.stack, &plan, &options);
    let asked = ranked(analysis, &plan, &options, &Budget::default());
    let first = question::first(analysis, Some(&plan), &asked, places, question::OF_REPORT);
    Ok(Report::of(analysis, findings, places.source).with_plan(shown).with_questions(first))
}
