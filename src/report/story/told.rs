//! A report as a document: the chapters that its medium tells, below the name and the size of the stack.

use super::{Chapter, Document, Medium, Part, chapters, left_out};
use crate::report::facts::{Report, StackOverview};
use crate::report::say::{Line, counted};

/// The report as a document for `medium`. A whole report says at its end what it leaves out; a question of its own has
/// left out all but what was asked.
#[must_use]
pub fn told(report: &Report, medium: Medium) -> Document {
    let mut chapters = chapters(report, medium);
    if report.findings.is_some() && report.handoffs.is_some() {
        let rest = left_out(report, medium);
        if !rest.is_empty() {
            chapters.push(Chapter::of("left_out", "Elsewhere", vec![Part::Sentences(rest)]));
        }
    }
    Document {
        title: Some(Line::of(&report.stack.name)),
        lead: vec![size(&report.stack)],
        chapters,
        ..Document::default()
    }
}

/// `As of 2026-11-21: 12 systems, 18 flows, 9 data objects, 3 processes`.
fn size(stack: &StackOverview) -> Line {
    let day = stack.as_of.as_ref().map(|day| format!("As of {day}: ")).unwrap_or_default();
    Line::of(format!(
        "{day}{}, {}, {}, {}",
        counted(stack.systems, "system", "systems"),
        counted(stack.flows, "flow", "flows"),
        counted(stack.data, "data object", "data objects"),
        counted(stack.processes, "process", "processes"),
    ))
}
