//! A second exact method for larger instances: a programme over all sets of items that keeps, for each set, every pair of
//! value and money spent that no other betters. Shares no code with the search.

use sinew_order::{Effort, Index, Instance, ItemIx, List, OrderError, Requirement, Solution, solve};

use crate::random::{Dice, anything, with_requirements};

/// The instance as bit sets.
struct Sets<'a> {
    instance: &'a Instance,
    needs: List<ItemIx, u32>,
    forced: u32,
    out: u32,
    /// Value and, per way, its items.
    benefits: Vec<(f64, Vec<u32>)>,
    /// What a plan with all of the second holds one of; the third are the items that may be built while it goes first and is open.
    requirements: Vec<(u32, u32, Option<u32>)>,
}

fn bit(item: ItemIx) -> u32 {
    1 << item.place()
}

fn members(set: u32) -> impl Iterator<Item = ItemIx> {
    (0..32).map(ItemIx::new).filter(move |&i| set & bit(i) != 0)
}

impl<'a> Sets<'a> {
    fn of(instance: &'a Instance) -> Self {
        let needs: List<ItemIx, u32> =
            instance.items.iter().map(|item| item.needs.iter().map(|&j| bit(j)).sum()).collect();
        let closure = |set: u32| {
            let mut all = set;
            loop {
                let more = members(all).fold(all, |set, i| set | needs[i]);
                if more == all {
                    return all;
                }
                all = more;
            }
        };
        let of = |list: &[ItemIx]| list.iter().fold(0, |set, &i| set | bit(i));
        let ways = |ways: &[Vec<ItemIx>]| ways.iter().map(|way| of(way)).collect();
        let forced = closure(of(&instance.force_in));
        let most = instance.horizon.0 * instance.capacity.0 + 1e-3;
        let work = |set: u32| members(set).map(|i| instance.items[i].effort.0).sum::<f64>();
        let can_be = |i: &ItemIx| closure(bit(*i)) & of(&instance.force_out) == 0 && work(closure(bit(*i))) <= most;
        let requirement = |one: &Requirement| {
            let is_idle = one.where_all.iter().any(|i| !can_be(i) || one.any.contains(i));
            let any: Vec<ItemIx> = one.any.iter().copied().filter(can_be).collect();
            let serves = (one.first && one.where_all.is_empty()).then(|| closure(of(&any)));
            (!is_idle).then(|| (of(&any), of(&one.where_all), serves))
        };
        Self {
            instance,
            requirements: instance.requirements.iter().filter_map(requirement).collect(),
            forced,
            out: of(&instance.force_out),
            benefits: instance.benefits.iter().map(|b| (b.value.0, ways(&b.ways))).collect(),
            needs,
        }
    }

    fn work(&self, set: u32) -> f64 {
        members(set).map(|i| self.instance.items[i].effort.0).sum()
    }

    fn rate(&self, set: u32) -> f64 {
        let holds = |ways: &[u32]| ways.iter().any(|&way| way & !set == 0);
        self.benefits.iter().filter(|(_, ways)| holds(ways)).map(|(value, _)| value).sum()
    }

    fn meets(&self, set: u32) -> bool {
        self.requirements.iter().all(|&(any, where_all, _)| any & set != 0 || where_all & !set != 0)
    }

    /// Whether what goes first lets the item be built after the set.
    fn lets_in(&self, set: u32, item: ItemIx) -> bool {
        let mut open = self.requirements.iter().filter(|one| one.0 & set == 0).filter_map(|one| one.2).peekable();
        open.peek().is_none() || open.any(|serves| serves & bit(item) != 0)
    }

