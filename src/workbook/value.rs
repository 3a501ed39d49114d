//! What stands in a cell.

use jiff::civil::Date;

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
            Self::Number(number) => number.to_string(),
            Self::Share(share) => percent(*share),
            Self::Flag(flag) => if *flag { "TRUE" } else { "FALSE" }.to_owned(),
            Self::Day(day) => day.to_string(),
        }
    }
}

/// `0.999` as `99.9%`, by moving the point; a share that has no such form stays one.
pub(super) fn percent(share: f64) -> String {
    let Ok(hundred) = format!("{share}e2").parse::<f64>() else { return share.to_string() };
    let is_same = format!("{hundred}e-2").parse::<f64>() == Ok(share);
    let text = format!("{hundred}%");
    if is_same && !text.contains('e') { text } else { share.to_string() }
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
    fn shares_read_as_percentages() {
        assert_eq!(
            (percent(0.999), percent(0.04), percent(1.0), percent(0.0)),
            ("99.9%".into(), "4%".into(), "100%".into(), "0%".into())
        );
        assert_eq!(percent(1.0 / 3.0), "33.33333333333333%");
        for share in [0.999_99, 0.07, 0.29, 1.0 / 3.0, 1e-9] {
            let text = percent(share);
            let back = text.strip_suffix('%').map_or(text.parse(), |digits| format!("{digits}e-2").parse::<f64>());
            assert_eq!(back, Ok(share), "{text}");
        }
    }

    #[test]
    fn long_numbers_are_known() {
        assert!(is_short(0.1) && is_short(123_456.789) && is_short(0.0));
        assert!(!is_short(1.0 / 3.0) && !is_short(1e15));
    }
}
