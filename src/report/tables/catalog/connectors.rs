//! The known connectors of a product.

use crate::catalog::{Connector, Direction};
use crate::report::tables::{Cell, Column, Kind, Row, Table};

/// The table, in the order of the catalog.
#[must_use]
pub fn connectors(connectors: &[&Connector]) -> Table {
    let columns = vec![
        Column::new("from", "From", Kind::Words),
        Column::new("to", "To", Kind::Words),
        Column::new("back", "And back", Kind::Words),
        Column::new("mechanism", "Mechanism", Kind::Words),
        Column::new("built_by", "Built by", Kind::Words),
        Column::new("confidence", "Confidence", Kind::Words),
    ];
    let code = |id: &str| Cell::Code(id.to_owned());
    let row = |(at, connector): (usize, &&Connector)| Row {
        id: at.to_string(),
        cells: vec![
            code(connector.from.as_str()),
            code(connector.to.as_str()),
            Cell::yes(connector.direction == Direction::Both),
            Cell::text(connector.kind.as_str()),
            code(connector.built_by.as_str()),
            Cell::text(connector.source.confidence.as_str()),
        ],
        ..Row::default()
    };
    let table = Table::new("connectors", "Connectors", ["connector", "connectors"], columns);
    Table {
        empty: "None is known. There may still be some.".into(),
        rows: connectors.iter().enumerate().map(row).collect(),
        ..table
    }
}
