//! What hangs on an answer, in words.

use std::collections::BTreeMap;

use super::Question;
use crate::model::asking::TABLE;
use crate::report::facts::{Number, Range, Report};
use crate::report::say::{counted, grouped, hours, money, weeks as weeks_of};

impl Question {
    /// What hangs on the answer, a sentence each: the stage, what the plan gains, the yearly amount, findings.
    #[must_use]
    pub fn stake(&self, report: &Report) -> Vec<String> {
        let mut said = Vec::new();
        if let Some([low, high]) = self.stages {
            said.push(format!("Alone decides between stage {low} and stage {high}."));
        }
        let amount = |amount: f64| match self.counted_in.as_str() {
            "hours" => hours(amount),
            _ => money(report.stack.currency.as_deref(), amount),
        };
        let year = self.a_year.as_ref().map(|[low, high]| (low.get(), high.get()));
        // Where every answer gives 0 there is no difference to tell.
        let year = year
            .map(|(low, high)| [amount(low), amount(high)])
            .filter(|[low, high]| low != high || *high != amount(0.0));
        // Whoever reads an amount of an answer that nobody gave learns what it was computed with.
        let usual = if self.answers_from == "table" { ", with usual answers" } else { "" };
        let year = year.map(|[low, high]| format!("{low} to {high} a year{usual}"));
        let knowing = || self.worth.map(|worth| amount(worth.get())).unwrap_or_default();
        let weeks = report.plan.as_ref().map(|plan| format!(" within {}", weeks_of(plan.horizon_weeks.get())));
        let weeks = weeks.unwrap_or_default();
        match (self.exact, year) {
            (true, Some(year)) if self.worth.is_some_and(|worth| worth.get() > 0.0) => {
                let what = match &self.decided {
                    Some((title, Some(wave))) => format!("whether wave {wave} of the plan has \"{title}\""),
                    Some((title, None)) => format!("whether the plan has \"{title}\""),
                    None => "the order of the plan".to_owned(),
                };
                said.push(format!("Decides {what} ({year}). Knowing is worth {}{weeks}.", knowing()));
            }
            (true, Some(year)) => {
                said.push(format!("At stake: {year}. The plan chosen now is the best one under each answer."));
            }
            (_, Some(year)) => said.push(format!("At stake: {year}.")),
            (_, None) => {}
        }
        match self.findings {
            Some(count) if count > 0 && self.stages.is_none() && self.worth.is_none() => {
                said.push(format!("{} on it.", counted(count, "finding hangs", "findings hang")));
            }
            _ => {}
        }
        said
    }
}

/// The rows of the table of plausible answers that `questions` use, by key.
#[must_use]
pub fn table_of_answers(questions: &[Question]) -> BTreeMap<String, Range> {
    let is_used = |(key, _): &&(&str, [f64; 3])| {
        let mut of_table = questions.iter().filter(|question| question.answers_from == "table");
        of_table.any(|question| question.keys.iter().any(|known| known.split('.').next_back() == Some(key)))
    };
    let row = |(key, [low, likely, high]): &(&str, [f64; 3])| {
        let range = Range { low: Number::from(*low), likely: Number::from(*likely), high: Number::from(*high) };
        ((*key).to_owned(), range)
    };
    TABLE.iter().filter(is_used).map(row).collect()
}

/// The same in a sentence; nothing where no row is used.
#[must_use]
pub fn told_table(rows: &BTreeMap<String, Range>) -> Option<String> {
    let row = |(key, ends): (&String, &Range)| {
        let said = |end: Number| match key.as_str() {
            "availability" => percent_of(end.get()),
            _ => grouped(end.get()),
        };
        format!("{} {} / {} / {}", key.replace('_', " "), said(ends.low), said(ends.likely), said(ends.high))
    };
    let words: Vec<String> = rows.iter().map(row).collect();
    let runs = if rows.contains_key("runs") { "; runs are a year" } else { "" };
    (!words.is_empty()).then(|| {
        format!(
            "Where the stack has too few values of its own, plausible answers are those of a table that ranks questions and \
             is part of no total: {}{runs}.",
            words.join(", ")
        )
    })
}

/// `99.5%`: all digits of a share.
fn percent_of(share: f64) -> String {
    format!("{}%", (share * 1e7).round() / 1e5)
}
