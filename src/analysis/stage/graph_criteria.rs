//! Criteria of stages 2 to 4 that systems, flows and findings answer.

use std::collections::BTreeSet;

use super::{Constraint, Criterion, Origin, State};
use crate::analysis::Fact;
use crate::analysis::calendar::is_review_overdue;
use crate::analysis::lineage::{Lineage, content_outputs, outputs};
use crate::analysis::reach::Reach;
use crate::analysis::words::counted;
use crate::analysis::{Analysis, Finding};
use crate::model::{DataIx, FlowIx, Stack, Status, System, SystemIx};

pub(super) fn all(analysis: &Analysis<'_>, findings: &[Finding]) -> Vec<Criterion> {
    let mut all = entries(analysis);
    all.extend(integration(analysis, findings));
    all.extend(resilience(analysis.stack, findings));
    all
}

/// Something that keeps a criterion from being met.
pub(super) struct Obstacle {
    words: String,
    /// The findings that say so, by id.
    findings: Vec<String>,
}

impl From<String> for Obstacle {
    fn from(words: String) -> Self {
        Self { words, findings: Vec::new() }
    }
}

impl From<&Finding> for Obstacle {
    fn from(finding: &Finding) -> Self {
        let accepted = if finding.is_accepted { " (accepted)" } else { "" };
        let words = format!("{}: {}{accepted}", finding.id, finding.evidence[0]);
        Self { words, findings: vec![finding.id.clone()] }
    }
}

/// A criterion that is met unless something stands in its way.
pub(super) fn unless<O: Into<Obstacle>>(
    id: &'static str,
    (stage, part_of): (u8, Constraint),
    wants: &'static str,
    in_the_way: impl IntoIterator<Item = O>,
    met_by: String,
) -> Criterion {
    let in_the_way: Vec<Obstacle> = in_the_way.into_iter().map(Into::into).collect();
    let weight = in_the_way.len();
    let state = if weight == 0 { State::Met } else { State::NotMet };
    let mut findings: Vec<String> = in_the_way.iter().flat_map(|obstacle| obstacle.findings.clone()).collect();
    findings.sort_unstable();
    findings.dedup();
    let mut evidence: Vec<String> = in_the_way.into_iter().map(|obstacle| obstacle.words).collect();
    if evidence.is_empty() {
        evidence.push(met_by);
    }
    Criterion { id, stage, part_of, wants, state, source: Origin::Graph, evidence, findings, weight, implies: &[] }
}

fn production_tools(stack: &Stack) -> impl Iterator<Item = (SystemIx, &System)> {
    stack.live_systems().filter(|(_, system)| system.is_production_ai())
}

fn tools_in_words(stack: &Stack) -> String {
    counted(production_tools(stack).count(), "AI tool in production", "AI tools in production")
}

fn entries(analysis: &Analysis<'_>) -> Vec<Criterion> {
    let stack = analysis.stack;
    let tools = || stack.live_systems().map(|(_, system)| system).filter(|system| system.is_ai());
    let owned =
        tools().find(|system| (system.status == Status::Pilot || system.is_in_production()) && system.owner.is_some());
    let none = |words: &str| match tools().count() {
        0 => vec!["no AI tool is in use".to_owned()],
        n => vec![format!("{}, none of them {words}", counted(n, "AI tool", "AI tools"))],
    };
    let by =
        |tool: Option<&System>| tool.map(|tool| format!("{}: {}", tool.id, tool.status.as_str())).unwrap_or_default();
    let is_owned = if owned.is_some() { Vec::new() } else { none("a pilot or in production with an owner") };
    let production = production_tools(stack).next().map(|(_, tool)| tool);
    let is_produced = if production.is_some() { Vec::new() } else { none("in production") };
    let reach = Reach::of(stack);
    let apart = production_tools(stack)
        .filter(|(ix, _)| reach.makes_or_moves(stack, *ix) && !reach.is_joined(*ix))
        .map(|(_, tool)| Obstacle {
            words: format!("{} has no automated flow to a system that is neither AI tool nor carrier", tool.id),
            findings: vec![format!("ai-silo:{}", tool.id)],
        });
    let entry = |stage| (stage, Constraint::Entry);
    vec![
        unless(
            "owned-ai-tool",
            entry(2),
            "an AI tool is on trial or in production and has an owner",
            is_owned,
            by(owned),
        ),
        unless("production-ai-tool", entry(3), "an AI tool is in production", is_produced, by(production)),
        unless(
            "ai-tools-joined",
            entry(4),
            "every production AI tool that makes or moves an object is connected by an automated flow",
            apart,
            format!("{}, all connected", tools_in_words(stack)),
        ),
    ]
}

/// The findings of `rule` that concern a production AI tool.
fn in_production<'f>(stack: &Stack, findings: &'f [Finding], rule: &str) -> Vec<&'f Finding> {
    let is_tool = |id: &str| stack.find_system(id).is_some_and(|ix| stack.system(ix).is_production_ai());
    findings.iter().filter(|finding| finding.rule == rule && is_tool(&finding.subjects[0])).collect()
}

