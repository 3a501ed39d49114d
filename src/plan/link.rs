//! What could be joined: one system from which data should reach another without a person, and what that would remove.

use std::collections::BTreeMap;

use sinew_order::List;

use crate::analysis::rules::missing_feedback::{Automated, Gap, gaps};
use crate::analysis::{Analysis, Chain, Fact};
use crate::model::{Count, DataIx, Flow, FlowIx, Peak, PerYear, ProcessIx, Range, Requirement, Review, SystemIx};

use super::sources::Sources;

/// Systems from which a need that nothing supplies could be supplied: beyond, the rest offer nothing new.
const MOST_SOURCES: usize = 8;

sinew_order::index! {
    /// A link, in the list of all.
    pub LinkIx
}

/// Two systems between which data should flow by itself.
#[derive(Clone, Debug, PartialEq)]
pub struct Link {
    /// Where the data comes from.
    pub from: SystemIx,
    /// Where it should get.
    pub to: SystemIx,
    /// What: sorted, each once.
    pub data: Vec<DataIx>,
    /// The handoff chains that it takes the place of, as places in their list.
    pub chains: Vec<usize>,
    /// The manual steps of those chains, and the handoffs from the one to the other; sorted, each once.
    pub steps: Vec<FlowIx>,
    /// Planned flows that would join the two; sorted.
    pub planned: Vec<FlowIx>,
    /// Processes that cannot run today and would have here what they lack; sorted.
    pub needs: Vec<ProcessIx>,
    /// AI tools whose feedback loop it would help to close; sorted, each once.
    pub loops: Vec<SystemIx>,
}

impl Link {
    /// Whether one of its chains, or one that runs through it, carries the output of an AI tool.
    #[must_use]
    pub fn is_ai_output(&self, analysis: &Analysis<'_>) -> bool {
        let chains = analysis.handoffs().chains_over(self.steps.iter().copied());
        chains.into_iter().any(|chain| chain.ai_data.iter().any(|data| self.data.contains(data)))
    }

    /// The flows by which it is done today or meant to be done.
    fn flows<'s>(&self, analysis: &Analysis<'s>) -> Vec<&'s Flow> {
        let stack = analysis.stack;
        self.steps.iter().chain(&self.planned).map(|ix| stack.flow(*ix)).collect()
    }

    /// Its busiest day: the busiest of the flows in its place. What they do within a day says nothing of a machine.
    #[must_use]
    pub fn peak(&self, analysis: &Analysis<'_>) -> Option<Peak> {
        let days = self.flows(analysis).into_iter().filter_map(|flow| flow.run.peak?.a_day);
        days.max_by(f64::total_cmp).map(|day| Peak { a_day: Some(day), burst: None })
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
        let records = self.flows(analysis).into_iter().filter_map(|flow| flow.run.records);
        records.max_by(|a, b| a.likely.0.total_cmp(&b.likely.0))
    }

    /// The review that a person makes on the way today.
    #[must_use]
    pub fn review(&self, analysis: &Analysis<'_>) -> Option<Review> {
        self.flows(analysis).into_iter().find_map(|flow| flow.review())
    }
}

/// Every link worth looking at, by its ends, but no more than `most`; and whether these are all.
///
/// Links come from handoff chains, planned automated flows, and feedback that is missing. A chain that ends where it
/// began is none: what happens on its way has to move into a system first. A link carries all objects of a handoff
/// between its ends, so that the handoff is gone with it.
#[must_use]
pub fn links(analysis: &Analysis<'_>, most: usize) -> (List<LinkIx, Link>, bool) {
    let mut found = Links { analysis, most, by_ends: BTreeMap::new(), is_whole: true };
    let mut known = Sources::default();
    // Chains come most expensive first, so a bound keeps the costliest.
    for (at, chain) in analysis.handoffs().chains.iter().enumerate().filter(|(_, chain)| chain.from != chain.to) {
        for data in chain.data.iter().copied() {
            let upstream = known.of(analysis, Fact { at: chain.from, data });
            for from in std::iter::once(&chain.from).chain(upstream).copied().filter(|from| *from != chain.to) {
                if found.has_room(from, chain.to) {
                    found.add_chain(at, chain, data, from);
                }
            }
        }
    }
    found.add_planned();
    found.add_needs();
    found.add_feedback();
    found.add_whole_handoffs();
    (found.by_ends.into_values().collect(), found.is_whole)
}

struct Links<'a, 's> {
    analysis: &'a Analysis<'s>,
    most: usize,
    by_ends: BTreeMap<(SystemIx, SystemIx), Link>,
    /// Whether nothing was left out for want of room.
    is_whole: bool,
}

impl Links<'_, '_> {
    /// Whether a link of these ends is there or may be added; that it may not is remembered.
    fn has_room(&mut self, from: SystemIx, to: SystemIx) -> bool {
        let has_room = self.by_ends.len() < self.most || self.by_ends.contains_key(&(from, to));
        self.is_whole &= has_room;
        has_room
    }

    fn link(&mut self, from: SystemIx, to: SystemIx) -> &mut Link {
        self.by_ends.entry((from, to)).or_insert_with(|| Link {
            from,
            to,
            data: Vec::new(),
            chains: Vec::new(),
            steps: Vec::new(),
            planned: Vec::new(),
            needs: Vec::new(),
            loops: Vec::new(),
        })
    }

