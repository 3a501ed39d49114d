//! The plan of a stack: candidates found, chosen and put in order, built as trials, and analyzed again.

use std::collections::{BTreeMap, BTreeSet};

use sinew_order::departures::{Departure, Reason, departures};
use sinew_order::uncertainty::{self, AssumptionIx, Uncertainty};
use sinew_order::{Effort, Index, Instance, ItemIx, List, Money, Placed, Solution, Weeks};

use crate::analysis::{Analysis, Assumption, Finding, handoffs};
use crate::model::{ProcessIx, Range, Stack};

use super::budget::Budget;
use super::building::{Site, Trace};
use super::candidates::{
    Candidate, CandidateIx, Candidates, Context, Point, PointIx, Subject, Unverified, candidates, points,
};
use super::covering::{self, Cover, Trials};
use super::effort::{defaults, sum};
use super::error::PlanError;
use super::fitting::{Fitted, fitted};
use super::gap::{GapIx, answers, gaps};
use super::link::{Link, LinkIx, links};
use super::problem::{LEAST_EFFORT, Origin, Problem, find, problem};
use super::quota::QuotaUse;
use super::ranges::{Ranges, paybacks};
use super::settings::{Options, Settings};
use super::situation::Situation;
use super::value::{Account, Change, Exposure};

/// Systems of a stack up to which the findings are looked up after each item; beyond, only before and after all of them.
const FINDINGS_EACH: usize = 300;

/// How often the problem is put again because items together cover a failure that none covers alone.
const MOST_ROUNDS: usize = 4;

/// Options that are not verified and that are given a value: each takes a stack that is built and analyzed.
const MOST_DOUBTFUL: usize = 24;

/// How much more an entry of a stack that is built and analyzed takes than an item at a node of the search.
const BUILT: usize = 8;

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
    /// Time from its start until it has repaid its cost; `None` where it earns nothing by itself.
    pub payback: Option<Weeks>,
    /// Handoff chains and findings that are gone with it, by id; findings only in stacks of at most 300 systems.
    pub removes: Vec<String>,
    /// Findings that come with it, by id; as above.
    pub introduces: Vec<String>,
}

/// What building something that is not verified would bring, after all items of the plan.
#[derive(Clone, Debug, PartialEq)]
pub struct Doubtful {
    /// Its place among [`Candidates::unverified`].
    pub place: usize,
    /// What it would earn a year, running cost not taken off; `None` where that was not looked at.
    pub value: Option<Range<f64>>,
}

/// The plan of a stack.
#[derive(Clone, Debug)]
pub struct Plan {
    /// How it was made.
    pub settings: Settings,
    /// What could be joined.
    pub links: List<LinkIx, Link>,
    /// Whether all that could be joined was looked at.
    pub is_whole: bool,
    /// Single points of failure.
    pub points: List<PointIx, Point>,
    /// What the rules find today and nobody accepted.
    pub gaps: List<GapIx, Finding>,
    /// What a candidate for each of them is for.
    pub answers: List<GapIx, Vec<Subject>>,
    /// Everything that could be built, and what cannot.
    pub candidates: Candidates,
    /// What could be built once something is found out, outside of the value of the plan: by value for each person-day of
    /// finding out, then by id.
    pub doubtful: Vec<Doubtful>,
    /// What was chosen from.
    pub problem: Problem,
    /// The same in numbers.
    pub instance: Instance,
    /// Chosen items with their start, and the bound on what any plan can gain.
    pub solution: Solution,
    /// What is built, in order.
    pub items: Vec<PlanItem>,
    /// What the items together do to quotas, by system; below zero is left where no plan was found that fits.
    pub quotas: Vec<QuotaUse>,
    /// Money within the horizon, from the analyzes of every step.
    pub net_value: Money,
    /// Where it differs from WSJF order.
    pub departures: Vec<Departure>,
    /// The stack as it will be.
    pub target: Stack,
    /// Systems that it has and the stack has not, by id.
    pub adopted: Vec<String>,
    /// What happens to its flows, by id.
    pub traces: BTreeMap<String, Trace>,
    /// The stack as it is, judged.
    pub before: Situation,
    /// The stack as it will be, judged.
    pub after: Situation,
    /// The numbers that are ranges.
    pub ranges: List<AssumptionIx, uncertainty::Assumption>,
    /// What the plan is worth when they are not the likely ones; `None` where no samples were asked for.
    pub uncertainty: Option<Uncertainty>,
    /// What it takes for granted, by key.
    pub assumptions: Vec<Assumption>,
    /// The work that it took, counted: for each stack that was built and analyzed its entries, eight times, and for each node
    /// of the search the items to choose from. One such unit takes some microseconds.
    pub work: usize,
}

