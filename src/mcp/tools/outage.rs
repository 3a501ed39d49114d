//! What breaks if …?

use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::{Map, Value};

use super::{Tool, arguments, input, reported};
use crate::analysis::resilience::DEFAULT_ORDER;
use crate::ask;
use crate::mcp::answer::Answer;
use crate::mcp::desk::Desk;
use crate::mcp::schema::of_report;
use crate::mcp::trouble::Trouble;

pub(super) const TOOL: Tool = Tool {
    name: "outage",
    title: "What breaks if it fails",
    about: "What stops, degrades or starves while systems, flows or teams of one person are down. With `names` they fail together, \
            and each process that stops has its chain of reasons; without, every component fails alone, most severe first.",
    input: input::<Asked>,
    answer: || of_report(&["outages", "processes", "structure"]),
    is_of_stack: true,
    run,
};

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Asked {
    /// The stack: its id or name, as `list_stacks` has them. Need not be given where there is one only.
    stack: Option<String>,
    /// What fails at the same time: ids or names of systems, ids of flows, teams of one person.
    #[serde(default)]
    names: Vec<String>,
}

fn run(desk: &Desk, given: Map<String, Value>) -> Result<Answer, Trouble> {
    let asked: Asked = arguments(TOOL.name, given)?;
    let hint = "`find` lists what there is; without `names`, `outage` lists every component";
    reported(desk, asked.stack.as_deref(), |_, analysis, _| match asked.names.is_empty() {
        true => Ok(ask::outages(analysis, DEFAULT_ORDER)),
        false => ask::together(analysis, &asked.names).map_err(|refused| Trouble::from(refused).instead(hint)),
    })
}
