//! Each plausible answer, typed into the place that its question names, is read back: the question is gone, and nothing else
//! has changed.

use proptest::prelude::*;
use sinew::edit::{Change, Editor, Pair, Piece, Place, Said};
use sinew::model::asking::Answer;
use sinew::model::outline::Outline;
use sinew::plan::questions::by_year;
use sinew::source::{Diagnostics, Limits, Node, Span, parse};
use sinew::workbook::{CsvFile, csv, read_csv};

use super::*;
use crate::judgement::stacks::{files, stack_and_source};
use crate::spreadsheet::laws::csv_rows;
use crate::support::any_stack::{Dice, stack_text};
use crate::support::random_stack::cases;

/// Where a line and a column are in a text.
fn offset(text: &str, line: u32, column: u32) -> u32 {
    let begin: usize = text.split_inclusive('\n').take(line as usize - 1).map(str::len).sum();
    let at: usize = text[begin..].chars().take(column as usize - 1).map(char::len_utf8).sum();
    (begin + at) as u32
}

fn tree<'a>(source: &'a Source) -> Node<'a> {
    parse(source, &Limits::default(), &mut Diagnostics::default()).expect("it was read before")
}

fn holds(span: Span, at: u32) -> bool {
    span.start <= at && at <= span.end
}

/// The value of a line of a stack file.
fn piece(text: &str) -> Piece {
    let source = Source::new("value", format!("v: {text}"));
    Piece::of(&tree(&source)).get("v").expect("it is a value").clone()
}

/// The text with an answer typed in by the editor, at the place that the shown question names.
fn typed(source: &Source, question: &sinew::model::asking::Question, shown: &Question, answer: &Answer) -> String {
    let root = tree(source);
    let at = offset(source.text(), shown.place.line, shown.place.column);
    let mut place = Place::root(&root);
    let mut editor = Editor::new(source);
    let mut wanted = Piece::of(&root).json();
    let mut path: Vec<serde_json::Value> = Vec::new();
    if question.list != "settings" {
        let list = place.entries().iter().position(|entry| entry.key == question.list).expect("its list is there");
        place = place.entry(list);
        path.push(question.list.into());
        let entries =
            place.entries().iter().map(|entry| Span { start: entry.key_span.start, end: entry.node.span.end });
        match place.items().is_empty() {
            true => {
                let entry =
                    entries.collect::<Vec<_>>().iter().position(|span| holds(*span, at)).expect("an entry is there");
                path.push((*place.entries()[entry].key).into());
                if question.is_existence() && answer.values[0] == "no" {
                    unreachable!("only a flow is plausibly not there");
                }
                place = place.entry(entry);
            }
            false => {
                let item = place.items().iter().position(|item| holds(item.span, at)).expect("an item is there");
                if question.is_existence() && answer.values[0] == "no" {
                    editor.change(
                        "take it out",
                        place,
                        &Change { remove: [item].into(), are_entries: true, ..Change::default() },
                    );
                    wanted[question.list].as_array_mut().unwrap().remove(item);
                    if wanted[question.list].as_array().unwrap().is_empty() {
                        wanted[question.list] = serde_json::Value::Null;
                    }
                    return editor.finish(&wanted).unwrap_or_else(|refused| panic!("{refused:?}"));
                }
                path.push(item.into());
                place = place.item(item);
            }
        }
    }
    for (key, value) in question.keys().zip(&answer.values) {
        if !question.is_existence() {
            write(&mut editor, place, &key.split('.').collect::<Vec<_>>(), piece(value));
        }
        confirm(&mut editor, place, key);
        let entry = path.iter().fold(&mut wanted, |json, part| match part.as_u64() {
            Some(at) => &mut json[at as usize],
            None => &mut json[part.as_str().unwrap()],
        });
        if !question.is_existence() {
            *key.split('.').fold(&mut *entry, |json, part| &mut json[part]) = piece(value).json();
        }
        forget(entry, key);
    }
    editor.finish(&wanted).unwrap_or_else(|refused| panic!("{}: {refused:?}\n{}", question.id(), source.text()))
}

