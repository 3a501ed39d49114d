//! Quantities with their units: hours, money, rates, shares, durations, and ranges of them.

use std::fmt;
use std::ops::{Add, Sub};

use jiff::civil::Date;

/// The largest amount a stack file may state, in any unit.
pub const MAX_AMOUNT: f64 = 1e15;

macro_rules! quantity {
    ($(#[$doc:meta] $name:ident;)*) => {$(
        #[$doc]
        #[derive(Clone, Copy, Debug, Default, PartialEq, PartialOrd)]
        pub struct $name(pub f64);

        impl Add for $name {
            type Output = Self;
            fn add(self, other: Self) -> Self {
                Self(self.0 + other.0)
            }
        }

        impl Sub for $name {
            type Output = Self;
            fn sub(self, other: Self) -> Self {
                Self(self.0 - other.0)
            }
        }

        impl std::iter::Sum for $name {
            fn sum<I: Iterator<Item = Self>>(all: I) -> Self {
                Self(all.map(|one| one.0).sum())
            }
        }

        impl Quantity for $name {
            fn of(amount: f64) -> Self {
                Self(amount)
            }
            fn amount(self) -> f64 {
                self.0
            }
        }
    )*};
}

/// A number with a unit that its type names.
pub trait Quantity: Copy {
    /// The quantity of this amount.
    fn of(amount: f64) -> Self;
    /// The number, in the unit of the type.
    fn amount(self) -> f64;
}

quantity! {
    /// Hours: of work a year where it is effort, of the day and night where it is a delay.
    Hours;
    /// Minutes of work for one run, or for one record to fix.
    Minutes;
    /// Money in the currency of the stack.
    Money;
    /// Money an hour, in the currency of the stack.
    MoneyPerHour;
    /// How often a year.
    PerYear;
    /// A plain count, such as records of a run.
    Count;
    /// A part of one whole, 0 to 1.
    Share;
    /// Days of work of one person, 8 hours each.
    PersonDays;
}

impl Share {
    /// What is missing to one.
    #[must_use]
    pub fn complement(self) -> Self {
        Self(1.0 - self.0)
    }
}

/// A quantity known as low, likely and high; equal where it is known exactly.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Range<T> {
    /// The smallest value to be expected.
    pub low: T,
    /// The likeliest value: the one that a single number in the output comes from.
    pub likely: T,
    /// The largest value to be expected.
    pub high: T,
}

/// A figure that a stack file may state; `None` is "not known".
pub type Figure<T> = Option<Range<T>>;

impl<T: Copy> Range<T> {
    /// The range of one exactly known value.
    #[must_use]
    pub fn exact(value: T) -> Self {
        Self { low: value, likely: value, high: value }
    }

    /// The same function of low, likely and high.
    #[must_use]
    pub fn map<U>(self, f: impl Fn(T) -> U) -> Range<U> {
        Range { low: f(self.low), likely: f(self.likely), high: f(self.high) }
    }

    /// A function of two ranges, low with low, likely with likely, high with high.
    #[must_use]
    pub fn zip<U: Copy, V>(self, other: Range<U>, f: impl Fn(T, U) -> V) -> Range<V> {
        Range { low: f(self.low, other.low), likely: f(self.likely, other.likely), high: f(self.high, other.high) }
    }
}

impl<T: Copy + Add<Output = T>> Add for Range<T> {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        self.zip(other, T::add)
    }
}

impl<T: Copy + Default + Add<Output = T>> std::iter::Sum for Range<T> {
    fn sum<I: Iterator<Item = Self>>(all: I) -> Self {
        all.fold(Self::exact(T::default()), Self::add)
    }
}

/// The unit of a [`Duration`] as written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TimeUnit {
    /// Sixty seconds, written `min`.
    Minute,
    /// `h`: 60 minutes, of the day and night.
    Hour,
    /// `d`: 24 hours, no working day.
    Day,
    /// `w`: 7 days of 24 hours.
    Week,
    /// `mo`: a calendar month; 730 hours where a length is needed (a twelfth of 365 days).
    Month,
    /// `q`: a calendar quarter; 2,190 hours where a length is needed.
    Quarter,
    /// `y`: a calendar year; 8,760 hours where a length is needed.
    Year,
}

