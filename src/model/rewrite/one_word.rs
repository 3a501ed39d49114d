//! One word instead of keys: the name of a team, the product of a system, that a data object is personal.

use std::collections::BTreeMap;

use super::layout::slug;
use super::sections::{mapping, named};
use super::{Section, entry, plain, scalar};
use crate::catalog::people::{meaning, meanings};
use crate::catalog::{Kind, Lookup};
use crate::model::form::one_of;
use crate::model::table::{Takes, quoted};
use crate::source::{Diagnostic, Diagnostics, Entry, Node, Value};

/// What the file names by an id, where one of its entries is a single word.
pub(super) struct Named(BTreeMap<String, &'static str>);

impl Named {
    pub(super) fn of(entries: &[Entry<'_>], sections: [Section<'_>; 4]) -> Self {
        let lists = sections.iter().filter_map(|section| {
            let list = entries.iter().find(|entry| entry.key == section.list)?;
            let Value::Map(inner) = &list.node.value else { return None };
            Some((section.what, inner))
        });
        let lists: Vec<_> = lists.collect();
        let has_word = lists.iter().any(|(_, inner)| inner.iter().any(|entry| scalar(&entry.node).is_some()));
        if !has_word {
            return Self(BTreeMap::new());
        }
        let ids = lists.into_iter().flat_map(|(what, inner)| inner.iter().map(move |entry| (&entry.key, what)));
        Self(ids.filter_map(|(key, what)| Some((slug(key)?, what))).collect())
    }
}

/// The keys and values that a word may stand for.
type Pairs = Vec<(&'static str, String)>;

/// Puts keys in place of the single word of an entry, with a change for each thing that it may say of it. What it says
/// when it is a number, yes or no is for the reader to ask.
pub(super) fn rewrite(list: &mut Entry<'_>, section: Section<'_>, file: &Named, problems: &mut Diagnostics) {
    let Some(said) = scalar(&list.node).filter(|said| !said.is_empty()) else { return };
    let (span, may_be) = (list.node.span, meant(said, &list.key, section, file));
    let Some((first, _)) = may_be.first() else { return };
    let message = format!("{} is a single value; a {} is a mapping of keys to values", quoted(said), section.what);
    let problem = Diagnostic::error("one-word", span, message);
    let inner = first.iter().map(|(key, value)| entry(key, span, plain(value, span))).collect();
    let told = may_be.iter().fold(problem, |problem, (pairs, when)| problem.instead(span, mapping(pairs), *when));
    problems.push(told);
    list.node = Node { span, value: Value::Map(inner) };
}

/// What `said` may say of the entry `id`, each with when.
fn meant(said: &str, id: &str, section: Section<'_>, file: &Named) -> Vec<(Pairs, &'static str)> {
    let only = |key: &'static str, value: &str| vec![(vec![(key, value.to_owned())], "")];
    if meaning("flag", said).is_some() {
        return Vec::new();
    }
    if said.parse::<f64>().is_ok() {
        let is_count = section.what == "team" && said.parse::<u32>().is_ok_and(|people| people > 0);
        return if is_count { only("people", said) } else { Vec::new() };
    }
    // `lead: personal` says yes to a key.
    let means = |key: &str| meanings(&format!("key of a {}", section.what), said).iter().any(|one| one.means == key);
    let is_said = |key: &str| key.eq_ignore_ascii_case(said) || means(key);
    if let Some(key) = section.keys.iter().find(|key| matches!(key.takes, Takes::Bool) && is_said(key.name)) {
        return only(key.name, "true");
    }
    let is_product = section.what == "system" && matches!(section.catalog.find(said), Lookup::Product(_));
    if section.what == "system" && !is_product && one_of::<Kind>("kind of system").meant(said).is_some() {
        return only("kind", said);
    }
    let mut name = named(said, id, section);
    if name.is_empty() {
        name.push(("name", said.to_owned()));
    }
    // `lead: crm` names a system of the file: it may be where the object is kept.
    let other = slug(said).filter(|slug| slug != id).and_then(|slug| Some((file.0.get(&slug).copied()?, slug)));
    match (section.what, other) {
        ("data object", Some(("system", slug))) => {
            vec![(vec![("master", slug)], "if it is kept there"), (name, "if that is its name")]
        }
        ("process", Some(("team", slug))) => {
            vec![(vec![("owner", slug)], "if they own it"), (name, "if that is its name")]
        }
        _ => vec![(name, "")],
    }
}
