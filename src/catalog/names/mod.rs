//! Foreign words: what an automation platform, a pipeline, an address or a person calls a product.
//!
//! `data/names.csv` has one row for each word of a name space; [`Catalog::recognise`] looks it up. Nothing here knows
//! what a word is written in: an importer brings the word and says which space it comes from.
//!
//! ```
//! use sinew::catalog::{Catalog, Certainty, Expected, Kind, Meaning, Space};
//!
//! let catalog = Catalog::builtin();
//! let node = catalog.recognise(Space::N8n, "n8n-nodes-base.hubspotTrigger", Expected::Tool).unwrap();
//! assert_eq!((node.meaning.name(), node.certainty), ("HubSpot", Certainty::Exact));
//! // A tool that the catalog has no facts about: its kind and what to call it.
//! let node = catalog.recognise(Space::N8n, "n8n-nodes-base.clockify", Expected::Tool).unwrap();
//! assert_eq!(node.meaning, Meaning::Kind { kind: Kind::WorkManagement, label: "Clockify" });
//! // A step of the platform itself.
//! let step = catalog.recognise(Space::Make, "util:SetVariable", Expected::Tool).unwrap();
//! assert!(matches!(step.meaning, Meaning::NoSystem { .. }));
//! // "Make" in a column of tools is the product; in a sentence it is a verb.
//! assert!(catalog.recognise(Space::Plain, "make", Expected::Tool).is_some());
//! assert!(catalog.recognise(Space::Plain, "make", Expected::Text).is_none());
//! ```

mod read;
mod shape;

pub(super) use read::{Entry, with};

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use super::file::DataFile;
use super::kind::Kind;
use super::lookup::{Catalog, Lookup, normalise};
use super::product::{Product, ProductId, Suite};
use super::words::words;

words! {
    /// Who wrote a word: each platform has its own words for a product.
    Space {
        /// Node type, with or without its package: `n8n-nodes-base.hubspotTrigger`, `hubspot`.
        N8n = "n8n",
        /// App of a Make module, with or without its operation: `hubspotcrm:watchContacts`.
        Make = "make",
        /// Provider of a Workato step: `salesforce`.
        Workato = "workato",
        /// `selected_api` of a Zapier step: `GoogleMailV2CLIAPI@2.1.0`.
        Zapier = "zapier",
        /// Host of an address, any subdomain: `123-abc-456.mktorest.com`.
        Host = "host",
        /// Source of a dbt project, service of Fivetran.
        Dbt = "dbt",
        /// Singer tap or target: `tap-salesforce`.
        Singer = "singer",
        /// Airbyte connector: `source-facebook-marketing`.
        Airbyte = "airbyte",
        /// Namespace of an installed Salesforce package: `mkto_si`.
        SalesforcePackage = "salesforce-package",
        /// Name of an MCP server: `mcp-server-github`.
        Mcp = "mcp",
        /// What a person writes: a cell, a label, a box.
        Plain = "plain",
    }
}

words! {
    /// How sure it is that the word means what was found. The order is from sure to unsure.
    Certainty {
        /// The word itself is known. What its platform adds to every word (`Trigger`, `CLIAPI`, `tap-`) does not count.
        Exact = "exact",
        /// Known without a word that says little (`Cloud`, `Inc`, `prod`), or with its vendor before it: mark as guessed.
        Guessed = "guessed",
        /// One letter differs from a known name of six letters or more: mark as guessed, and ask.
        OneLetterOff = "one-letter-off",
    }
}

/// What stands where the word was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Expected {
    /// A tool: the type of a node, a cell in the column of tools. Every word counts.
    Tool,
    /// Any text: a sentence, the label of an arrow. Names that are also English words (make, segment, drift) do not
    /// count, nor do typing errors.
    Text,
}

/// What a word stands for.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Meaning<'a> {
    /// A product of the catalog.
    Product(&'a Product),
    /// Several products sold under one name: somebody has to say which.
    Suite(&'a Suite),
    /// A tool without facts in the catalog: what it is for, and its name.
    Kind {
        /// What it is for.
        kind: Kind,
        /// How people write its name.
        label: &'a str,
    },
    /// A step of the platform itself, such as a filter: no system of the stack.
    NoSystem {
        /// What the step is, in two or three words.
        label: &'a str,
    },
}

impl<'a> Meaning<'a> {
    /// The name to show: of the product, of the suite, or the label.
    #[must_use]
    pub fn name(&self) -> &'a str {
        match self {
            Self::Product(product) => &product.name,
            Self::Suite(suite) => &suite.name,
            Self::Kind { label, .. } | Self::NoSystem { label } => label,
        }
    }

    /// What the tool is for; absent for a suite and for what is no system.
    #[must_use]
    pub fn kind(&self) -> Option<Kind> {
        match self {
            Self::Product(product) => Some(product.kind),
            Self::Kind { kind, .. } => Some(*kind),
            Self::Suite(_) | Self::NoSystem { .. } => None,
        }
    }
}

