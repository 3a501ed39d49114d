//! A key behind a value without a comma, or on the line of another: `{ from: a to: b }`.

use super::{Line, needs_quotes, problem};
use crate::source::{Diagnostic, Fix};

/// The value that begins at `start` in braces, if its last word may be the next key: told with the comma, and with quotes
/// around all of it where it may be a text. There is one meaning where the value is a single word and the file has that
/// key elsewhere.
pub(super) fn two_values(text: &str, line: &Line<'_>, start: usize) -> Option<Diagnostic> {
    let (value, key) = value_and_key(line, start)?;
    let is_key = is_key_elsewhere(text, line, key);
    let is_one_word = !value.contains(' ');
    if !is_key && !is_one_word {
        return None;
    }
    let at = start + value.len();
    let place = line.span(at, at);
    let comma = vec![(place, ",".to_owned())];
    let new = format!("{value}, {key}:");
    let shown = line.span(start, line.at);
    let message = format!("a comma is missing before `{key}`");
    if is_key && is_one_word {
        return Some(problem(shown, message, comma, format!("write `{new}`")));
    }
    let message = if is_key { message } else { format!("{message}, or quotes around the text") };
    let found = Diagnostic::error("syntax", shown, message);
    let told = either(line, start, found, comma, &new);
    // It is read on as what it more likely is.
    Some(if is_key { told } else { Diagnostic { fixes: told.fixes.into_iter().rev().collect(), ..told } })
}

/// The value that begins at `start` outside of braces, if its last word is a key of the file: a line of its own, or a text.
pub(super) fn two_keys(text: &str, line: &Line<'_>, start: usize) -> Option<Diagnostic> {
    let (value, key) = value_and_key(line, start)?;
    if value.contains(' ') || !is_key_elsewhere(text, line, key) {
        return None;
    }
    let begin = line.text.find(|c: char| !matches!(c, ' ' | '-'))?;
    let at = start + value.len();
    let key_at = at + (line.text[at..].len() - line.text[at..].trim_start().len());
    let own_line = vec![(line.span(at, key_at), format!("\n{}", " ".repeat(begin)))];
    let shown = line.span(start, line.at);
    let found = Diagnostic::error("syntax", shown, format!("`{key}` stands on the line of another key"));
    Some(either(line, start, found, own_line, &format!("{key}:")))
}

/// `found` with a key of its own as one meaning, and with a text in quotes as the other.
fn either(
    line: &Line<'_>,
    start: usize,
    found: Diagnostic,
    apart: Vec<(crate::source::Span, String)>,
    new: &str,
) -> Diagnostic {
    let text = needs_quotes(line, start, line.value_end(start), "a colon in it");
    let quoted = text.and_then(|text| text.fixes.into_iter().next());
    let words = quoted.as_ref().and_then(|fix| fix.edits.first()).map_or(String::new(), |(_, new)| new.clone());
    let help = format!("write `{new}` if it is a key, or `{words}` if it is a text");
    let found = found.help(help).fix(Fix { when: "if it is a key".to_owned(), edits: apart });
    match quoted {
        Some(quoted) => found.fix(Fix { when: "if it is a text".to_owned(), ..quoted }),
        None => found,
    }
}

/// What stands from `start` to the colon at which the parser stopped, without its last word, and that word.
fn value_and_key<'t>(line: &Line<'t>, start: usize) -> Option<(&'t str, &'t str)> {
    let (value, key) = line.text.get(start..line.at)?.trim_end().rsplit_once(' ')?;
    let is_word = key.bytes().all(|b| b.is_ascii_lowercase() || matches!(b, b'_' | b'-')) && !key.is_empty();
    let value = value.trim_end();
    (is_word && !value.is_empty() && !value.contains(['"', '\''])).then_some((value, key))
}

/// Whether `key` begins a pair somewhere else in the file.
fn is_key_elsewhere(text: &str, line: &Line<'_>, key: &str) -> bool {
    let own = line.start + line.at - key.len().min(line.at);
    text.match_indices(key).filter(|(at, _)| *at != own).any(|(at, _)| {
        let before = text[..at].trim_end_matches([' ', '-']);
        text[at + key.len()..].starts_with(": ") && (before.is_empty() || before.ends_with(['{', ',', '\n']))
    })
}
