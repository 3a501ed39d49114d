//! The stacks that can be asked about.

use std::collections::BTreeMap;

use super::Trouble;
use crate::ask::Refused;
use crate::model::{Reading, ScenarioReading, Stack};
use crate::source::{CellPlace, Diagnostic, Source, nearest, visible};

/// The stacks of one server. Each is read anew for each question, so that the answer is of the file as it is then.
pub trait Shelf: Send + Sync + 'static {
    /// The stacks in the order given.
    fn stacks(&self) -> &[Shelved];

    /// Reads the stack at this place of the list.
    ///
    /// # Errors
    /// Everything that is wrong with its file.
    fn open(&self, at: usize) -> Result<Opened, Trouble>;

    /// The cell of each key, as `flows/draft-to-cms/minutes`: in the workbook that the stack is, else in the one that would be
    /// exported of it.
    fn cells(&self, opened: &Opened) -> BTreeMap<String, CellPlace>;

    /// Reads a text that would stand in place of the stack's.
    ///
    /// # Errors
    /// Where a catalog file of the call cannot be read.
    fn read_text(&self, at: usize, text: &Source) -> Result<Reading, Trouble>;

    /// Reads a scenario of the stack.
    ///
    /// # Errors
    /// Where a catalog file of the call cannot be read.
    fn scenario(&self, at: usize, opened: &Opened, scenario: &Source) -> Result<ScenarioReading, Trouble>;
}

/// A stack on the shelf.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shelved {
    /// What calls name it by: its file without folder and ending.
    pub id: String,
    /// The file as it was given.
    pub file: String,
}

/// A stack and the text it was read from.
#[derive(Debug)]
pub struct Opened {
    /// The text, or the rows of the workbook.
    pub source: Source,
    /// What it says.
    pub stack: Stack,
    /// What is odd about it.
    pub warnings: Vec<Diagnostic>,
    /// The cell of each key, where the stack is a workbook.
    pub cells: BTreeMap<String, CellPlace>,
}

impl Shelved {
    /// The stacks in these files, each with an id of its own: of two that would have the same, the second gets `-2`.
    #[must_use]
    pub fn all(files: &[String]) -> Vec<Self> {
        let mut all: Vec<Self> = Vec::new();
        for file in files {
            let name = file.rsplit(['/', '\\']).find(|part| !part.is_empty()).unwrap_or(file);
            let stem = name.rsplit_once('.').map_or(name, |(stem, _)| if stem.is_empty() { name } else { stem });
            let is_new = |id: &str| all.iter().all(|one| one.id != id);
            let id = (1..).map(|nth| if nth == 1 { stem.to_owned() } else { format!("{stem}-{nth}") });
            let id = id.into_iter().find(|id| is_new(id)).unwrap_or_default();
            all.push(Self { id, file: file.clone() });
        }
        all
    }
}

/// The place of the stack that `said` means: its id or file, or what it is called; of one stack nothing need be said.
pub(super) fn pick(shelf: &dyn Shelf, said: Option<&str>) -> Result<usize, Trouble> {
    let stacks = shelf.stacks();
    let ids = || stacks.iter().map(|one| format!("`{}`", one.id)).collect::<Vec<_>>().join(", ");
    let Some(said) = said else {
        return match stacks {
            [] => Err(Trouble::from(Refused::because("no stack was given when the server was started"))
                .instead("`validate` takes the text of a stack file; `sinew mcp STACK` serves a file")),
            [_] => Ok(0),
            _ => Err(Trouble::from(Refused::because("there is more than one stack"))
                .instead(&format!("name one under `stack`: {}", ids()))),
        };
    };
    let wanted = said.trim().to_lowercase();
    let is_it = |one: &Shelved| one.id.to_lowercase() == wanted || one.file == said.trim();
    if let Some(at) = stacks.iter().position(is_it) {
        return Ok(at);
    }
    // What a stack is called stands in its file.
    let is_called = |at: &usize| shelf.open(*at).is_ok_and(|opened| opened.stack.name.to_lowercase() == wanted);
    let called: Vec<usize> = (0..stacks.len()).filter(is_called).collect();
    match called[..] {
        [one] => Ok(one),
        _ => {
            let near = nearest(said, stacks.iter().map(|one| one.id.as_str()));
            let near = near.map(|near| format!("; did you mean `{near}`?")).unwrap_or_default();
            let refused = Refused::because(format!("there is no stack `{}`{near}", visible(said)));
            Err(Trouble::from(refused).instead(&format!("`list_stacks` lists them: {}", ids())))
        }
    }
}
