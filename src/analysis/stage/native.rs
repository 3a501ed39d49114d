//! The entry to stage 5: models that look after themselves, campaigns made with AI, insight that is seen.

use std::collections::BTreeSet;

use super::graph_criteria::{InTheWay, among, of_production, of_production_and, unless};
use super::{Constraint, Criterion, Obstacle, Origin, State};
use crate::analysis::Analysis;
use crate::analysis::Fact;
use crate::analysis::lineage::{Lineage, begin, carried, content_outputs, described, outputs};
use crate::analysis::words::{counted, flow_name};
use crate::catalog::Kind;
use crate::model::{DataIx, Flow, FlowIx, Model, Need, Requirement, Retraining, Stack, SystemIx};

const ENTRY: (u8, Constraint) = (5, Constraint::Entry);

pub(super) fn all(analysis: &Analysis<'_>) -> Vec<Criterion> {
    vec![models(analysis.stack), content(analysis), insight(analysis)]
}

fn not_known(id: &'static str, wants: &'static str, evidence: Vec<String>, obstacles: Vec<Obstacle>) -> Criterion {
    let (stage, part_of) = ENTRY;
    let weight = evidence.len();
    Criterion {
        id,
        stage,
        part_of,
        wants,
        state: State::NotKnown,
        source: Origin::Graph,
        evidence,
        weight,
        findings: Vec::new(),
        obstacles,
        is_guessed: false,
        implies: &[],
    }
}

fn tools(stack: &Stack) -> impl Iterator<Item = SystemIx> {
    stack.live_systems().filter(|(_, system)| system.is_production_ai()).map(|(ix, _)| ix)
}

/// Scoring models: those of production AI tools. A scoring tool that states no model leaves the answer open, and a
/// stack without any has no model that retrains itself.
fn models(stack: &Stack) -> Criterion {
    const ID: &str = "models-look-after-themselves";
    const WANTS: &str = "scoring models retrain automatically, are monitored and explainable";
    let mut count = 0;
    let (mut lacking, mut silent, mut obstacles) = (Vec::new(), Vec::new(), Vec::new());
    for tool in tools(stack).map(|ix| stack.system(ix)) {
        let models: Vec<(DataIx, &Model)> =
            tool.makes.iter().filter_map(|making| Some((making.data, making.model.as_ref()?))).collect();
        if models.is_empty() && tool.facts.kind == Kind::AiScoring {
            silent.push(format!("{} scores but states no `model`", tool.name));
            obstacles.push(Obstacle::named(&["no model", tool.id.as_str()]));
        }
        for (data, model) in models {
            count += 1;
            let lacks = lacks(model);
            if !lacks.is_empty() {
                let data = stack.data_object(data);
                obstacles.push(Obstacle::named(&[data.id.as_str(), tool.id.as_str()]));
                lacking.push(InTheWay::from(format!("{} at {}: {}", data.name, tool.name, lacks.join(", "))));
            }
        }
    }
    if lacking.is_empty() && !silent.is_empty() {
        return not_known(ID, WANTS, silent, obstacles);
    }
    let met = format!("{}, all retrained automatically, monitored and explainable", counted(count, "model", "models"));
    let criterion = Criterion { obstacles, ..unless(ID, ENTRY, WANTS, lacking, met) };
    of_production(stack, &["status", "makes"], among(count, "no AI tool in production has a scoring model", criterion))
}

fn lacks(model: &Model) -> Vec<&'static str> {
    let asked = [
        (model.retrain == Some(Retraining::Automatic), "not retrained automatically"),
        (model.drift_monitor == Some(true), "no drift monitor"),
        (model.explainable == Some(true), "not explainable"),
    ];
    asked.into_iter().filter(|(has, _)| !has).map(|(_, lacks)| lacks).collect()
}

