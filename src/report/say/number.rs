//! Quantities of a table as words.

use super::{Amount, Bound, Kind};
use crate::source::words::{availability_to, decimal, percent, short};

/// One number of a column of this kind, without its unit, which the heading states; a percentage carries its sign.
#[must_use]
pub fn plain(kind: Kind, number: f64) -> String {
    match kind {
        Kind::Money | Kind::Count => decimal(number, 0),
        Kind::Share => percent(number),
        Kind::Availability(decimals) => availability_to(number, decimals),
        Kind::Words | Kind::Date | Kind::Number | Kind::Hours | Kind::Days | Kind::Weeks => short(number),
    }
}

/// A quantity of a column of this kind: `12`, `12 (8 to 20)`, `at least 12`.
#[must_use]
pub fn amount(kind: Kind, amount: Amount) -> String {
    let likely = plain(kind, amount.likely);
    match amount.bound {
        Bound::AtMost => format!("at most {}", plain(kind, amount.high)),
        Bound::AtLeast => format!("at least {}", plain(kind, amount.likely)),
        Bound::Between => spread(kind, amount).unwrap_or(likely),
        Bound::Value => match spread(kind, amount) {
            Some(spread) => format!("{likely} ({spread})"),
            None => likely,
        },
    }
}

/// The range of a quantity where its ends differ as they are printed: `8 to 20`.
#[must_use]
pub fn spread(kind: Kind, amount: Amount) -> Option<String> {
    let (low, high) = (plain(kind, amount.low), plain(kind, amount.high));
    (low != high).then(|| format!("{low} to {high}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_amount_says_its_range_or_its_bound() {
        let range = Amount { low: 8.0, likely: 12.0, high: 20.4, bound: Bound::Value };
        assert_eq!(amount(Kind::Hours, range), "12 (8 to 20)");
        assert_eq!(amount(Kind::Hours, Amount::of(12.04)), "12");
        assert_eq!(amount(Kind::Money, Amount { bound: Bound::AtLeast, ..range }), "at least 12");
        assert_eq!(amount(Kind::Money, Amount { bound: Bound::AtMost, ..range }), "at most 20");
    }
}
