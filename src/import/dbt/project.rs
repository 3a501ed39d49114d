//! What a project declares, from whichever file.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::catalog::{Kind, Space};
use crate::import::clean::LeftOut;
use crate::import::json::{list, text};
use crate::import::problem::Fault;
use crate::import::recognise::{self, Meaning, Named, recognise};

/// What a project declares; every text in it is fit to be shown.
#[derive(Debug, Default)]
pub(super) struct Project {
    /// The warehouse that the file itself names.
    pub(super) adapter: Option<Named>,
    pub(super) sources: BTreeMap<(String, String), Source>,
    pub(super) seeds: Vec<String>,
    pub(super) exposures: Vec<Exposure>,
    /// Nodes that give nothing: what each is, where, and why.
    pub(super) dropped: Vec<(&'static str, String, &'static str)>,
    pub(super) faults: Vec<Fault>,
}

/// Tables that one source has by one loader.
#[derive(Debug, Default)]
pub(super) struct Source {
    pub(super) tables: Vec<String>,
    pub(super) schema: String,
    /// Hours until the tables count as stale, the longest of them.
    pub(super) stale_after: Option<u64>,
}

/// Something outside that reads models.
#[derive(Debug, Default)]
pub(super) struct Exposure {
    pub(super) name: String,
    pub(super) label: String,
    /// `dashboard`, `notebook`, `analysis`, `ml`, `application`.
    pub(super) is: String,
    /// The host of its address.
    pub(super) host: String,
    pub(super) tags: Vec<String>,
    pub(super) description: String,
    /// A team; addresses and persons are none.
    pub(super) owner: Option<String>,
}

/// A warehouse that a file names for what stands beside it and below.
#[derive(Clone, Debug)]
pub(super) struct Adapter {
    folder: String,
    named: Named,
}

impl Adapter {
    pub(super) fn stated(file: &str, word: &str) -> Self {
        Self { folder: folder(file), named: warehouse(word) }
    }

    /// A profile is often called as its warehouse.
    pub(super) fn guessed(file: &str, profile: &str) -> Option<Self> {
        let named = warehouse(profile);
        let named = Named { guess: Some("the profile of the project is called so"), ..named };
        (recognise::kind(&named) == Some(Kind::Warehouse)).then(|| Self { folder: folder(file), named })
    }
}

/// The folder in which a project begins: a manifest stands in its `target`.
fn folder(file: &str) -> String {
    let folder = file.rsplit_once('/').map_or("", |(folder, _)| folder);
    let folder = folder.strip_suffix("target").filter(|rest| rest.is_empty() || rest.ends_with('/')).unwrap_or(folder);
    folder.trim_end_matches('/').to_owned()
}

/// The warehouse of the innermost folder that `file` is in, else the only one that is named at all.
pub(super) fn nearest(file: &str, adapters: &[Adapter]) -> Option<Named> {
    let holds = |adapter: &&Adapter| adapter.folder.is_empty() || file.starts_with(&format!("{}/", adapter.folder));
    // What is stated stands before what is guessed, whichever came first.
    let rank = |adapter: &Adapter| {
        (std::cmp::Reverse(adapter.folder.len()), adapter.named.guess.is_some(), adapter.named.key.clone())
    };
    let inner = adapters.iter().filter(holds).min_by_key(|adapter| rank(adapter));
    let mut all: Vec<&Named> = adapters.iter().map(|adapter| &adapter.named).collect();
    all.sort_by_key(|named| (named.key.clone(), named.guess.is_some()));
    all.dedup_by_key(|named| named.key.clone());
    let only = if let [only] = all.as_slice() { Some(*only) } else { None };
    inner.map(|adapter| &adapter.named).or(only).cloned()
}

/// The warehouse that an adapter is for.
pub(super) fn warehouse(word: &str) -> Named {
    match recognise(Space::Dbt, word) {
        Meaning::System(named) if !named.is_unknown() => named,
        _ => Named { kind: Some(Kind::Warehouse), ..recognise::unknown(&recognise::in_words(word)) },
    }
}

