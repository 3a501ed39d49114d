//! Lines, indentation and comments of a text.

use crate::source::{Entry, Node, Span, Value};

/// A text in which places are looked for.
#[derive(Clone, Copy, Debug)]
pub(super) struct Text<'t>(pub(super) &'t str);

impl<'t> Text<'t> {
    pub(super) fn at(self, start: usize, end: usize) -> &'t str {
        self.0.get(start..end).unwrap_or_default()
    }

    /// How lines end.
    pub(super) fn newline(self) -> &'static str {
        match self.0.find('\n') {
            Some(at) if self.0[..at].ends_with('\r') => "\r\n",
            _ => "\n",
        }
    }

    pub(super) fn line_start(self, at: usize) -> usize {
        self.0[..at].rfind('\n').map_or(0, |end| end + 1)
    }

    /// The end of the line, before what ends it.
    pub(super) fn line_end(self, at: usize) -> usize {
        let end = self.0[at..].find('\n').map_or(self.0.len(), |end| at + end);
        if end > at && self.0[..end].ends_with('\r') { end - 1 } else { end }
    }

    /// The end of the line before, where there is one.
    pub(super) fn end_of_line_before(self, at: usize) -> Option<usize> {
        let start = self.line_start(at);
        let newline = start.checked_sub(1)?;
        Some(if self.0[..newline].ends_with('\r') { newline - 1 } else { newline })
    }

    /// Spaces as wide as what stands before `at` on its line.
    pub(super) fn indent(self, at: usize) -> String {
        self.at(self.line_start(at), at).chars().map(|c| if c == '\t' { '\t' } else { ' ' }).collect()
    }

    /// The spaces with which the line of `at` begins.
    pub(super) fn line_indent(self, at: usize) -> &'t str {
        let line = self.at(self.line_start(at), self.line_end(at));
        &line[..line.len() - line.trim_start_matches([' ', '\t']).len()]
    }

    /// Whether only spaces stand before `at` on its line.
    pub(super) fn begins_line(self, at: usize) -> bool {
        self.at(self.line_start(at), at).trim().is_empty()
    }

    /// The comment behind `at` on its line, if nothing else stands between.
    pub(super) fn comment_behind(self, at: usize) -> Option<Span> {
        let end = self.line_end(at);
        let rest = self.at(at, end);
        let spaces = rest.len() - rest.trim_start_matches([' ', '\t']).len();
        (spaces > 0 && rest[spaces..].starts_with('#')).then(|| Span::new(at + spaces, at + rest.trim_end().len()))
    }

    /// Whether a comment stands between two values.
    pub(super) fn has_comment(self, start: usize, end: usize) -> bool {
        self.at(start, end.max(start)).contains('#')
    }

    /// Where the value ends: what follows a block of text belongs to what comes next.
    pub(super) fn node_end(self, node: &Node<'_>) -> usize {
        let (start, end) = (node.span.start as usize, node.span.end as usize);
        if matches!(&node.value, Value::Alias(target) if target.span != node.span) {
            return end;
        }
        match &node.resolved().value {
            Value::Map(entries) if !self.is_flow(node) => {
                let own = entries.iter().rfind(|entry| entry.key_span.start >= node.span.start);
                own.map_or(end, |entry| self.entry_end(entry))
            }
            Value::List(items) if !self.is_flow(node) => items.last().map_or(end, |item| self.node_end(item)),
            _ => start + self.at(start, end).trim_end().len(),
        }
    }

    /// Where a key with its value ends, the colon included where there is no value.
    pub(super) fn entry_end(self, entry: &Entry<'_>) -> usize {
        let end = self.node_end(&entry.node);
        if end > entry.node.span.start as usize && entry.node.span.start >= entry.key_span.end {
            return end;
        }
        self.behind_colon(entry)
    }

    /// The place behind the colon of a key; the end of the key where it has none.
    pub(super) fn behind_colon(self, entry: &Entry<'_>) -> usize {
        let end = entry.key_span.end as usize;
        let rest = &self.0[end..];
        let spaces = rest.len() - rest.trim_start_matches([' ', '\t']).len();
        if rest[spaces..].starts_with(':') { end + spaces + 1 } else { end }
    }

    /// Whether a list or mapping stands in brackets.
    pub(super) fn is_flow(self, node: &Node<'_>) -> bool {
        let start = node.span.start as usize;
        matches!(
            (&node.resolved().value, self.0.as_bytes().get(start)),
            (Value::Map(_), Some(b'{')) | (Value::List(_), Some(b'['))
        )
    }

    /// The dash before an item of a list in lines.
    pub(super) fn dash(self, item: usize) -> Option<usize> {
        let before = self.0[..item].trim_end_matches([' ', '\t', '\r', '\n']);
        before.ends_with('-').then(|| before.len() - 1)
    }

    /// The comments from `start` to `end`, where nothing but `node` stands beside them.
    pub(super) fn comments(self, node: &Node<'_>, start: usize, end: usize) -> Vec<&'t str> {
        let mut found = Vec::new();
        let mut at = start;
        let mut gap = |from: usize, to: usize| {
            for line in self.at(at, from.max(at)).split('\n') {
                found.extend(line.find('#').map(|begin| line[begin..].trim_end()));
            }
            at = at.max(to);
        };
        texts(node, &mut gap);
        gap(end, end);
        found
    }

    /// Where the first comment stands within a value, beside its texts.
    pub(super) fn comment_within(self, node: &Node<'_>) -> Option<usize> {
        let mut at = node.span.start as usize;
        let mut found = None;
        let comment = |start: usize, end: usize| self.at(start, end).find('#').map(|found| start + found);
        let mut gap = |start: usize, end: usize| {
            found = found.or_else(|| comment(at, start.max(at)));
            at = at.max(end);
        };
        texts(node, &mut gap);
        let end = self.node_end(node);
        found.or_else(|| comment(at, end.max(at)))
    }
}

/// Calls `each` with the places of all keys and single values, in order.
fn texts(node: &Node<'_>, each: &mut impl FnMut(usize, usize)) {
    match &node.value {
        Value::Map(entries) => {
            for entry in entries.iter().filter(|entry| entry.key_span.start >= node.span.start) {
                each(entry.key_span.start as usize, entry.key_span.end as usize);
                texts(&entry.node, each);
            }
        }
        Value::List(items) => items.iter().for_each(|item| texts(item, each)),
        _ => each(node.span.start as usize, node.span.end as usize),
    }
}
