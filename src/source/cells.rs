//! The text of a workbook: a line for each row, made for people to read, which knows of each of its parts the cell.

use super::Span;

/// Rows of sheets as lines of text: `From: Marketo | To: Salesforce`.
///
/// A reader of cells writes each row down with this and takes places in the text for places of the workbook; the
/// [`Source`](super::Source) made of it then speaks of cells wherever another speaks of lines and columns.
#[derive(Clone, Debug, Default)]
pub struct CellText {
    pub(super) text: String,
    pub(super) cells: Cells,
}

/// Which cells the lines of a text show.
#[derive(Clone, Debug, Default)]
pub(super) struct Cells {
    sheets: Vec<String>,
    lines: Vec<Line>,
}

#[derive(Clone, Debug)]
struct Line {
    sheet: usize,
    row: u32,
    cells: Vec<Cell>,
}

#[derive(Clone, Copy, Debug)]
struct Cell {
    /// Where it begins in the text, its heading included.
    start: u32,
    /// Its column, from 1.
    column: u32,
    /// Where its value stands.
    value: Span,
}

impl CellText {
    /// Begins the line of the row `row` (from 1) of `sheet`.
    pub fn line(&mut self, sheet: &str, row: u32) {
        if !self.text.is_empty() {
            self.text.push('\n');
        }
        let sheets = &mut self.cells.sheets;
        if sheets.last().map(String::as_str) != Some(sheet) {
            sheets.push(sheet.to_owned());
        }
        self.cells.lines.push(Line { sheet: sheets.len() - 1, row, cells: Vec::new() });
    }

    /// Writes the cell in `column` (from 1) under its heading, and gives the place of its value. Every byte of the value
    /// keeps its place; line ends within it are shown as spaces.
    pub fn cell(&mut self, column: u32, heading: &str, value: &str) -> Span {
        let Some(line) = self.cells.lines.last_mut() else { return Span::default() };
        if !line.cells.is_empty() {
            self.text.push_str(" | ");
        }
        let begin = Span::new(self.text.len(), self.text.len()).start;
        let shown = |c: char| if matches!(c, '\n' | '\r' | '\t') { ' ' } else { c };
        if !heading.is_empty() {
            self.text.extend(heading.chars().map(shown));
            self.text.push_str(": ");
        }
        let start = self.text.len();
        // A cell without a value is a place too.
        self.text.extend(if value.is_empty() { " " } else { value }.chars().map(shown));
        let value = Span::new(start, self.text.len());
        line.cells.push(Cell { start: begin, column, value });
        value
    }
}

impl Cells {
    /// The sheet and, counted from 1, the row and the column that `at` shows on the line with the number `line` from 0.
    pub(super) fn at(&self, line: usize, at: usize) -> Option<(&str, u32, u32)> {
        let column = self.cell(line, at).map_or(1, |cell| cell.column);
        let line = self.lines.get(line)?;
        Some((&self.sheets[line.sheet], line.row, column))
    }

    /// Where the value of the cell stands that `at` shows.
    pub(super) fn value(&self, line: usize, at: usize) -> Option<Span> {
        self.cell(line, at).map(|cell| cell.value)
    }

    fn cell(&self, line: usize, at: usize) -> Option<Cell> {
        let cells = &self.lines.get(line)?.cells;
        let before = cells.partition_point(|cell| cell.start as usize <= at);
        cells.get(before.max(1) - 1).copied()
    }
}

/// A cell of a workbook.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct CellPlace {
    /// The name of its sheet.
    pub sheet: String,
    /// Its row, from 1.
    pub row: u32,
    /// Its column, from 1.
    pub column: u32,
}

/// `Flows!H5`.
impl std::fmt::Display for CellPlace {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}!{}{}", self.sheet, column_letters(self.column), self.row)
    }
}

/// The letters of a column counted from 1: `A`, `Z`, `AA`.
#[must_use]
pub fn column_letters(column: u32) -> String {
    let mut left = column;
    let mut letters = Vec::new();
    while left > 0 {
        left -= 1;
        letters.push(char::from(b'A' + (left % 26) as u8));
        left /= 26;
    }
    letters.iter().rev().collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::{Diagnostic, Position, Source, render};

    fn two_rows() -> (Source, Span, Span) {
        let mut text = CellText::default();
        text.line("Systems", 1);
        text.cell(1, "System", "Marketo");
        text.line("Flows", 12);
        text.cell(1, "From", "Marketo\nEngage");
        let to = text.cell(2, "To", "Salesfroce");
        let empty = text.cell(28, "Data", "");
        (Source::of_cells("stack.xlsx", text), to, empty)
    }

    #[test]
    fn places_are_cells() {
        let (source, to, empty) = two_rows();
        assert_eq!(&source.text()[to.start as usize..to.end as usize], "Salesfroce");
        assert_eq!(source.position(to.start as usize), Position { line: 12, column: 2 });
        assert_eq!(source.sheet(to.start as usize), Some("Flows"));
        assert_eq!(source.place(to.start as usize), "Flows!B12");
        assert_eq!(source.place(empty.start as usize), "Flows!AB12");
        assert_eq!(source.place(0), "Systems!A1");
        assert_eq!(
            (column_letters(1), column_letters(26), column_letters(703)),
            ("A".into(), "Z".into(), "AAA".into())
        );
    }

    #[test]
    fn a_problem_shows_its_row() {
        let (source, to, _) = two_rows();
        let problem = Diagnostic::error("unknown-id", to, "there is no system `Salesfroce`");
        let text = render(&source, &[problem], false);
        assert!(text.contains("--> stack.xlsx:Flows!B12\n"), "{text}");
        assert!(text.contains("Flows!12 | From: Marketo Engage | To: Salesfroce | Data:"), "{text}");
        assert!(text.contains("         |                            ^^^^^^^^^^\n"), "{text}");
    }
}
