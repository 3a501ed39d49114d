//! Questions as a numbered list: what to ask whom, where to write it, and what hangs on it.

use super::{Chapter, Document, Item, Part};
use crate::report::facts::Report;
use crate::report::facts::question::{Question, told_table};
use crate::report::say::{self, Line, counted};

/// Questions of a report that a terminal shows.
const FIRST: usize = 5;

/// Answers that are shown before the rest is counted.
const ANSWERS: usize = 6;

/// The questions of a report as a document of its own.
#[must_use]
pub fn asked(report: &Report) -> Document {
    let questions = report.questions.as_deref().unwrap_or_default();
    let left_out = report.questions_left_out.unwrap_or(0);
    let total = questions.len() + left_out;
    if total == 0 {
        let nothing = "Nothing is left to ask: what results need is stated, and nothing is marked as a guess.";
        return Document { lead: vec![Line::of(nothing)], ..Document::default() };
    }
    let mut lead = vec![Line::of(how_many(questions, total))];
    lead.push(Line::of(order(report, questions)));
    let chapter = Chapter::of("questions", "", vec![Part::Items(items(report))]);
    let mut chapters = vec![chapter];
    let mut rest = Vec::new();
    rest.extend(report.questions_table.as_ref().and_then(told_table).map(Line::of));
    let unjudged = questions.iter().filter(|question| !question.stage_judged).count();
    if unjudged > 0 {
        rest.push(Line::of(format!(
            "Whether an answer alone changes the stage was looked at for all but {}: the bound of work ended before.",
            counted(unjudged, "question", "questions")
        )));
    }
    if left_out > 0 {
        let more = counted(left_out, "more question", "more questions");
        rest.push(Line::told(&format!("{more}: `--all` shows everything.")));
    }
    if !rest.is_empty() {
        chapters.push(Chapter::of("rest", "", vec![Part::Sentences(rest)]));
    }
    Document { lead, chapters, rest: "the JSON has them", ..Document::default() }
}

/// The questions of a report as a list.
pub(super) fn items(report: &Report) -> Vec<Item> {
    let questions = report.questions.iter().flatten().enumerate();
    questions.map(|(at, question)| item(report, at + 1, question)).collect()
}

/// The same in short, at the end of a check: a line each.
pub(super) fn first(report: &Report) -> Vec<Item> {
    let questions = report.questions.iter().flatten().enumerate().take(FIRST);
    let item = |(at, question): (usize, &Question)| {
        let head = Line::of(format!("{}. {} ", at + 1, question.ask)).and_line(whom_and_where(question));
        let stake = question.stake(report).into_iter().map(|words| format!(" {words}")).collect::<String>();
        Item::of(head.and(stake))
    };
    questions.map(item).collect()
}

/// How to see those that are left out.
pub(super) fn more(report: &Report) -> Vec<Line> {
    let words = |count| format!("{} in `sinew questions --all`.", counted(count, "more question", "more questions"));
    report.questions_left_out.map(|count| Line::told(&words(count))).into_iter().collect()
}

/// `12 questions, 1 of which alone can change the stage.`
fn how_many(questions: &[Question], total: usize) -> String {
    let stages = questions.iter().filter(|question| question.stages.is_some()).count();
    let stages = match stages {
        0 => String::new(),
        1 => "; the answer to 1 alone can change the stage".to_owned(),
        some => format!("; the answers to {some} can each change the stage alone"),
    };
    format!("{}{stages}.", counted(total, "question", "questions"))
}

/// What the order is, and which worth is which.
fn order(report: &Report, questions: &[Question]) -> String {
    let exact = questions.iter().filter(|question| question.exact).count();
    let weeks = report.plan.as_ref().map(|plan| say::weeks(plan.horizon_weeks.get()));
    match (exact, weeks) {
        (0, _) => "Ranked by the yearly amount that an answer can move; no plan was computed again.".to_owned(),
        (exact, Some(weeks)) => format!(
            "For {} the plan was computed again under each answer: \"knowing is worth\" is what it gains within {weeks}, \
             on average. The others stand by the yearly amount that an answer can move.",
            counted(exact, "of them", "of them"),
        ),
        (exact, None) => format!("For {exact} of them the plan was computed again under each answer."),
    }
}

fn item(report: &Report, number: usize, question: &Question) -> Item {
    let head = Line::of(format!("{number}. {}", question.ask));
    let mut details: Vec<Line> = question.stake(report).into_iter().map(Line::of).collect();
    details.push(whom_and_where(question));
    details.extend(answers(question));
    details.extend(confirm(question).map(|words| Line::told(&words)));
    Item { head, details }
}

/// `Ask Content. Write at acme.yaml:41:5 or Flows!G7.`
fn whom_and_where(question: &Question) -> Line {
    let ask = question.of_name.as_deref().unwrap_or("whoever keeps the stack file");
    let mut line = Line::of(format!("Ask {ask}. Write at ")).and_code(&question.place.to_string());
    // The place of a workbook is the first of its cells.
    let cells = question.cells.iter().skip(usize::from(question.place.sheet.is_some()));
    for (at, cell) in cells.enumerate() {
        let before = match (at, question.place.sheet.is_some()) {
            (0, false) => "; in a workbook ",
            _ => " and ",
        };
        line = line.and(before).and_code(cell);
    }
    line.and(".")
}

fn answers(question: &Question) -> Option<Line> {
    let (first, all): (&str, Vec<&str>) = match question.answers.as_slice() {
        [] => ("For example ", vec![&question.example]),
        [one] => ("For example ", vec![one]),
        many => ("Plausible: ", many.iter().take(ANSWERS).map(String::as_str).collect()),
    };
    let mut line = Line::of(first);
    for (at, answer) in all.iter().enumerate() {
        line = line.and(if at == 0 { "" } else { " · " }).and_code(answer);
    }
    let rest = question.answers.len().saturating_sub(ANSWERS);
    Some(if rest > 0 { line.and(format!(" and {rest} more")) } else { line })
}

/// What else to do about a guess.
fn confirm(question: &Question) -> Option<String> {
    let key = question.keys.first().filter(|_| question.is_marked)?;
    let is_existence = question.answers.iter().any(|answer| answer == "yes");
    Some(match is_existence {
        true if question.answers.len() > 1 => {
            format!("Yes: take `{key}` out of `guessed`. No: take the {key} out.")
        }
        true => format!("Yes: take `{key}` out of `guessed`."),
        false if question.place.sheet.is_some() => {
            format!("If it is right as it stands, take `{key}` out of the cell of guesses.")
        }
        false => format!("Then take `{key}` out of `guessed`."),
    })
}
