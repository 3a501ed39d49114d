//! The words that people use for what a stack file names in its own: one data file, `data/words.csv`.
//!
//! A row says under which heading a word stands (`mechanism`, `unit of time`), which word of ours it means, and, where
//! it can mean several, when it means this one. A word with one row may be read; a word with several has to be asked
//! about.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use super::kind::Kind;
use crate::source::folded;

const FILE: &str = include_str!("data/words.csv");

/// One thing that a word can mean.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Meaning {
    /// In the words of a stack file.
    pub(crate) means: String,
    /// When it is meant, as the end of a sentence; empty where the word can mean nothing else.
    pub(crate) when: String,
}

/// The words under one heading.
#[derive(Default)]
struct Words {
    meanings: BTreeMap<String, Vec<Meaning>>,
    /// The most letters and digits that one of them has.
    longest: usize,
}

type Index = BTreeMap<String, Words>;

fn index() -> &'static Index {
    static INDEX: LazyLock<Index> = LazyLock::new(|| {
        let mut index = Index::new();
        for row in csv::Reader::from_reader(FILE.as_bytes()).into_records() {
            let row = row.expect("the data file is constant and a test reads it");
            let [about, word, means, when] = [0, 1, 2, 3].map(|at| row.get(at).unwrap_or_default().to_owned());
            let words = index.entry(about).or_default();
            words.longest = words.longest.max(letters(&word).count());
            words.meanings.entry(word).or_default().push(Meaning { means, when });
        }
        index
    });
    &INDEX
}

/// What `said` can mean under the heading `about`, whatever its case and spaces; empty where it is not in the file.
pub(crate) fn meanings(about: &str, said: &str) -> &'static [Meaning] {
    // Nobody's word is longer; a megabyte of text need not be folded to know that it is none.
    if said.len() > 80 {
        return &[];
    }
    let Some(words) = index().get(about) else { return &[] };
    // Folding takes no letter away, so most of what is said is no word without it.
    if letters(said).nth(words.longest).is_some() {
        return &[];
    }
    let words = &words.meanings;
    // Most of what is said stands as it would be folded.
    if said.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit()) {
        return words.get(said).map_or(&[], Vec::as_slice);
    }
    let lower = said.to_lowercase();
    let spaced = folded(&lower, char::is_whitespace);
    let found = words.get(&spaced).or_else(|| {
        let has_signs = spaced.contains(|c: char| !c.is_alphanumeric() && c != ' ');
        has_signs.then(|| words.get(&folded(&spaced, |c| !c.is_alphanumeric())))?
    });
    found.map_or(&[], Vec::as_slice)
}

/// Whether `said` begins with a word under the heading `about`.
pub(crate) fn begins_with(about: &str, said: &str) -> bool {
    index().get(about).is_some_and(|words| words.meanings.keys().any(|word| said.starts_with(word.as_str())))
}

/// What `said` means, if it can mean one thing only.
pub(crate) fn meaning(about: &str, said: &str) -> Option<&'static str> {
    match meanings(about, said) {
        [one] => Some(&one.means),
        _ => None,
    }
}

/// Words of a name that say nothing of the kind, before the word that does and behind it.
const BEFORE_KIND: [&str; 13] = [
    "our",
    "the",
    "my",
    "company",
    "corporate",
    "internal",
    "central",
    "global",
    "main",
    "legacy",
    "old",
    "new",
    "existing",
];
const BEHIND_KIND: [&str; 12] = [
    "system",
    "systems",
    "platform",
    "tool",
    "tools",
    "software",
    "application",
    "app",
    "suite",
    "solution",
    "instance",
    "database",
];
/// The kind of system that a name says of which nothing is known, and how it says so.
pub(crate) fn kind_of_name(name: &str) -> Option<(Kind, &'static str)> {
    let name = name.trim();
    let whole = || Some((kind_of_all_words(name)?, "its name says so"));
    let last = || Some((kind_of_last_word(name)?, "only the last word of its name says so"));
    let first = || Some((kind_of_first_word(name)?, "only the first word of its name says so"));
    last().or_else(first).or_else(whole)
}

