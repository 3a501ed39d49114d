//! Workbooks of Excel up to 2003. Their reader makes room for every cell between the first and the last and for as much as
//! a sheet declares, so both are looked at first.

use std::io::{Cursor, Read, Seek, SeekFrom, Write};
use std::panic::{AssertUnwindSafe, catch_unwind};

use calamine::{Data, Reader, SheetType, Xls, XlsError};
use cfb::CompoundFile;

use super::bounds::{Budget, CELLS, SHEETS, too_many_cells, too_many_sheets};
use super::shown::{self, Shape};
use super::xlsx::{area, moment, password, visibility};
use super::{At, Book, Cell, Refusal, Sheet, Value};

pub(super) fn open(bytes: &[u8]) -> Result<Book, Refusal> {
    let (bytes, notes) = looked_at(bytes)?;
    // What is damaged within a record can end the reader in the middle of it.
    let read = catch_unwind(AssertUnwindSafe(|| read(&bytes, notes)));
    read.unwrap_or_else(|_| Err(broken(&"a record is damaged")))
}

fn read(bytes: &[u8], mut notes: Vec<Vec<At>>) -> Result<Book, Refusal> {
    let mut book: Xls<_> = Xls::new(Cursor::new(bytes)).map_err(|error| match error {
        XlsError::Password => password(),
        error => broken(&error),
    })?;
    let metadata = book.sheets_metadata().to_vec();
    let (mut sheets, mut budget) = (Vec::new(), Budget::new());
    notes.resize(metadata.len(), Vec::new());
    for (meta, notes) in metadata.into_iter().zip(notes) {
        if meta.typ != SheetType::WorkSheet {
            continue;
        }
        let mut sheet = Sheet::named(&meta.name);
        sheet.visibility = visibility(meta.visible);
        let range = book.worksheet_range(&meta.name).map_err(|error| broken(&error))?;
        let (row, column) = range.start().unwrap_or_default();
        for (down, right, value) in range.used_cells() {
            if let Some(cell) = cell(value) {
                budget.put(&mut sheet, below(row, column, down, right), cell)?;
            }
        }
        let formulas = book.worksheet_formula(&meta.name).map_err(|error| broken(&error))?;
        let (row, column) = formulas.start().unwrap_or_default();
        sheet.formulas = formulas.used_cells().map(|(down, right, _)| below(row, column, down, right)).collect();
        sheet.merged = book.merge_cells_by_sheet_name(&meta.name).unwrap_or_default().into_iter().map(area).collect();
        sheet.comments = notes;
        sheet.sort()?;
        sheets.push(sheet);
    }
    Ok(Book { what: "an older Excel workbook", sheets, ..Book::default() })
}

fn below(row: u32, column: u32, down: usize, right: usize) -> At {
    let far = |start: u32, step: usize| start.saturating_add(u32::try_from(step).unwrap_or(u32::MAX));
    At { row: far(row, down), column: far(column, right) }
}

fn cell(value: &Data) -> Option<Cell> {
    match value {
        Data::Int(value) => Some(shown::number(*value as f64, &Shape::Plain)),
        Data::Float(value) => Some(shown::number(*value, &Shape::Plain)),
        Data::String(text) => Cell::text(text),
        Data::Bool(value) => Some(shown::flag(*value)),
        Data::DateTime(value) => Some(moment(value)),
        Data::DateTimeIso(text) | Data::DurationIso(text) => shown::iso(text).or_else(|| Cell::text(text)),
        Data::Error(error) => Some(Cell { text: error.to_string(), value: Value::Error }),
        Data::Empty => None,
    }
}

fn broken(error: &dyn std::fmt::Display) -> Refusal {
    Refusal::new(
        "broken-workbook",
        format!("the workbook cannot be read: {error}"),
        "open it in a spreadsheet program, and save it again as .xlsx",
    )
}

