//! Amounts in a unit that is not written out, and money with its signs: `24000`, `USD 1,200`, `1.2k`, `2k/h`.

use super::number::number;
use super::time::{Unit, minutes, unit};
use crate::catalog::people::{meaning, without_about};
use crate::model::table::{Parsed, Refusal, quoted};
use crate::model::units::TimeUnit;

/// A number in `unit`; money may bear the sign of the stack's `currency`, work in minutes a time.
pub(in crate::model) fn amount(text: &str, unit: &str, currency: Option<&str>) -> Parsed<f64> {
    match unit {
        "minutes" => minutes(text),
        _ if unit.starts_with("money") => money(text, unit, currency),
        _ => number(text).or_else(|refusal| counted(text, unit).ok_or(refusal)),
    }
}

/// A number followed by the word of its unit: `50 records`.
fn counted(text: &str, unit: &str) -> Option<f64> {
    let said = text.trim();
    let word = unit.strip_suffix('s').unwrap_or(unit);
    let digits = said.strip_suffix('s').unwrap_or(said).strip_suffix(word)?.trim_end();
    number(digits).ok()
}

fn money(text: &str, unit: &str, currency: Option<&str>) -> Parsed<f64> {
    let said = without_about(text);
    let (said, sign) = signed(said);
    if let (Some(sign), Some(currency)) = (sign, currency)
        && !is_same(sign, currency)
    {
        return Err(Refusal::new(
            format!("{} is not in {currency}, the currency of the stack", quoted(text)),
            format!("write the amount in {currency}; nothing is converted"),
        ));
    }
    let (amount, factor) = match over_time(said) {
        Some((amount, time)) => match times(time, unit) {
            Some(factor) => (amount, factor),
            None => {
                return Err(Refusal::new(
                    format!("{} is not {unit}", quoted(text)),
                    format!("write the amount alone; it is always {unit}"),
                ));
            }
        },
        None => (said, 1.0),
    };
    let (amount, _) = signed(amount);
    number(amount)
        .map(|value| value * factor)
        .map_err(|refusal| if refusal.instead.is_empty() { number(text).err().unwrap_or(refusal) } else { refusal })
}

/// `text` without a currency at its beginning or end, and that currency.
pub(in crate::model) fn signed(text: &str) -> (&str, Option<&'static str>) {
    let text = text.trim();
    let is_amount = |c: char| c.is_ascii_digit() || matches!(c, '.' | ',' | '~' | '-' | '+');
    let start = text.find(is_amount).unwrap_or(text.len());
    if let Some(sign) = meaning("currency", text[..start].trim()) {
        return (text[start..].trim(), Some(sign));
    }
    // `1200 EUR`, `1.2k€`: the longest end that is a currency.
    let ends = text.char_indices().rev().take(4).map(|(at, _)| at);
    for at in ends.collect::<Vec<_>>().into_iter().rev().filter(|at| *at > 0) {
        if let Some(sign) = meaning("currency", text[at..].trim()) {
            return (text[..at].trim(), Some(sign));
        }
    }
    (text, None)
}

/// Whether the sign may stand for the currency: `$` is that of several countries.
fn is_same(sign: &str, currency: &str) -> bool {
    let stated = meaning("currency", currency).unwrap_or(currency);
    let has_dollars = ["USD", "CAD", "AUD", "NZD", "SGD", "$"];
    sign.eq_ignore_ascii_case(stated)
        || (sign == "$" && has_dollars.iter().any(|one| one.eq_ignore_ascii_case(stated)))
        || (stated == "$" && has_dollars.contains(&sign))
}

/// `2k/h`, `500 per month`, `100 a day` in the amount and the time.
fn over_time(text: &str) -> Option<(&str, &str)> {
    let lower = text.to_ascii_lowercase();
    [" per ", " an ", " a ", "/"].iter().find_map(|between| {
        let at = lower.find(between)?;
        Some((text[..at].trim(), text[at + between.len()..].trim()))
    })
}

/// By how much an amount in `time` is to be multiplied to be in `unit`.
fn times(time: &str, in_unit: &str) -> Option<f64> {
    match (in_unit, unit(time)?) {
        ("money per hour", Unit::Of(TimeUnit::Hour)) | ("money per year", Unit::Of(TimeUnit::Year)) => Some(1.0),
        ("money per person-day", Unit::Of(TimeUnit::Day) | Unit::WorkingDay) => Some(1.0),
        ("money per year", Unit::Of(TimeUnit::Month)) => Some(12.0),
        ("money per year", Unit::Of(TimeUnit::Quarter)) => Some(4.0),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn money_may_bear_its_sign_and_its_time() {
        for (text, unit, value) in [
            ("24000", "money per year", 24_000.0),
            ("USD 1,200", "money per year", 1_200.0),
            ("$1,200.50", "money per year", 1_200.5),
            ("1200 USD", "money", 1_200.0),
            ("1.2k", "money", 1_200.0),
            ("~$24k", "money", 24_000.0),
            ("24k USD", "money", 24_000.0),
            ("2k/mo", "money per year", 24_000.0),
            ("$2k per month", "money per year", 24_000.0),
            ("2k/h", "money per hour", 2_000.0),
            ("$85 an hour", "money per hour", 85.0),
            ("600/day", "money per person-day", 600.0),
            ("50 records", "records", 50.0),
            ("1.2k", "records", 1_200.0),
            ("1h", "minutes", 60.0),
        ] {
            assert_eq!(amount(text, unit, Some("USD")), Ok(value), "{text}");
        }
        for (wrong, unit) in
            [("2k/day", "money per hour"), ("100 per week", "money"), ("50 batches", "records"), ("EUR", "money")]
        {
            assert!(amount(wrong, unit, Some("USD")).is_err(), "{wrong}");
        }
    }

    #[test]
    fn another_currency_is_never_converted() {
        let refusal = amount("EUR 1200", "money", Some("USD")).unwrap_err();
        assert!(refusal.instead.is_empty() && refusal.help.contains("nothing is converted"));
        assert_eq!(amount("€1200", "money", Some("EUR")), Ok(1_200.0));
        assert_eq!(amount("€1200", "money", Some("€")), Ok(1_200.0));
        assert_eq!(amount("EUR 1200", "money", None), Ok(1_200.0));
        assert_eq!(amount("$1200", "money", Some("CAD")), Ok(1_200.0));
        assert!(amount("£1200", "money", Some("CAD")).is_err());
    }
}