    /// A link for `data` from `from`, where the chain begins or has the object from, to its end; of a chain that comes
    /// back to a carrier on its way, the part up to there.
    fn add_chain(&mut self, at: usize, chain: &Chain, data: DataIx, from: SystemIx) {
        let stack = self.analysis.stack;
        let comes_back = chain.comes_back(stack);
        let arrival = chain.steps.iter().position(|step| stack.flow(*step).to == chain.to);
        let road = &chain.steps[..=arrival.unwrap_or(chain.steps.len() - 1)];
        let manual: Vec<FlowIx> = road.iter().copied().filter(|step| stack.flow(*step).is_manual()).collect();
        if manual.is_empty() {
            return;
        }
        let link = self.link(from, chain.to);
        if !comes_back {
            insert(&mut link.chains, at);
        }
        insert(&mut link.data, data);
        manual.into_iter().for_each(|step| insert(&mut link.steps, step));
    }

    /// What else the handoffs between the ends of a link carry: left out, it would still be carried by hand.
    fn add_whole_handoffs(&mut self) {
        let stack = self.analysis.stack;
        for (ix, _) in &self.analysis.handoffs().steps {
            let flow = stack.flow(*ix);
            if let Some(link) = self.by_ends.get_mut(&(flow.from, flow.to)) {
                insert(&mut link.steps, *ix);
                flow.data.iter().for_each(|data| insert(&mut link.data, *data));
            }
        }
    }

    fn add_planned(&mut self) {
        let stack = self.analysis.stack;
        let is_live = |ix: SystemIx| stack.system(ix).is_live();
        let can_run = |flow: &Flow| flow.systems().all(is_live);
        // What is meant to stand by takes no handoff's place.
        let is_meant = |flow: &Flow| flow.is_planned() && !flow.is_manual() && !flow.is_standby;
        let planned = stack.all_flows().filter(|(_, flow)| is_meant(flow) && can_run(flow));
        for (ix, flow) in planned {
            if !self.has_room(flow.from, flow.to) {
                continue;
            }
            let link = self.link(flow.from, flow.to);
            insert(&mut link.planned, ix);
            flow.data.iter().for_each(|data| insert(&mut link.data, *data));
        }
    }

    /// A flow for each need that nothing supplies, from every system where the object is, up to [`MOST_SOURCES`].
    fn add_needs(&mut self) {
        let analysis = self.analysis;
        let stack = analysis.stack;
        for (process, needing) in stack.all_processes().filter(|(process, _)| !analysis.runs(*process)) {
            let is_met = |one: &Requirement| match one {
                Requirement::Data(need) => analysis.is_available(Fact { at: need.at, data: need.data }),
                Requirement::Process(need) => analysis.runs(need.process),
            };
            let unmet = needing.needs.iter().filter(|any| !any.iter().any(is_met));
            for need in unmet.flatten().filter_map(Requirement::data).filter(|need| stack.system(need.at).is_live()) {
                for from in holders(analysis, need.data).into_iter().filter(|from| *from != need.at) {
                    if self.has_room(from, need.at) {
                        let link = self.link(from, need.at);
                        insert(&mut link.data, need.data);
                        insert(&mut link.needs, process);
                    }
                }
            }
        }
    }

    /// The one flow that would close each loop; where a person carries it today, that is a link already. None for a tool
    /// that is phased out.
    fn add_feedback(&mut self) {
        let analysis = self.analysis;
        let automated = Automated::of(analysis);
        let stays = |gap: &Gap| !analysis.stack.system(gap.tool).is_phasing_out();
        for gap in gaps(analysis, &automated).into_iter().filter(stays) {
            let brings = |link: &Link| link.to == gap.wanted.at && link.data.contains(&gap.wanted.data);
            let known: Vec<(SystemIx, SystemIx)> =
                self.by_ends.iter().filter(|(_, link)| brings(link)).map(|(ends, _)| *ends).collect();
            if known.is_empty() {
                let remedy = automated.remedy(&gap);
                if let Some(from) = remedy.from.filter(|from| *from != remedy.to && self.has_room(*from, remedy.to)) {
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

/// The live systems that have an object today and stay: those that make it, then by id.
fn holders(analysis: &Analysis<'_>, data: DataIx) -> Vec<SystemIx> {
    let stays = |at: SystemIx| !analysis.stack.system(at).is_phasing_out();
    let has = |at: &SystemIx| analysis.is_available(Fact { at: *at, data }) && stays(*at);
    let mut found: Vec<(bool, SystemIx)> = analysis
        .stack
        .live_systems()
        .filter(|(at, _)| has(at))
        .map(|(at, system)| (!system.makes.iter().any(|making| making.data == data), at))
        .collect();
    found.sort_unstable();
    found.truncate(MOST_SOURCES);
    found.into_iter().map(|(_, at)| at).collect()
}

fn insert<T: Ord>(sorted: &mut Vec<T>, item: T) {
    if let Err(at) = sorted.binary_search(&item) {
        sorted.insert(at, item);
    }
}
