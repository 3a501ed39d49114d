//! Criteria of stage 3 about content: whether what AI tools write for customers is reviewed, and within the flow of work.

use std::collections::BTreeSet;

use super::graph_criteria::{InTheWay, among, in_production, of_production, production_tools, unless};
use super::{Constraint, Criterion, Obstacle, State};
use crate::analysis::Fact;
use crate::analysis::lineage::{Lineage, content_outputs, outputs};
use crate::analysis::rules::unreviewed_content;
use crate::analysis::words::{counted, listed};
use crate::analysis::{Analysis, Finding};
use crate::catalog::Kind;
use crate::model::{DataIx, Flow, FlowIx, System, SystemIx};

/// The criteria of content.
pub(super) fn all(analysis: &Analysis<'_>, findings: &[Finding], part: (u8, Constraint)) -> [Criterion; 2] {
    let stack = analysis.stack;
    let content: usize = production_tools(stack).map(|(ix, _)| content_outputs(analysis, ix).len()).sum();
    let reviewed = unless(
        "no-unreviewed-content",
        part,
        "content of production AI tools is reviewed before customers see it",
        unreviewed(analysis, findings),
        format!(
            "{} of AI tools in production, none reaches customers without a review",
            counted(content, "content object", "content objects")
        ),
    );
    let reviewed = among(content, "no AI tool in production makes content", seen_by_customers(analysis, reviewed));
    let flows = reviewed_flows(analysis);
    let bolted_on = findings
        .iter()
        .filter(|finding| finding.rule == "bolted-on-review")
        .filter(|finding| stack.find_flow(&finding.subjects[0]).is_some_and(|flow| flows.contains(&flow)));
    let within = unless(
        "no-bolted-on-review",
        part,
        "reviews of their content are part of the flow of work",
        bolted_on,
        format!("{}, all part of the flow", counted(flows.len(), "review", "reviews")),
    );
    let within = among(flows.len(), "no flow with content of an AI tool in production has a review", within);
    let keys = ["status", "makes", "content", "review", "flow"];
    [
        of_production(stack, &keys, unless_unstated(analysis, |_| true, reviewed)),
        of_production(stack, &keys[..4], unless_bolted_on(analysis, within)),
    ]
}

/// What a production tool that is there to write makes, where nobody says of it whether customers will see it, and nothing
/// that it makes is known to be content.
fn unstated(analysis: &Analysis<'_>, tool: SystemIx) -> Vec<DataIx> {
    let stack = analysis.stack;
    let is_open = stack.system(tool).facts.kind == Kind::AiContent && content_outputs(analysis, tool).is_empty();
    let made = if is_open { outputs(analysis, tool) } else { Vec::new() };
    made.into_iter().filter(|data| stack.data_object(*data).content.is_none()).collect()
}

/// The same criterion, which nothing is in the way of, not known where it is not stated whether a production tool that
/// `matters` makes content: such a tool is there to make it.
pub(super) fn unless_unstated(
    analysis: &Analysis<'_>,
    matters: impl Fn(&System) -> bool,
    criterion: Criterion,
) -> Criterion {
    let stack = analysis.stack;
    let tools = production_tools(stack).filter(|(_, tool)| matters(tool));
    let of = |(ix, tool): (SystemIx, &System)| {
        let made = unstated(analysis, ix);
        let names: Vec<&str> = made.iter().map(|data| stack.data_object(*data).name.as_str()).collect();
        (!names.is_empty()).then(|| format!("{} of {}", listed(&names), tool.name))
    };
    not_known(criterion, &tools.filter_map(of).collect::<Vec<_>>())
}

/// The same where a review that is not part of the flow of work is of what a production tool may have made as content.
fn unless_bolted_on(analysis: &Analysis<'_>, criterion: Criterion) -> Criterion {
    let stack = analysis.stack;
    let made = production_tools(stack).flat_map(|(ix, _)| unstated(analysis, ix));
    let made: BTreeSet<DataIx> = made.collect();
    let is_beside = |flow: &Flow| flow.review.as_ref().is_some_and(|review| review.embedded == Some(false));
    let flows = stack.live_flows().filter(|(_, flow)| is_beside(flow));
    let carried: BTreeSet<DataIx> = flows.flat_map(|(_, flow)| flow.data.iter().copied()).collect();
    let names: Vec<String> =
        made.intersection(&carried).map(|data| stack.data_object(*data).name.to_string()).collect();
    not_known(criterion, &names)
}

/// The same criterion, not known where it is open whether customers will see `open`.
fn not_known(criterion: Criterion, open: &[String]) -> Criterion {
    if open.is_empty() || !matches!(criterion.state, State::Met | State::NothingToJudge) {
        return criterion;
    }
    let evidence =
        open.iter().map(|what| format!("{what}: it is not stated whether customers will see it (`content`)"));
    Criterion { state: State::NotKnown, evidence: evidence.collect(), weight: open.len(), ..criterion }
}