impl Project {
    /// Takes in what one document of YAML declares.
    pub(super) fn declared(&mut self, value: &Value, left_out: &mut LeftOut) {
        for source in list(value, "sources") {
            let name = left_out.name(text(source, "name").unwrap_or_default());
            for table in list(source, "tables") {
                let stale = |of: &Value| of.get("freshness").or_else(|| of.get("config")?.get("freshness")).map(stale);
                let stale_after = stale(table).unwrap_or_else(|| stale(source).flatten());
                let loader = text(table, "loader").or_else(|| text(source, "loader")).unwrap_or_default();
                let schema = text(source, "schema").unwrap_or_default();
                self.table(&name, loader, schema, text(table, "name").unwrap_or_default(), stale_after, left_out);
            }
        }
        for exposure in list(value, "exposures") {
            self.exposure(exposure, left_out);
        }
        for (key, what) in [("models", "model"), ("snapshots", "model"), ("seeds", "seed"), ("metrics", "metric")] {
            for node in list(value, key) {
                let name = left_out.name(text(node, "name").unwrap_or_default());
                let (what, why): (&'static str, &'static str) = match what {
                    "seed" => ("seed", "the YAML describes a seed; the manifest says which files there are"),
                    _ => INSIDE,
                };
                self.dropped.push((what, name, why));
            }
        }
    }

    /// Takes in a table of a source.
    pub(super) fn table(
        &mut self,
        source: &str,
        loader: &str,
        schema: &str,
        table: &str,
        stale_after: Option<u64>,
        left_out: &mut LeftOut,
    ) {
        let [loader, schema, table] = [loader, schema, table].map(|word| stated(word, left_out));
        let held = self.sources.entry((source.to_owned(), loader)).or_default();
        held.tables.push(table);
        held.stale_after = held.stale_after.max(stale_after);
        if held.schema.is_empty() {
            held.schema = schema;
        }
    }

    /// Takes in an exposure.
    pub(super) fn exposure(&mut self, value: &Value, left_out: &mut LeftOut) {
        let mut said = |key: &str| stated(text(value, key).unwrap_or_default(), left_out);
        let mut exposure = Exposure {
            name: said("name"),
            label: said("label"),
            is: said("type").to_lowercase(),
            description: said("description"),
            ..Exposure::default()
        };
        let url = text(value, "url").unwrap_or_default();
        exposure.host = left_out.name(&host(url).to_lowercase());
        left_out.count("path of an address", usize::from(url.trim_end_matches('/').len() > exposure.host.len() + 8));
        let tags = list(value, "tags").iter().chain(value.get("config").into_iter().flat_map(|of| list(of, "tags")));
        exposure.tags = tags.filter_map(Value::as_str).map(|tag| left_out.name(tag)).collect();
        if let Some(owner) = value.get("owner") {
            left_out.count("e-mail of an owner", usize::from(text(owner, "email").is_some()));
            let name = stated(text(owner, "name").unwrap_or_default(), left_out);
            if crate::import::boxes::is_personal_name(&name) {
                left_out.count("name of a person", 1);
            } else if name.chars().any(char::is_alphanumeric) {
                exposure.owner = Some(name);
            }
        }
        self.exposures.push(exposure);
    }
}

/// What happens within the warehouse.
pub(super) const INSIDE: (&str, &str) = ("model", "it is computed within the warehouse");

/// What a value states; nothing where dbt computes it, as what stands in the expression may be secret.
fn stated(said: &str, left_out: &mut LeftOut) -> String {
    let is_computed = said.contains("{{");
    left_out.count("expression", usize::from(is_computed));
    if is_computed { String::new() } else { left_out.name(said) }
}

/// The host of an address, also of one without a scheme.
fn host(url: &str) -> &str {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let host = authority.rsplit('@').next().unwrap_or_default().split(':').next().unwrap_or_default();
    let is_host = host.contains('.') && host.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '-'));
    if is_host { host } else { "" }
}

/// Hours until data counts as stale.
pub(super) fn stale(freshness: &Value) -> Option<u64> {
    let limit = |key: &str| {
        let limit = freshness.get(key)?;
        let hours = match text(limit, "period")? {
            "hour" => 1,
            "day" => 24,
            "week" => 24 * 7,
            _ => return None,
        };
        limit.get("count")?.as_u64()?.checked_mul(hours).filter(|hours| (1..100_000).contains(hours))
    };
    limit("warn_after").or_else(|| limit("error_after"))
}
