//! Times as people write them: `15min`, `1h30`, `½ hour`, `5 business days`.

use super::number::{number, plain};
use crate::catalog::people::{meaning, meanings, without_about};
use crate::model::table::{Parsed, Refusal, quoted};
use crate::model::units::{Duration, TimeUnit};

/// A unit that somebody may name.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(in crate::model) enum Unit {
    Second,
    Of(TimeUnit),
    WorkingDay,
}

/// The unit that `word` names, if it can be one only.
pub(in crate::model) fn unit(word: &str) -> Option<Unit> {
    Some(match meaning("unit of time", word)? {
        "second" => Unit::Second,
        "minute" => Unit::Of(TimeUnit::Minute),
        "hour" => Unit::Of(TimeUnit::Hour),
        "day" => Unit::Of(TimeUnit::Day),
        "week" => Unit::Of(TimeUnit::Week),
        "month" => Unit::Of(TimeUnit::Month),
        "quarter" => Unit::Of(TimeUnit::Quarter),
        "year" => Unit::Of(TimeUnit::Year),
        _ => Unit::WorkingDay,
    })
}

/// A number and the words behind it: `15 mins`, `½ hour`, `an hour`, `half an hour`. Without a unit it is no such.
fn amount(text: &str) -> Option<(f64, &str)> {
    let text = text.trim();
    let end = text
        .find(|c: char| !(c.is_ascii_digit() || matches!(c, '.' | ',' | '½' | '¼' | '¾' | '\'')))
        .unwrap_or(text.len());
    if end > 0 {
        return Some((number(&text[..end]).ok()?, text[end..].trim()));
    }
    // Words: the longest beginning that is a number.
    let ends = text.match_indices(' ').map(|(at, _)| at).take(3).collect::<Vec<_>>();
    ends.into_iter().rev().find_map(|at| {
        let value = match &*text[..at].to_lowercase() {
            "a" | "an" => 1.0,
            words => plain(meaning("number", words)?)?,
        };
        Some((value, text[at..].trim()))
    })
}

/// `1h30`, `1h 30min`, `90min` in minutes; nothing where a part is no shorter time than a day.
fn clock(text: &str) -> Option<f64> {
    let text = text.trim();
    let (hours, rest) = amount(text)?;
    let letters = rest.find(|c: char| !c.is_alphabetic()).unwrap_or(rest.len());
    if unit(&rest[..letters]) != Some(Unit::Of(TimeUnit::Hour)) || letters == rest.len() {
        return None;
    }
    let rest = rest[letters..].trim().trim_start_matches("and ");
    // Behind hours `30m` is minutes.
    let is_minute = |word: &str| meanings("unit of time", word).iter().any(|one| one.means == "minute");
    let minutes =
        plain(rest).or_else(|| amount(rest).filter(|(_, word)| is_minute(word)).map(|(minutes, _)| minutes))?;
    (minutes < 60.0).then_some(hours * 60.0 + minutes)
}

/// A duration: `15min`, `4h`, `1d`, `26w`, `3mo`, `1q`, `1y`.
pub(crate) fn duration(text: &str) -> Parsed<Duration> {
    const HELP: &str = "write a number and a unit: `15min`, `4h`, `1d`, `26w`, `3mo`, `1q` or `1y`";
    let said = without_about(text);
    let none = || Refusal::new(format!("expected a duration, found {}", quoted(text)), HELP);
    if let Some(means) = meaning("duration", said) {
        return duration(means);
    }
    if let Some(minutes) = clock(said) {
        return Ok(Duration { amount: minutes, unit: TimeUnit::Minute });
    }
    let Some((value, word)) = amount(said) else {
        // What is wrong with the number itself is worth more than that there is none.
        let letters = said.trim_end_matches(char::is_alphabetic);
        return Err(if letters.is_empty() || letters == said {
            none()
        } else {
            number(letters).err().unwrap_or_else(none)
        });
    };
    if word.is_empty() {
        return Err(Refusal::new(format!("{} has no time unit", quoted(text)), HELP));
    }
    match unit(word) {
        Some(Unit::Of(unit)) => Ok(Duration { amount: value, unit }),
        Some(Unit::Second) => Ok(Duration { amount: value / 60.0, unit: TimeUnit::Minute }),
        Some(Unit::WorkingDay) => {
            // Five working days take a week of the calendar.
            let calendar = value + 2.0 * (value / 5.0).floor();
            Err(Refusal::of(
                format!("{} counts working days, and a duration counts all days", quoted(text)),
                [
                    (format!("{calendar}d"), "if the weekend between counts"),
                    (format!("{value}d"), "if work goes on at weekends"),
                ],
            ))
        }
        None => match meanings("unit of time", word) {
            [] => Err(none()),
            several => Err(Refusal {
                message: format!("{} may be minutes or months", quoted(text)),
                help: String::new(),
                instead: several
                    .iter()
                    .map(|one| {
                        (format!("{value}{}", if one.means == "minute" { "min" } else { "mo" }), one.when.clone())
                    })
                    .collect(),
            }),
        },
    }
}

