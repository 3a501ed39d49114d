//! How a flow moves its data, by what people write for it; the words are in `catalog/data/words.csv`.

use super::cell::Cell;
use super::names::{Names, System};
use crate::catalog::Kind;
use crate::catalog::people::{meaning, meanings, says_by_itself};
use crate::import::clean::LeftOut;
use crate::import::recognise::{Named, connected, kind, middleware_in};
use crate::model::Mechanism;

/// A mechanism, and how it is known.
#[derive(Clone, Debug)]
pub(super) struct How {
    pub(super) mechanism: Mechanism,
    /// Why it is a guess, if it is one.
    pub(super) guess: Option<&'static str>,
    /// The platform that it names.
    pub(super) through: Option<Named>,
    /// Whether somebody should be asked.
    pub(super) asks: bool,
}

const NOT_SAID: &str = "how is not said";
const BY_A_PERSON: &str = "a person does it, and how is not said";
const ONLY_BY_HAND: &str = "only that it is by hand is said";
const PERSON_OR_NOT: &str = "whether a person does it is not said";
const SYNC: &str = "a connector, a middleware or a script may do it";
const SEVERAL: &str = "the words say more than one thing";
const CONNECTOR: &str = "the two products have a connector, and how is not said";

/// The mechanism of a flow between `ends`. `by_person` tells that the table names who does it, or how long it takes.
pub(super) fn how(
    said: Option<&Cell>,
    through: Option<&System>,
    by_person: bool,
    ends: (&Named, &Named),
    names: &mut Names,
    left_out: &mut LeftOut,
) -> How {
    let known = |mechanism, guess| How { mechanism, guess, through: None, asks: guess.is_some() };
    if let Some(said) = said
        && let Some(how) = told(&said.text, by_person, ends, names, left_out)
    {
        return how;
    }
    if let Some(mechanism) = through.and_then(|through| carries(kind(&through.named)?)) {
        return known(mechanism, None);
    }
    match by_person {
        true => known(Mechanism::ExportImport, Some(if said.is_some() { ONLY_BY_HAND } else { BY_A_PERSON })),
        false if connected(ends.0, ends.1).0 => known(Mechanism::Native, Some(CONNECTOR)),
        false => known(Mechanism::Api, Some(NOT_SAID)),
    }
}

/// What the words say, if they say anything.
fn told(text: &str, by_person: bool, ends: (&Named, &Named), names: &mut Names, left_out: &mut LeftOut) -> Option<How> {
    let known = |mechanism, guess: Option<_>| How { mechanism, guess, through: None, asks: guess.is_some() };
    let plain = text.trim().to_lowercase();
    if let Some(mechanism) = Mechanism::parse(&plain.replace(' ', "-")) {
        return Some(known(mechanism, None));
    }
    if let Some(platform) = platform(text, names, left_out) {
        let mechanism = kind(&platform).and_then(carries)?;
        return Some(How { mechanism, guess: None, through: Some(platform), asks: false });
    }
    if let Some(mechanism) = meaning("mechanism", text).and_then(Mechanism::parse) {
        return Some(known(mechanism, None));
    }
    let has_hand = by_hand(&plain);
    let hits = hits(&plain);
    let manual = hits.iter().copied().find(|hit| hit.is_manual());
    let automated = hits.iter().copied().find(|hit| !hit.is_manual());
    let several = (hits.len() > 1).then_some(SEVERAL);
    let is_file = |hit: Mechanism| hit == Mechanism::ExportImport;
    if has_hand {
        return Some(
            manual.map_or_else(|| known(Mechanism::ExportImport, Some(ONLY_BY_HAND)), |manual| known(manual, None)),
        );
    }
    let found = match (manual, automated) {
        (Some(manual), _) if by_person => known(manual, several),
        (Some(manual), None) if !is_file(manual) => known(manual, several),
        // `CSV export, nightly`.
        (Some(_), None) if phrases(&plain).any(|phrase| says_by_itself(&phrase)) => known(Mechanism::FileDrop, None),
        (Some(file), None) => known(file, Some(PERSON_OR_NOT)),
        // `sync` is said of whatever keeps two systems alike.
        (_, Some(automated)) => known(automated, several.or_else(|| is_open(&plain, automated).then_some(SYNC))),
        (None, None) => {
            // `integration`, `automated`: a connector if there is one, else some interface.
            let mut words = meanings("mechanism", text).iter().map(|one| one.means.as_str());
            words.find(|word| *word == "native")?;
            let native = connected(ends.0, ends.1).0;
            known(if native { Mechanism::Native } else { Mechanism::Api }, Some(NOT_SAID))
        }
    };
    Some(found)
}

/// Whether words say how something moves, whatever they name.
pub(super) fn says_how(text: &str) -> bool {
    let plain = text.trim().to_lowercase();
    meaning("mechanism", text).is_some() || by_hand(&plain) || !hits(&plain).is_empty()
}

/// What a middleware of this kind does.
pub(super) fn carries(kind: Kind) -> Option<Mechanism> {
    match kind {
        Kind::Ipaas => Some(Mechanism::Ipaas),
        Kind::Etl => Some(Mechanism::Etl),
        Kind::ReverseEtl => Some(Mechanism::ReverseEtl),
        _ => None,
    }
}

/// The platform that is the whole text, or that the text mentions.
fn platform(text: &str, names: &mut Names, left_out: &mut LeftOut) -> Option<Named> {
    let is_platform = |named: &Named| kind(named).is_some_and(Kind::is_middleware);
    if text.split_whitespace().count() <= 3
        && names.knows(text, left_out)
        && let Some(system) = names.system(text, left_out).filter(|system| is_platform(&system.named))
    {
        return Some(system.named);
    }
    middleware_in(text)
}

