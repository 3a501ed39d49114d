//! A stack as a workbook: every key that it states in a cell, and what no cell can hold on the hidden sheet.
//!
//! What is laid out is the stack as the model writes it, so that no key can be forgotten.

use std::collections::BTreeSet;

use super::book::{Book, Cell, Form, Head, List, Look, Offer, Page};
use super::columns::{Column, Holds, Rows, Setting, Sheet, settings, sheet_of, sheets};
use super::hidden::Hidden;
use super::names::Names;
use super::own::{heading_of, is_own};
use super::questions;
use super::show::{STATED, Scope, Shown, flow_text, product, show};
use super::value::Value;
use super::vocabulary::label_in;
use crate::catalog::Catalog;
use crate::model::shape::Takes;
use crate::model::write::write;
use crate::model::{Mechanism, Stack, word_of_list};
use crate::source::{Diagnostics, Entry, Limits, Node, Source, Span, Value as Tree, parse, words};

/// The names of all entries of `stack`.
pub(super) fn names(stack: &Stack) -> Names {
    let mut names = Names::default();
    macro_rules! add {
        ($what:literal $list:ident) => {
            names.add($what, stack.$list.iter().map(|one| (one.id.to_string(), one.name.called().to_owned())));
        };
    }
    add!("team" teams);
    add!("system" systems);
    add!("data object" data);
    add!("process" processes);
    names
}

/// The cell of each key of `stack` that has one.
pub(super) fn cells(stack: &Stack) -> questions::CellOf {
    questions::places(&fill(stack).sheets)
}

/// The workbook of `stack`.
pub(super) fn fill(stack: &Stack) -> Book {
    let source = Source::new("", write(stack));
    let limits = Limits { nesting: 200, ..Limits::default() };
    let root = parse(&source, &limits, &mut Diagnostics::default()).expect("what the model writes is YAML");
    let names = names(stack);
    let mut filling = Filling { stack, names: &names, hidden: Hidden::default() };
    let mut pages: Vec<Page> = sheets().iter().map(|sheet| filling.page(sheet, &root)).collect();
    pages.push(questions::page(&questions::of(stack, &names, &pages)));
    filling.keep_settings(&root);
    Book { sheets: pages, hidden: filling.hidden.rows() }
}

struct Filling<'a> {
    stack: &'a Stack,
    names: &'a Names,
    hidden: Hidden,
}

/// One entry: its id, its name, where the file has it, and its keys.
struct Stated<'n, 'a> {
    id: String,
    name: String,
    place: Span,
    node: &'n Node<'a>,
}

