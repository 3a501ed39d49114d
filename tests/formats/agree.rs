//! The tables of all formats agree cell by cell with those of the story, by id, row and column: the same words, the same
//! numbers. What a format leaves out it says.

use sinew::report::story::{self, Medium};
use sinew::report::tables::{Cell, Column, Row, Shape, Table, cell, cell_parts};

use super::read::{entries, markdown, page, said, same, slides, unescaped};
use super::{Told, all};

/// The tables that a medium shows, with rows.
fn tables(told: &Told, medium: Medium) -> impl Iterator<Item = Table> {
    let tables = story::all_tables(&told.report).into_iter();
    tables.filter(move |(table, media)| media.contains(&medium) && !table.rows.is_empty()).map(|(table, _)| table)
}

fn is_used(table: &Table, at: usize) -> bool {
    table.rows.iter().any(|row| row.cells[at] != Cell::Empty)
}

/// The columns that have a place in a medium and something in them.
fn columns(table: &Table, medium: Medium) -> Vec<(usize, &Column)> {
    table.columns_to(medium.rank()).filter(|(at, _)| is_used(table, *at)).collect()
}

fn words(column: &Column, of: &Cell) -> String {
    said(&cell(column.kind, of))
}

#[test]
fn markdown_says_what_the_tables_say() {
    let mut cells = 0;
    for told in all() {
        let mut grids = markdown(&told.markdown).into_iter();
        let lists = entries(&told.markdown);
        for table in tables(told, Medium::Document) {
            let columns = columns(&table, Medium::Document);
            let place = format!("{}, {}", told.name, table.id);
            let shown = table.rows.len().min(table.most.unwrap_or(usize::MAX));
            if shown < table.rows.len() {
                let rest = sinew::report::say::counted(table.rows.len() - shown, table.unit[0], table.unit[1]);
                let rest = format!("And {rest} more; the JSON and the workbook have them.");
                assert!(told.markdown.contains(&rest), "{place}: {rest}");
            }
            if let Shape::Entries(head) = table.shape {
                table.rows[..shown].iter().for_each(|row| entry(told, &lists, &table, head, row));
                continue;
            }
            let grid = grids.next().unwrap_or_else(|| panic!("{place} is not in the document"));
            let headings: Vec<&str> = columns.iter().map(|(_, column)| column.heading.as_str()).collect();
            assert_eq!(grid.headings, headings, "{place}");
            let rows: Vec<&Row> = table.rows[..shown].iter().chain(&table.foot).collect();
            assert_eq!(grid.rows.len(), rows.len(), "{place}");
            for (found, row) in grid.rows.iter().zip(rows) {
                for (found, (at, column)) in found.iter().zip(&columns) {
                    let meant = words(column, &row.cells[*at]);
                    assert!(same(found, &meant), "{place}, {}, {}: {found:?} for {meant:?}", row.id, column.key);
                    cells += 1;
                }
            }
        }
        assert!(grids.next().is_none(), "{}: a table that the story does not have", told.name);
    }
    assert!(cells > 5_000, "{cells} cells were compared");
}

/// A row that the document tells as an entry of a list: its first cells are the head, each other one is told with its
/// heading.
fn entry(told: &Told, lists: &[(String, Vec<String>)], table: &Table, head: usize, row: &Row) {
    let head_of = |row: &Row| -> String {
        table.columns[..head].iter().zip(&row.cells).map(|(column, cell)| words(column, cell)).collect()
    };
    let bare = |text: &str| text.replace([':', ' ', '`'], "");
    let meant = bare(&head_of(row));
    let found = lists.iter().filter(|(found, _)| same(&bare(found), &meant));
    let rest = || table.columns.iter().zip(&row.cells).skip(head);
    let is_list = |of: &Cell| matches!(of, Cell::List(list) if matches!(list.first(), Some(Cell::Text(_))));
    let missing = |details: &[String]| -> Vec<String> {
        let mut missing = Vec::new();
        for (column, of) in rest().filter(|(column, of)| column.rank <= Medium::Document.rank() && **of != Cell::Empty)
        {
            let lines: Vec<String> = match of {
                Cell::Yes => vec![column.heading.clone()],
                Cell::List(list) if is_list(of) => {
                    list.iter().map(|one| format!("{}: {}", column.heading, words(column, one))).collect()
                }
                of => vec![format!("{}: {}", column.heading, words(column, of))],
            };
            let is_told = |line: &String| details.iter().any(|detail| bare(detail).contains(&bare(line)));
            missing.extend(lines.into_iter().filter(|line| !is_told(line)));
        }
        missing
    };
    let missing: Vec<Vec<String>> = found.map(|(_, details)| missing(details)).collect();
    assert!(missing.iter().any(Vec::is_empty), "{}, {}, {}: {missing:?}", told.name, table.id, row.id);
}

