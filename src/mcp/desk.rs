//! Calls in, replies out, with no word of the protocol.

use std::sync::Arc;

use serde_json::{Map, Value};

use super::answer::json_of;
use super::shelf::{Opened, Shelf, Shelved, pick};
use super::tools::{TOOLS, Tool};
use super::{Trouble, prompts, resources};
use crate::ask::Refused;
use crate::source::{nearest, visible};

/// Answers calls about the stacks of a shelf.
#[derive(Clone)]
pub struct Desk {
    shelf: Arc<dyn Shelf>,
}

/// What a call gives.
#[derive(Clone, Debug, PartialEq)]
pub struct Reply {
    /// For people: Markdown of at most 200 lines.
    pub text: String,
    /// For programs: as [`super::tools_schema`] says; of an error a diagnosis.
    pub structured: Value,
    /// Whether the call was not answered.
    pub is_error: bool,
    /// A file that clients show.
    pub embedded: Option<Embedded>,
}

/// A file within a reply.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Embedded {
    /// Its address.
    pub uri: String,
    /// Its media type.
    pub mime: &'static str,
    /// What is in it.
    pub text: String,
}

impl From<Trouble> for Reply {
    fn from(trouble: Trouble) -> Self {
        let (text, _) = super::cut::lines(&trouble.text, 0, super::cut::LINES);
        let structured = super::cut::page(&json_of(&trouble.diagnosis), 0).value;
        Self { text, structured, is_error: true, embedded: None }
    }
}

impl Desk {
    /// A desk for the stacks of `shelf`.
    #[must_use]
    pub fn new(shelf: Arc<dyn Shelf>) -> Self {
        Self { shelf }
    }

    /// Calls a tool. What is wrong with the call or the stack is a reply as well; nothing is written.
    #[must_use]
    pub fn call(&self, tool: &str, arguments: Map<String, Value>) -> Reply {
        self.answered(tool, arguments).unwrap_or_else(Reply::from)
    }

    fn answered(&self, name: &str, mut arguments: Map<String, Value>) -> Result<Reply, Trouble> {
        let tool = Tool::find(name).ok_or_else(|| {
            let near = nearest(name, TOOLS.iter().map(|tool| tool.name));
            let near = near.map(|near| format!("; did you mean `{near}`?")).unwrap_or_default();
            let all: Vec<String> = TOOLS.iter().map(|tool| format!("`{}`", tool.name)).collect();
            let refused = Refused::because(format!("there is no tool `{}`{near}", visible(name)));
            Trouble::from(refused).instead(&format!("call one of {}", all.join(", ")))
        })?;
        let more = match arguments.remove("more") {
            None | Some(Value::Null) => None,
            Some(Value::String(more)) => Some(more),
            Some(_) => return Err(Refused::because("`more` is the text that an answer gave under `more`").into()),
        };
        let answer = (tool.run)(self, arguments)?;
        Ok(answer.reply(tool.name, more.as_deref())?)
    }

    /// The stacks.
    #[must_use]
    pub fn shelf(&self) -> &dyn Shelf {
        &*self.shelf
    }

    /// The stack that a call means, read now.
    pub(super) fn open(&self, stack: Option<&str>) -> Result<(usize, Opened), Trouble> {
        let at = pick(self.shelf(), stack)?;
        Ok((at, self.shelf.open(at)?))
    }

    pub(super) fn shelved(&self, at: usize) -> &Shelved {
        &self.shelf.stacks()[at]
    }

    /// What can be read, each with its address.
    #[must_use]
    pub fn resources(&self) -> Vec<resources::Resource> {
        resources::all(self)
    }

    /// Reads what is at an address.
    ///
    /// # Errors
    /// Where nothing is, or the stack cannot be read.
    pub fn read(&self, uri: &str) -> Result<Embedded, Trouble> {
        resources::read(self, uri)
    }

    /// The message that a prompt begins a conversation with.
    ///
    /// # Errors
    /// Where there is no such prompt, or an argument is missing.
    pub fn prompt(&self, name: &str, arguments: &Map<String, Value>) -> Result<String, Trouble> {
        prompts::message(self, name, arguments)
    }
}
