//! The criteria of the maturity stages.

use super::{Cell, Column, Kind, Row, Table, Tone};
use crate::report::facts::Report;
use crate::report::facts::stage::{Criterion, Origin, Stage, State};
use crate::report::say::criterion;

/// The table, by stage; `None` where the stage was not asked for.
#[must_use]
pub fn criteria(report: &Report) -> Option<Table> {
    let stage = report.stage.as_ref()?;
    let table = Table::new("criteria", "Stage", ["criterion", "criteria"], columns());
    Some(Table {
        title: "What each stage requires".into(),
        rows: stage.criteria.iter().map(|criterion| row(stage, criterion)).collect(),
        ..table
    })
}

fn columns() -> Vec<Column> {
    vec![
        Column::new("stage", "Stage", Kind::Count).on_slides(),
        Column::new("part", "Part", Kind::Words),
        Column::new("criterion", "Criterion", Kind::Words).on_slides(),
        Column::new("wants", "Requires", Kind::Words).detail(),
        Column::new("state", "State", Kind::Words).on_slides(),
        Column::new("source", "Source", Kind::Words),
        Column::new("next", "Needed next", Kind::Words),
        Column::new("evidence", "Evidence", Kind::Words).detail(),
        Column::new("findings", "Blocked by findings", Kind::Words).detail().leading_to(&["findings"]),
    ]
}

fn row(stage: &Stage, one: &Criterion) -> Row {
    let source = match one.source {
        Origin::Graph => "model",
        Origin::Practices => "stated",
    };
    Row {
        id: one.id.to_owned(),
        about: one.findings.clone(),
        cells: vec![
            Cell::count(usize::from(one.stage)),
            Cell::text(one.part_of.as_str().replace('-', " ")),
            Cell::name(one.id, criterion(one.id)),
            Cell::text(one.wants),
            if one.rests_on_guesses && one.state == State::Met { on_guesses() } else { state(one.state) },
            Cell::text(source),
            Cell::yes(stage.next.contains(&one.id)),
            Cell::texts(&one.evidence),
            Cell::list(one.findings.iter().map(|id| Cell::Code(id.clone()))),
        ],
        ..Row::default()
    }
}

/// Met, as far as guesses are right.
fn on_guesses() -> Cell {
    Cell::Word("met, on guesses".to_owned(), Tone::Fair)
}

/// The word of a state.
#[must_use]
pub fn state(state: State) -> Cell {
    let (word, tone) = match state {
        State::Met => ("met", Tone::Good),
        State::NotMet => ("not met", Tone::Bad),
        State::NotKnown => ("not known", Tone::Fair),
        State::NothingToJudge => ("– nothing to judge", Tone::Plain),
    };
    Cell::Word(word.to_owned(), tone)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::tables::sample::{tiny, words};

    #[test]
    fn a_criterion_says_how_it_is_known_and_whether_it_is_needed_next() {
        let table = criteria(&tiny()).unwrap();
        let keys = ["stage", "part", "criterion", "state", "source", "next"];
        assert_eq!(words(&table, 0, &keys), ["1", "policy", "policy on data privacy", "not known", "stated", "yes"]);
        let silo = table.rows.iter().position(|row| row.id == "no-ai-silo").unwrap();
        assert_eq!(
            words(&table, silo, &["criterion", "state", "source"]),
            ["automated flow for each AI tool", "not met", "model"]
        );
    }
}
