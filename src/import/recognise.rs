//! A word of a name space, such as an app's name in a Zapier file: a product, a kind, or nothing known. The only file of
//! this room that asks the catalog.

use std::cell::RefCell;
use std::collections::BTreeMap;

use crate::catalog::people::{is_not_known, meaning};
use crate::catalog::{Catalog, Certainty, Direction, Expected, Kind, Lookup, Meaning as Found, SharedCatalog, Space};
use crate::model::Mechanism;

use super::clean::slug;

thread_local! {
    /// What is known of products while files are read. Words are asked for wherever a reader finds one, so it is set for
    /// the time of the reading instead of being handed through every reader.
    static CATALOG: RefCell<SharedCatalog> = RefCell::default();
    /// What plain words were found to mean. Tables name a system in every row, and a name that is not known is compared
    /// with all that are.
    static MEANINGS: RefCell<BTreeMap<String, Meaning>> = const { RefCell::new(BTreeMap::new()) };
}

/// Words that are kept; beyond that they are forgotten all at once.
const KEPT: usize = 20_000;

/// Does `work` with what `catalog` knows of words and products.
pub(super) fn knowing<T>(catalog: &SharedCatalog, work: impl FnOnce() -> T) -> T {
    /// Puts back what was known before, also where the work does not come to its end.
    struct Before(SharedCatalog);
    impl Drop for Before {
        fn drop(&mut self) {
            CATALOG.replace(std::mem::take(&mut self.0));
            MEANINGS.take();
        }
    }
    MEANINGS.take();
    let _before = Before(CATALOG.replace(catalog.clone()));
    work()
}

fn known() -> SharedCatalog {
    CATALOG.with_borrow(SharedCatalog::clone)
}

/// A system as a file names it, and what is known of it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Named {
    /// What it is matched by: the product, else the name without case and punctuation.
    pub(super) key: String,
    /// The product's id in the catalog.
    pub(super) product: Option<String>,
    /// The kind, where the catalog knows no more than that.
    pub(super) kind: Option<Kind>,
    /// How people call it.
    pub(super) name: String,
    /// Why it is a guess that the word means this, if it is one.
    pub(super) guess: Option<&'static str>,
    /// Whether it is an AI tool.
    pub(super) is_ai: bool,
    /// Whether it adds facts to what it is asked about.
    pub(super) is_enrichment: bool,
}

impl Named {
    /// Whether nothing is known of the name, so that its kind is not known either.
    pub(super) fn is_unknown(&self) -> bool {
        self.product.is_none() && self.kind.is_none()
    }
}

/// What a word of a name space stands for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Meaning {
    /// A system.
    System(Named),
    /// A part of the platform itself, which holds no data of anybody.
    BuiltIn,
}

/// What `word` stands for in `space`; a word that nothing is known of is a system of that name.
pub(super) fn recognise(space: Space, word: &str) -> Meaning {
    if space != Space::Plain {
        return looked_up(space, word);
    }
    if let Some(known) = MEANINGS.with_borrow(|known| known.get(word).cloned()) {
        return known;
    }
    let found = looked_up(space, word);
    MEANINGS.with_borrow_mut(|known| {
        if known.len() >= KEPT {
            known.clear();
        }
        known.insert(word.to_owned(), found.clone());
    });
    found
}

fn looked_up(space: Space, word: &str) -> Meaning {
    let catalog = known();
    let Some(found) = catalog.recognise(space, word, Expected::Tool) else {
        return Meaning::System(unknown(&spoken(space, word)));
    };
    let guess = match found.certainty {
        Certainty::Exact => None,
        Certainty::Guessed => Some("the name has a word more or less than the product's"),
        Certainty::OneLetterOff => Some("the name differs in one letter"),
    };
    Meaning::System(match found.meaning {
        Found::Product(product) => Named {
            key: format!("product:{}", product.id),
            product: Some(product.id.to_string()),
            kind: None,
            name: product.name.clone(),
            guess,
            is_ai: product.kind.is_ai(),
            is_enrichment: product.kind.is_enrichment(),
        },
        Found::Kind { kind, label } => Named {
            key: name_key(label),
            product: None,
            kind: Some(kind),
            // A name that somebody wrote with its capitals is kept: `SAP S/4HANA` is what others call SAP ERP.
            name: match space {
                Space::Plain if word.contains(char::is_uppercase) => word.trim().to_owned(),
                _ => label.to_owned(),
            },
            guess,
            is_ai: kind.is_ai(),
            is_enrichment: kind.is_enrichment(),
        },
        Found::NoSystem { .. } => return Meaning::BuiltIn,
        // Which of its products is meant, nobody said.
        Found::Suite(suite) => unknown(&suite.name),
    })
}

