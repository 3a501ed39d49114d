//! What ways to higher stages ask for, and the first long search for one of them, while the plan itself is searched for.
//!
//! What a set of candidates leaves and what a search finds depend on nothing but what they are given. So whoever asks for the ways later
//! does all as before, one after the other, and finds most of it done: answers are the same on any number of cores. Where the plan
//! teaches something that changes what is asked for, what was done ahead is left aside.

use std::sync::Arc;

use sinew_order::{Memory, Searches};

use super::ahead::{Ahead, has_one_core};
use super::judge::Known;
use super::must::{Goal, Must};
use super::way::part;
use crate::plan::problem::Problem;

/// Somebody who knows what is known before the plan is searched for.
pub(in crate::plan) struct Scout<'a> {
    must: Must<'a>,
    ahead: Ahead<'a>,
    problem: Problem,
    goal: Goal,
    stages: Vec<u8>,
    work: u64,
}

/// What was found ahead.
pub(in crate::plan) struct Scouted {
    seen: Vec<Known>,
    searches: Searches,
}

impl<'a> Must<'a> {
    /// A scout of the ways to `stages`, which have this much `work` together, beside what `goal` asks for; `None` where no way is asked
    /// for, and where no core is free.
    pub(in crate::plan) fn scout(
        &self,
        problem: &Problem,
        goal: &Goal,
        stages: impl Iterator<Item = u8>,
        work: u64,
    ) -> Option<Scout<'a>> {
        if has_one_core() {
            return None;
        }
        let stages: Vec<u8> = stages.collect();
        let ahead = self.ahead(*stages.last()?)?;
        let must = Must {
            judge: self.judge.uncounted(),
            pool: Arc::clone(&self.pool),
            cuts: self.cuts.clone(),
            hopeless: self.hopeless.clone(),
            memory: Memory::for_another(),
            ..*self
        };
        Some(Scout { must, ahead, problem: problem.clone(), goal: goal.clone(), stages, work })
    }

    /// Remembers what a scout found.
    pub(in crate::plan) fn take_up(&mut self, scouted: Scouted) {
        scouted.seen.into_iter().for_each(|seen| self.judge.remember(seen));
        self.memory.take_up(scouted.searches);
    }
}

impl Scout<'_> {
    /// Looks at what the ways ask for first, and searches for the first of them that is another problem than the plan.
    pub(in crate::plan) fn look(self) -> Scouted {
        let Self { mut must, ahead, mut problem, goal, stages, work } = self;
        let seen = ahead.look();
        must.judge.remember(seen);
        let (plain, _) = must.posed(&mut problem, &goal);
        for (later, stage) in (0..stages.len()).rev().zip(stages) {
            let Some((_, goal)) = must.asked_on_the_way(&goal.reaching(stage)) else { break };
            let mut problem = problem.clone();
            let (instance, _) = must.posed(&mut problem, &goal);
            if !Memory::is_one_problem(&plain, &instance) {
                // An error comes again when the way is asked for.
                let _ = must.settle(&mut problem, &goal, &|_| {}, &mut part(work, later));
                break;
            }
        }
        Scouted { seen: must.judge.into_known(), searches: must.memory.searches() }
    }
}
