//! Plans that must hold something: cuts become requirements of the problem, one after the other, until the stack after the plan has
//! nothing in the way that it must not have.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use sinew_order::{Effort, Index, Instance, ItemIx, Memory, OrderError, Requirement};

use super::ahead::{self, Ahead};
use super::cut::{Answer, Cut, answer};
use super::judge::{Asker, Judge, Looks, Thing};
use super::pool::{Pool, Set};
use crate::plan::candidates::{CandidateIx, Candidates};
use crate::plan::fitting::{Fitted, fitted};
use crate::plan::problem::{Problem, item};
use crate::plan::settings::{Options, Settings};

/// Problems that are solved until a plan holds what it must.
const MOST_SOLVED: usize = 40;

/// The work of a search for a way is a whole number of these: a little more or less before it makes no other search.
const STEP: u64 = 60_000_000;

/// What a plan must hold.
#[derive(Clone, Debug, Default)]
pub(in crate::plan) struct Goal {
    /// Findings that are answered, by id.
    pub(super) obligations: BTreeSet<String>,
    /// The stage that is reached; 0 for none.
    pub(super) stage: u8,
    /// Whether what is not verified may be built as well.
    pub(super) is_doubtful: bool,
    /// Candidates that are in it.
    pub(super) items: Vec<CandidateIx>,
    /// Criteria that it need not meet.
    pub(super) ignored: BTreeSet<&'static str>,
}

impl Goal {
    fn asks(&self, asker: &Asker) -> bool {
        match asker {
            Asker::Finding(id) => self.obligations.contains(id),
            Asker::Criterion(asked_by, id) => *asked_by <= self.stage && !self.ignored.contains(id),
        }
    }

    /// The same, and the plan reaches `stage`.
    pub(in crate::plan) fn reaching(&self, stage: u8) -> Self {
        Self { stage, ..self.clone() }
    }

    /// The same, and the plan holds these candidates.
    pub(in crate::plan) fn holding(&self, items: Vec<CandidateIx>) -> Self {
        Self { items, ..self.clone() }
    }
}

/// How a search for a plan that holds what it must ended.
pub(in crate::plan) enum End {
    /// With the best plan, and what it builds.
    Found(Box<Fitted>, Set),
    /// There is none, for this reason.
    Unmet(OrderError),
    /// For want of trials or work.
    Unsettled(OrderError),
}

/// Everything that plans may have to hold, as far as it is known.
pub(in crate::plan) struct Must<'a> {
    pub(super) found: &'a Candidates,
    pub(super) settings: &'a Settings,
    pub(super) options: &'a Options,
    pub(super) pool: Arc<Pool>,
    pub(super) judge: Judge<'a>,
    /// Whether so much is asked that each candidate is looked at by itself first.
    pub(super) alone: bool,
    /// In the order in which they were found.
    pub(super) cuts: Vec<Cut>,
    /// What nothing verified takes away, with the cuts of what is not verified.
    pub(super) hopeless: BTreeMap<Thing, Vec<Cut>>,
    /// The problems that were solved.
    pub(super) memory: Memory,
}

impl<'a> Must<'a> {
    /// What ways up to this stage ask for first, to be looked at while the plan is searched for; `None` where nobody looked at today.
    pub(super) fn ahead(&self, stage: u8) -> Option<Ahead<'a>> {
        let today = self.judge.known().into_iter().find_map(|known| known.get(&Set::new()))?;
        let is_asked = |thing: &&Thing| matches!(thing.asker, Asker::Criterion(by, _) if by <= stage);
        let things = today.things.iter().filter(is_asked).cloned().collect();
        Some(Ahead::of(&self.pool, &self.judge, things, self.alone))
    }
}

