//! What is not known or guessed, and what would an answer be worth?

use super::{Refused, planned};
use crate::analysis::Analysis;
use crate::plan::Options;
use crate::plan::questions::{Budget, ranked};
use crate::report::document::Document;
use crate::report::question::Places;
use crate::report::story::asked;
use crate::report::{self, Report, question};

/// The questions, with the plan that answers may change.
#[derive(Clone, Debug)]
pub struct Questioned {
    /// What programs read.
    pub report: Report,
    plan: report::Plan,
}

impl Questioned {
    /// What people read, which says what the plan makes of the answers.
    #[must_use]
    pub fn document(&self) -> Document {
        asked(&Report { plan: Some(self.plan.clone()), ..self.report.clone() })
    }
}

/// The first `most` questions, ranked by what an answer is worth; `doing` is told what takes time.
///
/// # Errors
/// Where no plan can be made.
pub fn questions(
    analysis: &Analysis<'_>,
    places: Places<'_>,
    most: usize,
    doing: impl Fn(&str),
) -> Result<Questioned, Refused> {
    let options = Options { samples: 0, ..Options::default() };
    doing("planning");
    let plan = planned(analysis, &options)?;
    doing("asking");
    let all = ranked(analysis, &plan, &options, &Budget::default());
    let first = question::first(analysis, Some(&plan), &all, places, most);
    let report = Report::about(analysis).with_questions(first);
    Ok(Questioned { report, plan: report::Plan::of(analysis.stack, &plan, &options) })
}
