//! An upper bound on what can still be earned: a Lagrangian relaxation that is solved by an upper envelope of lines.
//!
//! The value of a benefit is shared out among the items its ways still need, each item may be built in fractions
//! and in any order, and prices keep an item from being built twice and a benefit from being earned twice. Then
//! every item is worth, per tick of work, a line in the time left, and the best use of each tick is the highest
//! line. Any prices and shares give a valid bound; a subgradient method looks for good ones. The proof is in
//! `docs/theory/plan-order.md`.

use super::partial::Partial;
use super::scaled::Scaled;

/// Prices and shares. Every value of them gives a valid bound.
#[derive(Debug, Clone)]
pub(crate) struct Duals {
    /// Per item, in cent-ticks: what is added to the price found by Smith's order.
    surcharge: Vec<f64>,
    /// Per benefit, in cent-ticks: price of earning it once.
    benefit: Vec<f64>,
    /// Cent-ticks per cent-tick of budget.
    budget: f64,
    /// Per way and item of its closure: share of the benefit's value; renormalised over what is left.
    share: Vec<f64>,
}

/// One item of the closure of one way.
#[derive(Debug, Clone, Copy)]
struct Part {
    item: usize,
    /// Ticks of work in this way that must follow the item.
    lag: f64,
}

/// What the item contributes to one benefit under the current shares.
#[derive(Debug, Clone, Copy)]
struct Claim {
    item: usize,
    part: usize,
    benefit: usize,
    /// Cents a year.
    weight: f64,
    /// Cent-ticks to pay for the claim; zero where the benefit has one way only.
    price: f64,
    /// Share of the benefit, after renormalisation.
    share: f64,
}

/// Worth of a tick of work on the item, with `tau` ticks left: `slope * tau - offset`.
#[derive(Debug, Clone, Copy)]
struct Line {
    slope: f64,
    offset: f64,
    item: usize,
    /// How many of the item's claims, in their order, are made.
    claims: usize,
}

/// A piece of the upper envelope.
#[derive(Debug, Clone, Copy)]
struct Segment {
    line: Line,
    from: f64,
    to: f64,
    /// Integral of the envelope from 0 to `from`.
    before: f64,
}

const NOBODY: usize = usize::MAX;

/// The relaxation of one instance, with its working space.
#[derive(Debug)]
pub(crate) struct Relaxation<'a> {
    scaled: &'a Scaled,
    /// Parts of all closures, one after the other.
    parts: Vec<Part>,
    /// First part of each way of each benefit.
    first: Vec<Vec<usize>>,
    /// Per item: time left at its earliest finish; negative if it cannot finish.
    earliest: Vec<f64>,
    /// Per item, in cent-ticks: price of building it once; negative only for what is forced in.
    price: Vec<f64>,
    base: Vec<f64>,
    claims: Vec<Claim>,
    /// Range of each item in `claims`.
    claim_range: Vec<(usize, usize)>,
    lines: Vec<Line>,
    envelope: Vec<Segment>,
    constant: f64,
    usage: Vec<f64>,
    earliness: Vec<f64>,
    priced: Vec<bool>,
}

impl<'a> Relaxation<'a> {
    pub(crate) fn new(scaled: &'a Scaled) -> Self {
        let mut parts = Vec::new();
        let mut first = Vec::new();
        for benefit in &scaled.benefits {
            let mut starts = Vec::new();
            for closure in &benefit.closures {
                starts.push(parts.len());
                for &item in closure {
                    let follows = closure.iter().filter(|&&j| scaled.ancestors[j].binary_search(&item).is_ok());
                    parts.push(Part { item, lag: follows.map(|&j| scaled.effort[j] as f64).sum() });
                }
            }
            first.push(starts);
        }
        let n = scaled.len();
        Self {
            scaled,
            parts,
            first,
            earliest: vec![0.0; n],
            price: vec![0.0; n],
            base: vec![0.0; n],
            claims: Vec::new(),
            claim_range: vec![(0, 0); n],
            lines: Vec::new(),
            envelope: Vec::new(),
            constant: 0.0,
            usage: vec![0.0; n],
            earliness: vec![0.0; n],
            priced: vec![false; scaled.benefits.len()],
        }
    }

