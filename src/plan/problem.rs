//! From candidates to the planning problem: items, benefits with all ways to earn them, and what each comes from.

use std::collections::{BTreeMap, BTreeSet};

use crate::analysis::Component;
use crate::analysis::{Analysis, handoffs};
use crate::analysis::{Meaning, Supply};
use crate::model::{FlowIx, Money, Range, Stack};
use sinew_graph::fixpoint::Derivation;
use sinew_graph::single_failures::{DEFAULT_BUDGET, SingleFailures};
use sinew_order::{Benefit, BenefitIx, Days, Index, Instance, Item, ItemIx, List, MoneyPerYear};

use super::building::Site;
use super::candidates::{Candidate, CandidateIx, Candidates, Subject};
use super::effort::sum;
use super::quota::{QuotaUse, together};
use super::replacement::{Demand, Replacement, demands};
use super::settings::{Options, Settings};
use super::value::{Account, Exposure};

/// Ways to earn one benefit; of more, those of least effort are kept.
const MOST_WAYS: usize = 24;

/// Analyzes that finding who covers which failure may take.
const MOST_TRIALS: usize = 400;

/// Flows that those analyzes together may look at: in large stacks there are fewer of them.
const MOST_FLOWS_TRIED: usize = 200_000;

/// Where a benefit comes from.
#[derive(Clone, Debug, PartialEq)]
pub enum Origin {
    /// A handoff is gone.
    Handoff(FlowIx),
    /// What having a flow automated is worth.
    Worth(FlowIx),
    /// A failure no longer takes a process down.
    Outage(Exposure),
}

/// One benefit with its origin.
#[derive(Clone, Debug, PartialEq)]
pub struct Gain {
    /// Where it comes from.
    pub origin: Origin,
    /// What it earns, in money a year from when it is complete.
    pub value: Range<Money>,
    /// Sets of items, each of which earns it.
    pub ways: Vec<Vec<ItemIx>>,
}

/// The planning problem of a stack.
#[derive(Clone, Debug, PartialEq)]
pub struct Problem {
    /// The candidates that take part, by id.
    pub items: List<ItemIx, CandidateIx>,
    /// What can be earned.
    pub gains: List<BenefitIx, Gain>,
}

/// The problem of choosing among `all` candidates.
///
/// A candidate takes part if it can be built with all that it needs, and if no other candidate does at least as much
/// for no more.
#[must_use]
pub fn problem(site: &Site<'_>, found: &Candidates, forced: &BTreeSet<&str>, account: &Account) -> Problem {
    let items = worthwhile(&found.all, forced);
    let maker = Trials { site, found, items: &items };
    let mut gains = maker.handoffs();
    gains.extend(maker.worths());
    gains.extend(maker.outages(account));
    gains.retain(|gain| !gain.ways.is_empty());
    Problem { items, gains: gains.into() }
}

/// Whether a candidate and all that it needs can be built.
#[must_use]
pub fn is_buildable(all: &[Candidate], candidate: &Candidate) -> bool {
    candidate.is_feasible() && candidate.needs.iter().all(|id| find(all, id).is_some_and(|need| need.is_feasible()))
}

fn find<'c>(all: &'c [Candidate], id: &str) -> Option<&'c Candidate> {
    all.binary_search_by(|one| one.id.as_str().cmp(id)).ok().map(|at| &all[at])
}

fn worthwhile(all: &[Candidate], forced: &BTreeSet<&str>) -> List<ItemIx, CandidateIx> {
    let mut kept = List::default();
    let buildable: Vec<bool> = all.iter().map(|one| is_buildable(all, one)).collect();
    let quotas = all.iter().zip(&buildable).filter(|(_, can)| **can).map(|(one, _)| one.quotas.as_slice());
    let scarce: Vec<QuotaUse> = together(quotas).into_iter().filter(|quota| quota.left() < 0.0).collect();
    for (at, one) in all.iter().enumerate() {
        let is_better = |(other_at, other): (usize, &Candidate)| {
            other_at != at && dominates(other, one, other_at < at) && keeps_quotas(other, one, &scarce)
        };
        let mut rivals = all.iter().enumerate().filter(|(other, _)| buildable[*other]);
        let is_forced = forced.contains(one.id.as_str());
        if buildable[at] && (is_forced || !rivals.any(is_better)) {
            kept.push(CandidateIx::new(at));
        }
    }
    kept
}

