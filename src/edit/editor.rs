//! A file with the edits that are to be made in it: all of them, or none.

use std::cmp::Reverse;
use std::collections::BTreeSet;

use super::members::Members;
use super::piece::{Pair, Piece};
use super::place::{Place, is_shared_within};
use super::print;
use super::text::Text;
use crate::source::{Diagnostics, Entry, Limits, Source, Span, Value, is_json, parse};

/// Collects edits of one file.
#[derive(Debug)]
pub struct Editor<'s> {
    source: &'s Source,
    pub(super) text: Text<'s>,
    pub(super) is_json: bool,
    edits: Vec<Edit>,
}

/// One thing that is to be done, with the places that it changes.
#[derive(Debug)]
struct Edit {
    what: String,
    at: usize,
    /// Where the list or mapping begins: the inner of two begins later.
    depth: usize,
    parts: Vec<(Span, String)>,
    refused: Option<String>,
}

/// What is to become of a list or mapping.
#[derive(Debug, Default)]
pub struct Change {
    /// Keys, by their places, that get another value.
    pub set: Vec<(usize, Piece, Said)>,
    /// Keys or items, by their places, that are taken out.
    pub remove: BTreeSet<usize>,
    /// Keys that a mapping gets at its end.
    pub add: Vec<Pair>,
    /// Items that a list gets at its end.
    pub append: Vec<Piece>,
    /// A comment above what is added, where comments are possible.
    pub note: Option<String>,
    /// Whether the members are entries, such as systems or flows: those that are added look like their neighbors, and
    /// one that is taken out takes the comments on its own lines along. Comments of single keys stay.
    pub are_entries: bool,
}

impl Change {
    /// Whether it changes nothing.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.set.is_empty() && self.remove.is_empty() && self.add.is_empty() && self.append.is_empty()
    }
}

/// The words that were read as a value, which stand behind it as a comment: before and now. Another comment stays.
#[derive(Clone, Debug, Default)]
pub struct Said {
    /// Those that the value before was read from.
    pub before: Option<String>,
    /// Those that the new value was read from.
    pub now: Option<String>,
}

/// Why a file was not edited, and what was to be done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refused {
    /// The reason.
    pub why: String,
    /// Every edit, with its line, in the order of the file.
    pub edits: Vec<String>,
}

type Parts = Vec<(Span, String)>;

impl<'s> Editor<'s> {
    /// Edits of `source`, none so far.
    #[must_use]
    pub fn new(source: &'s Source) -> Self {
        Self { source, text: Text(source.text()), is_json: is_json(source), edits: Vec::new() }
    }

    /// Changes the list or mapping at `place`; `what` says so in a few words.
    pub fn change(&mut self, what: &str, place: Place<'_>, change: &Change) {
        if change.is_empty() {
            return;
        }
        let at = place.node.span.start as usize;
        let outcome = self.changed(place, change);
        self.push(what, at, at, outcome);
    }

    /// Gives the key at `at` of the mapping at `place` a list or mapping of entries, where it has none so far.
    pub fn fill(&mut self, what: &str, place: Place<'_>, at: usize, piece: &Piece, note: Option<&str>) {
        let entry = &place.entries()[at];
        let outcome = match place.entry(at).shared {
            Some(why) => Err(why.to_owned()),
            None if self.text.is_flow(place.node()) => self.set(place, at, piece, &Said::default()),
            None => Ok(self.filled(entry, piece, note)),
        };
        self.push(what, entry.key_span.start as usize, 0, outcome);
    }

    /// Adds a key with a single value below the key at `at` of the file, so that what belongs together stands together.
    pub fn add_below(&mut self, what: &str, root: Place<'_>, at: usize, pair: Pair) {
        if self.is_json || self.text.is_flow(root.node()) {
            return self.change(what, root, &Change { add: vec![pair], ..Change::default() });
        }
        let end = self.text.line_end(self.text.entry_end(&root.entries()[at]));
        let line = self.lines(&[print::line_pair(&pair)]);
        self.push(what, end, 0, Ok(vec![(Span::new(end, end), line)]));
    }

