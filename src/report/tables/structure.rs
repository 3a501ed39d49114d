//! The network of systems: where it would fall apart, and how much runs through middleware.

use super::{Cell, Column, Kind, Row, Table};
use crate::report::facts::Report;
use crate::report::say::Line;

/// The table: articulation points, bridges, then middleware; `None` where the structure was not asked for.
#[must_use]
pub fn structure(report: &Report) -> Option<Table> {
    let found = report.structure.as_ref()?;
    let names = &report.stack.names;
    let columns = vec![
        Column::new("part", "Part", Kind::Words).on_slides(),
        Column::new("what", "System or flow", Kind::Words).on_slides(),
        Column::new("flows", "Flows through it, or of a domain", Kind::Count).on_slides(),
        Column::new("share", "Share of all flows", Kind::Share).on_slides(),
    ];
    let row = |part: &str, id: &String, flows: Cell, share: Cell| Row {
        id: format!("{part}:{id}"),
        about: vec![id.clone()],
        cells: vec![Cell::text(part), Cell::name(id, names.component(id)), flows, share],
        ..Row::default()
    };
    let points = found.articulation_points.iter().map(|id| row("articulation point", id, Cell::Empty, Cell::Empty));
    let bridges = found.bridges.iter().map(|id| row("bridge", id, Cell::Empty, Cell::Empty));
    let shares = found.middleware_share.iter();
    let middleware =
        shares.map(|of| row("middleware", &of.system, Cell::count(of.flows), Cell::number(Some(of.share.get()))));
    // Of a domain the flows are those that begin or end there.
    let domains = found.domains.iter().map(|of| Row {
        id: format!("domain:{}", of.domain),
        cells: vec![Cell::text("domain"), Cell::name(&of.domain, &of.domain), Cell::count(of.flows), Cell::Empty],
        ..Row::default()
    });
    let table = Table::new("structure", "Structure", ["part", "parts"], columns);
    Some(Table {
        title: "The network of systems: where it splits, and what runs through middleware".into(),
        empty: "No single system or flow splits the network, and no flow runs through middleware.".into(),
        rows: points.chain(bridges).chain(middleware).chain(domains).collect(),
        notes: vec![Line::of(
            "Without an articulation point or a bridge, the network of live systems splits into more parts, whatever \
             the flows carry.",
        )],
        ..table
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::tables::sample::{acme, tiny, words};

    #[test]
    fn parts_are_named_and_middleware_is_counted() {
        let table = structure(&tiny()).unwrap();
        assert_eq!(words(&table, 0, &["part", "what", "flows"]), ["articulation point", "Numbers sheet", ""]);
        let table = structure(&acme()).unwrap();
        let workato = table.rows.iter().position(|row| row.id == "middleware:workato").unwrap();
        assert_eq!(words(&table, workato, &["part", "what", "flows", "share"]), ["middleware", "Workato", "1", "14%"]);
        let marketing = table.rows.iter().position(|row| row.id == "domain:Marketing").unwrap();
        assert_eq!(words(&table, marketing, &["part", "what", "share"]), ["domain", "Marketing", ""]);
    }
}
