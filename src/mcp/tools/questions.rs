//! What is not known or guessed, and what would an answer be worth?

use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::{Map, Value};

use super::{Tool, arguments, input};
use crate::analysis::Analysis;
use crate::ask::{self, Refused};
use crate::mcp::answer::{Answer, json_of};
use crate::mcp::desk::Desk;
use crate::mcp::schema::of_report;
use crate::mcp::trouble::Trouble;
use crate::report::question::Places;

pub(super) const TOOL: Tool = Tool {
    name: "questions",
    title: "Ask what is not known",
    about: "What is not known or guessed in a stack, ranked by what the answer is worth: the question, whom to ask, plausible answers, \
            and the line to write it to.",
    input: input::<Asked>,
    answer: || of_report(&["questions", "questions_left_out", "questions_table"]),
    is_of_stack: true,
    run,
};

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Asked {
    /// The stack: its id or name, as `list_stacks` has them. Need not be given where there is one only.
    stack: Option<String>,
    /// How many questions; all without it.
    #[schemars(range(min = 1))]
    top: Option<usize>,
}

fn run(desk: &Desk, given: Map<String, Value>) -> Result<Answer, Trouble> {
    let asked: Asked = arguments(TOOL.name, given)?;
    if asked.top == Some(0) {
        return Err(Refused::because("`top` is 1 or more; leave it out for all questions").into());
    }
    let (at, opened) = desk.open(asked.stack.as_deref())?;
    let analysis = Analysis::of(&opened.stack);
    let findings = analysis.findings();
    let cells = desk.shelf().cells(&opened);
    let places = Places { source: &opened.source, cells: &cells };
    let mut questions = ask::questions(&analysis, places, asked.top.unwrap_or(usize::MAX), |_| {})?;
    let value = json_of(&questions.report);
    // How a command shows the others is no way to ask for them here.
    questions.report.questions_left_out = None;
    let answer = Answer::of(value, questions.document()).about(desk.shelved(at), &opened);
    Ok(answer.resting(&analysis, &findings, &questions.report))
}
