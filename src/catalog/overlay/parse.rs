//! One file of one's own as cells: which data file it stands for, and where each cell stands.

use csv::{Position, ReaderBuilder, Trim};

use super::OwnFile;
use crate::catalog::file::DataFile;
use crate::catalog::read::CatalogError;
use crate::source::{Span, nearest};

/// Rows of one file that are read; nobody writes more by hand, and each is compared with those of its key.
const MOST: usize = 10_000;

/// A file whose columns are known.
pub(super) struct Parsed<'a> {
    pub(super) own: OwnFile<'a>,
    pub(super) file: DataFile,
    pub(super) rows: Vec<Written>,
    /// For each column of the data file, its place among those that are written.
    places: Vec<Option<usize>>,
}

/// A row as it is written.
pub(super) struct Written {
    /// In the order of the columns of the data file; empty where nothing is written.
    pub(super) cells: Vec<String>,
    pub(super) line: u64,
    /// The byte at which it begins.
    start: usize,
}

impl Parsed<'_> {
    /// What is wrong with a row, or with one cell of it.
    pub(super) fn fault(&self, row: usize, column: Option<&str>, message: impl Into<String>) -> CatalogError {
        let written = &self.rows[row];
        let at = column.and_then(|column| self.file.column(column));
        let place = at.and_then(|at| self.places[at]);
        CatalogError {
            column: at.map(|at| self.file.columns()[at]),
            // A column that the file does not have has no place: the row begins with what it is about.
            span: Some(cell(self.own.text, written.start, place.unwrap_or(0))),
            ..CatalogError::new(self.own.name, written.line, message)
        }
    }
}

/// Reads a file; nothing where its columns are not known. What is wrong with it goes to `faults`.
pub(super) fn parse<'a>(own: OwnFile<'a>, faults: &mut Vec<CatalogError>) -> Option<Parsed<'a>> {
    let mut reader = ReaderBuilder::new().flexible(true).trim(Trim::All).from_reader(own.text.as_bytes());
    let of_header = |message: String| CatalogError { line: 1, ..CatalogError::new(own.name, 1, message) };
    let headers: Vec<String> = match reader.headers() {
        Ok(headers) => headers.iter().map(str::to_lowercase).collect(),
        Err(error) => {
            faults.push(of_header(error.to_string()));
            return None;
        }
    };
    let Some(file) = file_of(own.name, &headers) else {
        faults.push(CatalogError { help: Some(help(&headers)), ..not_known(own) });
        return None;
    };
    let before = faults.len();
    let in_header = |nth: usize, message: String| CatalogError {
        span: Some(cell(own.text, 0, nth)),
        ..CatalogError::new(own.name, 1, message)
    };
    for (nth, header) in headers.iter().enumerate() {
        if headers[..nth].contains(header) {
            faults.push(in_header(nth, format!("the column `{header}` is there twice")));
        } else if file.column(header).is_none() {
            let near = nearest(header, file.columns().iter().copied()).map(|near| format!("did you mean `{near}`?"));
            let all = || format!("its columns are {}", file.columns().join(", "));
            let fault = in_header(nth, format!("{file} has no column `{header}`"));
            faults.push(CatalogError { help: Some(near.unwrap_or_else(all)), ..fault });
        }
    }
    for column in file.key().iter().filter(|column| !headers.iter().any(|header| header == *column)) {
        faults.push(in_header(0, format!("a row is known by `{column}`, and there is no such column")));
    }
    if faults.len() > before {
        return None;
    }
    let places = file.columns().iter().map(|column| headers.iter().position(|header| header == column)).collect();
    let mut parsed = Parsed { own, file, rows: Vec::new(), places };
    let mut lines = Lines { text: own.text, at: 0, line: 1 };
    for record in reader.records() {
        let record = match record {
            Ok(record) => record,
            Err(error) => {
                let (start, line) = lines.of(error.position());
                let span = Some(cell(own.text, start, 0));
                faults.push(CatalogError { span, ..CatalogError::new(own.name, line, error.to_string()) });
                continue;
            }
        };
        let (start, line) = lines.of(record.position());
        let filled = (0..record.len()).rfind(|at| record.get(*at).is_some_and(|cell| !cell.is_empty()));
        let filled = filled.map_or(0, |last| last + 1);
        if filled == 0 {
            continue;
        }
        let cells = parsed.places.iter().map(|place| place.and_then(|place| record.get(place)).unwrap_or_default());
        let cells = cells.map(str::to_owned).collect();
        parsed.rows.push(Written { cells, line, start });
        let row = parsed.rows.len() - 1;
        if row == MOST {
            faults.push(parsed.fault(row, None, format!("a file has at most {MOST} rows")));
            parsed.rows.pop();
            break;
        }
        if filled > headers.len() {
            let message = format!("the row has {filled} cells, and there are {} columns", headers.len());
            let help = Some("put a cell that holds a comma into quotes".to_owned());
            faults.push(CatalogError { help, ..parsed.fault(row, None, message) });
        }
    }
    Some(parsed)
}

