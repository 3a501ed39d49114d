#![doc = include_str!("../../../docs/rules/review-overdue.md")]

use super::{Rule, about};
use crate::analysis::calendar::{is_review_overdue, review_cadence, review_due};
use crate::analysis::{Analysis, Finding, Severity};
use crate::model::{Stack, System};

pub(super) const RULE: Rule = Rule {
    id: "review-overdue",
    severity: Severity::Medium,
    moves_with_cost: false,
    summary: "a vendor was not reviewed within the cadence, or never",
    page: include_str!("../../../docs/rules/review-overdue.md"),
    find,
};

fn find(analysis: &Analysis<'_>) -> Vec<Finding> {
    let stack = analysis.stack;
    let systems = stack.live_systems().map(|(_, system)| system);
    systems
        .filter(|system| is_review_overdue(stack, system) == Some(true))
        .map(|system| finding(stack, system))
        .collect()
}

fn finding(stack: &Stack, system: &System) -> Finding {
    let cadence = review_cadence(stack, system).map(|every| every.to_string()).unwrap_or_default();
    let whose = if system.vendor_review.every.is_some() { "its own" } else { "that of `practices`" };
    let (message, evidence) = match (system.vendor_review.last, review_due(stack, system), stack.as_of) {
        (Some(last), Some(due), Some(today)) => (
            format!("the vendor review of {} was due on {due}", system.name),
            format!("last {last} + {cadence} ({whose}) = {due}, before {today}"),
        ),
        _ => (
            format!("the vendor of {} was never reviewed", system.name),
            format!("no `last` review is stated, and a cadence of {cadence} applies ({whose})"),
        ),
    };
    about(&RULE, system, message, vec![evidence])
}

#[cfg(test)]
mod tests {
    use crate::analysis::rules::trial::{found, subjects};

    #[test]
    fn the_day_on_which_it_is_due_is_in_time() {
        let text = "sinew: 1\nas_of: 2026-05-02\nsystems:
  due: { kind: ai-content, vendor_review: { last: 2026-02-01, every: 90d } }
  late: { kind: ai-content, vendor_review: { last: 2026-01-31, every: 90d } }
  own: { kind: crm, vendor_review: { last: 2026-01-31, every: 90d } }
";
        assert_eq!(subjects("review-overdue", text), ["late", "own"]);
        assert_eq!(
            found("review-overdue", text)[0].evidence,
            ["last 2026-01-31 + 90d (its own) = 2026-05-01, before 2026-05-02"]
        );
    }

    #[test]
    fn the_practice_applies_to_ai_tools_that_state_none() {
        let text = "sinew: 1\nas_of: 2026-05-02\npractices: { vendor_review_cadence: 90d }\nsystems:
  never: { kind: ai-content }
  plain: { kind: crm }
  rarely: { kind: ai-content, vendor_review: { last: 2025-06-01, every: 1y } }
";
        assert_eq!(subjects("review-overdue", text), ["never"]);
        assert!(subjects("review-overdue", &text.replace("vendor_review_cadence: 90d", "")).is_empty());
    }
}
