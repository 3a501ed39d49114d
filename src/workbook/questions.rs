//! The sheet of questions: what is not known or guessed, each with the cell for its answer; answers are read into the
//! cells that they name.

use std::collections::BTreeMap;

use super::book::{Cell, Head, Look, Page};
use super::columns::{sheet_named, sheet_of};
use super::names::Names;
use super::raw::{QUESTIONS, Raw};
use super::table::{Given, Slot, Table};
use super::value::Value;
use super::vocabulary::folded;
use crate::model::{Flow, Stack};
use crate::source::{CellText, Diagnostic, Diagnostics, Span, column_letters};

/// One question.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Question {
    pub(super) ask: String,
    /// Who may know.
    pub(super) of: String,
    /// The cell that takes the answer.
    pub(super) place: String,
    /// What an answer may look like.
    pub(super) answers: String,
    /// The list, the entry and the key: `flows/draft-to-cms/minutes`.
    pub(super) key: String,
}

/// Most questions of a workbook: more are no help.
const MOST: usize = 500;

/// What is not known of `stack`, of which `pages` are the sheets: what prices everything first, then manual flows, then the
/// rest of what a report cannot say.
pub(super) fn of(stack: &Stack, names: &Names, pages: &[Page]) -> Vec<Question> {
    let asking = Asking { stack, names, places: places(pages) };
    let mut all = asking.settings();
    all.extend(asking.manual_flows());
    all.extend(asking.systems());
    all.extend(asking.guesses());
    let mut known = std::collections::BTreeSet::new();
    all.retain(|question| known.insert(question.key.clone()));
    all.truncate(MOST);
    all
}

/// The cell of each entry's key: `flows/draft-to-cms/minutes` in `Flows!H5`.
type CellOf = BTreeMap<String, String>;

fn places(pages: &[Page]) -> CellOf {
    let mut places = CellOf::new();
    for page in pages {
        let Some(sheet) = sheet_named(page.name) else { continue };
        let at = |column: usize, row: usize| {
            let letters = column_letters(u32::try_from(column + 1).unwrap_or(1));
            format!("{}!{letters}{}", page.name, row + 2)
        };
        for (row, cells) in page.rows.iter().enumerate() {
            if sheet.columns.is_empty() {
                let key = cells.get(3).map(|cell| cell.value.text()).unwrap_or_default();
                places.insert(format!("settings//{key}"), at(1, row));
                continue;
            }
            let Some(id) = sheet.id_column().and_then(|at| cells.get(at)).map(|cell| cell.value.text()) else {
                continue;
            };
            for (number, column) in sheet.columns.iter().enumerate().filter(|(_, column)| !column.path.is_empty()) {
                places.insert(format!("{}/{id}/{}", sheet.list(), column.key()), at(number, row));
            }
        }
    }
    places
}

struct Asking<'a> {
    stack: &'a Stack,
    names: &'a Names,
    places: CellOf,
}

