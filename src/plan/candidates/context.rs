//! What the candidates need to know of the stack, and how one of them is made.

use std::collections::{BTreeMap, BTreeSet};

use sinew_order::List;

use crate::analysis::calendar::has_security_review;
use crate::analysis::lineage::{Personal, personal_objects};
use crate::analysis::rules::missing_feedback::Automated;
use crate::analysis::{Analysis, Chain};
use crate::analysis::{Fact, Meaning, systems_up_today};
use crate::catalog::{Catalog, Confidence, ProductFacts, ProductId, Routes};
use crate::model::{DataIx, FlowIx, ItemKind, Mechanism, Review, Stack, Status, System, SystemIx, TeamIx};
use crate::plan::edit::{Edit, Hop, NewFlow};
use crate::plan::effort::{self, Load};
use crate::plan::link::{Link, LinkIx};
use crate::plan::quota::{self, QuotaUse};

use super::candidate::{Candidate, Subject};
use super::{ids, origins};

/// Systems of one product through which a way is looked for.
const MOST_ALIKE: usize = 8;

/// What the candidates need to know of the stack.
pub struct Context<'a> {
    /// The stack before any item is built.
    pub analysis: &'a Analysis<'a>,
    /// What is available without any person.
    automated: Automated<'a>,
    origins: origins::Origins,
    personal: BTreeMap<DataIx, Personal>,
    up: Vec<bool>,
    /// For each object the live systems that have it today and are not phased out: those that make it, then by id.
    holders: BTreeMap<DataIx, Vec<SystemIx>>,
    calls: quota::Present,
    /// The live systems that are up today, by their product, by id.
    by_product: BTreeMap<&'a str, Vec<SystemIx>>,
    /// The regular automated flows to each system, by id.
    arrivals: Vec<Vec<FlowIx>>,
    /// The team that owns most, the first by id of several.
    first_team: Option<TeamIx>,
}

impl<'a> Context<'a> {
    /// Looks at the stack once. Linear in the stack.
    #[must_use]
    pub fn of(analysis: &'a Analysis<'a>, links: &List<LinkIx, Link>) -> Self {
        let stack = analysis.stack;
        let data: BTreeSet<DataIx> = links.iter().flat_map(|link| link.data.iter().copied()).collect();
        let up = systems_up_today(stack);
        let mut by_product: BTreeMap<&str, Vec<SystemIx>> = BTreeMap::new();
        for (ix, system) in stack.live_systems().filter(|(ix, _)| up[ix.at()]) {
            let product = system.facts.product.as_ref();
            product.into_iter().for_each(|product| by_product.entry(product.as_str()).or_default().push(ix));
        }
        let mut arrivals = vec![Vec::new(); stack.systems.len()];
        for (ix, flow) in stack.live_flows().filter(|(_, flow)| !flow.is_manual() && !flow.is_standby) {
            arrivals[flow.to.at()].push(ix);
        }
        Self {
            origins: origins::Origins::of(analysis, &data),
            analysis,
            automated: Automated::of(analysis),
            personal: personal_objects(stack),
            up,
            holders: holders(analysis),
            calls: quota::Present::of(stack),
            by_product,
            arrivals,
            first_team: first_team(stack),
        }
    }

