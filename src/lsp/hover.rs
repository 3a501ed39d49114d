//! What is shown of what stands at a place: a system with what it stops and costs, a flow with its hours, a key with its meaning.

use std::sync::Arc;

use serde_json::{Value as Json, json};

use super::document::Document;
use super::keys::shape;
use super::names;
use super::within::{Within, within};
use crate::analysis::outages::{find_component, joint_outage};
use crate::analysis::{Analysis, Component};
use crate::edit::Part;
use crate::model::Stack;
use crate::model::shape::Key;
use crate::report::document::{Document as Told, markdown};
use crate::report::say::Line;
use crate::report::story::{Chapter, Item, Part as Piece, chapters};
use crate::report::tables::{cell, steps};
use crate::report::{HandoffTotals, Medium, Names, Report, outage};
use crate::source::{Diagnostics, Limits, Span, parse};

/// Names that a line lists before the rest is counted.
const MOST: usize = 8;

/// The answer at byte `at`.
pub(super) fn hover(document: &Document, at: usize) -> Json {
    let root = parse(&document.source, &Limits::default(), &mut Diagnostics::default());
    let within = root.as_ref().map(|root| within(root, at)).unwrap_or_default();
    let shown = match (within.key, names::at(document, at)) {
        // The key of an entry is its id.
        (_, Some(name)) => of_id(document, &name.id, name.span),
        (Some(span), None) => of_key(document, &within, span),
        (None, None) => flow_of(document, &within).map(|lines| (lines, None)),
    };
    let Some((items, span)) = shown else { return Json::Null };
    let mut answer = json!({ "contents": { "kind": "markdown", "value": markdown(&told(items)) } });
    if let Some(span) = span {
        answer["range"] = document.range(span);
    }
    answer
}

type Shown = (Vec<Piece>, Option<Span>);

fn told(parts: Vec<Piece>) -> Told {
    Told { chapters: vec![Chapter::of("hover", "", parts)], ..Told::default() }
}

fn sentence(line: Line) -> Piece {
    Piece::Sentences(vec![line])
}

/// A key: its meaning, and where the reference has it; of a flow its hours too.
fn of_key(document: &Document, within: &Within, span: Span) -> Option<Shown> {
    let key = shape(&within.path)?.key()?;
    let list = match within.path.first() {
        Some(Part::Key(list)) if within.path.len() > 1 => list.as_str(),
        _ => "stack-file",
    };
    let mut parts = vec![sentence(meaning(key)), sentence(Line::of("In the reference: ").and_code(&page(list, key)))];
    parts.extend(flow_of(document, within).into_iter().flatten());
    Some((parts, Some(span)))
}

/// What a key means, in the words of the reference.
pub(super) fn meaning(key: &Key) -> Line {
    let needed = if key.required { " (required)" } else { "" };
    Line::code(key.name).and(format!("{needed}: {}", key.doc))
}

/// The page and the heading of the reference.
fn page(list: &str, key: &Key) -> String {
    let heading = if list == "stack-file" && !key.takes.within().is_empty() { key.name } else { list };
    format!("docs/stack-file.md#{heading}")
}

fn of_id(document: &Document, id: &str, span: Span) -> Option<Shown> {
    let stack = document.stack.as_ref()?;
    let names = Names::of(stack);
    let mut parts = vec![sentence(Line::strong(&names.anything(id)).and(kind_of(stack, id)))];
    let analysis = Analysis::of(stack);
    if stack.find_flow(id).is_some() {
        parts.extend(work(&analysis, id));
    }
    if let Some(component) = find_component(stack, &analysis.supply, id) {
        parts.push(failure(&analysis, component));
    }
    Some((parts, Some(span)))
}

/// What kind of thing it is.
fn kind_of(stack: &Stack, id: &str) -> String {
    if let Some(ix) = stack.find_system(id) {
        let system = stack.system(ix);
        let product = system.facts.name.as_ref().filter(|name| name.as_str() != system.name.as_str());
        let product = product.map(|name| format!(", {name}")).unwrap_or_default();
        let unused = if system.is_live() { "" } else { ", not in use" };
        return format!(": system ({}{product}{unused})", system.facts.kind.as_str());
    }
    let kinds = [
        (stack.find_flow(id).is_some(), ": flow"),
        (stack.find_team(id).is_some(), ": team"),
        (stack.find_process(id).is_some(), ": process"),
        (stack.find_data(id).is_some(), ": data object"),
    ];
    kinds.into_iter().find(|(is, _)| *is).map_or("", |(_, word)| word).to_owned()
}

/// What stops and what it costs while a component is down, as `sinew outage --without` says it.
fn failure(analysis: &Analysis<'_>, component: Component) -> Piece {
    let stack = analysis.stack;
    let mut down = outage::outage(stack, &joint_outage(stack, &analysis.supply, &[component])).with_reasons(stack, &[]);
    down.facts_lost.truncate(0);
    for list in
        [&mut down.processes_down, &mut down.processes_degraded, &mut down.systems_down, &mut down.systems_starved]
    {
        if list.len() > MOST {
            let more: Arc<str> = format!("{} more", list.len() + 1 - MOST).into();
            list.truncate(MOST - 1);
            list.push(more);
        }
    }
    let report = Report { outages: Some(vec![down]), ..Report::about(analysis) };
    let items = chapters(&report, Medium::Document).into_iter().flat_map(|chapter| chapter.parts);
    let found = items.filter_map(|part| if let Piece::Items(items) = part { Some(items) } else { None });
    // The first item says what fails, as the heading does.
    Piece::Items(found.flatten().skip(1).collect())
}

/// The hours and the cost of a flow, as the steps of `sinew handoffs` have them.
fn work(analysis: &Analysis<'_>, id: &str) -> Option<Piece> {
    let mut totals = HandoffTotals::of(analysis);
    totals.steps.retain(|step| step.flow == id);
    let report = Report { handoff_totals: Some(totals), ..Report::about(analysis) };
    let table = steps(&report)?;
    let Some(row) = table.rows.first() else {
        return Some(sentence(Line::of("Nobody performs it by hand in regular use.")));
    };
    let wanted = ["team", "hours", "rework", "rate", "cost"];
    let items = table.columns.iter().zip(&row.cells).filter(|(column, _)| wanted.contains(&column.key));
    let items = items
        .map(|(column, shown)| Item::of(Line::strong(&column.heading).and(": ").and_line(cell(column.kind, shown))));
    Some(Piece::Items(items.collect()))
}

/// The hours of the flow around a place.
fn flow_of(document: &Document, within: &Within) -> Option<Vec<Piece>> {
    let ("flows", Part::Item(_)) = within.entry()? else { return None };
    let stack = document.stack.as_ref()?;
    // Of a list of targets each is a flow of its own; the first stands for all.
    let flow = stack.flows.iter().find(|flow| Some(flow.entry.start) == within.item)?;
    let analysis = Analysis::of(stack);
    let name = Names::of(stack).component(flow.id.as_str());
    Some(std::iter::once(sentence(Line::strong(&name))).chain(work(&analysis, flow.id.as_str())).collect())
}