    /// Adds a list or mapping of entries under a new key of the file, at its end.
    pub fn add_section(&mut self, what: &str, root: Place<'_>, pair: Pair, note: Option<String>) {
        if self.is_json || self.text.is_flow(root.node()) {
            return self.change(what, root, &Change { add: vec![pair], note, ..Change::default() });
        }
        let end = self.text.0.len();
        let newline = self.text.newline();
        let mut lines = vec![String::new(), format!("{}:", print::key(&pair.key, false))];
        lines.extend(print::entries(&pair.value, "  ", note.as_deref(), Some(2)));
        let before = if self.text.0.ends_with('\n') { "" } else { newline };
        let text: String = lines.iter().flat_map(|line| [line.as_str(), newline]).collect();
        self.push(what, end, 0, Ok(vec![(Span::new(end, end), format!("{before}{text}"))]));
    }

    fn push(&mut self, what: &str, at: usize, depth: usize, outcome: Result<Parts, String>) {
        let (parts, refused) = match outcome {
            Ok(parts) => (parts, None),
            Err(why) => (Vec::new(), Some(why)),
        };
        self.edits.push(Edit { what: what.to_owned(), at, depth, parts, refused });
    }

    fn changed(&self, place: Place<'_>, change: &Change) -> Result<Parts, String> {
        let is_map = matches!(place.node().value, Value::Map(_));
        let child = |at: usize| if is_map { place.entry(at) } else { place.item(at) };
        let touched = change.set.iter().map(|(at, ..)| *at).chain(change.remove.iter().copied());
        let adds = !(change.add.is_empty() && change.append.is_empty());
        let shared = touched.filter_map(|at| child(at).shared).next();
        if let Some(why) = shared.or(place.shared.filter(|_| adds)) {
            return Err(why.to_owned());
        }
        if change.remove.iter().any(|at| is_shared_within(child(*at).node)) {
            return Err("an anchor (`&`) or an alias (`*`) stands in it".to_owned());
        }
        let mut parts = Vec::new();
        for (at, piece, said) in &change.set {
            parts.extend(self.set(place, *at, piece, said)?);
        }
        parts.extend(Members::of(self, place, change).changed()?);
        Ok(parts)
    }

    /// The name of the file.
    #[must_use]
    pub fn name(&self) -> &str {
        self.source.name()
    }

    /// The line of the comment that would be lost by another value behind the key at `at` of the mapping at `place`.
    #[must_use]
    pub fn comment_in_the_way(&self, place: Place<'_>, at: usize) -> Option<u32> {
        let entry = &place.entries()[at];
        let (colon, start) = (self.text.behind_colon(entry), entry.node.span.start as usize);
        if self.is_json || !self.text.at(colon, self.text.entry_end(entry)).contains('\n') {
            return None;
        }
        let before = self.text.at(colon, start).find('#').map(|found| colon + found);
        let found = before.or_else(|| self.text.comment_within(&entry.node))?;
        Some(self.source.position(found).line)
    }

    /// Whether the value at `place` stands on several lines.
    #[must_use]
    pub fn is_on_lines(&self, place: Place<'_>) -> bool {
        let node = place.node();
        self.text.at(node.span.start as usize, self.text.node_end(node)).contains('\n')
    }

    /// Another value behind a key, on its line.
    fn set(&self, place: Place<'_>, at: usize, piece: &Piece, said: &Said) -> Result<Parts, String> {
        let entry = &place.entries()[at];
        let is_flow = self.text.is_flow(place.node());
        let new = match piece {
            Piece::Scalar { text, plain } => print::scalar(text, *plain, self.is_json, is_flow),
            other => print::flow(other, self.is_json),
        };
        let (colon, end) = (self.text.behind_colon(entry), self.text.entry_end(entry));
        let start = entry.node.span.start as usize;
        let key_end = entry.key_span.end as usize;
        let mut parts = Vec::new();
        if end <= colon {
            let before = if colon == key_end { ": " } else { " " };
            parts.push((Span::new(end, end), format!("{before}{new}")));
        } else if self.text.at(colon, end).contains('\n') && !self.is_json {
            if let Some(line) = self.comment_in_the_way(place, at) {
                let key = &entry.key;
                return Err(format!(
                    "a comment stands in the value of `{key}`, on line {line}: move it above the key, or make this change by hand"
                ));
            }
            parts.push((Span::new(colon, end), format!(" {new}")));
        } else {
            parts.push((Span::new(start, end), new));
        }
        if !is_flow {
            parts.extend(self.said(end, said));
        }
        Ok(parts)
    }

