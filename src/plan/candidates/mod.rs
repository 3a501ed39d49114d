//! Candidates: every way that is known to remove a handoff, close a loop or cover a single point of failure, and of the
//! ways that do not work, why.

mod api;
mod extend;
mod fallback;
mod fit;
mod governance;
mod middleware;
mod native;
mod origins;
mod planned;
mod recipe;
mod reverse_etl;
mod several;

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Index;

use crate::analysis::lineage::{Personal, personal_objects};
use crate::analysis::rules::missing_feedback::Automated;
use crate::analysis::{Analysis, Chain};
use crate::analysis::{Fact, systems_up_today};
use crate::catalog::{Catalog, ProductFacts, Routes};
use crate::model::{DataIx, ItemKind as Kind, Mechanism, Review, Stack, System, SystemIx};

use super::edit::{Edit, Hop, NewFlow};
use super::effort::{self, Load, Term};
use super::link::Link;
use super::quota::{self, QuotaUse};

pub use fallback::{Point, points};
pub use middleware::Adoption;

sinew_order::index! {
    /// A candidate, in the list of all.
    pub CandidateIx
}

/// What a candidate is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Subject {
    /// A link, by its place.
    Link(usize),
    /// A single point of failure of processes, by its place.
    Point(usize),
    /// Whatever needs it.
    Enabler,
}

/// One way to remove something.
#[derive(Clone, Debug, PartialEq)]
pub struct Candidate {
    /// Its id: kind, then what it joins, parted by colons.
    pub id: String,
    /// What kind of thing is built.
    pub kind: Kind,
    /// One line for a person.
    pub title: String,
    /// What it is for.
    pub subjects: Vec<Subject>,
    /// What it does not carry of the links that it is for, because nothing is known that does: links with their objects;
    /// sorted. As long as that is carried by hand, a handoff takes the same work.
    pub leaves: Vec<(usize, DataIx)>,
    /// The candidates that must be built before it, by id.
    pub needs: Vec<String>,
    /// What building it does to the stack.
    pub edits: Vec<Edit>,
    /// Person-days, term by term.
    pub effort: Vec<Term>,
    /// Running cost a year, term by term.
    pub running: Vec<Term>,
    /// What speaks for it and what has to be checked, with sources.
    pub why: Vec<String>,
    /// Why it cannot be built; empty where it can.
    pub obstacles: Vec<String>,
    /// What it does to the quotas of the systems it calls.
    pub quotas: Vec<QuotaUse>,
    /// Whether it removes a handoff of an AI output.
    pub is_ai_output: bool,
}

impl Candidate {
    /// Whether it can be built.
    #[must_use]
    pub fn is_feasible(&self) -> bool {
        self.obstacles.is_empty()
    }

    /// Whether nothing of `subject` is left where it is built.
    #[must_use]
    pub fn does_all_of(&self, subject: Subject) -> bool {
        let leaves = |at: usize| self.leaves.iter().any(|(link, _)| *link == at);
        self.subjects.contains(&subject) && !matches!(subject, Subject::Link(at) if leaves(at))
    }
}

/// Why nothing can be built for a subject, where no candidate could even be made.
#[derive(Clone, Debug, PartialEq)]
pub struct Missing {
    /// The subject.
    pub subject: Subject,
    /// What is missing.
    pub why: Vec<String>,
}

/// What the candidates need to know of the stack.
pub struct Context<'a> {
    /// The stack, analysed.
    pub analysis: &'a Analysis<'a>,
    /// What is available without any person.
    automated: Automated<'a>,
    origins: origins::Origins,
    personal: BTreeMap<DataIx, Personal>,
    up: Vec<bool>,
    calls: quota::Present,
}

impl<'a> Context<'a> {
    /// Looks at the stack once. Linear in the stack.
    #[must_use]
    pub fn of(analysis: &'a Analysis<'a>, links: &[Link]) -> Self {
        let stack = analysis.stack;
        let data: BTreeSet<DataIx> = links.iter().flat_map(|link| link.data.iter().copied()).collect();
        Self {
            origins: origins::Origins::of(analysis, &data),
            analysis,
            automated: Automated::of(analysis),
            personal: personal_objects(stack),
            up: systems_up_today(stack),
            calls: quota::Present::of(stack),
        }
    }

