//! Questions as a numbered list: what to ask whom, where to write it, and what hangs on it.

use super::{Chapter, Document, Item, Part};
use crate::report::facts::Report;
use crate::report::facts::question::Question;
use crate::report::say::{Line, grouped};

/// The questions of a report as a document of its own.
#[must_use]
pub fn asked(report: &Report) -> Document {
    let questions = report.questions.as_deref().unwrap_or_default();
    let lead = match questions.len() {
        0 => vec![Line::of("Nothing is left to ask: all that is looked for is stated, and nothing is a guess.")],
        _ => Vec::new(),
    };
    let items = questions.iter().enumerate().map(|(at, question)| item(report, at + 1, question)).collect();
    let chapter = Chapter::of("questions", "", vec![Part::Items(items)]);
    let chapters = if questions.is_empty() { Vec::new() } else { vec![chapter] };
    Document { lead, chapters, rest: "the JSON has all", ..Document::default() }
}

fn item(report: &Report, number: usize, question: &Question) -> Item {
    let head = Line::of(format!("{number}. {}", question.ask));
    let mut details = Vec::new();
    details.extend(stake(report, question).map(Line::of));
    details.push(Line::of("Answers: ").and(question.answers.join(" · ")));
    let ask = question.of_name.as_deref().unwrap_or("whoever holds the file");
    let mut place = Line::of(format!("Ask: {ask}. Write at ")).and_code(&question.place.to_string());
    for cell in &question.cells {
        place = place.and(" · ").and_code(cell);
    }
    details.push(place);
    if question.guessed {
        details.push(Line::of("Then take ").and_code(&question.keys[0]).and(" out of `guessed`."));
    }
    Item { head, details }
}

/// What hangs on the answer.
fn stake(report: &Report, question: &Question) -> Option<String> {
    let plan = report.plan.as_ref();
    let said = |amount: f64| match plan {
        Some(plan) => plan.said(report.stack.currency.as_deref(), amount),
        None => grouped(amount),
    };
    let year =
        question.a_year.as_ref().map(|[low, high]| format!("{} to {} a year", said(low.get()), said(high.get())));
    let worth = question.worth.map(|worth| worth.get());
    Some(match (question.exact, worth, &question.decided, year) {
        (true, Some(worth), Some(item), year) => {
            let year = year.map(|year| format!("; at stake: {year}")).unwrap_or_default();
            format!("Decides whether the plan has: {item}. Knowing is worth {} within the horizon{year}.", said(worth))
        }
        (true, Some(worth), None, year) if worth > 0.0 => {
            let year = year.map(|year| format!("; at stake: {year}")).unwrap_or_default();
            format!("Decides the order of the plan. Knowing is worth {} within the horizon{year}.", said(worth))
        }
        (true, _, _, Some(year)) => format!("At stake: {year}; no plausible answer changes the plan."),
        (true, _, _, None) => "No plausible answer changes the plan.".to_owned(),
        (false, _, _, Some(year)) => format!("At stake: {year}."),
        (false, _, _, None) => return None,
    })
}
