//! Headers of columns in four languages: `catalog/data/headers.csv` says which fields a header can mean.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use crate::catalog::headers;

/// What can stand between the words of a header and says nothing.
const FILLERS: [&str; 17] = [
    "name",
    "of",
    "the",
    "optional",
    "a",
    "an",
    "our",
    "your",
    "avg",
    "average",
    "approx",
    "approximate",
    "typical",
    "estimated",
    "est",
    "ca",
    "durchschnittliche",
];

/// A header as it was understood.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Header {
    /// As it stands in the table, on one line.
    pub(super) text: String,
    /// In lower case, without fillers, plurals and what stands in brackets.
    pub(super) plain: String,
    /// What stands in brackets: often a unit.
    pub(super) unit: Option<String>,
    /// Fields that it can mean, each with how far down its list the word stands.
    pub(super) fields: Vec<(&'static str, usize)>,
}

impl Header {
    pub(super) fn of(text: &str) -> Self {
        let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
        let (outside, inside) = brackets(&line);
        let plain = normalised(&outside);
        let mut fields = index().get(&plain).cloned().unwrap_or_default();
        // `€ / year`: a sign of money says what the column is.
        let sign = line.chars().find(|c| matches!(c, '$' | '€' | '£'));
        if fields.is_empty() && sign.is_some() && !line.contains(|c: char| c.is_ascii_digit()) {
            fields.push(("contract.cost", 100));
        }
        let inside = inside.or_else(|| sign.map(String::from));
        Self { text: line, plain, unit: inside.filter(|unit| !unit.eq_ignore_ascii_case("optional")), fields }
    }

    /// The header below a banner: read together, where that means something, else alone.
    pub(super) fn below(banner: &str, text: &str) -> Self {
        let together = Self::of(&format!("{banner} {text}"));
        if together.fields.is_empty() { Self::of(text) } else { together }
    }

    pub(super) fn is_known(&self) -> bool {
        !self.fields.is_empty()
    }

    /// How far down the list of `field` the header stands, if it can mean that.
    pub(super) fn rank(&self, field: &str) -> Option<usize> {
        self.fields.iter().find(|(known, _)| *known == field).map(|(_, rank)| *rank)
    }
}

/// Whether there is a field of this name, which `--map` can name.
pub(super) fn is_field(name: &str) -> bool {
    fields().contains(&name)
}

/// Every field, by name.
pub(super) fn fields() -> Vec<&'static str> {
    let mut all: Vec<&str> = headers().map(|(field, _)| field).collect();
    all.sort_unstable();
    all.dedup();
    all
}

fn index() -> &'static BTreeMap<String, Vec<(&'static str, usize)>> {
    static INDEX: LazyLock<BTreeMap<String, Vec<(&'static str, usize)>>> = LazyLock::new(|| {
        let mut index: BTreeMap<String, Vec<(&str, usize)>> = BTreeMap::new();
        let mut ranks: BTreeMap<&str, usize> = BTreeMap::new();
        for (field, header) in headers() {
            let rank = ranks.entry(field).or_default();
            *rank += 1;
            let fields = index.entry(normalised(header)).or_default();
            if !fields.iter().any(|(known, _)| *known == field) {
                fields.push((field, *rank));
            }
        }
        index
    });
    &INDEX
}

/// Lower case, words only, without fillers and plural endings.
pub(super) fn normalised(text: &str) -> String {
    let lower = text.to_lowercase();
    let words: Vec<&str> =
        lower.split(|c: char| !c.is_alphanumeric() && c != '#' && c != '°').filter(|word| !word.is_empty()).collect();
    // `System A` and `System B` are two things.
    let is_letter = |at: usize| words[at] == "a" && at > 0 && at + 1 == words.len();
    let is_told = |at: &usize| is_letter(*at) || !FILLERS.contains(&words[*at]);
    let told: Vec<&str> = (0..words.len()).filter(is_told).map(|at| words[at]).collect();
    let words = if told.is_empty() { words } else { told };
    words.into_iter().map(singular).collect::<Vec<_>>().join(" ")
}

fn singular(word: &str) -> &str {
    let keeps = word.len() <= 3 || word.ends_with("ss") || word.ends_with("us") || word.ends_with("is");
    if keeps { word } else { word.strip_suffix('s').unwrap_or(word) }
}

/// A text without its first brackets, and what stands in them.
pub(super) fn brackets(text: &str) -> (String, Option<String>) {
    for (open, close) in [('(', ')'), ('[', ']')] {
        if let Some((before, rest)) = text.split_once(open)
            && let Some((inside, after)) = rest.split_once(close)
            && !inside.trim().is_empty()
        {
            let outside = format!("{} {}", before.trim(), after.trim());
            return (outside.trim().to_owned(), Some(inside.trim().to_owned()));
        }
    }
    (text.trim().to_owned(), None)
}

#[cfg(test)]
mod tests {
    use super::Header;

    #[test]
    fn headers_are_known_whatever_their_case_plurals_and_units() {
        for (text, field) in [
            ("Tool Name", "system"),
            ("Tools", "system"),
            ("SYSTEM OWNER", "owner"),
            ("Kosten p.a.", "contract.cost"),
            ("Dauer (Min.)", "minutes"),
            ("Art der Übertragung", "mechanism"),
            ("Données", "data"),
            ("¿Quién?", "performer"),
            ("How often?", "runs"),
            ("Integrates with", "integrates"),
            ("#", "number"),
            ("Cost of outage (per hour)", "outage_cost"),
            ("System A", "from"),
            ("System B", "to"),
            ("Avg. handling time (min)", "minutes"),
            ("Minuten pro Lauf", "minutes"),
            ("Methode", "mechanism"),
            ("Lizenzkosten p.a.", "contract.cost"),
            ("Admins", "contact"),
        ] {
            assert!(Header::of(text).rank(field).is_some(), "{text}: {:?}", Header::of(text));
        }
        assert_eq!(Header::of("Dauer (Min.)").unit.as_deref(), Some("Min."));
        assert!(!Header::of("Marketo").is_known() && !Header::of("Favourite colour").is_known());
        assert!(Header::below("Source", "System").rank("from").is_some());
        assert!(Header::below("Transfer", "Frequency").rank("runs").is_some());
    }
}
