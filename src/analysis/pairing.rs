//! Which finding of an earlier run is which of this one: those of one fingerprint, by what they have in common.

use std::cmp::Ordering;
use std::collections::BTreeMap;

use super::{Fingerprint, Severity};

/// As much of a finding as pairing looks at.
#[derive(Clone, Debug)]
pub struct Known<'a> {
    /// What it is known by; findings of different fingerprints are never the same.
    pub fingerprint: Fingerprint,
    /// The data objects that it is about: sorted, each once.
    pub data: &'a [String],
    /// Its severity, where it is a known word.
    pub severity: Option<Severity>,
    /// Its yearly cost, where one is known.
    pub cost: Option<f64>,
}

/// Pairs of one fingerprint that are compared one by one; of more, which only thousands of handoffs between the same
/// two systems have, those stay together that stand at the same place when both sides are sorted.
const MOST_COMPARED: usize = 250_000;

/// The places of findings that are the same in `old` and `new`: of one fingerprint those with the most data objects in
/// common, then the nearest severity, then the nearest cost. Each is in one pair at most.
#[must_use]
pub fn pairs(old: &[Known<'_>], new: &[Known<'_>]) -> Vec<(usize, usize)> {
    let mut groups: BTreeMap<&Fingerprint, [Vec<usize>; 2]> = BTreeMap::new();
    for (side, list) in [old, new].into_iter().enumerate() {
        for (at, known) in list.iter().enumerate() {
            groups.entry(&known.fingerprint).or_default()[side].push(at);
        }
    }
    let mut found = Vec::new();
    for [before, now] in groups.into_values() {
        if before.is_empty() || now.is_empty() {
            continue;
        }
        match (before.as_slice(), now.as_slice()) {
            ([before], [now]) => found.push((*before, *now)),
            _ if before.len() * now.len() > MOST_COMPARED => found.extend(in_line(old, new, before, now)),
            _ => found.extend(nearest(old, new, &before, &now)),
        }
    }
    found.sort_unstable();
    found
}

/// All pairs from the most alike to the least, each finding taken once.
fn nearest(old: &[Known<'_>], new: &[Known<'_>], before: &[usize], now: &[usize]) -> Vec<(usize, usize)> {
    let mut all: Vec<(Likeness, usize, usize)> = Vec::with_capacity(before.len() * now.len());
    for a in before {
        all.extend(now.iter().map(|b| (Likeness::of(&old[*a], &new[*b]), *a, *b)));
    }
    all.sort_by(|a, b| a.0.order(&b.0).then((a.1, a.2).cmp(&(b.1, b.2))));
    let (mut taken_old, mut taken_new) = (vec![false; old.len()], vec![false; new.len()]);
    let mut found = Vec::new();
    for (_, a, b) in all {
        if !taken_old[a] && !taken_new[b] {
            (taken_old[a], taken_new[b]) = (true, true);
            found.push((a, b));
        }
    }
    found
}

fn in_line(old: &[Known<'_>], new: &[Known<'_>], before: Vec<usize>, now: Vec<usize>) -> Vec<(usize, usize)> {
    let sorted = |list: &[Known<'_>], mut places: Vec<usize>| {
        places.sort_by(|a, b| {
            let (a, b) = (&list[*a], &list[*b]);
            (a.data, a.severity).cmp(&(b.data, b.severity)).then(cost(a).total_cmp(&cost(b)))
        });
        places
    };
    sorted(old, before).into_iter().zip(sorted(new, now)).collect()
}

/// A cost to compare; one that is not known is like no other.
fn cost(known: &Known<'_>) -> f64 {
    known.cost.unwrap_or(f64::INFINITY)
}

/// How alike two findings are; sorted, the most alike come first.
struct Likeness {
    in_common: usize,
    severity: usize,
    cost: f64,
    differing: usize,
}

