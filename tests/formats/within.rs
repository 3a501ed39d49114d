//! Links inside the workbook lead to cells that hold what they name; inputs take what is between their bounds, and owners are
//! chosen from a list.

use std::collections::BTreeMap;
use std::io::Cursor;

use calamine::{Data, Range, Reader as _, Xlsx};
use sinew::report::story::{self, Workbook};
use sinew::report::tables::{Cell, Table};

use super::charts::{between, cell, part};
use super::read::said;
use super::{Told, all};

/// From which cell, to which sheet and cell, and what appears over it.
type Link = ((u32, u32), String, (u32, u32), String);

/// The links of a sheet.
fn links(told: &Told, number: usize) -> Vec<Link> {
    let xml = part(told, &format!("xl/worksheets/sheet{}.xml", number + 1)).unwrap();
    let value =
        |link: &str, key: &str| between(link, &format!(" {key}=\""), "\"").first().map(|found| (*found).to_owned());
    let one = |link: &&str| {
        let (sheet, place) =
            value(link, "location").unwrap().rsplit_once('!').map(|(a, b)| (a.to_owned(), cell(b))).unwrap();
        let sheet = sheet.trim_matches('\'').to_owned();
        (cell(&value(link, "ref").unwrap()), sheet, place, value(link, "tooltip").unwrap_or_default())
    };
    between(&xml, "<hyperlink ", "/>").iter().map(|link| format!(" {link}")).map(|link| one(&link.as_str())).collect()
}

/// The row of a table that stands in a row of its sheet.
fn row_at<'t>(table: &'t Table, sheet: &Range<Data>, row: u32) -> Option<&'t sinew::report::tables::Row> {
    let is_head = |cells: &[Data]| cells.first().is_some_and(|cell| cell.to_string() == table.columns[0].heading);
    let head = sheet.rows().position(is_head)? as u32;
    table.rows.get(row.checked_sub(head + 1)? as usize)
}

#[test]
fn links_lead_to_the_rows_of_what_they_name() {
    let mut counts: BTreeMap<(String, String), usize> = BTreeMap::new();
    for told in all() {
        let mut book = Xlsx::new(Cursor::new(told.book.clone())).unwrap();
        let Workbook { tables, summary, .. } = story::workbook(&told.report);
        let names = book.sheet_names();
        let sheets: BTreeMap<String, Range<Data>> =
            names.iter().map(|name| (name.clone(), book.worksheet_range(name).unwrap())).collect();
        let table = |name: &str| tables.iter().find(|table| table.name == name);
        for (number, name) in names.iter().enumerate() {
            let mut linked = Vec::new();
            for (from, to, place, tip) in links(told, number) {
                let at = format!("{}, {name} {from:?}: {to} {place:?}", told.name);
                assert!(sheets.contains_key(&to) && !tip.is_empty(), "{at}");
                *counts.entry((name.clone(), to.clone())).or_default() += 1;
                linked.push(from);
                let Some(source) = table(name).and_then(|table| row_at(table, &sheets[name], from.0)) else { continue };
                if to == "Summary" {
                    // A rate leads to its input, which holds it.
                    let value = |sheet: &str, place| sheets[sheet].get_value(place).cloned();
                    assert_eq!(value(name, from), value("Summary", place), "{at}");
                    let facts = summary.parts.iter().flat_map(|(_, facts)| facts);
                    assert!(
                        facts.filter(|fact| fact.is_input()).any(|fact| tip == format!("Summary: {}", fact.label)),
                        "{at}"
                    );
                    continue;
                }
                let target = table(&to).and_then(|table| row_at(table, &sheets[&to], place.0));
                let target = target.unwrap_or_else(|| panic!("{at}: no row"));
                assert!(
                    source.cells.iter().flat_map(Cell::ids).any(|id| id == target.id),
                    "{at}: {} is not named",
                    target.id
                );
            }
            // Two-sided: whatever can be linked is.
            let Some(table) = table(name) else { continue };
            for (index, column) in table.columns.iter().enumerate().filter(|(_, column)| !column.leads.is_empty()) {
                let has_row = |id: &str| {
                    let led = tables.iter().filter(|other| column.leads.contains(&other.id));
                    led.flat_map(|other| &other.rows).any(|row| row.id == id)
                };
                let sheet = &sheets[name];
                let rows = (0..sheet.height() as u32).filter_map(|at| Some((at, row_at(table, sheet, at)?)));
                for (at, row) in rows.filter(|(_, row)| row.cells[index].ids().iter().any(|id| has_row(id))) {
                    // Words of several lines leave their link to the first cell of the row.
                    assert!(
                        linked.iter().any(|from| from.0 == at),
                        "{}, {name}, {}, {}",
                        told.name,
                        row.id,
                        column.key
                    );
                }
            }
        }
    }
    for (from, to) in
        [("Findings", "Plan"), ("Plan", "Handoffs"), ("Handoffs", "Steps"), ("Steps", "Summary"), ("Gantt", "Plan")]
    {
        let count = counts.get(&(from.to_owned(), to.to_owned())).copied().unwrap_or_default();
        assert!(count > 3, "{count} links from {from} to {to}");
    }
}

#[test]
fn inputs_have_bounds_and_owners_a_list() {
    let (mut inputs, mut owners) = (0, 0);
    for told in all() {
        let mut book = Xlsx::new(Cursor::new(told.book.clone())).unwrap();
        let Workbook { summary, tables, choices, .. } = story::workbook(&told.report);
        let xml = part(told, "xl/worksheets/sheet1.xml").unwrap();
        let rules = between(&xml, "<dataValidation ", "</dataValidation>");
        let facts = summary.parts.iter().flat_map(|(_, facts)| facts).filter(|fact| fact.is_input());
        let sheet = book.worksheet_range("Summary").unwrap();
        let places: Vec<(u32, u32)> = rules
            .iter()
            .flat_map(|rule| between(rule, "sqref=\"", "\"")[0].split(' '))
            .flat_map(|area| {
                let (from, to) = area.split_once(':').unwrap_or((area, area));
                (cell(from).0..=cell(to).0).map(|row| (row, 1))
            })
            .collect();
        let mut count = 0;
        for fact in facts {
            let [least, most] = fact.allowed.unwrap();
            let value = fact.value.amount().unwrap().likely;
            assert!(least <= value && value <= most, "{}: {}", told.name, fact.key);
            let label = said(&sinew::report::say::Line::of(&fact.label));
            let row = sheet.rows().position(|row| row[0].to_string() == label).unwrap() as u32;
            assert!(places.contains(&(row, 1)), "{}: {} has no bounds", told.name, fact.key);
            count += 1;
        }
        assert_eq!(places.len(), count, "{}", told.name);
        inputs += count;
        let Some(choice) = choices.first() else { continue };
        let number = book.sheet_names().iter().position(|name| name == "Plan").unwrap();
        let xml = part(told, &format!("xl/worksheets/sheet{}.xml", number + 1)).unwrap();
        let list = format!("<formula1>'Choices'!$A$1:$A${}</formula1>", choice.words.len());
        assert!(xml.contains(&list), "{}", told.name);
        let plan = tables.iter().find(|table| table.id == choice.table).unwrap();
        let at = plan.columns.iter().position(|column| column.key == choice.column).unwrap();
        for row in &plan.rows {
            if let Cell::Name(named) = &row.cells[at] {
                assert!(choice.words.contains(&named.name), "{}: {}", told.name, named.name);
                owners += 1;
            }
        }
    }
    assert!(inputs > 40 && owners > 20, "{inputs} inputs, {owners} owners");
}
