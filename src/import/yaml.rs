//! Foreign YAML: the documents of a text, read within bounds, as the values that JSON has.

use serde_json::{Map, Number, Value};

use super::problem::Fault;
use crate::source::{self, Diagnostics, Level, Limits, Node, Source};

/// Bytes of one text: 16 MiB.
const BYTES: usize = 16 << 20;
/// Documents of one text.
const DOCUMENTS: usize = 100_000;

/// A document, and the line on which it begins.
#[derive(Debug)]
pub(super) struct Document {
    pub(super) line: usize,
    pub(super) value: Value,
}

/// The documents of `text`, and what is wrong with those that cannot be read, or not whole.
pub(super) fn documents(text: &str) -> (Vec<Document>, Vec<Fault>) {
    if text.len() > BYTES {
        let message = format!("the text has more than {} MiB of YAML", BYTES >> 20);
        return (Vec::new(), vec![Fault::new("too-large", message).help("split it into several files")]);
    }
    let (mut documents, mut faults) = (Vec::new(), Vec::new());
    for (line, part) in parts(text) {
        if documents.len() + faults.len() >= DOCUMENTS {
            let message = format!("the text has more than {DOCUMENTS} documents");
            faults.push(Fault::new("too-large", message).help("split it into several files"));
            break;
        }
        let blank = |line: &str| line.trim().is_empty() || line.trim_start().starts_with('#');
        if part.lines().all(blank) {
            continue;
        }
        let source = Source::new("document", part.to_owned());
        let mut found = Diagnostics::default();
        let root = source::parse(&source, &Limits::default(), &mut found);
        // One problem of a document is enough: the others mostly follow from it.
        let problem = found.into_sorted().into_iter().find(|problem| problem.level == Level::Error);
        if let Some(problem) = problem {
            let place = source.position(problem.span.start as usize);
            faults.push(Fault {
                line: Some(line + place.line as usize - 1),
                column: Some(place.column as usize),
                help: Some("write the file as its tool does; the rest of this document may be missing".into()),
                ..Fault::new("not-yaml", format!("this is not YAML: {}", problem.code.replace('-', " ")))
            });
        }
        if let Some(root) = root {
            documents.push(Document { line, value: value(&root) });
        }
    }
    (documents, faults)
}

/// The parts between lines that begin with `---`, each with its first line. No scalar can hold such a line.
fn parts(text: &str) -> Vec<(usize, &str)> {
    let (mut parts, mut start, mut first, mut at) = (Vec::new(), 0, 1, 0);
    for (number, line) in (1..).zip(text.split_inclusive('\n')) {
        let rest = line.strip_prefix("---");
        if rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(char::is_whitespace)) {
            parts.push((first, &text[start..at]));
            (start, first) = (at + 3, number);
        }
        at += line.len();
    }
    parts.push((first, &text[start..]));
    parts
}

/// A node as JSON has it; what aliases repeat is written out, which the reader of the tree bounds.
fn value(node: &Node<'_>) -> Value {
    match &node.resolved().value {
        source::Value::Null | source::Value::Alias(_) => Value::Null,
        source::Value::Scalar(scalar) if scalar.plain => plain(&scalar.text),
        source::Value::Scalar(scalar) => Value::String(scalar.text.clone().into_owned()),
        source::Value::List(nodes) => Value::Array(nodes.iter().map(value).collect()),
        source::Value::Map(entries) => {
            let pair = |entry: &source::Entry<'_>| (entry.key.clone().into_owned(), value(&entry.node));
            Value::Object(entries.iter().map(pair).collect::<Map<_, _>>())
        }
    }
}

/// What a scalar without quotes means by the core schema, as far as anything here asks for it.
fn plain(text: &str) -> Value {
    match text {
        "true" | "True" | "TRUE" => Value::Bool(true),
        "false" | "False" | "FALSE" => Value::Bool(false),
        _ => text
            .parse::<u64>()
            .map_or_else(|_| Value::String(text.to_owned()), |whole| Value::Number(Number::from(whole))),
    }
}

#[cfg(test)]
mod tests {
    use super::documents;

    #[test]
    fn documents_have_their_lines_and_damaged_ones_their_places() {
        let text = "# head\n---\na: 1\nb: [x, 'true', true]\n--- # next\nc: |\n  text\n  --- not one\n---\n\td: [\n---\ne: 2\n";
        let (found, faults) = documents(text);
        let lines: Vec<(usize, String)> = found.iter().map(|one| (one.line, one.value.to_string())).collect();
        assert_eq!(lines[0], (2, r#"{"a":1,"b":["x","true",true]}"#.to_owned()));
        assert_eq!(lines[1], (5, r#"{"c":"text\n--- not one\n"}"#.to_owned()));
        assert_eq!(lines.last().unwrap(), &(11, r#"{"e":2}"#.to_owned()));
        assert_eq!(faults.len(), 1, "{faults:?}");
        assert!(faults[0].line.is_some_and(|line| (9..=11).contains(&line)), "{faults:?}");
    }

    #[test]
    fn what_grows_without_end_is_refused() {
        let mut text = "a0: &a0 [x, x, x, x, x, x, x, x, x]\n".to_owned();
        for at in 1..12 {
            let of = vec![format!("*a{}", at - 1); 9].join(", ");
            text.push_str(&format!("a{at}: &a{at} [{of}]\n"));
        }
        let (_, faults) = documents(&text);
        assert_eq!(faults.len(), 1, "{faults:?}");
        let (_, faults) = documents(&"[".repeat(100_000));
        assert_eq!(faults.len(), 1, "{faults:?}");
    }
}
