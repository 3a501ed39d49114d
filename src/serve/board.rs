//! What the page shows of a stack at once, without a plan: figures, names to type, findings and questions.

use serde_json::{Value, json};

use super::keeper::Opened;
use crate::analysis::Analysis;
use crate::catalog::Kind;
use crate::edit::{Piece, guessed, in_own_words, keys_of, list_of};
use crate::model::outline::Outline;
use crate::model::shape::{Key, Takes};
use crate::model::{Mechanism, Stack};
use crate::plan::questions::by_year;
use crate::report::Report;
use crate::report::question::{self, Places};
use crate::report::story::figures;

/// Questions and findings that the page lists; the report has all.
const QUESTIONS: usize = 12;
const FINDINGS: usize = 60;

/// The board of a stack.
pub(super) fn board(opened: &Opened) -> Value {
    let stack = &opened.stack;
    let analysis = Analysis::of(stack);
    let findings = analysis.findings();
    let report = Report::of(&analysis, &findings, &opened.source);
    let figures: Vec<Value> = figures(&report)
        .into_iter()
        .map(|one| json!({ "heading": one.heading, "figure": one.figure, "note": one.note }))
        .collect();
    let all = report.findings.iter().flatten();
    let listed: Vec<Value> = all
        .clone()
        .filter(|one| !one.accepted)
        .take(FINDINGS)
        .map(|one| {
            json!({ "id": one.id, "rule": one.rule, "severity": one.severity.as_str(), "message": one.message, "subjects": one.subjects })
        })
        .collect();
    let open = all.filter(|one| !one.accepted).count();
    let places = Places { source: &opened.source, cells: &opened.cells };
    let first = question::first(&analysis, None, &by_year(&analysis), places, QUESTIONS);
    let questions: Vec<Value> = first.questions.iter().map(|one| asked(stack, one)).collect();
    json!({
        "title": stack.name,
        "figures": figures,
        "findings": listed,
        "findings_left_out": open.saturating_sub(FINDINGS),
        "questions": questions,
        "questions_left_out": first.left_out,
        "warnings": opened.warnings.len(),
        "names": names(stack),
    })
}

/// A question with the entry and the keys that its answer fills.
fn asked(stack: &Stack, one: &question::Question) -> Value {
    let keys = one.keys.join("+");
    let middle = one.id.split_once('.').map_or("", |(_, rest)| rest);
    let entry = middle.strip_suffix(&keys).map_or(middle, |entry| entry.trim_end_matches('.'));
    let entry = if list_of(stack, entry).is_some() { entry } else { "" };
    json!({
        "id": one.id, "ask": one.ask, "of": one.of_name, "entry": entry, "keys": one.keys, "guessed": one.is_marked,
        "answers": one.answers, "example": one.example, "line": one.place.line,
    })
}

fn entries(stack: &Stack) -> impl Iterator<Item = (&str, String)> {
    let systems = stack.systems.iter().map(|one| (one.id.as_str(), one.name.to_string()));
    let flows = stack.flows.iter().map(|one| {
        let (from, to) = (&stack.system(one.from).name, &stack.system(one.to).name);
        let data: Vec<String> = one.data.iter().map(|ix| stack.data_object(*ix).name.to_string()).collect();
        (one.id.as_str(), format!("{from} → {to}: {}", data.join(", ")))
    });
    let teams = stack.teams.iter().map(|one| (one.id.as_str(), one.name.to_string()));
    let data = stack.data.iter().map(|one| (one.id.as_str(), one.name.to_string()));
    let processes = stack.processes.iter().map(|one| (one.id.as_str(), one.name.to_string()));
    systems.chain(flows).chain(teams).chain(data).chain(processes)
}

/// What can be typed, each with the list in which it stands.
fn names(stack: &Stack) -> Vec<Value> {
    let mut all: Vec<Value> = Vec::new();
    for (id, name) in entries(stack) {
        let is_live = match (stack.find_system(id), stack.find_flow(id)) {
            (Some(ix), _) => stack.system(ix).is_live(),
            (_, Some(ix)) => stack.is_live(stack.flow(ix)),
            _ => true,
        };
        all.push(json!({ "id": id, "name": name, "list": list_of(stack, id), "live": is_live }));
    }
    all
}

/// What can be typed whatever the stack is: products, kinds, mechanisms.
pub(super) fn words(stack: &Stack) -> Value {
    let products: Vec<Value> = stack
        .catalog
        .products()
        .iter()
        .map(|one| json!({ "name": one.name, "kind": one.kind.as_str(), "also": one.aliases }))
        .collect();
    let kinds: Vec<&str> = Kind::ALL.iter().map(|one| one.as_str()).collect();
    let mechanisms: Vec<Value> =
        Mechanism::ALL.iter().map(|one| json!({ "name": one.as_str(), "manual": one.is_manual() })).collect();
    json!({ "products": products, "kinds": kinds, "mechanisms": mechanisms })
}

