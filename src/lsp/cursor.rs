//! Where in a stack file somebody types: read without a tree, since a line that is being written is seldom whole.

use crate::edit::Part;

/// What can be typed at a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Spot {
    /// A key of the mapping at the path.
    Key,
    /// A value at the path.
    Value,
    /// The first word of an item at the path: a value, or the first key of a mapping.
    Either,
}

/// A place in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Cursor {
    /// The keys and items around it, from the outside in.
    pub(super) path: Vec<Part>,
    /// What is typed there.
    pub(super) spot: Spot,
    /// Where the word begins, and where it ends behind the place.
    pub(super) word: (usize, usize),
    /// Keys that the mapping has already, on both sides.
    pub(super) siblings: Vec<String>,
    /// Whether the word is within quotes.
    pub(super) is_quoted: bool,
    /// Whether it stands in brackets.
    pub(super) is_flow: bool,
}

/// A list or mapping that is open.
#[derive(Debug, Default)]
struct Level {
    /// Where its members begin; of brackets nothing.
    indent: Option<usize>,
    is_list: bool,
    /// Items that have begun.
    count: usize,
    keys: Vec<String>,
    current: Option<Part>,
}

impl Level {
    fn next(&mut self) {
        self.current = self.is_list.then_some(Part::Item(self.count));
        self.count += 1;
    }

    fn key(&mut self, key: &str) {
        self.keys.push(key.to_owned());
        self.current = Some(Part::Key(key.to_owned()));
    }
}

/// Reads a text up to a place.
struct Reader<'t> {
    text: &'t str,
    to: usize,
    levels: Vec<Level>,
    /// The word that has begun last, outside or within quotes.
    word: usize,
    quote: Option<char>,
    /// Whether the last line was in a text of several lines, a comment, or behind a whole value.
    is_nowhere: bool,
}

/// The place at byte `to` of a text; nothing in comments and texts of several lines.
pub(super) fn cursor(text: &str, to: usize) -> Option<Cursor> {
    let to = (0..=to.min(text.len())).rev().find(|at| text.is_char_boundary(*at))?;
    let mut reader = Reader { text, to, levels: Vec::new(), word: 0, quote: None, is_nowhere: false };
    let spot = reader.read()?;
    if reader.is_nowhere {
        return None;
    }
    let top = reader.levels.last();
    let is_flow = top.is_some_and(|level| level.indent.is_none());
    let mut siblings = top.filter(|level| !level.is_list).map(|level| level.keys.clone()).unwrap_or_default();
    siblings.extend(keys_behind(text, to, top));
    let mut path: Vec<Part> = reader.levels.iter().filter_map(|level| level.current.clone()).collect();
    if spot == Spot::Key && top.is_some_and(|level| matches!(level.current, Some(Part::Key(_)))) {
        path.pop();
    }
    let ends =
        |c: char| if let Some(quote) = reader.quote { c == quote || c == '\n' } else { ",:]}#\r\n ".contains(c) };
    let end = text[to..].find(ends).map_or(text.len(), |at| to + at);
    Some(Cursor { path, spot, word: (reader.word, end), siblings, is_quoted: reader.quote.is_some(), is_flow })
}

