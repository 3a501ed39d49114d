//! How often, as people write it: `40/week`, `weekly`, `2x per week`, `every 15 min`, `Mon/Wed/Fri`.

use std::borrow::Cow;

use super::number::{HELP, number, plain, unclear};
use super::time::{Unit, unit};
use crate::catalog::people::{meaning, meanings, without_about};
use crate::model::table::{Parsed, Refusal, quoted};
use crate::model::units::{MAX_AMOUNT, TimeUnit};
use crate::source::nearest;

/// What a day is to whoever does the work.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Calendar {
    /// Days of a year.
    pub(crate) days: f64,
    /// Hours of a day.
    pub(crate) hours: f64,
}

impl Default for Calendar {
    fn default() -> Self {
        Self::ALL
    }
}

impl Calendar {
    /// What a day and an hour mean for a person: 260 working days of eight hours.
    pub(crate) const WORK: Self = Self { days: 260.0, hours: 8.0 };
    /// What they mean for a machine: 365 days of 24 hours.
    pub(crate) const ALL: Self = Self { days: 365.0, hours: 24.0 };

    /// How many of `unit` a year has.
    fn a_year(self, unit: Unit) -> f64 {
        match unit {
            Unit::Second => self.days * self.hours * 3_600.0,
            Unit::WorkingDay => Self::WORK.days,
            Unit::Of(unit) => match unit {
                TimeUnit::Minute => self.days * self.hours * 60.0,
                TimeUnit::Hour => self.days * self.hours,
                TimeUnit::Day => self.days,
                TimeUnit::Week => 52.0,
                TimeUnit::Month => 12.0,
                TimeUnit::Quarter => 4.0,
                TimeUnit::Year => 1.0,
            },
        }
    }
}

/// How often a year; a bare number is a year.
pub(in crate::model) fn rate(text: &str, calendar: Calendar) -> Parsed<f64> {
    // `2 x week`, `2 × weekly`: as if it were written together.
    let joined = crossed(without_about(text));
    let said = joined.as_ref();
    if let Some(times) = days_named(said) {
        return Ok(times * 52.0);
    }
    match meanings("rate", said) {
        [] => {}
        [one] => return rate(&one.means, calendar),
        several => {
            let instead = several.iter().map(|one| (one.means.clone(), one.when.clone())).collect();
            let message = format!("{} means two things", quoted(text));
            return Err(Refusal { message, help: String::new(), instead });
        }
    }
    if let Some((times, every)) = times_before(said) {
        return bounded(text, times_of(times)? * rate(every, calendar)?);
    }
    let Some((times, every)) = parts(said) else {
        return number(said).map_err(|refusal| {
            if refusal.instead.is_empty() && refusal.help == HELP {
                let message = format!("expected how often it runs, found {}", quoted(text));
                return Refusal::new(message, "write how many times in a time, such as `3/week` or `2/day`");
            }
            refusal
        });
    };
    if let Some(refusal) = unclear(text, times, &format!("/{every}"), true) {
        return Err(refusal);
    }
    let times = times_of(times).map_err(|refusal| Refusal { message: refusal.message, ..refusal })?;
    let a_year = each(every, calendar).ok_or_else(|| no_unit(text, every))?;
    bounded(text, times * a_year)
}

