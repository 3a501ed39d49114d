//! The ids that a file defines, and references to them.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, DefaultHasher, Hash, Hasher};

use super::node::{quoted, scalar};
use crate::catalog::SharedCatalog;
use crate::model::id::is_id;
use crate::model::stack::Flow;
use crate::source::{Diagnostic, Diagnostics, Entry, Node, Span, Value, nearest};

/// The ids of one kind of thing, sorted, each with the place that defines it.
#[derive(Default)]
pub(crate) struct Names {
    what: &'static str,
    sorted: Vec<(Box<str>, Span)>,
    /// The place of an id among them by its hash: the last of those that share one.
    by_hash: HashMap<u64, u32, BuildHasherDefault<Hashed>>,
}

impl Names {
    /// The well-formed keys of `entries`; the others are reported.
    pub(in crate::model) fn of(what: &'static str, entries: &[Entry<'_>], problems: &mut Diagnostics) -> Self {
        let mut sorted = Vec::with_capacity(entries.len());
        for entry in entries.iter().filter(|entry| !entry.is_broken_merge()) {
            if is_id(&entry.key) {
                sorted.push((entry.key.as_ref().into(), entry.key_span));
            } else {
                problems.push(bad_id(what, &entry.key, entry.key_span));
            }
        }
        sorted.sort_unstable();
        Self::sorted_by_id(what, sorted)
    }

    /// Ids that are known and sorted already.
    pub(in crate::model) fn known<'i>(what: &'static str, ids: impl Iterator<Item = &'i str>) -> Self {
        Self::sorted_by_id(what, ids.map(|id| (id.into(), Span::default())).collect())
    }

    fn sorted_by_id(what: &'static str, sorted: Vec<(Box<str>, Span)>) -> Self {
        let by_hash = (0..).zip(&sorted).map(|(at, (id, _))| (hash(id), at)).collect();
        Self { what, sorted, by_hash }
    }

    /// Where `id` stands among the sorted ids.
    pub(in crate::model) fn find(&self, id: &str) -> Option<usize> {
        let at = *self.by_hash.get(&hash(id))? as usize;
        if *self.sorted[at].0 == *id {
            return Some(at);
        }
        self.sorted.binary_search_by(|(known, _)| known.as_ref().cmp(id)).ok()
    }

    /// The id at a place among the sorted ids.
    pub(in crate::model) fn name(&self, at: usize) -> &str {
        &self.sorted[at].0
    }

    /// The sorted ids with their places.
    fn sorted(&self) -> &[(Box<str>, Span)] {
        &self.sorted
    }

    /// The place among the sorted ids that `node` refers to; anything else is reported.
    pub(in crate::model) fn reference(&self, node: &Node<'_>, problems: &mut Diagnostics) -> Option<usize> {
        let id = scalar(node, format_args!("the id of a {}", self.what), problems)?.text.trim();
        let found = self.find(id);
        if found.is_none() {
            // The nearest of a hundred thousand ids, for each of a hundred thousand typing errors, would take hours.
            let near =
                (self.sorted.len() <= 5_000).then(|| nearest(id, self.sorted.iter().map(|(id, _)| &**id))).flatten();
            let mut problem =
                Diagnostic::error("unknown-id", node.span, format!("there is no {} {}", self.what, quoted(id)));
            problem = match near {
                // `list-2` is no typing error of `list-1`.
                Some(near) if digits(id) != digits(near) => problem
                    .help(format!("define it under `{}`, or write `{near}`", self.list()))
                    .instead(node.span, near, "if that is meant"),
                Some(_) => problem.nearest(near),
                None => problem.help(format!("define it under `{}`, or name an existing one", self.list())),
            };
            problems.push(problem);
        }
        found
    }

    /// The key of the file under which these ids are defined.
    fn list(&self) -> &'static str {
        match self.what {
            "team" => "teams",
            "system" => "systems",
            "data object" => "data",
            _ => "processes",
        }
    }

    /// The places that one id, or a list of ids, refers to: sorted, each once; a repetition is a warning.
    pub(in crate::model) fn references(&self, node: &Node<'_>, problems: &mut Diagnostics) -> Vec<usize> {
        let one = std::slice::from_ref(node);
        let nodes = match &node.resolved().value {
            Value::List(items) => items,
            _ => one,
        };
        let mut found: Vec<(usize, Span)> = Vec::with_capacity(nodes.len());
        for node in nodes {
            if let Some(at) = self.reference(node, problems) {
                found.push((at, node.span));
            }
        }
        found.sort_unstable();
        warn_of_repetitions(&found, problems, |at| format!("{} `{}`", self.what, self.name(*at)));
        let mut found: Vec<usize> = found.into_iter().map(|(at, _)| at).collect();
        found.dedup();
        found
    }
}

