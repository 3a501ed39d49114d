//! Extend: an automated flow or path that is there carries the objects as well.

use std::collections::BTreeSet;

use crate::analysis::Fact;
use crate::analysis::words::flow_name;
use crate::catalog::Kind as ProductKind;
use crate::model::{Flow, FlowIx, ItemKind, SystemIx};

use super::candidate::Candidate;
use super::context::{Context, Outline, Question};
use crate::plan::edit::Edit;
use crate::plan::link::Link;

/// Characters of a title that fit on a slide.
const LONGEST_TITLE: usize = 60;

pub(super) fn candidates(context: &Context<'_>, question: &Question<'_>) -> Vec<Candidate> {
    let mut options: Vec<Candidate> = Vec::new();
    for flow in into(context, question.link) {
        let source = context.stack().flow(flow).from;
        // Where the object is without a person, no matter whether the handoff takes it from there.
        if source == question.link.from || context.has_all(source, question.link) {
            options.push(candidate(context, question, &[flow]));
        }
    }
    if options.is_empty() {
        options.extend(paths(context, question).map(|path| candidate(context, question, &path)));
    }
    // Two flows between the same ends are one way; the first by id is extended.
    options.sort_by(|a, b| a.id.cmp(&b.id));
    options.dedup_by(|a, b| a.id == b.id);
    options
}

/// Regular automated flows to the end of a link that carry none of its objects, by id. One that carries an object
/// already brings other records than those that are still carried by hand, or they would not be.
fn into(context: &Context<'_>, link: &Link) -> Vec<FlowIx> {
    let is_free = |flow: &Flow| !flow.data.iter().any(|data| link.data.contains(data));
    context.arrivals(link.to).iter().copied().filter(|ix| is_free(context.stack().flow(*ix))).collect()
}

/// Paths of two flows over a system that keeps records for others. Content does not travel through a CRM or a
/// warehouse, and an origin of the objects has records of its own.
fn paths<'c>(context: &'c Context<'_>, question: &'c Question<'_>) -> impl Iterator<Item = [FlowIx; 2]> + 'c {
    let link = question.link;
    let stack = context.stack();
    let is_hub = |ix: SystemIx| {
        let kind = stack.system(ix).facts.kind;
        matches!(kind, ProductKind::Crm | ProductKind::MarketingAutomation | ProductKind::Warehouse | ProductKind::Cdp)
    };
    let is_content = link.data.iter().any(|data| stack.data_object(*data).is_content());
    let is_origin = |at: SystemIx| {
        let origins = context.analysis.supply.assumed_origins();
        link.data.iter().any(|data| origins.binary_search(&Fact { at, data: *data }).is_ok())
    };
    let last = if is_content { Vec::new() } else { into(context, link) };
    let middle = move |flow: &FlowIx| {
        let hub = stack.flow(*flow).from;
        hub != link.from && is_hub(hub) && !is_origin(hub)
    };
    last.into_iter().filter(middle).filter_map(move |last| {
        let hub = stack.flow(last).from;
        let to_hub = Link { to: hub, ..link.clone() };
        let first = into(context, &to_hub).into_iter().find(|flow| stack.flow(*flow).from == link.from)?;
        Some([first, last])
    })
}

fn candidate(context: &Context<'_>, question: &Question<'_>, path: &[FlowIx]) -> Candidate {
    let link = question.link;
    let stack = context.stack();
    let mut ends: Vec<SystemIx> = path.iter().map(|flow| stack.flow(*flow).from).collect();
    ends.push(link.to);
    let id = ends.iter().map(|ix| context.id(*ix)).collect::<Vec<_>>().join(":");
    let edits = path.iter().map(|flow| Edit::ExtendFlow(*flow, link.data.clone())).collect();
    let known: BTreeSet<&FlowIx> = path.iter().collect();
    let known: Vec<String> = known.into_iter().map(|flow| flow_name(stack, stack.flow(*flow))).collect();
    let (objects, from, to) = (context.few_objects(&link.data), context.name(ends[0]), context.name(link.to));
    let flow = if path.len() == 1 { "flow" } else { "flows" };
    let mut title = format!("Add {objects} to the {flow} from {from} to {to}");
    let by = if ends.len() > 2 { format!(" by way of {}", context.name(ends[1])) } else { String::new() };
    // The id names the way as well, so a long title does without.
    if title.chars().count() + by.chars().count() <= LONGEST_TITLE {
        title.push_str(&by);
    }
    let id = format!("{}:{id}", ItemKind::Extend.as_str());
    let mut candidate = context.candidate(question, Outline { id, kind: ItemKind::Extend, title, edits });
    // What a flow goes through is built on as much as its ends.
    let passed = path.iter().map(|flow| stack.flow(*flow));
    let passed = passed.flat_map(|flow| std::iter::once(flow.from).chain(flow.through.iter().copied()));
    candidate.needs = context.needs_first(link, &passed.chain([link.to]).collect::<Vec<_>>());
    candidate.why = vec![match known.as_slice() {
        [one] => format!("the flow {one} is there and runs without a person"),
        all => format!("the flows {} are there and run without a person", all.join("; ")),
    }];
    if ends[0] != link.from {
        candidate.why.push(format!("{} has it without a person", context.name(ends[0])));
    }
    candidate
}
