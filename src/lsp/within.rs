//! Which key, and which entry, a byte of a file stands in.

use crate::edit::Part;
use crate::source::{Node, Span, Value};

/// The path to a byte.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Within {
    /// Keys and items, from the outside in.
    pub(super) path: Vec<Part>,
    /// The last key of the path where the byte is part of the key itself, not of what stands behind it.
    pub(super) key: Option<Span>,
    /// Where the item of the list of the file begins, where the byte is part of one: a flow, an accepted finding.
    pub(super) item: Option<u32>,
}

impl Within {
    /// The list and the entry around it: `systems` and `crm`, or `flows` and the place of a flow.
    pub(super) fn entry(&self) -> Option<(&str, &Part)> {
        match self.path.as_slice() {
            [Part::Key(list), entry, ..] => Some((list, entry)),
            _ => None,
        }
    }
}

/// Where byte `at` stands.
pub(super) fn within(root: &Node<'_>, at: usize) -> Within {
    let mut found = Within::default();
    let mut node = root;
    loop {
        match &node.value {
            Value::Map(entries) => {
                // What a merge key brings stands elsewhere.
                let starts = |span: Span| span.start as usize <= at;
                let own =
                    entries.iter().filter(|entry| entry.key_span.start >= node.span.start && starts(entry.key_span));
                let Some(entry) = own.max_by_key(|entry| entry.key_span.start) else { return found };
                let end = entry.node.span.end.max(entry.key_span.end) as usize;
                if at > end {
                    return found;
                }
                found.path.push(Part::Key(entry.key.trim().to_owned()));
                if at <= entry.key_span.end as usize {
                    found.key = Some(entry.key_span);
                    return found;
                }
                node = &entry.node;
            }
            Value::List(items) => {
                let is_in = |item: &Node<'_>| item.span.start as usize <= at && at <= item.span.end as usize;
                let Some(place) = items.iter().position(is_in) else { return found };
                found.path.push(Part::Item(place));
                node = &items[place];
                if found.path.len() == 2 {
                    found.item = Some(node.span.start);
                }
            }
            _ => return found,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::{Diagnostics, Limits, Source, parse};

    #[test]
    fn a_byte_has_a_path() {
        let text = "sinew: 1\nsystems:\n  crm: { kind: crm }\nflows:\n  - from: a\n    to: crm\n";
        let source = Source::new("s.yaml", text.to_owned());
        let root = parse(&source, &Limits::default(), &mut Diagnostics::default()).unwrap();
        let at = |word: &str| within(&root, text.find(word).unwrap());
        assert_eq!(at("crm:").entry(), Some(("systems", &Part::Key("crm".into()))));
        assert!(at("crm:").key.is_some());
        assert_eq!(at("kind").path.len(), 3);
        assert!(at("crm }").key.is_none());
        assert_eq!(at("a\n").path, [Part::Key("flows".into()), Part::Item(0), Part::Key("from".into())]);
        assert_eq!(within(&root, 9_999), Within::default());
    }
}
