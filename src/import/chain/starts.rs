//! What starts a step, and how often.

use std::collections::BTreeSet;

use super::sources::{At, Chains, REACH};
use super::{Start, State, Workflow};

/// How a step comes to run.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Runs {
    /// So often a year, by schedules alone.
    Known(f64),
    /// Only when somebody presses a button.
    ByHand,
    /// Whenever something happens, or by a schedule that is not stated.
    Unknown,
}

impl Chains<'_> {
    /// The starts that reach a step, through workflows that call its own.
    pub(super) fn starts(&self, at: At) -> Vec<Start> {
        let (mut seen, mut open, mut starts) = (BTreeSet::from([at]), vec![at], Vec::new());
        while let Some((w, s)) = open.pop().filter(|_| seen.len() <= REACH) {
            let step = &self.workflows[w].steps[s];
            let mut next: Vec<At> = step.before.iter().map(|before| (w, *before)).collect();
            match step.start.filter(|_| !step.is_disabled) {
                Some(Start::Called) if !self.callers(w).is_empty() => next.extend(self.callers(w)),
                Some(start) => starts.push(start),
                None => {}
            }
            open.extend(next.into_iter().filter(|at| seen.insert(*at)));
        }
        starts
    }
}

/// How often something runs that these start.
pub(super) fn runs(starts: &[Start]) -> Runs {
    let others: Vec<&Start> = starts.iter().filter(|start| **start != Start::Manual).collect();
    if others.is_empty() && !starts.is_empty() {
        return Runs::ByHand;
    }
    let timed: Option<Vec<f64>> = others
        .into_iter()
        .map(|start| match start {
            Start::Timed(a_year) => *a_year,
            _ => None,
        })
        .collect();
    match timed {
        Some(timed) if !timed.is_empty() => Runs::Known(timed.iter().sum()),
        _ => Runs::Unknown,
    }
}

/// Whether a workflow runs, as far as the file tells. One that somebody starts by hand cannot be switched on, so that its
/// being off says nothing.
pub(super) fn state(stated: State, starts: &[Start]) -> State {
    match runs(starts) {
        Runs::ByHand if stated == State::Off => State::Silent,
        _ => stated,
    }
}

/// Steps that run only after a disabled step that nothing comes before.
pub(super) fn asleep(workflow: &Workflow) -> BTreeSet<usize> {
    let mut after: Vec<Vec<usize>> = vec![Vec::new(); workflow.steps.len()];
    for (s, step) in workflow.steps.iter().enumerate() {
        for before in &step.before {
            after[*before].push(s);
        }
    }
    let reached = |is_disabled: bool| {
        let first = |s: &usize| workflow.steps[*s].before.is_empty() && workflow.steps[*s].is_disabled == is_disabled;
        let mut open: Vec<usize> = (0..workflow.steps.len()).filter(first).collect();
        let mut seen: BTreeSet<usize> = open.iter().copied().collect();
        while let Some(s) = open.pop() {
            open.extend(after[s].iter().copied().filter(|next| seen.insert(*next)));
        }
        seen
    };
    reached(true).difference(&reached(false)).copied().collect()
}

#[cfg(test)]
mod tests {
    use super::{Runs, runs};
    use crate::import::chain::Start;

    #[test]
    fn schedules_add_up_and_anything_else_leaves_it_unknown() {
        assert_eq!(runs(&[Start::Timed(Some(365.0)), Start::Timed(Some(52.0)), Start::Manual]), Runs::Known(417.0));
        assert_eq!(runs(&[Start::Timed(Some(365.0)), Start::Event]), Runs::Unknown);
        assert_eq!(runs(&[Start::Timed(None)]), Runs::Unknown);
        assert_eq!(runs(&[Start::Manual]), Runs::ByHand);
        assert_eq!(runs(&[]), Runs::Unknown);
    }
}
