//! Days of the calendar: `2026-11-21`, and other ways of writing one that can mean one day only.

use jiff::civil::Date;

use crate::catalog::people::meaning;
use crate::model::table::{Parsed, Refusal, quoted};

const HELP: &str = "write year, month and day, such as `2026-11-21`";

/// A day of the calendar.
pub(in crate::model) fn day(text: &str) -> Parsed<Date> {
    let none = || Refusal::new(format!("expected a date, found {}", quoted(text)), HELP);
    let parts: Vec<&str> = text
        .split(|c: char| c.is_whitespace() || matches!(c, '-' | '/' | '.' | ','))
        .filter(|p| !p.is_empty())
        .collect();
    let [a, b, c] = parts.as_slice() else { return Err(none()) };
    let number = |part: &str| {
        let digits = part.trim_end_matches("st").trim_end_matches("nd").trim_end_matches("rd").trim_end_matches("th");
        let fits = !digits.is_empty() && digits.len() <= 4 && digits.bytes().all(|b| b.is_ascii_digit());
        fits.then(|| digits.parse::<i16>().ok()).flatten()
    };
    let month = |part: &str| meaning("month of the year", part).and_then(|month| month.parse::<i16>().ok());
    // Two digits are a year of this century: stack files speak of contracts and reviews.
    let year = |part: &str| number(part).map(|year| if part.len() == 2 { 2000 + year } else { year });
    let of = |y: Option<i16>, m: Option<i16>, d: Option<i16>| {
        let (y, m, d) = (y.ok_or_else(none)?, m.ok_or_else(none)?, d.ok_or_else(none)?);
        let (month, day) = (i8::try_from(m).unwrap_or(0), i8::try_from(d).unwrap_or(0));
        Date::new(y, month, day).map_err(|_| {
            Refusal::new(format!("{} is not in the calendar", quoted(text)), "write a date such as `2026-11-21`")
        })
    };
    if a.len() == 4 && number(a).is_some() {
        return of(number(a), number(b).or_else(|| month(b)), number(c));
    }
    if let Some(m) = month(a) {
        return of(year(c), Some(m), number(b));
    }
    if let Some(m) = month(b) {
        return of(year(c), Some(m), number(a));
    }
    let (Some(first), Some(second)) = (number(a), number(b)) else { return Err(none()) };
    if c.len() != 4 && c.len() != 2 {
        return Err(none());
    }
    // With points the day stands first everywhere; with slashes it depends on the country.
    if text.contains('.') || first > 12 || first == second {
        return of(year(c), Some(second), Some(first));
    }
    if second > 12 {
        return of(year(c), Some(first), Some(second));
    }
    let (day_first, month_first) = (of(year(c), Some(second), Some(first))?, of(year(c), Some(first), Some(second))?);
    Err(Refusal::of(
        format!("{} may be two days", quoted(text)),
        [(day_first.to_string(), "if the day stands first"), (month_first.to_string(), "if the month stands first")],
    ))
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn a_day_is_read_where_it_can_be_one_only() {
        for text in [
            "2026-11-26",
            "2026/11/26",
            "26/11/2026",
            "11/26/2026",
            "11/26/26",
            "26.11.2026",
            "26 Nov 2026",
            "Nov 26, 2026",
            "26-Nov-2026",
            "November 26th, 2026",
        ] {
            assert_eq!(day(text), Ok(date(2026, 11, 26)), "{text}");
        }
        assert_eq!(day("03.04.2026"), Ok(date(2026, 4, 3)));
        assert_eq!(day("2026-3-1"), Ok(date(2026, 3, 1)));
        for wrong in ["2026-13-01", "2026-02-30", "Nov 2026", "2026", "", "a-b-c", "20261-1-1", "1/2/3", "99999-99-99"]
        {
            assert!(day(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn a_day_that_could_be_two_is_asked_about() {
        let instead = day("03/04/2026").unwrap_err().instead;
        let days: Vec<&str> = instead.iter().map(|(day, _)| day.as_str()).collect();
        assert_eq!(days, ["2026-04-03", "2026-03-04"]);
    }
}
