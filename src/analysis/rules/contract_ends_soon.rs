#![doc = include_str!("../../../docs/rules/contract-ends-soon.md")]

use super::{Rule, about};
use crate::analysis::calendar::days_between;
use crate::analysis::words::{counted, money};
use crate::analysis::{Analysis, Finding, Severity};

/// Days before a renewal in which it is pointed out.
const NOTICE_DAYS: i64 = 90;

pub(super) const RULE: Rule = Rule {
    id: "contract-ends-soon",
    severity: Severity::Low,
    moves_with_cost: false,
    summary: "the contract for an AI tool renews within 90 days",
    page: include_str!("../../../docs/rules/contract-ends-soon.md"),
    find,
};

fn find(analysis: &Analysis<'_>) -> Vec<Finding> {
    let stack = analysis.stack;
    let Some(today) = stack.as_of else { return Vec::new() };
    let tools = stack.live_systems().map(|(_, system)| system).filter(|system| system.is_ai());
    tools
        .filter_map(|tool| {
            let renews = tool.contract.renews?;
            let days = days_between(today, renews);
            let price = tool.contract.cost.map(|cost| format!(", for {} a year", money(stack, cost.likely)));
            let message = format!("the contract for {} renews on {renews}{}", tool.name, price.unwrap_or_default());
            let evidence = format!("{} after {today}", counted(usize::try_from(days).ok()?, "day", "days"));
            (days <= NOTICE_DAYS).then(|| about(&RULE, tool, message, vec![evidence]))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use crate::analysis::rules::trial::subjects;

    #[test]
    fn from_the_day_itself_to_the_ninetieth_after_it() {
        let text = "sinew: 1\nas_of: 2026-11-21\nsystems:
  a-past: { kind: ai-content, contract: { renews: 2026-11-20 } }
  b-today: { kind: ai-content, contract: { renews: 2026-11-21 } }
  c-ninety: { kind: ai-content, contract: { renews: 2027-02-19 } }
  d-later: { kind: ai-content, contract: { renews: 2027-02-20 } }
  e-plain: { kind: crm, contract: { renews: 2026-11-21 } }
";
        assert_eq!(subjects("contract-ends-soon", text), ["b-today", "c-ninety"]);
        assert!(subjects("contract-ends-soon", &text.replace("as_of: 2026-11-21\n", "")).is_empty());
    }
}
