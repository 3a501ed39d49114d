//! Edits of a stack as a scenario file states them: what is asked about, compared and drafted.

use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::{Map, Value};

use crate::ask::{Refused, scenario_text};
use crate::mcp::desk::Desk;
use crate::mcp::shelf::Opened;
use crate::mcp::trouble::Trouble;
use crate::model::{Scenario, Stack};
use crate::source::{Diagnostic, Source};

/// What to change in a stack. Entries go by id, or by a name that fits one alone.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Edits {
    /// Ids of systems that are retired, of flows that are off, and of teams, processes and data objects that are no more.
    #[serde(default)]
    retire: Vec<String>,
    /// New entries as in a stack file: `systems`, `teams`, `data` and `processes` by their ids, `flows` as a list.
    #[serde(default)]
    add: Map<String, Value>,
    /// Other values for keys of entries, by their ids; null takes a key out.
    #[serde(default)]
    change: Map<String, Value>,
    /// Settings of the plan in place of those of the file.
    #[serde(default)]
    plan: Map<String, Value>,
}

/// A scenario that was read: what it says, the stack that comes of it, and the texts of both as one.
pub(super) struct Edited {
    pub(super) scenario: Scenario,
    pub(super) stack: Stack,
    pub(super) source: Source,
    pub(super) warnings: Vec<Diagnostic>,
    /// The edits with ids in place of names.
    pub(super) edits: Map<String, Value>,
}

impl Edits {
    fn is_empty(&self) -> bool {
        self.retire.is_empty() && self.add.is_empty() && self.change.is_empty() && self.plan.is_empty()
    }

    /// The stack with these edits, which are called `name`, judged like any stack file.
    pub(super) fn made(
        self,
        desk: &Desk,
        (at, opened): (usize, &Opened),
        (name, why): (&str, Option<String>),
    ) -> Result<Edited, Trouble> {
        if self.is_empty() {
            let refused = Refused::because("there are no edits");
            let what = "give `retire` (ids), `add` (`systems`, `flows`, …), `change` (keys by id) or `plan` (settings)";
            return Err(Trouble::from(refused).instead(what));
        }
        let mut edits = Map::new();
        if !self.retire.is_empty() {
            edits.insert("retire".into(), self.retire.into());
        }
        for (key, value) in [("add", self.add), ("change", self.change), ("plan", self.plan)] {
            if !value.is_empty() {
                edits.insert(key.into(), value.into());
            }
        }
        edits.insert("name".into(), name.into());
        if let Some(why) = why {
            edits.insert("why".into(), why.into());
        }
        let (file, edits) = scenario_text(&opened.stack, edits, name)?;
        let read = desk.shelf().scenario(at, opened, &file)?;
        let stack = match read.stack {
            Some(stack) if !Trouble::is_in(&read.problems) => stack,
            _ => return Err(Trouble::with(&read.source, &read.problems)),
        };
        Ok(Edited { scenario: read.scenario, stack, source: read.source, warnings: read.problems, edits })
    }
}