impl Must<'_> {
    /// Looks for what `set`, which leaves `thing` in the way, does not keep to; whether anything new was found.
    pub(super) fn learn(&mut self, thing: &Thing, set: &Set) -> Option<bool> {
        match answer(&self.pool, &mut self.judge, set, thing, self.alone)? {
            Answer::Cuts(cuts) => Some(self.add(cuts)),
            Answer::Hopeless(cuts) => Some(self.hopeless.insert(thing.clone(), cuts).is_none()),
        }
    }

    fn add(&mut self, cuts: Vec<Cut>) -> bool {
        let before = self.cuts.len();
        for cut in cuts {
            if !self.cuts.contains(&cut) {
                self.cuts.push(cut);
            }
        }
        self.cuts.len() > before
    }

    /// The cuts that a plan for `goal` has to keep to.
    fn asked(&self, goal: &Goal) -> Vec<&Cut> {
        let is_criterion = |cut: &&Cut| matches!(cut.thing.asker, Asker::Criterion(..));
        let doubtful = self.hopeless.values().flatten().filter(|cut| goal.is_doubtful && is_criterion(cut));
        self.cuts.iter().chain(doubtful).filter(|cut| goal.asks(&cut.thing.asker)).collect()
    }

    /// Puts all that a plan for `goal` could need into the problem.
    fn place(&self, problem: &mut Problem, goal: &Goal) {
        let asked: Vec<CandidateIx> =
            self.asked(goal).into_iter().flat_map(|cut| &cut.any).chain(&goal.items).copied().collect();
        let all = self.pool.with(&Set::new(), &asked);
        for ix in all.into_iter().filter(|ix| !self.pool.is_doubtful(*ix)) {
            if !problem.items.iter().any(|known| *known == ix) {
                problem.items.push(ix);
            }
        }
    }

    /// The problem with what it must hold, and the candidate of each item.
    fn numbers(&self, problem: &Problem, goal: &Goal) -> (Instance, Vec<CandidateIx>) {
        let mut instance = problem.in_numbers(self.found, self.settings, self.options);
        let mut of: Vec<CandidateIx> = problem.items.iter().copied().collect();
        let asked = self.asked(goal);
        let more = asked.iter().flat_map(|cut| &cut.any).copied();
        let more = self.pool.with(&Set::new(), &more.collect::<Vec<_>>());
        of.extend(more.into_iter().filter(|ix| self.pool.is_doubtful(*ix)));
        let place: BTreeMap<CandidateIx, ItemIx> =
            of.iter().enumerate().map(|(at, ix)| (*ix, ItemIx::new(at))).collect();
        for ix in &of[problem.items.len()..] {
            let mut added = item(self.pool.get(*ix), self.settings);
            let needs = self.pool.closure(*ix).iter().filter(|need| *need != ix);
            added.needs = needs.filter_map(|need| place.get(need).copied()).collect();
            instance.items.push(added);
        }
        let places = |all: &[CandidateIx]| all.iter().filter_map(|ix| place.get(ix).copied()).collect();
        let requirement = |cut: &&Cut| Requirement {
            any: places(&cut.any),
            where_all: places(&cut.where_all),
            first: matches!(cut.thing.asker, Asker::Finding(_)) && cut.where_all.is_empty(),
        };
        // What is not among the items is in no plan.
        let can_be = |cut: &&&Cut| cut.where_all.iter().all(|ix| place.contains_key(ix));
        let mut requirements: Vec<Requirement> = asked.iter().filter(can_be).map(requirement).collect();
        let held = goal.items.iter().map(|ix| Requirement { any: places(&[*ix]), where_all: Vec::new(), first: false });
        requirements.extend(held);
        requirements.sort_by(|a, b| (&a.any, &a.where_all, b.first).cmp(&(&b.any, &b.where_all, a.first)));
        requirements.dedup_by(|later, first| later.any == first.any && later.where_all == first.where_all);
        instance.requirements = requirements;
        (instance.within_bounds(), of)
    }

    /// The problem of a plan for `goal`: all that it could need is in `problem` then.
    pub(super) fn posed(&self, problem: &mut Problem, goal: &Goal) -> (Instance, Vec<CandidateIx>) {
        self.place(problem, goal);
        self.numbers(problem, goal)
    }

    /// The candidates that `fitted` builds, in order.
    pub(in crate::plan) fn order(&self, problem: &Problem, goal: &Goal, fitted: &Fitted) -> Vec<CandidateIx> {
        let (_, of) = self.numbers(problem, goal);
        fitted.solution.plan.items.iter().map(|placed| of[placed.item.place()]).collect()
    }

    /// The best plan for `goal` of the problem, as `change` makes it; takes no more from `work` than it has.
    ///
    /// # Errors
    /// Where the problem makes no sense.
    pub(in crate::plan) fn settle(
        &mut self,
        problem: &mut Problem,
        goal: &Goal,
        change: &dyn Fn(&mut Instance),
        work: &mut u64,
    ) -> Result<End, OrderError> {
        for _ in 0..MOST_SOLVED {
            let (mut instance, of) = self.posed(problem, goal);
            change(&mut instance);
            // What one search leaves is for those after it; the first has most of it, since it mostly is the last.
            // Of a plan a quarter, since what its steps teach is looked for again.
            let share = if goal.stage == 0 { 1 } else { 3 };
            let most = *work / 4 * share;
            let most = if goal.stage > 0 && most > STEP { most - most % STEP } else { most };
            let effort = Effort { work: most, ..Effort::default() };
            let pool = &self.pool;
            let of_item = |item: ItemIx| pool.get(of[item.place()]);
            let fitted = match fitted(instance, effort, &of_item, &mut self.memory) {
                Ok(fitted) => fitted,
                Err(
                    error @ (OrderError::RequirementsUnmet
                    | OrderError::ForcedBeyondHorizon
                    | OrderError::ForcedOverBudget),
                ) => return Ok(End::Unmet(error)),
                Err(OrderError::NoneFound) => return Ok(End::Unsettled(OrderError::NoneFound)),
                Err(error) => return Err(error),
            };
            *work -= fitted.work.min(*work);
            let set: Set = fitted.solution.plan.items.iter().map(|placed| of[placed.item.place()]).collect();
            match self.learn_from(&set, goal) {
                // Obligations are held then, though nobody looked at what they leave.
                None if goal.stage == 0 => return Ok(End::Found(Box::new(fitted), set)),
                None => return Ok(End::Unsettled(OrderError::NoneFound)),
                Some(true) => {}
                Some(false) => return Ok(End::Found(Box::new(fitted), set)),
            }
        }
        Ok(End::Unsettled(OrderError::NoneFound))
    }

    /// Looks at what is in the way of `goal` after `set` is built; whether something has to be changed. `None` where that is
    /// not known for want of trials.
    fn learn_from(&mut self, set: &Set, goal: &Goal) -> Option<bool> {
        if goal.obligations.is_empty() && goal.stage == 0 {
            return Some(false);
        }
        let left = self.judge.left(&self.pool, set)?;
        let is_lost = |thing: &Thing| {
            let is_finding = matches!(thing.asker, Asker::Finding(_));
            self.hopeless.get(thing).is_some_and(|cuts| is_finding || !goal.is_doubtful || cuts.is_empty())
        };
        let open = left.things.iter().filter(|thing| goal.asks(&thing.asker) && !is_lost(thing));
        let open: Vec<Thing> = open.cloned().collect();
        ahead::answers(&self.pool, &mut self.judge, set, &open, self.alone);
        let mut has_learned = false;
        for thing in &open {
            has_learned |= self.learn(thing, set)?;
        }
        match (open.is_empty(), has_learned) {
            (true, _) => Some(false),
            (false, true) => Some(true),
            (false, false) => None,
        }
    }
}
