//! Several routes: where no one route carries all objects of a link, one item builds one route for each part of them.

use std::collections::BTreeMap;

use crate::model::DataIx;
use crate::model::item_kind::PERSONAL_DATA;
use crate::plan::effort::{Term, sum};

use super::adoption::Adoption;
use super::candidate::{Candidate, Subject};
use super::context::{Context, Question};
use super::routes::by_one_route;
use crate::plan::link::{Link, LinkIx};
use crate::plan::quota::{self, QuotaUse};

/// The item that carries as many objects of a link as have a route, by the routes of least effort; what has none is left
/// to the handoff. `None` where nothing has a route, or a single object is all there is.
pub(super) fn candidate(context: &Context<'_>, question: &Question<'_>, adoptions: &[Adoption]) -> Option<Candidate> {
    if question.link.data.len() < 2 {
        return None;
    }
    let mut parts: BTreeMap<String, Vec<DataIx>> = BTreeMap::new();
    let mut leaves: Vec<(LinkIx, DataIx)> = Vec::new();
    for data in &question.link.data {
        match least(options(context, question, &[*data], adoptions)) {
            Some(route) => parts.entry(route.id).or_default().push(*data),
            None => leaves.push((question.at, *data)),
        }
    }
    let routes: Vec<(Candidate, Vec<DataIx>)> =
        parts.into_iter().flat_map(|(id, data)| routes(context, question, adoptions, (&id, &data))).collect();
    let mut joined = match routes.len() {
        0 => return None,
        1 => routes.into_iter().next()?.0,
        _ => join(context, question, routes),
    };
    if !leaves.is_empty() {
        let left: Vec<DataIx> = leaves.iter().map(|(_, data)| *data).collect();
        joined.why.push(format!("nothing is known that carries {}, which stays with people", context.objects(&left)));
    }
    joined.leaves = leaves;
    Some(joined)
}

/// The ways to carry `data` alone.
fn options(context: &Context<'_>, question: &Question<'_>, data: &[DataIx], adoptions: &[Adoption]) -> Vec<Candidate> {
    let link = Link { data: data.to_vec(), ..question.link.clone() };
    let part = Question { at: question.at, link: &link, routes: question.routes.clone() };
    by_one_route(context, &part, adoptions)
}

fn least(options: Vec<Candidate>) -> Option<Candidate> {
    let effort = |one: &Candidate| sum(&one.effort).likely;
    let feasible = options.into_iter().filter(Candidate::is_feasible);
    feasible.min_by(|a, b| effort(a).total_cmp(&effort(b)).then_with(|| a.id.cmp(&b.id)))
}

/// The route `id` for all of `data` that take it; each by itself where it does not carry them together.
fn routes(
    context: &Context<'_>,
    question: &Question<'_>,
    adoptions: &[Adoption],
    (id, data): (&str, &[DataIx]),
) -> Vec<(Candidate, Vec<DataIx>)> {
    let find = |data: &[DataIx]| {
        let options = options(context, question, data, adoptions);
        options.into_iter().find(|one| one.id == id && one.is_feasible()).map(|one| (one, data.to_vec()))
    };
    match find(data) {
        Some(together) => vec![together],
        None => data.iter().filter_map(|data| find(&[*data])).collect(),
    }
}

/// One item of all routes: efforts and running costs added, and personal data settled once.
fn join(context: &Context<'_>, question: &Question<'_>, routes: Vec<(Candidate, Vec<DataIx>)>) -> Candidate {
    let link = question.link;
    let ids: Vec<&str> = routes.iter().map(|(route, _)| route.id.as_str()).collect();
    let id = format!("{}:{}:{}:several", routes[0].0.kind.as_str(), context.id(link.from), context.id(link.to));
    let carried: Vec<DataIx> = routes.iter().flat_map(|(_, data)| data.iter().copied()).collect();
    let title = format!("Carry {} to {} by {} routes", context.few_objects(&carried), context.name(link.to), ids.len());
    let quotas = quota::together(routes.iter().map(|(route, _)| route.quotas.as_slice()));
    let mut joined = Candidate {
        id,
        kind: routes[0].0.kind,
        title,
        subjects: vec![Subject::Link(question.at)],
        leaves: Vec::new(),
        needs: Vec::new(),
        edits: Vec::new(),
        effort: Vec::new(),
        running: Vec::new(),
        confidence: routes.iter().filter_map(|(route, _)| route.confidence).max(),
        why: Vec::new(),
        obstacles: quotas.iter().filter_map(QuotaUse::obstacle).collect(),
        quotas,
        is_ai_output: link.is_ai_output(context.analysis),
    };
    for (route, data) in routes {
        joined.why.push(format!("{}: {}", context.objects(&data), route.title));
        joined.why.extend(route.why);
        joined.edits.extend(route.edits);
        joined.needs.extend(route.needs.into_iter().filter(|need| !joined.needs.contains(need)).collect::<Vec<_>>());
        add(&mut joined.effort, route.effort);
        add(&mut joined.running, route.running);
    }
    joined
}

fn add(terms: &mut Vec<Term>, more: Vec<Term>) {
    for term in more {
        match terms.iter_mut().find(|known| known.key == term.key) {
            // Lawful basis, deletion and access are settled once for an item.
            Some(known) if term.key == PERSONAL_DATA.key => known.times = known.times.max(term.times),
            Some(known) => known.times += term.times,
            None => terms.push(term),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Range;

    #[test]
    fn efforts_are_added_but_for_personal_data_which_is_settled_once() {
        let term = |key, times| Term { key, amount: Range::exact(1.0), times, is_default: true };
        let mut terms = vec![term("extend", 1.0), term(PERSONAL_DATA.key, 1.0)];
        add(&mut terms, vec![term("extend", 2.0), term(PERSONAL_DATA.key, 1.0), term("api", 1.0)]);
        assert_eq!(terms, [term("extend", 3.0), term(PERSONAL_DATA.key, 1.0), term("api", 1.0)]);
    }
}
