//! Flows in one cell: `Marketo → SFDC (nightly)`, `Snowflake --> Hightouch --> Marketo`.

use super::cell::Cell;
use super::find::Found;
use super::headers::{Header, brackets};
use super::names::System;
use super::reader::{Reader, Row};
use crate::catalog::Kind;
use crate::grid::{At, Sheet};
use crate::import::draft::EntryKey;
use crate::import::recognise::kind;
use crate::model::spoken;

/// The field of a column of such cells.
pub(super) const ROUTE: &str = "route";

/// Arrows, the longest first, and which way each points.
const ARROWS: [(&str, Way); 22] = [
    ("<-->", Way::Both),
    ("<==>", Way::Both),
    ("<->", Way::Both),
    ("<=>", Way::Both),
    ("<>", Way::Both),
    ("↔", Way::Both),
    ("⇄", Way::Both),
    ("⇔", Way::Both),
    ("--->", Way::Forth),
    ("-->", Way::Forth),
    ("==>", Way::Forth),
    ("->", Way::Forth),
    ("=>", Way::Forth),
    ("→", Way::Forth),
    ("⇒", Way::Forth),
    ("➔", Way::Forth),
    ("➜", Way::Forth),
    (" > ", Way::Forth),
    ("<--", Way::Back),
    ("<-", Way::Back),
    ("←", Way::Back),
    (" < ", Way::Back),
];

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Way {
    Forth,
    Back,
    Both,
}

/// Makes a table that names no ends, but has a column of arrows, one of flows; whether it does.
pub(super) fn is_of_routes(sheet: &Sheet, found: &mut Found) -> bool {
    let has_arrow = |column: u32| {
        let cells = found.rows.iter().filter_map(|row| sheet.shown(At { row: *row, column }));
        let (all, with) =
            cells.fold((0, 0), |(all, with), cell| (all + 1, with + usize::from(!split(&cell.text).1.is_empty())));
        with >= 2 && with * 3 > all * 2
    };
    let Some(column) = found.headers.keys().copied().find(|column| has_arrow(*column)) else { return false };
    let named = found.headers.entry(column).or_default();
    *named = Header { fields: vec![(ROUTE, 0)], ..named.clone() };
    true
}

/// The names between the arrows, and the arrows.
fn split(text: &str) -> (Vec<&str>, Vec<Way>) {
    let (mut names, mut ways, mut rest) = (Vec::new(), Vec::new(), text);
    loop {
        let next = ARROWS.iter().filter_map(|(arrow, way)| Some((rest.find(arrow)?, arrow.len(), *way)));
        let Some((at, length, way)) = next.min_by_key(|(at, length, _)| (*at, usize::MAX - length)) else { break };
        names.push(rest[..at].trim());
        ways.push(way);
        rest = &rest[at + length..];
    }
    names.push(rest.trim());
    if names.iter().any(|name| name.is_empty()) { (Vec::new(), Vec::new()) } else { (names, ways) }
}

/// Whether a cell names two systems with an arrow of both ways between them.
pub(super) fn is_both_ways(text: &str) -> bool {
    split(text).1.contains(&Way::Both)
}

impl Reader<'_> {
    pub(super) fn route_row(&mut self, row: &Row) {
        let Some(cell) = row.get(ROUTE).cloned() else {
            return self.drop_row("flow", row.place.clone(), "it names no ends");
        };
        // What stands in brackets at the end is said of the flow, not of a system.
        let (text, aside) = match brackets(&cell.text) {
            (outside, Some(inside)) if cell.text.trim_end().ends_with([')', ']']) => (outside, Some(inside)),
            _ => (cell.text.clone(), None),
        };
        let (names, ways) = split(&text);
        let systems: Vec<System> = names.iter().filter_map(|name| self.names.system(name, self.left_out)).collect();
        if ways.is_empty() || systems.len() != names.len() {
            return self.drop_row("flow", row.place.clone(), "it names only one end");
        }
        let row = with_aside(row, &cell, aside.as_deref());
        let mut entries: Vec<EntryKey> = Vec::new();
        let mut at = 0;
        while at + 1 < systems.len() {
            // What only moves data, between two arrows of one way, is what the flow runs through.
            let carries = |system: &System| kind(&system.named).is_some_and(Kind::is_middleware);
            let (next, through) = match systems.get(at + 2) {
                Some(_) if carries(&systems[at + 1]) && ways[at] == ways[at + 1] => (at + 2, Some(names[at + 1])),
                _ => (at + 1, None),
            };
            let (one, other) = (&systems[at], &systems[next]);
            let row = match through {
                Some(name) => row.with("through", Cell { text: name.to_owned(), ..cell.clone() }),
                None => row.clone(),
            };
            if one.named.key != other.named.key {
                if ways[at] != Way::Back {
                    entries.extend(self.flow_between(&row, one, other));
                }
                if ways[at] != Way::Forth {
                    entries.extend(self.flow_between(&row, other, one));
                }
            }
            at = next;
        }
        match entries.is_empty() {
            true => self.drop_row("flow", row.place, "it goes from a system to itself"),
            false => self.gave(entries),
        }
    }
}

/// The row with what stands in brackets behind its route: how often, else how it moves where no column says that.
fn with_aside(row: &Row, cell: &Cell, aside: Option<&str>) -> Row {
    let Some(aside) = aside else { return row.clone() };
    let cell = Cell { text: aside.to_owned(), ..cell.clone() };
    if row.get("runs").is_none() && spoken::runs(aside, false).is_some() {
        return row.with("runs", cell);
    }
    match row.get("mechanism") {
        Some(said) => {
            let both = format!("{}, {aside}", said.text);
            row.with("mechanism", Cell { text: both, ..said.clone() })
        }
        None => row.with("mechanism", cell),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arrows_part_names() {
        assert_eq!(split("A → B"), (vec!["A", "B"], vec![Way::Forth]));
        assert_eq!(split("A --> B ---> C"), (vec!["A", "B", "C"], vec![Way::Forth, Way::Forth]));
        assert_eq!(split("A <-> B"), (vec!["A", "B"], vec![Way::Both]));
        assert_eq!(split("A <> B"), (vec!["A", "B"], vec![Way::Both]));
        assert_eq!(split("A<-B"), (vec!["A", "B"], vec![Way::Back]));
        assert_eq!(split("T-Mobile > Slack"), (vec!["T-Mobile", "Slack"], vec![Way::Forth]));
        for none in ["Salesforce", "T-Mobile", "more > ", "-> B", ""] {
            assert!(split(none).1.is_empty(), "{none}");
        }
    }
}
