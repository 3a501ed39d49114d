//! Reverse ETL: a warehouse has the objects without a person, and a tool takes them from there to the target.

use crate::catalog::{Kind as ProductKind, Route, RouteKind};
use crate::model::{ItemKind, Mechanism, SystemIx};

use super::adoption::Adoption;
use super::candidate::Candidate;
use super::context::{Context, Draft, Question};
use crate::plan::edit::Hop;

pub(super) fn candidates(context: &Context<'_>, question: &Question<'_>, adoptions: &[Adoption]) -> Vec<Candidate> {
    let mut options = Vec::new();
    for (warehouse, route) in routes(context, question) {
        let Some(via) = &route.via else { continue };
        let tool = context.of_product(via).first().copied();
        let adoption = adoptions.iter().find(|one| one.product == *via && one.kind == RouteKind::ReverseEtl);
        let (name, id, hop, needs) = match (tool, adoption) {
            (Some(ix), _) => (context.name(ix), context.id(ix), Hop::There(ix), Vec::new()),
            (None, Some(one)) => (one.name.as_str(), one.id.as_str(), Hop::Added(one.id.clone()), vec![one.item()]),
            (None, None) => continue,
        };
        let sources: Vec<String> = route.steps.iter().map(|step| step.connector.source.cited()).collect();
        let draft = Draft {
            kind: ItemKind::ReverseEtl,
            via: Some(id.to_owned()),
            title: format!(
                "Carry {} from {} to {} through {name}",
                context.few_objects(&question.link.data),
                context.name(warehouse),
                context.name(question.link.to)
            ),
            from: warehouse,
            mechanism: Mechanism::ReverseEtl,
            through: Some(hop),
            needs,
            confidence: route.confidence,
            why: vec![
                format!("{} has it without a person", context.name(warehouse)),
                format!("{name} reads the one and writes the other ({})", sources.join(", ")),
            ],
        };
        options.push(context.flow_candidate(question, draft));
    }
    options
}

/// The ways by a reverse-ETL tool from every warehouse that has all objects of the link without a person.
pub(super) fn routes(context: &Context<'_>, question: &Question<'_>) -> Vec<(SystemIx, Route)> {
    let link = question.link;
    let warehouses = context.running(|system| system.facts.kind == ProductKind::Warehouse);
    let has_all = |at: &SystemIx| *at != link.to && context.has_all(*at, link);
    let mut found = Vec::new();
    for warehouse in warehouses.into_iter().filter(has_all) {
        let routes = context.routes(warehouse, link.to);
        found.extend(routes.of_kind(RouteKind::ReverseEtl).map(|route| (warehouse, route.clone())));
    }
    found
}
