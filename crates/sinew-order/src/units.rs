//! The units of an instance. What is of two units does not add up.

/// Work in person-days of eight hours.
#[derive(Clone, Copy, Debug, Default, PartialEq, PartialOrd)]
pub struct Days(pub f64);

/// Person-days of work a week.
#[derive(Clone, Copy, Debug, Default, PartialEq, PartialOrd)]
pub struct DaysPerWeek(pub f64);

/// A length of time, or a moment counted from the start of the plan.
#[derive(Clone, Copy, Debug, Default, PartialEq, PartialOrd)]
pub struct Weeks(pub f64);

/// Money, paid or earned within the horizon.
#[derive(Clone, Copy, Debug, Default, PartialEq, PartialOrd)]
pub struct Money(pub f64);

/// Money a year, from some moment on.
#[derive(Clone, Copy, Debug, Default, PartialEq, PartialOrd)]
pub struct MoneyPerYear(pub f64);
