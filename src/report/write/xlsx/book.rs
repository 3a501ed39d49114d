//! Sheets to XLSX.

use std::collections::BTreeSet;

use rust_xlsxwriter::{
    Color, DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, Formula, Table, TableColumn, TableStyle,
    Workbook, Worksheet, XlsxError,
};

use super::sheet::{Cell, Column, Fact, Kind, Sheet};
use sinew_draw::text::clean;

/// Most characters of a cell, counted as Excel counts them.
const LONGEST: usize = 32_767;
/// Most rows written of a table.
const MOST_ROWS: usize = 1_000_000;
/// Narrowest and widest column, in characters.
const WIDTHS: (usize, usize) = (8, 44);
/// Widths of facts: label, value and note where no table sets them.
const FACTS: [f64; 3] = [36.0, 70.0, 64.0];
/// Characters that a printed page holds in its width and that can still be read; columns beyond are for the screen.
const PRINTED: f64 = 190.0;
/// Height of a line in points, and how many a row may have.
const LINE: f64 = 15.0;
const MOST_LINES: usize = 24;
/// Ground of cells to be changed.
const CHANGEABLE: u32 = 0x00FF_F2CC;
/// Ground of headings.
const HEADING: u32 = 0x003E_4C62;

/// Why no workbook came out.
#[derive(Debug)]
#[non_exhaustive]
pub enum WorkbookError {
    /// The writer refused it.
    Writing(XlsxError),
}

impl std::fmt::Display for WorkbookError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let WorkbookError::Writing(why) = self;
        write!(f, "cannot write the workbook: {why}")
    }
}

impl std::error::Error for WorkbookError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        let WorkbookError::Writing(why) = self;
        Some(why)
    }
}

impl From<XlsxError> for WorkbookError {
    fn from(why: XlsxError) -> Self {
        WorkbookError::Writing(why)
    }
}

/// The sheets as the bytes of an XLSX file. `day` (`2026-11-21`) stands for the clock; 1980-01-01 where
/// it is not a day. Same sheets, same bytes.
///
/// # Errors
/// Where the writer refuses; names, lengths and texts are made fit before it sees them.
pub fn workbook(title: &str, day: &str, sheets: &[Sheet]) -> Result<Vec<u8>, WorkbookError> {
    let mut book = Workbook::new();
    let created = date(day).map_or_else(|| ExcelDateTime::from_ymd(1980, 1, 1), Ok)?;
    let title: String = clean(title).chars().take(255).collect();
    book.set_properties(&DocProperties::new().set_title(title).set_creation_datetime(&created));
    let mut names = BTreeSet::new();
    for sheet in sheets {
        let name = sheet_name(&sheet.name, &mut names);
        let page = book.add_worksheet();
        page.set_name(&name)?;
        let defined = write_sheet(page, sheet, &name, names.len())?;
        for (name, place) in defined {
            book.define_name(name, &place)?;
        }
    }
    if sheets.is_empty() {
        book.add_worksheet();
    }
    Ok(book.save_to_buffer()?)
}

fn date(day: &str) -> Option<ExcelDateTime> {
    let mut parts = day.splitn(3, '-');
    let mut next = || parts.next().filter(|p| p.bytes().all(|b| b.is_ascii_digit()));
    let (year, month, date) = (next()?.parse().ok()?, next()?.parse().ok()?, next()?.parse().ok()?);
    ExcelDateTime::from_ymd(year, month, date).ok()
}

/// A name that Excel takes and that no sheet has yet, letters' case aside.
fn sheet_name(wanted: &str, taken: &mut BTreeSet<String>) -> String {
    let fit: String = clean(wanted)
        .chars()
        .filter(|c| !matches!(c, '[' | ']' | ':' | '*' | '?' | '/' | '\\') && (*c as u32) < 0x1_0000)
        .take(27)
        .collect();
    let fit = fit.trim().trim_matches('\'').trim();
    let fit = if fit.is_empty() || fit.eq_ignore_ascii_case("history") { "Sheet" } else { fit };
    let mut name = fit.to_owned();
    let mut number = 2;
    while !taken.insert(name.to_lowercase()) {
        name = format!("{fit} {number}");
        number += 1;
    }
    name
}

