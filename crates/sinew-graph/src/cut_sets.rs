//! Minimal cut sets of a goal: the sets of labels whose failure takes it down, no proper subset of which does.
//!
//! Every cut set hits every proof (Reiter 1987, on conflicts and hitting sets). So the sets of order 1 lie in any one
//! proof of the goal; and where the failure of `F` leaves the goal up, the cut sets that contain `F` have a further
//! label in any proof that survives `F`. The search goes level by level over such `F`, tests all the candidates of a
//! level together, one lane of a wide word per world, and only where their labels can make a difference. Pairs of
//! components are never enumerated: the cost follows the lengths of the proofs.

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::rc::Rc;

use super::and_or::{AndOrGraph, FactIx, LabelIx};
use super::fixpoint::Fixpoint;
use super::focus::Focus;
use super::ix::IxSet;
use super::lanes::Lanes;
use super::region::{Index, Outcome, Region, Room};

/// Where the search stops.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CutSetLimits {
    /// The largest order (number of labels in a set) looked for; more than [`Self::MAX_ORDER`] counts as that.
    pub order: u32,
    /// At most about so many evaluations of one rule, each for a block of worlds or one world; checked between blocks.
    pub rule_visits: u64,
    /// At most about so many worlds held, and so many sets found; checked between blocks.
    pub worlds: usize,
}

impl CutSetLimits {
    /// The largest order that can be asked for; beyond it cut sets come from decision diagrams.
    pub const MAX_ORDER: u32 = 8;
}

impl Default for CutSetLimits {
    /// Order 2, within about a second on a large graph and some hundred megabytes at worst.
    fn default() -> Self {
        Self { order: 2, rule_visits: 100_000_000, worlds: 1_000_000 }
    }
}

/// The minimal cut sets found, and how far that is all of them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CutSets {
    /// Each set sorted; the sets sorted by length, then labels. Every one is a minimal cut set.
    pub sets: Vec<Vec<LabelIx>>,
    /// All minimal cut sets up to this order are listed; `u32::MAX` where there are no others at all.
    pub complete_to: u32,
}

/// A graph prepared for questions about its goals.
#[derive(Clone, Debug)]
pub struct Goals<'g> {
    graph: &'g AndOrGraph,
    index: Index,
    baseline: Fixpoint,
    /// What holds with every label of the latest question failed. Questions about many goals ask about the same labels.
    safe: RefCell<Option<(IxSet<LabelIx>, Rc<Fixpoint>)>>,
    room: RefCell<Room>,
    all_labels: IxSet<LabelIx>,
    /// The goal that was asked about last, with what decides it while every label may fail: questions about one goal come
    /// one after the other.
    whole: RefCell<Option<(FactIx, Rc<Outcome>)>>,
}

impl<'g> Goals<'g> {
    /// Indexes `graph` and derives what holds with nothing failed. Time and memory linear in the graph.
    #[must_use]
    pub fn of(graph: &'g AndOrGraph) -> Self {
        let index = Index::of(graph);
        let baseline = index.fixpoint(graph, &IxSet::new());
        let room = RefCell::new(Room::of(graph, &baseline));
        let all_labels = IxSet::all(graph.label_count());
        Self { graph, index, baseline, safe: RefCell::default(), room, all_labels, whole: RefCell::default() }
    }

    /// Whether `goal` holds with nothing failed.
    #[must_use]
    pub fn holds(&self, goal: FactIx) -> bool {
        self.baseline.holds(goal)
    }

    /// How many labels the graph has.
    #[must_use]
    pub fn label_count(&self) -> usize {
        self.graph.label_count()
    }

