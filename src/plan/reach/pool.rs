//! All that could be built, verified or not: what is tried together.

use std::collections::{BTreeMap, BTreeSet};

use sinew_order::Index;

use crate::plan::candidates::{Candidate, CandidateIx, Candidates};
use crate::plan::problem::is_buildable;

/// Candidates that are built together, with all that they need.
pub(super) type Set = BTreeSet<CandidateIx>;

/// All candidates: first those of [`Candidates::all`] under the same numbers, then those that are not verified, each of which needs
/// what finds out whether it is so.
pub(in crate::plan) struct Pool {
    all: Vec<Candidate>,
    /// What each needs, whatever that needs as well, and itself; sorted.
    closure: Vec<Vec<CandidateIx>>,
    /// What can be built and is not asked to be left out.
    pub(super) verified: Vec<CandidateIx>,
    /// The same of what is not verified.
    pub(super) doubtful: Vec<CandidateIx>,
    /// The numbers of [`Candidates::unverified`].
    first_doubtful: usize,
}

impl Pool {
    /// Of `found`, without those called `without` and what needs them.
    pub(super) fn of(found: &Candidates, without: &[String]) -> Self {
        let mut all = found.all.clone();
        all.extend(found.unverified.iter().map(|one| {
            let mut candidate = one.candidate.clone();
            candidate.needs.extend(one.checks.iter().map(|check| check.id.clone()));
            candidate
        }));
        let place: BTreeMap<&str, usize> =
            found.all.iter().enumerate().map(|(at, one)| (one.id.as_str(), at)).collect();
        let closure = all.iter().enumerate().map(|(at, _)| closure(&all, &place, at)).collect::<Vec<_>>();
        let is_out = |at: usize| closure[at].iter().any(|ix| without.contains(&all[ix.place()].id));
        let numbers = |range: std::ops::Range<usize>, can: &dyn Fn(usize) -> bool| -> Vec<CandidateIx> {
            range.filter(|at| can(*at) && !is_out(*at)).map(CandidateIx::new).collect()
        };
        let count = found.all.len();
        let verified = numbers(0..count, &|at| is_buildable(&found.all, &all[at]));
        let needs_can_be = |at: usize| {
            all[at].is_feasible() && closure[at].iter().all(|ix| ix.place() == at || all[ix.place()].is_feasible())
        };
        let doubtful = numbers(count..all.len(), &needs_can_be);
        Self { first_doubtful: count, all, closure, verified, doubtful }
    }

    pub(super) fn get(&self, ix: CandidateIx) -> &Candidate {
        &self.all[ix.place()]
    }

    pub(super) fn closure(&self, ix: CandidateIx) -> &[CandidateIx] {
        &self.closure[ix.place()]
    }

    /// Whether it waits for something to be found out.
    pub(super) fn is_doubtful(&self, ix: CandidateIx) -> bool {
        ix.place() >= self.first_doubtful
    }

    /// `set` with `more` and all that they need.
    pub(super) fn with(&self, set: &Set, more: &[CandidateIx]) -> Set {
        let mut all = set.clone();
        all.extend(more.iter().flat_map(|ix| self.closure(*ix)));
        all
    }

    /// `set` without `gone` and what needs it.
    pub(super) fn without(&self, set: &Set, gone: CandidateIx) -> Set {
        set.iter().copied().filter(|ix| !self.closure(*ix).contains(&gone)).collect()
    }

    /// Those of `items` that none of the others stands for: what needs another of them is left out.
    pub(super) fn least(&self, items: &[CandidateIx]) -> Vec<CandidateIx> {
        let stands_for = |a: CandidateIx, b: CandidateIx| a != b && self.closure(b).contains(&a);
        items.iter().copied().filter(|b| !items.iter().any(|a| stands_for(*a, *b))).collect()
    }
}

fn closure(all: &[Candidate], place: &BTreeMap<&str, usize>, at: usize) -> Vec<CandidateIx> {
    let mut found = BTreeSet::from([at]);
    let mut open = vec![at];
    while let Some(next) = open.pop() {
        for need in all[next].needs.iter().filter_map(|id| place.get(id.as_str())) {
            if found.insert(*need) {
                open.push(*need);
            }
        }
    }
    found.into_iter().map(CandidateIx::new).collect()
}
