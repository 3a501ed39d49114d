//! Nodes and arrows of a flowchart, as they are written.

use crate::import::boxes::{Heads, What};
use crate::import::cursor::Cursor;

/// A node as a statement has it: its name, and its label and shape where they stand there.
pub(super) struct Node {
    pub(super) id: String,
    pub(super) label: Option<String>,
    pub(super) what: What,
}

/// An arrow between nodes.
pub(super) struct Line {
    pub(super) heads: Heads,
    pub(super) label: String,
}

/// What opens and closes a label, and what a node of that form is.
const FORMS: [(&str, &[&str], What); 14] = [
    ("(((", &[")))"], What::Plain),
    ("((", &["))"], What::Plain),
    ("([", &["])"], What::Plain),
    ("[[", &["]]"], What::Plain),
    ("[(", &[")]"], What::Plain),
    ("[/", &["/]", "\\]"], What::Plain),
    ("[\\", &["\\]", "/]"], What::Plain),
    ("{{", &["}}"], What::Plain),
    ("{", &["}"], What::Junction),
    ("(", &[")"], What::Plain),
    ("[", &["]"], What::Plain),
    (">", &["]"], What::Plain),
    ("@{", &["}"], What::Plain),
    ("<[", &["]>"], What::Plain),
];

/// Reads a node; `None` where none is ahead.
pub(super) fn node(cursor: &mut Cursor<'_>) -> Option<Node> {
    cursor.spaces();
    let id = name(cursor);
    if id.is_empty() {
        return None;
    }
    let mut node = Node { id, label: None, what: What::Plain };
    if cursor.eat("@{") {
        described(cursor, &mut node);
    }
    for (open, closes, what) in &FORMS {
        if *open == "@{" || !cursor.rest().starts_with(open) {
            continue;
        }
        cursor.advance(open.len());
        node.label = Some(label(cursor, closes));
        node.what = *what;
        break;
    }
    if cursor.eat("@{") {
        described(cursor, &mut node);
    }
    if cursor.eat(":::") {
        cursor.while_is(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | ','));
    }
    Some(node)
}

/// The name of a node: it ends where an arrow, a form or a sign begins.
fn name(cursor: &mut Cursor<'_>) -> String {
    let rest = cursor.rest();
    let mut end = rest.len();
    let mut before = ' ';
    let mut letters = rest.char_indices().peekable();
    while let Some((at, c)) = letters.next() {
        let next = letters.peek().map_or(' ', |(_, next)| *next);
        let is_part = match c {
            '-' | '.' => before.is_alphanumeric() && next.is_alphanumeric() && !goes_on_as_arrow(&rest[at..]),
            '=' => false,
            _ => {
                c.is_alphanumeric()
                    || matches!(c, '_' | '#' | '/' | '$' | '!' | '?' | '+' | '*' | '\'')
                    || c as u32 > 127 && !c.is_whitespace()
            }
        };
        if !is_part {
            end = at;
            break;
        }
        before = c;
    }
    cursor.advance(end).to_owned()
}

/// Whether `-x` or `.-` begins an arrow rather than going on with a name.
fn goes_on_as_arrow(rest: &str) -> bool {
    rest.starts_with("--") || rest.starts_with("-.") || rest.starts_with("==")
}

/// A label up to what closes it; what stands in quotes may hold anything.
fn label(cursor: &mut Cursor<'_>, closes: &[&str]) -> String {
    cursor.spaces();
    if cursor.rest().starts_with('"') {
        cursor.advance(1);
        let text = cursor.until("\"");
        cursor.while_is(char::is_whitespace);
        for close in closes {
            if cursor.eat(close) {
                return text.to_owned();
            }
        }
        return text.to_owned();
    }
    let rest = cursor.rest();
    let line = end_of_line(rest);
    let end = closes.iter().filter_map(|close| rest[..line].find(close).map(|at| (at, close.len()))).min();
    match end {
        Some((at, length)) => {
            let text = cursor.advance(at);
            cursor.advance(length);
            text.to_owned()
        }
        None => cursor.rest_of_line().to_owned(),
    }
}

