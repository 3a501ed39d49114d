//! The one place that turns a quantity, a list or a cell into words.

mod amount;
mod criterion;
mod heading;
mod line;
mod number;

pub use crate::source::words::{
    availability, availability_decimals, availability_to, capital, counted, days, decimal, grouped, hours, listed,
    listed_few, money, percent, short, spelled, spelled_of, spoken, uncapital, weeks,
};
pub use crate::source::{Bound, Figure};
pub use amount::{Amount, Kind};
pub use criterion::criterion;
pub use heading::{a_year, in_currency, per_hour};
pub use line::{Line, Look, bare};
pub use number::{amount, items_and_days, plain, spread};
