//! Rows as the tree of a stack file, whose places are cells: what reads stack files reads workbooks.

use std::collections::{BTreeMap, BTreeSet};

use super::accepted;
use super::added::{Added, added};
use super::columns::{Holds, Rows, Sheet, sheet_named, sheet_of};
use super::currency;
use super::hidden::{Hidden, is_alike};
use super::ids::{Known, ids};
use super::names::Names;
use super::parse::{Placed, entry, node, of_text, plain};
use super::show::STATED;
use super::table::{Cell, Given, Row, Slot, Table, name_column};
use super::value::Value;
use super::vocabulary::folded;
use crate::catalog::people::{Meaning, is_no_rate, kind_of_name, meanings};
use crate::catalog::{Catalog, Expected, Kind, Lookup, Space};
use crate::model::shape::Takes;
use crate::model::spoken::has_no_time;
use crate::model::{Mechanism, word_of_list};
use crate::source::{Diagnostic, Diagnostics, Entry, Items, Level, Node, Span, Value as Tree};

/// A tree and what its names mean.
pub(super) struct Grown {
    pub(super) root: Node<'static>,
    pub(super) names: Names,
    /// The ids under which entries were exported, by their list and where they begin.
    pub(super) exported: BTreeMap<(&'static str, u32), String>,
}

/// Makes the tree of all tables and settings.
pub(super) fn tree(tables: &[Table], given: &[Given], hidden: &Hidden, problems: &mut Diagnostics) -> Grown {
    let mut taken = BTreeSet::new();
    let known = ids(tables, hidden, &mut taken, problems);
    let of_rows = called(tables, &known);
    let names = all_names(&of_rows, &BTreeMap::new(), hidden);
    let added = added(tables, &names, hidden, &mut taken, problems);
    let names = all_names(&of_rows, &added, hidden);
    let mut exported = BTreeMap::new();
    let mut growing = Growing { names: &names, hidden, known: &known, exported: &mut exported, problems };
    let mut root = vec![entry("sinew", Span::default(), plain("1", Span::default()))];
    for one in given {
        growing.setting(one, &mut root);
    }
    let kept = hidden.rest.iter().filter(|((list, ..), _)| list == "settings");
    for ((.., key), line) in kept {
        root.extend(of_text(line, Span::default()).map(|node| entry(key, Span::default(), node)));
    }
    if let Some((code, span)) = currency::of_cells(tables, given) {
        growing.problems.push(Diagnostic {
            level: Level::Warning,
            ..Diagnostic::error(
                "currency-of-cells",
                span,
                format!("no currency is stated: {code} is taken from this cell"),
            )
            .help("fill in `Currency` on Settings; amounts in another are not converted")
        });
        put(&mut root, &["currency"], span, Some(text(code, span)));
    }
    for table in tables {
        growing.table(table, &mut root);
    }
    for (what, entries) in added {
        let list = if what == "team" { "teams" } else { "data" };
        for one in entries {
            let name = entry("name", one.span, text(&one.name, one.span));
            let keys = Node { span: one.span, value: Tree::Map(vec![name].into()) };
            section(&mut root, list, one.span).push(entry(&one.id, one.span, keys));
        }
    }
    Grown { root: Node { span: Span::default(), value: Tree::Map(root.into()) }, names, exported }
}

/// The entries of the rows by what they are, with their names.
type Called = BTreeMap<&'static str, Vec<(String, String)>>;

fn called(tables: &[Table], known: &BTreeMap<&'static str, Vec<Known>>) -> Called {
    let mut called = Called::new();
    for table in tables {
        let what = match table.sheet.list() {
            "teams" => "team",
            "systems" => "system",
            "data" => "data object",
            "processes" => "process",
            _ => continue,
        };
        let (Rows::Entries(_), Some(known)) = (table.sheet.rows, known.get(table.sheet.name)) else { continue };
        let entries = table.rows.iter().zip(known).filter(|(_, known)| !known.is_copy);
        let named = entries.map(|(row, known)| (known.id.clone(), row.text(name_column(table.sheet))));
        called.entry(what).or_default().extend(named);
    }
    called
}

fn all_names(called: &Called, added: &BTreeMap<&'static str, Vec<Added>>, hidden: &Hidden) -> Names {
    let mut names = Names::default();
    for what in ["team", "system", "data object", "process"] {
        let rows = called.get(what).into_iter().flatten().cloned();
        let more = added.get(what).into_iter().flatten().map(|one| (one.id.clone(), one.name.clone()));
        names.add(what, rows.chain(more));
        let list = sheet_named(sheet_of(what)).map_or("", Sheet::list);
        let exported = hidden.entries.iter().filter(|((of, _), _)| of == list);
        names.add_former(what, exported.map(|((_, id), (name, _))| (id.clone(), name.clone())));
    }
    names
}

struct Growing<'a> {
    names: &'a Names,
    hidden: &'a Hidden,
    known: &'a BTreeMap<&'static str, Vec<Known>>,
    exported: &'a mut BTreeMap<(&'static str, u32), String>,
    problems: &'a mut Diagnostics,
}

