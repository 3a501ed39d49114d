//! Guesses as questions: the value that stands there, and what it could be instead.

use super::answers::{Answer, AnswersFrom, choice, three, written};
use super::flows::{Told, told};
use super::plausible::Plausible;
use super::{Ask, Question};
use crate::model::outline::Outline;
use crate::model::table::word_of_list;
use crate::model::{Flow, Mechanism, Quantity, Range, Remarks};

/// How likely the other side is where a person or a program may do it: by hand where an end is a carrier.
const OTHER_SIDE: f64 = 0.25;

/// Letters of a value that a sentence shows.
const SHOWN: usize = 60;

/// A question for every guessed key.
pub(super) fn questions(plausible: &Plausible<'_>) -> Vec<Question> {
    let stack = plausible.stack;
    let remarks = (stack.flows.iter().map(|one| &one.remarks))
        .chain(stack.systems.iter().map(|one| &one.remarks))
        .chain(stack.data.iter().map(|one| &one.remarks))
        .chain(stack.teams.iter().map(|one| &one.remarks))
        .chain(stack.processes.iter().map(|one| &one.remarks));
    if remarks.map(|remarks| remarks.guessed()).all(<[String]>::is_empty) {
        return Vec::new();
    }
    let guessing = Guessing { plausible, outline: Outline::of(stack) };
    let mut all = Vec::new();
    for told in told(stack, |flow| !flow.remarks.guessed().is_empty()) {
        let base = told.about(Vec::new(), String::new());
        all.extend(guessing.of(&base, &told.first().remarks, Some(&told)));
    }
    macro_rules! entries {
        ($list:ident, $of:expr) => {
            for one in &stack.$list {
                let base = Question {
                    entry: one.id.to_string(),
                    name: one.name.to_string(),
                    of: $of(one),
                    place: one.place,
                    ..Question::of_key(stringify!($list), "", String::new(), "")
                };
                all.extend(guessing.of(&base, &one.remarks, None));
            }
        };
    }
    entries!(systems, |one: &crate::model::System| one.owner);
    entries!(data, |one: &crate::model::DataObject| one.master.and_then(|master| stack.system(master).owner));
    entries!(teams, |one: &crate::model::Team| stack.find_team(one.id.as_str()));
    entries!(processes, |one: &crate::model::Process| one.owner);
    all
}

struct Guessing<'a> {
    plausible: &'a Plausible<'a>,
    outline: Outline,
}

