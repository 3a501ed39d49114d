//! The parts of the page around the pictures, one file each, and the data that the script reads.

mod assumptions;
mod findings;
mod handoffs;
mod header;
mod outages;
mod plan;
mod processes;
mod register;
mod stage;
mod structure;

use serde_json::{Value, json};

use super::Page;
use super::field::{ids, is, list, words};
use super::write::{Html, shortened};

pub(super) use header::header;

/// A part of the page.
pub(super) struct Part {
    /// Its place in the page, for links.
    pub(super) id: &'static str,
    /// Its heading.
    pub(super) title: &'static str,
    /// Whether the report has it.
    pub(super) is_there: fn(&Page<'_>) -> bool,
    /// Writes what stands below the heading.
    body: fn(&mut Html, &Page<'_>),
    /// Writes the whole part, if the report has it.
    pub(super) write: fn(&mut Html, &Page<'_>),
}

macro_rules! part {
    ($id:literal, $title:literal, $module:ident) => {
        Part {
            id: $id,
            title: $title,
            is_there: $module::is_there,
            body: $module::body,
            write: |html, page| section(html, page, $id),
        }
    };
}

/// How many parts stand before the pictures.
pub(super) const BEFORE_PICTURES: usize = 1;

/// All parts, in the order of the page.
pub(super) const ALL: &[Part] = &[
    part!("stage", "Where we stand", stage),
    part!("handoffs", "Handoffs", handoffs),
    part!("outages", "What breaks if", outages),
    part!("processes", "Processes", processes),
    part!("findings", "Findings", findings),
    part!("plan", "Plan", plan),
    part!("register", "AI tools", register),
    part!("structure", "Structure", structure),
    part!("assumptions", "Assumptions", assumptions),
];

fn section(html: &mut Html, page: &Page<'_>, id: &'static str) {
    let Some(part) = ALL.iter().find(|part| part.id == id).filter(|part| (part.is_there)(page)) else { return };
    let head = format!("{id}-head");
    html.open("section", &[("id", id), ("aria-labelledby", &head)]);
    html.element("h2", &[("id", &head)], part.title);
    (part.body)(html, page);
    html.close("section");
    html.line();
}

/// What the stack is called.
pub(super) fn stack_name(page: &Page<'_>) -> String {
    let name = page.report.get("stack").map_or("", |stack| words(stack, "name"));
    let name = if name.trim().is_empty() { "Stack" } else { name };
    shortened(name).unwrap_or_else(|| name.to_owned())
}

/// The currency with a space after it; empty without one.
pub(super) fn currency(page: &Page<'_>) -> String {
    match page.report.get("stack").map_or("", |stack| words(stack, "currency")) {
        "" => String::new(),
        currency => format!("{currency} "),
    }
}

/// The head of a column of money: `Cost a year, USD`.
pub(super) fn money_head(page: &Page<'_>, what: &str) -> String {
    match currency(page).trim_end() {
        "" => what.to_owned(),
        currency => format!("{what}, {currency}"),
    }
}

/// What stands at the foot.
pub(super) fn footer(html: &mut Html) {
    html.within("footer", &[], |html| {
        html.text(
            "Made by sinew from the stack file alone. This page holds all its data and asks no server for anything.",
        );
    });
}

/// What the script reads: the computed outages and what joins ids, names, findings, handoffs and waves.
pub(super) fn data(page: &Page<'_>) -> Value {
    let report = page.report;
    let names = page.names;
    let systems = names
        .systems
        .iter()
        .map(|(id, system)| (id.clone(), json!({ "name": names.system(id), "domain": system.domain })));
    let flows = names.flows.iter().map(|(id, flow)| {
        let value = json!({
            "name": names.component(id), "from": flow.from, "to": flow.to, "through": flow.through,
            "performer": flow.performer, "manual": flow.is_manual,
        });
        (id.clone(), value)
    });
    let findings = list(report, "findings").iter().map(|finding| {
        json!({
            "id": words(finding, "id"), "rule": words(finding, "rule"), "severity": words(finding, "severity"),
            "subjects": ids(finding, "subjects"), "message": words(finding, "message"),
            "evidence": ids(finding, "evidence"), "accepted": is(finding, "accepted"),
        })
    });
    let handoffs =
        list(report, "handoffs").iter().map(|chain| json!({ "id": words(chain, "id"), "steps": ids(chain, "steps") }));
    let items = report.get("plan").map_or(&[][..], |plan| list(plan, "items")).iter().map(|item| {
        json!({
            "id": words(item, "id"), "title": words(item, "title"), "wave": item.get("wave"),
            "removes": ids(item, "removes"),
        })
    });
    let processes = list(report, "processes").iter().map(|process| {
        json!({
            "id": words(process, "id"), "single_points": process.get("single_points"),
            "covered_points": process.get("covered_points"), "cut_sets": process.get("cut_sets"),
        })
    });
    json!({
        "currency": currency(page).trim_end(),
        "systems": systems.collect::<serde_json::Map<_, _>>(),
        "flows": flows.collect::<serde_json::Map<_, _>>(),
        "teams": names.teams,
        "data": names.data,
        "processNames": names.processes,
        "outages": list(report, "outages"),
        "processes": processes.collect::<Vec<_>>(),
        "findings": findings.collect::<Vec<_>>(),
        "handoffs": handoffs.collect::<Vec<_>>(),
        "plan": items.collect::<Vec<_>>(),
    })
}
