//! What is known of one system's product: the catalog's facts, and over them whatever
//! the stack file states.

use schemars::JsonSchema;
use serde::Serialize;

use super::kind::Kind;
use super::lookup::{Catalog, Lookup};
use super::product::{Product, ProductId, Source};
use super::words::{AiClass, Interface, words};

/// Limits that a stack file states for a system.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, JsonSchema)]
pub struct StatedQuotas {
    /// API calls a day that the contract allows, add-ons included.
    pub daily_calls: Option<u64>,
    /// Records that one call can write.
    pub batch_size: Option<u64>,
    /// Records that one call can read.
    pub read_page: Option<u64>,
    /// Tasks a day of a middleware.
    pub daily_tasks: Option<u64>,
    /// Tasks of a middleware within a longer time.
    pub tasks: Option<TaskQuota>,
    /// Calls within a time shorter than a day.
    pub window: Option<StatedWindow>,
}

/// Tasks that a contract allows within a time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct TaskQuota {
    /// How many.
    pub tasks: u64,
    /// Within which time.
    pub within: TaskPeriod,
}

words! {
    /// The time of a limit of tasks.
    TaskPeriod {
        /// A day of the calendar.
        Day = "day",
        /// A month of the calendar.
        Month = "month",
        /// A year.
        Year = "year",
    }
}

/// Calls that a contract allows within a time shorter than a day.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, JsonSchema)]
pub struct StatedWindow {
    /// How many.
    pub calls: u64,
    /// Within how many seconds.
    pub seconds: u64,
}

/// What a stack file says about a system's product. All of it is optional.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct StatedFacts {
    /// Id, name or alias of a product.
    pub product: Option<String>,
    /// What the system is for.
    pub kind: Option<Kind>,
    /// Who sells it: as stated, else as the catalog has it.
    pub vendor: Option<String>,
    /// Whether it is an AI tool.
    pub ai: Option<bool>,
    /// Ways in and out; an empty list says that there are none.
    pub interfaces: Option<Vec<Interface>>,
    /// Limits that the stack file states, over those of the catalog.
    pub quotas: StatedQuotas,
}

/// Why a system's facts cannot be settled.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FactsError {
    /// No product has this name, and no kind is stated that would make it a custom one.
    #[error("unknown product `{name}` and no `kind` stated")]
    UnknownProduct {
        /// The name as the file has it.
        name: String,
    },
    /// The name covers several products.
    #[error("`{name}` is a suite of several products: {}", members.iter().map(ProductId::as_str).collect::<Vec<_>>().join(", "))]
    Suite {
        /// The name under which the products are sold.
        name: String,
        /// What to write instead: one of these.
        members: Vec<ProductId>,
    },
    /// Neither product nor kind is stated.
    #[error("neither `product` nor `kind` is stated")]
    NothingStated,
}

/// What is known of one system's product. `None` is "not known".
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct ProductFacts {
    /// The catalog's product; absent for a custom one.
    pub product: Option<ProductId>,
    /// Name of the product, as the catalog or else the stack file writes it.
    pub name: Option<String>,
    /// What people call it, where the catalog has a shorter name.
    pub short_name: Option<String>,
    /// Who sells it: as stated, else as the catalog has it.
    pub vendor: Option<String>,
    /// What it is for.
    pub kind: Kind,
    /// What it is for besides; empty where the stack file states the kind.
    pub secondary: Vec<Kind>,
    /// What AI is to the product.
    pub ai_class: Option<AiClass>,
    /// Whether the system counts as an AI tool.
    pub ai_tool: bool,
    /// Ways in and out.
    pub interfaces: Option<Vec<Interface>>,
    /// Whether the stack file stated `interfaces`.
    pub interfaces_stated: bool,
    /// Record types that others can write into it; not complete.
    pub api_can_write: Option<Vec<String>>,
    /// Limits stated in the stack file.
    pub quotas: StatedQuotas,
    /// Main source of the catalog's row.
    pub source: Option<Source>,
}

