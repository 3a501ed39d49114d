//! An upper bound on what can still be earned: a Lagrangian relaxation, solved by a programme over the time left.
//!
//! What a benefit is worth at each moment is shared out among the items that it still lacks, and prices keep an item from
//! being built twice and a benefit from being earned twice. Then an item is worth an amount that depends on its own finish
//! only, and the best sequence, in which an item may come again, is found cell by cell of the time left. Any prices and
//! shares give a valid bound; [`crate::subgradient`] looks for good ones. The proof is in `docs/theory/plan-order.md`.

use crate::asked::{Asked, asked};
use crate::duals::{Averages, Duals};
use crate::index::{Index, ItemIx, List};
use crate::lanes;
use crate::partial::Partial;
use crate::programme::{Entry, Opens, Profits, Programme, Step};
use crate::scaled::{LiveIx, Scaled};

/// Most cells into which the time is cut; where efforts have no common measure as coarse as that, they are rounded down.
const MOST_CELLS: i64 = 1_200;

/// Numbers that one table of the relaxation may hold, 8 bytes each; there are fewer than ten such tables. Where items and
/// ways are so many that it would hold more, the time is cut into fewer cells, and the bound is coarser.
const MOST_NUMBERS: usize = 1_500_000;

/// Cells that are left in any case.
const LEAST_CELLS: i64 = 12;

/// Where the search stands: what is built, and which items may not be.
#[derive(Clone, Copy)]
pub(crate) struct Node<'n> {
    pub(crate) partial: &'n Partial<'n>,
    pub(crate) out: &'n List<ItemIx, bool>,
    /// The least and the most cells of work before what goes first is over.
    pub(crate) opening: [usize; 2],
}

/// One item of the closure of one way.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Part {
    pub(crate) item: ItemIx,
    /// Cells of work in this way that must follow the item.
    pub(crate) lag: usize,
}

/// One way of one benefit with its parts.
#[derive(Debug, Clone)]
pub(crate) struct Way {
    pub(crate) benefit: LiveIx,
    way: usize,
    pub(crate) parts: std::ops::Range<usize>,
}

/// The relaxation of one instance, with its working space. States are counted by the cells of time left.
#[derive(Debug)]
pub(crate) struct Timeline<'a> {
    pub(crate) scaled: &'a Scaled,
    /// Ticks of a cell.
    grain: i64,
    /// Ticks of the horizon that are no whole cell: the cell 0.
    rest: i64,
    /// How many states there are.
    pub(crate) cells: usize,
    /// Whether every effort is a whole number of cells.
    is_exact: bool,
    /// Cells of each item.
    pub(crate) length: List<ItemIx, usize>,
    pub(crate) parts: Vec<Part>,
    pub(crate) ways: Vec<Way>,
    /// Per item: the state at its earliest finish; `None` if it cannot be built any more.
    pub(crate) latest: List<ItemIx, Option<usize>>,
    /// Ways that can still be completed.
    pub(crate) alive: Vec<bool>,
    /// Per item and state at its finish: what it is worth.
    pub(crate) profit: Vec<f64>,
    pub(crate) programme: Programme,
    pub(crate) constant: f64,
    /// Per item: what it gets for its part in the requirements that are still open, and in those that go first.
    credit: [List<ItemIx, f64>; 2],
    /// The requirements, and what meeting them brings with it.
    pub(crate) asked: Vec<Asked>,
    /// Those that are neither met for certain nor free.
    pub(crate) is_asked: Vec<bool>,
    /// Per item: whether it waits until all that goes first is built.
    pub(crate) waits: List<ItemIx, bool>,
    /// When anything may be built: what goes first takes no less than the cells before.
    pub(crate) opens: Opens,
    /// Whether something that goes first is open.
    pub(crate) is_gated: bool,
    pub(crate) averages: Averages,
    /// Numbers looked at so far.
    pub(crate) looked_at: u64,
}

fn common_measure(a: i64, b: i64) -> i64 {
    if b == 0 { a } else { common_measure(b, a % b) }
}

impl<'a> Timeline<'a> {
    pub(crate) fn new(scaled: &'a Scaled) -> Self {
        Self::within(scaled, MOST_CELLS)
    }

