//! The root of the search, part by part where something goes first: how long that takes is what the relaxation sees least of.

use crate::duals::Duals;
use crate::index::ItemIx;
use crate::local_search;
use crate::local_search::Steps;
use crate::opening::ANY;
use crate::partial::{Partial, PlanKey};
use crate::search::Search;
use crate::subgradient::{Aim, Notes};
use crate::timeline::Node;
use crate::wsjf;

/// Steps towards good prices before the first branching, and numbers that they may look at. They end by themselves where steps
/// get too short to gain anything.
const MOST_ROUNDS: usize = 3_000;
const ROUNDS_PER_ITEM: usize = 60;
const MOST_WORK: u64 = 400_000_000;

/// The same for the first group of openings; other groups follow.
const FIRST_ROUNDS: usize = 600;
const FIRST_WORK: u64 = 150_000_000;

/// Steps of these before a short search of all openings at once: where that ends with the best plan, the others are not needed.
/// What is left of the step when they go on. Where openings are not told apart, this is for few items; where there is work for less
/// than twice as many steps, for none.
const EARLY_ROUNDS: usize = 150;
const LATE_PACE: f64 = 0.25;
const EARLY_ITEMS: usize = 50;

/// Where there is no work for so many steps in all, openings are not told apart.
const LEAST_ROUNDS: usize = 1_400;

/// Sequences of the relaxation of which plans are made: so many of those of the first group of openings; and where openings are not told
/// apart, the fewer the more items there are.
const FIRST_HINTS: usize = 3;
const MOST_HINTS: usize = 10;
const HINTED_ITEMS: usize = 1_000;

/// Groups of openings for which prices are looked for, and numbers that the prices of all may take, 8 bytes each.
const MOST_GROUPS: usize = 40;
const MOST_NUMBERS: usize = 12_000_000;

/// Steps towards good prices for a group after the first; they begin with those of the nearest group, and short.
const GROUP_ROUNDS: usize = 100;
const GROUP_PACE: f64 = 0.3;

/// How far the first group reaches to both sides of its middle, in cells, and the others; more where more openings are left than some
/// such groups hold. What is still open then is in a group of its nearest once more.
const FIRST_REACH: usize = 12;
const REACH: usize = 8;
const MOST_NEW_GROUPS: usize = 10;
const LAST_REACH: usize = 2;

/// Nodes, and numbers looked at, of a search of all openings at once with early prices, and once more with those of the first group:
/// small problems are done with it.
pub(crate) const TRIAL_NODES: usize = 500;
const TRIAL_WORK: u64 = 30_000_000;

/// The plans in which what goes first takes some numbers of cells, with prices for them.
pub(crate) struct Part {
    /// No plan is worth more, in cent-ticks.
    pub(crate) bound: f64,
    /// The least and the most cells.
    pub(crate) opening: [usize; 2],
    pub(crate) duals: Duals,
}

