//! Rows of one's own over those of the program, cell by cell.

use std::collections::BTreeMap;

use csv::StringRecord;

use super::OwnCell;
use super::parse::{Parsed, Written};
use crate::catalog::file::DataFile;
use crate::catalog::lookup::normalise;
use crate::catalog::product::OwnRow;
use crate::catalog::read::CatalogError;
use crate::catalog::row::Record;

/// What stands in a cell that is to be empty, whatever stands there in the program.
pub(super) const EMPTY: &str = "-";

/// A row of one of the files: the file, and the row in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Place {
    pub(super) file: usize,
    pub(super) row: usize,
}

/// A row with cells of one's own.
struct Merged {
    cells: Vec<String>,
    /// Its place in the data file of the program; absent where it is new.
    builtin: Option<usize>,
    /// The rows that were put over it.
    own: Vec<Place>,
    /// For each cell the row that decided it, a place in `own`.
    by: Vec<Option<usize>>,
}

/// One data file with everything that was put over it.
pub(super) struct Table {
    file: DataFile,
    rows: Vec<Merged>,
    by_key: BTreeMap<Vec<String>, Vec<usize>>,
}

/// A typed row, where it stands in the program, and the row of one's own that was put over it last.
pub(super) struct Typed<T> {
    pub(super) row: T,
    pub(super) builtin: Option<usize>,
    pub(super) place: Place,
    /// What was decided by rows of one's own.
    pub(super) own: Vec<OwnRow>,
}

/// The row that another is put over.
enum Fit {
    New,
    One(usize),
    Several(Vec<usize>),
}

impl Table {
    /// The rows of the program.
    pub(super) fn of(file: DataFile) -> Self {
        let mut table = Self { file, rows: Vec::new(), by_key: BTreeMap::new() };
        let mut reader = csv::Reader::from_reader(file.builtin().as_bytes());
        for (at, record) in reader.records().map_while(Result::ok).enumerate() {
            table.add(record.iter().map(str::to_owned).collect(), Some(at));
        }
        table
    }

    fn add(&mut self, cells: Vec<String>, builtin: Option<usize>) -> usize {
        let at = self.rows.len();
        self.by_key.entry(self.key(&cells)).or_default().push(at);
        let by = vec![None; cells.len()];
        self.rows.push(Merged { cells, builtin, own: Vec::new(), by });
        at
    }

