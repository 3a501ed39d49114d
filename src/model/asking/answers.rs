//! Plausible answers: the ends of what is stated, else the spread over the stack, else a table.

use crate::model::{percent, rate_in_words};

/// What may be answered.
#[derive(Clone, Debug, PartialEq)]
pub struct Answer {
    /// One value for each key that is asked for, as a stack file writes it; `no` where an entry is not there.
    pub values: Vec<String>,
    /// The same as numbers, in the unit of the model: runs a year, minutes, money, a share. `None` for words.
    pub numbers: Vec<Option<f64>>,
    /// How likely it is, from 0 to 1.
    pub weight: f64,
}

/// Where plausible answers are from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AnswersFrom {
    /// From the range that the file states.
    Stated,
    /// From the quartiles of the same key over the stack.
    Stack,
    /// From the table that comes with the program, which is used for ranking only.
    Table,
    /// They are all that can be answered, each as likely as the others.
    Choice,
}

impl AnswersFrom {
    /// The word of the JSON.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Stated => "stated",
            Self::Stack => "stack",
            Self::Table => "table",
            Self::Choice => "choice",
        }
    }
}

/// Weights of a low, a likely and a high answer.
const WEIGHTS: [f64; 3] = [0.25, 0.5, 0.25];

/// What a key may be where neither the entry nor the stack says more: low, likely, high, in the unit of the model. Runs are a
/// year. Used to rank questions only; no result is computed with it.
pub const TABLE: [(&str, [f64; 3]); 6] = [
    ("availability", [0.99, 0.995, 0.999]),
    ("hourly_rate", [40.0, 70.0, 120.0]),
    ("minutes", [5.0, 15.0, 45.0]),
    ("outage_cost", [100.0, 500.0, 2_000.0]),
    ("records", [1.0, 10.0, 100.0]),
    ("runs", [12.0, 52.0, 260.0]),
];

/// A number as the stack file writes it behind `key`.
pub(super) fn written(key: &str, number: f64) -> String {
    match key {
        "runs" => rate_in_words(number, false),
        "availability" => percent(number),
        _ => number.to_string(),
    }
}

/// A number as it is asked: what is written is what is computed with.
fn asked(key: &str, number: f64) -> f64 {
    match key {
        "runs" if number >= 1.0 => number.round(),
        "availability" => (number * 1e7).round() / 1e7,
        // Three digits behind the point, so that nothing small becomes nothing.
        _ => (number * 1e3).round() / 1e3,
    }
}

/// Low, likely and high of several keys together: all low, all likely, all high.
pub(super) fn three(keys: &[(&str, [f64; 3])]) -> Vec<Answer> {
    let answer = |at: usize| {
        let numbers: Vec<f64> = keys.iter().map(|(key, three)| asked(key, three[at])).collect();
        let values = keys.iter().zip(&numbers).map(|((key, _), number)| written(key, *number)).collect();
        Answer { values, numbers: numbers.into_iter().map(Some).collect(), weight: WEIGHTS[at] }
    };
    let mut all: Vec<Answer> = Vec::new();
    for answer in (0..3).map(answer) {
        match all.last_mut().filter(|last| last.values == answer.values) {
            // Ends that are written alike are one answer.
            Some(last) => last.weight += answer.weight,
            None => all.push(answer),
        }
    }
    all
}

/// Words, each as likely as the others.
pub(super) fn choice<W: AsRef<str>>(words: &[W]) -> Vec<Answer> {
    let weight = 1.0 / words.len().max(1) as f64;
    let answer = |word: &W| Answer { values: vec![word.as_ref().to_owned()], numbers: vec![None], weight };
    words.iter().map(answer).collect()
}
