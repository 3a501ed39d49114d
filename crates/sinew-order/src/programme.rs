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

/// An item with the profits of the states at which it may end, from the floor on.
struct Row<'p> {
    profit: &'p [f64],
    length: usize,
    item: u32,
}

/// What an item earns by the state at its finish: so many cells for each.
#[derive(Clone, Copy)]
pub(crate) struct Profits<'p> {
    pub(crate) of: &'p [f64],
    pub(crate) cells: usize,
}

impl<'p> Profits<'p> {
    fn row(self, one: &Entry, floor: usize) -> Row<'p> {
        let begin = one.item.place() * self.cells;
        let profit = self.of.get(begin + floor..=begin + one.latest).unwrap_or(&[]);
        Row { profit, length: one.length, item: one.item.place() as u32 }
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
        let rows: Vec<Row<'_>> = entries.iter().map(|one| profits.row(one, floor)).collect();
        for state in floor + 1..=last {
            let mut choice = NOTHING;
            let ends = &self.free[floor..state];
            for row in &rows {
                let end = ends.len().wrapping_sub(row.length);
                if let (Some(profit), Some(rest)) = (row.profit.get(end), ends.get(end)) {
                    choice.lead(row.item, 0, *profit, rest);
                }
            }
            self.free[state] = choice;
        }
        let Some(Opens { within: [closes, opens], .. }) = opens else { return };
        let credited = entries.iter().filter_map(|one| Some((profits.row(one, floor), one.credit?)));
        let credited: Vec<(Row<'_>, f64)> = credited.collect();
        for state in 0..=now {
            let mut choice = if state >= closes && state <= opens { self.free[state] } else { IMPOSSIBLE };
            let ends = &self.first[floor.min(state)..state];
            for (row, credit) in &credited {
                let end = ends.len().wrapping_sub(row.length);
                if let (Some(profit), Some(rest)) = (row.profit.get(end), ends.get(end)) {
                    choice.lead(row.item, FIRST, profit + credit, rest);
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
        let credited = entries.iter().filter_map(|one| Some((profits.row(one, floor), one.credit?)));
        let credited: Vec<(Row<'_>, f64)> = credited.collect();
        for state in (floor..now).rev() {
            let mut choice = IMPOSSIBLE;
            let begins = &self.before[state..=now];
            for (row, credit) in &credited {
                if let (Some(profit), Some(rest)) = (row.profit.get(state - floor), begins.get(row.length)) {
                    choice.lead(row.item, 0, profit + credit, rest);
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