    /// Shares in proportion to effort, no prices.
    pub(crate) fn first_duals(&self) -> Duals {
        Duals {
            surcharge: vec![0.0; self.scaled.len()],
            benefit: vec![0.0; self.scaled.benefits.len()],
            budget: 0.0,
            share: self.parts.iter().map(|p| self.scaled.effort[p.item] as f64).collect(),
        }
    }

    /// Upper bound, in cent-ticks, on what any completion that avoids `out` adds to the partial plan's value.
    pub(crate) fn bound(&mut self, partial: &Partial, out: &[bool], duals: &Duals) -> f64 {
        let left = partial.left() as f64;
        self.constant = 0.0;
        if let Some(budget) = self.scaled.budget {
            self.constant += duals.budget * (budget - partial.spent) as f64;
        }
        self.find_earliest(partial, out);
        self.share_out(partial, duals);
        self.draw_lines(partial, duals);
        self.price_items(left, duals);
        self.draw_envelope(left);
        self.constant + self.area(left)
    }

    /// Upper bound on what any completion adds that builds `item` next. After [`Self::bound`], same arguments.
    pub(crate) fn bound_with_next(&self, partial: &Partial, duals: &Duals, item: usize) -> f64 {
        let left = (partial.left() - self.scaled.effort[item]) as f64;
        let (from, to) = self.claim_range[item];
        let claims = self.claims[from..to].iter().map(|c| (c.weight * left - c.price).max(0.0));
        let gain = (self.base[item] - self.drain(item, duals)) * left + claims.sum::<f64>() - self.fixed(item, duals);
        self.constant + gain + self.area(left)
    }

    /// Whether the item can still earn something or must be built. After [`Self::bound`].
    pub(crate) fn useful(&self, item: usize) -> bool {
        let (from, to) = self.claim_range[item];
        self.earliest[item] >= 0.0 && (from < to || self.scaled.forced[item])
    }

    /// Looks for better duals by `rounds` subgradient steps towards `target`; returns the best bound and leaves its
    /// duals behind, with the envelope drawn for them.
    pub(crate) fn improve(
        &mut self,
        partial: &Partial,
        out: &[bool],
        duals: &mut Duals,
        target: f64,
        rounds: usize,
    ) -> f64 {
        let mut best = self.bound(partial, out, duals);
        let mut current = duals.clone();
        let mut pace = 1.0;
        let mut stalled = 0;
        for round in 0..rounds {
            // Smith's order alone prices well until shares and benefit prices have settled.
            let surcharge = 2 * round >= rounds;
            if surcharge && 2 * round < rounds + 2 {
                pace = 0.3;
                stalled = 0;
                current.clone_from(duals);
                self.bound(partial, out, &current);
            }
            let value = self.step(partial, &mut current, target, pace, surcharge);
            if value.is_none() {
                break;
            }
            let value = self.bound(partial, out, &current);
            if value < best {
                best = value;
                duals.clone_from(&current);
                stalled = 0;
            } else {
                stalled += 1;
                if stalled == 8 {
                    stalled = 0;
                    pace *= 0.6;
                    current.clone_from(duals);
                    self.bound(partial, out, &current);
                }
            }
            if best <= target || (surcharge && pace < 0.01) {
                break;
            }
        }
        self.bound(partial, out, duals)
    }

    fn drain(&self, item: usize, duals: &Duals) -> f64 {
        self.scaled.drain[item] as f64 + duals.budget * self.scaled.running[item] as f64
    }

    fn fixed(&self, item: usize, duals: &Duals) -> f64 {
        let once = self.scaled.one_off[item] as f64 * self.scaled.year as f64;
        once * (1.0 + duals.budget) + self.price[item]
    }

    fn find_earliest(&mut self, partial: &Partial, out: &[bool]) {
        let s = self.scaled;
        for i in 0..s.len() {
            self.earliest[i] = -1.0;
            if partial.done[i] || out[i] || s.ancestors[i].iter().any(|&a| out[a]) {
                continue;
            }
            let first: i64 = s.ancestors[i].iter().filter(|&&a| !partial.done[a]).map(|&a| s.effort[a]).sum();
            self.earliest[i] = (partial.left() - first - s.effort[i]) as f64;
        }
    }