/// Minutes of work: a number of them, or a time of hours and minutes.
pub(in crate::model) fn minutes(text: &str) -> Parsed<f64> {
    let said = without_about(text);
    if let Ok(value) = number(said) {
        return Ok(value);
    }
    if let Some(minutes) = clock(said) {
        return Ok(minutes);
    }
    if let Some(read) = in_other_words(text, said) {
        return read;
    }
    let parts: Option<(f64, f64)> = said.split_once(':').and_then(|(first, second)| {
        let fits = second.len() == 2 && second.bytes().all(|b| b.is_ascii_digit());
        Some((plain(first)?, plain(second).filter(|second| fits && *second < 60.0)?))
    });
    if let Some((first, second)) = parts {
        return Err(Refusal::of(
            format!("{} may be hours and minutes, or minutes and seconds", quoted(text)),
            [
                ((first * 60.0 + second).to_string(), "if hours and minutes are meant"),
                ((first + second / 60.0).to_string(), "if minutes and seconds are meant"),
            ],
        ));
    }
    match amount(said).map(|(value, word)| (value, unit(word))) {
        Some((value, Some(Unit::Second))) => Ok(value / 60.0),
        Some((value, Some(Unit::Of(TimeUnit::Minute)))) => Ok(value),
        Some((value, Some(Unit::Of(TimeUnit::Hour)))) => Ok(value * 60.0),
        Some((value, Some(Unit::Of(TimeUnit::Day)))) => Err(Refusal::of(
            format!("{} may be days of work or of 24 hours", quoted(text)),
            [
                ((value * 480.0).to_string(), "if days of eight hours are meant"),
                ((value * 1_440.0).to_string(), "if days and nights are meant"),
            ],
        )),
        Some((value, Some(Unit::WorkingDay))) => Ok(value * 480.0),
        _ => {
            let letters = said.trim_start_matches(|c: char| !c.is_alphabetic());
            // `10m` beside minutes of work is ten minutes.
            if let Some((value, word)) = amount(said)
                && meanings("unit of time", word).iter().any(|one| one.means == "minute")
            {
                return Ok(value);
            }
            let is_number = letters.is_empty() || plain(said).is_some();
            let refusal = number(text).err().filter(|refusal| is_number || !refusal.instead.is_empty());
            Err(refusal.unwrap_or_else(|| {
                let help = match said.contains(" per ") || said.contains('/') {
                    true => "write the minutes of a whole run; those of one record go under `minutes_per_record`",
                    false => "write minutes such as `15`, or a time such as `1h`",
                };
                Refusal::new(format!("expected a number of minutes, found {}", quoted(text)), help)
            }))
        }
    }
}

/// `20'` and `20 min per run` are minutes; `up to 30` and `<5` are a range from nothing; `15+` has no end.
fn in_other_words(text: &str, said: &str) -> Option<Parsed<f64>> {
    let lower = said.to_lowercase();
    let without = |ends: &[&str]| ends.iter().find_map(|end| lower.strip_suffix(end)).map(str::trim_end);
    if let Some(one) = without(&["'", "′", " per run", " a run", "/run", " / run", " per time", " each time", " each"])
    {
        return minutes(one).ok().map(Ok);
    }
    let begin = ["up to ", "at most ", "max. ", "max ", "maximum ", "less than ", "under ", "below ", "<=", "≤", "<"];
    if let Some(most) = begin.iter().find_map(|begin| lower.strip_prefix(begin)) {
        let most = minutes(most).ok()?;
        return Some(Err(Refusal::of(format!("{} has no lower end", quoted(text)), [(format!("0-{most}"), "")])));
    }
    let least = without(&["+", " or more", " and more", " upwards"]).or_else(|| {
        [">", "≥", "at least ", "more than ", "over ", "min. "].iter().find_map(|begin| lower.strip_prefix(begin))
    })?;
    let least = minutes(least.trim_start_matches('=')).ok()?;
    Some(Err(Refusal::of(
        format!("{} has no upper end", quoted(text)),
        [
            (least.to_string(), "if that is usual"),
            (format!("{least}-{}", least * 2.0), "if it is at most twice as long"),
        ],
    )))
}

