//! Who states what: the values of each key with the places where they stand, so that two which differ can be told and asked
//! about.

use std::collections::{BTreeMap, BTreeSet};

use super::draft::{Given, Value};
use super::report::{Conflict, InputValue};

/// An input, and a place in it.
pub(super) type At = (String, String);

/// The stated values of each key. Guesses are none.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Stated(BTreeMap<&'static str, BTreeMap<Value, Witness>>);

/// Who states a value.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Witness {
    /// The words that were read as it, where they are not the value itself.
    said: Option<String>,
    at: BTreeSet<At>,
}

impl Witness {
    fn add(&mut self, other: Self) {
        self.said = [self.said.take(), other.said].into_iter().flatten().min();
        self.at.extend(other.at);
    }
}

/// A key of which different values are stated.
#[derive(Clone, Debug)]
pub(super) struct Dispute {
    pub(super) key: &'static str,
    /// Values in words with their places, the one that is written first.
    pub(super) values: Vec<(String, Vec<String>)>,
}

impl Stated {
    /// Notes a value, of which the place is not known yet.
    pub(super) fn note(&mut self, key: &'static str, given: &Given) {
        let witness = Witness { said: given.said.clone(), at: BTreeSet::new() };
        self.0.entry(key).or_default().entry(given.value.clone()).or_default().add(witness);
    }

    /// Gives every value that has no place yet the places of its key.
    pub(super) fn cite(&mut self, places: impl Fn(&str) -> Vec<At>) {
        for (key, values) in &mut self.0 {
            for witness in values.values_mut().filter(|witness| witness.at.is_empty()) {
                witness.at.extend(places(key));
            }
        }
    }

    /// Adds what another says.
    pub(super) fn add(&mut self, other: Self) {
        for (key, values) in other.0 {
            let held = self.0.entry(key).or_default();
            for (value, witness) in values {
                held.entry(value).or_default().add(witness);
            }
        }
    }

    /// Leaves out values for which `keep` does not hold.
    pub(super) fn retain(&mut self, keep: impl Fn(&Value) -> bool) {
        for values in self.0.values_mut() {
            values.retain(|value, _| keep(value));
        }
    }

    /// Of the values of a key that of the first input by name, and there the first by place.
    pub(super) fn first(&self, key: &str) -> Option<Given> {
        let first = self.0.get(key)?.iter().min_by_key(|(_, witness)| witness.at.first());
        first.map(|(value, witness)| Given { said: witness.said.clone(), ..Given::stated(value.clone()) })
    }

    /// Gives each value another form.
    pub(super) fn each(&mut self, change: impl Fn(Value) -> Value) {
        for values in self.0.values_mut() {
            let changed = std::mem::take(values);
            for (value, witness) in changed {
                values.entry(change(value)).or_default().add(witness);
            }
        }
    }

    /// Keys of which more than one value is stated.
    pub(super) fn disputed(&self) -> Vec<&'static str> {
        self.0.iter().filter(|(_, values)| values.len() > 1).map(|(key, _)| *key).collect()
    }

    /// Keys of which different values are stated; `taken` is the one that is written.
    pub(super) fn disputes(&self, taken: impl Fn(&str) -> Option<Value>) -> Vec<Dispute> {
        let mut found = Vec::new();
        for key in self.disputed() {
            let Some(taken) = taken(key).map(|value| words(&value)) else { continue };
            let mut by_words: BTreeMap<String, BTreeSet<&At>> = BTreeMap::new();
            for (value, witness) in &self.0[key] {
                by_words.entry(words(value)).or_default().extend(&witness.at);
            }
            if by_words.len() > 1 && by_words.contains_key(&taken) {
                let mut values: Vec<_> = by_words.into_iter().map(|(words, at)| (words, shown(&at))).collect();
                values.sort_by_key(|(words, _)| *words != taken);
                found.push(Dispute { key, values });
            }
        }
        found
    }

    /// What is stated of a key, with its places.
    pub(super) fn values(&self, key: &str) -> Vec<InputValue> {
        let value = |(value, witness): (&Value, &Witness)| InputValue {
            value: words(value),
            at: shown(&witness.at.iter().collect()),
            taken: false,
        };
        self.0.get(key).into_iter().flatten().map(value).collect()
    }
}

impl Dispute {
    /// `110000 (b.csv: C2; taken) or 120000 (a.csv: C2)`.
    pub(super) fn words(&self) -> String {
        let one = |(number, (value, at)): (usize, &(String, Vec<String>))| {
            let taken = (number == 0).then(|| "taken".to_owned());
            let about: Vec<String> = at.iter().cloned().chain(taken).collect();
            if about.is_empty() { value.clone() } else { format!("{value} ({})", about.join("; ")) }
        };
        self.values.iter().enumerate().map(one).collect::<Vec<_>>().join(" or ")
    }

    /// The same for the report.
    pub(super) fn conflict(&self) -> Conflict {
        let inputs = self.values.iter().enumerate().map(|(number, (value, at))| InputValue {
            value: value.clone(),
            at: at.clone(),
            taken: number == 0,
        });
        Conflict { key: self.key.to_owned(), yours: None, input: None, before: None, inputs: inputs.collect() }
    }
}

/// Places that are named of one value.
const PLACES: usize = 3;

fn shown(at: &BTreeSet<&At>) -> Vec<String> {
    let mut all: Vec<String> = at.iter().take(PLACES).map(|(file, place)| format!("{file}: {place}")).collect();
    if at.len() > PLACES {
        all.push(format!("and {} more", at.len() - PLACES));
    }
    all
}

/// Asks which of the values of a key is right.
pub(super) fn which_is_right(key: &str, name: &str, values: &str) -> String {
    let field = key.replace(['.', '_'], " ");
    let is = if ["minutes", "runs", "records"].contains(&key) { "are" } else { "is" };
    format!("Which {field} of {name} {is} right: {values}?")
}

/// A value as people read it.
pub(super) fn words(value: &Value) -> String {
    match value {
        Value::Text(text) | Value::Literal(text) | Value::Money(text, _) | Value::Team(text) | Value::System(text) => {
            text.trim_start_matches("name:").trim_start_matches("product:").to_owned()
        }
        Value::Systems(keys) => keys.join(", "),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_that_differ_have_their_places_and_the_one_that_was_taken_comes_first() {
        let amount = |text: &str, currency| Value::Money(text.to_owned(), currency);
        let mut stated = Stated::default();
        for (value, at) in [(amount("120", Some("$")), "C2"), (amount("110", None), "D7"), (amount("120", None), "E1")]
        {
            let mut one = Stated::default();
            one.note("contract.cost", &Given { said: Some(at.to_owned()), ..Given::stated(value) });
            one.cite(|_| vec![("a.csv".to_owned(), at.to_owned())]);
            stated.add(one);
        }
        stated.note("owner", &Given::stated(Value::Team("ops".into())));
        let first = stated.first("contract.cost").unwrap();
        assert_eq!((first.value, first.said.as_deref()), (amount("120", Some("$")), Some("C2")));
        let disputes = stated.disputes(|_| Some(amount("120", None)));
        assert_eq!(disputes.len(), 1);
        assert_eq!(disputes[0].words(), "120 (a.csv: C2; a.csv: E1; taken) or 110 (a.csv: D7)");
        assert!(stated.disputes(|_| None).is_empty(), "what is not written is not in dispute");
        stated.retain(|value| *value != amount("110", None));
        assert!(stated.disputes(|_| Some(amount("120", None))).is_empty(), "one amount with and without its currency");
    }
}
