//! Guesses as questions: the value that stands there, and what it could be instead.

use super::answers::{Answer, AnswersFrom, around, choice, three};
use super::flows::from_to;
use super::{Ask, Question};
use crate::model::outline::Outline;
use crate::model::{Flow, Mechanism, Quantity, Range, Remarks, Stack, TeamIx};
use crate::source::Span;

/// The word that stands under `guessed` for an entry of `list` itself.
pub(super) fn itself(list: &str) -> &'static str {
    match list {
        "systems" => "system",
        "teams" => "team",
        "data" => "data",
        "processes" => "process",
        _ => "flow",
    }
}

/// How likely the other side is where a person or a program may do it: by hand where an end is a carrier.
const OTHER_SIDE: f64 = 0.25;

struct Guessing<'a> {
    stack: &'a Stack,
    outline: Outline,
    all: Vec<Question>,
}

/// A question for every guessed key.
pub(super) fn questions(stack: &Stack) -> Vec<Question> {
    let has_guess = stack.flows.iter().any(|one| !one.remarks.guessed().is_empty())
        || stack.systems.iter().any(|one| !one.remarks.guessed().is_empty())
        || stack.data.iter().any(|one| !one.remarks.guessed().is_empty())
        || stack.teams.iter().any(|one| !one.remarks.guessed().is_empty())
        || stack.processes.iter().any(|one| !one.remarks.guessed().is_empty());
    if !has_guess {
        return Vec::new();
    }
    let mut guessing = Guessing { stack, outline: Outline::of(stack), all: Vec::new() };
    for flow in &stack.flows {
        let name = from_to(stack, flow);
        let of = flow.performer.or(stack.system(flow.to).owner);
        guessing.add("flows", flow.id.as_str(), &name, of, flow.place, &flow.remarks, Some(flow));
    }
    for one in &stack.systems {
        guessing.add("systems", one.id.as_str(), &one.name.to_string(), one.owner, one.place, &one.remarks, None);
    }
    for one in &stack.data {
        guessing.add("data", one.id.as_str(), &one.name.to_string(), None, one.place, &one.remarks, None);
    }
    for one in &stack.teams {
        guessing.add("teams", one.id.as_str(), &one.name.to_string(), None, one.place, &one.remarks, None);
    }
    for one in &stack.processes {
        guessing.add("processes", one.id.as_str(), &one.name.to_string(), one.owner, one.place, &one.remarks, None);
    }
    guessing.all
}

impl Guessing<'_> {
    #[allow(clippy::too_many_arguments, reason = "an entry of any list, in its parts")]
    fn add(
        &mut self,
        list: &'static str,
        id: &str,
        name: &str,
        of: Option<TeamIx>,
        place: Span,
        remarks: &Remarks,
        flow: Option<&Flow>,
    ) {
        for key in remarks.guessed() {
            let stated = self.outline.stated(list, id, key);
            let (ask, answers, from) = if key == itself(list) {
                let words = ["yes".to_owned(), "no".to_owned()];
                (format!("Is there really {name}? That it is there is a guess."), choice(&words), AnswersFrom::Choice)
            } else {
                let shown = stated.as_deref().unwrap_or("not stated");
                let (answers, from) = self.answers(key, stated.as_deref(), flow);
                (format!("`{key}: {shown}` of {name} is a guess. What is right?"), answers, from)
            };
            let example = stated.unwrap_or_else(|| "yes".to_owned());
            let asks = vec![Ask { key: key.clone(), ask: ask.clone(), example }];
            let entry = id.to_owned();
            self.all.push(Question { list, entry, asks, ask, of, is_guess: true, answers, from, place });
        }
    }

    fn answers(&self, key: &str, stated: Option<&str>, flow: Option<&Flow>) -> (Vec<Answer>, AnswersFrom) {
        if let Some(found) = flow.and_then(|flow| self.of_flow(key, flow)) {
            return found;
        }
        let words: Vec<String> = match stated {
            Some(word @ ("true" | "false")) => {
                vec![word.to_owned(), if word == "true" { "false" } else { "true" }.to_owned()]
            }
            Some(word) => vec![word.to_owned()],
            None => Vec::new(),
        };
        (choice(&words), AnswersFrom::Choice)
    }

    fn of_flow(&self, key: &str, flow: &Flow) -> Option<(Vec<Answer>, AnswersFrom)> {
        fn amounts<Q: Quantity>(range: Option<Range<Q>>) -> Option<Range<f64>> {
            range.map(|range| range.map(Quantity::amount))
        }
        let value = match key {
            "runs" if flow.is_manual() => amounts(flow.runs)?,
            "minutes" => amounts(flow.minutes)?,
            "records" => amounts(flow.records)?,
            "mechanism" => return Some(self.mechanism(flow)),
            _ => return None,
        };
        let (ends, from) = around(self.stack, key, value)?;
        Some((three(&[(key, ends)]), from))
    }

    /// What stands there, and the other side: by hand or by itself.
    fn mechanism(&self, flow: &Flow) -> (Vec<Answer>, AnswersFrom) {
        let is_carrier = [flow.from, flow.to].iter().any(|ix| self.stack.system(*ix).is_carrier());
        let other = if flow.is_manual() { Mechanism::Api } else { Mechanism::ExportImport };
        // Where an end is a spreadsheet or a chat, people carry; else programs may as well.
        let weight = if is_carrier == flow.is_manual() { OTHER_SIDE } else { 1.0 - OTHER_SIDE };
        let answer = |mechanism: Mechanism, weight: f64| Answer {
            values: vec![mechanism.as_str().to_owned()],
            numbers: vec![None],
            weight,
        };
        (vec![answer(flow.mechanism, 1.0 - weight), answer(other, weight)], AnswersFrom::Table)
    }
}