/// The kind that all words of a name are for, but for some that say nothing of it: `Our CRM system`, `Data warehouse`.
fn kind_of_all_words(name: &str) -> Option<Kind> {
    // What stands in brackets says whose it is.
    let name = name.split_once(" (").map_or(name, |(name, _)| name).to_lowercase();
    let mut words: Vec<&str> = name.split(|c: char| c.is_whitespace() || matches!(c, '-' | '_' | '/')).collect();
    words.retain(|word| !word.is_empty());
    let kind_of = |words: &[&str]| {
        let said = words.join(" ");
        let kind = meaning("kind of system", &said).and_then(Kind::parse).or_else(|| Kind::parse(&words.join("-")));
        kind.filter(|kind| *kind != Kind::Other)
    };
    while words.len() > 1 && BEFORE_KIND.contains(&words[0]) {
        words.remove(0);
    }
    loop {
        if let Some(kind) = kind_of(&words) {
            return Some(kind);
        }
        words.pop().filter(|last| !words.is_empty() && BEHIND_KIND.contains(last))?;
    }
}

/// The kind that the last word of a name says, where the name has others before it: `Pipeline sheet`.
fn kind_of_last_word(name: &str) -> Option<Kind> {
    let (_, last) = name.rsplit_once(|c: char| c.is_whitespace() || c == '.')?;
    meaning("last word of a system", last).and_then(Kind::parse)
}

/// The kind that the first word of a name says, where others stand behind it: `Excel list`.
fn kind_of_first_word(name: &str) -> Option<Kind> {
    let (first, _) = name.split_once(|c: char| c.is_whitespace() || c == '-')?;
    meaning("first word of a system", first).and_then(Kind::parse)
}

/// Whether words for how often name no number: `ad hoc`, `per campaign`, `on every new lead`.
pub(crate) fn is_no_rate(said: &str) -> bool {
    if !meanings("no rate", said).is_empty() {
        return true;
    }
    let lower = said.trim().to_lowercase();
    if lower.len() > 80 || lower.contains(|c: char| c.is_ascii_digit()) {
        return false;
    }
    let is_time = |word: &str| {
        let is = |about: &str| !meanings(about, word).is_empty();
        is("unit of time") || is("day of the week") || is("number") || is("times")
    };
    let words: Vec<&str> = lower.split_whitespace().collect();
    let before = |count: &usize| words.len() >= *count && !meanings("each", &words[..*count].join(" ")).is_empty();
    [2, 1].iter().find(|count| before(count)).is_some_and(|count| {
        let mut occasion = words[*count..]
            .iter()
            .flat_map(|word| word.split(|c: char| !c.is_alphanumeric()))
            .filter(|word| !word.is_empty());
        let is_named = occasion.clone().next().is_some();
        is_named && !occasion.any(is_time)
    })
}

/// Whether somebody wrote that they do not know: `?`, `TBD`, `n/a`.
pub(crate) fn is_not_known(said: &str) -> bool {
    meaning("not known", said).is_some()
}

/// Whether a word says that something comes by itself: `nightly`, `scheduled`, `automatisch`.
pub(crate) fn says_by_itself(word: &str) -> bool {
    meaning("word for by itself", word).is_some()
}

/// `said` without one of the words that mean "about" at its beginning: `~15`, `ca. 15`.
pub(crate) fn without_about(said: &str) -> &str {
    let said = said.trim();
    let symbol = said.chars().next().filter(|c| !c.is_alphanumeric());
    if let Some(symbol) = symbol.filter(|c| meaning("about", &c.to_string()).is_some()) {
        return said[symbol.len_utf8()..].trim_start();
    }
    match said.split_once(|c: char| c.is_whitespace()) {
        Some((first, rest)) if meaning("about", first).is_some() => rest.trim_start(),
        _ => said,
    }
}

