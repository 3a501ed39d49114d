//! The story that the deck tells: where we stand, the stack, what is done by hand, what breaks if, the plan, what it
//! changes, and what all of it takes for granted.

use super::diagram::theme::Theme;
use super::pictures::Picture;
use super::plan::Standing;
use super::pptx::{Body, Cell, Column, Deck, Slide, Table};
use super::{Assumption, Report, StackOverview, assumption, plan, summary};
use crate::analysis::words::{counted, grouped};

/// Rows of one list that a deck shows before it points to the workbook.
const SHOWN: usize = 24;

/// A view with its place in the story.
#[derive(Debug)]
pub struct Chapter<'a> {
    /// The view: `stage`, `landscape`, `handoffs`, `failure`, `roadmap` or `target`.
    pub view: &'a str,
    /// Its picture.
    pub picture: &'a Picture,
}

/// The deck of `report` with its pictures.
#[must_use]
pub fn deck(report: &Report, chapters: &[Chapter<'_>], theme: &Theme) -> Deck {
    let source = source(&report.stack);
    let mut slides = vec![Slide {
        title: report.stack.name.clone(),
        body: Body::Opening(summary(report).to_vec()),
        source: source.clone(),
        notes: vec!["Every figure is computed from the stack file; report.json has them all.".to_owned()],
    }];
    let scenes = |view: &str| {
        let chapter = chapters.iter().find(|chapter| chapter.view == view);
        let slides = chapter.map(|chapter| chapter.picture.slides()).unwrap_or_default();
        let notes = notes(report, view);
        let slide = |scene: &super::diagram::scene::Scene| Slide {
            title: scene.title.clone(),
            body: Body::Scene(Box::new(scene.clone())),
            source: String::new(),
            notes: notes.clone(),
        };
        slides.iter().map(slide).collect::<Vec<_>>()
    };
    slides.extend(scenes("stage"));
    slides.extend(scenes("landscape"));
    slides.extend(scenes("handoffs"));
    slides.extend(handoffs(report, &source));
    slides.extend(scenes("failure"));
    slides.extend(outages(report, &source));
    slides.extend(scenes("roadmap"));
    slides.extend(waves(report, &source));
    slides.extend(scenes("target"));
    slides.extend(before_and_after(report, &source));
    slides.extend(assumptions(report, &source));
    Deck {
        title: report.stack.name.clone(),
        author: String::new(),
        day: report.stack.as_of.clone().unwrap_or_default(),
        theme: theme.clone(),
        slides,
    }
}

fn source(stack: &StackOverview) -> String {
    match &stack.as_of {
        Some(day) => format!("Source: {}, as of {day}", stack.name),
        None => format!("Source: {}", stack.name),
    }
}

fn table(columns: &[(&str, bool)], rows: Vec<Vec<String>>) -> Body {
    let column = |(name, is_number): &(&str, bool)| Column { name: (*name).to_owned(), is_number: *is_number };
    Body::Table(Table {
        columns: columns.iter().map(column).collect(),
        rows: rows.into_iter().map(|row| row.into_iter().map(Cell::from).collect()).collect(),
    })
}

/// The findings behind a picture, for whoever speaks to it.
fn notes(report: &Report, view: &str) -> Vec<String> {
    let is_about = |rule: &str| match view {
        "handoffs" => ["manual-handoff", "file-relay", "repeated-entry", "dead-end-output"].contains(&rule),
        "failure" => ["single-point-of-failure", "bus-factor", "common-dependency"].contains(&rule),
        "landscape" => ["ai-silo", "missing-feedback", "unsupplied-need"].contains(&rule),
        _ => false,
    };
    let standing = report.findings.iter().flatten().filter(|finding| !finding.accepted && is_about(&finding.rule));
    let mut notes: Vec<String> = standing
        .map(|finding| {
            format!(
                "{} {}: {} ({})",
                finding.severity.as_str(),
                finding.rule,
                finding.message,
                finding.evidence.join("; ")
            )
        })
        .take(SHOWN)
        .collect();
    if view == "stage" {
        let criteria = report.stage.iter().flat_map(|stage| &stage.criteria);
        notes.extend(criteria.map(|criterion| {
            format!("Stage {}, {}: {}", criterion.stage, criterion.id, criterion.evidence.join("; "))
        }));
    }
    notes
}

fn handoffs(report: &Report, source: &str) -> Option<Slide> {
    let all = report.handoffs.as_deref().filter(|all| !all.is_empty())?;
    let number =
        |range: Option<super::Range>| range.map_or_else(|| "not known".to_owned(), |range| grouped(range.likely.get()));
    let rows = all.iter().take(SHOWN).map(|one| {
        let ai = if one.ai_output { "yes" } else { "" };
        let ends = format!("{} to {}", one.from, one.to);
        vec![ends, one.data.clone(), ai.to_owned(), one.performers.join(", "), number(one.hours), number(one.cost)]
    });
    let columns = [
        ("From, to", false),
        ("Data", false),
        ("AI", false),
        ("By", false),
        ("Hours a year", true),
        ("Cost a year", true),
    ];
    Some(Slide {
        title: format!("{}, dearest first", counted(all.len(), "handoff chain", "handoff chains")),
        body: table(&columns, rows.collect()),
        source: source.to_owned(),
        notes: vec!["Likely values; the workbook has the ranges. A step in several chains counts in each.".to_owned()],
    })
}

fn outages(report: &Report, source: &str) -> Option<Slide> {
    let harmful = report.outages.iter().flatten().filter(|outage| !outage.processes_down.is_empty());
    let amount =
        |number: Option<super::Number>| number.map_or_else(|| "not known".to_owned(), |number| grouped(number.get()));
    let rows: Vec<Vec<String>> = harmful
        .take(SHOWN)
        .map(|outage| {
            let down = outage.processes_down.join(", ");
            vec![outage.components.join(" + "), down, amount(outage.cost_per_hour), amount(outage.expected_cost)]
        })
        .collect();
    (!rows.is_empty()).then(|| Slide {
        title: "What stops when one thing fails, dearest hour first".to_owned(),
        body: table(&[("Without", false), ("Stops", false), ("An hour", true), ("A year, expected", true)], rows),
        source: source.to_owned(),
        notes: vec![
            "One failure at a time; report.json has all of them, and offline/ a page for each tool.".to_owned(),
        ],
    })
}

fn waves(report: &Report, source: &str) -> Option<Slide> {
    let plan = report.plan.as_ref().filter(|plan| !plan.items.is_empty())?;
    let rows = plan.items.iter().map(|item| {
        let payback =
            item.payback_weeks.likely.map_or_else(|| "not in the horizon".to_owned(), |weeks| grouped(weeks.get()));
        let numbers = [grouped(item.effort.likely.get()), grouped(item.value.likely.get()), payback];
        [vec![item.wave.to_string(), item.title.clone()], numbers.to_vec()].concat()
    });
    let columns = [
        ("Wave", true),
        ("What is built", false),
        ("Person-days", true),
        ("Value a year", true),
        ("Payback, weeks", true),
    ];
    Some(Slide {
        title: format!("The plan: {}, in order", counted(plan.items.len(), "item", "items")),
        body: table(&columns, rows.collect()),
        source: source.to_owned(),
        notes: plan.items.iter().map(|item| format!("{}: {}", item.title, item.why.join("; "))).take(SHOWN).collect(),
    })
}

fn before_and_after(report: &Report, source: &str) -> Option<Slide> {
    let plan: &plan::Plan = report.plan.as_ref().filter(|plan| !plan.items.is_empty())?;
    let row = |name: &str, value: &dyn Fn(&Standing) -> String| {
        vec![name.to_owned(), value(&plan.before), value(&plan.after)]
    };
    let rows = vec![
        row("Hours a year by hand", &|at| grouped(at.hours.likely.get())),
        row("Cost a year of that", &|at| grouped(at.cost.likely.get())),
        row("Handoff chains", &|at| at.handoffs.to_string()),
        row("of AI outputs", &|at| at.ai_handoffs.to_string()),
        row("AI tools that are silos", &|at| at.ai_silos.to_string()),
        row("Feedback loops closed", &|at| at.loops_closed.to_string()),
        row("Single points of failure", &|at| at.single_points.len().to_string()),
        row("Expected outage cost a year", &|at| grouped(at.outage_cost.get())),
        row("Maturity stage", &|at| at.stage.to_string()),
    ];
    Some(Slide {
        title: "Before and after the plan".to_owned(),
        body: table(&[("", false), ("Today", true), ("After", true)], rows),
        source: source.to_owned(),
        notes: vec!["Both columns are analyses of a stack: today's file, and the target file.".to_owned()],
    })
}

fn assumptions(report: &Report, source: &str) -> Option<Slide> {
    let of_plan = report.plan.iter().flat_map(|plan| &plan.assumptions);
    let all: Vec<&Assumption> = report.assumptions.iter().flatten().chain(of_plan).collect();
    let value = |one: &Assumption| match &one.value {
        assumption::Value::Number(number) => grouped_fraction(number.get()),
        assumption::Value::Words(words) => words.clone(),
    };
    let rows: Vec<Vec<String>> = all
        .iter()
        .take(SHOWN)
        .map(|one| vec![one.key.clone(), value(one), counted(one.used_by.len(), "place", "places")])
        .collect();
    (!rows.is_empty()).then(|| Slide {
        title: "What the figures take for granted".to_owned(),
        body: table(&[("Assumed", false), ("Value", false), ("Used in", false)], rows),
        source: source.to_owned(),
        notes: vec!["Each has a key in the stack file that overrides it.".to_owned()],
    })
}

fn grouped_fraction(number: f64) -> String {
    if number.fract() == 0.0 { grouped(number) } else { number.to_string() }
}