impl Plan {
    /// Plans for the analyzed stack.
    ///
    /// # Errors
    /// Where an item is asked for that does not exist or cannot be built, or the settings make no sense.
    pub fn of(analysis: &Analysis<'_>, options: &Options) -> Result<Self, PlanError> {
        Self::within(analysis, options, &Budget::of(analysis.stack))
    }

    /// As [`Self::of`], looking at no more than `budget` allows.
    ///
    /// # Errors
    /// As [`Self::of`].
    pub fn within(analysis: &Analysis<'_>, options: &Options, budget: &Budget) -> Result<Self, PlanError> {
        let settings = Settings::of(analysis.stack, options);
        let (links, is_whole) = links(analysis, budget.links);
        let (points, has_all_points) = points(analysis.outages(), budget.points);
        let site = Site::of(analysis, &links);
        let runs = |process: &str| analysis.stack.find_process(process).is_some_and(|ix| analysis.runs(ix));
        let account = Account::of(analysis, &runs);
        let before = Situation::of(analysis, &account);
        let gaps = gaps(&before.findings);
        let context = Context::of(analysis, &links);
        let answers = answers(analysis, &links, &points, &gaps);
        let found = candidates(&context, &links, &points, &gaps, &answers, &before.standing.criteria, budget);
        let forced: BTreeSet<&str> = options.with.iter().map(String::as_str).collect();
        let named: BTreeSet<&str> = options.with.iter().chain(&options.without).map(String::as_str).collect();
        let mut trials = Trials::most(budget.trials);
        let mut problem = problem(&site, &found, [&forced, &named], &account, &settings, &mut trials);
        check_names(&found.all, &problem, options)?;
        let maker =
            Maker { site: &site, found: &found, settings: &settings, options, runs: &runs, named: &named, budget };
        let (Fitted { instance, solution, quotas, .. }, steps) = maker.solved(&mut problem, &account, &mut trials)?;
        let mut departures = departures(&instance, &solution)?;
        for departure in &mut departures {
            let id = &found[problem.items[departure.item]].id;
            if departure.reasons == [Reason::Forced] && !options.with.contains(id) && !options.without.contains(id) {
                departure.reasons = vec![Reason::Quota];
            }
        }
        let items = maker.items(&instance, &problem, &solution, steps.each);
        let built: Vec<&Candidate> = items.iter().map(|item| &found[item.candidate]).collect();
        let on_site = site.build(&built);
        let traces = site.traces(&built, &on_site);
        let after = match &steps.last {
            Some((stack, account)) => Situation::of(&Analysis::of(stack), account),
            None => before.clone(),
        };
        let last = steps.last.as_ref().map_or(&account, |(_, account)| account);
        let (doubtful, is_all_priced) = maker.doubtful(&built, last, site.worth(&on_site));
        let target = steps.last.map_or_else(|| analysis.stack.clone(), |(stack, _)| stack);
        let is_new = |id: &&str| analysis.stack.find_system(id).is_none();
        let adopted =
            target.systems.iter().map(|system| system.id.as_str()).filter(is_new).map(str::to_owned).collect();
        let ranges = Ranges::of(analysis, &found, &problem, &instance, &settings);
        let order: Vec<ItemIx> = solution.plan.items.iter().map(|placed| placed.item).collect();
        let uncertainty = (options.samples > 0).then(|| ranges.uncertainty(&order, options, budget));
        let ranges = ranges.assumptions;
        let stated = problem.in_numbers(&found, &settings, options);
        let is_bounded = stated.clone().within_bounds() != stated;
        let limits = Limits {
            is_whole,
            has_all_points,
            is_bounded,
            is_all_priced,
            trials: &trials,
            uncertainty: uncertainty.as_ref(),
        };
        let mut assumptions = assumptions(&settings, &found, &items, &before, options, limits);
        assumptions.extend(quotas.iter().filter_map(overrun));
        let net_value = solution.plan.net_value;
        let work =
            BUILT * (site.count_built() + 2) * analysis.stack.count_entries() + solution.nodes * problem.items.len();
        Ok(Self {
            work,
            settings,
            links,
            is_whole,
            points,
            gaps,
            answers,
            candidates: found,
            doubtful,
            problem,
            instance,
            solution,
            items,
            quotas,
            net_value,
            departures,
            target,
            adopted,
            traces,
            before,
            after,
            ranges,
            uncertainty,
            assumptions,
        })
    }