    /// The same with at most so many cells.
    fn within(scaled: &'a Scaled, most_cells: i64) -> Self {
        let measure = scaled.items().filter(|&i| !scaled.out[i]).fold(0, |a, i| common_measure(a, scaled.effort[i]));
        let parts = scaled.benefits.iter().flat_map(|benefit| &benefit.closures).map(Vec::len).sum::<usize>();
        let rows = parts + scaled.len() + scaled.benefits.len();
        let most_cells = ((MOST_NUMBERS / rows.max(1)) as i64).clamp(LEAST_CELLS, most_cells);
        let grain = measure.max(scaled.horizon / most_cells).max(1);
        let cells_of = |ticks: i64| (ticks / grain) as usize;
        let (mut parts, mut ways) = (Vec::new(), Vec::new());
        for (benefit, of) in scaled.benefits.enumerate() {
            for (way, closure) in of.closures.iter().enumerate() {
                let from = parts.len();
                for &item in closure {
                    let follows = closure.iter().filter(|&&j| scaled.ancestors[j].binary_search(&item).is_ok());
                    parts.push(Part { item, lag: cells_of(follows.map(|&j| scaled.effort[j]).sum()) });
                }
                ways.push(Way { benefit, way, parts: from..parts.len() });
            }
        }
        let asked = asked(scaled);
        let (n, cells) = (scaled.len(), cells_of(scaled.horizon) + 1);
        Self {
            scaled,
            grain,
            rest: scaled.horizon % grain,
            cells,
            is_exact: grain == measure,
            length: scaled.effort.iter().map(|&effort| cells_of(effort)).collect(),
            latest: List::like(&scaled.out, None),
            alive: vec![false; ways.len()],
            profit: vec![0.0; n * cells],
            programme: Programme::new(cells),
            constant: 0.0,
            credit: [List::like(&scaled.out, 0.0), List::like(&scaled.out, 0.0)],
            is_asked: vec![false; asked.len()],
            asked,
            waits: List::like(&scaled.out, false),
            opens: Opens { soonest: 0, within: [0, 0] },
            is_gated: false,
            averages: Averages::new(scaled, parts.len() * cells),
            looked_at: 0,
            parts,
            ways,
        }
    }

    /// Numbers that one bound looks at.
    pub(crate) fn size(&self) -> usize {
        (self.parts.len() + self.scaled.len()) * self.cells
    }

    /// Ticks of a cell.
    pub(crate) fn width(&self, cell: usize) -> f64 {
        if cell == 0 { self.rest as f64 } else { self.grain as f64 }
    }

    /// Ticks left in a state.
    pub(crate) fn left_at(&self, state: usize) -> f64 {
        (state as i64 * self.grain + self.rest) as f64
    }

    /// The state with no less time left than this.
    pub(crate) fn state_of(&self, left: i64) -> usize {
        ((left - self.rest).max(0) as u64).div_ceil(self.grain as u64) as usize
    }

    /// The cells of the part, benefit or item at one place.
    pub(crate) fn row(&self, at: usize, last: usize) -> std::ops::Range<usize> {
        at * self.cells..at * self.cells + last + 1
    }

    /// Upper bound, in cent-ticks, on what any completion of the node adds to its value; below everything where no completion
    /// meets all requirements.
    pub(crate) fn bound(&mut self, node: Node<'_>, duals: &Duals) -> f64 {
        let partial = node.partial;
        let now = self.state_of(partial.left());
        self.constant = self.scaled.budget.map_or(0.0, |b| duals.budget * (b - partial.spent) as f64);
        // The parts and items once each, and the items again for every state.
        self.looked_at += (self.parts.len() + 2 * self.scaled.len()) as u64 * (now + 1) as u64;
        self.find_latest(node, now);
        if !self.find_opening(node, now) {
            return f64::NEG_INFINITY;
        }
        if !self.price_requirements(partial, duals) {
            return f64::NEG_INFINITY;
        }
        self.share_out(partial, duals, now);
        self.price_items(duals);
        self.solve(now);
        self.constant + self.programme.best(now)
    }

    /// Upper bound on what any completion adds that builds `item` next. After [`Self::bound`], same arguments.
    pub(crate) fn bound_with_next(&self, partial: &Partial, item: ItemIx) -> f64 {
        let now = self.state_of(partial.left());
        let Some(latest) = self.latest[item] else { return f64::NEG_INFINITY };
        if self.waits[item] {
            return f64::NEG_INFINITY;
        }
        if self.length[item] == 0 {
            return self.constant + self.programme.best(now);
        }
        let end = now.saturating_sub(self.length[item]).min(latest);
        let credit = if self.is_gated { self.credit[1][item] } else { 0.0 };
        let profit = self.profit[item.place() * self.cells + end] + credit;
        self.constant + profit + self.programme.best_without(end, item)
    }

