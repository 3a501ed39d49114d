//! The rules that rows of one's own keep, and those of the program.
//!
//! Reading refuses a cell that says something unknown; these rules look at what the rows say of one another.

use std::collections::{BTreeMap, BTreeSet};

use super::merge::{Place, Typed};
use super::parse::Parsed;
use crate::catalog::connector::Connector;
use crate::catalog::file::DataFile;
use crate::catalog::lookup::{Catalog, normalise};
use crate::catalog::names::Entry;
use crate::catalog::product::{Product, ProductId, Source, Suite};
use crate::catalog::quota::{Quota, Window};
use crate::catalog::read::CatalogError;
use crate::catalog::words::QuotaKind;

/// Rows of one's own that can be read.
pub(super) struct Check<'a> {
    base: &'a Catalog,
    parsed: &'a [Parsed<'a>],
    /// Ids of products that have a row of one's own.
    written: BTreeSet<&'a str>,
    pub(super) products: Vec<Typed<Product>>,
    pub(super) connectors: Vec<Typed<Connector>>,
    pub(super) quotas: Vec<Typed<Quota>>,
    pub(super) suites: Vec<Typed<Suite>>,
    pub(super) names: Vec<Typed<Entry>>,
}

/// What is wrong: the row, the column where it is one, and why.
type Found = Vec<(Place, Option<&'static str>, String)>;

impl<'a> Check<'a> {
    pub(super) fn of(base: &'a Catalog, parsed: &'a [Parsed<'a>]) -> Self {
        let products = parsed.iter().filter(|own| own.file == DataFile::Products);
        let id = DataFile::Products.column("id").expect("products have ids");
        let written = products.flat_map(|own| own.rows.iter().map(move |row| row.cells[id].as_str())).collect();
        Self {
            base,
            parsed,
            written,
            products: Vec::new(),
            connectors: Vec::new(),
            quotas: Vec::new(),
            suites: Vec::new(),
            names: Vec::new(),
        }
    }

    /// Adds what is wrong to `faults`, and takes rows out that speak of what is not there. The number of new rows without
    /// a page, and without a date.
    pub(super) fn run(&mut self, is_sorted: bool, faults: &mut Vec<CatalogError>) -> (usize, usize) {
        let mut found = Found::new();
        self.claims(&mut found);
        self.ends(&mut found);
        self.limits(&mut found);
        self.sources(&mut found);
        if is_sorted {
            self.order(&mut found);
        }
        let counts = self.unsourced();
        faults.extend(
            found.into_iter().map(|(place, column, message)| self.parsed[place.file].fault(place.row, column, message)),
        );
        self.drop_loose_ends();
        counts
    }

    /// A name stands for one thing, here and in the catalog that the rows are put over.
    fn claims(&self, found: &mut Found) {
        let mut owners: BTreeMap<String, &str> = BTreeMap::new();
        let replaced: BTreeSet<&str> = self.products.iter().map(|one| one.row.id.as_str()).collect();
        for product in self.base.products().iter().filter(|p| !replaced.contains(p.id.as_str())) {
            owners.extend(product.names().map(|name| (normalise(name), product.id.as_str())));
        }
        let here: BTreeSet<&str> = self.suites.iter().map(|one| one.row.name.as_str()).collect();
        for suite in self.base.suites().iter().filter(|s| !here.contains(s.name.as_str())) {
            let names = std::iter::once(&suite.name).chain(&suite.aliases);
            owners.extend(names.map(|name| (normalise(name), suite.name.as_str())));
        }
        for Typed { row, place, .. } in &self.products {
            let named = [("id", row.id.as_str()), ("name", &row.name)].into_iter();
            let named = named.chain(row.short_name.as_deref().map(|name| ("short_name", name)));
            for (column, name) in named.chain(row.aliases.iter().map(|name| ("aliases", name.as_str()))) {
                found.extend(claim(&mut owners, name, row.id.as_str()).map(|m| (*place, Some(column), m)));
            }
        }
        for Typed { row, place, .. } in &self.suites {
            let named = std::iter::once(("name", &row.name)).chain(row.aliases.iter().map(|name| ("aliases", name)));
            for (column, name) in named {
                found.extend(claim(&mut owners, name, &row.name).map(|m| (*place, Some(column), m)));
            }
        }
    }

    /// Whether there is a row for a product, even one that something is wrong with: that has been reported.
    fn is_there(&self, id: &ProductId) -> bool {
        self.written.contains(id.as_str()) || self.base.product(id.as_str()).is_some()
    }

    /// What a row speaks of exists, and a connector has two ends.
    fn ends(&self, found: &mut Found) {
        let mut missing = |place: Place, column: &'static str, id: &ProductId| {
            if !self.is_there(id) {
                found.push((place, Some(column), format!("there is no product `{id}`")));
            }
        };
        for Typed { row, place, .. } in &self.connectors {
            missing(*place, "from_id", &row.from);
            missing(*place, "to_id", &row.to);
            if row.built_by != row.from && row.built_by != row.to {
                missing(*place, "built_by", &row.built_by);
            }
        }
        for Typed { row, place, .. } in &self.quotas {
            missing(*place, "product_id", &row.product);
            row.with.iter().for_each(|id| missing(*place, "with_id", id));
        }
        for Typed { row, place, .. } in &self.suites {
            row.members.iter().for_each(|id| missing(*place, "members", id));
        }
        for Typed { row, place, .. } in &self.names {
            row.product().into_iter().for_each(|id| missing(*place, "meaning", id));
        }
        for Typed { place, .. } in self.names.iter().filter(|one| matches!(one.row, Entry::Kind(..))) {
            let message = "words for a kind of tool are those of the program";
            found.push((*place, Some("space"), message.to_owned()));
        }
        for Typed { row, place, .. } in self.connectors.iter().filter(|one| one.row.from == one.row.to) {
            found.push((*place, Some("to_id"), format!("it leads from `{}` to itself", row.from)));
        }
        for Typed { row, place, .. } in self.suites.iter().filter(|one| one.row.members.len() < 2) {
            found.push((*place, Some("members"), format!("`{}` has fewer than two products", row.name)));
        }
    }

    /// Takes out what speaks of products that are not there, which has been reported: look-ups follow these.
    fn drop_loose_ends(&mut self) {
        let known: BTreeSet<ProductId> = self.products.iter().map(|one| one.row.id.clone()).collect();
        let is_there = |id: &ProductId| known.contains(id) || self.base.product(id.as_str()).is_some();
        self.connectors.retain(|one| {
            let row = &one.row;
            row.from != row.to && [&row.from, &row.to, &row.built_by].into_iter().all(is_there)
        });
        self.quotas.retain(|one| std::iter::once(&one.row.product).chain(&one.row.with).all(is_there));
        self.suites.retain(|one| one.row.members.iter().all(is_there));
        self.names.retain(|one| one.row.product().is_none_or(is_there));
    }

    /// Limits can be computed with.
    fn limits(&self, found: &mut Found) {
        for Typed { row: q, place, .. } in &self.quotas {
            let mut say = |column, message: &str| found.push((*place, Some(column), message.to_owned()));
            let is_rate = matches!(q.kind, QuotaKind::Rate | QuotaKind::RateDaily | QuotaKind::RateYearly);
            if is_rate && q.window.is_none() && q.limit.is_some() {
                say("window", "a rate needs a window");
            }
            if q.limit.is_none() && q.notes.is_none() {
                say("limit_value", "without a number it needs a note that says why");
            }
            if q.limit == Some(0) {
                say("limit_value", "a limit of 0 allows nothing; leave it empty where it is not known");
            }
            let seconds = q.window.as_ref().map(|window| window.seconds);
            if q.kind == QuotaKind::RateDaily && seconds.is_some_and(|seconds| seconds != Window::DAY) {
                say("window", "the window of a `rate-daily` is a day");
            }
            if q.with.is_some() != (q.interface == "connector-load") {
                say("with_id", "`with_id` and the interface `connector-load` go together");
            }
        }
    }

    fn all_sources(&self) -> impl Iterator<Item = (Place, &Source, bool)> {
        let products = self.products.iter().map(|one| (one.place, &one.row.source, one.builtin.is_none()));
        let connectors = self.connectors.iter().map(|one| (one.place, &one.row.source, one.builtin.is_none()));
        let quotas = self.quotas.iter().map(|one| (one.place, &one.row.source, one.builtin.is_none()));
        let suites = self.suites.iter().map(|one| (one.place, &one.row.source, one.builtin.is_none()));
        products.chain(connectors).chain(quotas).chain(suites)
    }

    /// An address that somebody wrote can be opened.
    fn sources(&self, found: &mut Found) {
        for (place, source, _) in self.all_sources() {
            if let Some(url) = &source.url {
                let host = url.strip_prefix("https://");
                if !host.is_some_and(|host| host.contains('.') && !host.contains(char::is_whitespace)) {
                    let message = format!("`{url}` is not an address that begins with https://");
                    found.push((place, Some("source_url"), message));
                }
            }
            if source.read_in.as_ref().is_some_and(|repository| repository.split('/').count() != 2) {
                found.push((place, Some("read_in"), "`read_in` is `owner/name` of a repository".to_owned()));
            }
        }
    }

    /// New rows without a page, and without a date.
    fn unsourced(&self) -> (usize, usize) {
        let new = || self.all_sources().filter(|(.., is_new)| *is_new);
        let without_page = new().filter(|(_, source, _)| source.url.is_none()).count();
        (without_page, new().filter(|(_, source, _)| source.date.is_none()).count())
    }

    /// Rows stand in the order of their keys, so that a change shows as one.
    fn order(&self, found: &mut Found) {
        for (file, own) in self.parsed.iter().enumerate() {
            // Words of a name space stand where people look for them.
            let keys: &[&str] = match own.file {
                DataFile::Products => &["id"],
                DataFile::Connectors => &["from_id", "to_id"],
                DataFile::Quotas => &["product_id"],
                DataFile::Suites | DataFile::Names => continue,
            };
            let key = |row: usize| -> Vec<&str> {
                let at = keys.iter().filter_map(|column| own.file.column(column));
                at.map(|at| own.rows[row].cells[at].as_str()).collect()
            };
            if let Some(row) = (1..own.rows.len()).find(|row| key(row - 1) > key(*row)) {
                let message = format!("rows are sorted by their keys: `{}` stands too far down", key(row)[0]);
                found.push((Place { file, row }, None, message));
            }
        }
    }
}

/// Takes a name for its owner, or says whose it is.
fn claim<'o>(owners: &mut BTreeMap<String, &'o str>, name: &str, owner: &'o str) -> Option<String> {
    let key = normalise(name);
    if key.is_empty() {
        return Some(format!("`{name}` has neither letter nor digit"));
    }
    let earlier = *owners.entry(key).or_insert(owner);
    (earlier != owner).then(|| format!("`{name}` stands for `{earlier}` already"))
}