/// A word that is known, and how sure that is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Recognised<'a> {
    /// What the word stands for.
    pub meaning: Meaning<'a>,
    /// How sure that is.
    pub certainty: Certainty,
}

/// The meaning of a row, before its product is looked up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Row {
    Product(ProductId),
    Kind { kind: Kind, label: String },
    NoSystem { label: String },
}

/// The rows of `names.csv`, by their normalised words.
#[derive(Clone, Debug, Default)]
pub(super) struct Names {
    words: BTreeMap<Space, BTreeMap<String, Row>>,
    /// Every label as a word: a tool without facts is known by its name in every space.
    labels: BTreeMap<String, Row>,
    /// Words for a kind of tool that name none: "data warehouse".
    kinds: BTreeMap<String, Kind>,
    /// Names of products that are also English words.
    english: BTreeSet<String>,
    /// Ends of hosts under which anybody runs programs of their own.
    suffixes: BTreeSet<String>,
}

impl Names {
    fn builtin() -> &'static Self {
        static NAMES: LazyLock<Names> = LazyLock::new(|| {
            let text = DataFile::Names.builtin();
            read::names(text).expect("the data file is constant and the tests read it")
        });
        &NAMES
    }

    fn word(&self, space: Space, key: &str) -> Option<&Row> {
        self.words.get(&space)?.get(key)
    }
}

/// A word as it was found: its normalised form decides whether it is an English one.
struct Hit<'a> {
    meaning: Meaning<'a>,
    certainty: Certainty,
    key: String,
}

/// Longer words are no names: 200 bytes.
const LONGEST: usize = 200;

