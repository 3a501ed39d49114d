//! Amounts in a unit that is not written out, and money with its signs: `24000`, `USD 1,200`, `1.2k`, `2k/h`.

use super::currency::{is_same, signed};
use super::number::{HELP, number, unclear};
use super::time::{Unit, minutes, unit};
use crate::catalog::people::without_about;
use crate::model::table::{Parsed, Refusal, quoted};
use crate::model::units::TimeUnit;

/// A number in `unit`; money may bear the sign of the stack's `currency`, work in minutes a time.
pub(in crate::model) fn amount(text: &str, unit: &str, currency: Option<&str>) -> Parsed<f64> {
    match unit {
        "minutes" => minutes(text),
        _ if unit.starts_with("money") => money(text, unit, currency),
        _ => number(text).or_else(|refusal| counted(text, unit).unwrap_or(Err(refusal))),
    }
}

/// A number followed by the word of its unit: `50 records`.
fn counted(text: &str, unit: &str) -> Option<Parsed<f64>> {
    let said = text.trim();
    let word = unit.strip_suffix('s').unwrap_or(unit);
    let digits = said.strip_suffix('s').unwrap_or(said).strip_suffix(word)?.trim_end();
    let value = number(digits).ok()?;
    Some(unclear(text, digits, "", false).map_or(Ok(value), Err))
}

fn money(text: &str, unit: &str, currency: Option<&str>) -> Parsed<f64> {
    let parts = Parts::of(text);
    if let Some(currency) = currency
        && parts.signs.iter().any(|sign| !is_same(sign, currency))
    {
        return Err(Refusal::new(
            format!("{} is not in {currency}, the currency of the stack", quoted(text)),
            format!("write the amount in {currency}; nothing is converted"),
        ));
    }
    if let Some(first) = parts.signs.first()
        && let Some(other) = parts.signs.iter().find(|sign| !is_same(sign, first))
    {
        let message = format!("{} names two currencies, {first} and {other}", quoted(text));
        return Err(Refusal::new(message, "write the amount in one currency; nothing is converted"));
    }
    let factor = match parts.time {
        Some(time) => times(time, unit).ok_or_else(|| {
            Refusal::new(
                format!("{} is not {unit}", quoted(text)),
                format!("write the amount alone; it is always {unit}"),
            )
        })?,
        None => 1.0,
    };
    if parts.amount != text.trim()
        && let Some(refusal) =
            unclear(text, parts.amount, &parts.time.map_or(String::new(), |time| format!("/{time}")), false)
    {
        return Err(refusal);
    }
    number(parts.amount)
        .map(|value| value * factor)
        .map_err(|refusal| if refusal.instead.is_empty() { number(text).err().unwrap_or(refusal) } else { refusal })
        .map_err(
            |refusal| if refusal.help == HELP { Refusal { help: example(unit).into(), ..refusal } } else { refusal },
        )
}

/// What to write where no amount can be read.
fn example(unit: &str) -> &'static str {
    match unit {
        "money per year" => "write an amount such as `24000`, or one with its time such as `12k/year` or `500/month`",
        "money per hour" => "write an amount such as `85` or `85/hour`",
        "money per person-day" => "write an amount such as `600` or `600/day`",
        _ => "write an amount such as `24000` or `1.2k`",
    }
}

/// What an amount of money consists of, in whatever order it is written: `EUR 65/h`, `65 EUR/h`, `65/h EUR`.
struct Parts<'t> {
    amount: &'t str,
    time: Option<&'t str>,
    /// Every currency beside it, one of several countries last.
    signs: Vec<&'static str>,
}

impl<'t> Parts<'t> {
    fn of(text: &'t str) -> Self {
        let mut signs = Vec::new();
        let mut bare = |mut text: &'t str| {
            while let (rest, Some(sign)) = signed(text) {
                signs.push(sign);
                text = rest;
            }
            text
        };
        let said = bare(without_about(text));
        let (amount, time) = over_time(said).map_or((said, None), |(amount, time)| (amount, Some(time)));
        let amount = without_about(bare(amount));
        signs.sort_by_key(|sign| *sign == "$");
        Self { amount, time, signs }
    }
}

/// The currency that an amount bears, wherever it stands.
pub(in crate::model) fn currency_of(text: &str) -> Option<&'static str> {
    Parts::of(text).signs.first().copied()
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
    use super::super::currency::stated;
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
        for text in ["48.000 $", "$48.000", "~48.000", "USD 48.000 per year", "48.000 USD"] {
            let refusal = amount(text, "money per year", Some("USD")).unwrap_err();
            assert!(refusal.instead[0].0.starts_with("48000"), "{text}: {refusal:?}");
        }
        assert!(amount("1.200 records", "records", None).is_err());
        assert_eq!(amount("48.000", "money", None), Ok(48.0), "as programs write it");
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
        assert_eq!(amount("EUR 1200", "money", None), Ok(1_200.0));
        assert_eq!(amount("$1200", "money", Some("CAD")), Ok(1_200.0));
        assert!(amount("£1200", "money", Some("CAD")).is_err());
    }

    /// Each of these was read as an amount in USD where the currency stands before the unit.
    #[test]
    fn currency_amount_and_time_stand_in_any_order() {
        let per_hour = [
            "65 {}/h",
            "65{}/h",
            "65 {} per hour",
            "{} 65/h",
            "{}65/h",
            "65/h {}",
            "65/hour{}",
            "~65 {}/h",
            "{} ~65 an hour",
        ];
        for sign in ["EUR", "€", "Euro", "GBP", "£", "pounds", "CHF", "JPY", "US$", "dollars"] {
            let code = stated(sign).unwrap();
            for order in per_hour {
                let text = order.replace("{}", sign);
                assert_eq!(amount(&text, "money per hour", Some(code)), Ok(65.0), "{text} in {code}");
                assert_eq!(amount(&text, "money per hour", None), Ok(65.0), "{text}");
                assert_eq!(currency_of(&text), Some(code), "{text}");
                let refusal = amount(&text, "money per hour", Some("INR")).unwrap_err();
                assert!(refusal.message.contains("is not in INR"), "{text}: {}", refusal.message);
            }
        }
        assert_eq!(amount("2k€/mo", "money per year", Some("EUR")), Ok(24_000.0));
        assert!(amount("2k€/mo", "money per year", Some("USD")).is_err());
    }

    #[test]
    fn an_amount_has_one_currency() {
        assert_eq!(amount("$65 CAD/h", "money per hour", Some("CAD")), Ok(65.0));
        assert_eq!(currency_of("$65 CAD/h"), Some("CAD"));
        for currency in [None, Some("USD"), Some("EUR")] {
            assert!(amount("$65 EUR", "money", currency).is_err(), "{currency:?}");
        }
        assert!(amount("$65 CAD/h", "money per hour", Some("USD")).is_err());
    }
}
