//! The best sequence of the relaxation, cell by cell of the time left: first what goes first, and then anything.

use crate::index::{Index, ItemIx};

/// One item of the relaxation.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Entry {
    pub(crate) item: ItemIx,
    /// Cells; one or more.
    pub(crate) length: usize,
    /// The state at its earliest finish.
    pub(crate) latest: usize,
    /// What it gets beside its profit while something that goes first is open; `None` where it waits until nothing is.
    pub(crate) credit: Option<f64>,
}

/// When what goes first may be over.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Opens {
    /// The state at the soonest.
    pub(crate) soonest: usize,
    /// The least and the greatest state that are looked at.
    pub(crate) within: [usize; 2],
}

/// An item of a sequence with the state at its finish, and whether something that goes first was open then.
pub(crate) type Step = (ItemIx, usize, bool);

/// No item; and the mark of one that is built while something that goes first is open.
const NONE: u32 = u32::MAX >> 1;
const FIRST: u32 = 1 << 31;

/// The value of the best that begins with an item, of the best that begins with another, and which items these are.
#[derive(Debug, Clone, Copy)]
struct Choice {
    best: f64,
    other: f64,
    item: u32,
    second: u32,
}

const NOTHING: Choice = Choice { best: 0.0, other: 0.0, item: NONE, second: NONE };
const IMPOSSIBLE: Choice = Choice { best: f64::NEG_INFINITY, other: f64::NEG_INFINITY, item: NONE, second: NONE };

impl Choice {
    /// The value of the best that does not begin with `item`, which has no mark.
    fn without(&self, item: u32) -> f64 {
        if self.item & !FIRST == item { self.other } else { self.best }
    }

    /// Takes in an item that earns `profit`, marked so, beside the best of the rest that does not have it next to it.
    fn lead(&mut self, item: u32, mark: u32, profit: f64, rest: &Self) {
        // Mostly even the best of the rest is too little, whichever item it has.
        if profit + rest.best > self.other {
            self.offer(profit + rest.without(item), item | mark);
        }
    }

    /// Takes in an item, which may be in already, in another part of the sequence.
    fn offer(&mut self, value: f64, item: u32) {
        let is_in = (self.item ^ item) & !FIRST == 0;
        if value > self.best {
            if !is_in {
                (self.other, self.second) = (self.best, self.item);
            }
            (self.best, self.item) = (value, item);
        } else if value > self.other && !is_in {
            (self.other, self.second) = (value, item);
        }
    }
}

/// Items of one length that are looked at together: mostly none of them is among the best two, and one look at all of them says so.
const BLOCK: usize = 8;

/// An item with the profits of the states at which it may end, from the floor on.
struct Row<'p> {
    profit: &'p [f64],
    /// What it gets beside its profit.
    credit: f64,
    item: u32,
}

/// Some items of the same length.
struct Block<'p> {
    length: usize,
    rows: Vec<Row<'p>>,
    /// What one of them gets at most, by the state at which it ends.
    most: Vec<f64>,
}

impl<'p> Block<'p> {
    /// Items in the order of their lengths, those of one length in blocks.
    fn all(mut rows: Vec<(usize, Row<'p>)>) -> Vec<Self> {
        rows.sort_by_key(|row| row.0);
        let mut blocks: Vec<Self> = Vec::new();
        for (length, row) in rows {
            let profit = row.profit.iter().map(|profit| profit + row.credit);
            match blocks.last_mut().filter(|last| last.length == length && last.rows.len() < BLOCK) {
                Some(block) => {
                    let more = profit.clone().skip(block.most.len());
                    block
                        .most
                        .iter_mut()
                        .zip(profit.clone())
                        .for_each(|(most, profit)| *most = if profit > *most { profit } else { *most });
                    block.most.extend(more);
                    block.rows.push(row);
                }
                None => blocks.push(Self { length, most: profit.collect(), rows: vec![row] }),
            }
        }
        blocks
    }

    /// Offers to `choice` each item that ends at `end`, with this mark, before the best of the `rest`.
    #[inline(always)]
    fn lead(&self, choice: &mut Choice, mark: u32, end: usize, rest: &Choice) {
        let Some(most) = self.most.get(end) else { return };
        if most + rest.best > choice.other {
            for row in &self.rows {
                if let Some(profit) = row.profit.get(end) {
                    choice.lead(row.item, mark, profit + row.credit, rest);
                }
            }
        }
    }
}

/// What an item earns by the state at its finish: so many cells for each.
#[derive(Clone, Copy)]
pub(crate) struct Profits<'p> {
    pub(crate) of: &'p [f64],
    pub(crate) cells: usize,
}

