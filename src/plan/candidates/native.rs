//! Native: the vendors document a connector of the two.

use crate::catalog::RouteKind;
use crate::model::{ItemKind, Mechanism};

use super::candidate::Candidate;
use super::context::{Context, Draft, Question};
use super::fit;

pub(super) fn candidates(context: &Context<'_>, question: &Question<'_>) -> Vec<Candidate> {
    let link = question.link;
    // Several rows of one pair are several mechanisms of one connector: the best documented one stands for them.
    let Some(route) = question.routes.of_kind(RouteKind::Native).next() else { return Vec::new() };
    let mut why = Vec::new();
    for step in &route.steps {
        let connector = &step.connector;
        why.push(format!(
            "{} connector, {} ({})",
            connector.kind.as_str(),
            connector.source.confidence.as_str(),
            connector.source.cited()
        ));
        why.extend(connector.constraints.clone());
        why.extend(fit::doubt(context.stack(), &link.data, connector.data.as_deref()));
    }
    let draft = Draft {
        kind: ItemKind::Native,
        via: None,
        title: format!(
            "Connect {} to {} for {}",
            context.name(link.from),
            context.name(link.to),
            context.few_objects(&link.data)
        ),
        from: link.from,
        mechanism: Mechanism::Native,
        through: None,
        needs: Vec::new(),
        confidence: route.confidence,
        why,
    };
    vec![context.flow_candidate(question, draft)]
}