/// Words that a cell can hold: line breaks stay, other control characters go, at most as long as allowed.
fn cell_text(text: &str) -> String {
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

fn number_format(kind: Kind) -> Option<&'static str> {
    match kind {
        Kind::Text => None,
        Kind::Hours => Some("#,##0.0"),
        Kind::Money | Kind::Count => Some("#,##0"),
        Kind::Number => Some("General"),
        Kind::Share => Some("0%"),
    }
}

fn format_of(kind: Kind) -> Format {
    let format = Format::new().set_align(FormatAlign::Top);
    match number_format(kind) {
        Some(number) => format.set_num_format(number),
        // Words beside a number of the column before them would touch it.
        None => format.set_text_wrap().set_indent(1),
    }
}

/// Writes a sheet; returns the names it defines and where they stand.
fn write_sheet(
    page: &mut Worksheet,
    sheet: &Sheet,
    name: &str,
    number: usize,
) -> Result<Vec<(&'static str, String)>, XlsxError> {
    let title = Format::new().set_bold().set_font_size(14);
    page.write_string_with_format(0, 0, cell_text(&sheet.title), &title)?;
    let mut row = 2;
    let mut defined = Vec::new();
    for fact in &sheet.facts {
        write_fact(page, row, fact)?;
        if let Some(fact_name) = fact.name {
            defined.push((fact_name, format!("='{}'!$B${}", name.replace('\'', "''"), row + 1)));
        }
        row += 1;
    }
    if !sheet.facts.is_empty() {
        row += 1;
        for (column, width) in FACTS.into_iter().enumerate() {
            page.set_column_width(column as u16, width)?;
        }
    }
    if !sheet.columns.is_empty() {
        let ranges = write_table(page, sheet, row, number)?;
        let sheet_name = name.replace('\'', "''");
        defined.extend(ranges.into_iter().map(|(range, cells)| (range, format!("='{sheet_name}'!{cells}"))));
    }
    page.set_landscape().set_paper_size(9).set_print_fit_to_pages(1, 0);
    page.set_footer("&L&A&RPage &P of &N");
    Ok(defined)
}

fn write_fact(page: &mut Worksheet, row: u32, fact: &Fact) -> Result<(), XlsxError> {
    let label = Format::new().set_bold().set_text_wrap().set_align(FormatAlign::Top);
    page.write_string_with_format(row, 0, cell_text(&fact.label), &label)?;
    let mut format = match number_format(fact.kind) {
        Some(number) => Format::new().set_num_format(number).set_align(FormatAlign::Left),
        None => Format::new().set_text_wrap(),
    };
    format = format.set_align(FormatAlign::Top);
    if fact.name.is_some() && !matches!(fact.value, Cell::Formula { .. }) {
        format = format.set_background_color(Color::RGB(CHANGEABLE)).set_border(FormatBorder::Thin);
    }
    write_cell(page, row, 1, &fact.value, &format, row)?;
    page.set_row_height(row, LINE * lines(&fact.value, FACTS[1]).min(MOST_LINES) as f64)?;
    if !fact.note.is_empty() {
        page.write_string_with_format(
            row,
            2,
            cell_text(&fact.note),
            &Format::new().set_italic().set_align(FormatAlign::Top),
        )?;
    }
    Ok(())
}

