//! Links inside the workbook: from a name to the row of what it stands for.

use std::collections::BTreeMap;

use rust_xlsxwriter::Url;

use super::cell::fitting;
use super::formula::place;
use super::grid::Grid;
use super::page::head_of;
use crate::report::tables::{self, Cell, Column, Summary, Table};
use crate::source::CellPlace;

/// Most links that Excel takes on one sheet, with room for others.
const MOST: usize = 60_000;
/// What stands before the name of a list of inputs, which has the name of a table too.
const INPUTS: &str = "stack/";
/// Most characters of the words that appear over a link.
const TIP: usize = 250;

/// Where the rows of all tables stand, and the inputs of the first sheet.
pub(super) struct Links {
    /// Sheet and cell of each row, by table or list of inputs, and id.
    rows: BTreeMap<(String, String), Target>,
    /// The cells of inputs, by name.
    inputs: BTreeMap<String, Target>,
    written: usize,
}

/// A cell to go to.
#[derive(Clone, Debug)]
struct Target {
    sheet: String,
    place: String,
    said: String,
}

/// The key of a flow whose cell a reader corrects first.
const FIRST: &str = "minutes";

impl Links {
    /// The links of these tables, whose sheets are `named`, to the inputs of the summary, and to the cells of inputs before it.
    pub(super) fn of(
        tables: &[Table],
        named: impl Fn(&str) -> String,
        (summary, inputs): (&Summary, &[(String, String)]),
        cells: &BTreeMap<String, CellPlace>,
    ) -> Self {
        let mut rows = BTreeMap::new();
        for table in tables {
            let sheet = named(table.name);
            let head = head_of(table);
            let grid = Grid::of(table, head);
            let column = grid.named();
            for (at, row) in (head + 1..).zip(grid.rows()) {
                let words = grid.columns.get(column).and_then(|column| column.cell_of(row));
                let words = words.map(|(column, cell)| tables::cell(column.kind, cell).text()).unwrap_or_default();
                let said = format!("{sheet}: {words}");
                let target = Target { sheet: sheet.clone(), place: place(at, column as u16), said };
                // Of two rows of one id the first is meant.
                rows.entry((table.id.to_owned(), row.id.clone())).or_insert(target);
            }
        }
        for (key, cell) in cells {
            let Some((list, rest)) = key.split_once('/') else { continue };
            let Some((id, key)) = rest.rsplit_once('/').filter(|(id, _)| !id.is_empty()) else { continue };
            let at = place(cell.row.saturating_sub(1), cell.column.saturating_sub(1) as u16);
            let target = Target { sheet: cell.sheet.clone(), place: at, said: format!("{}: {id}", cell.sheet) };
            let entry = (format!("{INPUTS}{list}"), id.to_owned());
            if key == FIRST {
                rows.insert(entry, target);
            } else {
                rows.entry(entry).or_insert(target);
            }
        }
        let labels = summary.parts.iter().flat_map(|(_, facts)| facts).filter(|fact| fact.is_input());
        let label = |name: &str| labels.clone().find(|fact| fact.key == name).map(|fact| fact.label.clone());
        let input = |(name, place): &(String, String)| {
            let said = format!("Summary: {}", label(name)?);
            Some((name.clone(), Target { sheet: "Summary".to_owned(), place: place.replace('$', ""), said }))
        };
        Self { rows, inputs: inputs.iter().filter_map(input).collect(), written: 0 }
    }

    /// Begins a sheet.
    pub(super) fn begin(&mut self) {
        self.written = 0;
    }

    /// The link of a cell: to the first of what it names, in the tables that its column leads to; of a rate, to its input.
    pub(super) fn of_cell(&mut self, column: &Column, cell: &Cell) -> Option<Url> {
        if self.written >= MOST {
            return None;
        }
        let target = match cell {
            Cell::Linked(_, name) => self.inputs.get(name),
            _ => {
                let ids = cell.ids();
                let in_table = |table: &&'static str| {
                    ids.iter().find_map(|id| self.rows.get(&((*table).to_owned(), (*id).to_owned())))
                };
                column.leads.iter().find_map(in_table)
            }
        }?;
        let tip: String = fitting(&target.said).chars().take(TIP).collect();
        let url = Url::new(format!("internal:'{}'!{}", target.sheet.replace('\'', "''"), target.place)).set_tip(tip);
        self.written += 1;
        Some(url)
    }
}
