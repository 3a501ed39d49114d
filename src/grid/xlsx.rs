//! Workbooks of Excel since 2007, read cell by cell: what a sheet declares of its size is not believed.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Cursor;

use calamine::{DataRef, Dimensions, ExcelDateTime, Reader, SheetType, SheetVisible, Xlsx, XlsxError};
use jiff::civil::Date;
use quick_xml::XmlVersion;
use quick_xml::events::{BytesStart, Event};
use zip::ZipArchive;

use super::bounds::{Budget, SHEETS, entry, too_many_sheets, unpacked};
use super::shown::{self, Shape};
use super::{Area, At, Book, Cell, Refusal, Sheet, Value, Visibility};

pub(super) fn open(bytes: &[u8]) -> Result<Book, Refusal> {
    let mut archive = unpacked(bytes)?;
    let mut comments = comments(&mut archive);
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(|error| broken(&error))?;
    let metadata = book.sheets_metadata().to_vec();
    if metadata.len() > SHEETS {
        return Err(too_many_sheets(metadata.len()));
    }
    let (mut sheets, mut budget) = (Vec::new(), Budget::new());
    let mut shapes: Option<Vec<Shape>> = None;
    for meta in metadata.into_iter().filter(|meta| meta.typ == SheetType::WorkSheet) {
        let mut sheet = Sheet::named(&meta.name);
        sheet.visibility = visibility(meta.visible);
        let mut reader = book.worksheet_cells_reader(&meta.name).map_err(|error| broken(&error))?;
        let shapes = shapes.get_or_insert_with(|| {
            let formats = reader.styles().iter().map(|style| style.number_format.as_ref());
            formats.map(|format| format.map_or(Shape::Plain, |format| Shape::of(&format.format_code))).collect()
        });
        // Where a text of no letters stands: it is a value as well.
        let mut blank: BTreeSet<At> = BTreeSet::new();
        while let Some((cell, style)) = reader.next_cell_with_style_id().map_err(|error| broken(&error))? {
            let (row, column) = cell.get_position();
            let shape = shapes.get(style).unwrap_or(&Shape::Plain);
            if let Some(cell) = read(cell.get_value(), shape) {
                budget.put(&mut sheet, At { row, column }, cell)?;
            } else if *cell.get_value() != DataRef::Empty {
                blank.insert(At { row, column });
            }
        }
        drop(reader);
        let mut reader = book.worksheet_cells_reader(&meta.name).map_err(|error| broken(&error))?;
        while let Some(record) = reader.next_cell_with_formula_metadata().map_err(|error| broken(&error))? {
            if record.formula.is_some() {
                let at = At { row: record.pos.0, column: record.pos.1 };
                if sheet.cell(at).is_none() && !blank.contains(&at) {
                    sheet.unread.push(at);
                }
                sheet.formulas.push(at);
            }
        }
        drop(reader);
        let merged = book.merge_cells_by_sheet_name(&meta.name).map_err(|error| broken(&error))?;
        sheet.merged = merged.into_iter().map(area).collect();
        sheet.comments = comments.remove(&meta.name).unwrap_or_default();
        sheet.sort()?;
        sheets.push(sheet);
    }
    let names = book.defined_names().iter().map(|(name, _)| name.clone()).collect();
    Ok(Book { what: "an Excel workbook", sheets, names })
}

pub(super) fn visibility(visible: SheetVisible) -> Visibility {
    match visible {
        SheetVisible::Visible => Visibility::Visible,
        SheetVisible::Hidden => Visibility::Hidden,
        SheetVisible::VeryHidden => Visibility::VeryHidden,
    }
}

pub(super) fn area(cells: Dimensions) -> Area {
    let at = |(row, column)| At { row, column };
    Area { from: at(cells.start), to: at(cells.end) }
}

fn read(value: &DataRef<'_>, shape: &Shape) -> Option<Cell> {
    match value {
        DataRef::Int(value) => Some(shown::number(*value as f64, shape)),
        DataRef::Float(value) => Some(shown::number(*value, shape)),
        DataRef::String(text) => Cell::text(text),
        DataRef::SharedString(text) => Cell::text(text),
        DataRef::Bool(value) => Some(shown::flag(*value)),
        DataRef::DateTime(value) => Some(moment(value)),
        DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => shown::iso(text).or_else(|| Cell::text(text)),
        DataRef::Error(error) => Some(Cell { text: error.to_string(), value: Value::Error }),
        DataRef::Empty => None,
    }
}

