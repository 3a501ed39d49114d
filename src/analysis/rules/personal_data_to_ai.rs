#![doc = include_str!("../../../docs/rules/personal-data-to-ai.md")]

use std::collections::BTreeMap;

use super::{Rule, about};
use crate::analysis::Fact;
use crate::analysis::calendar::has_security_review;
use crate::analysis::lineage::{Lineage, Personal, Step, begin, carried, described, personal_objects};
use crate::analysis::words::listed;
use crate::analysis::{Analysis, Finding, Severity};
use crate::model::{DataIx, FlowIx, Stack, System, SystemIx};
use sinew_graph::shortest::ShortestPaths;

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
    let reached = ways_of(analysis, &personal);
    let mut arriving: BTreeMap<SystemIx, BTreeMap<DataIx, FlowIx>> = BTreeMap::new();
    for (ix, flow) in stack.live_flows() {
        for data in flow.data.iter().filter(|data| reached.reaches(Fact { at: flow.from, data: **data })) {
            // What runs through an AI tool reaches it as well.
            for tool in std::iter::once(flow.to).chain(flow.through.iter().copied()) {
                if unreviewed(stack.system(tool)) {
                    let best = arriving.entry(tool).or_default().entry(*data).or_insert(ix);
                    let steps = |flow: FlowIx| {
                        reached.path_to(Fact { at: stack.flow(flow).from, data: *data }).map(|steps| steps.len())
                    };
                    if steps(ix) < steps(*best) {
                        *best = ix;
                    }
                }
            }
        }
    }
    arriving
        .into_iter()
        .map(|(tool, objects)| {
            let names: Vec<&str> = objects.keys().map(|data| stack.data_object(*data).name.as_str()).collect();
            let tool = stack.system(tool);
            let message =
                format!("personal data reaches {}, whose security was never reviewed: {}", tool.name, listed(&names));
            let evidence = objects.iter().map(|(data, flow)| evidence(stack, &personal, &reached, *data, *flow));
            let ids = objects.keys().map(|data| &stack.data_object(*data).id);
            let before = |(data, flow): (&DataIx, &FlowIx)| {
                let steps = reached.path_to(Fact { at: stack.flow(*flow).from, data: *data }).unwrap_or_default();
                carried(&steps).chain([*flow]).collect::<Vec<_>>()
            };
            let flows = objects.iter().flat_map(before);
            about(&RULE, tool, message, evidence.collect()).of_data(ids).shown_by(flows)
        })
        .collect()
}

/// The shortest ways of personal objects from where they originate, along all live flows.
fn ways_of(analysis: &Analysis<'_>, personal: &BTreeMap<DataIx, Personal>) -> ShortestPaths<Fact, Step> {
    let stack = analysis.stack;
    let made = stack
        .live_systems()
        .flat_map(|(at, system)| system.makes.iter().map(move |making| Fact { at, data: making.data }));
    let sources = made.chain(analysis.supply.assumed_origins().iter().copied());
    let mut sources: Vec<Fact> = sources.filter(|fact| personal.contains_key(&fact.data)).collect();
    sources.sort_unstable();
    Lineage::new(stack, &analysis.deliveries, &|_| true, &|_| false).from(sources)
}

fn evidence(
    stack: &Stack,
    personal: &BTreeMap<DataIx, Personal>,
    reached: &ShortestPaths<Fact, Step>,
    data: DataIx,
    last: FlowIx,
) -> String {
    let before = Fact { at: stack.flow(last).from, data };
    let mut steps = reached.path_to(before).unwrap_or_default();
    let begin = begin(stack, &steps, before);
    steps.push(Step::Carried(last, data));
    let mut words = described(stack, begin, &steps);
    let mut object = data;
    while let Some(Personal::Derived { of, at }) = personal.get(&object) {
        let (id, at) = (&stack.data_object(object).id, &stack.system(*at).id);
        words.push_str(&format!("; {id} is made of {} at {at}", stack.data_object(*of).id));
        object = *of;
    }
    if object != data {
        words.push_str(&format!(", which is personal, and {} is not stated otherwise", stack.data_object(data).id));
    }
    words
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
            ["profile: cdp -> scorer (flow on); profile is made of lead at cdp, which is personal, \
              and profile is not stated otherwise"]
        );
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
