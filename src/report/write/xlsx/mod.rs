//! The workbook: every table of the report as a native table that can be filtered, with formulas that follow what a
//! reader changes.
//!
//! A [`Summary`] and [tables](Table) in, bytes out: nothing here knows what they are about. `docs/formats/xlsx.md` says
//! what a reader of the file finds.

mod cell;
mod charts;
mod choices;
mod dashboard;
mod formula;
mod gantt;
mod grid;
mod kept;
mod links;
mod page;
mod paper;
mod summary;

use std::collections::{BTreeMap, BTreeSet};

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Workbook, XlsxError};
use zip::result::ZipError;

use links::Links;

use crate::grid::RESULTS;
use crate::model::Stack;
use crate::report::facts::Report;
use crate::report::story;
use crate::report::tables::{Cell, Row, Summary, Table};
use crate::source::CellPlace;

/// Why no workbook came out.
#[derive(Debug)]
#[non_exhaustive]
pub enum WorkbookError {
    /// The writer refused it.
    Writing(XlsxError),
    /// What charts draw could not be put beside them.
    Charts(ZipError),
}

impl std::fmt::Display for WorkbookError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Writing(why) => write!(f, "cannot write the workbook: {why}"),
            Self::Charts(why) => write!(f, "cannot write the charts of the workbook: {why}"),
        }
    }
}

impl std::error::Error for WorkbookError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Writing(why) => Some(why),
            Self::Charts(why) => Some(why),
        }
    }
}

impl From<XlsxError> for WorkbookError {
    fn from(why: XlsxError) -> Self {
        WorkbookError::Writing(why)
    }
}

/// The workbook of `report` as the bytes of an XLSX file. Same report, same bytes.
///
/// # Errors
/// Where the file cannot be put together; the tests know of no report for which that is so.
pub fn xlsx(report: &Report) -> Result<Vec<u8>, WorkbookError> {
    book(&story::workbook(report))
}

/// The summary and the tables, a sheet each, as the bytes of an XLSX file. `day` (`2026-11-21`) stands for the clock;
/// 1980-01-01 where it is not a day. Same tables, same bytes.
///
/// # Errors
/// Where the writer refuses; names, lengths and texts are made fit before it sees them.
pub fn workbook(day: &str, summary: &Summary, tables: &[Table]) -> Result<Vec<u8>, WorkbookError> {
    let (day, summary, tables) = (day.to_owned(), summary.clone(), tables.to_vec());
    book(&story::Workbook { day, summary, tables, ..story::Workbook::default() })
}

/// Sheets that stand before the results: those of the stack itself, which a reader corrects and reads back.
#[derive(Clone, Copy, Debug)]
pub struct Inputs {
    /// Adds them to a file.
    pub add: fn(&mut Workbook, &Stack) -> Result<(), XlsxError>,
    /// Where they have each key of each entry, as `flows/draft-to-cms/minutes`.
    pub cells: fn(&Stack) -> BTreeMap<String, CellPlace>,
}

/// The workbook of `report` behind the input sheets of its stack.
///
/// # Errors
/// Where the file cannot be put together; the tests know of no report for which that is so.
pub fn with_inputs(report: &Report, inputs: Option<Inputs>, stack: &Stack) -> Result<Vec<u8>, WorkbookError> {
    behind(&story::workbook(report), inputs.map(|inputs| (inputs, stack)))
}

/// A workbook with its charts and its plan on weeks as the bytes of an XLSX file. Same workbook, same bytes.
///
/// # Errors
/// Where the writer refuses; names, lengths and texts are made fit before it sees them.
pub fn book(told: &story::Workbook) -> Result<Vec<u8>, WorkbookError> {
    behind(told, None)
}

/// What is added to the name of a sheet of results where a sheet of inputs has it.
const OF_RESULTS: &str = " (results)";

