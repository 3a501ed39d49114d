//! Partners that a cell names in words: `CSV weekly to Salesforce`.

use super::cell::Cell;
use super::how::{how, says_how};
use super::names::System;
use super::reader::{Reader, written};
use crate::import::clean::slug;
use crate::import::draft::{EntryKey, Given, Value};
use crate::import::rate;
use crate::import::recognise::Named;
use crate::model::spoken;

/// Words between what is said of a flow and the system at its other end, and whether that is where it goes.
const BETWEEN: [(&str, bool); 7] = [
    (" to ", true),
    (" into ", true),
    (" from ", false),
    (" nach ", true),
    (" aus ", false),
    (" vers ", true),
    (" von ", false),
];

/// What a part of a cell says in words.
pub(super) enum Worded {
    /// A flow to a system, or from it, with what is said of it.
    Flow { partner: Box<System>, is_out: bool, said: String },
    /// A flow of which no system is known by its name.
    Unknown,
}

impl Reader<'_> {
    /// What `part` says of a flow, where it is no name itself.
    pub(super) fn worded(&mut self, part: &str) -> Option<Worded> {
        if self.names.knows(part, self.left_out) {
            return None;
        }
        let lower = part.to_ascii_lowercase();
        for (between, is_out) in BETWEEN {
            let Some(at) = lower.rfind(between) else { continue };
            let (said, name) = (part[..at].trim(), part[at + between.len()..].trim());
            if self.names.knows(name, self.left_out) {
                let partner = Box::new(self.names.system(name, self.left_out)?);
                return Some(Worded::Flow { partner, is_out, said: said.to_owned() });
            }
            if says_how(said) || runs(said, false).is_some() {
                return Some(Worded::Unknown);
            }
        }
        None
    }

    /// The flow between `own` and a partner of which a cell says something in words; how it moves is asked where the words
    /// say more than one thing.
    pub(super) fn worded_flow(&mut self, own: &Named, partner: &Named, is_out: bool, said: &Cell) -> EntryKey {
        let (from, to) = if is_out { (own, partner) } else { (partner, own) };
        let how = how(Some(said), None, false, (from, to), &mut self.names, self.left_out);
        let key = self.integration(from, to, false, how.mechanism, &said.place);
        let by_hand = how.mechanism.is_manual();
        let words = Some(self.left_out.clean(&said.text)).filter(|words| !words.is_empty());
        if let Some(held) = self.flow_of(&key) {
            // The words say which way, and that there is a flow.
            held.fields.remove("from");
            held.fields.remove("to");
            let mechanism = Value::Literal(how.mechanism.as_str().to_owned());
            held.fields.insert("mechanism", Given { guess: how.guess, value: mechanism, said: words.clone() });
            if let Some(runs) = runs(&said.text, by_hand) {
                let days = spoken::days_a_year(by_hand);
                let value = Value::Literal(written(&runs, &|value| rate::words_by(value, days)));
                held.set("runs", Given { guess: runs.guess, value, said: words });
            }
        }
        if how.asks {
            let id = format!("how:{}->{}", slug(&from.name, "a"), slug(&to.name, "b"));
            let words = self.left_out.clean(&said.text);
            let ask =
                format!("How does what goes from {} to {} get there? The table says \"{words}\".", from.name, to.name);
            self.ask(3, id, ask, Some(key.clone()), vec![how.mechanism.as_str().to_owned()]);
        }
        key
    }

    /// Asks what words mean that name no system.
    pub(super) fn ask_of_words(&mut self, own: &Named, words: &str) {
        let words = self.left_out.clean(words);
        let id = format!("integration:{}:{}", slug(&own.name, "system"), slug(&words, "words"));
        let ask = format!(
            "What does {} send or receive, and which system is at the other end? The table says \"{words}\".",
            own.name
        );
        self.ask(2, id, ask, Some(EntryKey::System(own.key.clone())), Vec::new());
    }
}

/// How often, by the longest words of a text that say so.
fn runs(text: &str, by_hand: bool) -> Option<spoken::Spoken> {
    let words: Vec<&str> = text.split_whitespace().take(20).collect();
    (1..=words.len().min(4)).rev().flat_map(|length| words.windows(length)).find_map(|words| {
        let words = words.join(" ");
        spoken::runs(&words, by_hand).filter(|_| !spoken::has_no_time(&words))
    })
}
