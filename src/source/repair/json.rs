//! Slips that make a text no JSON: commas, colons, quotes and brackets that are missing or too many, comments, words.
//!
//! One pass over the text with a stack of open brackets. Each slip is told at its place with its change; where nothing can
//! be told, the pass ends, and what was open is closed there.

use super::{MOST_REPAIRS, quoted};
use crate::source::{Diagnostic, Fix, Span};

/// What makes a text JSON.
pub(in crate::source) struct Slips {
    /// In the order of the text, each with one change; none of the changes overlap.
    pub(in crate::source) told: Vec<Diagnostic>,
    /// The rest that cannot be read, and what closes the text in its place.
    pub(in crate::source) rest: Option<(Diagnostic, Span, String)>,
}

/// The slips of `text`.
pub(in crate::source) fn slips(text: &str) -> Slips {
    let mut pass = Pass { text, tokens: tokens(text), at: 0, open: Vec::new(), told: Vec::new(), end: 0 };
    let rest = pass.run().err().map(|problem| {
        let from = problem.span.start as usize;
        let (before, closing) = pass.closing(from);
        (*problem, Span::new(before, text.len()), closing)
    });
    Slips { told: pass.told, rest }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Open(char),
    Close(char),
    Comma,
    Colon,
    /// A string in double quotes.
    Text,
    /// A string in other quotes.
    OtherQuotes,
    /// A quote that no other closes in its line.
    HalfText,
    /// Anything else: a number, a word.
    Word,
    Comment,
}

#[derive(Clone, Copy, Debug)]
struct Token {
    kind: Kind,
    start: usize,
    end: usize,
}

/// What may come next inside a bracket.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Next {
    /// A key, or a value of a list; right behind the opening bracket, or behind a comma at this place.
    Item {
        comma: Option<usize>,
    },
    Colon,
    Value,
    CommaOrEnd,
}

#[derive(Clone, Copy, Debug)]
struct Bracket {
    is_list: bool,
    /// Where it was opened.
    at: usize,
    next: Next,
}

impl Bracket {
    fn closer(self) -> char {
        if self.is_list { ']' } else { '}' }
    }
}

struct Pass<'t> {
    text: &'t str,
    tokens: Vec<Token>,
    at: usize,
    open: Vec<Bracket>,
    told: Vec<Diagnostic>,
    /// Where the last thing ended that counts.
    end: usize,
}

type Stop = Box<Diagnostic>;

