//! The plan of a stack: candidates found, chosen and put in order, built in thought, and analyzed again.

use std::collections::{BTreeMap, BTreeSet};

use sinew_order::departures::{Departure, Reason, departures};
use sinew_order::uncertainty::{self, AssumptionIx, Sampling, Uncertainty, uncertainty};
use sinew_order::{Effort, Index, Instance, ItemIx, List, Money, Solution, Weeks};

use crate::analysis::{Analysis, Assumption, Finding};
use crate::model::{Range, Stack};

use super::building::{Site, Trace};
use super::candidates::{Candidate, CandidateIx, Candidates, Context, Point, PointIx, Subject, candidates, points};
use super::effort::{defaults, sum};
use super::error::PlanError;
use super::fitting::{Fitted, fitted};
use super::link::{Link, LinkIx, links};
use super::problem::{Gain, Origin, Problem, problem};
use super::quota::QuotaUse;
use super::ranges::{Ranges, paybacks};
use super::settings::{Options, Settings};
use super::situation::Situation;
use super::value::{Account, Change, Exposure};

/// Systems of a stack up to which the findings are looked up after each item; beyond, only before and after all of them.
const FINDINGS_EACH: usize = 300;

/// How often the problem is put again because items together cover a failure that none covers alone.
const MOST_ROUNDS: usize = 4;

/// Items beyond which the search keeps to few nodes: the bound is then a bound and no proof.
const MANY_ITEMS: usize = 150;

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
    /// Everything that could be built, and what cannot.
    pub candidates: Candidates,
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
        let settings = Settings::of(analysis.stack, options);
        let (links, is_whole) = links(analysis);
        let points = points(analysis.outages());
        let found = candidates(&Context::of(analysis, &links), &links, &points);
        let site = Site::of(analysis, &links);
        let runs = |process: &str| analysis.stack.find_process(process).is_some_and(|ix| analysis.runs(ix));
        let account = Account::of(analysis, &runs);
        let forced: BTreeSet<&str> = options.with.iter().map(String::as_str).collect();
        let mut problem = problem(&site, &found, &forced, &account);
        check_names(&found.all, &problem, options)?;
        let maker = Maker { site: &site, found: &found, settings: &settings, options, runs: &runs };
        let (Fitted { instance, solution, quotas }, steps) = maker.solved(&mut problem, &account)?;
        let mut departures = departures(&instance, &solution)?;
        for departure in &mut departures {
            let id = &found[problem.items[departure.item]].id;
            if departure.reasons == [Reason::Forced] && !options.with.contains(id) && !options.without.contains(id) {
                departure.reasons = vec![Reason::Quota];
            }
        }
        let before = Situation::of(analysis, &account);
        let items = maker.items(&instance, &problem, &solution, &steps);
        let built: Vec<&Candidate> = items.iter().map(|item| &found[item.candidate]).collect();
        let traces = site.traces(&built, &site.build(&built));
        let target = steps.last().map_or_else(|| analysis.stack.clone(), |step| step.stack.clone());
        let is_new = |id: &&str| analysis.stack.find_system(id).is_none();
        let adopted =
            target.systems.iter().map(|system| system.id.as_str()).filter(is_new).map(str::to_owned).collect();
        let after = match steps.last() {
            Some(step) => Situation::of(&Analysis::of(&step.stack), &step.account),
            None => before.clone(),
        };
        let ranges = Ranges::of(analysis, &found, &problem, &instance, &settings);
        let sampling = Sampling { samples: options.samples, seed: options.seed };
        let order: Vec<ItemIx> = solution.plan.items.iter().map(|placed| placed.item).collect();
        let uncertainty = (sampling.samples > 0).then(|| {
            let outcome = |numbers: &List<AssumptionIx, f64>| ranges.outcome(&order, numbers);
            uncertainty(&ranges.assumptions, sampling, outcome, |numbers| ranges.worth(&order, numbers))
        });
        let ranges = ranges.assumptions;
        let mut assumptions = assumptions(&settings, &found, &items, &before, is_whole);
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
            candidates: found,
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

/// The stack after some of the items, with its account.
struct Step {
    stack: Stack,
    account: Account,
    worth: f64,
    seen: Seen,
}

struct Maker<'a> {
    site: &'a Site<'a>,
    found: &'a Candidates,
    settings: &'a Settings,
    options: &'a Options,
    runs: &'a dyn Fn(&str) -> bool,
}