impl Reader<'_> {
    /// What stands at the end; nothing where nothing can be typed there.
    fn read(&mut self) -> Option<Spot> {
        let text = &self.text[..self.to];
        let mut at = 0;
        // Lines of a text of several lines are more indented than this.
        let mut block: Option<usize> = None;
        loop {
            let end = text[at..].find('\n').map_or(text.len(), |end| at + end);
            let line = &text[at..end];
            let is_last = end == text.len();
            let bare = line.trim_start_matches(' ');
            let indent = line.len() - bare.len();
            let is_blank = bare.trim().is_empty();
            if block.is_some_and(|above| is_blank || indent > above) {
                if is_last {
                    return None;
                }
                at = end + 1;
                continue;
            }
            block = None;
            if !is_last && (is_blank || bare.starts_with('#') || bare.starts_with("---")) {
                at = end + 1;
                continue;
            }
            if bare.starts_with('#') {
                return None;
            }
            match self.line(at + indent, indent, end, is_last) {
                Next::Line => at = end + 1,
                Next::Block => {
                    block = self.levels.last().and_then(|level| level.indent);
                    if is_last {
                        return None;
                    }
                    at = end + 1;
                }
                Next::At(next) => {
                    // Behind the brackets the rest of the line says nothing more.
                    let end = text[next..].find('\n').map(|end| next + end);
                    match end {
                        Some(end) => at = end + 1,
                        None => return None,
                    }
                }
                Next::Spot(spot) => return Some(spot),
            }
            if at > text.len() {
                return None;
            }
        }
    }

    /// A line in block style, from its first character.
    fn line(&mut self, mut at: usize, mut column: usize, end: usize, is_last: bool) -> Next {
        let text = &self.text[..end];
        loop {
            let rest = &text[at..];
            let is_item = rest == "-" || rest.starts_with("- ");
            let is_new = rest.trim().is_empty();
            self.close(column, is_item, is_new);
            let is_there =
                self.levels.last().is_some_and(|level| level.indent == Some(column) && level.is_list == is_item);
            if !is_there {
                self.levels.push(Level { indent: Some(column), is_list: is_item, ..Level::default() });
            }
            let Some(level) = self.levels.last_mut() else { return Next::Line };
            if !is_item {
                break;
            }
            level.next();
            let inner = rest[1..].len() - rest[1..].trim_start_matches(' ').len();
            at += 1 + inner;
            column += 1 + inner;
            if at >= end {
                if is_last {
                    self.word = at;
                    return Next::Spot(Spot::Either);
                }
                return Next::Line;
            }
            if text[at..].starts_with(['{', '[']) {
                return self.flow(at);
            }
        }
        let rest = &text[at..];
        if rest.starts_with(['{', '[']) {
            // A file of JSON has no level of its own.
            self.levels.pop();
            return self.flow(at);
        }
        self.word = at;
        let Some((key, value)) = key_of(rest) else {
            if !is_last {
                return Next::Line;
            }
            if let Some(quote) = rest.chars().next().filter(|c| matches!(c, '"' | '\'')) {
                self.quote = Some(quote);
                self.word = at + 1;
            }
            let above = self.levels.len().checked_sub(2).map(|above| &self.levels[above]);
            let is_first =
                above.is_some_and(|above| above.is_list) && self.levels.last().is_some_and(|top| top.keys.is_empty());
            let is_under_key =
                above.is_some_and(|above| !above.is_list) && self.levels.last().is_some_and(|top| top.keys.is_empty());
            let is_either = is_first || is_under_key && above.is_some_and(|above| above.current.is_some());
            self.is_nowhere = rest.contains(" #");
            return Next::Spot(if is_either && is_first { Spot::Either } else { Spot::Key });
        };
        if let Some(level) = self.levels.last_mut() {
            level.key(key);
        }
        let from = at + value;
        let value = &text[from..];
        let bare = value.trim_start();
        let at = from + value.len() - bare.len();
        if bare.starts_with(['|', '>']) {
            return Next::Block;
        }
        if bare.starts_with(['{', '[']) {
            return self.flow(at);
        }
        if !is_last {
            return Next::Line;
        }
        self.word = at;
        if let Some(quote) = bare.chars().next().filter(|c| matches!(c, '"' | '\'')) {
            self.quote = Some(quote);
            self.word = at + 1;
            self.is_nowhere = bare[1..].contains(quote);
        }
        self.is_nowhere |= bare.starts_with('#') || bare.contains(" #");
        // A key right before the place without a space behind it is no key yet.
        if value.is_empty() { Next::Line.or_end() } else { Next::Spot(Spot::Value) }
    }

    /// Ends what a line at `column` is no part of.
    fn close(&mut self, column: usize, is_item: bool, is_blank: bool) {
        while let Some(level) = self.levels.last() {
            let is_over = match level.indent {
                None => true,
                Some(indent) => indent > column || indent == column && level.is_list && !is_item && !is_blank,
            };
            // A blank line at the column of a list is the mapping around it.
            let is_over = is_over || is_blank && level.is_list && level.indent == Some(column);
            if !is_over {
                break;
            }
            self.levels.pop();
        }
    }

    /// Brackets from `at`, over as many lines as they take.
    fn flow(&mut self, at: usize) -> Next {
        let text = &self.text[..self.to];
        let depth = self.levels.len();
        let mut word = at;
        let mut chars = text[at..].char_indices().map(|(after, c)| (at + after, c)).peekable();
        let mut before = ' ';
        let mut has_value = false;
        while let Some((at, c)) = chars.next() {
            match c {
                '"' | '\'' if text[word..at].trim().is_empty() => {
                    let start = at + 1;
                    let mut is_closed = false;
                    while let Some((_, inner)) = chars.next() {
                        if inner == '\\' && c == '"' {
                            chars.next();
                        } else if inner == c {
                            is_closed = true;
                            break;
                        }
                    }
                    if !is_closed {
                        self.quote = Some(c);
                        self.word = start;
                        return self.in_brackets(has_value);
                    }
                }
                '#' if before.is_whitespace() => loop {
                    match chars.next() {
                        Some((_, '\n')) => break,
                        Some(_) => {}
                        None => {
                            self.is_nowhere = true;
                            return Next::Spot(Spot::Value);
                        }
                    }
                },
                '{' | '[' => {
                    self.levels.push(Level { is_list: c == '[', ..Level::default() });
                    if let Some(level) = self.levels.last_mut() {
                        level.next();
                    }
                    (word, has_value) = (at + 1, false);
                }
                '}' | ']' => {
                    self.levels.pop();
                    if self.levels.len() <= depth {
                        return Next::At(at + 1);
                    }
                    (word, has_value) = (at + 1, true);
                }
                ',' => {
                    if let Some(level) = self.levels.last_mut() {
                        level.next();
                    }
                    (word, has_value) = (at + 1, false);
                }
                ':' if self.levels.last().is_some_and(|level| !level.is_list && level.current.is_none())
                    && (chars.peek().is_none_or(|(_, next)| next.is_whitespace() || "\"'{[".contains(*next))
                        || text[word..at].trim().ends_with('"')) =>
                {
                    let key = text[word..at].trim().trim_matches(['"', '\'']);
                    if let Some(level) = self.levels.last_mut() {
                        level.key(key);
                    }
                    (word, has_value) = (at + 1, true);
                }
                _ => {}
            }
            before = c;
        }
        let typed = &text[word..];
        self.word = word + typed.len() - typed.trim_start().len();
        // What stands in quotes that are closed is whole.
        self.is_nowhere = typed.trim_start().starts_with(['"', '\'']);
        self.in_brackets(has_value)
    }

    fn in_brackets(&self, has_value: bool) -> Next {
        Next::Spot(match self.levels.last() {
            Some(level) if level.is_list => Spot::Either,
            _ if has_value => Spot::Value,
            _ => Spot::Key,
        })
    }
}

