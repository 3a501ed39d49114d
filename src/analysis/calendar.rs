//! Dates that count from the day of the stack file: when reviews are due, and how many days off a date is.

use jiff::civil::Date;

use crate::model::{Duration, Stack, System};

/// How often the vendor of `system` is to be reviewed: as it states itself, else for AI tools by the practice.
#[must_use]
pub fn review_cadence(stack: &Stack, system: &System) -> Option<Duration> {
    system.vendor_review.every.or(stack.practices.vendor_review_cadence.filter(|_| system.is_ai()))
}

/// The last day on which the next vendor review of `system` is in time, where a cadence applies and one was done.
#[must_use]
pub fn review_due(stack: &Stack, system: &System) -> Option<Date> {
    review_cadence(stack, system)?.after(system.vendor_review.last?)
}

/// Whether the vendor review of `system` is overdue on the day of the file; `None` where that cannot be told, because
/// neither it nor the practices say how often one is due, or the file names no day.
#[must_use]
pub fn is_review_overdue(stack: &Stack, system: &System) -> Option<bool> {
    review_cadence(stack, system)?;
    if system.vendor_review.last.is_none() {
        return Some(true);
    }
    let today = stack.as_of?;
    // A review that would be due after the end of the calendar is not overdue.
    Some(review_due(stack, system).is_some_and(|due| due < today))
}

/// Whether the security of `system` has been reviewed; a review on a day after that of the file has not been done.
#[must_use]
pub fn has_security_review(stack: &Stack, system: &System) -> bool {
    system.security_review.is_some_and(|done| stack.as_of.is_none_or(|today| done <= today))
}

/// Whole days from `from` to `to`; negative where `to` is earlier.
#[must_use]
pub fn days_between(from: Date, to: Date) -> i64 {
    from.until(to).map_or(0, |span| i64::from(span.get_days()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn days_are_counted_over_months_and_years() {
        assert_eq!(days_between(date(2026, 11, 21), date(2027, 1, 31)), 71);
        assert_eq!(days_between(date(2026, 11, 21), date(2026, 11, 20)), -1);
    }
}
