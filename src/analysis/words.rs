//! Quantities of the model as the sentences of findings write them.

use crate::model::{Hours, Money, Stack};
use crate::source::words;

pub use crate::source::words::{capital, counted, days, grouped, listed, listed_few, spelled, spelled_of};

/// Hours to the whole hour, or to a tenth below ten: `347 hours`, `4.5 hours`.
#[must_use]
pub fn hours(hours: Hours) -> String {
    words::hours(hours.0)
}

/// Money as it decides an order: what is printed alike is equal, so that the noise of sums breaks no tie.
#[must_use]
pub fn printed(amount: f64) -> i64 {
    // Amounts are at most 1e15, which is far from the ends of the type.
    amount.round_ties_even() as i64
}

/// Money to the whole unit, with the stack's currency where it has one: `USD 24,000`.
#[must_use]
pub fn money(stack: &Stack, money: Money) -> String {
    words::money(stack.currency.as_deref(), money.0)
}
