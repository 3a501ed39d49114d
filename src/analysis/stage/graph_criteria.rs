//! Criteria of stages 2 to 4 that systems, flows and findings answer.

use std::collections::BTreeSet;

use super::{Constraint, Criterion, Obstacle, Origin, State, content_criteria};
use crate::analysis::calendar::{is_review_overdue, review_cadence};
use crate::analysis::lineage::outputs;
use crate::analysis::reach::Reach;
use crate::analysis::rules::{has_checkable_output, missing_feedback};
use crate::analysis::words::{counted, flow_name};
use crate::analysis::{Analysis, Finding};
use crate::catalog::Kind;
use crate::model::{DataIx, FlowIx, Remarks, Stack, Status, System, SystemIx};

pub(super) fn all(analysis: &Analysis<'_>, findings: &[Finding]) -> Vec<Criterion> {
    let mut all = entries(analysis);
    all.extend(integration(analysis, findings));
    all.extend(resilience(analysis, findings));
    all
}

/// Something that keeps a criterion from being met, as evidence.
pub(super) struct InTheWay {
    pub(super) words: String,
    /// The findings that say so, by id.
    pub(super) findings: Vec<String>,
    /// What it is, thing by thing.
    pub(super) obstacles: Vec<Obstacle>,
}

impl From<String> for InTheWay {
    fn from(words: String) -> Self {
        Self { words, findings: Vec::new(), obstacles: vec![Obstacle::named(&[])] }
    }
}

impl From<&Finding> for InTheWay {
    fn from(finding: &Finding) -> Self {
        let accepted = if finding.is_accepted { " (accepted)" } else { "" };
        let words = format!("{}{accepted}", finding.message);
        let obstacles = vec![Obstacle::named(&[&finding.id])];
        Self { words, findings: vec![finding.id.clone()], obstacles }
    }
}

/// A criterion that is met unless something stands in its way.
pub(super) fn unless<O: Into<InTheWay>>(
    id: &'static str,
    (stage, part_of): (u8, Constraint),
    wants: &'static str,
    in_the_way: impl IntoIterator<Item = O>,
    met_by: String,
) -> Criterion {
    let in_the_way: Vec<InTheWay> = in_the_way.into_iter().map(Into::into).collect();
    let weight = in_the_way.len();
    let state = if weight == 0 { State::Met } else { State::NotMet };
    let mut findings: Vec<String> = in_the_way.iter().flat_map(|one| one.findings.clone()).collect();
    findings.sort_unstable();
    findings.dedup();
    let obstacles = in_the_way.iter().flat_map(|one| one.obstacles.clone()).collect();
    let mut evidence: Vec<String> = in_the_way.into_iter().map(|one| one.words).collect();
    if evidence.is_empty() {
        evidence.push(met_by);
    }
    let source = Origin::Graph;
    let (is_guessed, implies) = (false, &[][..]);
    Criterion { id, stage, part_of, wants, state, source, evidence, findings, obstacles, weight, is_guessed, implies }
}

/// The same criterion where `count` things of its kind can be judged; of none there is nothing to judge, as `nothing` says.
pub(super) fn among(count: usize, nothing: &str, criterion: Criterion) -> Criterion {
    if count > 0 || criterion.state != State::Met {
        return criterion;
    }
    Criterion { state: State::NothingToJudge, evidence: vec![nothing.to_owned()], ..criterion }
}

/// Keys on which it rests that a system is there and an AI tool.
const IS_A_TOOL: [&str; 5] = ["system", "product", "kind", "ai", "status"];

/// The guesses of an entry among `keys`, as evidence names them: `makes, status of Jasper`.
fn guessed(keys: &[&str], remarks: &Remarks, name: &str) -> Option<String> {
    let first = |key: &str| key.split('.').next().unwrap_or(key).to_owned();
    let found: Vec<&str> =
        remarks.guessed().iter().map(String::as_str).filter(|key| keys.contains(&first(key).as_str())).collect();
    (!found.is_empty()).then(|| format!("{} of {name}", found.join(", ")))
}

/// The guesses of a tool among `keys` and those on which it rests that it is one.
fn guessed_of_tool(tool: &System, keys: &[&str]) -> Option<String> {
    let keys: Vec<&str> = IS_A_TOOL.iter().chain(keys).copied().collect();
    guessed(&keys, &tool.remarks, tool.name.as_str())
}

/// Of `tools`, each of which would do, the first of which none of `keys` is a guess, else the first.
fn least_guessed<'s>(keys: &[&str], tools: impl Iterator<Item = &'s System>) -> Option<&'s System> {
    tools.min_by_key(|tool| guessed_of_tool(tool, keys).is_some())
}

