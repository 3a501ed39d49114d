//! What is carried by hand, for how many hours and at what cost?

use crate::analysis::{Analysis, Finding};
use crate::report::{HandoffTotals, Report, assumption, handoff};

/// The report of the handoffs; `findings` are those of `analysis`.
#[must_use]
pub fn handoffs(analysis: &Analysis<'_>, findings: &[Finding]) -> Report {
    Report {
        handoffs: Some(handoff::handoffs(analysis)),
        handoff_totals: Some(HandoffTotals::of(analysis)),
        assumptions: Some(assumption::assumptions(analysis, findings)),
        ..Report::about(analysis)
    }
}
