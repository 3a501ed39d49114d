//! Planned: the stack file plans an automated flow between the two. It counts as the kind of its mechanism.

use crate::catalog::RouteKind;
use crate::model::{DataIx, FlowIx, ItemKind, Mechanism, SystemIx};

use super::candidate::Candidate;
use super::context::{Context, Outline, Question};
use crate::plan::edit::Edit;

pub(super) fn candidates(context: &Context<'_>, question: &Question<'_>) -> Vec<Candidate> {
    question.link.planned.iter().map(|flow| candidate(context, question, *flow)).collect()
}

fn kind(mechanism: Mechanism) -> ItemKind {
    match mechanism {
        Mechanism::Native | Mechanism::Embedded => ItemKind::Native,
        Mechanism::Ipaas | Mechanism::Etl => ItemKind::Recipe,
        Mechanism::ReverseEtl => ItemKind::ReverseEtl,
        _ => ItemKind::Api,
    }
}

fn candidate(context: &Context<'_>, question: &Question<'_>, ix: FlowIx) -> Candidate {
    let link = question.link;
    let flow = context.stack().flow(ix);
    let kind = kind(flow.mechanism);
    // Chains between the ends that carry more than was planned need the rest on the flow too.
    let rest: Vec<DataIx> = link.data.iter().copied().filter(|data| !flow.data.contains(data)).collect();
    let mut edits = vec![Edit::MakeLive(ix)];
    if !rest.is_empty() {
        edits.push(Edit::ExtendFlow(ix, rest));
    }
    let id = format!("{}:{}:{}:planned", kind.as_str(), context.id(link.from), context.id(link.to));
    let title = format!(
        "Build the planned flow of {} from {} to {}",
        context.few_objects(&link.data),
        context.name(link.from),
        context.name(link.to)
    );
    let mut candidate = context.candidate(question, Outline { id, kind, title, edits });
    let through = flow.through.iter().copied();
    let touched: Vec<SystemIx> = std::iter::once(link.from).chain(through).chain([link.to]).collect();
    // However many edits it takes, one flow is built.
    candidate.effort.iter_mut().filter(|term| term.key == kind.as_str()).for_each(|term| term.times = 1.0);
    candidate.needs = context.needs_first(link, &touched);
    candidate.why = vec!["the stack file plans it".to_owned()];
    let known = question.routes.routes.iter().find(|route| route.kind != RouteKind::Assisted);
    if let Some(step) = known.and_then(|route| route.steps.first()) {
        candidate.why.push(format!("the catalog knows a way ({})", step.connector.source.cited()));
    }
    candidate
}
