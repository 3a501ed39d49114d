//! What sets of candidates leave, looked at on all cores before they are asked for one by one.
//!
//! What a set leaves depends on nothing but the set. So the search that counts its trials stays as it is, one look after the other, and
//! finds most of them done: its answers, and where its trials end, are the same on any number of cores.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use rayon::iter::{IntoParallelRefIterator, ParallelIterator};

use super::cut::answer;
use super::judge::{Judge, Known, Left, Looks, Sight, Thing};
use super::pool::{Pool, Set};
use crate::plan::candidates::CandidateIx;

/// Looks that several threads share: each set is looked at by one of them.
struct Shared<'s, 'a> {
    sight: &'s Sight<'a>,
    known: [&'s Known; 2],
    state: Mutex<State>,
}

struct State {
    /// Trials that may still be needed.
    left: usize,
    seen: BTreeMap<Set, Arc<OnceLock<Arc<Left>>>>,
}

impl<'s, 'a> Shared<'s, 'a> {
    fn of(sight: &'s Sight<'a>, known: [&'s Known; 2], left: usize) -> Self {
        Self { sight, known, state: Mutex::new(State { left, seen: BTreeMap::new() }) }
    }

    /// Does so for each of `all`, on all cores.
    fn each<T: Sync>(&self, all: &[T], work: impl Fn(&Self, &T) + Sync) {
        all.par_iter().for_each(|one| work(self, one));
    }

    /// What was looked at.
    fn seen(self) -> Known {
        let state = self.state.into_inner().unwrap_or_else(PoisonError::into_inner);
        let done = |(set, left): (Set, Arc<OnceLock<Arc<Left>>>)| Some((set, Arc::clone(left.get()?)));
        state.seen.into_iter().filter_map(done).collect()
    }
}

impl Looks for &Shared<'_, '_> {
    fn left(&mut self, pool: &Pool, set: &Set) -> Option<Arc<Left>> {
        if let Some(known) = self.known.iter().find_map(|known| known.get(set)) {
            return Some(Arc::clone(known));
        }
        let look = {
            let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
            match state.seen.get(set) {
                Some(look) => Arc::clone(look),
                None => {
                    state.left = state.left.checked_sub(self.sight.cost(pool, set))?;
                    Arc::clone(state.seen.entry(set.clone()).or_default())
                }
            }
        };
        Some(Arc::clone(look.get_or_init(|| Arc::new(self.sight.look_at(pool, set)))))
    }
}

/// What is looked at while a plan is searched for, before anybody asks for it: what takes each of some things out of the way of today's
/// stack.
pub(super) struct Ahead<'a> {
    pool: Arc<Pool>,
    sight: Arc<Sight<'a>>,
    known: Known,
    left: usize,
    things: Vec<Thing>,
    alone: bool,
}

impl<'a> Ahead<'a> {
    /// For these `things`, which are in the way today, from what the judge knows; `alone` as in [`answer`].
    pub(super) fn of(pool: &Arc<Pool>, judge: &Judge<'a>, things: Vec<Thing>, alone: bool) -> Self {
        let known = judge.known().into_iter().flatten().map(|(set, left)| (set.clone(), Arc::clone(left))).collect();
        Self {
            pool: Arc::clone(pool),
            sight: Arc::clone(judge.sight()),
            known,
            left: judge.trials_left(),
            things,
            alone,
        }
    }

    /// Looks; what was seen.
    pub(super) fn look(self) -> Known {
        let nothing = Known::new();
        let shared = Shared::of(&self.sight, [&self.known, &nothing], self.left);
        look_for(&shared, &self.pool, &Set::new(), &self.things, self.alone);
        shared.seen()
    }
}

/// Looks at all that is needed to find what takes each of `things`, which `set` leaves in the way, out of it; `alone` as in [`answer`].
pub(super) fn answers(pool: &Pool, judge: &mut Judge<'_>, set: &Set, things: &[Thing], alone: bool) {
    if things.len() > 1 {
        all(judge, |shared| look_for(shared, pool, set, things, alone));
    }
}

/// Looks at what is left after each item of this `order`.
pub(super) fn steps(pool: &Pool, judge: &mut Judge<'_>, order: &[CandidateIx]) {
    let sets: Vec<Set> = (1..=order.len()).map(|count| order[..count].iter().copied().collect()).collect();
    all(judge, |shared| looks(shared, pool, &sets));
}

fn look_for(shared: &Shared<'_, '_>, pool: &Pool, set: &Set, things: &[Thing], alone: bool) {
    if alone && set.is_empty() && !things.is_empty() {
        let alone: Vec<Set> = pool.verified.iter().map(|ix| pool.with(set, &[*ix])).collect();
        looks(shared, pool, &alone);
    }
    shared.each(things, |mut shared, thing| {
        answer(pool, &mut shared, set, thing, alone);
    });
}

fn looks(shared: &Shared<'_, '_>, pool: &Pool, sets: &[Set]) {
    shared.each(sets, |mut shared, set| {
        shared.left(pool, set);
    });
}

/// Does all this `work`; what was looked at is remembered.
fn all(judge: &mut Judge<'_>, work: impl FnOnce(&Shared<'_, '_>)) {
    if has_one_core() {
        return;
    }
    let shared = Shared::of(judge.sight(), judge.known(), judge.trials_left());
    work(&shared);
    let seen = shared.seen();
    judge.remember(seen);
}

/// Whether looking ahead only takes time from what is asked.
pub(super) fn has_one_core() -> bool {
    rayon::current_num_threads() < 2
}
