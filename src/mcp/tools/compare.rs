//! How do scenarios compare with today?

use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::{Map, Value};

use super::edits::Edits;
use super::{Tool, arguments, input};
use crate::analysis::Analysis;
use crate::ask::{self, Refused};
use crate::mcp::answer::{Answer, json_of};
use crate::mcp::desk::Desk;
use crate::mcp::schema::in_schema;
use crate::mcp::trouble::Trouble;
use crate::report::compare::{Comparison, MOST_SCENARIOS};
use crate::report::schema::comparison_schema;
use crate::report::story::compared;
use crate::source::visible;

pub(super) const TOOL: Tool = Tool {
    name: "compare",
    title: "Compare scenarios",
    about: "Scenarios side by side with today, each computed in full with its own plan: stage, handoff hours and cost, findings, worst \
            outage, contracts saved and added, plan. `what_if` shows one set of edits in detail.",
    input: input::<Asked>,
    answer: || in_schema(comparison_schema()),
    is_of_stack: true,
    run,
};

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Asked {
    /// The stack: its id or name, as `list_stacks` has them. Need not be given where there is one only.
    stack: Option<String>,
    /// The scenarios, in the order in which they stand.
    #[schemars(length(min = 1, max = 12))]
    scenarios: Vec<Named>,
}

/// A scenario.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Named {
    /// What it is called.
    name: String,
    /// Why anybody would do it, in a sentence.
    why: Option<String>,
    /// What to change. Entries go by id, or by a name that fits one alone.
    edits: Edits,
}

fn run(desk: &Desk, given: Map<String, Value>) -> Result<Answer, Trouble> {
    let asked: Asked = arguments(TOOL.name, given)?;
    if asked.scenarios.is_empty() || asked.scenarios.len() > MOST_SCENARIOS {
        return Err(Refused::because(format!("expected 1 to {MOST_SCENARIOS} scenarios")).into());
    }
    let (at, opened) = desk.open(asked.stack.as_deref())?;
    let mut read = Vec::new();
    for one in asked.scenarios {
        let of_it = |trouble: Trouble| Trouble {
            text: format!("In the scenario `{}`:\n{}", visible(&one.name), trouble.text),
            ..trouble
        };
        let made = one.edits.made(desk, (at, &opened), (&one.name, one.why)).map_err(of_it)?;
        read.push((one.name, made.scenario, made.stack));
    }
    let comparison = Comparison::of(&opened.stack, &read).map_err(Refused::because)?;
    let analysis = Analysis::of(&opened.stack);
    let findings = analysis.findings();
    let answer = Answer::of(json_of(&comparison), compared(&comparison)).about(desk.shelved(at), &opened);
    Ok(answer.resting(&analysis, &findings, &ask::handoffs(&analysis, &findings)))
}
