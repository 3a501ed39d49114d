//! What could be joined: one system from which data should reach another without a person, and what that would remove.

use std::collections::{BTreeMap, BTreeSet};

use crate::analysis::rules::missing_feedback::{Automated, gaps};
use crate::analysis::{Analysis, Chain};
use crate::model::{Count, DataIx, Flow, FlowIx, PerYear, Range, Review, SystemIx};

/// Links that are looked at; of more, those with the costliest chains are.
pub(super) const MOST_LINKS: usize = 400;

/// Two systems between which data should flow by itself.
#[derive(Clone, Debug, PartialEq)]
pub struct Link {
    /// Where the data comes from.
    pub from: SystemIx,
    /// Where it should get.
    pub to: SystemIx,
    /// What: sorted, each once.
    pub data: Vec<DataIx>,
    /// The handoff chains that run from the one to the other, as places in their list.
    pub chains: Vec<usize>,
    /// The manual steps of those chains; sorted, each once.
    pub steps: Vec<FlowIx>,
    /// Planned flows that would join the two; sorted.
    pub planned: Vec<FlowIx>,
    /// AI tools whose feedback loop it would help to close; sorted, each once.
    pub loops: Vec<SystemIx>,
}

impl Link {
    /// Whether one of its chains, or one that runs through it, carries the output of an AI tool.
    #[must_use]
    pub fn is_ai_output(&self, analysis: &Analysis<'_>) -> bool {
        let chains = analysis.handoffs.chains_over(self.steps.iter().copied());
        chains.into_iter().any(|chain| chain.is_ai_output && self.data.contains(&chain.data))
    }

    /// The flows by which it is done today or meant to be done.
    fn flows<'s>(&self, analysis: &Analysis<'s>) -> Vec<&'s Flow> {
        let stack = analysis.stack;
        self.steps.iter().chain(&self.planned).map(|ix| stack.flow(*ix)).collect()
    }

    /// How often an automated flow would have to run: as often as the busiest of the flows in its place.
    #[must_use]
    pub fn runs(&self, analysis: &Analysis<'_>) -> Option<Range<PerYear>> {
        let runs = self.flows(analysis).into_iter().filter_map(|flow| flow.runs);
        runs.max_by(|a, b| a.likely.0.total_cmp(&b.likely.0))
    }

    /// How many records a run would carry.
    #[must_use]
    pub fn records(&self, analysis: &Analysis<'_>) -> Option<Range<Count>> {
        let records = self.flows(analysis).into_iter().filter_map(|flow| flow.records);
        records.max_by(|a, b| a.likely.0.total_cmp(&b.likely.0))
    }

    /// The review that a person makes on the way today.
    #[must_use]
    pub fn review(&self, analysis: &Analysis<'_>) -> Option<Review> {
        self.flows(analysis).into_iter().find_map(|flow| flow.review)
    }
}

/// Every link worth looking at, by its ends; and whether all of them are.
///
/// Links come from handoff chains, planned automated flows, and feedback that is missing. A chain that ends where it
/// began is none: what happens on its way has to move into a system first.
#[must_use]
pub fn links(analysis: &Analysis<'_>) -> (Vec<Link>, bool) {
    let mut found = Links { analysis, by_ends: BTreeMap::new() };
    // Chains come costliest first, so a bound keeps the costliest.
    let mut is_whole = true;
    for (at, chain) in analysis.handoffs.chains.iter().enumerate().filter(|(_, chain)| chain.from != chain.to) {
        if found.by_ends.len() >= MOST_LINKS && !found.by_ends.contains_key(&(chain.from, chain.to)) {
            is_whole = false;
            continue;
        }
        found.add_chain(at, chain);
    }
    found.add_planned();
    found.add_feedback();
    (found.by_ends.into_values().collect(), is_whole)
}

struct Links<'a, 's> {
    analysis: &'a Analysis<'s>,
    by_ends: BTreeMap<(SystemIx, SystemIx), Link>,
}

impl Links<'_, '_> {
    fn link(&mut self, from: SystemIx, to: SystemIx) -> &mut Link {
        self.by_ends.entry((from, to)).or_insert_with(|| Link {
            from,
            to,
            data: Vec::new(),
            chains: Vec::new(),
            steps: Vec::new(),
            planned: Vec::new(),
            loops: Vec::new(),
        })
    }