    pub(super) fn stack(&self) -> &'a Stack {
        self.analysis.stack
    }

    /// What is known of products.
    pub(super) fn catalog(&self) -> &'a Catalog {
        &self.stack().catalog
    }

    pub(super) fn id(&self, ix: SystemIx) -> &'a str {
        self.stack().system(ix).id.as_str()
    }

    pub(super) fn name(&self, ix: SystemIx) -> &'a str {
        &self.stack().system(ix).name
    }

    pub(super) fn facts(&self, ix: SystemIx) -> &'a ProductFacts {
        &self.stack().system(ix).facts
    }

    /// The ways that the catalog knows, with the confidence that they have on the day of the stack.
    pub(super) fn routes(&self, from: SystemIx, to: SystemIx) -> Routes {
        self.routes_of(self.facts(from), self.facts(to))
    }

    /// The same between products of which these facts hold.
    pub(super) fn routes_of(&self, from: &ProductFacts, to: &ProductFacts) -> Routes {
        let catalog = self.catalog();
        let as_of = self.stack().as_of.unwrap_or(catalog.edition());
        catalog.route_on(from, to, as_of)
    }

    pub(super) fn objects(&self, data: &[DataIx]) -> String {
        let names: Vec<&str> = data.iter().map(|ix| self.stack().data_object(*ix).name.as_str()).collect();
        crate::analysis::words::listed(&names)
    }

    /// As [`Self::objects`], for a title.
    pub(super) fn few_objects(&self, data: &[DataIx]) -> String {
        let names: Vec<&str> = data.iter().map(|ix| self.stack().data_object(*ix).name.as_str()).collect();
        few(&names, "more objects")
    }

    /// Whether a system has without a person all that the begin of a link has of its objects.
    pub(super) fn has_all(&self, source: SystemIx, link: &Link) -> bool {
        link.data.iter().all(|data| {
            self.automated.has(Fact { at: source, data: *data }) && self.origins.has_all_of(*data, source, link.from)
        })
    }

    /// Live systems of this product that are up today, by id.
    pub(super) fn running(&self, is: impl Fn(&System) -> bool) -> Vec<SystemIx> {
        let live = self.stack().live_systems().filter(|(ix, system)| self.up[ix.at()] && is(system));
        live.map(|(ix, _)| ix).collect()
    }

    /// Live systems of a product that are up today, by id: the first of them, since a choice among many that do the same
    /// is no choice of a way.
    pub(super) fn of_product(&self, product: &ProductId) -> &[SystemIx] {
        let all = self.by_product.get(product.as_str()).map_or(&[][..], Vec::as_slice);
        &all[..all.len().min(MOST_ALIKE)]
    }

    /// The regular automated flows to a system, by id.
    pub(super) fn arrivals(&self, to: SystemIx) -> &[FlowIx] {
        &self.arrivals[to.at()]
    }

    /// The systems from which a person could bring an object: those that make it, then by id.
    pub(super) fn holders(&self, data: DataIx) -> &[SystemIx] {
        self.holders.get(&data).map_or(&[], Vec::as_slice)
    }

    /// The team that owns most systems; `None` in a file without teams.
    pub(super) fn first_team(&self) -> Option<TeamIx> {
        self.first_team
    }

    pub(super) fn is_personal(&self, data: &[DataIx]) -> bool {
        data.iter().any(|ix| self.personal.contains_key(ix))
    }
}

fn first_team(stack: &Stack) -> Option<TeamIx> {
    let mut owned: BTreeMap<TeamIx, usize> =
        stack.teams.iter().filter_map(|team| Some((stack.find_team(team.id.as_str())?, 0))).collect();
    stack.systems.iter().filter_map(|system| system.owner).for_each(|team| *owned.entry(team).or_default() += 1);
    owned.into_iter().max_by_key(|(team, count)| (*count, std::cmp::Reverse(*team))).map(|(team, _)| team)
}

fn holders(analysis: &Analysis<'_>) -> BTreeMap<DataIx, Vec<SystemIx>> {
    let stack = analysis.stack;
    let mut holders: BTreeMap<DataIx, Vec<(bool, SystemIx)>> = BTreeMap::new();
    for meaning in analysis.supply.meanings().iter() {
        let Meaning::Available(fact) = *meaning else { continue };
        let system = stack.system(fact.at);
        if system.is_live() && !system.is_phasing_out() && analysis.is_available(fact) {
            let makes = system.makes.iter().any(|making| making.data == fact.data);
            holders.entry(fact.data).or_default().push((!makes, fact.at));
        }
    }
    let sorted = |mut all: Vec<(bool, SystemIx)>| {
        all.sort_unstable();
        all.into_iter().map(|(_, at)| at).collect()
    };
    holders.into_iter().map(|(data, all)| (data, sorted(all))).collect()
}

/// One link with what is known of the ways between its ends.
pub(super) struct Question<'a> {
    /// Its place in the list of links.
    pub at: LinkIx,
    /// The pair of systems that a candidate is looked for.
    pub link: &'a Link,
    /// The ways that the catalog knows.
    pub routes: Routes,
}

/// A draft of a candidate for a link: what differs from kind to kind.
pub(super) struct Draft {
    pub(super) kind: ItemKind,
    /// What stands behind the ends in the id.
    pub(super) via: Option<String>,
    pub(super) title: String,
    pub(super) from: SystemIx,
    pub(super) mechanism: Mechanism,
    pub(super) through: Option<Hop>,
    pub(super) needs: Vec<String>,
    pub(super) confidence: Option<Confidence>,
    pub(super) why: Vec<String>,
}

