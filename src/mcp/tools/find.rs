//! What is there, and how does data get from A to B?

use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::{Map, Value};

use super::{Tool, arguments, input};
use crate::analysis::Analysis;
use crate::ask::{self, Refused, find_schema, found_document, ways};
use crate::mcp::answer::{Answer, json_of};
use crate::mcp::desk::Desk;
use crate::mcp::trouble::Trouble;
use crate::report::Names;

pub(super) const TOOL: Tool = Tool {
    name: "find",
    title: "Find entries and ways",
    about: "Systems, flows, data objects, teams and processes by words of their ids and names, with owner, ends, what is carried and \
            the line of the file. With `from` and `to`: the ways from one system to another that are in use today, and what they carry.",
    input: input::<Asked>,
    answer: find_schema,
    is_of_stack: true,
    run,
};

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Asked {
    /// The stack: its id or name, as `list_stacks` has them. Need not be given where there is one only.
    stack: Option<String>,
    /// Words to look for; everything is listed without them.
    #[serde(default)]
    text: String,
    /// Entries of this kind only.
    kind: Option<Kind>,
    /// The system where ways begin, by id or name.
    from: Option<String>,
    /// The system where they end.
    to: Option<String>,
}

#[derive(Clone, Copy, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
enum Kind {
    System,
    Flow,
    Data,
    Team,
    Process,
}

impl Kind {
    fn word(self) -> &'static str {
        match self {
            Self::System => "system",
            Self::Flow => "flow",
            Self::Data => "data",
            Self::Team => "team",
            Self::Process => "process",
        }
    }
}

fn run(desk: &Desk, given: Map<String, Value>) -> Result<Answer, Trouble> {
    let asked: Asked = arguments(TOOL.name, given)?;
    let (at, opened) = desk.open(asked.stack.as_deref())?;
    let names = Names::of(&opened.stack);
    let kind = asked.kind.map(Kind::word);
    let mut found = ask::find(&opened.stack, &opened.source, &asked.text, kind);
    let (from, to) = match (&asked.from, &asked.to) {
        (None, None) => {
            let document = found_document(&found, &names, None);
            return Ok(Answer::of(json_of(&found), document).about(desk.shelved(at), &opened));
        }
        (Some(from), Some(to)) => (from, to),
        _ => {
            let refused = Refused::because("a way has two ends: `from` and `to`");
            return Err(Trouble::from(refused).instead("give both, or look for flows with `kind: flow` and words"));
        }
    };
    let hint = |refused| Trouble::from(refused).instead("`find` with `kind: system` lists all systems");
    found.ways = Some(ways(&Analysis::of(&opened.stack), from, to).map_err(hint)?);
    found.entries.clear();
    let document = found_document(&found, &names, Some((from, to)));
    Ok(Answer::of(json_of(&found), document).about(desk.shelved(at), &opened))
}
