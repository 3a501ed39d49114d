//! The head of the page: name, sentences, key figures, contents.

use serde_json::Value;

use super::super::field::{amount, is, list, number, words};
use super::super::table::short;
use super::{ALL, BEFORE_PICTURES, Html, Page, currency, stack_name};
use crate::report::say::counted;

/// The head of the page.
pub(in super::super) fn header(html: &mut Html, page: &Page<'_>) {
    html.open("header", &[]);
    let full = page.report.get("stack").map_or("", |stack| words(stack, "name"));
    html.within("h1", &[], |html| html.element("bdi", &[("title", full)], &stack_name(page)));
    html.element("p", &[("class", "size")], &size(page.report));
    if !page.summary.is_empty() {
        html.within("ul", &[("class", "summary"), ("aria-label", "Summary")], |html| {
            page.summary.iter().for_each(|words| html.within("li", &[], |html| html.sentence(words)));
        });
    }
    let figures = figures(page);
    if !figures.is_empty() {
        html.within("dl", &[("class", "figures")], |html| {
            for figure in &figures {
                html.within("div", &[], |html| {
                    html.element("dt", &[], figure.head);
                    html.element("dd", &[("class", "figure")], &figure.figure);
                    html.element("dd", &[("class", "note")], &figure.note);
                });
            }
        });
    }
    html.close("header");
    html.line();
    contents(html, page);
}

fn contents(html: &mut Html, page: &Page<'_>) {
    html.within("nav", &[("aria-label", "Contents")], |html| {
        for (at, part) in ALL.iter().enumerate() {
            if at == BEFORE_PICTURES {
                html.element("a", &[("href", "#stack")], "The stack");
            }
            if (part.is_there)(page) {
                let link = format!("#{}", part.id);
                html.element("a", &[("href", &link)], part.title);
            }
        }
    });
    html.line();
}

fn size(report: &Value) -> String {
    let Some(stack) = report.get("stack") else { return String::new() };
    let count = |key, one, many| number(stack, key).map(|count| counted(count.max(0.0) as usize, one, many));
    let day = Some(words(stack, "as_of")).filter(|day| !day.is_empty()).map(|day| format!("As of {day}"));
    let parts = [
        day,
        count("systems", "system", "systems"),
        count("flows", "flow", "flows"),
        count("data", "data object", "data objects"),
        count("processes", "process", "processes"),
    ];
    parts.into_iter().flatten().collect::<Vec<_>>().join(" · ")
}

/// One of the numbers that a reader remembers.
struct Figure {
    head: &'static str,
    figure: String,
    note: String,
}

fn figures(page: &Page<'_>) -> Vec<Figure> {
    [stage(page), by_hand(page), worst_outage(page), findings(page)].into_iter().flatten().collect()
}

fn stage(page: &Page<'_>) -> Option<Figure> {
    let stage = page.report.get("stage")?;
    let constraint = words(stage, "constraint").replace('-', " ");
    let note = match constraint.as_str() {
        "" => words(stage, "name").to_owned(),
        constraint => format!("{}; what binds: {constraint}", words(stage, "name")),
    };
    Some(Figure { head: "Maturity", figure: format!("Stage {} of 5", short(number(stage, "stage")?)), note })
}

fn by_hand(page: &Page<'_>) -> Option<Figure> {
    let totals = page.report.get("handoff_totals")?;
    let work = amount(totals, "hours")?.likely + amount(totals, "error_hours").map_or(0.0, |hours| hours.likely);
    let cost = amount(totals, "cost")?.likely;
    let chains = counted(list(page.report, "handoffs").len(), "handoff chain", "handoff chains");
    let note = format!("{chains}, {}{} a year", currency(page), short(cost));
    Some(Figure { head: "Work by hand", figure: format!("{} hours a year", short(work)), note })
}

fn worst_outage(page: &Page<'_>) -> Option<Figure> {
    let worst = list(page.report, "outages").first()?;
    let components: Vec<&str> = super::super::field::ids(worst, "components");
    let name = components.iter().map(|id| page.names.component(id)).collect::<Vec<_>>().join(" and ");
    let name = super::super::write::shortened(&name).unwrap_or(name);
    let down = counted(list(worst, "processes_down").len(), "process stops", "processes stop");
    let cost = number(worst, "cost_per_hour").filter(|cost| *cost > 0.0);
    let cost = cost.map(|cost| format!(", {}{} an hour", currency(page), short(cost))).unwrap_or_default();
    Some(Figure { head: "Gravest single outage", figure: name, note: format!("{down}{cost}") })
}

fn findings(page: &Page<'_>) -> Option<Figure> {
    page.report.get("findings")?;
    let standing: Vec<&Value> = list(page.report, "findings").iter().filter(|one| !is(one, "accepted")).collect();
    let of = |severity| standing.iter().filter(|one| words(one, "severity") == severity).count();
    let note = format!("{} high, {} medium, {} low", of("high"), of("medium"), of("low"));
    Some(Figure { head: "Findings that stand", figure: standing.len().to_string(), note })
}