impl Pass<'_> {
    fn run(&mut self) -> Result<(), Stop> {
        let mut is_begun = false;
        while let Some(token) = self.tokens.get(self.at).copied() {
            if self.told.len() >= MOST_REPAIRS {
                return Err(unreadable(token.start));
            }
            self.at += 1;
            if token.kind == Kind::Comment {
                self.tell(token, "JSON has no comments", vec![(span(token), String::new())], "remove it");
                continue;
            }
            if self.open.is_empty() && is_begun {
                if !matches!(token.kind, Kind::Close(_)) {
                    return Err(unreadable(token.start));
                }
                self.tell(token, "a bracket is closed that was never opened", removal(token), "remove it");
                continue;
            }
            is_begun = true;
            self.take(token)?;
        }
        if let Some(innermost) = self.open.last() {
            let place = Span::new(innermost.at, innermost.at + 1);
            let (from, closing) = self.closing(self.text.len());
            let help = format!("write `{}` at the end", closing.trim());
            let problem = Diagnostic::error("json-syntax", place, "a bracket is opened here and never closed");
            self.told.push(
                problem
                    .help(help)
                    .fix(Fix { when: String::new(), edits: vec![(Span::new(from, self.end.max(from)), closing)] }),
            );
        }
        Ok(())
    }

    fn take(&mut self, token: Token) -> Result<(), Stop> {
        let Some(bracket) = self.open.last().copied() else { return self.value(token) };
        match (bracket.next, token.kind) {
            (_, Kind::Close(closer)) => self.close(token, closer),
            (Next::CommaOrEnd, Kind::Comma) => {
                self.follow(Next::Item { comma: Some(token.start) }, token.end);
                Ok(())
            }
            (Next::CommaOrEnd, Kind::Colon) => Err(unreadable(token.start)),
            (Next::CommaOrEnd, _) => {
                let place = Span::new(self.end, self.end);
                let before = self.text[..self.end].chars().next_back().map_or(0, char::len_utf8);
                let shown = Span::new(self.end - before, self.end);
                self.tell_at(shown, "a comma is missing behind this", vec![(place, ",".to_owned())], "write `,`");
                self.follow(Next::Item { comma: None }, self.end);
                self.take(token)
            }
            (Next::Item { .. }, Kind::Comma) => {
                self.tell(token, "a comma too many", removal(token), "remove it");
                Ok(())
            }
            (Next::Item { .. }, Kind::Colon) => Err(unreadable(token.start)),
            (Next::Item { .. }, _) if bracket.is_list => self.value(token),
            (Next::Item { .. }, Kind::Open(_)) => Err(unreadable(token.start)),
            (Next::Item { .. }, _) => {
                let end = self.text_of(token, true)?;
                self.follow(Next::Colon, end);
                Ok(())
            }
            (Next::Colon, Kind::Colon) => {
                self.follow(Next::Value, token.end);
                Ok(())
            }
            (Next::Colon, Kind::Comma) => {
                self.no_value(bracket);
                self.follow(Next::Item { comma: Some(token.start) }, token.end);
                Ok(())
            }
            (Next::Colon, Kind::Word) if matches!(&self.text[token.start..token.end], "=" | "=>" | ":=") => {
                self.tell(
                    token,
                    "a colon stands between a key and its value",
                    vec![(span(token), ":".into())],
                    "write `:`",
                );
                self.follow(Next::Value, token.end);
                Ok(())
            }
            (Next::Colon, _) => {
                let place = Span::new(self.end, self.end);
                let shown = Span::new(self.end.saturating_sub(1), self.end);
                self.tell_at(shown, "a colon is missing behind this key", vec![(place, ":".into())], "write `:`");
                self.follow(Next::Value, self.end);
                self.value(token)
            }
            (Next::Value, Kind::Comma) => {
                self.no_value(bracket);
                self.follow(Next::Item { comma: Some(token.start) }, token.end);
                Ok(())
            }
            (Next::Value, Kind::Colon) => {
                self.tell(token, "a colon too many", removal(token), "remove it");
                Ok(())
            }
            (Next::Value, _) => self.value(token),
        }
    }

    /// A value begins with `token`.
    fn value(&mut self, token: Token) -> Result<(), Stop> {
        let end = match token.kind {
            Kind::Open(c) => {
                self.follow(Next::CommaOrEnd, token.end);
                let next = Next::Item { comma: None };
                self.open.push(Bracket { is_list: c == '[', at: token.start, next });
                return Ok(());
            }
            Kind::Comma | Kind::Colon | Kind::Close(_) | Kind::Comment => return Err(unreadable(token.start)),
            _ => self.text_of(token, false)?,
        };
        self.follow(Next::CommaOrEnd, end);
        Ok(())
    }

    /// A key or a single value that begins with `token`; where it ends.
    fn text_of(&mut self, token: Token, is_key: bool) -> Result<usize, Stop> {
        let written = &self.text[token.start..token.end];
        match token.kind {
            Kind::Text => Ok(token.end),
            Kind::OtherQuotes => {
                let inner = written.trim_matches(['\'', '“', '”', '„', '‘', '’', '`']).replace("\\'", "'");
                let new = quoted(&inner);
                let help = format!("write `{new}`");
                self.tell(token, "JSON has double quotes only", vec![(span(token), new)], &help);
                Ok(token.end)
            }
            Kind::HalfText => {
                let line = written.trim_end().trim_end_matches(',');
                if line.len() < 2 || line.contains([':', '{', '}', '[', ']']) {
                    return Err(Box::new(
                        Diagnostic::error(
                            "json-syntax",
                            Span::new(token.start, token.start + 1),
                            "a quote is missing in this line",
                        )
                        .help("every text begins and ends with `\"`; a `\"` within it is written `\\\"`"),
                    ));
                }
                let end = token.start + line.len();
                let place = Span::new(end, end);
                let help = format!("write `{line}\"`");
                self.tell_at(
                    Span::new(token.start, token.start + 1),
                    "a quote is opened here and never closed",
                    vec![(place, "\"".into())],
                    &help,
                );
                // What the quote seemed to hold and is a comma is one.
                if end < token.end && self.text[end..token.end].starts_with(',') {
                    self.tokens.insert(self.at, Token { kind: Kind::Comma, start: end, end: end + 1 });
                }
                Ok(end)
            }
            _ => self.word(token, is_key),
        }
    }

    /// A word or a number without quotes, with what follows it up to where a value ends.
    fn word(&mut self, token: Token, is_key: bool) -> Result<usize, Stop> {
        let mut end = token.end;
        let written = &self.text[token.start..end];
        let literal = if is_key { None } else { literal(written) };
        if let Some(new) = literal {
            if new != written {
                let help = format!("write `{new}`");
                let message = format!("`{written}` is written `{new}` in JSON");
                self.tell(token, &message, vec![(span(token), new)], &help);
            }
            return Ok(end);
        }
        while let Some(next) = self.tokens.get(self.at).filter(|next| next.kind == Kind::Word)
            && !self.text[end..next.start].contains('\n')
        {
            end = next.end;
            self.at += 1;
        }
        let (place, new) = (Span::new(token.start, end), quoted(&self.text[token.start..end]));
        if new.len() > 200 {
            return Err(unreadable(token.start));
        }
        let what = if is_key { "a key needs quotes" } else { "a text needs quotes" };
        let help = format!("write `{new}`");
        self.tell_at(place, what, vec![(place, new)], &help);
        Ok(end)
    }

    /// A key without a value.
    fn no_value(&mut self, bracket: Bracket) {
        let new = if bracket.next == Next::Colon { ": null" } else { " null" };
        let place = Span::new(self.end, self.end);
        let shown = Span::new(self.end.saturating_sub(1), self.end);
        self.tell_at(
            shown,
            "a key without a value",
            vec![(place, new.to_owned())],
            "write `null` where it says nothing",
        );
    }

    fn close(&mut self, token: Token, closer: char) -> Result<(), Stop> {
        let Some(bracket) = self.open.last().copied() else { return Err(unreadable(token.start)) };
        if bracket.closer() != closer {
            let expected = bracket.closer();
            let is_open_below = self.open.iter().rev().skip(1).any(|below| below.closer() == closer);
            // With the missing bracket written, what is left to close is left in the text.
            let left = self.net_closers_behind();
            let fits = |popped: usize| i64::try_from(self.open.len() - popped).is_ok_and(|depth| depth == left);
            if is_open_below && self.open.len() > 1 && (fits(2) || !fits(1)) {
                self.drop_comma(bracket);
                let place = Span::new(self.end, self.end);
                let shown = Span::new(bracket.at, bracket.at + 1);
                self.tell_at(
                    shown,
                    "a bracket is opened here and never closed",
                    vec![(place, expected.to_string())],
                    &format!("write `{expected}` where it ends"),
                );
                self.open.pop();
                return self.close(token, closer);
            }
            self.tell(
                token,
                &format!("`{closer}` closes what `{}` opened", if bracket.is_list { '[' } else { '{' }),
                vec![(span(token), expected.to_string())],
                &format!("write `{expected}`"),
            );
        }
        match bracket.next {
            Next::Colon | Next::Value if !bracket.is_list => self.no_value(bracket),
            _ => self.drop_comma(bracket),
        }
        self.open.pop();
        self.end = token.end;
        Ok(())
    }

    /// A comma before a closing bracket.
    fn drop_comma(&mut self, bracket: Bracket) {
        if let Next::Item { comma: Some(at) } = bracket.next {
            let comma = Token { kind: Kind::Comma, start: at, end: at + 1 };
            self.tell(comma, "a comma too many before a closing bracket", removal(comma), "remove it");
            self.end = at;
        }
    }

    /// Closing brackets behind this place without those that are opened there.
    fn net_closers_behind(&self) -> i64 {
        let behind = self.tokens.iter().skip(self.at);
        behind
            .map(|token| match token.kind {
                Kind::Close(_) => 1,
                Kind::Open(_) => -1,
                _ => 0,
            })
            .sum()
    }

    /// What closes all that is open, and from where on it stands.
    fn closing(&self, from: usize) -> (usize, String) {
        let mut closing = String::new();
        let mut start = from.min(self.text.len()).min(self.end.max(1));
        if let Some(innermost) = self.open.last() {
            match innermost.next {
                Next::Item { comma: Some(at) } => start = at,
                Next::Colon => closing.push_str(": null"),
                Next::Value if !innermost.is_list => closing.push_str(" null"),
                _ => {}
            }
        }
        closing.extend(self.open.iter().rev().map(|bracket| bracket.closer()));
        (start, closing)
    }

    fn follow(&mut self, next: Next, end: usize) {
        if let Some(bracket) = self.open.last_mut() {
            bracket.next = next;
        }
        self.end = end;
    }

    fn tell(&mut self, token: Token, message: &str, edits: Vec<(Span, String)>, help: &str) {
        self.tell_at(span(token), message, edits, help);
    }

    fn tell_at(&mut self, place: Span, message: &str, edits: Vec<(Span, String)>, help: &str) {
        let problem = Diagnostic::error("json-syntax", place, message);
        self.told.push(problem.help(help).fix(Fix { when: String::new(), edits }));
    }
}

