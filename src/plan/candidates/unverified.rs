//! Verify, then build: ways that would be open if a system had an interface that nobody stated.

use crate::catalog::Interface;
use crate::model::SystemIx;
use crate::plan::effort::{self, Term};

use super::adoption::Adoption;
use super::candidate::{Candidate, Check, Unverified};
use super::context::{Context, Question};
use super::{ids, routes};

/// How much wider the high end of an effort is where an interface is not verified: what it accepts, and how much at a time,
/// is found out on the way.
const WIDER: f64 = 1.5;

/// The way of least effort by which a link would be carried were each of the `unknown` systems read and written by `rest`;
/// `None` where something else speaks against it as well.
pub(super) fn candidate(
    context: &Context<'_>,
    question: &Question<'_>,
    adoptions: &[Adoption],
    unknown: &[SystemIx],
) -> Option<Unverified> {
    if unknown.is_empty() {
        return None;
    }
    let link = question.link;
    let [from, to] = [link.from, link.to].map(|ix| {
        let mut facts = context.facts(ix).clone();
        if unknown.contains(&ix) {
            facts.interfaces = Some(vec![Interface::Rest]);
            facts.interfaces_stated = true;
        }
        facts
    });
    let supposed = Question { at: question.at, link, routes: context.routes_of(&from, &to) };
    let options = routes::by_one_route(context, &supposed, adoptions).into_iter().filter(Candidate::is_feasible);
    let days = |one: &Candidate| effort::sum(&one.effort).likely;
    let mut candidate = options.min_by(|a, b| days(a).total_cmp(&days(b)).then_with(|| a.id.cmp(&b.id)))?;
    candidate.effort.iter_mut().for_each(widen);
    let names: Vec<&str> = unknown.iter().map(|ix| context.name(*ix)).collect();
    candidate.why = vec![format!("assumed: {} can be reached by rest", crate::analysis::words::listed(&names))];
    Some(Unverified { candidate, checks: unknown.iter().map(|ix| interface(context, *ix)).collect() })
}

/// The high end of a term that is not verified.
pub(super) fn widen(term: &mut Term) {
    term.amount.high *= WIDER;
}

fn interface(context: &Context<'_>, ix: SystemIx) -> Check {
    Check {
        id: ids::verify(context.id(ix)),
        title: format!("Find out how records get in and out of {}", context.name(ix)),
        system: ix,
        add: "interfaces: [rest]".to_owned(),
        effort: effort::verify(context.stack()),
    }
}
