//! A stack file brought up to date with a workbook that was exported of it: what the workbook changed is taken, what hands
//! changed in the file stands, and where both did, the file stands and it is told.
//!
//! What changed is judged key by key against the entries as they were exported, which ride on the hidden sheet.

use std::collections::{BTreeMap, BTreeSet};

use super::Opened;
use super::columns::sheets;
use super::hidden::Hidden;
use super::keys::{Three, friendly_all};
use super::likely::{Paired, paired};
use crate::edit::{Change, Editor, Pair, Piece, Place, Refused, Said};
use crate::model::write::write;
use crate::model::{Stack, read_with, word_of_list};
use crate::source::{Diagnostic, Diagnostics, Level, Limits, Source, Span, parse};

/// A stack file that was brought up to date.
#[derive(Clone, Debug, Default)]
pub struct Brought {
    /// Its text.
    pub text: String,
    /// What was taken from the workbook, each in a few words.
    pub taken: Vec<String>,
    /// What was changed in both, or stands where it cannot be edited.
    pub conflicts: Vec<String>,
    /// Entries that the workbook had when it was exported, and has no more.
    pub gone: Vec<String>,
}

/// Why nothing was brought up to date.
#[derive(Clone, Debug)]
pub enum Unbrought {
    /// The stack file has errors.
    Stack(Vec<Diagnostic>),
    /// The workbook does not know what was exported.
    NoBase,
    /// An edit cannot be made.
    Refused(Refused),
}

/// The lists of entries with ids.
pub(super) const LISTS: [&str; 5] = ["teams", "systems", "data", "flows", "processes"];

/// What becomes of entries whose rows are gone.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Absent {
    /// They are listed.
    #[default]
    Listed,
    /// They are taken out of the stack file.
    Deleted,
    /// Systems get `status: retired`, flows `status: off`.
    Retired,
}

/// Brings `source` up to date with a workbook; `absent` is what becomes of entries whose rows are gone.
///
/// # Errors
/// Where the stack file is wrong, the workbook has no base, or an edit cannot be made; then nothing is done.
pub fn bring(opened: &Opened, source: &Source, absent: Absent) -> Result<Brought, Unbrought> {
    let Some(book) = &opened.reading.stack else { return Err(Unbrought::NoBase) };
    if opened.base.entries.is_empty() {
        return Err(Unbrought::NoBase);
    }
    let reading = read_with(source, &book.catalog);
    let Some(stack) = &reading.stack else { return Err(Unbrought::Stack(reading.problems)) };
    let Some(root) = parse(source, &Limits::default(), &mut Diagnostics::default()) else {
        return Err(Unbrought::Stack(reading.problems));
    };
    let place = Place::root(&root);
    let Paired { book: renamed, known } = paired(opened, book, stack);
    let book = renamed.as_ref().unwrap_or(book);
    let mut bringing = Bringing { editor: Editor::new(source), wanted: Piece::of(&root), brought: Brought::default() };
    bringing.settings(place, opened, (stack, book));
    let whole = (canonical(book), canonical(stack));
    for list in LISTS {
        bringing.list(list, place, (&opened.base, &known), (stack, book), &whole, absent);
    }
    let Bringing { editor, wanted, mut brought } = bringing;
    brought.text = match editor.is_empty() {
        true => source.text().to_owned(),
        false => editor.finish(&wanted.json()).map_err(Unbrought::Refused)?,
    };
    let after = read_with(&Source::new(source.name(), brought.text.clone()), &book.catalog);
    match after.problems.iter().find(|problem| problem.level == Level::Error) {
        None => Ok(brought),
        Some(problem) => {
            let why = format!("the stack would not be valid: {}", problem.message);
            Err(Unbrought::Refused(Refused { why, edits: brought.taken }))
        }
    }
}

pub(super) struct Bringing<'s> {
    pub(super) editor: Editor<'s>,
    /// What the whole file is to say.
    wanted: Piece,
    pub(super) brought: Brought,
}

/// The keys of a stack as the model writes them.
fn canonical(stack: &Stack) -> Piece {
    tree(&write(stack))
}

fn tree(text: &str) -> Piece {
    let source = Source::new("", text.to_owned());
    let limits = Limits { nesting: 200, ..Limits::default() };
    parse(&source, &limits, &mut Diagnostics::default()).map_or(Piece::Nothing, |root| Piece::of(&root))
}

