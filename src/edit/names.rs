//! The ids of a stack file: where each is defined and named, found by the table of keys, and another id in all these places.

use std::collections::{BTreeMap, BTreeSet};

use super::editor::{Refused, spliced};
use super::step::refused;
use crate::model::shape::{Key, STACK, Takes, short_form};
use crate::model::{is_flow_id, is_id};
use crate::source::{Diagnostics, Entry, Limits, Node, Scalar, Source, Span, Value, is_json, parse, visible};

/// A place of a file in which an id stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Named {
    /// What has the id: `team`, `system`, `data object`, `process` or `flow`; empty where it may be any of these.
    pub what: &'static str,
    /// The id.
    pub id: String,
    /// Where it stands, without quotes.
    pub span: Span,
    /// Where the whole entry stands, if it is defined here.
    pub entry: Option<Span>,
}

/// All places of ids in a file, each once, in their order.
#[must_use]
pub fn named(root: &Node<'_>, text: &str) -> Vec<Named> {
    let mut found = Found { text, all: Vec::new() };
    found.mapping(root, &[STACK], "");
    found.all.sort_by_key(|one| (one.span, one.entry.is_none()));
    // What an alias repeats stands at one place.
    found.all.dedup_by_key(|one| one.span);
    found.all
}

/// The key of the file under which what has such an id is defined.
#[must_use]
pub fn list_of_what(what: &str) -> Option<&'static str> {
    match what {
        "team" => Some("teams"),
        "system" => Some("systems"),
        "data object" => Some("data"),
        "process" => Some("processes"),
        "flow" => Some("flows"),
        _ => None,
    }
}

fn what_of_list(list: &str) -> &'static str {
    match list {
        "teams" => "team",
        "systems" => "system",
        "data" => "data object",
        "processes" => "process",
        _ => "",
    }
}

struct Found<'t> {
    text: &'t str,
    all: Vec<Named>,
}

impl Found<'_> {
    fn mapping(&mut self, node: &Node<'_>, tables: &[&'static [Key]], list: &str) {
        let Value::Map(entries) = &node.resolved().value else { return };
        for entry in entries {
            let key =
                tables.iter().flat_map(|keys| keys.iter()).find(|key| !key.is_extra() && key.name == entry.key.trim());
            let Some(key) = key else { continue };
            match (list, key.name) {
                ("flows", "id") => self.word(&entry.node, "flow", Some(node.resolved().span)),
                ("accept", "subject") => self.word(&entry.node, "", None),
                ("accept", "id") => self.within(&entry.node),
                _ => self.value(&entry.node, key),
            }
        }
    }

    fn value(&mut self, node: &Node<'_>, key: &'static Key) {
        match key.takes {
            Takes::IdOf(what) | Takes::IdsOf(what) => self.words(node, what),
            Takes::IdOrWord(_, word) if matches!(&node.resolved().value, Value::Scalar(scalar) if scalar.text.trim() == word) =>
                {}
            Takes::IdOrWord(what, _) => self.words(node, what),
            Takes::ById(keys) => {
                let Value::Map(entries) = &node.resolved().value else { return };
                for entry in entries {
                    self.definition(entry, what_of_list(key.name));
                    self.mapping(&entry.node, &[keys], key.name);
                }
            }
            Takes::List(keys) => {
                self.list(node, &[keys], short_form(keys).map_or("", |key| of_ids(key.takes)), key.name);
            }
            Takes::IdsOr(what, keys) => self.list(node, &[keys], what, key.name),
            Takes::OneOfTables(tables) => self.list(node, tables, "", key.name),
            Takes::Object(keys) => self.mapping(node, &[keys], key.name),
            _ => {}
        }
    }

    /// A list of mappings, or of ids where these may stand for one.
    fn list(&mut self, node: &Node<'_>, tables: &[&'static [Key]], what: &'static str, name: &str) {
        let one = std::slice::from_ref(node);
        let items = if let Value::List(items) = &node.resolved().value { items } else { one };
        for item in items {
            match &item.resolved().value {
                Value::Map(_) => self.mapping(item, tables, name),
                _ if !what.is_empty() => self.word(item, what, None),
                _ => {}
            }
        }
    }

    fn words(&mut self, node: &Node<'_>, what: &'static str) {
        match &node.resolved().value {
            Value::List(items) => items.iter().for_each(|item| self.word(item, what, None)),
            _ => self.word(node, what, None),
        }
    }

    fn word(&mut self, node: &Node<'_>, what: &'static str, entry: Option<Span>) {
        let node = node.resolved();
        let Value::Scalar(Scalar { text, .. }) = &node.value else { return };
        let id = text.trim();
        if let Some(span) = self.bare(node.span, id) {
            self.all.push(Named { what, id: id.to_owned(), span, entry });
        }
    }

    fn definition(&mut self, entry: &Entry<'_>, what: &'static str) {
        let id = entry.key.trim();
        if let Some(span) = self.bare(entry.key_span, id) {
            let whole = Span::new(entry.key_span.start as usize, entry.node.span.end.max(entry.key_span.end) as usize);
            self.all.push(Named { what, id: id.to_owned(), span, entry: Some(whole) });
        }
    }

    /// The ids that the id of a finding holds behind its rule: `manual-handoff:a->b:lead`.
    fn within(&mut self, node: &Node<'_>) {
        let node = node.resolved();
        let Value::Scalar(Scalar { text, .. }) = &node.value else { return };
        let Some(span) = self.bare(node.span, text.trim()) else { return };
        let said = &self.text[span.start as usize..span.end as usize];
        let Some(rule) = said.find(':') else { return };
        let whole = &said[rule + 1..];
        let mut at = span.start as usize + rule + 1;
        // The whole is an id where a flow has its own.
        self.all.push(Named { what: "", id: whole.to_owned(), span: Span::new(at, span.end as usize), entry: None });
        for part in whole.split_inclusive([':', ',', '+', '>']) {
            let id = part.trim_end_matches([':', ',', '+']);
            let id = id.strip_suffix("->").unwrap_or(id);
            if id.len() < whole.len() {
                self.all.push(Named { what: "", id: id.to_owned(), span: Span::new(at, at + id.len()), entry: None });
            }
            at += part.len();
        }
    }

    /// Where `id` stands in what is written at `span`, which may have quotes around it; nothing where it is written otherwise.
    fn bare(&self, span: Span, id: &str) -> Option<Span> {
        let written = self.text.get(span.start as usize..span.end as usize)?;
        let at =
            written.find(id).filter(|_| !id.is_empty() && written.trim().trim_matches(['"', '\'']).trim() == id)?;
        Some(Span::new(span.start as usize + at, span.start as usize + at + id.len()))
    }
}

