//! How often a schedule starts something: intervals and cron expressions as runs a year.

/// Runs a year of something that happens every `interval` of `unit`; `None` for units and intervals that are none.
pub(super) fn every(interval: f64, unit: &str) -> Option<f64> {
    let a_year = match unit.trim_end_matches('s') {
        "second" => 365.0 * 86_400.0,
        "minute" => 365.0 * 1_440.0,
        "hour" => 365.0 * 24.0,
        "day" => 365.0,
        "week" => 52.0,
        "month" => 12.0,
        "year" => 1.0,
        _ => return None,
    };
    (interval.is_finite() && interval > 0.0).then(|| a_year / interval)
}

/// Runs of a year of 365 days that begins on a Thursday, as 2026 does, of a cron expression with five fields, or six
/// with seconds first. `None` where it is none, or never runs.
pub(super) fn cron(expression: &str) -> Option<f64> {
    let fields: Vec<&str> = expression.split_whitespace().collect();
    let (seconds, fields) = match fields.as_slice() {
        [seconds, five @ ..] if five.len() == 5 => (*seconds, five),
        five => ("0", five),
    };
    let [minutes, hours, days, months, weekdays] = fields else { return None };
    let (none, every) = ([].as_slice(), |field: &str| matches!(field, "*" | "?"));
    let a_day =
        (set(seconds, 0, 59, none)?.len() * set(minutes, 0, 59, none)?.len() * set(hours, 0, 23, none)?.len()) as f64;
    let (in_month, in_year) = (set(days, 1, 31, none)?, set(months, 1, 12, &MONTHS)?);
    let in_week: Vec<u32> = set(weekdays, 0, 7, &WEEKDAYS)?.into_iter().map(|day| day % 7).collect();
    let (mut weekday, mut runs) = (4, 0);
    for (month, length) in (1..).zip([31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]) {
        for day in 1..=length {
            let (by_month, by_week) = (in_month.contains(&day), in_week.contains(&weekday));
            // Where both are restricted, cron takes either.
            let fits = if every(days) || every(weekdays) { by_month && by_week } else { by_month || by_week };
            runs += u32::from(fits && in_year.contains(&month));
            weekday = (weekday + 1) % 7;
        }
    }
    (runs > 0).then(|| f64::from(runs) * a_day)
}

const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
const WEEKDAYS: [&str; 7] = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"];

/// The values of one field, sorted; names begin at `from`.
fn set(field: &str, from: u32, to: u32, names: &[&str]) -> Option<Vec<u32>> {
    let value = |text: &str| -> Option<u32> {
        let lower = text.to_lowercase();
        let named = names.iter().position(|name| *name == lower).and_then(|at| u32::try_from(at).ok());
        let value = named.map(|at| at + from).or_else(|| text.parse().ok())?;
        (from..=to).contains(&value).then_some(value)
    };
    let mut all = Vec::new();
    for part in field.split(',') {
        let (range, step) = match part.split_once('/') {
            Some((range, step)) => (range, Some(step.parse::<u32>().ok().filter(|step| *step > 0)?)),
            None => (part, None),
        };
        let (low, high) = match (range, range.split_once('-')) {
            ("*" | "?", _) => (from, to),
            (_, Some((low, high))) => (value(low)?, value(high)?),
            (one, None) => (value(one)?, if step.is_some() { to } else { value(one)? }),
        };
        all.extend((low..=high).step_by(step.unwrap_or(1) as usize));
    }
    all.sort_unstable();
    all.dedup();
    (!all.is_empty()).then_some(all)
}

/// Runs a year in the words of a stack file: `96/day`, `5/week`, `1/month`, or a number a year.
pub(super) fn words(a_year: f64) -> String {
    words_by(a_year, 365.0)
}

/// The same where a year has this many days: for a person these are working days.
pub(super) fn words_by(a_year: f64, days: f64) -> String {
    let whole = |unit: f64| {
        let number = a_year / unit;
        ((number - number.round()).abs() < 1e-9 && number >= 0.5).then(|| number.round())
    };
    for (unit, word) in [(days, "day"), (52.0, "week"), (12.0, "month")] {
        if let Some(number) = whole(unit) {
            return format!("{number}/{word}");
        }
    }
    // Half a run more or less is the middle of two numbers.
    for (unit, word) in [(days, "day"), (52.0, "week"), (12.0, "month")] {
        let doubled = a_year / unit * 2.0;
        if (doubled - doubled.round()).abs() < 1e-9 && doubled > 2.0 {
            return format!("{}/{word}", doubled.round() / 2.0);
        }
    }
    let rounded = if a_year >= 10.0 { a_year.round() } else { (a_year * 100.0).round() / 100.0 };
    format!("{rounded}/year")
}

#[cfg(test)]
mod tests {
    use super::{cron, every, words};

    #[test]
    fn schedules_are_counted_over_a_year() {
        for (expression, runs) in [
            ("*/15 * * * *", 365.0 * 96.0),
            ("0 9 * * 1-5", 261.0),
            ("0 9 * * MON,WED", 104.0),
            ("30 6 1 * *", 12.0),
            ("0 0 9 * * *", 365.0),
            // The first of January, a Thursday, and the four Sundays of the month.
            ("0 0 1 1 0", 5.0),
            ("0 8-18/2 * jan-mar *", 90.0 * 6.0),
        ] {
            assert_eq!(cron(expression), Some(runs), "{expression}");
        }
        for broken in ["", "* * *", "61 * * * *", "*/0 * * * *", "5-1 * * * *", "0 0 31 2 *", "@daily", "a b c d e"] {
            assert_eq!(cron(broken), None, "{broken}");
        }
    }

    #[test]
    fn rates_are_written_in_the_largest_unit_that_is_whole() {
        assert_eq!(words(every(15.0, "minutes").unwrap()), "96/day");
        assert_eq!(words(every(1.0, "weeks").unwrap()), "1/week");
        assert_eq!(words(260.0), "5/week");
        assert_eq!(words(12.0), "1/month");
        assert_eq!(words(182.5), "183/year");
        assert_eq!(every(0.0, "day"), None);
        assert_eq!(every(1.0, "moon"), None);
    }
}
