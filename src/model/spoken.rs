//! What people write for a value outside of a stack file, read by the same forms. A stack file asks where words can mean
//! two things; a table of somebody else's cannot be asked, so that the likelier meaning is taken and marked as a guess.

use jiff::civil::Date;

use super::form::Calendar;
use super::form::between::{Said, said};
use super::form::date::day;
use super::form::money::{amount, currency_of};
use super::form::number::number;
use super::form::rate::rate;
use super::form::share::share;
use super::form::time::{self, Unit};
use super::table::Parsed;
use super::units::TimeUnit;

/// A figure that somebody wrote: low, likely, high.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Spoken {
    /// In the unit of what was asked for.
    pub(crate) range: [f64; 3],
    /// Why it is a guess, if it is one.
    pub(crate) guess: Option<&'static str>,
}

const TWO_MEANINGS: &str = "the words can mean two things";
const A_YEAR: &str = "the number has no time; it is taken as times a year";
const BETWEEN: &str = "only the lowest and the highest are said";

/// Reads a figure, or two or three of them: `15`, `10-20`, `10 / 15 / 25`.
fn spoken(text: &str, one: &dyn Fn(&str) -> Parsed<f64>) -> Option<Spoken> {
    let parts: Vec<&str> = text.split('/').map(str::trim).collect();
    if let [low, likely, high] = parts.as_slice()
        && parts.iter().all(|part| {
            part.starts_with(|c: char| c.is_ascii_digit() || matches!(c, '~' | '½' | '¼' | '$' | '€' | '£'))
        })
        && let (Ok(low), Ok(likely), Ok(high)) = (one(low), one(likely), one(high))
        && low <= likely
        && likely <= high
    {
        return Some(Spoken { range: [low, likely, high], guess: None });
    }
    match said(text, one) {
        Ok(Said::One(value)) => Some(Spoken { range: [value; 3], guess: None }),
        Ok(Said::Between(low, high)) => {
            Some(Spoken { range: [low, low + (high - low) / 2.0, high], guess: Some(BETWEEN) })
        }
        Err(refusal) => {
            let (instead, when) = refusal.instead.first()?;
            let guess = (!when.is_empty()).then_some(TWO_MEANINGS);
            Some(match said(instead, one).ok()? {
                Said::One(value) => Spoken { range: [value; 3], guess },
                Said::Between(low, high) => {
                    Spoken { range: [low, low + (high - low) / 2.0, high], guess: Some(BETWEEN) }
                }
            })
        }
    }
}

/// How often a year: `2x per week`, `weekly`, `Mon/Wed/Fri`. A day of `by_hand` is a working day.
pub(crate) fn runs(text: &str, by_hand: bool) -> Option<Spoken> {
    let calendar = if by_hand { Calendar::WORK } else { Calendar::ALL };
    let read = spoken(text, &|text| rate(text, calendar))?;
    Some(Spoken { guess: if has_no_time(text) { Some(A_YEAR) } else { read.guess }, ..read })
}

/// Whether how often is a number, or several, without the time in which it is counted.
pub(crate) fn has_no_time(text: &str) -> bool {
    let is_figures = text.contains(|c: char| c.is_ascii_digit()) && !text.contains(char::is_alphabetic);
    is_figures || number(text).is_ok()
}

/// Days of a year by which rates are told: 260 by hand, else 365.
pub(crate) fn days_a_year(by_hand: bool) -> f64 {
    if by_hand { Calendar::WORK.days } else { Calendar::ALL.days }
}

/// Minutes of work: `15`, `~15 min`, `1h30`, `½ hour`.
pub(crate) fn minutes(text: &str) -> Option<Spoken> {
    spoken(text, &time::minutes)
}

/// A length of time in hours: `next day`, `5 business days`.
pub(crate) fn hours(text: &str) -> Option<Spoken> {
    spoken(text, &|text| Ok(time::duration(text)?.hours().0))
}

