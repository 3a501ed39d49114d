//! The lines of Structurizr's DSL as statements: words, texts, and the braces that open and close.

use crate::import::cursor::{Cursor, Token};

/// A statement: one line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Statement {
    /// Its words and texts, the line that it stands in, and whether it opens a block.
    Line { words: Vec<String>, line: usize, opens: bool },
    /// A block ends.
    Close,
}

/// The statements of `text`; comments are passed over.
pub(super) fn statements(text: &str) -> Vec<Statement> {
    let mut cursor = Cursor::new(text);
    let (mut all, mut words, mut line) = (Vec::new(), Vec::new(), 1);
    loop {
        // A `#` begins a comment only where a line begins: colors stand behind their word.
        cursor.blank(words.is_empty(), false);
        let at = cursor.line();
        let token = cursor.token(&["{", "}", "->"], &['{', '}']);
        if words.is_empty() {
            line = at;
        }
        match token {
            Some(Token::Word(word)) => match word.split_once("->") {
                // `a->b` without spaces; `--https->` is a word of its own.
                Some((from, to)) if !from.is_empty() && !from.starts_with("--") => {
                    words.extend([from.to_owned(), "->".to_owned()]);
                    if !to.is_empty() {
                        words.push(to.to_owned());
                    }
                }
                _ => words.push(word),
            },
            Some(Token::Text(text)) => words.push(text),
            Some(Token::Sign("{")) => {
                all.push(Statement::Line { words: std::mem::take(&mut words), line, opens: true });
            }
            Some(Token::Sign("}")) => {
                if !words.is_empty() {
                    all.push(Statement::Line { words: std::mem::take(&mut words), line, opens: false });
                }
                all.push(Statement::Close);
            }
            Some(Token::Sign(arrow)) => words.push(arrow.to_owned()),
            Some(Token::End) | None => {
                if !words.is_empty() {
                    all.push(Statement::Line { words: std::mem::take(&mut words), line, opens: false });
                }
                if token.is_none() {
                    return all;
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_statements() {
        let text = "workspace \"A b\" { # c\n// d\n  x = person \"P\"{\n a -> b \"uses\" \\\n \"HTTP\"\n}}";
        let line = |words: &[&str], line, opens| Statement::Line {
            words: words.iter().map(|word| (*word).to_owned()).collect(),
            line,
            opens,
        };
        assert_eq!(
            statements(text),
            [
                line(&["workspace", "A b"], 1, true),
                line(&["x", "=", "person", "P"], 3, true),
                line(&["a", "->", "b", "uses", "HTTP"], 4, false),
                Statement::Close,
                Statement::Close,
            ]
        );
    }
}