/// Writes a value behind keys within one another.
fn write(editor: &mut Editor<'_>, place: Place<'_>, keys: &[&str], value: Piece) {
    let found = place.entries().iter().position(|entry| entry.key == keys[0]);
    match (found, keys.len()) {
        (Some(at), 1) => {
            let set = vec![(at, value, Said::default())];
            editor.change("answer", place, &Change { set, ..Change::default() });
        }
        (Some(at), _) if !place.entry(at).entries().is_empty() => write(editor, place.entry(at), &keys[1..], value),
        (found, _) => {
            let within = keys[1..].iter().rev().fold(value, |value, key| Piece::Map(vec![Pair::new(*key, value)]));
            let change = match found {
                Some(at) => Change { set: vec![(at, within, Said::default())], ..Change::default() },
                None => Change { add: vec![Pair::new(keys[0], within)], ..Change::default() },
            };
            editor.change("answer", place, &change);
        }
    }
}

/// Takes a key out of the marks of guesses.
fn confirm(editor: &mut Editor<'_>, place: Place<'_>, key: &str) {
    let Some(basis) = place.entries().iter().position(|entry| entry.key == "basis") else { return };
    let basis = place.entry(basis);
    let Some(guessed) = basis.entries().iter().position(|entry| entry.key == "guessed") else { return };
    let words = basis.entry(guessed);
    let of = |node: &Node<'_>| Piece::of(node).scalar().is_some_and(|word| word.trim() == key);
    let left: Vec<Piece> = words.items().iter().filter(|node| !of(node)).map(Piece::of).collect();
    let is_one = words.items().is_empty() && of(words.node());
    if is_one || left.len() < words.items().len() {
        let set = vec![(guessed, Piece::List(left), Said::default())];
        editor.change("confirm", basis, &Change { set, ..Change::default() });
    }
}

/// The same in the file that is meant.
fn forget(entry: &mut serde_json::Value, key: &str) {
    let Some(guessed) = entry.get_mut("basis").and_then(|basis| basis.get_mut("guessed")) else { return };
    match guessed {
        serde_json::Value::Array(words) => words.retain(|word| word.as_str().is_none_or(|word| word.trim() != key)),
        serde_json::Value::String(word) if word.trim() == key => *guessed = serde_json::Value::Null,
        _ => {}
    }
    if guessed.as_array().is_some_and(Vec::is_empty) {
        *guessed = serde_json::Value::Null;
    }
}

/// The answered stack has not the question any more, and differs in nothing but what was asked.
fn assert_answered(before: &Stack, after: &Stack, question: &sinew::model::asking::Question, how: &str) {
    let id = question.id();
    let left = sinew::model::asking::questions(after);
    let still = left.iter().find(|one| {
        one.list == question.list && one.entry == question.entry && one.keys().any(|key| question.has(key))
    });
    assert!(still.is_none(), "{how}: {id} is still asked: {still:?}");
    let entries: Vec<&str> = question.entries().collect();
    for change in Outline::of(before).changes(&Outline::of(after)) {
        let is_of_entry = match question.list {
            "settings" => change.list.is_none(),
            list => {
                change.list.as_deref() == Some(list) && change.entry().is_some_and(|entry| entries.contains(&entry))
            }
        };
        let key = change.key();
        let is_asked = match &key {
            Some(key) => {
                let is_within = |asked: &str| {
                    key == asked || asked.starts_with(&format!("{key}.")) || key.starts_with(&format!("{asked}."))
                };
                question.keys().any(is_within) || key == "basis" || key == "basis.guessed"
            }
            None => question.is_existence(),
        };
        assert!(is_of_entry && is_asked, "{how}: {id} changed {change:?}");
    }
}

/// A cell of an exported workbook with another value.
fn filled(files: &mut [CsvFile], place: &str, value: impl FnOnce(&str) -> String) {
    let (sheet, cell) = place.rsplit_once('!').expect("Sheet!Cell");
    let letters: String = cell.chars().take_while(char::is_ascii_alphabetic).collect();
    let column = letters.bytes().fold(0, |sum, letter| sum * 26 + usize::from(letter - b'A') + 1) - 1;
    let row: usize = cell[letters.len()..].parse::<usize>().unwrap() - 1;
    let file = files.iter_mut().find(|file| file.name == format!("{sheet}.csv")).expect("the sheet is there");
    let mut rows = csv_rows(&file.bytes);
    let at = &mut rows[row][column];
    *at = value(at);
    let quoted = |cell: &String| format!("\"{}\"", cell.replace('"', "\"\""));
    let line = |row: &Vec<String>| row.iter().map(quoted).collect::<Vec<_>>().join(",") + "\n";
    file.bytes = rows.iter().map(line).collect::<String>().into_bytes();
}

