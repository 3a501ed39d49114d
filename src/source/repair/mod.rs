//! Slips that make a text no YAML and no JSON, and what was meant: told with the exact change, and read on as if it had
//! been made.

pub(super) mod json;
pub(super) mod yaml;

use std::collections::HashMap;
use std::sync::Arc;

use super::{Diagnostic, Diagnostics, Entry, Node, Scalar, Span, Value};

/// Most slips that are read over: a text with more is no slip.
pub(super) const MOST_REPAIRS: usize = 50;

/// Changes of a text, in its own places, in order and without overlap.
#[derive(Default)]
pub(in crate::source) struct Repairs(Vec<(Span, String)>);

impl Repairs {
    /// `text` with all changes made.
    pub(in crate::source) fn made(&self, text: &str) -> String {
        let mut out = String::with_capacity(text.len() + 64);
        let mut at = 0;
        for (span, new) in &self.0 {
            out.push_str(&text[at..span.start as usize]);
            out.push_str(new);
            at = span.end as usize;
        }
        out.push_str(&text[at..]);
        out
    }

    /// The place in the text as it was of byte `at` of the changed one.
    pub(in crate::source) fn original(&self, at: u32) -> u32 {
        let (mut now, mut before) = (0_u32, 0_u32);
        for (span, new) in &self.0 {
            let start = now + (span.start - before);
            if at < start {
                break;
            }
            let end = start + u32::try_from(new.len()).unwrap_or(u32::MAX);
            if at < end {
                return (span.start + (at - start)).min(span.end.max(span.start));
            }
            (now, before) = (end, span.end);
        }
        before + (at - now)
    }

    /// The same of a span.
    pub(in crate::source) fn original_span(&self, span: Span) -> Span {
        let (start, end) = (self.original(span.start), self.original(span.end));
        Span { start, end: end.max(start) }
    }

    /// Adds changes in places of the text as it was; false where one overlaps another.
    pub(in crate::source) fn add(&mut self, edits: &[(Span, String)]) -> bool {
        let mut all = self.0.clone();
        all.extend_from_slice(edits);
        all.sort_by_key(|(span, _)| *span);
        let fits = all.windows(2).all(|pair| pair[0].0.end <= pair[1].0.start && pair[0].0 != pair[1].0);
        if fits {
            self.0 = all;
        }
        fits
    }
}

/// A problem of the changed text in places of the text as it was.
pub(super) fn moved_one(mut problem: Diagnostic, repairs: &Repairs) -> Diagnostic {
    problem.span = repairs.original_span(problem.span);
    problem.related.iter_mut().for_each(|(span, _)| *span = repairs.original_span(*span));
    for (span, _) in problem.fixes.iter_mut().flat_map(|fix| &mut fix.edits) {
        *span = repairs.original_span(*span);
    }
    problem
}

/// The same of all, in their order.
pub(super) fn moved(found: Diagnostics, repairs: &Repairs, diagnostics: &mut Diagnostics) {
    found.into_sorted().into_iter().for_each(|problem| diagnostics.push(moved_one(problem, repairs)));
}

/// `node` for itself, in places of the text as it was; what aliases share stays shared.
pub(super) fn owned<'n, 'b>(
    node: &Node<'b>,
    repairs: &Repairs,
    shared: &mut HashMap<*const Node<'b>, Arc<Node<'n>>>,
) -> Node<'n> {
    let text = |text: &str| text.to_owned().into();
    let value = match &node.value {
        Value::Null => Value::Null,
        Value::Scalar(scalar) => Value::Scalar(Scalar { text: text(&scalar.text), plain: scalar.plain }),
        Value::List(items) => Value::List(items.iter().map(|item| owned(item, repairs, shared)).collect()),
        Value::Map(entries) => Value::Map(
            entries
                .iter()
                .map(|entry| Entry {
                    key: text(&entry.key),
                    key_span: repairs.original_span(entry.key_span),
                    node: owned(&entry.node, repairs, shared),
                })
                .collect(),
        ),
        Value::Alias(target) => {
            let key = Arc::as_ptr(target);
            let known = shared.get(&key).cloned();
            let target = known.unwrap_or_else(|| {
                let target = Arc::new(owned(target, repairs, shared));
                shared.insert(key, Arc::clone(&target));
                target
            });
            Value::Alias(target)
        }
    };
    Node { span: repairs.original_span(node.span), value }
}

/// `text` in double quotes.
fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_lead_back_to_the_text_as_it_was() {
        let mut repairs = Repairs::default();
        assert!(repairs.add(&[(Span::new(2, 3), "xyz".into()), (Span::new(5, 5), ":".into())]));
        assert_eq!(repairs.made("ab?deF"), "abxyzde:F");
        let back: Vec<u32> = (0..=9).map(|at| repairs.original(at)).collect();
        assert_eq!(back, [0, 1, 2, 3, 3, 3, 4, 5, 5, 6]);
        assert!(!repairs.add(&[(Span::new(2, 4), String::new())]), "changes do not overlap");
    }
}