/// Where reading goes on.
enum Next {
    /// On the next line.
    Line,
    /// On the next line that is not part of a text of several lines.
    Block,
    /// Behind brackets.
    At(usize),
    /// Nowhere: the place is reached.
    Spot(Spot),
}

impl Next {
    /// The end of the text right behind a colon: a value, once there is a space.
    fn or_end(self) -> Self {
        match self {
            Self::Line => Self::Spot(Spot::Value),
            other => other,
        }
    }
}

/// The key that a line begins with, and where what is behind its colon begins.
fn key_of(line: &str) -> Option<(&str, usize)> {
    let (key, end) = match line.chars().next()? {
        quote @ ('"' | '\'') => {
            let end = line[1..].find(quote)? + 1;
            (&line[1..end], end + 1)
        }
        _ => {
            let mut from = 0;
            let end = loop {
                let at = from + line[from..].find(':')?;
                let is_end = line[at + 1..].chars().next().is_none_or(char::is_whitespace);
                if is_end {
                    break at;
                }
                from = at + 1;
            };
            (line[..end].trim_end(), end)
        }
    };
    let rest = &line[end..];
    let colon = rest.find(':').filter(|at| rest[..*at].trim().is_empty())?;
    (!key.is_empty() && !key.contains(" #")).then_some((key, end + colon + 1))
}

