//! A cell as words, the same in every format.

use super::{Cell, Tone};
use crate::report::say::{Bound, Kind, Line, Look, amount, plain, spread};

/// What stands where the answer is not known.
pub const NOT_KNOWN: &str = "not known";

/// What stands where the question does not arise.
const NOTHING_TO_JUDGE: &str = "–";

/// A cell of a column of this kind as a line of words; an empty cell is an empty line.
#[must_use]
pub fn cell(kind: Kind, shown: &Cell) -> Line {
    match shown {
        Cell::Empty => Line::default(),
        Cell::NotKnown => Line::looking(Look::Muted, NOT_KNOWN),
        Cell::NothingToJudge => Line::looking(Look::Muted, NOTHING_TO_JUDGE),
        Cell::Missing(what) => Line::looking(Look::Medium, *what),
        Cell::Text(words) => Line::told(words),
        Cell::Name(named) => Line::of(&named.name),
        Cell::Code(word) => Line::code(word),
        Cell::Yes => Line::of("yes"),
        Cell::Word(word, tone) => Line::looking(look(*tone), word),
        Cell::Amount(value) | Cell::Linked(value, _) => Line::of(amount(kind, *value)),
        Cell::Measured(kind, value) => Line::of(amount(*kind, *value)),
        Cell::List(cells) => {
            let mut line = Line::default();
            // Sentences hold commas of their own.
            let between = if matches!(cells.first(), Some(Cell::Text(_) | Cell::List(_))) { "; " } else { ", " };
            for (at, one) in cells.iter().enumerate() {
                line = if at > 0 { line.and(between) } else { line };
                line = line.and_line(cell(kind, one));
            }
            line
        }
    }
}

/// The likely value and the range of a cell, for formats that set the range apart; the cell's words and nothing where
/// it is no plain range.
#[must_use]
pub fn cell_parts(kind: Kind, shown: &Cell) -> (Line, Option<String>) {
    let kind = if let Cell::Measured(own, _) = shown { *own } else { kind };
    match shown.amount() {
        Some(value) if value.bound == Bound::Value => (Line::of(plain(kind, value.likely)), spread(kind, value)),
        _ => (cell(kind, shown), None),
    }
}

fn look(tone: Tone) -> Look {
    match tone {
        Tone::Bad => Look::High,
        Tone::Fair => Look::Medium,
        Tone::Good | Tone::Plain => Look::Plain,
    }
}
