//! The workbook as an XLSX file: headings that stay, drop-downs, guesses in italics, and what nobody should see hidden.

use std::collections::BTreeMap;

use jiff::civil::Date;
use rust_xlsxwriter::{
    Color, DataValidation, DataValidationErrorStyle, DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder,
    Formula, Workbook, Worksheet, XlsxError,
};

use super::book::{Book, Cell, Form, Head, List, Look, Offer, Page};
use super::guide::{self, Line};
use super::hidden;
use super::raw::{LISTS, READ_ME};
use super::value::Value;

/// Rows below the last one that have drop-downs too.
const SPARE: u32 = 500;

/// Colors: of headings, of what must be filled in, of what is the workbook's own, of guesses, of lines.
const USUAL: u32 = 0x005B_6B84;
const NEEDED: u32 = 0x0016_3A5F;
const GREY: u32 = 0x00A3_ACB9;
const GUESS: u32 = 0x00FF_F6DC;
const LINE: u32 = 0x00DD_E1E7;
const INK: u32 = 0x0026_3238;

/// The number of the paper that is printed on; its content fits on Letter, which is wider, too.
const A4: u8 = 9;
/// The larger one, of the same shape, for sheets of many filled columns.
const A3: u8 = 8;

/// Characters beside each other on a page that can be read: at two thirds of their size.
const CHARACTERS: usize = 205;

/// The scale of the guide in percent, at which its columns fit a page of A4 and of Letter, and the height of such a page in
/// points of the sheet.
const GUIDE: (u16, f64) = (70, 690.0);

/// The width that a column keeps where a sheet is wider than a page, in characters: a word, a day or an amount.
const NARROW: usize = 12;

/// Widths of columns, in characters.
const WIDTHS: (usize, usize) = (9, 44);

/// The bytes of `book`; the day stands for the clock.
pub(super) fn write(book: &Book, day: Option<Date>) -> Result<Vec<u8>, XlsxError> {
    let mut file = Workbook::new();
    let created = match day.filter(|day| day.year() >= 1900) {
        Some(day) => {
            ExcelDateTime::from_ymd(day.year().unsigned_abs(), day.month().unsigned_abs(), day.day().unsigned_abs())?
        }
        None => ExcelDateTime::from_ymd(1980, 1, 1)?,
    };
    file.set_properties(&DocProperties::new().set_title("Stack").set_creation_datetime(&created));
    add(&mut file, book)?;
    file.save_to_buffer()
}

/// Adds the sheets of `book` to a file.
pub(super) fn add(file: &mut Workbook, book: &Book) -> Result<(), XlsxError> {
    read_me(file.add_worksheet())?;
    let lists = lists(book);
    for page in &book.sheets {
        write_page(file.add_worksheet(), page, &lists)?;
    }
    write_lists(file.add_worksheet(), &lists)?;
    let sheet = file.add_worksheet().set_name(hidden::NAME)?;
    sheet.set_very_hidden(true);
    for (row, cells) in (0..).zip(&book.hidden) {
        for (column, text) in (0..).zip(cells).filter(|(_, text)| !text.is_empty()) {
            sheet.write_string(row, column, text)?;
        }
    }
    Ok(())
}

/// The words of all lists, by heading, with the column in which each stands.
type Lists = BTreeMap<(String, Vec<String>), u16>;

fn lists(book: &Book) -> Lists {
    let heads = book.sheets.iter().flat_map(|page| &page.heads);
    let mut lists = Lists::new();
    for List { of, .. } in heads.filter_map(|head| head.list.as_ref()) {
        if let Offer::Words(heading, words) = of {
            let next = u16::try_from(lists.len()).unwrap_or(u16::MAX);
            lists.entry((heading.clone(), words.clone())).or_insert(next);
        }
    }
    lists
}

fn write_lists(sheet: &mut Worksheet, lists: &Lists) -> Result<(), XlsxError> {
    sheet.set_name(LISTS)?;
    sheet.set_hidden(true);
    for ((heading, words), column) in lists {
        sheet.write_string_with_format(0, *column, heading, &Format::new().set_bold())?;
        for (row, word) in (1..).zip(words) {
            sheet.write_string(row, *column, word)?;
        }
    }
    Ok(())
}

