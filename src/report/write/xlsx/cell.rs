//! What stands in one cell: words, a number in the format of its column, or a formula with its result.

use rust_xlsxwriter::{Color, ExcelDateTime, Format, FormatAlign, FormatUnderline, Formula, Url, Worksheet, XlsxError};

use sinew_draw::text::clean;

use crate::report::say;
use crate::report::tables;
use crate::report::tables::{Amount, Bound, Cell, Kind};

/// The color of links, and of nothing else.
const LINK: u32 = 0x0005_63C1;
/// Most characters of a cell, counted as Excel counts them.
const LONGEST: usize = 32_767;

/// A cell as it is written.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Value {
    Blank,
    Words(String),
    Day(String),
    Number(f64, Shown),
    Computed {
        formula: String,
        result: f64,
        shown: Shown,
    },
    /// Words that a formula finds.
    Found {
        formula: String,
        words: String,
    },
}

/// How a number is shown.
pub(super) type Shown = (Kind, Bound);

impl Value {
    /// A cell of a column of this kind, its formulas left aside.
    pub(super) fn of(kind: Kind, cell: &Cell) -> Self {
        match cell {
            Cell::Amount(amount) | Cell::Linked(amount, _) => Self::number(kind, *amount),
            Cell::Measured(kind, amount) => Self::number(*kind, *amount),
            _ => match words(&tables::cell(kind, cell)) {
                none if none.is_empty() => Self::Blank,
                day if kind == Kind::Date && date(&day).is_some() => Self::Day(day),
                words => Self::Words(words),
            },
        }
    }

    fn number(kind: Kind, amount: Amount) -> Self {
        let number = match amount.bound {
            Bound::Value | Bound::AtLeast => amount.likely,
            Bound::AtMost => amount.high,
            Bound::Between => return Self::Words(say::amount(kind, amount)),
        };
        let shown = (kind, amount.bound);
        // Excel has no number that is not finite.
        if number.is_finite() { Self::Number(holding(number, shown), shown) } else { Self::Blank }
    }

    /// The same value, computed by `formula` where there is one.
    pub(super) fn computed_by(self, formula: Option<String>) -> Self {
        match (self, formula) {
            (Self::Number(result, shown), Some(formula)) => {
                Self::Computed { formula: holding_formula(formula, shown), result, shown }
            }
            (Self::Words(words), Some(formula)) => Self::Found { formula, words },
            (value, _) => value,
        }
    }

    /// Its words; none of what is a number.
    pub(super) fn words(&self) -> String {
        match self {
            Self::Words(text) | Self::Day(text) | Self::Found { words: text, .. } => text.clone(),
            Self::Blank | Self::Number(..) | Self::Computed { .. } => String::new(),
        }
    }

    /// Its number, that of a formula included, with the format in which the cell shows it.
    pub(super) fn amount(&self) -> Option<(f64, String)> {
        match self {
            Self::Number(number, shown) | Self::Computed { result: number, shown, .. } => {
                Some((*number, number_format(*shown)))
            }
            Self::Blank | Self::Words(_) | Self::Day(_) | Self::Found { .. } => None,
        }
    }

    /// How many characters its longest line takes.
    pub(super) fn width(&self) -> usize {
        match self {
            Self::Blank => 0,
            Self::Day(_) => 10,
            Self::Words(text) | Self::Found { words: text, .. } => {
                text.split('\n').map(|line| line.chars().count()).max().unwrap_or(0)
            }
            Self::Number(number, shown) | Self::Computed { result: number, shown, .. } => {
                // The format of a bound shows its words before the number.
                let bound = if matches!(shown.1, Bound::AtLeast | Bound::AtMost) { "at least ".len() } else { 0 };
                say::plain(shown.0, *number).len() + 2 + bound
            }
        }
    }

    /// Lines that it takes in a column of `width` characters.
    pub(super) fn lines(&self, width: f64) -> usize {
        let room = (width - 3.0).max(1.0) as usize;
        match self {
            Self::Words(text) | Self::Found { words: text, .. } => {
                text.split('\n').map(|line| line.chars().count().div_ceil(room).max(1)).sum()
            }
            _ => 1,
        }
    }

