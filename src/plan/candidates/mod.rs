//! Candidates: every way that is known to remove a handoff, close a loop or cover a single point of failure, and of the
//! ways that do not work, why.

mod adoption;
mod alike;
mod api;
mod candidate;
mod context;
mod extend;
mod fallback;
mod faster;
mod fewer_calls;
mod fit;
mod governance;
mod ids;
mod measures;
mod middleware;
mod native;
mod operator;
mod origins;
mod people;
mod planned;
mod recipe;
mod reverse_etl;
mod routes;
mod several;
mod uncovered;
mod unverified;

use std::collections::BTreeSet;

use sinew_order::List;

use crate::analysis::Finding;
use crate::catalog::Unverified as Doubt;
use crate::model::{ItemKind, SystemIx};
use crate::plan::budget::Budget;
use crate::plan::gap::GapIx;
use crate::plan::link::{Link, LinkIx};
use crate::plan::situation::Situation;

use alike::{Around, joined};
use candidate::merge;
use context::Question;

pub use candidate::{Candidate, CandidateIx, Candidates, Check, Missing, PointIx, Subject, Unverified};
pub use context::Context;
pub use fallback::{Point, points};

/// What speaks against every route between two systems, in words, and the systems of which nobody knows how to get at
/// them, each with what to state.
fn doubts(context: &Context<'_>, question: &Question<'_>) -> (Vec<String>, Vec<SystemIx>) {
    let mut ends = vec![question.link.from, question.link.to];
    let (mut why, mut unknown) = (Vec::new(), Vec::new());
    for doubt in &question.routes.unverified {
        let Doubt::InterfacesNotVerified { product } = doubt else {
            why.push(doubt.to_string());
            continue;
        };
        let is_meant = |ix: &SystemIx| context.stack().system(*ix).facts.display_name() == product;
        let Some(at) = ends.iter().position(is_meant) else {
            why.push(doubt.to_string());
            continue;
        };
        let ix = ends.remove(at);
        let system = context.stack().system(ix);
        why.push(format!(
            "interfaces of {} are not known: state them at `{}`, such as `interfaces: [rest]`",
            system.name, system.id
        ));
        unknown.push(ix);
    }
    (why, unknown)
}

/// Finding something out, as an item of its own: it changes nothing, and says whether something else can be built.
fn finding_out(context: &Context<'_>, check: &Check) -> Candidate {
    let why = format!("what it finds is stated as `{}` at {}", check.add, context.id(check.system));
    Candidate {
        effort: check.effort.clone(),
        why: vec![why],
        ..Candidate::of(ItemKind::Verify, check.id.clone(), check.title.clone(), vec![Subject::Enabler], Vec::new())
    }
}

/// Every candidate for `links`, `points`, `gaps` and the criteria that are not met `today`, within what `budget` allows for ways around the points;
/// `answers` are those of [`answers`](crate::plan::gap::answers).
#[must_use]
pub fn candidates(
    context: &Context<'_>,
    links: &List<LinkIx, Link>,
    points: &List<PointIx, Point>,
    gaps: &List<GapIx, Finding>,
    answers: &List<GapIx, Vec<Subject>>,
    today: &Situation,
    budget: &Budget,
) -> Candidates {
    let mut found = Candidates::default();
    let questions: Vec<Question<'_>> =
        links.enumerate().map(|(at, link)| Question { at, link, routes: context.routes(link.from, link.to) }).collect();
    let adoptions = middleware::adoptions(context, &questions);
    for question in &questions {
        let mut options = routes::by_one_route(context, question, &adoptions);
        if !options.iter().any(Candidate::is_feasible) {
            let several = several::candidate(context, question, &adoptions);
            if !several.as_ref().is_some_and(|one| one.leaves.is_empty()) {
                let (mut why, unknown) = doubts(context, question);
                found.unverified.extend(unverified::candidate(context, question, &adoptions, &unknown));
                let ends = [question.link.from, question.link.to];
                let ending = ends.into_iter().find(|ix| context.analysis.stack.system(*ix).is_phasing_out());
                why.extend(ending.map(|ix| context.words_of_end(ix)));
                let obstacles = options.iter().flat_map(|one| &one.obstacles).filter(|line| !why.contains(line));
                let obstacles: BTreeSet<String> = obstacles.cloned().collect();
                why.extend(obstacles);
                if why.is_empty() {
                    why.push("nothing is known that joins the two".to_owned());
                }
                found.missing.push(Missing { subject: Subject::Link(question.at), why, unknown });
            }
            options.extend(several);
        }
        found.all.extend(options);
    }
    found.all.extend(middleware::candidates(context, &adoptions));
    let mut left = budget.processes;
    let (mut fallbacks, mut doubtful) = (Vec::new(), Vec::new());
    for (at, point) in points.enumerate() {
        let (option, why) = fallback::candidates(context, at, point, &mut left);
        if !why.is_empty() {
            doubtful.extend(operator::candidates(context, at, point, gaps, &mut left));
        }
        if !why.is_empty() || !option.iter().any(|one| one.candidate.is_feasible()) {
            found.missing.push(Missing { subject: Subject::Point(at), why, unknown: Vec::new() });
        }
        fallbacks.extend(option);
    }
    found.all.extend(joined(context, points, fallbacks).into_iter().map(|one| one.candidate));
    found.unverified.extend(joined(context, points, doubtful).into_iter().map(Around::unverified));
    found.all.extend(measures::candidates(context, gaps, &today.findings, &today.standing.criteria));
    found.all.extend(faster::candidates(context, gaps));
    found.all.extend(fewer_calls::candidates(context, gaps));
    let needing = found.all.iter().chain(found.unverified.iter().map(|one| &one.candidate));
    let needed: BTreeSet<String> = needing.flat_map(|one| &one.needs).cloned().collect();
    found.all.extend(governance::candidates(context, links, &needed));
    found.unverified.sort_by(|a, b| a.candidate.id.cmp(&b.candidate.id));
    let checks = found.unverified.iter().flat_map(|one| &one.checks);
    found.all.extend(checks.map(|check| finding_out(context, check)).collect::<Vec<_>>());
    found.all.extend(governance::second_people(context, points));
    merge(&mut found.all);
    let uncovered = uncovered::missing(context, gaps, answers, &found);
    found.missing.extend(uncovered);
    found
}