/// A length of time as a stack file has it: `26w`, `1d`.
pub(crate) fn duration(text: &str) -> Option<String> {
    let read = time::duration(text).or_else(|refusal| match refusal.instead.first() {
        Some((instead, _)) => time::duration(instead),
        None => Err(refusal),
    });
    read.ok().map(|duration| duration.to_string())
}

/// A part of one: `2 %`, `0.02`, `1 in 20`; a bare number above one is a percentage, guessed.
pub(crate) fn part(text: &str) -> Option<Spoken> {
    let read = spoken(text, &share)?;
    let bare = text.trim().parse::<f64>().is_ok_and(|value| value > 1.0);
    Some(Spoken { guess: if bare { Some("the number is taken as a percentage") } else { read.guess }, ..read })
}

/// An amount of money and the currency that it names. `unit` is `money per year` or `money per hour`; `2k/mo` is 24,000
/// a year.
pub(crate) fn money(text: &str, unit: &str) -> Option<(Spoken, Option<&'static str>)> {
    let read = spoken(text, &|text| amount(text, unit, None))?;
    Some((read, currency_of(text)))
}

/// A number from 0: `1,200`, `~500`, `1.2k`.
pub(crate) fn count(text: &str) -> Option<Spoken> {
    let records = |text: &str| amount(text, "records", None);
    spoken(text, &number).or_else(|| spoken(text, &records))
}

/// A day, or the two days that it may be: with the day first, and with the month first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum SpokenDay {
    /// This day.
    Is(Date),
    /// One of these.
    Either(Date, Date),
}

/// A day as people write it.
pub(crate) fn date(text: &str) -> Option<SpokenDay> {
    match day(text.trim()) {
        Ok(date) => Some(SpokenDay::Is(date)),
        Err(refusal) => match refusal.instead.as_slice() {
            [(first, _), (second, _)] => Some(SpokenDay::Either(first.parse().ok()?, second.parse().ok()?)),
            _ => None,
        },
    }
}

