//! Questions: what is not known or guessed, whom to ask, where to write the answer, and what it is worth.

mod words;

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Serialize;

use super::{Location, Number};
use crate::analysis::Analysis;
use crate::model::asking;
use crate::plan::Plan;
use crate::plan::questions::Asked;
use crate::source::{CellPlace, Diagnostics, Limits, Node, Source, Span, Value, parse};

pub use words::{table_of_answers, told_table};

/// What is not known or guessed, as a question.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Question {
    /// Where the keys are that the answer fills: `flows.draft-to-cms.runs+minutes`.
    pub id: String,
    /// The question in one sentence.
    pub ask: String,
    /// The team that may know, by id: the performer, else an owner; null for whoever keeps the file.
    pub of: Option<String>,
    /// Its name.
    #[serde(skip)]
    pub of_name: Option<String>,
    /// Whether a value is stated and marked as a guess. Taking the key out of `basis.guessed` confirms it.
    pub guessed: bool,
    /// The keys that the answer fills; for an entry that is itself a guess the word for it, such as `flow`.
    pub keys: Vec<String>,
    /// Where to write: the key where it is stated, else the entry that takes it, else the start of the file; in a workbook the
    /// cell.
    pub place: Location,
    /// The cells for these keys: `Flows!G7`, in the workbook itself, else in the one that `sinew export` writes; empty where
    /// a key has no cell, or where they were not asked for.
    pub cells: Vec<String>,
    /// Plausible answers, as they may be written, several keys joined by `and`; `yes` and `no` where the question is whether the entry is there. Empty where
    /// nothing is known of them.
    pub answers: Vec<String>,
    /// Where these are from: the `stated` range, quartiles over the `stack`, the `table` that comes with the program and is
    /// used for ranking only, or a `choice`, each answer as likely as the others.
    pub answers_from: String,
    /// How an answer may look.
    pub example: String,
    /// What is at stake a year at the lowest and the highest of these answers; null where no amount is known.
    pub a_year: Option<[Number; 2]>,
    /// What the amounts are counted in: `money`, in the currency of the stack, or `hours`.
    pub counted_in: String,
    /// What the answer is worth, in the unit that `unit` says, never below 0; null where no amount is known.
    pub worth: Option<Number>,
    /// `horizon`: what the plan gains on average by knowing. `year`: how far the yearly amounts lie apart. Null without a
    /// worth.
    pub unit: Option<String>,
    /// Whether the worth comes from planning again under each answer.
    pub exact: bool,
    /// An item of the plan that is worth building under one answer and not under another, by id.
    pub decides: Option<String>,
    /// What that item is, and its wave where it is in the plan.
    #[serde(skip)]
    pub decided: Option<(String, Option<usize>)>,
    /// The lowest and the highest stage under these answers and as the stack is, where an answer alone moves it; else null.
    pub stages: Option<[u8; 2]>,
    /// Whether it was looked at if an answer alone moves the stage.
    pub stage_judged: bool,
    /// Findings that appear or vanish under an answer; null where that was not looked at.
    pub findings: Option<usize>,
    /// Whether the file says under `basis.guessed` that it is a guess; else a range was read from two numbers.
    #[serde(skip)]
    pub is_marked: bool,
}

/// Where answers are written.
#[derive(Clone, Copy, Debug)]
pub struct Places<'a> {
    /// The text of the stack, or the rows of its workbook.
    pub source: &'a Source,
    /// The cell of each key, as `flows/draft-to-cms/minutes`.
    pub cells: &'a BTreeMap<String, CellPlace>,
}

/// The first questions of a longer list.
#[derive(Clone, Debug, PartialEq)]
pub struct First {
    /// The questions.
    pub questions: Vec<Question>,
    /// How many come after them.
    pub left_out: usize,
}

/// Questions that a report tells: nobody asks more at once, and `sinew questions` has all.
pub const OF_REPORT: usize = 25;

/// The first `most` of `asked`, as [`questions`] shows them.
#[must_use]
pub fn first(analysis: &Analysis<'_>, plan: Option<&Plan>, asked: &[Asked], places: Places<'_>, most: usize) -> First {
    let (shown, rest) = asked.split_at(most.min(asked.len()));
    First { questions: questions(analysis, plan, shown, places), left_out: rest.len() }
}