    /// Whether the item can still be built. After [`Self::bound`].
    pub(crate) fn fits(&self, item: ItemIx) -> bool {
        self.latest[item].is_some()
    }

    /// The items of the best sequence. After [`Self::bound`].
    pub(crate) fn best_sequence(&self, partial: &Partial) -> Vec<Step> {
        self.programme.sequence(self.state_of(partial.left()), |item| self.length[item])
    }

    fn find_latest(&mut self, node: Node<'_>, now: usize) {
        let (s, Node { partial, out, .. }) = (self.scaled, node);
        for i in s.items() {
            self.latest[i] = None;
            if partial.done[i] || out[i] || s.ancestors[i].iter().any(|&a| out[a]) {
                continue;
            }
            let first: i64 = s.ancestors[i].iter().filter(|&&a| !partial.done[a]).map(|&a| s.effort[a]).sum();
            let left = partial.left() - first - s.effort[i];
            if partial.room() - first - s.effort[i] >= 0 {
                let mut latest = self.state_of(left);
                if !self.is_exact {
                    // Rounded down, what comes before takes less.
                    let open = s.ancestors[i].iter().filter(|&&a| !partial.done[a]);
                    let before: usize = open.map(|&a| self.length[a]).sum();
                    latest = latest.max(now.saturating_sub(before + self.length[i]));
                }
                self.latest[i] = Some(latest);
                let row = self.row(i.place(), now);
                self.profit[row].fill(0.0);
            }
        }
    }

    /// Work left in the way, if it can still be completed.
    fn work_left(&self, partial: &Partial, way: &Way) -> Option<i64> {
        let s = self.scaled;
        let mut work = 0;
        for &i in s.benefits[way.benefit].closures[way.way].iter().filter(|&&i| !partial.done[i]) {
            self.latest[i]?;
            work += s.effort[i];
        }
        (work <= partial.room()).then_some(work)
    }

    /// Adds to each item what each cell of time left is worth once it is finished; what finished items have of a way is
    /// earned for certain, and so is what is paid for claiming a benefit.
    fn share_out(&mut self, partial: &Partial, duals: &Duals, now: usize) {
        let mut claimed: List<LiveIx, Option<usize>> = List::like(&self.scaled.benefits, None);
        for w in 0..self.ways.len() {
            let way = &self.ways[w];
            let work = if partial.earned[way.benefit] { None } else { self.work_left(partial, way) };
            self.alive[w] = work.is_some();
            let Some(work) = work else { continue };
            let soonest = now - now.min((work / self.grain) as usize);
            let claim = &mut claimed[way.benefit];
            *claim = Some(claim.map_or(soonest, |other| other.max(soonest)));
            for p in way.parts.clone() {
                let Part { item, lag } = self.parts[p];
                if partial.done[item] {
                    self.constant += lanes::sum(&duals.worth[self.row(p, soonest)]);
                    continue;
                }
                let last = self.latest[item].unwrap_or(0);
                if lag <= last {
                    let from = &duals.worth[self.row(p, last - lag)];
                    let to = self.row(item.place(), last).start + lag;
                    let to = &mut self.profit[to..to + from.len()];
                    to.iter_mut().zip(from).for_each(|(to, from)| *to += from);
                }
            }
        }
        for (b, &soonest) in claimed.enumerate() {
            if let Some(soonest) = soonest {
                self.constant += lanes::sum(&duals.claim[self.row(b.place(), soonest)]);
            }
        }
    }

    /// Adds what open requirements are priced at: each is worth its price to the items that meet it, and costs it to those
    /// that bring it up. False where one is open that nothing left can meet.
    fn price_requirements(&mut self, partial: &Partial, duals: &Duals) -> bool {
        self.credit.iter_mut().flat_map(List::iter_mut).for_each(|credit| *credit = 0.0);
        for (r, one) in self.asked.iter().enumerate() {
            let is_free = one.where_all.iter().any(|&i| !partial.done[i] && self.latest[i].is_none());
            self.is_asked[r] = !is_free && !one.any.iter().any(|&i| partial.done[i]);
            if !self.is_asked[r] {
                continue;
            }
            let price = duals.required[r];
            let (mut is_open, mut causes) = (false, 0.0);
            let [credit, first_credit] = &mut self.credit;
            let gets = if one.first { first_credit } else { &mut *credit };
            for &i in one.any.iter().filter(|&&i| self.latest[i].is_some()) {
                gets[i] += price;
                is_open = true;
            }
            for &i in one.where_all.iter().filter(|&&i| !partial.done[i]) {
                credit[i] -= price;
                causes += 1.0;
            }
            if !is_open && causes == 0.0 {
                return false;
            }
            self.constant += price * (causes - 1.0);
        }
        true
    }

