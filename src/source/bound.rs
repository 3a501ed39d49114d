//! A figure and how exact it is: a lower bound is rounded down and an upper bound up, whatever words it becomes.

use super::words::{self, Toward};

/// How exact a quantity is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Bound {
    /// It is the value, within its range.
    Value,
    /// It cannot be more.
    AtMost,
    /// A sum of which a part is not known: it is not less than what is likely of the rest.
    AtLeast,
    /// It is between the low end and the high end, and which is likely is not known.
    Between,
}

/// One number and how exact it is, in whatever unit its words say.
///
/// Its words are the only way to print it, so that no lower bound is printed above what is known, and no upper bound
/// below.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Figure {
    number: f64,
    bound: Bound,
}

impl Bound {
    /// Where a number that is this exact is rounded to.
    #[must_use]
    pub fn toward(self) -> Toward {
        match self {
            Self::Value | Self::Between => Toward::Nearest,
            Self::AtLeast => Toward::Down,
            Self::AtMost => Toward::Up,
        }
    }

    /// What stands before a number that is this exact: `at least `, `at most `, or nothing.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Value | Self::Between => "",
            Self::AtLeast => "at least ",
            Self::AtMost => "at most ",
        }
    }

    /// [`AtLeast`](Self::AtLeast) where a part of a sum is not known, else [`Value`](Self::Value).
    #[must_use]
    pub fn least_if(is_least: bool) -> Self {
        if is_least { Self::AtLeast } else { Self::Value }
    }
}

impl Figure {
    /// A number that is known as exactly as `bound` says.
    #[must_use]
    pub fn new(number: f64, bound: Bound) -> Self {
        Self { number, bound }
    }

    /// A sum, of which a part is not known where `is_least`.
    #[must_use]
    pub fn least_if(is_least: bool, number: f64) -> Self {
        Self::new(number, Bound::least_if(is_least))
    }

    /// Money to the whole unit: `at least USD 8,760`.
    #[must_use]
    pub fn money(self, currency: Option<&str>) -> String {
        self.said(&self.money_alone(currency))
    }

    /// The same for a sentence that says in its own words that it may be more: `USD 8,760`.
    #[must_use]
    pub fn money_alone(self, currency: Option<&str>) -> String {
        words::money_toward(currency, self.number, self.bound.toward())
    }

    /// Money as one says it aloud: `at least USD 8,700`, `at most USD 77k`.
    #[must_use]
    pub fn spoken(self, currency: Option<&str>) -> String {
        self.said(&words::spoken_toward(currency, self.number, self.bound.toward()))
    }

    /// Hours with their unit: `at least 95 hours`.
    #[must_use]
    pub fn hours(self) -> String {
        self.said(&words::hours_of(&words::short_toward(self.number, self.bound.toward())))
    }

    /// A number of hours, days, weeks or things without its unit: `at least 4.5`.
    #[must_use]
    pub fn short(self) -> String {
        self.said(&words::short_toward(self.number, self.bound.toward()))
    }

    /// A whole number of things without its unit: `at least 7,213`.
    #[must_use]
    pub fn grouped(self) -> String {
        self.said(&words::decimal_toward(self.number, 0, self.bound.toward()))
    }

    fn said(self, number: &str) -> String {
        format!("{}{number}", self.bound.word())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// The number that words show, the word of the bound and the unit left aside.
    fn shown(words: &str) -> f64 {
        let words = words.trim_start_matches("at least ").trim_start_matches("at most ");
        let words = words.trim_end_matches(" hours").trim_end_matches(" hour");
        let (sign, words) = words.strip_prefix('-').map_or((1.0, words), |words| (-1.0, words));
        let words = words.trim_start_matches("USD ").replace(',', "");
        let units = [("k", 1e3), ("bn", 1e9), ("M", 1e6), ("%", 0.01)];
        let of_unit = |(unit, size): (&str, f64)| Some((words.strip_suffix(unit)?.to_owned(), size));
        let (digits, size) = units.into_iter().find_map(of_unit).unwrap_or((words.clone(), 1.0));
        sign * digits.parse::<f64>().unwrap_or_else(|_| panic!("{words}")) * size
    }

    fn all_words(figure: Figure) -> Vec<String> {
        let currency = Some("USD");
        vec![figure.money(currency), figure.spoken(currency), figure.hours(), figure.short(), figure.grouped()]
    }

    #[test]
    fn a_lower_bound_is_never_rounded_up() {
        let least = |number| Figure::least_if(true, number);
        assert_eq!(least(8_760.0).spoken(Some("USD")), "at least USD 8,700");
        assert_eq!(Figure::least_if(false, 8_760.0).spoken(Some("USD")), "USD 8,800");
        assert_eq!(least(8_759.6).money(Some("USD")), "at least USD 8,759");
        assert_eq!(least(999.9).spoken(None), "at least 999");
        assert_eq!((least(1.0).hours(), least(9.97).hours()), ("at least 1 hour".into(), "at least 9.9 hours".into()));
        // What a sum of tenths leaves behind the last digit is no fraction.
        assert_eq!(least(0.1 + 0.2).short(), "at least 0.3");
        assert_eq!(least(2.999_999_999_9).grouped(), "at least 3");
        assert_eq!(Figure::new(8_701.0, Bound::AtMost).spoken(Some("USD")), "at most USD 8,800");
        assert_eq!(Figure::new(0.2, Bound::AtMost).grouped(), "at most 1");
    }

    proptest! {
        #[test]
        fn what_is_shown_of_a_bound_holds(number in prop_oneof![-1e4..1e4f64, -1e7..1e7f64, -1e12..1e12f64]) {
            let noise = 1e-5 + number.abs() * 1e-12;
            for words in all_words(Figure::least_if(true, number)) {
                prop_assert!(words.starts_with("at least ") && shown(&words) <= number + noise, "{words} of {number}");
            }
            for words in all_words(Figure::new(number, Bound::AtMost)) {
                prop_assert!(words.starts_with("at most ") && shown(&words) >= number - noise, "{words} of {number}");
            }
        }

        #[test]
        fn what_is_shown_of_a_share_holds(share in prop_oneof![0.0..1.0f64, 0.0..0.01f64, 0.99..1.0f64, 0.0..50.0f64]) {
            prop_assert!(shown(&words::percent_toward(share, Toward::Down)) <= share + 1e-9);
            prop_assert!(shown(&words::percent_toward(share, Toward::Up)) >= share - 1e-9);
            let decimals = words::availability_decimals(share);
            prop_assert!(shown(&words::availability_toward(share, decimals, Toward::Down)) <= share + 1e-9);
            prop_assert!(shown(&words::availability_toward(share, decimals, Toward::Up)) >= share - 1e-9);
        }
    }
}
