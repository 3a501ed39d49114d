//! A table as a grid of cells: a column with ranges takes three, formulas find their cells, totals stand above.

use std::collections::{BTreeMap, BTreeSet};

use super::cell::{Value, fitting};
use super::formula::{keys, name_of, place, placed};
use crate::report::say;
use crate::report::tables::{Amount, Bound, Cell, Column, Kind, Rank, Row, Table};

/// Most rows written of a table.
const MOST_ROWS: usize = 1_000_000;

/// Which number of a quantity a column of the grid holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum End {
    Low,
    Likely,
    High,
}

/// A column of the grid.
#[derive(Debug)]
pub(super) struct Placed<'t> {
    column: &'t Column,
    /// Its place among the columns of the table.
    index: usize,
    end: End,
    /// Its heading, unlike all others of the table.
    pub(super) heading: String,
}

/// A table with the places of its cells. Rows count from 0: the heading stands in `head`, the first row beneath it.
#[derive(Debug)]
pub(super) struct Grid<'t> {
    pub(super) table: &'t Table,
    pub(super) columns: Vec<Placed<'t>>,
    head: u32,
    /// Where the likely value of each key stands.
    places: BTreeMap<&'t str, u16>,
}

impl Placed<'_> {
    pub(super) fn kind(&self) -> Kind {
        self.column.kind
    }

    /// The column of the table, and what a row has in it, where this is the place for the likely value.
    pub(super) fn cell_of<'r>(&self, row: &'r Row) -> Option<(&Column, &'r Cell)> {
        let cell = row.cells.get(self.index).filter(|_| self.end == End::Likely)?;
        Some((self.column, cell))
    }

    /// Whether it is for those who look closely.
    pub(super) fn is_detail(&self) -> bool {
        self.column.rank == Rank::Detail
    }
}

impl<'t> Grid<'t> {
    /// The grid of a table whose heading stands in the row `head`.
    pub(super) fn of(table: &'t Table, head: u32) -> Self {
        let mut columns = Vec::new();
        for (index, column) in table.columns.iter().enumerate() {
            let has_range = column.kind.is_number() && table.rows.iter().any(|row| has_range(column.kind, row, index));
            let ends: &[End] = if has_range { &[End::Likely, End::Low, End::High] } else { &[End::Likely] };
            columns.extend(ends.iter().map(|end| Placed { column, index, end: *end, heading: String::new() }));
        }
        let mut taken = BTreeSet::new();
        for placed in &mut columns {
            placed.heading = heading(placed, &mut taken);
        }
        let likely = columns.iter().enumerate().filter(|(_, placed)| placed.end == End::Likely);
        let places = likely.map(|(at, placed)| (placed.column.key, at as u16)).collect();
        Self { table, columns, head, places }
    }

