//! Numbers and lists as the sentences of findings write them.

use crate::model::{Hours, Money, Stack};

/// A whole number with thin groups: `12,345`.
#[must_use]
pub fn grouped(number: f64) -> String {
    let digits = format!("{:.0}", number.abs());
    let mut out = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    if number < 0.0 && digits != "0" { format!("-{out}") } else { out }
}

/// Hours to the whole hour, or to a tenth below ten: `347 hours`, `4.5 hours`.
#[must_use]
pub fn hours(hours: Hours) -> String {
    let number = if hours.0 < 9.95 && hours.0 > 0.0 { format!("{:.1}", hours.0) } else { grouped(hours.0) };
    let number = number.strip_suffix(".0").unwrap_or(&number);
    format!("{number} {}", if number == "1" { "hour" } else { "hours" })
}

/// Money to the whole unit, with the stack's currency where it has one: `USD 24,000`.
#[must_use]
pub fn money(stack: &Stack, money: Money) -> String {
    match &stack.currency {
        Some(currency) => format!("{currency} {}", grouped(money.0)),
        None => grouped(money.0),
    }
}

/// `a`, `a and b`, `a, b and c`.
#[must_use]
pub fn listed<T: AsRef<str>>(words: &[T]) -> String {
    match words {
        [] => String::new(),
        [one] => one.as_ref().to_owned(),
        [first @ .., last] => {
            let first: Vec<&str> = first.iter().map(AsRef::as_ref).collect();
            format!("{} and {}", first.join(", "), last.as_ref())
        }
    }
}

/// `1 system`, `3 systems`.
#[must_use]
pub fn counted(number: usize, one: &str, many: &str) -> String {
    format!("{} {}", grouped(number as f64), if number == 1 { one } else { many })
}

/// A number as text has it: words to twelve, digits beyond.
#[must_use]
pub fn spelled(number: usize) -> String {
    const WORDS: [&str; 13] =
        ["no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"];
    WORDS.get(number).map_or_else(|| grouped(number as f64), |word| (*word).to_owned())
}

/// `one system`, `three systems`, `13 systems`.
#[must_use]
pub fn spelled_of(number: usize, one: &str, many: &str) -> String {
    format!("{} {}", spelled(number), if number == 1 { one } else { many })
}

/// Person-days: whole ones from ten up, tenths below: `1 day`, `2.5 days`, `34 days`.
#[must_use]
pub fn days(number: f64) -> String {
    let words = if number >= 9.95 { grouped(number) } else { format!("{number:.1}") };
    let words = words.strip_suffix(".0").unwrap_or(&words);
    if words == "1" { "1 day".to_owned() } else { format!("{words} days") }
}

/// The same sentence with a capital at its beginning.
#[must_use]
pub fn capital(sentence: &str) -> String {
    let mut letters = sentence.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_read_like_numbers() {
        assert_eq!(grouped(1_234_567.4), "1,234,567");
        assert_eq!(grouped(-0.2), "0");
        assert_eq!(hours(Hours(1.0)), "1 hour");
        assert_eq!(hours(Hours(4.54)), "4.5 hours");
        assert_eq!(hours(Hours(346.7)), "347 hours");
        assert_eq!(listed(&["a", "b", "c"]), "a, b and c");
        assert_eq!([0, 1, 12, 13, 1_140].map(spelled), ["no", "one", "twelve", "13", "1,140"]);
        assert_eq!([1.0, 2.54, 0.0, 34.4].map(days), ["1 day", "2.5 days", "0 days", "34 days"]);
        assert_eq!(capital("one of"), "One of");
        assert_eq!(capital(""), "");
    }
}
