//! What could be built, and what for.

use std::ops::Index;

use crate::catalog::Confidence;
use crate::model::{DataIx, ItemKind, SystemIx};
use crate::plan::edit::Edit;
use crate::plan::effort::Term;
use crate::plan::gap::GapIx;
use crate::plan::link::LinkIx;
use crate::plan::quota::{self, QuotaUse};

sinew_order::index! {
    /// A single point of failure, in the list of all.
    pub PointIx
}

sinew_order::index! {
    /// A candidate, in the list of all.
    pub CandidateIx
}

/// What a candidate is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Subject {
    /// A pair of systems that data should flow between.
    Link(LinkIx),
    /// A single point of failure of processes.
    Point(PointIx),
    /// A finding that is about no way of data and no single point.
    Gap(GapIx),
    /// A criterion of a stage, by id, that is not met today.
    Criterion(&'static str),
    /// Serves whatever needs it, and nothing itself.
    Enabler,
}

/// One way to remove something.
#[derive(Clone, Debug, PartialEq)]
pub struct Candidate {
    /// Its id: kind, then what it joins, separated by colons.
    pub id: String,
    /// What kind of thing is built.
    pub kind: ItemKind,
    /// One line for a person.
    pub title: String,
    /// What it is for.
    pub subjects: Vec<Subject>,
    /// What it does not carry of the links that it is for, because nothing is known that does: links with their objects;
    /// sorted. As long as that is carried by hand, a handoff takes the same work.
    pub leaves: Vec<(LinkIx, DataIx)>,
    /// The candidates that must be built before it, by id.
    pub needs: Vec<String>,
    /// What building it does to the stack.
    pub edits: Vec<Edit>,
    /// Person-days, term by term.
    pub effort: Vec<Term>,
    /// Running cost a year, term by term.
    pub running: Vec<Term>,
    /// The weakest support among the facts of the catalog that it rests on; absent where it rests on none.
    pub confidence: Option<Confidence>,
    /// What speaks for it and what has to be checked, with sources.
    pub why: Vec<String>,
    /// Why it cannot be built; empty where it can.
    pub obstacles: Vec<String>,
    /// What it does to the quotas of the systems it calls.
    pub quotas: Vec<QuotaUse>,
    /// Whether it removes a handoff of an AI output.
    pub is_ai_output: bool,
}

impl Candidate {
    /// A candidate of which no more is known than what it does.
    #[must_use]
    pub(in crate::plan) fn of(
        kind: ItemKind,
        id: String,
        title: String,
        subjects: Vec<Subject>,
        edits: Vec<Edit>,
    ) -> Self {
        Self {
            id,
            kind,
            title,
            subjects,
            leaves: Vec::new(),
            needs: Vec::new(),
            edits,
            effort: Vec::new(),
            running: Vec::new(),
            confidence: None,
            why: Vec::new(),
            obstacles: Vec::new(),
            quotas: Vec::new(),
            is_ai_output: false,
        }
    }

    /// Whether building it can change what reaches where, or what fails with what.
    #[must_use]
    pub fn moves_data(&self) -> bool {
        let moves = |edit: &Edit| {
            let is_still = matches!(edit, Edit::Measure(_) | Edit::Review(..) | Edit::AddSystem { .. });
            !is_still && !matches!(edit, Edit::Pace(..) | Edit::Bulk(_))
        };
        self.edits.iter().any(moves)
    }

    /// Whether it can be built.
    #[must_use]
    pub fn is_feasible(&self) -> bool {
        self.obstacles.is_empty()
    }

    /// Whether nothing of `subject` is left where it is built.
    #[must_use]
    pub fn does_all_of(&self, subject: Subject) -> bool {
        let leaves = |at: LinkIx| self.leaves.iter().any(|(link, _)| *link == at);
        self.subjects.contains(&subject) && !matches!(subject, Subject::Link(at) if leaves(at))
    }
}

/// Why nothing can be built for a subject, where no candidate could even be made.
#[derive(Clone, Debug, PartialEq)]
pub struct Missing {
    /// The link or single point that no candidate serves.
    pub subject: Subject,
    /// What each kind of candidate lacks, one sentence each.
    pub why: Vec<String>,
    /// The systems whose interfaces are not known; sorted as they stand on the way.
    pub unknown: Vec<SystemIx>,
}

/// One thing to find out before something is built.
#[derive(Clone, Debug, PartialEq)]
pub struct Check {
    /// The id of the item: `verify`, and what it is about.
    pub id: String,
    /// One line for a person.
    pub title: String,
    /// The system of which it has to be known.
    pub system: SystemIx,
    /// The line to add at that system of the stack file once it is known.
    pub add: String,
    /// Person-days, term by term.
    pub effort: Vec<Term>,
}

