//! One value or two in one text: `15`, `10-20`, `4–8/week`, `10 to 20 min`.

use crate::catalog::people::without_about;
use crate::model::table::{Parsed, Refusal, quoted};

/// What a text says of a figure.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(in crate::model) enum Said {
    /// One value.
    One(f64),
    /// The lowest and the highest.
    Between(f64, f64),
}

/// Reads `text` as one value, else as two of which the first may take its unit from the second.
pub(in crate::model) fn said(text: &str, one: &dyn Fn(&str) -> Parsed<f64>) -> Parsed<Said> {
    let whole = match one(text) {
        Ok(value) => return Ok(Said::One(value)),
        Err(refusal) => refusal,
    };
    for (at, length) in dashes(text) {
        let (left, right) = (text[..at].trim(), without_about(&text[at + length..]));
        let (left, Ok(high)) = (without_about(left), one(right)) else { continue };
        // `10-20 min` and `4-8/week` state the unit once, `1-2k` its factor as well; `500-1k` does not.
        let unit =
            right.trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, '.' | ',' | '\'' | '½' | '¼' | '¾'));
        let alone = left.chars().next_back().is_some_and(|c| !c.is_alphabetic() && c != '%');
        let with_unit = if alone { one(&format!("{left}{unit}")).ok() } else { None };
        let Some(low) = with_unit.filter(|low| *low <= high).or_else(|| one(left).ok()).or(with_unit) else { continue };
        if low > high {
            return Err(Refusal::new(
                format!("the range {} is not in order", quoted(text)),
                "write the smaller number first",
            ));
        }
        return Ok(Said::Between(low, high));
    }
    Err(whole)
}

/// Where two values may part: dashes that are no sign of a number and no part of a word, and the word "to".
fn dashes(text: &str) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    // A figure is short; what is longer has no values between which anything could lie.
    if text.len() > 80 {
        return found;
    }
    for (at, c) in text.char_indices() {
        let before = text[..at].trim_end().chars().next_back();
        let after = text[at + c.len_utf8()..].trim_start().chars().next();
        let is_dash = matches!(c, '-' | '–' | '—' | '−');
        if is_dash && before.is_some() && after.is_some_and(|c| !matches!(c, '-' | '+')) {
            found.push((at, c.len_utf8()));
        }
    }
    found.extend(text.match_indices(" to ").map(|(at, to)| (at, to.len())));
    found
}

#[cfg(test)]
mod tests {
    use super::super::number::number;
    use super::*;

    #[test]
    fn two_numbers_are_a_range() {
        for text in ["10-20", "10 - 20", "10–20", "10 to 20", "~10-20", "10-~20"] {
            assert_eq!(said(text, &number), Ok(Said::Between(10.0, 20.0)), "{text}");
        }
        assert_eq!(said("1-2k", &number), Ok(Said::Between(1_000.0, 2_000.0)));
        assert_eq!(said("500-1k", &number), Ok(Said::Between(500.0, 1_000.0)));
        assert_eq!(said("1,000-1,500", &number), Ok(Said::Between(1_000.0, 1_500.0)));
        assert_eq!(said("15", &number), Ok(Said::One(15.0)));
        assert_eq!(said("1e-3", &number), Ok(Said::One(0.001)));
    }

    #[test]
    fn what_is_no_range_is_told_as_no_number() {
        for text in ["-", "10-", "-10", "a-b", "2026-01-02", "10--20", ""] {
            assert!(said(text, &number).is_err(), "{text}");
        }
        assert!(said("20-10", &number).unwrap_err().message.contains("not in order"));
    }
}
