//! Numbers and days as a spreadsheet shows them, as far as it matters: percent signs, currencies, days, times.

use jiff::civil::Date;

use super::{Cell, Value};

/// What a number format makes of a number.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) enum Shape {
    /// The number alone.
    #[default]
    Plain,
    /// A hundred times as much, with a percent sign.
    Percent,
    /// With the sign of a currency, before the number or behind it.
    Money { sign: String, is_before: bool },
}

impl Shape {
    /// The shape that a format such as `0.0%` or `#,##0 [$€-407]` gives to positive numbers.
    pub(super) fn of(format: &str) -> Self {
        let (mut text, mut sign, mut digits_before) = (String::new(), None, false);
        let mut letters = format.chars();
        while let Some(c) = letters.next() {
            match c {
                ';' => break,
                '\\' | '_' | '*' => drop(letters.next()),
                '"' => text.extend(letters.by_ref().take_while(|c| *c != '"')),
                '[' => {
                    let inner: String = letters.by_ref().take_while(|c| *c != ']').collect();
                    if let Some(money) = inner.strip_prefix('$') {
                        text.push_str(money.split('-').next().unwrap_or_default());
                    }
                }
                '%' => return Self::Percent,
                '0' | '#' | '?' => {
                    if !text.trim().is_empty() {
                        sign.get_or_insert((text.trim().to_owned(), true));
                    }
                    digits_before = true;
                    text.clear();
                }
                '.' | ',' => {}
                c => text.push(c),
            }
        }
        if digits_before && sign.is_none() && !text.trim().is_empty() {
            sign = Some((text.trim().to_owned(), false));
        }
        let is_money = |sign: &str| {
            sign.chars().any(|c| matches!(c, '$' | '€' | '£' | '¥' | '₹'))
                || sign.len() == 3 && sign.bytes().all(|b| b.is_ascii_uppercase())
        };
        match sign {
            Some((sign, is_before)) if is_money(&sign) => Self::Money { sign, is_before },
            _ => Self::Plain,
        }
    }
}

/// A cell with a number.
pub(super) fn number(value: f64, shape: &Shape) -> Cell {
    let text = match shape {
        Shape::Plain => digits(value),
        Shape::Percent => format!("{}%", digits(value * 100.0)),
        Shape::Money { sign, is_before: true } => format!("{sign}{}", digits(value)),
        Shape::Money { sign, is_before: false } => format!("{} {sign}", digits(value)),
    };
    Cell { text, value: Value::Number(value) }
}

/// Fifteen digits, as spreadsheets keep them.
fn digits(value: f64) -> String {
    if !value.is_finite() || value.abs() >= 1e15 || (value != 0.0 && value.abs() < 1e-9) {
        return format!("{value:e}");
    }
    let rounded: f64 = format!("{value:.14e}").parse().unwrap_or(value);
    // Minus zero would print as "-0".
    (rounded + 0.0).to_string()
}

/// A cell with a day.
pub(super) fn day(date: Date) -> Cell {
    Cell { text: date.to_string(), value: Value::Date(date) }
}

/// A cell with a time of day, or a length of time.
pub(super) fn minutes(minutes: f64) -> Cell {
    let whole = minutes.round();
    let text = format!("{}:{:02}", (whole / 60.0).floor(), whole % 60.0);
    Cell { text, value: Value::Minutes(minutes) }
}

/// A cell with a tick or a cross.
pub(super) fn flag(value: bool) -> Cell {
    Cell { text: if value { "TRUE" } else { "FALSE" }.to_owned(), value: Value::Bool(value) }
}

/// A day or a time as programs write them: `2026-11-20`, `2026-11-20T10:15:00`, `PT1H30M`.
pub(super) fn iso(text: &str) -> Option<Cell> {
    if let Some(time) = text.strip_prefix("PT") {
        let (mut total, mut number) = (0.0, String::new());
        for c in time.chars() {
            let factor = match c {
                'H' => 60.0,
                'M' => 1.0,
                'S' => 1.0 / 60.0,
                c => {
                    number.push(c);
                    continue;
                }
            };
            total += std::mem::take(&mut number).replace(',', ".").parse::<f64>().ok()? * factor;
        }
        return (number.is_empty() && total.is_finite() && total.abs() < 1e9).then(|| minutes(total));
    }
    text.get(..10)?.parse().ok().map(day)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formats_say_what_a_number_is() {
        for (format, value, text) in [
            ("General", 0.1 + 0.2, "0.3"),
            ("0.0%", 0.999, "99.9%"),
            ("0%", 0.07, "7%"),
            ("\"$\"#,##0.00", 24_000.0, "$24000"),
            ("#,##0.00\\ [$€-407]", 1_200.5, "1200.5 €"),
            ("[$£-809]#,##0;[Red]-[$£-809]#,##0", 12.0, "£12"),
            ("#,##0\\ \"EUR\"", 12.0, "12 EUR"),
            ("0\" units\"", 3.0, "3"),
            ("", -0.0, "0"),
        ] {
            assert_eq!(number(value, &Shape::of(format)).text, text, "{format}");
        }
        assert_eq!(iso("PT1H30M").unwrap().text, "1:30");
        assert_eq!(iso("2026-11-20T10:15:00").unwrap().text, "2026-11-20");
        assert_eq!(iso("soon").map(|cell| cell.text), None);
    }
}
