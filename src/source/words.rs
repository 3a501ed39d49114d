//! Quantities and lists as words, in English: the one place that says how many digits, which separators, which sign.

/// Which way a number is rounded to the digits that are shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Toward {
    /// The nearest, half away from zero.
    Nearest,
    /// The next that is not more: what is known of a lower bound.
    Down,
    /// The next that is not less.
    Up,
}

impl Toward {
    /// `number` to this many decimals. What is a ten-millionth of the last digit beside a shown value is the noise of a sum,
    /// and is that value.
    #[must_use]
    pub fn rounded(self, number: f64, decimals: usize) -> f64 {
        let digits = 10f64.powi(i32::try_from(decimals).unwrap_or(i32::MAX));
        let scaled = number * digits;
        let nearest = scaled.round();
        // Beyond what a double holds of digits there is nothing to round.
        if !scaled.is_finite() || (scaled - nearest).abs() <= 1e-6f64.max(nearest.abs() * 1e-14) {
            return if scaled.is_finite() { nearest / digits } else { number };
        }
        match self {
            Self::Nearest => nearest / digits,
            Self::Down => scaled.floor() / digits,
            Self::Up => scaled.ceil() / digits,
        }
    }
}

/// A whole number with separators: `12,345`.
#[must_use]
pub fn grouped(number: f64) -> String {
    decimal(number, 0)
}

/// A number with thousands separators and this many decimals, rounded this way.
#[must_use]
pub fn decimal_toward(number: f64, decimals: usize, toward: Toward) -> String {
    match toward {
        Toward::Nearest => decimal(number, decimals),
        toward => decimal(toward.rounded(number, decimals), decimals),
    }
}

/// A number with thousands separators and this many decimals: `12,345`, `-1,200.50`; never minus zero. Half a whole number is
/// rounded away from zero, as spreadsheets do.
#[must_use]
pub fn decimal(number: f64, decimals: usize) -> String {
    let size = if decimals == 0 { number.abs().round() } else { number.abs() };
    let plain = format!("{size:.decimals$}");
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
    short_toward(number, Toward::Nearest)
}

/// The same, rounded this way.
#[must_use]
pub fn short_toward(number: f64, toward: Toward) -> String {
    let ten = if toward == Toward::Nearest { 9.95 } else { 10.0 };
    let tenths = decimal_toward(number, if number.abs() < ten { 1 } else { 0 }, toward);
    tenths.strip_suffix(".0").map_or(tenths.clone(), str::to_owned)
}

/// Money to the whole unit, the sign before the currency: `USD 24,000`, `-USD 22,084`, `24,000` without a currency.
#[must_use]
pub fn money(currency: Option<&str>, amount: f64) -> String {
    money_toward(currency, amount, Toward::Nearest)
}

/// The same, rounded this way.
#[must_use]
pub fn money_toward(currency: Option<&str>, amount: f64, toward: Toward) -> String {
    money_in(currency, decimal_toward(amount, 0, toward))
}

/// A printed amount with its currency, the sign before both.
fn money_in(currency: Option<&str>, plain: String) -> String {
    match (currency, plain.strip_prefix('-')) {
        (None, _) => plain,
        (Some(currency), None) => format!("{currency} {plain}"),
        (Some(currency), Some(size)) => format!("-{currency} {size}"),
    }
}

/// Money as one says it aloud, to two or three figures: `USD 950`, `USD 2,500`, `USD 77k`, `USD 1.4M`.
#[must_use]
pub fn spoken(currency: Option<&str>, amount: f64) -> String {
    spoken_toward(currency, amount, Toward::Nearest)
}