    /// The rows that are written.
    pub(super) fn rows(&self) -> &'t [Row] {
        &self.table.rows[..self.table.rows.len().min(MOST_ROWS)]
    }

    /// The row of the last entry; that of the heading where there is none.
    pub(super) fn last(&self) -> u32 {
        self.head + self.rows().len() as u32
    }

    /// The value of a column in the row `at` of the table.
    pub(super) fn value(&self, at: usize, column: &Placed<'t>) -> Value {
        let row = &self.rows()[at];
        let cell = row.cells.get(column.index).unwrap_or(&Cell::Empty);
        let place = self.head + 1 + at as u32;
        match column.end {
            End::Likely => Value::of(column.kind(), cell).computed_by(self.formula(column.column, row, cell, place)),
            End::Low | End::High => self.end(column, row, cell, place),
        }
    }

    /// The low or the high end, which keeps its proportion to a likely value that is computed.
    fn end(&self, column: &Placed<'t>, row: &Row, cell: &Cell, place: u32) -> Value {
        let kind = kind_of(cell, column.kind());
        // A number that has no range needs no ends.
        let Some(amount) = cell.amount().filter(|amount| is_range(kind, *amount)) else { return Value::Blank };
        let number = if column.end == End::Low { amount.low } else { amount.high };
        if number.is_infinite() {
            return Value::Blank;
        }
        let value = Value::of(kind, &Cell::Amount(Amount::of(number)));
        let share = number / amount.likely;
        let is_live = self.formula(column.column, row, cell, place).is_some() && share.is_finite();
        value.computed_by(is_live.then(|| format!("={}*{share}", self.place(column.column.key, place))))
    }

    /// The formula of a cell in the row `place`, where it has one and all that it names is known.
    fn formula(&self, column: &Column, row: &Row, cell: &Cell, place: u32) -> Option<String> {
        let is_known = |key: &str| {
            let index = self.table.columns.iter().position(|column| column.key == key);
            let cell = index.and_then(|index| row.cells.get(index));
            let amount = cell.and_then(Cell::amount);
            amount.is_some_and(|amount| amount.bound != Bound::Between && amount.likely.is_finite())
        };
        let own = row.formulas.iter().find(|(key, _)| *key == column.key).map(|(_, formula)| formula.as_str());
        let formula = match (cell, own) {
            (Cell::Linked(_, formula), _) => formula.as_str(),
            (Cell::Amount(_) | Cell::Measured(..), Some(own)) => own,
            // Words are looked up only where a row says so.
            (Cell::Text(_) | Cell::Name(_) | Cell::List(_) | Cell::Missing(_), Some(own)) => own,
            (Cell::Amount(_) | Cell::Measured(..), None) => column.formula.filter(|of| keys(of).all(is_known))?,
            _ => return None,
        };
        placed(formula, place, |key| self.places.get(key).copied())
    }

    /// The cells of the likely values of a column, first and last; none without rows.
    pub(super) fn cells_of(&self, key: &str) -> Option<[(u32, u16); 2]> {
        let column = *self.places.get(key)?;
        (!self.rows().is_empty()).then_some([(self.head + 1, column), (self.last(), column)])
    }

    /// What a row is about stays in sight: its first words, and the numbers before them.
    pub(super) fn named(&self) -> usize {
        self.columns.iter().position(|column| column.kind() == Kind::Words).unwrap_or(0)
    }

    /// The row of its headings.
    pub(super) fn head(&self) -> u32 {
        self.head
    }

    fn place(&self, key: &str, row: u32) -> String {
        place(row, self.places.get(key).copied().unwrap_or_default())
    }

    /// The totals, one value for each column; none where nothing is totalled.
    pub(super) fn totals(&self) -> Option<Vec<Value>> {
        let is_summed = self.table.columns.iter().any(|column| column.is_summed);
        if self.rows().is_empty() || !(is_summed || self.table.foot.is_some()) {
            return None;
        }
        let mut values: Vec<Value> = self.columns.iter().enumerate().map(|(at, _)| self.total(at)).collect();
        if let Some(first) = values.first_mut().filter(|first| self.table.foot.is_none() && **first == Value::Blank) {
            *first = Value::Words("Total of the rows shown".to_owned());
        }
        Some(values)
    }

    fn total(&self, at: usize) -> Value {
        let column = &self.columns[at];
        let foot = self.table.foot.as_ref().map(|row| row.cells.get(column.index).unwrap_or(&Cell::Empty));
        match (foot, column.end) {
            (Some(Cell::Empty) | None, End::Likely) if column.column.is_summed => self.sum(at),
            (Some(Cell::Linked(_, formula)), End::Likely) => {
                let cell = foot.unwrap_or(&Cell::Empty);
                Value::of(column.kind(), cell).computed_by(placed(formula, self.head, |_| None))
            }
            (Some(cell), End::Likely) => Value::of(column.kind(), cell),
            (Some(cell), _) => {
                let amount = cell.amount().filter(|amount| is_range(column.kind(), *amount));
                let number = amount.map(|amount| if column.end == End::Low { amount.low } else { amount.high });
                number.map_or(Value::Blank, |number| Value::of(column.kind(), &Cell::Amount(Amount::of(number))))
            }
            (None, _) => Value::Blank,
        }
    }

    /// The sum of the rows that the filter shows: at least that where a row is not known or only at least known, and not
    /// known where nothing is known of any.
    fn sum(&self, at: usize) -> Value {
        let column = &self.columns[at];
        let cells = || self.rows().iter().map(|row| row.cells.get(column.index).unwrap_or(&Cell::Empty));
        let has = |bound: Bound| cells().filter_map(Cell::amount).any(|amount| amount.bound == bound);
        let is_open = cells().any(|cell| *cell == Cell::NotKnown) || has(Bound::Between);
        let numbers = (0..self.rows().len()).filter_map(|row| match self.value(row, column) {
            Value::Number(number, _) | Value::Computed { result: number, .. } => Some(number),
            _ => None,
        });
        let numbers: Vec<f64> = numbers.collect();
        let sum: f64 = numbers.iter().sum();
        let is_least = is_open || has(Bound::AtLeast);
        // Nothing but zeros beside what is not known says nothing of the sum, nor does a lower bound beside an upper one.
        if is_least && (sum <= 0.0 || has(Bound::AtMost)) {
            return Value::of(column.kind(), &Cell::NotKnown);
        }
        let bound = if has(Bound::AtMost) { Bound::AtMost } else { Bound::least_if(is_least) };
        let amount = Amount { bound, ..Amount::of(sum) };
        let (from, to) = (place(self.head + 1, at as u16), place(self.last(), at as u16));
        let formula = format!("=SUBTOTAL(109,{from}:{to})");
        Value::of(column.kind(), &Cell::Amount(amount)).computed_by(Some(formula))
    }

    /// The columns that `wanted` names, or that are totalled, with the cells they stand for.
    pub(super) fn names(&self, wanted: &BTreeSet<String>) -> Vec<(String, String)> {
        let named = |(at, placed): (usize, &Placed<'_>)| {
            let name = name_of(self.table.id, placed.column.key);
            let is_asked = placed.column.is_summed || wanted.contains(&name);
            let letters = super::formula::letters(at as u16);
            let cells = format!("${letters}${}:${letters}${}", self.head + 2, self.last() + 1);
            (placed.end == End::Likely && is_asked).then_some((name, cells))
        };
        let columns = self.columns.iter().enumerate();
        if self.rows().is_empty() { Vec::new() } else { columns.filter_map(named).collect() }
    }
}

