//! The table of the plan: what to build, in which wave, and what it buys.

use serde_json::Value;

use super::super::field::{amount, ids, is, list, number, words};
use super::super::table::{Cell, Column, Row, Table, short};
use super::{Html, Page, currency, money_head};
use crate::analysis::words::counted;

pub(super) fn is_there(page: &Page<'_>) -> bool {
    page.report.get("plan").is_some_and(|plan| !plan.is_null())
}

pub(super) fn body(html: &mut Html, page: &Page<'_>) {
    let Some(plan) = page.report.get("plan") else { return };
    let items = list(plan, "items");
    if items.is_empty() {
        html.element("p", &[], "There is nothing to build that would pay.");
        return;
    }
    if let Some(net) = number(plan, "net_value") {
        html.element("p", &[], &worth(page, plan, net));
    }
    let table = Table {
        id: "plan-table",
        caption: "What to build, wave by wave".into(),
        unit: ["item", "items"],
        columns: vec![
            Column::number("Wave"),
            Column::words("Item"),
            Column::words("Kind"),
            Column::number("Effort, person-days"),
            Column::number(money_head(page, "Value a year")),
            Column::number("WSJF"),
            Column::number("Payback, weeks"),
            Column::number("Keeps its wave"),
            Column::words("Removes"),
            Column::names("Needs"),
        ],
        rows: items.iter().map(|item| row(page, item)).collect(),
        foot: None,
    };
    table.write(html);
    let note = "WSJF: value a year for a person-day of effort (weighted shortest job first). “Keeps its wave”: in how many \
                of the samples drawn from the ranges the item stays in this wave.";
    html.element("p", &[("class", "note")], note);
    before_and_after(html, plan);
}

fn worth(page: &Page<'_>, plan: &Value, net: f64) -> String {
    let mut text = format!("Worth {}{} net over the horizon", currency(page), short(net));
    if let Some(gap) = number(plan, "gap") {
        if gap <= 0.0 {
            text.push_str("; no order of these items is worth more");
        } else {
            text.push_str(&format!("; at most {}% more is possible", short(gap * 100.0)));
        }
    }
    text.push('.');
    text
}

fn row(page: &Page<'_>, item: &Value) -> Row {
    let plan = page.report.get("plan").unwrap_or(&Value::Null);
    let title = |id: &str| {
        let found = list(plan, "items").iter().find(|other| words(other, "id") == id);
        found.map_or(id, |other| words(other, "title")).to_owned()
    };
    let removes = ids(item, "removes");
    let (about, rules) = concerns(page, &removes);
    let needs: Vec<String> = ids(item, "needs").into_iter().map(title).collect();
    Row {
        id: words(item, "id").to_owned(),
        about,
        rules,
        wave: number(item, "wave").map(|wave| wave.clamp(0.0, 999.0) as u64),
        cells: vec![
            Cell::number(number(item, "wave"), "later"),
            Cell::sorted_by(words(item, "title"), |html| {
                html.name(words(item, "title"));
                options(html, item);
            }),
            Cell::words(&words(item, "kind").replace('-', " ")),
            Cell::amount(amount(item, "effort"), "not known"),
            Cell::amount(amount(item, "value"), "not known"),
            Cell::number(number(item, "wsjf"), ""),
            Cell::amount(amount(item, "payback_weeks"), "never"),
            share(number(item, "wave_share")),
            removed(page, &removes),
            Cell::names(&needs),
        ],
        ..Row::default()
    }
}

fn share(share: Option<f64>) -> Cell {
    match share {
        None => Cell::number(None, ""),
        Some(share) => Cell::sorted_by(share.to_string(), |html| html.text(&format!("{:.0}%", share * 100.0))),
    }
}