/// What is shown of `asked`; `plan` names the items that answers decide, where there is one.
#[must_use]
pub fn questions(
    analysis: &Analysis<'_>,
    plan: Option<&Plan>,
    asked: &[Asked],
    Places { source, cells }: Places<'_>,
) -> Vec<Question> {
    let is_text = source.sheet(0).is_none();
    let root = is_text.then(|| parse(source, &Limits::default(), &mut Diagnostics::default())).flatten();
    let one = |asked: &Asked| {
        let question = &asked.question;
        let keys: Vec<String> = question.keys().map(str::to_owned).collect();
        let found: Vec<&CellPlace> = keys
            .iter()
            .flat_map(|key| question.entries().map(move |entry| format!("{}/{entry}/{key}", question.list)))
            .filter_map(|key| cells.get(&key))
            .collect();
        let place = match found.first() {
            Some(cell) if !is_text => Location {
                file: source.name().to_owned(),
                sheet: Some(cell.sheet.clone()),
                line: cell.row,
                column: cell.column,
                end_line: cell.row,
                end_column: cell.column + 1,
            },
            _ => Location::of(root.as_ref().map_or(question.place, |root| place_in(root, question)), source),
        };
        let width = asked.a_year.map(|_| asked.width());
        let decided = asked.decides.as_ref().map(|decided| {
            let wave = plan.and_then(|plan| plan.find(&decided.id)).map(|item| item.wave);
            (decided.title.clone(), wave)
        });
        Question {
            id: question.id(),
            ask: question.ask.clone(),
            of: question.of.map(|team| analysis.stack.team(team).id.to_string()),
            of_name: question.of.map(|team| analysis.stack.team(team).name.to_string()),
            guessed: question.is_guess,
            place,
            cells: found.iter().map(ToString::to_string).collect(),
            answers: question.answers.iter().map(|answer| written(question, &answer.values)).collect(),
            answers_from: question.from.as_str().to_owned(),
            example: written(question, &question.asks.iter().map(|ask| ask.example.clone()).collect::<Vec<_>>()),
            a_year: asked.a_year.map(|(low, high)| [low.into(), high.into()]),
            counted_in: asked.unit.as_str().to_owned(),
            worth: asked.gain.or(width).map(Number::from),
            unit: asked.gain.map(|_| "horizon").or(width.map(|_| "year")).map(str::to_owned),
            exact: asked.gain.is_some(),
            decided,
            decides: asked.decides.as_ref().map(|decided| decided.id.clone()),
            stages: asked.stages.filter(|_| asked.changes_stage()).map(|(lowest, highest)| [lowest, highest]),
            stage_judged: asked.stages.is_some(),
            findings: asked.findings,
            is_marked: question.is_guess && root.as_ref().is_none_or(|root| is_marked(root, question)),
            keys,
        }
    };
    asked.iter().map(one).collect()
}

/// `runs: 1/week and minutes: 15`; for the entry itself the answer alone.
fn written(question: &asking::Question, values: &[String]) -> String {
    if question.is_existence() {
        return values.first().cloned().unwrap_or_default();
    }
    let pairs = question.keys().zip(values).map(|(key, value)| format!("{key}: {value}"));
    pairs.collect::<Vec<_>>().join(" and ")
}

/// The mapping that takes the answer, where the file has it.
fn entry_of<'n, 'a>(root: &'n Node<'a>, question: &asking::Question) -> Option<&'n Node<'a>> {
    match question.list {
        "settings" => Some(root),
        list => find(root, list).and_then(|(_, node)| within(node, question.place)),
    }
}

/// Where the first key of a question is written, as far as the file has it.
fn place_in(root: &Node<'_>, question: &asking::Question) -> Span {
    let mut place = question.place;
    let Some(mut node) = entry_of(root, question) else { return place };
    for key in question.asks[0].key.split('.') {
        let Some((span, inner)) = find(node, key) else { break };
        (place, node) = (span, inner);
    }
    place
}

/// Whether the file itself says that it is a guess.
fn is_marked(root: &Node<'_>, question: &asking::Question) -> bool {
    let basis = entry_of(root, question).and_then(|entry| find(entry, "basis"));
    let Some((_, guessed)) = basis.and_then(|(_, basis)| find(basis, "guessed")) else { return false };
    let words = match &guessed.resolved().value {
        Value::List(items) => &**items,
        _ => std::slice::from_ref(guessed),
    };
    words.iter().any(|word| match &word.resolved().value {
        Value::Scalar(scalar) => scalar.text.trim() == question.asks[0].key,
        _ => false,
    })
}

fn find<'n, 'a>(node: &'n Node<'a>, key: &str) -> Option<(Span, &'n Node<'a>)> {
    let Value::Map(entries) = &node.resolved().value else { return None };
    entries.iter().find(|entry| entry.key == key).map(|entry| (entry.key_span, &entry.node))
}

/// The entry of a list that is at `place`.
fn within<'n, 'a>(list: &'n Node<'a>, place: Span) -> Option<&'n Node<'a>> {
    let has = |span: Span| span.start <= place.start && place.start <= span.end;
    match &list.resolved().value {
        Value::List(items) => items.iter().find(|item| has(item.span)),
        Value::Map(entries) => {
            let entry =
                entries.iter().find(|entry| has(Span { start: entry.key_span.start, end: entry.node.span.end }));
            entry.map(|entry| &entry.node)
        }
        _ => None,
    }
}
