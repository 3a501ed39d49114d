//! The sheets of the workbook: the tables of the story, behind what it says in sentences.

use super::{Medium, Part, chapters, left_out};
use crate::report::facts::Report;
use crate::report::say::Line;
use crate::report::tables::{self, Choice, Dashboard, Gantt, Summary, Table};

/// A workbook before it is written.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Workbook {
    /// The day of the facts, `2026-11-21`; may be empty.
    pub day: String,
    /// The first sheet: inputs, and totals that follow them.
    pub summary: Summary,
    /// The sheet after it: charts of what the tables hold; none where there is nothing to draw.
    pub dashboard: Option<Dashboard>,
    /// The plan on weeks, behind the sheet of its items; none where nothing is built.
    pub gantt: Option<Gantt>,
    /// Where a reader may choose from a list.
    pub choices: Vec<Choice>,
    /// One sheet each, in the order of the chapters.
    pub tables: Vec<Table>,
}

/// The workbook of `report`.
#[must_use]
pub fn workbook(report: &Report) -> Workbook {
    let (mut sentences, mut tables) = (Vec::new(), Vec::new());
    for part in chapters(report, Medium::Workbook).into_iter().flat_map(|chapter| chapter.parts) {
        match part {
            Part::Sentences(lines) => sentences.extend(lines),
            Part::Table(table) => tables.push(table),
            Part::Items(_) | Part::Picture(_) => {}
        }
    }
    let mut notes = left_out(report, Medium::Workbook);
    notes.push(Line::of(
        "Pictures of the stack are not in this workbook, but in report.html, slides.pptx and pictures.pdf.",
    ));
    Workbook {
        day: report.stack.as_of.clone().unwrap_or_default(),
        summary: tables::summary(report, sentences, notes),
        dashboard: tables::dashboard(report),
        gantt: tables::gantt(report),
        choices: tables::choices(report),
        tables,
    }
}
