//! The table of findings.

use serde_json::Value;

use super::super::field::{ids, is, list, number, words};
use super::super::table::{Cell, Column, Row, Table, owned};
use super::{Html, Page, money_head};

pub(super) fn is_there(page: &Page<'_>) -> bool {
    page.report.get("findings").is_some()
}

pub(super) fn body(html: &mut Html, page: &Page<'_>) {
    let findings = list(page.report, "findings");
    if findings.is_empty() {
        html.element("p", &[], "The rules find nothing.");
        return;
    }
    let has_plan = findings.iter().any(|finding| !list(finding, "plan_items").is_empty());
    let mut columns = vec![
        Column::words("Severity"),
        Column::words("Rule"),
        Column::words("What was found"),
        Column::number(money_head(page, "Cost a year")),
        Column::words("In the stack file"),
    ];
    if has_plan {
        columns.push(Column::names("Mended by"));
    }
    // Accepted findings come last, whatever their severity.
    let (accepted, standing): (Vec<&Value>, Vec<&Value>) = findings.iter().partition(|one| is(one, "accepted"));
    let rows = standing.into_iter().chain(accepted).map(|finding| row(page, finding, has_plan)).collect();
    let caption = "What the rules find, gravest first; accepted findings last".to_owned();
    Table { id: "finding-table", caption, unit: ["finding", "findings"], columns, rows, foot: None }.write(html);
    html.within("p", &[("class", "note")], |html| {
        html.element("code", &[], "sinew explain RULE");
        html.text(" says what a rule means, how it is computed, and how to mend or to accept what it finds.");
    });
}

fn row(page: &Page<'_>, finding: &Value, has_plan: bool) -> Row {
    let severity = words(finding, "severity");
    let accepted = is(finding, "accepted");
    let order = match severity {
        "high" => "0",
        "medium" => "1",
        _ => "2",
    };
    let mut cells = vec![
        Cell::sorted_by(format!("{}{order}", if accepted { 1 } else { 0 }), |html| {
            severity_tag(html, severity, accepted);
        }),
        Cell::code(words(finding, "rule")),
        Cell::sorted_by(words(finding, "message"), |html| message(html, page, finding)),
        Cell::number(number(finding, "cost"), ""),
        place(finding),
    ];
    if has_plan {
        let items = page.report.get("plan").map_or(&[][..], |plan| list(plan, "items"));
        let title = |id: &str| {
            let item = items.iter().find(|item| words(item, "id") == id);
            item.map_or(id, |item| words(item, "title")).to_owned()
        };
        let titles: Vec<String> = ids(finding, "plan_items").into_iter().map(title).collect();
        cells.push(Cell::names(&titles));
    }
    Row {
        id: words(finding, "id").to_owned(),
        about: owned(&ids(finding, "subjects")),
        rules: vec![words(finding, "rule").to_owned()],
        is_muted: accepted,
        cells,
        ..Row::default()
    }
}

fn severity_tag(html: &mut Html, severity: &str, accepted: bool) {
    let (class, mark) = match severity {
        "high" => ("tag bad", "▲ "),
        "medium" => ("tag warn", "■ "),
        _ => ("tag", "● "),
    };
    html.within("span", &[("class", class)], |html| {
        html.element("span", &[("aria-hidden", "true")], mark);
        html.text(severity);
    });
    if accepted {
        html.element("span", &[("class", "spread")], "accepted");
    }
}

fn message(html: &mut Html, page: &Page<'_>, finding: &Value) {
    html.sentence(&capital(page, words(finding, "message")));
    let evidence = ids(finding, "evidence");
    if evidence.is_empty() {
        return;
    }
    html.within("details", &[], |html| {
        html.element("summary", &[], "Evidence");
        html.within("ul", &[], |html| evidence.iter().for_each(|line| html.element("li", &[], line)));
    });
}

/// The sentence with a capital, unless it begins with a name, which is written as its owner writes it.
fn capital(page: &Page<'_>, sentence: &str) -> String {
    let names = page.names;
    let systems = names.systems.iter().flat_map(|(id, system)| [id.as_str(), system.name.as_str()]);
    let others = [&names.teams, &names.data, &names.processes].into_iter().flatten();
    let others = others.flat_map(|(id, name)| [id.as_str(), name.as_str()]);
    let is_name = systems.chain(others).any(|name| !name.is_empty() && sentence.starts_with(name));
    let mut letters = sentence.chars();
    match letters.next() {
        Some(first) if !is_name => first.to_uppercase().chain(letters).collect(),
        _ => sentence.to_owned(),
    }
}

fn place(finding: &Value) -> Cell {
    let Some(place) = finding.get("location") else { return Cell::default() };
    let line = number(place, "line").unwrap_or(0.0);
    // Zeros in front let places of one file sort as they stand in it.
    let key = format!("{}:{line:09}", words(place, "file"));
    let file = words(place, "file").rsplit(['/', '\\']).next().unwrap_or_default();
    Cell::sorted_by(key, |html| html.element("code", &[("title", words(place, "file"))], &format!("{file}:{line}")))
}