/// Times a year as times in the time that people would name: `104` is `2/week`. Reading gives the same number to the last bit, of a
/// machine's days where it `is_automated`; else no day is named, as it depends on who does the work.
pub(crate) fn rate_in_words(a_year: f64, is_automated: bool) -> String {
    let days = [(Calendar::ALL.days, "day")].into_iter().filter(|_| is_automated);
    let units: Vec<_> = days.chain([(52.0, "week"), (12.0, "month"), (4.0, "quarter"), (1.0, "year")]).collect();
    let times = |(unit, word): &(f64, &'static str)| (a_year / unit, *unit, *word);
    let is_same = |(times, unit, _): &(f64, f64, &str)| times * unit == a_year;
    // Nobody counts thousands a month.
    let whole = |(times, _, word): &(f64, f64, &str)| {
        times.fract() == 0.0 && *times >= 1.0 && (*times < 1_000.0 || matches!(*word, "day" | "year"))
    };
    let plain = |(times, _, _): &(f64, f64, &str)| *times >= 0.1 && times.to_string().len() <= 3;
    let is_year = |(_, unit, _): &(f64, f64, &str)| *unit == 1.0;
    let all = || units.iter().map(times).filter(is_same);
    // `1.5/week` says more than `78/year`.
    match all().find(|one| whole(one) && !is_year(one)).or_else(|| all().find(plain)).or_else(|| all().find(whole)) {
        Some((times, _, word)) => format!("{times}/{word}"),
        None => format!("{a_year}/year"),
    }
}

fn bounded(text: &str, value: f64) -> Parsed<f64> {
    if value > MAX_AMOUNT {
        return Err(Refusal::new(format!("{} is too large", quoted(text)), "write at most 1e15 a year"));
    }
    Ok(value)
}

/// `2 x week` and `2x week` as `2x/week`, `2 x weekly` as `2x weekly`: a cross behind a number counts.
fn crossed(text: &str) -> Cow<'_, str> {
    let Some(at) = text.find(['x', 'X', '×']) else { return Cow::Borrowed(text) };
    let (times, rest) = (text[..at].trim_end(), &text[at..]);
    let mark = rest.chars().next().map_or(0, char::len_utf8);
    let every = rest[mark..].trim_start();
    if number(times).is_err() || !rest[mark..].starts_with(char::is_whitespace) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(if unit(every).is_some() { format!("{times}/{every}") } else { format!("{times}x {every}") })
}

/// `3x daily`, `twice weekly`: how often in what is a rate by itself, and can mean one only.
fn times_before(text: &str) -> Option<(&str, &str)> {
    let (times, every) = text.split_once(char::is_whitespace)?;
    let is_count = times_of(times).is_ok() && (times.ends_with(['x', '×', 'X']) || meaning("times", times).is_some());
    let is_rate = meaning("rate", every.trim()).is_some_and(|means| !means.contains(' '));
    (is_count && is_rate).then_some((times, every.trim()))
}

/// `3/week`, `2x per week`, `twice a day`, `every 15 min` in the number and the time.
pub(super) fn parts(text: &str) -> Option<(&str, &str)> {
    if let Some((times, every)) = text.split_once('/') {
        return Some((times.trim(), every.trim()));
    }
    let lower = text.to_ascii_lowercase();
    for every in
        ["every ", "each ", "alle ", "jede ", "jeden ", "jedes ", "toutes les ", "tous les ", "chaque ", "cada "]
    {
        if lower.starts_with(every) {
            return Some(("1", text[every.len()..].trim()));
        }
    }
    for between in [
        " per ", " every ", " each ", " a ", " an ", " in a ", " p. ", " pro ", " die ", " am ", " im ", " par ",
        " por ", " al ", " a la ",
    ] {
        if let Some(at) = lower.find(between) {
            return Some((text[..at].trim(), text[at + between.len()..].trim()));
        }
    }
    None
}

/// `3`, `3x`, `3 times`, `twice`.
pub(super) fn times_of(text: &str) -> Parsed<f64> {
    if let Some(times) = meaning("times", text).and_then(plain) {
        return Ok(times);
    }
    let lower = text.to_ascii_lowercase();
    let digits = ["times", "time", "runs", "run", "mal", "fois", "veces", "vez", "x", "×"]
        .iter()
        .find_map(|word| lower.strip_suffix(word));
    match digits {
        Some(digits) if !digits.trim().is_empty() => number(text[..digits.len()].trim()),
        _ => number(text),
    }
}

/// How many `every` a year has: `week`, `15min`, `2 weeks`, `Friday`.
fn each(every: &str, calendar: Calendar) -> Option<f64> {
    if let Some(unit) = unit(every) {
        return Some(calendar.a_year(unit));
    }
    if let Some(days) = days_named(every) {
        return Some(days * 52.0);
    }
    let end = every.find(|c: char| c.is_alphabetic() && c != 'e').filter(|at| *at > 0);
    let split = end.or_else(|| every.find(' '))?;
    let (count, word) = (every[..split].trim(), every[split..].trim());
    let count = number(count).ok().filter(|count| *count > 0.0)?;
    Some(calendar.a_year(unit(word)?) / count)
}

