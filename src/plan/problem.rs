//! From candidates to the planning problem: items, benefits with all ways to earn them, and what each comes from.

use std::collections::{BTreeMap, BTreeSet};

use crate::analysis::Component;
use crate::analysis::handoffs;
use crate::model::{FlowIx, Money, ProcessIx, Range, Stack};
use sinew_order::{Benefit, BenefitIx, Days, Index, Instance, Item, ItemIx, List, MoneyPerYear};

use super::building::Site;
use super::candidates::{Candidate, CandidateIx, Candidates, Subject};
use super::covering::{self, Cover, Trials};
use super::effort::sum;
use super::link::LinkIx;
use super::quota::{QuotaUse, together};
use super::replacement::{Demand, Replacement, demands};
use super::settings::{Options, Settings, Unit};
use super::value::{Account, Exposure};

/// Ways to earn one benefit; of more, those of least effort are kept.
const MOST_WAYS: usize = 24;

/// Where a benefit comes from.
#[derive(Clone, Debug, PartialEq)]
pub enum Origin {
    /// A handoff is gone.
    Handoff(FlowIx),
    /// What having a flow automated is worth.
    Worth(FlowIx),
    /// A failure no longer takes processes down.
    Outage(Exposure),
}

/// One benefit with its origin.
#[derive(Clone, Debug, PartialEq)]
pub struct Gain {
    /// Where it comes from.
    pub origin: Origin,
    /// What it earns a year from when it is complete, in the unit of the plan.
    pub value: Range<Money>,
    /// Sets of items, each of which earns it.
    pub ways: Vec<Vec<ItemIx>>,
}

impl Gain {
    /// A gain in money as one in the unit of the plan.
    fn weighed(mut self, settings: &Settings) -> Self {
        self.value = self.value.map(|money| Money(money.0 * settings.of_money));
        self
    }
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
/// for no more; what earns nothing is in it as well, since a plan may have to hold it. `forced` are asked to be built, `named`
/// asked to be built or not, by id.
#[must_use]
pub fn problem(
    site: &Site<'_>,
    found: &Candidates,
    [forced, named]: [&BTreeSet<&str>; 2],
    account: &Account,
    settings: &Settings,
    trials: &mut Trials,
) -> Problem {
    let items = worthwhile(&found.all, forced);
    let ways = Ways::of(found, &items);
    let mut gains = ways.handoffs(site, settings.unit);
    let mut of_money = ways.worths(site);
    of_money.extend(covering::outages(Cover { site, found, items: &items, account, named }, trials));
    gains.extend(of_money.into_iter().map(|gain| gain.weighed(settings)));
    gains.retain(|gain| !gain.ways.is_empty());
    Problem { items, gains: gains.into() }
}

/// Whether a candidate and all that it needs can be built.
#[must_use]
pub fn is_buildable(all: &[Candidate], candidate: &Candidate) -> bool {
    candidate.is_feasible() && candidate.needs.iter().all(|id| find(all, id).is_some_and(|need| need.is_feasible()))
}

pub(super) fn find<'c>(all: &'c [Candidate], id: &str) -> Option<&'c Candidate> {
    all.binary_search_by(|one| one.id.as_str().cmp(id)).ok().map(|at| &all[at])
}

fn worthwhile(all: &[Candidate], forced: &BTreeSet<&str>) -> List<ItemIx, CandidateIx> {
    let mut kept = List::default();
    let buildable: Vec<bool> = all.iter().map(|one| is_buildable(all, one)).collect();
    let quotas = all.iter().zip(&buildable).filter(|(_, can)| **can).map(|(one, _)| one.quotas.as_slice());
    let scarce: Vec<QuotaUse> = together(quotas).into_iter().filter(|quota| quota.left() < 0.0).collect();
    // Who does all that another does serves the first of its links as well.
    let mut by_link: BTreeMap<LinkIx, Vec<usize>> = BTreeMap::new();
    for (at, one) in all.iter().enumerate().filter(|(at, _)| buildable[*at]) {
        links_of(one).for_each(|link| by_link.entry(link).or_default().push(at));
    }
    for (at, one) in all.iter().enumerate() {
        let is_better = |other_at: &usize| {
            let other = &all[*other_at];
            let is_preferred = (preference(other), *other_at) < (preference(one), at);
            *other_at != at && dominates(other, one, is_preferred) && keeps_quotas(other, one, &scarce)
        };
        let mut rivals = links_of(one).next().and_then(|link| by_link.get(&link)).into_iter().flatten();
        let is_forced = forced.contains(one.id.as_str());
        if buildable[at] && (is_forced || !rivals.any(is_better)) {
            kept.push(CandidateIx::new(at));
        }
    }
    kept
}

