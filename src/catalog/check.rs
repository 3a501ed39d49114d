//! The rules that data files keep: those of the program, and those of a company's own catalog.
//!
//! Reading refuses a cell that says something unknown; these rules look at what the rows say of one another.

use std::collections::{BTreeMap, BTreeSet};

use super::connector::Connector;
use super::lookup::{Catalog, normalise};
use super::product::{Product, ProductId, Source, Suite};
use super::quota::{Quota, Window};
use super::read::{self, CatalogError};
use super::words::QuotaKind;

/// The text of the data files of a folder; a file that is not there has no rows.
#[derive(Clone, Copy, Debug, Default)]
pub struct CatalogFiles<'a> {
    /// Text of `products.csv`, header line first.
    pub products: Option<&'a str>,
    /// Text of `connectors.csv`, header line first.
    pub connectors: Option<&'a str>,
    /// Text of `quotas.csv`, header line first.
    pub quotas: Option<&'a str>,
    /// Text of `suites.csv`, header line first.
    pub suites: Option<&'a str>,
}

/// What a folder of data files holds, and what is wrong with it.
#[derive(Clone, Debug, Default)]
pub struct Checked {
    /// Rows that could be read.
    pub rows: usize,
    /// Everything that is wrong, in the order of the files and lines.
    pub faults: Vec<CatalogError>,
}

/// Rows with their lines.
type Lines<T> = Vec<(u64, T)>;

struct Check<'a> {
    base: &'a Catalog,
    products: Lines<Product>,
    connectors: Lines<Connector>,
    quotas: Lines<Quota>,
    suites: Lines<Suite>,
    faults: Vec<CatalogError>,
}

impl Catalog {
    /// Checks the files of a folder whose rows are added to this catalog: every cell can be read; ids are there once;
    /// a name stands for one product; ends exist and differ; no row is there twice; limits can be computed with; every
    /// row has an address, and every row that this catalog does not have a date; rows are sorted by their keys.
    #[must_use]
    pub fn check(&self, files: CatalogFiles<'_>) -> Checked {
        let mut faults = Vec::new();
        let mut check = Check {
            base: self,
            products: files.products.map_or_else(Vec::new, |text| read::lines(text, &mut faults)),
            connectors: files.connectors.map_or_else(Vec::new, |text| read::lines(text, &mut faults)),
            quotas: files.quotas.map_or_else(Vec::new, |text| read::lines(text, &mut faults)),
            suites: files.suites.map_or_else(Vec::new, |text| read::lines(text, &mut faults)),
            faults,
        };
        check.names();
        check.ends();
        check.once();
        check.limits();
        check.sources();
        check.order();
        let rows = check.products.len() + check.connectors.len() + check.quotas.len() + check.suites.len();
        let place = |fault: &CatalogError| (FILES.iter().position(|file| *file == fault.file), fault.line);
        check.faults.sort_by(|a, b| place(a).cmp(&place(b)).then_with(|| a.message.cmp(&b.message)));
        Checked { rows, faults: check.faults }
    }
}

/// The files in the order in which they are told.
const FILES: [&str; 4] = ["products.csv", "connectors.csv", "quotas.csv", "suites.csv"];