/// The system of a name that nothing is known of.
pub(super) fn unknown(name: &str) -> Named {
    Named {
        key: name_key(name),
        product: None,
        kind: None,
        name: name.to_owned(),
        guess: None,
        is_ai: false,
        is_enrichment: false,
    }
}

/// The tool that people mean by `word`, as far as the catalog knows it; in a sentence ([`Expected::Text`]) words that are
/// also English do not count.
pub(super) fn tool(word: &str, expected: Expected) -> Option<Named> {
    if expected == Expected::Tool {
        return match recognise(Space::Plain, word) {
            Meaning::System(named) if !named.is_unknown() => Some(named),
            _ => None,
        };
    }
    let catalog = known();
    let found = catalog.recognise(Space::Plain, word, expected)?;
    if found.certainty == Certainty::OneLetterOff {
        return None;
    }
    match found.meaning {
        Found::Product(_) | Found::Kind { .. } => match recognise(Space::Plain, word) {
            Meaning::System(named) if !named.is_unknown() => Some(named),
            _ => None,
        },
        Found::Suite(_) | Found::NoSystem { .. } => None,
    }
}

/// The tool of exactly this name. Nothing is compared letter by letter, so that long texts may be looked through.
pub(super) fn sure(word: &str) -> Option<Named> {
    let is_sure = |named: &Named| named.guess.is_none();
    tool(word, Expected::Text).filter(is_sure).or_else(|| match known().find(word) {
        // A name that is also an English word.
        Lookup::Product(_) => tool(word, Expected::Tool).filter(is_sure),
        Lookup::Suite(_) | Lookup::Unknown => None,
    })
}

/// Whether a host is one of many that a provider gives its customers, so that only its name says what runs there.
pub(super) fn is_rented(host: &str) -> bool {
    Catalog::tenant_of_host(host).is_some()
}

/// The kind of tool that `word` names without naming a tool.
pub(super) fn kind_word(word: &str) -> Option<Kind> {
    Catalog::kind_word(word)
}

/// The product that a sentence mentions, where it mentions one that moves data between others.
pub(super) fn middleware_in(text: &str) -> Option<Named> {
    let words: Vec<&str> =
        text.split(|c: char| c.is_whitespace() || matches!(c, ',' | ';' | '(' | ')' | '/')).collect();
    // The longest name first: a sentence of a cell is short, and a name has at most three words.
    let windows = (1..=3).rev().flat_map(|length| words.windows(length)).take(3 * 60);
    let catalog = known();
    windows.filter(|words| words.iter().all(|word| !word.is_empty())).find_map(|words| {
        let found = catalog.recognise(Space::Plain, &words.join(" "), Expected::Text)?;
        let is_middleware =
            found.certainty == Certainty::Exact && found.meaning.kind().is_some_and(Kind::is_middleware);
        match recognise(Space::Plain, &words.join(" ")) {
            Meaning::System(named) if is_middleware => Some(named),
            _ => None,
        }
    })
}

