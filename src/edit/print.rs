//! Values as they are written: on one line in brackets, or one key a line.

use super::members::Added;
use super::piece::{Pair, Piece};
use crate::model::yaml_text;

/// A value on one line.
pub(super) fn flow(piece: &Piece, is_json: bool) -> String {
    match piece {
        Piece::Nothing => if is_json { "null" } else { "~" }.to_owned(),
        Piece::Scalar { text, plain } => scalar(text, *plain, is_json, true),
        Piece::List(items) => {
            let items: Vec<String> = items.iter().map(|item| flow(item, is_json)).collect();
            format!("[{}]", items.join(", "))
        }
        Piece::Map(pairs) if pairs.is_empty() => "{}".to_owned(),
        Piece::Map(pairs) => {
            let pairs: Vec<String> = pairs.iter().map(|pair| flow_pair(pair, is_json)).collect();
            format!("{{ {} }}", pairs.join(", "))
        }
    }
}

/// A key with its value on one line in brackets.
pub(super) fn flow_pair(pair: &Pair, is_json: bool) -> String {
    match &pair.value {
        Piece::Nothing if !is_json => format!("{}:", key(&pair.key, is_json)),
        value => format!("{}: {}", key(&pair.key, is_json), flow(value, is_json)),
    }
}

/// A key with its value on one line of its own, with its comment.
pub(super) fn line_pair(pair: &Pair) -> String {
    let key = key(&pair.key, false);
    match &pair.value {
        Piece::Nothing => format!("{key}:"),
        Piece::Scalar { text, plain } => format!("{key}: {}{}", scalar(text, *plain, false, false), said(&pair.said)),
        value => format!("{key}: {}{}", flow(value, false), said(&pair.said)),
    }
}

/// The words that were read as a value, as a comment.
pub(super) fn said(words: &Option<String>) -> String {
    words.as_ref().map(|words| format!("  # \"{words}\"")).unwrap_or_default()
}

/// All such words of a value that stands on one line.
pub(super) fn all_said(piece: &Piece) -> String {
    let words: Vec<String> = match piece {
        Piece::Map(pairs) => {
            pairs.iter().filter_map(|pair| pair.said.as_ref()).map(|said| format!("\"{said}\"")).collect()
        }
        _ => Vec::new(),
    };
    if words.is_empty() { String::new() } else { format!("  # {}", words.join(", ")) }
}

/// The lines of a key or item at `indent`; its own keys stand `step` deeper, or in braces where there is no step.
pub(super) fn member(one: Added<'_>, indent: &str, step: Option<usize>) -> Vec<String> {
    let inner = |pairs: &[Pair], step: usize| -> Vec<String> {
        pairs.iter().map(|pair| format!("{indent}{}{}", " ".repeat(step), line_pair(pair))).collect()
    };
    match (one, step) {
        (Added::Pair(Pair { key: id, value: Piece::Map(pairs), .. }), Some(step)) if !pairs.is_empty() => {
            let mut lines = vec![format!("{indent}{}:", key(id, false))];
            lines.extend(inner(pairs, step));
            lines
        }
        (Added::Pair(pair @ Pair { value: Piece::Map(_), .. }), _) => {
            vec![format!("{indent}{}: {}{}", key(&pair.key, false), flow(&pair.value, false), all_said(&pair.value))]
        }
        // A list of entries is one entry a line, as it is where it stands at the outside.
        (Added::Pair(Pair { key: name, value: Piece::List(items), .. }), Some(step))
            if items.iter().any(|item| matches!(item, Piece::Map(_))) =>
        {
            let inner = format!("{indent}{}", " ".repeat(step));
            let mut lines = vec![format!("{indent}{}:", key(name, false))];
            lines.extend(items.iter().flat_map(|item| member(Added::Item(item), &inner, Some(2))));
            lines
        }
        (Added::Pair(pair), _) => vec![format!("{indent}{}", line_pair(pair))],
        (Added::Item(Piece::Map(pairs)), Some(step)) if !pairs.is_empty() => {
            let mut lines = inner(pairs, step.max(2));
            let dash = format!("{indent}-{}", " ".repeat(step.max(2) - 1));
            lines[0].replace_range(..indent.len() + step.max(2), &dash);
            lines
        }
        (Added::Item(piece), _) => vec![format!("{indent}- {}{}", flow(piece, false), all_said(piece))],
    }
}