fn of_ids(takes: Takes) -> &'static str {
    match takes {
        Takes::IdOf(what) | Takes::IdsOf(what) => what,
        _ => "",
    }
}

/// Another id for what has `id`, wherever the file names it: spans and what stands there then.
///
/// # Errors
/// Where the new id is none, is taken, or the file would not say the same with it.
pub fn renamed(source: &Source, what: &str, id: &str, new: &str) -> Result<Vec<(Span, String)>, Refused> {
    let is_right = if what == "flow" { is_flow_id(new) } else { is_id(new) };
    if !is_right {
        return Err(refused(format!(
            "`{}` is not a valid id: use letters, digits, `.`, `_` and `-`, begin with a letter or digit, at most 100",
            visible(new)
        )));
    }
    let tree = |source: &Source| {
        let root = parse(source, &Limits::default(), &mut Diagnostics::default());
        root.map(|root| named(&root, source.text())).ok_or_else(|| refused("the file cannot be read; fix it first"))
    };
    let all = tree(source)?;
    if new == id {
        return Ok(Vec::new());
    }
    // Systems, flows and teams share their names.
    let shares =
        |other: &str| other == what || [what, other].iter().all(|one| ["system", "team", "flow"].contains(one));
    if let Some(taken) = all.iter().find(|one| one.entry.is_some() && one.id == new && shares(one.what)) {
        return Err(refused(format!("there is a {} `{}` already", taken.what, visible(new))));
    }
    if !all.iter().any(|one| one.entry.is_some() && is_it(one, what, id)) {
        return Err(refused(format!("the file defines no {what} `{}`", visible(id))));
    }
    // A word that may be of several kinds is of this one where no other has the id.
    let is_sole = !all.iter().any(|one| one.entry.is_some() && one.id == id && one.what != what);
    let is_meant = |one: &&Named| is_it(one, what, id) || is_sole && one.what.is_empty() && one.id == id;
    let mut places: Vec<Span> = all.iter().filter(is_meant).map(|one| one.span).collect();
    places.sort_unstable();
    places.dedup();
    let edits: Vec<(Span, String)> = places.iter().map(|span| (*span, written(source, *span, new))).collect();
    let cannot = || refused(format!("the file would say something else with the id `{}`", visible(new)));
    let text = spliced(source.text(), edits.iter().map(|(span, text)| (*span, text.as_str()))).ok_or_else(cannot)?;
    let ids = |all: &[Named], id: &str| all.iter().filter(|one| is_it(one, what, id)).count();
    let then = tree(&Source::new(source.name(), text))?;
    let kept: BTreeSet<&str> = then.iter().filter(|one| one.entry.is_some()).map(|one| one.id.as_str()).collect();
    let is_whole =
        all.iter().filter(|one| one.entry.is_some()).all(|one| one.id == id || kept.contains(one.id.as_str()));
    if ids(&all, id) == ids(&then, new) && ids(&then, id) == 0 && is_whole { Ok(edits) } else { Err(cannot()) }
}

