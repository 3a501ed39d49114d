//! A word of a name space, such as an app's name in a Zapier file: a product, a kind, or nothing known. The only file of
//! this room that asks the catalog.

use crate::catalog::people::{is_not_known, meaning};
use crate::catalog::{Catalog, Certainty, Expected, Kind, Lookup, Meaning as Found, Space};
use crate::model::Mechanism;

use super::clean::slug;

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
    let Some(found) = Catalog::builtin().recognise(space, word, Expected::Tool) else {
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
            name: label.to_owned(),
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

/// The automation platform whose files have this format.
pub(super) fn platform(format: &'static str) -> Named {
    match recognise(Space::Plain, format) {
        Meaning::System(named) => named,
        Meaning::BuiltIn => unknown(format),
    }
}

/// The id of the product that a stack file calls so, whatever its case; its word where the catalog does not know it.
pub(super) fn same_product(word: &str) -> Option<String> {
    match Catalog::builtin().find(word) {
        Lookup::Product(product) => Some(product.id.to_string()),
        _ => Some(slug(word, "")).filter(|word| !word.is_empty()),
    }
}

/// What an entry of a stack file is called, without case and punctuation: its name, else its product's, else its id.
pub(super) fn common_name(name: Option<&str>, product: Option<&str>, id: &str) -> String {
    let called = match (name, product.map(|product| Catalog::builtin().find(product))) {
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

/// A host as people call it: its domain without what stands before and behind, `app.example.co.uk` as `example`.
fn domain(host: &str) -> String {
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
    use super::{Meaning, Named, in_words, recognise};
    use crate::catalog::Space;

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
    fn a_name_that_is_not_known_stays_as_it_is_written() {
        let named = system(Space::N8n, "acmeLeadScorer");
        assert!(named.is_unknown() && named.product.is_none());
        assert_eq!((named.name.as_str(), named.key.as_str()), ("Acme Lead Scorer", "name:acme-lead-scorer"));
        assert_eq!(system(Space::Host, "app.acme.co.uk").name, "acme");
        assert_eq!(system(Space::Host, "hubspot.example.com").name, "example");
        assert_eq!(in_words("customer_io-v2"), "Customer Io V2");
        assert_eq!(in_words("getATaskByHTTPRequest"), "Get A Task By HTTP Request");
    }
}