    /// Sums over the time left, and takes off what the item costs and its price.
    fn price_items(&mut self, duals: &Duals) {
        let s = self.scaled;
        for i in s.items() {
            let Some(last) = self.latest[i] else { continue };
            let drain = s.drain[i] as f64 + duals.budget * s.running[i] as f64;
            let once = s.one_off[i] as f64 * s.year as f64 * (1.0 + duals.budget) + duals.price[i] - self.credit[0][i];
            self.constant += duals.price[i];
            let (grain, rest) = (drain * self.grain as f64, once + drain * self.rest as f64);
            let row = self.row(i.place(), last);
            lanes::sums_up_to(&mut self.profit[row.clone()], rest, grain);
            let mut best = f64::NEG_INFINITY;
            if !self.is_exact || self.length[i] == 0 {
                // Rounded times are too early by an unknown amount: the best of all later ones is no less.
                for profit in &mut self.profit[row] {
                    best = profit.max(best);
                    *profit = if self.is_exact { *profit } else { best };
                }
            }
            if self.length[i] == 0 {
                self.constant += (best + self.credit[1][i]).max(0.0);
            }
        }
    }

    /// What is to be built, and the states between which it is.
    pub(crate) fn entries(&self, now: usize) -> (Vec<Entry>, [usize; 2]) {
        let entry = |item: ItemIx| {
            let credit = (self.is_gated && !self.waits[item]).then_some(self.credit[1][item]);
            Some(Entry { item, length: self.length[item], latest: self.latest[item]?, credit })
        };
        let items = self.scaled.items().filter(|&i| self.length[i] > 0);
        let entries: Vec<Entry> = items.filter_map(entry).collect();
        // When all is built there is nothing more to do.
        let work: usize = entries.iter().map(|one| one.length).sum();
        let floor = if self.is_exact { now.saturating_sub(work) } else { 0 };
        let kept = self.state_of(self.scaled.horizon - self.scaled.deadline);
        (entries, [floor.max(kept).min(now), now])
    }

