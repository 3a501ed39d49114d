//! Why a question is not answered.

use std::fmt;

/// What is wrong with a question, in the words that all who ask show: one or more paragraphs `error: …`, each with its line
/// `= help: …` where there is one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refused(pub String);

impl Refused {
    /// One error in a sentence, lower case, without a full stop.
    #[must_use]
    pub fn because(sentence: impl fmt::Display) -> Self {
        Self(format!("error: {sentence}\n"))
    }
}

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Refused {}
