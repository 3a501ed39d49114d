//! Quantities with their range, and what they measure.

use crate::source::Bound;

/// What the cells of a column hold; how they are aligned, sorted and formatted follows from it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Words, names, codes, and lists of them.
    Words,
    /// A whole number of things.
    Count,
    /// A number without a unit.
    Number,
    /// Hours of work or of outage.
    Hours,
    /// Person-days of eight hours.
    Days,
    /// Weeks from the start of the plan.
    Weeks,
    /// Money, to the whole unit.
    Money,
    /// A share of 1, shown as a percentage.
    Share,
    /// A probability near 1, shown as a percentage with so many decimals: as many as the column needs.
    Availability(u8),
    /// A day of the calendar, `2026-11-21`.
    Date,
}

/// A quantity in the unit of its column.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Amount {
    /// The low end of the range.
    pub low: f64,
    /// The likely value, which is shown first.
    pub likely: f64,
    /// The high end of the range; infinite where there is none.
    pub high: f64,
    /// How exact it is.
    pub bound: Bound,
}

impl Amount {
    /// One number without a range.
    #[must_use]
    pub fn of(number: f64) -> Self {
        Self { low: number, likely: number, high: number, bound: Bound::Value }
    }
}

impl Kind {
    /// Whether its cells are quantities, which stand to the right and are never broken.
    #[must_use]
    pub fn is_number(self) -> bool {
        !matches!(self, Self::Words | Self::Date)
    }
}