/// A day, or a time where there is no day in it.
pub(super) fn moment(value: &ExcelDateTime) -> Cell {
    let days = value.as_f64();
    if value.is_duration() || (0.0..1.0).contains(&days) {
        // A file holds days to some fifteen digits: a time is one of whole seconds.
        return shown::minutes((days.clamp(0.0, 1e6) * 86_400.0).round() / 60.0);
    }
    let (year, month, day, ..) = value.to_ymd_hms_milli();
    let date = i16::try_from(year).ok().and_then(|year| Date::new(year, month.cast_signed(), day.cast_signed()).ok());
    date.map_or_else(|| shown::number(days, &Shape::Plain), shown::day)
}

fn broken(error: &XlsxError) -> Refusal {
    match error {
        XlsxError::Password => password(),
        error => Refusal::new(
            "broken-workbook",
            format!("the workbook cannot be read: {error}"),
            "open it in a spreadsheet program, and save it again as .xlsx",
        ),
    }
}

pub(super) fn password() -> Refusal {
    Refusal::new("password-protected", "the workbook has a password", "save it without a password, as .xlsx")
}

/// The cells of each sheet that bear a comment. What cannot be read has none: comments are counted, and nothing else.
fn comments(archive: &mut ZipArchive<Cursor<&[u8]>>) -> BTreeMap<String, Vec<At>> {
    let mut found = BTreeMap::new();
    let mut sheets = Vec::new();
    for (name, keys) in elements(archive, "xl/workbook.xml") {
        if let ("sheet", Some(title), Some(id)) = (name.as_str(), keys.get("name"), keys.get("id")) {
            sheets.push((title.clone(), id.clone()));
        }
    }
    let parts = relations(archive, "xl/_rels/workbook.xml.rels");
    for (title, id) in sheets.into_iter().take(SHEETS) {
        let Some((_, part)) = parts.get(&id) else { continue };
        let part = beside("xl/workbook.xml", part);
        let (folder, file) = part.rsplit_once('/').unwrap_or(("", &part));
        let own = relations(archive, &format!("{folder}/_rels/{file}.rels"));
        for (_, target) in own.into_values().filter(|(kind, _)| kind.ends_with("/comments")) {
            let marks = elements(archive, &beside(&part, &target));
            let cells = marks.iter().filter(|(name, _)| name == "comment").filter_map(|(_, keys)| keys.get("ref"));
            found.entry(title.clone()).or_insert_with(Vec::new).extend(cells.filter_map(|place| at(place)));
        }
    }
    found
}

/// Relations of a part: id, kind, target.
fn relations(archive: &mut ZipArchive<Cursor<&[u8]>>, part: &str) -> BTreeMap<String, (String, String)> {
    let all = elements(archive, part).into_iter();
    all.filter_map(|(_, mut keys)| Some((keys.remove("Id")?, (keys.remove("Type")?, keys.remove("Target")?)))).collect()
}

/// A target as the name of a part.
fn beside(part: &str, target: &str) -> String {
    if let Some(whole) = target.strip_prefix('/') {
        return whole.to_owned();
    }
    let mut folders: Vec<&str> = part.split('/').collect();
    folders.pop();
    for step in target.split('/') {
        match step {
            ".." => drop(folders.pop()),
            "." | "" => {}
            step => folders.push(step),
        }
    }
    folders.join("/")
}

/// The elements of a part with their attributes, both without prefixes; up to the first error.
fn elements(archive: &mut ZipArchive<Cursor<&[u8]>>, part: &str) -> Vec<(String, BTreeMap<String, String>)> {
    let mut found = Vec::new();
    let Some(bytes) = entry(archive, part) else { return found };
    let Ok(text) = std::str::from_utf8(&bytes) else { return found };
    let mut reader = quick_xml::Reader::from_str(text);
    while let Ok(event) = reader.read_event() {
        match event {
            Event::Start(e) | Event::Empty(e) => found.push((e.local_name().as_ref().to_owned(), attributes(&e))),
            Event::Eof => break,
            _ => {}
        }
        if found.len() > super::bounds::CELLS {
            break;
        }
    }
    found
}