    /// A link over the whole chain, and one to every carrier on its way at which the object is used: what feeds a sheet
    /// that somebody needs is not superfluous because the end of the chain is fed otherwise.
    fn add_chain(&mut self, at: usize, chain: &Chain) {
        let stack = self.analysis.stack;
        let mut manual: Vec<FlowIx> = Vec::new();
        for step in &chain.steps {
            let flow = stack.flow(*step);
            if flow.is_manual() {
                manual.push(*step);
            }
            let is_end = Some(step) == chain.steps.last();
            if (is_end || self.is_used(flow.to, chain.data)) && flow.to != chain.from && !manual.is_empty() {
                let link = self.link(chain.from, flow.to);
                if is_end {
                    link.chains.push(at);
                }
                insert(&mut link.data, chain.data);
                manual.iter().for_each(|flow| insert(&mut link.steps, *flow));
            }
        }
    }

    /// Whether a process needs the object there, or something is made of it.
    fn is_used(&self, at: SystemIx, data: DataIx) -> bool {
        let stack = self.analysis.stack;
        let is_input = stack.system(at).makes.iter().any(|making| {
            making.from.contains(&data) || making.model.as_ref().is_some_and(|model| model.feedback.contains(&data))
        });
        let mut needs = stack.processes.iter().flat_map(|process| &process.needs).flatten();
        is_input || needs.any(|need| need.at == at && need.data == data)
    }

    fn add_planned(&mut self) {
        let stack = self.analysis.stack;
        let is_live = |ix: SystemIx| stack.system(ix).is_live();
        let can_run = |flow: &Flow| [flow.from, flow.to].iter().chain(&flow.through).all(|ix| is_live(*ix));
        let planned = stack.all_flows().filter(|(_, flow)| flow.is_planned && !flow.is_manual() && can_run(flow));
        for (ix, flow) in planned {
            let link = self.link(flow.from, flow.to);
            insert(&mut link.planned, ix);
            flow.data.iter().for_each(|data| insert(&mut link.data, *data));
        }
    }

    /// The one flow that would close each loop; where a person carries it today, that is a link already.
    fn add_feedback(&mut self) {
        let analysis = self.analysis;
        let automated = Automated::of(analysis);
        for gap in gaps(analysis, &automated) {
            let brings = |link: &Link| link.to == gap.wanted.at && link.data.contains(&gap.wanted.data);
            let known: Vec<(SystemIx, SystemIx)> =
                self.by_ends.iter().filter(|(_, link)| brings(link)).map(|(ends, _)| *ends).collect();
            if known.is_empty() {
                let remedy = automated.remedy(&gap);
                if let Some(from) = remedy.from.filter(|from| *from != remedy.to) {
                    let link = self.link(from, remedy.to);
                    insert(&mut link.data, gap.wanted.data);
                    insert(&mut link.loops, gap.tool);
                }
            }
            for ends in known {
                insert(&mut self.link(ends.0, ends.1).loops, gap.tool);
            }
        }
    }
}

fn insert<T: Ord>(sorted: &mut Vec<T>, item: T) {
    if let Err(at) = sorted.binary_search(&item) {
        sorted.insert(at, item);
    }
}

/// The links on which each handoff hangs: all of those whose chains it is a step of. A handoff with a chain that is no
/// link cannot be removed and is not listed.
#[must_use]
pub fn links_of_steps(analysis: &Analysis<'_>, links: &[Link]) -> BTreeMap<FlowIx, Vec<usize>> {
    let linked: BTreeSet<usize> = links.iter().flat_map(|link| link.chains.iter().copied()).collect();
    let mut hangs_on: BTreeMap<FlowIx, Vec<usize>> = BTreeMap::new();
    for (at, link) in links.iter().enumerate() {
        for step in &link.steps {
            hangs_on.entry(*step).or_default().push(at);
        }
    }
    let chains = analysis.handoffs.chains.iter().enumerate();
    for step in chains.filter(|(at, _)| !linked.contains(at)).flat_map(|(_, chain)| &chain.steps) {
        hangs_on.remove(step);
    }
    // Of objects with too many chains not all are listed, and those left out may run over any of their flows.
    let cut_short = &analysis.handoffs.cut_short;
    hangs_on.retain(|step, _| !analysis.stack.flow(*step).data.iter().any(|data| cut_short.contains(data)));
    hangs_on
}
