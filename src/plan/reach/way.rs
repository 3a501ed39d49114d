//! The way to a higher stage: the best plan after which the stack is there, or why there is none.

use std::collections::{BTreeMap, BTreeSet};

use sinew_order::{Instance, OrderError, Weeks};

use super::ahead;
use super::judge::{Asker, Left, Looks, Thing};
use super::missing::missing;
use super::must::{End, Goal, Must};
use super::pool::Set;
use super::smallest::Smallest;
use crate::catalog::words::words;
use crate::plan::candidates::{Candidate, CandidateIx};
use crate::plan::fitting::Fitted;
use crate::plan::making::effort_of;
use crate::plan::problem::Problem;
use crate::plan::situation::Situation;

words! {
    /// Whether a plan reaches a stage.
    Reached {
        /// It does.
        Yes = "yes",
        /// It does if what has to be found out first turns out so.
        IfVerified = "if-verified",
        /// None does.
        No = "no",
    }
}

/// One item on the way.
#[derive(Clone, Debug, PartialEq)]
pub struct WayStep {
    /// What is built.
    pub candidate: Candidate,
    /// Its number in the pool of all that could be built.
    pub(in crate::plan) place: CandidateIx,
    /// Whether it waits for something to be found out.
    pub is_doubtful: bool,
    /// When work on it begins.
    pub start: Weeks,
    /// When it is finished.
    pub finish: Weeks,
    /// Criteria that are met with it and stay so.
    pub closes: Vec<&'static str>,
}

/// What a stage takes: against the plan that need not reach it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Price {
    /// What the plan is worth less within the horizon, in the unit of the plan.
    pub net_value: f64,
    /// Person-days that it takes more; below zero where it takes fewer.
    pub days: f64,
}

/// The best plan that reaches a stage, or why none does.
#[derive(Clone, Debug, PartialEq)]
pub struct Way {
    /// The stage.
    pub stage: u8,
    /// Whether it is reached.
    pub reached: Reached,
    /// Whether the answer is certain; else the search ended before.
    pub is_settled: bool,
    /// What is built, in order; where the stage is not reached, what meets most of what can be met.
    pub steps: Vec<WayStep>,
    /// What the plan is worth within the horizon, in the unit of the plan, what is not verified counting as nothing.
    pub net_value: f64,
    /// How far the bound is above that, as a share of the bound.
    pub gap: f64,
    /// Its price; `None` where no plan reaches the stage.
    pub price: Option<Price>,
    /// The criteria that are not met today and that it asks for, each with the items that do something about it.
    pub criteria: Vec<(&'static str, Vec<String>)>,
    /// Criteria that nothing meets, each with what is missing.
    pub unreachable: Vec<(&'static str, Vec<String>)>,
    /// Criteria of which not all can be met together, as few as possible.
    pub conflict: Vec<&'static str>,
    /// The smallest settings that would do, where those there are do not.
    pub smallest: Option<Smallest>,
}

impl Way {
    /// When the last item is finished that meets a criterion for good; `None` where no item meets any.
    #[must_use]
    pub fn met_at(&self) -> Option<Weeks> {
        self.steps.iter().rfind(|step| !step.closes.is_empty()).map(|step| step.finish)
    }

    /// How many of its items are finished by `until`, and the likely person-days that these take; all where it is `None`.
    #[must_use]
    pub fn done(&self, until: Option<Weeks>) -> (usize, f64) {
        let done = self.steps.iter().filter(|step| until.is_none_or(|until| step.finish <= until));
        done.fold((0, 0.0), |(count, days), step| (count + 1, days + effort_of(&step.candidate).0.likely))
    }
}

/// The plan that need not reach a stage.
#[derive(Clone, Debug, PartialEq)]
pub struct Plain {
    /// What it is worth within the horizon, in the unit of the plan.
    pub net_value: f64,
    /// Its person-days.
    pub days: f64,
}

/// What the search for a way may take of the work that is left, with so many stages `later`: half of it, so that something is left for
/// those.
pub(super) fn part(work: u64, later: usize) -> u64 {
    if later > 0 { work / 2 } else { work }
}

/// Likely person-days of what is built.
pub(in crate::plan) fn days(fitted: &Fitted) -> f64 {
    fitted.solution.plan.items.iter().map(|placed| fitted.instance.items[placed.item].effort.0).sum()
}

impl Plain {
    /// What is compared with `fitted`.
    pub(in crate::plan) fn of(fitted: &Fitted) -> Self {
        Self { net_value: fitted.solution.plan.net_value.0, days: days(fitted) }
    }
}

/// The criteria that things are in the way of, as far as `stage` asks for them.
fn criteria<'t>(things: impl IntoIterator<Item = &'t Thing>, stage: u8) -> BTreeSet<&'static str> {
    let of = |thing: &Thing| match thing.asker {
        Asker::Criterion(asked_by, id) if asked_by <= stage => Some(id),
        _ => None,
    };
    things.into_iter().filter_map(of).collect()
}