    /// Work left in the way, if it can still be completed.
    fn way_left(&self, partial: &Partial, closure: &[usize]) -> Option<i64> {
        let mut work = 0;
        for &i in closure {
            if !partial.done[i] {
                if self.earliest[i] < 0.0 {
                    return None;
                }
                work += self.scaled.effort[i];
            }
        }
        (work <= partial.left()).then_some(work)
    }

    fn share_out(&mut self, partial: &Partial, duals: &Duals) {
        self.base.fill(0.0);
        self.claims.clear();
        for b in 0..self.scaled.benefits.len() {
            self.priced[b] = false;
            if partial.earned[b] {
                continue;
            }
            let benefit = &self.scaled.benefits[b];
            let live: Vec<usize> =
                (0..benefit.ways.len()).filter(|&k| self.way_left(partial, &benefit.closures[k]).is_some()).collect();
            let price = if live.len() > 1 { duals.benefit[b] } else { 0.0 };
            self.priced[b] = live.len() > 1;
            self.constant += price;
            for k in live {
                let parts = self.first[b][k]..self.first[b][k] + benefit.closures[k].len();
                let open = parts.filter(|&p| !partial.done[self.parts[p].item]);
                let total: f64 = open.clone().map(|p| duals.share[p]).sum();
                for p in open {
                    let Part { item, lag } = self.parts[p];
                    let share = duals.share[p] / total;
                    let reach = if self.earliest[item] > 0.0 { 1.0 - lag / self.earliest[item] } else { 0.0 };
                    let weight = benefit.value as f64 * share * reach;
                    self.claims.push(Claim { item, part: p, benefit: b, weight, price: price * share, share });
                }
            }
        }
        // Dearest claims last: as time runs out they are the first to be given up.
        self.claims.sort_unstable_by(|x, y| {
            let dear = |c: &Claim| if c.price == 0.0 { 0.0 } else { c.price / c.weight };
            x.item.cmp(&y.item).then(dear(x).total_cmp(&dear(y))).then(x.part.cmp(&y.part))
        });
        self.claim_range.fill((0, 0));
        let mut from = 0;
        while from < self.claims.len() {
            let item = self.claims[from].item;
            let to = from + self.claims[from..].iter().take_while(|c| c.item == item).count();
            self.claim_range[item] = (from, to);
            from = to;
        }
    }

    fn draw_lines(&mut self, partial: &Partial, duals: &Duals) {
        self.price.fill(0.0);
        self.lines.clear();
        self.lines.push(Line { slope: 0.0, offset: 0.0, item: NOBODY, claims: 0 });
        for item in 0..self.scaled.len() {
            let (from, to) = self.claim_range[item];
            let forced = self.scaled.forced[item];
            if partial.done[item] || self.earliest[item] < 0.0 || (from == to && !forced) {
                continue;
            }
            let effort = self.scaled.effort[item] as f64;
            let mut weight = self.base[item] - self.drain(item, duals);
            let mut fixed = self.fixed(item, duals);
            let line = |weight: f64, fixed: f64, claims: usize| Line {
                slope: weight / effort,
                offset: weight / 2.0 + fixed / effort,
                item,
                claims,
            };
            if forced {
                self.lines.push(line(weight, fixed, 0));
            }
            for c in from..to {
                weight += self.claims[c].weight;
                fixed += self.claims[c].price;
                let same = c + 1 < to && self.claims[c + 1].price == 0.0;
                if !same && (weight > 0.0 || fixed < 0.0) {
                    self.lines.push(line(weight, fixed, c + 1 - from));
                }
            }
        }
    }