fn letters(column: u16) -> String {
    crate::source::column_letters(u32::from(column) + 1)
}

fn write_page(sheet: &mut Worksheet, page: &Page, lists: &Lists) -> Result<(), XlsxError> {
    sheet.set_name(page.name)?;
    let last_row = u32::try_from(page.rows.len()).unwrap_or(u32::MAX);
    let last_column = u16::try_from(page.heads.len()).unwrap_or(u16::MAX).saturating_sub(1);
    let spare = if page.grows { SPARE } else { 0 };
    let until = (last_row + spare).clamp(1, 1_048_575);
    let folded: Vec<bool> = (0..page.heads.len()).map(|at| is_folded(page, at)).collect();
    let mut widths: Vec<usize> = page.heads.iter().enumerate().map(|(at, head)| width(page, head, at)).collect();
    let paper = narrow(&mut widths, &folded);
    for ((column, head), width) in (0u16..).zip(&page.heads).zip(&widths) {
        sheet.set_column_width(column, *width as f64 + 1.5)?;
        sheet.set_column_format(column, &body(head, false))?;
        sheet.write_string_with_format(0, column, &head.heading, &heading(head.look))?;
        let mut about = DataValidation::new().allow_any_value();
        about = about.set_input_title(cut(&head.heading, 32))?;
        about = about.set_input_message(cut(&head.doc.replace('`', ""), 255))?;
        sheet.add_data_validation(0, column, 0, column, &about)?;
        if let Some(list) = &head.list {
            sheet.add_data_validation(1, column, until, column, &drop_down(list, lists))?;
        }
    }
    for (row, cells) in (1u32..).zip(&page.rows) {
        let mut lines = 1;
        for (((column, cell), head), width) in (0u16..).zip(cells).zip(&page.heads).zip(&widths) {
            write_cell(sheet, (row, column), cell, &body(head, cell.is_guess))?;
            lines = lines.max(lines_of(cell, *width));
        }
        sheet.set_row_height(row, 15.0 * lines.min(12) as f64 + 2.0)?;
    }
    for run in runs(&folded) {
        sheet.group_columns_collapsed(run.0, run.1)?;
    }
    sheet.set_row_height(0, 32)?;
    sheet.autofilter(0, 0, last_row.max(1), last_column)?;
    // What a row is about stays in sight.
    let kept = match page.name {
        "Flows" => 3,
        _ => 1,
    };
    sheet.set_freeze_panes(1, kept)?;
    sheet.set_repeat_rows(0, 0)?;
    sheet.set_repeat_columns(0, kept - 1)?;
    sheet.set_landscape().set_paper_size(paper).set_print_fit_to_pages(1, 0).set_footer("&L&A&RPage &P of &N");
    sheet.set_margins(0.4, 0.4, 0.5, 0.6, 0.3, 0.3);
    sheet.set_tab_color(Color::RGB(if page.heads.iter().any(|head| head.look == Look::Needed) {
        NEEDED
    } else {
        GREY
    }));
    Ok(())
}

/// Whether a column is folded away: nobody needs it, and nothing stands in it.
fn is_folded(page: &Page, at: usize) -> bool {
    let is_filled = |row: &Vec<Cell>| row.get(at).is_some_and(|cell| !cell.value.is_empty());
    page.heads[at].folds && !page.rows.iter().any(is_filled)
}

/// The first and the last of each run of columns for which that holds.
fn runs(folded: &[bool]) -> Vec<(u16, u16)> {
    let mut runs: Vec<(u16, u16)> = Vec::new();
    for (column, _) in (0u16..).zip(folded).filter(|(_, folded)| **folded) {
        match runs.last_mut() {
            Some((_, last)) if *last + 1 == column => *last = column,
            _ => runs.push((column, column)),
        }
    }
    runs
}

