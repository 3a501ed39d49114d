//! A table that can be sorted and filtered: each cell says what it sorts by, each row what it is about.
//!
//! Columns of detail stand in a line of their own beneath the row, which the script folds away.

use maud::{Markup, html};
use serde_json::json;

use super::cell::{Room, cell, sort_key};
use super::paper;
use super::words::line;
use crate::report::tables::{Cell, Column, Rank, Row, Table};

/// The table with its notes; a table without rows is the sentence that says so.
pub(super) fn table(table: &Table) -> Markup {
    html! {
        @let screen = (!paper::has_table(table)).then_some(paper::SCREEN);
        @if table.rows.is_empty() { p class=[screen] { (table.empty) } }
        @else { (frame(table, screen)) (paper::cut(table)) }
        @for note in &table.notes { p.note.screen[screen.is_some()] { (line(note)) } }
    }
}

/// The table with its notes on a page of its own: every row is printed.
pub(super) fn whole(table: &Table) -> Markup {
    html! {
        @if table.rows.is_empty() { p { (table.empty) } } @else { (frame(table, None)) }
        @for note in &table.notes { p.note { (line(note)) } }
    }
}

/// The table in a frame that scrolls by itself where the page is narrow; `screen` is the class of what is not printed.
fn frame(table: &Table, screen: Option<&str>) -> Markup {
    let layout = Layout::of(table);
    let [one, many] = table.unit;
    html! {
        div.scroll.screen[screen.is_some()] tabindex="0" role="region" aria-label={ (table.title) ": table" } {
            table id={ (table.id) "-table" } data-paper=[paper::rows(table)] data-one=(one) data-many=(many) {
                caption { (table.title) }
                thead { tr { @for shown in &layout.columns { (shown.head()) } } }
                "\n"
                tbody { @for row in &table.rows { (layout.row(row)) "\n" } }
                @if let Some(foot) = &table.foot { tfoot { tr { (layout.cells(foot)) } } }
            }
        }
        "\n"
    }
}

/// Columns that a table has room for; of more, the last of those that no slide shows stand among the details.
const COLUMNS: usize = 10;

/// Which columns stand where.
struct Layout<'t> {
    columns: Vec<Shown<'t>>,
    details: Columns<'t>,
    /// The place of the column that names a row.
    head: usize,
}

/// A column that has a place of its own.
struct Shown<'t> {
    at: usize,
    column: &'t Column,
    /// Whether its cells are lists, which sort by their length.
    has_lists: bool,
    /// Whether its cells are quantities.
    has_numbers: bool,
}

fn is_name(cell: &Cell) -> bool {
    match cell {
        Cell::Name(_) => true,
        Cell::List(cells) => cells.first().is_some_and(is_name),
        _ => false,
    }
}

/// Columns with their places in the table.
type Columns<'t> = Vec<(usize, &'t Column)>;

/// The columns that have a place of their own, and those that stand among the details.
fn split(table: &Table) -> (Columns<'_>, Columns<'_>) {
    let (mut shown, mut details): (Columns<'_>, Columns<'_>) =
        table.columns.iter().enumerate().partition(|(_, column)| column.rank <= Rank::Page);
    while shown.len() > COLUMNS
        && let Some(last) = shown.iter().rposition(|(_, column)| column.rank > Rank::Slide)
    {
        details.push(shown.remove(last));
    }
    details.sort_by_key(|(at, _)| *at);
    (shown, details)
}

/// The column that names a row: a name or names among the first three columns, else the first text.
fn head(columns: &Columns<'_>, rows: &[Row]) -> usize {
    let first = |at: usize| rows.first().and_then(|row| row.cells.get(at));
    let places = || columns.iter().map(|(at, _)| *at);
    let named = places().take(3).find(|at| first(*at).is_some_and(is_name));
    let text = || places().find(|at| matches!(first(*at), Some(Cell::Text(_))));
    named.or_else(text).or(places().next()).unwrap_or(0)
}

impl<'t> Layout<'t> {
    fn of(table: &'t Table) -> Self {
        let has = |at: usize, is: fn(&Cell) -> bool| table.rows.iter().any(|row| row.cells.get(at).is_some_and(is));
        let (columns, details) = split(table);
        let shown = |(at, column): (usize, &'t Column)| Shown {
            at,
            column,
            has_lists: has(at, |cell| matches!(cell, Cell::List(_))),
            has_numbers: column.kind.is_number() || has(at, |cell| matches!(cell, Cell::Measured(..))),
        };
        Self { head: head(&columns, &table.rows), columns: columns.into_iter().map(shown).collect(), details }
    }

    fn row(&self, row: &Row) -> Markup {
        let offline = (!row.without.is_empty()).then(|| json!(row.without).to_string());
        let details = self.details_of(row);
        html! {
            tr data-id=(row.id) data-about=(json!(row.about)) data-offline=[offline] { (self.cells(row)) }
            @if !details.is_empty() {
                tr.details {
                    td colspan=(self.columns.len()) {
                        dl { @for (column, shown) in details {
                            div { dt { (column.heading) } dd { (cell(column.kind, shown, Room::Line)) } }
                        } }
                    }
                }
            }
        }
    }

