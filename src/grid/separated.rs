//! Text whose rows have the same separator: comma, semicolon, tab or vertical bar.

use super::bounds::Budget;
use super::{At, Book, Cell, Refusal, Sheet};

/// Separators, in the order in which they win where several would do.
const SEPARATORS: [u8; 4] = [b';', b'\t', b'|', b','];
/// Rows by which the separator is found.
const LOOKED_AT: usize = 200;

/// Whether a text is rows of at least two equal columns.
pub(crate) fn is_separated(text: &str) -> bool {
    separator(text).is_some()
}

pub(super) fn open(text: &str) -> Result<Book, Refusal> {
    let Some((separator, start)) = separator(text) else {
        return Err(Refusal::new(
            "no-table",
            "the text has no rows of equal columns",
            "separate the columns with `,`, `;`, a tab or `|`",
        ));
    };
    Ok(Book { what: "a table in text", sheets: vec![rows_of(text, separator, start)?], ..Book::default() })
}

/// The rows of a text between separators of which it is known what they are.
pub(crate) fn sheet(name: &str, text: &str, separator: u8) -> Result<Sheet, Refusal> {
    Ok(Sheet { name: name.to_owned(), ..rows_of(text, separator, 0)? })
}

fn rows_of(text: &str, separator: u8, start: usize) -> Result<Sheet, Refusal> {
    let (mut sheet, mut budget) = (Sheet::named(""), Budget::new());
    let (rows, before) = (&text[start..], text[..start].matches('\n').count());
    let mut reader = reader(rows, separator);
    let mut record = csv::StringRecord::new();
    // Lines before the record, and how many of them stand within cells: a row of a spreadsheet may take several.
    let (mut at, mut lines, mut within) = (0, before, 0);
    while reader.read_record(&mut record).map_err(|error| broken(&error))? {
        let begins = record.position().map_or(at, |position| usize::try_from(position.byte()).unwrap_or(at));
        let blank = rows[begins..].bytes().take_while(|byte| matches!(byte, b'\r' | b'\n')).count();
        lines += rows[at..begins + blank].matches('\n').count();
        at = begins + blank;
        let row = u32::try_from(lines - within).unwrap_or(u32::MAX);
        for (column, text) in (0..).zip(record.iter()) {
            if let Some(cell) = Cell::text(text) {
                budget.put(&mut sheet, At { row, column }, cell)?;
            }
        }
        within += record.iter().map(|text| text.matches('\n').count()).sum::<usize>();
    }
    Ok(sheet)
}

fn reader(text: &str, separator: u8) -> csv::Reader<&[u8]> {
    csv::ReaderBuilder::new().has_headers(false).flexible(true).delimiter(separator).from_reader(text.as_bytes())
}

/// The separator of a text, and where its rows begin: after the line `sep=;` that Excel understands.
fn separator(text: &str) -> Option<(u8, usize)> {
    let first = text.lines().next().unwrap_or_default();
    if let Some(&[separator]) = first.trim().strip_prefix("sep=").map(str::as_bytes) {
        let start = text.find('\n').map_or(text.len(), |at| at + 1);
        return SEPARATORS.contains(&separator).then_some((separator, start));
    }
    let fit = |separator: u8| {
        let mut rows = Vec::new();
        let mut reader = reader(text, separator);
        let mut record = csv::StringRecord::new();
        while rows.len() < LOOKED_AT && reader.read_record(&mut record).ok()? {
            if record.iter().any(|cell| !cell.trim().is_empty()) {
                rows.push(record.clone());
            }
        }
        let widths: Vec<usize> = rows.iter().map(csv::StringRecord::len).collect();
        let mut sorted = widths.clone();
        sorted.sort_unstable();
        // The width that most rows have; of several the largest.
        let same = |width: usize| widths.iter().filter(|one| **one == width).count();
        let usual = sorted.iter().copied().filter(|width| *width >= 2).max_by_key(|width| (same(*width), *width))?;
        let count = same(usual);
        // Titles and notes above a table are narrower; prose has no width that most lines share.
        let is_even = count >= 2 && count * 10 >= widths.len() * 6;
        (is_even || is_stacked(&rows) || has_header(&rows)).then_some((count * 1_000 / widths.len(), usual))
    };
    let fits = SEPARATORS.into_iter().filter_map(|separator| Some((fit(separator)?, separator)));
    // `max_by_key` takes the last of equals, so that the order is turned round.
    let found = fits.rev().max_by_key(|((share, width), _)| (*share >= 900, *width, *share));
    found.map(|(_, separator)| (separator, 0))
}