/// How many days of the week `Mon/Wed/Fri` names.
fn days_named(text: &str) -> Option<f64> {
    if text.len() > 80 {
        return None;
    }
    let text = text.to_lowercase();
    let words = text.split(|c: char| c.is_whitespace() || matches!(c, '/' | ',' | '+' | '&' | ';'));
    let mut days: Vec<&str> = Vec::new();
    for word in words.filter(|word| !matches!(*word, "" | "and" | "every" | "each" | "on")) {
        days.push(meaning("day of the week", word)?);
    }
    days.sort_unstable();
    days.dedup();
    (!days.is_empty()).then_some(days.len() as f64)
}

fn no_unit(text: &str, every: &str) -> Refusal {
    const UNITS: [&str; 5] = ["day", "week", "month", "quarter", "year"];
    let message = format!("{} has no valid time unit", quoted(text));
    let several = meanings("unit of time", every);
    if several.len() > 1 {
        let before = text.trim_end().strip_suffix(every).unwrap_or("1/");
        let instead = several.iter().map(|one| (format!("{before}{}", one.means), one.when.clone())).collect();
        return Refusal { message, help: String::new(), instead };
    }
    match (nearest(every, UNITS), text.trim_end().strip_suffix(every)) {
        (Some(near), Some(before)) => Refusal::of(message, [(format!("{before}{near}"), "")]),
        _ => Refusal::new(message, "write `/hour`, `/day`, `/week`, `/month`, `/quarter` or `/year`"),
    }
}