impl Maker<'_> {
    /// Solves the problem and builds the answer step by step. Where the steps earn more than the problem knew, because
    /// items cover a failure together, the problem learns it and is solved again.
    fn solved(&self, problem: &mut Problem, account: &Account) -> Result<(Fitted, Vec<Step>), PlanError> {
        for round in 1.. {
            let instance = problem.instance(self.found, self.settings, self.options);
            let nodes = if instance.items.len() > MANY_ITEMS { 200 } else { Effort::default().nodes };
            let of_item = |item: ItemIx| &self.found[problem.items[item]];
            let Fitted { instance, solution, quotas } = fitted(instance, Effort { nodes }, &of_item)?;
            let order: Vec<ItemIx> = solution.plan.items.iter().map(|placed| placed.item).collect();
            let steps = self.steps(problem, &order, account);
            let learned = self.unknown_ways(problem, &order, &steps, account);
            if learned.is_empty() || round >= MOST_ROUNDS {
                return Ok((Fitted { instance, solution, quotas }, steps));
            }
            learn(self.site.analysis.stack, problem, learned);
        }
        unreachable!("the rounds are bounded")
    }

    /// Whether findings are looked up after each item.
    fn looks(&self) -> bool {
        self.site.analysis.stack.systems.len() <= FINDINGS_EACH
    }

    /// The stack after each item of `order`.
    fn steps(&self, problem: &Problem, order: &[ItemIx], account: &Account) -> Vec<Step> {
        // Where no failure costs anything, none has to be looked at again.
        let has_outages = !account.outages.is_empty();
        let step = |count: usize| {
            let candidates: Vec<&Candidate> =
                order[..count].iter().map(|item| &self.found[problem.items[*item]]).collect();
            let built = self.site.build(&candidates);
            let worth = self.site.worth(&built);
            let analysis = Analysis::of(&built.stack);
            let is_last = count == order.len();
            let account = if has_outages || is_last {
                Account::of(&analysis, self.runs)
            } else {
                Account { handoffs: analysis.handoffs.total, ..account.clone() }
            };
            let seen = Seen::of(&analysis, self.looks());
            Step { stack: built.stack, account, worth, seen }
        };
        (1..=order.len()).map(step).collect()
    }

    /// Failures that the steps cover and the problem does not know to be covered, each with the items that do it.
    fn unknown_ways(
        &self,
        problem: &Problem,
        order: &[ItemIx],
        steps: &[Step],
        account: &Account,
    ) -> Vec<(Exposure, Vec<ItemIx>)> {
        let mut unknown = Vec::new();
        for exposure in account.outages.keys() {
            let Some(first) = steps.iter().position(|step| !step.account.outages.contains_key(exposure)) else {
                continue;
            };
            let built = &order[..=first];
            let is_built = |way: &Vec<ItemIx>| way.iter().all(|item| built.contains(item));
            let is_known = |gain: &Gain| {
                matches!(&gain.origin, Origin::Outage(known) if known == exposure) && gain.ways.iter().any(is_built)
            };
            if !problem.gains.iter().any(is_known) {
                unknown.push((exposure.clone(), built.to_vec()));
            }
        }
        unknown
            .into_iter()
            .map(|(exposure, built)| {
                let way = problem.trials(self.site, self.found).shrunk(&exposure, &built, account);
                (exposure, way)
            })
            .collect()
    }

    fn items(&self, instance: &Instance, problem: &Problem, solution: &Solution, steps: &[Step]) -> Vec<PlanItem> {
        let waves = solution.plan.waves(self.settings.wave, instance);
        let paybacks = paybacks(instance, &solution.plan);
        let analysis = self.site.analysis;
        let (account, seen) = (Account::of(analysis, self.runs), Seen::of(analysis, self.looks()));
        let today = Step { stack: Stack::default(), account, worth: 0.0, seen };
        let mut before = &today;
        let mut items = Vec::new();
        for (placed, step) in solution.plan.items.iter().zip(steps) {
            let change = Change::between(&before.account, &step.account, step.worth - before.worth);
            let value = value_range(self.site, before, step, &change);
            items.push(PlanItem {
                candidate: problem.items[placed.item],
                item: placed.item,
                start: placed.start,
                finish: placed.finish,
                wave: waves[placed.item].unwrap_or(1),
                change,
                value,
                payback: paybacks[placed.item],
                removes: before.seen.gone_in(&step.seen),
                introduces: step.seen.findings.difference(&before.seen.findings).cloned().collect(),
            });
            before = step;
        }
        items
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

/// What a step earns a year as a range: low from the low ends throughout.
fn value_range(site: &Site<'_>, before: &Step, after: &Step, change: &Change) -> Range<f64> {
    let stack = site.analysis.stack;
    let handoffs = before.account.handoffs.known_cost().zip(after.account.handoffs.known_cost(), |a, b| a.0 - b.0);
    let mut outages = Range::exact(-change.outages_added);
    for exposure in before.account.outages.keys().filter(|one| !after.account.outages.contains_key(*one)) {
        outages = outages + super::problem::expected_range(stack, exposure).map(|money| money.0);
    }
    // What is worth something besides is stated per flow; its range is that of the flows that are earned now.
    let worth = change.worth;
    let all = site.worths();
    let [low, high] = [0, 1].map(|end| {
        let total: f64 = all.iter().map(|(_, value, _)| value.likely.0).sum();
        let ends: f64 = all.iter().map(|(_, value, _)| if end == 0 { value.low.0 } else { value.high.0 }).sum();
        if total > 0.0 { worth * ends / total } else { worth }
    });
    handoffs + outages + Range { low, likely: worth, high }
}

fn learn(stack: &Stack, problem: &mut Problem, learned: Vec<(Exposure, Vec<ItemIx>)>) {
    for (exposure, way) in learned {
        let known =
            problem.gains.iter_mut().find(|gain| matches!(&gain.origin, Origin::Outage(one) if *one == exposure));
        match known {
            Some(gain) => gain.ways.push(way),
            None => {
                problem.gains.push(Problem::gain_of(stack, &exposure, way));
            }
        }
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

fn assumptions(
    settings: &Settings,
    candidates: &Candidates,
    items: &[PlanItem],
    before: &Situation,
    is_whole: bool,
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
        let mut points: Vec<String> = before.single_points.iter().map(|(component, _)| component.clone()).collect();
        points.dedup();
        found.push(Assumption::words("outage cost", words, points));
    }
    if !is_whole {
        found.push(Assumption::words("candidates", "only the most expensive handoffs were considered", Vec::new()));
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