/// Makes the widest of the columns that are seen narrower until all of them fit a page, as far as words and amounts allow,
/// and gives the paper on which they can be read.
fn narrow(widths: &mut [usize], folded: &[bool]) -> u8 {
    let seen = |widths: &[usize]| -> usize {
        widths.iter().zip(folded).filter(|(_, folded)| !**folded).map(|(width, _)| width + 2).sum()
    };
    let mut left = seen(widths).saturating_sub(CHARACTERS);
    while left > 0 {
        let widest = (0..widths.len()).filter(|at| !folded[*at] && widths[*at] > NARROW).max_by_key(|at| widths[*at]);
        let Some(widest) = widest else { break };
        widths[widest] -= 1;
        left -= 1;
    }
    if left > 0 { A3 } else { A4 }
}

/// Words of a list, from the hidden sheet or from another one; what may be something else is not stopped.
fn drop_down(list: &List, lists: &Lists) -> DataValidation {
    let range = match &list.of {
        Offer::Words(heading, words) => {
            let column = letters(lists.get(&(heading.clone(), words.clone())).copied().unwrap_or(0));
            format!("={LISTS}!${column}$2:${column}${}", words.len() + 1)
        }
        // So far down that rows which somebody adds are offered too.
        Offer::Sheet(name) => format!("={name}!$A$2:$A$1000"),
    };
    let rule = DataValidation::new().allow_list_formula(Formula::new(range)).ignore_blank(true);
    if list.is_open {
        return rule.show_error_message(false);
    }
    let (style, text) = match list.of {
        Offer::Words(..) => {
            (DataValidationErrorStyle::Stop, "Pick one of the list, or leave the cell empty.".to_owned())
        }
        // Whoever begins with flows is not stopped at each name; two rows of one name are told apart by their ids, which no
        // list has.
        Offer::Sheet(name) => {
            (DataValidationErrorStyle::Information, format!("This is not on the sheet {name} yet: add it there, too."))
        }
    };
    let rule = rule.set_error_style(style);
    rule.clone().set_error_message(text).unwrap_or(rule)
}

fn write_cell(sheet: &mut Worksheet, (row, column): (u32, u16), cell: &Cell, format: &Format) -> Result<(), XlsxError> {
    match &cell.value {
        Value::Empty => sheet.write_blank(row, column, format)?,
        // Words beside a number of the column before them would touch it.
        Value::Text(text) => {
            let format = format.clone().set_align(FormatAlign::Left).set_indent(1);
            sheet.write_string_with_format(row, column, text, &format)?
        }
        Value::Number(number) | Value::Money(number, _) | Value::Share(number) => {
            sheet.write_number_with_format(row, column, *number, format)?
        }
        Value::Flag(flag) => sheet.write_boolean_with_format(row, column, *flag, format)?,
        Value::Day(day) if day.year() >= 1900 => {
            let day = ExcelDateTime::from_ymd(
                day.year().unsigned_abs(),
                day.month().unsigned_abs(),
                day.day().unsigned_abs(),
            )?;
            sheet.write_datetime_with_format(row, column, &day, &format.clone().set_num_format("yyyy-mm-dd"))?
        }
        // No spreadsheet has a day before 1900.
        Value::Day(day) => sheet.write_string_with_format(row, column, day.to_string(), format)?,
    };
    Ok(())
}

fn heading(look: Look) -> Format {
    let ground = match look {
        Look::Needed => NEEDED,
        Look::Usual => USUAL,
        Look::Grey => GREY,
    };
    Format::new()
        .set_bold()
        .set_text_wrap()
        .set_align(FormatAlign::VerticalCenter)
        .set_align(FormatAlign::Left)
        .set_indent(1)
        .set_background_color(Color::RGB(ground))
        .set_font_color(Color::White)
        .set_border_right(FormatBorder::Thin)
        .set_border_right_color(Color::White)
}

/// The look of a cell below a heading.
fn body(head: &Head, is_guess: bool) -> Format {
    let mut format = Format::new()
        .set_align(FormatAlign::Top)
        .set_text_wrap()
        .set_border_bottom(FormatBorder::Thin)
        .set_border_bottom_color(Color::RGB(LINE))
        .set_font_color(Color::RGB(if head.look == Look::Grey { 0x0080_8890 } else { INK }));
    format = match head.form {
        Form::General | Form::Long => format,
        Form::Text => format.set_num_format("@"),
        Form::Share => format.set_num_format("0.####%"),
        Form::Day => format.set_num_format("yyyy-mm-dd").set_align(FormatAlign::Left),
        Form::Money => format.set_num_format("#,##0.##"),
    };
    if is_guess {
        format = format.set_italic().set_background_color(Color::RGB(GUESS));
    }
    format
}

