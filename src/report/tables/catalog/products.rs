//! All products of the catalog.

use crate::catalog::Catalog;
use crate::report::tables::{Cell, Column, Kind, Row, Table};

/// The table, by id.
#[must_use]
pub fn products(catalog: &Catalog) -> Table {
    let columns = vec![
        Column::new("id", "Id", Kind::Words),
        Column::new("name", "Name", Kind::Words),
        Column::new("vendor", "Vendor", Kind::Words),
        Column::new("kind", "Kind", Kind::Words),
        Column::new("ai", "AI", Kind::Words),
    ];
    let rows = catalog.products().iter().map(|product| Row {
        id: product.id.as_str().to_owned(),
        cells: vec![
            Cell::Code(product.id.as_str().to_owned()),
            Cell::name(product.id.as_str(), &product.name),
            Cell::name(&product.vendor, &product.vendor),
            Cell::text(product.kind.as_str()),
            product.ai_class.map_or(Cell::NotKnown, |class| Cell::text(class.as_str())),
        ],
        ..Row::default()
    });
    let table = Table { rows: rows.collect(), ..Table::new("products", "Products", ["product", "products"], columns) };
    super::with_own(table, catalog.products().iter().map(|product| &product.source))
}
