//! Which systems' answers reach a step.

use std::collections::{BTreeMap, BTreeSet};

use super::starts::asleep;
use super::{Callee, Start, Target, What, Workflow};

/// A step of any workflow.
pub(super) type At = (usize, usize);

/// All workflows of an import, with who calls whom.
pub(super) struct Chains<'w> {
    pub(super) workflows: &'w [Workflow],
    /// The workflow that a step calls, if it is among them.
    called: BTreeMap<At, usize>,
    callers: BTreeMap<usize, Vec<At>>,
    /// Steps that no step comes after.
    last: Vec<Vec<usize>>,
    /// Steps that never run.
    asleep: Vec<BTreeSet<usize>>,
}

/// Steps in systems whose answers reach a step, each with whether that is a guess.
pub(super) type Sources = BTreeMap<At, bool>;

/// How many steps are looked back at, so that no file takes time without end.
pub(super) const REACH: usize = 10_000;

/// What is to be followed.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Ask {
    /// The answer of a step.
    Answer(At),
    /// What comes into a step.
    Item(At),
    /// What a step makes of what it names.
    Given(At),
}

impl<'w> Chains<'w> {
    pub(super) fn of(workflows: &'w [Workflow]) -> Self {
        let mut by_name: BTreeMap<(&str, &str), Vec<usize>> = BTreeMap::new();
        for (w, workflow) in workflows.iter().enumerate() {
            let names: BTreeSet<&str> = workflow.id.iter().chain([&workflow.name]).map(String::as_str).collect();
            for name in names {
                by_name.entry((workflow.platform, name)).or_default().push(w);
            }
        }
        let (mut called, mut callers) = (BTreeMap::new(), BTreeMap::<usize, Vec<At>>::new());
        for (w, workflow) in workflows.iter().enumerate() {
            for (s, step) in workflow.steps.iter().enumerate().filter(|(_, step)| !step.is_disabled) {
                let What::Call(callee) = &step.what else { continue };
                let target = match callee {
                    Callee::Same => Some(w),
                    Callee::Named(name) => match by_name.get(&(workflow.platform, name.as_str())).map(Vec::as_slice) {
                        Some([one]) => Some(*one),
                        _ => None,
                    },
                    Callee::Unknown => None,
                };
                if let Some(target) = target {
                    called.insert((w, s), target);
                    callers.entry(target).or_default().push((w, s));
                }
            }
        }
        let last = workflows.iter().map(last_steps).collect();
        let asleep = workflows.iter().map(asleep).collect();
        Self { workflows, called, callers, last, asleep }
    }

    /// The workflow that the step calls, if it is among them.
    pub(super) fn callee(&self, at: At) -> Option<usize> {
        self.called.get(&at).copied()
    }

    /// The steps of a workflow that never run, as they come after a disabled one only.
    pub(super) fn asleep(&self, workflow: usize) -> &BTreeSet<usize> {
        &self.asleep[workflow]
    }

    /// The steps that call this workflow.
    pub(super) fn callers(&self, workflow: usize) -> &[At] {
        self.callers.get(&workflow).map_or(&[], Vec::as_slice)
    }

    /// What the systems answered that a step is given: by what it names, else by what comes in.
    pub(super) fn of_step(&self, at: At) -> Sources {
        let step = &self.workflows[at.0].steps[at.1];
        let named: Vec<_> = step.references.iter().filter(|reference| !reference.finds).collect();
        let mut found = Sources::new();
        if named.is_empty() {
            let finds_only = !step.references.is_empty();
            if step.takes_item {
                merge(&mut found, self.follow(Ask::Item(at)).0, false);
            } else if !finds_only && step.asks.is_empty() {
                // Nothing is named: that it is given what comes in is a guess.
                merge(&mut found, self.follow(Ask::Item(at)).0, true);
            }
        }
        for reference in named {
            let (ask, is_guess) = match reference.to {
                Target::Step(s, is_guess) => (Ask::Answer((at.0, s)), is_guess),
                Target::Item => (Ask::Item(at), false),
                Target::Nowhere => continue,
            };
            let (mut sources, is_renamed) = self.follow(ask);
            if let Some(field) = reference.field.as_deref().filter(|_| !is_renamed && sources.len() > 1) {
                // What a chat model answers with has few names; another field of several answers is not the model's.
                let others = sources.keys().any(|source| !self.answers_with_text(*source));
                if others && !ANSWERS.contains(&field) {
                    sources.retain(|source, _| !self.answers_with_text(*source));
                }
            }
            merge(&mut found, sources, is_guess);
        }
        for (asked, is_guess) in &step.asks {
            merge(&mut found, self.follow(Ask::Answer((at.0, *asked))).0, *is_guess);
        }
        found
    }