/// A value of a stack file as it stands in a cell; nothing for what only the hidden sheet can hold.
fn in_a_cell(value: &str) -> Option<String> {
    match piece(value) {
        Piece::Scalar { text, .. } => Some(text),
        Piece::List(items) if items.is_empty() => Some("none".to_owned()),
        Piece::List(items) => {
            let words: Option<Vec<&str>> = items.iter().map(Piece::scalar).collect();
            words.filter(|words| !words.iter().any(|word| word.contains([';', ',']))).map(|words| words.join("; "))
        }
        _ => None,
    }
}

/// The stack of the exported workbook with an answer in the cells that the question names.
fn in_the_workbook(
    stack: &Stack,
    question: &sinew::model::asking::Question,
    shown: &Question,
    answer: &Answer,
) -> Option<Stack> {
    let mut files = csv(stack);
    let entries = question.entries().count();
    for (at, place) in shown.cells.iter().enumerate() {
        let cell = in_a_cell(&answer.values[at / entries])?;
        filled(&mut files, place, |_| cell);
    }
    if question.is_guess {
        let word = match question.list {
            "systems" => "system",
            "teams" => "team",
            "processes" => "process",
            "flows" => "flow",
            _ => "data",
        };
        let cells = sinew::workbook::cells_of_export(stack);
        for entry in question.entries() {
            let guessed = &cells[&format!("{}/{entry}/{word}", question.list)];
            filled(&mut files, &guessed.to_string(), |words| {
                let left: Vec<&str> = words.split("; ").filter(|word| !question.has(word)).collect();
                left.join("; ")
            });
        }
    }
    let opened = read_csv("stack", &files, &mut sinew::model::not_opened).unwrap().expect("it is a workbook of ours");
    let problems = sinew::source::render(&opened.source, &opened.reading.problems, false);
    Some(opened.reading.stack.unwrap_or_else(|| panic!("{}: {problems}", question.id())))
}

/// Every plausible answer of every question of a file, in its text and in its workbook; of many, every few.
fn check(text: &str, most: usize) -> (usize, usize) {
    let (stack, source) = stack_and_source(text);
    let asked = by_year(&Analysis::of(&stack));
    let shown = shown(&stack, &source, &asked);
    let all: Vec<(usize, &Answer)> = asked
        .iter()
        .enumerate()
        .flat_map(|(at, one)| one.question.answers.iter().map(move |answer| (at, answer)))
        .collect();
    let step = all.len().div_ceil(most).max(1);
    let (mut in_text, mut in_cells) = (0, 0);
    for (at, answer) in all.into_iter().step_by(step) {
        let (question, shown) = (&asked[at].question, &shown[at]);
        assert_eq!(question.id(), shown.id);
        let edited = typed(&source, question, shown, answer);
        let (after, _) = stack_and_source(&edited);
        assert_answered(&stack, &after, question, "in the text");
        in_text += 1;
        // Whether an entry is there is no value of a cell.
        if !shown.cells.is_empty() && !question.is_existence() {
            let Some(after) = in_the_workbook(&stack, question, shown, answer) else { continue };
            assert_answered(&stack, &after, question, "in the workbook");
            in_cells += 1;
        }
    }
    (in_text, in_cells)
}

#[test]
fn answers_of_every_example_are_read_back_from_where_they_are_typed() {
    let mut all = (0, 0);
    for path in files("examples/stacks").into_iter().chain(files("tests/golden")) {
        let found = check(&std::fs::read_to_string(&path).unwrap(), 25);
        all = (all.0 + found.0, all.1 + found.1);
    }
    assert!(all.0 > 150 && all.1 > 100, "{all:?}");
}

proptest! {
    #![proptest_config(cases(8))]

    #[test]
    fn answers_of_random_stacks_are_read_back_from_where_they_are_typed(seed: u64) {
        let text = stack_text(&mut Dice::new(seed));
        prop_assume!(sinew::model::read(&Source::new("stack.yaml", text.clone())).stack.is_some());
        check(&text, 12);
    }
}