    /// The candidate of an item.
    #[must_use]
    pub fn candidate(&self, item: &PlanItem) -> &Candidate {
        &self.candidates[item.candidate]
    }

    /// The item of the plan with this id.
    #[must_use]
    pub fn find(&self, id: &str) -> Option<&PlanItem> {
        self.items.iter().find(|item| self.candidate(item).id == id)
    }

    /// The item that a candidate is, if it was among those that were chosen from.
    #[must_use]
    pub fn item_of(&self, candidate: &Candidate) -> Option<ItemIx> {
        self.problem.items.position(|at| self.candidates[*at].id == candidate.id)
    }
}

/// What one item of a sequence brings.
struct Step {
    /// From before it to after it.
    change: Change,
    /// What it earns a year.
    value: Range<f64>,
    removes: Vec<String>,
    introduces: Vec<String>,
}

/// The stack after each item of a sequence, as far as it is told: no two of those stacks are held at once.
struct Steps {
    each: Vec<Step>,
    /// The stack after all of them, with its account.
    last: Option<(Stack, Account)>,
    /// What of the account is first gone after each of them.
    gone: Vec<Vec<Exposure>>,
}

struct Maker<'a> {
    site: &'a Site<'a>,
    found: &'a Candidates,
    settings: &'a Settings,
    options: &'a Options,
    runs: &'a dyn Fn(&str) -> bool,
    /// Candidates that are asked for by name, to be built or not.
    named: &'a BTreeSet<&'a str>,
    budget: &'a Budget,
}

impl Maker<'_> {
    /// Solves the problem and builds the answer step by step. Where the steps earn more than the problem knew, because
    /// items cover a failure together, the problem learns it and is solved again.
    fn solved(
        &self,
        problem: &mut Problem,
        account: &Account,
        trials: &mut Trials,
    ) -> Result<(Fitted, Steps), PlanError> {
        let mut left = self.budget.order;
        let mut later = Trials::most(self.budget.trials);
        for round in 1.. {
            let instance = problem.instance(self.found, self.settings, self.options);
            let of_item = |item: ItemIx| &self.found[problem.items[item]];
            // What a round leaves is for those after it; the first has most of it, since it mostly is the last.
            let effort = Effort { work: left / 2, ..Effort::default() };
            let fitted = fitted(instance, effort, &of_item)?;
            left -= fitted.work.min(left);
            let order: Vec<ItemIx> = fitted.solution.plan.items.iter().map(|placed| placed.item).collect();
            let steps = self.steps(problem, &order, account);
            let learned = self.unknown_ways(problem, &order, &steps, account, &mut later);
            if learned.is_empty() || round >= MOST_ROUNDS {
                trials.join(&later);
                return Ok((fitted, steps));
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
        // Where no failure costs anything, none has to be looked at again.
        let has_outages = !account.outages.is_empty();
        let mut steps = Steps { each: Vec::new(), last: None, gone: Vec::new() };
        let today = Account::clone(account);
        let mut before = (today, 0.0, Seen::of(self.site.analysis, self.looks()));
        for count in 1..=order.len() {
            let candidates: Vec<&Candidate> =
                order[..count].iter().map(|item| &self.found[problem.items[*item]]).collect();
            let built = self.site.build(&candidates);
            let worth = self.site.worth(&built);
            let analysis = Analysis::of(&built.stack);
            let is_last = count == order.len();
            let now = if has_outages || is_last {
                Account::of(&analysis, self.runs)
            } else {
                Account { handoffs: analysis.handoffs.total, ..account.clone() }
            };
            let seen = Seen::of(&analysis, self.looks());
            let (old, old_worth, old_seen) = &before;
            let change = Change::between(old, &now, worth - old_worth, self.settings);
            let gone = old.without_those_of(&now);
            steps.each.push(Step {
                value: self.value_range([old, &now], &gone, &change),
                removes: old_seen.gone_in(&seen),
                introduces: seen.findings.difference(&old_seen.findings).cloned().collect(),
                change,
            });
            steps.gone.push(gone);
            if is_last {
                drop(analysis);
                steps.last = Some((built.stack, now));
                return steps;
            }
            before = (now, worth, seen);
        }
        steps
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

    fn items(&self, instance: &Instance, problem: &Problem, solution: &Solution, steps: Vec<Step>) -> Vec<PlanItem> {
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
            payback: paybacks[placed.item],
            removes: step.removes,
            introduces: step.introduces,
        };
        solution.plan.items.iter().zip(steps).map(item).collect()
    }
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
            chains: analysis.handoffs.chains.iter().map(|chain| chain.id.clone()).collect(),
            findings: findings.into_iter().map(|finding| finding.id).collect(),
        }
    }

    fn gone_in(&self, later: &Self) -> Vec<String> {
        let chains = self.chains.difference(&later.chains);
        chains.chain(self.findings.difference(&later.findings)).cloned().collect()
    }
}

