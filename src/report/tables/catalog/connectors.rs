//! The known connectors of a product.

use jiff::civil::Date;

use crate::catalog::{Connector, Direction};
use crate::report::tables::{Cell, Column, Kind, Row, Table};

/// The table, in the order of the catalog, with the confidence and the age of each on a day.
#[must_use]
pub fn connectors(connectors: &[&Connector], as_of: Date) -> Table {
    let columns = vec![
        Column::new("from", "From", Kind::Words),
        Column::new("to", "To", Kind::Words),
        Column::new("back", "And back", Kind::Words),
        Column::new("mechanism", "Mechanism", Kind::Words),
        Column::new("built_by", "Built by", Kind::Words),
        Column::new("maintained_by", "Maintained by", Kind::Words),
        Column::new("confidence", "Confidence", Kind::Words),
        Column::new("age", "Age", Kind::Words),
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
            Cell::text(connector.maintained_by.as_str()),
            Cell::text(connector.confidence(as_of).as_str()),
            Cell::text(connector.source.age(as_of).as_str()),
        ],
        ..Row::default()
    };
    let sources = connectors.iter().map(|connector| &connector.source);
    let table = Table::new("connectors", "Connectors", ["connector", "connectors"], columns);
    let table = Table {
        empty: "None is known. There may still be some.".into(),
        rows: connectors.iter().enumerate().map(row).collect(),
        ..table
    };
    super::with_own(table, sources)
}
