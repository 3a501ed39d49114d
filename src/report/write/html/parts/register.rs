//! The tables for governance: AI tools, and the ledger of flows.

use serde_json::Value;

use super::super::field::{ids, list, words};
use super::super::table::{Cell, Column, Row, Table, components, owned};
use super::{Html, Page};

pub(super) fn is_there(page: &Page<'_>) -> bool {
    ["ai_register", "ledger"].iter().any(|key| !list(page.report, key).is_empty())
}

pub(super) fn body(html: &mut Html, page: &Page<'_>) {
    let tools = list(page.report, "ai_register");
    if !tools.is_empty() {
        let columns = ["Tool", "Vendor", "Status", "Depends on", "Owner", "Budget owner", "Breaks without it"];
        Table {
            id: "register-table",
            caption: "Register of AI tools".into(),
            unit: ["AI tool", "AI tools"],
            columns: columns.map(Column::words).into(),
            rows: tools.iter().map(|tool| row(page, tool)).collect(),
            foot: None,
        }
        .write(html);
    }
    let flows = list(page.report, "ledger");
    if !flows.is_empty() {
        Table {
            id: "ledger-table",
            caption: "Ledger of flows: how each works, what it fails with, who watches it".into(),
            unit: ["flow", "flows"],
            columns: ["Flow", "Mode", "Fails with", "Watched by", "Owner"].map(Column::words).into(),
            rows: flows.iter().map(|flow| ledger_row(page, flow)).collect(),
            foot: None,
        }
        .write(html);
    }
}

fn row(page: &Page<'_>, tool: &Value) -> Row {
    let names = page.names;
    let id = words(tool, "system");
    let breaks: Vec<String> = ids(tool, "breaks").into_iter().map(|id| broken(page, id)).collect();
    Row {
        id: id.to_owned(),
        about: vec![id.to_owned()],
        offline: vec![id.to_owned()],
        cells: vec![
            Cell::sorted_by(names.system(id), |html| {
                html.within("span", &[("class", "what")], |html| html.name(names.system(id)));
            }),
            Cell::name(words(tool, "vendor")),
            Cell::words(words(tool, "status")),
            Cell::names(&components(names, &ids(tool, "depends_on"))),
            missing(names.team(words(tool, "owner"))),
            missing(words(tool, "budget_owner")),
            Cell::names(&breaks),
        ],
        ..Row::default()
    }
}

/// The name of what breaks: a process, or else a component.
fn broken(page: &Page<'_>, id: &str) -> String {
    match page.names.processes.contains_key(id) {
        true => page.names.process(id).to_owned(),
        false => page.names.component(id),
    }
}

/// A name, or the word that there is none.
fn missing(name: &str) -> Cell {
    if name.is_empty() {
        Cell::sorted_by("", |html| html.element("span", &[("class", "tag warn")], "none"))
    } else {
        Cell::name(name)
    }
}

fn ledger_row(page: &Page<'_>, flow: &Value) -> Row {
    let names = page.names;
    let id = words(flow, "flow");
    let mut about = vec![id];
    about.extend(names.flows.get(id).map(|of| [of.from.as_str(), of.to.as_str()]).into_iter().flatten());
    Row {
        id: id.to_owned(),
        about: owned(&about),
        cells: vec![
            Cell::name(&names.component(id)),
            Cell::words(words(flow, "mode")),
            Cell::names(&components(names, &ids(flow, "failure"))),
            Cell::name(names.team(words(flow, "watched_by"))),
            Cell::name(names.team(words(flow, "owner"))),
        ],
        ..Row::default()
    }
}
