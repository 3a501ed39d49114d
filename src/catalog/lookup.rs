//! The catalog as a whole: compiled in, checked once, found by any of its names.

use std::collections::BTreeMap;
use std::sync::{Arc, LazyLock, OnceLock};

use jiff::civil::Date;

use super::connector::Connector;
use super::file::DataFile;
use super::links::{Leg, Links};
use super::names::Names;
use super::overlay::{OwnCell, OwnRows};
use super::product::{Product, ProductId, Source, Suite};
use super::quota::Quota;
use super::read::{self, CatalogError, CatalogText};
use super::spelling::{self, Spelling};

/// Why reading what is compiled in cannot fail.
const CONSTANT: &str = "the data files are constant and the tests read them";

/// The newest day of a source that is compiled in; a test holds it against the files.
const EDITION: Date = Date::constant(2026, 11, 21);

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
    pub(super) products: Vec<Product>,
    pub(super) suites: Vec<Suite>,
    pub(super) quotas: Vec<Quota>,
    by_name: BTreeMap<String, Named>,
    /// For names that are not among them; made when the first is asked for.
    spelling: OnceLock<Spelling>,
    /// Most of the files, and few questions need them.
    links: LazyLinks,
    /// Foreign words, where rows of somebody's own are among them.
    pub(super) own_names: Option<Arc<Names>>,
    /// Cells of one's own, for whoever compares two catalogs.
    own: Arc<[OwnCell]>,
    edition: Date,
}