/// Whether the rows are tables one under another, each of its own width and with a header of its own.
fn is_stacked(rows: &[csv::StringRecord]) -> bool {
    let tables = rows.chunk_by(|one, next| one.len() == next.len()).filter(|table| {
        let is_long = table.len() >= 2 && table[0].len() >= 2;
        is_long && (table.len() >= 3 || is_header(&table[0]))
    });
    tables.map(<[csv::StringRecord]>::len).sum::<usize>() * 10 >= rows.len().max(1) * 8
}

/// Whether the widest row is a header and comes before all others but titles: rows below it whose last cells are empty may
/// end early.
fn has_header(rows: &[csv::StringRecord]) -> bool {
    let Some(widest) = rows.iter().map(csv::StringRecord::len).max().filter(|width| *width >= 3) else { return false };
    let Some(at) = rows.iter().position(|row| row.len() == widest) else { return false };
    let (titles, below) = (&rows[..at], &rows[at + 1..]);
    let are_cells = |row: &&csv::StringRecord| row.len() >= 2 && row.iter().all(|cell| !cell.starts_with(' '));
    is_header(&rows[at])
        && titles.iter().all(|row| row.iter().filter(|cell| !cell.is_empty()).count() <= 1)
        && below.len() >= 2
        && below.iter().filter(are_cells).count() * 10 >= below.len() * 8
}

/// Whether all cells of a row are short names. Prose has a space behind its commas.
fn is_header(row: &csv::StringRecord) -> bool {
    row.iter().all(|cell| !cell.is_empty() && !cell.starts_with(' ') && cell.len() <= 40)
}

fn broken(error: &csv::Error) -> Refusal {
    Refusal::new("broken-table", format!("the table cannot be read: {error}"), "save the file again as CSV in UTF-8")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sheet(text: &str) -> Sheet {
        open(text).unwrap().sheets.remove(0)
    }

    #[test]
    fn the_separator_is_found_and_places_are_those_of_a_spreadsheet() {
        for (text, place, cell) in [
            ("Tool,Cost\nClay,\"$24,000\"\n", "B2", "$24,000"),
            ("Werkzeug;Kosten\nClay;1.200,50\n", "B2", "1.200,50"),
            ("Tool\tWhat\nA\tx, y\n", "B2", "x, y"),
            ("Tool|What\nA|x\n", "B2", "x"),
            ("sep=;\na;b\nc;d\n", "B3", "d"),
            ("a,b\n\"two\nlines\",x\n\nlast,y\n", "B4", "y"),
            ("My stack,,\n\nTool,Owner,Cost\nA,B,C\n", "C4", "C"),
        ] {
            let sheet = sheet(text);
            let found =
                sheet.rows().flat_map(|(row, cells)| cells.iter().map(move |(column, cell)| (row, *column, cell)));
            let found: Vec<(String, &str)> =
                found.map(|(row, column, cell)| (At { row, column }.to_string(), cell.text.as_str())).collect();
            assert!(found.contains(&(place.to_owned(), cell)), "{text:?}: {found:?}");
        }
    }

    #[test]
    fn rows_may_end_before_their_last_cells_and_tables_have_their_own_widths() {
        let stacked = "Tool,Owner,Cost,Status\nA,B,1,x\nC,D,2,y\nE,F,3,z\n,,,\nFrom,To,How\nA,C,api\nC,E,api\n";
        let ragged = "Stack 2026\nTool,Owner,Cost,Status\nA,B,1,x\nC,D\nE,F,3\nG,H,4,z\nI,J\nK,L,5\n";
        let short = "Tool,Owner,Status\nA,B,x\n\nFrom,To,What,How\nA,C,lead,api\n";
        for text in [stacked, ragged, short] {
            assert!(is_separated(text), "{text}");
        }
        assert_eq!(sheet(ragged).shown(At { row: 6, column: 1 }).map(|cell| cell.text.as_str()), Some("J"));
    }

    #[test]
    fn prose_is_no_table() {
        for text in [
            "",
            "just text",
            "Dear all, this is a letter.\nIt has commas, as letters do, and several of them.\nBye\n",
            "sinew: 1\nname: x\nsystems:\n  a: { kind: crm }\n",
            "One, two, three, four.\nA line, with a comma.\nNo more.\nAnother, and another, line.\n",
        ] {
            assert!(!is_separated(text), "{text:?}");
        }
    }
}
