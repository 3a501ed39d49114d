//! The words that people write beside arrows.

use crate::catalog::people;
use crate::model::Mechanism;

/// What a phrase says of how something moves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum How {
    /// This, whoever does it.
    Is(Mechanism),
    /// This, where a person does it; else it is only a verb.
    ByHand(Mechanism),
    /// A file: carried by a person, or put down by schedule.
    File,
    /// A person does it; nobody says how.
    Somehow,
}

/// Words of mechanisms that are as often what moves as how: they count only where they stand alone, or behind "via".
const ALSO_DATA: [&str; 27] = [
    "message",
    "embedded",
    "email",
    "e mail",
    "mail",
    "chat",
    "event",
    "events",
    "package",
    "type",
    "json",
    "https",
    "http",
    "file",
    "list",
    "spreadsheet",
    "excel",
    "pipeline",
    "recipe",
    "middleware",
    "rest",
    "s3",
    "hand",
    "person",
    "native app",
    "entered",
    "chat message",
];

/// Small words that name nothing.
pub(super) const FILLERS: [&str; 15] =
    ["the", "a", "an", "all", "new", "our", "some", "its", "any", "their", "all the", "more", "every", "each", "this"];

/// Words between what moves, where it goes, and how.
pub(super) const PREPOSITIONS: [&str; 22] = [
    "to", "from", "into", "in", "with", "using", "on", "for", "via", "of", "by", "through", "over", "and", "at", "as",
    "&", "onto", "about", "per", "then", "or",
];

/// Verbs that are a mechanism where their subject is a person, and else only verbs.
const BY_HAND: [(&str, Mechanism); 7] = [
    ("types", Mechanism::Rekeying),
    ("typed", Mechanism::Rekeying),
    ("enters", Mechanism::Rekeying),
    ("enter", Mechanism::Rekeying),
    ("copies", Mechanism::CopyPaste),
    ("slack message", Mechanism::Message),
    ("teams message", Mechanism::Message),
];

/// What `phrase`, in lower case, says of how something moves; `is_alone` tells that nothing stands beside it.
pub(super) fn how(phrase: &str, is_alone: bool) -> Option<How> {
    if let Some((_, mechanism)) = BY_HAND.iter().find(|(verb, _)| *verb == phrase) {
        return Some(How::ByHand(*mechanism));
    }
    if is_alone && TECHNOLOGIES.contains(&phrase) {
        return Some(How::Is(Mechanism::Api));
    }
    if !is_alone && ALSO_DATA.contains(&phrase) {
        return None;
    }
    // Our own words for mechanisms are people's words as well.
    if let Some(mechanism) = Mechanism::parse(&phrase.replace(' ', "-")).filter(|known| !is_named(*known, phrase)) {
        return Some(How::Is(mechanism));
    }
    let found = people::meanings("mechanism", phrase);
    match found {
        [] => None,
        // A product says it better than its name as a word does.
        [one] => Mechanism::parse(&one.means).filter(|known| !is_named(*known, phrase)).map(How::Is),
        several if several.iter().any(|one| one.when.contains("no person")) => Some(How::File),
        several if several.iter().any(|one| one.when.contains("a person")) => Some(How::Somehow),
        _ if phrase.starts_with("sync") => Some(How::Is(Mechanism::Native)),
        _ => None,
    }
}

/// Whether the word for a mechanism is the name of a product that does it.
fn is_named(mechanism: Mechanism, phrase: &str) -> bool {
    let moves = matches!(mechanism, Mechanism::Ipaas | Mechanism::Etl | Mechanism::ReverseEtl);
    moves && !matches!(phrase, "etl" | "elt" | "reverse etl" | "data pipeline" | "middleware" | "automation platform")
}

/// Words of ways to connect that are one where they stand alone: in brackets, behind a comma, as technology.
pub(super) const TECHNOLOGIES: [&str; 25] = [
    "https",
    "http",
    "json",
    "xml",
    "tcp",
    "sql",
    "tcp sql",
    "json https",
    "https json",
    "xml https",
    "rpc",
    "mtls",
    "tls",
    "odata",
    "rest",
    "amqp",
    "websocket",
    "tag",
    "pixel",
    "javascript",
    "async",
    "oauth",
    "rfc",
    "bapi",
    "idoc",
];

/// How often, without a number: nothing is known by it, and it is no data.
pub(super) const NO_NUMBER: [&str; 17] = [
    "real time",
    "realtime",
    "near real time",
    "in real time",
    "ad hoc",
    "adhoc",
    "as needed",
    "on demand",
    "per campaign",
    "on change",
    "continuous",
    "continuously",
    "live",
    "instant",
    "batch",
    "asynchronous",
    "async",
];

