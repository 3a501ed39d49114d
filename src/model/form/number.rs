//! Numbers as people write them: `24000`, `24,000`, `1.2k`, `ten`, `½`.

use crate::catalog::people::{meaning, without_about};
use crate::model::table::{Parsed, Refusal, quoted};
use crate::model::units::MAX_AMOUNT;

/// What to write where nothing better can be said.
pub(super) const HELP: &str = "write a number such as `24000` or `1.5`";

/// A finite number from 0 to [`MAX_AMOUNT`].
pub(in crate::model) fn number(text: &str) -> Parsed<f64> {
    let said = without_about(text);
    if let Some(value) = plain(said) {
        return bounded(text, value);
    }
    let lower = said.trim_start_matches(['+', '-', '.']).to_lowercase();
    if matches!(lower.as_str(), "nan" | "inf" | "infinity") {
        return Err(Refusal::new(format!("expected a finite number, found {}", quoted(text)), HELP));
    }
    if let Some(value) = meaning("number", said).and_then(plain) {
        return bounded(text, value);
    }
    if let Some(value) = fraction(said).or_else(|| separated(said)) {
        return bounded(text, value);
    }
    if let Some(value) = european(said) {
        let message =
            format!("{} has a point and a comma, and they mean different things in different places", quoted(text));
        return Err(Refusal::of(message, [(value, "")]));
    }
    if let Some((digits, factor)) = multiplied(said) {
        return bounded(text, number(digits)? * factor);
    }
    Err(Refusal::new(format!("expected a number, found {}", quoted(text)), HELP))
}

/// Digits as a program writes them.
pub(super) fn plain(text: &str) -> Option<f64> {
    let fits = text.bytes().all(|b| b.is_ascii_digit() || matches!(b, b'.' | b'-' | b'+' | b'e' | b'E'));
    if !fits || !text.bytes().any(|b| b.is_ascii_digit()) {
        return None;
    }
    text.parse().ok()
}

fn bounded(text: &str, value: f64) -> Parsed<f64> {
    if value < 0.0 {
        return Err(Refusal::new(format!("{} is negative", quoted(text)), "write an amount of 0 or more"));
    }
    if value > MAX_AMOUNT {
        return Err(Refusal::new(format!("{} is too large", quoted(text)), "write at most 1e15"));
    }
    // Minus zero would print as "-0".
    Ok(value + 0.0)
}

/// `½`, `1½`.
fn fraction(text: &str) -> Option<f64> {
    let last = text.chars().next_back()?;
    let part = match last {
        '½' => 0.5,
        '¼' => 0.25,
        '¾' => 0.75,
        _ => return None,
    };
    let whole = text[..text.len() - last.len_utf8()].trim();
    Some(if whole.is_empty() { 0.0 } else { whole.parse::<u32>().ok()?.into() } + part)
}

/// Thousands apart, or one decimal comma: `24,000`, `24 000.50`, `1.250.000`, `68,50`.
fn separated(text: &str) -> Option<f64> {
    let is_digits = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    let grouped = |separators: &[char], text: &str| {
        let parts: Vec<&str> = text.split(separators).collect();
        let (first, rest) = parts.split_first()?;
        let fits = is_digits(first)
            && first.len() <= 3
            && !rest.is_empty()
            && rest.iter().all(|part| is_digits(part) && part.len() == 3);
        fits.then(|| parts.concat())
    };
    let (whole, decimals) = text.split_once('.').map_or((text, ""), |(whole, rest)| (whole, rest));
    let has_decimals = text.contains('.');
    for separator in [',', ' ', '\'', '’', '_', '\u{a0}', '\u{202f}'] {
        if let Some(digits) = grouped(&[separator], whole).filter(|_| !has_decimals || is_digits(decimals)) {
            return format!("{digits}.{decimals}0").parse().ok();
        }
    }
    // `12 000,50`: no point stands between thousands, so that the comma stands before decimals.
    if let Some((whole, decimals)) = text.split_once(',')
        && is_digits(decimals)
        && decimals.len() <= 2
        && let Some(digits) = [' ', '\'', '’', '\u{a0}', '\u{202f}'].iter().find_map(|gap| grouped(&[*gap], whole))
    {
        return format!("{digits}.{decimals}").parse().ok();
    }
    if text.matches('.').count() > 1 {
        return grouped(&['.'], text)?.parse().ok();
    }
    let (whole, decimals) = text.split_once(',')?;
    (is_digits(whole) && is_digits(decimals) && decimals.len() <= 2)
        .then(|| format!("{whole}.{decimals}").parse().ok())?
}

