//! Recipe: middleware reaches both ends, in the stack or adopted.

use crate::catalog::{Kind as ProductKind, Route, RouteKind};
use crate::model::{ItemKind, Mechanism, SystemIx};

use super::adoption::Adoption;
use super::api;
use super::candidate::Candidate;
use super::context::{Context, Draft, Question};
use crate::plan::edit::Hop;

/// Kinds of route that middleware makes without a person.
const BY_MIDDLEWARE: [(RouteKind, Mechanism); 4] = [
    (RouteKind::Recipe, Mechanism::Ipaas),
    (RouteKind::Etl, Mechanism::Etl),
    (RouteKind::EtlWrite, Mechanism::Etl),
    (RouteKind::EventHub, Mechanism::Api),
];

pub(super) fn candidates(context: &Context<'_>, question: &Question<'_>, adoptions: &[Adoption]) -> Vec<Candidate> {
    let mut options = Vec::new();
    for (kind, mechanism) in BY_MIDDLEWARE {
        for route in question.routes.of_kind(kind) {
            let Some(via) = &route.via else { continue };
            let ends = [question.link.from, question.link.to];
            let there = context.of_product(via).iter().copied().filter(|ix| !ends.contains(ix));
            options.extend(there.map(|ix| through(context, question, route, mechanism, ix)));
            if let Some(adoption) = adoptions.iter().find(|adoption| adoption.product == *via && adoption.kind == kind)
            {
                options.push(adopted(context, question, route, mechanism, adoption));
            }
        }
    }
    options.extend(generic(context, question));
    options
}

fn evidence(route: &Route) -> Vec<String> {
    let mut sources: Vec<String> = route.steps.iter().map(|step| step.connector.source.cited()).collect();
    sources.sort_unstable();
    sources.dedup();
    let confidence = route.confidence.map(|confidence| format!(", {}", confidence.as_str())).unwrap_or_default();
    vec![format!("it has ready modules for both{confidence} ({})", sources.join(", "))]
}

fn draft(context: &Context<'_>, question: &Question<'_>, name: &str, mechanism: Mechanism, why: Vec<String>) -> Draft {
    let link = question.link;
    Draft {
        kind: ItemKind::Recipe,
        via: None,
        title: format!(
            "Carry {} from {} to {} through {name}",
            context.few_objects(&link.data),
            context.name(link.from),
            context.name(link.to)
        ),
        from: link.from,
        mechanism,
        through: None,
        needs: Vec::new(),
        confidence: None,
        why,
    }
}

fn through(
    context: &Context<'_>,
    question: &Question<'_>,
    route: &Route,
    mechanism: Mechanism,
    ix: SystemIx,
) -> Candidate {
    let mut draft = draft(context, question, context.name(ix), mechanism, evidence(route));
    draft.via = Some(context.id(ix).to_owned());
    draft.through = Some(Hop::There(ix));
    draft.confidence = route.confidence;
    context.flow_candidate(question, draft)
}

fn adopted(
    context: &Context<'_>,
    question: &Question<'_>,
    route: &Route,
    mechanism: Mechanism,
    adoption: &Adoption,
) -> Candidate {
    let mut draft = draft(context, question, &adoption.name, mechanism, evidence(route));
    draft.via = Some(adoption.id.clone());
    draft.through = Some(Hop::Added(adoption.id.clone()));
    draft.needs = vec![adoption.item()];
    draft.confidence = route.confidence;
    context.flow_candidate(question, draft)
}

/// An iPaaS in the stack calls both interfaces where it has no ready module: less work than code of one's own, and it
/// runs where the other recipes run. One is offered, the first by id.
fn generic(context: &Context<'_>, question: &Question<'_>) -> Option<Candidate> {
    let (by_code, route) = api::route(question)?;
    let has_module = |ix: &SystemIx| {
        let product = context.facts(*ix).product.as_ref();
        question.routes.of_kind(RouteKind::Recipe).any(|route| route.via.as_ref() == product)
    };
    let tools = context.running(|system| system.facts.kind == ProductKind::Ipaas && !system.is_phasing_out());
    if tools.iter().any(has_module) {
        return None;
    }
    // A file or a table is no interface that a recipe calls.
    let calls = |all: &[crate::catalog::Interface]| {
        all.iter().any(|one| matches!(one.as_str(), "rest" | "rest-read" | "rest-write" | "soap" | "webhook" | "bulk"))
    };
    if !calls(&route.read) || !calls(&route.write) {
        return None;
    }
    let ix = tools.into_iter().find(|ix| *ix != question.link.from && *ix != question.link.to)?;
    let mut why = vec!["it has no ready module for both in the catalog, and calls the interfaces itself".to_owned()];
    why.push(api::interfaces(context, question, route));
    let mut draft = draft(context, question, context.name(ix), Mechanism::Ipaas, why);
    draft.via = Some(context.id(ix).to_owned());
    draft.through = Some(Hop::There(ix));
    draft.confidence = by_code.confidence;
    let mut candidate = context.flow_candidate(question, draft);
    // Each end without a module is as much work again.
    candidate.effort.iter_mut().filter(|term| term.key == ItemKind::Recipe.as_str()).for_each(|term| term.times = 2.0);
    Some(candidate)
}
