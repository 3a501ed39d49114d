//! Where does the stack stand, and what holds it there?

use crate::analysis::{Analysis, Finding};
use crate::report::{self, Report};

/// The report of the maturity stage; `findings` are those of `analysis`.
#[must_use]
pub fn stage(analysis: &Analysis<'_>, findings: &[Finding]) -> Report {
    Report { stage: Some(report::Stage::of(analysis, findings)), ..Report::about(analysis) }
}
