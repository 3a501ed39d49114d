#![doc = include_str!("../../../docs/rules/unreviewed-content.md")]

use sinew_graph::shortest::ShortestPaths;

use super::Rule;
use crate::analysis::Fact;
use crate::analysis::lineage::{Lineage, Step, begin, carried, content_outputs, described};
use crate::analysis::{Analysis, Finding, Severity, Statement};
use crate::model::{DataIx, Flow, SystemIx};

pub(super) const RULE: Rule = Rule {
    id: "unreviewed-content",
    severity: Severity::High,
    moves_with_cost: false,
    summary: "content that an AI tool made reaches customers, and nobody reviews it on the way",
    page: include_str!("../../../docs/rules/unreviewed-content.md"),
    find,
};

fn find(analysis: &Analysis<'_>) -> Vec<Finding> {
    let tools = analysis.stack.live_systems().filter(|(_, system)| system.is_ai());
    tools.flat_map(|(tool, _)| findings(analysis, tool)).collect()
}

/// How content of one AI tool gets to where customers see it, with no review on the way.
pub(crate) struct Path {
    /// The AI tool.
    pub(crate) tool: SystemIx,
    /// All content that arrives at the system so.
    facts: Vec<Fact>,
    /// Where the shortest way ends.
    end: Fact,
    /// The shortest way.
    pub(crate) steps: Vec<Step>,
}

impl Path {
    /// Where customers see it.
    pub(crate) fn target(&self) -> SystemIx {
        self.end.at
    }
}

/// Whether content of `tool` gets to another system with no review on the way, and no system of the stack says whether
/// customers see what is in it: then nobody knows whether they see that content.
pub(crate) fn is_audience_unknown(analysis: &Analysis<'_>, tool: SystemIx) -> bool {
    let is_silent = analysis.stack.live_systems().all(|(_, system)| system.audience_facing.is_none());
    is_silent && unreviewed(analysis, tool).reached().any(|fact| fact.at != tool)
}

/// The ways that content of `tool` takes with no review on them.
fn unreviewed(analysis: &Analysis<'_>, tool: SystemIx) -> ShortestPaths<Fact, Step> {
    let stack = analysis.stack;
    let is_unreviewed = |flow: &Flow| flow.review.is_none();
    let is_content = |data: DataIx| stack.data_object(data).is_content();
    Lineage::new(stack, analysis.deliveries(), &is_unreviewed, &is_content).from(content_outputs(analysis, tool))
}

/// The shortest unreviewed way from `tool` to each system that customers see, by system.
pub(crate) fn paths(analysis: &Analysis<'_>, tool: SystemIx) -> Vec<Path> {
    let stack = analysis.stack;
    let paths = unreviewed(analysis, tool);
    let shown = paths.reached().filter(|fact| fact.at != tool && stack.system(fact.at).is_audience_facing());
    let mut shown: Vec<Fact> = shown.collect();
    shown.sort_unstable();
    let shortest = |facts: &[Fact]| {
        let ways = facts.iter().filter_map(|fact| Some((*fact, paths.path_to(*fact)?)));
        let (end, steps) = ways.min_by_key(|(_, steps)| steps.len())?;
        Some(Path { tool, facts: facts.to_vec(), end, steps })
    };
    shown.chunk_by(|a, b| a.at == b.at).filter_map(shortest).collect()
}

fn findings(analysis: &Analysis<'_>, tool: SystemIx) -> Vec<Finding> {
    let stack = analysis.stack;
    paths(analysis, tool)
        .into_iter()
        .map(|Path { tool, facts, end, steps }| {
            let (from, to) = (stack.system(tool), stack.system(end.at));
            let origin = begin(stack, &steps, end);
            let first = steps.iter().find_map(|step| match step {
                Step::Carried(flow, _) => Some(stack.flow(*flow).place),
                Step::Made(..) => None,
            });
            let mut evidence = vec![described(stack, origin, &steps)];
            if facts.len() > 1 {
                let names: Vec<&str> = facts.iter().map(|fact| stack.data_object(fact.data).name.as_str()).collect();
                evidence.push(format!("{} objects arrive unreviewed: {}", names.len(), names.join(", ")));
            }
            let statement = Statement {
                subjects: [&from.id, &to.id].map(ToString::to_string).to_vec(),
                message: format!(
                    "{} made by {} reaches customers at {} without review",
                    stack.data_object(origin.data).name,
                    from.name,
                    to.name
                ),
                evidence,
                cost: None,
                place: first.unwrap_or(from.place),
            };
            let ids = facts.iter().map(|fact| &stack.data_object(fact.data).id);
            let finding = Finding::new(RULE.id, RULE.severity, &format!("{}:{}", from.id, to.id), statement);
            finding.of_data(ids).shown_by(carried(&steps))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use crate::analysis::rules::trial::found;

    const STACK: &str =
        "sinew: 1\nhourly_rate: 1\ndata: { draft: { content: true }, post: { content: true } }\nsystems:
  writer: { kind: ai-content, makes: [draft] }
  desk: { kind: work-management, makes: [{ data: post, from: draft }] }
  site: { kind: cms, audience_facing: true }
flows:
  - { id: hand-in, from: writer, to: desk, data: draft, mechanism: api }
  - { id: publish, from: desk, to: site, data: post, mechanism: api }
";

    /// A criterion that rests on what nobody stated is open.
    #[test]
    fn where_no_system_says_what_customers_see_the_criterion_is_not_known() {
        use crate::analysis::stage::{State, standing};
        let state = |text: &str| {
            let stack = crate::model::trial::stack_of(text);
            let analysis = crate::analysis::Analysis::of(&stack);
            standing(&analysis, &analysis.findings()).criterion("no-unreviewed-content").map(|found| found.state)
        };
        let text = |key: &str| STACK.replace(", audience_facing: true", key);
        assert_eq!(state(&text(", audience_facing: true")), Some(State::NotMet));
        assert_eq!(state(&text("")), Some(State::NotKnown));
        assert_eq!(state(&text(", audience_facing: false")), Some(State::Met));
        let reviewed = text("").replace("mechanism: api", "mechanism: api, review: {}");
        assert_eq!(state(&reviewed), Some(State::Met), "no content leaves without a review");
    }

    #[test]
    fn content_made_of_ai_content_counts_and_the_path_is_shown() {
        let found = found("unreviewed-content", STACK);
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].subjects, ["writer", "site"]);
        assert_eq!(
            found[0].evidence,
            ["Draft: Writer -> Desk (api); Post is made of Draft there; Post: Desk -> Site (api)"]
        );
    }

    #[test]
    fn a_review_on_any_flow_cleans_that_path_but_not_another() {
        for flow in ["data: draft, mechanism: api", "data: post, mechanism: api"] {
            let reviewed = STACK.replace(flow, &format!("{flow}, review: {{}}"));
            assert!(found("unreviewed-content", &reviewed).is_empty());
            let escape = "  - { id: rush, from: writer, to: site, data: draft, mechanism: copy-paste }\n";
            let escaped = found("unreviewed-content", &format!("{reviewed}{escape}"));
            assert_eq!(escaped[0].evidence, ["Draft: Writer -> Site (copy-paste)"]);
        }
    }

    #[test]
    fn what_people_write_is_their_business() {
        let text = STACK.replace("kind: ai-content", "kind: work-management");
        assert!(found("unreviewed-content", &text).is_empty());
    }
}
