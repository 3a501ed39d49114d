//! Which sheets a workbook has and which columns: the model's table of keys, with the words for each.
//!
//! A key that has no words here gets a column all the same, headed by its own name; so no key can be forgotten.

use std::sync::LazyLock;

use super::plans::{GROUP, GUESSED, ID, NAME, OWNER, PLANS, Plan, SETTINGS, TAIL, is_core};
use super::vocabulary::{folded, label};
use crate::model::shape::{Key, STACK, Takes};

/// What the rows of a sheet are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Rows {
    /// Settings of the whole file, one a row.
    Settings,
    /// The entries of a list of the stack file that have ids: `systems`.
    Entries(&'static str),
    /// Flows, whose ids follow from their ends.
    Flows,
    /// Parts of the entries of a list, under a key of theirs: what systems make.
    Parts(&'static str, &'static str),
    /// A list without ids, under its key.
    Listed(&'static str),
}

/// A sheet of the workbook.
#[derive(Debug)]
pub(super) struct Sheet {
    /// Its name.
    pub(super) name: &'static str,
    pub(super) rows: Rows,
    /// What a row is, and what to do there, in one sentence. Only the sheet that nobody reads says it.
    #[cfg_attr(not(feature = "xlsx"), allow(dead_code))]
    pub(super) about: &'static str,
    pub(super) columns: Vec<Column>,
}

/// A column of a sheet.
#[derive(Debug)]
pub(super) struct Column {
    pub(super) heading: String,
    /// The key of an entry that stands there, each within the one before: `vendor_review`, `last`.
    pub(super) path: Vec<&'static str>,
    pub(super) holds: Holds,
    pub(super) is_needed: bool,
    /// Whether it is shown also where nothing stands in it.
    pub(super) is_core: bool,
    /// What it means, in one sentence.
    pub(super) doc: String,
}

/// What the cells of a column hold.
#[derive(Clone, Copy, Debug)]
pub(super) enum Holds {
    /// The value of a key.
    Key(Takes),
    /// The name of the entry.
    Name,
    /// The entry that the row is a part of: a system, a process.
    Owner(&'static str),
    /// The letter that makes needs alternatives of each other.
    Group,
    /// The keys of the entry that are guesses.
    Guessed,
    /// The id of the entry.
    Id,
}

impl Column {
    /// The key within an entry, with points: `vendor_review.last`.
    pub(super) fn key(&self) -> String {
        self.path.join(".")
    }

    /// Whether it is what a table of people has as `field`.
    pub(super) fn means(&self, field: &str) -> bool {
        match self.holds {
            Holds::Key(_) => self.key() == field,
            // Who lists teams calls the column so.
            Holds::Name => ["system", "team", "process", "data"].contains(&field) && folded(&self.heading) == field,
            _ => false,
        }
    }

    /// Whether it stands last, in grey: nothing that a person has to fill in.
    pub(super) fn is_grey(&self) -> bool {
        matches!(self.holds, Holds::Guessed | Holds::Id) || self.path == ["was"]
    }
}

impl Sheet {
    /// The column that holds what `wanted` says.
    pub(super) fn find(&self, wanted: impl Fn(&Column) -> bool) -> Option<usize> {
        self.columns.iter().position(wanted)
    }

    /// The column of the key `path`.
    pub(super) fn of_key(&self, path: &str) -> Option<usize> {
        self.find(|column| !column.path.is_empty() && column.key() == path)
    }

    pub(super) fn id_column(&self) -> Option<usize> {
        self.find(|column| matches!(column.holds, Holds::Id))
    }

    /// The key of the stack file that holds its entries.
    pub(super) fn list(&self) -> &'static str {
        match self.rows {
            Rows::Settings => "settings",
            Rows::Entries(list) | Rows::Parts(list, _) | Rows::Listed(list) => list,
            Rows::Flows => "flows",
        }
    }
}

/// A setting of the whole file.
#[derive(Debug)]
pub(super) struct Setting {
    /// Its words.
    pub(super) label: String,
    pub(super) path: Vec<&'static str>,
    pub(super) takes: Takes,
    pub(super) doc: String,
    /// Whether the last of its path is a key, and no word such as `api`, which other texts hold as well.
    pub(super) is_key: bool,
}

impl Setting {
    pub(super) fn key(&self) -> String {
        self.path.join(".")
    }
}

/// The sheets that are filled in, in their order.
pub(super) fn sheets() -> &'static [Sheet] {
    static SHEETS: LazyLock<Vec<Sheet>> = LazyLock::new(|| PLANS.into_iter().map(sheet).collect());
    &SHEETS
}

