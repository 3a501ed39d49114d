//! The rows of our sheets, each cell under its column and with its place.

use std::collections::{BTreeMap, BTreeSet};

use super::columns::{Holds, Rows, Sheet, settings, sheets};
use super::own::key_of;
use super::raw::{Raw, RawSheet};
use super::value::Value;
use super::vocabulary::{folded, word_of};
use crate::catalog::fields_of;
use crate::model::Mechanism;
use crate::model::shape::Takes;
use crate::source::{CellText, Diagnostic, Diagnostics, Span, nearest};

/// What a cell of a row is.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Slot {
    /// In this column of the sheet.
    Known(usize),
    /// In a column of people's own, by its key.
    Own(String),
}

/// A cell and where it stands.
#[derive(Clone, Debug)]
pub(super) struct Cell {
    pub(super) value: Value,
    pub(super) span: Span,
}

/// A row of a sheet.
#[derive(Clone, Debug)]
pub(super) struct Row {
    /// Its first cell.
    pub(super) start: Span,
    /// Filled cells, and empty ones that are asked for.
    pub(super) cells: BTreeMap<Slot, Cell>,
    /// Keys that an answer on the sheet of questions fills.
    pub(super) answered: Vec<String>,
}

/// A sheet with its rows.
#[derive(Debug)]
pub(super) struct Table {
    pub(super) sheet: &'static Sheet,
    pub(super) rows: Vec<Row>,
    /// Where its headings stand; of a sheet that is missing, nothing.
    pub(super) head: Option<Span>,
    /// What the file calls the sheet.
    pub(super) name: String,
    /// The number of each of our columns that it has.
    pub(super) numbers: BTreeMap<usize, u32>,
    /// Headings of people's own, and where they stand.
    pub(super) own: Vec<(String, Span)>,
    /// Whether it lacks a column without which its rows say nothing.
    pub(super) is_cut: bool,
}

/// A setting as it stands in the workbook.
#[derive(Clone, Debug)]
pub(super) struct Given {
    pub(super) path: Vec<String>,
    pub(super) takes: Takes,
    pub(super) cell: Cell,
}

/// How far down the headings of a sheet are looked for: people put titles above.
const HEADINGS_WITHIN: u32 = 10;

impl Row {
    /// The filled cell in the column `at`.
    pub(super) fn filled(&self, at: Option<usize>) -> Option<&Cell> {
        self.cells.get(&Slot::Known(at?)).filter(|cell| !cell.value.is_empty())
    }

    /// Its text, without space around it.
    pub(super) fn text(&self, at: Option<usize>) -> String {
        self.filled(at).map(|cell| cell.value.text().trim().to_owned()).unwrap_or_default()
    }

    /// Where the cell in the column `at` stands, filled or not; else where the row begins.
    pub(super) fn place(&self, at: Option<usize>) -> Span {
        at.and_then(|at| self.cells.get(&Slot::Known(at))).map_or(self.start, |cell| cell.span)
    }
}

/// Writes the rows of all sheets down, and tells what each cell is.
pub(super) fn tables(raw: &Raw, text: &mut CellText, problems: &mut Diagnostics) -> Vec<Table> {
    let tables = sheets().iter().filter(|sheet| sheet.rows != Rows::Settings);
    tables.map(|sheet| table(sheet, raw.sheets.get(sheet.name), text, problems)).collect()
}

fn table(sheet: &'static Sheet, raw: Option<&RawSheet>, text: &mut CellText, problems: &mut Diagnostics) -> Table {
    let mut table = Table {
        sheet,
        rows: Vec::new(),
        head: None,
        name: String::new(),
        numbers: BTreeMap::new(),
        own: Vec::new(),
        is_cut: false,
    };
    let Some(raw) = raw else { return table };
    let called = Called::of(sheet);
    let Some((head, headings)) = headings(&called, raw) else { return table };
    let slots = slots(&called, raw, head, headings, text, problems, &mut table);
    table.name.clone_from(&raw.name);
    let known = |(number, (slot, _)): (&u32, &(Slot, String))| match slot {
        Slot::Known(at) => Some((*at, *number)),
        Slot::Own(_) => None,
    };
    table.numbers = slots.iter().filter_map(known).collect();
    for (number, cells) in raw.rows.range(head + 1..) {
        if let Some(row) = row(sheet, &raw.name, *number, cells, &slots, text) {
            table.rows.push(row);
        }
    }
    table
}

/// The row of the headings: of the first rows the one that has most of ours.
fn headings<'r>(called: &Called<'_>, raw: &'r RawSheet) -> Option<(u32, &'r BTreeMap<u32, Value>)> {
    let known =
        |cells: &BTreeMap<u32, Value>| cells.values().filter(|value| called.column(&value.text()).is_some()).count();
    let first = raw.rows.range(..=HEADINGS_WITHIN);
    first.map(|(row, cells)| (*row, cells)).max_by_key(|(row, cells)| (known(cells), std::cmp::Reverse(*row)))
}