/// The sheets of `told`, behind those of inputs where there are any.
fn behind(told: &story::Workbook, inputs: Option<(Inputs, &Stack)>) -> Result<Vec<u8>, WorkbookError> {
    let story::Workbook { day, summary, dashboard, gantt, choices, tables } = told;
    let mut book = Workbook::new();
    let created = cell::date(day).map_or_else(|| ExcelDateTime::from_ymd(1980, 1, 1), Ok)?;
    let title: String = cell::fitting(&summary.title).chars().take(255).collect();
    book.set_properties(&DocProperties::new().set_title(title).set_creation_datetime(&created));
    let wanted = names_wanted(told);
    let mut cells = BTreeMap::new();
    if let Some((inputs, stack)) = inputs {
        (inputs.add)(&mut book, stack)?;
        cells = (inputs.cells)(stack);
    }
    let taken: BTreeSet<String> = book.worksheets().iter().map(|sheet| sheet.name().to_lowercase()).collect();
    let named = |name: &str| {
        let is_taken = taken.contains(&name.to_lowercase());
        if is_taken { format!("{name}{OF_RESULTS}") } else { name.to_owned() }
    };
    let page = book.add_worksheet();
    page.set_name("Summary")?;
    // Whoever opens it wants the results first, wherever they stand.
    page.set_active(true);
    let inputs = summary::write(page, summary, &wanted, &sheets(told, named))?;
    let mut links = Links::of(tables, named, (summary, &inputs), &cells);
    let mut defined = placed_on("Summary", inputs);
    if let Some(dashboard) = dashboard {
        let page = book.add_worksheet();
        page.set_name(dashboard::SHEET)?;
        dashboard::write(page, dashboard)?;
    }
    for (number, table) in (1..).zip(tables) {
        let page = book.add_worksheet();
        page.set_name(named(table.name))?;
        let grid = page::write(page, table, number, &mut links)?;
        choices::offer(page, &grid, choices)?;
        choices::bound(page, &grid)?;
        defined.extend(placed_on(&named(table.name), grid.names(&wanted)));
        if let Some(gantt) = gantt.as_ref().filter(|_| table.id == PLAN) {
            let page = book.add_worksheet();
            page.set_name(gantt.items.name)?;
            gantt::write(page, gantt, &mut links)?;
        }
    }
    if let Some(dashboard) = dashboard {
        let page = book.add_worksheet();
        page.set_name(charts::SHEET)?;
        defined.extend(placed_on(charts::SHEET, charts::write(page, &dashboard.charts, &wanted)?));
    }
    if !choices.is_empty() {
        let page = book.add_worksheet();
        page.set_name(choices::SHEET)?;
        choices::write(page, choices)?;
    }
    book.define_name(RESULTS, "=Summary!$A$1")?;
    for (name, place) in defined {
        book.define_name(name, &place)?;
    }
    let ranges = dashboard.as_ref().map(|dashboard| charts::ranges(&dashboard.charts)).unwrap_or_default();
    kept::with_values(book.save_to_buffer()?, &ranges).map_err(WorkbookError::Charts)
}

/// The sheets after the first that people see, in order, with what each holds.
fn sheets(told: &story::Workbook, named: impl Fn(&str) -> String) -> Vec<(String, String)> {
    let mut sheets = Vec::new();
    let dashboard = || told.dashboard.iter();
    sheets.extend(dashboard().map(|_| (dashboard::SHEET.to_owned(), dashboard::TITLE.to_owned())));
    for table in &told.tables {
        sheets.push((named(table.name), table.title.clone()));
        let gantt = told.gantt.iter().filter(|_| table.id == PLAN);
        sheets.extend(gantt.map(|gantt| (gantt.items.name.to_owned(), gantt.items.title.clone())));
    }
    sheets.extend(dashboard().map(|_| (charts::SHEET.to_owned(), charts::TITLE.to_owned())));
    sheets
}

/// The table behind which the plan on weeks stands.
const PLAN: &str = "plan_items";

/// Names with their cells on the sheet `sheet`.
fn placed_on(sheet: &str, names: Vec<(String, String)>) -> Vec<(String, String)> {
    let sheet = sheet.replace('\'', "''");
    names.into_iter().map(|(name, cells)| (name, format!("='{sheet}'!{cells}"))).collect()
}

