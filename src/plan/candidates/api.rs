//! API: code of one's own between two programming interfaces.

use crate::catalog::{ApiRoute, Route, RouteKind, Source};
use crate::model::{ItemKind, Mechanism};

use super::candidate::Candidate;
use super::context::{Context, Draft, Question};
use super::fit;

pub(super) fn candidates(context: &Context<'_>, question: &Question<'_>) -> Vec<Candidate> {
    let link = question.link;
    let Some((route, api)) = route(question) else { return Vec::new() };
    let mut why = vec![interfaces(context, question, api)];
    why.extend(fit::doubt(context.stack(), &link.data, api.can_write.as_deref()));
    let draft = Draft {
        kind: ItemKind::Api,
        via: None,
        title: format!(
            "Write code for {} from {} to {}",
            context.few_objects(&link.data),
            context.name(link.from),
            context.name(link.to)
        ),
        from: link.from,
        mechanism: Mechanism::Api,
        through: None,
        needs: Vec::new(),
        confidence: route.confidence,
        why,
    };
    vec![context.flow_candidate(question, draft)]
}

/// The way by code between the ends, where both ends are known to have one.
pub(super) fn route<'q>(question: &'q Question<'_>) -> Option<(&'q Route, &'q ApiRoute)> {
    question.routes.of_kind(RouteKind::Api).find_map(|route| Some((route, route.api.as_ref()?)))
}

/// What both ends offer, with the pages that say so.
pub(super) fn interfaces(context: &Context<'_>, question: &Question<'_>, api: &ApiRoute) -> String {
    let names = |all: &[crate::catalog::Interface]| all.iter().map(|one| one.as_str()).collect::<Vec<_>>().join(", ");
    let sources: Vec<String> = api.sources.iter().map(Source::cited).filter(|cited| !cited.is_empty()).collect();
    let pages = if sources.is_empty() { "as the stack file states".to_owned() } else { sources.join(", ") };
    format!(
        "{} can be read by {}, {} written by {} ({pages})",
        context.name(question.link.from),
        names(&api.read),
        context.name(question.link.to),
        names(&api.write)
    )
}