/// The sheet of this name.
pub(super) fn sheet_named(name: &str) -> Option<&'static Sheet> {
    sheets().iter().find(|sheet| sheet.name == name)
}

/// The sheet on which entries stand that a reference calls `what`: `system`.
pub(super) fn sheet_of(what: &str) -> &'static str {
    match what {
        "team" => "Teams",
        "system" => "Systems",
        "data object" => "Data",
        _ => "Processes",
    }
}

/// Every setting, in the order of the reference.
pub(super) fn settings() -> &'static [Setting] {
    static ALL: LazyLock<Vec<Setting>> = LazyLock::new(|| {
        let mut all = Vec::new();
        let is_setting = |key: &&Key| {
            let is_list = matches!(key.takes, Takes::ById(_) | Takes::List(_) | Takes::OneOfTables(_));
            !is_list && !key.is_extra() && !matches!(key.name, "sinew" | "$schema")
        };
        for key in STACK.iter().filter(is_setting) {
            add_settings(&[], key, &mut all);
        }
        all
    });
    &ALL
}

fn add_settings(before: &[&'static str], key: &'static Key, all: &mut Vec<Setting>) {
    let path: Vec<&'static str> = before.iter().copied().chain([key.name]).collect();
    match key.takes {
        Takes::Object(keys) => keys.iter().for_each(|key| add_settings(&path, key, all)),
        Takes::RangesBy(words, unit) => {
            for word in words() {
                let path: Vec<&'static str> = path.iter().copied().chain([word]).collect();
                let name = lower_first(&label(word));
                let label = format!("Plan: {}, {name}", capital(key.name).to_lowercase());
                let doc =
                    format!("Of one item of this kind, in {unit}: `5`, or `2 / 5 / 10` for low, likely and high.");
                all.push(Setting { label, path, takes: Takes::NumberRange(unit), doc, is_key: false });
            }
        }
        takes => {
            let key_path = path.join(".");
            let known = SETTINGS.iter().find(|(path, _)| *path == key_path).map(|(_, label)| (*label).to_owned());
            let label = known.unwrap_or_else(|| match before {
                ["plan", ..] => format!("Plan: {}", capital(key.name).to_lowercase()),
                _ => capital(key.name),
            });
            all.push(Setting { label, path, takes, doc: meaning(key), is_key: true });
        }
    }
}

fn sheet((name, rows, about, words): Plan) -> Sheet {
    let mut keys = Vec::new();
    let tables = match rows {
        Rows::Settings => Vec::new(),
        Rows::Entries(list) | Rows::Listed(list) => tables_of(STACK, list),
        Rows::Flows => tables_of(STACK, "flows"),
        Rows::Parts(list, part) => {
            tables_of(STACK, list).into_iter().flat_map(|entry| tables_of(entry, part)).collect()
        }
    };
    // Of alternatives a row states one: what only the later ones need may be left empty, as its doc says.
    for (at, table) in tables.into_iter().enumerate() {
        table.iter().for_each(|key| add_keys(&[], key, at == 0, &mut keys));
    }
    let tail: &[(&str, &str)] = if matches!(rows, Rows::Entries(_) | Rows::Flows) { &TAIL } else { &[] };
    // A key without words of its own stands before what stands last, under its own name.
    let has_words = |path: &str| words.iter().chain(tail).any(|(word, _)| *word == path);
    let others: Vec<(String, String)> = keys
        .iter()
        .map(|(path, _, _)| path.join("."))
        .filter(|path| !has_words(path))
        .map(|path| (path.clone(), capital(&path)))
        .collect();
    let others = others.iter().map(|(path, heading)| (path.as_str(), heading.as_str()));
    let all = words.iter().copied().chain(others).chain(tail.iter().copied());
    let column = |(word, heading): (&str, &str)| {
        let of = |path, holds, is_needed, doc: &str| {
            let is_core = is_needed || is_core(name, word);
            Some(Column { heading: heading.to_owned(), path, holds, is_needed, is_core, doc: doc.to_owned() })
        };
        match word {
            NAME => of(Vec::new(), Holds::Name, true, "What people call it; other sheets name it so."),
            OWNER if name == "Makes" => of(Vec::new(), Holds::Owner("system"), true, "The system that makes it."),
            OWNER => of(Vec::new(), Holds::Owner("process"), true, "The process that needs it."),
            GROUP => of(Vec::new(), Holds::Group, false, "A letter: of rows with the same one, any is enough."),
            GUESSED => {
                of(Vec::new(), Holds::Guessed, false, "Keys of this row that are guesses; empty it to confirm them.")
            }
            ID => of(Vec::new(), Holds::Id, false, "Keeps the row the same under another name; empty in new rows."),
            _ => {
                let (path, key, is_needed) = keys.iter().find(|(path, ..)| path.join(".") == word)?;
                of(path.clone(), Holds::Key(key.takes), *is_needed, &in_cells(key.doc))
            }
        }
    };
    Sheet { name, rows, about, columns: all.filter_map(column).collect() }
}

/// The tables of the keys that stand within the key `name` of `keys`; of alternatives those without alternatives in them.
fn tables_of(keys: &'static [Key], name: &str) -> Vec<&'static [Key]> {
    let Some(key) = keys.iter().find(|key| key.name == name) else { return Vec::new() };
    let mut tables = key.takes.within();
    if matches!(key.takes, Takes::OneOfTables(_)) {
        tables.retain(|table| !table.iter().any(|key| matches!(key.takes, Takes::OneOfTables(_))));
    }
    tables
}

/// The keys of an entry that have columns, each with its path and whether it is needed: those within mappings one by one,
/// lists of mappings not at all, as they have sheets of their own.
fn add_keys(
    before: &[&'static str],
    key: &'static Key,
    is_needed: bool,
    all: &mut Vec<(Vec<&'static str>, &'static Key, bool)>,
) {
    let path: Vec<&'static str> = before.iter().copied().chain([key.name]).collect();
    match key.takes {
        // What a basis says beside guesses is not for people to fill in.
        Takes::Object(_) if path == ["basis"] => {}
        Takes::Object(keys) => keys.iter().for_each(|key| add_keys(&path, key, false, all)),
        Takes::List(_) | Takes::OneOfTables(_) | Takes::Extra | Takes::Anything => {}
        Takes::NewId => {}
        // The name of an entry has a column of its own.
        Takes::Text if path == ["name"] => {}
        _ => all.push((path, key, is_needed && key.required)),
    }
}

/// What a key means, where a cell has names with bars between them for what is a mapping in a stack file.
fn in_cells(doc: &str) -> String {
    doc.replace("`{ any_of: [a, b] }`", "`A | B`")
}

/// What a key means, with the words that may stand there.
fn meaning(key: &Key) -> String {
    match key.takes {
        Takes::Word(words) | Takes::Words(words) => {
            let words = words();
            let labels: Vec<String> = words.iter().map(|word| super::vocabulary::label_in(&words, word)).collect();
            format!("{} Words: {}.", key.doc, labels.join("; "))
        }
        _ => key.doc.to_owned(),
    }
}

/// The same word with a small letter at its beginning, unless it is one of capitals.
fn lower_first(text: &str) -> String {
    let is_capitals = text.chars().nth(1).is_some_and(char::is_uppercase);
    let mut letters = text.chars();
    match letters.next() {
        Some(first) if !is_capitals => first.to_lowercase().chain(letters).collect(),
        _ => text.to_owned(),
    }
}

/// `ai_policy`: Ai policy.
fn capital(name: &str) -> String {
    crate::source::words::capital(&name.replace(['_', '.'], " "))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every key below `keys`, by its path from an entry of a list or from the file.
    fn walk(before: &str, keys: &'static [Key], all: &mut Vec<String>) {
        for key in keys {
            let path = if before.is_empty() { key.name.to_owned() } else { format!("{before}.{}", key.name) };
            let within = key.takes.within();
            match key.takes {
                Takes::RangesBy(words, _) => all.extend(words().iter().map(|word| format!("{path}.{word}"))),
                _ if within.is_empty() => all.push(path),
                _ => within.into_iter().for_each(|keys| walk(&path, keys, all)),
            }
        }
    }

    #[test]
    fn every_key_of_the_model_has_a_column_a_setting_or_a_place_on_the_hidden_sheet() {
        let mut all = Vec::new();
        walk("", STACK, &mut all);
        all.sort();
        all.dedup();
        assert!(all.len() > 100, "the test finds no keys any more");
        let has_column = |path: &str| {
            sheets().iter().any(|sheet| {
                let key = match sheet.rows {
                    Rows::Parts(list, part) => path.strip_prefix(&format!("{list}.{part}.")),
                    _ => path.strip_prefix(&format!("{}.", sheet.list())),
                };
                let Some(key) = key else { return false };
                let holds = |wanted: fn(&Holds) -> bool| sheet.find(|column| wanted(&column.holds)).is_some();
                match key {
                    "name" => holds(|holds| matches!(holds, Holds::Name)),
                    "id" if sheet.rows == Rows::Flows => holds(|holds| matches!(holds, Holds::Id)),
                    "basis.guessed" => holds(|holds| matches!(holds, Holds::Guessed)),
                    key => sheet.of_key(key).is_some(),
                }
            })
        };
        // Alternatives are rows with one letter, or names with a vertical bar between them.
        let is_shape = |path: &str| path.contains(".any_of");
        // Keys of one's own are columns of one's own; where an entry came from rides on the hidden sheet.
        let is_kept = |path: &str| path.ends_with("x-…") || path.contains(".basis.");
        let lost: Vec<&String> = all
            .iter()
            .filter(|path| !matches!(path.as_str(), "sinew" | "$schema"))
            .filter(|path| !is_shape(path) && !is_kept(path) && !has_column(path))
            .filter(|path| !settings().iter().any(|setting| setting.key() == **path))
            .collect();
        assert!(lost.is_empty(), "{lost:?}");
    }

    #[test]
    fn words_are_of_keys_that_exist_and_headings_differ() {
        for sheet in sheets() {
            let mut headings: Vec<&str> = sheet.columns.iter().map(|column| column.heading.as_str()).collect();
            headings.sort_unstable();
            let count = headings.len();
            headings.dedup();
            assert_eq!(headings.len(), count, "{}", sheet.name);
        }
        for (name, _, _, words) in PLANS {
            let sheet = sheet_named(name).unwrap();
            for (word, heading) in words.iter().filter(|(word, _)| !word.starts_with('@')) {
                assert!(sheet.of_key(word).is_some_and(|at| sheet.columns[at].heading == *heading), "{name}: {word}");
            }
        }
        let known: Vec<String> = settings().iter().map(Setting::key).collect();
        assert!(SETTINGS.iter().all(|(key, _)| known.iter().any(|known| known == key)));
    }
}
