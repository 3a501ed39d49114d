//! Smith's rule as people know it, weighted shortest job first: the number of each item, and the plan it leads to.

use std::cmp::{Ordering, Reverse};
use std::collections::BinaryHeap;

use crate::index::{ItemIx, List};
use crate::partial::Partial;
use crate::scaled::{LiveIx, Scaled, ScaledRequirement};

/// Cost of delay of an item in cents a year: of each benefit still to earn, the item's even share in the way where
/// that is largest, less what the item drains.
fn cost_of_delay(scaled: &Scaled, partial: Option<&Partial>, item: ItemIx) -> f64 {
    let mut shares: Vec<(LiveIx, usize)> = Vec::new();
    for &(b, k) in &scaled.member_of[item] {
        if partial.is_some_and(|p| p.earned[b]) {
            continue;
        }
        let size = scaled.benefits[b].ways[k].len();
        match shares.last_mut() {
            Some(last) if last.0 == b => last.1 = last.1.min(size),
            _ => shares.push((b, size)),
        }
    }
    let earns: f64 = shares.iter().map(|&(b, size)| scaled.benefits[b].value as f64 / size as f64).sum();
    earns - scaled.drain[item] as f64
}

/// WSJF of an item before anything is built: cost of delay (cents a year) by effort (ticks).
pub(crate) fn wsjf(scaled: &Scaled, item: ItemIx) -> f64 {
    cost_of_delay(scaled, None, item) / scaled.effort[item] as f64
}

/// List schedule by Smith's rule: the item with the highest number is next, after what it still needs; an item that
/// would not repay its own cost, or does not fit, is passed over. Items forced in come last if nothing else wants them.
pub(crate) fn list_schedule(scaled: &Scaled) -> Option<Vec<ItemIx>> {
    let mut partial = Partial::new(scaled);
    let must = must(scaled, &partial);
    while partial.is_gated() {
        push_next_of(&mut partial, &must)?;
    }
    // What an item would earn only falls while others earn it, so what it was is a limit. The first of the queue is next
    // where that is still so; else it takes its new place.
    let rated = |weight: f64, item: ItemIx| Rated {
        ratio: weight / scaled.effort[item] as f64,
        goes_first: scaled.goes_first[item],
        rank: Reverse(scaled.rank[item]),
        weight,
        item,
    };
    let in_play = scaled.items().filter(|&i| !scaled.out[i]);
    let mut queue: BinaryHeap<Rated> = in_play.map(|i| rated(cost_of_delay(scaled, None, i), i)).collect();
    while let Some(Rated { weight: limit, item: next, .. }) = queue.pop() {
        if partial.done[next] {
            continue;
        }
        let weight = cost_of_delay(scaled, Some(&partial), next);
        if weight <= 0.0 {
            continue;
        }
        if weight < limit {
            queue.push(rated(weight, next));
            continue;
        }
        let bundle = bundle(scaled, &partial, next);
        let work: i64 = bundle.iter().map(|&i| scaled.effort[i]).sum();
        let left = partial.left() - work;
        let forced_later: i64 = scaled
            .items()
            .filter(|&i| must[i] && !partial.done[i] && !bundle.contains(&i))
            .map(|i| scaled.effort[i])
            .sum();
        let room = partial.room() - work;
        let repaid = weight * left as f64 > scaled.one_off[next] as f64 * scaled.year as f64 || must[next];
        // What is passed over does not come again.
        if room >= forced_later && repaid {
            push_all(&mut partial, &bundle);
        }
    }
    let mut forced: Vec<ItemIx> = scaled.items().filter(|&i| must[i] && !partial.done[i]).collect();
    forced.sort_by_key(|&i| (scaled.ancestors[i].len(), scaled.rank[i]));
    (push_all(&mut partial, &forced) && complete(&mut partial)).then_some(partial.sequence)
}

/// Only what is forced in or required, cheapest to run first: the plan to fall back on where the budget is tight.
pub(crate) fn forced_only(scaled: &Scaled) -> Option<Vec<ItemIx>> {
    let mut partial = Partial::new(scaled);
    complete(&mut partial).then_some(partial.sequence)
}

/// Adds what is forced in, and items that meet the requirements that are open; false where they find no place.
fn complete(partial: &mut Partial) -> bool {
    while !partial.has_all_required() {
        let must = must(partial.scaled, partial);
        if push_next_of(partial, &must).is_none() {
            return false;
        }
    }
    true
}

