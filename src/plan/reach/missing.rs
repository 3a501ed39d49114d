//! What is missing where nothing that is known meets a criterion.

use super::judge::Thing;
use super::must::Must;
use crate::analysis::stage::Obstacle;
use crate::plan::candidates::Subject;
use crate::plan::situation::Situation;

/// Sentences of one criterion, before what is missing is counted.
const MOST: usize = 4;

/// What would have to be stated or known so that `criterion`, in whose way these `things` are, could be met; at least one sentence.
pub(super) fn missing(must: &Must<'_>, today: &Situation, criterion: &str, things: &[&Thing]) -> Vec<String> {
    let uses_ai = today.standing.uses_ai;
    let mut found: Vec<String> = Vec::new();
    for thing in things {
        let parts: Vec<&str> = match &thing.obstacle {
            Obstacle::Named(name) => name.split(' ').collect(),
            Obstacle::Way { tool, .. } => vec![tool],
        };
        let words = match (criterion, parts.as_slice()) {
            ("owned-ai-tool" | "production-ai-tool", _) if !uses_ai => {
                "no AI tool is in use: add the first one, on trial or planned".to_owned()
            }
            // Papers about AI tools are candidates as soon as there is one.
            _ if !uses_ai => "not planned before an AI tool is in use; state it where it is there already".to_owned(),
            ("no-handoff-of-ai-output", [flow, data]) => {
                let why = of_flow(must, flow);
                let why = if why.is_empty() { "nothing is known that takes its place".to_owned() } else { why };
                format!("{flow} carries {data}: {why}")
            }
            ("no-ai-silo" | "ai-tools-joined", _) => format!(
                "nothing says what {} should be connected to: add the flow by which people use it, or one of \
                 `status: planned`",
                thing_id(thing)
            ),
            ("no-missing-feedback", ["no", "feedback", tool, data]) => {
                format!("state what the model of {data} at {tool} learns from, as `feedback`")
            }
            ("no-missing-feedback", [tool, data, at]) => {
                format!("{tool}: no way is known that brings {data} to {at} without a person")
            }
            ("models-look-after-themselves", ["no", "model", tool]) => format!("state the `model` of {tool}"),
            ("campaign-content-made-by-ai", [process, _]) => format!(
                "{process}: no AI tool in production makes the content that it needs and brings it there without a person; \
                 add the tool under `makes`, and the flow as `status: planned`"
            ),
            ("campaign-content-made-by-ai", _) => {
                "no process needs content: state under `needs` what campaigns run on".to_owned()
            }
            ("ai-insight-in-bi", _) => {
                "add a flow of `status: planned` that takes what an AI tool makes to a BI system".to_owned()
            }
            ("owned-ai-tool" | "owners" | "budget-owners", _) => {
                "the file names no team that could: add it under `teams`".to_owned()
            }
            ("reviews-on-time", _) => "state `as_of`: without a day nothing is in time".to_owned(),
            _ => evidence(today, criterion),
        };
        if !found.contains(&words) {
            found.push(words);
        }
    }
    if found.is_empty() {
        found.push(evidence(today, criterion));
    }
    if found.len() > MOST {
        let more = found.len() - MOST + 1;
        found.truncate(MOST - 1);
        found.push(format!("and {more} more of the kind"));
    }
    found
}

/// The subject of a finding, or the id that the obstacle is.
fn thing_id(thing: &Thing) -> String {
    match &thing.obstacle {
        Obstacle::Named(name) => name.split_once(':').map_or(name.as_str(), |(_, id)| id).to_owned(),
        Obstacle::Way { tool, .. } => tool.clone(),
    }
}

/// What speaks against each way in place of a flow by hand.
fn of_flow(must: &Must<'_>, flow: &str) -> String {
    let site = must.judge.site();
    let stack = site.analysis.stack;
    let Some(flow) = stack.find_flow(flow) else { return String::new() };
    let is_about = |subject: &Subject| match subject {
        Subject::Link(at) => site.links[*at].steps.contains(&flow),
        _ => false,
    };
    let found = must.found.missing.iter().filter(|one| is_about(&one.subject));
    let mut why: Vec<&str> = found.flat_map(|one| &one.why).map(String::as_str).collect();
    why.dedup();
    why.truncate(2);
    why.join("; ")
}

fn evidence(today: &Situation, criterion: &str) -> String {
    let known = today.standing.criterion(criterion);
    known.map_or_else(|| criterion.to_owned(), |one| format!("{}: {}", one.wants, one.evidence.join("; ")))
}
