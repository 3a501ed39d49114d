//! Slips that make a text no YAML, and what was meant: told with the exact change, and read on as if it had been made.

mod comma;

use super::quoted;
use crate::source::{Diagnostic, Fix, Span};

/// What was meant where a parser stopped at byte `at` of `text` with `words`; nothing where that cannot be told.
pub(in crate::source) fn meant(text: &str, at: usize, words: &str) -> Option<Diagnostic> {
    let line = Line::of(text, at);
    // What is longer is no line that a person wrote by a slip.
    if line.text.len() > 20_000 {
        return None;
    }
    let found = tabs(text, words)
        .or_else(|| question_mark(&line))
        .or_else(|| if words.contains("simple key") { colon(&line) } else { None })
        .or_else(|| if words.contains("may not precede") { space_after_colon(&line) } else { None })
        .or_else(|| if words.contains("mapping values are not allowed") { colon_in_value(text, &line) } else { None })
        .or_else(|| if words.contains("expected ',' or '}'") { in_braces(text, &line) } else { None })
        .or_else(|| if words.contains("mismatched bracket") { bracket(&line) } else { None })
        .or_else(|| if words.contains("unexpected character") { first_character(&line) } else { None })
        .or_else(|| {
            if words.contains("trailing content") || words.contains("quoted scalar") {
                quotes(text, &line)
            } else {
                None
            }
        })
        .or_else(|| {
            if words.contains("implicit flow mapping") || words.contains("EOF") { unclosed(text, at) } else { None }
        })
        .or_else(|| {
            if words.contains("expected key") || words.contains("expected '-'") { indent(text, &line) } else { None }
        });
    found.filter(|problem| problem.fixes.iter().all(|fix| fix.edits.iter().all(|(span, _)| is_inside(text, *span))))
}

fn is_inside(text: &str, span: Span) -> bool {
    span.end as usize <= text.len()
        && text.is_char_boundary(span.start as usize)
        && text.is_char_boundary(span.end as usize)
}

/// The line in which a place is.
struct Line<'t> {
    start: usize,
    text: &'t str,
    /// The place, counted from the line's start.
    at: usize,
}

impl<'t> Line<'t> {
    fn of(text: &'t str, mut at: usize) -> Self {
        at = at.min(text.len());
        while !text.is_char_boundary(at) {
            at -= 1;
        }
        let start = text[..at].rfind('\n').map_or(0, |end| end + 1);
        let end = text[at..].find(['\n', '\r']).map_or(text.len(), |end| at + end);
        Self { start, text: &text[start..end], at: at - start }
    }

    /// The line before with something on it.
    fn before(&self, text: &'t str) -> Option<Self> {
        let end = text[..self.start].trim_end().len();
        (end > 0).then(|| Self::of(text, end))
    }

    fn span(&self, start: usize, end: usize) -> Span {
        Span::new(self.start + start, self.start + end)
    }

    /// Where the value ends that begins at `start`: in braces before the next comma or brace, else at the line's end
    /// or its comment.
    fn value_end(&self, start: usize) -> usize {
        let value = &self.text[start..];
        let in_braces = self.depth(start) > 0;
        let end = if in_braces { value.find([',', '}', ']']) } else { value.find(" #") };
        start + value[..end.unwrap_or(value.len())].trim_end().len()
    }

    /// How many braces and brackets are open at `at`.
    fn depth(&self, at: usize) -> usize {
        self.text[..at].chars().fold(0, |depth, c| match c {
            '{' | '[' => depth + 1,
            '}' | ']' => usize::saturating_sub(depth, 1),
            _ => depth,
        })
    }
}

fn problem(span: Span, message: impl Into<String>, edits: Vec<(Span, String)>, help: impl Into<String>) -> Diagnostic {
    Diagnostic::error("syntax", span, message).help(help).fix(Fix { when: String::new(), edits })
}

/// The value at `start..end` of a line needs quotes.
fn needs_quotes(line: &Line<'_>, start: usize, end: usize, why: &str) -> Option<Diagnostic> {
    let value = line.text.get(start..end).filter(|value| !value.is_empty())?;
    if value.contains('\t') {
        return None;
    }
    let (span, new) = (line.span(start, end), quoted(value));
    let help = format!("write `{new}`");
    Some(problem(span, format!("a value with {why} needs quotes"), vec![(span, new)], help))
}