fn span(token: Token) -> Span {
    Span::new(token.start, token.end)
}

fn removal(token: Token) -> Vec<(Span, String)> {
    vec![(span(token), String::new())]
}

pub(in crate::source) fn unreadable(at: usize) -> Stop {
    Box::new(Diagnostic::error("json-syntax", Span::new(at, at + 1), "from here on the text cannot be read").help(
        "compare this place with its neighbors: a bracket, a quote, a colon or a comma may be missing; what stands \
         behind was not checked",
    ))
}

/// A word that is no text as JSON writes it: `True` as `true`, `.5` as `0.5`.
fn literal(word: &str) -> Option<String> {
    match word {
        "true" | "false" | "null" => return Some(word.to_owned()),
        "True" | "TRUE" => return Some("true".to_owned()),
        "False" | "FALSE" => return Some("false".to_owned()),
        "None" | "NULL" | "Null" | "undefined" | "nil" | "~" => return Some("null".to_owned()),
        _ => {}
    }
    let is_number = |word: &str| {
        word.starts_with(|c: char| c == '-' || c.is_ascii_digit()) && word.parse::<f64>().is_ok_and(f64::is_finite)
    };
    let digits = word.strip_prefix('+').unwrap_or(word);
    let whole = if digits.starts_with('.') { format!("0{digits}") } else { digits.to_owned() };
    let whole = whole.strip_suffix('.').unwrap_or(&whole).to_owned();
    let is_plain = whole.bytes().all(|b| b.is_ascii_digit() || matches!(b, b'.' | b'-' | b'+' | b'e' | b'E'));
    let has_zeros = whole.trim_start_matches('-').starts_with('0')
        && whole.trim_start_matches(['-', '0']).starts_with(|c: char| c.is_ascii_digit());
    (is_plain && !has_zeros && is_number(&whole)).then_some(whole)
}