/// The links that a candidate serves.
fn links_of(one: &Candidate) -> impl Iterator<Item = LinkIx> {
    one.subjects.iter().filter_map(|subject| if let Subject::Link(at) = subject { Some(*at) } else { None })
}

/// Whether `a` does all that `b` does, needs nothing that `b` does not, and costs no more in any sample; where they are
/// equal, `breaks_tie` says which.
fn dominates(a: &Candidate, b: &Candidate, breaks_tie: bool) -> bool {
    let does_all = b.subjects.iter().all(|subject| a.subjects.contains(subject));
    let leaves_no_more = a.leaves.iter().all(|object| b.leaves.contains(object));
    does_all && leaves_no_more && b.needs_all(a) && costs_no_more(a, b, breaks_tie)
}

/// Whether `a` costs no more than `b` in any sample; where they cost the same, `breaks_tie` says which.
pub(super) fn costs_no_more(a: &Candidate, b: &Candidate, breaks_tie: bool) -> bool {
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
    pub(super) fn needs_all(&self, other: &Self) -> bool {
        other.needs.iter().all(|need| self.needs.contains(need))
    }
}

/// Choices of items by what they carry.
struct Ways<'a> {
    found: &'a Candidates,
    items: &'a List<ItemIx, CandidateIx>,
    /// The items that serve each link, in order.
    serving: BTreeMap<LinkIx, Vec<ItemIx>>,
}

impl<'a> Ways<'a> {
    fn of(found: &'a Candidates, items: &'a List<ItemIx, CandidateIx>) -> Self {
        let mut serving: BTreeMap<LinkIx, Vec<ItemIx>> = BTreeMap::new();
        for (item, at) in items.enumerate() {
            links_of(&found[*at]).for_each(|link| serving.entry(link).or_default().push(item));
        }
        Self { found, items, serving }
    }

    fn candidate(&self, item: ItemIx) -> &Candidate {
        &self.found[self.items[item]]
    }

    /// Every choice of items that meets one of `demands`, least effort first.
    fn to_meet_one(&self, demands: &[Demand]) -> Vec<Vec<ItemIx>> {
        least(self.found, self.items, demands.iter().flat_map(|demand| self.to_meet(demand)).collect())
    }

    /// Every choice of one item for each link of `demand`, least effort first.
    fn to_meet(&self, demand: &Demand) -> Vec<Vec<ItemIx>> {
        let mut ways: Vec<Vec<ItemIx>> = vec![Vec::new()];
        for (link, objects) in demand {
            let serves = |item: &&ItemIx| {
                let leaves = &self.candidate(**item).leaves;
                !objects.iter().any(|data| leaves.binary_search(&(*link, *data)).is_ok())
            };
            let options: Vec<ItemIx> = self.serving.get(link).into_iter().flatten().filter(serves).copied().collect();
            let longer = ways.iter().flat_map(|way| {
                options.iter().map(|option| {
                    let mut way = way.clone();
                    way.push(*option);
                    way.sort_unstable();
                    way.dedup();
                    way
                })
            });
            ways = least(self.found, self.items, longer.collect());
        }
        ways
    }

    /// A handoff is gone, and saves something, when nothing of it is left.
    fn handoffs(&self, site: &Site<'_>, unit: Unit) -> Vec<Gain> {
        let stack = site.analysis.stack;
        let gain = |(flow, objects): (&FlowIx, &Vec<Replacement>)| {
            let effort = handoffs::effort(stack, stack.flow(*flow))?;
            let value = match unit {
                Unit::Money => effort.cost?,
                Unit::Hours => (effort.hours + effort.error_hours).map(|hours| Money(hours.0)),
            };
            Some(Gain { origin: Origin::Handoff(*flow), value, ways: self.to_meet_one(&demands(objects)) })
        };
        site.replacements.iter().filter_map(gain).collect()
    }

