//! Problems that were solved before: one that differs by what is best built last is the same problem.

use crate::index::ItemIx;
use crate::instance::Instance;
use crate::scaled::Scaled;
use crate::search::Found;
use crate::sequence::Effort;

/// Problems that are remembered.
const MOST: usize = 64;

/// What [`solve_again`](crate::solve_again) found for the problems before, so that a problem with the same core is not searched twice.
#[derive(Debug, Default)]
pub struct Memory {
    solved: Vec<Solved>,
    /// Searches that were made, where they are kept for another memory.
    made: Option<Vec<Made>>,
    /// Searches that were made ahead.
    ahead: Vec<Made>,
}

/// One search with all that decides what it finds.
#[derive(Debug)]
struct Made {
    instance: Instance,
    effort: Effort,
    found: Found,
}

/// Searches that were made before anybody asked for them; see [`Memory::for_another`].
#[derive(Debug)]
pub struct Searches(Vec<Made>);

/// All of a problem that decides which plan is best, but for how soon all is to be finished. Items are counted among those in play.
#[derive(Debug, PartialEq)]
struct Core {
    /// Id, effort, one-off and running cost, drain, and what else is asked of the item.
    items: Vec<Played>,
    /// Value and ways.
    benefits: Vec<(i64, Vec<Vec<usize>>)>,
    /// The items that meet it, those beside which it is asked for, and those that are let in while it goes first.
    requirements: Vec<[Vec<usize>; 4]>,
    frame: [i64; 2],
    budget: Option<i128>,
}

/// An item in play: id, numbers, what is asked of it, and what it needs.
type Played = (String, [i64; 4], [bool; 2], Vec<usize>);

#[derive(Debug)]
struct Solved {
    core: Core,
    deadline: i64,
    plan: Vec<usize>,
    bound: i128,
    proved: bool,
}

/// A plan that was found before, and the bound.
pub(crate) struct Known {
    pub(crate) plan: Vec<ItemIx>,
    pub(crate) bound: i128,
    pub(crate) proved: bool,
}

impl Core {
    fn of(instance: &Instance, scaled: &Scaled) -> (Self, Vec<ItemIx>) {
        let in_play: Vec<ItemIx> = scaled.items().filter(|&i| !scaled.out[i]).collect();
        let places =
            |all: &[ItemIx]| -> Vec<usize> { all.iter().filter_map(|i| in_play.binary_search(i).ok()).collect() };
        let item = |&i: &ItemIx| {
            let numbers = [scaled.effort[i], scaled.one_off[i], scaled.running[i], scaled.drain[i]];
            let asked = [scaled.forced[i], scaled.goes_first[i]];
            (instance.items[i].id.clone(), numbers, asked, places(&scaled.needs[i]))
        };
        let benefits = scaled.benefits.iter();
        // What is let in without being in play is never built.
        let requirement = |one: &crate::scaled::ScaledRequirement| {
            let lets_in = if one.first { places(&one.lets_in) } else { Vec::new() };
            [places(&one.any), places(&one.where_all), lets_in, vec![usize::from(one.first)]]
        };
        // What is asked for beside an item that is not in play is never asked for, and without that item would always be.
        let is_asked = |one: &&crate::scaled::ScaledRequirement| one.where_all.iter().all(|&i| !scaled.out[i]);
        let core = Self {
            items: in_play.iter().map(item).collect(),
            benefits: benefits.map(|one| (one.value, one.ways.iter().map(|way| places(way)).collect())).collect(),
            requirements: scaled.requirements.iter().filter(is_asked).map(requirement).collect(),
            frame: [scaled.horizon, scaled.year],
            budget: scaled.budget,
        };
        (core, in_play)
    }
}

impl Memory {
    /// A memory that keeps every search that is made with it, so that another one takes them up: problems that may be asked for later are
    /// solved beside others. What a search finds depends on nothing but the problem and the effort, so answers are the same with it.
    #[must_use]
    pub fn for_another() -> Self {
        Self { made: Some(Vec::new()), ..Self::default() }
    }

    /// The searches that were kept.
    #[must_use]
    pub fn searches(self) -> Searches {
        Searches(self.made.unwrap_or_default())
    }

    /// Takes up what was searched elsewhere: a problem that is asked for with the same effort is not searched again, and counts as if
    /// it were.
    pub fn take_up(&mut self, searches: Searches) {
        self.ahead.extend(searches.0);
    }

    /// Whether the best plan of both is the same problem but for what is best built last, and so is found once.
    #[must_use]
    pub fn is_one_problem(first: &Instance, second: &Instance) -> bool {
        let core = |instance: &Instance| {
            let mut scaled = Scaled::new(instance).ok()?;
            scaled.drop_useless_items();
            let (core, _) = scaled.without_tail();
            Some((Core::of(instance, &core).0, core.deadline))
        };
        match (core(first), core(second)) {
            (Some((first, sooner)), Some((second, later))) => first == second && sooner >= later,
            _ => false,
        }
    }