    /// Writes it as a link, where it has one.
    pub(super) fn write_linked(
        &self,
        page: &mut Worksheet,
        at: (u32, u16),
        format: Format,
        link: Option<Url>,
    ) -> Result<(), XlsxError> {
        let Some(link) = link.filter(|_| *self != Self::Blank) else { return self.write(page, at, format) };
        let format = format.set_font_color(Color::RGB(LINK)).set_underline(FormatUnderline::Single);
        // A link is written with words of its own, which the value then takes the place of.
        page.write_url_with_format(at.0, at.1, link.set_text("link"), &format)?;
        self.write(page, at, format)
    }

    /// Writes it in `format`, to which the format of its number is added.
    pub(super) fn write(
        &self,
        page: &mut Worksheet,
        (row, column): (u32, u16),
        format: Format,
    ) -> Result<(), XlsxError> {
        let number = |shown: Shown| format.clone().set_num_format(number_format(shown));
        match self {
            Self::Blank => page.write_blank(row, column, &format)?,
            // Words beside a number of the column before them would touch it.
            Self::Words(text) => page.write_string_with_format(
                row,
                column,
                text,
                &format.set_text_wrap().set_align(FormatAlign::Left).set_indent(1),
            )?,
            Self::Found { formula, words } => {
                let formula = Formula::new(formula.as_str()).set_result(words.as_str());
                let format = format.set_text_wrap().set_align(FormatAlign::Left).set_indent(1);
                page.write_formula_with_format(row, column, formula, &format)?
            }
            Self::Day(day) => match date(day) {
                Some(date) => {
                    let format = format.set_num_format("yyyy-mm-dd").set_align(FormatAlign::Right);
                    page.write_datetime_with_format(row, column, &date, &format)?
                }
                None => page.write_string_with_format(row, column, day, &format)?,
            },
            Self::Number(value, shown) => page.write_number_with_format(row, column, *value, &number(*shown))?,
            Self::Computed { formula, result, shown } => {
                let formula = Formula::new(formula.as_str()).set_result(result_text(*result));
                page.write_formula_with_format(row, column, formula, &number(*shown))?
            }
        };
        Ok(())
    }
}

/// Decimals of a number of this kind as a spreadsheet shows it, those of the percentage beside; none where all are shown.
fn decimals(kind: Kind) -> Option<usize> {
    match kind {
        Kind::Words | Kind::Date | Kind::Number => None,
        Kind::Count | Kind::Money => Some(0),
        Kind::Hours | Kind::Days | Kind::Weeks => Some(1),
        Kind::Share => Some(2),
        Kind::Availability(decimals) => Some(usize::from(decimals) + 2),
    }
}

/// A bound as the cell holds it: a spreadsheet shows the nearest number, which would be above a lower bound or below an upper
/// one, so the cell holds what is shown.
fn holding(number: f64, (kind, bound): Shown) -> f64 {
    match (bound, decimals(kind)) {
        (Bound::AtLeast | Bound::AtMost, Some(decimals)) => bound.toward().rounded(number, decimals),
        _ => number,
    }
}

/// The same of a formula.
fn holding_formula(formula: String, (kind, bound): Shown) -> String {
    let (Bound::AtLeast | Bound::AtMost, Some(decimals)) = (bound, decimals(kind)) else { return formula };
    let inner = formula.strip_prefix('=').unwrap_or(&formula);
    let size = 10u64.pow(u32::try_from(decimals).unwrap_or_default());
    // The noise of a sum is no part of what is rounded.
    let scaled = if size == 1 { format!("ROUND({inner},6)") } else { format!("ROUND(({inner})*{size},6)") };
    let whole = if bound == Bound::AtLeast { format!("INT({scaled})") } else { format!("-INT(-{scaled})") };
    if size == 1 { format!("={whole}") } else { format!("={whole}/{size}") }
}

