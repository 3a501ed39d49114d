//! Shares as people write them: `99.9%`, `0.999`, `2 percent`, `1 in 20`.

use super::number::{HELP, number};
use crate::catalog::people::without_about;
use crate::model::table::{Parsed, Refusal, quoted};

/// A part of one.
pub(in crate::model) fn share(text: &str) -> Parsed<f64> {
    part(text).map_err(|refusal| match refusal.help == HELP {
        true => Refusal::new(format!("expected a share, found {}", quoted(text)), "write a percentage such as `99.9%`"),
        false => refusal,
    })
}

fn part(text: &str) -> Parsed<f64> {
    let said = without_about(text);
    let lower = said.to_ascii_lowercase();
    let percent = ["%", "percent", "per cent", "pct"].iter().find_map(|word| lower.strip_suffix(word));
    if let Some(percent) = percent {
        let percent = number(said[..percent.len()].trim())?;
        if percent > 100.0 {
            let message = format!("{} is more than 100%", quoted(text));
            return Err(Refusal::new(message, "write a percentage from 0% to 100%"));
        }
        // Shifting the point in the text keeps 99.9% at 0.999, where a division would not.
        return Ok(format!("{percent}e-2").parse().unwrap_or(percent / 100.0));
    }
    if let Some((part, whole)) = lower.split_once(" in ").or_else(|| lower.split_once(" of ")) {
        let (part, whole) = (number(part.trim())?, number(whole.trim())?);
        return if whole > 0.0 && part <= whole {
            Ok(part / whole)
        } else {
            Err(Refusal::new(format!("{} is more than 100%", quoted(text)), "write a percentage from 0% to 100%"))
        };
    }
    let value = number(said)?;
    if value > 1.0 {
        let message = format!("{} is more than 100%", quoted(text));
        return Err(if value <= 100.0 {
            Refusal { help: format!("did you mean `{value}%`?"), ..Refusal::of(message, [(format!("{value}%"), "")]) }
        } else {
            Refusal::new(message, "write a percentage from 0% to 100%")
        });
    }
    Ok(value)
}

/// `0.999` as `99.9%`, where that is read back as the same number; else the number.
pub(crate) fn percent(part: f64) -> String {
    let hundred = format!("{part}e2").parse::<f64>().map_or_else(|_| String::new(), |hundred| format!("{hundred}%"));
    if share(&hundred) == Ok(part) { hundred } else { part.to_string() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_are_written_in_percent_and_read_back_bit_for_bit() {
        for (part, text) in [(0.999, "99.9%"), (1.0, "100%"), (0.0, "0%"), (0.07, "7%"), (0.99995, "99.995%")] {
            assert_eq!(percent(part), text);
            assert_eq!(share(text), Ok(part));
        }
        for part in (1..=100_000).map(|part| 1.0 / f64::from(part)) {
            assert_eq!(share(&percent(part)), Ok(part));
        }
    }

    #[test]
    fn a_bare_percentage_is_asked_about() {
        assert_eq!(share("99.9%").unwrap(), 0.999);
        assert_eq!(share("0.999"), Ok(0.999));
        assert_eq!(share("1"), Ok(1.0));
        assert_eq!(share("99.9").unwrap_err().instead, [("99.9%".to_owned(), String::new())]);
        for none in ["4 nines", "high", "x%"] {
            assert_eq!(share(none).unwrap_err().help, "write a percentage such as `99.9%`", "{none}");
        }
        assert!(share("101%").is_err() && share("-1%").is_err() && share("140").is_err());
    }

    #[test]
    fn shares_are_read_as_people_write_them() {
        for (text, part) in
            [("2 %", 0.02), ("2 percent", 0.02), ("~4%", 0.04), ("2,5 %", 0.025), ("1 in 20", 0.05), ("1 of 4", 0.25)]
        {
            assert_eq!(share(text), Ok(part), "{text}");
        }
        assert!(share("1 in 0").is_err() && share("5 in 4").is_err());
    }
}