impl Search<'_> {
    /// All plans part by part, the highest bound first. The sequences met on the way become plans.
    pub(crate) fn parts(&mut self) -> Vec<Part> {
        let mut duals = self.relaxation.first_duals();
        let empty = Partial::new(self.scaled);
        let node = Node { partial: &empty, out: &self.scaled.out, opening: ANY };
        let bound = self.relaxation.bound(node, &duals);
        if bound == f64::NEG_INFINITY {
            return Vec::new();
        }
        let within = |work: u64| usize::try_from(work / self.relaxation.size().max(1) as u64).unwrap_or(usize::MAX);
        let rounds = (ROUNDS_PER_ITEM * self.scaled.len()).min(MOST_ROUNDS).min(within(MOST_WORK));
        let mut steps = Steps::within(self.most.work / 4);
        let parts = match self.relaxation.openings() {
            Some(openings) if within(self.most.work) >= LEAST_ROUNDS => {
                let rounds = rounds.min(FIRST_ROUNDS).min(within(FIRST_WORK.min(self.most.work / 4)));
                self.by_opening(openings, &duals, rounds, &mut steps)
            }
            _ => {
                let rounds = rounds.min(within(self.most.work / 2));
                let hints = (HINTED_ITEMS / self.scaled.len().max(1)).clamp(FIRST_HINTS, MOST_HINTS);
                let mut notes = Notes::default();
                match self.improve_first(ANY, &mut duals, [rounds, hints], &mut notes, &mut steps) {
                    Some(bound) => vec![Part { bound, opening: ANY, duals }],
                    None => Vec::new(),
                }
            }
        };
        self.improving = steps.work();
        parts
    }

    /// Looks for good prices for these openings, and makes plans of the best sequences on the way; the bound.
    fn improve(
        &mut self,
        opening: [usize; 2],
        duals: &mut Duals,
        (rounds, pace): (usize, f64),
        notes: &mut Notes,
        (most_hints, steps): (usize, &mut Steps),
    ) -> f64 {
        let empty = Partial::new(self.scaled);
        let node = Node { partial: &empty, out: &self.scaled.out, opening };
        let aim = Aim { target: self.target(self.rounding), rounds, pace };
        let bound = self.relaxation.improve(node, duals, aim, notes);
        let mut plans: Vec<(PlanKey, Vec<ItemIx>)> = std::mem::take(&mut notes.hints)
            .iter()
            .filter_map(|hint| wsjf::repaired(self.scaled, hint))
            .map(|plan| (plan.key(), plan.sequence))
            .collect();
        plans.sort_by(|a, b| b.cmp(a));
        plans.dedup();
        for (_, plan) in plans.into_iter().take(most_hints) {
            let plan = local_search::improve(self.scaled, plan, steps);
            if let Some(partial) = Partial::in_turn(self.scaled, &plan) {
                self.offer(&partial);
            }
        }
        bound + self.rounding
    }

    /// [`Self::improve`] from the first prices on, with so many steps and plans; `None` where a short search on the way ends with the
    /// best plan.
    fn improve_first(
        &mut self,
        opening: [usize; 2],
        duals: &mut Duals,
        [rounds, hints]: [usize; 2],
        notes: &mut Notes,
        steps: &mut Steps,
    ) -> Option<f64> {
        let are_many = opening == ANY && self.scaled.len() > EARLY_ITEMS;
        if are_many || rounds < 2 * EARLY_ROUNDS {
            return Some(self.improve(opening, duals, (rounds, 1.0), notes, (hints, steps)));
        }
        self.improve(opening, duals, (EARLY_ROUNDS, 1.0), notes, (hints, steps));
        if self.is_small(duals) {
            return None;
        }
        Some(self.improve(opening, duals, (rounds - EARLY_ROUNDS, LATE_PACE), notes, (hints, steps)))
    }

    /// The same group by group. Prices that are better than those before bound all openings, so many are done with before they are
    /// looked at.
    fn by_opening(&mut self, [from, to]: [usize; 2], first: &Duals, rounds: usize, steps: &mut Steps) -> Vec<Part> {
        let mut notes = Notes { hints: Vec::new(), by_opening: vec![f64::INFINITY; self.relaxation.cells] };
        let most_groups = (MOST_NUMBERS / (first.worth.len() + first.claim.len()).max(1)).clamp(2, MOST_GROUPS);
        let most_work = self.relaxation.looked_at.saturating_add(self.most.work / 2);
        let mut groups: Vec<(usize, Duals)> = Vec::new();
        let mut tries = vec![0; self.relaxation.cells];
        while groups.len() < most_groups && (groups.is_empty() || self.relaxation.looked_at < most_work) {
            let Some((middle, reach)) = self.next_group([from, to], &notes.by_opening, &tries, &groups) else { break };
            let opening = [middle.saturating_sub(reach).max(from), (middle + reach).min(to)];
            let duals = match nearest(&groups, middle) {
                None => {
                    let mut duals = first.clone();
                    let most = [rounds, FIRST_HINTS];
                    let bound = self.improve_first(opening, &mut duals, most, &mut notes, steps);
                    if bound.is_none() || self.is_small(&duals) {
                        return Vec::new();
                    }
                    duals
                }
                Some(group) => {
                    let mut duals = group.1.clone();
                    let aim = (GROUP_ROUNDS.min(rounds), GROUP_PACE);
                    self.improve(opening, &mut duals, aim, &mut notes, (1, steps));
                    duals
                }
            };
            (opening[0]..=opening[1]).for_each(|cells| tries[cells] += 1);
            groups.push((middle, duals));
        }
        let part = |cells: usize| {
            let duals = nearest(&groups, cells).map_or(first, |group| &group.1).clone();
            Part { bound: notes.by_opening[cells] + self.rounding, opening: [cells, cells], duals }
        };
        let mut parts: Vec<Part> = (from..=to).map(part).filter(|part| !self.hopeless(part.bound)).collect();
        parts.sort_by(|a, b| b.bound.total_cmp(&a.bound));
        parts
    }

    /// Whether a short search of all openings at once ends with the best plan.
    fn is_small(&mut self, duals: &Duals) -> bool {
        let whole = self.most;
        self.most.nodes = whole.nodes.min(self.trial);
        self.most.work = whole.work.min(self.relaxation.looked_at + TRIAL_WORK.min(whole.work / 16));
        self.explore(&mut Partial::new(self.scaled), &self.scaled.out.clone(), duals);
        self.most = whole;
        self.seen.clear();
        std::mem::replace(&mut self.unsearched, f64::NEG_INFINITY) == f64::NEG_INFINITY
    }

    /// The middle and the reach of the next group: that of the best plan known; that of the highest bound, which is far away, so that
    /// all are bounded; then neighbors of what was looked at, since good prices differ little there; last what is still highest.
    fn next_group(
        &self,
        [from, to]: [usize; 2],
        bounds: &[f64],
        tries: &[u32],
        groups: &[(usize, Duals)],
    ) -> Option<(usize, usize)> {
        let target = self.target(self.rounding);
        let open =
            |most_tries: u32| (from..=to).filter(move |&cells| bounds[cells] > target && tries[cells] <= most_tries);
        let highest = open(1).min_by(|&a, &b| bounds[b].total_cmp(&bounds[a]))?;
        let away = |cells: usize| nearest(groups, cells).map_or(0, |group| group.0.abs_diff(cells));
        let next = open(0).min_by_key(|&cells| away(cells));
        Some(match (groups.len(), next) {
            (0, _) => {
                let known = self.best.as_ref().and_then(|best| Partial::in_turn(self.scaled, &best.1));
                (known.map_or(highest, |plan| self.relaxation.opening_of(&plan)), FIRST_REACH)
            }
            (1, _) => (highest, (away(highest) / 2).max(LAST_REACH)),
            (_, Some(next)) => {
                let reach = REACH.max(open(0).count() / MOST_NEW_GROUPS);
                let is_above = nearest(groups, next).is_some_and(|group| group.0 < next);
                (if is_above { next + reach } else { next.saturating_sub(reach) }, reach)
            }
            (_, None) => (highest, LAST_REACH),
        })
    }
}

