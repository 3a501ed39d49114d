//! The search for good prices and shares of the relaxation.
//!
//! A subgradient method with Polyak's step on an average of the last sequences (Barahona and Anbil 2000): what a price
//! moves by depends on how often, on average, the best sequences build the item or earn the benefit.

use std::ops::Range;
use std::rc::Rc;

use crate::duals::Duals;
use crate::index::{Index, ItemIx, List};
use crate::lanes;
use crate::partial::Partial;
use crate::programme::Step;
use crate::scaled::LiveIx;
use crate::timeline::{Node, Timeline, Way};

/// How much the last sequence counts in the average, and at most while steps are long: then a share of the step, since what was best
/// some steps ago says little. With the least throughout, prices for a hundred items settled up to 18% above the best plan, and 0.2% with this.
/// Where openings are told apart the search begins in a narrow band, and the least is best.
const FRESH: f64 = 0.1;
const MOST_FRESH: f64 = 0.5;
const FRESH_PER_PACE: f64 = 0.3;

/// Rounds without gain after which steps get shorter, and by how much; and how much longer they get with a gain.
const PATIENCE: usize = 5;
const SHORTER: f64 = 0.7;
const LONGER: f64 = 1.05;

/// The longest step, by Polyak's; steps shorter than the least gain nothing.
const MOST_PACE: f64 = 2.0;
const LEAST_PACE: f64 = 0.01;

/// Rounds after which the sequence is remembered, to make a plan of it.
const REMEMBERED: usize = 20;

/// How far prices of items, and that of the budget, move for a step of a share: they act on the whole time at once. Those of
/// requirements move so many times as far as those of items.
const ITEM_SCALE: f64 = 0.5;
const BUDGET_SCALE: f64 = 5.0;
const REQUIRED_SCALE: f64 = 3.0;

/// What is met on the way.
#[derive(Debug, Default)]
pub(crate) struct Notes {
    /// Some of the sequences.
    pub(crate) hints: Vec<Vec<ItemIx>>,
    /// At the root, by the cells that what goes first takes: the lowest bound met for the plans in which it takes so many. Empty where
    /// nothing goes first.
    pub(crate) by_opening: Vec<f64>,
}

impl Notes {
    /// The highest bound for openings `from..=to`, which is a bound for all of them.
    fn highest(&self, [from, to]: [usize; 2]) -> f64 {
        let within = self.by_opening.iter().take(to.saturating_add(1)).skip(from);
        if self.by_opening.is_empty() { f64::INFINITY } else { within.copied().fold(f64::NEG_INFINITY, f64::max) }
    }
}

/// How far prices may be moved at one node.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Aim {
    /// A bound as low as this is low enough.
    pub(crate) target: f64,
    pub(crate) rounds: usize,
    /// The first step, by Polyak's.
    pub(crate) pace: f64,
}

/// A price that has to move: against its limit it stays.
fn moves(slack: f64, price: f64, is_free: bool) -> bool {
    slack < 0.0 || price > 0.0 || is_free
}

