//! Ways around several points that are the same work: one candidate, so that nobody adds up what each of them brings.

use sinew_order::List;

use super::candidate::{Candidate, Check, PointIx, Subject, Unverified};
use super::context::Context;
use super::fallback::{Point, component_name};

/// A way around one point, or around several that it is the same work for.
pub(super) struct Around {
    pub(super) candidate: Candidate,
    /// What has to be found out first; empty where nothing has.
    pub(super) checks: Vec<Check>,
    /// What is done, for a title: `Write draft by hand while`.
    pub(super) what: String,
    /// What follows the names of the components in the title: ` is away`.
    pub(super) end: &'static str,
}

impl Around {
    fn is_same_work(&self, other: &Self) -> bool {
        let facts = |checks: &[Check]| checks.iter().map(|one| (one.system, one.add.clone())).collect::<Vec<_>>();
        let (mine, theirs) = (&self.candidate, &other.candidate);
        self.what == other.what
            && mine.edits == theirs.edits
            && mine.needs == theirs.needs
            && mine.obstacles == theirs.obstacles
            && facts(&self.checks) == facts(&other.checks)
    }

    fn join(&mut self, other: Self) {
        self.candidate.subjects.extend(other.candidate.subjects);
        for line in other.candidate.why {
            if !self.candidate.why.contains(&line) {
                self.candidate.why.push(line);
            }
        }
    }

    /// As an option that is not verified.
    pub(super) fn unverified(self) -> Unverified {
        Unverified { candidate: self.candidate, checks: self.checks }
    }
}

/// Those of `all` that are the same work as one before them are joined with it; the rest stay as they stand.
pub(super) fn joined(context: &Context<'_>, points: &List<PointIx, Point>, all: Vec<Around>) -> Vec<Around> {
    let mut kept: Vec<Around> = Vec::new();
    for one in all {
        match kept.iter_mut().find(|other| other.is_same_work(&one)) {
            Some(same) => same.join(one),
            None => kept.push(one),
        }
    }
    for one in &mut kept {
        let point = |subject: &Subject| match subject {
            Subject::Point(at) => Some(component_name(context.stack(), points[*at].component)),
            _ => None,
        };
        let names: Vec<&str> = one.candidate.subjects.iter().filter_map(point).collect();
        one.candidate.title = format!("{} {}{}", one.what, any_of(&names), one.end);
    }
    kept
}

/// `A`, `A or B`, `A, B or C`, `A or 3 others`.
fn any_of(names: &[&str]) -> String {
    match names {
        [] => String::new(),
        [one] => (*one).to_owned(),
        [first, _, _, _, ..] => format!("{first} or {} others", names.len() - 1),
        [first @ .., last] => format!("{} or {last}", first.join(", ")),
    }
}
