//! How old a fact is, counted from a given day: the clock is never read.

use jiff::ToSpan;
use jiff::civil::Date;

use super::product::Source;
use super::quota::Quota;
use super::words::{Confidence, words};

words! {
    /// How old a fact is on a day.
    Age {
        /// Read at most a year before, a quota at most half a year.
        Fresh = "fresh",
        /// Read longer ago: a vendor may have changed something since.
        Old = "old",
        /// The day when the page said so is not known.
        Undated = "undated",
    }
}

/// Months that a fact stays fresh.
const FACT: i32 = 12;
/// Months that a quota stays fresh: vendors change limits more often than connectors.
const QUOTA: i32 = 6;

/// The day of a source; of a month without a day the last one, so that nothing is called old too early.
fn day(text: &str) -> Option<Date> {
    if let Ok(day) = text.parse() {
        return Some(day);
    }
    let first: Date = format!("{text}-01").parse().ok()?;
    Some(first.last_of_month())
}

fn age(date: Option<&str>, months: i32, as_of: Date) -> Age {
    let Some(read) = date.and_then(day) else { return Age::Undated };
    match read.checked_add(months.months()) {
        Ok(last) if last < as_of => Age::Old,
        _ => Age::Fresh,
    }
}

fn aged(confidence: Confidence, age: Age) -> Confidence {
    if age == Age::Fresh { confidence } else { confidence.weaker() }
}

impl Source {
    /// How old the fact is on a day.
    #[must_use]
    pub fn age(&self, as_of: Date) -> Age {
        age(self.date.as_deref(), FACT, as_of)
    }

    /// How far to trust the fact on a day: one step less where it is old or undated.
    #[must_use]
    pub fn confidence_on(&self, as_of: Date) -> Confidence {
        aged(self.confidence, self.age(as_of))
    }

    /// The day of the source, for comparison; absent where it is not known.
    pub(super) fn day(&self) -> Option<Date> {
        self.date.as_deref().and_then(day)
    }
}

impl Quota {
    /// How old the limit is on a day. Limits stay fresh for half a year.
    #[must_use]
    pub fn age(&self, as_of: Date) -> Age {
        age(self.source.date.as_deref(), QUOTA, as_of)
    }

    /// How far to trust the limit on a day: one step less where it is old or undated.
    #[must_use]
    pub fn confidence_on(&self, as_of: Date) -> Confidence {
        aged(self.source.confidence, self.age(as_of))
    }
}

#[cfg(test)]
mod tests {
    use super::{Age, FACT, QUOTA, age};

    #[test]
    fn a_fact_is_fresh_for_a_year_and_a_quota_for_half_a_year() {
        let on = |date, months, as_of: &str| age(date, months, as_of.parse().unwrap());
        assert_eq!(on(Some("2025-11-21"), FACT, "2026-11-21"), Age::Fresh);
        assert_eq!(on(Some("2025-11-21"), FACT, "2026-11-22"), Age::Old);
        assert_eq!(on(Some("2026-05-21"), QUOTA, "2026-11-21"), Age::Fresh);
        assert_eq!(on(Some("2026-05-21"), QUOTA, "2026-11-22"), Age::Old);
        // A month counts to its end; what was read later than the day asked for is fresh.
        assert_eq!(on(Some("2025-02"), FACT, "2026-02-28"), Age::Fresh);
        assert_eq!(on(Some("2025-02"), FACT, "2026-03-01"), Age::Old);
        assert_eq!(on(Some("2030-01-01"), FACT, "2026-03-01"), Age::Fresh);
        assert_eq!(on(None, FACT, "2026-03-01"), Age::Undated);
        assert_eq!(on(Some("9999-12-31"), FACT, "9999-12-31"), Age::Fresh);
    }
}