    fn stack(&self) -> &'a Stack {
        self.analysis.stack
    }

    fn id(&self, ix: SystemIx) -> &'a str {
        self.stack().system(ix).id.as_str()
    }

    fn name(&self, ix: SystemIx) -> &'a str {
        &self.stack().system(ix).name
    }

    fn facts(&self, ix: SystemIx) -> &'a ProductFacts {
        &self.stack().system(ix).facts
    }

    fn objects(&self, data: &[DataIx]) -> String {
        let names: Vec<&str> = data.iter().map(|ix| self.stack().data_object(*ix).name.as_str()).collect();
        crate::analysis::words::listed(&names)
    }

    /// As [`Self::objects`], for a title.
    fn few_objects(&self, data: &[DataIx]) -> String {
        let names: Vec<&str> = data.iter().map(|ix| self.stack().data_object(*ix).name.as_str()).collect();
        few(&names, "more objects")
    }

    /// Whether a system has without a person all that the begin of a link has of its objects.
    fn has_all(&self, source: SystemIx, link: &Link) -> bool {
        link.data.iter().all(|data| {
            self.automated.has(Fact { at: source, data: *data }) && self.origins.has_all_of(*data, source, link.from)
        })
    }

    /// Live systems of this product that are up today, by id.
    fn running(&self, is: impl Fn(&System) -> bool) -> Vec<SystemIx> {
        let live = self.stack().live_systems().filter(|(ix, system)| self.up[ix.at()] && is(system));
        live.map(|(ix, _)| ix).collect()
    }

    fn is_personal(&self, data: &[DataIx]) -> bool {
        data.iter().any(|ix| self.personal.contains_key(ix))
    }
}

/// One link with what is known of the ways between its ends.
pub struct Question<'a> {
    /// The place of the link.
    pub at: usize,
    /// The link.
    pub link: &'a Link,
    /// The ways that the catalog knows.
    pub routes: Routes,
}

/// A draft of a candidate for a link: what differs from kind to kind.
struct Draft {
    kind: Kind,
    /// What stands behind the ends in the id.
    via: Option<String>,
    title: String,
    from: SystemIx,
    mechanism: Mechanism,
    through: Option<Hop>,
    needs: Vec<String>,
    why: Vec<String>,
}

/// A candidate for a link before it is priced.
struct Outline {
    id: String,
    kind: Kind,
    title: String,
    edits: Vec<Edit>,
}

impl Context<'_> {
    /// The candidate that builds one flow to the end of a link, with the governance that it needs first.
    fn flow_candidate(&self, question: &Question<'_>, draft: Draft) -> Candidate {
        let link = question.link;
        let review = self.review_for(link);
        let flow = NewFlow {
            from: draft.from,
            to: link.to,
            data: link.data.clone(),
            mechanism: draft.mechanism,
            through: draft.through,
            performer: None,
            runs: link.runs(self.analysis),
            minutes: None,
            records: link.records(self.analysis),
            delay: None,
            review,
            is_standby: false,
        };
        let mut id = format!("{}:{}:{}", draft.kind.as_str(), self.id(draft.from), self.id(link.to));
        if let Some(via) = &draft.via {
            id = format!("{id}:{via}");
        }
        let mut needs = draft.needs;
        needs.extend(self.needs_first(link, &[link.to]));
        let edits = vec![Edit::AddFlow(flow)];
        let mut candidate = self.candidate(question, Outline { id, kind: draft.kind, title: draft.title, edits });
        candidate.needs = needs;
        candidate.why = draft.why;
        candidate
    }

    /// A candidate for a link, with effort by kind and load.
    fn candidate(&self, question: &Question<'_>, outline: Outline) -> Candidate {
        let Outline { id, kind, title, edits } = outline;
        let link = question.link;
        let load = Load { objects: link.data.len(), flows: edits.len(), is_personal: self.is_personal(&link.data) };
        let calls = quota::Load { runs: link.runs(self.analysis), records: link.records(self.analysis) };
        let quotas = self.calls.with(self.stack(), &edits, calls);
        let obstacles = quotas.iter().filter_map(QuotaUse::obstacle).collect();
        Candidate {
            id,
            kind,
            title,
            subjects: vec![Subject::Link(question.at)],
            leaves: Vec::new(),
            needs: Vec::new(),
            edits,
            effort: effort::effort(self.stack(), kind, load),
            running: effort::running_cost(self.stack(), kind),
            why: Vec::new(),
            obstacles,
            quotas,
            is_ai_output: link.is_ai_output(self.analysis),
        }
    }

    /// The review that a flow in place of a link has to have: that of today, or one because AI content would reach
    /// customers unseen.
    fn review_for(&self, link: &Link) -> Option<Review> {
        let today = link.review(self.analysis);
        if today.is_none() && !self.reaches_customers(link) {
            return None;
        }
        let owner = self.stack().system(link.to).owner;
        let by = today.and_then(|review| review.by).or(owner);
        Some(Review { by, embedded: Some(true), place: crate::source::Span::default() })
    }

    fn reaches_customers(&self, link: &Link) -> bool {
        let is_content = link.data.iter().any(|data| self.stack().data_object(*data).is_content);
        is_content && link.is_ai_output(self.analysis) && self.stack().system(link.to).is_audience_facing
    }

    /// The governance that a flow in place of a link needs, where it brings data to `ends`.
    fn needs_first(&self, link: &Link, ends: &[SystemIx]) -> Vec<String> {
        let mut needs: Vec<String> = Vec::new();
        if self.is_personal(&link.data) {
            let unreviewed = |ix: &&SystemIx| {
                let system = self.stack().system(**ix);
                system.is_ai() && system.security_review.is_none()
            };
            needs.extend(ends.iter().filter(unreviewed).map(|ix| governance::security_review_id(self.id(*ix))));
        }
        if self.review_for(link).is_some() {
            needs.push(governance::review_id(self.id(link.from), self.id(link.to)));
        }
        needs
    }

    fn chains<'l>(&'l self, link: &'l Link) -> impl Iterator<Item = &'l Chain> {
        link.chains.iter().map(|at| &self.analysis.handoffs.chains[*at])
    }
}