/// Writes the table; returns the names it defines and the cells they stand for.
fn write_table(
    page: &mut Worksheet,
    sheet: &Sheet,
    top: u32,
    number: usize,
) -> Result<Vec<(&'static str, String)>, XlsxError> {
    let columns = &sheet.columns[..sheet.columns.len().min(1_000)];
    let rows = &sheet.rows[..sheet.rows.len().min(MOST_ROWS)];
    let formats: Vec<Format> = columns.iter().map(|c| format_of(c.kind)).collect();
    let has_totals = columns.iter().any(|c| c.has_total) && !rows.is_empty();
    let head = if has_totals { top + 1 } else { top };
    for (i, row) in rows.iter().enumerate() {
        let at = head + 1 + i as u32;
        for (c, (cell, format)) in row.iter().zip(&formats).enumerate() {
            write_cell(page, at, c as u16, cell, format, at)?;
        }
    }
    if has_totals {
        totals(page, columns, rows, top)?;
    }
    let (mut width, mut printed) = (0.0, 0);
    let widths: Vec<f64> = columns.iter().enumerate().map(|(c, column)| measure(column, rows, c)).collect();
    for (i, row) in rows.iter().enumerate() {
        let lines = row.iter().zip(&widths).map(|(cell, width)| lines(cell, *width)).max().unwrap_or(1);
        if lines > 1 {
            page.set_row_height(head + 1 + i as u32, LINE * lines.min(MOST_LINES) as f64)?;
        }
    }
    for (c, own) in widths.into_iter().enumerate() {
        page.set_column_width(c as u16, own)?;
        width += own;
        if width <= PRINTED {
            printed = c;
        }
    }
    page.set_print_area(0, 0, head + rows.len().max(1) as u32, printed as u16)?;
    if rows.is_empty() {
        page.write_string(head, 0, "None.")?;
        return Ok(Vec::new());
    }
    let headers = headers(columns);
    // Table styles are Excel's alone; other programs show this.
    let heading = Format::new()
        .set_bold()
        .set_text_wrap()
        .set_align(FormatAlign::Top)
        .set_background_color(Color::RGB(HEADING))
        .set_font_color(Color::RGB(0x00FF_FFFF));
    page.set_row_height(head, 32)?;
    let described: Vec<TableColumn> =
        headers.iter().map(|h| TableColumn::new().set_header(h).set_header_format(&heading)).collect();
    let table = Table::new()
        .set_name(table_name(&sheet.name, number))
        .set_columns(&described)
        .set_style(TableStyle::Light9)
        .set_alt_text(cell_text(&sheet.title).chars().take(250).collect::<String>());
    page.add_table(head, 0, head + rows.len() as u32, columns.len() as u16 - 1, &table)?;
    // What a row is about stays in sight: its first words, and the numbers before them.
    let named = columns.iter().position(|column| column.kind == Kind::Text).unwrap_or(0);
    page.set_freeze_panes(head + 1, named as u16 + 1)?;
    page.set_repeat_rows(head, head)?;
    let cells = |c: usize| {
        let name = column_name(c);
        format!("${name}${}:${name}${}", head + 2, head + 1 + rows.len() as u32)
    };
    Ok(columns.iter().enumerate().filter_map(|(c, column)| Some((column.range?, cells(c)))).collect())
}

/// The row of totals above the table: of the rows that the filter shows.
fn totals(page: &mut Worksheet, columns: &[Column], rows: &[Vec<Cell>], top: u32) -> Result<(), XlsxError> {
    page.write_string_with_format(top, 0, "Total of the rows shown", &Format::new().set_bold())?;
    let (first, last) = (top + 3, top + 2 + rows.len() as u32);
    for (c, column) in columns.iter().enumerate().filter(|(_, column)| column.has_total) {
        let name = column_name(c);
        let sum: f64 = rows
            .iter()
            .map(|row| match row.get(c) {
                Some(Cell::Number(n) | Cell::Formula { result: n, .. }) if n.is_finite() => *n,
                _ => 0.0,
            })
            .sum();
        let formula = Formula::new(format!("=SUBTOTAL(109,{name}{first}:{name}{last})")).set_result(shown(sum));
        page.write_formula_with_format(top, c as u16, formula, &format_of(column.kind).set_bold())?;
    }
    Ok(())
}

/// A result without the noise of a sum.
fn shown(number: f64) -> String {
    ((number * 1e6).round() / 1e6 + 0.0).to_string()
}

fn write_cell(
    page: &mut Worksheet,
    row: u32,
    column: u16,
    cell: &Cell,
    format: &Format,
    at: u32,
) -> Result<(), XlsxError> {
    match cell {
        Cell::Text(text) => page.write_string_with_format(row, column, cell_text(text), format)?,
        Cell::Number(number) if number.is_finite() => page.write_number_with_format(row, column, *number, format)?,
        Cell::Formula { formula, result } => {
            let formula = Formula::new(placed(formula, at)).set_result(shown(*result));
            page.write_formula_with_format(row, column, formula, format)?
        }
        Cell::Number(_) | Cell::Empty => page.write_blank(row, column, format)?,
    };
    Ok(())
}