impl Asking<'_> {
    fn question(&self, key: String, ask: String, of: String, answers: &str) -> Option<Question> {
        let place = self.places.get(&key)?.clone();
        Some(Question { ask, of, place, answers: answers.to_owned(), key })
    }

    fn settings(&self) -> Vec<Question> {
        let stack = self.stack;
        let has_work = stack.flows.iter().any(|flow| flow.is_manual() && stack.rate(flow.performer).is_none());
        let is_dated = stack.systems.iter().any(|system| system.is_ai() || system.contract.renews.is_some());
        let mut all = Vec::new();
        let mut add = |is_asked: bool, key: &str, ask: &str, answers: &str| {
            if is_asked {
                all.extend(self.question(format!("settings//{key}"), ask.to_owned(), String::new(), answers));
            }
        };
        add(
            stack.hourly_rate.is_none() && has_work,
            "hourly_rate",
            "What does an hour of manual work cost, all included? Without it no cost is known.",
            "85",
        );
        add(
            stack.as_of.is_none() && is_dated,
            "as_of",
            "As of which day does all this hold? Without it no date is judged.",
            "2026-11-21",
        );
        all
    }

    fn team(&self, team: Option<crate::model::TeamIx>) -> String {
        team.map(|team| self.names.label("team", self.stack.team(team).id.as_str())).unwrap_or_default()
    }

    /// `draft from Jasper to WordPress`.
    fn flow(&self, flow: &Flow) -> String {
        let data: Vec<String> = flow.data.iter().map(|data| self.stack.data_object(*data).name.to_string()).collect();
        let name = |system| self.stack.system(system).name.clone();
        let data = crate::source::words::listed_few(&data, 2);
        format!("{data} from {} to {}", name(flow.from), name(flow.to))
    }

    fn manual_flows(&self) -> Vec<Question> {
        let mut all = Vec::new();
        let manual = self.stack.live_flows().filter(|(_, flow)| flow.is_manual() && !flow.is_standby);
        for (_, flow) in manual {
            let (words, who) = (self.flow(flow), self.team(flow.performer));
            let mut add = |is_asked: bool, key: &str, ask: String, answers: &str| {
                if is_asked {
                    all.extend(self.question(format!("flows/{}/{key}", flow.id.as_str()), ask, who.clone(), answers));
                }
            };
            add(flow.runs.is_none(), "runs", format!("How often does somebody carry {words}?"), "3/week");
            let is_timed = flow.minutes.is_some() || flow.minutes_per_record.is_some();
            add(
                !is_timed,
                "minutes",
                format!("How many minutes does it take to carry {words}?"),
                "15, or 10 / 15 / 25",
            );
            add(flow.performer.is_none(), "performer", format!("Who carries {words}?"), "a team");
        }
        all
    }

    fn systems(&self) -> Vec<Question> {
        let mut all = Vec::new();
        for (_, system) in self.stack.live_systems().filter(|(_, system)| system.is_ai()) {
            let mut add = |is_asked: bool, key: &str, ask: String, answers: &str| {
                if is_asked {
                    let of = self.team(system.owner);
                    all.extend(self.question(format!("systems/{}/{key}", system.id.as_str()), ask, of, answers));
                }
            };
            let name = &system.name;
            add(system.owner.is_none(), "owner", format!("Who owns {name}?"), "a team");
            add(
                system.security_review.is_none(),
                "security_review",
                format!("When was the security of {name} reviewed?"),
                "2026-03-02",
            );
        }
        for (_, process) in self.stack.all_processes().filter(|(_, process)| process.outage_cost.is_none()) {
            let ask = format!("What does an hour without {} cost?", process.name);
            let of = self.team(process.owner);
            all.extend(self.question(format!("processes/{}/outage_cost", process.id.as_str()), ask, of, "1200"));
        }
        all
    }

    /// Guessed keys: the answer that confirms is what the cell holds.
    fn guesses(&self) -> Vec<Question> {
        let stack = self.stack;
        let mut all = Vec::new();
        let mut add = |list: &str, id: &str, name: String, keys: &[String]| {
            let sheet = sheet_named(match list {
                "systems" => sheet_of("system"),
                "teams" => sheet_of("team"),
                "data" => sheet_of("data object"),
                "processes" => sheet_of("process"),
                _ => "Flows",
            });
            for key in keys {
                let Some(at) = sheet.and_then(|sheet| sheet.of_key(key)) else { continue };
                let heading = sheet.map(|sheet| sheet.columns[at].heading.clone()).unwrap_or_default();
                let ask = format!("\"{heading}\" of {name} is a guess. What is right?");
                all.extend(self.question(
                    format!("{list}/{id}/{key}"),
                    ask,
                    String::new(),
                    "what the cell says, or better",
                ));
            }
        };
        for flow in &stack.flows {
            add("flows", flow.id.as_str(), self.flow(flow), flow.remarks.guessed());
        }
        macro_rules! named {
            ($($list:ident)*) => {$(
                for one in &stack.$list {
                    add(stringify!($list), one.id.as_str(), one.name.to_string(), one.remarks.guessed());
                }
            )*};
        }
        named!(systems data teams processes);
        all
    }
}

/// The sheet of these questions.
pub(super) fn page(questions: &[Question]) -> Page {
    let head = |heading: &str, doc: &str, look| Head {
        heading: heading.to_owned(),
        doc: doc.to_owned(),
        look,
        ..Head::default()
    };
    let heads = vec![
        head("Question", "What is not known, or only guessed.", Look::Usual),
        head("Answer", "Write the answer here, or into the cell itself.", Look::Needed),
        head("For example", "What an answer may look like.", Look::Usual),
        head("Ask", "Who may know.", Look::Usual),
        head("Cell", "The cell that the answer fills.", Look::Usual),
        head("Key", "What keeps the answer with its cell when rows move.", Look::Grey),
    ];
    let row = |one: &Question| {
        let texts = [&one.ask, "", &one.answers, &one.of, &one.place, &one.key];
        texts.map(|text: &str| Cell::from(Value::of(text))).to_vec()
    };
    Page { name: QUESTIONS, heads, rows: questions.iter().map(row).collect(), grows: false }
}