/// All candidates, by id, and the subjects for which none could be made.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Candidates {
    /// By id; one that serves several subjects names them all.
    pub all: Vec<Candidate>,
    /// What is missing where nothing can be done.
    pub missing: Vec<Missing>,
}

impl Index<CandidateIx> for Candidates {
    type Output = Candidate;

    fn index(&self, at: CandidateIx) -> &Candidate {
        &self.all[sinew_order::Index::place(at)]
    }
}

/// Every candidate for `links` and `points`.
#[must_use]
pub fn candidates(context: &Context<'_>, links: &[Link], points: &[Point]) -> Candidates {
    let catalog = Catalog::builtin();
    let mut found = Candidates::default();
    let questions: Vec<Question<'_>> = links
        .iter()
        .enumerate()
        .map(|(at, link)| Question {
            at,
            link,
            routes: catalog.route(context.facts(link.from), context.facts(link.to)),
        })
        .collect();
    let adoptions = middleware::adoptions(context, &questions);
    for question in &questions {
        let mut options = by_one_route(context, question, &adoptions);
        if !options.iter().any(Candidate::is_feasible) {
            let several = several::candidate(context, question, &adoptions);
            if !several.as_ref().is_some_and(|one| one.leaves.is_empty()) {
                let why = question.routes.unverified.iter().map(ToString::to_string).collect();
                found.missing.push(Missing { subject: Subject::Link(question.at), why });
            }
            options.extend(several);
        }
        found.all.extend(options);
    }
    found.all.extend(middleware::candidates(context, &adoptions));
    for (at, point) in points.iter().enumerate() {
        let (options, why) = fallback::candidates(context, at, point);
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

/// The candidates that carry all objects of a link by one route.
fn by_one_route(context: &Context<'_>, question: &Question<'_>, adoptions: &[Adoption]) -> Vec<Candidate> {
    let mut options = planned::candidates(context, question);
    options.extend(extend::candidates(context, question));
    options.extend(native::candidates(context, question));
    options.extend(recipe::candidates(context, question, adoptions));
    options.extend(reverse_etl::candidates(context, question, adoptions));
    options.extend(api::candidates(context, question));
    options
}

/// One candidate may have been made for several subjects: its subjects, edits and loads are joined.
fn merge(all: &mut Vec<Candidate>) {
    all.sort_by(|a, b| a.id.cmp(&b.id));
    let mut merged: Vec<Candidate> = Vec::with_capacity(all.len());
    for next in all.drain(..) {
        match merged.last_mut().filter(|last| last.id == next.id) {
            Some(last) => join(last, next),
            None => merged.push(next),
        }
    }
    *all = merged;
}

fn join(into: &mut Candidate, other: Candidate) {
    into.subjects.extend(other.subjects);
    into.subjects.sort_unstable();
    into.subjects.dedup();
    into.leaves.extend(other.leaves);
    into.leaves.sort_unstable();
    into.leaves.dedup();
    for need in other.needs {
        if !into.needs.contains(&need) {
            into.needs.push(need);
        }
    }
    let mut is_more = false;
    for edit in other.edits {
        if !into.edits.contains(&edit) {
            into.edits.push(edit);
            is_more = true;
        }
    }
    if is_more {
        into.quotas = quota::together([into.quotas.as_slice(), other.quotas.as_slice()].into_iter());
        into.obstacles.extend(into.quotas.iter().filter_map(QuotaUse::obstacle));
        into.obstacles.dedup();
    }
    for (table, more) in [(&mut into.effort, other.effort), (&mut into.running, other.running)] {
        for term in more {
            match table.iter_mut().find(|known| known.key == term.key) {
                // Another subject of the same flow is one more object on it.
                Some(known) => known.times = known.times.max(term.times),
                None => table.push(term),
            }
        }
    }
    for (list, more) in [(&mut into.why, other.why), (&mut into.obstacles, other.obstacles)] {
        for line in more {
            if !list.contains(&line) {
                list.push(line);
            }
        }
    }
    into.is_ai_output |= other.is_ai_output;
}

/// Up to two names, and how many more there are: a title has to fit on a slide.
fn few(names: &[&str], more: &str) -> String {
    match names {
        [first, _, _, ..] => format!("{first} and {} {more}", names.len() - 1),
        _ => crate::analysis::words::listed(names),
    }
}
