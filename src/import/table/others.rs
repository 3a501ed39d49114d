//! Rows that are teams, data objects or processes, and lines beside the tables that set something of the whole stack.

use super::cell::{Cell, Content, parts};
use super::reader::{Reader, Row, number, written};
use super::systems::share;
use crate::catalog::people::meaning;
use crate::grid::{At, Sheet, Value as CellValue};
use crate::import::draft::{DraftNeed, Entry, EntryKey, Given, Value};
use crate::model::spoken::{self, SpokenDay};

pub(super) fn team(reader: &mut Reader<'_>, row: &Row) {
    let Some(key) = row.get("team").cloned().and_then(|cell| reader.team(&cell)) else {
        return reader.drop_row("row", row.place.clone(), "it names no team");
    };
    let mut entry = Entry::default();
    let whole = |cell: &Cell| {
        spoken::count(&cell.figure()).filter(|count| count.range[1] >= 1.0 && count.range[1].fract() == 0.0)
    };
    reader.figure(&mut entry, row, ("people", "people"), whole, number);
    reader.money(&mut entry, row, "hourly_rate", "money per hour");
    reader.figure(&mut entry, row, ("availability", "availability"), |cell| spoken::part(&cell.text), share);
    reader.remarks(row, &mut entry, &[]);
    reader.cite(row, &mut entry);
    if let Some(team) = reader.draft.teams.get_mut(&key) {
        team.entry.add(entry);
    }
    reader.gave(vec![EntryKey::Team(key)]);
}

pub(super) fn data(reader: &mut Reader<'_>, row: &Row) {
    let Some(id) = row.get("data").cloned().and_then(|cell| reader.object(&cell.text, &row.place)) else {
        return reader.drop_row("row", row.place.clone(), "it names no data object");
    };
    let mut entry = Entry::default();
    for field in ["personal", "content"] {
        if let Some(flag) = reader.read(row, field, Cell::flag) {
            entry.set(field, Given::stated(Value::Literal(flag.to_string())));
        }
    }
    if let Some(cell) = row.get("master").cloned()
        && let Some(system) = reader.names.system(&cell.text, reader.left_out)
    {
        reader.system(&system, &cell.place);
        entry.set("master", Given::stated(Value::System(system.named.key)));
    }
    reader.remarks(row, &mut entry, &[]);
    reader.cite(row, &mut entry);
    if let Some(held) = reader.draft.data.get_mut(&id) {
        held.add(entry);
    }
    reader.gave(vec![EntryKey::Data(id)]);
}

pub(super) fn process(reader: &mut Reader<'_>, row: &Row) {
    let name = row.get("process").map(|cell| reader.left_out.clean(&cell.text)).unwrap_or_default();
    if name.is_empty() {
        return reader.drop_row("row", row.place.clone(), "it names no process");
    }
    let origin = reader.origin(&row.place, &format!("process/{}", crate::import::clean::slug(&name, "process")));
    let key = reader.draft.process(&name, origin);
    let mut entry = Entry::default();
    if let Some(cell) = row.get("owner").cloned()
        && let Some(team) = reader.team(&cell)
    {
        entry.set("owner", Given::stated(Value::Team(team)));
    }
    reader.money(&mut entry, row, "outage_cost", "money per hour");
    let age = |cell: &Cell| spoken::duration(&cell.text);
    if let Some(tolerates) = reader.read(row, "tolerates", age) {
        let said = row.get("tolerates").and_then(|cell| reader.said(cell, &tolerates));
        entry.set("tolerates", Given { guess: None, value: Value::Literal(tolerates), said });
    }
    let max_age = reader.read(row, "max_age", age);
    reader.remarks(row, &mut entry, &[]);
    reader.cite(row, &mut entry);
    let mut entries = vec![EntryKey::Process(key.clone())];
    let mut needs = Vec::new();
    let at = row.get("at").cloned();
    for cell in row.all("data").iter().chain(row.all("needs")) {
        for part in parts(&cell.text).iter().flat_map(|part| part.split(',')) {
            let (what, place) = needed(part);
            let systems = match (place, &at) {
                (Some(place), _) => reader.names.several(place, reader.left_out),
                (None, Some(at)) => reader.names.several(&at.text, reader.left_out),
                (None, None) => Vec::new(),
            };
            let Some(data) = reader.object(what, &cell.place) else { continue };
            if systems.is_empty() {
                let ask = format!("In which system does \"{name}\" need {data}?");
                reader.ask(2, format!("need:{key}:{data}"), ask, Some(EntryKey::Process(key.clone())), Vec::new());
            }
            for system in systems {
                entries.push(reader.system(&system, &cell.place));
                needs.push(DraftNeed {
                    either: None,
                    data: data.clone(),
                    at: system.named.key,
                    max_age: max_age.clone(),
                });
            }
        }
    }
    if let Some(process) = reader.draft.processes.get_mut(&key) {
        process.entry.add(entry);
        process.needs.extend(needs);
    }
    reader.gave(entries);
}

