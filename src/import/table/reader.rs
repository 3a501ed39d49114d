//! One file on its way into a draft: what its rows give, what of them is not known, and what could not be read.

use std::collections::BTreeMap;

use super::cell::{Cell, Content, has_decimal_comma};
use super::columns::{About, Field};
use super::days::{Order, day, literal};
use super::find::{Found, Other};
use super::headers::Header;
use super::names::{Names, System};
use super::route::ROUTE;
use super::{Planned, others};
use crate::catalog::people::is_not_known;
use crate::grid::{At, Book, Sheet, Visibility};
use crate::import::clean::{LeftOut, slug};
use crate::import::draft::{Draft, DraftQuestion, Entry, EntryKey, Fate, Given, Origin, Unit, Value};
use crate::import::problem::Fault;
use crate::import::reading::{File, Reading};
use crate::import::roles::is_personal;
use crate::model::spoken::{Spoken, SpokenDay};

/// A row of a table, by field.
#[derive(Clone)]
pub(super) struct Row {
    cells: BTreeMap<&'static str, Vec<Cell>>,
    /// Columns of the file's own.
    own: Vec<(String, Cell)>,
    /// Whether who does it may as well be who owns it: the header can mean both, and another column says how data moves.
    pub(super) names_owner: bool,
    /// Where it begins: `Flows!A12`, or `row 12` of a text.
    pub(super) place: String,
}

impl Row {
    /// The cell of a field that says something.
    pub(super) fn get(&self, field: &str) -> Option<&Cell> {
        self.cells.get(field)?.first()
    }

    /// The same row with this cell for a field.
    pub(super) fn with(&self, field: &'static str, cell: Cell) -> Self {
        let mut row = self.clone();
        row.cells.insert(field, vec![cell]);
        row
    }

    /// The same row without a field.
    pub(super) fn without(mut self, field: &str) -> Self {
        self.cells.remove(field);
        self
    }

    /// Whether a column of the table's own has a header that can mean one of these.
    pub(super) fn says(&self, fields: &[&str]) -> bool {
        self.own.iter().any(|(header, _)| fields.iter().any(|field| Header::of(header).rank(field).is_some()))
    }

    /// The cells of a field that several columns may hold.
    pub(super) fn all(&self, field: &str) -> &[Cell] {
        self.cells.get(field).map_or(&[], Vec::as_slice)
    }
}

/// Fields of numbers: one with a decimal comma says how all of its table are written.
const NUMBERS: [&str; 8] =
    ["contract.cost", "hourly_rate", "outage_cost", "minutes", "effort", "records", "error_rate", "people"];

/// A column of which some cells could not be read.
#[derive(Default)]
struct Unread {
    header: String,
    places: Vec<String>,
    of: usize,
}

pub(super) struct Reader<'r> {
    file: &'r File<'r>,
    pub(super) left_out: &'r mut LeftOut,
    pub(super) names: Names,
    pub(super) draft: Draft,
    faults: Vec<Fault>,
    own_columns: Vec<String>,
    not_known: usize,
    tables: usize,
    /// By the place of a table and a field of it.
    unread: BTreeMap<(String, &'static str), Unread>,
    /// The table that is being read: its place, the headers of its fields, and the order of its dates.
    table: String,
    headers: BTreeMap<&'static str, String>,
    orders: BTreeMap<&'static str, Order>,
    /// Whether numbers of the table have points between thousands.
    has_commas: bool,
}

impl<'r> Reader<'r> {
    pub(super) fn new(file: &'r File<'r>, left_out: &'r mut LeftOut) -> Self {
        Self {
            file,
            left_out,
            names: Names::default(),
            draft: Draft::default(),
            faults: Vec::new(),
            own_columns: Vec::new(),
            not_known: 0,
            tables: 0,
            unread: BTreeMap::new(),
            table: String::new(),
            headers: BTreeMap::new(),
            orders: BTreeMap::new(),
            has_commas: false,
        }
    }

