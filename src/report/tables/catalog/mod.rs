//! The tables of the catalog.

mod connectors;
mod limits;
mod products;

pub use connectors::connectors;
pub use limits::limits;
pub use products::products;
