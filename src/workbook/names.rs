//! What people call entries: the names that stand in cells, and the ids behind them.

use std::collections::{BTreeMap, BTreeSet};

use super::vocabulary::folded;
use crate::source::nearest;

/// Characters that separate names in a cell: no name that holds one is shown as such.
const SEPARATORS: [char; 5] = [';', '|', '\n', '\r', '•'];

/// The names of all entries, by what they are: teams, systems, data objects, processes.
#[derive(Debug, Default)]
pub(super) struct Names(BTreeMap<&'static str, Kind>);

/// The names of one kind of entry.
#[derive(Debug, Default)]
struct Kind {
    /// What stands in cells for each id.
    labels: BTreeMap<String, String>,
    /// The ids of each name, exactly and whatever its case.
    exact: BTreeMap<String, BTreeSet<String>>,
    folded: BTreeMap<String, BTreeSet<String>>,
    /// The ids of names that entries had when the workbook was exported.
    former: BTreeMap<String, BTreeSet<String>>,
}

impl Names {
    /// Takes the entries of one kind, by id and name.
    pub(super) fn add(&mut self, what: &'static str, entries: impl IntoIterator<Item = (String, String)>) {
        let kind = self.0.entry(what).or_default();
        let mut names: BTreeMap<String, String> = BTreeMap::new();
        for (id, name) in entries {
            kind.exact.entry(name.trim().to_owned()).or_default().insert(id.clone());
            for word in [&name, &id] {
                kind.folded.entry(folded(word)).or_default().insert(id.clone());
            }
            names.insert(id, name.trim().to_owned());
        }
        for (id, name) in &names {
            let is_plain = !name.is_empty() && !name.contains(SEPARATORS);
            let is_taken = |label: &str| names.contains_key(label) && label != id;
            let is_only = kind.exact.get(name).is_none_or(|ids| ids.len() == 1)
                && kind.folded.get(&folded(name)).is_none_or(|ids| ids.len() == 1);
            let told = format!("{name} ({id})");
            let label = match () {
                () if is_plain && is_only && !is_taken(name) => name.clone(),
                () if is_plain && !kind.exact.contains_key(&told) => told,
                () => id.clone(),
            };
            kind.labels.insert(id.clone(), label);
        }
    }

    /// Takes names that entries had, by id: cells that nobody changed still hold them.
    pub(super) fn add_former(&mut self, what: &'static str, entries: impl IntoIterator<Item = (String, String)>) {
        let kind = self.0.entry(what).or_default();
        for (id, name) in entries {
            if kind.labels.contains_key(&id) {
                kind.former.entry(folded(&name)).or_default().insert(id);
            }
        }
    }

    /// What stands in cells for the entry `id`; the id where there is no such entry.
    pub(super) fn label(&self, what: &str, id: &str) -> String {
        let label = self.0.get(what).and_then(|kind| kind.labels.get(id));
        label.cloned().unwrap_or_else(|| id.to_owned())
    }

    /// What stands in cells for an entry of any kind, or for a flow by the names in its id; nothing where there is no such entry.
    pub(super) fn called(&self, id: &str) -> Option<String> {
        let label = |what: &str, id: &str| self.0.get(what)?.labels.get(id).cloned();
        if let Some((from, rest)) = id.split_once("->") {
            let (to, data) = rest.split_once(':')?;
            let data: Option<Vec<String>> = data.split(',').map(|id| label("data object", id)).collect();
            return Some(format!("{} → {}: {}", label("system", from)?, label("system", to)?, data?.join(", ")));
        }
        ["system", "data object", "process", "team"].into_iter().find_map(|what| label(what, id))
    }

    /// The id of what people call `said`: an id, a name, a name with its id in brackets; nothing where several have it.
    pub(super) fn find(&self, what: &str, said: &str) -> Option<&str> {
        let kind = self.0.get(what)?;
        let said = said.trim();
        if let Some((id, _)) = kind.labels.get_key_value(said) {
            return Some(id);
        }
        let only =
            |ids: &'_ BTreeSet<String>| -> Option<String> { (ids.len() == 1).then(|| ids.first().cloned()).flatten() };
        if let Some(ids) = kind.exact.get(said) {
            return only(ids).and_then(|id| kind.labels.get_key_value(&id)).map(|(id, _)| id.as_str());
        }
        let bracketed = said.strip_suffix(')').and_then(|said| said.rsplit_once(" ("));
        if let Some((id, _)) = bracketed.and_then(|(_, id)| kind.labels.get_key_value(id)) {
            return Some(id);
        }
        let said = folded(said);
        let former = || kind.former.get(&said).and_then(only).filter(|_| !kind.folded.contains_key(&said));
        let id = kind.folded.get(&said).and_then(only).or_else(former)?;
        kind.labels.get_key_value(&id).map(|(id, _)| id.as_str())
    }

    /// The nearest name to what nobody is called, where one is near.
    pub(super) fn near(&self, what: &str, said: &str) -> Option<&str> {
        let labels = &self.0.get(what)?.labels;
        // Comparing each of many names with each of many typing errors would take too long.
        if labels.len() > 5_000 {
            return None;
        }
        let labels = labels.values().map(String::as_str);
        nearest(said.trim(), labels)
    }

    /// Whether several entries have the name `said`.
    pub(super) fn is_shared(&self, what: &str, said: &str) -> bool {
        let kind = self.0.get(what);
        kind.is_some_and(|kind| {
            kind.exact.get(said.trim()).or_else(|| kind.folded.get(&folded(said))).is_some_and(|ids| ids.len() > 1)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(entries: &[(&str, &str)]) -> Names {
        let mut names = Names::default();
        names.add("system", entries.iter().map(|(id, name)| ((*id).to_owned(), (*name).to_owned())));
        names
    }

    #[test]
    fn every_label_leads_back_to_its_entry() {
        let entries = [
            ("a", "Marketo"),
            ("b", "Marketo"),
            ("c", "marketo"),
            ("marketo", "Engage"),
            ("d", "a"),
            ("e", "x; y"),
            ("f", "Marketo (a)"),
            ("g", "e (d)"),
            ("h", "(b)"),
            ("i", "Jasper"),
        ];
        let names = names(&entries);
        for (id, _) in entries {
            let label = names.label("system", id);
            assert_eq!(names.find("system", &label), Some(id), "{label}");
        }
        assert_eq!(names.label("system", "i"), "Jasper");
        assert_eq!(names.label("system", "d"), "a (d)", "an id of another is no name of it");
    }

    #[test]
    fn people_need_not_keep_to_the_letter() {
        let names = names(&[("sfdc", "Salesforce Sales Cloud"), ("one", "Twin"), ("two", "Twin")]);
        assert_eq!(names.find("system", " salesforce sales-cloud "), Some("sfdc"));
        assert_eq!(names.find("system", "SFDC"), Some("sfdc"));
        assert_eq!(names.find("system", "Twin"), None);
        assert!(names.is_shared("system", "twin"));
        assert_eq!(names.find("system", "Twin (two)"), Some("two"));
        assert_eq!(names.near("system", "Salesforce Sale Cloud"), Some("Salesforce Sales Cloud"));
    }
}
