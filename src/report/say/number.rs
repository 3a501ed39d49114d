//! Quantities of a table as words.

use super::{Amount, Bound, Kind};
use crate::source::words::{
    Toward, availability_toward, counted, days, decimal_toward, percent_toward, short, short_toward,
};

/// One number of a column of this kind, without its unit, which the heading states; a percentage carries its sign.
#[must_use]
pub fn plain(kind: Kind, number: f64) -> String {
    plain_toward(kind, number, Toward::Nearest)
}

fn plain_toward(kind: Kind, number: f64, toward: Toward) -> String {
    match kind {
        Kind::Money | Kind::Count => decimal_toward(number, 0, toward),
        Kind::Share => percent_toward(number, toward),
        Kind::Availability(decimals) => availability_toward(number, decimals, toward),
        Kind::Words | Kind::Date | Kind::Number | Kind::Hours | Kind::Days | Kind::Weeks => {
            short_toward(number, toward)
        }
    }
}

/// A quantity of a column of this kind: `12`, `12 (8 to 20)`, `at least 12`. A bound is rounded so that it holds.
#[must_use]
pub fn amount(kind: Kind, amount: Amount) -> String {
    let bound = amount.bound;
    let bounded = |number: f64| format!("{}{}", bound.word(), plain_toward(kind, number, bound.toward()));
    let likely = plain(kind, amount.likely);
    match bound {
        Bound::AtMost => bounded(amount.high),
        Bound::AtLeast => bounded(amount.likely),
        Bound::Between => spread(kind, amount).unwrap_or(likely),
        Bound::Value => match spread(kind, amount) {
            Some(spread) => format!("{likely} ({spread})"),
            None => likely,
        },
    }
}

/// The range of a quantity where its ends differ as they are printed: `8 to 20`; `8 or more` where it has no high end.
#[must_use]
pub fn spread(kind: Kind, amount: Amount) -> Option<String> {
    let low = plain(kind, amount.low);
    if amount.high == f64::INFINITY {
        return Some(format!("{low} or more"));
    }
    let high = plain(kind, amount.high);
    (low != high).then(|| format!("{low} to {high}"))
}

/// Items and their person-days, with how much of both is done by some day where that is not all: `10 items` and `49 days`, or
/// `5 of 10 items` and `14 of 49 days`.
#[must_use]
pub fn items_and_days(all: (usize, f64), done: (usize, f64)) -> [String; 2] {
    let [items, work] = [counted(all.0, "item", "items"), days(all.1)];
    match done.0 == all.0 {
        true => [items, work],
        false => [format!("{} of {items}", done.0), format!("{} of {work}", short(done.1))],
    }
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
        assert_eq!(amount(Kind::Money, Amount { bound: Bound::AtMost, ..range }), "at most 21");
        assert_eq!(amount(Kind::Money, Amount { bound: Bound::AtLeast, ..Amount::of(8_759.6) }), "at least 8,759");
    }
}
