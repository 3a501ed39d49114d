//! What is not known or guessed, whom to ask, and where to write the answer.

use super::{Cell, Column, Kind, Row, Shape, Table};
use crate::report::facts::Report;
use crate::report::facts::question::told_table;
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
                    _ => Cell::text("no owner named"),
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
        notes: report.questions_table.as_ref().and_then(told_table).map(Line::of).into_iter().collect(),
        shape: Shape::Entries(2),
        most: Some(10),
        beyond: report.questions_left_out.unwrap_or(0),
        ..table
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::tables::sample::{tiny, words};

    #[test]
    fn a_question_says_whom_to_ask_and_where_to_write() {
        let table = questions(&tiny()).unwrap();
        assert_eq!(
            words(&table, 0, &["number", "ask", "stake", "of", "place"]),
            [
                "1",
                "Is there an AI policy, and does it cover acceptable use, data privacy and the review of outputs?",
                "Alone decides between stage 1 and stage 2.",
                "no owner named",
                "stack.yaml:1:1",
            ]
        );
        // An answer that knows an amount says it, and its worth is a number where it was computed.
        let row = (0..table.rows.len()).find(|at| table.rows[*at].id == "systems.chatgpt.interfaces");
        let row = row.expect("nobody knows how ChatGPT is reached");
        assert_eq!(words(&table, row, &["of", "worth"]), ["Dana (marketing)", "0"]);
        assert!(words(&table, row, &["stake"])[0].contains(" to USD 4,680 a year"));
    }
}