/// Whether a system is an AI tool: as stated, else if it is built on AI or of an AI kind
/// and no system of record.
fn is_ai_tool(stated: Option<bool>, kind: Kind, class: Option<AiClass>) -> bool {
    let by_nature = kind.is_ai() || class == Some(AiClass::Native);
    stated.unwrap_or(by_nature && !kind.is_system_of_record())
}

impl From<&Product> for ProductFacts {
    fn from(p: &Product) -> Self {
        Self {
            product: Some(p.id.clone()),
            name: Some(p.name.clone()),
            short_name: p.short_name.clone(),
            vendor: Some(p.vendor.clone()),
            kind: p.kind,
            secondary: p.secondary.clone(),
            ai_class: p.ai_class,
            ai_tool: is_ai_tool(None, p.kind, p.ai_class),
            interfaces: p.interfaces.clone(),
            interfaces_stated: false,
            api_can_write: p.api_can_write.clone(),
            quotas: StatedQuotas::default(),
            source: Some(p.source.clone()),
        }
    }
}

impl ProductFacts {
    /// A product that the catalog does not have.
    fn custom(name: Option<String>, kind: Kind) -> Self {
        Self {
            product: None,
            name,
            short_name: None,
            vendor: None,
            kind,
            secondary: Vec::new(),
            ai_class: None,
            ai_tool: is_ai_tool(None, kind, None),
            interfaces: None,
            interfaces_stated: false,
            api_can_write: None,
            quotas: StatedQuotas::default(),
            source: None,
        }
    }

    /// Whether the product adds facts to other systems' records, mainly or besides.
    #[must_use]
    pub fn is_enrichment(&self) -> bool {
        self.kind.is_enrichment() || self.secondary.iter().any(|k| k.is_enrichment())
    }

    /// What people call the product: its short name, else its name; absent where neither is known.
    #[must_use]
    pub fn called(&self) -> Option<&str> {
        self.short_name.as_deref().or(self.name.as_deref())
    }

    /// What to call it in a sentence.
    #[must_use]
    pub fn display_name(&self) -> &str {
        self.name.as_deref().unwrap_or_else(|| self.kind.display_name())
    }
}

impl Catalog {
    /// The facts of a system: the catalog's, and over them what is stated.
    ///
    /// # Errors
    /// The product is unknown or a suite and no kind is stated, or nothing is stated at all.
    pub fn facts(&self, stated: &StatedFacts) -> Result<ProductFacts, FactsError> {
        let name = stated.product.as_deref();
        let mut facts = match (name.map(|n| (n, self.find(n))), stated.kind) {
            (Some((_, Lookup::Product(p))), _) => p.into(),
            (Some((n, _)), Some(kind)) => ProductFacts::custom(Some(n.to_owned()), kind),
            (None, Some(kind)) => ProductFacts::custom(None, kind),
            (Some((_, Lookup::Suite(s))), None) => {
                return Err(FactsError::Suite { name: s.name.clone(), members: s.members.clone() });
            }
            (Some((n, Lookup::Unknown)), None) => {
                let name = n.to_owned();
                return Err(FactsError::UnknownProduct { name });
            }
            (None, None) => return Err(FactsError::NothingStated),
        };
        if let Some(kind) = stated.kind.filter(|k| *k != facts.kind) {
            facts.kind = kind;
            facts.secondary.clear();
        }
        if let Some(vendor) = &stated.vendor {
            facts.vendor = Some(vendor.clone());
        }
        if let Some(interfaces) = &stated.interfaces {
            facts.interfaces = Some(interfaces.clone());
            facts.interfaces_stated = true;
        }
        facts.ai_tool = is_ai_tool(stated.ai, facts.kind, facts.ai_class);
        facts.quotas = stated.quotas;
        Ok(facts)
    }
}
