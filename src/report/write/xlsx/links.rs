//! Links inside the workbook: from a name to the row of what it stands for.

use std::collections::BTreeMap;

use rust_xlsxwriter::Url;

use super::cell::fitting;
use super::formula::place;
use super::grid::Grid;
use super::page::head_of;
use crate::report::tables::{self, Cell, Column, Summary, Table};

/// Most links that Excel takes on one sheet, with room for others.
const MOST: usize = 60_000;
/// Most characters of the words that appear over a link.
const TIP: usize = 250;

/// Where the rows of all tables stand, and the inputs of the first sheet.
pub(super) struct Links {
    /// Sheet and cell of each row, by table and id.
    rows: BTreeMap<(&'static str, String), Target>,
    /// The cells of inputs, by name.
    inputs: BTreeMap<String, Target>,
    written: usize,
}

/// A cell to go to.
#[derive(Clone, Debug)]
struct Target {
    sheet: &'static str,
    place: String,
    said: String,
}

impl Links {
    /// The links of these tables, and to those inputs.
    pub(super) fn of(tables: &[Table], summary: &Summary, inputs: &[(String, String)]) -> Self {
        let mut rows = BTreeMap::new();
        for table in tables {
            let head = head_of(table);
            let grid = Grid::of(table, head);
            let column = grid.named();
            for (at, row) in (head + 1..).zip(grid.rows()) {
                let named = grid.columns.get(column).and_then(|column| column.cell_of(row));
                let named = named.map(|(column, cell)| tables::cell(column.kind, cell).text()).unwrap_or_default();
                let said = format!("{}: {named}", table.name);
                let target = Target { sheet: table.name, place: place(at, column as u16), said };
                // Of two rows of one id the first is meant.
                rows.entry((table.id, row.id.clone())).or_insert(target);
            }
        }
        let labels = summary.parts.iter().flat_map(|(_, facts)| facts).filter(|fact| fact.is_input());
        let label = |name: &str| labels.clone().find(|fact| fact.key == name).map(|fact| fact.label.clone());
        let input = |(name, place): &(String, String)| {
            let said = format!("Summary: {}", label(name)?);
            Some((name.clone(), Target { sheet: "Summary", place: place.replace('$', ""), said }))
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
                let ids = ids(cell);
                let in_table =
                    |table: &&'static str| ids.iter().find_map(|id| self.rows.get(&(*table, (*id).to_owned())));
                column.leads.iter().find_map(in_table)
            }
        }?;
        let tip: String = fitting(&target.said).chars().take(TIP).collect();
        let url = Url::new(format!("internal:'{}'!{}", target.sheet.replace('\'', "''"), target.place)).set_tip(tip);
        self.written += 1;
        Some(url)
    }
}

/// The ids that a cell names, in order.
fn ids(cell: &Cell) -> Vec<&str> {
    match cell {
        Cell::Name(named) => vec![&named.id],
        Cell::Code(id) => vec![id],
        Cell::List(cells) => cells.iter().flat_map(ids).collect(),
        _ => Vec::new(),
    }
}
