//! One documented way in which two products are joined.

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::Serialize;

use super::product::{ProductId, Source};
use super::words::{Confidence, ConnectorKind, Direction, Latency, Maintainer};

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
    /// Who keeps it working.
    pub maintained_by: Maintainer,
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

impl Connector {
    /// How far to trust it on a day: the confidence of its source at that age, and one step less where volunteers keep it
    /// working.
    #[must_use]
    pub fn confidence(&self, as_of: Date) -> Confidence {
        let read = self.source.confidence_on(as_of);
        if self.maintained_by == Maintainer::Community { read.weaker() } else { read }
    }
}
