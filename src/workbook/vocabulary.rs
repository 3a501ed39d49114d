//! The words of drop-downs: what people call the words of a stack file.

use crate::source::words::{capital, spaced};

/// Mechanisms and words that are more than their letters.
const SAID: [(&str, &str); 38] = [
    ("copy-paste", "Copy and paste"),
    ("export-import", "Export and import a file"),
    ("rekeying", "Typed again"),
    ("message", "Mail or chat"),
    ("native", "Native connector"),
    ("api", "API"),
    ("webhook", "Webhook"),
    ("ipaas", "iPaaS recipe"),
    ("etl", "ETL"),
    ("reverse-etl", "Reverse ETL"),
    ("file-drop", "Scheduled file"),
    ("embedded", "AI inside the platform"),
    ("crm", "CRM"),
    ("cms", "CMS"),
    ("bi", "BI"),
    ("cdp", "CDP"),
    ("dam", "DAM"),
    ("erp", "ERP"),
    ("seo", "SEO"),
    ("abm", "ABM"),
    ("ai-scoring", "AI scoring"),
    ("ai-content", "AI content"),
    ("ai-agent", "AI agent"),
    ("e-signature", "E-signature"),
    ("e-commerce", "E-commerce"),
    ("rest", "REST"),
    ("rest-read", "REST, reading"),
    ("rest-write", "REST, writing"),
    ("soap", "SOAP"),
    ("graphql", "GraphQL"),
    ("sql", "SQL"),
    ("mcp", "MCP"),
    ("etl-source", "ETL source"),
    ("etl-destination", "ETL destination"),
    ("reverse-etl-source", "Reverse ETL source"),
    ("reverse-etl-destination", "Reverse ETL destination"),
    ("odata", "OData"),
    ("cli", "CLI"),
];

/// A kind of system that has the word of a mechanism is called otherwise.
const KINDS: [(&str, &str); 2] = [("ipaas", "iPaaS"), ("message", "Message")];

/// The words of mechanisms, which tell them from a kind of system.
fn is_mechanism(words: &[&str]) -> bool {
    words.contains(&"copy-paste")
}

/// What people call `word` wherever it stands alone.
pub(super) fn label(word: &str) -> String {
    match SAID.iter().find(|(known, _)| *known == word) {
        Some((_, said)) => (*said).to_owned(),
        None => capital(&spaced(word)),
    }
}

/// What people call `word` in a list of `words`.
pub(super) fn label_in(words: &[&str], word: &str) -> String {
    let own = KINDS.iter().find(|(known, _)| *known == word && !is_mechanism(words));
    own.map_or_else(|| label(word), |(_, said)| (*said).to_owned())
}

/// The word of `words` that people call `said`, whatever its case; nothing where it is none of the list.
pub(super) fn word_of(words: &[&'static str], said: &str) -> Option<&'static str> {
    let said = folded(said);
    let is_it = |word: &&&str| folded(word) == said || folded(&label_in(words, word)) == said;
    words.iter().find(is_it).copied()
}

/// `text` in lower case, with hyphens and spaces alike.
pub(super) fn folded(text: &str) -> String {
    crate::source::folded(text, |c| !c.is_alphanumeric()).to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::shape::{Key, STACK, Takes};

    fn vocabularies(keys: &'static [Key], all: &mut Vec<(&'static str, Vec<&'static str>)>) {
        for key in keys {
            if let Takes::Word(words) | Takes::Words(words) = key.takes {
                all.push((key.name, words()));
            }
            key.takes.within().into_iter().for_each(|below| vocabularies(below, all));
        }
    }

    #[test]
    fn every_word_of_the_model_has_a_label_that_leads_back_to_it() {
        let mut all = Vec::new();
        vocabularies(STACK, &mut all);
        assert!(all.len() > 5, "the test finds no vocabularies any more");
        for (key, words) in all {
            for word in &words {
                let said = label_in(&words, word);
                assert_eq!(word_of(&words, &said), Some(*word), "{key}: {said}");
                assert_eq!(word_of(&words, word), Some(*word), "{key}");
            }
        }
    }

    #[test]
    fn ai_is_written_in_capitals_and_read_either_way() {
        let words = ["ai-silo", "shadow-ai", "personal-data-to-ai"];
        assert_eq!(words.map(label), ["AI silo", "Shadow AI", "Personal data to AI"]);
        for said in ["Ai silo", "AI silo", "ai-silo"] {
            assert_eq!(word_of(&words, said), Some("ai-silo"), "{said}");
        }
    }

    #[test]
    fn a_label_is_read_whatever_its_case() {
        let words = ["copy-paste", "ipaas"];
        assert_eq!(word_of(&words, " copy AND paste"), Some("copy-paste"));
        assert_eq!(word_of(&words, "iPaaS recipe"), Some("ipaas"));
        assert_eq!(word_of(&["crm", "ipaas"], "iPaaS"), Some("ipaas"));
        assert_eq!(word_of(&words, "parrot"), None);
    }
}