impl Filling<'_> {
    fn page(&mut self, sheet: &'static Sheet, root: &Node<'_>) -> Page {
        if sheet.rows == Rows::Settings {
            return self.settings(root);
        }
        let stated = self.stated(sheet, root);
        let own = own_keys(sheet, &stated);
        let mut rows = Vec::new();
        for one in &stated {
            match sheet.rows {
                Rows::Entries(_) | Rows::Flows => {
                    self.keep(sheet.list(), one);
                    rows.push(self.row(sheet, one, &own));
                }
                Rows::Parts(_, key) => rows.extend(self.parts(sheet, key, one)),
                Rows::Listed(_) => rows.push(self.cells(sheet, one, &BTreeSet::new())),
                Rows::Settings => {}
            }
        }
        let mut heads: Vec<Head> = sheet.columns.iter().map(|column| head(column, &self.stack.catalog)).collect();
        heads.extend(own.iter().map(|key| Head {
            heading: heading_of(sheet, key),
            doc: "A column of your own; kept, and never read.".to_owned(),
            ..Head::default()
        }));
        Page { name: sheet.name, heads, rows, grows: true }
    }

    /// The entries of the list of a sheet, in the order of the file.
    fn stated<'n, 'a>(&self, sheet: &Sheet, root: &'n Node<'a>) -> Vec<Stated<'n, 'a>> {
        let stack = self.stack;
        macro_rules! known {
            ($list:ident) => {
                stack.$list.iter().map(|one| (one.id.to_string(), one.name.called().to_owned(), one.place)).collect()
            };
        }
        let known: Vec<(String, String, Span)> = match sheet.list() {
            "systems" => known!(systems),
            "data" => known!(data),
            "teams" => known!(teams),
            "processes" => known!(processes),
            "flows" => stack.flows.iter().map(|flow| (flow.id.to_string(), String::new(), flow.place)).collect(),
            _ => stack.accept.iter().map(|one| (String::new(), String::new(), one.place)).collect(),
        };
        let nodes: Vec<&Node<'_>> = match find(root, sheet.list()).map(|node| &node.resolved().value) {
            Some(Tree::Map(entries)) => entries.iter().map(|entry| &entry.node).collect(),
            Some(Tree::List(items)) => items.iter().collect(),
            _ => Vec::new(),
        };
        assert_eq!(known.len(), nodes.len(), "the model writes every entry of a list");
        let mut stated: Vec<Stated<'n, 'a>> =
            known.into_iter().zip(nodes).map(|((id, name, place), node)| Stated { id, name, place, node }).collect();
        stated.sort_by_key(|one| one.place);
        stated
    }

    /// The row of an entry, its own columns last.
    fn row(&mut self, sheet: &Sheet, one: &Stated<'_, '_>, own: &BTreeSet<String>) -> Vec<Cell> {
        let guessed = guesses(one.node);
        let mut cells = self.cells(sheet, one, &guessed);
        for key in own {
            let cell = find(one.node, key).map(|node| self.cell(sheet, one, key, Takes::Extra, node));
            cells.push(Cell::from(cell.unwrap_or_default()));
        }
        cells
    }

    /// The cells of the columns of `sheet`.
    fn cells(&mut self, sheet: &Sheet, one: &Stated<'_, '_>, guessed: &BTreeSet<String>) -> Vec<Cell> {
        let is_all = guessed.iter().any(|key| key == word_of_list(sheet.list()));
        let cell = |column: &Column| {
            let value = match column.holds {
                Holds::Name => Value::of(one.name.clone()),
                Holds::Id => Value::of(one.id.clone()),
                Holds::Guessed => Value::of(guessed.iter().cloned().collect::<Vec<_>>().join("; ")),
                Holds::Owner(_) | Holds::Group => Value::Empty,
                Holds::Key(takes) => self.keyed(sheet, column, takes, one),
            };
            let is_guess = match column.holds {
                Holds::Key(_) => !value.is_empty() && (is_guess(guessed, &column.key()) || is_all && column.is_needed),
                Holds::Name => is_guess(guessed, "name") || is_all,
                _ => false,
            };
            Cell { value, is_guess }
        };
        sheet.columns.iter().map(cell).collect()
    }

    /// The cell of a key, which may stand within others.
    fn keyed(&mut self, sheet: &Sheet, column: &Column, takes: Takes, one: &Stated<'_, '_>) -> Value {
        if let Some(node) = find_path(one.node, &column.path) {
            return self.cell(sheet, one, &column.key(), takes, node);
        }
        // A group of keys that is stated and says nothing.
        let before = &column.path[..column.path.len() - 1];
        let is_first = sheet
            .columns
            .iter()
            .find(|other| other.path.starts_with(before))
            .is_some_and(|first| first.path == column.path);
        let is_stated = !before.is_empty()
            && is_first
            && find_path(one.node, before)
                .is_some_and(|node| matches!(&node.resolved().value, Tree::Map(keys) if keys.is_empty()));
        if is_stated { Value::of(STATED) } else { Value::Empty }
    }

    fn cell(&mut self, sheet: &Sheet, one: &Stated<'_, '_>, key: &str, takes: Takes, node: &Node<'_>) -> Value {
        let Shown { mut value, is_exact } = show(takes, node, self.scope(one.node));
        if key == "product" {
            value = Value::of(product(&self.stack.catalog, &value.text()));
        }
        let guessed = matches!(sheet.rows, Rows::Entries(_) | Rows::Flows) && is_guess(&guesses(one.node), key);
        if !is_exact || guessed {
            let kept = if is_exact { String::new() } else { flow_text(node) };
            if !one.id.is_empty() {
                self.hidden
                    .cells
                    .insert((sheet.list().to_owned(), one.id.clone(), key.to_owned()), (value.text(), kept));
            }
        }
        value
    }

    fn scope(&self, node: &Node<'_>) -> Scope<'_> {
        let said = find(node, "mechanism").and_then(text_of).and_then(Mechanism::parse);
        Scope { names: self.names, is_manual: said.is_some_and(Mechanism::is_manual) }
    }

    /// The rows of the parts of an entry: what a system makes, what a process needs.
    fn parts(&mut self, sheet: &Sheet, key: &str, one: &Stated<'_, '_>) -> Vec<Vec<Cell>> {
        let Some(Tree::List(items)) = find(one.node, key).map(|node| &node.resolved().value) else { return Vec::new() };
        let is_guess = is_guess(&guesses(one.node), key);
        let mut rows = Vec::new();
        let mut groups = 0;
        for item in items {
            let several = match &item.resolved().value {
                Tree::Map(keys) => keys.iter().find(|entry| entry.key == "any_of"),
                _ => None,
            };
            let (group, members): (String, &[Node<'_>]) = match several.map(|entry| &entry.node.resolved().value) {
                Some(Tree::List(members)) => {
                    groups += 1;
                    (letters(groups), members)
                }
                _ => (String::new(), std::slice::from_ref(item)),
            };
            for member in members {
                let part = Stated { id: String::new(), name: String::new(), place: Span::default(), node: member };
                let mut cells = self.cells(sheet, &part, &BTreeSet::new());
                for (column, cell) in sheet.columns.iter().zip(&mut cells) {
                    match column.holds {
                        Holds::Owner(what) => cell.value = Value::of(self.names.label(what, &one.id)),
                        Holds::Group => cell.value = Value::of(group.clone()),
                        _ => {}
                    }
                    cell.is_guess = is_guess && !cell.value.is_empty();
                }
                rows.push(cells);
            }
        }
        rows
    }

    /// Notes the entry as exported, and what of it has no cell.
    fn keep(&mut self, list: &str, one: &Stated<'_, '_>) {
        let place = |key: &str| (list.to_owned(), one.id.clone(), key.to_owned());
        self.hidden.entries.insert((list.to_owned(), one.id.clone()), (one.name.clone(), flow_text(one.node)));
        if let Some(Tree::Map(basis)) = find(one.node, "basis").map(|node| &node.resolved().value) {
            let without_guesses: Vec<Entry<'_>> =
                basis.iter().filter(|entry| entry.key != "guessed").cloned().collect();
            if !without_guesses.is_empty() || basis.is_empty() {
                let rest = Node { span: Span::default(), value: Tree::Map(without_guesses.into()) };
                self.hidden.rest.insert(place("basis"), flow_text(&rest));
            }
        }
        // The id of a flow is shown in any case; only one of its own is written into a stack file.
        if list == "flows" && find(one.node, "id").is_some() {
            self.hidden.rest.insert(place("id"), "own".to_owned());
        }
    }

    fn settings(&mut self, root: &Node<'_>) -> Page {
        let head = |heading: &str, doc: &str, look| Head {
            heading: heading.to_owned(),
            doc: doc.to_owned(),
            look,
            ..Head::default()
        };
        let mut rows = Vec::new();
        let whole = Stated { id: String::new(), name: String::new(), place: Span::default(), node: root };
        let sheet = &sheets()[0];
        let mut row = |label: String, value: Value, doc: &str, key: &str| {
            rows.push([Value::of(label), value, Value::of(doc), Value::of(key)].map(Cell::from).to_vec());
        };
        for Setting { label, path, takes, doc, .. } in settings() {
            let key = path.join(".");
            let value = find_path(root, path).map(|node| self.cell_of_setting(sheet, &whole, &key, *takes, node));
            row(label.clone(), value.unwrap_or_default(), &doc.replace('`', ""), &key);
        }
        if let Tree::Map(entries) = &root.resolved().value {
            for entry in entries.iter().filter(|entry| is_own(&entry.key)) {
                match &entry.node.resolved().value {
                    Tree::Scalar(_) => {
                        let value = self.cell_of_setting(sheet, &whole, &entry.key, Takes::Extra, &entry.node);
                        row(entry.key.to_string(), value, "A setting of your own; kept, and never read.", &entry.key);
                    }
                    _ => {
                        let place = ("settings".to_owned(), String::new(), entry.key.to_string());
                        self.hidden.rest.insert(place, flow_text(&entry.node));
                    }
                }
            }
        }
        let heads = vec![
            head("Setting", "What is set.", Look::Usual),
            head("Value", "What you know of it.", Look::Needed),
            head("Meaning", "What it means, and in which unit.", Look::Usual),
            head("Key", "What a stack file calls it.", Look::Grey),
        ];
        Page { name: sheet.name, heads, rows, grows: false }
    }

    fn cell_of_setting(
        &mut self,
        sheet: &Sheet,
        whole: &Stated<'_, '_>,
        key: &str,
        takes: Takes,
        node: &Node<'_>,
    ) -> Value {
        let Shown { value, is_exact } = show(takes, node, self.scope(whole.node));
        if !is_exact {
            let place = (sheet.list().to_owned(), String::new(), key.to_owned());
            self.hidden.cells.insert(place, (value.text(), flow_text(node)));
        }
        value
    }

    /// Notes the settings as exported.
    fn keep_settings(&mut self, root: &Node<'_>) {
        let Tree::Map(entries) = &root.resolved().value else { return };
        let has_ids = |sheet: &&Sheet| matches!(sheet.rows, Rows::Entries(_) | Rows::Flows);
        let lists: Vec<&str> = sheets().iter().filter(has_ids).map(Sheet::list).collect();
        let settings = entries.iter().filter(|entry| !lists.contains(&&*entry.key)).cloned().collect();
        let node = Node { span: Span::default(), value: Tree::Map(settings) };
        let place = ("settings".to_owned(), String::new());
        self.hidden.entries.insert(place, (String::new(), flow_text(&node)));
    }
}

/// The heading of a column, with what may stand below it.
fn head(column: &Column, catalog: &Catalog) -> Head {
    let look = match () {
        () if column.is_needed => Look::Needed,
        () if column.is_grey() => Look::Grey,
        () => Look::Usual,
    };
    Head {
        heading: column.heading.clone(),
        doc: column.doc.clone(),
        look,
        list: list(column, catalog),
        form: form(column),
        folds: !column.is_core,
    }
}

fn list(column: &Column, catalog: &Catalog) -> Option<List> {
    let words = |words: fn() -> Vec<&'static str>| {
        let words = words();
        Offer::Words(column.heading.clone(), words.iter().map(|word| label_in(&words, word)).collect())
    };
    let named = |what| Offer::Sheet(sheet_of(what));
    let (of, is_open) = match column.holds {
        Holds::Owner(what) => (named(what), false),
        Holds::Key(takes) => match takes {
            Takes::Word(all) => (words(all), false),
            Takes::Words(all) => (words(all), true),
            Takes::Bool => (Offer::Words("Yes or no".to_owned(), ["Yes", "No"].map(str::to_owned).to_vec()), false),
            Takes::IdOf("team") => (named("team"), true),
            Takes::IdOf(what) => (named(what), false),
            Takes::IdsOf("system") if column.key() == "to" => (named("system"), false),
            Takes::IdsOf(what) | Takes::IdsOr(what, _) | Takes::IdOrWord(what, _) => (named(what), true),
            _ if column.key() == "product" => {
                let products = catalog.products().iter().map(|product| product.name.clone());
                let mut products: Vec<String> = products.collect();
                products.sort_by_key(|name| name.to_lowercase());
                (Offer::Words("Product".to_owned(), products), true)
            }
            _ => return None,
        },
        _ => return None,
    };
    Some(List { of, is_open })
}

