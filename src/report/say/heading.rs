//! Headings of money: what, in which currency, in which time.

/// `Cost, USD`; `Cost` without a currency.
#[must_use]
pub fn in_currency(what: &str, currency: Option<&str>) -> String {
    currency.map_or_else(|| what.to_owned(), |currency| format!("{what}, {currency}"))
}

/// `Cost, USD a year`; `Cost a year` without a currency.
#[must_use]
pub fn a_year(what: &str, currency: Option<&str>) -> String {
    currency.map_or_else(|| format!("{what} a year"), |currency| format!("{what}, {currency} a year"))
}

/// `Cost, USD per hour`; `Cost per hour` without a currency.
#[must_use]
pub fn per_hour(what: &str, currency: Option<&str>) -> String {
    currency.map_or_else(|| format!("{what} per hour"), |currency| format!("{what}, {currency} per hour"))
}
