//! Text with looks: a sentence as a value, with no word of how a format writes it.

/// How a piece of text looks where the format has looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Look {
    /// Running text, without emphasis.
    Plain,
    /// A word of the stack file or of the tool: an id, a key, a command.
    Code,
    /// The same within a sentence: a format without looks shows it as plain words.
    Quoted,
    /// What stands out, such as a verdict.
    Strong,
    /// What stands back, such as where a number comes from.
    Muted,
    /// The word of a high severity.
    High,
    /// The word of a medium severity.
    Medium,
    /// The word of a low severity.
    Low,
}

/// Text of which each piece has its look.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Line(Vec<(Look, String)>);

impl Line {
    /// A line of running text, without emphasis.
    #[must_use]
    pub fn of(text: impl Into<String>) -> Self {
        Self::looking(Look::Plain, text)
    }

    /// A sentence of ours, in which a word of the stack file or of the tool stands between backticks; the line holds the word
    /// without them.
    #[must_use]
    pub fn told(text: &str) -> Self {
        let mut line = Self::default();
        let mut plain = 0;
        let mut from = 0;
        while let Some(open) = text[from..].find('`').map(|at| from + at) {
            let begins =
                text[..open].chars().next_back().is_none_or(|c| c.is_whitespace() || matches!(c, '(' | '"' | '“'));
            let close = text[open + 1..].find('`').map(|at| open + 1 + at);
            let Some(close) = close.filter(|close| begins && is_word(&text[open + 1..*close], &text[close + 1..]))
            else {
                from = open + 1;
                continue;
            };
            if plain < open {
                line = line.and(&text[plain..open]);
            }
            line = line.and_looking(Look::Quoted, &text[open + 1..close]);
            (plain, from) = (close + 1, close + 1);
        }
        if plain < text.len() || line.0.is_empty() { line.and(&text[plain..]) } else { line }
    }

    /// An id, key or command.
    #[must_use]
    pub fn code(text: &str) -> Self {
        Self::looking(Look::Code, text)
    }

    /// Text that stands out.
    #[must_use]
    pub fn strong(text: &str) -> Self {
        Self::looking(Look::Strong, text)
    }

    /// Text of a look.
    #[must_use]
    pub fn looking(look: Look, text: impl Into<String>) -> Self {
        Self(vec![(look, text.into())])
    }

    /// The same, with running text behind it.
    #[must_use]
    pub fn and(self, text: impl Into<String>) -> Self {
        self.and_looking(Look::Plain, text)
    }

    /// The same, with an id, key or command behind it.
    #[must_use]
    pub fn and_code(self, text: &str) -> Self {
        self.and_looking(Look::Code, text)
    }

    /// The same, with text of a look behind it.
    #[must_use]
    pub fn and_looking(mut self, look: Look, text: impl Into<String>) -> Self {
        self.0.push((look, text.into()));
        self
    }

    /// The same, with all pieces of another line behind it.
    #[must_use]
    pub fn and_line(mut self, line: Self) -> Self {
        self.0.extend(line.0);
        self
    }

    /// Its words without looks.
    #[must_use]
    pub fn text(&self) -> String {
        self.0.iter().map(|(_, piece)| piece.as_str()).collect()
    }

    /// Its pieces, in order.
    #[must_use]
    pub fn pieces(&self) -> &[(Look, String)] {
        &self.0
    }
}

/// A sentence of ours for what has no looks, such as a picture: the words that stand between backticks, without them.
#[must_use]
pub fn bare(text: &str) -> String {
    Line::told(text).text()
}

/// Whether `between` backticks, with `behind` after them, is one of our words and no piece of somebody's name.
fn is_word(between: &str, behind: &str) -> bool {
    let is_inside = !between.is_empty() && between.trim() == between && between.chars().count() <= 200;
    is_inside
        && behind
            .chars()
            .next()
            .is_none_or(|c| c.is_whitespace() || matches!(c, ',' | ';' | '.' | ':' | ')' | '?' | '"' | '”'))
}

#[cfg(test)]
mod tests {
    use super::{Line, Look, bare};

    fn quoted(text: &str) -> Vec<String> {
        let line = Line::told(text);
        let marked = |(look, piece): &(Look, String)| match look {
            Look::Quoted => format!("`{piece}`"),
            _ => piece.clone(),
        };
        let whole: String = line.pieces().iter().map(marked).collect();
        assert_eq!(whole, text, "nothing is lost");
        let found = line.pieces().iter().filter(|(look, _)| *look == Look::Quoted);
        found.map(|(_, piece)| piece.clone()).collect()
    }

    #[test]
    fn words_between_backticks_are_told_from_the_sentence() {
        assert_eq!(quoted("no `last` review is stated (that of `practices`)"), ["last", "practices"]);
        assert_eq!(quoted("add `makes: [{ data: score }]`"), ["makes: [{ data: score }]"]);
        assert_eq!(quoted("`runbook`"), ["runbook"]);
        assert_eq!(quoted(""), [""; 0]);
    }

    #[test]
    fn backticks_of_names_are_text() {
        for text in ["A`B", "A`B`C", "``", "` `", "a ` b", "from A`B to C`D", "日本語 `` |", "`"] {
            assert_eq!(quoted(text), [""; 0], "{text}");
        }
        assert_eq!(quoted("A`B states no `runbook`"), ["runbook"]);
        assert_eq!(bare("A`B states no `runbook`, nor `owner`"), "A`B states no runbook, nor owner");
    }
}
