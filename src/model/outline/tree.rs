//! The tree that the text of an outline would be read as, made without the text.
//!
//! What an answer is worth is found by reading the stack under it; most of that time was for YAML that this program had written.

use crate::model::table::{Pairs, Written};
use crate::source::{Entry, Node, Scalar, Span, Value, one_line};

/// The tree of these keys, in which everything stands nowhere; `None` where a line cannot be read.
pub(super) fn tree(keys: &Pairs) -> Option<Node<'_>> {
    let entries = keys.iter().map(|(key, value)| Some(entry(key, written(value)?)));
    Some(node(Value::Map(entries.collect::<Option<_>>()?)))
}

fn written(value: &Written) -> Option<Node<'_>> {
    Some(match value {
        Written::Line(text) => line(text)?,
        Written::List(lines) => list(lines.iter().map(|text| line(text)))?,
        Written::Mapping(pairs) => tree(pairs)?,
        Written::Items(items) => list(items.iter().map(tree))?,
        Written::Entries(entries) => {
            let entries = entries.iter().map(|(id, pairs)| Some(entry(id, tree(pairs)?)));
            node(Value::Map(entries.collect::<Option<_>>()?))
        }
    })
}

fn node(value: Value<'_>) -> Node<'_> {
    Node { span: Span::default(), value }
}

fn entry<'p>(key: &'p str, node: Node<'p>) -> Entry<'p> {
    Entry { key: key.into(), key_span: Span::default(), node }
}

fn list<'p>(items: impl Iterator<Item = Option<Node<'p>>>) -> Option<Node<'p>> {
    Some(node(Value::List(items.collect::<Option<_>>()?)))
}

/// A line as the reader of YAML would take it; words and quoted texts without asking it.
fn line(text: &str) -> Option<Node<'_>> {
    if is_word(text) {
        return Some(node(Value::Scalar(Scalar { text: text.into(), plain: true })));
    }
    let inner = text.strip_prefix('"').and_then(|rest| rest.strip_suffix('"'));
    if let Some(inner) = inner.filter(|inner| !inner.contains(['"', '\\'])) {
        return Some(node(Value::Scalar(Scalar { text: inner.into(), plain: false })));
    }
    one_line(text)
}

/// Whether YAML takes a line for one plain scalar that is not nothing, whatever its letters.
fn is_word(text: &str) -> bool {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '.' | '/' | '%');
    // A dash may begin an item or a document.
    text.starts_with(is_plain)
        && text.chars().all(|c| is_plain(c) || c == '-')
        && !text.starts_with("...")
        && !text.eq_ignore_ascii_case("null")
        && !text.starts_with('%')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::outline::Outline;
    use crate::model::table::text;
    use crate::model::trial::stack_of;
    use crate::model::write::write;

    const STACKS: [&str; 3] = [
        include_str!("../../../examples/stacks/stage-3-marketo-enterprise.yaml"),
        include_str!("../../../examples/stacks/messy-45.yaml"),
        include_str!("../../../fuzz/seeds/reader/every-key.yaml"),
    ];

    #[test]
    fn a_stack_is_read_as_from_its_text() {
        for stack in STACKS.map(stack_of) {
            let outline = Outline::of(&stack);
            let (from_text, _) = outline.stack().expect("it is valid");
            let without = outline.stack_without_places().expect("it is valid");
            assert_eq!(write(&without), write(&from_text));
        }
    }

    /// A node without its places.
    fn shown(node: &Node<'_>) -> String {
        match &node.value {
            Value::Null => "nothing".to_owned(),
            Value::Scalar(scalar) => format!("{:?} {}", scalar.text, scalar.plain),
            Value::List(items) => format!("{:?}", items.iter().map(shown).collect::<Vec<_>>()),
            Value::Map(entries) => {
                format!("{:?}", entries.iter().map(|entry| (entry.key.clone(), shown(&entry.node))).collect::<Vec<_>>())
            }
            Value::Alias(target) => shown(target),
        }
    }

    #[test]
    fn a_line_is_what_yaml_takes_it_for() {
        let words =
            ["null", "Null", "~", "...", "-", "- a", "%a", "a%", "99.5%", "10/week", ".5", "no", "a: b", "a #b", "a#b"];
        let quoted = ["", "a", "say \"x\" \\", "\t\u{feff}", "é", "a: b", "null", "\u{2028}", "a'b"].map(text);
        let flow = ["[a, b]", "[1, 2, 3]", "{ low: 1, high: \"2\" }", "[]", "{}", "[draft, \"a, b\"]"];
        let mut read = 0;
        for line in words.into_iter().chain(quoted.iter().map(String::as_str)).chain(flow) {
            let text = format!("key: {line}\n");
            let by_yaml = one_line(&text).and_then(|node| match node.value {
                Value::Map(mut entries) if entries.len() == 1 => Some(entries.remove(0).node),
                _ => None,
            });
            if let (Some(expected), Some(found)) = (by_yaml, super::line(line)) {
                assert_eq!(shown(&found), shown(&expected), "{line}");
                read += 1;
            }
        }
        assert!(read > 20, "{read}");
    }
}