/// The group whose middle is the nearest.
fn nearest(groups: &[(usize, Duals)], cells: usize) -> Option<&(usize, Duals)> {
    groups.iter().min_by_key(|group| group.0.abs_diff(cells))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dice::Dice;
    use crate::index::Index;
    use crate::instance::{Benefit, Instance, Item, Requirement};
    use crate::scaled::Scaled;
    use crate::sequence::Effort;
    use crate::units::{Days, DaysPerWeek, Money, MoneyPerYear, Weeks};

    /// Two platforms, four items each of which needs one or none, and two that pay; two requirements go first.
    fn instance(dice: &mut Dice) -> Instance {
        let item = |dice: &mut Dice, at: usize| Item {
            id: format!("i{at}"),
            effort: Days(0.5 + dice.below(16) as f64 / 4.0),
            one_off: Money(dice.below(60) as f64),
            running: MoneyPerYear(dice.below(300) as f64),
            loss: MoneyPerYear(0.0),
            needs: if (2..6).contains(&at) && dice.below(3) > 0 {
                vec![ItemIx::new(dice.below(2))]
            } else {
                Vec::new()
            },
            goes_first: false,
            preference: 0,
        };
        let benefit = |dice: &mut Dice, at: usize| Benefit {
            value: MoneyPerYear((dice.below(900) + if at < 6 { 0 } else { 2_000 }) as f64),
            ways: vec![vec![ItemIx::new(at)]],
        };
        let requirement = |dice: &mut Dice| Requirement {
            any: (0..2 + dice.below(2)).map(|_| ItemIx::new(2 + dice.below(4))).collect(),
            where_all: Vec::new(),
            first: true,
        };
        Instance {
            items: (0..8).map(|at| item(dice, at)).collect(),
            benefits: (2..8).map(|at| benefit(dice, at)).collect(),
            capacity: DaysPerWeek(1.0),
            horizon: Weeks(12.0),
            budget: None,
            force_in: Vec::new(),
            force_out: Vec::new(),
            requirements: vec![requirement(dice), requirement(dice)],
        }
    }

    fn best(partial: &mut Partial<'_>) -> Option<i128> {
        let mut found = partial.has_all_required().then_some(partial.value);
        for i in partial.scaled.items() {
            if partial.ready(i) && partial.is_let_in(i) && partial.push_within_limits(i) {
                found = found.max(best(partial));
                partial.pop();
            }
        }
        found
    }

    #[test]
    fn part_by_part_the_best_plan_is_found_and_a_part_left_out_is_missed() {
        let (mut dice, mut parts, mut missed) = (Dice::new(5), 0, 0);
        for round in 0..20 {
            let scaled = Scaled::new(&instance(&mut dice)).unwrap();
            let Some(best) = best(&mut Partial::new(&scaled)) else { continue };
            // Nothing is known, prices are not good, and no short search of all is made.
            let start = || {
                let mut search = Search::new(&scaled, Effort::default());
                search.trial = 0;
                let (duals, root) = (search.relaxation.first_duals(), Partial::new(&scaled));
                search.relaxation.bound(Node { partial: &root, out: &scaled.out, opening: ANY }, &duals);
                let openings = search.relaxation.openings().unwrap();
                let parts = search.by_opening(openings, &duals, 3, &mut Steps::within(0));
                (search, parts)
            };
            let (search, all) = start();
            parts += all.len();
            let found = search.explored(all);
            assert!(found.proved, "round {round}");
            assert!((found.bound - best).abs() <= i128::from(scaled.year), "round {round}: {} {best}", found.bound);
            // Without the part that holds it, and the plans met on the way.
            let (mut search, mut all) = start();
            search.best = None;
            let plan = Partial::in_turn(&scaled, &found.plan.unwrap()).unwrap();
            let opening = search.relaxation.opening_of(&plan);
            all.retain(|part| part.opening != [opening, opening]);
            let other = search.explored(all);
            missed += usize::from(other.bound < best - i128::from(scaled.year));
        }
        assert!(parts >= 100 && missed >= 12, "{parts} {missed}");
    }
}