/// The keys of an entry, or of the file where `id` is empty: what each means, and what stands there.
pub(super) fn entry(opened: &Opened, id: &str) -> Option<Value> {
    let stack = &opened.stack;
    let list = if id.is_empty() { None } else { Some(list_of(stack, id)?) };
    let outline = Outline::of(stack);
    let stated = |key: &str| match list {
        Some(list) => outline.stated(list, id, key),
        None => outline.setting(key),
    };
    let guesses = guessed(stack, id);
    let said = in_own_words(&opened.source, stack, id);
    let mut keys = Vec::new();
    for (path, key) in typed(keys_of(list), "") {
        let value = stated(&path);
        let as_typed = value.as_ref().and_then(|_| if is_figure(key) { figure(&said, &path) } else { None });
        let shown = as_typed.or_else(|| value.as_deref().map(|value| shown(key, value)));
        let choices: Vec<&str> = match key.takes {
            Takes::Word(words) | Takes::Words(words) => words(),
            Takes::Bool => vec!["true", "false"],
            _ => Vec::new(),
        };
        let names = match key.takes {
            Takes::IdOf(of) | Takes::IdsOf(of) | Takes::IdOrWord(of, _) | Takes::IdsOr(of, _) => Some(of),
            _ => None,
        };
        keys.push(json!({
            "key": path, "value": shown, "means": key.doc, "required": key.required, "choices": choices, "of": names,
            "guessed": guesses.contains(&path),
        }));
    }
    // What is stated comes first: it is what people want to change.
    keys.sort_by_key(|key| key["value"].is_null());
    let name = entries(stack).find(|(known, _)| *known == id).map_or_else(|| stack.name.clone(), |(_, name)| name);
    let is_retirable = matches!(list, Some("systems" | "flows"));
    let is_retired = is_retirable && matches!(stated("status").as_deref(), Some("retired" | "off"));
    let can = json!({ "retire": is_retirable && !is_retired, "restore": is_retired });
    Some(json!({ "id": id, "name": name, "list": list, "keys": keys, "can": can }))
}

/// The keys that are typed in one field each, those within others by their path, such as `contract.cost`.
fn typed(keys: &'static [Key], within: &str) -> Vec<(String, &'static Key)> {
    let path = |key: &Key| if within.is_empty() { key.name.to_owned() } else { format!("{within}.{}", key.name) };
    let one = |key: &'static Key| match key.takes {
        Takes::Object(inner) => typed(inner, &path(key)),
        _ if is_typed(key) => vec![(path(key), key)],
        _ => Vec::new(),
    };
    keys.iter().flat_map(one).collect()
}

/// Whether what stands behind a key is typed in one field.
fn is_typed(key: &Key) -> bool {
    !matches!(
        key.takes,
        Takes::Version
            | Takes::Extra
            | Takes::Anything
            | Takes::FormerIds
            | Takes::KeyNames
            | Takes::Files
            | Takes::Domains
            | Takes::NewId
            | Takes::Object(_)
            | Takes::List(_)
            | Takes::ById(_)
            | Takes::RangesBy(..)
            | Takes::OneOfTables(_)
    )
}

/// Whether a key takes figures, which the model keeps in one unit whatever they were written in.
fn is_figure(key: &Key) -> bool {
    matches!(
        key.takes,
        Takes::Duration
            | Takes::Whole
            | Takes::Number(_)
            | Takes::NumberRange(_)
            | Takes::RateRange
            | Takes::Peak
            | Takes::Tasks
            | Takes::ShareRange
            | Takes::DurationRange
            | Takes::Capacity
    )
}

/// A figure as the file has it: `35/week`, `10, 20, 40`.
fn figure(said: &Piece, path: &str) -> Option<String> {
    let said = path.split('.').try_fold(said, |piece, key| piece.get(key))?;
    let words: Option<Vec<&str>> = said.members().iter().map(Piece::scalar).collect();
    words.filter(|words| !words.is_empty()).map(|words| words.join(", "))
}

/// The value as it may be typed: a list without its brackets, a text without its quotes.
fn shown(key: &Key, value: &str) -> String {
    let is_list = matches!(key.takes, Takes::IdsOf(_) | Takes::IdsOr(..) | Takes::Words(_));
    let inner = value.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')).filter(|_| is_list);
    let text = inner.unwrap_or(value);
    match serde_json::from_str::<String>(text) {
        Ok(plain) => plain,
        Err(_) => text.to_owned(),
    }
}
