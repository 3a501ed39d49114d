//! Dates of a column: `03/04/2026` is read as the other cells of its column show.

use jiff::civil::Date;

use super::cell::Cell;
use crate::grid::Value;
use crate::model::spoken::{SpokenDay, date};

/// Which number of a date with slashes is the day.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Order {
    /// No cell shows it, or two cells show different things.
    #[default]
    NotKnown,
    DayFirst,
    MonthFirst,
}

impl Order {
    /// What the texts of a column show: one `27/02` settles all.
    pub(super) fn of<'t>(texts: impl Iterator<Item = &'t str>) -> Self {
        let (mut day, mut month) = (false, false);
        for text in texts {
            let parts: Vec<u32> = text.trim().split('/').map_while(|part| part.trim().parse().ok()).collect();
            if let [first, second, _] = parts.as_slice() {
                day |= *first > 12 && *first <= 31 && *second <= 12;
                month |= *second > 12 && *second <= 31 && *first <= 12;
            }
        }
        match (day, month) {
            (true, false) => Self::DayFirst,
            (false, true) => Self::MonthFirst,
            _ => Self::NotKnown,
        }
    }
}

/// A day of a cell; the two that it may be where nothing settles it.
pub(super) fn day(cell: &Cell, order: Order) -> Option<SpokenDay> {
    if let Value::Date(day) = cell.value {
        return Some(SpokenDay::Is(day));
    }
    Some(match (date(&cell.text)?, order) {
        (SpokenDay::Either(day, _), Order::DayFirst) => SpokenDay::Is(day),
        (SpokenDay::Either(_, day), Order::MonthFirst) => SpokenDay::Is(day),
        (other, _) => other,
    })
}

/// A day as a stack file has it.
pub(super) fn literal(day: Date) -> String {
    day.to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_cell_settles_the_order_of_its_column() {
        let cell =
            Cell { text: "03/04/2026".into(), value: Value::Text, place: String::new(), unit: None, has_commas: false };
        let read = |column: &[&str]| day(&cell, Order::of(column.iter().copied()));
        let is = |text: &str| Some(SpokenDay::Is(text.parse().unwrap()));
        assert_eq!(read(&["03/04/2026", "27/02/2026"]), is("2026-04-03"));
        assert_eq!(read(&["03/04/2026", "02/27/2026", "soon"]), is("2026-03-04"));
        assert!(matches!(read(&["03/04/2026"]), Some(SpokenDay::Either(..))));
        assert!(matches!(read(&["27/02/2026", "02/27/2026"]), Some(SpokenDay::Either(..))));
    }
}
