//! The table of the plan: what to build, in which wave, and what it buys.

use serde_json::Value;

use super::super::field::{Amount, amount, ids, is, list, number, words};
use super::super::table::{Cell, Column, Row, Table, short};
use super::{Html, Page, currency, money_head};
use crate::report::say::counted;

pub(super) fn is_there(page: &Page<'_>) -> bool {
    page.report.get("plan").is_some_and(|plan| !plan.is_null())
}

pub(super) fn body(html: &mut Html, page: &Page<'_>) {
    let Some(plan) = page.report.get("plan") else { return };
    let items = list(plan, "items");
    if items.is_empty() {
        html.element("p", &[], "There is nothing to build that is known to pay.");
        left_open(html, page, plan);
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
            Column::number("Order"),
            Column::number("Wave"),
            Column::words("Item"),
            Column::words("Kind"),
            Column::number("Effort, person-days"),
            Column::number(money_head(page, "Value a year")),
            Column::number(money_head(page, "To run a year")),
            Column::number("WSJF"),
            Column::number("Repaid after weeks"),
            Column::number("Finished in week"),
            Column::number("Keeps its wave"),
            Column::words("Removes"),
            Column::names("Needs"),
        ],
        rows: items.iter().enumerate().map(|(at, item)| row(page, at, item)).collect(),
        foot: None,
    };
    table.write(html);
    let note = "WSJF: value a year for a person-day of effort (weighted shortest job first). “Keeps its wave”: in how many \
                of the samples drawn from the ranges the item stays in this wave.";
    html.element("p", &[("class", "note")], note);
    before_and_after(html, page, plan);
    left_open(html, page, plan);
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

fn row(page: &Page<'_>, at: usize, item: &Value) -> Row {
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
            Cell::number(Some((at + 1) as f64), ""),
            Cell::number(number(item, "wave"), "later"),
            Cell::sorted_by(words(item, "title"), |html| {
                html.name(words(item, "title"));
                options(html, item);
            }),
            Cell::words(&words(item, "kind").replace('-', " ")),
            Cell::amount(amount(item, "effort"), "not known"),
            Cell::amount(amount(item, "value"), "not known"),
            Cell::amount(amount(item, "running_cost"), ""),
            Cell::number(number(item, "wsjf"), ""),
            Cell::amount(payback(item), ""),
            Cell::number(number(item, "finish").map(|week| week.ceil().max(1.0)), ""),
            share(number(item, "wave_share")),
            removed(page, &removes),
            Cell::names(&needs),
        ],
        ..Row::default()
    }
}

/// Weeks to payback with what one sample in ten is faster and slower than, as far as there are samples.
fn payback(item: &Value) -> Option<Amount> {
    let weeks = item.get("payback_weeks")?;
    let likely = number(weeks, "likely")?;
    let low = number(weeks, "p10").unwrap_or(likely);
    Some(Amount { low, likely, high: number(weeks, "p90").unwrap_or(likely) })
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

/// The quantities of a standing with their words.
const STANDING: [(&str, &str); 13] = [
    ("hours", "Hours a year by hand"),
    ("cost", "Cost a year of that"),
    ("handoffs", "Handoff chains"),
    ("ai_handoffs", "Handoff chains of AI output"),
    ("ai_silos", "AI tools that are silos"),
    ("loops_closed", "Feedback loops closed"),
    ("loops_open", "Feedback loops open"),
    ("single_points", "Single points of failure"),
    ("outage_cost", "Expected outage cost a year, as far as known"),
    ("outage_cost_unknown", "Single points, by process, of which it is not known"),
    ("stage", "Maturity stage"),
    ("criteria_met", "Criteria of maturity met"),
    ("findings", "Findings"),
];

/// A quantity, or how many there are of what is listed.
fn quantity(standing: &Value, key: &str) -> Option<Amount> {
    let count = |count: usize| Amount { low: count as f64, likely: count as f64, high: count as f64 };
    match standing.get(key)? {
        Value::Array(listed) => Some(count(listed.len())),
        // Findings are counted by rule; single points stand for themselves.
        Value::Object(by_rule) if key == "findings" => {
            Some(count(by_rule.values().filter_map(Value::as_u64).sum::<u64>() as usize))
        }
        Value::Object(by_id) if key == "single_points" => Some(count(by_id.len())),
        _ => amount(standing, key),
    }
}

/// Today beside the target: every quantity that both name.
fn before_and_after(html: &mut Html, page: &Page<'_>, plan: &Value) {
    let (Some(before), Some(after)) = (plan.get("before"), plan.get("after")) else { return };
    let pairs = STANDING.iter().filter_map(|(key, said)| {
        let said = if matches!(*key, "cost" | "outage_cost") { money_head(page, said) } else { (*said).to_owned() };
        Some((said, quantity(before, key)?, quantity(after, key)?))
    });
    let rows: Vec<Row> = pairs
        .map(|(said, before, after)| Row {
            cells: vec![
                Cell::words(&said),
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
        vec![Column::words("What"), Column::number("Today"), Column::number("Target"), Column::number("Difference")];
    let caption = "Before and after the plan".to_owned();
    Table { id: "change-table", caption, unit: ["figure", "figures"], columns, rows, foot: None }.write(html);
}

/// What could be built and is not, with what it would have to be worth.
fn left_open(html: &mut Html, page: &Page<'_>, plan: &Value) {
    let open = list(plan, "unfunded");
    if open.is_empty() {
        return;
    }
    let row = |one: &Value| {
        // What can never be repaid in time has the largest number there is.
        let pays = number(one, "pays_from").filter(|pays| *pays < f64::MAX);
        Row {
            cells: vec![
                Cell::words(words(one, "title")),
                Cell::amount(amount(one, "effort"), "not known"),
                Cell::number(number(one, "value"), ""),
                Cell::number(pays, "never"),
            ],
            ..Row::default()
        }
    };
    let columns = vec![
        Column::words("What could be built"),
        Column::number("Effort, person-days"),
        Column::number(money_head(page, "Known value a year")),
        Column::number(money_head(page, "Pays from, a year")),
    ];
    let caption = "What the plan leaves open: the way of least effort for each gap".to_owned();
    let rows = open.iter().map(row).collect();
    Table { id: "open-table", caption, unit: ["gap", "gaps"], columns, rows, foot: None }.write(html);
}
