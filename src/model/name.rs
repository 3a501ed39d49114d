//! What an entry is called, and how entries that are called the same are told apart.

use std::collections::HashMap;
use std::fmt;
use std::ops::Deref;

use super::stack::Stack;
use super::table::{Mask, Maskable, Masker};
use crate::catalog::people::meaning;

/// The name of a system, team, data object or process.
///
/// It reads as text: what it is called, and behind that its id in brackets where another entry is called the same, so
/// that nothing that shows names has to tell entries apart. A file is written with what it is called.
#[derive(Clone, Debug, Default)]
pub struct Name {
    called: Box<str>,
    /// With the id in brackets, where it needs that.
    told_apart: Option<Box<str>>,
}

impl Name {
    /// An id in words, for what has no other name: `event-list` is `Event list`, `crm` is `CRM`.
    #[must_use]
    pub fn in_words(id: &str) -> Self {
        let mut words: Vec<String> = Vec::new();
        for word in id.split(['-', '_']).filter(|word| !word.is_empty()) {
            words.push(meaning("abbreviation", word).map_or_else(|| word.to_owned(), str::to_owned));
        }
        let mut text = words.join(" ").chars().collect::<Vec<_>>();
        let is_word = words.first().is_some_and(|first| first.chars().all(|c| !c.is_uppercase()));
        let first = text.first().filter(|_| is_word).map(|c| c.to_uppercase().collect::<Vec<_>>());
        if let Some(first) = first {
            text.splice(..1, first);
        }
        Self::from(text.into_iter().collect::<String>())
    }

    /// The name as text, told apart from others.
    #[must_use]
    pub fn as_str(&self) -> &str {
        self.told_apart.as_deref().unwrap_or(&self.called)
    }

    /// The name alone, which others may share.
    #[must_use]
    pub fn called(&self) -> &str {
        &self.called
    }

    /// Whether a person means it by `said`: by the name alone, or by how it is shown.
    #[must_use]
    pub fn is_meant_by(&self, said: &str) -> bool {
        let said = said.trim().to_lowercase();
        said == self.called.to_lowercase() || said == self.as_str().to_lowercase()
    }
}

impl From<String> for Name {
    fn from(called: String) -> Self {
        Self { called: called.into(), told_apart: None }
    }
}

impl Deref for Name {
    type Target = str;

    fn deref(&self) -> &str {
        self.as_str()
    }
}

impl fmt::Display for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

/// Two names are the same where what they say of their own entry is: what else a stack holds is no part of that.
impl PartialEq for Name {
    fn eq(&self, other: &Self) -> bool {
        self.called == other.called
    }
}

impl Eq for Name {}

impl PartialEq<str> for Name {
    fn eq(&self, other: &str) -> bool {
        self.as_str() == other
    }
}

impl PartialEq<&str> for Name {
    fn eq(&self, other: &&str) -> bool {
        self.as_str() == *other
    }
}

/// Names are given anew with the ids.
impl Maskable for Name {
    fn mask(&mut self, how: Mask, _: &mut dyn Masker) {
        assert!(how == Mask::Name, "a name tells whose it is");
    }
}

/// Puts the id behind each name that entries share which a reader meets together: systems and teams, data objects,
/// processes.
pub(crate) fn tell_apart(stack: &mut Stack) {
    let systems = stack.systems.iter_mut().map(|entry| (entry.id.as_str(), &mut entry.name));
    let teams = stack.teams.iter_mut().map(|entry| (entry.id.as_str(), &mut entry.name));
    apart(systems.chain(teams).collect());
    apart(stack.data.iter_mut().map(|entry| (entry.id.as_str(), &mut entry.name)).collect());
    apart(stack.processes.iter_mut().map(|entry| (entry.id.as_str(), &mut entry.name)).collect());
}

fn apart(mut entries: Vec<(&str, &mut Name)>) {
    let mut alike: HashMap<String, Vec<usize>> = HashMap::new();
    for (at, (_, name)) in entries.iter_mut().enumerate() {
        name.told_apart = None;
        alike.entry(name.called.to_lowercase()).or_default().push(at);
    }
    let mut shared: Vec<usize> = alike.values().filter(|places| places.len() > 1).flatten().copied().collect();
    // What is told apart may read like the plain name of another entry, which is told apart as well then.
    while let Some(at) = shared.pop() {
        let (id, name) = &entries[at];
        if name.told_apart.is_some() {
            continue;
        }
        let told = format!("{} ({id})", name.called);
        if let Some(places) = alike.get(&told.to_lowercase()) {
            shared.extend(places.iter().copied().filter(|other| *other != at));
        }
        entries[at].1.told_apart = Some(told.into());
    }
}

#[cfg(test)]
mod tests {
    use super::{Name, apart};

    fn shown(entries: &[(&str, &str)]) -> Vec<String> {
        let mut names: Vec<Name> = entries.iter().map(|(_, called)| Name::from((*called).to_owned())).collect();
        apart(entries.iter().map(|(id, _)| *id).zip(&mut names).collect());
        names.iter().map(ToString::to_string).collect()
    }

    #[test]
    fn only_names_that_entries_share_get_their_id() {
        let told = shown(&[("mk-emea", "Marketo"), ("mk-na", "marketo"), ("crm", "Salesforce")]);
        assert_eq!(told, ["Marketo (mk-emea)", "marketo (mk-na)", "Salesforce"]);
    }

    #[test]
    fn a_name_that_reads_like_one_with_an_id_is_told_apart_too() {
        let told = shown(&[("a", "X"), ("b", "X"), ("c", "X (a)"), ("d", "X (a) (c)")]);
        assert_eq!(told, ["X (a)", "X (b)", "X (a) (c)", "X (a) (c) (d)"]);
    }

    #[test]
    fn ids_become_words() {
        for (id, words) in [
            ("event-list", "Event list"),
            ("crm", "CRM"),
            ("eu_crm", "EU CRM"),
            ("lead-score", "Lead score"),
            ("6sense", "6sense"),
            ("iPaaS", "iPaaS"),
            ("sales-kpis", "Sales KPIs"),
            ("v1.2", "V1.2"),
        ] {
            assert_eq!(Name::in_words(id), words, "{id}");
        }
    }
}
