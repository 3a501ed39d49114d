#![doc = include_str!("../../../docs/rules/pilot-without-decision.md")]

use super::{Rule, about};
use crate::analysis::{Analysis, Finding, Severity};
use crate::model::Status;

/// The rule.
pub(super) const RULE: Rule = Rule {
    id: "pilot-without-decision",
    severity: Severity::Low,
    moves_with_cost: false,
    summary: "a pilot that nobody has to decide on, or whose day has passed",
    page: include_str!("../../../docs/rules/pilot-without-decision.md"),
    find,
};

fn find(analysis: &Analysis<'_>) -> Vec<Finding> {
    let stack = analysis.stack;
    let pilots = stack.systems.iter().filter(|system| system.status == Status::Pilot);
    pilots
        .filter_map(|system| {
            let decide_by = system.pilot.as_ref().and_then(|pilot| pilot.decide_by);
            let since = system.pilot.as_ref().and_then(|pilot| pilot.since);
            let since = since.map(|since| format!(", since {since}")).unwrap_or_default();
            let (message, evidence) = match (decide_by, stack.as_of) {
                (None, _) => (
                    format!("{} is a pilot with no day by which it is decided", system.name),
                    format!("status pilot{since}; `decide_by` is not stated"),
                ),
                (Some(day), Some(today)) if day < today => (
                    format!("{} was to be decided by {day} and is still a pilot", system.name),
                    format!("status pilot{since}; decide_by {day}, before {today}"),
                ),
                _ => return None,
            };
            Some(about(&RULE, system, message, vec![evidence]))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use crate::analysis::rules::trial::subjects;

    #[test]
    fn no_day_or_a_day_that_has_passed() {
        let text = "sinew: 1\nas_of: 2026-11-21\nsystems:
  late: { kind: ai-content, status: pilot, pilot: { decide_by: 2026-11-20 } }
  open: { kind: ai-content, status: pilot }
  production: { kind: ai-content, pilot: { decide_by: 2026-11-20 } }
  today: { kind: ai-content, status: pilot, pilot: { decide_by: 2026-11-21 } }
";
        assert_eq!(subjects("pilot-without-decision", text), ["late", "open"]);
    }
}
