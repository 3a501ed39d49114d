//! The tables of the catalog.

mod connectors;
mod limits;
mod products;
mod stale;

pub use connectors::connectors;
pub use limits::limits;
pub use products::products;
pub use stale::stale;

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