impl Timeline<'_> {
    /// Shares in proportion to effort, no prices.
    pub(crate) fn first_duals(&self) -> Duals {
        let mut worth = vec![0.0; self.parts.len() * self.cells];
        let effort = |p: usize| self.scaled.effort[self.parts[p].item] as f64;
        for way in &self.ways {
            let total: f64 = way.parts.clone().map(effort).sum();
            let value = self.scaled.benefits[way.benefit].value as f64;
            for p in way.parts.clone() {
                for (cell, worth) in worth[self.row(p, self.cells - 1)].iter_mut().enumerate() {
                    *worth = value * effort(p) / total * self.width(cell);
                }
            }
        }
        let claim = vec![0.0; self.scaled.benefits.len() * self.cells];
        let required = vec![0.0; self.asked.len()];
        Duals { price: List::like(&self.latest, 0.0), required, budget: 0.0, worth: worth.into(), claim: claim.into() }
    }

    /// Looks for better duals by steps towards the aim, each from the best so far; returns the best bound and leaves its duals
    /// behind, with the programme solved for them.
    pub(crate) fn improve(&mut self, node: Node<'_>, duals: &mut Duals, aim: Aim, notes: &mut Notes) -> f64 {
        let (partial, target) = (node.partial, aim.target);
        let mut best = self.bound(node, duals);
        self.lower(&mut notes.by_opening);
        let mut current = duals.clone();
        let most_fresh = if notes.by_opening.is_empty() { MOST_FRESH } else { FRESH };
        let (mut pace, mut stalled) = (aim.pace, 0);
        for round in 0..aim.rounds {
            if best <= target || notes.highest(node.opening) <= target || pace < LEAST_PACE {
                break;
            }
            let path = self.best_sequence(partial);
            if round % REMEMBERED == REMEMBERED - 1 {
                notes.hints.push(path.iter().map(|step| step.0).collect());
            }
            let fresh = (FRESH_PER_PACE * pace).clamp(FRESH, most_fresh);
            self.average(partial, &path, if round == 0 { 1.0 } else { fresh });
            current.clone_from(duals);
            self.step(partial, &mut current, pace * (best - target));
            let value = self.bound(node, &current);
            if value < best {
                self.lower(&mut notes.by_opening);
                if value < best - 1e-4 * (best - target) {
                    stalled = 0;
                }
                pace = (pace * LONGER).min(MOST_PACE);
                best = value;
                duals.clone_from(&current);
            } else {
                stalled += 1;
                if stalled >= PATIENCE {
                    stalled = 0;
                    pace *= SHORTER;
                }
            }
        }
        self.bound(node, duals)
    }

    /// As [`Self::improve`], moving only the prices of items and of the budget; after [`Self::bound`], which was `first`.
    pub(crate) fn refine(&mut self, node: Node<'_>, duals: &mut Duals, first: f64, aim: Aim) -> f64 {
        let (partial, target) = (node.partial, aim.target);
        let (mut best, mut value) = (first, first);
        let mut current = duals.clone();
        for _ in 0..aim.rounds {
            let path = self.best_sequence(partial);
            self.count(partial, &path, 1.0);
            let scales = [1.0, 2.0 * BUDGET_SCALE];
            let norm = self.price_norm(partial, &current, scales);
            if norm <= 0.0 {
                break;
            }
            self.move_prices(partial, &mut current, aim.pace * (value - target) / norm, scales);
            value = self.bound(node, &current);
            if value < best {
                best = value;
                duals.clone_from(&current);
            }
            if best <= target {
                break;
            }
        }
        if value == best { best } else { self.bound(node, duals) }
    }

    fn count(&mut self, partial: &Partial, path: &[Step], fresh: f64) {
        let s = self.scaled;
        self.averages.count.iter_mut().for_each(|count| *count *= 1.0 - fresh);
        self.averages.count_first.iter_mut().for_each(|count| *count *= 1.0 - fresh);
        let mut spent = partial.spent as f64;
        for &(item, end, is_first) in path {
            self.averages.count[item] += fresh;
            self.averages.count_first[item] += if is_first { fresh } else { 0.0 };
            spent += s.one_off[item] as f64 * s.year as f64 + s.running[item] as f64 * self.left_at(end);
        }
        self.averages.spent = self.averages.spent * (1.0 - fresh) + spent * fresh;
    }

    fn average(&mut self, partial: &Partial, path: &[Step], fresh: f64) {
        let now = self.state_of(partial.left());
        self.count(partial, path, fresh);
        let mut ends: List<ItemIx, Vec<usize>> = List::like(&self.latest, Vec::new());
        path.iter().for_each(|&(item, end, _)| ends[item].push(end));
        for w in (0..self.ways.len()).filter(|&w| self.alive[w]) {
            for p in self.ways[w].parts.clone() {
                let part = self.parts[p];
                let row = self.row(p, now);
                let row = &mut self.averages.finished[row];
                if partial.done[part.item] {
                    row.fill(1.0);
                    continue;
                }
                row.iter_mut().for_each(|share| *share *= 1.0 - fresh);
                for end in ends[part.item].iter().filter(|&&end| end >= part.lag) {
                    row[..=end - part.lag].iter_mut().for_each(|share| *share += fresh);
                }
            }
        }
    }

    /// What is left of the budget, and a measure of it; nothing and one where there is no budget.
    fn budget_slack(&self) -> (f64, f64) {
        self.scaled.budget.map_or((0.0, 1.0), |b| (b as f64 - self.averages.spent, (b as f64).max(1.0)))
    }

    /// How far, on average, an open requirement is met beyond what it asks for; below zero where it is not met.
    fn requirement_slack(&self, partial: &Partial, r: usize) -> f64 {
        let one = &self.asked[r];
        let count = |i: ItemIx| self.averages.count[i];
        let meets = |i: ItemIx| if one.first { self.averages.count_first[i] } else { count(i) };
        let met: f64 = one.any.iter().filter(|&&i| self.latest[i].is_some()).map(|&i| meets(i)).sum();
        let free: f64 = one.where_all.iter().filter(|&&i| !partial.done[i]).map(|&i| 1.0 - count(i)).sum();
        met + free - 1.0
    }

    fn asked(&self) -> impl Iterator<Item = usize> + '_ {
        (0..self.is_asked.len()).filter(|&r| self.is_asked[r])
    }

    fn price_norm(&self, partial: &Partial, duals: &Duals, scales: [f64; 2]) -> f64 {
        let open = self.scaled.items().filter(|&i| self.latest[i].is_some() && !partial.done[i]);
        let items = open.filter_map(|i| {
            let slack = 1.0 - self.averages.count[i];
            moves(slack, duals.price[i], self.scaled.forced[i]).then_some(slack * slack)
        });
        let (slack, size) = self.budget_slack();
        let budget = if moves(slack, duals.budget, false) { scales[1] * (slack / size).powi(2) } else { 0.0 };
        let required = self.asked().filter_map(|r| {
            let slack = self.requirement_slack(partial, r);
            moves(slack, duals.required[r], false).then_some(slack * slack)
        });
        scales[0] * (items.sum::<f64>() + REQUIRED_SCALE * required.sum::<f64>()) + budget
    }

    fn move_prices(&self, partial: &Partial, duals: &mut Duals, length: f64, scales: [f64; 2]) {
        for i in self.scaled.items().filter(|&i| self.latest[i].is_some() && !partial.done[i]) {
            let price = duals.price[i] - length * scales[0] * (1.0 - self.averages.count[i]);
            duals.price[i] = if self.scaled.forced[i] { price } else { price.max(0.0) };
        }
        let most = self.scaled.most();
        for r in self.asked() {
            let price = duals.required[r] - length * scales[0] * REQUIRED_SCALE * self.requirement_slack(partial, r);
            duals.required[r] = price.clamp(0.0, most);
        }
        if self.scaled.budget.is_some() {
            let (slack, size) = self.budget_slack();
            duals.budget = (duals.budget - length * scales[1] * slack / size / size).max(0.0);
        }
    }

    /// Moves all duals against the averaged subgradient.
    fn step(&self, partial: &Partial, duals: &mut Duals, excess: f64) {
        let now = self.state_of(partial.left());
        let scales = [ITEM_SCALE, BUDGET_SCALE].map(|scale| scale * now as f64);
        let unclaimed = self.unclaimed(duals, now);
        let mut norm = self.price_norm(partial, duals, scales) + self.share_norm(now);
        for (b, row) in unclaimed.enumerate() {
            let claims = &duals.claim[b.place() * self.cells..];
            let square = |slack: f64, claim: f64| if moves(slack, claim, false) { slack * slack } else { 0.0 };
            norm += lanes::sum_of_pairs(row, claims, square);
        }
        if norm <= 1e-12 {
            return;
        }
        let length = excess / norm;
        self.move_prices(partial, duals, length, scales);
        let claim = Rc::make_mut(&mut duals.claim);
        for (b, row) in unclaimed.enumerate() {
            let value = self.scaled.benefits[b].value as f64;
            let claims = &mut claim[b.place() * self.cells..];
            for (at, most) in self.worths(value, row.len()) {
                let cells = claims[at.clone()].iter_mut().zip(&row[at]);
                cells.for_each(|(claim, slack)| *claim = (*claim - length * slack).max(0.0).min(most));
            }
        }
        self.move_shares(duals, length, now);
    }

    /// So many cells, with what a benefit of this value is worth in each of them: the first is shorter than the others.
    fn worths(&self, value: f64, cells: usize) -> [(Range<usize>, f64); 2] {
        let first = cells.min(1);
        [(0..first, value * self.width(0)), (first..cells, value * self.width(1))]
    }

    /// The rows of the parts of a way, each of which ends with the state `now`.
    fn rows<'r>(&self, way: &Way, table: &'r [f64], now: usize) -> impl Iterator<Item = &'r [f64]> + use<'r> {
        let rows = way.parts.start * self.cells..way.parts.end * self.cells;
        table[rows].chunks_exact(self.cells).map(move |row| &row[..=now])
    }

    fn share_norm(&self, now: usize) -> f64 {
        let mut squares = vec![0.0; now + 1];
        let mut mean = vec![0.0; now + 1];
        for (_, way) in self.ways.iter().enumerate().filter(|(w, way)| self.alive[*w] && way.parts.len() > 1) {
            let rows = || self.rows(way, &self.averages.finished, now);
            mean.fill(0.0);
            rows().for_each(|row| mean.iter_mut().zip(row).for_each(|(mean, share)| *mean += share));
            let count = way.parts.len() as f64;
            mean.iter_mut().for_each(|mean| *mean /= count);
            for row in rows() {
                let cells = squares.iter_mut().zip(row).zip(&mean);
                cells.for_each(|((square, share), mean)| *square += (share - mean) * (share - mean));
            }
        }
        lanes::sum(&squares)
    }

    /// Per benefit that can be earned, and cell: one less how often its ways claim it; empty for others.
    fn unclaimed(&self, duals: &Duals, now: usize) -> List<LiveIx, Vec<f64>> {
        let mut slack: List<LiveIx, Vec<f64>> = List::like(&self.scaled.benefits, Vec::new());
        let [mut total, mut used, mut least] = [const { Vec::new() }; 3];
        for (_, way) in self.ways.iter().enumerate().filter(|(w, _)| self.alive[*w]) {
            if way.parts.len() == 1 {
                // The way claims it as often as its one part is finished.
                let row = &mut slack[way.benefit];
                row.resize(now + 1, 1.0);
                let shares = &self.averages.finished[self.row(way.parts.start, now)];
                row.iter_mut().zip(shares).for_each(|(slack, share)| *slack -= share);
                continue;
            }
            for (sum, start) in [(&mut total, 0.0), (&mut used, 0.0), (&mut least, f64::INFINITY)] {
                sum.clear();
                sum.resize(now + 1, start);
            }
            let both = self.rows(way, &duals.worth, now).zip(self.rows(way, &self.averages.finished, now));
            for (worths, shares) in both {
                total.iter_mut().zip(worths).for_each(|(total, worth)| *total += worth);
                let cells = used.iter_mut().zip(worths).zip(shares);
                cells.for_each(|((used, worth), share)| *used += worth * share);
                least.iter_mut().zip(shares).for_each(|(least, share)| *least = share.min(*least));
            }
            let row = &mut slack[way.benefit];
            row.resize(now + 1, 1.0);
            for (((slack, total), used), least) in row.iter_mut().zip(&total).zip(&used).zip(&least) {
                *slack -= if *total > 0.0 { used / total } else { *least };
            }
        }
        slack
    }

    /// Moves worth from parts that are finished early to those that are finished late.
    fn move_shares(&self, duals: &mut Duals, length: f64, now: usize) {
        let worth = Rc::make_mut(&mut duals.worth);
        let mut values = Vec::new();
        for (_, way) in self.ways.iter().enumerate().filter(|(w, _)| self.alive[*w]) {
            let value = self.scaled.benefits[way.benefit].value as f64;
            let claims = &duals.claim[way.benefit.place() * self.cells..];
            let rows = way.parts.start * self.cells..way.parts.end * self.cells;
            let (worth, shares) = (&mut worth[rows.clone()], &self.averages.finished[rows]);
            match way.parts.len() {
                1 => {
                    for (at, most) in self.worths(value, now + 1) {
                        let cells = worth[at.clone()].iter_mut().zip(&claims[at]);
                        cells.for_each(|(worth, claim)| *worth = (most - claim).max(0.0));
                    }
                }
                2 => {
                    let ((first, second), (one, other)) = (worth.split_at_mut(self.cells), shares.split_at(self.cells));
                    for (at, most) in self.worths(value, now + 1) {
                        let parts = first[at.clone()].iter_mut().zip(&mut second[at.clone()]);
                        let shares = one[at.clone()].iter().zip(&other[at.clone()]).zip(&claims[at]);
                        for ((first, second), ((one, other), claim)) in parts.zip(shares) {
                            let total = (most - claim).max(0.0);
                            let (a, b) = (*first - length * one, *second - length * other);
                            *first = (a + (total - a - b) / 2.0).max(0.0).min(total);
                            *second = total - *first;
                        }
                    }
                }
                _ => {
                    for cell in 0..=now {
                        values.clear();
                        let cells =
                            worth[cell..].iter().step_by(self.cells).zip(shares[cell..].iter().step_by(self.cells));
                        values.extend(cells.map(|(worth, share)| worth - length * share));
                        project(&mut values, value * self.width(cell) - claims[cell]);
                        worth[cell..]
                            .iter_mut()
                            .step_by(self.cells)
                            .zip(&values)
                            .for_each(|(worth, &value)| *worth = value);
                    }
                }
            }
        }
    }
}

/// The nearest point without negative numbers that has this sum. The given numbers must not be infinite.
fn project(values: &mut [f64], total: f64) {
    let mut count = values.len();
    let is_left = |value: &f64| *value > f64::NEG_INFINITY;
    loop {
        let sum: f64 = values.iter().filter(|value| is_left(value)).sum();
        let add = (total - sum) / count as f64;
        let before = count;
        for value in values.iter_mut().filter(|value| is_left(value)) {
            if *value + add < 0.0 && count > 1 {
                *value = f64::NEG_INFINITY;
                count -= 1;
            }
        }
        if count == before {
            values.iter_mut().for_each(|value| *value = if is_left(value) { (*value + add).max(0.0) } else { 0.0 });
            return;
        }
    }
}