/// The hash of a hash: itself.
#[derive(Default)]
struct Hashed(u64);

impl Hasher for Hashed {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, _: &[u8]) {
        unreachable!("only whole hashes are hashed");
    }

    fn write_u64(&mut self, hash: u64) {
        self.0 = hash;
    }
}

fn hash(id: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    id.hash(&mut hasher);
    hasher.finish()
}

/// Reports what stands more than once in `sorted`; `named` says what it is.
pub(in crate::model) fn warn_of_repetitions<T: PartialEq>(
    sorted: &[(T, Span)],
    problems: &mut Diagnostics,
    named: impl Fn(&T) -> String,
) {
    for pair in sorted.windows(2).filter(|pair| pair[0].0 == pair[1].0) {
        let message = format!("{} is named twice", named(&pair[1].0));
        problems.push(Diagnostic::warning("named-twice", pair[1].1, message).help("name it once"));
    }
}

fn bad_id(what: &str, id: &str, span: Span) -> Diagnostic {
    Diagnostic::error("bad-id", span, format!("expected an id for a {what}, found {}", quoted(id))).help(
        "use letters, digits, `.`, `_` and `-`, begin with a letter or digit, at most 100; the `name` may be any text",
    )
}

/// What a file can refer to: all ids that it defines, and the catalog.
#[derive(Default)]
pub(crate) struct Tables {
    pub(in crate::model) teams: Names,
    pub(in crate::model) systems: Names,
    pub(in crate::model) data: Names,
    pub(in crate::model) processes: Names,
    /// What is known of products.
    pub(in crate::model) catalog: SharedCatalog,
}

impl Tables {
    /// Whether `id` is defined among what the word `what` names.
    pub(in crate::model) fn has(&self, what: &str, id: &str) -> bool {
        [&self.teams, &self.systems, &self.data].iter().any(|names| names.what == what && names.find(id).is_some())
    }
}

/// Reports ids that stand for two things: systems, flows and teams appear together as components.
pub(in crate::model) fn check_shared_name_space(tables: &Tables, flows: &[Flow], problems: &mut Diagnostics) {
    let clash = |what: &str, id: &str, span: Span, other: &str, first: Span| {
        Diagnostic::error("duplicate-id", span, format!("{what} `{id}` has the id of a {other}"))
            .related(first, format!("the {other} is defined here"))
            .help("systems, flows and teams share one name space; give one of the two another id")
    };
    for (id, span) in tables.teams.sorted() {
        if let Some(at) = tables.systems.find(id) {
            problems.push(clash("team", id, *span, "system", tables.systems.sorted()[at].1));
        }
    }
    for (id, span) in flows.iter().filter(|flow| flow.has_own_id).map(|flow| (flow.id.as_str(), flow.place)) {
        if let Some(at) = tables.systems.find(id) {
            problems.push(clash("flow", id, span, "system", tables.systems.sorted()[at].1));
        } else if let Some(at) = tables.teams.find(id) {
            problems.push(clash("flow", id, span, "team", tables.teams.sorted()[at].1));
        }
    }
}

/// The digits of an id.
fn digits(id: &str) -> String {
    id.chars().filter(char::is_ascii_digit).collect()
}
