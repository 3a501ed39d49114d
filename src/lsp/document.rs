//! An open document: its text, what was read of it last, and what was found in it.

use std::sync::Arc;

use serde_json::Value;

use super::Library;
use super::text::{Text, Units};
use super::uri;
use crate::analysis::{Finding, acceptance};
use crate::edit::{Named, named};
use crate::model::Stack;
use crate::source::{Diagnostic, Diagnostics, Limits, Source, Span, parse};

/// A document that the client has open.
pub(super) struct Document {
    pub(super) uri: String,
    pub(super) version: Value,
    pub(super) text: Text,
    /// The path, empty where it has none.
    pub(super) path: String,
    /// Whether the text was changed since it was read.
    pub(super) is_unread: bool,
    /// The text as it was read.
    pub(super) source: Source,
    /// Bytes before it.
    mark: usize,
    pub(super) problems: Vec<Diagnostic>,
    /// What the text says, where nothing is wrong with it.
    pub(super) stack: Option<Arc<Stack>>,
    /// What it said when nothing was wrong with it last.
    pub(super) last: Option<Arc<Stack>>,
    /// The ids of the text, or of the last text that was a tree.
    pub(super) names: Vec<Named>,
    /// What was found, of the text that had so many lines.
    pub(super) found: Option<(usize, Vec<Finding>)>,
    /// Ids that were changed here: what it is, the former one, the new one.
    pub(super) renamed: Vec<(String, String, String)>,
}

impl Document {
    pub(super) fn new(uri: &str, version: Value, text: String, units: Units) -> Self {
        let path = uri::path(uri).unwrap_or_default();
        let name = if path.is_empty() { uri } else { &path };
        let text = Text::new(text, units);
        let (source, mark) = text.source(name);
        Self {
            uri: uri.to_owned(),
            version,
            path,
            is_unread: true,
            source,
            mark,
            text,
            problems: Vec::new(),
            stack: None,
            last: None,
            names: Vec::new(),
            found: None,
            renamed: Vec::new(),
        }
    }

    /// Whether it is a stack file: an editor opens all files of a language, and most are none. It says so itself by its key
    /// `sinew`, or by a name such as `stack.yaml`.
    pub(super) fn is_stack(&self) -> bool {
        let name = self.source.name().rsplit(['/', '\\']).next().unwrap_or_default().to_lowercase();
        let is_named = name.contains("stack") && [".yaml", ".yml", ".json"].iter().any(|end| name.ends_with(end));
        if name.contains(".scenario.") {
            return false;
        }
        let text = self.text.text().trim_start_matches('\u{feff}');
        let begins = |line: &str| {
            ["sinew:", "\"sinew\":", "{ \"sinew\":", "{\"sinew\":", "\"sinew\" :"]
                .iter()
                .any(|key| line.starts_with(key))
        };
        is_named
            || text.lines().take(2_000).any(|line| begins(line) || begins(line.trim_start()) && text.starts_with('{'))
    }

    /// Reads the text, if it was changed since.
    pub(super) fn read(&mut self, library: &dyn Library) {
        if !self.is_unread {
            return;
        }
        self.is_unread = false;
        let (source, mark) = self.text.source(self.source.name());
        (self.source, self.mark) = (source, mark);
        if self.source.text().len() > Source::MAX_BYTES || !self.is_stack() {
            (self.problems, self.stack) = (Vec::new(), None);
            return;
        }
        let reading = library.read(&self.path, &self.source);
        self.problems = reading.problems;
        self.stack = reading.stack.map(Arc::new);
        if let Some(stack) = &self.stack {
            self.problems.extend(acceptance::unknown_words(stack));
            self.last = Some(Arc::clone(stack));
        }
        let root = parse(&self.source, &Limits::default(), &mut Diagnostics::default());
        if let Some(root) = root {
            self.names = named(&root, self.source.text());
        }
    }

    /// A place of the client as a byte of what was read.
    pub(super) fn offset(&self, position: &Value) -> Option<usize> {
        Some(self.text.offset(position)?.saturating_sub(self.mark))
    }

    /// A span of what was read as the client counts.
    pub(super) fn range(&self, span: Span) -> Value {
        self.text.range(self.shifted(span))
    }

    /// The same, no longer than its first line, and that to its end where the span is a mere place.
    pub(super) fn line_range(&self, span: Span) -> Value {
        let text = self.source.text();
        let start = (span.start as usize).min(text.len());
        let end = if span.end > span.start { (span.end as usize).min(text.len()) } else { text.len() };
        let line = text.get(start..end).and_then(|part| part.find('\n')).map_or(end, |at| start + at);
        let trimmed = text.get(start..line).map_or(line, |part| start + part.trim_end().len());
        self.range(Span::new(start, trimmed.max(start)))
    }

    fn shifted(&self, span: Span) -> Span {
        Span::new(span.start as usize + self.mark, span.end as usize + self.mark)
    }

    /// The edit that makes `new` of what was read.
    pub(super) fn edit_to(&self, new: &str) -> Value {
        match self.mark {
            0 => self.text.edit_to(new),
            _ => self.text.edit_to(&format!("\u{feff}{new}")),
        }
    }

    /// Lines of the text.
    pub(super) fn lines(&self) -> usize {
        self.text.text().bytes().filter(|byte| *byte == b'\n').count()
    }

    /// What was found, as long as lines still stand where they stood.
    pub(super) fn findings(&self) -> &[Finding] {
        match &self.found {
            Some((lines, found)) if *lines == self.lines() && self.stack.is_some() => found,
            _ => &[],
        }
    }

    /// What was found last, wherever it stands by now.
    pub(super) fn found_last(&self) -> &[Finding] {
        self.found.as_ref().map_or(&[], |(_, found)| found)
    }
}
