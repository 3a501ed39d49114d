//! Which change moved which figure: every change is tried alone, and the figures are computed again.

use std::collections::BTreeSet;

use super::cut::{Extent, Level};
use super::diff::{Figure, Moves};
use super::figures::{Figures, SEPARATOR, entries, figures, is_at_least};
use super::plan;
use super::report::Report;
use crate::analysis::{Analysis, Finding};
use crate::model::Stack;
use crate::model::outline::{Change, Outline};
use crate::plan::{Options, Plan};
use crate::report::say::counted;
use crate::source::Source;

/// Entries that may be analyzed for all changes together; beyond, the changes that come last are not tried. Some
/// seconds of work, whatever the stack.
const MOST_ENTRIES: usize = 20_000;

/// Counted work ([`Plan::work`]) that the plans of all changes together may take: some seconds, whatever the stack. Changes
/// for which none is left are tried without a plan, and which figures that leaves open is said.
const MOST_PLAN_WORK: usize = 1_000_000;

/// Entries of lists that weigh as much as one entry of a stack when it is analyzed.
const LISTED: usize = 1_000;

/// Entries that are named of a long list, of those that the other side has not.
const NAMED: usize = 8;

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

    /// All figures, those of the plan included where it is asked for and there is one; and the counted work of the plan.
    fn figures(&self, with_plan: bool) -> (Figures, usize) {
        // Whole lists: two that are cut may be equal where the stacks differ, and differ where only their lengths do.
        let mut report = Report::to(Extent::Whole, &self.analysis, &self.findings, self.source);
        // The ways to other stages are plans of their own: with them few changes could be tried. One that the file asks for
        // is the plan.
        let options = Options { frontier: false, ..Options::default() };
        let mut work = 0;
        if let Some(plan) = with_plan.then(|| Plan::of(&self.analysis, &options).ok()).flatten() {
            work = plan.work;
            report = report.with_plan(plan::Plan::of(self.analysis.stack, &plan, &options));
        }
        (figures(report), work)
    }
}

/// Whether a figure is one of the plan, or rests on it.
fn is_of_plan(path: &str) -> bool {
    path.starts_with("plan") || path.ends_with(".plan_items")
}

/// The figures that differ, and what moved them.
pub(super) struct Moved {
    pub(super) figures: Vec<Figure>,
    /// For each change, what it moved.
    pub(super) moves: Vec<Moves>,
    pub(super) untried: usize,
    /// How many changes were tried without a plan, for want of work: what they moved of it is not told apart.
    pub(super) unplanned: usize,
}