/// The same, rounded this way.
#[must_use]
pub fn spoken_toward(currency: Option<&str>, amount: f64, toward: Toward) -> String {
    // What is rounded to the nearest may reach the next unit.
    let is_nearest = toward == Toward::Nearest;
    let below = |ordinary: f64, nearest: f64| amount.abs() < if is_nearest { nearest } else { ordinary };
    let short = |amount: f64| short_toward(amount, toward);
    match () {
        () if below(1e3, 999.5) => money_toward(currency, amount, toward),
        () if below(1e4, 9_950.0) => money(currency, toward.rounded(amount / 100.0, 0) * 100.0),
        () if below(1e6, 999_500.0) => money_in(currency, decimal_toward(amount / 1e3, 0, toward) + "k"),
        () if below(1e9, 999.5e6) => money_in(currency, short(amount / 1e6) + "M"),
        () => money_in(currency, short(amount / 1e9) + "bn"),
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

/// The same behind `at least` or `at most`: rounded that way, with hundredths where a whole percentage would be nothing.
#[must_use]
pub fn percent_toward(share: f64, toward: Toward) -> String {
    let of = |decimals| decimal_toward(share * 100.0, decimals, toward);
    match toward {
        Toward::Nearest => percent(share),
        Toward::Down if share > 0.0 && share < 0.01 => format!("{}%", of(2)),
        Toward::Down | Toward::Up => format!("{}%", of(0)),
    }
}

/// A probability near 1 as a percentage with as many decimals as tell it from 100%, at least two and at most nine:
/// `99.80%`, `99.65%`, `99.9999%`, `100.00%`.
#[must_use]
pub fn availability(share: f64) -> String {
    availability_to(share, availability_decimals(share))
}

/// The same with this many decimals, so that those of one column stand beneath each other.
#[must_use]
pub fn availability_to(share: f64, decimals: u8) -> String {
    availability_toward(share, decimals, Toward::Nearest)
}

/// The same, rounded this way.
#[must_use]
pub fn availability_toward(share: f64, decimals: u8, toward: Toward) -> String {
    format!("{}%", decimal_toward(share * 100.0, decimals.into(), toward))
}

/// How many decimals show two digits of what is missing to 100%, zeros at the end left out: two to nine.
#[must_use]
pub fn availability_decimals(share: f64) -> u8 {
    let percent = share * 100.0;
    let missing = (100.0 - percent).abs();
    let most = if missing > 0.0 { (1.0 - missing.log10().floor()).clamp(2.0, 9.0) as usize } else { 2 };
    let text = decimal(percent, most);
    let shown = text.trim_end_matches('0').split_once('.').map_or(0, |(_, fraction)| fraction.len());
    u8::try_from(shown.max(2)).unwrap_or(2)
}

/// Hours to the whole hour, or to a tenth below ten: `347 hours`, `4.5 hours`.
#[must_use]
pub fn hours(number: f64) -> String {
    hours_of(&short(number))
}

/// A printed number with its unit.
pub(super) fn hours_of(number: &str) -> String {
    if number == "1" { "1 hour".to_owned() } else { format!("{number} hours") }
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

/// The same where only the first `most` are named and the others counted: `a, b and 28 more`.
#[must_use]
pub fn listed_few<T: AsRef<str>>(words: &[T], most: usize) -> String {
    // A count of one takes as much room as the word that it stands for.
    if words.len() <= most + 1 {
        return listed(words);
    }
    let named: Vec<&str> = words[..most].iter().map(AsRef::as_ref).collect();
    format!("{} and {} more", named.join(", "), grouped((words.len() - most) as f64))
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
    let words = short(number);
    if words == "1" { "1 day".to_owned() } else { format!("{words} days") }
}

/// Weeks, with tenths below ten: `1 week`, `1.5 weeks`, `52 weeks`.
#[must_use]
pub fn weeks(number: f64) -> String {
    let words = short(number);
    if words == "1" { "1 week".to_owned() } else { format!("{words} weeks") }
}

/// The words of an id: `personal-data-to-ai` is `personal data to AI`.
#[must_use]
pub fn spaced(id: &str) -> String {
    let words = id.split(['-', '_']).map(|word| if word == "ai" { "AI" } else { word });
    words.collect::<Vec<_>>().join(" ")
}

/// The same sentence with a capital at its beginning.
#[must_use]
pub fn capital(sentence: &str) -> String {
    let mut letters = sentence.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// The same words within a sentence: without the capital of their beginning.
#[must_use]
pub fn uncapital(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| first.to_lowercase().chain(letters).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_words_of_an_id_stand_apart() {
        assert_eq!(
            [spaced("personal-data-to-ai"), spaced("lead_score"), spaced("main")],
            ["personal data to AI", "lead score", "main"]
        );
    }

    #[test]
    fn numbers_are_written_as_in_english() {
        assert_eq!(decimal(1_234_567.0, 0), "1,234,567");
        assert_eq!(decimal(-999.5, 1), "-999.5");
        assert_eq!(decimal(-0.4, 0), "0");
        assert_eq!([0.5, 1.5, 1_062.5, -2.5].map(|half| decimal(half, 0)), ["1", "2", "1,063", "-3"]);
        assert_eq!(
            (short(4.0), short(4.46), short(9.96), short(0.0)),
            ("4".into(), "4.5".into(), "10".into(), "0".into())
        );
        assert_eq!(money(Some("USD"), -22_084.3), "-USD 22,084");
        assert_eq!(money(Some("EUR"), 24_000.0), "EUR 24,000");
        assert_eq!(money(None, -5.0), "-5");
    }

    #[test]
    fn spoken_money_has_two_or_three_figures() {
        let of = |amount: f64| spoken(Some("USD"), amount);
        assert_eq!([0.0, 949.6, 999.4].map(of), ["USD 0", "USD 950", "USD 999"]);
        assert_eq!([999.5, 2_549.0, 9_949.0].map(of), ["USD 1,000", "USD 2,500", "USD 9,900"]);
        assert_eq!([9_950.0, 135_632.0, 999_499.0].map(of), ["USD 10k", "USD 136k", "USD 999k"]);
        assert_eq!([999_500.0, 1_440_000.0, 23.4e6].map(of), ["USD 1M", "USD 1.4M", "USD 23M"]);
        assert_eq!(
            (of(-77_300.0), of(2.34e12), spoken(None, 77_300.0)),
            ("-USD 77k".into(), "USD 2,340bn".into(), "77k".into())
        );
    }

    #[test]
    fn a_percentage_is_never_rounded_to_nothing_or_to_all() {
        assert_eq!(percent(0.76), "76%");
        assert_eq!((percent(0.0), percent(1.0)), ("0%".into(), "100%".into()));
        assert_eq!((percent(0.001), percent(0.999)), ("<1%".into(), ">99%".into()));
        assert_eq!(availability(0.9965), "99.65%");
        assert_eq!(availability(0.998), "99.80%");
        assert_eq!(availability(0.95), "95.00%");
        assert_eq!(availability(0.999_999), "99.9999%");
        assert_eq!(availability(1.0), "100.00%");
        assert_eq!(availability(0.0), "0.00%");
        assert_eq!((availability_to(0.998, 4), availability_decimals(0.998)), ("99.8000%".into(), 2));
    }

    #[test]
    fn numbers_read_like_numbers() {
        assert_eq!(grouped(1_234_567.4), "1,234,567");
        assert_eq!(grouped(-0.2), "0");
        assert_eq!([1.0, 4.54, 346.7].map(hours), ["1 hour", "4.5 hours", "347 hours"]);
        assert_eq!(listed(&["a", "b", "c"]), "a, b and c");
        assert_eq!(listed_few(&["a", "b", "c"], 2), "a, b and c");
        assert_eq!(listed_few(&["a", "b", "c", "d"], 2), "a, b and 2 more");
        assert_eq!([0, 1, 12, 13, 1_140].map(spelled), ["no", "one", "twelve", "13", "1,140"]);
        assert_eq!([1.0, 2.54, 0.0, 34.4].map(days), ["1 day", "2.5 days", "0 days", "34 days"]);
        assert_eq!([1.0, 1.54, 52.0].map(weeks), ["1 week", "1.5 weeks", "52 weeks"]);
        assert_eq!(capital("one of"), "One of");
        assert_eq!(capital(""), "");
    }
}
