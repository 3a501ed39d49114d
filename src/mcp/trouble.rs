//! Why a call is not answered: in words, and as the diagnosis that programs read.

use crate::ask::Refused;
use crate::report::diagnosis::Diagnosis;
use crate::source::{Diagnostic, Level, Source, render};

/// What is wrong with a call, or with the stack that it is about.
#[derive(Clone, Debug)]
pub struct Trouble {
    /// For people.
    pub text: String,
    /// For programs: as `sinew schema diagnosis` says.
    pub diagnosis: Diagnosis,
}

impl Trouble {
    /// A stack file, or another text, that something is wrong with.
    #[must_use]
    pub fn with(source: &Source, problems: &[Diagnostic]) -> Self {
        let text = render(source, problems, false);
        Self { text, diagnosis: Diagnosis::of(problems.iter().map(|problem| (problem, source))) }
    }

    /// Whether any of `problems` keeps the text from being used.
    pub(super) fn is_in(problems: &[Diagnostic]) -> bool {
        problems.iter().any(|problem| problem.level == Level::Error)
    }

    /// The same with what to do instead.
    #[must_use]
    pub(super) fn instead(mut self, what: &str) -> Self {
        self.text.push_str(&format!("Instead: {what}\n"));
        self
    }
}

impl From<Refused> for Trouble {
    fn from(refused: Refused) -> Self {
        Self { diagnosis: Diagnosis::without_place(&refused.0), text: refused.0 }
    }
}
