//! The name of what moves: the words of an arrow that say nothing else.

use super::words::{self, FILLERS, PREPOSITIONS};
use crate::import::recognise::sure;

/// Words of the longest name of what moves.
const NAME: usize = 5;

/// What begins with these says when, and not what.
const WHEN: [&str; 8] = ["after", "before", "when", "if", "once", "during", "until", "whenever"];

const ENDS_NAME: [&str; 24] = [
    "for", "about", "when", "so", "that", "which", "via", "by", "using", "through", "over", "from", "to", "into", "in",
    "on", "after", "before", "if", "every", "with", "as", "at", "where",
];

/// Words that change the meaning of the verb before them and name nothing.
const PARTICLES: [&str; 7] = ["up", "out", "over", "back", "off", "down", "away"];

/// Verbs whose object is told something, behind `of` or `about`.
const TELLS: [&str; 8] = ["notify", "notifies", "inform", "informs", "tell", "tells", "remind", "reminds"];

/// What moves, of what is left of a segment: `used` tells which of its words say something else, `says_how` whether some of them
/// say how, and `ends` are the names of what the arrow joins.
pub(super) fn names(words: &[&str], lower: &[String], used: &[bool], ends: &[&str], says_how: bool) -> Vec<String> {
    let mut left: Vec<(&str, &str)> = Vec::new();
    let (mut has_verb, mut follows_verb) = (false, false);
    for (at, (word, lower)) in words.iter().zip(lower).enumerate() {
        let bare = lower.trim_matches(|c: char| !c.is_alphanumeric());
        // `via Tinybird Events API`: what stands behind says how, and not what.
        if matches!(bare, "via" | "using" | "through") && used[at + 1..].contains(&true) {
            break;
        }
        let is_verb = !has_verb
            && left.iter().all(|(_, known)| FILLERS.contains(known))
            && is_verb_form(bare)
            && is_verb_here(bare, words.len() - at);
        let bare = if word == &"&" { "&" } else { bare };
        // `looks up orders`: the particle goes with its verb.
        let is_particle = std::mem::replace(&mut follows_verb, is_verb) && PARTICLES.contains(&bare);
        if used[at] || is_verb || is_particle || bare.is_empty() {
            has_verb |= is_verb;
            continue;
        }
        left.push((word, bare));
    }
    // `Notifies customers of a completed order`.
    if lower.first().is_some_and(|word| TELLS.contains(&word.as_str())) {
        left.drain(..left.iter().position(|(_, word)| matches!(*word, "of" | "about")).unwrap_or(0));
    }
    // `signs into the service`: a verb without an object.
    if has_verb && lower.get(1).is_some_and(|word| word == "into") {
        return Vec::new();
    }
    let is_small = |word: &str| PREPOSITIONS.contains(&word) || FILLERS.contains(&word);
    if left.first().is_some_and(|(_, word)| WHEN.contains(word)) {
        return Vec::new();
    }
    for end in ends {
        strip(&mut left, end);
    }
    // `data on short term lets`.
    let is_on = |at: usize, known: &[&str]| left.get(at).is_some_and(|(_, word)| known.contains(word));
    if is_on(0, &["data", "information", "info", "details"]) && is_on(1, &["on", "about"]) {
        left.drain(..2);
    }
    let first = left.iter().position(|(_, word)| !is_small(word)).unwrap_or(left.len());
    left.drain(..first);
    if left.len() > NAME || left.iter().skip(1).any(|(_, word)| ENDS_NAME.contains(word)) {
        let end = left.iter().skip(1).position(|(_, word)| ENDS_NAME.contains(word)).map_or(NAME, |at| at + 1);
        left.truncate(end.min(NAME));
    }
    while left.last().is_some_and(|(_, word)| is_small(word)) {
        left.pop();
    }
    let text = left.iter().map(|(word, _)| *word).collect::<Vec<_>>().join(" ");
    let text = text.trim_matches(|c: char| !c.is_alphanumeric() && !matches!(c, '#' | '+' | '%'));
    let folded = text.to_lowercase();
    if !text.chars().any(char::is_alphanumeric) || words::SILENT.contains(&folded.as_str()) {
        return Vec::new();
    }
    // `Snowflake Kafka connector`: a product beside a word for how is what it goes to or comes from.
    if used.contains(&true)
        && says_how
        && sure(text).is_some_and(|named| named.guess.is_none() && named.product.is_some())
    {
        return Vec::new();
    }
    // `leads & contacts`: each is an object where each is a word or two.
    let parts: Vec<&str> = text.split(" & ").flat_map(|part| part.split(" and ")).map(str::trim).collect();
    let are_short = parts.len() > 1 && parts.iter().all(|part| part.split(' ').count() <= 2 && !part.is_empty());
    let parts = if are_short { parts } else { vec![text] };
    parts.into_iter().filter(|part| part.chars().any(char::is_alphabetic)).map(str::to_owned).collect()
}

/// Whether a word is a form of a verb, or of two: `creates/updates`.
fn is_verb_form(word: &str) -> bool {
    word.split('/')
        .all(|part| words::verb(part, &words::READS).is_some() || words::verb(part, &words::WRITES).is_some())
}

/// Whether a word that may be a verb is one: alone it is what moves (`updates`, `reports`), and a base form before others
/// may be a noun (`report data`).
fn is_verb_here(word: &str, words_left: usize) -> bool {
    let nouns = [
        "report",
        "reports",
        "list",
        "record",
        "records",
        "file",
        "email",
        "emails",
        "mail",
        "message",
        "messages",
        "updates",
        "update",
        "log",
        "logs",
        "share",
        "feed",
        "feeds",
        "sets",
        "set",
        "key",
        "keys",
        "opens",
        "views",
        "view",
        "posts",
        "post",
        "start",
        "copy",
        "print",
        "drop",
        "put",
        "type",
        "raise",
        "orders",
        "checks",
        "searches",
        "search",
        "exports",
        "imports",
        "downloads",
        "uploads",
        "reviews",
        "review",
        "streams",
        "stream",
        "stores",
        "store",
        "registers",
    ];
    words_left > 1 && !nouns.contains(&word)
        || words_left > 2
            && matches!(
                word,
                "updates"
                    | "posts"
                    | "exports"
                    | "imports"
                    | "uploads"
                    | "downloads"
                    | "stores"
                    | "logs"
                    | "feeds"
                    | "streams"
                    | "sets"
                    | "copy"
                    | "set"
                    | "put"
                    | "registers"
                    | "views"
                    | "reviews"
                    | "upload"
                    | "download"
                    | "export"
                    | "import"
                    | "update"
                    | "store"
                    | "review"
            )
}

/// Takes the name of an end out of words: `to Payment API`.
fn strip(left: &mut Vec<(&str, &str)>, end: &str) {
    let name: Vec<String> = end
        .to_lowercase()
        .split_whitespace()
        .map(|word| word.trim_matches(|c: char| !c.is_alphanumeric()).to_owned())
        .filter(|word| !word.is_empty())
        .collect();
    if name.is_empty() || left.len() <= name.len() {
        return;
    }
    let fits = |at: &usize| left[*at..*at + name.len()].iter().zip(&name).all(|((_, word), name)| word == name);
    let found = (0..=left.len() - name.len()).find(fits);
    if let Some(at) = found.filter(|at| *at == 0 || *at + name.len() == left.len()) {
        left.drain(at..at + name.len());
    }
}
