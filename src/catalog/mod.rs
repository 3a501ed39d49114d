//! What is known of products, and how two of them can be joined.
//!
//! The facts are data files compiled into the program. Each row names its source, its date
//! where one was known, and how well it is supported. What is not known stays unknown: an
//! absent value means "not verified", never "no". `docs/catalog.md` describes the files.
//!
//! ```
//! use sinew::catalog::{Catalog, Lookup, RouteKind};
//!
//! let catalog = Catalog::builtin();
//! let Lookup::Product(marketo) = catalog.find("Marketo") else { panic!("Marketo is there") };
//! let Lookup::Product(salesforce) = catalog.find("SFDC") else { panic!("so is Salesforce") };
//! let routes = catalog.route(&marketo.into(), &salesforce.into());
//! assert_eq!(routes.routes[0].kind, RouteKind::Native);
//! ```

mod age;
mod connector;
mod facts;
mod file;
mod headers;
mod kind;
mod links;
mod lookup;
mod names;
mod overlay;
pub(crate) mod people;
mod product;
mod quota;
mod quota_use;
mod read;
mod route;
mod route_api;
mod row;
mod shared;
mod spelling;
mod stale;
pub(crate) mod words;

pub use age::Age;
pub use connector::Connector;
pub use facts::{FactsError, ProductFacts, StatedFacts, StatedQuotas, StatedWindow, TaskPeriod, TaskQuota};
pub use file::DataFile;
pub(crate) use headers::{fields_of, headers};
pub use kind::{Kind, Lane};
pub use lookup::{Catalog, Lookup};
pub use names::{Certainty, Expected, Meaning, Recognised, Space};
pub use overlay::{Overlaid, OwnCell, OwnFile};
pub use product::{OwnRow, Product, ProductId, Sla, Source, Suite};
pub use quota::{Quota, Window};
pub use quota_use::{BatchSize, DailyBasis, DailyQuota};
pub use read::{CatalogError, CatalogText};
pub use route::{Route, RouteKind, Routes, Step};
pub use route_api::{ApiRoute, Unverified};
pub use shared::SharedCatalog;
pub use stale::{Fact, Stale};
pub use words::{
    AiClass, Confidence, ConnectorKind, Direction, Environment, Interface, Latency, Maintainer, QuotaKind, Status, Unit,
};