/// Width of a column in characters: of its longest word below, and half its heading, within bounds.
fn width(page: &Page, head: &Head, at: usize) -> usize {
    let cells = page.rows.iter().take(2_000).filter_map(|row| row.get(at)).map(|cell| cell.value.text());
    let longest =
        cells.map(|text| text.split('\n').map(|line| line.chars().count()).max().unwrap_or(0)).max().unwrap_or(0);
    let word = head.heading.split(' ').map(|word| word.chars().count()).max().unwrap_or(0);
    let heading = word.max(head.heading.chars().count().div_ceil(2)) + 4;
    // A blank column has room for what will stand there.
    let usual = match (&head.list, head.look) {
        _ if page.rows.iter().any(|row| row.get(at).is_some_and(|cell| !cell.value.is_empty())) => 0,
        (_, Look::Needed) => 20,
        (Some(_), _) => 14,
        _ => 10,
    };
    let widest = if head.form == Form::Long || page.heads.len() <= 6 { 70 } else { WIDTHS.1 };
    (longest + 1).max(heading).max(usual).clamp(WIDTHS.0, widest)
}

/// Lines that a cell takes in a column of this width.
fn lines_of(cell: &Cell, width: usize) -> usize {
    // Widths count digits, and a letter of a text is narrower than a digit.
    let lines = |line: &str| (line.chars().count() * 9).div_ceil(width.max(1) * 10).max(1);
    match &cell.value {
        Value::Text(text) => text.split('\n').map(lines).sum(),
        _ => 1,
    }
}

fn cut(text: &str, most: usize) -> String {
    if text.chars().count() <= most {
        return text.to_owned();
    }
    text.chars().take(most - 1).chain(['…']).collect()
}

fn read_me(sheet: &mut Worksheet) -> Result<(), XlsxError> {
    sheet.set_name(READ_ME)?;
    sheet.set_screen_gridlines(false);
    for (column, width) in (0u16..).zip([26.0, 30.0, 20.0, 26.0, 16.0, 16.0, 16.0]) {
        sheet.set_column_width(column, width)?;
    }
    let plain = Format::new().set_font_color(Color::RGB(INK)).set_align(FormatAlign::Top).set_text_wrap();
    let wide = Format::new().set_font_color(Color::RGB(INK)).set_align(FormatAlign::Top).set_text_wrap();
    let lines = guide::lines();
    sheet.set_page_breaks(&page_breaks(&lines))?;
    for (row, line) in (0u32..).zip(lines) {
        let height = height(&line);
        if let Some(height) = height {
            sheet.set_row_height(row, height)?;
        }
        match line {
            Line::Title(text) => {
                let format = Format::new().set_bold().set_font_size(18).set_font_color(Color::RGB(NEEDED));
                sheet.write_string_with_format(row, 0, text, &format)?;
            }
            Line::Text(text) => {
                sheet.merge_range(row, 0, row, 6, &text, &wide)?;
            }
            Line::Heading(text) => {
                let format = Format::new().set_bold().set_font_size(13).set_font_color(Color::RGB(NEEDED));
                sheet.write_string_with_format(row, 0, text, &format)?;
            }
            Line::Head(cells) | Line::Row(cells) if cells.len() == 2 => {
                let is_head = matches!(cells[1].as_str(), "It means" | "For example");
                let format = if is_head { heading(Look::Usual) } else { plain.clone() };
                sheet.write_string_with_format(row, 0, &cells[0], &format)?;
                sheet.merge_range(row, 1, row, 6, &cells[1], &format)?;
            }
            Line::Head(cells) => {
                for (column, text) in (0u16..).zip(&cells) {
                    sheet.write_string_with_format(row, column, text, &heading(Look::Usual))?;
                }
            }
            Line::Row(cells) => {
                let format =
                    plain.clone().set_border_bottom(FormatBorder::Thin).set_border_bottom_color(Color::RGB(LINE));
                for (column, text) in (0u16..).zip(&cells) {
                    sheet.write_string_with_format(row, column, text, &format)?;
                }
            }
            Line::Gap => {}
        }
    }
    // Breaks between pages count only where the page is not fitted.
    sheet.set_landscape().set_paper_size(A4).set_print_scale(GUIDE.0).set_footer("&L&A&RPage &P of &N");
    sheet.set_margins(0.4, 0.4, 0.5, 0.6, 0.3, 0.3);
    sheet.set_tab_color(Color::RGB(USUAL));
    Ok(())
}

