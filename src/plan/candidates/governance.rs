//! Governance: the reviews that must come first, and a second person where one carries a process alone.

use std::collections::BTreeSet;

use sinew_order::List;

use crate::analysis::Component;
use crate::model::{ItemKind, SystemIx, TeamIx};

use super::candidate::{Candidate, PointIx, Subject};
use super::context::Context;
use super::fallback::Point;
use super::{ids, measures};
use crate::plan::edit::Edit;
use crate::plan::effort::{self, Load};
use crate::plan::link::{Link, LinkIx};

/// Why a review is part of a flow.
pub(super) const SEEN: &str = "a person sees it on its way today or ought to; automation must not take that away";

/// The reviews that other candidates need, and the security reviews that are due already.
pub(super) fn candidates(
    context: &Context<'_>,
    links: &List<LinkIx, Link>,
    needed: &BTreeSet<String>,
) -> Vec<Candidate> {
    let mut found = Vec::new();
    for (ix, system) in context.stack().live_systems() {
        let review = context.lacks_security_review(ix);
        if review && (needed.contains(context.security_review(ix).as_str()) || gets_personal_data(context, ix)) {
            found.push(measures::security_review(context, ix, Subject::Enabler));
        }
        if needed.contains(ids::decision(system.id.as_str()).as_str()) {
            found.push(measures::decision(context, ix, Subject::Enabler));
        }
    }
    if needed.contains(ids::POLICY) {
        found.push(measures::policy(context, Subject::Enabler));
    }
    for link in links {
        let id = ids::review(context.id(link.from), context.id(link.to));
        if needed.contains(id.as_str()) {
            let by = context.review_for(link).and_then(|review| review.by);
            let edits = vec![Edit::Review(link.steps.clone(), by)];
            let title = format!(
                "Build the review of {} into the flow to {}",
                context.few_objects(&link.data),
                context.name(link.to)
            );
            let why = SEEN.to_owned();
            found.push(candidate(context, Outline { id, title, subject: Subject::Enabler, edits, why }));
        }
    }
    found
}

fn gets_personal_data(context: &Context<'_>, tool: SystemIx) -> bool {
    context.stack().live_flows().any(|(_, flow)| flow.to == tool && context.is_personal(&flow.data))
}

/// A second person for each team of one that is a single point of failure.
pub(super) fn second_people(context: &Context<'_>, points: &List<PointIx, Point>) -> Vec<Candidate> {
    let teams = points.enumerate().filter_map(|(at, point)| match point.component {
        Component::Team(team) => Some((at, team)),
        _ => None,
    });
    teams.map(|(at, team)| second_person(context, team, Subject::Point(at))).collect()
}

/// A second person beside a team of one.
pub(super) fn second_person(context: &Context<'_>, team: TeamIx, subject: Subject) -> Candidate {
    let team_of_one = context.stack().team(team);
    let id = format!("governance:second-person:{}", team_of_one.id);
    let title = format!("Train a second person beside {}", team_of_one.name);
    let why = "one person is the whole team".to_owned();
    candidate(context, Outline { id, title, subject, edits: vec![Edit::SecondPerson(team)], why })
}

/// A decision or a review, as an item.
pub(super) struct Outline {
    pub(super) id: String,
    pub(super) title: String,
    pub(super) subject: Subject,
    pub(super) edits: Vec<Edit>,
    pub(super) why: String,
}

pub(super) fn candidate(context: &Context<'_>, outline: Outline) -> Candidate {
    let Outline { id, title, subject, edits, why } = outline;
    let stack = context.stack();
    let key = if let Some(Edit::Measure(measure)) = edits.first() { measure.effort_key() } else { None };
    let effort = match key {
        Some(key) => effort::measure(stack, key),
        None => effort::effort(stack, ItemKind::Governance, Load::default()),
    };
    Candidate {
        effort,
        running: effort::running_cost(stack, ItemKind::Governance),
        why: vec![why],
        ..Candidate::of(ItemKind::Governance, id, title, vec![subject], edits)
    }
}