impl Guessing<'_> {
    /// The questions of one entry; `base` has all but the key.
    fn of(&self, base: &Question, remarks: &Remarks, told: Option<&Told<'_>>) -> Vec<Question> {
        let one = |key: &String| {
            let stated = self.outline.stated(base.list, &base.entry, key);
            let is_itself = key == word_of_list(base.list);
            let (answers, from) = match is_itself {
                true => (choice(self.existence(base)), AnswersFrom::Choice),
                false => self.answers(key, stated.as_deref(), told.map(Told::first)),
            };
            let ask = match (is_itself, told) {
                (true, _) => format!("Is there really {}? That it is there is a guess.", base.name),
                (false, Some(told)) => of_flow(told, key, stated.as_deref()),
                (false, None) => of_entry(base, key, stated.as_deref()),
            };
            let example = stated.unwrap_or_else(|| "yes".to_owned());
            let asks = vec![Ask { key: key.clone(), ask: ask.clone(), example }];
            Question { asks, ask, is_guess: true, answers, from, ..base.clone() }
        };
        remarks.guessed().iter().map(one).collect()
    }

    /// Whether it is there: what others name cannot be taken out alone, so only a flow is plausibly not there.
    fn existence(&self, base: &Question) -> &'static [&'static str] {
        if base.list == "flows" { &["no", "yes"] } else { &["yes"] }
    }

    fn answers(&self, key: &str, stated: Option<&str>, flow: Option<&Flow>) -> (Vec<Answer>, AnswersFrom) {
        if let Some(found) = flow.and_then(|flow| self.of_flow(key, flow)) {
            return found;
        }
        let Some(stated) = stated else { return (Vec::new(), AnswersFrom::Choice) };
        let mut words = vec![stated.to_owned()];
        match (key, stated) {
            (_, "true") => words.push("false".to_owned()),
            (_, "false") => words.push("true".to_owned()),
            ("owner" | "performer" | "watched_by", _) => {
                words.extend(self.plausible.teams.iter().filter(|team| *team != stated).cloned());
            }
            _ => {}
        }
        (choice(&words), AnswersFrom::Choice)
    }

    fn of_flow(&self, key: &str, flow: &Flow) -> Option<(Vec<Answer>, AnswersFrom)> {
        fn amounts<Q: Quantity>(range: Option<Range<Q>>) -> Option<Range<f64>> {
            range.map(|range| range.map(Quantity::amount))
        }
        let value = match key {
            "runs" if flow.is_manual() => amounts(flow.runs)?,
            "minutes" => amounts(flow.run.minutes)?,
            "records" => amounts(flow.run.records)?,
            "mechanism" => return Some(self.mechanism(flow)),
            _ => return None,
        };
        let (ends, from) = self.plausible.around(key, value)?;
        Some((three(&[(key, ends)]), from))
    }

    /// What stands there, and the other side: by hand or by itself.
    fn mechanism(&self, flow: &Flow) -> (Vec<Answer>, AnswersFrom) {
        let is_carrier = [flow.from, flow.to].iter().any(|ix| self.plausible.stack.system(*ix).is_carrier());
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

/// A value as a sentence shows it.
fn shown(stated: Option<&str>) -> String {
    let stated = stated.unwrap_or("what stands there");
    let plain = stated.trim_matches(['"', '[', ']']);
    match plain.char_indices().nth(SHOWN) {
        Some((at, _)) => format!("{}…", &plain[..at]),
        None => plain.to_owned(),
    }
}

fn of_flow(told: &Told<'_>, key: &str, stated: Option<&str>) -> String {
    let ask = match key {
        "runs" => format!("{}?", told.how_often()),
        "minutes" => format!("How many minutes does it take to {}?", told.doing()),
        "records" => format!("How many records of {} are there each time?", told.name()),
        "mechanism" => format!("How does {} get {}?", told.carried(), told.ends()),
        "performer" => format!("Who carries {}?", told.name()),
        "data" => format!("What goes {}?", told.ends()),
        "from" => format!("Where does {} come from?", told.name()),
        "to" => format!("Where does {} go to?", told.name()),
        _ => return of_key(key, &told.name(), stated),
    };
    format!("{ask} {} is a guess.", figure(told.first(), key).unwrap_or_else(|| shown(stated)))
}

/// A figure of a flow with its unit: `1/week`, `10 to 20 minutes`.
fn figure(flow: &Flow, key: &str) -> Option<String> {
    fn ends<Q: Quantity>(range: Option<Range<Q>>, word: impl Fn(f64) -> String) -> Option<String> {
        let range = range?.map(Quantity::amount);
        let [low, high] = [range.low, range.high].map(word);
        Some(if low == high { high } else { format!("{low} to {high}") })
    }
    match key {
        "runs" if flow.is_manual() => ends(flow.runs, |runs| written(key, runs)),
        "minutes" => ends(flow.run.minutes, |minutes| minutes.to_string()).map(|words| format!("{words} minutes")),
        "records" => ends(flow.run.records, |records| records.to_string()),
        _ => None,
    }
}

fn of_entry(base: &Question, key: &str, stated: Option<&str>) -> String {
    match key {
        "owner" => format!("Who owns {}? {} is a guess.", base.name, shown(stated)),
        "product" | "kind" => format!("What is {}? {} is a guess.", base.name, shown(stated)),
        _ => of_key(key, &base.name, stated),
    }
}

fn of_key(key: &str, name: &str, stated: Option<&str>) -> String {
    format!("What is right for {} of {name}? {} is a guess.", key.replace('_', " "), shown(stated))
}
