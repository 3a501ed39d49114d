//! The sheet of questions: what is not known or guessed, each with the cell for its answer; answers are read into the
//! cells that they name.

use std::collections::BTreeMap;

use super::book::{Cell, Head, Look, Page};
use super::columns::{Column, Holds, Sheet, sheet_named, sheets};
use super::names::Names;
use super::raw::{QUESTIONS, Raw};
use super::table::{Given, Slot, Table};
use super::value::Value;
use super::vocabulary::folded;
use crate::model::{Stack, asking, word_of_list};
use crate::source::{CellPlace, CellText, Diagnostic, Diagnostics, Span};

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

/// What is not known of `stack`, of which `pages` are the sheets: a row for each key that is asked for, what prices
/// everything first, then how often and how long, then the rest by list, entry and key.
pub(super) fn of(stack: &Stack, names: &Names, pages: &[Page]) -> Vec<Question> {
    let places = places(pages);
    let mut all = asking::questions_of_rows(stack);
    let rank = |question: &asking::Question| {
        (!question.is_rate(), question.list != "settings", question.is_guess, question.list != "flows")
    };
    all.sort_by_key(rank);
    // Whether an entry is there at all is no value of a cell.
    all.retain(|question| !question.is_existence());
    let mut rows = Vec::new();
    for question in &all {
        let of = question.of.map(|team| names.label("team", stack.team(team).id.as_str())).unwrap_or_default();
        for ask in &question.asks {
            let key = format!("{}/{}/{}", question.list, question.entry, ask.key);
            let Some(place) = places.get(&key).cloned().or_else(|| new_row(ask, question, pages)) else { continue };
            let place = place.to_string();
            let words = if question.is_guess { confirm(question, &ask.key) } else { ask.ask.clone() };
            rows.push(Question { ask: words, of: of.clone(), place, answers: example(question, ask), key });
        }
    }
    rows.truncate(MOST);
    rows
}

/// The first free row of the sheet whose entries a question of the whole file asks for.
fn new_row(ask: &asking::Ask, question: &asking::Question, pages: &[Page]) -> Option<CellPlace> {
    let is_of = |page: &&Page| {
        sheet_named(page.name).is_some_and(|sheet| sheet.list() == ask.key && sheet.id_column().is_some())
    };
    let page = pages.iter().filter(|_| question.list == "settings").find(is_of)?;
    let row = u32::try_from(page.rows.len()).unwrap_or(u32::MAX - 2) + 2;
    Some(CellPlace { sheet: page.name.to_owned(), row, column: 1 })
}

/// The question about a guess, in the words of the sheet.
fn confirm(question: &asking::Question, key: &str) -> String {
    let sheet = sheets().iter().find(|sheet| sheet.list() == question.list && sheet.id_column().is_some());
    let heading = sheet.and_then(|sheet| Some(sheet.columns[sheet.of_key(key)?].heading.clone()));
    format!("\"{}\" of {} is a guess. What is right?", heading.as_deref().unwrap_or(key), question.name)
}

fn example(question: &asking::Question, ask: &asking::Ask) -> String {
    match ask.key.as_str() {
        _ if question.is_guess => "what the cell says, or better".to_owned(),
        "minutes" => "15, or 10 / 15 / 25".to_owned(),
        // A row of its own sheet begins with its name.
        "processes" => "Campaign launch".to_owned(),
        _ => ask.example.trim_matches(['[', ']', '"']).replace(',', ";"),
    }
}

/// The cell of each entry's key: `flows/draft-to-cms/minutes` in `Flows!H5`.
pub(super) type CellOf = BTreeMap<String, CellPlace>;

/// The key that a column stands for; that of guesses stands for the word for the whole entry.
pub(super) fn key_of(sheet: &Sheet, column: &Column) -> Option<String> {
    match column.holds {
        Holds::Guessed => Some(word_of_list(sheet.list()).to_owned()),
        Holds::Name => Some("name".to_owned()),
        _ => Some(column.key()).filter(|key| !key.is_empty()),
    }
}

pub(super) fn places(pages: &[Page]) -> CellOf {
    let mut places = CellOf::new();
    for page in pages {
        let Some(sheet) = sheet_named(page.name) else { continue };
        let number = |at: usize| u32::try_from(at).unwrap_or(u32::MAX - 2);
        let at = |column: usize, row: usize| CellPlace {
            sheet: page.name.to_owned(),
            row: number(row) + 2,
            column: number(column) + 1,
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
            for (number, column) in sheet.columns.iter().enumerate() {
                if let Some(key) = key_of(sheet, column) {
                    places.entry(format!("{}/{id}/{key}", sheet.list())).or_insert_with(|| at(number, row));
                }
            }
        }
    }
    places
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
        let guessed = sheet.find(|column| matches!(column.holds, Holds::Guessed));
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