/// The data file that a file stands for: the one whose name it has, else the one whose keys are its columns.
fn file_of(name: &str, headers: &[String]) -> Option<DataFile> {
    let last = name.rsplit(['/', '\\']).next().unwrap_or(name);
    let has = |column: &&str| headers.iter().any(|header| header == *column);
    let by_columns = || {
        let fits = |file: &&DataFile| file.key().iter().all(&has) && (**file != DataFile::Suites || has(&"members"));
        DataFile::ALL.iter().find(fits).copied()
    };
    DataFile::parse(last).filter(|file| file.columns().iter().any(has)).or_else(by_columns)
}

/// A file that has the columns of no data file. Nothing of it is shown: it may be any file.
fn not_known(own: OwnFile<'_>) -> CatalogError {
    CatalogError::new(own.name, 0, "is not a file of a catalog: its first line does not name the columns of one")
}

fn help(headers: &[String]) -> String {
    if let [one] = headers
        && one.contains(';')
    {
        return "separate the columns by commas; semicolons separate the items of a list within a cell".to_owned();
    }
    "begin with a line of column names, such as `id,name,vendor,category` for products; docs/catalog.md lists them"
        .to_owned()
}

/// Where the `nth` cell stands of the row that begins at `start`.
fn cell(text: &str, start: usize, nth: usize) -> Span {
    let (mut begin, mut at, mut seen, mut is_quoted) = (start, start, 0, false);
    for byte in &text.as_bytes()[start.min(text.len())..] {
        match byte {
            b'"' => is_quoted = !is_quoted,
            b'\r' | b'\n' if !is_quoted => break,
            b',' if !is_quoted && seen == nth => break,
            b',' if !is_quoted => {
                seen += 1;
                begin = at + 1;
            }
            _ => {}
        }
        at += 1;
    }
    if seen < nth { Span::new(at, at) } else { Span::new(begin, at) }
}

/// Line numbers of rows that come one after the other.
struct Lines<'a> {
    text: &'a str,
    at: usize,
    line: u64,
}

impl Lines<'_> {
    /// The byte at which the row begins and its line.
    fn of(&mut self, position: Option<&Position>) -> (usize, u64) {
        let bytes = self.text.as_bytes();
        let byte = position.map_or(self.at, |position| usize::try_from(position.byte()).unwrap_or(usize::MAX));
        let mut start = byte.clamp(self.at, bytes.len());
        // Empty lines, and the end of the line before, are read with the row.
        while bytes.get(start).is_some_and(|byte| matches!(byte, b'\r' | b'\n')) {
            start += 1;
        }
        let ends = bytes[self.at..start].iter().enumerate().filter(|(nth, byte)| match byte {
            b'\n' => true,
            b'\r' => bytes.get(self.at + nth + 1) != Some(&b'\n'),
            _ => false,
        });
        self.line += ends.count() as u64;
        self.at = start;
        (start, self.line)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_found_in_quotes_and_behind_line_ends() {
        let text = "id,name,notes\r\na,\"b, \"\"c\"\"\",\r\n\r\nd,\"two\nlines\",x\n";
        let mut faults = Vec::new();
        let parsed = parse(OwnFile { name: "own.csv", text }, &mut faults).expect("it has columns");
        assert!(faults.is_empty());
        let shown: Vec<(u64, &str, &str)> = (0..parsed.rows.len())
            .map(|row| {
                let of = |column| {
                    let span = parsed.fault(row, Some(column), "").span.expect("it is in a line");
                    &text[span.start as usize..span.end as usize]
                };
                (parsed.rows[row].line, of("name"), of("notes"))
            })
            .collect();
        assert_eq!(shown, [(2, "\"b, \"\"c\"\"\"", ""), (4, "\"two\nlines\"", "x")]);
        assert_eq!(parsed.rows[0].cells[1], "b, \"c\"");
    }
}