/// Walks over all records: the cells of a sheet must not lie too far apart, declared sizes become none, and cells with
/// comments are noted by sheet.
fn looked_at(bytes: &[u8]) -> Result<(Vec<u8>, Vec<Vec<At>>), Refusal> {
    let mut file = CompoundFile::open(Cursor::new(bytes.to_vec())).map_err(|error| broken(&error))?;
    if file.exists("EncryptedPackage") {
        return Err(password());
    }
    let Some(name) = ["Workbook", "Book", "WORKBOOK", "BOOK"].into_iter().find(|name| file.is_stream(name)) else {
        return Err(Refusal::new(
            "no-workbook",
            "this is a file of an older Office program, and no workbook",
            "export its tables as .xlsx or CSV",
        ));
    };
    let mut stream = file.open_stream(name).map_err(|error| broken(&error))?;
    let mut records = Vec::new();
    stream.read_to_end(&mut records).map_err(|error| broken(&error))?;
    let walked = Walk::over(&records)?;
    for place in walked.declared {
        let emptied = stream.seek(SeekFrom::Start(place)).and_then(|_| stream.write_all(&[0; 12]));
        emptied.map_err(|error| broken(&error))?;
    }
    stream.flush().map_err(|error| broken(&error))?;
    drop(stream);
    let bytes = file.into_inner().into_inner();
    let notes = walked.sheets.iter().map(|start| {
        let found = walked.notes.iter().filter(|(sheet, _)| sheet == start);
        found.map(|(_, at)| *at).collect()
    });
    Ok((bytes, notes.collect()))
}

#[derive(Default)]
struct Walk {
    /// Where the sheets begin, in the order of the book.
    sheets: Vec<u64>,
    /// Where sizes are declared.
    declared: Vec<u64>,
    /// Comments: where their sheet begins, and the cell.
    notes: Vec<(u64, At)>,
}

impl Walk {
    fn over(records: &[u8]) -> Result<Self, Refusal> {
        let (mut walk, mut at, mut sheet, mut depth) = (Self::default(), 0, 0, 0_usize);
        let (mut extent, mut together): (Option<[u16; 4]>, usize) = (None, 0);
        let close = |extent: Option<[u16; 4]>| {
            extent.map_or(0, |[top, left, bottom, right]| {
                (usize::from(bottom - top) + 1) * (usize::from(right - left) + 1)
            })
        };
        while let Some(head) = records.get(at..at + 4) {
            let kind = u16::from_le_bytes([head[0], head[1]]);
            let length = usize::from(u16::from_le_bytes([head[2], head[3]]));
            let Some(data) = records.get(at + 4..at + 4 + length) else { break };
            let word = |place: usize| data.get(place..place + 2).map(|two| u16::from_le_bytes([two[0], two[1]]));
            match kind {
                0x0809 => {
                    if depth == 0 {
                        together += close(extent.take());
                        sheet = at as u64;
                    }
                    depth += 1;
                }
                0x000a => depth = depth.saturating_sub(1),
                0x002f => return Err(password()),
                0x0085 => {
                    let place = data.get(..4).map(|four| u32::from_le_bytes([four[0], four[1], four[2], four[3]]));
                    walk.sheets.extend(place.map(u64::from));
                }
                0x0200 if length >= 12 => walk.declared.push(at as u64 + 4),
                0x001c => {
                    if let (Some(row), Some(column)) = (word(0), word(2)) {
                        walk.notes.push((sheet, At { row: row.into(), column: column.into() }));
                    }
                }
                0x0203 | 0x0204 | 0x00d6 | 0x0205 | 0x027e | 0x00fd | 0x0006 | 0x00bd => {
                    if let (Some(row), Some(column)) = (word(0), word(2)) {
                        // A record of many numbers ends with its last column.
                        let last = if kind == 0x00bd { word(length.saturating_sub(2)) } else { None };
                        let last = last.unwrap_or(column).max(column);
                        let held = extent.get_or_insert([row, column, row, last]);
                        *held = [held[0].min(row), held[1].min(column), held[2].max(row), held[3].max(last)];
                    }
                }
                _ => {}
            }
            at += 4 + length;
        }
        together += close(extent);
        if walk.sheets.len() > SHEETS {
            return Err(too_many_sheets(walk.sheets.len()));
        }
        if together > CELLS { Err(too_many_cells()) } else { Ok(walk) }
    }
}
