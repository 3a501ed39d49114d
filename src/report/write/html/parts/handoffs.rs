//! The table of handoff chains.

use serde_json::Value;

use super::super::field::{amount, ids, is, list, words};
use super::super::table::{Cell, Column, Row, Table, owned};
use super::{Html, Page, money_head};
use crate::report::say::counted;

pub(super) fn is_there(page: &Page<'_>) -> bool {
    page.report.get("handoffs").is_some()
}

pub(super) fn body(html: &mut Html, page: &Page<'_>) {
    let chains = list(page.report, "handoffs");
    if chains.is_empty() {
        html.element("p", &[], "Nothing is carried by hand.");
        return;
    }
    let table = Table {
        id: "handoff-table",
        caption: "What people carry from system to system, costliest first".into(),
        unit: ["handoff", "handoffs"],
        columns: vec![
            Column::words("From"),
            Column::words("To"),
            Column::words("What is carried"),
            Column::words("AI output"),
            Column::words("By"),
            Column::number("Hours a year"),
            Column::number("Hours to mend errors"),
            Column::number(money_head(page, "Cost a year")),
        ],
        rows: chains.iter().map(|chain| row(page, chain)).collect(),
        foot: page.report.get("handoff_totals").map(foot),
    };
    table.write(html);
    let unknown = page.report.get("handoff_totals").map_or(0, |totals| list(totals, "unknown").len());
    if unknown > 0 {
        let chains = counted(unknown, "handoff has", "handoffs have");
        let note =
            format!("{chains} no figures and count nothing in the totals: give the manual flows `runs` and `minutes`.");
        html.element("p", &[("class", "note")], &note);
    }
}

fn row(page: &Page<'_>, chain: &Value) -> Row {
    let names = page.names;
    let steps = ids(chain, "steps");
    let performers = ids(chain, "performers");
    let mut about = vec![words(chain, "from"), words(chain, "to")];
    about.extend(&steps);
    about.extend(&performers);
    let relays = steps.iter().skip(1).filter_map(|step| names.flows.get(*step)).map(|flow| names.system(&flow.from));
    let relays: Vec<&str> = relays.collect();
    let performers: Vec<String> = performers.iter().map(|team| names.team(team).to_owned()).collect();
    let ai = is(chain, "ai_output");
    Row {
        id: words(chain, "id").to_owned(),
        about: owned(&about),
        cells: vec![
            Cell::name(names.system(words(chain, "from"))),
            Cell::sorted_by(names.system(words(chain, "to")), |html| {
                html.name(names.system(words(chain, "to")));
                if !relays.is_empty() {
                    html.element("span", &[("class", "spread")], &format!("by way of {}", relays.join(", ")));
                }
            }),
            Cell::name(names.data(words(chain, "data"))),
            Cell::sorted_by(if ai { "0" } else { "1" }, |html| {
                if ai {
                    html.element("span", &[("class", "tag ai")], "AI output");
                }
            }),
            Cell::names(&performers),
            Cell::amount(amount(chain, "hours"), "not known"),
            Cell::amount(amount(chain, "error_hours"), "not known"),
            Cell::amount(amount(chain, "cost"), "not known"),
        ],
        ..Row::default()
    }
}

fn foot(totals: &Value) -> Vec<Cell> {
    let mut cells = vec![Cell::words("All, each step once")];
    cells.extend((0..4).map(|_| Cell::default()));
    cells.extend(["hours", "error_hours", "cost"].map(|key| Cell::amount(amount(totals, key), "not known")));
    cells
}
