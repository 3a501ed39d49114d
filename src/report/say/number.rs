//! Quantities as words: how many digits, which separators, which unit.

use crate::report::tables::{Amount, Bound, Kind};

/// A number with thousands separators and this many decimals: `12,345`, `-1,200.50`; never minus zero.
#[must_use]
pub fn decimal(number: f64, decimals: usize) -> String {
    let plain = format!("{:.*}", decimals, number.abs());
    let (whole, fraction) = plain.split_once('.').map_or((plain.as_str(), None), |(whole, rest)| (whole, Some(rest)));
    let mut out = String::new();
    if number < 0.0 && plain.chars().any(|c| c.is_ascii_digit() && c != '0') {
        out.push('-');
    }
    for (at, digit) in whole.chars().enumerate() {
        if at > 0 && (whole.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    if let Some(fraction) = fraction {
        out.push('.');
        out.push_str(fraction);
    }
    out
}

/// A number of hours, days, weeks or things: tenths below ten, whole from there; `4`, `4.5`, `12`, `1,893`.
#[must_use]
pub fn short(number: f64) -> String {
    let tenths = if number.abs() < 9.95 { decimal(number, 1) } else { decimal(number, 0) };
    tenths.strip_suffix(".0").map_or(tenths.clone(), str::to_owned)
}

/// Money to the whole unit, the sign before the currency: `USD 24,000`, `-USD 22,084`, `24,000` without a currency.
#[must_use]
pub fn money(currency: Option<&str>, amount: f64) -> String {
    let plain = decimal(amount, 0);
    match (currency, plain.strip_prefix('-')) {
        (None, _) => plain,
        (Some(currency), None) => format!("{currency} {plain}"),
        (Some(currency), Some(size)) => format!("-{currency} {size}"),
    }
}

/// A share of 1 as a whole percentage: `76%`. What is not quite nothing or not quite all is never rounded to 0% or 100%.
#[must_use]
pub fn percent(share: f64) -> String {
    let whole = (share * 100.0).round();
    match () {
        () if whole <= 0.0 && share > 0.0 => "<1%".to_owned(),
        () if whole >= 100.0 && share < 1.0 => ">99%".to_owned(),
        () => format!("{}%", decimal(whole, 0)),
    }
}

/// A probability near 1 as a percentage with as many decimals as tell it from 100%, at least two and at most nine,
/// zeros at the end left out: `99.65%`, `99.9999%`, `100%`.
#[must_use]
pub fn availability(share: f64) -> String {
    let percent = share * 100.0;
    let missing = (100.0 - percent).abs();
    // Two digits of what is missing are shown.
    let decimals = if missing > 0.0 { (1.0 - missing.log10().floor()).clamp(2.0, 9.0) as usize } else { 2 };
    let text = decimal(percent, decimals);
    let text = text.trim_end_matches('0').trim_end_matches('.');
    format!("{text}%")
}

/// One number of a column of this kind, without its unit, which the heading states; a percentage carries its sign.
#[must_use]
pub fn plain(kind: Kind, number: f64) -> String {
    match kind {
        Kind::Money | Kind::Count => decimal(number, 0),
        Kind::Share => percent(number),
        Kind::Availability => availability(number),
        Kind::Words | Kind::Date | Kind::Number | Kind::Hours | Kind::Days | Kind::Weeks => short(number),
    }
}

/// A quantity of a column of this kind: `12`, `12 (8 to 20)`, `at least 12`.
#[must_use]
pub fn amount(kind: Kind, amount: Amount) -> String {
    let likely = plain(kind, amount.likely);
    match amount.bound {
        Bound::AtMost => format!("at most {}", plain(kind, amount.high)),
        Bound::AtLeast => format!("at least {}", plain(kind, amount.low)),
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
    fn numbers_are_written_as_in_english() {
        assert_eq!(decimal(1_234_567.0, 0), "1,234,567");
        assert_eq!(decimal(-999.5, 1), "-999.5");
        assert_eq!(decimal(-0.4, 0), "0");
        assert_eq!(
            (short(4.0), short(4.46), short(9.96), short(0.0)),
            ("4".into(), "4.5".into(), "10".into(), "0".into())
        );
        assert_eq!(money(Some("USD"), -22_084.3), "-USD 22,084");
        assert_eq!(money(Some("EUR"), 24_000.0), "EUR 24,000");
        assert_eq!(money(None, -5.0), "-5");
    }

    #[test]
    fn a_percentage_is_never_rounded_to_nothing_or_to_all() {
        assert_eq!(percent(0.76), "76%");
        assert_eq!((percent(0.0), percent(1.0)), ("0%".into(), "100%".into()));
        assert_eq!((percent(0.001), percent(0.999)), ("<1%".into(), ">99%".into()));
        assert_eq!(availability(0.9965), "99.65%");
        assert_eq!(availability(0.998), "99.8%");
        assert_eq!(availability(0.999_999), "99.9999%");
        assert_eq!(availability(1.0), "100%");
        assert_eq!(availability(0.0), "0%");
    }

    #[test]
    fn an_amount_says_its_range_or_its_bound() {
        let range = Amount { low: 8.0, likely: 12.0, high: 20.4, bound: Bound::Value };
        assert_eq!(amount(Kind::Hours, range), "12 (8 to 20)");
        assert_eq!(amount(Kind::Hours, Amount::of(12.04)), "12");
        assert_eq!(amount(Kind::Money, Amount { bound: Bound::AtLeast, ..range }), "at least 8");
        assert_eq!(amount(Kind::Money, Amount { bound: Bound::AtMost, ..range }), "at most 20");
    }
}