/// `formula` with `{3}` made the cell of the fourth column in its row.
fn placed(formula: &str, row: u32) -> String {
    let mut out = String::new();
    let mut rest = formula;
    while let Some((before, after)) = rest.split_once('{') {
        let (index, after) = after.split_once('}').unwrap_or((after, ""));
        out.push_str(before);
        if let Ok(index) = index.parse() {
            out.push_str(&format!("{}{}", column_name(index), row + 1));
        }
        rest = after;
    }
    out + rest
}

/// `A`, `Z`, `AA`.
fn column_name(index: usize) -> String {
    let letter = char::from(b'A' + (index % 26) as u8).to_string();
    if index < 26 { letter } else { column_name(index / 26 - 1) + &letter }
}

/// Headings, each unlike the others, letters' case aside.
fn headers(columns: &[Column]) -> Vec<String> {
    let mut taken = BTreeSet::new();
    let unlike = |column: &Column| {
        let name: String = clean(&column.name).chars().take(200).collect();
        let name = if name.is_empty() { "Column".to_owned() } else { name };
        let mut unique = name.clone();
        let mut number = 2;
        while !taken.insert(unique.to_lowercase()) {
            unique = format!("{name} {number}");
            number += 1;
        }
        unique
    };
    columns.iter().map(unlike).collect()
}

/// A name for a table: letters and digits of the sheet's name, unlike any cell's.
fn table_name(sheet: &str, number: usize) -> String {
    let letters: String = sheet.chars().filter(char::is_ascii_alphanumeric).take(40).collect();
    format!("T{number}_{letters}")
}

/// Lines that a cell takes in a column of `width` characters. Not every program sets the height of rows itself.
fn lines(cell: &Cell, width: f64) -> usize {
    let room = (width - 3.0).max(1.0) as usize;
    match cell {
        Cell::Text(text) => text.split('\n').map(|line| line.chars().count().div_ceil(room).max(1)).sum(),
        _ => 1,
    }
}

/// Width of a column in characters: of its longest cell, within bounds.
fn measure(column: &Column, rows: &[Vec<Cell>], index: usize) -> f64 {
    let cell = |row: &Vec<Cell>| match row.get(index) {
        Some(Cell::Text(text)) => text.split('\n').map(|l| l.chars().count()).max().unwrap_or(0),
        Some(Cell::Number(n) | Cell::Formula { result: n, .. }) => format!("{n:.1}").len() + 2,
        _ => 0,
    };
    let longest = rows.iter().take(1_000).map(cell).max().unwrap_or(0);
    // The heading stands on two lines and shares its cell with the button of the filter.
    let word = column.name.split(' ').map(|w| w.chars().count()).max().unwrap_or(0);
    let heading = word.max(column.name.chars().count().div_ceil(2)) + 4;
    longest.max(heading).clamp(WIDTHS.0, WIDTHS.1) as f64 + 1.5
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_sheets_are_what_excel_takes() {
        let mut taken = BTreeSet::new();
        assert_eq!(sheet_name("a/b[c]:*?\\", &mut taken), "abc");
        assert_eq!(sheet_name("ABC", &mut taken), "ABC 2");
        assert_eq!(sheet_name("'history'", &mut taken), "Sheet");
        assert!(sheet_name(&"x".repeat(100), &mut taken).len() <= 31);
    }

    #[test]
    fn formulas_find_their_row() {
        assert_eq!(placed("=({6}+{27})*rate", 4), "=(G5+AB5)*rate");
        assert_eq!(placed("={x}{", 0), "=");
    }

    #[test]
    fn texts_fit_a_cell() {
        let long = cell_text(&"😀".repeat(20_000));
        assert!(long.encode_utf16().count() <= LONGEST && long.ends_with('…'));
        assert_eq!(cell_text("a\u{1}b\nc\td"), "ab\nc d");
    }

    #[test]
    fn days_that_are_none_do_no_harm() {
        assert!(date("2026-11-21").is_some());
        for day in ["", "2026", "2026-13-01", "x-y-z", "99999-1-1"] {
            assert!(date(day).is_none(), "{day}");
        }
    }
}
