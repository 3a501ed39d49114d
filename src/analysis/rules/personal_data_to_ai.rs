#![doc = include_str!("../../../docs/rules/personal-data-to-ai.md")]

use super::{Rule, about};
use crate::analysis::arrivals::{Arrivals, why_personal};
use crate::analysis::calendar::has_security_review;
use crate::analysis::lineage::personal_objects;
use crate::analysis::words::listed;
use crate::analysis::{Analysis, Finding, Severity};
use crate::model::System;

pub(super) const RULE: Rule = Rule {
    id: "personal-data-to-ai",
    severity: Severity::High,
    moves_with_cost: false,
    summary: "personal data reaches an AI tool whose security was never reviewed",
    page: include_str!("../../../docs/rules/personal-data-to-ai.md"),
    find,
};

fn find(analysis: &Analysis<'_>) -> Vec<Finding> {
    let stack = analysis.stack;
    let unreviewed = |system: &System| system.is_live() && system.is_ai() && !has_security_review(stack, system);
    if !stack.systems.iter().any(unreviewed) {
        return Vec::new();
    }
    let personal = personal_objects(stack);
    let arrivals = Arrivals::of(analysis, &|data| personal.contains_key(&data));
    let arriving = arrivals.at(&|system| unreviewed(stack.system(system)));
    arriving
        .into_iter()
        .map(|(tool, objects)| {
            let names: Vec<&str> = objects.keys().map(|data| stack.data_object(*data).name.as_str()).collect();
            let tool = stack.system(tool);
            let message =
                format!("personal data reaches {}, whose security was never reviewed: {}", tool.name, listed(&names));
            let evidence = objects.iter().map(|(data, last)| {
                format!("{}{}", arrivals.described(*data, *last), why_personal(stack, &personal, *data))
            });
            let ids = objects.keys().map(|data| &stack.data_object(*data).id);
            let flows = objects.iter().flat_map(|(data, last)| arrivals.flows(*data, *last));
            about(&RULE, tool, message, evidence.collect()).of_data(ids).shown_by(flows)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use crate::analysis::rules::trial::found;

    const STACK: &str = "sinew: 1\ndata: { lead: { personal: true }, profile: {}, score: {} }\nsystems:
  crm: { kind: crm, makes: [lead] }
  cdp: { kind: cdp, makes: [{ data: profile, from: lead }] }
  scorer: { kind: ai-scoring }
flows:
  - { id: in, from: crm, to: cdp, data: lead, mechanism: api }
  - { id: on, from: cdp, to: scorer, data: profile, mechanism: api }
";

    #[test]
    fn what_is_made_of_personal_data_is_personal() {
        let found = found("personal-data-to-ai", STACK);
        assert_eq!(found[0].subjects, ["scorer"]);
        assert_eq!(
            found[0].evidence,
            ["Profile: CDP -> Scorer (api); Profile is made of Lead at CDP, which is personal, \
              and Profile is not stated otherwise"]
        );
        assert_eq!(found[0].flows.len(), 1, "the way begins where it is made of the other");
    }

    #[test]
    fn of_two_flows_that_bring_the_same_the_first_shows_it() {
        let text = STACK.replace("id: on, ", "id: z, ")
            + "  - { id: on, from: cdp, to: scorer, data: profile, mechanism: api }\n";
        let evidence = found("personal-data-to-ai", &text)[0].evidence.join(" ");
        assert!(evidence.starts_with("Profile: CDP -> Scorer (api);"), "{evidence}");
    }

    #[test]
    fn all_flows_of_the_way_show_it() {
        let text = STACK.replace("to: scorer, data: profile,", "to: scorer, data: lead,");
        let stack = crate::model::trial::stack_of(&text);
        let flows = ["in", "on"].map(|id| stack.find_flow(id).expect("it is there"));
        assert_eq!(found("personal-data-to-ai", &text)[0].flows, flows);
    }

    #[test]
    fn a_review_or_a_stated_false_silences_it() {
        let reviewed = STACK.replace("ai-scoring }", "ai-scoring, security_review: 2026-01-01 }");
        let stated = STACK.replace("profile: {}", "profile: { personal: false }");
        assert!(found("personal-data-to-ai", &reviewed).is_empty() && found("personal-data-to-ai", &stated).is_empty());
    }

    #[test]
    fn data_that_runs_through_an_ai_tool_reaches_it() {
        let text = STACK
            .replace("to: cdp, data: lead, mechanism: api", "to: cdp, through: scorer, data: lead, mechanism: api");
        assert_eq!(found("personal-data-to-ai", &text)[0].evidence.len(), 2);
    }
}
