//! Members that stand on lines of their own.

use super::members::{Member, Members};
use super::print;
use crate::source::{Node, Span, Value};

impl Members<'_, '_> {
    pub(super) fn in_lines(&self) -> Result<Vec<(Span, String)>, String> {
        let mut parts = Vec::new();
        for (at, member) in self.all.iter().enumerate().filter(|(_, member)| member.is_removed) {
            parts.extend(self.line_removed(at, member)?);
        }
        let added = self.added();
        if added.is_empty() {
            return Ok(parts);
        }
        let text = self.editor.text;
        let Some(last) = self.all.last() else { return Err("nothing stands there to be added to".to_owned()) };
        let first = self.begin(&self.all[0])?;
        let indent = text.indent(first);
        let mut lines = Vec::new();
        let gap = if self.has_blank_lines() { vec![String::new()] } else { Vec::new() };
        for (at, one) in added.into_iter().enumerate() {
            lines.extend(gap.iter().cloned());
            if at == 0 {
                lines.extend(self.change.note.iter().map(|note| format!("{indent}# {note}")));
            }
            lines.extend(print::member(one, &indent, self.step()));
        }
        let end = text.line_end(last.end);
        parts.push((Span::new(end, end), self.editor.lines(&lines)));
        Ok(parts)
    }

    /// Where a member begins: its key, or the dash before it.
    fn begin(&self, member: &Member) -> Result<usize, String> {
        match &self.node.value {
            Value::List(_) => self.editor.text.dash(member.start).ok_or_else(|| "an item has no dash".to_owned()),
            _ => Ok(member.start),
        }
    }

    fn line_removed(&self, at: usize, member: &Member) -> Result<Vec<(Span, String)>, String> {
        let text = self.editor.text;
        let begin = self.begin(member)?;
        if !text.begins_line(begin) {
            // The first key of an item stands behind its dash: the next one moves there.
            let next = self.all[at + 1..].iter().find(|next| !next.is_removed);
            let end = next.map_or(member.end, |next| next.start);
            if text.has_comment(member.end, end) {
                return Err("a comment stands behind it".to_owned());
            }
            return Ok(vec![(Span::new(begin, end), String::new())]);
        }
        // Keys that the first one took along have gone already.
        let stands_behind_dash = |first: &&Member| self.begin(first).is_ok_and(|begin| !text.begins_line(begin));
        let first = self.all[..at].first().filter(|first| first.is_removed).filter(stands_behind_dash);
        if first.is_some() && self.all[..at].iter().all(|before| before.is_removed) {
            return Ok(Vec::new());
        }
        if !self.change.are_entries {
            if text.at(begin, member.end).contains('\n') {
                // Each comment within stands on a line of its own then.
                let end = text.line_end(member.end);
                let Some(node) = self.value(at) else { return Err("it has no value".to_owned()) };
                let indent = text.indent(begin);
                let comments = text.comments(node, self.behind_key(at), end);
                let lines: Vec<String> = comments.iter().map(|comment| format!("{indent}{comment}")).collect();
                return Ok(vec![match text.end_of_line_before(begin) {
                    Some(before) => (Span::new(before, end), self.editor.lines(&lines)),
                    None => return Err("it stands on the first line".to_owned()),
                }]);
            }
            if let Some(comment) = text.comment_behind(member.end) {
                return Ok(vec![(Span::new(begin, comment.start as usize), String::new())]);
            }
        }
        let end = text.line_end(member.end);
        Ok(vec![match text.end_of_line_before(begin) {
            Some(before) => (Span::new(before, end), String::new()),
            None => (Span::new(0, (end + text.newline().len()).min(text.0.len())), String::new()),
        }])
    }

    /// The value of the member at `at` of those that stand here.
    fn value(&self, at: usize) -> Option<&Node<'_>> {
        let start = u32::try_from(self.all[at].start).ok()?;
        match &self.node.value {
            Value::Map(entries) => entries.iter().find(|entry| entry.key_span.start == start).map(|entry| &entry.node),
            Value::List(items) => items.iter().find(|item| item.span.start == start),
            _ => None,
        }
    }

    /// Where the key of a member ends; where an item of a list begins.
    fn behind_key(&self, at: usize) -> usize {
        let start = self.all[at].start;
        match &self.node.value {
            Value::Map(entries) => entries
                .iter()
                .find(|entry| entry.key_span.start as usize == start)
                .map_or(start, |entry| entry.key_span.end as usize),
            _ => start,
        }
    }

    /// How much deeper the keys of a new entry stand than itself; nothing where entries stand in braces.
    fn step(&self) -> Option<usize> {
        if !self.change.are_entries {
            return None;
        }
        let text = self.editor.text;
        let Some(neighbor) = self.neighbor() else { return Some(2) };
        if text.is_flow(neighbor) {
            return None;
        }
        let column = |at: usize| at - text.line_start(at);
        let start = neighbor.span.start as usize;
        let own = self.all.iter().rfind(|member| member.start <= start && start <= member.end)?;
        let begin = self.begin(own).ok()?;
        Some(column(start).saturating_sub(column(begin)).max(1))
    }

    /// Whether the last two entries stand apart.
    fn has_blank_lines(&self) -> bool {
        let [.., one, other] = self.all.as_slice() else { return false };
        let text = self.editor.text;
        let between = text.at(text.line_end(one.end), other.start);
        let mut lines = between.split('\n').skip(1).collect::<Vec<_>>();
        // What stands before the last entry on its own line is no line.
        lines.pop();
        self.change.are_entries && lines.iter().any(|line| line.trim().is_empty())
    }
}
