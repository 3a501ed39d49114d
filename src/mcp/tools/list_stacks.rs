//! Which stacks can be asked about, and can they be read?

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::{Tool, arguments, input};
use crate::mcp::answer::{Answer, json_of};
use crate::mcp::desk::Desk;
use crate::mcp::schema::of;
use crate::mcp::trouble::Trouble;
use crate::report::StackOverview;
use crate::report::diagnosis::{Diagnosis, Problem};
use crate::report::say::counted;
use crate::source::visible;

pub(super) const TOOL: Tool = Tool {
    name: "list_stacks",
    title: "List the stacks",
    about: "The stacks that can be asked about, how large each is, and what is wrong or odd in its file. Call it first.",
    input: input::<Nothing>,
    answer: of::<Stacks>,
    is_of_stack: false,
    run,
};

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Nothing {}

/// The stacks, in the order in which the server was given them.
#[derive(Serialize, JsonSchema)]
struct Stacks {
    sinew: u32,
    stacks: Vec<Listed>,
}

#[derive(Serialize, JsonSchema)]
struct Listed {
    /// What the other tools take under `stack`.
    id: String,
    /// The file, as it was given.
    file: String,
    /// How large it is; null where the file cannot be read.
    overview: Option<StackOverview>,
    /// What is wrong or odd about the file.
    diagnostics: Vec<Problem>,
}

fn run(desk: &Desk, given: Map<String, Value>) -> Result<Answer, Trouble> {
    let Nothing {} = arguments(TOOL.name, given)?;
    let mut stacks = Vec::new();
    let mut text = String::new();
    for (at, shelved) in desk.shelf().stacks().iter().enumerate() {
        let (overview, diagnosis) = match desk.shelf().open(at) {
            Ok(opened) => {
                let problems = opened.warnings.iter().map(|problem| (problem, &opened.source));
                (Some(StackOverview::of(&opened.stack)), Diagnosis::of(problems))
            }
            Err(trouble) => (None, trouble.diagnosis),
        };
        let errors = diagnosis.diagnostics.iter().filter(|one| one.level == "error").count();
        let warnings = diagnosis.diagnostics.len() - errors;
        let size = match &overview {
            Some(stack) => {
                let size = [
                    counted(stack.systems, "system", "systems"),
                    counted(stack.flows, "flow", "flows"),
                    counted(stack.processes, "process", "processes"),
                ];
                format!("{}: {}", visible(&stack.name), size.join(", "))
            }
            None => format!("cannot be read: {}", counted(errors, "error", "errors")),
        };
        let odd = if warnings > 0 { format!("; {}", counted(warnings, "warning", "warnings")) } else { String::new() };
        text.push_str(&format!("- `{}` ({}): {size}{odd}\n", visible(&shelved.id), visible(&shelved.file)));
        let Diagnosis { diagnostics, .. } = diagnosis;
        stacks.push(Listed { id: shelved.id.clone(), file: shelved.file.clone(), overview, diagnostics });
    }
    if stacks.is_empty() {
        text.push_str("No stack was given: `sinew mcp STACK...` serves files. `validate` takes the text of one.\n");
    }
    Ok(Answer::told(json_of(&Stacks { sinew: 1, stacks }), text))
}