    fn solve(&mut self, now: usize) {
        let (entries, states) = self.entries(now);
        let profits = Profits { of: &self.profit, cells: self.cells };
        self.programme.solve(&entries, states, self.is_gated.then_some(self.opens), profits);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dice::Dice;
    use crate::instance::{Benefit, Instance, Item, Requirement};
    use crate::opening::ANY;
    use crate::subgradient::{Aim, Notes};
    use crate::units::{Days, DaysPerWeek, Money, MoneyPerYear, Weeks};

    /// Items of odd lengths, the last three a chain that pays; one of the first two, and one of the next two, go first and pay little.
    fn instance(dice: &mut Dice, first: bool) -> Instance {
        let item = |id: String, effort: f64, needs: Vec<ItemIx>| Item {
            id,
            effort: Days(effort),
            one_off: Money(10.0),
            running: MoneyPerYear(0.0),
            loss: MoneyPerYear(0.0),
            needs,
            goes_first: false,
            preference: 0,
        };
        let items: List<ItemIx, Item> = (0..7)
            .map(|at| {
                let needs = if at == 1 || at > 4 { vec![ItemIx::new(at - 1)] } else { Vec::new() };
                item(format!("i{at}"), 0.5 + dice.below(2_000) as f64 / 1_000.0, needs)
            })
            .collect();
        let value =
            |dice: &mut Dice, at: usize| if at < 4 { dice.below(200) } else { 2_000 + dice.below(5_000) } as f64;
        let benefits: Vec<Benefit> = (0..7)
            .map(|at| Benefit { value: MoneyPerYear(value(dice, at)), ways: vec![vec![ItemIx::new(at)]] })
            .collect();
        let requirement =
            |any: [usize; 2]| Requirement { any: any.map(ItemIx::new).into(), where_all: Vec::new(), first };
        Instance {
            benefits: benefits.into(),
            items,
            capacity: DaysPerWeek(1.0),
            horizon: Weeks(7.3),
            budget: None,
            force_in: Vec::new(),
            force_out: Vec::new(),
            requirements: vec![requirement([0, 1]), requirement([2, 3])],
        }
    }

    /// The best value of all sequences that go on from here, by the cells that what goes first takes in them.
    fn best(timeline: &Timeline<'_>, partial: &mut Partial, found: &mut [f64]) {
        if partial.has_all_required() {
            let best = &mut found[timeline.opening_of(partial)];
            *best = best.max(partial.value as f64);
        }
        for i in partial.scaled.items() {
            if partial.ready(i) && partial.is_let_in(i) && partial.push_within_limits(i) {
                best(timeline, partial, found);
                partial.pop();
            }
        }
    }

    fn greatest(values: &[f64]) -> f64 {
        values.iter().copied().fold(f64::NEG_INFINITY, f64::max)
    }

    /// The bound for these openings after some steps, and that of each opening on the way.
    fn bounds(timeline: &mut Timeline<'_>, opening: [usize; 2]) -> (f64, Vec<f64>) {
        let (mut duals, root) = (timeline.first_duals(), Partial::new(timeline.scaled));
        let node = Node { partial: &root, out: &timeline.scaled.out, opening };
        let first = timeline.bound(node, &duals);
        let by_opening = timeline.openings().map_or(Vec::new(), |_| vec![f64::INFINITY; timeline.cells]);
        let mut notes = Notes { hints: Vec::new(), by_opening };
        let improved = timeline.improve(node, &mut duals, Aim { target: 0.0, rounds: 60, pace: 1.0 }, &mut notes);
        assert!(improved <= first + 1e-3, "{improved} {first}");
        (improved, notes.by_opening)
    }

    #[test]
    fn no_bound_is_below_the_best_plan_however_coarse_the_time_and_whenever_what_goes_first_is_over() {
        let mut dice = Dice::new(1);
        let (mut lowered, mut soonest, mut tight, mut parts) = (0, 0, 0, 0);
        for _ in 0..12 {
            let seed = dice.below(1 << 30);
            let [with, without] =
                [true, false].map(|first| Scaled::new(&instance(&mut Dice::new(seed as u64), first)).unwrap());
            for most_cells in [12, 40, MOST_CELLS] {
                let [mut gated, mut free] = [&with, &without].map(|scaled| Timeline::within(scaled, most_cells));
                let rounding = 1e-9 * with.most();
                let mut values = vec![f64::NEG_INFINITY; free.cells];
                best(&free, &mut Partial::new(&without), &mut values);
                let (of_free, _) = bounds(&mut free, ANY);
                assert!(of_free >= greatest(&values) - rounding, "{most_cells} cells, seed {seed}: free");
                let mut values = vec![f64::NEG_INFINITY; gated.cells];
                best(&gated, &mut Partial::new(&with), &mut values);
                let Some(first) = values.iter().position(|value| value.is_finite()) else { continue };
                let (of_gated, by_opening) = bounds(&mut gated, ANY);
                assert!(of_gated >= greatest(&values) - rounding, "{most_cells} cells, seed {seed}: gated");
                lowered += usize::from(most_cells == MOST_CELLS && of_gated < of_free * 0.98);
                // One cell more would be a cell too many where the two are equal.
                let [least, most] = gated.openings().unwrap();
                assert!(least <= first && values[most + 1..].iter().all(|value| *value == f64::NEG_INFINITY));
                soonest += usize::from(least == first);
                for (opening, value) in values.iter().enumerate().filter(|(_, value)| value.is_finite()) {
                    let bound = by_opening[opening];
                    assert!(bound >= value - rounding, "{most_cells} cells, seed {seed}: {bound} for {opening}");
                    // Lower by three in a hundred it would be too low.
                    tight += usize::from(most_cells == MOST_CELLS && bound < value * 1.03);
                }
                let reach = |opening: usize| [opening.saturating_sub(1), opening + 1];
                let opening = reach((first + dice.below(12)).min(most));
                let best = greatest(&values[opening[0]..=opening[1].min(gated.cells - 1)]);
                let (of_part, by_opening) = bounds(&mut gated, opening);
                assert!(of_part >= best - rounding, "{most_cells} cells, seed {seed}: {of_part} for {opening:?}");
                for (opening, value) in values.iter().enumerate() {
                    assert!(by_opening[opening] >= value - rounding, "{most_cells} cells, seed {seed}: {opening}");
                }
                parts += usize::from(of_part < of_gated * 0.98);
            }
        }
        assert!(lowered >= 8 && soonest >= 20 && tight >= 15 && parts >= 15, "{lowered} {soonest} {tight} {parts}");
    }
}