/// Bytes of the longest label.
const LABEL: usize = 4_096;

/// Where the line ends, or where a label may end at the latest: longer lines are looked at in parts.
fn end_of_line(rest: &str) -> usize {
    let end = rest.bytes().take(LABEL).position(|byte| byte == b'\n').unwrap_or_else(|| rest.len().min(LABEL));
    (0..=end).rev().find(|at| rest.is_char_boundary(*at)).unwrap_or_default()
}

/// `@{ shape: cyl, label: "BigQuery" }`.
fn described(cursor: &mut Cursor<'_>, node: &mut Node) {
    let inside = cursor.until("}");
    for (at, _) in inside.match_indices("label") {
        let value = inside[at + 5..].trim_start().strip_prefix(':').map(str::trim_start);
        let Some(value) = value else { continue };
        let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''));
        let text = match quote {
            Some(quote) => value[1..].split(quote).next(),
            None => value.split(',').next(),
        };
        node.label = text.map(|text| text.trim().to_owned());
        break;
    }
    let shape = inside.split("shape").nth(1).map(|rest| rest.trim_start_matches([':', ' ']));
    let shape = shape.and_then(|rest| rest.split([',', ' ', '}']).next()).unwrap_or_default();
    if matches!(
        shape,
        "diam" | "diamond" | "decision" | "question" | "f-circ" | "junction" | "fork" | "join" | "sm-circ"
    ) {
        node.what = What::Junction;
    }
}

/// Reads an arrow with its label; `None` where none is ahead.
pub(super) fn line(cursor: &mut Cursor<'_>) -> Option<Line> {
    cursor.spaces();
    let mut ahead = cursor.clone();
    // A name for the edge: `a e1@--> b`.
    let named = ahead.while_is(|c| c.is_alphanumeric() || c == '_');
    if !named.is_empty() && ahead.eat("@") {
        *cursor = ahead;
    }
    let mut ahead = cursor.clone();
    let starts = match ahead.peek()? {
        '<' => ahead.eat("<"),
        'x' | 'o'
            if ahead.rest()[1..].starts_with("--")
                || ahead.rest()[1..].starts_with("==")
                || ahead.rest()[1..].starts_with("-.") =>
        {
            ahead.advance(1);
            false
        }
        _ => false,
    };
    let body = ahead.while_is(|c| matches!(c, '-' | '=' | '.' | '~'));
    if body.len() < 2 {
        return None;
    }
    *cursor = ahead;
    let mut ends = head(cursor);
    let mut label = String::new();
    // `-- text -->`: a line that only opens has its text before the rest of it.
    let opens = matches!(body, "--" | "==" | "-.");
    if !ends && opens && !cursor.rest().starts_with('|') {
        let rest = cursor.rest();
        let end = end_of_line(rest);
        let closing = if body == "-." { ".-" } else { body };
        let close = rest[..end].find(closing)?;
        label = cursor.advance(close).trim().trim_matches('"').to_owned();
        cursor.while_is(|c| matches!(c, '-' | '=' | '.'));
        ends = head(cursor);
    }
    cursor.spaces();
    if cursor.eat("|") {
        label = cursor.until("|").trim().trim_matches('"').to_owned();
    }
    let heads = match (starts, ends) {
        (true, true) => Heads::Both,
        (true, false) => Heads::Backward,
        (false, true) => Heads::Forward,
        (false, false) => Heads::Neither,
    };
    Some(Line { heads, label })
}

/// Passes the head of an arrow; whether there is one. A circle and a cross end an arrow as a point does.
fn head(cursor: &mut Cursor<'_>) -> bool {
    if cursor.eat(">") {
        return true;
    }
    let mut ahead = cursor.clone();
    let is_mark = (ahead.eat("x") || ahead.eat("o")) && ahead.peek().is_none_or(|c| c.is_whitespace() || c == '|');
    if is_mark {
        *cursor = ahead;
    }
    is_mark
}