impl TimeUnit {
    /// All units with their letters, shortest time first.
    pub const ALL: [(Self, &'static str); 7] = [
        (Self::Minute, "min"),
        (Self::Hour, "h"),
        (Self::Day, "d"),
        (Self::Week, "w"),
        (Self::Month, "mo"),
        (Self::Quarter, "q"),
        (Self::Year, "y"),
    ];

    /// How many hours one of it has.
    #[must_use]
    pub fn hours(self) -> f64 {
        match self {
            Self::Minute => 1.0 / 60.0,
            Self::Hour => 1.0,
            Self::Day => 24.0,
            Self::Week => 168.0,
            Self::Month => 730.0,
            Self::Quarter => 2_190.0,
            Self::Year => 8_760.0,
        }
    }

    /// The letters that a stack file uses for it.
    #[must_use]
    pub fn letters(self) -> &'static str {
        Self::ALL.iter().find(|(unit, _)| *unit == self).map_or("", |(_, letters)| letters)
    }
}

/// A length of time as written: an amount of a unit, so that three months after a date is three calendar months.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Duration {
    /// How many of the unit; not negative.
    pub amount: f64,
    /// The unit in which it is written.
    pub unit: TimeUnit,
}

impl Duration {
    /// Its length in hours.
    #[must_use]
    pub fn hours(self) -> Hours {
        Hours(self.amount * self.unit.hours())
    }

    /// The date this long after `date`, whole calendar months for months, quarters and years and whole days (rounded
    /// down) for all else; `None` past the end of the calendar (year 9999).
    #[must_use]
    pub fn after(self, date: Date) -> Option<Date> {
        let months = match self.unit {
            TimeUnit::Month => Some(1.0),
            TimeUnit::Quarter => Some(3.0),
            TimeUnit::Year => Some(12.0),
            _ => None,
        };
        let span = match months {
            Some(months) if self.amount.fract() == 0.0 => {
                jiff::Span::new().try_months(whole(self.amount * months)?).ok()?
            }
            _ => jiff::Span::new().try_days(whole(self.hours().0 / 24.0)?).ok()?,
        };
        date.checked_add(span).ok()
    }
}

impl fmt::Display for Duration {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", self.amount, self.unit.letters())
    }
}

/// `amount` rounded down, if a calendar can hold it.
fn whole(amount: f64) -> Option<i64> {
    // Ten thousand years of days: beyond it, no date exists.
    (amount.abs() < 3_660_000.0).then_some(amount.floor() as i64)
}

/// How often something runs at most: on its busiest day, and in its busiest moment.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Peak {
    /// Runs of the busiest day.
    pub a_day: Option<f64>,
    /// Runs within a shorter time.
    pub burst: Option<Burst>,
}

/// So many runs within a second, a minute or an hour.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Burst {
    /// How many.
    pub runs: f64,
    /// Within how many seconds: 1, 60 or 3,600.
    pub seconds: u32,
}

impl Burst {
    /// Runs at this pace in a day of so many hours.
    #[must_use]
    pub fn a_day(self, hours: f64) -> f64 {
        self.runs * hours * 3_600.0 / f64::from(self.seconds)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn a_year_has_365_days_and_twelve_months() {
        // 365 days of 24 hours; a month is a twelfth of that, a quarter a fourth.
        let hours = TimeUnit::ALL.map(|(unit, _)| unit.hours());
        assert_eq!(hours, [1.0 / 60.0, 1.0, 24.0, 7.0 * 24.0, 8_760.0 / 12.0, 8_760.0 / 4.0, 365.0 * 24.0]);
        assert_eq!(Duration { amount: 3.0, unit: TimeUnit::Month }.hours(), Hours(2_190.0));
    }

    #[test]
    fn months_are_calendar_months_and_days_are_days() {
        let after = |amount, unit| Duration { amount, unit }.after(date(2026, 1, 31));
        assert_eq!(after(1.0, TimeUnit::Month), Some(date(2026, 2, 28)));
        assert_eq!(after(1.0, TimeUnit::Quarter), Some(date(2026, 4, 30)));
        assert_eq!(after(90.0, TimeUnit::Day), Some(date(2026, 5, 1)));
        assert_eq!(after(36.0, TimeUnit::Hour), Some(date(2026, 2, 1)));
        assert_eq!(after(1e15, TimeUnit::Year), None);
    }

    #[test]
    fn ranges_add_end_by_end() {
        let a = Range { low: Hours(1.0), likely: Hours(2.0), high: Hours(4.0) };
        let sum: Range<Hours> = [a, Range::exact(Hours(1.0))].into_iter().sum();
        assert_eq!(sum, Range { low: Hours(2.0), likely: Hours(3.0), high: Hours(5.0) });
    }
}
