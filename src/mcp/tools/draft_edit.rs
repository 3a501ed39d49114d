//! What would a person write to the file? A diff that a person applies; nothing is written.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::edits::Edits;
use super::{Tool, arguments, input};
use crate::ask::Refused;
use crate::edit::{edited_as_scenario, unified_diff};
use crate::mcp::answer::{Answer, json_of};
use crate::mcp::desk::Desk;
use crate::mcp::schema::of;
use crate::mcp::trouble::Trouble;
use crate::model::outline::Outline;
use crate::report::diagnosis::{Diagnosis, Problem};
use crate::source::{Source, visible};

pub(super) const TOOL: Tool = Tool {
    name: "draft_edit",
    title: "Draft an edit of the file",
    about: "Edits of a stack file as a unified diff that a person applies, with `git apply -p0` or by hand. Comments and order stay. The edited \
            file has been read: what is wrong with the edits is said. Nothing is written.",
    input: input::<Asked>,
    answer: of::<Draft>,
    is_of_stack: true,
    run,
};

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Asked {
    /// The stack: its id or name, as `list_stacks` has them. Need not be given where there is one only.
    stack: Option<String>,
    /// What to change. Entries go by id, or by a name that fits one alone.
    edits: Edits,
}

/// A diff that a person applies.
#[derive(Serialize, JsonSchema)]
struct Draft {
    sinew: u32,
    /// The file that it is of.
    file: String,
    /// The lines of the unified diff; none where the file says so already.
    diff: Vec<String>,
    /// What is odd about the edited file and is not so today.
    diagnostics: Vec<Problem>,
}

fn run(desk: &Desk, given: Map<String, Value>) -> Result<Answer, Trouble> {
    let asked: Asked = arguments(TOOL.name, given)?;
    let (at, opened) = desk.open(asked.stack.as_deref())?;
    let then = asked.edits.made(desk, (at, &opened), ("edits", None))?;
    let text = edited_as_scenario(&opened.source, &opened.stack, &then.edits).map_err(|refused| {
        Trouble::from(Refused::because(refused.why))
            .instead("a person makes this edit in the file; `validate` checks its text")
    })?;
    let new = Source::new(opened.source.name(), text);
    let read = desk.shelf().read_text(at, &new)?;
    let says_so = |stack| Outline::of(stack).changes(&Outline::of(&then.stack)).is_empty();
    if !read.stack.as_ref().is_some_and(says_so) {
        let why = "these edits cannot be made in the text so that it says just that";
        return Err(Trouble::from(Refused::because(why)).instead("change the file by hand; `validate` checks its text"));
    }
    let diff = unified_diff(opened.source.name(), opened.source.text(), new.text());
    let told = match diff.is_empty() {
        true => "The file says so already.\n".to_owned(),
        false => format!(
            "Nothing is written. A person applies this to {}:\n\n```diff\n{}```\n",
            visible(new.name()),
            fenced(&diff)
        ),
    };
    let problems = then.warnings.iter().map(|problem| (problem, &then.source));
    let draft = Draft {
        sinew: 1,
        file: opened.source.name().to_owned(),
        diff: diff.lines().map(str::to_owned).collect(),
        diagnostics: Diagnosis::of(problems).diagnostics,
    };
    Ok(Answer::told(json_of(&draft), told).about(desk.shelved(at), &opened))
}

/// The lines as they are shown; none of them ends the fence, since each begins with what a diff puts there.
fn fenced(diff: &str) -> String {
    diff.lines().map(|line| format!("{}\n", visible(line))).collect()
}