/// The letters and digits of a text.
fn letters(text: &str) -> impl Iterator<Item = char> {
    text.chars().filter(|c| c.is_alphanumeric())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_is_found_whatever_its_case_spaces_and_slashes() {
        for said in ["copy/paste", "Copy and  Paste", "COPY-PASTE", " copy & paste "] {
            let found = meaning("mechanism", &said.replace('&', "and"));
            assert_eq!(found, Some("copy-paste"), "{said}");
        }
        assert_eq!(meanings("mechanism", "csv").len(), 2);
        assert_eq!(meaning("mechanism", "csv"), None);
        assert!(meanings("mechanism", &"x".repeat(1 << 20)).is_empty());
    }

    #[test]
    fn names_say_kinds_in_all_their_words_or_the_last_or_the_first() {
        for (name, kind) in [
            ("CRM", Some(Kind::Crm)),
            ("CRM System", Some(Kind::Crm)),
            ("ERP-System", Some(Kind::Erp)),
            ("Our CMS", Some(Kind::Cms)),
            ("CRM (sales)", Some(Kind::Crm)),
            ("Sales CRM", Some(Kind::Crm)),
            ("Data warehouse", Some(Kind::Warehouse)),
            ("Customer Data Platform", Some(Kind::Cdp)),
            ("Marketing automation platform", Some(Kind::MarketingAutomation)),
            ("Executive dashboard", Some(Kind::Bi)),
            ("Pipeline sheet", Some(Kind::Spreadsheet)),
            ("Excel list", Some(Kind::Spreadsheet)),
            ("System", None),
            ("Other", None),
            ("Email", None),
            ("Zebra", None),
            ("Zebra platform", None),
            ("", None),
        ] {
            assert_eq!(kind_of_name(name).map(|(kind, _)| kind), kind, "{name}");
        }
    }

    #[test]
    fn not_knowing_has_its_words() {
        for said in ["?", "TBD", "tbd", "unknown", "n/a", "N/A"] {
            assert!(is_not_known(said), "{said}");
        }
        assert!(!is_not_known("0") && !is_not_known("none") && !is_not_known(""));
    }

    #[test]
    fn occasions_say_no_number_and_units_of_time_do() {
        for said in
            ["ad hoc", "Per campaign", "per sprint", "on every new lead", "bei jedem Lead", "à chaque événement"]
        {
            assert!(is_no_rate(said), "{said}");
        }
        for said in [
            "per week",
            "every Monday",
            "every other week",
            "every two weeks",
            "pro Monat",
            "every 2 sprints",
            "each",
            "3/parrot",
        ] {
            assert!(!is_no_rate(said), "{said}");
        }
    }

    #[test]
    fn about_is_not_part_of_the_number() {
        for said in ["~15", "~ 15", "ca. 15", "about 15", "Approximately 15", "≈15", "15"] {
            assert_eq!(without_about(said), "15", "{said}");
        }
    }

    #[test]
    fn each_word_stands_once_for_each_meaning_and_says_when_it_has_several() {
        let mut headings = Vec::new();
        for (about, words) in index() {
            headings.push(about.as_str());
            for (word, meanings) in &words.meanings {
                assert_eq!(*word, folded(&word.to_lowercase(), char::is_whitespace), "{about}: {word}");
                let several = meanings.len() > 1;
                assert!(meanings.iter().all(|one| one.when.is_empty() != several), "{about}: {word}");
                let mut all: Vec<&str> = meanings.iter().map(|one| one.means.as_str()).collect();
                all.sort_unstable();
                all.dedup();
                assert_eq!(all.len(), meanings.len(), "{about}: {word} says the same twice");
            }
        }
        assert!(headings.contains(&"mechanism") && headings.contains(&"rate"));
    }
}