impl Growing<'_> {
    fn setting(&mut self, given: &Given, root: &mut Vec<Entry<'static>>) {
        let Given { path, takes, cell } = given;
        if cell.value.is_empty() {
            return;
        }
        let key = path.join(".");
        let kept = self.kept("settings", "", &key, cell);
        let node = kept.unwrap_or_else(|| self.node(*takes, cell));
        let path: Vec<&str> = path.iter().map(String::as_str).collect();
        put(root, &path, cell.span, Some(node));
    }

    fn table(&mut self, table: &Table, root: &mut Vec<Entry<'static>>) {
        let Some(head) = table.head else { return };
        match table.sheet.rows {
            Rows::Settings => {}
            Rows::Entries(list) => {
                let entries: Vec<Entry<'static>> = self
                    .rows_of(table)
                    .into_iter()
                    .map(|(row, known)| {
                        let keys = self.entry(table.sheet, row, &known);
                        entry(
                            &known.id,
                            row.place(name_column(table.sheet)),
                            Node { span: row.start, value: Tree::Map(keys.into()) },
                        )
                    })
                    .collect();
                section(root, list, head).extend(entries);
            }
            Rows::Flows => {
                let rows = self.rows_of(table).into_iter();
                let flows: Vec<Node<'static>> = rows
                    .map(|(row, known)| {
                        let mut keys = self.entry(table.sheet, row, &known);
                        if !known.id.is_empty() {
                            let span = row.place(table.sheet.id_column());
                            keys.insert(0, entry("id", span, plain(&known.id, span)));
                        }
                        Node { span: row.start, value: Tree::Map(keys.into()) }
                    })
                    .collect();
                root.push(entry("flows", head, Node { span: head, value: Tree::List(flows.into()) }));
            }
            Rows::Parts(list, key) => self.parts(table, (list, key), root),
            Rows::Listed(list) => {
                let rows: Vec<Node<'static>> = table
                    .rows
                    .iter()
                    .map(|row| Node { span: row.start, value: Tree::Map(self.keys(table.sheet, row, None).into()) })
                    .collect();
                root.push(entry(list, head, Node { span: head, value: Tree::List(rows.into()) }));
            }
        }
    }

    /// The rows that are entries, with what is known of each.
    fn rows_of<'t>(&self, table: &'t Table) -> Vec<(&'t Row, Known)> {
        let known = self.known.get(table.sheet.name).into_iter().flatten().cloned();
        table.rows.iter().zip(known).filter(|(_, known)| !known.is_copy).collect()
    }

    /// The keys of an entry.
    fn entry(&mut self, sheet: &Sheet, row: &Row, known: &Known) -> Vec<Entry<'static>> {
        let mut keys = Vec::new();
        let name_at = name_column(sheet);
        if let Some(exported) = &known.exported {
            // Where the reader says that the entry stands: a flow at its first cell, another entry at its name.
            self.exported.insert((sheet.list(), row.place(name_at).start), exported.clone());
        }
        if let Some(at) = name_at {
            match row.filled(Some(at)) {
                Some(cell) => keys.push(entry("name", cell.span, text(&cell.value.text(), cell.span))),
                None => {
                    let heading = &sheet.columns[at].heading;
                    self.problems.push(
                        Diagnostic::error("missing-key", row.place(name_at), format!("the row has no `{heading}`"))
                            .help("fill in the cell, or remove the row"),
                    );
                }
            }
        }
        keys.extend(self.keys(sheet, row, known.exported.as_deref()));
        let mut guessed = self.guessed(sheet, row, known);
        timeless(sheet, row, &mut guessed);
        if sheet.list() == "systems" {
            let is_new = row.filled(sheet.id_column()).is_none();
            self.product(row, name_at, is_new, &mut keys, &mut guessed);
        }
        self.basis(sheet, row, known, &guessed, &mut keys);
        keys
    }

    /// The keys that columns hold; `exported` is the id under which the entry was exported.
    fn keys(&mut self, sheet: &Sheet, row: &Row, exported: Option<&str>) -> Vec<Entry<'static>> {
        let mut keys = Vec::new();
        let has_performer = row.filled(sheet.of_key("performer")).is_some();
        for (slot, cell) in &row.cells {
            match slot {
                Slot::Known(at) => {
                    let column = &sheet.columns[*at];
                    let Holds::Key(takes) = column.holds else { continue };
                    if cell.value.is_empty() {
                        // What is needed and empty has a place all the same.
                        if column.is_needed {
                            put(&mut keys, &column.path, cell.span, Some(Node { span: cell.span, value: Tree::Null }));
                        }
                        continue;
                    }
                    if column.path.len() > 1 && is_stated(takes, cell, self.names) {
                        put(&mut keys, &column.path, cell.span, None);
                        continue;
                    }
                    let kept = exported.and_then(|id| self.kept(sheet.list(), id, &column.key(), cell));
                    if matches!(takes, Takes::RateRange) && kept.is_none() && is_no_rate(&cell.value.text()) {
                        self.problems.push(without_number(cell));
                        continue;
                    }
                    let meant = match sheet.rows {
                        Rows::Listed(_) => accepted::meant(&column.key(), cell, self.names),
                        _ => (column.key() == "mechanism" && has_performer).then(|| by_hand(cell)).flatten(),
                    };
                    let node = kept.or(meant).unwrap_or_else(|| self.node(takes, cell));
                    put(&mut keys, &column.path, cell.span, Some(node));
                }
                Slot::Own(key) if !cell.value.is_empty() => {
                    let kept = exported.and_then(|id| self.kept(sheet.list(), id, key, cell));
                    let node = kept.unwrap_or_else(|| self.node(Takes::Extra, cell));
                    keys.push(entry(key, cell.span, node));
                }
                Slot::Own(_) => {}
            }
        }
        keys
    }

    fn node(&mut self, takes: Takes, cell: &Cell) -> Node<'static> {
        node(takes, Placed { value: &cell.value, span: cell.span }, self.names, self.problems)
    }

    /// What a cell stands for that does not say all of it, as long as nobody changed the cell.
    fn kept(&self, list: &str, id: &str, key: &str, cell: &Cell) -> Option<Node<'static>> {
        let (shown, line) = self.hidden.cells.get(&(list.to_owned(), id.to_owned(), key.to_owned()))?;
        let is_same = !line.is_empty() && is_alike(shown, &cell.value.text());
        if is_same { of_text(line, cell.span) } else { None }
    }

    /// The keys that are still guesses: those whose cells nobody changed and no answer confirmed.
    fn guessed(&self, sheet: &Sheet, row: &Row, known: &Known) -> Vec<(String, Span)> {
        let at = sheet.find(|column| matches!(column.holds, Holds::Guessed));
        let Some(cell) = row.filled(at) else { return Vec::new() };
        let said = cell.value.text();
        let key_of = |word: &str| {
            let column =
                sheet.columns.iter().find(|column| !column.path.is_empty() && folded(&column.heading) == folded(word));
            let is_key = word == word_of_list(sheet.list()) || sheet.of_key(word).is_some();
            column.filter(|_| !is_key).map_or_else(|| word.to_owned(), super::columns::Column::key)
        };
        let words = said.split([';', ',', '\n']).map(str::trim).filter(|word| !word.is_empty()).map(key_of);
        let is_changed = |key: &str| {
            let Some(id) = &known.exported else { return false };
            let Some((shown, _)) = self.hidden.cells.get(&(sheet.list().to_owned(), id.clone(), key.to_owned())) else {
                return false;
            };
            let now = sheet.of_key(key).map(|at| row.text(Some(at))).unwrap_or_default();
            !is_alike(shown, &now)
        };
        let is_open = |key: &String| !is_changed(key) && !row.answered.contains(key);
        words.filter(is_open).map(|key| (key, cell.span)).collect()
    }

    /// Where an entry came from, as it was exported, with what is still a guess.
    fn basis(
        &self,
        sheet: &Sheet,
        row: &Row,
        known: &Known,
        guessed: &[(String, Span)],
        keys: &mut Vec<Entry<'static>>,
    ) {
        let place = known.exported.as_ref().map(|id| (sheet.list().to_owned(), id.clone(), "basis".to_owned()));
        let kept = place.and_then(|place| self.hidden.rest.get(&place)).and_then(|line| of_text(line, row.start));
        let mut basis = match kept.map(|node| node.value) {
            Some(Tree::Map(entries)) => entries,
            _ if guessed.is_empty() => return,
            _ => Items::default(),
        };
        if !guessed.is_empty() {
            let words = guessed.iter().map(|(key, span)| plain(key, *span)).collect();
            basis.push(entry("guessed", row.start, Node { span: row.start, value: Tree::List(words) }));
        }
        keys.push(entry("basis", row.start, Node { span: row.start, value: Tree::Map(basis) }));
    }

    /// A system of which no product is stated is the product of its name. Where there is none and no kind either, it is of
    /// a kind that nothing follows from. A row that was exported without a product stays without one.
    fn product(
        &mut self,
        row: &Row,
        name_at: Option<usize>,
        is_new: bool,
        keys: &mut Vec<Entry<'static>>,
        guessed: &mut Vec<(String, Span)>,
    ) {
        let Some(name) = row.filled(name_at) else { return };
        if keys.iter().any(|entry| entry.key == "product") {
            return;
        }
        let (said, span) = (name.value.text(), name.span);
        let catalog = Catalog::builtin();
        let kind = keys.iter().find(|entry| entry.key == "kind").map(|entry| match &entry.node.value {
            Tree::Scalar(kind) => Kind::parse(&kind.text),
            _ => None,
        });
        if let Lookup::Product(product) = catalog.find(said.trim()) {
            // Of a name that is also an English word, the kind says whether the product is meant.
            let fits = |kind: Option<Kind>| {
                is_new
                    && (kind == Some(product.kind)
                        || catalog.recognise(Space::Plain, said.trim(), Expected::Text).is_some())
            };
            if kind.is_none_or(fits) {
                keys.push(entry("product", span, plain(product.id.as_str(), span)));
                return;
            }
        }
        if kind.is_some() {
            return;
        }
        guessed.push(("kind".to_owned(), span));
        if let Some((kind, _)) = kind_of_name(&said) {
            keys.push(entry("kind", span, plain(kind.as_str(), span)));
            return;
        }
        keys.push(entry("kind", span, plain("other", span)));
        let message = format!("nothing is known of `{}`: it is taken as a system of kind Other", said.trim());
        let problem = Diagnostic::warning("kind-not-known", span, message);
        self.problems.push(match catalog.perhaps(said.trim()) {
            Some(near) => problem.help(format!("pick its Kind; or is its Product `{near}`?")),
            None => problem.help("pick its Kind, or name its Product"),
        });
    }

    /// Rows that are parts of entries go to the entries that they name.
    fn parts(&mut self, table: &Table, (list, key): (&'static str, &'static str), root: &mut Vec<Entry<'static>>) {
        let sheet = table.sheet;
        let owner_at = sheet.find(|column| matches!(column.holds, Holds::Owner(_)));
        let group_at = sheet.find(|column| matches!(column.holds, Holds::Group));
        let mut of: BTreeMap<String, Vec<(String, Node<'static>)>> = BTreeMap::new();
        for row in &table.rows {
            let Some(Holds::Owner(what)) = owner_at.map(|at| sheet.columns[at].holds) else { continue };
            let said = row.text(owner_at);
            let Some(id) = self.names.find(what, &said) else {
                self.problems.push(match said.is_empty() {
                    true => Diagnostic::error("missing-key", row.place(owner_at), format!("the row names no {what}"))
                        .help("fill in the cell, or remove the row"),
                    false => {
                        Diagnostic::error("unknown-id", row.place(owner_at), format!("there is no {what} `{said}`"))
                    }
                });
                continue;
            };
            let id = id.to_owned();
            let mut keys = self.keys(sheet, row, None);
            // A row that names a process needs no data.
            if keys.iter().any(|entry| entry.key == "process") {
                keys.retain(|entry| !matches!(entry.node.value, Tree::Null));
            }
            let node = Node { span: row.start, value: Tree::Map(keys.into()) };
            of.entry(id).or_default().push((folded(&row.text(group_at)), node));
        }
        for owner in section(root, list, Span::default()) {
            let Some(parts) = of.remove(&*owner.key) else { continue };
            let Tree::Map(keys) = &mut owner.node.value else { continue };
            let span = parts.first().map_or(owner.key_span, |(_, node)| node.span);
            let items = grouped(parts);
            keys.push(entry(key, span, Node { span, value: Tree::List(items.into()) }));
        }
    }
}