impl Must<'_> {
    /// The way to each of `stages`, beside what `goal` asks for anyway; `plain` is the plan that holds no more than that.
    /// `today` is the stack as it is.
    ///
    /// # Errors
    /// Where the problem makes no sense.
    pub(in crate::plan) fn ways(
        &mut self,
        problem: &Problem,
        (goal, plain): (&Goal, &Plain),
        stages: impl IntoIterator<Item = u8>,
        today: &Situation,
        work: &mut u64,
    ) -> Result<Vec<Way>, OrderError> {
        let mut ways = Vec::new();
        let stages: Vec<u8> = stages.into_iter().collect();
        for (later, stage) in (0..stages.len()).rev().zip(&stages) {
            let goal = goal.reaching(*stage);
            let given = part(*work, later);
            let mut left = given;
            ways.push(self.way(&mut problem.clone(), &goal, plain, today, &mut left)?);
            *work -= given - left;
        }
        Ok(ways)
    }

    fn way(
        &mut self,
        problem: &mut Problem,
        goal: &Goal,
        plain: &Plain,
        today: &Situation,
        work: &mut u64,
    ) -> Result<Way, OrderError> {
        let mut way = Way {
            stage: goal.stage,
            reached: Reached::No,
            is_settled: true,
            steps: Vec::new(),
            net_value: plain.net_value,
            gap: 0.0,
            price: None,
            criteria: Vec::new(),
            unreachable: Vec::new(),
            conflict: Vec::new(),
            smallest: None,
        };
        let Some((things, goal)) = self.asked_on_the_way(goal) else {
            return Ok(Way { is_settled: false, ..way });
        };
        let lost: Vec<&Thing> =
            things.iter().filter(|thing| self.hopeless.get(*thing).is_some_and(Vec::is_empty)).collect();
        let is_lost = |id: &&str| criteria(lost.iter().copied(), goal.stage).contains(id);
        let of_lost: Vec<&'static str> = criteria(&things, goal.stage).into_iter().filter(is_lost).collect();
        for id in of_lost {
            let of_it =
                lost.iter().copied().filter(|thing| matches!(thing.asker, Asker::Criterion(_, one) if one == id));
            way.unreachable.push((id, missing(self, today, id, &of_it.collect::<Vec<_>>())));
        }
        match self.settle(problem, &goal, &|_| {}, work)? {
            End::Found(fitted, set) => {
                way.reached = match (way.unreachable.is_empty(), set.iter().any(|ix| self.pool.is_doubtful(*ix))) {
                    (false, _) => Reached::No,
                    (true, true) => Reached::IfVerified,
                    (true, false) => Reached::Yes,
                };
                self.describe(&mut way, &fitted, &self.order(problem, &goal, &fitted), plain);
            }
            End::Unsettled(_) => way.is_settled = false,
            End::Unmet(_) => {
                way.smallest = self.smallest(problem, &goal, work)?;
                if way.smallest.is_none() {
                    way.conflict = self.conflict(problem, &goal, &things, work)?;
                }
                way.is_settled = way.smallest.is_some() || !way.conflict.is_empty();
            }
        }
        Ok(way)
    }

    /// What is in the way of a stage, and the goal of a way to it, in which what is not verified may be where nothing else is; `None`
    /// where trials run out.
    pub(super) fn asked_on_the_way(&mut self, goal: &Goal) -> Option<(BTreeSet<Thing>, Goal)> {
        let things = self.look_up(goal.stage)?;
        let is_doubtful = things.iter().any(|thing| self.hopeless.get(thing).is_some_and(|cuts| !cuts.is_empty()));
        Some((things, Goal { is_doubtful, ..goal.clone() }))
    }

    /// What is in the way of a stage today, with everything that could take it away looked up; `None` where trials run out.
    fn look_up(&mut self, stage: u8) -> Option<BTreeSet<Thing>> {
        let today = Set::new();
        let left = self.judge.left(&self.pool, &today)?;
        let is_asked = |thing: &&Thing| matches!(thing.asker, Asker::Criterion(asked_by, _) if asked_by <= stage);
        let things: BTreeSet<Thing> = left.things.iter().filter(is_asked).cloned().collect();
        let is_known =
            |thing: &&Thing| self.hopeless.contains_key(*thing) || self.cuts.iter().any(|cut| cut.thing == **thing);
        let new: Vec<Thing> = things.iter().filter(|thing| !is_known(thing)).cloned().collect();
        ahead::answers(&self.pool, &mut self.judge, &today, &new, self.alone);
        for thing in &new {
            self.learn(thing, &today)?;
        }
        Some(things)
    }

    /// Writes down what `fitted` builds, in this `order`, and what that does.
    pub(in crate::plan) fn describe(&mut self, way: &mut Way, fitted: &Fitted, order: &[CandidateIx], plain: &Plain) {
        way.net_value = fitted.solution.plan.net_value.0;
        way.gap = fitted.solution.gap();
        // What is not reached has no price.
        let price = Price { net_value: plain.net_value - way.net_value, days: days(fitted) - plain.days };
        way.price = (way.reached != Reached::No).then_some(price);
        let (criteria, closed) = self.closes(order, way.stage);
        way.criteria = criteria;
        let step = |(at, (place, placed)): (usize, (&CandidateIx, &sinew_order::Placed))| WayStep {
            candidate: self.pool.get(*place).clone(),
            place: *place,
            is_doubtful: self.pool.is_doubtful(*place),
            start: placed.start,
            finish: placed.finish,
            closes: closed.get(&at).cloned().unwrap_or_default(),
        };
        way.steps = order.iter().zip(&fitted.solution.plan.items).enumerate().map(step).collect();
    }

    /// Of the items built in this order: for each criterion up to `stage` that is not met today those that take something out of its
    /// way, and by the place of each item the criteria that are met from it on.
    #[expect(clippy::type_complexity, reason = "two lists that are made in one pass")]
    pub(in crate::plan) fn closes(
        &mut self,
        order: &[CandidateIx],
        stage: u8,
    ) -> (Vec<(&'static str, Vec<String>)>, BTreeMap<usize, Vec<&'static str>>) {
        let mut items: BTreeMap<&'static str, Vec<String>> = BTreeMap::new();
        let mut met_at: BTreeMap<&'static str, usize> = BTreeMap::new();
        let mut built = Set::new();
        ahead::steps(&self.pool, &mut self.judge, order);
        let Some(mut before) = self.judge.left(&self.pool, &built) else { return Default::default() };
        for id in criteria(&before.things, stage) {
            items.insert(id, Vec::new());
        }
        for (at, ix) in order.iter().enumerate() {
            built.insert(*ix);
            let Some(after) = self.judge.left(&self.pool, &built) else { break };
            for id in criteria(gone(&before, &after), stage) {
                items.entry(id).or_default().push(self.pool.get(*ix).id.clone());
            }
            let open = criteria(&after.things, stage);
            met_at.retain(|id, _| !open.contains(id));
            for id in criteria(&before.things, stage).difference(&open) {
                met_at.insert(id, at);
            }
            before = after;
        }
        let mut closed: BTreeMap<usize, Vec<&'static str>> = BTreeMap::new();
        met_at.into_iter().for_each(|(id, at)| closed.entry(at).or_default().push(id));
        (items.into_iter().collect(), closed)
    }

    /// As few criteria as possible of which not all can be met, whatever the settings: each is left out as long as what is left cannot
    /// be met without it either. None where that is not known for want of work.
    fn conflict(
        &mut self,
        problem: &mut Problem,
        goal: &Goal,
        things: &BTreeSet<Thing>,
        work: &mut u64,
    ) -> Result<Vec<&'static str>, OrderError> {
        let free = |instance: &mut Instance| super::smallest::counting_work(instance);
        if !matches!(self.settle(problem, goal, &free, work)?, End::Unmet(_)) {
            return Ok(Vec::new());
        }
        let (mut goal, mut kept) = (goal.clone(), BTreeSet::new());
        // What was not in the way today may be found to be on the way.
        let asked = |must: &Self, seen: &Goal, kept: &BTreeSet<&'static str>| {
            let all = things.iter().chain(must.cuts.iter().map(|cut| &cut.thing));
            criteria(all, seen.stage).into_iter().find(|id| !seen.ignored.contains(id) && !kept.contains(id))
        };
        while let Some(id) = asked(self, &goal, &kept) {
            goal.ignored.insert(id);
            if !matches!(self.settle(problem, &goal, &free, work)?, End::Unmet(_)) {
                goal.ignored.remove(id);
                kept.insert(id);
            }
        }
        Ok(kept.into_iter().collect())
    }
}

/// What was in the way before and is no more.
fn gone<'l>(before: &'l Left, after: &'l Left) -> impl Iterator<Item = &'l Thing> {
    before.things.iter().filter(|thing| !after.has(thing))
}