/// Adds that of the items, ready and let in, which is the cheapest to run.
fn push_next_of(partial: &mut Partial, must: &List<ItemIx, bool>) -> Option<()> {
    let scaled = partial.scaled;
    let ready = scaled.items().filter(|&i| must[i] && partial.ready(i) && partial.is_let_in(i));
    let next = ready.min_by(|&a, &b| {
        let (ra, rb) = (i128::from(scaled.running[a]), i128::from(scaled.running[b]));
        let (pa, pb) = (i128::from(scaled.effort[a]), i128::from(scaled.effort[b]));
        (ra * pb).cmp(&(rb * pa)).then(scaled.rank[a].cmp(&scaled.rank[b]))
    })?;
    partial.push_within_limits(next).then_some(())
}

/// What is forced in, and a choice of items that meets every requirement: greedily the one, with what it needs, that
/// meets most of those that are open for its effort. What no item can meet stays open.
fn must(scaled: &Scaled, partial: &Partial) -> List<ItemIx, bool> {
    let mut must = scaled.forced.clone();
    for _ in 0..scaled.requirements.len() {
        let has = |i: ItemIx| must[i] || partial.done[i];
        let is_open =
            |one: &&ScaledRequirement| !one.any.iter().any(|&i| has(i)) && one.where_all.iter().all(|&i| has(i));
        let open: Vec<&ScaledRequirement> = scaled.requirements.iter().filter(is_open).collect();
        let rate = |i: ItemIx| {
            let all = scaled.ancestors[i].iter().copied().chain([i]);
            let effort: i64 = all.filter(|&a| !has(a)).map(|a| scaled.effort[a]).sum();
            let count = open.iter().filter(|one| one.any.binary_search(&i).is_ok()).count();
            count as f64 / effort.max(1) as f64
        };
        let options = open.iter().flat_map(|one| one.any.iter().copied());
        let best = options.max_by(|&a, &b| rate(a).total_cmp(&rate(b)).then(scaled.rank[b].cmp(&scaled.rank[a])));
        let Some(best) = best else { break };
        must[best] = true;
        scaled.ancestors[best].iter().for_each(|&a| must[a] = true);
    }
    must
}

/// The items of a sequence in their order, each once and after what it needs, as far as limits allow; `None` where what is
/// forced in finds no place.
pub(crate) fn repaired<'a>(scaled: &'a Scaled, hint: &[ItemIx]) -> Option<Partial<'a>> {
    let mut partial = Partial::new(scaled);
    let gated = partial.is_gated();
    let forced = scaled.items().filter(|&i| scaled.forced[i]);
    let push = |partial: &mut Partial, item: ItemIx| {
        if !partial.done[item] && !scaled.out[item] {
            let bundle = bundle(scaled, partial, item);
            push_all(partial, &bundle);
        }
    };
    if gated {
        for &item in hint {
            if partial.is_gated() {
                push(&mut partial, item);
            }
        }
        while partial.is_gated() {
            let must = must(scaled, &partial);
            push_next_of(&mut partial, &must)?;
        }
    }
    for item in hint.iter().copied().chain(forced) {
        push(&mut partial, item);
    }
    (partial.has_all_required() || complete(&mut partial)).then_some(partial)
}

/// The item and what it still needs, in an order that can be built.
pub(crate) fn bundle(scaled: &Scaled, partial: &Partial, item: ItemIx) -> Vec<ItemIx> {
    let mut bundle: Vec<ItemIx> = scaled.ancestors[item].iter().copied().filter(|&a| !partial.done[a]).collect();
    bundle.sort_by_key(|&a| (scaled.ancestors[a].len(), scaled.rank[a]));
    bundle.push(item);
    bundle
}

/// Adds all of them, or none where one is not let in or has no place.
pub(crate) fn push_all(partial: &mut Partial, items: &[ItemIx]) -> bool {
    for (count, &i) in items.iter().enumerate() {
        if !partial.is_let_in(i) || !partial.push_within_limits(i) {
            (0..count).for_each(|_| partial.pop());
            return false;
        }
    }
    true
}

/// An item by Smith's rule; the greatest goes first: greater ratio, then AI handoffs, then the id that comes first.
struct Rated {
    ratio: f64,
    goes_first: bool,
    rank: Reverse<usize>,
    weight: f64,
    item: ItemIx,
}

impl Ord for Rated {
    fn cmp(&self, other: &Self) -> Ordering {
        self.ratio.total_cmp(&other.ratio).then(self.goes_first.cmp(&other.goes_first)).then(self.rank.cmp(&other.rank))
    }
}

impl PartialOrd for Rated {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Rated {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other).is_eq()
    }
}

impl Eq for Rated {}
