//! Questions: what is not known or guessed, whom to ask, where to write the answer, and what it is worth.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Serialize;

use super::{Location, Number};
use crate::analysis::Analysis;
use crate::model::asking;
use crate::model::outline::Outline;
use crate::plan::Plan;
use crate::plan::questions::Asked;
use crate::source::{Diagnostics, Limits, Node, Source, Span, Value, parse};

/// What is not known or guessed, as a question.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Question {
    /// Where the keys are that the answer fills: `flows.draft-to-cms.runs+minutes`.
    pub id: String,
    /// The question in one sentence.
    pub ask: String,
    /// The team that may know, by id; null for whoever holds the file.
    pub of: Option<String>,
    /// Its name.
    #[serde(skip)]
    pub of_name: Option<String>,
    /// Whether a value is stated and marked as a guess. Taking the key out of `basis.guessed` confirms it.
    pub guessed: bool,
    /// The keys that the answer fills.
    pub keys: Vec<String>,
    /// Where to write: the key where it is stated, else the entry that takes it, else the start of the file.
    pub place: Location,
    /// The cells of the workbook that `sinew export` writes of this stack, one for each key that has one: `Flows!G7`.
    pub cells: Vec<String>,
    /// Plausible answers, as they may be written; an example where none are known.
    pub answers: Vec<String>,
    /// Where these are from: `stated` range, quartiles over the `stack`, the `table` that is used for ranking only, or a
    /// `choice`.
    pub answers_from: String,
    /// What is at stake a year at the lowest and the highest of these answers; null where no amount is known.
    pub a_year: Option<[Number; 2]>,
    /// What the answer is worth, in `unit`, never below 0; null where no amount is known.
    pub worth: Option<Number>,
    /// `horizon`: what the plan gains on average by knowing. `year`: how far the yearly amounts lie apart. Null without a
    /// worth.
    pub unit: Option<String>,
    /// Whether the worth comes from planning again under each answer.
    pub exact: bool,
    /// An item of the plan that is worth building under one answer and not under another, by id.
    pub decides: Option<String>,
    /// What that item is.
    #[serde(skip)]
    pub decided: Option<String>,
}

/// What is shown of `asked`; `source` is the text of the stack, and `cells` where its workbook has each key.
#[must_use]
pub fn questions(
    analysis: &Analysis<'_>,
    plan: &Plan,
    asked: &[Asked],
    source: &Source,
    cells: &BTreeMap<String, String>,
) -> Vec<Question> {
    let mut problems = Diagnostics::default();
    let is_text = source.sheet(0).is_none();
    let root = is_text.then(|| parse(source, &Limits::default(), &mut problems)).flatten();
    let outline = Outline::of(analysis.stack);
    let one = |asked: &Asked| {
        let question = &asked.question;
        let keys: Vec<String> = question.asks.iter().map(|ask| ask.key.clone()).collect();
        let span = root.as_ref().and_then(|root| key_place(root, question)).unwrap_or(question.place);
        let cell = |key: &String| cells.get(&format!("{}/{}/{key}", question.list, question.entry)).cloned();
        let pairs = |values: &[String]| -> String {
            keys.iter().zip(values).map(|(key, value)| format!("{key}: {value}")).collect::<Vec<_>>().join(", ")
        };
        let mut answers: Vec<String> = question
            .answers
            .iter()
            .map(|answer| match question.is_existence() {
                true => answer.values[0].clone(),
                false => pairs(&answer.values),
            })
            .collect();
        if answers.is_empty() {
            let stated = outline.stated(question.list, &question.entry, &keys[0]);
            answers.push(pairs(&[stated.unwrap_or_else(|| question.asks[0].example.clone())]));
        }
        let width = asked.a_year.map(|(low, high)| high - low);
        let name_of = |id: &String| plan.candidates.all.iter().find(|one| one.id == *id).map(|one| one.title.clone());
        Question {
            id: question.id(),
            ask: question.ask.clone(),
            of: question.of.map(|team| analysis.stack.team(team).id.to_string()),
            of_name: question.of.map(|team| analysis.stack.team(team).name.to_string()),
            guessed: question.is_guess,
            place: Location::of(span, source),
            cells: keys.iter().filter_map(cell).collect(),
            answers,
            answers_from: question.from.as_str().to_owned(),
            a_year: asked.a_year.map(|(low, high)| [low.into(), high.into()]),
            worth: asked.gain.or(width).map(Number::from),
            unit: asked.gain.map(|_| "horizon").or(width.map(|_| "year")).map(str::to_owned),
            exact: asked.gain.is_some(),
            decided: asked.decides.as_ref().and_then(name_of),
            decides: asked.decides.clone(),
            keys,
        }
    };
    asked.iter().map(one).collect()
}

/// Where the first key of a question is written, as far as the file has it.
fn key_place(root: &Node<'_>, question: &asking::Question) -> Option<Span> {
    let mut place = None;
    let mut node = match question.list {
        "settings" => root,
        list => find(root, list).and_then(|(_, node)| within(node, question.place))?,
    };
    for key in question.asks[0].key.split('.') {
        let Some((span, inner)) = find(node, key) else { break };
        (place, node) = (Some(span), inner);
    }
    place
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