    /// The labels that one proof of `goal` uses with nothing failed, ascending. Where each of them takes the goal down alone,
    /// they are all its minimal cut sets: any cut set holds one of them, and is minimal only as that one. Linear in the proof.
    ///
    /// # Panics
    /// Where the goal does not hold with nothing failed.
    #[must_use]
    pub fn proof_labels(&self, goal: FactIx) -> Vec<LabelIx> {
        assert!(self.holds(goal), "what does not hold has no proof");
        let graph = self.graph;
        let mut labels: Vec<LabelIx> = Vec::new();
        // A set of those seen, since the proof may be a small part of a large graph.
        let mut seen = BTreeSet::from([goal]);
        let mut open = vec![goal];
        while let Some(fact) = open.pop() {
            let rule = self.baseline.witness(fact).expect("what a proof needs holds");
            labels.extend(graph.place_labels(graph.place(fact)));
            labels.extend(graph.rule_labels(rule));
            open.extend(graph.body(rule).iter().copied().filter(|&fact| seen.insert(fact)));
        }
        labels.sort_unstable();
        labels.dedup();
        labels
    }

    /// The minimal cut sets of `goal` up to `limits.order`; none where it does not hold with nothing failed.
    #[must_use]
    pub fn minimal_cut_sets(&self, goal: FactIx, limits: &CutSetLimits) -> CutSets {
        match &*self.whole_region(goal) {
            Outcome::Depends(region) => {
                let mut found = minimal_cut_sets(region, limits);
                for label in found.sets.iter_mut().flatten() {
                    *label = region.labels[*label];
                }
                found
            }
            Outcome::Always | Outcome::Never => CutSets { sets: Vec::new(), complete_to: u32::MAX },
        }
    }

    /// The labels among which all minimal cut sets of `goal` lie, ascending. A label that is not here belongs to none; of
    /// one that is here nothing is said. Linear in the graph, where the sets themselves can be too many to find.
    #[must_use]
    pub fn candidates(&self, goal: FactIx) -> Vec<LabelIx> {
        match &*self.whole_region(goal) {
            Outcome::Depends(region) => region.labels.iter().copied().collect(),
            Outcome::Always | Outcome::Never => Vec::new(),
        }
    }

    pub(super) fn region(&self, goal: FactIx, may_fail: &IxSet<LabelIx>) -> Outcome {
        let room = &mut self.room.borrow_mut();
        Region::cut(self.graph, &self.index, (&self.baseline, &self.safe(may_fail)), goal, may_fail, room)
    }

    /// The region of `goal` while every label may fail.
    pub(super) fn whole_region(&self, goal: FactIx) -> Rc<Outcome> {
        let mut latest = self.whole.borrow_mut();
        match latest.as_ref().filter(|(known, _)| *known == goal) {
            Some((_, whole)) => Rc::clone(whole),
            None => {
                let whole = Rc::new(self.region(goal, &self.all_labels));
                *latest = Some((goal, Rc::clone(&whole)));
                whole
            }
        }
    }

    fn safe(&self, may_fail: &IxSet<LabelIx>) -> Rc<Fixpoint> {
        let mut latest = self.safe.borrow_mut();
        match latest.as_ref().filter(|(labels, _)| labels == may_fail) {
            Some((_, safe)) => Rc::clone(safe),
            None => {
                let safe = Rc::new(self.index.fixpoint(self.graph, may_fail));
                *latest = Some((may_fail.clone(), Rc::clone(&safe)));
                safe
            }
        }
    }
}

/// The minimal cut sets of a region's goal, by the region's own label numbers.
pub(super) fn minimal_cut_sets(region: &Region, limits: &CutSetLimits) -> CutSets {
    let mut search = Search {
        region,
        limits,
        found: BTreeSet::new(),
        seen: IxSet::with_capacity(region.label_count()),
        focus: Focus::on(region, &IxSet::new()),
        spent: 0,
    };
    let mut worlds = BTreeSet::from([Vec::new()]);
    let mut complete_to = 0;
    while complete_to < limits.order.min(CutSetLimits::MAX_ORDER) && !worlds.is_empty() {
        let Some(holding) = search.level(&worlds) else { break };
        worlds = holding;
        complete_to += 1;
    }
    if worlds.is_empty() {
        complete_to = u32::MAX;
    }
    let mut sets: Vec<World> = search.found.into_iter().collect();
    sets.sort_by(|a, b| a.len().cmp(&b.len()).then_with(|| a.cmp(b)));
    CutSets { sets, complete_to }
}

