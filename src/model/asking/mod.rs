//! What a stack does not say, or only guesses: one question each, with what may be answered.
//!
//! Only what the stack file states is looked at here; what an answer is worth is for the plan.

mod answers;
mod flows;
mod guesses;
mod others;

use std::collections::BTreeSet;

use super::{Stack, TeamIx};
use crate::source::Span;

pub use answers::{Answer, AnswersFrom};

/// One question: a key that is not known or guessed, or two that only matter together.
#[derive(Clone, Debug, PartialEq)]
pub struct Question {
    /// The list of the entry that it is about, `flows`; `settings` where it is about the whole file.
    pub list: &'static str,
    /// The id of the entry; empty for the whole file.
    pub entry: String,
    /// The keys that the answer fills, at least one. For an entry that is itself a guess the word for it: `flow`.
    pub asks: Vec<Ask>,
    /// The question in one sentence.
    pub ask: String,
    /// Who may know; `None` for whoever holds the file.
    pub of: Option<TeamIx>,
    /// Whether something is stated and marked as a guess. An answer takes the mark away.
    pub is_guess: bool,
    /// Plausible answers, the lowest first; their weights add up to 1. Empty where nothing is known of them.
    pub answers: Vec<Answer>,
    /// Where the plausible answers are from.
    pub from: AnswersFrom,
    /// Where the file says the entry; the start of the file where it is about the whole file.
    pub place: Span,
}

/// One key of a question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ask {
    /// The key, with those it is within: `practices.ai_policy.covers`.
    pub key: String,
    /// The question about this key alone.
    pub ask: String,
    /// How an answer may look in a stack file.
    pub example: String,
}

impl Question {
    /// What it is known by: `flows.draft-to-cms.runs+minutes`, or `hourly_rate`.
    #[must_use]
    pub fn id(&self) -> String {
        let keys: Vec<&str> = self.asks.iter().map(|ask| ask.key.as_str()).collect();
        match self.entry.as_str() {
            "" => keys.join("+"),
            entry => format!("{}.{entry}.{}", self.list, keys.join("+")),
        }
    }

    /// Whether it asks for a rate without which no cost is known.
    #[must_use]
    pub fn is_rate(&self) -> bool {
        self.entry.is_empty() && self.asks[0].key == "hourly_rate"
    }

    /// Whether it asks for this key.
    #[must_use]
    pub fn has(&self, key: &str) -> bool {
        self.asks.iter().any(|ask| ask.key == key)
    }

    /// Whether it asks if the entry is there at all.
    #[must_use]
    pub fn is_existence(&self) -> bool {
        self.is_guess && self.asks[0].key == guesses::itself(self.list)
    }
}

/// Everything that `stack` does not say and that a report could use, and all that it guesses: by list, entry and key, the
/// settings first. A key is asked for once.
#[must_use]
pub fn questions(stack: &Stack) -> Vec<Question> {
    let mut all = others::settings(stack);
    all.extend(flows::questions(stack));
    all.extend(others::entries(stack));
    all.extend(guesses::questions(stack));
    let mut known = BTreeSet::new();
    all.retain(|question| {
        let keys = question.asks.iter().map(|ask| (question.list, question.entry.clone(), ask.key.clone()));
        let is_new = keys.clone().all(|key| !known.contains(&key));
        known.extend(keys);
        is_new
    });
    let list = |question: &Question| question.list != "settings";
    all.sort_by(|a, b| (list(a), a.list, &a.entry, &a.asks[0].key).cmp(&(list(b), b.list, &b.entry, &b.asks[0].key)));
    all
}
