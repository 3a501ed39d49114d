//! What a plan must hold so that one thing is no longer in the way.

use super::judge::{Looks, Thing};
use super::pool::{Pool, Set};
use crate::plan::candidates::CandidateIx;
use crate::plan::effort::sum;

/// Cuts that are looked for at once for one thing.
const MOST_AT_ONCE: usize = 12;

/// As long as a plan holds all of `where_all` and none of `any`, the thing is in the way: a plan that does not hold all of the
/// first must hold one of the second. `docs/theory/plan.md` has the proof.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Cut {
    pub(super) thing: Thing,
    /// Sorted; of items that need each other only those that need the least.
    pub(super) any: Vec<CandidateIx>,
    /// Sorted; with all that they need. Empty where the thing is in the way today.
    pub(super) where_all: Vec<CandidateIx>,
}

/// What takes one thing out of the way.
pub(super) enum Answer {
    /// Verified candidates do, if these cuts are kept to.
    Cuts(Vec<Cut>),
    /// Nothing verified does; with what is not verified these cuts, or none.
    Hopeless(Vec<Cut>),
}

/// What takes `thing`, which `set` leaves in the way, out of it; `None` where trials run out before that is known. `alone` where
/// so much is asked that each candidate is looked at by itself first.
pub(super) fn answer(pool: &Pool, judge: &mut dyn Looks, set: &Set, thing: &Thing, alone: bool) -> Option<Answer> {
    let cuts = Finder { pool, judge: &mut *judge, open: &pool.verified, alone }.cuts(set, thing)?;
    if !cuts.iter().any(|cut| cut.any.is_empty() && cut.where_all.is_empty()) {
        return Some(Answer::Cuts(cuts));
    }
    let all: Vec<CandidateIx> = pool.verified.iter().chain(&pool.doubtful).copied().collect();
    let has_more = all.len() > pool.verified.len();
    let cuts = if has_more { Finder { pool, judge, open: &all, alone: false }.cuts(set, thing) } else { None };
    let cuts = cuts.unwrap_or_default();
    let is_lost = cuts.is_empty() || cuts.iter().any(|cut| cut.any.is_empty());
    Some(Answer::Hopeless(if is_lost { Vec::new() } else { cuts }))
}

/// Candidates that may be built, and how to find what is left then.
struct Finder<'f> {
    pool: &'f Pool,
    judge: &'f mut dyn Looks,
    /// What may be built at all.
    open: &'f [CandidateIx],
    /// Whether what each of `open` takes away by itself is looked up first: a look at each that serves all that is asked, instead of
    /// some for each thing and candidate.
    alone: bool,
}

impl Finder<'_> {
    fn has(&mut self, set: &Set, thing: &Thing) -> Option<bool> {
        Some(self.judge.left(self.pool, set)?.has(thing))
    }

    /// Cuts that `set`, which leaves `thing` in the way, does not keep to: one for each part of what it takes, as far as one follows
    /// from another. `None` where trials run out before the first.
    fn cuts(&mut self, set: &Set, thing: &Thing) -> Option<Vec<Cut>> {
        let where_all = self.opened_by(set, thing)?;
        let mut cuts = Vec::new();
        let mut base = set.clone();
        while cuts.len() < MOST_AT_ONCE {
            let Some(any) = self.closed_by(&base, thing) else { break };
            let days = |ix: &CandidateIx| -> f64 {
                self.pool.closure(*ix).iter().filter(|one| !base.contains(one)).map(|one| self.days(*one)).sum()
            };
            let next = any.iter().copied().min_by(|a, b| days(a).total_cmp(&days(b)).then(a.cmp(b)));
            cuts.push(Cut { thing: thing.clone(), any, where_all: where_all.clone() });
            let Some(next) = next else { break };
            base = self.pool.with(&base, &[next]);
            if self.has(&base, thing) != Some(true) {
                break;
            }
        }
        (!cuts.is_empty()).then_some(cuts)
    }

    fn days(&self, ix: CandidateIx) -> f64 {
        sum(&self.pool.get(ix).effort).likely
    }

    /// A least part of `set` that brings the thing about.
    fn opened_by(&mut self, set: &Set, thing: &Thing) -> Option<Vec<CandidateIx>> {
        if self.has(&Set::new(), thing)? {
            return Some(Vec::new());
        }
        let mut kept = set.clone();
        for ix in set.iter().rev() {
            if kept.contains(ix) {
                let without = self.pool.without(&kept, *ix);
                if self.has(&without, thing)? {
                    kept = without;
                }
            }
        }
        Some(kept.into_iter().collect())
    }

    /// What takes the thing away from a greatest set that holds `base` and still has it.
    fn closed_by(&mut self, base: &Set, thing: &Thing) -> Option<Vec<CandidateIx>> {
        let mut kept = base.clone();
        let rest: Vec<CandidateIx> = self.open.iter().copied().filter(|ix| !base.contains(ix)).collect();
        if self.alone && base.is_empty() {
            let closing = self.closing_alone(thing)?;
            let is_free = |ix: &CandidateIx| !self.pool.closure(*ix).iter().any(|need| closing.contains(need));
            let others: Vec<CandidateIx> = rest.iter().copied().filter(is_free).collect();
            // Whatever does not need one of them leaves it in the way.
            if self.has(&self.pool.with(base, &others), thing)? {
                return Some(self.pool.least(&closing));
            }
        }
        let mut closing = Vec::new();
        self.grow(&mut kept, &rest, thing, &mut closing)?;
        Some(self.pool.least(&closing))
    }

    /// What takes the thing away by itself.
    fn closing_alone(&mut self, thing: &Thing) -> Option<Vec<CandidateIx>> {
        let mut closing = Vec::new();
        for ix in self.open {
            if !self.has(&self.pool.with(&Set::new(), &[*ix]), thing)? {
                closing.push(*ix);
            }
        }
        Some(closing)
    }

    /// Adds to `kept` whatever leaves the thing in the way; what does not is `closing`.
    fn grow(
        &mut self,
        kept: &mut Set,
        rest: &[CandidateIx],
        thing: &Thing,
        closing: &mut Vec<CandidateIx>,
    ) -> Option<()> {
        if rest.is_empty() {
            return Some(());
        }
        let more = self.pool.with(kept, rest);
        if self.has(&more, thing)? {
            *kept = more;
        } else if let [one] = rest {
            closing.push(*one);
        } else {
            let (first, second) = rest.split_at(rest.len() / 2);
            self.grow(kept, first, thing, closing)?;
            self.grow(kept, second, thing, closing)?;
        }
        Some(())
    }
}
