//! Whether code could join two products, and what is not known about it.

use std::fmt;

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::Serialize;

use super::connector::Connector;
use super::facts::ProductFacts;
use super::lookup::Catalog;
use super::product::{ProductId, Source};
use super::words::{Confidence, ConnectorKind, Interface};

/// The two ends of a route that has to be programmed.
///
/// An interface counts one way only where that way is known: the word says it (`rest-read`, `webhook`, `file-import`),
/// the stack file states it, record types are documented as writable, or a connector of somebody reads or writes it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct ApiRoute {
    /// Interfaces through which records can be taken out of the source.
    pub read: Vec<Interface>,
    /// Interfaces through which records can be put into the target.
    pub write: Vec<Interface>,
    /// Record types that somebody is known to read from the source; not complete.
    pub can_read: Option<Vec<String>>,
    /// Record types known to be writable at the target; not complete.
    pub can_write: Option<Vec<String>>,
    /// Where the interfaces were read: first of the source, then of the target, each with the connector that shows the
    /// way where one had to; an end that the stack file vouches for has none.
    pub sources: Vec<Source>,
}

/// Something that the catalog does not know and that decides about a route.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(tag = "what", rename_all = "kebab-case")]
pub enum Unverified {
    /// No connector of the pair is in the catalog: not looked up, or not found.
    NoConnectorKnown,
    /// No interface of the product was verified.
    InterfacesNotVerified {
        /// Name of the product.
        product: String,
    },
    /// None of the known interfaces lets records out.
    NoReadingInterface {
        /// Name of the product.
        product: String,
        /// Its known interfaces, which serve something else.
        known: Vec<Interface>,
    },
    /// None of the known interfaces lets records in.
    NoWritingInterface {
        /// Name of the product.
        product: String,
        /// Its known interfaces, which serve something else.
        known: Vec<Interface>,
    },
    /// An interface is known, but nothing that reads records through it.
    ReadableRecordsNotVerified {
        /// Name of the product.
        product: String,
    },
    /// An interface is known, but no record type was seen documented as writable, and nothing that writes.
    WritableRecordsNotVerified {
        /// Name of the product.
        product: String,
    },
}

impl fmt::Display for Unverified {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names = |known: &[Interface]| {
            let names: Vec<&str> = known.iter().map(|i| i.as_str()).collect();
            if names.is_empty() { "none".to_owned() } else { names.join(", ") }
        };
        match self {
            Self::NoConnectorKnown => f.write_str("no connector between the two is in the catalog; one may exist"),
            Self::InterfacesNotVerified { product } => {
                write!(f, "interfaces of {product} are not verified")
            }
            Self::NoReadingInterface { product, known } => {
                let known = names(known);
                write!(f, "no interface is known through which records leave {product} (known: {known})")
            }
            Self::NoWritingInterface { product, known } => {
                let known = names(known);
                write!(f, "no interface is known through which records enter {product} (known: {known})")
            }
            Self::ReadableRecordsNotVerified { product } => {
                write!(f, "which records can be read from {product} is not verified")
            }
            Self::WritableRecordsNotVerified { product } => {
                write!(f, "which records can be written into {product} is not verified")
            }
        }
    }
}

/// One end of a route by code.
struct End {
    interfaces: Vec<Interface>,
    records: Option<Vec<String>>,
    sources: Vec<Source>,
    confidence: Option<Confidence>,
}

/// What differs between taking out and putting in.
struct Way {
    serves: fn(Interface) -> bool,
    shows: fn(ConnectorKind) -> bool,
    no_interface: fn(String, Vec<Interface>) -> Unverified,
    no_records: fn(String) -> Unverified,
}

const OUT: Way = Way {
    serves: Interface::reads,
    shows: ConnectorKind::shows_reading,
    no_interface: |product, known| Unverified::NoReadingInterface { product, known },
    no_records: |product| Unverified::ReadableRecordsNotVerified { product },
};

const IN: Way = Way {
    serves: Interface::writes,
    shows: ConnectorKind::shows_writing,
    no_interface: |product, known| Unverified::NoWritingInterface { product, known },
    no_records: |product| Unverified::WritableRecordsNotVerified { product },
};

impl Catalog {
    /// The two ends of a route by code and the weakest support for them (absent where the stack file alone vouches for
    /// both), or what stands in its way.
    pub(super) fn api_route(
        &self,
        from: &ProductFacts,
        to: &ProductFacts,
        as_of: Date,
    ) -> Result<(ApiRoute, Option<Confidence>), Vec<Unverified>> {
        let read = end(from, &OUT, None, as_of, |id| best(self.outgoing(id).map(|leg| leg.connector()), &OUT, as_of));
        let writable = to.api_can_write.as_ref();
        let write = end(to, &IN, writable, as_of, |id| best(self.incoming(id), &IN, as_of));
        match (read, write) {
            (Ok(read), Ok(write)) => {
                let confidence = read.confidence.max(write.confidence);
                let sources = read.sources.into_iter().chain(write.sources).collect();
                let api = ApiRoute {
                    read: read.interfaces,
                    write: write.interfaces,
                    can_read: read.records,
                    can_write: write.records,
                    sources,
                };
                Ok((api, confidence))
            }
            (read, write) => Err(read.err().into_iter().chain(write.err()).collect()),
        }
    }
}

/// The connector that shows best that a product is read or written.
fn best<'c>(connectors: impl Iterator<Item = &'c Connector>, way: &Way, as_of: Date) -> Option<&'c Connector> {
    // The first of several equal ones, in the order of the data file.
    connectors.filter(|c| (way.shows)(c.kind)).min_by_key(|c| (c.confidence(as_of), c.data.is_none()))
}

/// One end: the interfaces that serve, and what shows that they do.
fn end<'c>(
    facts: &ProductFacts,
    way: &Way,
    records: Option<&Vec<String>>,
    as_of: Date,
    shown_by: impl Fn(&ProductId) -> Option<&'c Connector>,
) -> Result<End, Unverified> {
    let product = facts.display_name().to_owned();
    let Some(known) = &facts.interfaces else {
        return Err(Unverified::InterfacesNotVerified { product });
    };
    let serving: Vec<Interface> = known.iter().copied().filter(|i| (way.serves)(*i)).collect();
    if serving.is_empty() {
        return Err((way.no_interface)(product, known.clone()));
    }
    if facts.interfaces_stated {
        return Ok(End { interfaces: serving, records: records.cloned(), sources: Vec::new(), confidence: None });
    }
    let mut sources: Vec<Source> = facts.source.iter().cloned().collect();
    let mut confidence = facts.source.as_ref().map(|source| source.confidence_on(as_of));
    if records.is_some() {
        return Ok(End { interfaces: serving, records: records.cloned(), sources, confidence });
    }
    let clear: Vec<Interface> = serving.iter().copied().filter(|i| i.says_which_way()).collect();
    let shown = facts.product.as_ref().and_then(shown_by);
    match shown {
        Some(connector) => {
            confidence = confidence.max(Some(connector.confidence(as_of)));
            if !sources.contains(&connector.source) {
                sources.push(connector.source.clone());
            }
            Ok(End { interfaces: serving, records: connector.data.clone(), sources, confidence })
        }
        None if clear.is_empty() => Err((way.no_records)(product)),
        None => Ok(End { interfaces: clear, records: None, sources, confidence }),
    }
}