    fn cell<'c>(&self, cells: &'c [String], column: &str) -> &'c str {
        self.file.column(column).and_then(|at| cells.get(at)).map_or("", String::as_str)
    }

    fn key(&self, cells: &[String]) -> Vec<String> {
        let key = |column: &&str| match (self.file, *column) {
            (DataFile::Names, "word") if self.cell(cells, "space") != "host" => normalise(self.cell(cells, "word")),
            _ => self.cell(cells, column).to_owned(),
        };
        self.file.key().iter().map(key).collect()
    }

    /// Puts a row over what it fits, or adds it. `parsed` are all files, of which `place` names one.
    pub(super) fn put(&mut self, parsed: &[Parsed<'_>], place: Place, faults: &mut Vec<CatalogError>) {
        let file = &parsed[place.file];
        let written = &file.rows[place.row];
        let before = faults.len();
        for column in self.file.key() {
            if matches!(self.cell(&written.cells, column), "" | EMPTY) {
                faults.push(file.fault(place.row, Some(column), format!("{column} is empty")));
            }
        }
        if faults.len() > before {
            return;
        }
        let at = match self.fit(written) {
            Fit::Several(among) => return faults.push(self.unclear(file, place.row, &among)),
            Fit::New => None,
            Fit::One(at) => match self.rows[at].own.iter().find(|other| other.file == place.file) {
                Some(_) if self.differs(at, written) => None,
                Some(twice) => {
                    let line = file.rows[twice.row].line;
                    return faults.push(file.fault(place.row, None, self.twice(written, line)));
                }
                None => Some(at),
            },
        };
        let at = at.unwrap_or_else(|| {
            let columns = self.file.columns().len();
            let mut cells = vec![String::new(); columns];
            for column in self.file.key() {
                let at = self.file.column(column).expect("a key is a column");
                cells[at].clone_from(&written.cells[at]);
            }
            self.add(cells, None)
        });
        let merged = &mut self.rows[at];
        merged.own.push(place);
        let own = merged.own.len() - 1;
        for (at, cell) in written.cells.iter().enumerate().filter(|(_, cell)| !cell.is_empty()) {
            let is_known_by = self.file.key().contains(&self.file.columns()[at]);
            if !is_known_by || merged.builtin.is_none() {
                merged.by[at] = Some(own);
            }
            if !is_known_by {
                merged.cells[at] = if cell == EMPTY { String::new() } else { cell.clone() };
            }
        }
    }

    /// The row of the same key: the one that is the same in all that tells rows apart, else the only one that does not
    /// differ in what is written of that.
    fn fit(&self, written: &Written) -> Fit {
        let Some(all) = self.by_key.get(&self.key(&written.cells)) else { return Fit::New };
        let says = |column: &str| self.cell(&written.cells, column);
        let plain = |cell: &str| if cell == EMPTY { "" } else { cell }.to_owned();
        let is_same = |at: usize, column: &str| plain(says(column)) == self.cell(&self.rows[at].cells, column);
        let exact: Vec<usize> =
            all.iter().copied().filter(|at| self.file.apart().iter().all(|column| is_same(*at, column))).collect();
        let last = self.file.last_resort().filter(|column| !says(column).is_empty());
        if exact.len() > 1 {
            let Some(column) = last else { return Fit::Several(exact) };
            let one = exact.into_iter().find(|at| is_same(*at, column));
            return one.map_or(Fit::New, Fit::One);
        }
        if let [one] = exact[..] {
            return Fit::One(one);
        }
        let fits = |at: &usize| self.file.apart().iter().all(|column| says(column).is_empty() || is_same(*at, column));
        let loose: Vec<usize> = all.iter().copied().filter(fits).collect();
        match loose[..] {
            [] => Fit::New,
            [one] => Fit::One(one),
            _ => Fit::Several(loose),
        }
    }

    /// Whether the row says something else than another in what tells rows apart as a last resort.
    fn differs(&self, at: usize, written: &Written) -> bool {
        self.file.last_resort().is_some_and(|column| {
            let says = self.cell(&written.cells, column);
            !says.is_empty() && says != self.cell(&self.rows[at].cells, column)
        })
    }

    fn twice(&self, written: &Written, line: u64) -> String {
        match self.file {
            DataFile::Products => format!("`{}` is there twice", self.cell(&written.cells, "id")),
            _ => format!("the same row stands in line {line}"),
        }
    }

    fn unclear(&self, file: &Parsed<'_>, row: usize, among: &[usize]) -> CatalogError {
        let columns: Vec<&str> = self.file.apart().iter().copied().chain(self.file.last_resort()).collect();
        let values = |column: &str| -> Vec<&str> {
            let mut all: Vec<&str> = among.iter().map(|at| self.cell(&self.rows[*at].cells, column)).collect();
            all.sort_unstable();
            all.dedup();
            all
        };
        // Of columns that tell as many rows apart the first.
        let column = columns.into_iter().rev().max_by_key(|column| values(column).len());
        let message = format!("it fits {} rows of the catalog", among.len());
        let help = column.map(|column| {
            let said = |value: &&str| if value.is_empty() { format!("`{EMPTY}`") } else { format!("`{value}`") };
            let values: Vec<String> = values(column).iter().take(8).map(said).collect();
            format!(
                "say under `{column}` which one is meant: {}; another word there makes a row of its own",
                values.join(", ")
            )
        });
        CatalogError { help, ..file.fault(row, column, message) }
    }

    /// Rows of one's own as what they mean; what is wrong with a cell goes to `faults`, at the row that wrote it.
    pub(super) fn typed<T: Record>(&self, parsed: &[Parsed<'_>], faults: &mut Vec<CatalogError>) -> Vec<Typed<T>> {
        let mut found = Vec::new();
        for merged in &self.rows {
            let Some(last) = merged.own.last() else { continue };
            match T::of(&StringRecord::from(merged.cells.clone()), true) {
                Ok(row) => {
                    let own = self.decided(merged, parsed);
                    found.push(Typed { row, builtin: merged.builtin, place: *last, own });
                }
                Err(wrong) => faults.extend(wrong.into_iter().map(|fault| {
                    let place = merged.by[fault.at].map_or(*last, |own| merged.own[own]);
                    let column = self.file.columns()[fault.at];
                    let help = fault.near.map(|near| format!("did you mean `{near}`?"));
                    CatalogError { help, ..parsed[place.file].fault(place.row, Some(column), fault.message) }
                })),
            }
        }
        found
    }

    /// The cells of one's own.
    pub(super) fn own_cells(&self) -> impl Iterator<Item = OwnCell> {
        self.rows.iter().filter(|merged| !merged.own.is_empty()).flat_map(move |merged| {
            let known_by = self.file.key().iter().chain(self.file.apart());
            let parts = known_by.map(|column| self.cell(&merged.cells, column)).filter(|cell| !cell.is_empty());
            let row = parts.collect::<Vec<_>>().join(" ");
            let decided = merged.by.iter().enumerate().filter(|(_, by)| by.is_some());
            decided.map(move |(at, _)| OwnCell {
                row: row.clone(),
                column: self.file.columns()[at],
                value: merged.cells[at].clone(),
            })
        })
    }

    fn decided(&self, merged: &Merged, parsed: &[Parsed<'_>]) -> Vec<OwnRow> {
        let of = |(at, place): (usize, &Place)| {
            let decided = merged.by.iter().enumerate().filter(|(_, by)| **by == Some(at));
            let file = &parsed[place.file];
            OwnRow {
                file: file.own.name.to_owned(),
                line: file.rows[place.row].line,
                columns: decided.map(|(column, _)| self.file.columns()[column].to_owned()).collect(),
            }
        };
        merged.own.iter().enumerate().map(of).filter(|row| !row.columns.is_empty()).collect()
    }
}