/// How often as a number without its time is a guess: the form takes it as times a year, and a cell rarely means that.
fn timeless(sheet: &Sheet, row: &Row, guessed: &mut Vec<(String, Span)>) {
    for (slot, cell) in &row.cells {
        let Slot::Known(at) = slot else { continue };
        let column = &sheet.columns[*at];
        let is_rate = matches!(column.holds, Holds::Key(Takes::RateRange)) && has_no_time(&cell.value.text());
        if is_rate && guessed.iter().all(|(key, _)| *key != column.key()) {
            guessed.push((column.key(), cell.span));
        }
    }
}

/// Rows with the same letter are alternatives; a group stands where its first row does.
fn grouped(parts: Vec<(String, Node<'static>)>) -> Vec<Node<'static>> {
    let mut groups: Vec<(String, Vec<Node<'static>>)> = Vec::new();
    for (letter, node) in parts {
        match groups.iter_mut().find(|(known, _)| !letter.is_empty() && *known == letter) {
            Some((_, members)) => members.push(node),
            None => groups.push((letter, vec![node])),
        }
    }
    let one = |(_, mut members): (String, Vec<Node<'static>>)| {
        if members.len() == 1 {
            return members.remove(0);
        }
        let span = members[0].span;
        let all = Node { span, value: Tree::List(members.into()) };
        Node { span, value: Tree::Map(vec![entry("any_of", span, all)].into()) }
    };
    groups.into_iter().map(one).collect()
}

/// Whether a cell only says that the group of its column is there.
fn is_stated(takes: Takes, cell: &Cell, names: &Names) -> bool {
    let text = cell.value.text();
    let is_name = matches!(takes, Takes::IdOf(what) | Takes::IdsOf(what) if names.find(what, &text).is_some());
    text.trim() == STATED && !is_name
}

/// That words such as `as needed` say no number, so that how often is not known.
fn without_number(cell: &Cell) -> Diagnostic {
    let message = format!("`{}` says no number: how often is not known", cell.value.text().trim());
    Diagnostic::warning("no-number", cell.span, message)
        .help("write how often it is in a usual time, such as `3/month` or `2 / 5 / 10/month` for low, likely and high")
}

/// What a way with several meanings means where somebody does it: `upload` is a file that a person carries.
fn by_hand(cell: &Cell) -> Option<Node<'static>> {
    let text = cell.value.text();
    let all = meanings("mechanism", text.trim());
    let manual = |one: &&Meaning| Mechanism::parse(&one.means).is_some_and(Mechanism::is_manual);
    match all.iter().filter(manual).collect::<Vec<_>>().as_slice() {
        [one] if all.len() > 1 => Some(plain(&one.means, cell.span)),
        _ => None,
    }
}

/// The entries of a section of the file, which is added where it is not there.
fn section<'r>(root: &'r mut Vec<Entry<'static>>, list: &str, span: Span) -> &'r mut Items<Entry<'static>> {
    let at = root.iter().position(|entry| entry.key == list).unwrap_or_else(|| {
        root.push(entry(list, span, Node { span, value: Tree::Map(Items::default()) }));
        root.len() - 1
    });
    match &mut root[at].node.value {
        Tree::Map(entries) => entries,
        _ => unreachable!("sections of entries are made here, as mappings"),
    }
}

/// Puts a value behind a path of keys; without one, only the mapping that it would stand in.
fn put(keys: &mut Vec<Entry<'static>>, path: &[&str], span: Span, node: Option<Node<'static>>) {
    let Some((first, rest)) = path.split_first() else { return };
    if rest.is_empty() {
        keys.extend(node.map(|node| entry(first, span, node)));
        return;
    }
    let at = keys.iter().position(|entry| entry.key == *first).unwrap_or_else(|| {
        keys.push(entry(first, span, Node { span, value: Tree::Map(Items::default()) }));
        keys.len() - 1
    });
    if let Tree::Map(within) = &mut keys[at].node.value {
        within.change(|within| put(within, rest, span, node));
    }
}

fn text(text: &str, span: Span) -> Node<'static> {
    node(Takes::Text, Placed { value: &Value::of(text), span }, &Names::default(), &mut Diagnostics::default())
}
