//! Rows of one's own over the catalog: files in the shape of the data files, put over these cell by cell.
//!
//! An empty cell, or a column that is not there, leaves what the program has; a `-` empties the cell; a row that fits none
//! is added. Files come one after the other, and the last word counts. What a row decided it is named for: see
//! [`Source::own`](super::Source).

mod check;
mod merge;
mod parse;
mod template;

use std::sync::Arc;

use super::connector::Connector;
use super::file::DataFile;
use super::lookup::Catalog;
use super::names::{self, Names};
use super::product::{Product, Suite};
use super::quota::Quota;
use super::read::CatalogError;
use check::Check;
use merge::{Place, Table, Typed};
use parse::{Parsed, parse};

/// A data file of one's own. Which one it stands for is known by its name (`products.csv`), else by its columns.
#[derive(Clone, Copy, Debug)]
pub struct OwnFile<'a> {
    /// As it is named where a row of it decided something.
    pub name: &'a str,
    /// Its text, header line first.
    pub text: &'a str,
}

/// The catalog under rows of one's own, and what is wrong with these.
#[derive(Clone, Debug)]
pub struct Overlaid {
    /// The catalog with every row that nothing is wrong with.
    pub catalog: Catalog,
    /// Rows that were read.
    pub rows: usize,
    /// New rows that name no page: their file is their source.
    pub without_page: usize,
    /// New rows without a date: they count with one step less confidence.
    pub without_date: usize,
    /// Everything that is wrong, in the order of the files and lines.
    pub faults: Vec<CatalogError>,
}

/// Rows of one's own, as what they mean; a place is that of the row of the program which they replace.
#[derive(Default)]
pub(super) struct OwnRows {
    pub(super) products: Vec<Product>,
    pub(super) suites: Vec<Suite>,
    pub(super) quotas: Vec<(Option<usize>, Quota)>,
    pub(super) connectors: Vec<(Option<usize>, Connector)>,
    pub(super) names: Option<Arc<Names>>,
    pub(super) cells: Vec<OwnCell>,
}

/// A cell of one's own.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct OwnCell {
    /// What its row is about: the cells by which it is known.
    pub row: String,
    /// Its column.
    pub column: &'static str,
    /// What stands there; empty where the cell is emptied.
    pub value: String,
}

impl Catalog {
    /// The catalog that is compiled in under the rows of `files`, in this order.
    ///
    /// Every row is judged: cells can be read; names stand for one product; ends exist and differ; no row is in a file
    /// twice; limits can be computed with; an address that is there can be opened. What a row leaves out is the
    /// program's, and for a new row: `active`, `documented`, its file as the source, and no date.
    #[must_use]
    pub fn with_own(files: &[OwnFile<'_>]) -> Overlaid {
        Self::overlaid(files, false)
    }

    /// The same with one rule more, for files that people share: rows are sorted by their keys.
    #[must_use]
    pub fn check(files: &[OwnFile<'_>]) -> Overlaid {
        Self::overlaid(files, true)
    }

    fn overlaid(files: &[OwnFile<'_>], is_sorted: bool) -> Overlaid {
        let base = Self::builtin();
        let mut faults = Vec::new();
        let parsed: Vec<Parsed<'_>> = files.iter().filter_map(|own| parse(*own, &mut faults)).collect();
        let mut rows = OwnRows::default();
        let mut check = Check::of(base, &parsed);
        let mut cells = Vec::new();
        let products: Vec<Typed<Product>> = typed(DataFile::Products, &parsed, &mut faults, &mut cells);
        check.products = products.into_iter().map(|one| with_own(one, |row| &mut row.source.own)).collect();
        let connectors: Vec<Typed<Connector>> = typed(DataFile::Connectors, &parsed, &mut faults, &mut cells);
        check.connectors = connectors.into_iter().map(|one| with_own(one, |row| &mut row.source.own)).collect();
        let quotas: Vec<Typed<Quota>> = typed(DataFile::Quotas, &parsed, &mut faults, &mut cells);
        check.quotas = quotas.into_iter().map(|one| with_own(one, |row| &mut row.source.own)).collect();
        let suites: Vec<Typed<Suite>> = typed(DataFile::Suites, &parsed, &mut faults, &mut cells);
        check.suites = suites.into_iter().map(|one| with_own(one, |row| &mut row.source.own)).collect();
        check.names = typed(DataFile::Names, &parsed, &mut faults, &mut cells);
        let (without_page, without_date) = check.run(is_sorted, &mut faults);
        rows.cells = cells;
        rows.cells.sort_unstable();
        let Check { products, connectors, quotas, suites, names, .. } = check;
        if !names.is_empty() {
            rows.names = Some(Arc::new(names::with(names.into_iter().map(|one| one.row))));
        }
        rows.products = products.into_iter().map(|one| one.row).collect();
        rows.suites = suites.into_iter().map(|one| one.row).collect();
        rows.quotas = quotas.into_iter().map(|one| (one.builtin, one.row)).collect();
        rows.connectors = connectors.into_iter().map(|one| (one.builtin, one.row)).collect();
        let order = |fault: &CatalogError| (files.iter().position(|own| own.name == fault.file), fault.line);
        faults
            .sort_by(|a, b| order(a).cmp(&order(b)).then(a.span.cmp(&b.span)).then_with(|| a.message.cmp(&b.message)));
        let count = parsed.iter().map(|file| file.rows.len()).sum();
        Overlaid { catalog: base.with_rows(rows), rows: count, without_page, without_date, faults }
    }
}

/// The rows of one data file in all files.
fn typed<T: super::row::Record>(
    file: DataFile,
    parsed: &[Parsed<'_>],
    faults: &mut Vec<CatalogError>,
    cells: &mut Vec<OwnCell>,
) -> Vec<Typed<T>> {
    if !parsed.iter().any(|own| own.file == file) {
        return Vec::new();
    }
    let mut table = Table::of(file);
    for (at, own) in parsed.iter().enumerate().filter(|(_, own)| own.file == file) {
        for row in 0..own.rows.len() {
            table.put(parsed, Place { file: at, row }, faults);
        }
    }
    cells.extend(table.own_cells());
    table.typed(parsed, faults)
}

/// The row with the rows of one's own that decided its cells.
fn with_own<T>(mut one: Typed<T>, own: impl Fn(&mut T) -> &mut Vec<super::OwnRow>) -> Typed<T> {
    *own(&mut one.row) = std::mem::take(&mut one.own);
    one
}
