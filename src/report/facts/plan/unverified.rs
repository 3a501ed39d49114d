//! What could be built once something is found out: the second list of the plan.

use schemars::JsonSchema;
use serde::Serialize;

use super::open::Open;
use super::{range, words};
use crate::model::{self, ItemKind};
use crate::plan::candidates::Check as Found;
use crate::plan::effort::sum;
use crate::plan::making::effort_of;
use crate::plan::settings::Unit;
use crate::report::facts::Range;

/// What could be built if something that nobody stated is so. Its value is not part of that of the plan.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Unverified {
    /// Its id.
    pub id: String,
    /// What kind of thing would be built.
    pub kind: ItemKind,
    /// One line for a person.
    pub title: String,
    /// What it would do something about.
    pub about: String,
    /// The findings that it would do something about, by id.
    pub findings: Vec<String>,
    /// Person-days, what is to be found out not counted in; the high end is half as high again as that of what is verified.
    pub effort: Range,
    /// Money a year to run it.
    pub running_cost: Range,
    /// Money a year that it would earn after all items of the plan; null where the plan counts hours, and where it was not
    /// looked at.
    pub value: Option<Range>,
    /// Hours a year that it would save after all items of the plan; null where the plan counts money, and where it was not
    /// looked at.
    pub hours: Option<Range>,
    /// Items that come before it, by id.
    pub needs: Vec<String>,
    /// What it takes for granted.
    pub why: Vec<String>,
    /// What has to be found out first.
    pub verify: Vec<Check>,
    /// Person-days of finding all of it out.
    pub verify_effort: Range,
}

impl Unverified {
    /// What it would earn or save a year, in what the plan counts.
    #[must_use]
    pub fn gain(&self) -> Option<Range> {
        self.value.or(self.hours)
    }
}

/// One thing to find out.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[schemars(rename = "VerifyItem")]
pub struct Check {
    /// Its id.
    pub id: String,
    /// One line for a person.
    pub title: String,
    /// The system of which it has to be known, by id.
    pub system: String,
    /// The line to add at that system of the stack file once it is known.
    pub add: String,
    /// Person-days.
    pub effort: Range,
}

/// The second list: what is worth most for each person-day of finding out first; what the plan does otherwise is left out.
pub(super) fn unverified(open: &Open<'_>) -> Vec<Unverified> {
    let (stack, plan) = (open.stack, open.plan);
    let check = |check: &Found| Check {
        id: check.id.clone(),
        title: check.title.clone(),
        system: stack.system(check.system).id.to_string(),
        add: check.add.clone(),
        effort: range(sum(&check.effort)),
    };
    let mut found = Vec::new();
    for doubtful in &plan.doubtful {
        let one = &plan.candidates.unverified[doubtful.place];
        let (candidate, subject) = (&one.candidate, one.candidate.subjects[0]);
        if candidate.subjects.iter().all(|subject| open.is_done(*subject)) {
            continue;
        }
        let (effort, running) = effort_of(candidate);
        let in_unit = |unit: Unit| doubtful.value.filter(|_| plan.settings.unit == unit).map(range);
        found.push(Unverified {
            id: candidate.id.clone(),
            kind: candidate.kind,
            title: candidate.title.clone(),
            about: words::subject(stack, plan, subject),
            findings: candidate.subjects.iter().flat_map(|subject| open.findings_of(*subject)).collect(),
            effort: range(effort),
            running_cost: range(running),
            value: in_unit(Unit::Money),
            hours: in_unit(Unit::Hours),
            needs: candidate.needs.clone(),
            why: candidate.why.clone(),
            verify: one.checks.iter().map(check).collect(),
            verify_effort: range(
                one.checks.iter().fold(model::Range::exact(0.0), |days, check| days + sum(&check.effort)),
            ),
        });
    }
    found
}