/// Hours as the time that people would name: `24` is `1d`. Reading gives the same number to the last bit.
pub(in crate::model) fn time_in_words(hours: f64) -> String {
    for unit in [TimeUnit::Week, TimeUnit::Day, TimeUnit::Hour, TimeUnit::Minute] {
        let amount = if unit == TimeUnit::Minute { (hours * 60.0).round() } else { hours / unit.hours() };
        let said = Duration { amount, unit }.to_string();
        let is_whole = amount >= 1.0 && amount.fract() == 0.0;
        if is_whole && duration(&said).is_ok_and(|said| said.hours().0 == hours) {
            return said;
        }
    }
    format!("{hours}h")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_written_in_the_unit_that_people_name() {
        for (hours, said) in [
            (24.0, "1d"),
            (0.25, "15min"),
            (4.0, "4h"),
            (168.0, "1w"),
            (36.0, "36h"),
            (0.0, "0h"),
            (0.1, "6min"),
            (1.0 / 7.0, "0.14285714285714285h"),
        ] {
            assert_eq!(time_in_words(hours), said);
            assert_eq!(duration(said).unwrap().hours().0, hours);
        }
    }

    #[test]
    fn durations_have_units() {
        for (text, hours) in [
            ("90d", 2_160.0),
            ("15min", 0.25),
            ("15 mins", 0.25),
            ("4 hours", 4.0),
            ("1,5h", 1.5),
            ("~2 days", 48.0),
            ("two weeks", 336.0),
            ("a day", 24.0),
            ("half an hour", 0.5),
            ("½ hour", 0.5),
            ("1h30", 1.5),
            ("1h 30min", 1.5),
            ("90 sec", 0.025),
            ("next day", 24.0),
            ("immediately", 0.0),
        ] {
            assert_eq!(duration(text).unwrap_or_else(|r| panic!("{text}: {r:?}")).hours().0, hours, "{text}");
        }
        for wrong in ["90", "d", "-1d", "", "d1", "1h90", "1x", "ten"] {
            assert!(duration(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn what_could_be_two_times_is_asked_about() {
        let words = |text| duration(text).unwrap_err().instead.into_iter().map(|(text, _)| text).collect::<Vec<_>>();
        assert_eq!(words("5 business days"), ["7d", "5d"]);
        assert_eq!(words("3m"), ["3min", "3mo"]);
        let words = |text| minutes(text).unwrap_err().instead.into_iter().map(|(text, _)| text).collect::<Vec<_>>();
        assert_eq!(words("15+"), ["15", "15-30"]);
        for (text, range) in [("up to 30", "0-30"), ("<5", "0-5"), ("less than 1h", "0-60"), ("max 15 min", "0-15")] {
            assert_eq!(words(text), [range]);
        }
        assert_eq!(words("1:30"), ["90", "1.5"]);
        assert_eq!(words("1d"), ["480", "1440"]);
    }

    #[test]
    fn minutes_take_their_unit() {
        for (text, value) in [
            ("15", 15.0),
            ("1h", 60.0),
            ("10min", 10.0),
            ("20 mins", 20.0),
            ("~1,5h", 90.0),
            ("1h30", 90.0),
            ("ten", 10.0),
            ("ten minutes", 10.0),
            ("an hour", 60.0),
            ("½ hour", 30.0),
            ("90 s", 1.5),
            ("10m", 10.0),
            ("1h 30m", 90.0),
            ("1h30m", 90.0),
            ("20'", 20.0),
            ("20 mins per run", 20.0),
            ("15 min each", 15.0),
        ] {
            assert_eq!(minutes(text), Ok(value), "{text}");
        }
        assert!(minutes("15 min per lead").unwrap_err().help.contains("`minutes_per_record`"));
        for wrong in ["soon", "", "1w", "-5", "10 parrots", "15 per lead", "+", "<", "'", "per run"] {
            assert!(minutes(wrong).is_err(), "{wrong}");
        }
    }
}