impl<'p> Profits<'p> {
    fn row(self, one: &Entry, floor: usize, credit: f64) -> (usize, Row<'p>) {
        let begin = one.item.place() * self.cells;
        let profit = self.of.get(begin + floor..=begin + one.latest).unwrap_or(&[]);
        (one.length, Row { profit, credit, item: one.item.place() as u32 })
    }

    /// All `entries`.
    fn blocks(self, entries: &[Entry], floor: usize) -> Vec<Block<'p>> {
        Block::all(entries.iter().map(|one| self.row(one, floor, 0.0)).collect())
    }

    /// Those that may be built while something that goes first is open, with what they get for it.
    fn credited(self, entries: &[Entry], floor: usize) -> Vec<Block<'p>> {
        Block::all(entries.iter().filter_map(|one| Some(self.row(one, floor, one.credit?))).collect())
    }
}

/// The values of the best sequences from each state.
#[derive(Debug)]
pub(crate) struct Programme {
    /// Where anything may be built.
    free: Vec<Choice>,
    /// Where something that goes first is open.
    first: Vec<Choice>,
    /// From the start to each state, what goes first being open all the while: the best that ends with an item, and with another.
    before: Vec<Choice>,
    is_gated: bool,
}

impl Programme {
    pub(crate) fn new(cells: usize) -> Self {
        Self {
            free: vec![NOTHING; cells],
            first: vec![IMPOSSIBLE; cells],
            before: vec![IMPOSSIBLE; cells],
            is_gated: false,
        }
    }

    /// Solves it for all states up to `now`; nothing is built below `floor`. What goes first is over in `opens` at the soonest
    /// where there is such.
    pub(crate) fn solve(
        &mut self,
        entries: &[Entry],
        [floor, now]: [usize; 2],
        opens: Option<Opens>,
        profits: Profits<'_>,
    ) {
        self.is_gated = opens.is_some();
        self.free[..=floor].fill(NOTHING);
        // Nothing that waits is built before.
        let last = opens.map_or(now, |opens| opens.soonest.min(now));
        let blocks = profits.blocks(entries, floor);
        for state in floor + 1..=last {
            let mut choice = NOTHING;
            let ends = &self.free[floor..state];
            for block in &blocks {
                let end = ends.len().wrapping_sub(block.length);
                if let Some(rest) = ends.get(end) {
                    block.lead(&mut choice, 0, end, rest);
                }
            }
            self.free[state] = choice;
        }
        let Some(Opens { within: [closes, opens], .. }) = opens else { return };
        let blocks = profits.credited(entries, floor);
        for state in 0..=now {
            let mut choice = if state >= closes && state <= opens { self.free[state] } else { IMPOSSIBLE };
            let ends = &self.first[floor.min(state)..state];
            for block in &blocks {
                let end = ends.len().wrapping_sub(block.length);
                if let Some(rest) = ends.get(end) {
                    block.lead(&mut choice, FIRST, end, rest);
                }
            }
            self.first[state] = choice;
        }
    }

    /// After [`Self::solve`]: what the best is worth in which what goes first is over at each state, for states down from `opens`.
    pub(crate) fn by_opening(
        &mut self,
        entries: &[Entry],
        [floor, now]: [usize; 2],
        opens: usize,
        profits: Profits<'_>,
    ) -> impl Iterator<Item = (usize, f64)> {
        self.before[now] = Choice { best: 0.0, ..IMPOSSIBLE };
        let blocks = profits.credited(entries, floor);
        for state in (floor..now).rev() {
            let mut choice = IMPOSSIBLE;
            let begins = &self.before[state..=now];
            for block in &blocks {
                if let Some(rest) = begins.get(block.length) {
                    block.lead(&mut choice, 0, state - floor, rest);
                }
            }
            self.before[state] = choice;
        }
        (floor..=opens).map(|state| {
            let (before, after) = (&self.before[state], &self.free[state]);
            let rest = |item: u32| if item == NONE { after.best } else { after.without(item) };
            (state, (before.best + rest(before.item)).max(before.other + rest(before.second)))
        })
    }

    fn at(&self, state: usize) -> &Choice {
        if self.is_gated { &self.first[state] } else { &self.free[state] }
    }

    /// The value of the best sequence from here.
    pub(crate) fn best(&self, state: usize) -> f64 {
        self.at(state).best
    }

