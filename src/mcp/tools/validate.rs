//! Is this text a stack file?

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::{Tool, arguments, input};
use crate::ask::Refused;
use crate::mcp::answer::{Answer, json_of};
use crate::mcp::desk::Desk;
use crate::mcp::schema::of;
use crate::mcp::trouble::Trouble;
use crate::model::read;
use crate::report::StackOverview;
use crate::report::diagnosis::{Diagnosis, Problem};
use crate::report::say::counted;
use crate::source::{Source, render};

pub(super) const TOOL: Tool = Tool {
    name: "validate",
    title: "Validate the text of a stack file",
    about: "The text of a stack file in, everything wrong or odd about it out, each with its line and what to write instead; so that a \
            draft can be corrected until it is valid. The resource `sinew://format` teaches the format. Files that the text names are not opened.",
    input: input::<Asked>,
    answer: of::<Validated>,
    is_of_stack: false,
    run,
};

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Asked {
    /// The text, in YAML or JSON.
    text: String,
}

#[derive(Serialize, JsonSchema)]
struct Validated {
    sinew: u32,
    /// Whether it can be used: there is no error, warnings aside.
    valid: bool,
    /// How large it is; null where it cannot be used.
    overview: Option<StackOverview>,
    /// What is wrong or odd, by place.
    diagnostics: Vec<Problem>,
}

/// Bytes of a text: as many as one message can have.
const LARGEST: usize = crate::mcp::LONGEST_MESSAGE;

fn run(_: &Desk, given: Map<String, Value>) -> Result<Answer, Trouble> {
    let asked: Asked = arguments(TOOL.name, given)?;
    let source = Source::from_bytes("stack.yaml", asked.text.into_bytes(), LARGEST).map_err(Refused::because)?;
    let reading = read(&source);
    let valid = reading.stack.is_some() && !Trouble::is_in(&reading.problems);
    let size = reading.stack.as_ref().filter(|_| valid).map(StackOverview::of);
    let head = match &size {
        Some(stack) => format!(
            "Valid: {}, {}, {}, {}.\n",
            counted(stack.systems, "system", "systems"),
            counted(stack.flows, "flow", "flows"),
            counted(stack.data, "data object", "data objects"),
            counted(stack.processes, "process", "processes"),
        ),
        None => format!("Not valid: {}.\n", counted(reading.problems.len(), "problem", "problems")),
    };
    let problems = render(&source, &reading.problems, false);
    let text = if problems.is_empty() { head } else { format!("{head}\n```text\n{problems}```\n") };
    let diagnostics = Diagnosis::of(reading.problems.iter().map(|problem| (problem, &source))).diagnostics;
    Ok(Answer::told(json_of(&Validated { sinew: 1, valid, overview: size, diagnostics }), text))
}