/// A candidate for a link before it is priced.
pub(super) struct Outline {
    pub(super) id: String,
    pub(super) kind: ItemKind,
    pub(super) title: String,
    pub(super) edits: Vec<Edit>,
}

impl Context<'_> {
    /// The candidate that builds one flow to the end of a link, with the governance that it needs first.
    pub(super) fn flow_candidate(&self, question: &Question<'_>, draft: Draft) -> Candidate {
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
            peak: link.peak(self.analysis),
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
        let hop = match flow.through {
            Some(Hop::There(ix)) => Some(ix),
            _ => None,
        };
        let touched: Vec<SystemIx> = std::iter::once(draft.from).chain(hop).chain([link.to]).collect();
        let mut needs = draft.needs;
        needs.extend(self.needs_first(link, &touched));
        let edits = vec![Edit::AddFlow(Box::new(flow))];
        let mut candidate = self.candidate(question, Outline { id, kind: draft.kind, title: draft.title, edits });
        candidate.needs = needs;
        candidate.confidence = draft.confidence;
        candidate.why = draft.why;
        candidate
    }

    /// A candidate for a link, with effort by kind and load.
    pub(super) fn candidate(&self, question: &Question<'_>, outline: Outline) -> Candidate {
        let Outline { id, kind, title, edits } = outline;
        let link = question.link;
        let load = Load { objects: link.data.len(), flows: edits.len(), is_personal: self.is_personal(&link.data) };
        let calls = quota::Load {
            peak: link.peak(self.analysis),
            runs: link.runs(self.analysis),
            records: link.records(self.analysis),
        };
        let quotas = self.calls.with(self.stack(), &edits, calls);
        let ending = self.ending(&edits).map(|ix| self.words_of_end(ix));
        let obstacles = ending.into_iter().chain(quotas.iter().filter_map(QuotaUse::obstacle)).collect();
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
            confidence: None,
            why: Vec::new(),
            obstacles,
            quotas,
            is_ai_output: link.is_ai_output(self.analysis),
        }
    }

    /// A candidate by which flows that are there run otherwise, one edit each; `of` is what it is for, by id.
    pub(super) fn faster(
        &self,
        (of, subject): (&str, Subject),
        outline: (String, Vec<Edit>, Vec<String>),
    ) -> Candidate {
        let (title, edits, why) = outline;
        let (stack, kind) = (self.stack(), ItemKind::Faster);
        let quotas = self.calls.with(stack, &edits, quota::Load::default());
        let ending = self.ending(&edits).map(|ix| self.words_of_end(ix));
        let obstacles = ending.into_iter().chain(quotas.iter().filter_map(QuotaUse::obstacle)).collect();
        Candidate {
            effort: effort::effort(stack, kind, Load { flows: edits.len(), ..Load::default() }),
            running: effort::running_cost(stack, kind),
            why,
            obstacles,
            quotas,
            ..Candidate::of(kind, format!("{}:{of}", kind.as_str()), title, vec![subject], edits)
        }
    }

    /// A system on which these edits would build and that is phased out.
    fn ending(&self, edits: &[Edit]) -> Option<SystemIx> {
        let touched = edits.iter().flat_map(|edit| -> Vec<SystemIx> {
            match edit {
                Edit::AddFlow(flow) => {
                    let through = match flow.through {
                        Some(Hop::There(ix)) => Some(ix),
                        _ => None,
                    };
                    [flow.from, flow.to].into_iter().chain(through).collect()
                }
                Edit::ExtendFlow(ix, _) | Edit::MakeLive(ix) | Edit::Pace(ix, _) | Edit::Bulk(ix) => {
                    self.stack().flow(*ix).systems().collect()
                }
                _ => Vec::new(),
            }
        });
        touched.into_iter().find(|ix| self.stack().system(*ix).is_phasing_out())
    }

    /// Why nothing new is built on a system that is phased out.
    pub(super) fn words_of_end(&self, ix: SystemIx) -> String {
        let system = self.stack().system(ix);
        let when = system.ends.map(|day| format!(" on {day}")).unwrap_or_default();
        let next = system.replaced_by.map(|ix| format!("; {} takes its place", self.name(ix))).unwrap_or_default();
        format!("{} is phased out{when}, so nothing new is built on it{next}", system.name)
    }

    /// The review that a flow in place of a link has to have: that of today, or one because AI content would reach
    /// customers unseen.
    pub(super) fn review_for(&self, link: &Link) -> Option<Review> {
        let today = link.review(self.analysis);
        if today.is_none() && !self.reaches_customers(link) {
            return None;
        }
        let owner = self.stack().system(link.to).owner;
        let by = today.and_then(|review| review.by).or(owner);
        let place = crate::source::Span::default();
        let new = Review { by, embedded: None, minutes: None, delay: None, place };
        // Who reviews a draft today takes as long over it when it comes by itself.
        Some(Review { by, embedded: Some(true), place, ..today.unwrap_or(new) })
    }

    pub(super) fn reaches_customers(&self, link: &Link) -> bool {
        let is_content = link.data.iter().any(|data| self.stack().data_object(*data).is_content());
        is_content && link.is_ai_output(self.analysis) && self.stack().system(link.to).is_audience_facing()
    }

    /// The governance that a flow in place of a link needs, where it touches these systems, the last of which it brings data
    /// to: a security review before an AI tool gets personal data, the decision about whatever is on trial, the policy
    /// before AI content travels by itself, and the review that is part of it.
    pub(super) fn needs_first(&self, link: &Link, touched: &[SystemIx]) -> Vec<String> {
        let mut needs: Vec<String> = Vec::new();
        if self.is_personal(&link.data) {
            // Where it begins it does not arrive; what runs through its own end arrives there once.
            let ends: BTreeSet<SystemIx> = touched.iter().skip(1).copied().filter(|ix| *ix != link.from).collect();
            let lacking = ends.into_iter().filter(|ix| self.lacks_security_review(*ix));
            needs.extend(lacking.map(|ix| self.security_review(ix)));
        }
        needs.extend(self.decisions(touched));
        if self.is_ai_content(link) && !self.reviews_outputs() {
            needs.push(ids::POLICY.to_owned());
        }
        if self.review_for(link).is_some() {
            needs.push(ids::review(self.id(link.from), self.id(link.to)));
        }
        needs
    }

    pub(super) fn lacks_security_review(&self, ix: SystemIx) -> bool {
        let system = self.stack().system(ix);
        system.is_ai() && !has_security_review(self.stack(), system)
    }

    pub(super) fn security_review(&self, ix: SystemIx) -> String {
        ids::security_review(self.id(ix))
    }

    /// The decisions that are due before anything is built on these systems, by id: about those on trial, and those on
    /// which nobody decided.
    pub(super) fn decisions(&self, touched: &[SystemIx]) -> Vec<String> {
        let open: BTreeSet<SystemIx> = touched.iter().copied().filter(|ix| self.is_undecided(*ix)).collect();
        open.into_iter().map(|ix| ids::decision(self.id(ix))).collect()
    }

    pub(super) fn is_undecided(&self, ix: SystemIx) -> bool {
        matches!(self.stack().system(ix).status, Status::Pilot | Status::AdHoc)
    }

    /// Whether the AI policy covers the review of outputs.
    fn reviews_outputs(&self) -> bool {
        let policy = self.stack().practices.ai_policy.as_ref();
        policy.is_some_and(|policy| policy.covers.contains(&"output-review"))
    }

    /// Whether a link carries content that an AI tool makes.
    fn is_ai_content(&self, link: &Link) -> bool {
        let stack = self.stack();
        let is_made = |data: DataIx| {
            let mut tools = stack.live_systems().map(|(_, system)| system).filter(|system| system.is_ai());
            tools.any(|tool| tool.makes.iter().any(|making| making.data == data))
        };
        let content: Vec<DataIx> =
            link.data.iter().copied().filter(|data| stack.data_object(*data).is_content()).collect();
        !content.is_empty() && (link.is_ai_output(self.analysis) || content.into_iter().any(is_made))
    }

    pub(super) fn chains<'l>(&'l self, link: &'l Link) -> impl Iterator<Item = &'l Chain> {
        link.chains.iter().map(|at| &self.analysis.handoffs().chains[*at])
    }
}

/// Up to two names, and how many more there are: a title has to fit on a slide.
pub(super) fn few(names: &[&str], more: &str) -> String {
    match names {
        [first, _, _, ..] => format!("{first} and {} {more}", names.len() - 1),
        _ => crate::analysis::words::listed(names),
    }
}

#[cfg(test)]
mod tests {
    use super::few;

    #[test]
    fn two_names_are_told_and_of_more_the_first_with_the_number_of_the_others() {
        assert_eq!(few(&["a"], "more"), "a");
        assert_eq!(few(&["a", "b"], "more"), "a and b");
        assert_eq!(few(&["a", "b", "c", "d"], "more"), "a and 3 more");
    }
}