    /// The comment behind a value, where it is the words that the value was read from.
    fn said(&self, end: usize, said: &Said) -> Option<(Span, String)> {
        let comment = self.text.comment_behind(end);
        let now = said.now.as_ref().map(|words| format!("# \"{words}\""));
        match (comment, now) {
            (None, Some(now)) if self.text.line_end(end) == end => Some((Span::new(end, end), format!("  {now}"))),
            (Some(span), now) => {
                let before = said.before.as_ref().map(|words| format!("# \"{words}\""))?;
                if self.text.at(span.start as usize, span.end as usize) != before {
                    return None;
                }
                Some(match now {
                    Some(now) => (span, now),
                    None => (Span::new(end, span.end as usize), String::new()),
                })
            }
            _ => None,
        }
    }

    fn filled(&self, entry: &Entry<'_>, piece: &Piece, note: Option<&str>) -> Parts {
        let (colon, end) = (self.text.behind_colon(entry), self.text.entry_end(entry));
        let mut parts = Vec::new();
        if end > colon {
            parts.push((Span::new(colon, end), String::new()));
        }
        let line_end = self.text.line_end(end);
        let indent = format!("{}  ", self.text.indent(entry.key_span.start as usize));
        let lines = print::entries(piece, &indent, note, Some(2));
        parts.push((Span::new(line_end, line_end), self.lines(&lines)));
        parts
    }

    /// Lines as they are put behind the end of another.
    pub(super) fn lines(&self, lines: &[String]) -> String {
        let newline = self.text.newline();
        lines.iter().flat_map(|line| [newline, line.as_str()]).collect()
    }

    /// What is to be done, each with its line, in the order of the file.
    #[must_use]
    pub fn list(&self) -> Vec<String> {
        let mut order: Vec<&Edit> = self.edits.iter().collect();
        order.sort_by_key(|edit| edit.at);
        let line = |edit: &&Edit| {
            let refused = edit.refused.as_ref().map(|why| format!(": {why}")).unwrap_or_default();
            format!("{}:{}: {}{refused}", self.source.name(), self.source.position(edit.at).line, edit.what)
        };
        order.iter().map(line).collect()
    }

    /// Whether nothing is to be done.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.edits.is_empty()
    }

    /// The text with all edits made.
    ///
    /// # Errors
    /// Where one of them cannot be made, or where reading the edited text does not give `wanted`
    /// ([`Piece::json`] of the whole file): a guard against an edit that means something else than it was to.
    pub fn finish(self, wanted: &serde_json::Value) -> Result<String, Refused> {
        let refuse = |why: &str| Refused { why: why.to_owned(), edits: self.list() };
        if let Some(edit) = self.edits.iter().find(|edit| edit.refused.is_some()) {
            let why = edit.refused.as_deref().unwrap_or_default();
            return Err(refuse(&format!("{}: {why}", edit.what)));
        }
        let of_edit = |edit: &'_ Edit| -> Vec<(Span, Reverse<usize>, String)> {
            edit.parts.iter().map(|(span, new)| (*span, Reverse(edit.depth), new.clone())).collect()
        };
        let mut parts: Vec<(Span, Reverse<usize>, String)> = self.edits.iter().flat_map(of_edit).collect();
        // Where an entry and the last mapping in it both end, what the inner one gets comes first.
        parts.sort_by_key(|(span, depth, _)| (*span, *depth));
        let Some(text) = spliced(self.text.0, parts.iter().map(|(span, _, new)| (*span, new.as_str()))) else {
            return Err(refuse("two edits concern the same place"));
        };
        let edited = Source::new(self.source.name(), text);
        let mut problems = Diagnostics::default();
        let read = parse(&edited, &Limits::default(), &mut problems);
        let is_right = !problems.has_errors() && read.is_some_and(|root| Piece::of(&root).json() == *wanted);
        if !is_right {
            return Err(refuse("the edited text would not say what it is to say"));
        }
        Ok(edited.text().to_owned())
    }
}

/// `text` with other texts at some spans, which come in order; nothing where two of them overlap.
pub(super) fn spliced<'p>(text: &str, parts: impl Iterator<Item = (Span, &'p str)>) -> Option<String> {
    let mut out = String::with_capacity(text.len() + 1024);
    let mut at = 0;
    for (span, new) in parts {
        let (start, end) = (span.start as usize, span.end as usize);
        if start < at {
            return None;
        }
        out.push_str(text.get(at..start)?);
        out.push_str(new);
        at = end;
    }
    out.push_str(text.get(at..)?);
    Some(out)
}