    /// Prices the items so that each line is highest for about as long as its item takes: the items worth their
    /// place are put in Smith's order, and each is priced so that it meets its successor where it ends.
    fn price_items(&mut self, left: f64, duals: &Duals) {
        let s = self.scaled;
        let mut order: Vec<Line> = Vec::with_capacity(self.lines.len());
        for &line in &self.lines[1..] {
            match order.last_mut() {
                Some(last) if last.item == line.item => *last = line,
                _ => order.push(line),
            }
        }
        order.sort_unstable_by(|a, b| b.slope.total_cmp(&a.slope).then(a.item.cmp(&b.item)));
        let mut worth: Vec<f64> = vec![0.0; order.len()];
        loop {
            let mut tau = left - order.iter().map(|l| s.effort[l.item] as f64).sum::<f64>();
            let mut next = 0.0;
            for (line, worth) in order.iter().zip(&mut worth).rev() {
                let end = line.slope * tau - line.offset;
                *worth = end - next;
                tau += s.effort[line.item] as f64;
                next += line.slope * s.effort[line.item] as f64;
                // `next` becomes the height of the priced line where its predecessor ends.
            }
            let idle = |(line, &worth): (&Line, &f64)| worth < 0.0 && !s.forced[line.item];
            let losing = order.iter().zip(&worth).filter(|&x| idle(x)).count();
            if losing == 0 {
                break;
            }
            for _ in 0..losing.div_ceil(8) {
                let worst = (0..order.len())
                    .filter(|&i| idle((&order[i], &worth[i])))
                    .min_by(|&a, &b| worth[a].total_cmp(&worth[b]));
                if let Some(worst) = worst {
                    order.remove(worst);
                    worth.remove(worst);
                }
            }
        }
        for (line, &worth) in order.iter().zip(&worth) {
            self.price[line.item] = worth * s.effort[line.item] as f64;
        }
        let mut last = NOBODY;
        for line in &mut self.lines[1..] {
            if line.item != last {
                last = line.item;
                let price = self.price[last] + duals.surcharge[last];
                self.price[last] = if s.forced[last] { price } else { price.max(0.0) };
                self.constant += self.price[last];
            }
            line.offset += self.price[line.item] / s.effort[line.item] as f64;
        }
    }

    /// Highest line over `0..=left`, from the least slope to the greatest.
    fn draw_envelope(&mut self, left: f64) {
        self.lines.sort_unstable_by(|a, b| {
            a.slope.total_cmp(&b.slope).then(b.offset.total_cmp(&a.offset)).then(a.item.cmp(&b.item))
        });
        self.envelope.clear();
        for &line in &self.lines {
            let mut from = 0.0;
            while let Some(last) = self.envelope.last() {
                let rise = line.slope - last.line.slope;
                let gap = line.offset - last.line.offset;
                from = if rise > 0.0 {
                    (gap / rise).max(0.0)
                } else if gap < 0.0 {
                    0.0
                } else {
                    f64::INFINITY
                };
                if from > last.from || (from == f64::INFINITY) {
                    break;
                }
                self.envelope.pop();
                from = 0.0;
            }
            if from < left || self.envelope.is_empty() {
                self.envelope.push(Segment { line, from, to: left, before: 0.0 });
            }
        }
        let mut before = 0.0;
        for s in 0..self.envelope.len() {
            let to = self.envelope.get(s + 1).map_or(left, |next| next.from);
            let segment = &mut self.envelope[s];
            segment.to = to;
            segment.before = before;
            before += integral(segment, to);
        }
    }

    /// Integral of the envelope from 0 to `tau`.
    fn area(&self, tau: f64) -> f64 {
        let place = self.envelope.partition_point(|s| s.from <= tau).max(1) - 1;
        self.envelope.get(place).map_or(0.0, |s| s.before + integral(s, tau))
    }