#[test]
fn the_page_says_what_the_tables_say() {
    let mut cells = 0;
    for told in all() {
        for table in tables(told, Medium::Page) {
            let place = format!("{}, {}", told.name, table.id);
            let (headings, rows) = page(&told.page, table.id).unwrap_or_else(|| panic!("{place} is not on the page"));
            assert_eq!(rows.len(), table.rows.len() + usize::from(table.foot.is_some()), "{place}");
            for (found, row) in rows.iter().zip(table.rows.iter().chain(&table.foot)) {
                assert!(same(&found.id, &row.id), "{place}: {} for {}", found.id, row.id);
                for (at, column) in table.columns.iter().enumerate() {
                    let place = format!("{place}, {}, {}", row.id, column.key);
                    let at_head = headings.iter().position(|heading| same(heading, &column.heading));
                    let detail = found.details.iter().find(|(heading, _)| same(heading, &column.heading));
                    let found = match (at_head, detail) {
                        (Some(at), _) => found.cells[at].as_str(),
                        (None, Some((_, said))) => said,
                        // What is empty has no line beneath a row, and totals have no lines at all.
                        (None, None) => {
                            assert!(row.cells[at] == Cell::Empty || row.id.is_empty(), "{place} is missing");
                            continue;
                        }
                    };
                    assert!(alike(found, column, &row.cells[at]), "{place}: {found:?} for {:?}", row.cells[at]);
                    cells += 1;
                }
            }
        }
    }
    assert!(cells > 9_000, "{cells} cells were compared");
}

/// Whether a cell of the page says what the cell of the table says; in a list each entry may be shortened.
fn alike(found: &str, column: &Column, of: &Cell) -> bool {
    let meant = words(column, of);
    if !found.contains('…') {
        return same(found, &meant);
    }
    let mut rest = meant.as_str();
    found.split('…').all(|piece| {
        let piece = piece.trim_matches([' ', ',', '/', '\n', ';']);
        let found = rest.find(piece);
        rest = found.map_or("", |at| &rest[at + piece.len()..]);
        found.is_some()
    })
}

/// Takes out the failures that stop no process, which are not on the slide of those that do; returns how many they are. Where none
/// stops one, all are shown.
fn without_those_that_stop_nothing(told: &Told, table: &mut Table) -> usize {
    let outages = told.json["outages"].as_array().unwrap();
    let stops = |outage: &&serde_json::Value| !outage["processes_down"].as_array().unwrap().is_empty();
    let id = |outage: &serde_json::Value| outage["components"][0].as_str().unwrap().to_owned();
    let stopping: Vec<String> = outages.iter().filter(stops).map(id).collect();
    let all = table.rows.len();
    if !stopping.is_empty() {
        table.rows.retain(|row| stopping.contains(&row.id));
    }
    all - table.rows.len()
}

#[test]
fn slides_say_what_the_tables_say_and_what_they_leave_out() {
    let mut cells = 0;
    for told in all() {
        for mut table in tables(told, Medium::Deck) {
            let place = format!("{}, {}", told.name, table.id);
            let others = if table.id == "outages" { without_those_that_stop_nothing(told, &mut table) } else { 0 };
            let columns = columns(&table, Medium::Deck);
            let headings: Vec<&str> = columns.iter().map(|(_, column)| column.heading.as_str()).collect();
            let (rows, notes) = slides(&told.slides, &headings).unwrap_or_else(|| panic!("{place} is on no slide"));
            for left_out in table.left_out(Medium::Deck.rank()) {
                assert!(notes.contains(left_out), "{place}: {left_out} is not shown, and the notes do not say it");
            }
            assert!(others == 0 || notes.contains(&format!("{others} failure")), "{place}: {others} more, in {notes}");
            let rest = rows.last().and_then(|row| row.trim_matches([' ', '|']).strip_prefix("and "));
            let rest = rest.and_then(|row| row.strip_suffix(" more, in the workbook"));
            let rest: usize = rest.map_or(0, |number| number.parse().unwrap());
            let shown = rows.len() - usize::from(rest > 0);
            // The sums of a short table stand beneath its rows.
            let foot = table.foot.iter().filter(|_| table.rows.len() <= 6);
            let meant: Vec<&Row> = table.rows.iter().chain(foot).collect();
            // What the report leaves out is counted with what the slide does.
            let beyond = if rest > 0 { table.beyond } else { 0 };
            assert_eq!(shown + rest, meant.len() + beyond, "{place}: rows");
            for (found, row) in rows[..shown].iter().zip(meant) {
                // A slide shows the likely value; the notes say where the ranges are.
                let meant = columns.iter().map(|(at, column)| said(&cell_parts(column.kind, &row.cells[*at]).0));
                let meant: Vec<String> = meant.collect();
                if found.contains('…') || meant.iter().any(|cell| cell.contains(" | ")) {
                    continue;
                }
                let found: Vec<&str> = found.split(" | ").collect();
                for ((at, meant), (_, column)) in meant.iter().enumerate().zip(&columns) {
                    let found = found.get(at).copied().unwrap_or_default();
                    assert!(same(found, meant), "{place}, {}, {}: {found:?} for {meant:?}", row.id, column.key);
                    cells += 1;
                }
            }
        }
    }
    assert!(cells > 1_500, "{cells} cells were compared");
}

#[test]
fn a_document_says_which_tables_have_more_columns_elsewhere() {
    for told in all() {
        let said = unescaped(&told.markdown);
        let sentence = said.lines().find(|line| line.contains("more columns")).unwrap_or_default();
        for table in tables(told, Medium::Document) {
            let is_cut = table
                .columns
                .iter()
                .enumerate()
                .any(|(at, column)| column.rank > Medium::Document.rank() && is_used(&table, at));
            assert_eq!(sentence.contains(table.name), is_cut, "{}, {}: {sentence}", told.name, table.id);
        }
    }
}