    /// Learns which systems the inventories of the file list, before any other cell is read.
    pub(super) fn names_of(&mut self, plan: &[Planned<'_>]) {
        let mut rows = Vec::new();
        for planned in plan {
            for (about, found) in planned.tables.iter().filter(|(about, _)| *about == About::Systems) {
                let columns = columns(*about, planned.sheet, found);
                let column = |field: &str| columns.iter().find(|(_, one)| **one == Field::Known(as_field(field)));
                let Some((name, _)) = column("system") else { continue };
                let product = column("product").map(|(column, _)| *column);
                for row in &found.rows {
                    let text = |column: u32| {
                        let cell = planned.sheet.shown(At { row: *row, column });
                        match Content::of(cell, String::new(), None, false) {
                            Content::Said(cell) => Some(cell.text),
                            _ => None,
                        }
                    };
                    rows.extend(text(*name).map(|name| (name, product.and_then(text))));
                }
            }
        }
        self.names = Names::of(&rows, &mut LeftOut::default());
    }

    pub(super) fn sheet(&mut self, planned: &Planned<'_>) {
        let sheet = planned.sheet;
        let name = self.left_out.clean(&sheet.name);
        let place = |row: u32| match name.is_empty() {
            true => format!("row {}", u64::from(row) + 1),
            false => sheet.place(At { row, column: first(sheet, row) }),
        };
        if sheet.visibility != Visibility::Visible {
            for _ in sheet.rows() {
                self.drop_row("row of a hidden sheet", name.clone(), "hidden sheets are not read");
            }
            return;
        }
        let is_first_table = self.tables == 0;
        for (row, other) in &planned.others {
            let at = place(*row);
            match other {
                Other::Total => self.drop_row("row with a total", at, "it adds up other rows"),
                Other::HeaderAgain => self.drop_row("header", at, "it repeats the one above"),
                Other::Outside => {
                    if !others::setting(self, sheet, *row, is_first_table) {
                        self.drop_row("row", at, "it belongs to no table");
                    }
                }
            }
        }
        if let Some(matrix) = &planned.matrix {
            self.begin(sheet, matrix.header);
            matrix.read(self, sheet);
        }
        for (about, found) in &planned.tables {
            self.table(*about, sheet, found, &place);
        }
    }

    fn table(&mut self, about: About, sheet: &Sheet, found: &Found, place: &dyn Fn(u32) -> String) {
        self.begin(sheet, found.rows.first().copied().unwrap_or_default());
        let columns = columns(about, sheet, found);
        for (column, field) in &columns {
            let header = &found.headers[column];
            let cells = || found.rows.iter().filter_map(|row| sheet.shown(At { row: *row, column: *column }));
            match field {
                Field::Known(field) => {
                    let clean = self.left_out.clean(&header.text);
                    self.headers.entry(field).or_insert(clean);
                    self.has_commas |= NUMBERS.contains(field) && cells().any(|cell| has_decimal_comma(&cell.text));
                    self.orders.insert(field, Order::of(cells().map(|cell| cell.text.as_str())));
                }
                Field::SignOn => {
                    let name = format!("column \"{}\", which says how people sign on", header.text);
                    let name = self.left_out.clean(&name);
                    self.left_out.count(&name, cells().count());
                }
                Field::Contact => self.left_out.count("column of persons and addresses", cells().count()),
                Field::Secret => self.left_out.count("column of secrets", cells().count()),
                Field::Own(_) if cells().next().is_some() => {
                    let clean = self.left_out.clean(&header.text);
                    if !clean.is_empty() && !self.own_columns.contains(&clean) {
                        self.own_columns.push(clean);
                    }
                }
                Field::Own(_) | Field::Nothing => {}
            }
        }
        for row in &found.rows {
            let row = self.row(sheet, *row, &columns, found, place(*row));
            match about {
                About::Flows if found.headers.values().any(|header| header.rank(ROUTE).is_some()) => {
                    self.route_row(&row);
                }
                About::Flows => self.flow_row(&row),
                About::Systems => self.system_row(&row),
                About::Processes => others::process(self, &row),
                About::Teams => others::team(self, &row),
                About::Data => others::data(self, &row),
            }
        }
    }

    fn begin(&mut self, sheet: &Sheet, row: u32) {
        self.tables += 1;
        self.table = sheet.place(At { row, column: 0 });
        self.headers.clear();
        self.orders.clear();
        self.has_commas = false;
    }

    fn row(&mut self, sheet: &Sheet, row: u32, columns: &BTreeMap<u32, Field>, found: &Found, place: String) -> Row {
        let column =
            |known: &str| columns.iter().find(|(_, field)| matches!(field, Field::Known(one) if *one == known));
        let names_owner = column("mechanism").is_some()
            && column("performer").is_some_and(|(column, _)| found.headers[column].rank("owner").is_some());
        let mut read = Row { cells: BTreeMap::new(), own: Vec::new(), names_owner, place };
        for (column, field) in columns {
            let at = At { row, column: *column };
            let content =
                Content::of(sheet.shown(at), sheet.place(at), found.headers[column].unit.clone(), self.has_commas);
            match (field, content) {
                (Field::Known(_) | Field::Own(_), Content::Empty) => {}
                (Field::Known(_) | Field::Own(_), Content::NotKnown) => self.not_known += 1,
                (Field::Known(field), Content::Said(cell)) => read.cells.entry(field).or_default().push(cell),
                (Field::Own(header), Content::Said(cell)) => read.own.push((header.clone(), cell)),
                (Field::SignOn | Field::Contact | Field::Secret | Field::Nothing, _) => {}
            }
        }
        read
    }

    /// Counts a row that gives nothing.
    pub(super) fn drop_row(&mut self, what: &'static str, at: String, why: &'static str) {
        self.draft.units.push(Unit { input: self.file.input, fate: Fate::Dropped { what, at, why } });
    }

    /// Counts a row that speaks of these entries.
    pub(super) fn gave(&mut self, entries: Vec<EntryKey>) {
        self.draft.units.push(Unit { input: self.file.input, fate: Fate::Gave(entries) });
    }

    /// A place of the file.
    pub(super) fn at(&self, place: &str) -> (String, String) {
        (self.file.name.to_owned(), place.to_owned())
    }

    /// Notes the cells of a row from which the values of an entry were read.
    pub(super) fn cite(&self, row: &Row, entry: &mut Entry) {
        entry.stated.cite(|key| vec![self.at(row.get(key).map_or(&row.place, |cell| &cell.place))]);
    }

    pub(super) fn origin(&self, place: &str, key: &str) -> Origin {
        Origin { file: self.file.name.to_owned(), at: place.to_owned(), key: format!("table:{key}") }
    }

    /// The columns of the file's own, as keys with `x-`, and all notes, on an entry.
    pub(super) fn remarks(&mut self, row: &Row, entry: &mut Entry, asides: &[Option<String>]) {
        let mut notes: Vec<String> = row.all("notes").iter().map(|cell| self.left_out.clean(&cell.text)).collect();
        notes.extend(asides.iter().flatten().cloned());
        notes.retain(|note| !note.is_empty());
        notes.dedup();
        if !notes.is_empty() {
            entry.set("notes", Given::stated(Value::Text(notes.join("; "))));
        }
        for (header, cell) in &row.own {
            let key = format!("x-{}", slug(&self.left_out.clean(header), "column"));
            let value = match cell.value {
                crate::grid::Value::Number(_) if cell.text.parse::<f64>().is_ok() => Value::Literal(cell.text.clone()),
                _ => Value::Text(self.left_out.clean(&cell.text)),
            };
            if value != Value::Text(String::new()) {
                entry.extras.entry(key).or_insert(value);
            }
        }
    }

    /// Adds a system that a cell names.
    pub(super) fn system(&mut self, system: &System, place: &str) -> EntryKey {
        let key = format!("system/{}", system.named.key.trim_start_matches("name:").trim_start_matches("product:"));
        let origin = self.origin(place, &key);
        let entry = self.draft.system(&system.named, origin);
        if let Some(held) = self.draft.systems.get_mut(&system.named.key) {
            if held.called.is_none() {
                held.called.clone_from(&system.called);
            }
            if let (Some(said), Some(product)) = (&system.said, &system.named.product) {
                let value = Value::Text(product.clone());
                let given = Given { guess: None, value, said: Some(said.clone()) };
                held.entry.fields.entry("product").or_insert(given);
            }
        }
        if system.named.guess.is_some_and(|guess| guess.contains("letter")) {
            let said = system.said.clone().unwrap_or_default();
            self.ask(
                4,
                format!("name:{}", slug(&said, "system")),
                format!("Is \"{said}\" the product {}?", system.named.name),
                Some(entry.clone()),
                Vec::new(),
            );
        }
        entry
    }

    /// The key of the team that a cell names.
    pub(super) fn team(&mut self, cell: &Cell) -> Option<String> {
        let name = self.left_out.clean(&cell.text.replace('\n', ", "));
        if name.is_empty() || is_not_known(&name) {
            return None;
        }
        let origin = self.origin(&cell.place, &format!("team/{}", slug(&name, "team")));
        Some(self.draft.team(&name, origin))
    }

    /// Adds a data object, which is about persons where its name sounds so.
    pub(super) fn object(&mut self, name: &str, place: &str) -> Option<String> {
        let name = self.left_out.clean(name);
        let id = slug(&name, "");
        if id.is_empty() {
            return None;
        }
        let mut fields = BTreeMap::new();
        if is_personal(&id) {
            fields.insert("personal", Given::guessed(Value::Literal("true".into()), "the name is that of persons"));
        }
        if slug(&name, "").replace('-', " ") != name {
            fields.insert("name", Given::stated(Value::Text(name)));
        }
        let origin = self.origin(place, &format!("data/{id}"));
        self.draft.object(&id, fields, origin);
        Some(id)
    }

    pub(super) fn ask(&mut self, rank: u8, id: String, ask: String, about: Option<EntryKey>, answers: Vec<String>) {
        self.draft.questions.insert(DraftQuestion { rank, id, ask, about, answers });
    }

    /// What `read` makes of a cell; a cell that says something else is counted as unread.
    pub(super) fn read<T>(&mut self, row: &Row, field: &'static str, read: impl Fn(&Cell) -> Option<T>) -> Option<T> {
        let cell = row.get(field)?;
        let found = read(cell);
        self.count(field, cell, found.is_some());
        found
    }

    /// The header of a field of the table that is being read.
    pub(super) fn header(&self, field: &str) -> String {
        self.headers.get(field).cloned().unwrap_or_default()
    }

    fn count(&mut self, field: &'static str, cell: &Cell, is_read: bool) {
        let header = self.headers.get(field).cloned().unwrap_or_default();
        let unread = self.unread.entry((self.table.clone(), field)).or_default();
        unread.header = header;
        unread.of += 1;
        if !is_read {
            unread.places.push(cell.place.clone());
        }
    }

    /// Sets a figure; its words stand behind it where it was not a bare number.
    pub(super) fn figure(
        &mut self,
        entry: &mut Entry,
        row: &Row,
        (field, key): (&'static str, &'static str),
        read: impl Fn(&Cell) -> Option<Spoken>,
        write: impl Fn(f64) -> String,
    ) {
        if let Some(spoken) = self.read(row, field, read)
            && let Some(cell) = row.get(field)
        {
            let said = self.said(cell, &written(&spoken, &write));
            entry.set(key, Given { guess: spoken.guess, value: Value::Literal(written(&spoken, &write)), said });
        }
    }

    /// The words of a cell, where they are not the value itself.
    pub(super) fn said(&mut self, cell: &Cell, value: &str) -> Option<String> {
        let text = self.left_out.clean(&cell.text);
        (text != value && !text.is_empty()).then_some(text)
    }

    /// Sets a day; where it may be two, it is asked about.
    pub(super) fn day(&mut self, entry: &mut Entry, row: &Row, field: &'static str, about: &EntryKey) {
        let order = self.orders.get(field).copied().unwrap_or_default();
        let Some(found) = self.read(row, field, |cell| day(cell, order)) else { return };
        let Some(cell) = row.get(field).cloned() else { return };
        match found {
            SpokenDay::Is(date) => {
                let said = self.said(&cell, &literal(date));
                entry.set(field, Given { guess: None, value: Value::Literal(literal(date)), said });
            }
            SpokenDay::Either(one, other) => {
                let header = self.headers.get(field).cloned().unwrap_or_default();
                let text = self.left_out.clean(&cell.text);
                self.ask(
                    3,
                    format!("date:{}", cell.place),
                    format!("Which day is \"{}\" under \"{header}\" ({})?", text, cell.place),
                    Some(about.clone()),
                    vec![literal(one), literal(other)],
                );
            }
        }
    }

    pub(super) fn finish(mut self, book: &Book) -> Reading {
        for ((table, field), unread) in std::mem::take(&mut self.unread) {
            if unread.places.is_empty() {
                continue;
            }
            let shown = unread.places.iter().take(3).cloned().collect::<Vec<_>>().join(", ");
            let more = if unread.places.len() > 3 { ", …" } else { "" };
            let count = unread.places.len();
            let header = if unread.header.is_empty() { field } else { &unread.header };
            let message =
                format!("{count} of {} cells under \"{header}\" could not be read ({shown}{more})", unread.of);
            let help = if count * 2 > unread.of {
                format!(
                    "if the column holds something else, say what it is: `--map '{header}=field'`, or `--map '{header}=ignore'`"
                )
            } else {
                format!("write a value for `{field}` that stands alone in the cell")
            };
            self.faults.push(Fault::new("unread-cells", format!("{message}, in the table at {table}")).help(help));
        }
        let hidden = book.sheets.iter().filter(|sheet| sheet.visibility != Visibility::Visible).count();
        let mut units = BTreeMap::from([("sheets", book.sheets.len()), ("tables", self.tables)]);
        let sum = |count: fn(&Sheet) -> usize| book.sheets.iter().map(count).sum();
        for (unit, count) in [
            ("hidden sheets", hidden),
            ("unknown cells", self.not_known),
            ("formulas", sum(|sheet| sheet.formulas.len())),
            ("comments", sum(|sheet| sheet.comments.len())),
        ] {
            if count > 0 {
                units.insert(unit, count);
            }
        }
        Reading { draft: self.draft, units, own_columns: self.own_columns, faults: self.faults, ..Reading::default() }
    }
}

/// A figure as a stack file has it: one value, or low, likely and high.
pub(super) fn written(spoken: &Spoken, write: &impl Fn(f64) -> String) -> String {
    let [low, likely, high] = spoken.range;
    if low == high { write(likely) } else { format!("[{}, {}, {}]", write(low), write(likely), write(high)) }
}

/// A number without the noise of its computation.
pub(super) fn number(value: f64) -> String {
    let rounded: f64 = format!("{value:.6}").parse().unwrap_or(value);
    rounded.to_string()
}

fn first(sheet: &Sheet, row: u32) -> u32 {
    sheet.row(row).and_then(|cells| cells.keys().next().copied()).unwrap_or_default()
}

fn columns(about: About, sheet: &Sheet, found: &Found) -> BTreeMap<u32, Field> {
    about.columns(&found.headers, |column| {
        let cells = found.rows.iter().filter_map(|row| sheet.shown(At { row: *row, column }));
        cells.map(|cell| cell.text.clone()).collect()
    })
}

/// The name of a field as tables of fields have it.
fn as_field(field: &str) -> &'static str {
    match field {
        "product" => "product",
        _ => "system",
    }
}