impl Likeness {
    fn of(old: &Known<'_>, new: &Known<'_>) -> Self {
        let in_common = old.data.iter().filter(|id| new.data.binary_search(id).is_ok()).count();
        let step = |known: &Known<'_>| known.severity.map_or(Severity::ALL.len(), |severity| severity as usize);
        let cost = match (old.cost, new.cost) {
            (None, None) => 0.0,
            (Some(a), Some(b)) => (a - b).abs(),
            _ => f64::INFINITY,
        };
        Self {
            in_common,
            severity: step(old).abs_diff(step(new)),
            cost,
            differing: old.data.len() + new.data.len() - 2 * in_common,
        }
    }

    fn order(&self, other: &Self) -> Ordering {
        let counts = |of: &Self| (std::cmp::Reverse(of.in_common), of.severity);
        let cost = self.cost.total_cmp(&other.cost);
        counts(self).cmp(&counts(other)).then(cost).then(self.differing.cmp(&other.differing))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::{EntryKind, Place};

    fn known<'a>(on: &str, data: &'a [String], severity: Severity, cost: Option<f64>) -> Known<'a> {
        let fingerprint = Fingerprint::new("r", vec![Place::one(EntryKind::System, on)]);
        Known { fingerprint, data, severity: Some(severity), cost }
    }

    #[test]
    fn objects_in_common_come_before_severity_and_severity_before_cost() {
        let data = |ids: &[&str]| ids.iter().map(|id| (*id).to_owned()).collect::<Vec<String>>();
        let [d1, d12, d2, none] = [data(&["d1"]), data(&["d1", "d2"]), data(&["d2"]), data(&[])];
        let (low, high) = (Severity::Low, Severity::High);
        let old = [known("a", &d1, low, Some(5.0)), known("a", &d2, high, Some(7.0)), known("b", &d1, low, None)];
        let new = [known("a", &d2, high, Some(5.0)), known("a", &d12, low, None), known("c", &d1, low, None)];
        assert_eq!(pairs(&old, &new), [(0, 1), (1, 0)]);
        let (old, new) = ([known("a", &d12, low, None)], [known("a", &d1, low, None), known("a", &d12, high, None)]);
        assert_eq!(pairs(&old, &new), [(0, 1)]);
        let old = [known("a", &none, low, Some(5.0)), known("a", &none, high, Some(9.0))];
        let new = [known("a", &none, high, Some(5.0)), known("a", &none, low, Some(9.0))];
        assert_eq!(pairs(&old, &new), [(0, 1), (1, 0)]);
        let new = [known("a", &none, low, Some(4.0)), known("a", &none, low, Some(5.0))];
        assert_eq!(pairs(&old, &new), [(0, 1), (1, 0)], "the nearest cost, and what is left over");
    }

    #[test]
    fn of_findings_without_a_known_cost_those_are_the_same_of_which_none_is_known() {
        let old = [known("a", &[], Severity::Low, None)];
        let new = [known("a", &[], Severity::Low, Some(0.0)), known("a", &[], Severity::Low, None)];
        assert_eq!(pairs(&old, &new), [(0, 1)]);
    }

    #[test]
    fn beyond_a_quarter_of_a_million_pairs_those_at_the_same_place_are_the_same() {
        let costs = |from: usize, count: usize| -> Vec<Known<'_>> {
            (from..from + count).map(|cost| known("a", &[], Severity::Low, Some(cost as f64))).collect()
        };
        // All but one cost the same as before, and that costs most now.
        let nearest: Vec<(usize, usize)> = [(0, 499)].into_iter().chain((1..500).map(|at| (at, at - 1))).collect();
        assert_eq!(pairs(&costs(0, 500), &costs(1, 500)), nearest);
        let in_line: Vec<(usize, usize)> = (0..501).map(|at| (at, at)).collect();
        assert_eq!(pairs(&costs(0, 501), &costs(1, 501)), in_line);
    }

    #[test]
    fn thousands_of_one_fingerprint_are_the_same_as_themselves() {
        let ids: Vec<[String; 1]> = (0..2_000).map(|at| [format!("d{at}")]).collect();
        let all: Vec<Known<'_>> = ids.iter().map(|id| known("a", id, Severity::Low, None)).collect();
        let backwards: Vec<Known<'_>> = all.iter().rev().cloned().collect();
        let found = pairs(&all, &backwards);
        assert!(found.len() == 2_000 && found.into_iter().all(|(a, b)| a + b == 1_999));
    }
}
