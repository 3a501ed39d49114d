//! Merge keys: `<<: *defaults` gives a mapping the keys of another one of the same file that it does not state itself.

use super::{Diagnostic, Diagnostics, Entry, Node, Value};

/// The key behind which stands what is merged.
pub const MERGE: &str = "<<";

/// `entries`, and behind them those of the mappings that its merge key names: of two with one key the first.
pub(super) fn merged<'a>(mut entries: Vec<Entry<'a>>, diagnostics: &mut Diagnostics) -> Vec<Entry<'a>> {
    let Some(at) = entries.iter().position(|entry| entry.key == MERGE) else { return entries };
    let Entry { node: merge, key_span, .. } = entries.remove(at);
    let one = std::slice::from_ref(&merge);
    let sources: &[Node<'a>] = match &merge.resolved().value {
        Value::List(items) => items,
        Value::Null => &[],
        _ => one,
    };
    let mut known: std::collections::HashSet<String> = entries.iter().map(|entry| entry.key.to_string()).collect();
    let mut is_broken = false;
    for source in sources {
        let Value::Map(inherited) = &source.resolved().value else {
            diagnostics.push(
                Diagnostic::error(
                    "bad-merge",
                    source.span,
                    format!("expected a mapping to merge, found {}", source.what()),
                )
                .help("mark a mapping with `&name` and write `<<: *name`, or `<<: [*one, *other]` for several"),
            );
            is_broken = true;
            continue;
        };
        let new = inherited.iter().filter(|entry| known.insert(entry.key.to_string()));
        entries.extend(new.cloned());
    }
    // The key stays without a value, so that nothing is asked for that it was to bring.
    if is_broken {
        let node = Node { span: merge.span, value: Value::Null };
        entries.push(Entry { key: MERGE.into(), key_span, node });
    }
    entries
}

#[cfg(test)]
mod tests {
    use crate::source::{Diagnostics, Limits, Source, Value, parse};

    /// The keys of `last` with their texts, and the codes of what was reported.
    fn read(text: &str) -> (Vec<(String, String)>, Vec<&'static str>) {
        let source = Source::new("stack.yaml", text.to_owned());
        let mut problems = Diagnostics::default();
        let root = parse(&source, &Limits::default(), &mut problems).expect("it is YAML");
        let Value::Map(entries) = &root.value else { panic!("it is a mapping") };
        let Value::Map(last) = &entries.last().unwrap().node.resolved().value else { panic!("the last is a mapping") };
        let pair = |entry: &crate::source::Entry<'_>| match &entry.node.resolved().value {
            Value::Scalar(scalar) => (entry.key.to_string(), scalar.text.to_string()),
            _ => (entry.key.to_string(), entry.node.what().to_owned()),
        };
        (last.iter().map(pair).collect(), problems.into_sorted().iter().map(|one| one.code).collect())
    }

    fn pairs(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
        pairs.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned())).collect()
    }

    #[test]
    fn own_keys_win_then_the_first_that_is_merged() {
        let text = "a: &a { x: 1, y: 1 }\nb: &b { y: 2, z: 2 }\nlast: { z: 3, <<: [*a, *b], w: 3 }\n";
        assert_eq!(read(text), (pairs(&[("z", "3"), ("w", "3"), ("x", "1"), ("y", "1")]), vec![]));
    }

    #[test]
    fn what_is_merged_may_itself_merge() {
        let text = "a: &a { x: 1 }\nb: &b\n  <<: *a\n  y: 2\nlast:\n  <<: *b\n";
        assert_eq!(read(text).0, pairs(&[("y", "2"), ("x", "1")]));
    }

    #[test]
    fn what_is_no_mapping_is_reported_once_and_the_rest_is_read() {
        assert_eq!(read("last: { <<: 7, x: 1 }\n"), (pairs(&[("x", "1"), ("<<", "nothing")]), vec!["bad-merge"]));
    }

    #[test]
    fn json_has_no_merge_keys() {
        assert_eq!(read("{ \"last\": { \"<<\": { \"x\": 1 } } }").0, pairs(&[("<<", "a mapping")]));
    }
}
