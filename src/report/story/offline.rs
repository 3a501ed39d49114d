//! The offline page of a system: what to know when it is down.

use super::{Chapter, Document, Item, Part};
use crate::report::facts::offline::{Advice, Page, Stale, Told};
use crate::report::say::{Kind, Line, counted};
use crate::report::tables::{Cell, Column, Row, Table};

/// Systems without their supply that are named before the rest is counted.
const NAMED: usize = 12;

/// The page; parts of which there is nothing to say are left out.
#[must_use]
pub fn offline(page: &Page) -> Document {
    let mut chapters = Vec::new();
    let mut chapter = |id, heading: &str, parts: Vec<Part>| {
        if !parts.is_empty() {
            chapters.push(Chapter::of(id, heading, parts));
        }
    };
    let advice = page.what_to_do.iter().map(|advice| match advice {
        Advice::Runbook(runbook) => Item::of(Line::of("Runbook: ").and_code(runbook)),
        Advice::Words(words) => Item::of(Line::told(words)),
    });
    chapter("what_to_do", "What to do", items(advice.collect()));
    chapter("stops", "What stops now, and why", items(page.stops.iter().map(|one| told(one, "")).collect()));
    let degrades = page.degrades.iter().map(|one| told(one, " runs on standby"));
    chapter("degrades", "What keeps running, and on which standby", items(degrades.collect()));
    chapter("stale", "What goes stale", goes_stale(page));
    chapter("contacts", "Who to notify", items(page.contacts.iter().map(|words| Item::of(Line::of(words))).collect()));
    let known = page.known.iter().map(|words| Item::of(Line::told(words)));
    chapter("known", "What is known and what is not", items(known.collect()));
    Document {
        title: Some(Line::of(format!("{} is offline", page.name))),
        lead: vec![Line::strong(&page.first)],
        chapters,
        ..Document::default()
    }
}

fn items(items: Vec<Item>) -> Vec<Part> {
    if items.is_empty() { Vec::new() } else { vec![Part::Items(items)] }
}

fn told(one: &Told, after: &str) -> Item {
    Item { head: Line::strong(&one.process).and(after), details: one.lines.iter().map(Line::of).collect() }
}

fn goes_stale(page: &Page) -> Vec<Part> {
    let mut parts = Vec::new();
    if !page.stale.is_empty() {
        parts.push(Part::Table(stale(&page.stale)));
        if page.stale_left_out > 0 {
            let more = counted(page.stale_left_out, "more copy goes", "more copies go");
            parts.push(Part::Sentences(vec![Line::of(format!(
                "{more} stale and {} not listed here.",
                if page.stale_left_out == 1 { "is" } else { "are" }
            ))]));
        }
    }
    let others = page.starved.len();
    if others > 0 {
        let names = page.starved.iter().take(NAMED).cloned().collect::<Vec<_>>().join(", ");
        let more = if others > NAMED { format!(" and {} more", others - NAMED) } else { String::new() };
        parts.push(Part::Sentences(vec![Line::of(format!("Systems that lose data: {names}{more}."))]));
    }
    parts
}

fn stale(all: &[Stale]) -> Table {
    let columns = vec![
        Column::new("data", "Data", Kind::Words),
        Column::new("at", "At", Kind::Words),
        Column::new("max_age", "Too old after", Kind::Words),
        Column::new("process", "For", Kind::Words),
    ];
    let rows = all.iter().enumerate().map(|(at, one)| Row {
        id: at.to_string(),
        cells: vec![
            Cell::text(&one.data),
            Cell::text(&one.at),
            one.max_age.as_ref().map_or(Cell::Missing("no max_age stated"), Cell::text),
            Cell::text(&one.process),
        ],
        ..Row::default()
    });
    Table { rows: rows.collect(), ..Table::new("stale", "What goes stale", ["copy", "copies"], columns) }
}