/// The tool that a name made of several words is called after: `tap_zendesk`, `stripe_prod_2024_06`. The whole name
/// counts first, then what is left without the words `around` it, then the longest of its parts.
pub(super) fn within_name(space: Space, name: &str, around: &[&str]) -> Option<Named> {
    let catalog = known();
    let known = |word: &str, expected: Expected, least: Certainty| {
        let found = catalog.recognise(space, word, expected).filter(|found| found.certainty <= least)?;
        matches!(found.meaning, Found::Product(_) | Found::Kind { .. }).then(|| recognise(space, word))
    };
    let system = |meaning: Meaning| match meaning {
        Meaning::System(named) if !named.is_unknown() => Some(named),
        _ => None,
    };
    if let Some(named) = known(name, Expected::Tool, Certainty::Guessed).and_then(system) {
        return Some(named);
    }
    let lower = in_words(name).to_lowercase();
    let is_number = |word: &str| word.trim_start_matches('v').chars().all(|c| c.is_ascii_digit());
    let words: Vec<&str> = lower.split(' ').filter(|word| !word.is_empty() && !is_number(word)).take(12).collect();
    let bare: Vec<&str> = words.iter().copied().filter(|word| !around.contains(word)).collect();
    if bare.len() < lower.split(' ').count() && !bare.is_empty() {
        let named = known(&bare.join("_"), Expected::Tool, Certainty::Exact).and_then(system);
        if named.is_some() {
            return named;
        }
    }
    let lengths = (1..bare.len()).rev();
    let mut parts = lengths.flat_map(|length| bare.windows(length));
    let named = parts.find_map(|part| known(&part.join("_"), Expected::Text, Certainty::Exact).and_then(system))?;
    Some(Named { guess: Some("the name has words more than the product's"), ..named })
}

/// The products that a sentence names, in its order; words that are also English do not count.
pub(super) fn mentioned_in(text: &str) -> Vec<Named> {
    products_in(text, |_, _| Expected::Text)
}

/// The one product that the name of a step mentions: `On new Discourse user`. A word that is also English counts where it
/// has a capital and does not only begin the name.
pub(super) fn only_one_in(name: &str) -> Option<Named> {
    let is_name = |at: usize, word: &str| at > 0 && word.starts_with(char::is_uppercase);
    let mut named = products_in(name, |at, word| if is_name(at, word) { Expected::Tool } else { Expected::Text });
    named.dedup_by(|one, other| one.key == other.key);
    if named.len() == 1 { named.pop() } else { None }
}

/// The products that a text names, in its order; of a word it is `expected` what its place says.
fn products_in(text: &str, expected: impl Fn(usize, &str) -> Expected) -> Vec<Named> {
    let is_edge = |c: char| !c.is_alphanumeric();
    let words: Vec<&str> = text
        .split_whitespace()
        .map(|word| word.trim_matches(is_edge))
        .filter(|word| !word.is_empty())
        .take(60)
        .collect();
    let catalog = known();
    let (mut found, mut at) = (Vec::new(), 0);
    while at < words.len() {
        let longest = (1..=3.min(words.len() - at)).rev().find_map(|length| {
            let name = words[at..at + length].join(" ");
            let hit = catalog.recognise(Space::Plain, &name, expected(at, words[at]))?;
            let is_product = matches!(hit.meaning, Found::Product(_)) && hit.certainty == Certainty::Exact;
            match recognise(Space::Plain, &name) {
                Meaning::System(named) if is_product => Some((named, length)),
                _ => None,
            }
        });
        at += longest.as_ref().map_or(1, |(_, length)| *length);
        found.extend(longest.map(|(named, _)| named));
    }
    found
}

/// The kind of a system, as far as it is known.
pub(super) fn kind(named: &Named) -> Option<Kind> {
    named.kind.or_else(|| Some(known().product(named.product.as_deref()?)?.kind))
}

/// What people call a system in a sentence: *Marketo* of *Adobe Marketo Engage*.
pub(super) fn spoken_name(named: &Named) -> String {
    let short = || known().product(named.product.as_deref()?)?.short_name.clone();
    short().unwrap_or_else(|| named.name.clone())
}

/// The kind that a word of people names.
pub(super) fn kind_named(word: &str) -> Option<Kind> {
    let plain = word.trim().to_lowercase().replace([' ', '_'], "-");
    let known = Kind::parse(&plain).or_else(|| Catalog::kind_word(word));
    known.or_else(|| meaning("kind of system", word).and_then(Kind::parse))
}

