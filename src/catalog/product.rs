//! One product and where its facts come from.

use std::borrow::Borrow;
use std::fmt;

use schemars::JsonSchema;
use serde::Serialize;

use super::kind::Kind;
use super::words::{AiClass, Confidence, Interface, Status};

/// The key of a product: lower case letters, digits and single hyphens.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, JsonSchema)]
#[serde(transparent)]
pub struct ProductId(String);

impl ProductId {
    /// The id, if the text is well formed: `[a-z0-9]+(-[a-z0-9]+)*`.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let part = |p: &str| !p.is_empty() && p.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit());
        text.split('-').all(part).then(|| Self(text.to_owned()))
    }

    /// The id as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Borrow<str> for ProductId {
    fn borrow(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for ProductId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

/// Where a fact was read, and how far to trust it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Source {
    /// Address of the page; absent where only rows of one's own say so.
    pub url: Option<String>,
    /// Date of the page, `2026-08-13` or `2026-08`, where one was known.
    pub date: Option<String>,
    /// How well the fact is supported.
    pub confidence: Confidence,
    /// Public repository (`owner/name`) in which the page was read, if it was not read at
    /// the address itself.
    pub read_in: Option<String>,
    /// Rows of catalogs of one's own that decided cells of the fact, in the order in which they were read.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub own: Vec<OwnRow>,
}

/// A row of a catalog of one's own, and what it decided.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, JsonSchema)]
pub struct OwnRow {
    /// The file, as it was named.
    pub file: String,
    /// Its line, from 1.
    pub line: u64,
    /// The columns that it decided.
    pub columns: Vec<String>,
}

impl OwnRow {
    /// `own.csv:3`.
    #[must_use]
    pub fn place(&self) -> String {
        format!("{}:{}", self.file, self.line)
    }
}

impl Source {
    /// Where the fact was read, for people: rows of one's own, then the page.
    #[must_use]
    pub fn cited(&self) -> String {
        self.cited_for(&[])
    }

    /// The same with only those rows of one's own that decided one of `columns`; with all of them where none is named.
    #[must_use]
    pub fn cited_for(&self, columns: &[&str]) -> String {
        let places = self.deciding(columns).map(OwnRow::place);
        places.chain(self.url.clone()).collect::<Vec<_>>().join(", ")
    }

    /// The rows of one's own that decided one of `columns`, or any where none is named.
    pub fn deciding<'a>(&'a self, columns: &'a [&'a str]) -> impl Iterator<Item = &'a OwnRow> {
        let decides =
            |row: &&OwnRow| columns.is_empty() || row.columns.iter().any(|column| columns.contains(&column.as_str()));
        self.own.iter().filter(decides)
    }
}

/// A published uptime figure.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Sla {
    /// Percent of the time, 0 to 100.
    pub uptime_percent: f64,
    /// What and whom the figure covers.
    pub scope: Option<String>,
    /// The page that publishes it.
    pub url: Option<String>,
}

/// What is known of one product.
///
/// `None` is "not verified". A list without `Option` holds what is known, and its absence
/// proves nothing.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Product {
    /// Stable key: what stack files and other rows refer to.
    pub id: ProductId,
    /// Display name, which may change with the vendor's.
    pub name: String,
    /// What people call it, where that is shorter than the name; a system without a name of its own is called so.
    pub short_name: Option<String>,
    /// Owner on the source's date, after mergers.
    pub vendor: String,
    /// Other names a user may write.
    pub aliases: Vec<String>,
    /// What it is for.
    pub kind: Kind,
    /// What it is for besides.
    pub secondary: Vec<Kind>,
    /// What AI is to it.
    pub ai_class: Option<AiClass>,
    /// How well `ai_class` is supported.
    pub ai_confidence: Option<Confidence>,
    /// Whether it is still sold under this name.
    pub status: Status,
    /// Ways in and out for which a page was seen.
    pub interfaces: Option<Vec<Interface>>,
    /// Ways that are documented to be absent, or were searched for and not found, on the
    /// source's date.
    pub interfaces_absent: Vec<Interface>,
    /// Record types that others can write into it; not complete.
    pub api_can_write: Option<Vec<String>>,
    /// Uptime that the vendor publishes; `None` for most.
    pub sla: Option<Sla>,
    /// Address of the public status page.
    pub status_page: Option<String>,
    /// Main source of the row.
    pub source: Source,
    /// What else to know.
    pub notes: Option<String>,
}

impl Product {
    /// Every name that finds it: id, name, short name and aliases.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        let own = [self.id.as_str(), &self.name].into_iter().chain(self.short_name.as_deref());
        own.chain(self.aliases.iter().map(String::as_str))
    }
}

/// A name under which several products are sold. It is no product: look-ups name the
/// members instead of choosing one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Suite {
    /// Display name, which may change with the vendor's.
    pub name: String,
    /// Other names that a user may write, case and punctuation ignored.
    pub aliases: Vec<String>,
    /// Owner on the source's date, after mergers.
    pub vendor: String,
    /// The products that the catalog knows of it, by id.
    pub members: Vec<ProductId>,
    /// Remarks of the data file, such as members left out.
    pub notes: Option<String>,
    /// Where the list was read.
    pub source: Source,
}