fn tokens(text: &str) -> Vec<Token> {
    let mut tokens = Vec::new();
    let mut at = 0;
    while let Some(c) = text[at..].chars().next() {
        let start = at;
        at += c.len_utf8();
        let kind = match c {
            _ if c.is_whitespace() || c == '\u{feff}' => continue,
            '{' | '[' => Kind::Open(c),
            '}' | ']' => Kind::Close(c),
            ',' => Kind::Comma,
            ':' if !text[at..].starts_with('=') => Kind::Colon,
            '"' => {
                let (end, is_closed) = string_end(text, at, &['"']);
                at = end;
                if is_closed { Kind::Text } else { Kind::HalfText }
            }
            '\'' | '`' => {
                let (end, is_closed) = string_end(text, at, &[c]);
                at = end;
                if is_closed { Kind::OtherQuotes } else { Kind::HalfText }
            }
            '“' | '„' | '”' => {
                let (end, is_closed) = string_end(text, at, &['”', '“', '"']);
                at = end;
                if is_closed { Kind::OtherQuotes } else { Kind::HalfText }
            }
            '#' => {
                at = line_end(text, at);
                Kind::Comment
            }
            '/' if text[at..].starts_with('/') => {
                at = line_end(text, at);
                Kind::Comment
            }
            '/' if text[at..].starts_with('*') => {
                at = text[at..].find("*/").map_or(text.len(), |end| at + end + 2);
                Kind::Comment
            }
            _ => {
                let is_end = |c: char| c.is_whitespace() || matches!(c, '{' | '}' | '[' | ']' | ',' | '"' | '\'');
                let mut end = text[at..].find(is_end).map_or(text.len(), |end| at + end);
                // A colon ends a key; in a value such as a link it does not.
                if let Some(colon) = text[start..end].find(':')
                    && !text[start + colon..end].starts_with("://")
                    && colon > 0
                {
                    end = start + colon;
                }
                at = end;
                Kind::Word
            }
        };
        tokens.push(Token { kind, start, end: at });
    }
    tokens
}

/// Where a string that began before `from` ends: behind one of `quotes` in the same line, else at the line's end.
fn string_end(text: &str, from: usize, quotes: &[char]) -> (usize, bool) {
    let mut is_escaped = false;
    for (at, c) in text[from..].char_indices() {
        match c {
            '\n' => return (from + at, false),
            _ if is_escaped => is_escaped = false,
            '\\' => is_escaped = true,
            _ if quotes.contains(&c) => return (from + at + c.len_utf8(), true),
            _ => {}
        }
    }
    (text.len(), false)
}

fn line_end(text: &str, from: usize) -> usize {
    text[from..].find(['\n', '\r']).map_or(text.len(), |end| from + end)
}
