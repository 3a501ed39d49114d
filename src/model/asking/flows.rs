//! Questions about flows: how often, how long, who, and who notices when it stops.

use std::collections::BTreeMap;

use super::answers::{AnswersFrom, three};
use super::plausible::Plausible;
use super::{Ask, Question};
use crate::model::{Flow, Mechanism, Stack, TeamIx};
use crate::source::words::listed_few;

/// Targets of one entry that are named before the rest is counted.
const TARGETS: usize = 3;

/// Flows that one entry of the file states: several where it has a list of targets.
pub(super) struct Told<'s> {
    pub(super) stack: &'s Stack,
    /// Those that are asked about, at least one.
    pub(super) flows: Vec<&'s Flow>,
    /// The others of the entry, which an answer is for all the same.
    others: Vec<&'s Flow>,
}

/// All flows by entry, in their order; entries of which `is_meant` holds for no flow are left out.
pub(super) fn told<'s>(stack: &'s Stack, is_meant: impl Fn(&Flow) -> bool) -> Vec<Told<'s>> {
    let mut all: Vec<Told<'s>> = Vec::new();
    let mut places: BTreeMap<(u32, u32), usize> = BTreeMap::new();
    for flow in &stack.flows {
        // Only a flow of a list of targets has another place than its entry.
        let entry = (flow.entry != flow.place).then_some((flow.entry.start, flow.entry.end));
        let at = entry.and_then(|entry| places.get(&entry).copied()).unwrap_or_else(|| {
            places.extend(entry.map(|entry| (entry, all.len())));
            all.push(Told { stack, flows: Vec::new(), others: Vec::new() });
            all.len() - 1
        });
        let Told { flows, others, .. } = &mut all[at];
        if is_meant(flow) { flows.push(flow) } else { others.push(flow) }
    }
    all.retain(|told| !told.flows.is_empty());
    all
}

impl Told<'_> {
    pub(super) fn first(&self) -> &Flow {
        self.flows[0]
    }

    /// What it carries, in names: at most two, the rest counted.
    fn data(&self) -> String {
        let data = self.first().data.iter().map(|data| self.stack.data_object(*data).name.to_string());
        listed_few(&data.collect::<Vec<_>>(), 2)
    }

    fn from(&self) -> &str {
        &self.stack.system(self.first().from).name
    }

    fn to(&self) -> String {
        let to = self.flows.iter().map(|flow| self.stack.system(flow.to).name.to_string());
        listed_few(&to.collect::<Vec<_>>(), TARGETS)
    }

    /// `Draft from Jasper to WordPress`.
    pub(super) fn name(&self) -> String {
        format!("{} from {} to {}", self.data(), self.from(), self.to())
    }

    /// `from Jasper to WordPress`.
    pub(super) fn ends(&self) -> String {
        format!("from {} to {}", self.from(), self.to())
    }

    pub(super) fn carried(&self) -> String {
        self.data()
    }

    /// What a person does: `paste Draft from Jasper into WordPress`.
    pub(super) fn doing(&self) -> String {
        let (from, to, data) = (self.from(), self.to(), self.data());
        match self.first().mechanism {
            Mechanism::CopyPaste => format!("paste {data} from {from} into {to}"),
            Mechanism::ExportImport => format!("export {data} from {from} and import it into {to}"),
            Mechanism::Rekeying => format!("type {data} from {from} into {to}"),
            Mechanism::Message => format!("send {data} from {from} to {to} by mail or chat"),
            _ => format!("carry {data} from {from} to {to}"),
        }
    }

    /// `How often does Content paste Draft from Jasper into WordPress`.
    pub(super) fn how_often(&self) -> String {
        if !self.first().is_manual() {
            return format!("How often does {} go {}", self.data(), self.ends());
        }
        let who = self.first().performer.map_or("somebody", |team| &self.stack.team(team).name);
        format!("How often does {who} {}", self.doing())
    }

    /// Who may know: the performer, else who owns the target, else who owns the source.
    pub(super) fn of(&self) -> Option<TeamIx> {
        let owner = |system| self.stack.system(system).owner;
        let flow = self.first();
        flow.performer.filter(|_| flow.is_manual()).or(owner(flow.to)).or(owner(flow.from))
    }

    /// A question about these flows.
    pub(super) fn about(&self, asks: Vec<Ask>, ask: String) -> Question {
        let mut ids = self.flows.iter().chain(&self.others).map(|flow| flow.id.to_string());
        let entry = ids.next().unwrap_or_default();
        let base = Question::of_key("flows", "", ask, "");
        Question {
            entry,
            also: ids.collect(),
            name: self.name(),
            asks,
            of: self.of(),
            place: self.first().entry,
            ..base
        }
    }

    /// A question about one key of them.
    pub(super) fn key(&self, key: &str, ask: String, example: &str) -> Question {
        let asks = vec![Ask { key: key.to_owned(), ask: ask.clone(), example: example.to_owned() }];
        self.about(asks, ask)
    }
}

