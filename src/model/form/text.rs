//! Single values: free text, `true` and `false`, days.

use jiff::civil::Date;

use crate::model::table::{self, Context, Form, Parsed, Tables, Written, parsed, quoted, scalar};
use crate::source::{Diagnostic, Diagnostics, Node};

/// The longest name or other free text, in characters.
const MAX_TEXT: usize = 10_000;

/// Text of any kind, without control characters, to 10,000 characters.
#[derive(Clone, Copy, PartialEq)]
pub(in crate::model) enum Text {
    /// To be taken as it is.
    Any,
    /// It must say something, and loses the space around it.
    Word,
    /// The same, with its lines and tabs as they are.
    Lines,
}

impl Form<String> for Text {
    fn read(&self, node: &Node<'_>, cx: &mut Context) -> Option<String> {
        let text = free_text(node, *self == Self::Lines, &mut cx.problems)?;
        if *self == Self::Any {
            return Some(text);
        }
        if text.trim().is_empty() {
            cx.problems.push(
                Diagnostic::error("empty-text", node.span, "the text is empty").help("write a word, or remove the key"),
            );
            return None;
        }
        Some(text.trim().to_owned())
    }

    fn write(&self, value: &String, _: &Tables) -> Written {
        Written::Line(table::text(value))
    }
}

/// Line ends become spaces, or are kept with tabs; other control characters are an error.
fn free_text(node: &Node<'_>, is_kept: bool, problems: &mut Diagnostics) -> Option<String> {
    let scalar = scalar(node, "text", problems)?;
    let end = if is_kept { "\n" } else { " " };
    let text = scalar.text.replace("\r\n", end).replace(['\n', '\r', '\u{85}', '\u{2028}', '\u{2029}'], end);
    if text.chars().any(|c| c.is_control() && !(is_kept && matches!(c, '\n' | '\t'))) {
        problems.push(
            Diagnostic::error("control-character", node.span, "the text contains a control character")
                .help("remove it; line breaks are allowed, tabs and escapes are not"),
        );
        return None;
    }
    let length = text.chars().count();
    if length > MAX_TEXT {
        problems.push(
            Diagnostic::error("text-too-long", node.span, format!("the text has {length} characters"))
                .help(format!("write at most {MAX_TEXT}")),
        );
        return None;
    }
    Some(text)
}

#[derive(Clone, Copy)]
pub(in crate::model) struct Flag;

impl Form<bool> for Flag {
    fn read(&self, node: &Node<'_>, cx: &mut Context) -> Option<bool> {
        let scalar = scalar(node, "`true` or `false`", &mut cx.problems)?;
        match (&*scalar.text, scalar.plain) {
            ("true" | "True" | "TRUE", true) => return Some(true),
            ("false" | "False" | "FALSE", true) => return Some(false),
            _ => {}
        }
        let help = match scalar.text.to_lowercase().as_str() {
            "yes" | "on" | "y" | "true" => "write `true`, without quotes",
            "no" | "off" | "n" | "false" => "write `false`, without quotes",
            _ => "write `true` or `false`, without quotes",
        };
        let message = format!("expected `true` or `false`, found {}", quoted(&scalar.text));
        cx.problems.push(Diagnostic::error("wrong-type", node.span, message).help(help));
        None
    }

    fn write(&self, value: &bool, _: &Tables) -> Written {
        Written::Line(value.to_string())
    }
}

/// A day of the calendar, `2026-11-21`.
#[derive(Clone, Copy)]
pub(in crate::model) struct Day;

impl Form<Date> for Day {
    fn read(&self, node: &Node<'_>, cx: &mut Context) -> Option<Date> {
        parsed(node, "bad-date", "a date", &mut cx.problems, day)
    }

    fn write(&self, value: &Date, _: &Tables) -> Written {
        Written::Line(value.to_string())
    }
}

fn day(text: &str) -> Parsed<Date> {
    let shape: Vec<&str> = text.split('-').collect();
    let is_date = matches!(shape.as_slice(), [y, m, d] if y.len() == 4 && m.len() == 2 && d.len() == 2
        && shape.iter().all(|part| part.bytes().all(|b| b.is_ascii_digit())));
    if !is_date {
        return Err((
            format!("expected a date, found {}", quoted(text)),
            "write year, month and day, such as `2026-11-21`".into(),
        ));
    }
    text.parse::<Date>()
        .map_err(|_| (format!("{} is not in the calendar", quoted(text)), "write a date such as `2026-11-21`".into()))
}
