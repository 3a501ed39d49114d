//! Members that stand in brackets, on one line or several: also all of JSON.

use super::members::{Added, Members};
use super::print;
use crate::source::Span;

type Parts = Vec<(Span, String)>;

impl Members<'_, '_> {
    pub(super) fn in_brackets(&self) -> Result<Parts, String> {
        let mut parts = Vec::new();
        let added: Vec<String> = self.added().into_iter().map(|one| self.bracketed(one)).collect();
        let (open, close) = (self.node.span.start as usize + 1, (self.node.span.end as usize).max(1) - 1);
        let text = self.editor.text;
        let is_map = text.at(open - 1, open) == "{";
        if self.all.iter().all(|member| member.is_removed) {
            if text.has_comment(open, self.all.first().map_or(close, |first| first.start))
                || self.any_comment(0, self.all.len())
            {
                return Err("a comment stands there".to_owned());
            }
            let inside = match (added.is_empty(), is_map) {
                (true, _) => String::new(),
                (false, true) => format!(" {} ", added.join(", ")),
                (false, false) => added.join(", "),
            };
            return Ok(vec![(Span::new(open, close), inside)]);
        }
        self.removed(&mut parts)?;
        self.appended(&added, close, &mut parts);
        Ok(parts)
    }

    /// Whether a comment stands between members, from one to another.
    fn any_comment(&self, from: usize, to: usize) -> bool {
        self.all[from..to].windows(2).any(|pair| self.editor.text.has_comment(pair[0].end, pair[1].start))
    }

    /// Takes out each run of members with the commas between.
    fn removed(&self, parts: &mut Parts) -> Result<(), String> {
        let mut at = 0;
        while at < self.all.len() {
            if !self.all[at].is_removed {
                at += 1;
                continue;
            }
            let end =
                self.all[at..].iter().position(|member| !member.is_removed).map_or(self.all.len(), |kept| at + kept);
            let (from, to) = if at > 0 { (at - 1, end) } else { (at, end + 1) };
            if self.any_comment(from, to) {
                return Err("a comment stands beside it".to_owned());
            }
            let span = match at.checked_sub(1) {
                Some(before) => Span::new(self.all[before].end, self.all[end - 1].end),
                None => Span::new(self.all[at].start, self.all[end].start),
            };
            parts.push((span, String::new()));
            at = end;
        }
        Ok(())
    }

    /// Adds members behind the last one.
    fn appended(&self, added: &[String], close: usize, parts: &mut Parts) {
        let (Some(last), false) = (self.all.last(), added.is_empty()) else { return };
        let text = self.editor.text;
        let behind = text.at(last.end, close);
        if !behind.contains('\n') {
            let place = Span::new(last.end, last.end);
            parts.push((place, added.iter().map(|one| format!(", {one}")).collect()));
            return;
        }
        // Each stands on its own line: a comment behind the last one stays there.
        let before_comment = behind.split('#').next().unwrap_or_default();
        if !before_comment.contains(',') {
            parts.push((Span::new(last.end, last.end), ",".to_owned()));
        }
        let indent = text.line_indent(last.start);
        let note = self.change.note.as_ref().filter(|_| !self.editor.is_json).map(|note| format!("{indent}# {note}"));
        let count = added.len();
        let members = added.iter().enumerate().map(|(at, one)| {
            let comma = if at + 1 < count { "," } else { "" };
            format!("{indent}{}{comma}", one.replace('\n', &format!("\n{indent}")))
        });
        let lines: Vec<String> = note.into_iter().chain(members).collect();
        let end = text.line_end(last.end);
        parts.push((Span::new(end, end), self.editor.lines(&lines)));
    }

    /// A new member, in JSON on several lines where its neighbor is.
    fn bracketed(&self, one: Added<'_>) -> String {
        let is_json = self.editor.is_json;
        let text = self.editor.text;
        let neighbor = self.neighbor().filter(|_| is_json && self.change.are_entries);
        let Some(first) = neighbor.and_then(|node| {
            let crate::source::Value::Map(entries) = &node.value else { return None };
            entries.first().filter(|first| text.begins_line(first.key_span.start as usize)).map(|first| (node, first))
        }) else {
            return one.flow(is_json);
        };
        let (node, first) = first;
        let outer = text.line_indent(node.span.start as usize).len();
        let inner = text.line_indent(first.key_span.start as usize).len().saturating_sub(outer);
        print::json_lines(one.pair_and_value(), &" ".repeat(inner), self.editor.text.newline())
    }
}

impl<'p> Added<'p> {
    /// The key, if there is one, and the value.
    fn pair_and_value(self) -> (Option<&'p str>, &'p super::piece::Piece) {
        match self {
            Self::Pair(pair) => (Some(&pair.key), &pair.value),
            Self::Item(piece) => (None, piece),
        }
    }
}
