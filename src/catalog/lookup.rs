//! The catalog as a whole: compiled in, checked once, found by any of its names.

use std::collections::BTreeMap;
use std::sync::{LazyLock, OnceLock};

use jiff::civil::Date;

use super::connector::Connector;
use super::product::{Product, ProductId, Source, Suite};
use super::quota::Quota;
use super::read::{self, CatalogError, CatalogText};
use super::words::Direction;
use crate::source::nearest;

/// The text of the data files as they are compiled in.
const BUILTIN: CatalogText<'static> = CatalogText {
    products: include_str!("data/products.csv"),
    connectors: include_str!("data/connectors.csv"),
    quotas: include_str!("data/quotas.csv"),
    suites: include_str!("data/suites.csv"),
};

/// Why reading what is compiled in cannot fail.
const CONSTANT: &str = "the data files are constant and the tests read them";

/// What a name stands for.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Lookup<'a> {
    /// The name means one product.
    Product(&'a Product),
    /// A name under which several products are sold: the user has to say which.
    Suite(&'a Suite),
    /// Nothing in the catalog.
    Unknown,
}

#[derive(Clone, Copy, Debug)]
enum Named {
    Product(usize),
    Suite(usize),
}

/// Products, connectors and quotas, each with its source.
#[derive(Clone, Debug)]
pub struct Catalog {
    products: Vec<Product>,
    suites: Vec<Suite>,
    quotas: Vec<Quota>,
    by_name: BTreeMap<String, Named>,
    /// Text of the connectors that are compiled in: most of the files, and few questions need them.
    unread: &'static str,
    links: OnceLock<Links>,
    /// The newest day of a source.
    edition: OnceLock<Date>,
}

/// The connectors, and which of them touch a product.
#[derive(Clone, Debug, Default)]
struct Links {
    connectors: Vec<Connector>,
    /// Those that carry data out of a product, by index and far end.
    outgoing: BTreeMap<ProductId, Vec<(usize, ProductId)>>,
    /// Those that carry data into a product, by index.
    incoming: BTreeMap<ProductId, Vec<usize>>,
}

impl Links {
    fn of(connectors: Vec<Connector>) -> Self {
        let mut links = Self::default();
        for (i, c) in connectors.iter().enumerate() {
            let forth = links.outgoing.entry(c.from.clone()).or_default();
            forth.push((i, c.to.clone()));
            links.incoming.entry(c.to.clone()).or_default().push(i);
            if c.direction == Direction::Both {
                let back = links.outgoing.entry(c.to.clone()).or_default();
                back.push((i, c.from.clone()));
                links.incoming.entry(c.from.clone()).or_default().push(i);
            }
        }
        links.connectors = connectors;
        links
    }
}

/// Case, spaces and punctuation do not matter: `Copy.ai`, `copy ai` and `CopyAI` are one.
pub(super) fn normalise(name: &str) -> String {
    let letters = name.chars().filter(|c| c.is_alphanumeric());
    letters.flat_map(char::to_lowercase).collect()
}

impl Catalog {
    /// The catalog that is compiled in.
    #[must_use]
    pub fn builtin() -> &'static Self {
        static CATALOG: LazyLock<Catalog> = LazyLock::new(|| {
            let mut catalog = Catalog::without_connectors(BUILTIN).expect(CONSTANT);
            catalog.unread = BUILTIN.connectors;
            catalog
        });
        &CATALOG
    }

    /// Reads data files of the same form.
    ///
    /// # Errors
    /// The first cell that says something unknown, a name that stands for two things, or a
    /// connector, quota or suite that speaks of a product which is not there.
    pub fn read(text: CatalogText<'_>) -> Result<Self, CatalogError> {
        let mut catalog = Self::without_connectors(text)?;
        catalog.links = OnceLock::from(Links::of(read::rows(text.connectors)?));
        catalog.check_references()?;
        Ok(catalog)
    }

    fn without_connectors(text: CatalogText<'_>) -> Result<Self, CatalogError> {
        let mut catalog = Self {
            products: read::rows(text.products)?,
            suites: read::rows(text.suites)?,
            quotas: read::rows(text.quotas)?,
            by_name: BTreeMap::new(),
            unread: "",
            links: OnceLock::new(),
            edition: OnceLock::new(),
        };
        catalog.products.sort_by(|a, b| a.id.cmp(&b.id));
        catalog.suites.sort_by(|a, b| a.name.cmp(&b.name));
        catalog.index_names()?;
        Ok(catalog)
    }

    fn links(&self) -> &Links {
        self.links.get_or_init(|| Links::of(read::rows(self.unread).expect(CONSTANT)))
    }

    fn index_names(&mut self) -> Result<(), CatalogError> {
        let products = self
            .products
            .iter()
            .enumerate()
            .flat_map(|(i, p)| p.names().map(move |n| ("products.csv", n, Named::Product(i))));
        let suites = self.suites.iter().enumerate().flat_map(|(i, s)| {
            std::iter::once(s.name.as_str())
                .chain(s.aliases.iter().map(String::as_str))
                .map(move |n| ("suites.csv", n, Named::Suite(i)))
        });
        let mut ids = std::collections::BTreeSet::new();
        for p in &self.products {
            if !ids.insert(&p.id) {
                return Err(fault("products.csv", format!("`{}` is there twice", p.id)));
            }
        }
        for (file, name, meaning) in products.chain(suites) {
            let key = normalise(name);
            if key.is_empty() {
                return Err(fault(file, format!("`{name}` has neither letter nor digit")));
            }
            let earlier = self.by_name.insert(key, meaning);
            let same = match (earlier, meaning) {
                (None, _) => true,
                (Some(Named::Product(a)), Named::Product(b)) | (Some(Named::Suite(a)), Named::Suite(b)) => a == b,
                _ => false,
            };
            if !same {
                return Err(fault(file, format!("`{name}` stands for two things")));
            }
        }
        Ok(())
    }

    fn check_references(&self) -> Result<(), CatalogError> {
        let connectors = self.links().connectors.iter().flat_map(|c| {
            let ends = [&c.from, &c.to, &c.built_by].into_iter();
            ends.map(|id| ("connectors.csv", id))
        });
        let quotas = self.quotas.iter().flat_map(|q| {
            let ids = std::iter::once(&q.product).chain(&q.with);
            ids.map(|id| ("quotas.csv", id))
        });
        let suites = self.suites.iter().flat_map(|s| s.members.iter());
        let suites = suites.map(|id| ("suites.csv", id));
        for (file, id) in connectors.chain(quotas).chain(suites) {
            if self.product(id.as_str()).is_none() {
                return Err(fault(file, format!("there is no product `{id}`")));
            }
        }
        Ok(())
    }

    /// Where the facts were read: products, connectors, quotas, suites, each in the order of its file.
    pub fn sources(&self) -> impl Iterator<Item = &Source> {
        let products = self.products.iter().map(|p| &p.source);
        let connectors = self.links().connectors.iter().map(|c| &c.source);
        let quotas = self.quotas.iter().map(|q| &q.source);
        products.chain(connectors).chain(quotas).chain(self.suites.iter().map(|s| &s.source))
    }

    /// The day up to which facts were read: the newest date of a source. Ages count from here where no other day is
    /// given.
    #[must_use]
    pub fn edition(&self) -> Date {
        *self.edition.get_or_init(|| self.sources().filter_map(Source::day).max().unwrap_or(Date::ZERO))
    }

    /// All products, by id.
    #[must_use]
    pub fn products(&self) -> &[Product] {
        &self.products
    }

    /// All suites, by name.
    #[must_use]
    pub fn suites(&self) -> &[Suite] {
        &self.suites
    }

    /// All connectors, in the order of the data file.
    #[must_use]
    pub fn connectors(&self) -> &[Connector] {
        &self.links().connectors
    }

    /// All quotas, in the order of the data file.
    #[must_use]
    pub fn quotas(&self) -> &[Quota] {
        &self.quotas
    }

    /// The product with exactly this id.
    #[must_use]
    pub fn product(&self, id: &str) -> Option<&Product> {
        let found = self.products.binary_search_by(|p| p.id.as_str().cmp(id));
        found.ok().map(|i| &self.products[i])
    }

    /// What an id, name or alias stands for. Case, spaces and punctuation do not matter.
    #[must_use]
    pub fn find(&self, name: &str) -> Lookup<'_> {
        match self.by_name.get(&normalise(name)) {
            Some(Named::Product(i)) => Lookup::Product(&self.products[*i]),
            Some(Named::Suite(i)) => Lookup::Suite(&self.suites[*i]),
            None => Lookup::Unknown,
        }
    }

    /// The name under which a product is known that `name` can only be another writing of: with the ending of a
    /// website or of a company, with a letter missing, doubled or swapped, or nearly a product of the vendor that it
    /// begins with. A name that is as near to another vendor's product by chance gives nothing: to propose it would put
    /// the wrong product into the stack.
    #[must_use]
    pub fn near_miss(&self, name: &str) -> Option<&str> {
        if name.len() > 64 {
            return None;
        }
        let lower = name.trim().to_lowercase();
        let bare = [".com", ".io", ".ai", ".net", ".org", ".co", " inc", " inc.", " gmbh", " ltd", " ag", " llc"]
            .iter()
            .find_map(|ending| lower.strip_suffix(ending));
        if let Some(Named::Product(at)) = bare.and_then(|bare| self.by_name.get(&normalise(bare))) {
            return Some(&self.products[*at].name);
        }
        let typed = normalise(name);
        let letters: Vec<char> = sorted(&typed);
        let slip = |known: &str| {
            let known = normalise(known);
            let same_letters = known.len() == typed.len() && sorted(&known) == letters;
            known.len().abs_diff(typed.len()) <= 1
                && typed.chars().count().max(known.chars().count()) >= 6
                && (known.chars().count() != typed.chars().count() || same_letters)
                && strsim::osa_distance(&typed, &known) == 1
        };
        if let Some(known) = self.names().into_iter().find(|known| slip(known)) {
            return Some(known);
        }
        let of_vendor = self.products.iter().filter(|product| {
            let vendor = normalise(&product.vendor);
            vendor.len() >= 3 && typed.starts_with(&vendor) && typed.len() > vendor.len()
        });
        let names: Vec<&str> = of_vendor.map(|product| product.name.as_str()).collect();
        nearest(name, names)
    }

    /// Every id, name and alias, sorted, each once: what a nearest-word search looks through.
    #[must_use]
    pub fn names(&self) -> Vec<&str> {
        let products = self.products.iter().flat_map(Product::names);
        let suites = self
            .suites
            .iter()
            .flat_map(|s| std::iter::once(s.name.as_str()).chain(s.aliases.iter().map(String::as_str)));
        let mut names: Vec<&str> = products.chain(suites).collect();
        names.sort_unstable();
        names.dedup();
        names
    }

    /// The same names as look-ups compare them, sorted.
    pub(super) fn normalised_names(&self) -> impl Iterator<Item = &str> {
        self.by_name.keys().map(String::as_str)
    }

    /// The suites that a product belongs to.
    pub fn suites_of<'a>(&'a self, id: &ProductId) -> impl Iterator<Item = &'a Suite> {
        self.suites.iter().filter(move |s| s.members.contains(id))
    }

    /// The connectors that touch a product, either way, in the order of the data file.
    pub fn connectors_of<'a>(&'a self, id: &ProductId) -> impl Iterator<Item = &'a Connector> {
        let touches = move |c: &&Connector| c.from == *id || c.to == *id;
        self.links().connectors.iter().filter(touches)
    }

    /// The published limits of a product, in the order of the data file.
    pub fn quotas_of<'a>(&'a self, id: &ProductId) -> impl Iterator<Item = &'a Quota> {
        self.quotas.iter().filter(move |q| q.product == *id)
    }

    /// The connectors that carry data out of a product, each with its far end.
    pub(super) fn outgoing(&self, id: &ProductId) -> impl Iterator<Item = (&Connector, &ProductId)> {
        let links = self.links();
        let steps = links.outgoing.get(id).into_iter().flatten();
        steps.map(|(i, far)| (&links.connectors[*i], far))
    }

    /// The connectors that carry data into a product.
    pub(super) fn incoming(&self, id: &ProductId) -> impl Iterator<Item = &Connector> {
        let links = self.links();
        links.incoming.get(id).into_iter().flatten().map(|i| &links.connectors[*i])
    }
}

fn sorted(text: &str) -> Vec<char> {
    let mut letters: Vec<char> = text.chars().collect();
    letters.sort_unstable();
    letters
}

fn fault(file: &'static str, message: String) -> CatalogError {
    CatalogError::new(file, 0, message)
}
