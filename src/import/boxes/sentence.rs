//! Which way data goes by the words of an arrow: who calls is not where data goes.

use super::people::is_person as names_person;
use super::words::{READS, READS_BY_PERSON, WRITES, how, verb};

/// One thing that a sentence says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Clause {
    pub(super) text: String,
    pub(super) way: Way,
}

/// Which way data goes, seen along the arrow.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Way {
    /// As it is drawn, as the words say.
    Forward,
    /// As it is drawn, as nothing else is said.
    AsDrawn,
    /// Against the arrow.
    Back,
    Both,
}

/// The longest sentence that is looked into, in characters.
const LONGEST: usize = 1_000;

/// What `text` says, whose subject is `from` and whose object is `to`. Two verbs are two things; `is_person` tells that
/// the subject is one.
pub(super) fn clauses(text: &str, from: &str, to: &str, is_person: bool) -> Vec<Clause> {
    let text: String = text.chars().take(LONGEST).collect::<String>().replace('\n', " ");
    let text = without_person(without_subject(text.trim(), from));
    let lower = text.to_lowercase();
    if is_both(&lower) {
        return vec![Clause { text: text.to_owned(), way: Way::Both }];
    }
    let mut clauses: Vec<Clause> = Vec::new();
    for part in parts(text) {
        let way = way(&part, to, is_person);
        clauses.push(Clause { text: part, way });
    }
    // A part that says nothing of the way goes with the one before it.
    let mut united: Vec<Clause> = Vec::new();
    for clause in clauses {
        match united.last_mut() {
            Some(last) if clause.way == last.way || clause.way == Way::AsDrawn => {
                last.text.push_str(", ");
                last.text.push_str(&clause.text);
            }
            _ => united.push(clause),
        }
    }
    if united.is_empty() { vec![Clause { text: String::new(), way: Way::AsDrawn }] } else { united }
}

/// Whether a label beside an arrow says that data goes against it: it ends in "from", or is from what the arrow points to.
pub(super) fn is_turned(text: &str, to: &str) -> bool {
    let lower = text.to_lowercase();
    let words: Vec<&str> = words(&lower);
    let reads = words.iter().any(|word| verb(word, &READS).is_some());
    match words.iter().rposition(|word| *word == "from") {
        Some(at) if at + 1 == words.len() => reads,
        Some(at) => is_named(&words[at + 1..], to),
        None => false,
    }
}

/// Whether the words of a person say that something is taken out of a system: they export or download, and not into it.
pub(super) fn takes_out(text: &str) -> bool {
    let lower = text.to_lowercase();
    let words = words(&lower);
    let goes_in = words.iter().any(|word| matches!(*word, "to" | "into"));
    words.first().is_some_and(|word| verb(word, &["export", "download"]).is_some()) && !goes_in
}

/// The words of a text, in lower case.
pub(super) fn words_of(text: &str) -> Vec<String> {
    let lower: String = text.chars().take(LONGEST).collect::<String>().to_lowercase();
    words(&lower).into_iter().map(str::to_owned).collect()
}

fn words(lower: &str) -> Vec<&str> {
    lower.split(|c: char| !c.is_alphanumeric() && c != '-').filter(|word| !word.is_empty()).collect()
}

/// Whether words that follow "from" are those of `name`.
fn is_named(after: &[&str], name: &str) -> bool {
    let lower = name.to_lowercase();
    let name = words(&lower);
    let after = match after {
        ["the" | "our" | "its", rest @ ..] => rest,
        all => all,
    };
    !after.is_empty()
        && !name.is_empty()
        && (after.len() <= 4 || after.starts_with(&name))
        && after.iter().any(|word| name.contains(word))
}

fn without_subject<'t>(text: &'t str, from: &str) -> &'t str {
    let is_it = !from.is_empty() && text.len() > from.len() && text.is_char_boundary(from.len());
    if is_it && text[..from.len()].eq_ignore_ascii_case(from) && text[from.len()..].starts_with(' ') {
        return text[from.len()..].trim_start();
    }
    text
}