/// All entries of a new list or mapping, each on lines of its own, with a comment above them.
pub(super) fn entries(piece: &Piece, indent: &str, note: Option<&str>, step: Option<usize>) -> Vec<String> {
    let mut lines: Vec<String> = note.iter().map(|note| format!("{indent}# {note}")).collect();
    match piece {
        Piece::Map(pairs) => lines.extend(pairs.iter().flat_map(|pair| member(Added::Pair(pair), indent, step))),
        Piece::List(items) => lines.extend(items.iter().flat_map(|item| member(Added::Item(item), indent, step))),
        _ => {}
    }
    lines
}

/// A member of JSON with one key a line, from its first line on at no indentation.
pub(super) fn json_lines((name, value): (Option<&str>, &Piece), step: &str, newline: &str) -> String {
    let before = name.map(|name| format!("{}: ", key(name, true))).unwrap_or_default();
    let Piece::Map(pairs) = value else { return format!("{before}{}", flow(value, true)) };
    let lines: Vec<String> = pairs.iter().map(|pair| format!("{step}{}", flow_pair(pair, true))).collect();
    format!("{before}{{{newline}{}{newline}}}", lines.join(&format!(",{newline}")))
}

/// A key; quoted where it needs to be.
pub(super) fn key(key: &str, is_json: bool) -> String {
    scalar(key, true, is_json, true)
}

/// A single value, without quotes only where nothing in it means more than itself.
pub(super) fn scalar(text: &str, plain: bool, is_json: bool, is_flow: bool) -> String {
    if is_json {
        let is_literal = plain && (matches!(text, "true" | "false") || is_json_number(text));
        return if is_literal { text.to_owned() } else { serde_json::Value::from(text).to_string() };
    }
    if plain && is_safe(text, is_flow) { text.to_owned() } else { yaml_text(text) }
}

fn is_json_number(text: &str) -> bool {
    text.parse::<f64>().is_ok_and(f64::is_finite) && serde_json::from_str::<serde_json::Number>(text).is_ok()
}

/// Whether `text`, which stood without quotes, may do so again.
fn is_safe(text: &str, is_flow: bool) -> bool {
    let begins = text.starts_with(|c: char| c.is_alphanumeric() || matches!(c, '.' | '/' | '(' | '$' | '~' | '≈'))
        || text.len() > 1 && text.starts_with('-') && text[1..].starts_with(|c: char| c.is_ascii_digit());
    begins
        && text != "~"
        && !text.ends_with([':', ' '])
        && !text.contains(": ")
        && !text.contains(" #")
        && !text.chars().any(char::is_control)
        && !(is_flow && text.contains([',', '[', ']', '{', '}', '"', ':']))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_is_quoted_only_where_it_must_be() {
        for (text, flowing, lines) in [
            ("20/day", "20/day", "20/day"),
            ("USD 1,200", "\"USD 1,200\"", "USD 1,200"),
            ("a: b", "\"a: b\"", "\"a: b\""),
            ("a #b", "\"a #b\"", "\"a #b\""),
            ("99.9%", "99.9%", "99.9%"),
            ("?", "\"?\"", "\"?\""),
            ("", "\"\"", "\"\""),
            ("x->y:z", "\"x->y:z\"", "x->y:z"),
        ] {
            assert_eq!(
                (scalar(text, true, false, true).as_str(), scalar(text, true, false, false).as_str()),
                (flowing, lines)
            );
        }
        assert_eq!(scalar("true", true, true, true), "true");
        assert_eq!(scalar("true", false, true, true), "\"true\"");
        assert_eq!(scalar("2/week", true, true, true), "\"2/week\"");
        assert_eq!(scalar("1.50", true, true, true), "1.50");
        assert_eq!(scalar("no", false, false, false), "\"no\"");
    }
}