impl Catalog {
    /// What a word of a name space stands for, or nothing where it is not known.
    ///
    /// A word counts in the order: a row of its own space; a name of a product (id, name or alias, case and punctuation
    /// ignored); a word that people write; a row of a sister space (dbt, Singer and Airbyte read one another's words,
    /// guessed); the same without a word that says little, or without the vendor's name before it (guessed); for plain
    /// words where a tool is expected, a name of six letters or more of which one letter differs. Hosts count by their
    /// longest known ending, always exactly. Words of more than 200 bytes are not looked up.
    #[must_use]
    pub fn recognise(&self, space: Space, word: &str, expected: Expected) -> Option<Recognised<'_>> {
        if word.len() > LONGEST {
            return None;
        }
        if space == Space::Host {
            return self.host(word);
        }
        let hit = self.as_written(space, word).or_else(|| self.shortened(space, word));
        let hit = hit.filter(|hit| expected == Expected::Tool || !self.foreign().english.contains(&hit.key));
        let hit = hit.or_else(|| self.with_vendor(word));
        if hit.is_none() && space == Space::Plain && expected == Expected::Tool {
            return self.one_letter_off(word);
        }
        hit.map(|hit| Recognised { meaning: hit.meaning, certainty: hit.certainty })
    }

    /// The kind of tool that a word names without naming a tool: `CRM`, `data warehouse`, `crm`. Case, spaces and
    /// punctuation do not matter. A box that says *CRM* above *Salesforce* is named by the second line; a column of
    /// kinds is read with this.
    #[must_use]
    pub fn kind_word(word: &str) -> Option<Kind> {
        if word.len() > LONGEST {
            return None;
        }
        Names::builtin().kinds.get(&normalise(word)).copied()
    }

    /// The rows of `names.csv`, with those of one's own.
    fn foreign(&self) -> &Names {
        self.own_names.as_deref().unwrap_or_else(|| Names::builtin())
    }

    /// What names the system at a host under which anybody runs programs of their own: `acme-scorer` of
    /// `acme-scorer.azurewebsites.net`, as nobody means Azure by it. Nothing for hosts of other kinds.
    #[must_use]
    pub fn tenant_of_host(host: &str) -> Option<&str> {
        let names = Names::builtin();
        let ends = host.match_indices('.').map(|(dot, _)| dot).find(|dot| names.suffixes.contains(&host[dot + 1..]))?;
        // Regions stand behind the name, as in `vm.westeurope.cloudapp.azure.com`.
        let mut labels = host[..ends].split('.').filter(|label| !label.is_empty());
        let first = labels.next()?;
        Some(if first == "www" { labels.next().unwrap_or(first) } else { first })
    }

    /// The host itself, then without one label after the other from the left.
    fn host(&self, word: &str) -> Option<Recognised<'_>> {
        let mut rest = shape::host(word)?;
        let names = self.foreign();
        loop {
            if let Some(row) = names.word(Space::Host, &rest) {
                let meaning = self.meaning(row)?;
                return Some(Recognised { meaning, certainty: Certainty::Exact });
            }
            rest = rest.split_once('.')?.1.to_owned();
        }
    }

    fn as_written(&self, space: Space, word: &str) -> Option<Hit<'_>> {
        for key in shape::keys(space, word) {
            if let Some((meaning, certainty)) = self.known(space, &key) {
                return Some(Hit { meaning, certainty, key });
            }
        }
        if space == Space::Plain && word.contains('.') && !word.contains(char::is_whitespace) {
            let Recognised { meaning, certainty } = self.host(word)?;
            return Some(Hit { meaning, certainty, key: normalise(word) });
        }
        None
    }

    fn known(&self, space: Space, key: &str) -> Option<(Meaning<'_>, Certainty)> {
        let names = self.foreign();
        let exact = |row| self.meaning(row).map(|meaning| (meaning, Certainty::Exact));
        let own = names.word(space, key).and_then(exact);
        let own = own.or_else(|| Some((self.by_name(key)?, Certainty::Exact)));
        let own = own.or_else(|| names.word(Space::Plain, key).and_then(exact));
        let own = own.or_else(|| names.labels.get(key).and_then(exact));
        let pipelines = [Space::Dbt, Space::Singer, Space::Airbyte];
        own.or_else(|| {
            let sisters = pipelines.into_iter().filter(|other| pipelines.contains(&space) && *other != space);
            let row = sisters.filter_map(|other| names.word(other, key)).next()?;
            Some((self.meaning(row)?, Certainty::Guessed))
        })
    }

    fn by_name(&self, key: &str) -> Option<Meaning<'_>> {
        match self.find(key) {
            Lookup::Product(product) => Some(Meaning::Product(product)),
            Lookup::Suite(suite) => Some(Meaning::Suite(suite)),
            Lookup::Unknown => None,
        }
    }

    fn meaning<'a>(&'a self, row: &'a Row) -> Option<Meaning<'a>> {
        match row {
            Row::Product(id) => self.product(id.as_str()).map(Meaning::Product),
            Row::Kind { kind, label } => Some(Meaning::Kind { kind: *kind, label }),
            Row::NoSystem { label } => Some(Meaning::NoSystem { label }),
        }
    }

    /// Without the words at its end that say little, one after the other.
    fn shortened(&self, space: Space, word: &str) -> Option<Hit<'_>> {
        shape::shorter(space, word).find_map(|key| {
            let (meaning, _) = self.known(space, &key)?;
            Some(Hit { meaning, certainty: Certainty::Guessed, key })
        })
    }

    /// `Atlassian Jira`: the rest is a product of the vendor that stands before it. The vendor's name says that a tool
    /// is meant, so that the rest may be an English word.
    fn with_vendor(&self, word: &str) -> Option<Hit<'_>> {
        shape::splits(word).find_map(|(vendor, rest)| match self.find(&rest) {
            Lookup::Product(product) if shape::is_vendor(&vendor, &product.vendor) => {
                Some(Hit { meaning: Meaning::Product(product), certainty: Certainty::Guessed, key: rest })
            }
            _ => None,
        })
    }

    /// The one name that differs in one letter; nothing where several do, or where the word names a kind of tool.
    fn one_letter_off(&self, word: &str) -> Option<Recognised<'_>> {
        let key = normalise(word);
        let names = self.foreign();
        if key.chars().count() < 6 || names.kinds.contains_key(&key) {
            return None;
        }
        // Most names are refused by their lengths and their first letters, which costs next to nothing.
        let near =
            |name: &str| shape::is_one_off(name, &key) && name.chars().count() >= 6 && !names.english.contains(name);
        let products = self.normalised_names().filter(|name| near(name)).filter_map(|name| self.by_name(name));
        let plain = names.words.get(&Space::Plain).into_iter().flatten().chain(&names.labels);
        let others = plain.filter(|(name, _)| near(name)).filter_map(|(_, row)| self.meaning(row));
        let mut found: Option<Meaning<'_>> = None;
        for meaning in products.chain(others) {
            if found.is_some_and(|earlier| earlier != meaning) {
                return None;
            }
            found = Some(meaning);
        }
        found.map(|meaning| Recognised { meaning, certainty: Certainty::OneLetterOff })
    }
}
