//! Which facts have to be looked up again, most used first.

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::Serialize;

use super::age::Age;
use super::lookup::Catalog;
use super::product::{ProductId, Source};
use super::words::{Confidence, words};

words! {
    /// What kind of fact a row is.
    Fact {
        /// A row of `products.csv`.
        Product = "product",
        /// A row of `connectors.csv`.
        Connector = "connector",
        /// A row of `quotas.csv`.
        Limit = "limit",
    }
}

/// A fact that is old or undated.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Stale {
    /// What kind of fact it is.
    pub fact: Fact,
    /// The product that it is about; of a connector the one that data comes from.
    pub product: ProductId,
    /// The product that data goes to, of a connector.
    pub to: Option<ProductId>,
    /// What it says: the mechanism, or the interface and kind of limit.
    pub says: Option<String>,
    /// How old it is.
    pub age: Age,
    /// How far to trust it at that age.
    pub counts_as: Confidence,
    /// How many connectors of the catalog touch the product; of a connector, the end that fewer touch.
    pub used: usize,
    /// Where it was read.
    pub source: Source,
}

impl Catalog {
    /// The facts that are old or undated on a day: those about the most connected products first, then by kind of fact,
    /// product and target.
    #[must_use]
    pub fn stale(&self, as_of: Date) -> Vec<Stale> {
        let used = |id: &ProductId| self.count_of_connectors(id);
        let products = self.products().iter().map(|p| Stale {
            fact: Fact::Product,
            product: p.id.clone(),
            to: None,
            says: None,
            age: p.source.age(as_of),
            counts_as: p.source.confidence_on(as_of),
            used: used(&p.id),
            source: p.source.clone(),
        });
        let connectors = self.connectors().map(|c| Stale {
            fact: Fact::Connector,
            product: c.from.clone(),
            to: Some(c.to.clone()),
            says: Some(c.kind.to_string()),
            age: c.source.age(as_of),
            counts_as: c.confidence(as_of),
            used: used(&c.from).min(used(&c.to)),
            source: c.source.clone(),
        });
        let limits = self.quotas().iter().map(|q| Stale {
            fact: Fact::Limit,
            product: q.product.clone(),
            to: None,
            says: Some(format!("{} {}", q.interface, q.kind)),
            age: q.age(as_of),
            counts_as: q.confidence_on(as_of),
            used: used(&q.product),
            source: q.source.clone(),
        });
        let mut found: Vec<Stale> =
            products.chain(connectors).chain(limits).filter(|fact| fact.age != Age::Fresh).collect();
        found.sort_by(|a, b| {
            let key = |one: &Stale| (std::cmp::Reverse(one.used), one.fact);
            key(a).cmp(&key(b)).then_with(|| (&a.product, &a.to, &a.says).cmp(&(&b.product, &b.to, &b.says)))
        });
        found
    }
}