/// How numbers of this kind are shown.
fn number_format((kind, bound): Shown) -> String {
    let number = match kind {
        Kind::Words | Kind::Date | Kind::Number => "General",
        Kind::Count | Kind::Money => "#,##0",
        Kind::Hours | Kind::Days | Kind::Weeks => "#,##0.0",
        Kind::Share => "0%",
        Kind::Availability(decimals) => return bounded(&format!("0.{}%", "0".repeat(decimals.into())), bound),
    };
    bounded(number, bound)
}

fn bounded(number: &str, bound: Bound) -> String {
    match bound {
        Bound::Value | Bound::Between => number.to_owned(),
        Bound::AtMost => format!("\"at most \"{number}"),
        Bound::AtLeast => format!("\"at least \"{number}"),
    }
}

/// A result without the noise of a sum.
fn result_text(number: f64) -> String {
    ((number * 1e6).round() / 1e6 + 0.0).to_string()
}

/// A line as plain words that a cell can hold.
pub(super) fn words(line: &say::Line) -> String {
    fitting(&line.pieces().iter().map(|(_, piece)| piece.as_str()).collect::<String>())
}

/// Words that a cell can hold: line breaks stay, other control characters go, at most as long as allowed.
pub(super) fn fitting(text: &str) -> String {
    let lines: Vec<String> = text.split('\n').map(clean).collect();
    let text = lines.join("\n");
    if text.len() <= LONGEST {
        return text;
    }
    let mut out = String::new();
    let mut used = 1;
    for c in text.chars() {
        used += c.len_utf16();
        if used > LONGEST {
            out.push('…');
            return out;
        }
        out.push(c);
    }
    out
}

/// A day as Excel counts it; none where it is not one.
pub(super) fn date(day: &str) -> Option<ExcelDateTime> {
    let mut parts = day.splitn(3, '-');
    let mut next = || parts.next().filter(|part| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit()));
    let (year, month, date) = (next()?.parse().ok()?, next()?.parse().ok()?, next()?.parse().ok()?);
    ExcelDateTime::from_ymd(year, month, date).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_fit_a_cell() {
        let long = fitting(&"😀".repeat(20_000));
        assert!(long.encode_utf16().count() <= LONGEST && long.ends_with('…'));
        assert_eq!(fitting("a\u{1}b\nc\td"), "ab\nc d");
    }

    #[test]
    fn days_that_are_none_do_no_harm() {
        assert!(date("2026-11-21").is_some());
        for day in ["", "2026", "2026-13-01", "x-y-z", "99999-1-1", "--"] {
            assert!(date(day).is_none(), "{day}");
        }
    }

    #[test]
    fn bounds_are_said_and_stay_numbers() {
        let most = Amount { bound: Bound::AtMost, high: 12.0, ..Amount::of(8.0) };
        assert_eq!(Value::of(Kind::Money, &Cell::Amount(most)), Value::Number(12.0, (Kind::Money, Bound::AtMost)));
        assert_eq!(number_format((Kind::Money, Bound::AtMost)), "\"at most \"#,##0");
        let least = Cell::Amount(Amount { bound: Bound::AtLeast, ..Amount::of(8_759.6) });
        let shown = (Kind::Money, Bound::AtLeast);
        assert_eq!(Value::of(Kind::Money, &least), Value::Number(8_759.0, shown));
        let Value::Computed { formula, result, .. } = Value::of(Kind::Money, &least).computed_by(Some("=A1+A2".into()))
        else {
            panic!("it is computed");
        };
        assert_eq!((formula.as_str(), result), ("=INT(ROUND(A1+A2,6))", 8_759.0));
        assert_eq!(holding_formula("=A1".into(), (Kind::Hours, Bound::AtMost)), "=-INT(-ROUND((A1)*10,6))/10");
        assert_eq!(holding_formula("=A1".into(), (Kind::Money, Bound::Value)), "=A1");
        assert_eq!(Value::of(Kind::Money, &Cell::NotKnown), Value::Words("not known".into()));
        assert_eq!(Value::of(Kind::Money, &Cell::Empty), Value::Blank);
    }
}
