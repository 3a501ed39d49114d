//! Which change moved which figure: every change is tried alone, and the figures are computed again.

use std::collections::BTreeSet;

use super::diff::{Figure, Moves};
use super::figures::{Figures, figures};
use super::plan;
use super::report::Report;
use crate::analysis::{Analysis, Finding};
use crate::model::Stack;
use crate::model::outline::{Change, Outline};
use crate::plan::{Options, Plan};
use crate::source::Source;

/// Entries that may be analyzed for all changes together; beyond, the changes that come last are not tried. Some
/// seconds of work, whatever the stack.
const MOST_ENTRIES: usize = 20_000;

/// Entries that may be planned for all changes together: a plan is far more work than an analysis.
const MOST_PLANNED: usize = 400;

/// A stack with everything that is computed from it but the plan.
pub(super) struct Results<'s> {
    pub(super) analysis: Analysis<'s>,
    pub(super) findings: Vec<Finding>,
    source: &'s Source,
}

impl<'s> Results<'s> {
    pub(super) fn of(stack: &'s Stack, source: &'s Source) -> Self {
        let analysis = Analysis::of(stack);
        let findings = analysis.findings();
        Self { analysis, findings, source }
    }

    /// All figures, those of the plan included where it is asked for and there is one.
    fn figures(&self, with_plan: bool) -> Figures {
        let mut report = Report::of(&self.analysis, &self.findings, self.source);
        let options = Options::default();
        if let Some(plan) = with_plan.then(|| Plan::of(&self.analysis, &options).ok()).flatten() {
            report = report.with_plan(plan::Plan::of(self.analysis.stack, &plan, &options));
        }
        figures(&serde_json::to_value(&report).unwrap_or_default())
    }
}

/// The figures that differ, and what moved them.
pub(super) struct Moved {
    pub(super) figures: Vec<Figure>,
    /// For each change, what it moved.
    pub(super) moves: Vec<Moves>,
    pub(super) untried: usize,
}

impl Moved {
    pub(super) fn between(old: &Outline, new: &Outline, changes: &[Change], results: [&Results<'_>; 2]) -> Self {
        if changes.is_empty() {
            return Self { figures: Vec::new(), moves: Vec::new(), untried: 0 };
        }
        let (before, now) = (results[0].figures(true), results[1].figures(true));
        let paths: BTreeSet<&String> = before.keys().chain(now.keys()).collect();
        let differing: Vec<&String> = paths.into_iter().filter(|path| before.get(*path) != now.get(*path)).collect();
        let mut found: Vec<Figure> = differing
            .iter()
            .map(|path| Figure {
                path: (*path).clone(),
                old: before.get(*path).cloned(),
                new: now.get(*path).cloned(),
                by: Vec::new(),
            })
            .collect();
        let size = results.map(|one| size(one.analysis.stack)).into_iter().max().unwrap_or(1).max(1);
        let computed: Vec<&Change> = changes.iter().filter(|change| !change.is_remark()).collect();
        let with_plan = size * computed.len() <= MOST_PLANNED;
        let mut left = MOST_ENTRIES / size;
        let mut untried = 0;
        let mut moves = Vec::with_capacity(changes.len());
        for change in changes {
            if change.is_remark() || found.is_empty() {
                moves.push(Moves::Nothing);
                continue;
            }
            if computed.len() == 1 {
                found.iter_mut().for_each(|figure| figure.by.push(name(change)));
                moves.push(Moves::Figures);
                continue;
            }
            if left == 0 {
                untried += 1;
                moves.push(Moves::NotKnown);
                continue;
            }
            left -= 1;
            moves.push(match tried(old, new, change, with_plan) {
                None => Moves::NotKnown,
                Some((alone, is_undone)) => {
                    let reference = if is_undone { &now } else { &before };
                    let is_judged = |figure: &&mut Figure| with_plan || !figure.path.starts_with("plan");
                    let mut moved = 0;
                    for figure in found.iter_mut().filter(is_judged) {
                        if alone.get(&figure.path) != reference.get(&figure.path) {
                            figure.by.push(name(change));
                            moved += 1;
                        }
                    }
                    let is_new = |path: &String| !path.starts_with("plan") && alone.get(path) != reference.get(path);
                    let moves_else = || alone.keys().chain(reference.keys()).any(is_new);
                    if moved > 0 || moves_else() { Moves::Figures } else { Moves::Nothing }
                }
            });
        }
        Self { figures: found, moves, untried }
    }
}

fn name(change: &Change) -> String {
    change.path.parts().join(".")
}

fn size(stack: &Stack) -> usize {
    stack.systems.len() + stack.flows.len() + stack.data.len() + stack.processes.len()
}

/// The figures of the old stack with this change alone; where that is no stack, of the new one without it, and whether
/// it is that.
fn tried(old: &Outline, new: &Outline, change: &Change, with_plan: bool) -> Option<(Figures, bool)> {
    let figures =
        |outline: Outline| outline.stack().map(|(stack, source)| Results::of(&stack, &source).figures(with_plan));
    figures(old.with(&change.path, new))
        .map(|figures| (figures, false))
        .or_else(|| figures(new.with(&change.path, old)).map(|figures| (figures, true)))
}