/// The text of a file in which several entries have other ids, by what they are and the id that they have; nothing where the
/// file cannot be read.
#[must_use]
pub fn other_ids(source: &Source, ids: &BTreeMap<(&'static str, String), String>) -> Option<String> {
    let root = parse(source, &Limits::default(), &mut Diagnostics::default())?;
    let all = named(&root, source.text());
    let kinds: BTreeSet<&str> = all.iter().filter(|one| one.entry.is_some()).map(|one| one.what).collect();
    let new = |one: &Named| match one.what {
        // A word that may be of several kinds.
        "" => {
            let mut found = kinds.iter().filter_map(|what| ids.get(&(*what, one.id.clone())));
            found.next().filter(|_| found.next().is_none())
        }
        what => ids.get(&(what, one.id.clone())),
    };
    let edits: Vec<(Span, String)> =
        all.iter().filter_map(|one| Some((one.span, written(source, one.span, new(one)?)))).collect();
    spliced(source.text(), edits.iter().map(|(span, text)| (*span, text.as_str())))
}

fn is_it(one: &Named, what: &str, id: &str) -> bool {
    one.what == what && one.id == id
}

/// The id as it has to be written there: within quotes and in JSON as it is, else in quotes where it would be no word.
fn written(source: &Source, span: Span, id: &str) -> String {
    let before = source.text()[..span.start as usize].chars().next_back();
    let after = source.text()[span.end as usize..].chars().next();
    let is_alone = |c: Option<char>, signs: &str| c.is_none_or(|c| c.is_whitespace() || signs.contains(c));
    let is_part = !is_alone(before, "[{,") || !is_alone(after, "]},:");
    if is_part || is_json(source) { id.to_owned() } else { crate::model::yaml_text(id) }
}

#[cfg(test)]
mod tests {
    use super::*;

    const STACK_FILE: &str = "sinew: 1\nteams: { ops: {} } # ops\nsystems:\n  a: { kind: crm, owner: ops, makes: [lead] }\n  \"b\": { kind: cms, depends_on: [a, { any_of: [a] }] }\n\
        data: { lead: { master: a } }\nflows:\n  - { from: a, to: ['b'], data: lead, mechanism: api, watched_by: nobody }\n  - { id: back, from: b, to: a, data: [lead], mechanism: copy-paste, performer: ops }\n\
        processes: { p: { needs: [{ any_of: [{ data: lead, at: b }] }, { process: q }] }, q: { needs: [{ data: lead, at: a }] } }\n\
        accept: [{ id: \"manual-handoff:a->b:lead\" }, { rule: no-owner, subject: b }, { id: unwatched-flow:back }]\n";

    fn after(what: &str, id: &str, new: &str) -> Result<String, String> {
        let source = Source::new("s.yaml", STACK_FILE.to_owned());
        let edits = renamed(&source, what, id, new).map_err(|refused| refused.why)?;
        Ok(spliced(source.text(), edits.iter().map(|(span, text)| (*span, text.as_str()))).unwrap())
    }

    #[test]
    fn every_key_that_takes_ids_is_followed() {
        let source = Source::new("s.yaml", STACK_FILE.to_owned());
        let root = parse(&source, &Limits::default(), &mut Diagnostics::default()).unwrap();
        let all = named(&root, source.text());
        let count = |what: &str, id: &str| all.iter().filter(|one| one.what == what && one.id == id).count();
        assert_eq!((count("system", "a"), count("system", "b"), count("team", "ops")), (7, 4, 3), "{all:#?}");
        assert_eq!((count("data object", "lead"), count("process", "q"), count("flow", "back")), (6, 2, 1), "{all:#?}");
        assert!(all.iter().all(|one| source.text()[one.span.start as usize..one.span.end as usize] == one.id));
        assert_eq!(count("team", "nobody"), 0);
    }

    #[test]
    fn an_id_is_renamed_in_all_places_and_in_no_other() {
        let text = after("system", "b", "site").unwrap();
        assert!(text.contains("\"site\": { kind: cms, depends_on: [a, { any_of: [a] }] }"), "{text}");
        assert!(text.contains("to: ['site']") && text.contains("from: site") && text.contains("at: site"), "{text}");
        assert!(text.contains("manual-handoff:a->site:lead") && text.contains("subject: site"), "{text}");
        assert!(text.contains("unwatched-flow:back") && text.contains("id: back"), "{text}");
        assert!(after("team", "ops", "mops").unwrap().contains("mops: {} } # ops"));
        assert!(after("flow", "back", "a->b:x").unwrap().contains("unwatched-flow:a->b:x"));
        assert!(after("data object", "lead", "person").unwrap().contains("a->b:person"));
        assert!(after("system", "b", "true").unwrap().contains("from: \"true\""));
    }

    #[test]
    fn what_is_no_id_or_is_taken_is_refused() {
        assert!(after("system", "b", "a b").unwrap_err().contains("is not a valid id"));
        assert!(after("system", "b", "ops").unwrap_err().contains("a team `ops` already"));
        assert!(after("system", "x", "y").unwrap_err().contains("defines no system"));
        assert!(after("data object", "lead", "ops").is_ok(), "data and teams have names of their own");
    }
}