/// What the columns of a sheet are called: by our word for them, else by the key of a stack file.
struct Called<'s> {
    sheet: &'s Sheet,
    columns: BTreeMap<String, usize>,
}

impl<'s> Called<'s> {
    fn of(sheet: &'s Sheet) -> Self {
        let headings = sheet.columns.iter().enumerate().map(|(at, column)| (folded(&column.heading), at));
        let stated = sheet.columns.iter().enumerate().filter(|(_, column)| !column.path.is_empty());
        let mut columns = BTreeMap::new();
        for (name, at) in headings.chain(stated.map(|(at, column)| (folded(&column.key()), at))) {
            columns.entry(name).or_insert(at);
        }
        Self { sheet, columns }
    }

    /// The column that a heading names.
    fn column(&self, heading: &str) -> Option<usize> {
        self.columns.get(&folded(heading)).copied()
    }
}

/// What the columns of a sheet are, by number. Headings that are near to ours, stand twice or are missing are told.
fn slots(
    called: &Called<'_>,
    raw: &RawSheet,
    head: u32,
    headings: &BTreeMap<u32, Value>,
    text: &mut CellText,
    problems: &mut Diagnostics,
    table: &mut Table,
) -> BTreeMap<u32, (Slot, String)> {
    let mut slots: BTreeMap<u32, (Slot, String)> = BTreeMap::new();
    let sheet = called.sheet;
    let there: BTreeSet<usize> = headings.values().filter_map(|heading| called.column(&heading.text())).collect();
    let missing: Vec<usize> = (0..sheet.columns.len()).filter(|at| !there.contains(at)).collect();
    let mut misspelt: BTreeSet<&str> = BTreeSet::new();
    text.line(&raw.name, head);
    for (number, heading) in headings {
        let heading = heading.text().trim().to_owned();
        let span = text.cell(*number, "", &heading);
        table.head.get_or_insert(span);
        let slot = match called.column(&heading) {
            Some(at) => Slot::Known(at),
            None => {
                let near = nearest(&heading, missing.iter().map(|at| sheet.columns[*at].heading.as_str()));
                if let Some(near) = near {
                    misspelt.insert(near);
                    let message = format!("no column of {} is called `{heading}`", sheet.name);
                    problems.push(Diagnostic::error("unknown-heading", span, message).nearest(Some(near)));
                    continue;
                }
                let meant =
                    fields_of(&heading).find_map(|field| missing.iter().find(|at| sheet.columns[**at].means(field)));
                if let Some(at) = meant.copied().filter(|at| !slots.values().any(|(slot, _)| *slot == Slot::Known(*at)))
                {
                    problems.push(read_as(sheet, &heading, &sheet.columns[at].heading, span));
                    slots.insert(*number, (Slot::Known(at), heading));
                    continue;
                }
                // Entries take keys of one's own, other rows do not.
                let takes_own = matches!(sheet.rows, Rows::Entries(_) | Rows::Flows);
                match key_of(&heading).filter(|_| takes_own) {
                    Some(key) => {
                        table.own.push((heading.clone(), span));
                        Slot::Own(key)
                    }
                    None => {
                        let message = format!("the column `{heading}` of {} is not read", sheet.name);
                        problems.push(
                            Diagnostic::warning("column-not-read", span, message)
                                .help("columns of your own are kept on Systems, Flows, Data, Teams and Processes"),
                        );
                        continue;
                    }
                }
            }
        };
        if slots.values().any(|(known, _)| *known == slot) {
            let message = format!("two columns of {} are called `{heading}`", sheet.name);
            problems
                .push(Diagnostic::error("duplicate-heading", span, message).help("give one of the two another name"));
            continue;
        }
        slots.insert(*number, (slot, heading));
    }
    for at in missing {
        let column = &sheet.columns[at];
        let is_filled = raw.rows.range(head + 1..).next().is_some();
        // A missing need of processes may name another process.
        let is_read = slots.values().any(|(slot, _)| *slot == Slot::Known(at));
        if column.is_needed && is_filled && !is_read {
            table.is_cut = true;
            // Its heading has been told already.
            if misspelt.contains(column.heading.as_str()) {
                continue;
            }
            let message = format!("{} has no column `{}`", sheet.name, column.heading);
            let help = format!("add the heading `{}` to row {head}. {}", column.heading, column.doc);
            problems.push(Diagnostic::error("missing-heading", table.head.unwrap_or_default(), message).help(help));
        }
    }
    slots
}

/// A heading of other words than ours, which can be one column only.
fn read_as(sheet: &Sheet, heading: &str, ours: &str, span: Span) -> Diagnostic {
    Diagnostic::warning("heading-read", span, format!("`{heading}` is read as the column `{ours}` of {}", sheet.name))
        .help(format!("write `{ours}`; a column of your own takes another name"))
        .instead(span, ours, "")
}

