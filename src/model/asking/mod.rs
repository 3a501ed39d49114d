//! What a stack does not say, or only guesses: one question each, with what may be answered.
//!
//! Only what the stack file states is looked at here; what an answer is worth is for the plan. A key whose default is
//! documented (`error_rate`, `plan.capacity`) is an assumption and no question.

mod answering;
mod answers;
mod audience;
mod entries;
mod flows;
mod guesses;
mod plausible;
mod settings;

use std::collections::BTreeSet;

use super::table::word_of_list;
use super::{Stack, TeamIx};
use crate::source::Span;

pub use answers::{Answer, AnswersFrom, TABLE};

/// One question: a key that is not known or guessed, or two that only matter together.
#[derive(Clone, Debug, PartialEq)]
pub struct Question {
    /// The list of the entry that it is about, `flows`; `settings` where it is about the whole file.
    pub list: &'static str,
    /// The id of the entry; empty for the whole file.
    pub entry: String,
    /// The ids of the other flows that the same entry of the file states, where it has a list of targets, also of those
    /// that are not live: one answer is for all of them.
    pub also: Vec<String>,
    /// What the entry is called; empty for the whole file.
    pub name: String,
    /// The keys that the answer fills, at least one. For an entry that is itself a guess the word for it: `flow`.
    pub asks: Vec<Ask>,
    /// The question in one sentence.
    pub ask: String,
    /// Who may know: the performer, else an owner; `None` for whoever keeps the file.
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
    /// How an answer may look in a stack file, or what it is where that depends on the stack: `a team`.
    pub example: String,
}

impl Question {
    /// What it is known by: `flows.draft-to-cms.runs+minutes`, or `hourly_rate`.
    #[must_use]
    pub fn id(&self) -> String {
        let keys: Vec<&str> = self.keys().collect();
        match self.entry.as_str() {
            "" => keys.join("+"),
            entry => format!("{}.{entry}.{}", self.list, keys.join("+")),
        }
    }

    /// The keys that the answer fills.
    pub fn keys(&self) -> impl Iterator<Item = &str> {
        self.asks.iter().map(|ask| ask.key.as_str())
    }

    /// The ids of the entries that the answer is for: one, but for a flow with a list of targets.
    pub fn entries(&self) -> impl Iterator<Item = &str> {
        std::iter::once(&self.entry).chain(&self.also).map(String::as_str)
    }

    /// Whether it asks for a rate without which no cost is known.
    #[must_use]
    pub fn is_rate(&self) -> bool {
        self.entry.is_empty() && self.asks[0].key == "hourly_rate"
    }

    /// Whether it asks for this key.
    #[must_use]
    pub fn has(&self, key: &str) -> bool {
        self.keys().any(|known| known == key)
    }

    /// Whether it asks if the entry is there at all.
    #[must_use]
    pub fn is_existence(&self) -> bool {
        self.is_guess && self.asks[0].key == word_of_list(self.list)
    }

    /// A question about one key, of which no plausible answer is known.
    pub(crate) fn of_key(list: &'static str, key: &str, ask: String, example: &str) -> Self {
        Self {
            list,
            entry: String::new(),
            also: Vec::new(),
            name: String::new(),
            asks: vec![Ask { key: key.to_owned(), ask: ask.clone(), example: example.to_owned() }],
            ask,
            of: None,
            is_guess: false,
            answers: Vec::new(),
            from: AnswersFrom::Choice,
            place: Span::default(),
        }
    }

    /// The same with what its key may be in a stack.
    fn with_spread(mut self, plausible: &plausible::Plausible<'_>) -> Self {
        if let Some((ends, from)) = plausible.spread(&self.asks[0].key) {
            (self.answers, self.from) = (answers::three(&[(&self.asks[0].key, ends)]), from);
        }
        self
    }

    /// The same with these answers, each as likely as the others.
    fn with_choice<W: AsRef<str>>(mut self, words: &[W]) -> Self {
        self.answers = answers::choice(words);
        self
    }
}

/// Everything that `stack` does not say and that a result could use, and all that it guesses: the settings first, then by
/// list, entry and key. A key is asked for once.
#[must_use]
pub fn questions(stack: &Stack) -> Vec<Question> {
    let plausible = plausible::Plausible::of(stack);
    let mut all = guesses::questions(&plausible);
    all.extend(settings::questions(&plausible));
    all.extend(flows::questions(&plausible));
    all.extend(entries::questions(&plausible));
    all.extend(audience::questions(stack));
    all.extend(audience::of_content(stack));
    let mut known = BTreeSet::new();
    all.retain(|question| {
        let keys = || question.keys().map(|key| (question.list, question.entry.clone(), key.to_owned()));
        let is_new = keys().all(|key| !known.contains(&key));
        known.extend(keys());
        is_new
    });
    let list = |question: &Question| question.list != "settings";
    all.sort_by(|a, b| (list(a), a.list, &a.entry, &a.asks[0].key).cmp(&(list(b), b.list, &b.entry, &b.asks[0].key)));
    all
}

/// The same where each flow is an entry of its own, as the rows of a workbook are.
#[must_use]
pub fn questions_of_rows(stack: &Stack) -> Vec<Question> {
    let mut rows = stack.clone();
    rows.flows.iter_mut().for_each(|flow| flow.entry = flow.place);
    questions(&rows)
}

#[cfg(test)]
mod tests;
