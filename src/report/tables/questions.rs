//! What is not known or guessed, whom to ask, and where to write the answer.

use super::{Cell, Column, Kind, Row, Shape, Table};
use crate::report::facts::Report;
use crate::report::facts::question::table_of_answers;
use crate::report::say::{Line, in_currency};

/// The table, in the order of the report; `None` where no questions were asked for.
#[must_use]
pub fn questions(report: &Report) -> Option<Table> {
    let questions = report.questions.as_ref()?;
    let currency = report.stack.currency.as_deref();
    let worth = match report.plan.as_ref().is_some_and(|plan| plan.is_in_hours()) {
        true => Column::new("worth", "Knowing is worth, hours within the horizon", Kind::Hours),
        false => Column::new("worth", in_currency("Knowing is worth within the horizon", currency), Kind::Money),
    };
    let columns = vec![
        Column::new("number", "#", Kind::Count).on_slides(),
        Column::new("ask", "Question", Kind::Words).on_slides(),
        Column::new("stake", "What hangs on it", Kind::Words).on_slides(),
        Column::new("of", "Ask", Kind::Words).on_slides(),
        Column::new("place", "Write at", Kind::Words),
        Column::new("answers", "Plausible answers", Kind::Words),
        worth.detail(),
        Column::new("cells", "Cells of the workbook", Kind::Words).detail(),
    ];
    let rows = questions.iter().enumerate().map(|(at, question)| {
        let answers =
            if question.answers.is_empty() { std::slice::from_ref(&question.example) } else { &question.answers };
        Row {
            id: question.id.clone(),
            about: question.of.iter().cloned().collect(),
            cells: vec![
                Cell::number(Some(at as f64 + 1.0)),
                Cell::text(&question.ask),
                Cell::texts(&question.stake(report)),
                match (&question.of, &question.of_name) {
                    (Some(id), Some(name)) => Cell::name(id, name),
                    _ => Cell::text("whoever holds the file"),
                },
                Cell::Code(question.place.to_string()),
                Cell::list(answers.iter().map(|answer| Cell::Code(answer.clone()))),
                question.worth.filter(|_| question.exact).map_or(Cell::Empty, |worth| Cell::number(Some(worth.get()))),
                Cell::list(question.cells.iter().map(|cell| Cell::Code(cell.clone()))),
            ],
            ..Row::default()
        }
    });
    let table = Table::new("questions", "Questions", ["question", "questions"], columns);
    Some(Table {
        title: "What is not known or guessed, by what the answer is worth".into(),
        empty: "Nothing is left to ask: what results need is stated, and nothing is marked as a guess.".into(),
        rows: rows.collect(),
        notes: table_of_answers(questions).map(Line::of).into_iter().collect(),
        shape: Shape::Entries(2),
        most: Some(10),
        ..table
    })
}
