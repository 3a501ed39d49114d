//! What stands in a cell.

use jiff::civil::Date;

use crate::model::percent;

/// The value of a cell.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) enum Value {
    /// Nothing, or nothing but space.
    #[default]
    Empty,
    /// Text, as it is.
    Text(String),
    /// A number.
    Number(f64),
    /// A number that is shown with the sign of a currency, as it is shown.
    Money(f64, String),
    /// A part of one, shown as a percentage.
    Share(f64),
    /// `TRUE` or `FALSE` of a spreadsheet.
    Flag(bool),
    /// A day.
    Day(Date),
}

impl Value {
    pub(super) fn of(text: impl Into<String>) -> Self {
        let text = text.into();
        if text.is_empty() { Self::Empty } else { Self::Text(text) }
    }

    pub(super) fn is_empty(&self) -> bool {
        match self {
            Self::Empty => true,
            Self::Text(text) => text.trim().is_empty(),
            _ => false,
        }
    }

    /// As text: of a share a percentage where that is exactly the same.
    pub(super) fn text(&self) -> String {
        match self {
            Self::Empty => String::new(),
            Self::Text(text) => text.clone(),
            Self::Number(number) | Self::Money(number, _) => number.to_string(),
            Self::Share(share) => percent(*share),
            Self::Flag(flag) => if *flag { "TRUE" } else { "FALSE" }.to_owned(),
            Self::Day(day) => day.to_string(),
        }
    }
}

impl Value {
    /// As text, with the sign of its currency: `1200 €`.
    pub(super) fn amount(&self) -> String {
        if let Self::Money(_, shown) = self { shown.clone() } else { self.text() }
    }
}

/// Whether every spreadsheet keeps all digits of `number`: they keep fifteen.
pub(super) fn is_short(number: f64) -> bool {
    let text = number.to_string();
    let digits = text.trim_start_matches(['0', '.', '-']).bytes().filter(u8::is_ascii_digit).count();
    digits <= 15 && number.abs() < 1e15
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_numbers_are_known() {
        assert!(is_short(0.1) && is_short(123_456.789) && is_short(0.0));
        assert!(!is_short(1.0 / 3.0) && !is_short(1e15));
    }
}