    /// Moves the duals against the subgradient at the last bound; `None` at an optimum.
    fn step(&mut self, partial: &Partial, duals: &mut Duals, target: f64, pace: f64, surcharge: bool) -> Option<f64> {
        let s = self.scaled;
        let left = partial.left() as f64;
        let value = self.constant + self.area(left);
        self.usage.fill(0.0);
        self.earliness.fill(0.0);
        let mut claim_usage = vec![(0.0, 0.0); self.claims.len()];
        for segment in &self.envelope {
            let item = segment.line.item;
            if item == NOBODY {
                continue;
            }
            let effort = s.effort[item] as f64;
            let usage = (segment.to - segment.from) / effort;
            let early = usage * (0.5 * (segment.to + segment.from) - 0.5 * effort);
            self.usage[item] += usage;
            self.earliness[item] += early;
            let from = self.claim_range[item].0;
            for used in &mut claim_usage[from..from + segment.line.claims] {
                used.0 += usage;
                used.1 += early;
            }
        }
        let mut benefit_usage = vec![1.0; s.benefits.len()];
        for (claim, used) in self.claims.iter().zip(&claim_usage) {
            benefit_usage[claim.benefit] -= claim.share * used.0;
        }
        let mut norm = 0.0;
        for i in (0..s.len()).filter(|&i| surcharge && self.useful(i)) {
            let g = 1.0 - self.usage[i];
            if g < 0.0 || self.price[i] > 0.0 || s.forced[i] {
                norm += g * g;
            }
        }
        for (b, &g) in benefit_usage.iter().enumerate() {
            if self.priced[b] && (g < 0.0 || duals.benefit[b] > 0.0) {
                norm += g * g;
            }
        }
        let slack = s.budget.map_or(0.0, |budget| {
            let spent: f64 = (0..s.len())
                .map(|i| {
                    let once = s.one_off[i] as f64 * s.year as f64;
                    self.usage[i] * once + self.earliness[i] * s.running[i] as f64
                })
                .sum();
            ((budget - partial.spent) as f64 - spent) / (budget.max(1) as f64)
        });
        if s.budget.is_some() && (slack < 0.0 || duals.budget > 0.0) {
            norm += slack * slack;
        }
        let excess = (value - target).max(0.0);
        if excess == 0.0 {
            return None;
        }
        if norm > 1e-12 {
            let length = pace * excess / norm;
            for i in (0..s.len()).filter(|&i| surcharge && self.useful(i)) {
                let g = 1.0 - self.usage[i];
                if g < 0.0 || self.price[i] > 0.0 || s.forced[i] {
                    duals.surcharge[i] -= length * g;
                }
            }
            for (b, &g) in benefit_usage.iter().enumerate() {
                if self.priced[b] {
                    duals.benefit[b] = (duals.benefit[b] - length * g).max(0.0);
                }
            }
            if let Some(budget) = s.budget {
                duals.budget = (duals.budget - length * slack / (budget.max(1) as f64)).max(0.0);
            }
        }
        self.shift_shares(&claim_usage, duals, left, pace);
        Some(value)
    }

    /// Moves shares of each way from its items built early to those built late.
    fn shift_shares(&self, claim_usage: &[(f64, f64)], duals: &mut Duals, left: f64, pace: f64) {
        let mut mean: Vec<f64> = vec![0.0; self.parts.len()];
        let mut gain: Vec<f64> = vec![f64::NAN; self.parts.len()];
        for (claim, used) in self.claims.iter().zip(claim_usage) {
            let lag = self.parts[claim.part].lag;
            let reach = if self.earliest[claim.item] > 0.0 { 1.0 - lag / self.earliest[claim.item] } else { 0.0 };
            let value = self.scaled.benefits[claim.benefit].value as f64;
            let price = if claim.share > 0.0 { claim.price / claim.share } else { 0.0 };
            gain[claim.part] = used.1 * reach - used.0 * price / value;
            mean[claim.part] = claim.share;
        }
        for (b, benefit) in self.scaled.benefits.iter().enumerate() {
            for (k, closure) in benefit.closures.iter().enumerate() {
                let parts = self.first[b][k]..self.first[b][k] + closure.len();
                let open: Vec<usize> = parts.filter(|&p| !gain[p].is_nan()).collect();
                if open.len() < 2 {
                    continue;
                }
                let average: f64 = open.iter().map(|&p| mean[p] * gain[p]).sum();
                let total: f64 = open.iter().map(|&p| duals.share[p]).sum();
                for &p in &open {
                    let factor = 1.0 - 0.5 * pace * ((gain[p] - average) / left.max(1.0)).clamp(-1.0, 1.0);
                    duals.share[p] = (duals.share[p] / total).max(1e-6) * factor;
                }
            }
        }
    }
}

fn integral(segment: &Segment, to: f64) -> f64 {
    let Line { slope, offset, .. } = segment.line;
    let width = to - segment.from;
    width * (slope * 0.5 * (to + segment.from) - offset)
}