/// Content that a process needs is what campaigns run on: all of it has to come from a production AI tool, or be made
/// of what does, and to get there without a person. Of alternatives one is enough.
fn content(analysis: &Analysis<'_>) -> Criterion {
    const ID: &str = "campaign-content-made-by-ai";
    const WANTS: &str =
        "the content that processes need is made by production AI tools and gets there without a person";
    let stack = analysis.stack;
    let is_content = |data: DataIx| stack.data_object(data).is_content();
    let made: Vec<Fact> = tools(stack).flat_map(|ix| content_outputs(analysis, ix)).collect();
    let is_automated = |flow: &Flow| !flow.is_manual();
    let reached = Lineage::new(stack, analysis.regular(), &is_automated, &is_content).from(made.clone());
    let by_hand = Lineage::new(stack, analysis.regular(), &|_| true, &is_content).from(made);
    let fact = |need: &Need| Fact { at: need.at, data: need.data };
    let mut met_by: BTreeSet<FlowIx> = BTreeSet::new();
    let (mut count, mut otherwise) = (0, Vec::new());
    for process in &stack.processes {
        for (place, any) in process.needs.iter().enumerate() {
            // What a needed process needs is judged with that process.
            let needs = || any.iter().filter_map(Requirement::data);
            let Some(first) = needs().find(|need| is_content(need.data)) else { continue };
            count += 1;
            if let Some(steps) = needs().find_map(|need| reached.path_to(fact(need))) {
                met_by.extend(carried(&steps));
                continue;
            }
            let pasted = needs().find_map(|need| Some((need, by_hand.path_to(fact(need))?)));
            let need = pasted.as_ref().map_or(first, |(need, _)| *need);
            let words = format!(
                "{} needs {} at {}",
                process.name,
                stack.data_object(need.data).name,
                stack.system(need.at).name
            );
            let manual = pasted.iter().flat_map(|(_, steps)| carried(steps)).map(|ix| stack.flow(ix));
            let manual: Vec<String> =
                manual.filter(|flow| flow.is_manual()).map(|flow| flow_name(stack, flow)).collect();
            let words = match manual.is_empty() {
                true => format!("{words}, which no AI tool makes"),
                false => format!("{words}, and people carry what an AI tool makes there: {}", manual.join(", ")),
            };
            let obstacle = Obstacle::named(&[process.id.as_str(), &place.to_string()]);
            otherwise.push(InTheWay { words, findings: Vec::new(), obstacles: vec![obstacle] });
        }
    }
    if count == 0 {
        let nothing = vec!["no process needs content".to_owned()];
        return not_known(ID, WANTS, nothing, vec![Obstacle::named(&[])]);
    }
    let met = format!("{} for content, all met by AI tools without a person", counted(count, "need", "needs"));
    of_production_and(stack, &FLOW_KEYS, &met_by, unless(ID, ENTRY, WANTS, otherwise, met))
}

/// Keys of tools and flows on which it rests what comes from where.
const FLOW_KEYS: [&str; 8] = ["makes", "mechanism", "flow", "from", "to", "data", "status", "standby"];

/// What a production AI tool makes, or what is made of it, arrives at a BI system.
fn insight(analysis: &Analysis<'_>) -> Criterion {
    const ID: &str = "ai-insight-in-bi";
    const WANTS: &str = "what an AI tool makes reaches a BI system";
    let stack = analysis.stack;
    let made = tools(stack).flat_map(|at| outputs(analysis, at).into_iter().map(move |data| Fact { at, data }));
    let reached = Lineage::new(stack, analysis.regular(), &|_| true, &|_| true).from(made.collect::<Vec<_>>());
    let is_bi = |fact: &Fact| {
        let system = stack.system(fact.at);
        system.is_live() && system.facts.kind == Kind::Bi
    };
    let shown = reached.reached().filter(is_bi).filter_map(|fact| Some((fact, reached.path_to(fact)?)));
    let shortest = shown.filter(|(_, steps)| !steps.is_empty()).min_by_key(|(_, steps)| steps.len());
    let flows: BTreeSet<FlowIx> = shortest.iter().flat_map(|(_, steps)| carried(steps)).collect();
    let (in_the_way, met_by) = match shortest {
        Some((fact, steps)) => (Vec::new(), described(stack, begin(stack, &steps, fact), &steps)),
        None => (vec!["no object of a production AI tool reaches a system of kind bi".to_owned()], String::new()),
    };
    of_production_and(stack, &FLOW_KEYS, &flows, unless(ID, ENTRY, WANTS, in_the_way, met_by))
}