    fn worths(&self, site: &Site<'_>) -> Vec<Gain> {
        let gain = |(flow, value, demands): &(FlowIx, Range<Money>, Vec<Demand>)| Gain {
            origin: Origin::Worth(*flow),
            value: *value,
            ways: self.to_meet_one(demands),
        };
        site.worths.iter().map(gain).collect()
    }
}

/// Those of `ways` that take least effort, each once.
pub(super) fn least(found: &Candidates, items: &List<ItemIx, CandidateIx>, ways: Vec<Vec<ItemIx>>) -> Vec<Vec<ItemIx>> {
    let effort = |way: &[ItemIx]| way.iter().map(|item| sum(&found[items[*item]].effort).likely).sum::<f64>();
    let mut rated: Vec<(f64, Vec<ItemIx>)> = ways.into_iter().map(|way| (effort(&way), way)).collect();
    rated.sort_by(|(a, one), (b, other)| a.total_cmp(b).then_with(|| one.cmp(other)));
    rated.dedup();
    rated.truncate(MOST_WAYS);
    rated.into_iter().map(|(_, way)| way).collect()
}

/// What an exposure is expected to cost a year: low from the best availability and the lowest cost.
#[must_use]
pub fn expected_range(stack: &Stack, exposure: &Exposure) -> Range<Money> {
    let availability = component(stack, &exposure.component)
        .and_then(|component| crate::analysis::outages::stated_availability(stack, component));
    let Some(up) = availability else { return Range::exact(Money(0.0)) };
    let one = |up: f64, cost: f64| ((1.0 - up) * 8_760.0 * cost * 1e7).round() / 1e7;
    let of = |process: &ProcessIx| {
        let cost = stack.process(*process).outage_cost?;
        let (low, high) = (one(up.high.0, cost.low.0), one(up.low.0, cost.high.0));
        Some(Range { low, likely: one(up.likely.0, cost.likely.0), high })
    };
    let costs = exposure.processes.iter().filter_map(of);
    costs.fold(Range::exact(0.0), |sum, cost| sum + cost).map(Money)
}

fn component(stack: &Stack, id: &str) -> Option<Component> {
    let system = stack.find_system(id).map(Component::System);
    system.or(stack.find_flow(id).map(Component::Flow)).or(stack.find_team(id).map(Component::Team))
}

/// Of ways that come to the same what is better documented goes first, then what is ready-made before code of one's own.
fn preference(candidate: &Candidate) -> u8 {
    candidate.confidence.map_or(0, |confidence| confidence as u8) * 16 + candidate.kind.rank()
}

/// The item that a candidate is, without what it needs.
pub(super) fn item(candidate: &Candidate, settings: &Settings) -> Item {
    let effort = sum(&candidate.effort).likely.max(LEAST_EFFORT);
    Item {
        id: candidate.id.clone(),
        effort: Days(effort),
        one_off: sinew_order::Money(effort * settings.day_rate.likely.0),
        running: MoneyPerYear(match settings.unit {
            Unit::Money => sum(&candidate.running).likely,
            // What running costs is money, which no hours are worth.
            Unit::Hours => 0.0,
        }),
        loss: MoneyPerYear(0.0),
        needs: Vec::new(),
        goes_first: candidate.is_ai_output,
        preference: preference(candidate),
    }
}

impl Problem {
    /// What an exposure costs that no gain names yet: nothing is known of it here, so it is found in the stack.
    #[must_use]
    pub fn gain_of(stack: &Stack, exposure: &Exposure, way: Vec<ItemIx>, settings: &Settings) -> Gain {
        let value = expected_range(stack, exposure);
        Gain { origin: Origin::Outage(exposure.clone()), value, ways: vec![way] }.weighed(settings)
    }

    /// The problem in numbers, none of which is larger than the search takes.
    #[must_use]
    pub fn instance(&self, found: &Candidates, settings: &Settings, options: &Options) -> Instance {
        self.in_numbers(found, settings, options).within_bounds()
    }

    /// The problem in numbers of any size.
    #[must_use]
    pub fn in_numbers(&self, found: &Candidates, settings: &Settings, options: &Options) -> Instance {
        let place: BTreeMap<&str, ItemIx> =
            self.items.enumerate().map(|(item, candidate)| (found[*candidate].id.as_str(), item)).collect();
        let item = |candidate: &CandidateIx| {
            let candidate = &found[*candidate];
            let needs = candidate.needs.iter().filter_map(|need| place.get(need.as_str()).copied());
            Item { needs: needs.collect(), ..item(candidate, settings) }
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
            requirements: Vec::new(),
        }
    }
}

