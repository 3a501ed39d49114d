//! What is wrong with a file that could not be read, for programs.

use schemars::JsonSchema;
use serde::Serialize;

use super::location::Location;
use crate::source::{Diagnostic, Level, Source, Span};

/// The answer to any question about a file that is wrong, in place of what was asked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Diagnosis {
    /// Version of this format.
    #[schemars(range(min = 1, max = 1))]
    pub sinew: u32,
    /// Everything that is wrong or odd, by place.
    pub diagnostics: Vec<Problem>,
}

/// One thing that is wrong.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Problem {
    /// Stable name of the kind of problem; `input` where a file could not be read at all.
    pub code: String,
    /// `error` or `warning`.
    pub level: &'static str,
    /// What is wrong, in one sentence.
    pub message: String,
    /// What to write instead.
    pub help: Option<String>,
    /// Where; null where it is in no place of a file.
    pub location: Option<Location>,
    /// Other places that matter.
    pub related: Vec<Related>,
    /// Exact changes, one for each thing that could be meant.
    pub fixes: Vec<Change>,
}

/// Another place, with its words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Related {
    /// Where.
    pub location: Location,
    /// What is there.
    pub message: String,
}

/// One change of the text that takes the problem away.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Change {
    /// When it is the right one; empty where there is no other.
    pub when: String,
    /// What to write where, to the letter.
    pub edits: Vec<Edit>,
}

/// A text in place of another.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Edit {
    /// The sheet, where the stack is a workbook; then `line` is the row and `column` the column of the cell, and `text` is
    /// all that the cell holds afterwards.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sheet: Option<String>,
    /// Line on which the replaced text begins, from 1.
    pub line: u32,
    /// Column at which it begins, in characters, from 1.
    pub column: u32,
    /// Line on which it ends.
    pub end_line: u32,
    /// Column just behind it; the same as `column` where something is put in.
    pub end_column: u32,
    /// What stands there then.
    pub text: String,
}

impl Diagnosis {
    /// Of `problems` of the files with which they come.
    #[must_use]
    pub fn of<'p>(problems: impl IntoIterator<Item = (&'p Diagnostic, &'p Source)>) -> Self {
        let diagnostics = problems.into_iter().map(|(problem, source)| Problem::of(problem, source)).collect();
        Self { sinew: 1, diagnostics }
    }

    /// Of what is in no place of a file.
    #[must_use]
    pub fn without_place(text: &str) -> Self {
        let problem = |words: &str| {
            let (message, help) = match words.split_once("= help: ") {
                Some((message, help)) => (message, Some(help.trim().to_owned())),
                None => (words, None),
            };
            Problem {
                code: "input".to_owned(),
                level: "error",
                message: message.trim().to_owned(),
                help,
                location: None,
                related: Vec::new(),
                fixes: Vec::new(),
            }
        };
        let text = text.trim().trim_start_matches("error: ");
        Self { sinew: 1, diagnostics: text.split("\nerror: ").map(problem).collect() }
    }
}

impl Problem {
    fn of(problem: &Diagnostic, source: &Source) -> Self {
        let related = problem
            .related
            .iter()
            .map(|(span, words)| Related { location: Location::of(*span, source), message: words.clone() });
        let fixes = problem.fixes.iter().map(|fix| Change {
            when: fix.when.clone(),
            edits: fix.edits.iter().map(|(span, text)| edit(*span, text, source)).collect(),
        });
        Self {
            code: problem.code.to_owned(),
            level: if problem.level == Level::Error { "error" } else { "warning" },
            message: problem.message.clone(),
            help: problem.advice(),
            location: Some(Location::of(problem.span, source)),
            related: related.collect(),
            fixes: fixes.collect(),
        }
    }
}

fn edit(span: Span, text: &str, source: &Source) -> Edit {
    let (start, end) = (source.position(span.start as usize), source.position(span.end as usize));
    let sheet = source.sheet(span.start as usize).map(str::to_owned);
    if let Some(cell) = source.cell(span.start as usize) {
        let part = |from: u32, to: u32| source.text().get(from as usize..to as usize).unwrap_or_default();
        let text = format!("{}{text}{}", part(cell.start, span.start), part(span.end, cell.end)).trim().to_owned();
        return Edit {
            sheet,
            line: start.line,
            column: start.column,
            end_line: start.line,
            end_column: start.column + 1,
            text,
        };
    }
    let text = text.to_owned();
    Edit { sheet, line: start.line, column: start.column, end_line: end.line, end_column: end.column, text }
}