    /// The best net value; `None` where what is forced in has no place.
    fn best(&self) -> Option<f64> {
        let n = self.instance.items.len();
        let budget = self.instance.budget.map_or(f64::INFINITY, |budget| budget.0) + 1e-4;
        let mut states: Vec<Vec<(f64, f64)>> = vec![Vec::new(); 1 << n];
        states[0].push((0.0, 0.0));
        let mut best: Option<f64> = None;
        for set in 0..1_u32 << n {
            let here = std::mem::take(&mut states[set as usize]);
            if here.is_empty() {
                continue;
            }
            if self.forced & !set == 0 && self.meets(set) {
                best = here.iter().map(|state| state.0).chain(best).reduce(f64::max);
            }
            let (work, rate) = (self.work(set), self.rate(set));
            for i in
                self.instance.items.places().filter(|&i| (set | self.out) & bit(i) == 0 && self.needs[i] & !set == 0)
            {
                if !self.lets_in(set, i) {
                    continue;
                }
                let item = &self.instance.items[i];
                let years = (self.instance.horizon.0 - (work + item.effort.0) / self.instance.capacity.0) / 52.0;
                if years < -1e-9 {
                    continue;
                }
                let next = set | bit(i);
                let gain = (self.rate(next) - rate - item.running.0 - item.loss.0) * years - item.one_off.0;
                let cost = item.one_off.0 + item.running.0 * years;
                for &(value, spent) in here.iter().filter(|state| state.1 + cost <= budget) {
                    keep(&mut states[next as usize], (value + gain, spent + cost));
                }
            }
        }
        best
    }
}

/// Adds a state unless another has no less value and spent no more; those that it betters go.
fn keep(states: &mut Vec<(f64, f64)>, state: (f64, f64)) {
    if !states.iter().any(|other| other.0 >= state.0 && other.1 <= state.1) {
        states.retain(|other| !(state.0 >= other.0 && state.1 <= other.1));
        states.push(state);
    }
}

/// The proved solution with the value that the programme over subsets finds; `None` where both find that there is no plan.
fn agreed(instance: &Instance) -> Option<(Solution, f64)> {
    match (solve(instance, Effort::default()), Sets::of(instance).best()) {
        (Ok(solution), Some(best)) => {
            let value = solution.plan.net_value.0;
            assert!(solution.proved, "{} nodes: {instance:?}", solution.nodes);
            assert!((value - best).abs() < 0.02, "{value} proved, {best} by subsets: {instance:?}");
            Some((solution, best))
        }
        (Err(OrderError::NoneFound), _) => panic!("unfinished: {instance:?}"),
        (Err(_), None) => None,
        (found, best) => panic!("{found:?} but {best:?}: {instance:?}"),
    }
}

#[test]
fn plans_of_up_to_fifteen_items_agree_with_a_programme_over_subsets() {
    let mut dice = Dice::new(11);
    let (mut with_budget, mut with_options) = (0, 0);
    for round in 0..36 {
        let instance = anything(&mut dice, 11 + round % 5);
        with_budget += usize::from(instance.budget.is_some() && instance.items.iter().any(|item| item.running.0 > 0.0));
        with_options += usize::from(instance.benefits.iter().any(|benefit| benefit.ways.len() > 1));
        agreed(&instance);
    }
    assert!(with_budget > 5 && with_options > 20, "{with_budget} budgets, {with_options} options");
}

#[test]
fn with_requirements_plans_of_up_to_eleven_items_agree_with_a_programme_over_subsets() {
    let mut dice = Dice::new(12);
    let (mut first, mut none, mut split) = (0, 0, 0);
    for round in 0..30 {
        let mut instance = with_requirements(&mut dice, 8 + round % 4);
        // Most of them with more that goes first, and alternatives to each.
        for _ in 0..round % 4 {
            let any = (0..2 + dice.below(3)).map(|_| dice.item(instance.items.len())).collect();
            instance.requirements.push(Requirement { any, where_all: Vec::new(), first: true });
        }
        let Some((solution, best)) = agreed(&instance) else {
            none += 1;
            continue;
        };
        first += usize::from(instance.requirements.iter().any(|one| one.first && one.where_all.is_empty()));
        split += usize::from(solution.nodes > 1);
        for nodes in [1, 3] {
            let early = solve(&instance, Effort { nodes, ..Effort::default() });
            let bound = early.map_or(f64::INFINITY, |early| early.bound.0);
            assert!(bound >= best - 0.02, "{bound} after {nodes} nodes, below {best}: {instance:?}");
        }
    }
    assert!(first > 8 && split > 8, "{first} with something first, {split} searched, {none} without a plan");
}
