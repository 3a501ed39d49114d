//! The best sequence of the relaxation, cell by cell of the time left: first what goes first, and then anything.

use crate::index::ItemIx;

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

/// The best that begins with an item, and whether that goes first; nothing where none is built.
#[derive(Debug, Clone, Copy)]
struct Choice {
    value: f64,
    item: Option<ItemIx>,
    is_first: bool,
}

const NOTHING: Choice = Choice { value: 0.0, item: None, is_first: false };
const IMPOSSIBLE: Choice = Choice { value: f64::NEG_INFINITY, item: None, is_first: false };

/// The best, and the best that begins with another item.
type Choices = [Choice; 2];

/// The values of the best sequences from each state.
#[derive(Debug)]
pub(crate) struct Programme {
    /// Where anything may be built.
    free: Vec<Choices>,
    /// Where something that goes first is open.
    first: Vec<Choices>,
    /// From the start to each state, what goes first being open all the while: the best that ends with an item, and with another.
    before: Vec<Choices>,
    is_gated: bool,
}

impl Programme {
    pub(crate) fn new(cells: usize) -> Self {
        Self {
            free: vec![[NOTHING; 2]; cells],
            first: vec![[IMPOSSIBLE; 2]; cells],
            before: vec![[IMPOSSIBLE; 2]; cells],
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
        profit: impl Fn(ItemIx, usize) -> f64,
    ) {
        self.is_gated = opens.is_some();
        self.free[..=floor].fill([NOTHING; 2]);
        // Nothing that waits is built before.
        let last = opens.map_or(now, |opens| opens.soonest.min(now));
        for state in floor + 1..=last {
            let mut choices = [NOTHING; 2];
            for one in entries {
                if one.length + floor > state || state - one.length > one.latest {
                    continue;
                }
                let end = state - one.length;
                let value = profit(one.item, end) + without(&self.free[end], one.item);
                offer(&mut choices, value, one.item);
            }
            self.free[state] = choices;
        }
        let Some(Opens { within: [closes, opens], .. }) = opens else { return };
        for state in 0..=now {
            let mut choices = if state >= closes && state <= opens { self.free[state] } else { [IMPOSSIBLE; 2] };
            for one in entries {
                let Some(credit) = one.credit else { continue };
                if one.length + floor > state || state - one.length > one.latest {
                    continue;
                }
                let end = state - one.length;
                let value = profit(one.item, end) + credit + without(&self.first[end], one.item);
                merge(&mut choices, Choice { value, item: Some(one.item), is_first: true });
            }
            self.first[state] = choices;
        }
    }

    /// After [`Self::solve`]: what the best is worth in which what goes first is over at each state, for states down from `opens`.
    pub(crate) fn by_opening(
        &mut self,
        entries: &[Entry],
        [floor, now]: [usize; 2],
        opens: usize,
        profit: impl Fn(ItemIx, usize) -> f64,
    ) -> impl Iterator<Item = (usize, f64)> {
        self.before[now] = [Choice { value: 0.0, ..IMPOSSIBLE }, IMPOSSIBLE];
        for state in (floor..now).rev() {
            let mut choices = [IMPOSSIBLE; 2];
            for one in entries {
                let Some(credit) = one.credit else { continue };
                if state + one.length > now || state > one.latest {
                    continue;
                }
                let value = profit(one.item, state) + credit + without(&self.before[state + one.length], one.item);
                merge(&mut choices, Choice { value, item: Some(one.item), is_first: true });
            }
            self.before[state] = choices;
        }
        (floor..=opens).map(|state| {
            let ([one, other], after) = (&self.before[state], &self.free[state]);
            let best = |before: &Choice| match before.item {
                Some(item) => before.value + without(after, item),
                None => before.value + after[0].value,
            };
            (state, best(one).max(best(other)))
        })
    }

    fn at(&self, state: usize) -> &Choices {
        if self.is_gated { &self.first[state] } else { &self.free[state] }
    }

    /// The value of the best sequence from here.
    pub(crate) fn best(&self, state: usize) -> f64 {
        self.at(state)[0].value
    }

    /// The same of those that do not begin with `item`.
    pub(crate) fn best_without(&self, state: usize, item: ItemIx) -> f64 {
        without(self.at(state), item)
    }

    /// The items of the best sequence.
    pub(crate) fn sequence(&self, now: usize, length: impl Fn(ItemIx) -> usize) -> Vec<Step> {
        let mut path: Vec<Step> = Vec::new();
        let (mut state, mut is_gated) = (now, self.is_gated);
        loop {
            let [first, second] = if is_gated { self.first[state] } else { self.free[state] };
            let last = path.last().map(|step| step.0);
            let next = if first.item == last && last.is_some() { second } else { first };
            let Some(item) = next.item else { return path };
            is_gated = next.is_first;
            state -= length(item);
            path.push((item, state, is_gated));
        }
    }
}

fn without([first, second]: &Choices, item: ItemIx) -> f64 {
    if first.item == Some(item) { second.value } else { first.value }
}

/// Takes in another item.
fn offer([first, second]: &mut Choices, value: f64, item: ItemIx) {
    let choice = Choice { value, item: Some(item), is_first: false };
    if value > first.value {
        (*first, *second) = (choice, *first);
    } else if value > second.value {
        *second = choice;
    }
}

/// Takes in an item that may be in already, in another part of the sequence.
fn merge([first, second]: &mut Choices, choice: Choice) {
    if choice.value > first.value {
        if first.item != choice.item {
            *second = *first;
        }
        *first = choice;
    } else if choice.value > second.value && first.item != choice.item {
        *second = choice;
    }
}
