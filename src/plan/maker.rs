//! The answer built step by step: what each item brings, and what the problem learns from that.

use std::collections::{BTreeMap, BTreeSet};

use rayon::iter::{IntoParallelRefIterator, ParallelIterator};
use sinew_order::{Instance, ItemIx, OrderError, Placed, Solution, Weeks};

use crate::analysis::{Analysis, Finding};
use crate::model::{ProcessIx, Range, Stack};

use super::budget::Budget;
use super::building::Site;
use super::candidates::{Candidate, CandidateIx, Candidates};
use super::covering::{self, Cover, Trials};
use super::error::PlanError;
use super::fitting::Fitted;
use super::problem::{Origin, Problem, expected_range};
use super::ranges::paybacks;
use super::reach::{End, Goal, Must};
use super::settings::{Settings, Unit};
use super::value::{Account, Change, Exposure};

/// Systems of a stack up to which the findings are looked up after each item; beyond, only before and after all of them.
const FINDINGS_EACH: usize = 300;

/// How often the problem is put again because items together cover a failure that none covers alone.
const MOST_ROUNDS: usize = 4;

/// One item of the plan, in the order in which it is built.
#[derive(Clone, Debug, PartialEq)]
pub struct PlanItem {
    /// What is built, among all candidates.
    pub candidate: CandidateIx,
    /// The same among those that were chosen from.
    pub item: ItemIx,
    /// When work on it begins.
    pub start: Weeks,
    /// When it is finished.
    pub finish: Weeks,
    /// The wave in which it is finished, from 1.
    pub wave: usize,
    /// What changes between the stack before it and the stack with it.
    pub change: Change,
    /// What it earns a year, running cost not taken off.
    pub value: Range<f64>,
    /// Manual flows that are gone with it and whose cost, or hours in a plan of hours, is not known: where there are some, it
    /// earns at least `value`.
    pub unknown: usize,
    /// Time from its start until it has repaid its cost; `None` where it earns nothing by itself.
    pub payback: Option<Weeks>,
    /// Handoff chains and findings that are gone with it, by id; findings only in stacks of at most 300 systems.
    pub removes: Vec<String>,
    /// Findings that come with it, by id; as above.
    pub introduces: Vec<String>,
}

/// What one item of a sequence brings.
pub(super) struct Step {
    /// From before it to after it.
    change: Change,
    /// What it earns a year.
    value: Range<f64>,
    /// Manual flows without figures that are gone.
    unknown: usize,
    removes: Vec<String>,
    introduces: Vec<String>,
}

/// The stack after each item of a sequence, as far as it is told.
pub(super) struct Steps {
    pub(super) each: Vec<Step>,
    /// The stack after all of them, with its account.
    pub(super) last: Option<(Stack, Account)>,
    /// What of the account is first gone after each of them.
    gone: Vec<Vec<Exposure>>,
}

/// The plan and its steps, or why there is none.
pub(super) type Solved = Result<(Fitted, Steps), OrderError>;

/// Whoever builds the plan, with everything that it is built from.
pub(super) struct Maker<'a> {
    pub(super) site: &'a Site<'a>,
    pub(super) found: &'a Candidates,
    pub(super) settings: &'a Settings,
    pub(super) runs: &'a (dyn Fn(&str) -> bool + Sync),
    /// Candidates that are asked for by name, to be built or not.
    pub(super) named: &'a BTreeSet<&'a str>,
    pub(super) budget: &'a Budget,
}

