//! One documented way in which two products are joined.

use schemars::JsonSchema;
use serde::Serialize;

use super::product::{ProductId, Source};
use super::words::{ConnectorKind, Direction, Latency};

/// A connector: data goes from `from` to `to`, or either way.
///
/// A pair can occur more than once, with another builder or mechanism.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Connector {
    /// Product that data comes from.
    pub from: ProductId,
    /// Product that data goes to.
    pub to: ProductId,
    /// Whether it also carries data back.
    pub direction: Direction,
    /// How the data moves: built-in sync, warehouse load, module of an iPaaS.
    pub kind: ConnectorKind,
    /// Product whose vendor builds and supports it.
    pub built_by: ProductId,
    /// Kinds of record it carries, in the vendors' words.
    pub data: Option<Vec<String>>,
    /// How fresh data is.
    pub latency: Option<Latency>,
    /// The published figure behind `latency`.
    pub latency_text: Option<String>,
    /// Limits, plan needs, known gaps.
    pub constraints: Option<String>,
    /// Where it was read.
    pub source: Source,
}