/// Whether `a` does all that `b` does, needs nothing that `b` does not, and costs no more in any sample; where they are
/// equal, `breaks_tie` says which.
fn dominates(a: &Candidate, b: &Candidate, breaks_tie: bool) -> bool {
    let is_link = |subject: &&Subject| matches!(subject, Subject::Link(_));
    let does_all = b.subjects.iter().all(|subject| a.subjects.contains(subject));
    let leaves_no_more = a.leaves.iter().all(|object| b.leaves.contains(object));
    if !does_all || !leaves_no_more || !b.subjects.iter().any(|subject| is_link(&subject)) || !b.needs_all(a) {
        return false;
    }
    let costs = |one: &Candidate| [sum(&one.effort), sum(&one.running)];
    let (mine, theirs) = (costs(a), costs(b));
    let ends = |range: &Range<f64>| [range.low, range.likely, range.high];
    let pairs: Vec<(f64, f64)> = mine.iter().zip(&theirs).flat_map(|(a, b)| ends(a).into_iter().zip(ends(b))).collect();
    pairs.iter().all(|(a, b)| a <= b) && (breaks_tie || pairs.iter().any(|(a, b)| a < b))
}

/// Whether `a` takes no more than `b` of any limit of which all candidates together would ask too much.
fn keeps_quotas(a: &Candidate, b: &Candidate, scarce: &[QuotaUse]) -> bool {
    a.quotas.iter().filter(|quota| scarce.iter().any(|limit| limit.is_about(quota))).all(|quota| {
        let same = b.quotas.iter().find(|other| other.is_about(quota));
        same.is_some_and(|other| other.added >= quota.added)
    })
}

impl Candidate {
    /// Whether this needs all that `other` needs.
    fn needs_all(&self, other: &Self) -> bool {
        other.needs.iter().all(|need| self.needs.contains(need))
    }
}

/// Candidates to try on a stack: what they earn, alone and together.
pub(super) struct Trials<'a> {
    site: &'a Site<'a>,
    found: &'a Candidates,
    items: &'a List<ItemIx, CandidateIx>,
}