fn integration(analysis: &Analysis<'_>, findings: &[Finding]) -> Vec<Criterion> {
    let stack = analysis.stack;
    let part = (3, Constraint::IntegrationArchitecture);
    let none = |what: &str| format!("{}, 0 {what}", tools_in_words(stack));
    let rule = |id, wants, rule: &str| {
        unless(id, part, wants, in_production(stack, findings, rule), none(&format!("findings of {rule}")))
    };
    let mut silo = rule("no-ai-silo", "every production AI tool has an automated flow", "ai-silo");
    silo.implies = &["ai-tools-joined"];
    vec![
        silo,
        rule("no-missing-feedback", "models of production AI tools get their outcomes back", "missing-feedback"),
        unless(
            "no-handoff-of-ai-output",
            part,
            "output of production AI tools moves without manual handoffs",
            handoffs_of_outputs(analysis),
            none("handoffs of their output"),
        ),
        rule(
            "no-unreviewed-content",
            "content of production AI tools is reviewed before customers see it",
            "unreviewed-content",
        ),
        unless(
            "no-bolted-on-review",
            part,
            "reviews of their content are part of the flow of work",
            bolted_on(analysis, findings),
            none("findings of bolted-on-review"),
        ),
    ]
}

fn handoffs_of_outputs(analysis: &Analysis<'_>) -> Vec<Obstacle> {
    let stack = analysis.stack;
    let made: BTreeSet<DataIx> = production_tools(stack).flat_map(|(ix, _)| outputs(analysis, ix)).collect();
    let mut found = Vec::new();
    for (ix, _) in &analysis.handoffs.steps {
        let flow = stack.flow(*ix);
        let carried: Vec<DataIx> = flow.data.iter().copied().filter(|data| made.contains(data)).collect();
        if !carried.is_empty() {
            let ids: Vec<&str> = carried.iter().map(|data| stack.data_object(*data).id.as_str()).collect();
            let chains = analysis.handoffs.chains_over([*ix]);
            let chains = chains.into_iter().filter(|chain| chain.carries_any(&carried));
            found.push(Obstacle {
                words: format!("{} carries {} by hand", flow.id, ids.join(", ")),
                findings: chains.map(|chain| format!("manual-handoff:{}", chain.id)).collect(),
            });
        }
    }
    found
}

/// Bolted-on reviews of what comes from a production AI tool, or is made of it.
fn bolted_on<'f>(analysis: &Analysis<'_>, findings: &'f [Finding]) -> Vec<&'f Finding> {
    let stack = analysis.stack;
    let found: Vec<(FlowIx, &'f Finding)> = findings
        .iter()
        .filter(|finding| finding.rule == "bolted-on-review")
        .filter_map(|finding| Some((stack.find_flow(&finding.subjects[0])?, finding)))
        .collect();
    if found.is_empty() {
        return Vec::new();
    }
    let is_content = |data: DataIx| stack.data_object(data).is_content;
    let made: Vec<Fact> = production_tools(stack).flat_map(|(ix, _)| content_outputs(analysis, ix)).collect();
    let reached = Lineage::new(stack, &analysis.deliveries, &|_| true, &is_content).from(made);
    let comes_from_ai = |flow: FlowIx| {
        let flow = stack.flow(flow);
        flow.data.iter().any(|data| reached.reaches(Fact { at: flow.from, data: *data }))
    };
    found.into_iter().filter(|(flow, _)| comes_from_ai(*flow)).map(|(_, finding)| finding).collect()
}

fn resilience(stack: &Stack, findings: &[Finding]) -> Vec<Criterion> {
    let part = (4, Constraint::OperationalResilience);
    let rule = |id, wants, rule: &str| {
        let met = format!("{}, 0 findings of {rule}", tools_in_words(stack));
        unless(id, part, wants, in_production(stack, findings, rule), met)
    };
    let mut on_time = rule("reviews-on-time", "vendors of production AI tools are reviewed on time", "review-overdue");
    let untold = production_tools(stack).filter(|(_, tool)| is_review_overdue(stack, tool).is_none());
    let untold: Vec<String> = untold.map(|(_, tool)| format!("{}: the file has no `as_of`", tool.id)).collect();
    if on_time.is_met() && !untold.is_empty() {
        on_time.state = State::NotKnown;
        on_time.weight = 1;
        on_time.evidence = untold;
    }
    vec![
        rule("runbooks", "every production AI tool has a runbook", "no-runbook"),
        rule(
            "tool-quality-standards",
            "every production AI tool with checkable output has a quality standard",
            "no-quality-standard",
        ),
        on_time,
        rule("owners", "every production AI tool has an owner", "no-owner"),
        rule("budget-owners", "every production AI tool has a budget owner", "no-budget-owner"),
    ]
}
