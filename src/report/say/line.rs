//! Text with looks: a sentence as a value, with no word of how a format writes it.

/// How a piece of text looks where the format has looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Look {
    /// Running text, without emphasis.
    Plain,
    /// A word of the stack file or of the tool: an id, a key, a command.
    Code,
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

    /// Its pieces, in order.
    #[must_use]
    pub fn pieces(&self) -> &[(Look, String)] {
        &self.0
    }
}