/// What is not known of each live flow that no standby is.
pub(super) fn questions(plausible: &Plausible<'_>) -> Vec<Question> {
    let stack = plausible.stack;
    let mut all = Vec::new();
    for told in told(stack, |flow| stack.is_live(flow) && !flow.is_standby) {
        let flow = told.first();
        if flow.is_manual() {
            all.extend(effort(&told, plausible));
            all.extend(flow.performer.is_none().then(|| {
                let words = format!("Who carries {}?", told.name());
                told.key("performer", words, "a team").with_choice(&plausible.teams)
            }));
        } else if flow.watched_by.is_none() {
            let words = format!("Who notices when the flow of {} stops?", told.name());
            let mut answers = plausible.teams.clone();
            answers.push("nobody".to_owned());
            all.push(told.key("watched_by", words, "nobody").with_choice(&answers));
        }
        all.extend(review(&told, plausible));
    }
    all
}

/// How often and how long: one question where neither is known, as one alone gives no hours.
fn effort(told: &Told<'_>, plausible: &Plausible<'_>) -> Option<Question> {
    let flow = told.first();
    let (doing, often) = (told.doing(), told.how_often());
    let ask = |key: &str, ask: String, example: &str| Ask { key: key.to_owned(), ask, example: example.to_owned() };
    let mut asks = Vec::new();
    if flow.runs.is_none() {
        asks.push(ask("runs", format!("{often}?"), "3/week"));
    }
    if flow.run.minutes.is_none() && flow.run.minutes_per_record.is_none() {
        asks.push(ask("minutes", format!("How many minutes does it take to {doing}?"), "[10, 15, 25]"));
    } else if flow.run.minutes.is_none() && flow.run.records.is_none() {
        asks.push(ask("records", format!("How many records are there each time people {doing}?"), "20"));
    }
    let words = match asks.as_slice() {
        [] => return None,
        [one] => one.ask.clone(),
        [_, other] if other.key == "minutes" => format!("{often}, and how long does it take?"),
        _ => format!("{often}, and with how many records?"),
    };
    let mut from = AnswersFrom::Stack;
    let mut ends = Vec::new();
    for ask in &asks {
        let (three, of) = plausible.spread(&ask.key)?;
        ends.push((ask.key.as_str(), three));
        if of == AnswersFrom::Table {
            from = of;
        }
    }
    // Beside a stated peak, runs that are plausible elsewhere may contradict it.
    let answers = if flow.run.peak.is_some() && flow.runs.is_none() { Vec::new() } else { three(&ends) };
    Some(Question { answers, from, ..told.about(asks, words) })
}

/// What the hours of a review lack: minutes, or the runs of a flow that nobody carries.
fn review(told: &Told<'_>, plausible: &Plausible<'_>) -> Option<Question> {
    let flow = told.first();
    let review = flow.review()?;
    let of = review.by.or(told.of());
    if review.minutes.is_none() {
        let words = format!("How many minutes does the review of {} take each time?", told.name());
        let one = told.key("review.minutes", words, "10");
        let answers = plausible.spread("minutes").map(|(ends, from)| (three(&[("minutes", ends)]), from));
        let (answers, from) = answers.unwrap_or((Vec::new(), AnswersFrom::Choice));
        return Some(Question { answers, from, of, ..one });
    }
    let is_open = flow.runs.is_none() && !flow.is_manual();
    is_open
        .then(|| Question { of, ..told.key("runs", format!("{}?", told.how_often()), "3/week").with_spread(plausible) })
}