/// The attributes of an element, without prefixes.
pub(super) fn attributes(element: &BytesStart<'_>) -> BTreeMap<String, String> {
    let all = element.attributes().filter_map(Result::ok);
    all.filter_map(|one| {
        let value = one.normalized_value(XmlVersion::Explicit1_0).ok()?;
        Some((one.key.local_name().as_ref().to_owned(), value.into_owned()))
    })
    .collect()
}

/// `B7` as a place.
fn at(place: &str) -> Option<At> {
    let digits = place.find(|c: char| c.is_ascii_digit())?;
    let (letters, row) = place.split_at(digits);
    let mut column: u32 = 0;
    for letter in letters.bytes() {
        let letter = letter.to_ascii_uppercase();
        let value = u32::from(letter.checked_sub(b'A').filter(|value| *value < 26)?) + 1;
        column = column.checked_mul(26)?.checked_add(value)?;
    }
    Some(At { row: row.parse::<u32>().ok()?.checked_sub(1)?, column: column.checked_sub(1)? })
}

#[cfg(test)]
mod tests {
    use rust_xlsxwriter::{ExcelDateTime, Format, Formula, Note, Workbook};

    use super::*;
    use crate::grid::{Kind, kind};

    #[test]
    fn a_workbook_has_its_values_as_shown_and_all_that_is_counted() {
        let mut workbook = Workbook::new();
        let sheet = workbook.add_worksheet().set_name("My systems").unwrap();
        sheet.merge_range(0, 0, 0, 2, "Stack", &Format::new()).unwrap();
        sheet.write(2, 0, " Clay ").unwrap();
        sheet.write_with_format(2, 1, 0.999, &Format::new().set_num_format("0.0%")).unwrap();
        sheet.write_with_format(2, 2, 24_000, &Format::new().set_num_format("\"$\"#,##0")).unwrap();
        let day = ExcelDateTime::from_ymd(2026, 11, 20).unwrap();
        sheet.write_with_format(2, 3, &day, &Format::new().set_num_format("dd.mm.yyyy")).unwrap();
        let time = ExcelDateTime::from_hms(1, 30, 0).unwrap();
        sheet.write_with_format(2, 4, &time, &Format::new().set_num_format("h:mm")).unwrap();
        sheet.write(2, 5, true).unwrap();
        sheet.write_formula(2, 6, Formula::new("=1+1").set_result("2")).unwrap();
        sheet.insert_note(2, 0, &Note::new("ask Ana")).unwrap();
        workbook.add_worksheet().set_name("Lists").unwrap().set_hidden(true);
        workbook.add_worksheet().set_name("_sinew").unwrap().set_very_hidden(true);
        let bytes = workbook.save_to_buffer().unwrap();

        assert_eq!(kind(&bytes), Some(Kind::Xlsx));
        let book = crate::grid::open(Kind::Xlsx, &bytes).unwrap();
        let sheet = &book.sheets[0];
        let texts: Vec<&str> =
            (0..7).map(|column| sheet.cell(At { row: 2, column }).map_or("", |cell| cell.text.as_str())).collect();
        assert_eq!(texts, ["Clay", "99.9%", "$24000", "2026-11-20", "1:30", "TRUE", "2"]);
        assert_eq!(sheet.cell(At { row: 2, column: 1 }).unwrap().value, Value::Number(0.999));
        assert_eq!(sheet.shown(At { row: 0, column: 2 }).unwrap().text, "Stack");
        assert_eq!(
            (sheet.formulas.as_slice(), sheet.comments.as_slice()),
            (&[At { row: 2, column: 6 }][..], &[At { row: 2, column: 0 }][..])
        );
        let visibility: Vec<Visibility> = book.sheets.iter().map(|sheet| sheet.visibility).collect();
        assert_eq!(visibility, [Visibility::Visible, Visibility::Hidden, Visibility::VeryHidden]);
    }

    #[test]
    fn two_cells_far_apart_are_two_cells() {
        let mut workbook = Workbook::new();
        let sheet = workbook.add_worksheet();
        sheet.write(0, 0, "a").unwrap();
        sheet.write(1_048_575, 16_383, "z").unwrap();
        let book = open(&workbook.save_to_buffer().unwrap()).unwrap();
        assert_eq!(book.sheets[0].rows().count(), 2);
        assert_eq!(at("XFD1048576"), Some(At { row: 1_048_575, column: 16_383 }));
        assert_eq!((at("7"), at("A"), at("A0"), at("ZZZZZZZZZZ1")), (None, None, None, None));
    }
}
