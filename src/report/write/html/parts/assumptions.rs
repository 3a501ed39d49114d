//! The table of assumptions.

use serde_json::Value;

use super::super::field::{ids, list, words};
use super::super::table::{Cell, Column, Row, Table, components, owned, short};
use super::{Html, Page};

pub(super) fn is_there(page: &Page<'_>) -> bool {
    !list(page.report, "assumptions").is_empty()
}

pub(super) fn body(html: &mut Html, page: &Page<'_>) {
    let table = Table {
        id: "assumption-table",
        caption: "What the stack file does not say, and what was taken for it".into(),
        unit: ["assumption", "assumptions"],
        columns: vec![Column::words("Assumed"), Column::words("Value"), Column::names("Used by")],
        rows: list(page.report, "assumptions").iter().map(|assumption| row(page, assumption)).collect(),
        foot: None,
    };
    table.write(html);
}

fn row(page: &Page<'_>, assumption: &Value) -> Row {
    let used_by = ids(assumption, "used_by");
    let value = match assumption.get("value") {
        Some(Value::Number(number)) => number.as_f64().map_or_else(|| number.to_string(), precise),
        Some(Value::String(text)) => text.clone(),
        _ => String::new(),
    };
    let named = |id: &&str| match page.names.data.get(*id) {
        Some(_) if !page.names.systems.contains_key(*id) => page.names.data(id).to_owned(),
        _ => components(page.names, &[id]).concat(),
    };
    Row {
        about: owned(&used_by),
        cells: vec![
            Cell::words(&words(assumption, "key").replace('_', " ")),
            Cell::sorted_by(value.as_str(), |html| html.sentence(&value)),
            Cell::names(&used_by.iter().map(named).collect::<Vec<_>>()),
        ],
        ..Row::default()
    }
}

/// A number as it was assumed: one below ten keeps its decimals.
fn precise(number: f64) -> String {
    if number.abs() < 10.0 { number.to_string() } else { short(number) }
}