impl Maker<'_> {
    /// Solves the problem for a plan that keeps to `goal` and builds the answer step by step. Where the steps earn more than the
    /// problem knew, because items cover a failure together, the problem learns it and is solved again.
    pub(super) fn solved(
        &self,
        problem: &mut Problem,
        (must, goal): (&mut Must<'_>, &Goal),
        account: &Account,
        trials: &mut Trials,
    ) -> Result<Solved, PlanError> {
        let mut left = self.budget.order;
        let mut later = Trials::most(self.budget.trials);
        for round in 1.. {
            let fitted = match must.settle(problem, goal, &|_| {}, &mut left)? {
                End::Found(fitted, _) => *fitted,
                End::Unmet(error) | End::Unsettled(error) => return Ok(Err(error)),
            };
            let order: Vec<ItemIx> = fitted.solution.plan.items.iter().map(|placed| placed.item).collect();
            let steps = self.steps(problem, &order, account);
            let learned = self.unknown_ways(problem, &order, &steps, account, &mut later);
            if learned.is_empty() || round >= MOST_ROUNDS {
                trials.join(&later);
                return Ok(Ok((fitted, steps)));
            }
            self.learn(problem, learned);
        }
        unreachable!("the rounds are bounded")
    }

    /// Whether findings are looked up after each item.
    fn looks(&self) -> bool {
        self.site.analysis.stack.systems.len() <= FINDINGS_EACH
    }

    /// What each item of `order` brings.
    fn steps(&self, problem: &Problem, order: &[ItemIx], account: &Account) -> Steps {
        let mut steps = Steps { each: Vec::new(), last: None, gone: Vec::new() };
        let mut before = After {
            account: account.clone(),
            worth: 0.0,
            seen: Seen::of(self.site.analysis, self.looks()),
            stack: None,
        };
        let counts: Vec<usize> = (1..=order.len()).collect();
        // As many stacks are held at once as there are cores.
        for some in counts.chunks(rayon::current_num_threads()) {
            let after = |count: &usize| self.after(problem, &order[..*count], *count == order.len(), account);
            let after: Vec<After> = some.par_iter().map(after).collect();
            for now in after {
                let change = Change::between(&before.account, &now.account, now.worth - before.worth, self.settings);
                let gone = before.account.without_those_of(&now.account);
                steps.each.push(Step {
                    value: self.value_range([&before.account, &now.account], &gone, &change),
                    unknown: self.without_figures(&before.account).saturating_sub(self.without_figures(&now.account)),
                    removes: before.seen.gone_in(&now.seen),
                    introduces: now.seen.findings.difference(&before.seen.findings).cloned().collect(),
                    change,
                });
                steps.gone.push(gone);
                before = now;
            }
        }
        steps.last = before.stack.map(|stack| (stack, before.account));
        steps
    }

    /// What comes of building these items; with the stack itself where they are all of them.
    fn after(&self, problem: &Problem, order: &[ItemIx], is_last: bool, today: &Account) -> After {
        let candidates: Vec<&Candidate> = order.iter().map(|item| &self.found[problem.items[*item]]).collect();
        let built = self.site.build(&candidates);
        let worth = self.site.worth(&built);
        let analysis = Analysis::of(&built.stack);
        // Where no failure costs anything, none has to be looked at again.
        let account = if !today.outages.is_empty() || is_last {
            Account::of(&analysis, self.runs)
        } else {
            Account { handoffs: analysis.handoffs().total, ..today.clone() }
        };
        let seen = Seen::of(&analysis, self.looks());
        drop(analysis);
        After { account, worth, seen, stack: is_last.then_some(built.stack) }
    }

    /// Failures that the steps cover and the problem does not know to be covered, each with the items that do it.
    fn unknown_ways(
        &self,
        problem: &Problem,
        order: &[ItemIx],
        steps: &Steps,
        account: &Account,
        trials: &mut Trials,
    ) -> Vec<(Exposure, Vec<ItemIx>)> {
        // What is known, by component and process.
        let mut known: BTreeMap<(&str, ProcessIx), Vec<&Vec<ItemIx>>> = BTreeMap::new();
        for gain in &problem.gains {
            if let Origin::Outage(exposure) = &gain.origin {
                for process in &exposure.processes {
                    known.entry((&exposure.component, *process)).or_default().extend(&gain.ways);
                }
            }
        }
        let mut seen: BTreeSet<(&str, ProcessIx)> = BTreeSet::new();
        let cover = Cover { site: self.site, found: self.found, items: &problem.items, account, named: self.named };
        let mut unknown = Vec::new();
        for (count, gone) in (1..).zip(&steps.gone) {
            let built = &order[..count];
            let is_built = |way: &&Vec<ItemIx>| way.iter().all(|item| built.contains(item));
            let mut exposures = Vec::new();
            for Exposure { component, processes } in gone {
                let mut processes = processes.clone();
                // What came with an item was never to be covered; what is gone for the second time is known.
                processes.retain(|process| {
                    let is_new = account.has(component, *process) && seen.insert((component, *process));
                    let ways = known.get(&(component.as_str(), *process));
                    is_new && !ways.is_some_and(|ways| ways.iter().any(is_built))
                });
                if !processes.is_empty() {
                    exposures.push(Exposure { component: component.clone(), processes });
                }
            }
            unknown.extend(covering::together(cover, &exposures, built, trials));
        }
        unknown
    }

    /// The items of the plan, each with what its step brings.
    pub(super) fn items(
        &self,
        instance: &Instance,
        problem: &Problem,
        solution: &Solution,
        steps: Vec<Step>,
    ) -> Vec<PlanItem> {
        let waves = solution.plan.waves(self.settings.wave, instance);
        let paybacks = paybacks(instance, &solution.plan);
        let item = |(placed, step): (&Placed, Step)| PlanItem {
            candidate: problem.items[placed.item],
            item: placed.item,
            start: placed.start,
            finish: placed.finish,
            wave: waves[placed.item].unwrap_or(1),
            change: step.change,
            value: step.value,
            unknown: step.unknown,
            payback: paybacks[placed.item],
            removes: step.removes,
            introduces: step.introduces,
        };
        solution.plan.items.iter().zip(steps).map(item).collect()
    }

    /// Manual flows of which it is not known what they take, in what the plan counts.
    fn without_figures(&self, account: &Account) -> usize {
        match self.settings.unit {
            Unit::Money => account.handoffs.without_cost,
            Unit::Hours => account.handoffs.without_hours,
        }
    }

    /// What a step earns a year as a range: low from the low ends throughout; `gone` is what of the first account the second
    /// has not.
    pub(super) fn value_range(&self, [before, after]: [&Account; 2], gone: &[Exposure], change: &Change) -> Range<f64> {
        let (site, unit) = (self.site, self.settings.unit);
        let stack = site.analysis.stack;
        let handoffs = before.by_hand(unit).zip(after.by_hand(unit), |a, b| a - b);
        let mut outages = Range::exact(-change.outages_added);
        for exposure in gone {
            let of_money = self.settings.of_money;
            outages = outages + expected_range(stack, exposure).map(|money| money.0 * of_money);
        }
        // What is worth something besides is stated per flow; its range is that of the flows that are earned now.
        let worth = change.worth;
        let all = &site.worths;
        let [low, high] = [0, 1].map(|end| {
            let total: f64 = all.iter().map(|(_, value, _)| value.likely.0).sum();
            let ends: f64 = all.iter().map(|(_, value, _)| if end == 0 { value.low.0 } else { value.high.0 }).sum();
            if total > 0.0 { worth * ends / total } else { worth }
        });
        handoffs + outages + Range { low, likely: worth, high }
    }

    fn learn(&self, problem: &mut Problem, learned: Vec<(Exposure, Vec<ItemIx>)>) {
        let stack = self.site.analysis.stack;
        for (exposure, way) in learned {
            let known =
                problem.gains.iter_mut().find(|gain| matches!(&gain.origin, Origin::Outage(one) if *one == exposure));
            match known {
                Some(gain) => gain.ways.push(way),
                None => {
                    problem.gains.push(Problem::gain_of(stack, &exposure, way, self.settings));
                }
            }
        }
    }
}

/// A stack after some items of a sequence.
struct After {
    account: Account,
    worth: f64,
    seen: Seen,
    /// Only after all of them.
    stack: Option<Stack>,
}

/// Chains and findings of one step, by id.
struct Seen {
    chains: BTreeSet<String>,
    findings: BTreeSet<String>,
}

impl Seen {
    fn of(analysis: &Analysis<'_>, looks: bool) -> Self {
        let findings: Vec<Finding> = if looks { analysis.findings() } else { Vec::new() };
        Self {
            chains: analysis.handoffs().chains.iter().map(|chain| chain.id.clone()).collect(),
            findings: findings.into_iter().map(|finding| finding.id).collect(),
        }
    }

    fn gone_in(&self, later: &Self) -> Vec<String> {
        let chains = self.chains.difference(&later.chains);
        chains.chain(self.findings.difference(&later.findings)).cloned().collect()
    }
}