/// Connectors that are indexed when somebody asks for one.
#[derive(Clone, Debug)]
struct LazyLinks {
    /// What is compiled in; empty where they are known already.
    text: &'static str,
    known: OnceLock<Links>,
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
            let text = |file: DataFile| file.builtin();
            let mut catalog = Catalog {
                products: read::rows(text(DataFile::Products)).expect(CONSTANT),
                suites: read::rows(text(DataFile::Suites)).expect(CONSTANT),
                quotas: read::rows(text(DataFile::Quotas)).expect(CONSTANT),
                by_name: BTreeMap::new(),
                spelling: OnceLock::new(),
                links: LazyLinks { text: text(DataFile::Connectors), known: OnceLock::new() },
                own_names: None,
                own: Arc::default(),
                edition: EDITION,
            };
            catalog.index().expect(CONSTANT);
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
        let links = Links::of(read::rows(text.connectors)?);
        let mut catalog = Self {
            products: read::rows(text.products)?,
            suites: read::rows(text.suites)?,
            quotas: read::rows(text.quotas)?,
            by_name: BTreeMap::new(),
            spelling: OnceLock::new(),
            links: LazyLinks { text: "", known: OnceLock::from(links) },
            own_names: None,
            own: Arc::default(),
            edition: Date::ZERO,
        };
        catalog.index()?;
        catalog.check_references()?;
        catalog.edition = catalog.sources().filter_map(Source::day).max().unwrap_or(Date::ZERO);
        Ok(catalog)
    }

    /// The same catalog with these rows, as far as their names are free.
    pub(super) fn with_rows(&self, rows: OwnRows) -> Self {
        let mut catalog = Self { own_names: rows.names, own: rows.cells.into(), ..self.clone() };
        for product in rows.products {
            match catalog.products.iter_mut().find(|known| known.id == product.id) {
                Some(known) => *known = product,
                None => catalog.products.push(product),
            }
        }
        for suite in rows.suites {
            match catalog.suites.iter_mut().find(|known| known.name == suite.name) {
                Some(known) => *known = suite,
                None => catalog.suites.push(suite),
            }
        }
        for (at, quota) in rows.quotas {
            match at.and_then(|at| catalog.quotas.get_mut(at)) {
                Some(known) => *known = quota,
                None => catalog.quotas.push(quota),
            }
        }
        let (mut replaced, mut new) = (BTreeMap::new(), Vec::new());
        for (at, connector) in rows.connectors {
            match at {
                Some(at) => drop(replaced.insert(at, connector)),
                None => new.push(connector),
            }
        }
        if !replaced.is_empty() || !new.is_empty() {
            let links = self.links().with(replaced, new);
            catalog.links = LazyLinks { text: "", known: OnceLock::from(links) };
        }
        // A name that is taken stays with whom it stood for, which has been reported.
        let _ = catalog.index();
        catalog
    }

    /// The cells of one's own that are put over the catalog, by row and column.
    #[must_use]
    pub fn own_cells(&self) -> &[OwnCell] {
        &self.own
    }

    fn links(&self) -> &Links {
        self.links.known.get_or_init(|| Links::unread(self.links.text))
    }

    /// Sorts what is looked up, and indexes names; what is wrong with them is the error, and all others are indexed.
    fn index(&mut self) -> Result<(), CatalogError> {
        self.products.sort_by(|a, b| a.id.cmp(&b.id));
        self.suites.sort_by(|a, b| a.name.cmp(&b.name));
        self.index_names()
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
        let mut wrong = Vec::new();
        // The list is sorted.
        for pair in self.products.windows(2).filter(|pair| pair[0].id == pair[1].id) {
            wrong.push(fault("products.csv", format!("`{}` is there twice", pair[0].id)));
        }
        let mut by_name: BTreeMap<String, Named> = BTreeMap::new();
        for (file, name, meaning) in products.chain(suites) {
            let key = normalise(name);
            if key.is_empty() {
                wrong.push(fault(file, format!("`{name}` has neither letter nor digit")));
                continue;
            }
            let is_same = match (*by_name.entry(key).or_insert(meaning), meaning) {
                (Named::Product(a), Named::Product(b)) | (Named::Suite(a), Named::Suite(b)) => a == b,
                _ => false,
            };
            if !is_same {
                wrong.push(fault(file, format!("`{name}` stands for two things")));
            }
        }
        self.by_name = by_name;
        self.spelling = OnceLock::new();
        wrong.into_iter().next().map_or(Ok(()), Err)
    }

    fn check_references(&self) -> Result<(), CatalogError> {
        let connectors = self.links().all().flat_map(|c| {
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
        let connectors = self.links().all().map(|c| &c.source);
        let quotas = self.quotas.iter().map(|q| &q.source);
        products.chain(connectors).chain(quotas).chain(self.suites.iter().map(|s| &s.source))
    }

    /// The day up to which facts were read: the newest date of a source, those of one's own left out. Ages count from here
    /// where no other day is given.
    #[must_use]
    pub fn edition(&self) -> Date {
        self.edition
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
    pub fn connectors(&self) -> impl ExactSizeIterator<Item = &Connector> {
        self.links().all()
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
        if spelling::is_too_long(name) {
            return None;
        }
        if let Some(Named::Product(at)) = spelling::bare(name).and_then(|bare| self.by_name.get(&normalise(&bare))) {
            return Some(&self.products[*at].name);
        }
        self.spelling().near(name, &self.products)
    }

    /// The name that `name` is nearly, where it may be a product of one's own as well: to be asked about and never put in its
    /// place.
    #[must_use]
    pub fn perhaps(&self, name: &str) -> Option<&str> {
        self.near_miss(name).or_else(|| match spelling::is_too_long(name) {
            true => None,
            false => self.spelling().maybe(name),
        })
    }

    fn spelling(&self) -> &Spelling {
        self.spelling.get_or_init(|| Spelling::of(&self.names(), &self.products))
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
        self.links().of_product(id)
    }

    /// How many connectors touch a product.
    pub(super) fn count_of_connectors(&self, id: &ProductId) -> usize {
        self.links().count_of(id)
    }

    /// The connectors between two products, whichever way they carry, in the order of the data file.
    pub fn connectors_between<'a, 'i>(
        &'a self,
        a: &'i ProductId,
        b: &'i ProductId,
    ) -> impl Iterator<Item = &'a Connector> + use<'a, 'i> {
        self.links().between(a, b)
    }

    /// The published limits of a product, in the order of the data file.
    pub fn quotas_of<'a>(&'a self, id: &ProductId) -> impl Iterator<Item = &'a Quota> {
        self.quotas.iter().filter(move |q| q.product == *id)
    }

    /// The connectors that carry data out of a product, each with its far end.
    pub(super) fn outgoing<'a, 'i>(&'a self, id: &'i ProductId) -> impl Iterator<Item = Leg<'a>> + use<'a, 'i> {
        self.links().outgoing(id)
    }

    /// Those that carry data from a product to another.
    pub(super) fn carrying<'a, 'i>(
        &'a self,
        from: &'i ProductId,
        to: &'i ProductId,
    ) -> impl Iterator<Item = Leg<'a>> + use<'a, 'i> {
        self.links().carrying(from, to)
    }

    /// The connectors that carry data into a product.
    pub(super) fn incoming<'a, 'i>(&'a self, id: &'i ProductId) -> impl Iterator<Item = &'a Connector> + use<'a, 'i> {
        self.links().incoming(id)
    }
}

fn fault(file: &'static str, message: String) -> CatalogError {
    CatalogError::new(file, 0, message)
}