/// What could be built if what nobody stated is so: nothing is known that speaks against it.
#[derive(Clone, Debug, PartialEq)]
pub struct Unverified {
    /// What would be built. The high end of its effort is wider than that of one that is verified.
    pub candidate: Candidate,
    /// What has to be found out first: at least one.
    pub checks: Vec<Check>,
}

/// All candidates, by id, and the subjects for which none could be made.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Candidates {
    /// By id; one that serves several subjects names them all.
    pub all: Vec<Candidate>,
    /// What is missing where nothing can be done.
    pub missing: Vec<Missing>,
    /// What could be built once something is found out, by id. None of it is chosen from.
    pub unverified: Vec<Unverified>,
}

impl Index<CandidateIx> for Candidates {
    type Output = Candidate;

    fn index(&self, at: CandidateIx) -> &Candidate {
        &self.all[sinew_order::Index::place(at)]
    }
}

/// One candidate may have been made for several subjects: its subjects, edits and loads are joined.
pub(super) fn merge(all: &mut Vec<Candidate>) {
    all.sort_by(|a, b| a.id.cmp(&b.id));
    let mut merged: Vec<Candidate> = Vec::with_capacity(all.len());
    for next in all.drain(..) {
        match merged.last_mut().filter(|last| last.id == next.id) {
            Some(last) => join(last, next),
            None => merged.push(next),
        }
    }
    *all = merged;
}

fn join(into: &mut Candidate, other: Candidate) {
    into.subjects.extend(other.subjects);
    into.subjects.sort_unstable();
    into.subjects.dedup();
    into.leaves.extend(other.leaves);
    into.leaves.sort_unstable();
    into.leaves.dedup();
    for need in other.needs {
        if !into.needs.contains(&need) {
            into.needs.push(need);
        }
    }
    let mut is_more = false;
    for edit in other.edits {
        if !into.edits.contains(&edit) {
            into.edits.push(edit);
            is_more = true;
        }
    }
    if is_more {
        into.quotas = quota::together([into.quotas.as_slice(), other.quotas.as_slice()].into_iter());
        into.obstacles.extend(into.quotas.iter().filter_map(QuotaUse::obstacle));
        into.obstacles.dedup();
    }
    for (table, more) in [(&mut into.effort, other.effort), (&mut into.running, other.running)] {
        for term in more {
            match table.iter_mut().find(|known| known.key == term.key) {
                // Another subject of the same flow is one more object on it.
                Some(known) => known.times = known.times.max(term.times),
                None => table.push(term),
            }
        }
    }
    for (list, more) in [(&mut into.why, other.why), (&mut into.obstacles, other.obstacles)] {
        for line in more {
            if !list.contains(&line) {
                list.push(line);
            }
        }
    }
    into.confidence = into.confidence.max(other.confidence);
    into.is_ai_output |= other.is_ai_output;
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{FlowIx, Range};
    use sinew_order::Index as _;

    fn part(needs: &[&str], link: usize, is_ai_output: bool) -> Candidate {
        let subjects = vec![Subject::Link(LinkIx::new(link))];
        let owned = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect::<Vec<_>>();
        let flows: &[u32] = if link == 1 { &[0, 1] } else { &[0] };
        let edits = flows.iter().map(|at| Edit::MakeLive(FlowIx(*at))).collect();
        let term = |key, times| Term { key, amount: Range::exact(2.0), times, is_default: false };
        Candidate {
            needs: owned(needs),
            effort: vec![term("api", 1.0 + link as f64)],
            why: owned(needs),
            is_ai_output,
            ..Candidate::of(ItemKind::Api, "api:a:b".to_owned(), String::new(), subjects, edits)
        }
    }

    #[test]
    fn what_is_made_for_several_subjects_is_one_candidate_with_all_that_each_needs() {
        let other = Candidate { id: "api:a:c".to_owned(), ..part(&[], 3, false) };
        let mut all = vec![part(&["x", "y"], 1, false), other.clone(), part(&["x", "z"], 0, true)];
        merge(&mut all);
        let [one, last] = &all[..] else { panic!("{all:?}") };
        assert_eq!(last, &other);
        assert_eq!(one.subjects, [0, 1].map(|at| Subject::Link(LinkIx::new(at))));
        assert_eq!(one.edits, [0, 1].map(|at| Edit::MakeLive(FlowIx(at))), "each once");
        assert_eq!((&one.needs[..], &one.why[..]), (&["x", "y", "z"].map(str::to_owned)[..], &one.needs[..]));
        assert_eq!(one.effort.iter().map(|term| term.times).collect::<Vec<_>>(), [2.0], "the most that one takes");
        assert!(one.is_ai_output);
        let mut neither = vec![part(&[], 0, false), part(&[], 1, false)];
        merge(&mut neither);
        assert!(!neither[0].is_ai_output);
    }
}