/// What persons do themselves; `Users sync to Braze` says what moves.
const BY_PERSONS: [&str; 14] = [
    "make", "sign", "log", "fill", "submit", "create", "request", "register", "book", "complete", "search", "upload",
    "choose", "pay",
];

/// Without the persons with whom a sentence begins: of `User makes a payment` it is the payment that moves. Who works by
/// hand is kept.
pub(super) fn without_person(text: &str) -> &str {
    let words: Vec<&str> = text.split_whitespace().take(5).collect();
    let is_done = |at: &usize| {
        let word = words[*at].to_lowercase();
        verb(&word, &BY_PERSONS).is_some() && how(&word, false).is_none() && names_person(&words[..*at].join(" "))
    };
    let Some(at) = (1..words.len().saturating_sub(1)).find(is_done) else { return text };
    let mut rest = text.trim_start();
    for word in &words[..at] {
        rest = rest[word.len()..].trim_start();
    }
    rest
}

fn is_both(lower: &str) -> bool {
    let words = words(lower).join(" ");
    ["2-way", "two-way", "bi-directional", "bidirectional", "both ways", "both directions", "2 way", "two way"]
        .iter()
        .any(|phrase| words.contains(phrase))
        || (words.starts_with("sync")
            || words.contains(" syncs ")
            || words.contains(" synchronises ")
            || words.contains(" synchronizes "))
            && (words.ends_with(" with") || words.contains(" with "))
}

/// The sentence in parts that each begin with a verb.
fn parts(text: &str) -> Vec<String> {
    let words: Vec<&str> = text.split_whitespace().collect();
    let bare = |at: usize| words[at].to_lowercase().trim_matches(|c: char| !c.is_alphanumeric()).to_owned();
    let is_verb = |at: usize| {
        let word = bare(at);
        let found = verb(&word, &READS).or_else(|| verb(&word, &WRITES)).is_some();
        // A form of a verb in the third person, or a base form where the sentence began with one.
        found && (word.ends_with('s') || at == 0 || !bare(0).ends_with('s'))
    };
    let mut parts: Vec<Vec<&str>> = Vec::new();
    for at in 0..words.len() {
        let joins =
            at > 0 && (matches!(bare(at - 1).as_str(), "and" | "then") || words[at - 1].ends_with([',', '/', ';']));
        let slash = words[at].split_once('/').is_some_and(|(first, rest)| {
            at == 0 && verb(&first.to_lowercase(), &WRITES).is_some() && verb(&rest.to_lowercase(), &READS).is_some()
        });
        if parts.is_empty() || joins && is_verb(at) && !slash {
            if let Some(last) = parts.last_mut()
                && last.len() > 1
                && matches!(last.last().map(|word| word.to_lowercase()).as_deref(), Some("and" | "then"))
            {
                last.pop();
            }
            parts.push(Vec::new());
        }
        if let Some(last) = parts.last_mut() {
            last.push(words[at]);
        }
    }
    let text = parts.into_iter().map(|part| part.join(" ").trim_matches([',', ';', ' ', '/']).to_owned());
    text.filter(|part| !part.is_empty()).collect()
}