impl Trials<'_> {
    fn candidate(&self, item: ItemIx) -> &Candidate {
        &self.found[self.items[item]]
    }

    /// Every choice of items that meets one of `demands`, least effort first.
    fn ways(&self, demands: &[Demand]) -> Vec<Vec<ItemIx>> {
        let ways = demands.iter().flat_map(|demand| self.ways_to_meet(demand)).collect();
        self.least(ways)
    }

    /// Every choice of one item for each link of `demand`, least effort first.
    fn ways_to_meet(&self, demand: &Demand) -> Vec<Vec<ItemIx>> {
        let mut ways: Vec<Vec<ItemIx>> = vec![Vec::new()];
        for (link, objects) in demand {
            let serves = |item: &ItemIx| {
                let candidate = self.candidate(*item);
                candidate.subjects.contains(&Subject::Link(*link))
                    && !objects.iter().any(|data| candidate.leaves.contains(&(*link, *data)))
            };
            let options: Vec<ItemIx> = self.items.places().filter(serves).collect();
            let longer = ways.iter().flat_map(|way| {
                options.iter().map(|option| {
                    let mut way = way.clone();
                    way.push(*option);
                    way.sort_unstable();
                    way.dedup();
                    way
                })
            });
            ways = self.least(longer.collect());
        }
        ways
    }

    /// Those of `ways` that take least effort, each once.
    fn least(&self, mut ways: Vec<Vec<ItemIx>>) -> Vec<Vec<ItemIx>> {
        let effort = |way: &[ItemIx]| way.iter().map(|item| sum(&self.candidate(*item).effort).likely).sum::<f64>();
        ways.sort_by(|a, b| effort(a).total_cmp(&effort(b)).then_with(|| a.cmp(b)));
        ways.dedup();
        ways.truncate(MOST_WAYS);
        ways
    }

    /// A handoff is gone, and saves something, when nothing of it is left.
    fn handoffs(&self) -> Vec<Gain> {
        let stack = self.site.analysis.stack;
        let gain = |(flow, objects): (&FlowIx, &Vec<Replacement>)| {
            let value = handoffs::effort(stack, stack.flow(*flow))?.cost?;
            Some(Gain { origin: Origin::Handoff(*flow), value, ways: self.ways(&demands(objects)) })
        };
        self.site.replacements.iter().filter_map(gain).collect()
    }

    fn worths(&self) -> Vec<Gain> {
        let gain = |(flow, value, demands): (FlowIx, Range<Money>, Vec<Demand>)| Gain {
            origin: Origin::Worth(flow),
            value,
            ways: self.ways(&demands),
        };
        self.site.worths().into_iter().map(gain).collect()
    }

    /// Which sets of items cover which failures that cost something: single items first, then small sets found by
    /// leaving out of everything what is not needed.
    fn outages(&self, account: &Account) -> Vec<Gain> {
        let everything: Vec<ItemIx> = self.items.places().collect();
        if account.outages.is_empty() || everything.is_empty() {
            return Vec::new();
        }
        let fixed = self.covered(&everything, account);
        if fixed.is_empty() {
            return Vec::new();
        }
        let mut ways: BTreeMap<&Exposure, Vec<Vec<ItemIx>>> = BTreeMap::new();
        let most = MOST_TRIALS.min(MOST_FLOWS_TRIED / self.site.analysis.stack.flows.len().max(1));
        let mut trials = 0;
        for item in everything.iter().copied().filter(|item| self.candidate(*item).subjects != [Subject::Enabler]) {
            if trials >= most {
                break;
            }
            trials += 1;
            for exposure in self.covered(&[item], account) {
                ways.entry(exposure).or_default().push(vec![item]);
            }
        }
        for exposure in fixed {
            if !ways.contains_key(exposure) && trials + everything.len() <= most {
                trials += everything.len();
                ways.insert(exposure, vec![self.shrunk(exposure, &everything, account)]);
            }
        }
        let gain = |(exposure, ways): (&Exposure, Vec<Vec<ItemIx>>)| Gain {
            origin: Origin::Outage(exposure.clone()),
            value: expected_range(self.site.analysis.stack, exposure),
            ways,
        };
        ways.into_iter().map(gain).collect()
    }

    /// A subset of `items`, none of which can be left out, that still covers `exposure`.
    pub(super) fn shrunk(&self, exposure: &Exposure, items: &[ItemIx], account: &Account) -> Vec<ItemIx> {
        let mut kept = items.to_vec();
        // The most expensive are tried first, so that the cheap ones stay.
        let mut order = items.to_vec();
        order.sort_by(|a, b| {
            let effort = |item: &ItemIx| sum(&self.candidate(*item).effort).likely;
            effort(b).total_cmp(&effort(a)).then(b.cmp(a))
        });
        for item in order {
            let without: Vec<ItemIx> = kept.iter().copied().filter(|other| *other != item).collect();
            if !without.is_empty() && self.covered(&without, account).contains(&exposure) {
                kept = without;
            }
        }
        kept
    }

    /// The exposures that are gone when `items` are built with what they need.
    fn covered<'x>(&self, items: &[ItemIx], account: &'x Account) -> Vec<&'x Exposure> {
        let mut built: BTreeSet<&str> = BTreeSet::new();
        for item in items {
            let candidate = self.candidate(*item);
            built.insert(&candidate.id);
            built.extend(candidate.needs.iter().map(String::as_str));
        }
        let candidates: Vec<&Candidate> = built.iter().filter_map(|id| find(&self.found.all, id)).collect();
        let target = self.site.build(&candidates).stack;
        let down = still_down(&target, account);
        let before = self.site.analysis;
        account.outages.keys().filter(|exposure| !down.contains(*exposure) && runs(before, exposure)).collect()
    }
}

fn runs(analysis: &Analysis<'_>, exposure: &Exposure) -> bool {
    analysis.stack.find_process(&exposure.process).is_some_and(|process| analysis.runs(process))
}