    /// What the columns of detail say of a row.
    fn details_of<'r>(&self, row: &'r Row) -> Vec<(&'t Column, &'r Cell)> {
        let cells = self.details.iter().filter_map(|(at, column)| Some((*column, row.cells.get(*at)?)));
        cells
            .filter(|(_, cell)| !matches!(cell, Cell::Empty) && !matches!(cell, Cell::List(of) if of.is_empty()))
            .collect()
    }

    fn cells(&self, row: &Row) -> Markup {
        html! { @for shown in &self.columns { (self.cell(shown, row.cells.get(shown.at).unwrap_or(&Cell::Empty))) } }
    }

    fn cell(&self, shown: &Shown<'_>, of: &Cell) -> Markup {
        let class = shown.has_numbers.then_some("number");
        let key = match of {
            Cell::Empty if shown.has_lists => Some("0".to_owned()),
            _ => sort_key(of),
        };
        let words = cell(shown.column.kind, of, Room::Column);
        html! {
            @if shown.at == self.head { th scope="row" class=[class] data-key=[key] { (words) } }
            @else { td class=[class] data-key=[key] { (words) } }
        }
    }
}

impl Shown<'_> {
    fn head(&self) -> Markup {
        let class = match (self.has_numbers, self.has_lists) {
            (true, _) => "number",
            (false, true) => "names",
            (false, false) => "words",
        };
        html! { th scope="col" class=(class) { (self.column.heading) } }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::say::Line;
    use crate::report::tables::{Kind, Named};

    fn handoffs() -> Table {
        let row = |id: &str, name: &str, hours: Option<f64>| Row {
            id: id.into(),
            about: vec!["jasper".into()],
            without: vec![id.into()],
            cells: vec![
                Cell::count(1),
                Cell::Name(Named { id: id.into(), name: name.into() }),
                Cell::number(hours),
                Cell::text("</td>why"),
            ],
            ..Row::default()
        };
        let columns = vec![
            Column::new("no", "#", Kind::Count),
            Column::new("data", "Data", Kind::Words),
            Column::new("hours", "Hours a year", Kind::Hours),
            Column::new("why", "Evidence", Kind::Words).detail(),
        ];
        Table {
            title: "Manual handoffs".into(),
            rows: vec![row("a", "<b>", Some(12.0)), row("b", "b", None)],
            foot: Some(Row {
                cells: vec![Cell::Empty, Cell::text("All"), Cell::count(12), Cell::Empty],
                ..Row::default()
            }),
            empty: "Nothing is carried by hand.".into(),
            notes: vec![Line::of("Give ").and_code("runs")],
            ..Table::new("handoffs", "Handoffs", ["handoff", "handoffs"], columns)
        }
    }

    #[test]
    fn a_table_has_heads_rows_details_totals_and_notes() {
        let html = table(&handoffs()).into_string();
        for part in [
            "<table id=\"handoffs-table\" data-paper=\"8\" data-one=\"handoff\" data-many=\"handoffs\"><caption>Manual handoffs</caption>",
            "<th scope=\"col\" class=\"number\">Hours a year</th></tr></thead>",
            "<tr data-id=\"a\" data-about=\"[&quot;jasper&quot;]\" data-offline=\"[&quot;a&quot;]\">",
            "<td class=\"number\" data-key=\"1\">1</td><th scope=\"row\"><bdi>&lt;b&gt;</bdi></th>",
            "<td class=\"number\" data-key=\"\"><span class=\"muted\">not known</span></td></tr>",
            "<tr class=\"details\"><td colspan=\"3\"><dl><div><dt>Evidence</dt><dd><bdi>&lt;/td&gt;why</bdi></dd></div>",
            "<tfoot><tr><td class=\"number\" data-key=\"\"></td><th scope=\"row\"><bdi>All</bdi></th>",
            "<p class=\"note\"><bdi>Give </bdi><code>runs</code></p>",
        ] {
            assert!(html.contains(part), "{part}\n{html}");
        }
    }

    #[test]
    fn a_table_with_too_many_columns_keeps_those_of_slides() {
        let column = |at: usize| Column::new("x", format!("Column {at}."), Kind::Words);
        let columns = (0..14).map(|at| if at % 2 == 0 { column(at).on_slides() } else { column(at) });
        let cells = (0..14).map(|at| Cell::text(format!("Cell {at}."))).collect();
        let rows = vec![Row { id: "a".into(), cells, ..Row::default() }];
        let wide = Table { rows, ..Table::new("wide", "Wide", ["row", "rows"], columns.collect()) };
        let html = table(&wide).into_string();
        let (_, details) = html.split_once("<tr class=\"details\">").unwrap();
        let is_detail = |at: usize| details.contains(&format!("<dt>Column {at}.</dt><dd><bdi>Cell {at}.</bdi></dd>"));
        assert_eq!((0..14).filter(|at| is_detail(*at)).collect::<Vec<_>>(), [7, 9, 11, 13]);
        assert_eq!(html.matches("<th scope=\"col\"").count(), COLUMNS);
    }

    #[test]
    fn a_table_without_rows_says_so() {
        let html = table(&Table { rows: Vec::new(), ..handoffs() }).into_string();
        assert!(html.starts_with("<p>Nothing is carried by hand.</p>"), "{html}");
        assert!(!html.contains("<table"));
    }
}