/// The same criterion, not known where no system says whether customers see what is in it and content leaves a tool
/// without a review.
fn seen_by_customers(analysis: &Analysis<'_>, criterion: Criterion) -> Criterion {
    let is_unknown =
        production_tools(analysis.stack).any(|(tool, _)| unreviewed_content::is_audience_unknown(analysis, tool));
    if criterion.state != State::Met || !is_unknown {
        return criterion;
    }
    let evidence = "content leaves without a review, and no system says whether customers see what is in it \
                    (`audience_facing`)";
    Criterion { state: State::NotKnown, evidence: vec![evidence.to_owned()], weight: 1, ..criterion }
}

/// The unreviewed content of production AI tools; the findings say it for people, each way is in the way by itself.
fn unreviewed(analysis: &Analysis<'_>, findings: &[Finding]) -> Vec<InTheWay> {
    let stack = analysis.stack;
    let found = in_production(stack, findings, "unreviewed-content");
    let of = |finding: &Finding| {
        let paths = stack.find_system(&finding.subjects[0]).map(|tool| unreviewed_content::paths(analysis, tool));
        paths.unwrap_or_default().iter().map(|path| Obstacle::way(analysis, path)).collect()
    };
    found.into_iter().map(|finding| InTheWay { obstacles: of(finding), ..finding.into() }).collect()
}

/// Live flows with a review that carry what comes from a production AI tool as content, or is made of it; by id.
fn reviewed_flows(analysis: &Analysis<'_>) -> BTreeSet<FlowIx> {
    let stack = analysis.stack;
    let reviewed: Vec<(FlowIx, &Flow)> = stack.live_flows().filter(|(_, flow)| flow.review.is_some()).collect();
    if reviewed.is_empty() {
        return BTreeSet::new();
    }
    let is_content = |data: DataIx| stack.data_object(data).is_content();
    let made: Vec<Fact> = production_tools(stack).flat_map(|(ix, _)| content_outputs(analysis, ix)).collect();
    let reached = Lineage::new(stack, analysis.deliveries(), &|_| true, &is_content).from(made);
    let comes_from_ai = |flow: &Flow| flow.data.iter().any(|data| reached.reaches(Fact { at: flow.from, data: *data }));
    reviewed.into_iter().filter(|(_, flow)| comes_from_ai(flow)).map(|(ix, _)| ix).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::stage::standing;
    use crate::model::trial::stack_of;

    const STACK: &str = "sinew: 1
systems:
  writer: { kind: ai-content, makes: [text, notes] }
  site: { kind: cms, audience_facing: true }
data: { text: {}, notes: { content: false } }
flows:
  - { from: writer, to: site, data: text, mechanism: api, runs: 1/day, review: { embedded: false } }
";

    fn state(text: &str, id: &str) -> Option<(State, String)> {
        let stack = stack_of(text);
        let analysis = Analysis::of(&stack);
        let standing = standing(&analysis, &analysis.findings());
        standing.criterion(id).map(|criterion| (criterion.state, criterion.evidence.join("; ")))
    }

    /// The register says of the same tool that nobody knows whether its content reaches an audience.
    #[test]
    fn what_a_tool_for_content_makes_is_not_known_to_be_none() {
        let criteria = ["no-unreviewed-content", "no-bolted-on-review", "tool-quality-standards"];
        for id in criteria {
            let (found, why) = state(STACK, id).expect("a criterion of stage 3 or 4");
            assert_eq!(found, State::NotKnown, "{id}: {why}");
            assert!(why.contains("Text") && why.contains("`content`") && !why.contains("Notes"), "{why}");
        }
        let no = STACK.replace("text: {}", "text: { content: false }");
        let yes = STACK.replace("text: {}", "text: { content: true }");
        let other = STACK.replace("ai-content", "ai-enrichment").replace("kind: ai-enrichment", "kind: enrichment");
        for id in criteria {
            assert_eq!(state(&no, id).map(|found| found.0), Some(State::NothingToJudge), "{id}");
            assert_ne!(state(&yes, id).map(|found| found.0), Some(State::NothingToJudge), "{id}");
            assert_eq!(state(&other, id).map(|found| found.0), Some(State::NothingToJudge), "{id}");
        }
        assert_eq!(state(&yes, criteria[1]).map(|found| found.0), Some(State::NotMet), "the review is beside the flow");
        let held = STACK.replace("makes:", "quality_standard: docs/tone.md, makes:");
        assert_eq!(state(&held, criteria[2]).map(|found| found.0), Some(State::NothingToJudge), "it has its standard");
    }
}