/// The names that formulas use.
fn names_wanted(told: &story::Workbook) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    let linked = |cell: &Cell| if let Cell::Linked(_, formula) = cell { Some(formula.clone()) } else { None };
    let of_row = |row: &Row| {
        let own = row.formulas.iter().map(|(_, formula)| formula.clone());
        own.chain(row.cells.iter().filter_map(linked)).collect::<Vec<_>>()
    };
    let charts = || told.dashboard.iter().flat_map(|dashboard| &dashboard.charts);
    let tables = || {
        let drawn = charts().map(|chart| &chart.data).chain(told.gantt.iter().map(|gantt| &gantt.items));
        told.tables.iter().chain(drawn)
    };
    let said = charts().map(|chart| &chart.headline).chain(told.gantt.iter().map(|gantt| &gantt.headline));
    let said = said.map(|(_, formula)| formula.clone());
    let facts = told.summary.parts.iter().flat_map(|(_, facts)| facts).filter_map(|fact| linked(&fact.value));
    let columns = tables().flat_map(|table| &table.columns).filter_map(|column| column.formula.map(str::to_owned));
    let rows = tables().flat_map(|table| table.rows.iter().chain(&table.foot)).flat_map(of_row);
    facts.chain(columns).chain(rows).chain(said).for_each(|formula| formula::names_in(&formula, &mut names));
    names
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use calamine::{Data, Reader as _, Xlsx};

    use super::*;
    use crate::report::say::Line;
    use crate::report::tables::{Amount, Column, Fact, Kind};

    fn row(cells: Vec<Cell>) -> Row {
        Row { cells, ..Row::default() }
    }

    fn table() -> Table {
        let range = Amount { low: 5.0, high: 20.0, ..Amount::of(10.0) };
        let columns = vec![
            Column::new("number", "Number", Kind::Count),
            Column::new("what", "What", Kind::Words),
            Column::new("hours", "Hours", Kind::Hours).summed(),
            Column::new("cost", "Cost", Kind::Money).computed("{hours}*hourly_rate").summed(),
        ];
        Table {
            title: "Work".into(),
            rows: vec![
                row(vec![Cell::count(1), Cell::text("=1+1"), Cell::Amount(range), Cell::number(Some(500.0))]),
                row(vec![Cell::count(2), Cell::text("b"), Cell::NotKnown, Cell::NotKnown]),
                row(vec![Cell::count(3), Cell::text("c"), Cell::number(Some(2.0)), Cell::number(Some(100.0))]),
            ],
            empty: "Nothing.".into(),
            notes: vec![Line::of("A note.")],
            ..Table::new("work", "Work", ["task", "tasks"], columns)
        }
    }

    fn summary() -> Summary {
        let fact = |key: &'static str, value: Cell, is_input: bool| Fact {
            key: key.into(),
            label: key.into(),
            kind: Kind::Money,
            value,
            note: String::new(),
            allowed: is_input.then_some([0.0, 1_000.0]),
        };
        let rate = fact("hourly_rate", Cell::number(Some(50.0)), true);
        let total = fact("total", Cell::Linked(Amount::of(600.0), "SUM(work_cost)".into()), false);
        Summary { title: "Acme".into(), parts: vec![("Figures".into(), vec![rate, total])], ..Summary::default() }
    }

    fn open(bytes: Vec<u8>) -> Xlsx<Cursor<Vec<u8>>> {
        Xlsx::new(Cursor::new(bytes)).expect("calamine opens it")
    }

    #[test]
    fn columns_with_ranges_take_three_and_formulas_carry_their_results() {
        let bytes = workbook("2026-11-21", &summary(), &[table()]).unwrap();
        assert_eq!(bytes, workbook("2026-11-21", &summary(), &[table()]).unwrap(), "same tables, same bytes");
        let mut book = open(bytes);
        let (values, formulas) = (book.worksheet_range("Work").unwrap(), book.worksheet_formula("Work").unwrap());
        let words: Vec<String> = values.rows().nth(4).unwrap().iter().map(ToString::to_string).collect();
        assert_eq!(words, ["Number", "What", "Hours", "Hours: low", "Hours: high", "Cost"]);
        let formula = |place: (u32, u32)| formulas.get_value(place).cloned().unwrap_or_default();
        assert_eq!((formula((5, 5)), formula((6, 5))), ("C6*hourly_rate".into(), String::new()));
        // A row is not known, so that the sums are at least so much and are rounded down.
        let sums = ("INT(ROUND((SUBTOTAL(109,C6:C8))*10,6))/10".into(), "INT(ROUND(SUBTOTAL(109,F6:F8),6))".into());
        assert_eq!((formula((3, 2)), formula((3, 5))), sums);
        assert_eq!(values.get_value((3, 5)), Some(&Data::Float(600.0)));
        assert_eq!(values.get_value((5, 1)), Some(&Data::String("=1+1".into())), "words are never a formula");
        assert_eq!(values.get_value((6, 2)), Some(&Data::String("not known".into())));
        assert_eq!(values.get_value((5, 3)), Some(&Data::Float(5.0)));
        let names = book.defined_names().to_vec();
        assert!(names.contains(&("work_cost".into(), "'Work'!$F$6:$F$8".into())), "{names:?}");
        assert!(names.contains(&("hourly_rate".into(), "'Summary'!$B$5".into())), "{names:?}");
        let first = book.worksheet_formula("Summary").unwrap();
        assert_eq!(first.get_value((5, 1)), Some(&"SUM(work_cost)".to_owned()));
    }

    #[test]
    fn ends_of_a_computed_range_follow_it() {
        let mut table = table();
        let cost = Amount { low: 250.0, high: 1_000.0, ..Amount::of(500.0) };
        table.rows[0].cells[3] = Cell::Amount(cost);
        let mut book = open(workbook("", &summary(), &[table]).unwrap());
        let formulas = book.worksheet_formula("Work").unwrap();
        assert_eq!(formulas.get_value((5, 6)), Some(&"F6*0.5".to_owned()));
        assert_eq!(formulas.get_value((5, 7)), Some(&"F6*2".to_owned()));
    }

    #[test]
    fn a_table_without_rows_says_so() {
        let mut book = open(workbook("", &summary(), &[Table { rows: Vec::new(), ..table() }]).unwrap());
        let values = book.worksheet_range("Work").unwrap();
        assert!(values.rows().flatten().any(|cell| *cell == Data::String("Nothing.".into())));
        open(workbook("", &Summary::default(), &[]).unwrap());
    }
}
