//! Single values: free text, `true` and `false`, days.

use std::borrow::Cow;

use jiff::civil::Date;

use super::date::day;
use crate::catalog::people::meaning;
use crate::model::name::Name;
use crate::model::table::{self, Context, Form, Tables, Written, parsed, quoted, scalar};
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

/// What an entry is called.
#[derive(Clone, Copy)]
pub(in crate::model) struct Called;

impl Form<Name> for Called {
    fn read(&self, node: &Node<'_>, cx: &mut Context) -> Option<Name> {
        Text::Word.read(node, cx).map(Name::from)
    }

    fn write(&self, value: &Name, _: &Tables) -> Written {
        Written::Line(table::text(value.called()))
    }
}

/// Line ends and tabs become spaces, or are kept; other control characters are an error.
fn free_text(node: &Node<'_>, is_kept: bool, problems: &mut Diagnostics) -> Option<String> {
    let scalar = scalar(node, "text", problems)?;
    let end = if is_kept { "\n" } else { " " };
    let is_broken = |c: char| c.is_control() || matches!(c, '\u{2028}' | '\u{2029}');
    let mut text = Cow::Borrowed(&*scalar.text);
    if text.contains(is_broken) {
        text = text.replace("\r\n", end).replace(['\n', '\r', '\u{85}', '\u{2028}', '\u{2029}'], end).into();
        if !is_kept {
            text = text.replace('\t', " ").into();
        }
    }
    if text.chars().any(|c| c.is_control() && !(is_kept && matches!(c, '\n' | '\t'))) {
        problems.push(
            Diagnostic::error("control-character", node.span, "the text contains a control character")
                .help("remove it; line breaks and tabs are allowed, other control characters are not"),
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
    Some(text.into_owned())
}

#[derive(Clone, Copy)]
pub(in crate::model) struct Flag;

impl Form<bool> for Flag {
    fn read(&self, node: &Node<'_>, cx: &mut Context) -> Option<bool> {
        let scalar = scalar(node, "`true` or `false`", &mut cx.problems)?;
        match meaning("flag", &scalar.text) {
            Some("true") => return Some(true),
            Some(_) => return Some(false),
            None => {}
        }
        let message = format!("expected `true` or `false`, found {}", quoted(&scalar.text));
        let (yes, no) = ("if it is so", "if it is not");
        let problem = Diagnostic::error("not-yes-or-no", node.span, message);
        cx.problems.push(problem.instead(node.span, "true", yes).instead(node.span, "false", no));
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
