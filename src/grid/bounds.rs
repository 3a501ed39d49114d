//! How much a grid may hold, and archives that grow too much.

use super::{At, Cell, Refusal, Sheet};

/// Filled cells of one file.
pub(super) const CELLS: usize = 1_000_000;
/// Rows with a filled cell of one file: each takes memory of its own.
const ROWS: usize = 100_000;
/// Sheets of one file.
pub(super) const SHEETS: usize = 1_000;
/// Bytes of text of all cells together: 64 MiB.
const TEXT: usize = 64 << 20;
/// Characters of one cell, as Excel has it.
const LONGEST: usize = 32_767;

/// What one file may still fill.
#[derive(Debug)]
pub(super) struct Budget {
    cells: usize,
    rows: usize,
    text: usize,
}

impl Budget {
    pub(super) const fn new() -> Self {
        Self { cells: CELLS, rows: ROWS, text: TEXT }
    }

    /// Puts a cell into a sheet, if the file may fill one more.
    pub(super) fn put(&mut self, sheet: &mut Sheet, at: At, mut cell: Cell) -> Result<(), Refusal> {
        if let Some((end, _)) = cell.text.char_indices().nth(LONGEST) {
            cell.text.truncate(end);
        }
        self.cells = self.cells.checked_sub(1).ok_or_else(too_many_cells)?;
        self.text = self.text.checked_sub(cell.text.len()).ok_or_else(|| {
            Refusal::new(
                "too-large",
                "the cells of the file hold more than 64 MiB of text",
                "import the sheets that you need, each in a file of its own",
            )
        })?;
        if sheet.put(at, cell) {
            self.rows = self.rows.checked_sub(1).ok_or_else(|| {
                Refusal::new(
                    "too-large",
                    format!("the file has more than {ROWS} filled rows"),
                    "import the rows that you need, in a file of their own",
                )
            })?;
        }
        Ok(())
    }
}

pub(super) fn too_many_cells() -> Refusal {
    Refusal::new(
        "too-large",
        format!("the file has more than {CELLS} filled cells"),
        "import the sheets that you need, each in a file of its own",
    )
}

pub(super) fn too_many_sheets(sheets: usize) -> Refusal {
    Refusal::new(
        "too-many-sheets",
        format!("the file has {sheets} sheets, more than {SHEETS}"),
        "import the sheets that you need, in a file of their own",
    )
}

#[cfg(feature = "xlsx")]
pub(super) use archive::{entry, unpacked};

#[cfg(feature = "xlsx")]
mod archive {
    use std::io::{Cursor, Read};

    use zip::ZipArchive;

    use super::Refusal;

    /// Entries of one workbook.
    const ENTRIES: usize = 10_000;
    /// Bytes of one entry: 64 MiB.
    const ENTRY: u64 = 64 << 20;
    /// Bytes of all entries together: 256 MiB.
    const TOGETHER: u64 = 256 << 20;
    /// How many times its packed size an entry may grow, beyond 1 MiB.
    const RATIO: u64 = 200;

    /// Unpacks every entry once, into nothing: what the headers promise is not believed, so that what reads the archive
    /// afterwards cannot be made to unpack more.
    pub(in crate::grid) fn unpacked(bytes: &[u8]) -> Result<ZipArchive<Cursor<&[u8]>>, Refusal> {
        let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|error| broken(&error))?;
        if archive.len() > ENTRIES {
            let message = format!("the workbook has {} parts, more than {ENTRIES}", archive.len());
            return Err(Refusal::new("too-many-files", message, "save it again, without pictures and objects"));
        }
        let mut together = 0;
        for at in 0..archive.len() {
            let entry = archive.by_index(at).map_err(|error| broken(&error))?;
            let most = ENTRY.min(TOGETHER - together).min(entry.compressed_size().saturating_mul(RATIO).max(1 << 20));
            let grown = std::io::copy(&mut entry.take(most + 1), &mut std::io::sink());
            let grown = grown.map_err(|error| broken(&error))?;
            together += grown;
            if grown > most {
                let message = format!(
                    "a part of the workbook unpacks to more than {} MiB: 64 MiB a part, 256 MiB together, {RATIO} times its packed size beyond 1 MiB",
                    most >> 20
                );
                return Err(Refusal::new("zip-bomb", message, "copy the sheets that you need into a new workbook"));
            }
        }
        Ok(archive)
    }

    /// The bytes of one entry, which was unpacked before; nothing where there is none of that name.
    pub(in crate::grid) fn entry(archive: &mut ZipArchive<Cursor<&[u8]>>, name: &str) -> Option<Vec<u8>> {
        let mut bytes = Vec::new();
        archive.by_name(name).ok()?.take(ENTRY).read_to_end(&mut bytes).ok()?;
        Some(bytes)
    }

    fn broken(error: &dyn std::fmt::Display) -> Refusal {
        Refusal::new(
            "broken-zip",
            format!("the workbook cannot be unpacked: {error}"),
            "it was probably cut off on its way; copy or save it again",
        )
    }
}
