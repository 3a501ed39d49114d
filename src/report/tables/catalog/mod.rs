//! The tables of the catalog.

mod connectors;
mod limits;
mod products;
mod stale;

use super::{Cell, Column, Kind, Table};
use crate::catalog::Source;

pub use connectors::connectors;
pub use limits::limits;
pub use products::products;
pub use stale::stale;

/// Adds which row of a catalog of one's own decided something in each row of `table`, where there is any.
fn with_own<'s>(mut table: Table, sources: impl Iterator<Item = &'s Source>) -> Table {
    let own: Vec<String> = sources.map(own_rows).collect();
    if own.iter().all(String::is_empty) {
        return table;
    }
    table.columns.push(Column::new("own", "Your row", Kind::Words));
    for (row, own) in table.rows.iter_mut().zip(own) {
        row.cells.push(if own.is_empty() { Cell::Empty } else { Cell::Text(own) });
    }
    table
}

/// `own.csv:3 (category, interfaces)`, one after the other.
pub(in crate::report) fn own_rows(source: &Source) -> String {
    let rows = source.own.iter().map(|row| format!("{} ({})", row.place(), row.columns.join(", ")));
    rows.collect::<Vec<_>>().join("; ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::{Catalog, Lookup};
    use crate::report::tables::sample::words;

    #[test]
    fn a_product_is_told_with_its_limits_and_connectors() {
        let catalog = Catalog::builtin();
        assert_eq!(products(catalog).rows.len(), catalog.products().len());
        let Lookup::Product(product) = catalog.find("salesforce-sales-cloud") else { panic!("the catalog has it") };
        let known: Vec<_> = catalog.connectors_of(&product.id).collect();
        let table = connectors(&known, catalog.edition());
        assert_eq!(table.rows.len(), known.len());
        assert!(!words(&table, 0, &["mechanism"])[0].is_empty());
        let quotas: Vec<_> = catalog.quotas_of(&product.id).collect();
        let table = limits(&quotas, catalog.edition());
        assert_eq!(table.rows.len(), quotas.len());
        assert!((0..quotas.len()).all(|at| !words(&table, at, &["limit"])[0].is_empty()));
    }
}
