//! What the plan leaves open, and what of it nothing is known for.

use std::collections::{BTreeMap, BTreeSet};

use schemars::JsonSchema;
use serde::Serialize;

use super::unfunded::Unfunded;
use super::words;
use crate::analysis::Finding;
use crate::analysis::words::listed;
use crate::model::Stack;
use crate::plan;
use crate::plan::candidates::{Candidate, Missing, Subject};
use crate::plan::gap::is_asked;
use crate::plan::problem::is_buildable;

/// What nothing can be built for.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Unsolved {
    /// What it is about.
    pub about: String,
    /// The findings that stand as long as nothing can be built, by id.
    pub findings: Vec<String>,
    /// What each kind of candidate lacks, one sentence each.
    pub why: Vec<String>,
    /// The manual flows of the handoff that it is, by id; empty where it is none.
    pub steps: Vec<String>,
    /// The systems whose interfaces are not known, by id: what to check first.
    pub check: Vec<String>,
}

/// What is known of the subjects of a plan, looked up once.
pub(super) struct Open<'a> {
    pub(super) stack: &'a Stack,
    pub(super) plan: &'a plan::Plan,
    /// The findings of the target, by id.
    after: BTreeSet<&'a str>,
    /// Those of them that ask for an answer.
    asked_after: BTreeSet<&'a str>,
    /// The standing findings of today that a candidate for a subject answers, by id.
    findings: BTreeMap<Subject, Vec<&'a str>>,
    /// The candidates that leave nothing of a subject.
    serving: BTreeMap<Subject, Vec<&'a Candidate>>,
}

impl<'a> Open<'a> {
    /// Looks at `plan`, which is that of `stack`.
    pub(super) fn of(stack: &'a Stack, plan: &'a plan::Plan) -> Self {
        let mut findings: BTreeMap<Subject, Vec<&str>> = BTreeMap::new();
        for (at, subjects) in plan.answers.enumerate() {
            for subject in subjects {
                findings.entry(*subject).or_default().push(&plan.gaps[at].id);
            }
        }
        let mut serving: BTreeMap<Subject, Vec<&Candidate>> = BTreeMap::new();
        for one in &plan.candidates.all {
            for subject in one.subjects.iter().filter(|subject| one.does_all_of(**subject)) {
                serving.entry(*subject).or_default().push(one);
            }
        }
        let after = plan.after.findings.iter().map(|finding| finding.id.as_str()).collect();
        let asked_after = plan.after.findings.iter().filter(|finding| is_asked(finding));
        let asked_after = asked_after.map(|finding| finding.id.as_str()).collect();
        Self { stack, plan, after, asked_after, findings, serving }
    }

    pub(super) fn findings_of(&self, subject: Subject) -> Vec<String> {
        self.findings.get(&subject).into_iter().flatten().map(|id| (*id).to_owned()).collect()
    }

    /// The candidates for a subject that can be built.
    pub(super) fn options(&self, subject: Subject) -> impl Iterator<Item = &'a Candidate> {
        let all = self.serving.get(&subject).into_iter().flatten().copied();
        all.filter(|one| is_buildable(&self.plan.candidates.all, one))
    }

    /// Whether nothing of a subject is left in the target, whatever did it.
    fn is_gone(&self, subject: Subject) -> bool {
        let is_answered = || {
            let findings = self.findings.get(&subject).map_or(&[][..], Vec::as_slice);
            !findings.is_empty() && !findings.iter().any(|id| self.after.contains(id))
        };
        match subject {
            Subject::Link(_) | Subject::Gap(_) => is_answered(),
            Subject::Point(at) => !words::stands(self.stack, self.plan, at),
            Subject::Criterion(id) => self.plan.after.standing.criterion(id).is_none_or(|one| !one.holds_back()),
            Subject::Enabler => false,
        }
    }

    /// Whether an item of the plan does all of it, or nothing of it is left.
    pub(super) fn is_done(&self, subject: Subject) -> bool {
        self.is_gone(subject) || self.options(subject).any(|one| self.plan.find(&one.id).is_some())
    }
}

/// What nothing can be built for, and findings of which the plan leaves a part that nothing more is known for; `unfunded` is
/// what could be built besides.
pub(super) fn unsolved(open: &Open<'_>, unfunded: &[Unfunded]) -> Vec<Unsolved> {
    let (stack, plan) = (open.stack, open.plan);
    let steps = |subject: Subject| match subject {
        Subject::Link(at) => plan.links[at].steps.iter().map(|ix| stack.flow(*ix).id.to_string()).collect(),
        _ => Vec::new(),
    };
    let one = |missing: &Missing| Unsolved {
        about: words::subject(stack, plan, missing.subject),
        findings: open.findings_of(missing.subject),
        why: missing.why.clone(),
        steps: steps(missing.subject),
        check: missing.unknown.iter().map(|ix| stack.system(*ix).id.to_string()).collect(),
    };
    let is_open = |missing: &&Missing| {
        let has_other = open.options(missing.subject).any(|one| plan.find(&one.id).is_none());
        !has_other && !open.is_gone(missing.subject)
    };
    let mut found: Vec<Unsolved> = plan.candidates.missing.iter().filter(is_open).map(one).collect();
    let told = unfunded.iter().map(|one| &one.findings).chain(found.iter().map(|one| &one.findings));
    let told: BTreeSet<&str> = told.flatten().map(String::as_str).collect();
    let is_left = |gap: &Finding| {
        let id = gap.id.as_str();
        is_asked(gap) && open.asked_after.contains(id) && !told.contains(id)
    };
    let rest = plan.gaps.enumerate().filter(|(_, gap)| is_left(gap));
    let rest: Vec<Unsolved> = rest.map(|(at, gap)| left(plan, gap, &plan.answers[at])).collect();
    found.extend(rest);
    found
}

/// A finding that stands in the target although the plan has items for it.
fn left(plan: &plan::Plan, gap: &Finding, subjects: &[Subject]) -> Unsolved {
    let serves = |one: &&Candidate| one.subjects.iter().any(|subject| subjects.contains(subject));
    let items = plan.items.iter().map(|item| plan.candidate(item)).filter(serves);
    let items: Vec<&str> = items.map(|one| one.id.as_str()).collect();
    let why = match items.as_slice() {
        [] => "what would have been done about it has nothing left to do in the target".to_owned(),
        items => format!("{} does not do all of it, and nothing else is known", listed(items)),
    };
    let about = gap.message.clone();
    Unsolved { about, findings: vec![gap.id.clone()], why: vec![why], steps: Vec::new(), check: Vec::new() }
}