fn form(column: &Column) -> Form {
    let Holds::Key(takes) = column.holds else { return Form::General };
    match takes {
        Takes::ShareRange => Form::Share,
        Takes::Date => Form::Day,
        Takes::NumberRange(unit) | Takes::Number(unit) if unit.starts_with("money") => Form::Money,
        Takes::RateRange | Takes::Peak | Takes::Tasks | Takes::DurationRange | Takes::Duration => Form::Text,
        Takes::Text if column.key() == "notes" => Form::Long,
        _ => Form::General,
    }
}

/// Keys of one's own that entries of a sheet state, sorted.
fn own_keys(sheet: &Sheet, stated: &[Stated<'_, '_>]) -> BTreeSet<String> {
    if !matches!(sheet.rows, Rows::Entries(_) | Rows::Flows) {
        return BTreeSet::new();
    }
    let keys = stated.iter().flat_map(|one| match &one.node.resolved().value {
        Tree::Map(entries) => &**entries,
        _ => &[],
    });
    keys.filter(|entry| is_own(&entry.key)).map(|entry| entry.key.to_string()).collect()
}

/// The keys of an entry that are guesses.
fn guesses(node: &Node<'_>) -> BTreeSet<String> {
    let Some(node) = find_path(node, &["basis", "guessed"]) else { return BTreeSet::new() };
    let items: &[Node<'_>] = match &node.resolved().value {
        Tree::List(items) => items,
        _ => std::slice::from_ref(node),
    };
    items.iter().filter_map(text_of).map(str::to_owned).collect()
}