/// An answer that somebody wrote.
#[derive(Clone, Debug)]
struct Answer {
    list: String,
    id: String,
    key: String,
    value: Value,
    span: Span,
}

/// Fills the cells that answered questions name. An answer beside another value in its cell is told.
pub(super) fn answer(
    raw: &Raw,
    tables: &mut [Table],
    given: &mut [Given],
    text: &mut CellText,
    problems: &mut Diagnostics,
) {
    for answer in answers(raw, text) {
        let Answer { list, id, key, value, span } = answer;
        if list == "settings" {
            match given.iter_mut().find(|one| one.path.join(".") == key) {
                Some(one) => fill(&mut one.cell.value, &mut one.cell.span, value, span, false, problems),
                None => problems.push(lost(&key, span)),
            }
            continue;
        }
        let table = tables.iter_mut().find(|table| table.sheet.list() == list && table.sheet.id_column().is_some());
        let found = table.and_then(|table| {
            let (sheet, at) = (table.sheet, table.sheet.of_key(&key)?);
            let id_at = sheet.id_column();
            Some((sheet, at, table.rows.iter_mut().find(|row| row.text(id_at) == id)?))
        });
        let Some((sheet, at, row)) = found else {
            problems.push(lost(&id, span));
            continue;
        };
        let guessed = sheet.find(|column| matches!(column.holds, super::columns::Holds::Guessed));
        let is_guess = row.text(guessed).split([';', ',']).any(|word| {
            let word = word.trim();
            word == key || folded(word) == folded(&sheet.columns[at].heading)
        });
        row.answered.push(key);
        let cell = row.cells.entry(Slot::Known(at));
        let cell = cell.or_insert_with(|| super::table::Cell { value: Value::Empty, span });
        fill(&mut cell.value, &mut cell.span, value, span, is_guess, problems);
    }
}

fn fill(at: &mut Value, place: &mut Span, value: Value, span: Span, is_guess: bool, problems: &mut Diagnostics) {
    let is_same = at.text().trim() == value.text().trim();
    if !at.is_empty() && !is_guess && !is_same {
        let message = format!("the answer is `{}`, and the cell says `{}`", value.text(), at.text());
        problems.push(
            Diagnostic::error("two-answers", span, message)
                .related(*place, "the cell that the question names")
                .help("empty one of the two"),
        );
        return;
    }
    *at = value;
    *place = span;
}

fn lost(what: &str, span: Span) -> Diagnostic {
    let message = format!("the row of `{what}` that the answer belongs to is not there any more");
    Diagnostic::warning("answer-without-cell", span, message).help("write the answer into its cell, or empty it here")
}

/// The answers that are filled in.
fn answers(raw: &Raw, text: &mut CellText) -> Vec<Answer> {
    let mut found = Vec::new();
    let Some(sheet) = raw.sheets.get(QUESTIONS) else { return found };
    let heads = sheet.rows.iter().next();
    let column = |word: &str| {
        heads.and_then(|(_, cells)| cells.iter().find(|(_, value)| folded(&value.text()) == word).map(|(at, _)| *at))
    };
    let (Some(answer), Some(key)) = (column("answer"), column("key")) else { return found };
    let ask = column("question");
    for (number, cells) in sheet.rows.iter().skip(1) {
        let (Some(value), Some(place)) = (cells.get(&answer), cells.get(&key)) else { continue };
        let place = place.text();
        // The id of a flow holds no stroke, nor does a key.
        let mut parts = place.splitn(2, '/');
        let (list, rest) = (parts.next().unwrap_or_default(), parts.next().unwrap_or_default());
        let Some((id, key)) = rest.rsplit_once('/') else { continue };
        text.line(&sheet.name, *number);
        if let Some((at, asked)) = ask.and_then(|at| Some((at, cells.get(&at)?))) {
            text.cell(at, "", &asked.text());
        }
        let span = text.cell(answer, "Answer", &value.text());
        let (list, id, key) = (list.to_owned(), id.to_owned(), key.to_owned());
        found.push(Answer { list, id, key, value: value.clone(), span });
    }
    found
}
