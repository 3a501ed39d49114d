//! What registers of regulators ask of each AI tool.

use crate::analysis::Analysis;
use crate::report::{Report, facts};

/// The report of the AI tools with purpose, role, data, reviews and audience.
#[must_use]
pub fn register(analysis: &Analysis<'_>) -> Report {
    Report { ai_use: Some(facts::ai_use::ai_use(analysis)), ..Report::about(analysis) }
}