/// The entries of a list by id.
fn entries(stack: &Stack, whole: &Piece, list: &str) -> BTreeMap<String, Piece> {
    match whole.get(list) {
        Some(Piece::Map(pairs)) => pairs.iter().map(|pair| (pair.key.clone(), pair.value.clone())).collect(),
        Some(Piece::List(items)) => {
            stack.flows.iter().map(|flow| flow.id.to_string()).zip(items.iter().cloned()).collect()
        }
        _ => BTreeMap::new(),
    }
}

/// Where the entries of a list stand, by id.
pub(super) fn starts(stack: &Stack, list: &str) -> Vec<(String, Span)> {
    macro_rules! of {
        ($($name:ident)*) => {
            match list {
                $(stringify!($name) => stack.$name.iter().map(|one| (one.id.to_string(), one.place)).collect(),)*
                _ => Vec::new(),
            }
        };
    }
    of!(teams systems data flows processes)
}

impl Bringing<'_> {
    fn settings(&mut self, root: Place<'_>, opened: &Opened, (stack, book): (&Stack, &Stack)) {
        let Some((_, line)) = opened.base.entries.get(&("settings".to_owned(), String::new())) else { return };
        let without_lists = |piece: Piece| match piece {
            Piece::Map(pairs) => {
                Piece::Map(pairs.into_iter().filter(|pair| !LISTS.contains(&pair.key.as_str())).collect())
            }
            other => other,
        };
        let (base, book, now) = (tree(line), without_lists(canonical(book)), without_lists(canonical(stack)));
        let mut wanted = std::mem::replace(&mut self.wanted, Piece::Nothing);
        self.keys("", None, root, &mut wanted, Three { base: &base, book: &book, now: &now });
        self.wanted = wanted;
    }

    fn list(
        &mut self,
        list: &'static str,
        root: Place<'_>,
        (exported, known): (&Hidden, &BTreeMap<(&'static str, String), String>),
        (stack, book): (&Stack, &Stack),
        (whole_book, whole_now): &(Piece, Piece),
        absent: Absent,
    ) {
        let (in_book, now) = (entries(book, whole_book, list), entries(stack, whole_now, list));
        let base: BTreeMap<&str, Piece> = exported
            .entries
            .iter()
            .filter(|((of, _), _)| of == list)
            .map(|((_, id), (_, line))| (id.as_str(), tree(line)))
            .collect();
        let section = root.entries().iter().position(|entry| entry.key == list);
        let sheet = sheets().iter().find(|sheet| sheet.list() == list && sheet.id_column().is_some());
        let places: BTreeMap<String, usize> = members(root, section, stack, list);
        let mut wanted = std::mem::replace(&mut self.wanted, Piece::Nothing);
        let mut seen = BTreeSet::new();
        let mut new: Vec<(String, Piece)> = Vec::new();
        for (id, _) in starts(book, list) {
            let Some(piece) = in_book.get(&id) else { continue };
            let place = (list, id.clone());
            let exported = known.get(&place).map_or(id.as_str(), String::as_str);
            seen.insert(exported.to_owned());
            let three = Three {
                base: base.get(exported).unwrap_or(&Piece::Nothing),
                book: piece,
                now: now.get(exported).unwrap_or(&Piece::Nothing),
            };
            let what = format!("{} {exported}", word_of_list(list));
            let at = section.and_then(|section| Some((section, *places.get(exported)?)));
            match (at, now.contains_key(exported)) {
                (Some((section, at)), true) => {
                    let section = root.entry(section);
                    let place = if list == "flows" { section.item(at) } else { section.entry(at) };
                    let Some(member) = member(&mut wanted, list, at) else { continue };
                    // An entry that says nothing so far is written as a whole.
                    if member.is_nothing() && three.base == three.now && three.base != three.book && list != "flows" {
                        let whole = friendly_all(piece, sheet);
                        self.brought.taken.push(format!("{what}: {} in place of nothing", whole.shown()));
                        *member = whole.clone();
                        let change = Change { set: vec![(at, whole, Said::default())], ..Change::default() };
                        self.editor.change(&what, section, &change);
                    } else {
                        self.keys(&what, sheet, place, member, three);
                    }
                }
                (None, true) => {
                    if three.base != three.book {
                        let why = "it is one of several flows that stand in one line; edit it by hand";
                        self.brought.conflicts.push(format!("{what}: {why}"));
                    }
                }
                (_, false) if base.contains_key(exported) => {
                    // Taken out of the file by hand.
                    if three.base != three.book {
                        self.brought.conflicts.push(format!("{what}: it is no longer in the stack file"));
                    }
                }
                (_, false) => {
                    self.brought.taken.push(format!("{} {id} is new", word_of_list(list)));
                    new.push((id, friendly_all(piece, sheet)));
                }
            }
        }
        let gone: Vec<&str> = base.keys().copied().filter(|id| !seen.contains(*id) && now.contains_key(*id)).collect();
        let mut change = Change { are_entries: true, ..Change::default() };
        for id in gone {
            let what = format!("{} {id}", word_of_list(list));
            let retired = retired(list).filter(|_| absent == Absent::Retired);
            let is_out = retired.is_some_and(|status| now.get(id).and_then(|one| one.text("status")) == Some(status));
            match places.get(id).filter(|_| absent == Absent::Deleted || retired.is_some()) {
                _ if is_out => {
                    self.brought.gone.push(format!("{what}, which is `status: {}`", retired.unwrap_or_default()));
                }
                Some(_) if now.get(id) != base.get(id) => {
                    self.brought.conflicts.push(format!("{what}: its row is gone, and the stack file has changed it"));
                }
                Some(at) => match retired {
                    Some(status) => {
                        self.retire(&what, (list, status), root, (section, *at), &mut wanted);
                    }
                    None => {
                        change.remove.insert(*at);
                        self.brought.taken.push(format!("{what} is taken out"));
                    }
                },
                None if absent == Absent::Retired && retired.is_none() => {
                    self.brought.gone.push(format!("{what}, which has no status to say so"));
                }
                None => self.brought.gone.push(what),
            }
        }
        self.add(list, root, section, &mut wanted, change, &new);
        self.wanted = wanted;
    }

    /// Marks the entry at `at` of a section as no longer in use.
    fn retire(
        &mut self,
        what: &str,
        (list, status): (&str, &str),
        root: Place<'_>,
        (section, at): (Option<usize>, usize),
        wanted: &mut Piece,
    ) {
        let (Some(section), Some(member)) = (section.map(|at| root.entry(at)), member(wanted, list, at)) else {
            return;
        };
        let word = Piece::word(status);
        let told = format!("{what}: status: {status}, as its row is gone");
        let Piece::Map(pairs) = member else {
            // An entry that says nothing so far.
            *member = Piece::Map(vec![Pair::new("status", word)]);
            let change = Change { set: vec![(at, member.clone(), Said::default())], ..Change::default() };
            self.editor.change(&told, section, &change);
            self.brought.taken.push(told);
            return;
        };
        let place = if list == "flows" { section.item(at) } else { section.entry(at) };
        let change = match pairs.iter().position(|pair| pair.key == "status") {
            Some(at) => {
                pairs[at].value = word.clone();
                Change { set: vec![(at, word, Said::default())], ..Change::default() }
            }
            None => {
                pairs.push(Pair::new("status", word));
                Change { add: pairs[pairs.len() - 1..].to_vec(), ..Change::default() }
            }
        };
        self.editor.change(&told, place, &change);
        self.brought.taken.push(told);
    }

    /// Adds entries to a section, and takes others out.
    fn add(
        &mut self,
        list: &str,
        root: Place<'_>,
        section: Option<usize>,
        wanted: &mut Piece,
        mut change: Change,
        new: &[(String, Piece)],
    ) {
        let what = format!("entries of {list}");
        if new.is_empty() && change.is_empty() {
            return;
        }
        let pairs =
            |new: &[(String, Piece)]| new.iter().map(|(id, piece)| Pair::new(id, piece.clone())).collect::<Vec<_>>();
        let items = |new: &[(String, Piece)]| new.iter().map(|(_, piece)| piece.clone()).collect::<Vec<_>>();
        let whole = if list == "flows" { Piece::List(items(new)) } else { Piece::Map(pairs(new)) };
        let Piece::Map(keys) = wanted else { return };
        match section {
            None => {
                self.editor.add_section(&what, root, Pair::new(list, whole.clone()), None);
                keys.push(Pair::new(list, whole));
            }
            Some(at) if keys[at].value.is_nothing() => {
                self.editor.fill(&what, root, at, &whole, None);
                keys[at].value = whole;
            }
            Some(at) => {
                let keep = |number: &usize| !change.remove.contains(number);
                match &mut keys[at].value {
                    Piece::List(all) => {
                        let kept =
                            all.iter().enumerate().filter(|(number, _)| keep(number)).map(|(_, piece)| piece.clone());
                        *all = kept.chain(items(new)).collect();
                        change.append = items(new);
                    }
                    Piece::Map(all) => {
                        let kept =
                            all.iter().enumerate().filter(|(number, _)| keep(number)).map(|(_, pair)| pair.clone());
                        *all = kept.chain(pairs(new)).collect();
                        change.add = pairs(new);
                    }
                    _ => return,
                }
                self.editor.change(&what, root.entry(at), &change);
            }
        }
    }
}

/// The place of each entry in its section of the file; flows that stand together in one item have none.
fn members(root: Place<'_>, section: Option<usize>, stack: &Stack, list: &str) -> BTreeMap<String, usize> {
    let Some(section) = section.map(|at| root.entry(at)) else { return BTreeMap::new() };
    if list != "flows" {
        return section.entries().iter().enumerate().map(|(at, entry)| (entry.key.to_string(), at)).collect();
    }
    let items = section.items();
    let item_of =
        |span: Span| items.iter().position(|item| item.span.start <= span.start && span.start < item.span.end);
    let mut flows: BTreeMap<usize, Vec<String>> = BTreeMap::new();
    for flow in &stack.flows {
        if let Some(at) = item_of(flow.place) {
            flows.entry(at).or_default().push(flow.id.to_string());
        }
    }
    let single = flows.into_iter().filter(|(_, ids)| ids.len() == 1);
    single.flat_map(|(at, ids)| ids.into_iter().map(move |id| (id, at))).collect()
}

/// The entry at `at` of a list in what is wanted.
fn member<'w>(wanted: &'w mut Piece, list: &str, at: usize) -> Option<&'w mut Piece> {
    let Piece::Map(pairs) = wanted else { return None };
    match &mut pairs.iter_mut().find(|pair| pair.key == list)?.value {
        Piece::Map(entries) => entries.get_mut(at).map(|pair| &mut pair.value),
        Piece::List(items) => items.get_mut(at),
        _ => None,
    }
}