/// Tabs that indent: all of them, in every line, two spaces each.
fn tabs(text: &str, words: &str) -> Option<Diagnostic> {
    if !words.contains("tab") {
        return None;
    }
    let mut edits = Vec::new();
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let blank = line.len() - line.trim_start_matches([' ', '\t']).len();
        if line[..blank].contains('\t') {
            let spaces = line[..blank].replace('\t', "  ");
            edits.push((Span::new(start, start + blank), spaces));
        }
        start += line.len();
    }
    let first = edits.first()?.0;
    let lines = if edits.len() == 1 { "a line is".to_owned() } else { format!("{} lines are", edits.len()) };
    Some(problem(first, format!("{lines} indented with tabs"), edits, "indent with two spaces for each tab"))
}

/// A lone `?` begins a key in YAML.
fn question_mark(line: &Line<'_>) -> Option<Diagnostic> {
    let bytes = line.text.as_bytes();
    let near = [line.at, line.at.wrapping_sub(1), line.at.wrapping_sub(2)];
    let at = near.into_iter().find(|at| bytes.get(*at) == Some(&b'?'))?;
    let before = line.text[..at].trim_end();
    let after = line.text[at + 1..].trim_start();
    let is_lone =
        before.ends_with([':', ',', '[', '-']) && (after.is_empty() || after.starts_with([',', '}', ']', '#']));
    let span = line.span(at, at + 1);
    is_lone.then(|| {
        problem(
            span,
            "a `?` alone needs quotes",
            vec![(span, "\"?\"".to_owned())],
            "write `\"?\"`, or nothing: both are \"not known\"",
        )
    })
}

/// A line without a colon, or without a space behind it, among keys.
fn colon(line: &Line<'_>) -> Option<Diagnostic> {
    let word_end = line.value_end(line.at);
    let word = line.text.get(line.at..word_end).filter(|word| !word.is_empty() && word.len() <= 100)?;
    if let Some(colon) = word.find(':') {
        let at = line.at + colon + 1;
        let (span, place) = (line.span(line.at, word_end), line.span(at, at));
        let help = format!("write `{}: {}`", &word[..colon], &word[colon + 1..]);
        return Some(problem(span, "a colon needs a space behind it", vec![(place, " ".to_owned())], help));
    }
    if word.contains(['{', '}', '[', ']', '"', '\'', '#', '&', '*', '!', '|', '>', '@', '`']) {
        return None;
    }
    let (span, place) = (line.span(line.at, word_end), line.span(word_end, word_end));
    let message = format!("`{word}` stands among keys and has no colon");
    Some(problem(span, message, vec![(place, ":".to_owned())], format!("write `{word}:`")))
}

/// `a:{}`.
fn space_after_colon(line: &Line<'_>) -> Option<Diagnostic> {
    let at = line.text[line.at..].starts_with(':').then_some(line.at + 1)?;
    let place = line.span(at, at);
    Some(problem(
        line.span(line.at, at),
        "a colon needs a space behind it",
        vec![(place, " ".to_owned())],
        "write `: `",
    ))
}

/// `name: Acme: marketing`.
fn colon_in_value(text: &str, line: &Line<'_>) -> Option<Diagnostic> {
    let key = line.text.find(": ").filter(|colon| *colon < line.at)?;
    let start = key + 1 + (line.text[key + 1..].len() - line.text[key + 1..].trim_start().len());
    let value = &line.text[start..];
    if value.starts_with(['"', '\'', '{', '[', '|', '>', '&', '*', '!']) {
        return None;
    }
    comma::two_keys(text, line, start).or_else(|| needs_quotes(line, start, line.value_end(start), "a colon in it"))
}

/// In braces: a colon in a value, or a brace that is never closed.
fn in_braces(text: &str, line: &Line<'_>) -> Option<Diagnostic> {
    if line.text[line.at..].starts_with(':') && line.depth(line.at) > 0 {
        let before = &line.text[..line.at];
        let start = before.rfind(": ").map(|at| at + 2)?;
        let start = start + (line.text[start..].len() - line.text[start..].trim_start().len());
        return comma::two_values(text, line, start)
            .or_else(|| needs_quotes(line, start, line.value_end(start), "a colon in it"));
    }
    unclosed(text, line.start + line.at)
}