/// `1.250,50` with its digits in our order.
fn european(text: &str) -> Option<String> {
    let (whole, decimals) = text.rsplit_once(',')?;
    let fits = decimals.bytes().all(|b| b.is_ascii_digit()) && !decimals.is_empty() && whole.contains('.');
    let digits: String = whole.chars().filter(|c| *c != '.').collect();
    (fits && digits.bytes().all(|b| b.is_ascii_digit())).then(|| format!("{digits}.{decimals}"))
}

/// `48.000` beside words: 48 where a point stands before decimals, 48000 where it stands between thousands.
///
/// What stands `behind` the number stays. Programs write no zero at the end of decimals: where they `may_write` such a text, only a zero
/// there tells that people wrote it.
pub(super) fn unclear(text: &str, amount: &str, behind: &str, may_write: bool) -> Option<Refusal> {
    let [(thousands, of_thousands), (decimal, of_decimals)] =
        either_number(amount).filter(|_| !may_write || amount.ends_with('0'))?;
    let message = format!("{} is {decimal} or {thousands}", quoted(text));
    let instead = [(thousands, of_thousands), (decimal, of_decimals)];
    Some(Refusal::of(message, instead.map(|(number, when)| (format!("{number}{behind}"), when))))
}

/// The two numbers that `48.000` may be, each with when: 48000, and 48. Nothing for any other text.
pub(crate) fn either_number(text: &str) -> Option<[(String, &'static str); 2]> {
    let (whole, rest) = text.split_once('.')?;
    let is_group = (1..=3).contains(&whole.len())
        && !whole.starts_with('0')
        && rest.len() == 3
        && [whole, rest].iter().all(|part| part.bytes().all(|b| b.is_ascii_digit()));
    let decimal = plain(text).filter(|_| is_group)?;
    Some([
        (format!("{whole}{rest}"), "where the point stands between thousands"),
        (decimal.to_string(), "where it stands before decimals"),
    ])
}

/// A number and what it is multiplied by: `1.2k`, `3 million`.
fn multiplied(text: &str) -> Option<(&str, f64)> {
    let digits = text.trim_end_matches(char::is_alphabetic);
    let factor = meaning("factor", &text[digits.len()..]).and_then(plain)?;
    let digits = digits.trim_end();
    (plain(digits).is_some() || separated(digits).is_some()).then_some((digits, factor))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_finite_and_not_negative() {
        for (text, value) in [("24000", 24_000.0), ("1e3", 1_000.0), (".5", 0.5), ("0", 0.0)] {
            assert_eq!(number(text), Ok(value), "{text}");
        }
        for wrong in
            ["nan", ".inf", "-1", "1e16", "1e999", "0x10", "", "e", "--1", "1e", "-", "1,2345", "1,23,456", "k"]
        {
            assert!(number(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn what_people_write_is_read_where_it_means_one_thing() {
        for (text, value) in [
            ("1,000", 1_000.0),
            ("1,234,567.5", 1_234_567.5),
            ("24 000", 24_000.0),
            ("24'000", 24_000.0),
            ("1_000", 1_000.0),
            ("1.250.000", 1_250_000.0),
            ("68,50", 68.5),
            ("1,5", 1.5),
            ("1.2k", 1_200.0),
            ("24k", 24_000.0),
            ("1,5 K", 1_500.0),
            ("3 million", 3_000_000.0),
            ("~15", 15.0),
            ("ten", 10.0),
            ("½", 0.5),
            ("1½", 1.5),
            ("half", 0.5),
        ] {
            assert_eq!(number(text), Ok(value), "{text}");
        }
    }

    #[test]
    fn a_point_before_three_digits_is_asked_about_beside_words() {
        let refusal = unclear("48.000 €/mo", "48.000", "/mo", false).unwrap();
        assert_eq!(refusal.message, "`48.000 €/mo` is 48 or 48000");
        let words: Vec<&str> = refusal.instead.iter().map(|(text, _)| text.as_str()).collect();
        assert_eq!(words, ["48000/mo", "48/mo"]);
        for clear in ["48.00", "48.0000", "0.125", "1.250.000", "48", ".125", "1234.567", "4x.000", "48.000.1"] {
            assert!(unclear(clear, clear, "", false).is_none(), "{clear}");
        }
        assert!(unclear("", "1.125", "", false).is_some() && unclear("", "1.125", "", true).is_none());
        assert!(unclear("", "1.120", "", true).is_some());
    }

    #[test]
    fn a_point_before_a_comma_is_asked_about() {
        let refusal = number("1.250,50").unwrap_err();
        assert_eq!(refusal.instead, [("1250.50".to_owned(), String::new())]);
        assert_eq!(number("1.250").unwrap(), 1.25, "YAML's own reading stands");
    }
}