/// Nothing takes no time at all; a thousandth of a person-day is what the order counts in.
pub const LEAST_EFFORT: f64 = 0.001;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::Confidence;
    use crate::model::{DataIx, ItemKind};
    use crate::plan::effort::Term;

    /// An option for one link that takes so many days.
    fn option(id: &str, days: f64) -> Candidate {
        let link = vec![Subject::Link(LinkIx::new(0))];
        Candidate {
            effort: vec![Term { key: "api", amount: Range::exact(days), times: 1.0, is_default: false }],
            ..Candidate::of(ItemKind::Api, id.to_owned(), String::new(), link, Vec::new())
        }
    }

    fn kept(all: &[Candidate]) -> Vec<&str> {
        worthwhile(all, &BTreeSet::new()).iter().map(|at| all[at.place()].id.as_str()).collect()
    }

    #[test]
    fn of_options_for_the_same_only_the_cheaper_is_kept() {
        assert_eq!(kept(&[option("a", 1.0), option("b", 2.0)]), ["a"]);
        assert_eq!(kept(&[option("a", 2.0), option("b", 1.0)]), ["b"]);
        // Of equal ones the first, unless the other is better documented or closer to ready-made.
        assert_eq!(kept(&[option("a", 1.0), option("b", 1.0)]), ["a"]);
        let native = Candidate { kind: ItemKind::Native, ..option("b", 1.0) };
        assert_eq!(kept(&[option("a", 1.0), native.clone()]), ["b"]);
        let doubtful = Candidate { confidence: Some(Confidence::WidelyReported), ..native };
        assert_eq!(kept(&[option("a", 1.0), doubtful]), ["a"]);
    }

    #[test]
    fn an_option_that_needs_or_leaves_what_the_dearer_does_not_leaves_it_in_place() {
        let first = Candidate { subjects: vec![Subject::Enabler], ..option("z", 1.0) };
        let needing = |id: &str, days| Candidate { needs: vec!["z".to_owned()], ..option(id, days) };
        assert_eq!(kept(&[needing("a", 1.0), option("b", 2.0), first.clone()]), ["a", "b", "z"]);
        assert_eq!(kept(&[option("a", 1.0), needing("b", 2.0), first]), ["a", "z"]);
        let leaving = |id: &str, days| Candidate { leaves: vec![(LinkIx::new(0), DataIx(0))], ..option(id, days) };
        assert_eq!(kept(&[leaving("a", 1.0), option("b", 2.0)]), ["a", "b"]);
        assert_eq!(kept(&[option("a", 1.0), leaving("b", 2.0)]), ["a"]);
    }

    #[test]
    fn what_cannot_be_built_is_not_kept_and_takes_no_place() {
        let stuck = || Candidate { obstacles: vec!["no".to_owned()], ..option("a", 1.0) };
        assert_eq!(kept(&[stuck(), option("b", 2.0)]), ["b"]);
        let needing = Candidate { needs: vec!["a".to_owned()], ..option("b", 2.0) };
        assert_eq!(kept(&[stuck(), needing]), Vec::<&str>::new());
    }

    #[test]
    fn where_a_limit_is_scarce_the_dearer_option_that_calls_less_is_kept() {
        let calling = |id: &str, days, quota, added| Candidate {
            quotas: vec![QuotaUse::of_calls("crm", quota, added)],
            ..option(id, days)
        };
        let two = |quota, first, second| [calling("a", 1.0, quota, first), calling("b", 2.0, quota, second)];
        // Together 900 of 850; of 900 nothing is missing.
        assert_eq!(kept(&two(850.0, 800.0, 100.0)), ["a", "b"]);
        assert_eq!(kept(&two(900.0, 800.0, 100.0)), ["a"]);
        assert_eq!(kept(&two(850.0, 100.0, 800.0)), ["a"]);
        assert_eq!(kept(&two(850.0, 450.0, 450.0)), ["a"]);
        // One that does not call the system at all.
        assert_eq!(kept(&[calling("a", 1.0, 850.0, 900.0), option("b", 2.0)]), ["a", "b"]);
    }
}