/// The last line before `at` that opens a brace or a bracket which it does not close: it is closed at its end.
fn unclosed(text: &str, at: usize) -> Option<Diagnostic> {
    let mut line = Line::of(text, at);
    for _ in 0..3 {
        let end = line.value_end_of_line();
        let mut open = Vec::new();
        let mut quote = None;
        for c in line.text[..end].chars() {
            match (quote, c) {
                (Some(mark), _) if c == mark => quote = None,
                (Some(_), _) => {}
                (None, '"') => quote = Some('"'),
                (None, '{' | '[') => open.push(c),
                (None, '}' | ']') => {
                    open.pop();
                }
                _ => {}
            }
        }
        if !open.is_empty() && quote.is_none() {
            let closing: String = open.iter().rev().map(|c| if *c == '{' { " }" } else { "]" }).collect();
            let place = line.span(end, end);
            let start = line.text.rfind(open[open.len() - 1]).unwrap_or(0);
            let help = format!("write `{}` at the end of the line", closing.trim());
            return Some(problem(
                line.span(start, start + 1),
                "a bracket is opened here and never closed",
                vec![(place, closing)],
                help,
            ));
        }
        line = line.before(text)?;
    }
    None
}

impl Line<'_> {
    fn value_end_of_line(&self) -> usize {
        let end = self.text.find(" #").unwrap_or(self.text.len());
        self.text[..end].trim_end().len()
    }
}

/// `[x }`.
fn bracket(line: &Line<'_>) -> Option<Diagnostic> {
    let rest = &line.text[line.at..];
    let (open, close, wrong) = match rest.chars().next()? {
        '[' => ('[', ']', '}'),
        '{' => ('{', '}', ']'),
        _ => return None,
    };
    let end = line.at + rest.find(wrong)?;
    let end = line.text[..end].trim_end().len();
    let place = line.span(end, end);
    let message = format!("`{open}` is never closed");
    Some(problem(
        line.span(line.at, line.at + 1),
        message,
        vec![(place, close.to_string())],
        format!("write `{close}` where the list or mapping ends"),
    ))
}

/// A value that begins with what YAML keeps for itself.
fn first_character(line: &Line<'_>) -> Option<Diagnostic> {
    let first = line.text[line.at..].chars().next().filter(|c| matches!(c, '@' | '`' | '%'))?;
    needs_quotes(line, line.at, line.value_end(line.at), &format!("`{first}` at its beginning"))
}

/// Quotes within quotes, and quotes that are never closed.
fn quotes(text: &str, line: &Line<'_>) -> Option<Diagnostic> {
    let value_of = |line: &Line<'_>| {
        let key = line.text.find(": ")?;
        let start = key + 1 + (line.text[key + 1..].len() - line.text[key + 1..].trim_start().len());
        line.text[start..].starts_with(['"', '\'']).then_some(start)
    };
    if let Some(start) = value_of(line).filter(|start| *start < line.at && line.depth(*start) == 0) {
        let end = line.value_end(start);
        let value = &line.text[start..end];
        let mark = value.chars().next()?;
        let inner = value.strip_prefix(mark)?.strip_suffix(mark).unwrap_or(&value[1..]);
        let (span, new) = (line.span(start, end), quoted(inner));
        return Some(problem(
            span,
            "a quote within quotes ends them",
            vec![(span, new.clone())],
            format!("write `{new}`"),
        ));
    }
    let before = line.before(text)?;
    let start = value_of(&before)?;
    let value = before.text[start..].trim_end();
    let mark = value.chars().next()?;
    if value.len() > 1 && value.ends_with(mark) {
        return None;
    }
    let place = before.span(start + value.len(), start + value.len());
    Some(problem(
        before.span(start, start + 1),
        "a quote is opened here and never closed",
        vec![(place, mark.to_string())],
        format!("write `{value}{mark}`"),
    ))
}

/// A line that begins between the columns of the lines around it.
fn indent(text: &str, line: &Line<'_>) -> Option<Diagnostic> {
    let own = line.text.len() - line.text.trim_start_matches(' ').len();
    let before = line.before(text)?;
    let wanted = before.text.len() - before.text.trim_start_matches(' ').len();
    if own == wanted || own + 3 < wanted || line.text.trim().is_empty() {
        return None;
    }
    let span = line.span(0, own);
    let message = format!("the line begins at column {}, the lines before it at {}", own + 1, wanted + 1);
    Some(problem(
        line.span(own, own + 1),
        message,
        vec![(span, " ".repeat(wanted))],
        "begin entries that belong together at one column",
    ))
}