/// The exposures of `account` that `stack` has as well: the failure of the component alone takes the process down, or the
/// process does not run at all, because nothing is covered there.
fn still_down<'x>(stack: &Stack, account: &'x Account) -> BTreeSet<&'x Exposure> {
    let supply = Supply::of(stack);
    let known: BTreeMap<(&str, &str), &Exposure> =
        account.outages.keys().map(|one| ((one.process.as_str(), one.component.as_str()), one)).collect();
    let processes: BTreeSet<&str> = known.keys().map(|(process, _)| *process).collect();
    let today = Derivation::new(supply.with_standby()).least_fixpoint(&sinew_graph::ix::IxSet::new());
    let runs = |id: &str| stack.find_process(id).is_some_and(|process| today.holds(supply.runs(process)));
    let mut down: BTreeSet<&Exposure> =
        known.iter().filter(|((process, _), _)| !runs(process)).map(|(_, exposure)| *exposure).collect();
    SingleFailures::new(supply.with_standby(), DEFAULT_BUDGET).for_each(|label, lost| {
        let component = crate::analysis::outages::component_id(stack, supply.components()[label]);
        for fact in lost {
            let Meaning::Runs(process) = supply.meanings()[*fact] else { continue };
            let process = stack.process(process).id.as_str();
            if processes.contains(process) {
                down.extend(known.get(&(process, component)));
            }
        }
    });
    down
}

/// What an exposure is expected to cost a year: low from the best availability and the lowest cost.
#[must_use]
pub fn expected_range(stack: &Stack, exposure: &Exposure) -> Range<Money> {
    let availability = component(stack, &exposure.component)
        .and_then(|component| crate::analysis::outages::stated_availability(stack, component));
    let cost = stack.find_process(&exposure.process).and_then(|process| stack.process(process).outage_cost);
    let (Some(up), Some(cost)) = (availability, cost) else { return Range::exact(Money(0.0)) };
    let one = |up: f64, cost: f64| Money(((1.0 - up) * 8_760.0 * cost * 1e7).round() / 1e7);
    Range { low: one(up.high.0, cost.low.0), likely: one(up.likely.0, cost.likely.0), high: one(up.low.0, cost.high.0) }
}

fn component(stack: &Stack, id: &str) -> Option<Component> {
    let system = stack.find_system(id).map(Component::System);
    system.or(stack.find_flow(id).map(Component::Flow)).or(stack.find_team(id).map(Component::Team))
}

impl Problem {
    /// What an exposure costs that no gain names yet: nothing is known of it here, so it is found in the stack.
    #[must_use]
    pub fn gain_of(stack: &Stack, exposure: &Exposure, way: Vec<ItemIx>) -> Gain {
        Gain { origin: Origin::Outage(exposure.clone()), value: expected_range(stack, exposure), ways: vec![way] }
    }

    /// Who covers what among the items of this problem.
    pub(super) fn trials<'a>(&'a self, site: &'a Site<'a>, found: &'a Candidates) -> Trials<'a> {
        Trials { site, found, items: &self.items }
    }

    /// The problem in numbers.
    #[must_use]
    pub fn instance(&self, found: &Candidates, settings: &Settings, options: &Options) -> Instance {
        let place: BTreeMap<&str, ItemIx> =
            self.items.enumerate().map(|(item, candidate)| (found[*candidate].id.as_str(), item)).collect();
        let item = |candidate: &CandidateIx| {
            let candidate = &found[*candidate];
            let effort = sum(&candidate.effort).likely.max(LEAST_EFFORT);
            Item {
                id: candidate.id.clone(),
                effort: Days(effort),
                one_off: sinew_order::Money(effort * settings.day_rate.likely.0),
                running: MoneyPerYear(sum(&candidate.running).likely),
                loss: MoneyPerYear(0.0),
                needs: candidate.needs.iter().filter_map(|need| place.get(need.as_str()).copied()).collect(),
                goes_first: candidate.is_ai_output,
            }
        };
        let benefit = |gain: &Gain| Benefit { value: MoneyPerYear(gain.value.likely.0), ways: gain.ways.clone() };
        let places = |ids: &[String]| ids.iter().filter_map(|id| place.get(id.as_str()).copied()).collect();
        Instance {
            items: self.items.iter().map(item).collect(),
            benefits: self.gains.iter().map(benefit).collect(),
            capacity: settings.capacity,
            horizon: settings.horizon,
            budget: settings.budget,
            force_in: places(&options.with),
            force_out: places(&options.without),
        }
    }
}

/// Nothing takes no time at all; a thousandth of a person-day is what the order counts in.
pub const LEAST_EFFORT: f64 = 0.001;
