//! What sets of candidates leave, looked at on all cores before they are asked for one by one.
//!
//! What a set leaves depends on nothing but the set. So the search that counts its trials stays as it is, one look after the other, and
//! finds most of them done: its answers, and where its trials end, are the same on any number of cores.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use rayon::iter::{IntoParallelRefIterator, ParallelIterator};

use super::cut::answer;
use super::judge::{Judge, Known, Left, Looks, Thing};
use super::pool::{Pool, Set};
use crate::plan::candidates::CandidateIx;

/// Looks that several threads share: each set is looked at by one of them.
struct Shared<'s, 'a> {
    judge: &'s Judge<'a>,
    state: Mutex<State>,
}

struct State {
    /// Trials that may still be needed.
    left: usize,
    seen: BTreeMap<Set, Arc<OnceLock<Arc<Left>>>>,
}

impl<'s, 'a> Shared<'s, 'a> {
    fn of(judge: &'s Judge<'a>) -> Self {
        let state = State { left: judge.trials_left(), seen: BTreeMap::new() };
        Self { judge, state: Mutex::new(state) }
    }

    fn known(self) -> Known {
        let state = self.state.into_inner().unwrap_or_else(PoisonError::into_inner);
        let done = |(set, left): (Set, Arc<OnceLock<Arc<Left>>>)| Some((set, Arc::clone(left.get()?)));
        state.seen.into_iter().filter_map(done).collect()
    }
}

impl Looks for &Shared<'_, '_> {
    fn left(&mut self, pool: &Pool, set: &Set) -> Option<Arc<Left>> {
        if let Some(known) = self.judge.known(set) {
            return Some(Arc::clone(known));
        }
        let look = {
            let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
            match state.seen.get(set) {
                Some(look) => Arc::clone(look),
                None => {
                    state.left = state.left.checked_sub(self.judge.cost(pool, set))?;
                    Arc::clone(state.seen.entry(set.clone()).or_default())
                }
            }
        };
        Some(Arc::clone(look.get_or_init(|| Arc::new(self.judge.look_at(pool, set)))))
    }
}

/// Looks at all that is needed to find what takes each of `things`, which `set` leaves in the way, out of it; `alone` as in [`answer`].
pub(super) fn answers(pool: &Pool, judge: &mut Judge<'_>, set: &Set, things: &[Thing], alone: bool) {
    if things.is_empty() {
        return;
    }
    if alone && set.is_empty() {
        let alone: Vec<Set> = pool.verified.iter().map(|ix| pool.with(set, &[*ix])).collect();
        looks(pool, judge, &alone);
    }
    each(judge, things, |mut shared, thing| {
        answer(pool, &mut shared, set, thing, alone);
    });
}

/// Looks at what is left after each item of this `order`.
pub(super) fn steps(pool: &Pool, judge: &mut Judge<'_>, order: &[CandidateIx]) {
    let sets: Vec<Set> = (1..=order.len()).map(|count| order[..count].iter().copied().collect()).collect();
    looks(pool, judge, &sets);
}

fn looks(pool: &Pool, judge: &mut Judge<'_>, sets: &[Set]) {
    each(judge, sets, |mut shared, set| {
        shared.left(pool, set);
    });
}

/// Does so for each of `all`, on all cores; what was looked at is remembered.
fn each<T: Sync>(judge: &mut Judge<'_>, all: &[T], work: impl Fn(&Shared<'_, '_>, &T) + Sync) {
    if all.len() < 2 || rayon::current_num_threads() < 2 {
        return;
    }
    let shared = Shared::of(judge);
    all.par_iter().for_each(|one| work(&shared, one));
    let known = shared.known();
    judge.remember(known);
}
