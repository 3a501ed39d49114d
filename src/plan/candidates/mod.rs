//! Candidates: every way that is known to remove a handoff, close a loop or cover a single point of failure, and of the
//! ways that do not work, why.

mod adoption;
mod api;
mod candidate;
mod context;
mod extend;
mod fallback;
mod fit;
mod governance;
mod ids;
mod middleware;
mod native;
mod origins;
mod planned;
mod recipe;
mod reverse_etl;
mod routes;
mod several;

use sinew_order::List;

use crate::plan::budget::Budget;
use crate::plan::link::{Link, LinkIx};

use candidate::merge;
use context::Question;

pub use candidate::{Candidate, CandidateIx, Candidates, Missing, PointIx, Subject};
pub use context::Context;
pub use fallback::{Point, points};

/// Every candidate for `links` and `points`, within what `budget` allows for ways around the points.
#[must_use]
pub fn candidates(
    context: &Context<'_>,
    links: &List<LinkIx, Link>,
    points: &List<PointIx, Point>,
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
                let mut why: Vec<String> = question.routes.unverified.iter().map(ToString::to_string).collect();
                let ends = [question.link.from, question.link.to];
                let ending = ends.into_iter().find(|ix| context.analysis.stack.system(*ix).is_phasing_out());
                why.extend(ending.map(|ix| context.words_of_end(ix)));
                found.missing.push(Missing { subject: Subject::Link(question.at), why });
            }
            options.extend(several);
        }
        found.all.extend(options);
    }
    found.all.extend(middleware::candidates(context, &adoptions));
    let mut left = budget.processes;
    for (at, point) in points.enumerate() {
        let (options, why) = fallback::candidates(context, at, point, &mut left);
        if !options.iter().any(Candidate::is_feasible) {
            found.missing.push(Missing { subject: Subject::Point(at), why });
        }
        found.all.extend(options);
    }
    found.all.extend(governance::candidates(context, links, &found.all));
    found.all.extend(governance::second_people(context, points));
    merge(&mut found.all);
    found
}