/// The keys of the mapping that stand behind the place.
fn keys_behind(text: &str, to: usize, level: Option<&Level>) -> Vec<String> {
    let Some(level) = level.filter(|level| !level.is_list) else { return Vec::new() };
    match level.indent {
        None => {
            let end = text[to..].find(['}', '{']).map_or(text.len(), |end| to + end);
            let parts = text[to..end].split(',').skip(1);
            parts.filter_map(|part| Some(part.split_once(':')?.0.trim().trim_matches(['"', '\'']).to_owned())).collect()
        }
        Some(indent) => {
            let mut all = Vec::new();
            for line in text[to..].lines().skip(1) {
                let bare = line.trim_start_matches(' ');
                if bare.trim().is_empty() || bare.starts_with('#') {
                    continue;
                }
                let column = line.len() - bare.len();
                if column < indent || column == indent && bare.starts_with("- ") {
                    break;
                }
                if column == indent {
                    all.extend(key_of(bare.trim_end()).map(|(key, _)| key.to_owned()));
                }
            }
            all
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The path, the spot, the word before the bar, and the siblings.
    fn at(text: &str) -> Option<(String, Spot, String, Vec<String>)> {
        let to = text.find('‸').unwrap();
        let text = text.replace('‸', "");
        let cursor = cursor(&text, to)?;
        let part = |part: &Part| match part {
            Part::Key(key) => key.clone(),
            Part::Item(at) => at.to_string(),
        };
        let path: Vec<String> = cursor.path.iter().map(part).collect();
        Some((path.join("/"), cursor.spot, text[cursor.word.0..to].to_owned(), cursor.siblings))
    }

    fn is(text: &str, path: &str, spot: Spot, word: &str) {
        let found = at(text).unwrap_or_else(|| panic!("nothing at {text:?}"));
        assert_eq!((found.0.as_str(), found.1, found.2.as_str()), (path, spot, word), "{text:?}");
    }

    #[test]
    fn block_style_is_followed_by_its_indents() {
        is("sin‸", "", Spot::Key, "sin");
        is("sinew: 1\n‸", "", Spot::Key, "");
        is("sinew: 1\nsystems:\n  crm:\n    ki‸", "systems/crm", Spot::Key, "ki");
        is("systems:\n  crm:\n    ‸\n  b:\n", "systems/crm", Spot::Key, "");
        is("systems:\n  crm:\n    owner: ma‸", "systems/crm/owner", Spot::Value, "ma");
        is("systems:\n  crm: { kind: crm }\n  ‸", "systems", Spot::Key, "");
        is("flows:\n  - from: a\n    to: ‸\n", "flows/0/to", Spot::Value, "");
        is("flows:\n  - from: a\n  - ‸", "flows/1", Spot::Either, "");
        is("flows:\n- from: a\n- from: b\n  t‸", "flows/1", Spot::Key, "t");
        is("flows:\n- from: a\nn‸", "", Spot::Key, "n");
        is("x: |\n  flows:\n  - a\nsystems:\n  a:\n    ‸", "systems/a", Spot::Key, "");
        is("processes:\n  p:\n    needs:\n      - data: a\n        at: ‸", "processes/p/needs/0/at", Spot::Value, "");
        is("systems:\n  a:\n    depends_on:\n      - b‸", "systems/a/depends_on/0", Spot::Either, "b");
    }

    #[test]
    fn brackets_and_json_are_followed_by_their_signs() {
        is("flows:\n  - { from: a, t‸", "flows/0", Spot::Key, "t");
        is("flows:\n  - { from: a, to: b‸ }", "flows/0/to", Spot::Value, "b");
        is("flows:\n  - { from: a, data: [x, ‸] }", "flows/0/data/1", Spot::Either, "");
        is("systems:\n  a: { kind: crm,\n    own‸ }", "systems/a", Spot::Key, "own");
        is("systems:\n  a: { kind: crm } # { x\n  b: { ‸ }", "systems/b", Spot::Key, "");
        is("{ \"sinew\": 1, \"systems\": { \"a\": { \"ki‸\" } } }", "systems/a", Spot::Key, "ki");
        is("{ \"flows\": [ { \"from\": \"a\" }, { \"from\": \"‸\" } ] }", "flows/1/from", Spot::Value, "");
        is("{\n  \"flows\": [\n    { \"to\":‸", "flows/0/to", Spot::Value, "");
    }

    #[test]
    fn keys_that_are_there_are_known_on_both_sides() {
        assert_eq!(
            at("systems:\n  a:\n    kind: crm\n    ‸\n    owner: x\n  b:\n    domain: y\n").unwrap().3,
            ["kind", "owner"]
        );
        assert_eq!(at("flows:\n  - { from: a, ‸, to: b }").unwrap().3, ["from", "to"]);
    }

    #[test]
    fn comments_and_texts_are_nowhere() {
        assert_eq!(at("# sin‸"), None);
        assert_eq!(at("notes: |\n  some te‸"), None);
        assert_eq!(at("name: x # wh‸"), None);
    }

    #[test]
    fn every_place_of_any_text_is_read_without_harm() {
        for text in [
            "{[}]:,\"'",
            "- - - a: b: c",
            "a:\n - b\n-\n  {",
            "\"",
            "'a': [",
            "é: ü\n  ö",
            "---\n# x\n- |\n  a",
            "\t{a\t:",
        ] {
            for at in 0..=text.len() + 1 {
                if let Some(cursor) = cursor(text, at) {
                    assert!(
                        text.get(cursor.word.0..cursor.word.1).is_some() || cursor.word.0 > cursor.word.1,
                        "{text:?} {at}"
                    );
                }
            }
        }
    }
}