/// The status of what is no longer in use, where an entry of a list can say so.
fn retired(list: &str) -> Option<&'static str> {
    match list {
        "systems" => Some("retired"),
        "flows" => Some("off"),
        _ => None,
    }
}

/// The text of a stack file of `stack` in which rates read as people say them: `1/day`.
#[must_use]
pub fn stack_text(stack: &Stack) -> String {
    let text = write(stack);
    let source = Source::new("stack.yaml", text.clone());
    let Some(root) = parse(&source, &Limits::default(), &mut Diagnostics::default()) else { return text };
    let (place, mut wanted) = (Place::root(&root), Piece::of(&root));
    let mut editor = Editor::new(&source);
    for list in LISTS {
        let Some(section) = place.entries().iter().position(|entry| entry.key == list).map(|at| place.entry(at)) else {
            continue;
        };
        let sheet = sheets().iter().find(|sheet| sheet.list() == list && sheet.id_column().is_some());
        for at in 0..section.entries().len().max(section.items().len()) {
            let one = if list == "flows" { section.item(at) } else { section.entry(at) };
            let Some(member) = member(&mut wanted, list, at) else { continue };
            let Piece::Map(pairs) = friendly_all(member, sheet) else { continue };
            let now = Piece::Map(pairs);
            let mut change = Change::default();
            for (number, entry) in one.entries().iter().enumerate() {
                if let (Some(new), Some(old)) = (now.get(&entry.key), member.get(&entry.key))
                    && new != old
                {
                    change.set.push((number, new.clone(), Said::default()));
                }
            }
            editor.change("figures", one, &change);
            *member = now;
        }
    }
    // A figure that would read otherwise stays as it is.
    let edited = editor.finish(&wanted.json()).unwrap_or_else(|_| text.clone());
    match read_with(&Source::new("stack.yaml", edited.clone()), &stack.catalog).stack {
        Some(again) if write(&again) == text => edited,
        _ => text,
    }
}
