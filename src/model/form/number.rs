//! Numbers with units as text: amounts, shares, durations, rates, capacities.

use crate::model::table::{Parsed, quoted};
use crate::model::units::{Duration, MAX_AMOUNT, TimeUnit};
use crate::source::nearest;

/// A finite number from 0 to [`MAX_AMOUNT`].
fn number(text: &str) -> Parsed<f64> {
    let wrong = |help: &str| Err((format!("expected a number, found {}", quoted(text)), help.to_owned()));
    let lower = text.trim_start_matches(['+', '-', '.']).to_lowercase();
    if matches!(lower.as_str(), "nan" | "inf" | "infinity") {
        return Err((
            format!("expected a finite number, found {}", quoted(text)),
            "write a number such as `24000` or `1.5`".into(),
        ));
    }
    let characters_fit = text.bytes().all(|b| b.is_ascii_digit() || matches!(b, b'.' | b'-' | b'+' | b'e' | b'E'));
    if !characters_fit || !text.bytes().any(|b| b.is_ascii_digit()) {
        if text.bytes().any(|b| b.is_ascii_digit()) && text.contains([',', '_', ' ', '\'']) {
            return wrong("write the digits together, with a point before decimals, such as `24000` or `1.5`");
        }
        return wrong("write a number such as `24000` or `1.5`");
    }
    let Ok(value) = text.parse::<f64>() else { return wrong("write a number such as `24000` or `1.5`") };
    if value < 0.0 {
        return Err((format!("{} is negative", quoted(text)), "write an amount of 0 or more".into()));
    }
    if value > MAX_AMOUNT {
        return Err((format!("{} is too large", quoted(text)), "write at most 1e15".into()));
    }
    // Minus zero would print as "-0".
    Ok(value + 0.0)
}

/// A number in a unit that is not written out; a unit behind it is refused with the number alone as the remedy.
pub(super) fn plain_number(text: &str, unit: &str) -> Parsed<f64> {
    number(text).map_err(|(message, help)| {
        let digits: String = text.chars().take_while(|c| c.is_ascii_digit() || *c == '.').collect();
        if digits.bytes().any(|b| b.is_ascii_digit()) && text[digits.len()..].trim().chars().all(char::is_alphabetic) {
            (message, format!("write `{digits}`; the unit is always {unit}"))
        } else {
            (message, help)
        }
    })
}

/// A share: `99.9%`, or a fraction of one.
pub(super) fn share(text: &str) -> Parsed<f64> {
    if let Some(percent) = text.strip_suffix('%') {
        let percent = number(percent.trim())?;
        if percent > 100.0 {
            return Err((format!("{} is more than 100%", quoted(text)), "write a percentage from 0% to 100%".into()));
        }
        // Shifting the point in the text keeps 99.9% at 0.999, where a division would not.
        return Ok(format!("{percent}e-2").parse().unwrap_or(percent / 100.0));
    }
    let value = number(text)?;
    if value > 1.0 {
        let help = if value <= 100.0 {
            format!("did you mean `{text}%`?")
        } else {
            "write a percentage from 0% to 100%".into()
        };
        return Err((format!("{} is more than 100%", quoted(text)), help));
    }
    Ok(value)
}

/// A duration: `15min`, `4h`, `1d`, `26w`, `3mo`, `1q`, `1y`.
pub(crate) fn duration(text: &str) -> Parsed<Duration> {
    let digits = text.find(|c: char| c.is_ascii_alphabetic()).unwrap_or(text.len());
    let (amount, letters) = (text[..digits].trim(), &text[digits..]);
    let help = "write a number and a unit: `15min`, `4h`, `1d`, `26w`, `3mo`, `1q` or `1y`";
    let Some((unit, _)) = TimeUnit::ALL.iter().find(|(_, known)| *known == letters) else {
        let written = quoted(text);
        let message = if letters.is_empty() {
            format!("{written} has no time unit")
        } else {
            format!("expected a duration, found {written}")
        };
        return Err((message, help.into()));
    };
    let amount =
        number(amount).map_err(|(_, _)| (format!("expected a duration, found {}", quoted(text)), help.into()))?;
    Ok(Duration { amount, unit: *unit })
}

/// How often: `40/week`; a bare number is a year. `days` is how many days a year has for `/day`.
pub(super) fn rate(text: &str, days: f64) -> Parsed<f64> {
    let Some((amount, unit)) = text.split_once('/') else { return number(text) };
    let times = match unit.trim() {
        "day" => days,
        "week" => 52.0,
        "month" => 12.0,
        "quarter" => 4.0,
        "year" => 1.0,
        "hour" => days * 24.0,
        other => {
            let near = nearest(other, ["day", "week", "month", "quarter", "year"]);
            let help = near.map_or_else(String::new, |near| format!("did you mean `/{near}`? "));
            return Err((
                format!("{} has no valid time unit", quoted(text)),
                format!("{help}Write `/day`, `/week`, `/month`, `/quarter` or `/year`"),
            ));
        }
    };
    let value = number(amount.trim())? * times;
    if value > MAX_AMOUNT {
        return Err((format!("{} is too large", quoted(text)), "write at most 1e15 a year".into()));
    }
    Ok(value)
}

/// Person-days a week: `5d/week`.
pub(crate) fn capacity(text: &str) -> Parsed<f64> {
    let help = "write person-days a week, such as `5d/week`";
    let amount = text
        .strip_suffix("/week")
        .and_then(|amount| amount.trim().strip_suffix('d'))
        .ok_or_else(|| (format!("expected a capacity, found {}", quoted(text)), help.to_owned()))?;
    let days = number(amount.trim())?;
    if days == 0.0 {
        return Err(("the capacity must be above 0".into(), help.into()));
    }
    Ok(days)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_finite_plain_and_not_negative() {
        assert_eq!(number("24000"), Ok(24000.0));
        assert_eq!(number("1e3"), Ok(1000.0));
        assert_eq!(number(".5"), Ok(0.5));
        for wrong in ["nan", ".inf", "-1", "1e16", "1e999", "1,000", "1_000", "0x10", "", "e", "--1", "1e"] {
            assert!(number(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn a_bare_percentage_is_asked_about() {
        assert_eq!(share("99.9%").unwrap(), 0.999);
        assert_eq!(share("0.999"), Ok(0.999));
        assert_eq!(share("1"), Ok(1.0));
        assert_eq!(share("99.9").unwrap_err().1, "did you mean `99.9%`?");
        assert!(share("101%").is_err() && share("-1%").is_err());
    }

    #[test]
    fn rates_are_a_year_and_days_depend_on_who_works() {
        assert_eq!(rate("2/day", 260.0), Ok(520.0));
        assert_eq!(rate("2 / day", 365.0), Ok(730.0));
        assert_eq!(rate("7", 260.0), Ok(7.0));
        assert!(rate("7/wek", 260.0).unwrap_err().1.contains("`/week`"));
    }

    #[test]
    fn durations_have_units() {
        assert_eq!(duration("90d").unwrap().hours().0, 2160.0);
        assert_eq!(duration("15min").unwrap().hours().0, 0.25);
        assert!(
            duration("90").is_err() && duration("d").is_err() && duration("1m").is_err() && duration("-1d").is_err()
        );
    }
}
