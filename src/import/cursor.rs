//! Text of small languages, read from left to right: what Mermaid, Structurizr and LikeC4 have in common.

/// A place in a text, and what is ahead of it.
#[derive(Clone, Debug)]
pub(super) struct Cursor<'t> {
    rest: &'t str,
    line: usize,
}

/// A piece of a language with words, quoted texts and signs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Token {
    /// A word without quotes.
    Word(String),
    /// What stands in quotes.
    Text(String),
    /// A sign: a bracket, an arrow, a comma.
    Sign(&'static str),
    /// The end of a line.
    End,
}

impl<'t> Cursor<'t> {
    pub(super) fn new(text: &'t str) -> Self {
        Self { rest: text, line: 1 }
    }

    /// What is ahead.
    pub(super) fn rest(&self) -> &'t str {
        self.rest
    }

    /// The line of the place, from 1.
    pub(super) fn line(&self) -> usize {
        self.line
    }

    pub(super) fn peek(&self) -> Option<char> {
        self.rest.chars().next()
    }

    /// Goes on by `bytes`, which must end between characters; what was passed.
    pub(super) fn advance(&mut self, bytes: usize) -> &'t str {
        let end = bytes.min(self.rest.len());
        let (passed, rest) = self.rest.split_at_checked(end).unwrap_or((self.rest, ""));
        self.line += passed.bytes().filter(|byte| *byte == b'\n').count();
        self.rest = rest;
        passed
    }

    /// Passes `word` if it is ahead.
    pub(super) fn eat(&mut self, word: &str) -> bool {
        let is_ahead = self.rest.starts_with(word);
        if is_ahead {
            self.advance(word.len());
        }
        is_ahead
    }

    /// Passes every character that `is_one`.
    pub(super) fn while_is(&mut self, is_one: impl Fn(char) -> bool) -> &'t str {
        let end = self.rest.find(|c: char| !is_one(c)).unwrap_or(self.rest.len());
        self.advance(end)
    }

    /// Passes spaces, but no end of a line.
    pub(super) fn spaces(&mut self) {
        self.while_is(|c| c.is_whitespace() && c != '\n');
    }

    /// Passes everything before `end`, and `end` itself; without it, everything.
    pub(super) fn until(&mut self, end: &str) -> &'t str {
        match self.rest.find(end) {
            Some(at) => {
                let passed = self.advance(at);
                self.advance(end.len());
                passed
            }
            None => self.advance(self.rest.len()),
        }
    }

    /// Passes the rest of the line, without its end.
    pub(super) fn rest_of_line(&mut self) -> &'t str {
        self.while_is(|c| c != '\n')
    }

    /// Passes a text in quotes (`"…"`, `'…'`, and three of either for texts of several lines), if one begins here.
    pub(super) fn quoted(&mut self) -> Option<String> {
        let quote = self.peek().filter(|c| matches!(c, '"' | '\''))?;
        let three = if quote == '"' { "\"\"\"" } else { "'''" };
        if self.eat(three) {
            let text = self.until(three);
            return Some(text.lines().map(str::trim).filter(|line| !line.is_empty()).collect::<Vec<_>>().join(" "));
        }
        self.advance(1);
        let mut text = String::new();
        while let Some(c) = self.peek() {
            self.advance(c.len_utf8());
            match c {
                '\\' => {
                    if let Some(next) = self.peek() {
                        self.advance(next.len_utf8());
                        text.push(if next == 'n' { ' ' } else { next });
                    }
                }
                _ if c == quote => break,
                _ => text.push(c),
            }
        }
        Some(text.split_whitespace().collect::<Vec<_>>().join(" "))
    }

    /// Passes spaces and comments (`//`, `/* */`, and `#` where `hash` says so); ends of lines where `lines` says so.
    pub(super) fn blank(&mut self, hash: bool, lines: bool) {
        loop {
            let before = self.rest.len();
            if lines {
                self.while_is(char::is_whitespace);
            } else {
                self.spaces();
            }
            if self.rest.starts_with("//") || hash && self.rest.starts_with('#') {
                self.rest_of_line();
            } else if self.eat("/*") {
                self.until("*/");
            } else if !lines && (self.eat("\\\n") || self.eat("\\\r\n")) {
                continue;
            }
            if self.rest.len() == before {
                return;
            }
        }
    }

    /// The next word, text or sign of `signs`, the longest first; a word ends at a space, a quote, or a sign that
    /// `ends` names.
    pub(super) fn token(&mut self, signs: &[&'static str], ends: &[char]) -> Option<Token> {
        if self.eat("\n") {
            return Some(Token::End);
        }
        if let Some(sign) = signs.iter().find(|sign| self.rest.starts_with(**sign)) {
            self.advance(sign.len());
            return Some(Token::Sign(sign));
        }
        if let Some(text) = self.quoted() {
            return Some(Token::Text(text));
        }
        let word = self.while_is(|c| !c.is_whitespace() && c != '"' && !ends.contains(&c));
        if !word.is_empty() {
            return Some(Token::Word(word.to_owned()));
        }
        // A sign that nobody asked for is a word of its own, so that every step goes on.
        let c = self.peek()?;
        Some(Token::Word(self.advance(c.len_utf8()).to_owned()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_texts_signs_and_comments_are_told_apart() {
        let mut cursor = Cursor::new("a = \"b \\\"c\\\"\" // d\n/* e\n */ f{ 'g''");
        let mut tokens = Vec::new();
        loop {
            cursor.blank(true, false);
            let Some(token) = cursor.token(&["{", "}", "="], &['{', '}', '=']) else { break };
            tokens.push((token, cursor.line()));
        }
        let word = |word: &str| Token::Word(word.to_owned());
        let text = |text: &str| Token::Text(text.to_owned());
        let tokens: Vec<Token> = tokens.into_iter().map(|(token, _)| token).collect();
        assert_eq!(
            tokens,
            [
                word("a"),
                Token::Sign("="),
                text("b \"c\""),
                Token::End,
                word("f"),
                Token::Sign("{"),
                text("g"),
                text("")
            ]
        );
    }

    #[test]
    fn every_text_ends() {
        for text in ["\"", "'''", "/*", "\"\\", "é", "\\", "{{{{", "\u{0}"] {
            let mut cursor = Cursor::new(text);
            for _ in 0..20 {
                cursor.blank(true, true);
                cursor.token(&["{"], &['{']);
            }
            assert_eq!(cursor.rest(), "", "{text}");
        }
    }
}
