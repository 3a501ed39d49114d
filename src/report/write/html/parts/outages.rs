//! The table of outages: what every failure takes away.

use serde_json::Value;

use super::super::field::{ids, list, number, words};
use super::super::table::{Cell, Column, Row, Table, components, owned};
use super::super::write::Html;
use super::{Page, money_head};
use crate::report::say::counted;

pub(super) fn is_there(page: &Page<'_>) -> bool {
    page.report.get("outages").is_some()
}

fn is_harmless(outage: &Value) -> bool {
    ["processes_down", "processes_degraded", "facts_lost"].iter().all(|key| list(outage, key).is_empty())
}

pub(super) fn body(html: &mut Html, page: &Page<'_>) {
    let (harmless, harmful): (Vec<&Value>, Vec<&Value>) =
        list(page.report, "outages").iter().partition(|outage| is_harmless(outage));
    if harmful.is_empty() {
        html.element("p", &[], "No failure takes anything away.");
    } else {
        let table = Table {
            id: "outage-table",
            caption: "What stops, and what it costs, if a system, a flow or a team of one fails, gravest first".into(),
            unit: ["outage", "outages"],
            columns: vec![
                Column::words("Without"),
                Column::words("Kind"),
                Column::names("Processes that stop"),
                Column::names("Processes on standby"),
                Column::number("Systems that lose data"),
                Column::number("Facts lost"),
                Column::number(money_head(page, "Cost an hour")),
                Column::number(money_head(page, "Expected a year")),
            ],
            rows: harmful.iter().map(|outage| row(page, outage)).collect(),
            foot: None,
        };
        table.write(html);
        let note = "A fact is a data object at a system. “Not known”: a process that stops states no outage cost, or the \
                    component states no availability.";
        html.element("p", &[("class", "note")], note);
    }
    if !harmless.is_empty() {
        html.within("details", &[], |html| {
            let one = "component can fail without taking anything away";
            let many = "components can fail without taking anything away";
            html.element("summary", &[], &counted(harmless.len(), one, many));
            html.within("ul", &[("class", "plain")], |html| {
                for outage in &harmless {
                    let names = components(page.names, &ids(outage, "components"));
                    html.within("li", &[], |html| html.name(&names.join(" and ")));
                }
            });
        });
    }
}

fn row(page: &Page<'_>, outage: &Value) -> Row {
    let failed = ids(outage, "components");
    let name = components(page.names, &failed).join(" and ");
    let processes =
        |key| -> Vec<String> { ids(outage, key).into_iter().map(|id| page.names.process(id).to_owned()).collect() };
    let mut about = failed.clone();
    about.extend(ids(outage, "processes_down"));
    about.extend(ids(outage, "processes_degraded"));
    Row {
        id: failed.join(" "),
        about: owned(&about),
        offline: owned(&failed),
        cells: vec![
            Cell::sorted_by(name.as_str(), |html| {
                html.within("span", &[("class", "what")], |html| html.name(&name));
            }),
            Cell::words(words(outage, "kind")),
            Cell::names(&processes("processes_down")),
            Cell::names(&processes("processes_degraded")),
            Cell::number(Some(list(outage, "systems_starved").len() as f64), ""),
            Cell::number(Some(list(outage, "facts_lost").len() as f64), ""),
            Cell::number(number(outage, "cost_per_hour"), "not known"),
            Cell::number(number(outage, "expected_cost"), "not known"),
        ],
        ..Row::default()
    }
}