/// The same criterion with the guesses that it rests on: `keys` of one tool.
fn of_tool(tool: Option<&System>, keys: &[&str], mut criterion: Criterion) -> Criterion {
    let guess = tool.and_then(|tool| guessed_of_tool(tool, keys));
    criterion.rest_on(&guess.into_iter().collect::<Vec<_>>());
    criterion
}

/// The same criterion of AI tools in production, with the live AI tools that it leaves out, and those of `keys` that are
/// guesses at the tools that it judges. Keys of flows are those of flows out of and into these tools, and of `others`.
pub(super) fn of_production_and(
    stack: &Stack,
    keys: &[&str],
    others: &BTreeSet<FlowIx>,
    mut criterion: Criterion,
) -> Criterion {
    let left_out = stack.live_systems().filter(|(_, system)| system.is_ai() && !system.is_production_ai());
    let left_out: Vec<String> = left_out.map(|(_, tool)| format!("{} ({})", tool.name, tool.status.as_str())).collect();
    if !left_out.is_empty() {
        criterion.evidence.push(format!("leaves out what is not in production: {}", left_out.join(", ")));
    }
    let mut guesses: Vec<String> =
        production_tools(stack).filter_map(|(_, tool)| guessed_of_tool(tool, keys)).collect();
    let is_of_tool = |ix: SystemIx| stack.system(ix).is_production_ai();
    let flows =
        stack.live_flows().filter(|(ix, flow)| is_of_tool(flow.from) || is_of_tool(flow.to) || others.contains(ix));
    guesses.extend(flows.filter_map(|(_, flow)| guessed(keys, &flow.remarks, &flow_name(stack, flow))));
    criterion.rest_on(&guesses);
    criterion
}

/// The same criterion of AI tools in production, with what it leaves out and the guesses that it rests on.
pub(super) fn of_production(stack: &Stack, keys: &[&str], criterion: Criterion) -> Criterion {
    of_production_and(stack, keys, &BTreeSet::new(), criterion)
}

pub(super) fn production_tools(stack: &Stack) -> impl Iterator<Item = (SystemIx, &System)> {
    stack.live_systems().filter(|(_, system)| system.is_production_ai())
}

fn tools_in_words(stack: &Stack) -> String {
    counted(production_tools(stack).count(), "AI tool in production", "AI tools in production")
}

fn entries(analysis: &Analysis<'_>) -> Vec<Criterion> {
    let stack = analysis.stack;
    let tools = || stack.live_systems().map(|(_, system)| system).filter(|system| system.is_ai());
    let owned =
        tools().filter(|tool| (tool.status == Status::Pilot || tool.is_in_production()) && tool.owner.is_some());
    let owned = least_guessed(&["owner"], owned);
    let none = |words: &str| match tools().count() {
        0 => vec!["no AI tool is in use".to_owned()],
        n => vec![format!("{}, none of them {words}", counted(n, "AI tool", "AI tools"))],
    };
    let by =
        |tool: Option<&System>| tool.map(|tool| format!("{}: {}", tool.name, tool.status.as_str())).unwrap_or_default();
    let is_owned = if owned.is_some() { Vec::new() } else { none("a pilot or in production with an owner") };
    let production = least_guessed(&[], production_tools(stack).map(|(_, tool)| tool));
    let is_produced = if production.is_some() { Vec::new() } else { none("in production") };
    let reach = Reach::of(stack);
    let moving = || production_tools(stack).filter(|(ix, _)| reach.makes_or_moves(stack, *ix));
    let apart = moving().filter(|(ix, _)| !reach.is_joined(*ix)).map(|(_, tool)| InTheWay {
        words: format!("{} has no automated flow to a system that is neither AI tool nor carrier", tool.name),
        findings: vec![format!("ai-silo:{}", tool.id)],
        obstacles: vec![Obstacle::named(&[tool.id.as_str()])],
    });
    let entry = |stage| (stage, Constraint::Entry);
    vec![
        of_tool(
            owned,
            &["owner"],
            unless(
                "owned-ai-tool",
                entry(2),
                "an AI tool is on trial or in production and has an owner",
                is_owned,
                by(owned),
            ),
        ),
        of_tool(
            production,
            &[],
            unless("production-ai-tool", entry(3), "an AI tool is in production", is_produced, by(production)),
        ),
        of_production(
            stack,
            &["status", "makes", "mechanism", "flow"],
            among(
                moving().count(),
                NOTHING_MOVES,
                unless(
                    "ai-tools-joined",
                    entry(4),
                    "every production AI tool that makes or moves an object is connected by an automated flow",
                    apart,
                    format!(
                        "{}, all connected",
                        counted(
                            moving().count(),
                            "AI tool in production makes or moves data",
                            "AI tools in production make or move data"
                        )
                    ),
                ),
            ),
        ),
    ]
}