/// Whether a connector of one of the two products carries data from one to the other, and back.
pub(super) fn connected(from: &Named, to: &Named) -> (bool, bool) {
    let catalog = known();
    let (Some(from), Some(to)) = (&from.product, &to.product) else { return (false, false) };
    let Some(product) = catalog.product(from) else { return (false, false) };
    let (mut forth, mut back) = (false, false);
    for connector in catalog.connectors_of(&product.id).filter(|connector| connector.kind.moves_records()) {
        let is_both = connector.direction == Direction::Both;
        let ends = (connector.from.as_str(), connector.to.as_str());
        forth |= ends == (from, to) || is_both && ends == (to, from);
        back |= ends == (to, from) || is_both && ends == (from, to);
    }
    (forth, back)
}

/// The automation platform whose files have this format.
pub(super) fn platform(format: &'static str) -> Named {
    match recognise(Space::Plain, format) {
        Meaning::System(named) => named,
        Meaning::BuiltIn => unknown(format),
    }
}

/// The id of the product that a stack file calls so, whatever its case; its word where the catalog does not know it.
pub(super) fn same_product(word: &str) -> Option<String> {
    match known().find(word) {
        Lookup::Product(product) => Some(product.id.to_string()),
        _ => Some(slug(word, "")).filter(|word| !word.is_empty()),
    }
}

/// Whether the catalog names `vendor` as the vendor of the product, as people write it: *Salesforce, Inc.* is Salesforce.
pub(super) fn is_vendor_of(product: &str, vendor: &str) -> bool {
    let said = slug(vendor, "");
    match known().find(product) {
        Lookup::Product(product) => {
            let own = slug(&product.vendor, "");
            let begins = |long: &str, short: &str| {
                long.strip_prefix(short).is_some_and(|rest| rest.is_empty() || rest.starts_with('-'))
            };
            begins(&said, &own) || begins(&own, &said)
        }
        _ => false,
    }
}

/// What an entry of a stack file is called, without case and punctuation: its name, else its product's, else its id.
pub(super) fn common_name(name: Option<&str>, product: Option<&str>, id: &str) -> String {
    let catalog = known();
    let called = match (name, product.map(|product| catalog.find(product))) {
        (Some(name), _) => name,
        (None, Some(Lookup::Product(product))) => product.short_name.as_deref().unwrap_or(&product.name),
        _ => id,
    };
    slug(called, id)
}

/// Whether a person does it, by the word of a stack file for how; nothing where the word is not known.
pub(super) fn is_manual(word: &str) -> Option<bool> {
    let known = Mechanism::parse(word).or_else(|| Mechanism::parse(meaning("mechanism", word)?));
    known.map(Mechanism::is_manual)
}

/// Whether a value says that it is not known, which is the same as none.
pub(super) fn says_nothing(word: &str) -> bool {
    word.trim().is_empty() || is_not_known(word)
}

fn name_key(name: &str) -> String {
    format!("name:{}", slug(name, "unnamed"))
}

/// A word of a platform as people would write it.
fn spoken(space: Space, word: &str) -> String {
    let without = |word: &str, ends: &[&str]| {
        ends.iter().find_map(|end| word.strip_suffix(end)).filter(|rest| !rest.is_empty()).unwrap_or(word).to_owned()
    };
    match space {
        Space::Host => domain(word),
        Space::N8n => in_words(&without(word, &["Trigger", "Tool"])),
        Space::Zapier => in_words(&without(word.split('@').next().unwrap_or(word), &["CLIAPI", "DevAPI", "API"])),
        _ => in_words(word),
    }
}

