//! Where something can be added to a text or taken out of it without touching what stands around.

use crate::source::{Entry, Node, Span, Value, in_ids};

/// A text of which places are known.
#[derive(Clone, Copy)]
pub(super) struct Layout<'t>(pub(super) &'t str);

impl<'t> Layout<'t> {
    /// What stands at `span`.
    pub(super) fn at(self, span: Span) -> &'t str {
        self.0.get(span.start as usize..span.end as usize).unwrap_or_default()
    }

    /// Spaces as wide as what stands before `at` on its line.
    pub(super) fn indent(self, at: u32) -> String {
        let before = self.0.get(..at as usize).unwrap_or_default();
        let line = before.rsplit('\n').next().unwrap_or_default();
        line.chars().map(|c| if c == '\t' { '\t' } else { ' ' }).collect()
    }

    /// Whether what begins at `at` stands in `{ }` or `[ ]`, first or behind a comma.
    pub(super) fn is_in_brackets(self, at: u32) -> bool {
        let before = self.0.get(..at as usize).unwrap_or_default().trim_end();
        before.ends_with(['{', '[', ','])
    }

    /// The change that adds `pair` behind `entry`, in the style of its mapping.
    pub(super) fn beside(self, entry: &Entry<'_>, pair: &str) -> (Span, String) {
        let end = entry.node.span.end.max(entry.key_span.end + 1) as usize;
        let place = Span::new(end, end);
        if self.is_in_brackets(entry.key_span.start) {
            return (place, format!(", {pair}"));
        }
        (place, format!("\n{}{pair}", self.indent(entry.key_span.start)))
    }

    /// The change that takes the entry at `at` out of its mapping.
    pub(super) fn without(self, entries: &[Entry<'_>], at: usize) -> (Span, String) {
        let entry = &entries[at];
        let (start, end) = match (at.checked_sub(1).and_then(|before| entries.get(before)), entries.get(at + 1)) {
            (Some(before), _) => (before.node.span.end, entry.node.span.end),
            (None, Some(after)) => (entry.key_span.start, after.key_span.start),
            (None, None) => (entry.key_span.start, entry.node.span.end),
        };
        (Span { start, end: end.max(start) }, String::new())
    }

    /// Whether `node` and all that is in it stands where it seems to, and not behind an alias or a merge key.
    pub(super) fn is_in_place(self, node: &Node<'_>) -> bool {
        let inside = |span: Span| node.span.start <= span.start && span.end <= node.span.end;
        match &node.value {
            Value::Alias(_) => false,
            Value::Map(entries) => entries.iter().all(|entry| inside(entry.key_span)),
            _ => true,
        }
    }

    /// The place of the dash before a list's item, if it has one.
    pub(super) fn dash(self, item: u32) -> Option<u32> {
        let before = self.0.get(..item as usize)?;
        let bare = before.trim_end_matches([' ', '\t']);
        bare.ends_with('-').then(|| u32::try_from(bare.len() - 1).ok())?
    }
}

/// `text` as an id, if letters and digits are in it: letters with marks lose them, other characters between become one hyphen.
pub(crate) fn slug(text: &str) -> Option<String> {
    if text.len() > 200 {
        return None;
    }
    let mut id = String::new();
    for c in text.chars().flat_map(char::to_lowercase) {
        match (c, in_ids(c)) {
            ('a'..='z' | '0'..='9' | '.' | '_', _) => id.push(c),
            (_, Some(plain)) => id.push_str(plain),
            _ if !id.ends_with('-') && !id.is_empty() => id.push('-'),
            _ => {}
        }
    }
    let id = id.trim_matches(['-', '.', '_']);
    crate::model::id::is_id(id).then(|| id.to_owned())
}

#[cfg(test)]
mod tests {
    use super::slug;

    #[test]
    fn a_text_becomes_an_id() {
        for (text, id) in [
            ("event list", "event-list"),
            ("Sales Ops", "sales-ops"),
            ("Sabine's team", "sabines-team"),
            ("Q&A (new)", "q-a-new"),
            ("v2.1", "v2.1"),
            ("Équipe contenu", "equipe-contenu"),
            ("MÜLLER & Söhne", "mueller-soehne"),
            ("E\u{301}quipe, Straße", "equipe-strasse"),
            ("Łódź İzmir", "lodz-izmir"),
        ] {
            assert_eq!(slug(text).as_deref(), Some(id));
        }
        assert_eq!(slug("日本"), None);
        assert_eq!(slug(""), None);
    }
}