/// A set of labels, ascending.
type World = Vec<LabelIx>;

struct Search<'s> {
    region: &'s Region,
    limits: &'s CutSetLimits,
    found: BTreeSet<World>,
    /// Labels that occur in a world or a proof so far.
    seen: IxSet<LabelIx>,
    focus: Focus,
    spent: u64,
}

impl Search<'_> {
    /// Extends every world of one order, in which the goal holds, by one label: the worlds in which it still holds.
    /// `None` where a limit was met.
    fn level(&mut self, worlds: &BTreeSet<World>) -> Option<BTreeSet<World>> {
        let candidates = self.candidates(worlds)?;
        self.focus = Focus::on(self.region, &self.seen);
        let Outcome::Depends(inner) = &self.focus.part else {
            // The goal holds with all of them failed: no candidate is a cut set.
            return Some(candidates);
        };
        let candidates: Vec<World> = candidates.into_iter().collect();
        let within: Vec<World> = candidates.iter().map(|world| inner.kept_labels(world)).collect();
        let left = self.limits.rule_visits.saturating_sub(self.spent);
        // One word where a level is small: a wide word would carry empty lanes.
        let (goal_holds, visits) =
            if within.len() <= 128 { tested::<1>(inner, &within, left) } else { tested::<8>(inner, &within, left) };
        let all_tested = goal_holds.len() == candidates.len();
        let mut holding = BTreeSet::new();
        for (world, holds) in candidates.into_iter().zip(goal_holds) {
            if holds {
                holding.insert(world);
            } else {
                self.found.insert(world);
            }
        }
        self.spend(visits, holding.len()).filter(|()| all_tested).map(|()| holding)
    }

    /// The worlds with one label more, out of a proof that survives in the world; none that contains a cut set.
    fn candidates(&mut self, worlds: &BTreeSet<World>) -> Option<BTreeSet<World>> {
        let mut candidates = BTreeSet::new();
        for world in worlds {
            let (proof, visits) = self.focus.proof(self.region, world);
            self.spend(visits, candidates.len())?;
            for &label in &proof {
                self.seen.insert(label);
                let Err(at) = world.binary_search(&label) else { continue };
                let mut candidate = world.clone();
                candidate.insert(at, label);
                if !contains_any(&candidate, &self.found) {
                    candidates.insert(candidate);
                }
            }
        }
        Some(candidates)
    }

    fn spend(&mut self, rule_visits: u64, worlds: usize) -> Option<()> {
        self.spent += rule_visits;
        (self.spent <= self.limits.rule_visits && self.found.len() + worlds <= self.limits.worlds).then_some(())
    }
}

/// For each world whether the goal holds in it, and how many rules were evaluated; shorter than `worlds` where more
/// than `left` would have been.
fn tested<const W: usize>(region: &Region, worlds: &[World], left: u64) -> (Vec<bool>, u64) {
    let mut lanes = Lanes::<W>::new(region);
    let mut goal_holds = Vec::with_capacity(worlds.len());
    for block in worlds.chunks(Lanes::<W>::WORLDS) {
        if lanes.rule_visits > left {
            break;
        }
        let holds = lanes.evaluate(block.iter().map(Vec::as_slice));
        goal_holds.extend((0..block.len()).map(|lane| holds[lane / 64] >> (lane % 64) & 1 == 1));
    }
    (goal_holds, lanes.rule_visits)
}

/// Whether a set of `found` is a subset of `world`. A world has few subsets, so they are looked up instead of comparing
/// with all that was found.
fn contains_any(world: &[LabelIx], found: &BTreeSet<World>) -> bool {
    (1_u64..1 << world.len()).any(|chosen| {
        let subset: World =
            world.iter().enumerate().filter(|(at, _)| chosen >> at & 1 == 1).map(|(_, &label)| label).collect();
        found.contains(&subset)
    })
}