/// Writes a row down. Nothing where all that people fill in is empty.
fn row(
    sheet: &Sheet,
    name: &str,
    number: u32,
    cells: &BTreeMap<u32, Value>,
    slots: &BTreeMap<u32, (Slot, String)>,
    text: &mut CellText,
) -> Option<Row> {
    let is_filled = |column: &u32| cells.get(column).is_some_and(|value| !value.is_empty());
    let is_content = |(column, (slot, _)): &(&u32, &(Slot, String))| {
        let is_grey = matches!(slot, Slot::Known(at) if sheet.columns[*at].is_grey());
        is_filled(column) && !is_grey
    };
    let has_id = slots
        .iter()
        .any(|(column, (slot, _))| Some(slot) == sheet.id_column().map(Slot::Known).as_ref() && is_filled(column));
    if !slots.iter().any(|one| is_content(&one)) && !has_id {
        return None;
    }
    let is_asked = |slot: &Slot| {
        let Slot::Known(at) = slot else { return false };
        let column = &sheet.columns[*at];
        column.is_needed || (column.key() == "performer" && is_manual(sheet, cells, slots))
    };
    text.line(name, number);
    let mut row = Row { start: Span::default(), cells: BTreeMap::new(), answered: Vec::new() };
    for (column, (slot, heading)) in slots {
        let value = cells.get(column).cloned().unwrap_or_default();
        if value.is_empty() && !is_asked(slot) {
            continue;
        }
        let span = text.cell(*column, heading, &value.text());
        if row.cells.is_empty() {
            row.start = span;
        }
        row.cells.insert(slot.clone(), Cell { value, span });
    }
    Some(row)
}

/// Whether the mechanism of a row is one that a person performs.
fn is_manual(sheet: &Sheet, cells: &BTreeMap<u32, Value>, slots: &BTreeMap<u32, (Slot, String)>) -> bool {
    let how = sheet.of_key("mechanism").map(Slot::Known);
    let column = slots.iter().find(|(_, (slot, _))| Some(slot) == how.as_ref()).map(|(column, _)| column);
    let said = column.and_then(|column| cells.get(column)).map(Value::text).unwrap_or_default();
    let words: Vec<&str> = Mechanism::ALL.iter().map(|one| one.as_str()).collect();
    word_of(&words, &said).and_then(Mechanism::parse).is_some_and(Mechanism::is_manual)
}

/// Writes the settings down, and tells which they are.
pub(super) fn given(raw: &Raw, text: &mut CellText, problems: &mut Diagnostics) -> Vec<Given> {
    let mut given: Vec<Given> = Vec::new();
    let Some(sheet) = raw.sheets.get("Settings") else { return given };
    let column = |word: &str, usual: u32| {
        let of = |cells: &BTreeMap<u32, Value>| {
            cells.iter().find(|(_, value)| folded(&value.text()) == word).map(|(at, _)| *at)
        };
        sheet.rows.range(..=HEADINGS_WITHIN).find_map(|(row, cells)| Some((*row, of(cells)?))).unwrap_or((1, usual))
    };
    let ((head, label), (_, value), (_, key)) = (column("setting", 1), column("value", 2), column("key", 4));
    for (number, cells) in sheet.rows.range(head + 1..) {
        let said = |at: u32| cells.get(&at).map(|value| value.text().trim().to_owned()).unwrap_or_default();
        let (label, key) = (said(label), said(key));
        if label.is_empty() && key.is_empty() {
            continue;
        }
        text.line(&sheet.name, *number);
        let content = cells.get(&value).cloned().unwrap_or_default();
        let shown = if label.is_empty() { key.clone() } else { label.clone() };
        let span = text.cell(value, &shown, &content.text());
        let known = settings().iter().find(|one| one.key() == key);
        let known = known.or_else(|| settings().iter().find(|one| folded(&one.label) == folded(&label)));
        let (path, takes) = match known {
            Some(one) => (one.path.iter().map(|key| (*key).to_owned()).collect(), one.takes),
            None if super::own::is_own(&label) || super::own::is_own(&key) => {
                let key = if super::own::is_own(&key) { key } else { label };
                (vec![key], Takes::Extra)
            }
            None if content.is_empty() => continue,
            None => {
                let near = nearest(&label, settings().iter().map(|one| one.label.as_str()));
                let message = format!("there is no setting `{shown}`");
                let problem = Diagnostic::error("unknown-setting", span, message);
                problems.push(match near {
                    Some(near) => problem.help(format!("did you mean `{near}`?")),
                    None => problem.help("settings of your own begin with `x-`; else remove the row"),
                });
                continue;
            }
        };
        if given.iter().any(|one| one.path == path) {
            if !content.is_empty() {
                let message = format!("the setting `{shown}` is given twice");
                problems.push(Diagnostic::error("duplicate-setting", span, message).help("remove one of the two rows"));
            }
            continue;
        }
        given.push(Given { path, takes, cell: Cell { value: content, span } });
    }
    given
}

/// The column that holds the name of the entries of a sheet.
pub(super) fn name_column(sheet: &Sheet) -> Option<usize> {
    sheet.find(|column| matches!(column.holds, Holds::Name))
}