impl Maker<'_> {
    /// What a step earns a year as a range: low from the low ends throughout; `gone` is what of the first account the second
    /// has not.
    fn value_range(&self, [before, after]: [&Account; 2], gone: &[Exposure], change: &Change) -> Range<f64> {
        let (site, unit) = (self.site, self.settings.unit);
        let stack = site.analysis.stack;
        let handoffs = before.by_hand(unit).zip(after.by_hand(unit), |a, b| a - b);
        let mut outages = Range::exact(-change.outages_added);
        for exposure in gone {
            let of_money = self.settings.of_money;
            outages = outages + super::problem::expected_range(stack, exposure).map(|money| money.0 * of_money);
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

impl Maker<'_> {
    /// What each option that is not verified would bring after the items that are `built`, whose account is `before` and
    /// which are worth `worth` besides; and whether each was looked at.
    fn doubtful(&self, built: &[&Candidate], before: &Account, worth: f64) -> (Vec<Doubtful>, bool) {
        let stack = self.site.analysis.stack;
        let by_hand = |one: &Unverified| -> f64 {
            let links = one.candidate.subjects.iter().filter_map(|subject| match subject {
                Subject::Link(at) => Some(&self.site.links[*at]),
                _ => None,
            });
            let steps =
                links.flat_map(|link| &link.steps).filter_map(|step| handoffs::effort(stack, stack.flow(*step)));
            steps.map(|effort| effort.hours.likely.0).sum()
        };
        let all = &self.found.unverified;
        let mut order: Vec<(f64, usize)> = all.iter().enumerate().map(|(at, one)| (by_hand(one), at)).collect();
        order.sort_by(|(a, one), (b, other)| b.total_cmp(a).then(one.cmp(other)));
        let priced = MOST_DOUBTFUL.min(self.budget.trials);
        let mut found: Vec<(f64, Doubtful)> = Vec::new();
        for (rank, (_, place)) in order.into_iter().enumerate() {
            let one = &all[place];
            let value = (rank < priced).then(|| self.value_of(&one.candidate, built, before, worth));
            let days: f64 = one.checks.iter().map(|check| sum(&check.effort).likely).sum();
            let rate = value.map_or(0.0, |value| value.likely / days.max(LEAST_EFFORT));
            found.push((rate, Doubtful { place, value }));
        }
        found.sort_by(|(a, one), (b, other)| b.total_cmp(a).then(one.place.cmp(&other.place)));
        (found.into_iter().map(|(_, one)| one).collect(), all.len() <= priced)
    }

    /// What a candidate earns a year when it comes, with what it needs, after those that are `built`.
    fn value_of(&self, one: &Candidate, built: &[&Candidate], before: &Account, worth: f64) -> Range<f64> {
        let needs = one.needs.iter().filter_map(|need| find(&self.found.all, need));
        let more = needs.filter(|need| !built.iter().any(|known| known.id == need.id)).chain([one]);
        let all: Vec<&Candidate> = built.iter().copied().chain(more).collect();
        let target = self.site.build(&all);
        let now = Account::of(&Analysis::of(&target.stack), self.runs);
        let change = Change::between(before, &now, self.site.worth(&target) - worth, self.settings);
        let gone = before.without_those_of(&now);
        self.value_range([before, &now], &gone, &change)
    }
}

/// Items that are asked for by name must be there, and those asked for must be buildable.
fn check_names(all: &[Candidate], problem: &Problem, options: &Options) -> Result<(), PlanError> {
    for id in options.with.iter().chain(&options.without) {
        let at = all.iter().position(|one| one.id == *id).ok_or_else(|| PlanError::UnknownName {
            item: id.clone(),
            near: crate::source::nearest(id, all.iter().map(|one| one.id.as_str())).map(str::to_owned),
        })?;
        if options.with.contains(id) && !problem.items.iter().any(|item| *item == CandidateIx::new(at)) {
            return Err(PlanError::NotBuildable { item: id.clone(), why: all[at].obstacles.join("; ") });
        }
    }
    Ok(())
}

/// Where looking was stopped.
#[derive(Clone, Copy)]
struct Limits<'a> {
    is_whole: bool,
    has_all_points: bool,
    is_bounded: bool,
    is_all_priced: bool,
    trials: &'a Trials,
    uncertainty: Option<&'a Uncertainty>,
}

