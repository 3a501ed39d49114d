//! The ladder of stages, with the criteria that hold and those that do not.

use serde_json::Value;

use super::super::field::{ids, list, number, words};
use super::super::table::{Cell, Column, Row, Table};
use super::{Html, Page};
use crate::report::say::capital;

/// The stages, from the first.
const STAGES: [&str; 5] =
    ["Ad hoc", "Structured piloting", "Isolated production", "Integrated operations", "AI-native"];

pub(super) fn is_there(page: &Page<'_>) -> bool {
    page.report.get("stage").is_some_and(|stage| !stage.is_null())
}

pub(super) fn body(html: &mut Html, page: &Page<'_>) {
    let Some(stage) = page.report.get("stage") else { return };
    let now = number(stage, "stage").unwrap_or(0.0);
    let constraint = words(stage, "constraint").replace('-', " ");
    html.within("ol", &[("class", "ladder")], |html| {
        for (at, name) in STAGES.iter().enumerate() {
            rung(html, stage, at + 1, name, now, &constraint);
        }
    });
    let criteria = list(stage, "criteria");
    if !criteria.is_empty() {
        html.within("details", &[], |html| {
            html.element("summary", &[], "All criteria with their evidence");
            criteria_table(criteria).write(html);
        });
    }
}

fn rung(html: &mut Html, stage: &Value, number_of_rung: usize, name: &str, now: f64, constraint: &str) {
    let is_now = now == number_of_rung as f64;
    let class = if is_now {
        "now"
    } else if now > number_of_rung as f64 {
        "reached"
    } else {
        "ahead"
    };
    let mut attributes = vec![("class", class)];
    if is_now {
        attributes.push(("aria-current", "step"));
    }
    html.within("li", &attributes, |html| {
        html.element("span", &[("class", "rung")], &format!("Stage {number_of_rung}"));
        let said = words(stage, "name");
        html.element("strong", &[], &if is_now && !said.is_empty() { capital(said) } else { name.to_owned() });
        let of_rung = list(stage, "criteria").iter().filter(|one| number(one, "stage") == Some(number_of_rung as f64));
        let of_rung: Vec<&Value> = of_rung.collect();
        if !of_rung.is_empty() {
            let met = of_rung.iter().filter(|one| words(one, "state") == "met").count();
            html.element("span", &[("class", "count")], &format!("{met} of {} criteria met", of_rung.len()));
        }
        if is_now {
            let binds = match constraint {
                "" => "You are here; nothing binds".to_owned(),
                constraint => format!("You are here; what binds: {constraint}"),
            };
            html.element("span", &[("class", "here")], &binds);
        }
    });
}

fn criteria_table(criteria: &[Value]) -> Table {
    let row = |criterion: &Value| {
        let (order, words_of_state, class) = match words(criterion, "state") {
            "met" => ("2", "✓ met", "tag good"),
            "not-met" => ("0", "✗ not met", "tag bad"),
            _ => ("1", "? not known", "tag warn"),
        };
        Row {
            id: words(criterion, "id").to_owned(),
            cells: vec![
                Cell::number(number(criterion, "stage"), ""),
                Cell::words(&words(criterion, "id").replace('-', " ")),
                Cell::sorted_by(order, |html| html.element("span", &[("class", class)], words_of_state)),
                Cell::words(words(criterion, "source")),
                Cell::sorted_by(ids(criterion, "evidence").join("; "), |html| {
                    html.within("ul", &[("class", "plain")], |html| {
                        ids(criterion, "evidence").iter().for_each(|line| html.element("li", &[], line));
                    });
                }),
            ],
            ..Row::default()
        }
    };
    Table {
        id: "criteria-table",
        caption: "Criteria of the stages".into(),
        unit: ["criterion", "criteria"],
        columns: vec![
            Column::number("Stage"),
            Column::words("Criterion"),
            Column::words("State"),
            Column::words("Known from"),
            Column::words("Evidence"),
        ],
        rows: criteria.iter().map(row).collect(),
        foot: None,
    }
}