/// Whether a key is a guess, by itself or as part of one that is.
pub(super) fn is_guess(guessed: &BTreeSet<String>, key: &str) -> bool {
    guessed.contains(key) || key.match_indices('.').any(|(at, _)| guessed.contains(&key[..at]))
}

/// The text of a single value.
fn text_of<'n>(node: &'n Node<'_>) -> Option<&'n str> {
    match &node.resolved().value {
        Tree::Scalar(scalar) => Some(&scalar.text),
        _ => None,
    }
}

/// What stands behind `key` in a mapping.
fn find<'n, 'a>(node: &'n Node<'a>, key: &str) -> Option<&'n Node<'a>> {
    let Tree::Map(entries) = &node.resolved().value else { return None };
    entries.iter().find(|entry| entry.key == key).map(|entry| &entry.node)
}

fn find_path<'n, 'a>(node: &'n Node<'a>, path: &[&str]) -> Option<&'n Node<'a>> {
    path.iter().try_fold(node, |node, key| find(node, key))
}

/// `A` for the first group, `Z` for the 26th, then `AA`.
fn letters(number: u32) -> String {
    crate::source::column_letters(number)
}

/// How many rows of each sheet a workbook has, in words: `45 systems, 66 flows`.
pub(super) fn counted(stack: &Stack) -> String {
    words::listed(&[
        words::counted(stack.systems.len(), "system", "systems"),
        words::counted(stack.flows.len(), "flow", "flows"),
        words::counted(stack.processes.len(), "process", "processes"),
    ])
}