/// How many handoffs and findings an item removes, and which.
fn removed(page: &Page<'_>, removes: &[&str]) -> Cell {
    let chains = list(page.report, "handoffs").iter().filter(|one| removes.contains(&words(one, "id")));
    let findings = list(page.report, "findings").iter().filter(|one| removes.contains(&words(one, "id")));
    let names = page.names;
    let chains: Vec<String> = chains
        .map(|chain| {
            let (from, to) = (names.system(words(chain, "from")), names.system(words(chain, "to")));
            format!("{from} → {to}: {}", names.data(words(chain, "data")))
        })
        .collect();
    let findings: Vec<String> =
        findings.map(|finding| format!("{}: {}", words(finding, "rule"), words(finding, "message"))).collect();
    let counts = [
        (!chains.is_empty()).then(|| counted(chains.len(), "handoff", "handoffs")),
        (!findings.is_empty()).then(|| counted(findings.len(), "finding", "findings")),
    ];
    let counts: Vec<String> = counts.into_iter().flatten().collect();
    Cell::sorted_by(format!("{:06}", chains.len() + findings.len()), |html| {
        if counts.is_empty() {
            return;
        }
        html.within("details", &[], |html| {
            html.element("summary", &[], &counts.join(", "));
            html.within("ul", &[], |html| {
                let both = chains.iter().chain(&findings);
                both.for_each(|words| html.within("li", &[], |html| html.sentence(words)));
            });
        });
    })
}

/// What the findings and handoffs in `removes` are about, and the rules of those findings.
fn concerns(page: &Page<'_>, removes: &[&str]) -> (Vec<String>, Vec<String>) {
    let (mut about, mut rules) = (Vec::new(), Vec::new());
    for finding in list(page.report, "findings").iter().filter(|one| removes.contains(&words(one, "id"))) {
        about.extend(ids(finding, "subjects").into_iter().map(str::to_owned));
        rules.push(words(finding, "rule").to_owned());
    }
    for chain in list(page.report, "handoffs").iter().filter(|one| removes.contains(&words(one, "id"))) {
        about.extend([words(chain, "from").to_owned(), words(chain, "to").to_owned()]);
        about.extend(ids(chain, "steps").into_iter().map(str::to_owned));
    }
    for list in [&mut about, &mut rules] {
        list.sort_unstable();
        list.dedup();
    }
    (about, rules)
}

/// The other ways that were looked at, and why they are not the one.
fn options(html: &mut Html, item: &Value) {
    let options = list(item, "options");
    if options.is_empty() {
        return;
    }
    html.within("details", &[], |html| {
        html.element("summary", &[], "Ways considered");
        html.within("ul", &[], |html| {
            for option in options {
                let state = if is(option, "feasible") { "feasible" } else { "out" };
                let mut line = format!("{} ({state})", words(option, "kind").replace('-', " "));
                if !words(option, "why").is_empty() {
                    line.push_str(": ");
                    line.push_str(words(option, "why"));
                }
                html.element("li", &[], &line);
            }
        });
    });
}

/// Today beside the target: every quantity that both name.
fn before_and_after(html: &mut Html, plan: &Value) {
    let (Some(before), Some(after)) = (plan.get("before"), plan.get("after")) else { return };
    let Some(entries) = before.as_object() else { return };
    let pairs = entries.keys().filter_map(|key| Some((key, amount(before, key)?, amount(after, key)?)));
    let rows: Vec<Row> = pairs
        .map(|(key, before, after)| Row {
            cells: vec![
                Cell::words(&key.replace('_', " ")),
                Cell::amount(Some(before), ""),
                Cell::amount(Some(after), ""),
                Cell::number(Some(after.likely - before.likely), ""),
            ],
            ..Row::default()
        })
        .collect();
    if rows.is_empty() {
        return;
    }
    let columns =
        vec![Column::words("A year"), Column::number("Today"), Column::number("Target"), Column::number("Difference")];
    let caption = "Before and after the plan".to_owned();
    Table { id: "change-table", caption, unit: ["figure", "figures"], columns, rows, foot: None }.write(html);
}