fn way(part: &str, to: &str, is_person: bool) -> Way {
    let lower = part.to_lowercase();
    let words = words(&lower);
    let Some(first) =
        words.iter().find(|word| !matches!(**word, "to" | "will" | "can" | "also" | "and" | "automatically" | "daily"))
    else {
        return Way::AsDrawn;
    };
    let from = words.iter().rposition(|word| *word == "from");
    if words.last() == Some(&"by") && words.len() > 1 {
        return Way::Back;
    }
    let looks_up = verb(first, &["look"]).is_some() && words.get(1) == Some(&"up");
    if looks_up || is_person && verb(first, &READS_BY_PERSON).is_some() && from.is_some() {
        return Way::Back;
    }
    let by_person_only = verb(first, &READS_BY_PERSON);
    if !is_person && by_person_only.is_some() && verb(first, &WRITES).is_none() {
        // A system that checks or reports says nothing of the way.
        return if words.last() == Some(&"from") { Way::Back } else { Way::AsDrawn };
    }
    let gives = !is_person && by_person_only.is_some();
    if verb(first, &READS).is_some() && !gives {
        if is_person
            && verb(first, &READS_BY_PERSON).is_some()
            && from.is_none()
            && verb(first, &["export", "download", "copy"]).is_none()
        {
            return Way::AsDrawn;
        }
        // "into" and "to" name where it goes: "imports leads into", "copies rows to".
        let into = words.iter().rposition(|word| matches!(*word, "into" | "to"));
        if into.is_some() && into > from {
            return Way::Forward;
        }
        return match from {
            _ if is_person => Way::Back,
            Some(at) if at + 1 < words.len() && !is_named(&words[at + 1..], to) => Way::Forward,
            _ => Way::Back,
        };
    }
    if verb(first, &WRITES).is_some() {
        return match from {
            Some(at) if at + 1 == words.len() || is_named(&words[at + 1..], to) => Way::Back,
            _ => Way::Forward,
        };
    }
    match from {
        Some(at) if at + 1 == words.len() || is_named(&words[at + 1..], to) => Way::Back,
        _ => Way::AsDrawn,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ways(text: &str) -> Vec<Way> {
        clauses(text, "CRM", "Order database", false).into_iter().map(|clause| clause.way).collect()
    }

    #[test]
    fn who_calls_is_not_where_data_goes() {
        for (text, expected) in [
            ("reads customer data from", vec![Way::Back]),
            ("Reads orders", vec![Way::Back]),
            ("Reads orders from the order database", vec![Way::Back]),
            ("Reads orders from partners", vec![Way::Forward]),
            ("Sends orders to", vec![Way::Forward]),
            ("Uses", vec![Way::AsDrawn]),
            ("Makes API calls to", vec![Way::Forward]),
            ("", vec![Way::AsDrawn]),
            ("Syncs contacts with", vec![Way::Both]),
            ("bidirectional sync of contacts", vec![Way::Both]),
            ("Gets account information from, and makes payments using", vec![Way::Back, Way::Forward]),
            ("Reads from and writes to", vec![Way::Back, Way::Forward]),
            ("Pulls new leads from, and writes activities to", vec![Way::Back, Way::Forward]),
            ("Enriches companies, pushes contacts", vec![Way::Forward]),
            ("CRM queries the order database", vec![Way::Back]),
            ("Is triggered by", vec![Way::Back]),
            ("exports scans as CSV for", vec![Way::Forward]),
            ("Imports leads into", vec![Way::Forward]),
            ("Queries", vec![Way::Back]),
            ("Looks up orders in", vec![Way::Back]),
            ("Requests addresses at a postcode", vec![Way::Back]),
            ("User makes a payment", vec![Way::Forward]),
            ("Admin users sign into the service", vec![Way::Forward]),
        ] {
            assert_eq!(ways(text), expected, "{text}");
        }
    }

    #[test]
    fn persons_take_out_and_put_in() {
        let ways =
            |text: &str| clauses(text, "Ops", "Sheet", true).into_iter().map(|clause| clause.way).collect::<Vec<_>>();
        assert_eq!(ways("Downloads the target account list from"), [Way::Back]);
        assert_eq!(ways("Exports opt-outs from the CRM"), [Way::Back]);
        assert_eq!(ways("Uploads opt-outs to"), [Way::Forward]);
        assert_eq!(ways("types partners into"), [Way::Forward]);
        assert_eq!(ways("Reads registrant details and records info"), [Way::Back, Way::Forward]);
        assert_eq!(ways("Uses"), [Way::AsDrawn]);
        assert_eq!(ways("Review invites"), [Way::AsDrawn]);
    }

    #[test]
    fn labels_turn_only_by_from() {
        assert!(is_turned("Fetches closed deals from Salesforce", "Salesforce"));
        assert!(is_turned("pulls contacts from", "HubSpot"));
        assert!(!is_turned("fetches closed deals", "Salesforce"));
        assert!(!is_turned("leads from webinars", "Salesforce"));
    }
}
