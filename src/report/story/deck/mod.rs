//! The story that the deck tells: in short, where we stand, the stack, what is done by hand, what breaks if, the plan,
//! what it changes, and what all of it takes for granted; details at the end.

mod compare;
mod tables;
mod titles;

pub use compare::compared_deck;

use crate::report::facts::Report;
use crate::report::facts::StackOverview;
use crate::report::say::{counted, grouped, hours};
use crate::report::story::{self, Medium, Part, Picture, summary};
use sinew_draw::deck::{Body, Deck, Slide};
use sinew_draw::scene::Scene;
use sinew_draw::theme::Theme;

/// Notes of one kind on a slide before the rest is counted.
const NOTED: usize = 24;

/// A view with its place in the story.
#[derive(Debug)]
pub struct Chapter<'a> {
    /// The view: `stage`, `landscape`, `handoffs`, `failure`, `roadmap` or `target`.
    pub view: &'a str,
    /// The picture that fills the body of the slide.
    pub picture: &'a Picture,
}

/// The deck of `report` with its pictures: a slide for each table and picture of the story. Of a view on several slides the first is told in its place, the others follow
/// at the end.
#[must_use]
pub fn deck(report: &Report, chapters: &[Chapter<'_>], theme: &Theme) -> Deck {
    let source = source(&report.stack);
    let scenes = |view: &str| {
        let chapter = chapters.iter().find(|chapter| chapter.view == view);
        chapter.map(|chapter| chapter.picture.slides()).unwrap_or_default()
    };
    let has_plan = report.plan.as_ref().is_some_and(|plan| !plan.items.is_empty());
    let has_ways = report.plan.as_ref().is_some_and(|plan| !plan.reach.is_empty());
    let (mut slides, mut details) = (vec![opening(report), in_short(report, &source)], Vec::new());
    for part in story::chapters(report, Medium::Deck).into_iter().flat_map(|chapter| chapter.parts) {
        match part {
            Part::Table(table) => slides.extend(tables::slide(report, &table, &source)),
            Part::Picture("target") if !has_plan => {}
            Part::Picture("frontier") if !has_ways => {}
            Part::Picture(view) => {
                let mut drawn = scenes(view).iter().map(|scene| picture(report, view, scene));
                // A plan is told whole: no wave of it is a detail.
                let told = if view == "roadmap" { usize::MAX } else { 1 };
                slides.extend(drawn.by_ref().take(told));
                details.extend(drawn);
            }
            // The summary has a slide of its own, and the simulations a title.
            Part::Sentences(_) | Part::Items(_) => {}
        }
    }
    slides.extend(details);
    Deck {
        title: report.stack.name.clone(),
        author: String::new(),
        day: report.stack.as_of.clone().unwrap_or_default(),
        theme: theme.clone(),
        slides,
    }
}

fn opening(report: &Report) -> Slide {
    let stack = &report.stack;
    let day = stack.as_of.as_ref().map(|day| format!(", as of {day}")).unwrap_or_default();
    let size = format!(
        "{}, {}, {}",
        counted(stack.systems, "system", "systems"),
        counted(stack.flows, "flow", "flows"),
        counted(stack.processes, "process", "processes")
    );
    Slide {
        title: stack.name.clone(),
        body: Body::Opening(vec![
            "Where the stack stands, what it costs, and what to build first".to_owned(),
            size + &day,
        ]),
        source: String::new(),
        notes: std::iter::once("Every figure is computed from the stack file; report.json has them all.".to_owned())
            .chain(story::left_out(report, Medium::Deck).iter().map(tables::words))
            .collect(),
    }
}

/// The executive summary: what it costs, what is most severe, what to fund first.
fn in_short(report: &Report, source: &str) -> Slide {
    let stage = report.stage.as_ref().map(|stage| format!("stage {} of 5", stage.stage));
    let totals = report.handoff_totals.as_ref();
    let cost = totals.and_then(|totals| Some((totals.cost?.likely.get(), totals.cost_unknown.is_empty())));
    let cost = cost.filter(|(cost, _)| *cost > 0.0).map(|(cost, is_all)| {
        format!("{}{} of manual work a year", if is_all { "" } else { "at least " }, money(&report.stack, cost))
    });
    let net = report.plan.as_ref().filter(|plan| !plan.items.is_empty()).map(|plan| {
        let weeks = grouped(plan.horizon_weeks.get());
        match plan.net_value {
            Some(value) => format!("{} net value in {weeks} weeks", money(&report.stack, value.get())),
            None => format!("{} saved in {weeks} weeks", hours(plan.net())),
        }
    });
    let parts: Vec<String> = [stage, cost, net].into_iter().flatten().collect();
    let title = if parts.is_empty() { "In short".to_owned() } else { format!("In short: {}", parts.join(", ")) };
    let standing = report.findings.iter().flatten().filter(|finding| !finding.accepted).count();
    let mut notes = vec![format!("{}; report.md lists all.", counted(standing, "open finding", "open findings"))];
    if let Some(cost) = totals.and_then(|totals| totals.cost) {
        let (low, high) = (cost.low.get(), cost.high.get());
        notes.push(format!(
            "Cost of manual work a year: {} to {}.",
            money(&report.stack, low),
            money(&report.stack, high)
        ));
    }
    Slide { title, body: Body::Words(summary(report)), source: source.to_owned(), notes }
}

fn picture(report: &Report, view: &str, scene: &Scene) -> Slide {
    Slide {
        title: scene.title.clone(),
        body: Body::Scene(Box::new(scene.clone())),
        source: String::new(),
        notes: notes(report, view),
    }
}

fn source(stack: &StackOverview) -> String {
    match &stack.as_of {
        Some(day) => format!("Source: {}, as of {day}", stack.name),
        None => format!("Source: {}", stack.name),
    }
}

fn money(stack: &StackOverview, amount: f64) -> String {
    crate::report::say::money(stack.currency.as_deref(), amount)
}

/// The findings and numbers behind a picture, for whoever speaks to it.
fn notes(report: &Report, view: &str) -> Vec<String> {
    let is_about = |rule: &str| match view {
        "handoffs" => ["manual-handoff", "file-relay", "repeated-entry", "dead-end-output"].contains(&rule),
        "failure" => ["single-point-of-failure", "bus-factor", "common-dependency"].contains(&rule),
        "landscape" => ["ai-silo", "missing-feedback", "unsupplied-need", "shadow-ai"].contains(&rule),
        _ => false,
    };
    let standing: Vec<_> =
        report.findings.iter().flatten().filter(|finding| !finding.accepted && is_about(&finding.rule)).collect();
    let said = standing.iter().take(NOTED).map(|finding| {
        let evidence = finding.evidence.join("; ");
        format!("{} {}: {} ({evidence})", finding.severity.as_str(), finding.rule, finding.message)
    });
    let mut notes: Vec<String> = said.collect();
    if standing.len() > NOTED {
        notes.push(format!("And {} more of these findings; report.md has all.", standing.len() - NOTED));
    }
    let message = report.messages.as_ref().and_then(|all| all.get(view));
    notes.extend(message.iter().flat_map(|one| &one.also).map(|text| format!("{text}.")));
    match view {
        "stage" => notes.extend(report.stage.iter().flat_map(|stage| &stage.criteria).map(|criterion| {
            format!("Stage {}, {}: {}", criterion.stage, criterion.wants, criterion.evidence.join("; "))
        })),
        "frontier" => notes.extend(story::reach::sentences(report).iter().map(tables::words)),
        "roadmap" => notes.extend(report.plan.iter().flat_map(plan_notes)),
        "target" => notes.extend(report.plan.iter().filter_map(|plan| {
            let (before, after) = (plan.before.hours?.likely.get(), plan.after.hours?.likely.get());
            Some(format!("Hours a year by hand: {} today, {} with the plan.", grouped(before), grouped(after)))
        })),
        _ => {}
    }
    notes
}

fn plan_notes(plan: &crate::report::facts::Plan) -> Vec<String> {
    let items = plan.items.iter().enumerate().take(NOTED);
    items.map(|(at, item)| format!("{}. {}: {}", at + 1, item.title, item.why.join("; "))).collect()
}