    /// The same of those that do not begin with `item`.
    pub(crate) fn best_without(&self, state: usize, item: ItemIx) -> f64 {
        self.at(state).without(item.place() as u32)
    }

    /// The items of the best sequence.
    pub(crate) fn sequence(&self, now: usize, length: impl Fn(ItemIx) -> usize) -> Vec<Step> {
        let mut path: Vec<Step> = Vec::new();
        let (mut state, mut is_gated) = (now, self.is_gated);
        loop {
            let choice = if is_gated { &self.first[state] } else { &self.free[state] };
            let last = path.last().map(|step| step.0.place() as u32);
            let next = if last == Some(choice.item & !FIRST) { choice.second } else { choice.item };
            if next == NONE {
                return path;
            }
            let item = ItemIx::new((next & !FIRST) as usize);
            is_gated = next & FIRST != 0;
            state -= length(item);
            path.push((item, state, is_gated));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dice::Dice;

    const CELLS: usize = 30;

    /// Twenty-five items, most of a few lengths, some of which wait; each with its own latest finish, and many of the same worth.
    fn entries(dice: &mut Dice) -> (Vec<Entry>, Vec<f64>) {
        let entry = |at: usize, dice: &mut Dice| Entry {
            item: ItemIx::new(at),
            length: 1 + dice.below(if at < 20 { 2 } else { 6 }),
            latest: dice.below(CELLS),
            credit: (dice.below(3) > 0).then(|| dice.below(4) as f64 - 1.0),
        };
        let entries = (0..25).map(|at| entry(at, dice)).collect();
        (entries, (0..25 * CELLS).map(|_| dice.below(9) as f64 - 3.0).collect())
    }

    /// The best from `state` that does not begin with `last`, item by item; by whether something that goes first is open.
    fn best(
        entries: &[Entry],
        profit: &[f64],
        [floor, closes, opens]: [usize; 3],
        known: &mut [Vec<Option<f64>>; 2],
        (state, last, is_gated): (usize, usize, bool),
    ) -> f64 {
        let key = state * 26 + last;
        if let Some(value) = known[usize::from(is_gated)][key] {
            return value;
        }
        let mut value = if is_gated { f64::NEG_INFINITY } else { 0.0 };
        if is_gated && (closes..=opens).contains(&state) {
            value = best(entries, profit, [floor, closes, opens], known, (state, last, false));
        }
        for one in entries.iter().filter(|one| one.item.place() != last && state >= floor + one.length) {
            let (end, credit) = (state - one.length, one.credit.filter(|_| is_gated).unwrap_or(0.0));
            if end <= one.latest && (!is_gated || one.credit.is_some()) {
                let next = (end, one.item.place(), is_gated);
                let rest = best(entries, profit, [floor, closes, opens], known, next);
                value = value.max(profit[one.item.place() * CELLS + end] + credit + rest);
            }
        }
        known[usize::from(is_gated)][key] = Some(value);
        value
    }

    #[test]
    fn items_looked_at_in_blocks_give_the_best_that_each_by_itself_gives() {
        let (mut dice, mut gated, mut many) = (Dice::new(3), 0, 0);
        for round in 0..60 {
            let (entries, profit) = entries(&mut dice);
            let floor = dice.below(4);
            let soonest = 4 + dice.below(CELLS - 4);
            let within = [dice.below(4), soonest - dice.below(3)];
            let profits = Profits { of: &profit, cells: CELLS };
            many += usize::from(profits.blocks(&entries, floor).iter().any(|block| block.rows.len() == BLOCK));
            let mut programme = Programme::new(CELLS);
            programme.solve(&entries, [floor, CELLS - 1], Some(Opens { soonest, within }), profits);
            let mut known = [(); 2].map(|()| vec![None; CELLS * 26]);
            let limits = [floor, within[0], within[1]];
            for state in floor..CELLS {
                // What is free is solved up to the soonest.
                for (is_gated, choice) in [(false, &programme.free[state]), (true, &programme.first[state])] {
                    if !is_gated && state > soonest {
                        continue;
                    }
                    let mut of = |last: usize| best(&entries, &profit, limits, &mut known, (state, last, is_gated));
                    assert_eq!(choice.best, of(25), "round {round}, state {state}, {is_gated}");
                    for last in 0..25 {
                        assert_eq!(
                            choice.without(last as u32),
                            of(last),
                            "round {round}, state {state}, without {last}"
                        );
                    }
                    gated += usize::from(is_gated && choice.best > f64::NEG_INFINITY);
                }
            }
        }
        assert!(gated >= 600 && many >= 40, "{gated} {many}");
    }
}