/// Work as a rate, `6 h/week` or `30 min per day`: minutes, and the time in which they are spent as a stack file has it.
/// `unit` is what the header says where the cell is a bare number.
pub(crate) fn effort(text: &str, unit: Option<&str>) -> Option<(Spoken, &'static str)> {
    let of = |text: &str| {
        let split = ["/", " per ", " a ", " pro ", " par ", " por "].into_iter();
        split.filter_map(|between| text.split_once(between)).find_map(|(amount, every)| {
            let every = match time::unit(every.trim())? {
                Unit::Of(TimeUnit::Day) | Unit::WorkingDay => "1/day",
                Unit::Of(TimeUnit::Week) => "1/week",
                Unit::Of(TimeUnit::Month) => "1/month",
                Unit::Of(TimeUnit::Quarter) => "1/quarter",
                Unit::Of(TimeUnit::Year) => "1/year",
                _ => return None,
            };
            let amount = amount.trim();
            // A unit of its own must be there: `3/week` is a rate of runs.
            let has_unit = amount.trim_end_matches('.').ends_with(char::is_alphabetic);
            has_unit.then_some((amount.to_owned(), every))
        })
    };
    if let Some((amount, every)) = of(text) {
        return Some((minutes(&amount)?, every));
    }
    // The header has the unit alone: `h/week`, `hours per month`.
    let (amount, every) = of(&format!("1 {}", unit?))?;
    let text = text.trim();
    // `6 h` beneath `hours per week` says its unit once more.
    let has_unit = text.trim_end_matches('.').ends_with(char::is_alphabetic);
    let amount = if has_unit { text.to_owned() } else { amount.replacen('1', text, 1) };
    Some((minutes(&amount)?, every))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn likely(spoken: Option<Spoken>) -> Option<(f64, bool)> {
        spoken.map(|spoken| (spoken.range[1], spoken.guess.is_some()))
    }

    #[test]
    fn rates_are_read_in_four_languages() {
        for (text, by_hand, value, is_guess) in [
            ("2x per week", true, 104.0, false),
            ("twice a week", true, 104.0, false),
            ("2/wk", true, 104.0, false),
            ("every 2 weeks", true, 26.0, false),
            ("bi-weekly", true, 26.0, true),
            ("Mon/Wed/Fri", true, 156.0, false),
            ("every 15 min", false, 35_040.0, false),
            ("3x daily", true, 780.0, false),
            ("twice weekly", true, 104.0, false),
            ("3x täglich", true, 780.0, false),
            ("wöchentlich", true, 52.0, false),
            ("2-3 pro Woche", true, 130.0, true),
            ("35 pro Tag", true, 9_100.0, false),
            ("alle 15 Minuten", false, 35_040.0, false),
            ("jeden Freitag", true, 52.0, false),
            ("2 fois par mois", true, 24.0, false),
            ("hebdomadaire", true, 52.0, false),
            ("3 veces por semana", true, 156.0, false),
            ("4-8/week", true, 312.0, true),
            ("3", true, 3.0, true),
            ("~12", true, 12.0, true),
            ("three", true, 3.0, true),
            ("3-4", true, 3.5, true),
            ("2 / 3 / 4", true, 3.0, true),
            ("3/year", true, 3.0, false),
        ] {
            assert_eq!(likely(runs(text, by_hand)), Some((value, is_guess)), "{text}");
        }
        for text in ["per campaign", "soon", "3x", "daily weekly"] {
            assert!(runs(text, true).is_none_or(|spoken| text == "3x" && spoken.range[1] == 3.0), "{text}");
        }
    }

    #[test]
    fn times_money_shares_and_days_are_read() {
        for (text, value, is_guess) in [
            ("~15 min", 15.0, false),
            ("15-20 mins", 17.5, true),
            ("½ hour", 30.0, false),
            ("1h30", 90.0, false),
            ("1:30", 90.0, true),
            ("90", 90.0, false),
            ("10 / 15 / 25", 15.0, false),
            ("45 Minuten", 45.0, false),
            ("up to 30", 15.0, true),
            ("15+", 15.0, true),
            ("1h 30m", 90.0, false),
        ] {
            assert_eq!(likely(minutes(text)), Some((value, is_guess)), "{text}");
        }
        for (text, value, currency) in [
            ("$24,000", 24_000.0, Some("$")),
            ("24k", 24_000.0, None),
            ("€1.200,50", 1_200.5, Some("EUR")),
            ("120.500,50 €", 120_500.5, Some("EUR")),
            ("2k/mo", 24_000.0, None),
            ("2000 EUR/mo", 24_000.0, Some("EUR")),
            ("20-30 CHF per year", 25.0, Some("CHF")),
        ] {
            let (spoken, found) = money(text, "money per year").unwrap_or_else(|| panic!("{text}"));
            assert_eq!((spoken.range[1], found), (value, currency), "{text}");
        }
        assert_eq!(likely(part("99.9")), Some((0.999, true)));
        assert_eq!(likely(part("2 %")), Some((0.02, false)));
        assert_eq!(likely(hours("5 business days")), Some((168.0, true)));
        assert!(matches!(date("03/04/2026"), Some(SpokenDay::Either(..))));
        assert!(matches!(date("27/02/2026"), Some(SpokenDay::Is(_))));
        for (text, unit, minutes, every) in [
            ("6 h/week", None, 360.0, "1/week"),
            ("6", Some("h/week"), 360.0, "1/week"),
            ("1.5", Some("hours per month"), 90.0, "1/month"),
            ("6 h", Some("hours per week"), 360.0, "1/week"),
            ("90 mins", Some("hours per week"), 90.0, "1/week"),
            ("30 min per day", None, 30.0, "1/day"),
        ] {
            let found = effort(text, unit).map(|(spoken, every)| (spoken.range[1], every));
            assert_eq!(found, Some((minutes, every)), "{text}");
        }
        assert_eq!((effort("3/week", None), effort("6", None)), (None, None));
    }
}