/// Answers to decisions, and words that say nothing of what moves.
pub(super) const SILENT: [&str; 34] = [
    "yes",
    "no",
    "true",
    "false",
    "ok",
    "else",
    "otherwise",
    "success",
    "failure",
    "fail",
    "data",
    "data flow",
    "flow",
    "info",
    "information",
    "stuff",
    "various",
    "integration",
    "integrated",
    "connection",
    "connected",
    "interface",
    "link",
    "uses",
    "interacts",
    "interacts with",
    "communicates with",
    "talks to",
    "ingest",
    "ingestion",
    "load",
    "loads",
    "replication",
    "y",
];

/// What a system tells people by itself.
pub(super) const NOTICES: [&str; 9] =
    ["alert", "alerts", "notification", "notifications", "notify", "notifies", "alerting", "reminder", "reminders"];

/// Whether a name or label speaks of such a thing.
pub(super) fn is_notice(text: &str) -> bool {
    text.to_lowercase().split(|c: char| !c.is_alphanumeric()).any(|word| NOTICES.contains(&word))
}

/// A person takes something out of a system.
pub(super) const READS: [&str; 40] = [
    "read",
    "get",
    "query",
    "pull",
    "fetch",
    "import",
    "receive",
    "retrieve",
    "request",
    "load",
    "consume",
    "extract",
    "ingest",
    "collect",
    "subscribe",
    "poll",
    "download",
    "obtain",
    "look",
    "take",
    "gather",
    "scrape",
    "crawl",
    "harvest",
    "acquire",
    "listen",
    "analyze",
    "visualise",
    "visualize",
    "report",
    "search",
    "select",
    "copy",
    "access",
    "view",
    "export",
    "check",
    "monitor",
    "review",
    "see",
];

/// Of these, what only a person does so: a system that exports gives away.
pub(super) const READS_BY_PERSON: [&str; 12] =
    ["export", "download", "copy", "view", "check", "monitor", "review", "see", "access", "look", "take", "report"];

/// Something is put into a system.
pub(super) const WRITES: [&str; 78] = [
    "send",
    "create",
    "write",
    "push",
    "update",
    "post",
    "publish",
    "pass",
    "forward",
    "deliver",
    "provide",
    "feed",
    "store",
    "persist",
    "save",
    "submit",
    "export",
    "upload",
    "sync",
    "synchronise",
    "synchronize",
    "notify",
    "add",
    "insert",
    "upsert",
    "append",
    "log",
    "record",
    "register",
    "supply",
    "give",
    "return",
    "emit",
    "stream",
    "replicate",
    "transfer",
    "move",
    "share",
    "enter",
    "type",
    "key",
    "paste",
    "retype",
    "fill",
    "make",
    "enrich",
    "sign",
    "redirect",
    "trigger",
    "tell",
    "hand",
    "bring",
    "route",
    "assign",
    "stage",
    "dump",
    "copy",
    "ship",
    "mail",
    "email",
    "message",
    "relay",
    "print",
    "raise",
    "open",
    "book",
    "complete",
    "maintain",
    "set",
    "put",
    "drop",
    "broadcast",
    "flow",
    "populate",
    "verify",
    "list",
    "start",
    "keep",
];

/// The verb that `word` is a form of, among `verbs`.
pub(super) fn verb(word: &str, verbs: &[&'static str]) -> Option<&'static str> {
    let is_form = |verb: &&&'static str| {
        let Some(rest) = word.strip_prefix(**verb) else {
            let stem = verb.strip_suffix('y');
            let short = verb.strip_suffix('e');
            return stem.is_some_and(|stem| word.strip_prefix(stem).is_some_and(|rest| matches!(rest, "ies" | "ied")))
                || short.is_some_and(|short| word.strip_prefix(short) == Some("ing"));
        };
        matches!(rest, "" | "s" | "es" | "d" | "ed" | "ing" | "ting" | "ning")
    };
    verbs.iter().find(is_form).copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn verbs_are_known_in_their_forms() {
        for (word, known) in [("queries", "query"), ("pulls", "pull"), ("fetches", "fetch"), ("reading", "read")] {
            assert_eq!(verb(word, &READS), Some(known), "{word}");
        }
        assert_eq!(verb("ready", &READS), None);
        assert_eq!(verb("storing", &WRITES), Some("store"));
    }

    #[test]
    fn a_word_that_may_be_data_says_how_only_where_it_stands_alone() {
        assert_eq!(how("email", false), None);
        assert_eq!(how("email", true), Some(How::Is(Mechanism::Message)));
        assert_eq!(how("by mail", false), Some(How::Is(Mechanism::Message)));
        assert_eq!(how("csv upload", false), Some(How::File));
        assert_eq!(how("manually", false), Some(How::Somehow));
        assert_eq!(how("sync", false), Some(How::Is(Mechanism::Native)));
        assert_eq!(how("fivetran", true), None);
        assert_eq!(how("types in", false), Some(How::Is(Mechanism::Rekeying)));
        assert_eq!(how("jdbc", true), Some(How::Is(Mechanism::Api)));
    }
}