fn assumptions(
    settings: &Settings,
    candidates: &Candidates,
    items: &[PlanItem],
    before: &Situation,
    options: &Options,
    limits: Limits<'_>,
) -> Vec<Assumption> {
    let mut found = settings.defaults.clone();
    let built = || items.iter().map(|item| &candidates[item.candidate]);
    found.extend(defaults("efforts", built().map(|one| (one.id.as_str(), one.effort.as_slice()))));
    found.extend(defaults("running_costs", built().map(|one| (one.id.as_str(), one.running.as_slice()))));
    let automating: Vec<String> = items
        .iter()
        .map(|item| &candidates[item.candidate])
        .filter(|one| one.subjects.iter().any(|subject| matches!(subject, Subject::Link(_))))
        .map(|one| one.id.clone())
        .collect();
    if !automating.is_empty() {
        found.push(Assumption::words("handoffs replaced", "stay as standby flows, which take no hours", automating));
    }
    if before.unknown_outages > 0 {
        let one = before.unknown_outages == 1;
        let points = if one { "single point" } else { "single points" };
        let words = format!("of {} {points} the expected cost is not known; no total holds it", before.unknown_outages);
        let points: Vec<String> = before.single_points.keys().cloned().collect();
        found.push(Assumption::words("outage cost", words, points));
    }
    if !limits.is_whole {
        found.push(Assumption::words("candidates", "only the most expensive handoffs were considered", Vec::new()));
    }
    if limits.is_bounded {
        let words =
            "no amount counts as more than 1e15 in the order of the plan, and no work as more than 1e9 person-days";
        found.push(Assumption::words("largest amounts", words, Vec::new()));
    }
    if !limits.is_all_priced {
        let words = "of options that are not verified only those for the most work by hand were given a value";
        found.push(Assumption::words("options not verified", words, Vec::new()));
    }
    if !limits.has_all_points {
        let words = "only the single points of failure that cost most an hour were considered";
        found.push(Assumption::words("single points", words, Vec::new()));
    }
    if limits.trials.is_cut_short() {
        let words = "which items cover which failures was not tried for all of them: the plan may be worth more";
        found.push(Assumption::words("fallbacks", words, Vec::new()));
    }
    if let Some(drawn) = limits.uncertainty.map(|found| found.samples).filter(|drawn| *drawn < options.samples) {
        let words =
            format!("{drawn} simulations of {} were drawn: each takes long in a plan of this size", options.samples);
        found.push(Assumption::words("simulations", words, Vec::new()));
    }
    if let Some(left) = limits.uncertainty.map(|found| found.unmoved).filter(|left| *left > 0) {
        let words =
            format!("{left} ranges were not moved by themselves, and may matter more than those that are named");
        found.push(Assumption::words("ranges", words, Vec::new()));
    }
    found.sort_by(|a, b| (&a.key, &a.words).cmp(&(&b.key, &b.words)));
    found
}

/// The warning that the items together call a system more often than it accepts.
fn overrun(quota: &QuotaUse) -> Option<Assumption> {
    let words = || format!("the items together overrun it: {}", quota.words());
    (quota.left() < 0.0).then(|| Assumption::words("quota", words(), vec![quota.system.clone()]))
}

/// What `candidate` takes and costs.
#[must_use]
pub fn effort_of(candidate: &Candidate) -> (Range<f64>, Range<f64>) {
    (sum(&candidate.effort), sum(&candidate.running))
}