/// Person-days a week: `5d/week`, `5 days a week`.
pub(crate) fn capacity(text: &str) -> Parsed<f64> {
    const HELP: &str = "write person-days a week, such as `5d/week`";
    let none = || Refusal::new(format!("expected a capacity, found {}", quoted(text)), HELP);
    let (amount, every) = parts(without_about(text)).ok_or_else(none)?;
    let letters = amount.trim_end_matches(|c: char| c.is_alphabetic() || c == '-' || c == ' ');
    let word = amount[letters.len()..].trim().trim_start_matches("person").trim_start_matches(['-', ' ']);
    let weeks = match (unit(word), unit(every)) {
        (Some(Unit::Of(TimeUnit::Day) | Unit::WorkingDay), Some(Unit::Of(TimeUnit::Week))) => 1.0,
        (Some(Unit::Of(TimeUnit::Day) | Unit::WorkingDay), Some(Unit::Of(TimeUnit::Month))) => 52.0 / 12.0,
        _ => return Err(none()),
    };
    let days = number(letters)? / weeks;
    if days == 0.0 {
        return Err(Refusal::new("the capacity must be above 0", HELP));
    }
    Ok(days)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn worked(text: &str) -> f64 {
        rate(text, Calendar::WORK).unwrap_or_else(|refusal| panic!("{text}: {refusal:?}"))
    }

    #[test]
    fn rates_are_written_in_the_time_that_people_name_and_read_back_bit_for_bit() {
        for (a_year, by_hand, automated) in [
            (2_080.0, "40/week", "40/week"),
            (52.0, "1/week", "1/week"),
            (12.0, "1/month", "1/month"),
            (4.0, "1/quarter", "1/quarter"),
            (260.0, "5/week", "5/week"),
            (130.0, "2.5/week", "2.5/week"),
            (365.0, "365/year", "1/day"),
            (105_120.0, "105120/year", "288/day"),
            (7.0, "7/year", "7/year"),
            (78.0, "1.5/week", "1.5/week"),
            (0.5, "0.5/year", "0.5/year"),
            (0.0, "0/year", "0/year"),
            (1.0 / 3.0, "0.3333333333333333/year", "0.3333333333333333/year"),
        ] {
            let said = [false, true].map(|is_automated| rate_in_words(a_year, is_automated));
            assert_eq!(said, [by_hand, automated]);
            for calendar in [Calendar::WORK, Calendar::ALL] {
                assert_eq!(rate(by_hand, calendar), Ok(a_year));
            }
            assert_eq!(rate(automated, Calendar::ALL), Ok(a_year));
        }
    }

    #[test]
    fn rates_are_a_year_and_days_depend_on_who_works() {
        assert_eq!(worked("2/day"), 520.0);
        assert_eq!(rate("2 / day", Calendar::ALL), Ok(730.0));
        assert_eq!(worked("7"), 7.0);
        let wrong = rate("7/wek", Calendar::WORK).unwrap_err();
        assert_eq!(wrong.instead, [("7/week".to_owned(), String::new())]);
    }

    #[test]
    fn an_hour_of_a_person_is_a_working_hour() {
        // Eight hours on 260 days; 24 hours on 365.
        assert_eq!(worked("1/hour"), 2_080.0);
        assert_eq!(rate("1/hour", Calendar::ALL), Ok(8_760.0));
        assert_eq!(worked("hourly"), 2_080.0);
        assert_eq!(worked("every 15 min"), 4.0 * 8.0 * 260.0);
        assert_eq!(rate("1/15min", Calendar::ALL), Ok(4.0 * 24.0 * 365.0));
    }

    #[test]
    fn rates_are_read_as_people_write_them() {
        for (text, a_year) in [
            ("weekly", 52.0),
            ("Daily", 260.0),
            ("monthly", 12.0),
            ("quarterly", 4.0),
            ("yearly", 1.0),
            ("2x per week", 104.0),
            ("2 times a week", 104.0),
            ("twice a week", 104.0),
            ("once a month", 12.0),
            ("40 per week", 2_080.0),
            ("5/wk", 260.0),
            ("~5/week", 260.0),
            ("3x a day", 780.0),
            ("3 / week", 156.0),
            ("every 2 weeks", 26.0),
            ("every other week", 26.0),
            ("fortnightly", 26.0),
            ("every two weeks", 26.0),
            ("every week", 52.0),
            ("every Friday", 52.0),
            ("Mon/Wed/Fri", 156.0),
            ("Mon, Thu", 104.0),
            ("every weekday", 260.0),
            ("month-end", 12.0),
            ("1.2k/year", 1_200.0),
            ("10 per working day", 2_600.0),
            ("2 x week", 104.0),
            ("2x week", 104.0),
            ("2 x weekly", 104.0),
            ("2 x per week", 104.0),
            ("3 × month", 36.0),
        ] {
            assert_eq!(worked(text), a_year, "{text}");
        }
        for wrong in ["sometimes", "as needed", "3/parrot", "per week", "/week", "every 0 days", "week", ""] {
            assert!(rate(wrong, Calendar::WORK).is_err(), "{wrong}");
        }
    }

    #[test]
    fn what_could_be_two_rates_is_asked_about() {
        let words = |text| rate(text, Calendar::WORK).unwrap_err().instead;
        assert_eq!(words("bi-weekly")[0].0, "26/year");
        assert_eq!(words("bi-weekly")[1].0, "2/week");
        assert_eq!(words("3/m").iter().map(|one| one.0.as_str()).collect::<Vec<_>>(), ["3/minute", "3/month"]);
    }

    #[test]
    fn what_is_no_rate_is_told_how_to_write_one() {
        for wrong in ["10 Dec", "2 y week", "20 parrots", "week 3", "often"] {
            let refusal = rate(wrong, Calendar::WORK).unwrap_err();
            assert!(refusal.help.contains("`3/week`"), "{wrong}: {refusal:?}");
        }
        assert!(rate("-3", Calendar::WORK).unwrap_err().message.contains("negative"));
    }

    #[test]
    fn capacity_is_person_days_a_week() {
        for text in ["5d/week", "5 days a week", "5 person-days per week", "5 d / wk"] {
            assert_eq!(capacity(text), Ok(5.0), "{text}");
        }
        assert_eq!(capacity("13 days per month"), Ok(3.0));
        for wrong in ["5", "5/week", "5h/week", "0d/week", "d/week", "5d/year"] {
            assert!(capacity(wrong).is_err(), "{wrong}");
        }
    }
}