/// The height of a line of the guide in points, where it is not the usual one.
fn height(line: &Line) -> Option<f64> {
    let lines = |text: &str, across: usize| text.chars().count().div_ceil(across).max(1) as f64;
    match line {
        Line::Title(_) => Some(30.0),
        Line::Text(text) => Some(16.0 * lines(text, 130) + 2.0),
        Line::Heading(_) => Some(22.0),
        Line::Head(cells) | Line::Row(cells) if cells.len() == 2 => Some(15.0 * lines(&cells[1], 105) + 3.0),
        Line::Head(_) | Line::Row(_) | Line::Gap => None,
    }
}

/// The rows of the guide that begin a page: no part is torn that fits on one, and no heading stands at the foot.
fn page_breaks(lines: &[Line]) -> Vec<u32> {
    let tall = |line: &Line| height(line).unwrap_or(15.0);
    let (mut breaks, mut used) = (Vec::new(), 0.0);
    for (row, line) in (0u32..).zip(lines) {
        let part = &lines[row as usize..];
        let end = part.iter().skip(1).position(|line| matches!(line, Line::Heading(_))).map_or(part.len(), |at| at + 1);
        let whole: f64 = part[..end].iter().map(tall).sum();
        let needed = match line {
            Line::Heading(_) if whole <= GUIDE.1 => whole,
            Line::Heading(_) => part.iter().take(5).map(tall).sum(),
            _ => tall(line),
        };
        if used + needed > GUIDE.1 && row > 0 {
            breaks.push(row);
            used = 0.0;
        }
        used += tall(line);
    }
    breaks
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_that_nobody_filled_are_folded_in_runs() {
        assert_eq!(runs(&[false, true, true, false, true]), [(1, 2), (4, 4)]);
        assert_eq!(runs(&[false]), []);
    }

    #[test]
    fn no_heading_of_the_guide_ends_a_page_and_no_page_is_overfull() {
        let lines = guide::lines();
        let breaks = page_breaks(&lines);
        assert!(breaks.len() >= 3, "{breaks:?}");
        let ends = breaks.iter().copied().chain([u32::try_from(lines.len()).unwrap()]);
        let starts = [0].into_iter().chain(breaks.iter().copied());
        for (start, end) in starts.zip(ends) {
            let page = &lines[start as usize..end as usize];
            let height: f64 = page.iter().map(|line| height(line).unwrap_or(15.0)).sum();
            assert!(height <= GUIDE.1, "{start}: {height}");
            let last = page.iter().rev().find(|line| **line != Line::Gap).unwrap();
            assert!(!matches!(last, Line::Heading(_) | Line::Head(_)), "{start}: {last:?}");
        }
    }

    #[test]
    fn columns_are_narrowed_until_they_fit_a_page() {
        let mut few = vec![40, 60, 44];
        assert_eq!((narrow(&mut few, &[false; 3]), few), (A4, vec![40, 60, 44]));
        let mut many = vec![44, 9, 44, 44, 44, 44, 44];
        let paper = narrow(&mut many, &[false, false, false, false, false, false, true]);
        let seen: usize = many[..6].iter().map(|width| width + 2).sum();
        assert_eq!((paper, seen, many[1], many[6]), (A4, CHARACTERS, 9, 44), "{many:?}");
        let mut most = vec![30; 20];
        assert_eq!((narrow(&mut most, &[false; 20]), most), (A3, vec![NARROW; 20]));
    }
}