/// Whether the text says that a person does it.
fn by_hand(plain: &str) -> bool {
    phrases(plain).any(|phrase| meaning("word for by hand", &phrase).is_some())
}

/// Every mechanism that a word of the text speaks of, in the order of the text, each once.
fn hits(plain: &str) -> Vec<Mechanism> {
    let mut found = Vec::new();
    for phrase in phrases(plain) {
        let hit = meaning("word in a mechanism", &phrase).and_then(Mechanism::parse);
        found.extend(hit.filter(|hit| !found.contains(hit)));
    }
    found
}

/// Whether every word of the text that speaks of this mechanism can mean others as well.
fn is_open(plain: &str, mechanism: Mechanism) -> bool {
    let speaks = |phrase: &String| meaning("word in a mechanism", phrase).and_then(Mechanism::parse) == Some(mechanism);
    let means = |phrase: &String| meanings("mechanism", phrase).len();
    let mut all = phrases(plain).filter(speaks).peekable();
    all.peek().is_some() && all.all(|phrase| means(&phrase) > 1)
}

/// The words of a text, alone and up to three together; of a long text only its beginning.
fn phrases(plain: &str) -> impl Iterator<Item = String> {
    let between = |c: char| c.is_whitespace() || matches!(c, ',' | ';' | '(' | ')' | '.' | ':' | '&');
    let words: Vec<&str> = plain.split(between).filter(|word| !word.is_empty()).take(60).collect();
    let mut all = Vec::new();
    for at in 0..words.len() {
        for length in (1..=3).rev().filter(|length| at + length <= words.len()) {
            all.push(words[at..at + length].join(" "));
        }
        // `TCP/SQL`, `copy/paste`: the parts of a word.
        let parts = words[at].split(['/', '-', '+']);
        all.extend(parts.filter(|part| *part != words[at]).map(str::to_owned));
    }
    all.into_iter()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::Space;
    use crate::grid::Value;
    use crate::import::recognise::{Meaning, recognise, unknown};

    fn said(text: &str, by_person: bool) -> (Mechanism, bool, Option<String>) {
        let cell =
            Cell { text: text.to_owned(), value: Value::Text, place: String::new(), unit: None, has_commas: false };
        let ends = (unknown("A"), unknown("B"));
        let (mut names, mut left_out) = (Names::default(), LeftOut::default());
        let how = how(Some(&cell), None, by_person, (&ends.0, &ends.1), &mut names, &mut left_out);
        (how.mechanism, how.guess.is_some(), how.through.map(|named| named.name))
    }

    #[test]
    fn peoples_words_are_read_as_mechanisms() {
        for (text, by_person, mechanism, is_guess) in [
            ("copy/paste", true, Mechanism::CopyPaste, false),
            ("Copy & Paste", true, Mechanism::CopyPaste, false),
            ("copied over to our working version", true, Mechanism::CopyPaste, false),
            ("fills in the form on behalf of the registrant", true, Mechanism::Rekeying, false),
            ("abgetippt", true, Mechanism::Rekeying, false),
            ("manuelle Eingabe", true, Mechanism::Rekeying, false),
            ("sends print job", true, Mechanism::Message, false),
            ("upload CSV", true, Mechanism::ExportImport, false),
            ("export CSV puis import", true, Mechanism::ExportImport, false),
            ("upload", false, Mechanism::ExportImport, true),
            ("manual", true, Mechanism::ExportImport, true),
            ("manual CSV upload via API", false, Mechanism::ExportImport, false),
            ("CSV via SFTP", false, Mechanism::FileDrop, true),
            ("Datei nachts", false, Mechanism::FileDrop, false),
            ("CSV-Export nachts", false, Mechanism::FileDrop, false),
            ("nightly CSV export", false, Mechanism::FileDrop, false),
            ("scheduled CSV export", true, Mechanism::ExportImport, false),
            ("TCP/SQL", false, Mechanism::Api, false),
            ("native sync", false, Mechanism::Native, false),
            ("two-way sync", false, Mechanism::Native, false),
            ("sync", false, Mechanism::Native, true),
            ("nightly sync", false, Mechanism::Native, true),
            ("synced every hour", false, Mechanism::Native, true),
            ("nightly sync by the native connector", false, Mechanism::Native, false),
            ("connecteur natif", false, Mechanism::Native, false),
            ("integration", false, Mechanism::Api, true),
            ("Webhook", false, Mechanism::Webhook, false),
            ("pigeon", false, Mechanism::Api, true),
        ] {
            let (found, guessed, _) = said(text, by_person);
            assert_eq!((found, guessed), (mechanism, is_guess), "{text}");
        }
        for (text, mechanism, through) in [
            ("Zapier", Mechanism::Ipaas, "Zapier"),
            ("Make", Mechanism::Ipaas, "Make"),
            ("Fivetran", Mechanism::Etl, "Fivetran"),
            ("reverse ETL by Hightouch", Mechanism::ReverseEtl, "Hightouch"),
        ] {
            assert_eq!(said(text, false), (mechanism, false, Some(through.to_owned())), "{text}");
        }
    }

    #[test]
    fn a_connector_of_the_catalog_is_the_guess_where_nothing_is_said() {
        let named = |word| match recognise(Space::Plain, word) {
            Meaning::System(named) => named,
            Meaning::BuiltIn => unknown(word),
        };
        let (mut names, mut left_out) = (Names::default(), LeftOut::default());
        let ends = (named("Marketo"), named("Salesforce"));
        let how = how(None, None, false, (&ends.0, &ends.1), &mut names, &mut left_out);
        assert_eq!((how.mechanism, how.guess), (Mechanism::Native, Some(CONNECTOR)));
    }
}