    /// What `search` finds for this problem with this effort, unless that was found ahead.
    pub(crate) fn searched(&mut self, instance: &Instance, effort: Effort, search: impl FnOnce() -> Found) -> Found {
        let known = self.ahead.iter().position(|made| made.effort == effort && made.instance == *instance);
        let found = known.map_or_else(search, |at| self.ahead.swap_remove(at).found);
        if let Some(made) = &mut self.made {
            made.push(Made { instance: instance.clone(), effort, found: found.clone() });
        }
        found
    }

    /// What was found for the same problem, or for one in which all may be finished later.
    pub(crate) fn find(&self, instance: &Instance, scaled: &Scaled) -> Option<Known> {
        let (core, in_play) = Core::of(instance, scaled);
        let known = self.solved.iter().find(|one| one.deadline >= scaled.deadline && one.core == core)?;
        let plan = known.plan.iter().map(|&at| in_play[at]).collect();
        Some(Known { plan, bound: known.bound, proved: known.proved })
    }

    /// Remembers what was found.
    pub(crate) fn keep(&mut self, instance: &Instance, scaled: &Scaled, found: &Known) {
        let (core, in_play) = Core::of(instance, scaled);
        let plan = found.plan.iter().filter_map(|i| in_play.binary_search(i).ok()).collect();
        if self.solved.len() < MOST {
            let (bound, proved) = (found.bound, found.proved);
            self.solved.push(Solved { core, deadline: scaled.deadline, plan, bound, proved });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dice::Dice;
    use crate::index::{Index, List};
    use crate::instance::{Benefit, Item};
    use crate::sequence::solve_again;
    use crate::units::{Days, DaysPerWeek, Money, MoneyPerYear, Weeks};

    fn instance(seed: u64) -> Instance {
        let mut dice = Dice::new(seed);
        let mut item = |at: usize| Item {
            id: format!("i{at}"),
            effort: Days(0.5 + dice.below(16) as f64 / 4.0),
            one_off: Money(dice.below(60) as f64),
            running: MoneyPerYear(0.0),
            loss: MoneyPerYear(0.0),
            needs: if at % 3 == 2 { vec![ItemIx::new(at - 1)] } else { Vec::new() },
            goes_first: false,
            preference: 0,
        };
        let items: List<ItemIx, Item> = (0..9).map(&mut item).collect();
        let benefit = |i: ItemIx| Benefit { value: MoneyPerYear(500.0 + i.place() as f64), ways: vec![vec![i]] };
        Instance {
            benefits: items.places().map(benefit).collect(),
            items,
            capacity: DaysPerWeek(1.0),
            horizon: Weeks(12.0),
            budget: None,
            force_in: Vec::new(),
            force_out: Vec::new(),
            requirements: Vec::new(),
        }
    }

    #[test]
    fn what_was_searched_ahead_is_taken_up_once_for_the_same_problem_and_effort_and_changes_no_answer() {
        let (one, other) = (instance(1), instance(2));
        let (effort, less) = (Effort::default(), Effort { work: 1_000_000, ..Effort::default() });
        let alone = solve_again(&one, effort, &mut Memory::default()).unwrap();
        let mut scout = Memory::for_another();
        solve_again(&one, effort, &mut scout).unwrap();
        let searches = scout.searches();
        assert_eq!(searches.0.len(), 1);
        let mut memory = Memory::default();
        memory.take_up(searches);
        // Other problems find nothing; each is as it is without.
        let of = |instance, effort, memory: &mut Memory| solve_again(instance, effort, memory).unwrap();
        let shorter = Instance { horizon: Weeks(11.0), ..one.clone() };
        for another in [&other, &shorter] {
            assert_eq!(of(another, effort, &mut memory), of(another, effort, &mut Memory::default()));
            assert_eq!(memory.ahead.len(), 1);
        }
        // Nor does the same with another effort.
        let mut of_less = Memory { ahead: std::mem::take(&mut memory.ahead), ..Memory::default() };
        assert_eq!(of(&one, less, &mut of_less), of(&one, less, &mut Memory::default()));
        assert_eq!(of_less.ahead.len(), 1);
        memory.ahead = of_less.ahead;
        assert_eq!(of(&one, effort, &mut memory), alone);
        assert!(memory.ahead.is_empty());
        assert!(alone.work > 0);
    }

    #[test]
    fn problems_are_one_where_only_what_cannot_be_built_tells_them_apart() {
        let one = instance(1);
        let mut longer = one.clone();
        longer.items[ItemIx::new(0)].effort.0 += 0.5;
        assert!(Memory::is_one_problem(&one, &one));
        assert!(!Memory::is_one_problem(&one, &longer));
        let mut more = one.clone();
        more.items.push(Item { id: "i9".to_owned(), effort: Days(1_000.0), ..one.items[ItemIx::new(0)].clone() });
        assert!(Memory::is_one_problem(&one, &more));
        let (soon, late) = (Instance { horizon: Weeks(11.0), ..one.clone() }, one);
        assert!(!Memory::is_one_problem(&soon, &late));
    }
}
