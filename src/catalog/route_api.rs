//! Whether code could join two products, and what is not known about it.

use std::fmt;

use schemars::JsonSchema;
use serde::Serialize;

use super::facts::ProductFacts;
use super::product::Source;
use super::words::{Confidence, Interface};

/// The two ends of a route that has to be programmed.
///
/// The catalog does not record which way an interface serves: `rest`, `bulk`, `streaming`
/// and `sql` are taken to serve both, and only `can_write` was seen documented.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct ApiRoute {
    /// Interfaces through which records can be taken out of the source.
    pub read: Vec<Interface>,
    /// Interfaces through which records can be put into the target.
    pub write: Vec<Interface>,
    /// Record types known to be writable at the target; not complete.
    pub can_write: Option<Vec<String>>,
    /// Where the interfaces were read: first of the source, then of the target; an end that
    /// the stack file vouches for has none.
    pub sources: Vec<Source>,
}

impl ApiRoute {
    /// The weakest support among its sources; absent where the stack file alone vouches for both ends.
    pub(super) fn confidence(&self) -> Option<Confidence> {
        self.sources.iter().map(|source| source.confidence).max()
    }
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
    /// An interface is known, but no record type was seen documented as writable.
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
            Self::WritableRecordsNotVerified { product } => {
                write!(f, "which records can be written into {product} is not verified")
            }
        }
    }
}

/// The two ends of a route by code and what is doubtful about it, or what stands in its way.
pub(super) fn api_route(
    from: &ProductFacts,
    to: &ProductFacts,
) -> Result<(ApiRoute, Vec<Unverified>), Vec<Unverified>> {
    let read = usable(from, Interface::reads, |product, known| Unverified::NoReadingInterface { product, known });
    let write = usable(to, Interface::writes, |product, known| Unverified::NoWritingInterface { product, known });
    let (read, write) = match (read, write) {
        (Ok(read), Ok(write)) => (read, write),
        (read, write) => return Err(read.err().into_iter().chain(write.err()).collect()),
    };
    let from_catalogue = |facts: &ProductFacts| {
        let source = facts.source.clone();
        source.filter(|_| !facts.interfaces_stated)
    };
    let sources: Vec<Source> = [from, to].into_iter().filter_map(from_catalogue).collect();
    let doubts = match &to.api_can_write {
        None if !to.interfaces_stated => {
            vec![Unverified::WritableRecordsNotVerified { product: to.display_name().to_owned() }]
        }
        _ => Vec::new(),
    };
    Ok((ApiRoute { read, write, can_write: to.api_can_write.clone(), sources }, doubts))
}

/// The interfaces of a product that serve, or why none is known to.
fn usable(
    facts: &ProductFacts,
    serves: impl Fn(Interface) -> bool,
    none: impl Fn(String, Vec<Interface>) -> Unverified,
) -> Result<Vec<Interface>, Unverified> {
    let product = facts.display_name().to_owned();
    let Some(known) = &facts.interfaces else {
        return Err(Unverified::InterfacesNotVerified { product });
    };
    let serving: Vec<Interface> = known.iter().copied().filter(|i| serves(*i)).collect();
    if serving.is_empty() {
        return Err(none(product, known.clone()));
    }
    Ok(serving)
}