/// The findings of `rule` that concern a production AI tool.
pub(super) fn in_production<'f>(stack: &Stack, findings: &'f [Finding], rule: &str) -> Vec<&'f Finding> {
    let is_tool = |id: &str| stack.find_system(id).is_some_and(|ix| stack.system(ix).is_production_ai());
    findings.iter().filter(|finding| finding.rule == rule && is_tool(&finding.subjects[0])).collect()
}

/// Said where no AI tool in production makes or moves anything.
const NOTHING_MOVES: &str = "no AI tool in production makes or moves data";

fn integration(analysis: &Analysis<'_>, findings: &[Finding]) -> Vec<Criterion> {
    let stack = analysis.stack;
    let part = (3, Constraint::IntegrationArchitecture);
    let reach = Reach::of(stack);
    let moving = production_tools(stack).filter(|(ix, _)| reach.makes_or_moves(stack, *ix)).count();
    let made: usize = production_tools(stack).map(|(ix, _)| outputs(analysis, ix).len()).sum();
    let mut silo = of_production(
        stack,
        &["status", "makes", "mechanism", "flow"],
        among(
            moving,
            NOTHING_MOVES,
            unless(
                "no-ai-silo",
                part,
                "every production AI tool has an automated flow",
                in_production(stack, findings, "ai-silo"),
                format!("{moving} of {} make or move data, all by automated flows", tools_in_words(stack)),
            ),
        ),
    );
    silo.implies = &["ai-tools-joined"];
    let mut all = vec![
        silo,
        feedback(analysis, findings, part),
        of_production(
            stack,
            &["status", "makes", "mechanism", "flow"],
            among(
                made,
                "no AI tool in production makes data",
                unless(
                    "no-handoff-of-ai-output",
                    part,
                    "output of production AI tools moves without manual handoffs",
                    handoffs_of_outputs(analysis),
                    format!("{} of AI tools in production, none carried by hand", counted(made, "output", "outputs")),
                ),
            ),
        ),
    ];
    all.extend(content_criteria::all(analysis, findings, part));
    all
}

/// Whether models and enrichment in production get back what they want. A model that does not say what it wants leaves
/// the answer open.
fn feedback(analysis: &Analysis<'_>, findings: &[Finding], part: (u8, Constraint)) -> Criterion {
    let stack = analysis.stack;
    let enriching = production_tools(stack).filter(|(_, tool)| tool.facts.kind == Kind::Enrichment).count();
    let models = || {
        let makings = production_tools(stack).flat_map(|(_, tool)| tool.makes.iter().map(move |making| (tool, making)));
        makings.filter_map(|(tool, making)| Some((tool, making.data, making.model.as_ref()?)))
    };
    let wanted: usize = models().map(|(_, _, model)| model.feedback.len()).sum();
    let criterion = unless(
        "no-missing-feedback",
        part,
        "models of production AI tools get their outcomes back",
        in_production(stack, findings, "missing-feedback"),
        format!("{}, all closed", counted(wanted + enriching, "feedback loop", "feedback loops")),
    );
    let silent = || models().filter(|(_, _, model)| model.feedback.is_empty());
    let silent_words: Vec<String> = silent()
        .map(|(tool, data, _)| {
            format!("{} at {}: its model states no `feedback`", stack.data_object(data).name, tool.name)
        })
        .collect();
    let id = |ix: SystemIx| stack.system(ix).id.as_str();
    let object = |data: DataIx| stack.data_object(data).id.as_str();
    // A finding says of one tool all that is missing; each part of it is in the way by itself.
    let gaps = if criterion.findings.is_empty() { Vec::new() } else { missing_feedback::all_gaps(analysis) };
    let gaps = gaps.iter().filter(|gap| stack.system(gap.tool).is_production_ai());
    let mut obstacles: Vec<Obstacle> =
        gaps.map(|gap| Obstacle::named(&[id(gap.tool), object(gap.wanted.data), id(gap.wanted.at)])).collect();
    obstacles.extend(silent().map(|(tool, data, _)| Obstacle::named(&["no feedback", tool.id.as_str(), object(data)])));
    let criterion = Criterion { obstacles, ..criterion };
    let criterion = match criterion.state {
        State::Met if !silent_words.is_empty() => {
            Criterion { state: State::NotKnown, weight: silent_words.len(), evidence: silent_words, ..criterion }
        }
        _ => among(wanted + enriching, "no AI tool in production has a model or enriches data", criterion),
    };
    of_production(stack, &["status", "makes", "mechanism", "flow"], criterion)
}

