//! Questions about flows: how often, how long, who, and who notices when it stops.

use super::answers::{AnswersFrom, choice, spread, three};
use super::{Ask, Question};
use crate::model::{Flow, Mechanism, Stack};
use crate::source::words::listed_few;

/// Teams that are named as answers.
const TEAMS: usize = 6;

/// The teams that an answer may name, by id.
pub(super) fn teams(stack: &Stack) -> Vec<String> {
    stack.teams.iter().take(TEAMS).map(|team| team.id.to_string()).collect()
}

/// What a flow carries, in names: at most two, the rest counted.
pub(super) fn carried(stack: &Stack, flow: &Flow) -> String {
    let data: Vec<String> = flow.data.iter().map(|data| stack.data_object(*data).name.to_string()).collect();
    listed_few(&data, 2)
}

/// `Draft from Jasper to WordPress`.
pub(super) fn from_to(stack: &Stack, flow: &Flow) -> String {
    let [from, to] = [flow.from, flow.to].map(|system| stack.system(system).name.to_string());
    format!("{} from {from} to {to}", carried(stack, flow))
}

/// What a person does: `paste Draft from Jasper into WordPress`.
fn doing(stack: &Stack, flow: &Flow) -> String {
    let [from, to] = [flow.from, flow.to].map(|system| stack.system(system).name.to_string());
    let data = carried(stack, flow);
    match flow.mechanism {
        Mechanism::CopyPaste => format!("paste {data} from {from} into {to}"),
        Mechanism::ExportImport => format!("export {data} from {from} and import it into {to}"),
        Mechanism::Rekeying => format!("type {data} from {from} into {to}"),
        Mechanism::Message => format!("send {data} from {from} to {to} by mail or chat"),
        _ => format!("carry {data} from {from} to {to}"),
    }
}

/// What is not known of each live flow that no standby is.
pub(super) fn questions(stack: &Stack) -> Vec<Question> {
    let mut all = Vec::new();
    for (_, flow) in stack.live_flows().filter(|(_, flow)| !flow.is_standby) {
        if flow.is_manual() {
            all.extend(effort(stack, flow));
            all.extend(flow.performer.is_none().then(|| performer(stack, flow)));
        } else if flow.watched_by.is_none() {
            all.push(watched_by(stack, flow));
        }
    }
    all
}

fn of_flow(flow: &Flow, asks: Vec<Ask>, ask: String) -> Question {
    Question {
        list: "flows",
        entry: flow.id.to_string(),
        asks,
        ask,
        of: flow.performer,
        is_guess: false,
        answers: Vec::new(),
        from: AnswersFrom::Choice,
        place: flow.place,
    }
}

/// How often and how long: one question where neither is known, as one alone gives no hours.
fn effort(stack: &Stack, flow: &Flow) -> Option<Question> {
    let who = flow.performer.map_or_else(|| "somebody".to_owned(), |team| stack.team(team).name.to_string());
    let doing = doing(stack, flow);
    let often = || format!("How often does {who} {doing}");
    let ask = |key: &str, ask: String, example: &str| Ask { key: key.to_owned(), ask, example: example.to_owned() };
    let mut asks = Vec::new();
    if flow.runs.is_none() {
        asks.push(ask("runs", format!("{}?", often()), "3/week"));
    }
    if flow.minutes.is_none() && flow.minutes_per_record.is_none() {
        asks.push(ask("minutes", format!("How many minutes does it take to {doing}?"), "[10, 15, 25]"));
    } else if flow.minutes.is_none() && flow.records.is_none() {
        asks.push(ask("records", format!("How many records are there each time people {doing}?"), "20"));
    }
    let words = match asks.as_slice() {
        [] => return None,
        [one] => one.ask.clone(),
        [_, other] if other.key == "minutes" => format!("{}, and how long does it take?", often()),
        _ => format!("{}, and with how many records?", often()),
    };
    let mut from = AnswersFrom::Stack;
    let mut ends = Vec::new();
    for ask in &asks {
        let (three, of) = spread(stack, &ask.key)?;
        ends.push((ask.key.as_str(), three));
        if of == AnswersFrom::Table {
            from = of;
        }
    }
    let answers = three(&ends);
    Some(Question { answers, from, ..of_flow(flow, asks, words) })
}

fn performer(stack: &Stack, flow: &Flow) -> Question {
    let words = format!("Who carries {}?", from_to(stack, flow));
    let answers = choice(&teams(stack));
    let ask = Ask { key: "performer".into(), ask: words.clone(), example: "a team".into() };
    Question { answers, ..of_flow(flow, vec![ask], words) }
}

fn watched_by(stack: &Stack, flow: &Flow) -> Question {
    let words = format!("Who notices when {} stops?", from_to(stack, flow));
    let mut words_of = teams(stack);
    words_of.push("nobody".to_owned());
    let ask = Ask { key: "watched_by".into(), ask: words.clone(), example: "a team, or nobody".into() };
    let of = stack.system(flow.to).owner.or(stack.system(flow.from).owner);
    Question { answers: choice(&words_of), of, ..of_flow(flow, vec![ask], words) }
}