/// `lead at Outreach` as what is needed and where.
fn needed(text: &str) -> (&str, Option<&str>) {
    for between in [" at ", " @ ", "@", " in ", " bei ", " dans ", " en "] {
        if let Some((what, place)) = text.split_once(between) {
            return (what.trim(), Some(place.trim()));
        }
    }
    (text.trim(), None)
}

/// Takes a line beside the tables that sets something of the whole stack: `Hourly rate | 75`, `As of: 20.11.2026`, the
/// title above the first table. Whether it was one.
pub(super) fn setting(reader: &mut Reader<'_>, sheet: &Sheet, row: u32, may_be_title: bool) -> bool {
    let Some(cells) = sheet.row(row) else { return false };
    let mut filled = cells.iter();
    let Some((column, first)) = filled.next() else { return false };
    let second = filled.next().map(|(_, cell)| cell);
    let (key, value) = match (second, first.text.split_once(':')) {
        (None, Some((key, value))) if !value.trim().is_empty() => {
            (key.trim().to_owned(), (value.trim().to_owned(), CellValue::Text))
        }
        (Some(second), _) if cells.len() <= 3 => {
            (first.text.trim_end_matches(':').to_owned(), (second.text.clone(), second.value))
        }
        _ => (String::new(), (String::new(), CellValue::Text)),
    };
    let cell = crate::grid::Cell { text: value.0, value: value.1 };
    let content = Content::of(Some(&cell), sheet.place(At { row, column: *column }), None, false);
    let (Content::Said(cell), Some(setting)) = (content, meaning("setting", &key)) else {
        let is_first = sheet.rows().next().is_some_and(|(first, _)| first == row);
        let is_title = may_be_title && second.is_none() && is_first && title(&first.text);
        let has_name = reader.draft.settings.contains_key("name");
        let name = if is_title && !has_name { reader.left_out.clean(&first.text) } else { String::new() };
        if name.is_empty() {
            return false;
        }
        reader.draft.setting("name", Given::stated(Value::Text(name)));
        reader.gave(vec![EntryKey::Setting("name")]);
        return true;
    };
    let given = match setting {
        "hourly_rate" => spoken::money(&cell.amount(), "money per hour").map(|(rate, currency)| {
            let value = Value::Money(written(&rate, &number), currency);
            ("hourly_rate", Given { guess: rate.guess, value, said: reader.said(&cell, &written(&rate, &number)) })
        }),
        "currency" => {
            let known = meaning("currency", &cell.text).filter(|known| *known != "$");
            known.map(|known| ("currency", Given::stated(Value::Literal(known.to_owned()))))
        }
        "as_of" => match super::days::day(&cell, super::days::Order::NotKnown) {
            Some(SpokenDay::Is(day)) => Some(("as_of", Given::stated(Value::Literal(super::days::literal(day))))),
            _ => None,
        },
        _ => {
            let name = reader.left_out.clean(&cell.text);
            (!name.is_empty()).then(|| ("name", Given::stated(Value::Text(name))))
        }
    };
    let Some((key, given)) = given else { return false };
    reader.draft.setting(key, given);
    let at = reader.at(&sheet.place(At { row, column: *column }));
    reader.draft.stated.cite(|_| vec![at.clone()]);
    reader.gave(vec![EntryKey::Setting(key)]);
    true
}

/// Whether a line may be a title: a few words without a sentence's end.
fn title(text: &str) -> bool {
    let words = text.split_whitespace().count();
    (1..=10).contains(&words) && text.chars().count() <= 80 && !text.ends_with(['.', '!', '?', ':'])
}