impl Check<'_> {
    fn fault(&mut self, file: &'static str, line: u64, message: String) {
        self.faults.push(CatalogError::new(file, line, message));
    }

    /// An id is there once, and a name stands for one thing, here and in the catalog that the rows are added to.
    fn names(&mut self) {
        let mut found: Vec<(&'static str, u64, String)> = Vec::new();
        let mut ids: BTreeSet<&ProductId> = BTreeSet::new();
        let mut owners: BTreeMap<String, &str> = BTreeMap::new();
        let replaced: BTreeSet<&str> = self.products.iter().map(|(_, p)| p.id.as_str()).collect();
        for product in self.base.products().iter().filter(|p| !replaced.contains(p.id.as_str())) {
            owners.extend(product.names().map(|name| (normalise(name), product.id.as_str())));
        }
        let here: BTreeSet<&str> = self.suites.iter().map(|(_, s)| s.name.as_str()).collect();
        for suite in self.base.suites().iter().filter(|s| !here.contains(s.name.as_str())) {
            let names = std::iter::once(&suite.name).chain(&suite.aliases);
            owners.extend(names.map(|name| (normalise(name), suite.name.as_str())));
        }
        for (line, product) in &self.products {
            if !ids.insert(&product.id) {
                found.push(("products.csv", *line, format!("`{}` is there twice", product.id)));
                continue;
            }
            for name in product.names() {
                found.extend(claim(&mut owners, name, product.id.as_str()).map(|m| ("products.csv", *line, m)));
            }
        }
        for (line, suite) in &self.suites {
            for name in std::iter::once(&suite.name).chain(&suite.aliases) {
                found.extend(claim(&mut owners, name, &suite.name).map(|m| ("suites.csv", *line, m)));
            }
        }
        self.extend(found);
    }

    fn extend(&mut self, found: Vec<(&'static str, u64, String)>) {
        for (file, line, message) in found {
            self.fault(file, line, message);
        }
    }

    /// What a row speaks of exists, and a connector has two ends.
    fn ends(&mut self) {
        let mut found: Vec<(&'static str, u64, String)> = Vec::new();
        {
            let own: BTreeSet<&str> = self.products.iter().map(|(_, p)| p.id.as_str()).collect();
            let missing = |id: &ProductId| {
                let known = own.contains(id.as_str()) || self.base.product(id.as_str()).is_some();
                (!known).then(|| format!("there is no product `{id}`"))
            };
            for (line, c) in &self.connectors {
                let mut ends = [&c.from, &c.to, &c.built_by];
                ends.sort_unstable();
                let mut known = None;
                for id in ends {
                    if known != Some(id) {
                        found.extend(missing(id).map(|message| ("connectors.csv", *line, message)));
                    }
                    known = Some(id);
                }
                if c.from == c.to {
                    found.push(("connectors.csv", *line, format!("it leads from `{}` to itself", c.from)));
                }
            }
            for (line, q) in &self.quotas {
                let ids = std::iter::once(&q.product).chain(&q.with);
                found.extend(ids.filter_map(missing).map(|message| ("quotas.csv", *line, message)));
            }
            for (line, s) in &self.suites {
                found.extend(s.members.iter().filter_map(missing).map(|message| ("suites.csv", *line, message)));
                if s.members.len() < 2 {
                    found.push(("suites.csv", *line, format!("`{}` has fewer than two products", s.name)));
                }
            }
        }
        self.extend(found);
    }

    /// No row is there twice.
    fn once(&mut self) {
        let mut found: Vec<(&'static str, u64, String)> = Vec::new();
        let mut seen = BTreeMap::new();
        for (line, c) in &self.connectors {
            let key = (&c.from, &c.to, c.kind, &c.built_by, &c.data);
            if let Some(first) = seen.insert(key, *line) {
                found.push(("connectors.csv", *line, format!("the same row stands in line {first}")));
            }
        }
        let mut seen = BTreeMap::new();
        for (line, q) in &self.quotas {
            let window = q.window.as_ref().map(|w| &w.text);
            let key = (&q.product, &q.interface, q.kind, q.unit, window, &q.plan, &q.scope, &q.notes);
            if let Some(first) = seen.insert(key, *line) {
                found.push(("quotas.csv", *line, format!("the same row stands in line {first}")));
            }
        }
        self.extend(found);
    }

    /// Limits can be computed with.
    fn limits(&mut self) {
        let mut found: Vec<(&'static str, u64, String)> = Vec::new();
        for (line, q) in &self.quotas {
            let mut say = |message: &str| found.push(("quotas.csv", *line, message.to_owned()));
            let is_rate = matches!(q.kind, QuotaKind::Rate | QuotaKind::RateDaily | QuotaKind::RateYearly);
            if is_rate && q.window.is_none() && q.limit.is_some() {
                say("a rate needs a window");
            }
            if q.limit.is_none() && q.notes.is_none() {
                say("without a number it needs a note that says why");
            }
            if q.limit == Some(0) {
                say("a limit of 0 allows nothing; leave it empty where it is not known");
            }
            let seconds = q.window.as_ref().map(|window| window.seconds);
            if q.kind == QuotaKind::RateDaily && seconds.is_some_and(|seconds| seconds != Window::DAY) {
                say("the window of a `rate-daily` is a day");
            }
            if q.with.is_some() != (q.interface == "connector-load") {
                say("`with_id` and the interface `connector-load` go together");
            }
        }
        self.extend(found);
    }

    /// Every row has an address that can be opened; one that the catalog does not have yet has a date.
    fn sources(&mut self) {
        let mut found: Vec<(&'static str, u64, String)> = Vec::new();
        {
            let mut source = |file: &'static str, line: u64, source: &Source, is_new: bool| {
                let host = source.url.strip_prefix("https://");
                if !host.is_some_and(|host| host.contains('.') && !host.contains(char::is_whitespace)) {
                    found.push((file, line, format!("`{}` is not an address that begins with https://", source.url)));
                }
                if source.read_in.as_ref().is_some_and(|repository| repository.split('/').count() != 2) {
                    found.push((file, line, "`read_in` is `owner/name` of a repository".to_owned()));
                }
                if is_new && source.date.is_none() {
                    found.push((file, line, "a new row needs the date of its source".to_owned()));
                }
            };
            for (line, p) in &self.products {
                source("products.csv", *line, &p.source, self.base.product(p.id.as_str()).is_none());
            }
            for (line, c) in &self.connectors {
                source("connectors.csv", *line, &c.source, !self.base.connectors().contains(c));
            }
            for (line, q) in &self.quotas {
                source("quotas.csv", *line, &q.source, !self.base.quotas().contains(q));
            }
            for (line, s) in &self.suites {
                source("suites.csv", *line, &s.source, !self.base.suites().contains(s));
            }
        }
        self.extend(found);
    }

    /// Rows stand in the order of their keys, so that a change shows as one.
    fn order(&mut self) {
        let mut found: Vec<(&'static str, u64, String)> = Vec::new();
        found.extend(first_out_of_order("products.csv", &self.products, |p| (p.id.as_str(), "")));
        found.extend(first_out_of_order("connectors.csv", &self.connectors, |c| (c.from.as_str(), c.to.as_str())));
        found.extend(first_out_of_order("quotas.csv", &self.quotas, |q| (q.product.as_str(), "")));
        self.extend(found);
    }
}

/// Takes a name for its owner, or says whose it is.
fn claim<'o>(owners: &mut BTreeMap<String, &'o str>, name: &str, owner: &'o str) -> Option<String> {
    let key = normalise(name);
    if key.is_empty() {
        return Some(format!("`{name}` has neither letter nor digit"));
    }
    let earlier = owners.insert(key, owner)?;
    (earlier != owner).then(|| format!("`{name}` stands for `{earlier}` already"))
}

/// The first row that stands after one with a greater key.
fn first_out_of_order<'r, T>(
    file: &'static str,
    rows: &'r Lines<T>,
    key: impl Fn(&'r T) -> (&'r str, &'r str),
) -> Option<(&'static str, u64, String)> {
    let out = rows.windows(2).find(|pair| key(&pair[0].1) > key(&pair[1].1))?;
    let (id, _) = key(&out[1].1);
    Some((file, out[1].0, format!("rows are sorted by their keys: `{id}` stands too far down")))
}