fn handoffs_of_outputs(analysis: &Analysis<'_>) -> Vec<InTheWay> {
    let stack = analysis.stack;
    let made: BTreeSet<DataIx> = production_tools(stack).flat_map(|(ix, _)| outputs(analysis, ix)).collect();
    let mut found = Vec::new();
    for (ix, _) in &analysis.handoffs().steps {
        let flow = stack.flow(*ix);
        let carried: Vec<DataIx> = flow.data.iter().copied().filter(|data| made.contains(data)).collect();
        if !carried.is_empty() {
            let objects = || carried.iter().map(|data| stack.data_object(*data));
            let ids: Vec<&str> = objects().map(|data| data.id.as_str()).collect();
            let names: Vec<&str> = objects().map(|data| data.name.as_str()).collect();
            let (from, to) = (stack.system(flow.from), stack.system(flow.to));
            let chains = analysis.handoffs().chains_over([*ix]);
            let chains = chains.into_iter().filter(|chain| chain.carries_any(&carried));
            found.push(InTheWay {
                words: format!("people carry {} from {} to {} by hand", names.join(", "), from.name, to.name),
                obstacles: ids.iter().map(|data| Obstacle::named(&[flow.id.as_str(), data])).collect(),
                findings: chains.map(|chain| format!("manual-handoff:{}", chain.id)).collect(),
            });
        }
    }
    found
}

fn resilience(analysis: &Analysis<'_>, findings: &[Finding]) -> Vec<Criterion> {
    let stack = analysis.stack;
    let part = (4, Constraint::OperationalResilience);
    let tools = production_tools(stack).count();
    let checked = production_tools(stack).filter(|(ix, tool)| has_checkable_output(analysis, *ix, tool)).count();
    let rule = |id, wants, rule: &str, met: String| unless(id, part, wants, in_production(stack, findings, rule), met);
    let all = |key: &str, with: &str, criterion: fn(String) -> (&'static str, &'static str, &'static str, String)| {
        let (id, wants, of_rule, met) = criterion(format!("{}, all with {with}", tools_in_words(stack)));
        of_production(
            stack,
            &["status", key],
            among(tools, "no AI tool is in production", rule(id, wants, of_rule, met)),
        )
    };
    let standards = rule(
        "tool-quality-standards",
        "every production AI tool with checkable output has a quality standard",
        "no-quality-standard",
        format!(
            "{}, all with a quality standard",
            counted(checked, "AI tool with output to check", "AI tools with output to check")
        ),
    );
    vec![
        all("runbook", "a runbook", |met| ("runbooks", "every production AI tool has a runbook", "no-runbook", met)),
        of_production(
            stack,
            &["status", "makes", "content", "quality_standard"],
            content_criteria::unless_unstated(
                analysis,
                |tool| tool.quality_standard.is_none(),
                among(
                    checked,
                    "no AI tool in production has output to check: no content, no model, no score",
                    standards,
                ),
            ),
        ),
        on_time(stack, findings, part),
        all("owner", "an owner", |met| ("owners", "every production AI tool has an owner", "no-owner", met)),
        all("budget_owner", "a budget owner", |met| {
            ("budget-owners", "every production AI tool has a budget owner", "no-budget-owner", met)
        }),
    ]
}

/// Whether reviews are in time. Where nobody says how often one is due, or which day it is, that is not known.
fn on_time(stack: &Stack, findings: &[Finding], part: (u8, Constraint)) -> Criterion {
    let criterion = unless(
        "reviews-on-time",
        part,
        "vendors of production AI tools are reviewed on time",
        in_production(stack, findings, "review-overdue"),
        format!("{}, all reviewed on time", tools_in_words(stack)),
    );
    let why = |tool: &System| match (review_cadence(stack, tool), tool.vendor_review.last) {
        (None, None) => "neither a review nor how often one is due is stated".to_owned(),
        (None, Some(last)) => format!("reviewed on {last}; how often a review is due is not stated"),
        (Some(_), _) => "the file has no `as_of`".to_owned(),
    };
    let open = production_tools(stack).filter(|(_, tool)| is_review_overdue(stack, tool) != Some(false));
    let obstacles = open.map(|(_, tool)| Obstacle::named(&[tool.id.as_str()])).collect();
    let criterion = Criterion { obstacles, ..criterion };
    let untold = production_tools(stack).filter(|(_, tool)| is_review_overdue(stack, tool).is_none());
    let untold: Vec<String> = untold.map(|(_, tool)| format!("{}: {}", tool.name, why(tool))).collect();
    let criterion = match criterion.state {
        State::Met if !untold.is_empty() => {
            Criterion { state: State::NotKnown, weight: untold.len(), evidence: untold, ..criterion }
        }
        _ => among(production_tools(stack).count(), "no AI tool is in production", criterion),
    };
    of_production(stack, &["status", "vendor_review"], criterion)
}