    fn answers_with_text(&self, (w, s): At) -> bool {
        self.workflows[w].steps[s].in_use().is_some_and(|used| used.answer.is_some())
    }

    /// Everything that `ask` leads to, and whether a step on the way makes new fields.
    fn follow(&self, ask: Ask) -> (Sources, bool) {
        let (mut found, mut is_renamed) = (Sources::new(), false);
        // An answer that is found without a guess is none, whichever way is looked at first.
        let (mut seen, mut open) = (BTreeSet::from([(ask, false)]), vec![(ask, false)]);
        while let Some((ask, is_guess)) = open.pop().filter(|_| seen.len() <= REACH) {
            let mut next = Vec::new();
            match ask {
                Ask::Answer(at) => self.answer(at, &mut found, &mut next, &mut is_renamed, is_guess),
                Ask::Item(at) => next.extend(self.step(at).before.iter().map(|s| (Ask::Answer((at.0, *s)), is_guess))),
                Ask::Given(at) => {
                    is_renamed = true;
                    let references = &self.step(at).references;
                    for reference in references {
                        match reference.to {
                            Target::Step(s, guess) => next.push((Ask::Answer((at.0, s)), guess || is_guess)),
                            Target::Item => next.push((Ask::Item(at), is_guess)),
                            Target::Nowhere => {}
                        }
                    }
                    if references.is_empty() {
                        next.push((Ask::Item(at), is_guess));
                    }
                }
            }
            for (ask, is_guess) in next {
                if seen.insert((ask, is_guess)) {
                    open.push((ask, is_guess));
                }
            }
        }
        (found, is_renamed)
    }

    fn answer(&self, at: At, found: &mut Sources, next: &mut Vec<(Ask, bool)>, is_renamed: &mut bool, is_guess: bool) {
        let step = self.step(at);
        if self.asleep[at.0].contains(&at.1) {
            return;
        }
        if step.in_use().is_some() {
            found.entry(at).and_modify(|guess| *guess &= is_guess).or_insert(is_guess);
            return;
        }
        if step.start == Some(Start::Called) {
            next.extend(self.callers(at.0).iter().map(|caller| (Ask::Given(*caller), is_guess)));
        }
        match &step.what {
            _ if step.is_disabled => next.push((Ask::Item(at), is_guess)),
            What::Make { keeps_item, .. } => {
                next.push((Ask::Given(at), is_guess));
                if *keeps_item {
                    next.push((Ask::Item(at), is_guess));
                }
            }
            What::Call(_) => {
                if let Some(target) = self.callee(at) {
                    *is_renamed = true;
                    next.extend(self.last[target].iter().map(|s| (Ask::Answer((target, *s)), is_guess)));
                }
            }
            What::Pass(_) => next.push((Ask::Item(at), is_guess)),
            What::Use(_) | What::Mention(_) | What::Nothing(_) => {}
        }
    }

    fn step(&self, (w, s): At) -> &super::Step {
        &self.workflows[w].steps[s]
    }
}

/// The names of the fields that chat models, agents and classifiers answer with.
const ANSWERS: [&str; 11] = [
    "text",
    "output",
    "message",
    "content",
    "choices",
    "response",
    "data",
    "result",
    "results",
    "answer",
    "completion",
];

fn merge(into: &mut Sources, from: Sources, is_guess: bool) {
    for (at, guess) in from {
        let guess = guess || is_guess;
        into.entry(at).and_modify(|known| *known &= guess).or_insert(guess);
    }
}

/// The steps of the chain that no other comes after: what a workflow answers that is called, so that only steps count that
/// the call reaches.
fn last_steps(workflow: &Workflow) -> Vec<usize> {
    let mut after: Vec<Vec<usize>> = vec![Vec::new(); workflow.steps.len()];
    for (s, step) in workflow.steps.iter().enumerate() {
        for before in &step.before {
            after[*before].push(s);
        }
    }
    let is_called = |s: &usize| workflow.steps[*s].start == Some(Start::Called);
    let mut open: Vec<usize> = (0..workflow.steps.len()).filter(is_called).collect();
    let mut reached: BTreeSet<usize> = open.iter().copied().collect();
    while let Some(s) = open.pop() {
        open.extend(after[s].iter().copied().filter(|next| reached.insert(*next)));
    }
    let in_chain = |s: &usize| !matches!(workflow.steps[*s].what, What::Nothing(_) | What::Mention(_));
    reached.into_iter().filter(|s| after[*s].is_empty()).filter(in_chain).collect()
}
