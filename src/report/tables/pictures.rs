//! What the pictures lack.

use super::{Cell, Column, Kind, Row, Table};
use crate::report::facts::Report;
use crate::report::say::Line;

/// Where everything is that a slide has no room for.
const NOTE: &str = "The pictures of a report have a budget of slides and of work. Files of DOT and Mermaid have every system and every \
                    flow; report.json names the systems that are on no slide.";

/// The table: pictures that lack something, in the order of the report; `None` where none does.
#[must_use]
pub fn pictures(report: &Report) -> Option<Table> {
    let all = report.pictures.as_deref()?;
    let columns = vec![
        Column::new("picture", "Picture", Kind::Words).on_slides(),
        Column::new("slides", "Slides", Kind::Count).on_slides(),
        Column::new("in_haste", "Arranged in haste", Kind::Count),
        Column::new("systems", "Systems on no slide", Kind::Count).on_slides(),
        Column::new("flows", "Flows on no slide", Kind::Count).on_slides(),
        Column::new("by_hand", "Of them by hand", Kind::Count).on_slides(),
    ];
    let row = |of: &crate::report::facts::pictures::Lacking| Row {
        id: of.picture.clone(),
        cells: vec![
            Cell::text(&of.picture),
            Cell::count(of.slides),
            Cell::count(of.slides_in_haste),
            Cell::count(of.systems_on_no_slide.len()),
            Cell::count(of.flows_on_no_slide),
            Cell::count(of.by_hand_on_no_slide),
        ],
        ..Row::default()
    };
    let table = Table::new("pictures", "Pictures", ["picture", "pictures"], columns);
    Some(Table {
        title: "Pictures that do not show everything".into(),
        empty: "Every picture shows everything.".into(),
        rows: all.iter().map(row).collect(),
        notes: vec![Line::of(NOTE)],
        ..table
    })
}