/// A host as people call it: its domain without what stands before and behind, `app.example.co.uk` as `example`; under a
/// domain of a provider the name that the program has there, `scorer.azurewebsites.net` as `scorer`.
fn domain(host: &str) -> String {
    if let Some(name) = Catalog::tenant_of_host(host) {
        return name.to_owned();
    }
    let parts: Vec<&str> = host.split('.').collect();
    let is_number = parts.iter().all(|part| part.chars().all(|c| c.is_ascii_digit()));
    match parts.as_slice() {
        _ if is_number => host.to_owned(),
        [.., name, "co" | "com" | "org" | "net" | "gov" | "ac", land] if land.len() == 2 => (*name).to_owned(),
        [.., name, _] => (*name).to_owned(),
        _ => host.to_owned(),
    }
}

/// `camelCase`, `snake_case` and `kebab-case` as words that begin with capitals.
pub(super) fn in_words(word: &str) -> String {
    let mut text = String::new();
    let mut before = ' ';
    let mut letters = word.chars().peekable();
    while let Some(c) = letters.next() {
        // `getATask` and `HTTPRequest`: of capitals in a row the last begins a word.
        let begins = before.is_uppercase() && letters.peek().is_some_and(|next| next.is_lowercase());
        let breaks = c.is_uppercase() && (before.is_lowercase() || before.is_ascii_digit() || begins);
        if matches!(c, '_' | '-' | ' ' | '.') {
            text.push(' ');
        } else {
            if breaks {
                text.push(' ');
            }
            if text.is_empty() || text.ends_with(' ') { text.extend(c.to_uppercase()) } else { text.push(c) }
        }
        before = c;
    }
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::{Meaning, Named, in_words, knowing, recognise};
    use crate::catalog::{Catalog, OwnFile, Space};

    fn system(space: Space, word: &str) -> Named {
        match recognise(space, word) {
            Meaning::System(named) => named,
            Meaning::BuiltIn => panic!("{word} is built in"),
        }
    }

    #[test]
    fn spellings_of_one_product_are_one_system() {
        for (space, word) in [
            (Space::N8n, "hubspot"),
            (Space::N8n, "hubspotTrigger"),
            (Space::N8n, "hubspotTool"),
            (Space::Zapier, "HubSpotCLIAPI@1.4.0"),
            (Space::Make, "hubspotcrm"),
            (Space::Workato, "hubspot"),
            (Space::Host, "api.hubapi.com"),
        ] {
            assert_eq!(system(space, word).key, "product:hubspot", "{word}");
        }
        assert_eq!(system(Space::N8n, "lmChatOpenAi").key, "product:openai-api");
        assert_eq!(system(Space::Zapier, "GoogleSheetsV2CLIAPI@2.9.1").key, "product:google-sheets");
    }

    #[test]
    fn rows_of_ones_own_count_for_the_time_of_a_reading() {
        let text = "id,name,vendor,category\nacme-router,Acme Router,Acme,other\n";
        let own = Catalog::with_own(&[OwnFile { name: "own.csv", text }]).catalog.into();
        assert_eq!(knowing(&own, || system(Space::N8n, "acmeRouter").key), "product:acme-router");
        assert!(system(Space::N8n, "acmeRouter").is_unknown());
    }

    #[test]
    fn a_name_that_is_not_known_stays_as_it_is_written() {
        let named = system(Space::N8n, "acmeLeadScorer");
        assert!(named.is_unknown() && named.product.is_none());
        assert_eq!((named.name.as_str(), named.key.as_str()), ("Acme Lead Scorer", "name:acme-lead-scorer"));
        assert_eq!(system(Space::Host, "app.acme.co.uk").name, "acme");
        assert_eq!(system(Space::Host, "hubspot.example.com").name, "example");
        assert_eq!(system(Space::Host, "acme-scorer.azurewebsites.net").name, "acme-scorer");
        assert_eq!(system(Space::Host, "acme.westeurope.cloudapp.azure.com").name, "acme");
        assert_eq!(system(Space::Host, "acmefiles.blob.core.windows.net").key, "product:azure-blob-storage");
        assert_eq!(in_words("customer_io-v2"), "Customer Io V2");
        assert_eq!(in_words("getATaskByHTTPRequest"), "Get A Task By HTTP Request");
    }
}
