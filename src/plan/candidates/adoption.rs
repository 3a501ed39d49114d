//! A product that could be adopted.

use crate::catalog::{ProductId, RouteKind};
use crate::model::ItemKind;

/// A product that could be adopted.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Adoption {
    pub(super) product: ProductId,
    pub(super) name: String,
    /// The id that its system would get.
    pub(super) id: String,
    /// What it would do.
    pub(super) kind: RouteKind,
    /// How many links it reaches.
    pub(super) links: usize,
    /// Where it says so.
    pub(super) source: String,
}

impl Adoption {
    /// The id of the item that adopts it.
    #[must_use]
    pub(super) fn item(&self) -> String {
        format!("{}:{}", ItemKind::Middleware.as_str(), self.id)
    }
}
