//! Tables that can be sorted and filtered: each cell says what it sorts by, each row what it is about.

use serde_json::json;

use super::Names;
use super::field::Amount;
use super::write::Html;
pub(super) use crate::report::say::short;

/// How a column reads and sorts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Words,
    Number,
    /// Names, sorted by how many there are.
    Names,
}

/// The head of a column.
#[derive(Clone, Debug)]
pub(super) struct Column {
    head: String,
    kind: Kind,
}

impl Column {
    /// A column of words.
    pub(super) fn words(head: impl Into<String>) -> Self {
        Self { head: head.into(), kind: Kind::Words }
    }

    /// A column of lists of names.
    pub(super) fn names(head: impl Into<String>) -> Self {
        Self { head: head.into(), kind: Kind::Names }
    }

    /// A column of numbers.
    pub(super) fn number(head: impl Into<String>) -> Self {
        Self { head: head.into(), kind: Kind::Number }
    }
}

/// One cell: what it shows and what it sorts by.
#[derive(Debug, Default)]
pub(super) struct Cell {
    html: Html,
    key: Option<String>,
}

impl Cell {
    /// Words that sort as they read.
    pub(super) fn words(words: &str) -> Self {
        let mut html = Html::default();
        html.text(words);
        Self { html, key: None }
    }

    /// A word of the stack file or of the tool.
    pub(super) fn code(word: &str) -> Self {
        let mut html = Html::default();
        html.element("code", &[], word);
        Self { html, key: None }
    }

    /// A name of the user's.
    pub(super) fn name(words: &str) -> Self {
        let mut html = Html::default();
        html.name(words);
        Self { html, key: None }
    }

    /// What `write` writes, sorted by `key`.
    pub(super) fn sorted_by(key: impl Into<String>, write: impl FnOnce(&mut Html)) -> Self {
        let mut html = Html::default();
        write(&mut html);
        Self { html, key: Some(key.into()) }
    }

    /// A number; `unknown` where there is none, which sorts last.
    pub(super) fn number(number: Option<f64>, unknown: &str) -> Self {
        match number {
            Some(number) => Self::sorted_by(number.to_string(), |html| html.text(&short(number))),
            None => Self::sorted_by("", |html| html.element("span", &[("class", "muted")], unknown)),
        }
    }

    /// The likely value, with the ends beneath it where they differ.
    pub(super) fn amount(amount: Option<Amount>, unknown: &str) -> Self {
        let Some(amount) = amount else { return Self::number(None, unknown) };
        Self::sorted_by(amount.likely.to_string(), |html| {
            html.text(&short(amount.likely));
            if short(amount.low) != short(amount.high) {
                let spread = format!("{} to {}", short(amount.low), short(amount.high));
                html.element("span", &[("class", "spread")], &spread);
            }
        })
    }

    /// A list of names, sorted by how many there are; of many, the rest is a click away.
    pub(super) fn names(names: &[String]) -> Self {
        Self::sorted_by(names.len().to_string(), |html| {
            let (first, rest) =
                names.split_at(names.len().min(if names.len() > NAMED + 1 { NAMED } else { names.len() }));
            listed(html, first);
            if !rest.is_empty() {
                html.text(" ");
                html.within("details", &[("class", "more")], |html| {
                    html.element("summary", &[], &format!("and {} more", rest.len()));
                    listed(html, rest);
                });
            }
        })
    }
}

/// Names that a cell shows before the rest is a click away.
const NAMED: usize = 4;

fn listed(html: &mut Html, names: &[String]) {
    for (at, name) in names.iter().enumerate() {
        if at > 0 {
            html.text(", ");
        }
        html.name(name);
    }
}