fn has_range(kind: Kind, row: &Row, index: usize) -> bool {
    let cell = row.cells.get(index).unwrap_or(&Cell::Empty);
    cell.amount().is_some_and(|amount| is_range(kind_of(cell, kind), amount))
}

/// Whether the ends of a quantity differ as they are shown.
fn is_range(kind: Kind, amount: Amount) -> bool {
    amount.bound == Bound::Value && say::spread(kind, amount).is_some()
}

/// What a cell of a column of this kind holds.
fn kind_of(cell: &Cell, kind: Kind) -> Kind {
    if let Cell::Measured(own, _) = cell { *own } else { kind }
}

/// A heading unlike those `taken`, letters' case aside: two columns of an Excel table cannot have one name.
fn heading(placed: &Placed<'_>, taken: &mut BTreeSet<String>) -> String {
    let own: String = fitting(&placed.column.heading).chars().take(200).collect();
    let own = if own.is_empty() { "Number".to_owned() } else { own };
    let name = match placed.end {
        End::Likely => own,
        End::Low => format!("{own}: low"),
        End::High => format!("{own}: high"),
    };
    let mut unique = name.clone();
    let mut number = 2;
    while !taken.insert(unique.to_lowercase()) {
        unique = format!("{name} {number}");
        number += 1;
    }
    unique
}