impl Moved {
    pub(super) fn between(old: &Outline, new: &Outline, changes: &[Change], results: [&Results<'_>; 2]) -> Self {
        Self::within(MOST_PLAN_WORK, old, new, changes, results)
    }

    /// The same with so much counted work for the plans of single changes.
    fn within(
        mut work_left: usize,
        old: &Outline,
        new: &Outline,
        changes: &[Change],
        results: [&Results<'_>; 2],
    ) -> Self {
        if changes.is_empty() {
            return Self { figures: Vec::new(), moves: Vec::new(), untried: 0, unplanned: 0 };
        }
        let [(before, work), (now, more)] = results.map(|one| one.figures(true));
        // A plan for one change alone takes about as much as the larger of the two.
        let expected = work.max(more).max(1);
        let paths: BTreeSet<&String> = before.keys().chain(now.keys()).collect();
        let differing: Vec<&String> = paths.into_iter().filter(|path| before.get(*path) != now.get(*path)).collect();
        let mut found: Vec<Figure> = differing
            .iter()
            .map(|path| Figure {
                path: (*path).clone(),
                old: before.get(*path).cloned(),
                new: now.get(*path).cloned(),
                old_at_least: is_at_least(&before, path),
                new_at_least: is_at_least(&now, path),
                by: Vec::new(),
                untried: 0,
            })
            .collect();
        let listed = |figures: &Figures| figures.values().map(|words| entries(words)).sum::<usize>();
        let listed = listed(&before).max(listed(&now));
        let size = results.map(|one| one.analysis.stack.count_entries()).into_iter().max().unwrap_or(1).max(1);
        let size = size + listed / LISTED;
        let computed = changes.iter().filter(|change| !change.is_remark()).count();
        let mut left = MOST_ENTRIES / size;
        let (mut untried, mut unplanned) = (0, 0);
        let mut moves = Vec::with_capacity(changes.len());
        for change in changes {
            if change.is_remark() || found.is_empty() {
                moves.push(Moves::Nothing);
                continue;
            }
            if computed == 1 {
                found.iter_mut().for_each(|figure| figure.by.push(name(change)));
                moves.push(Moves::Figures);
                continue;
            }
            if left == 0 {
                untried += 1;
                found.iter_mut().for_each(|figure| figure.untried += 1);
                moves.push(Moves::NotKnown);
                continue;
            }
            left -= 1;
            let with_plan = work_left >= expected;
            moves.push(match tried(old, new, change, with_plan) {
                // It is no stack by itself: nobody can tell what it moves, whatever the work.
                None => Moves::NotKnown,
                Some((alone, work, is_undone)) => {
                    let reference = if is_undone { &now } else { &before };
                    if with_plan {
                        work_left = work_left.saturating_sub(work.max(size));
                    } else {
                        unplanned += 1;
                    }
                    let mut moved = 0;
                    for figure in &mut found {
                        if !with_plan && is_of_plan(&figure.path) {
                            figure.untried += 1;
                        } else if alone.get(&figure.path) != reference.get(&figure.path) {
                            figure.by.push(name(change));
                            moved += 1;
                        }
                    }
                    let is_new = |path: &String| !is_of_plan(path) && alone.get(path) != reference.get(path);
                    let moves_else = || alone.keys().chain(reference.keys()).any(is_new);
                    match moved > 0 || moves_else() {
                        true => Moves::Figures,
                        // It may still move the plan.
                        false if !with_plan && found.iter().any(|figure| is_of_plan(&figure.path)) => Moves::NotKnown,
                        false => Moves::Nothing,
                    }
                }
            });
        }
        shorten(&mut found);
        Self { figures: found, moves, untried, unplanned }
    }
}

/// Says of lists that are too long together how many entries they have, and which of them the other side has not.
fn shorten(figures: &mut [Figure]) {
    let sides = figures.iter().flat_map(|figure| [&figure.old, &figure.new]).flatten();
    let most = Level::of(sides.map(|words| entries(words))).0;
    for figure in figures {
        let [old, new] = [&figure.old, &figure.new].map(|side| side.as_deref().unwrap_or_default());
        if entries(old).max(entries(new)) > most {
            let told = [only(old, new), only(new, old)];
            let [old, new] =
                [(&figure.old, 0), (&figure.new, 1)].map(|(side, at)| side.is_some().then(|| told[at].clone()));
            (figure.old, figure.new) = (old, new);
        }
    }
}

/// `1,200 entries, only here: a, b and 10 more`.
fn only(mine: &str, theirs: &str) -> String {
    let theirs: BTreeSet<&str> = theirs.split(SEPARATOR).collect();
    let own: Vec<&str> = mine.split(SEPARATOR).filter(|one| !theirs.contains(one)).collect();
    let all = counted(entries(mine), "entry", "entries");
    match own.len() {
        0 => all,
        count if count <= NAMED => format!("{all}, only here: {}", own.join(SEPARATOR)),
        count => {
            let (named, rest) = (own[..NAMED].join(SEPARATOR), counted(count - NAMED, "other", "others"));
            format!("{all}, only here: {named} and {rest}")
        }
    }
}

fn name(change: &Change) -> String {
    change.path.parts().join(".")
}

/// The figures of the old stack with this change alone, and the work of its plan; where that is no stack, of the new one
/// without it, and whether it is that.
fn tried(old: &Outline, new: &Outline, change: &Change, with_plan: bool) -> Option<(Figures, usize, bool)> {
    let figures =
        |outline: Outline| outline.stack().map(|(stack, source)| Results::of(&stack, &source).figures(with_plan));
    figures(old.with(&change.path, new))
        .map(|(figures, work)| (figures, work, false))
        .or_else(|| figures(new.with(&change.path, old)).map(|(figures, work)| (figures, work, true)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model;
    use crate::report::facts::diff::Diff;

    fn diff_of(old: &str, new: &str) -> Diff {
        let sources = [old, new].map(|text| Source::new("stack.yaml", text.to_owned()));
        let stacks = sources.each_ref().map(|source| model::read(source).stack.expect("the stack is valid"));
        Diff::of((&stacks[0], &sources[0]), (&stacks[1], &sources[1]))
    }

    /// So many systems by pairs, each of which hands something over by hand.
    fn hands(pairs: usize, minutes: impl Fn(usize) -> usize) -> String {
        let each = |line: &dyn Fn(usize) -> String| (0..pairs).map(line).collect::<String>();
        format!(
            "sinew: 1\nhourly_rate: 60\nas_of: 2026-11-21\nsystems:\n{}{}data: {{ d: {{}} }}\nflows:\n{}processes: {{ p: {{ needs: [{{ data: d, at: b0 }}] }} }}\n",
            each(&|at| format!("  a{at}: {{ product: marketo-engage, makes: [d] }}\n")),
            each(&|at| format!("  b{at}: {{ product: salesforce-sales-cloud }}\n")),
            each(&|at| format!(
                "  - {{ id: f{at}, from: a{at}, to: b{at}, data: d, mechanism: copy-paste, runs: 20/week, minutes: {} }}\n",
                minutes(at)
            )),
        )
    }

    #[test]
    fn long_lists_say_what_only_one_side_has() {
        let list =
            |from: usize, to: usize| (from..to).map(|at| format!("s{at:06}")).collect::<Vec<_>>().join(SEPARATOR);
        let figure = |old: Option<String>, new: Option<String>| Figure {
            path: "outages[a].facts_lost".into(),
            old,
            new,
            old_at_least: false,
            new_at_least: false,
            by: Vec::new(),
            untried: 0,
        };
        let mut all = [
            figure(Some(list(0, 300_000)), Some(list(1, 300_020))),
            figure(Some("5".into()), Some("6".into())),
            figure(None, Some(list(0, 300_000))),
        ];
        shorten(&mut all);
        assert_eq!(all[0].old.as_deref(), Some("300,000 entries, only here: s000000"));
        let new = all[0].new.as_deref().expect("it is there");
        assert!(
            new.starts_with("300,019 entries, only here: s300000, s300001") && new.ends_with("and 12 others"),
            "{new}"
        );
        assert_eq!((all[1].old.as_deref(), all[2].old.as_deref()), (Some("5"), None));
        // Lists that are not too long together are told whole.
        let whole = figure(Some(list(0, 300)), Some(list(1, 300)));
        let mut all = [whole.clone()];
        shorten(&mut all);
        assert_eq!(all, [whole]);
    }

    #[test]
    fn plan_figures_are_told_apart_as_far_as_counted_work_allows_and_the_rest_is_said() {
        // 28 entries and twelve changes: more than entries times changes once allowed, and well within the work.
        let [old, new] = [hands(9, |_| 10), hands(9, |at| 20 + at)];
        let diff = diff_of(&old, &new);
        assert_eq!((diff.untried, diff.unplanned), (0, 0));
        let net = diff.figures.iter().find(|figure| figure.path == "plan.net_value").expect("it moves");
        assert_eq!((net.by.len(), net.untried), (9, 0));
        // With the work of three plans, two or three changes have one.
        let sources = [old, new].map(|text| Source::new("stack.yaml", text));
        let stacks = sources.each_ref().map(|source| model::read(source).stack.expect("the stack is valid"));
        let outlines = stacks.each_ref().map(Outline::of);
        let changes = outlines[0].changes(&outlines[1]);
        let results = [Results::of(&stacks[0], &sources[0]), Results::of(&stacks[1], &sources[1])];
        let work = results[0].figures(true).1.max(results[1].figures(true).1);
        assert!(work > 1_000, "{work}");
        let told = |most: usize| Moved::within(most, &outlines[0], &outlines[1], &changes, [&results[0], &results[1]]);
        let some = told(3 * work);
        assert!((6..=7).contains(&some.unplanned), "{} of {}", some.unplanned, changes.len());
        let figure = |moved: &Moved, path: &str| {
            let found = moved.figures.iter().find(|figure| figure.path == path).expect("it moves");
            (found.by.len(), found.untried)
        };
        assert_eq!(figure(&some, "plan.net_value"), (9 - some.unplanned, some.unplanned));
        assert_eq!(figure(&some, "handoff_totals.hours.likely"), (9, 0));
        assert!(some.moves.iter().all(|moved| *moved == Moves::Figures));
        // Without any, no figure of the plan is told apart, and all others are.
        let none = told(0);
        assert_eq!((none.unplanned, figure(&none, "plan.net_value")), (9, (0, 9)));
        assert_eq!(figure(&none, "handoff_totals.hours.likely"), (9, 0));
    }
}