/// One row.
#[derive(Debug, Default)]
pub(super) struct Row {
    /// Its id in the report; empty for none.
    pub(super) id: String,
    /// Ids of the systems, flows, teams and processes that it is about.
    pub(super) about: Vec<String>,
    /// The rules that it speaks of; a row without any is filtered by what it is about.
    pub(super) rules: Vec<String>,
    /// Components that can be taken offline from here.
    pub(super) offline: Vec<String>,
    /// The wave in which it is built.
    pub(super) wave: Option<u64>,
    /// Whether it stands back (an accepted finding).
    pub(super) is_muted: bool,
    /// One cell for each column; the first is the row's head.
    pub(super) cells: Vec<Cell>,
}

/// A table.
#[derive(Debug)]
pub(super) struct Table {
    /// Unique in the page.
    pub(super) id: &'static str,
    /// What it shows, and how it is sorted.
    pub(super) caption: String,
    /// What one row is, and what several are.
    pub(super) unit: [&'static str; 2],
    pub(super) columns: Vec<Column>,
    pub(super) rows: Vec<Row>,
    /// Totals: one cell for each column.
    pub(super) foot: Option<Vec<Cell>>,
}

impl Table {
    /// Writes the table in a frame that scrolls by itself where the page is narrow.
    pub(super) fn write(self, html: &mut Html) {
        let label = format!("{}: table", self.caption);
        html.open("div", &[("class", "scroll"), ("tabindex", "0"), ("role", "region"), ("aria-label", &label)]);
        let [one, many] = self.unit;
        html.open("table", &[("id", self.id), ("data-one", one), ("data-many", many)]);
        html.element("caption", &[], &self.caption);
        html.within("thead", &[], |html| {
            html.within("tr", &[], |html| self.columns.iter().for_each(|column| head(html, column)));
        });
        html.line();
        html.within("tbody", &[], |html| self.rows.into_iter().for_each(|row| write_row(html, &self.columns, row)));
        if let Some(cells) = self.foot {
            html.within("tfoot", &[], |html| {
                html.within("tr", &[], |html| write_cells(html, &self.columns, cells));
            });
        }
        html.close("table");
        html.close("div");
        html.line();
    }
}

fn head(html: &mut Html, column: &Column) {
    let class = match column.kind {
        Kind::Words => "words",
        Kind::Number => "number",
        Kind::Names => "names",
    };
    html.element("th", &[("scope", "col"), ("class", class)], &column.head);
}

fn write_row(html: &mut Html, columns: &[Column], row: Row) {
    let about = json!(row.about).to_string();
    let rules = json!(row.rules).to_string();
    let offline = json!(row.offline).to_string();
    let wave = row.wave.map(|wave| wave.to_string());
    let mut attributes = vec![("data-about", about.as_str())];
    if !row.id.is_empty() {
        attributes.push(("data-id", &row.id));
    }
    if !row.rules.is_empty() {
        attributes.push(("data-rules", &rules));
    }
    if !row.offline.is_empty() {
        attributes.push(("data-offline", &offline));
    }
    if let Some(wave) = &wave {
        attributes.push(("data-wave", wave));
    }
    if row.is_muted {
        attributes.push(("class", "muted"));
    }
    html.within("tr", &attributes, |html| write_cells(html, columns, row.cells));
    html.line();
}

fn write_cells(html: &mut Html, columns: &[Column], cells: Vec<Cell>) {
    for (at, (column, cell)) in columns.iter().zip(cells).enumerate() {
        let mut attributes = Vec::new();
        if at == 0 {
            attributes.push(("scope", "row"));
        }
        if column.kind == Kind::Number {
            attributes.push(("class", "number"));
        }
        if let Some(key) = &cell.key {
            // An empty value would lose its quotation marks, which the script reads alike.
            attributes.push(("data-key", key));
        }
        html.within(if at == 0 { "th" } else { "td" }, &attributes, |html| html.markup(&cell.html.into_text()));
    }
}

/// The names of components.
pub(super) fn components(names: &Names, ids: &[&str]) -> Vec<String> {
    ids.iter().map(|id| names.component(id)).collect()
}

/// Owned copies of ids.
pub(super) fn owned(ids: &[&str]) -> Vec<String> {
    ids.iter().map(|id| (*id).to_owned()).collect()
}
