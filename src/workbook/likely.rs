//! Rows that were never exported, and the entries of a stack file that they are: by id, then by name; flows by their ends and
//! what they carry.

use std::collections::{BTreeMap, BTreeSet};

use super::Opened;
use super::into::{LISTS, starts};
use super::vocabulary::folded;
use crate::edit::other_ids;
use crate::model::write::write;
use crate::model::{Flow, Stack, read_with};
use crate::source::Source;

/// The stack of a workbook with the ids of a stack file.
pub(super) struct Paired {
    /// The stack, where ids of it are others now.
    pub(super) book: Option<Stack>,
    /// The id under which an entry of it was exported or stands in the stack file, by its list and its id.
    pub(super) known: BTreeMap<(&'static str, String), String>,
}

/// The lists of entries with names, and what one entry of each is.
const NAMED: [(&str, &str); 4] =
    [("teams", "team"), ("systems", "system"), ("data", "data object"), ("processes", "process")];

/// Finds the entries of `stack` that rows of the workbook are; `book` is its stack.
pub(super) fn paired(opened: &Opened, book: &Stack, stack: &Stack) -> Paired {
    let mut known = BTreeMap::new();
    for list in LISTS {
        for (id, span) in starts(book, list) {
            if let Some(exported) = opened.exported.get(&(list, span.start)) {
                known.insert((list, id), exported.clone());
            }
        }
    }
    let mut others: BTreeMap<(&'static str, String), String> = BTreeMap::new();
    for (list, what) in NAMED {
        let renames = by_name(&called(book, list), &called(stack, list), |id| known.get(&(list, id.to_owned())));
        others.extend(renames.into_iter().map(|(id, held)| ((what, id), held)));
    }
    let mut renamed = None;
    if !others.is_empty() {
        let text = other_ids(&Source::new("", write(book)), &others);
        renamed = text.and_then(|text| read_with(&Source::new("", text), &book.catalog).stack);
    }
    if let Some(renamed) = &renamed {
        // The ids of flows are made of those of their ends. They stand in the text in the order of before.
        let mut now: Vec<&Flow> = renamed.flows.iter().collect();
        now.sort_by_key(|flow| flow.place);
        let of_flow = |(before, now): (&Flow, &Flow)| {
            known.remove(&("flows", before.id.to_string())).map(|exported| (now.id.to_string(), exported))
        };
        let flows: Vec<(String, String)> = book.flows.iter().zip(now).filter_map(of_flow).collect();
        known.extend(flows.into_iter().map(|(id, exported)| (("flows", id), exported)));
    }
    let flows = by_ends(renamed.as_ref().unwrap_or(book), stack, |id| known.get(&("flows", id.to_owned())));
    known.extend(flows.into_iter().map(|(id, held)| (("flows", id), held)));
    Paired { book: renamed, known }
}

/// The entries of a list, by id and name.
fn called(stack: &Stack, list: &str) -> Vec<(String, String)> {
    macro_rules! of {
        ($($name:ident)*) => {
            match list {
                $(stringify!($name) => {
                    stack.$name.iter().map(|one| (one.id.to_string(), one.name.called().to_owned())).collect()
                })*
                _ => Vec::new(),
            }
        };
    }
    of!(teams systems data processes)
}

/// Which of `ours` each of `theirs` is that no id leads to: the only one of its name on both sides, exactly, then whatever
/// its case and spaces.
fn by_name<'k>(
    theirs: &[(String, String)],
    ours: &[(String, String)],
    known: impl Fn(&str) -> Option<&'k String>,
) -> BTreeMap<String, String> {
    let ids: BTreeSet<&str> = ours.iter().map(|(id, _)| id.as_str()).collect();
    let claimed: BTreeSet<&str> = theirs.iter().map(|(id, _)| known(id).unwrap_or(id).as_str()).collect();
    let mut free: Vec<&(String, String)> = ours.iter().filter(|(id, _)| !claimed.contains(id.as_str())).collect();
    let mut open: Vec<&(String, String)> =
        theirs.iter().filter(|(id, _)| known(id).is_none() && !ids.contains(id.as_str())).collect();
    let mut found = BTreeMap::new();
    for sign in [|name: &str| name.trim().to_owned(), folded] {
        let of = |all: &[&(String, String)]| {
            let mut signs: BTreeMap<String, Vec<String>> = BTreeMap::new();
            all.iter().for_each(|(id, name)| signs.entry(sign(name)).or_default().push(id.clone()));
            signs
        };
        let (free_of, open_of) = (of(&free), of(&open));
        for (sign, ids) in open_of.into_iter().filter(|(sign, _)| !sign.is_empty()) {
            if let ([id], Some([held])) = (ids.as_slice(), free_of.get(&sign).map(Vec::as_slice)) {
                found.insert(id.clone(), held.clone());
            }
        }
        open.retain(|(id, _)| !found.contains_key(id));
        free.retain(|(id, _)| found.values().all(|held| held != id));
    }
    found
}

/// Flows that have another id in the stack file, and the same ends and data.
fn by_ends<'k>(book: &Stack, stack: &Stack, known: impl Fn(&str) -> Option<&'k String>) -> Vec<(String, String)> {
    let ends = |stack: &Stack, flow: &Flow| {
        let mut data: Vec<&str> = flow.data.iter().map(|at| stack.data[at.at()].id.as_str()).collect();
        data.sort_unstable();
        format!("{}->{}:{}", stack.systems[flow.from.at()].id, stack.systems[flow.to.at()].id, data.join(","))
    };
    let claimed: BTreeSet<&str> =
        book.flows.iter().map(|flow| known(flow.id.as_str()).map_or(flow.id.as_str(), String::as_str)).collect();
    let mut free: BTreeMap<String, Vec<&str>> = BTreeMap::new();
    for flow in stack.flows.iter().filter(|flow| !claimed.contains(flow.id.as_str())) {
        free.entry(ends(stack, flow)).or_default().push(flow.id.as_str());
    }
    let is_there: BTreeSet<&str> = stack.flows.iter().map(|flow| flow.id.as_str()).collect();
    let mut open: BTreeMap<String, Vec<&str>> = BTreeMap::new();
    let is_open = |flow: &&Flow| known(flow.id.as_str()).is_none() && !is_there.contains(flow.id.as_str());
    for flow in book.flows.iter().filter(is_open) {
        open.entry(ends(book, flow)).or_default().push(flow.id.as_str());
    }
    let one = |(ends, ids): (String, Vec<&str>)| match (ids.as_slice(), free.get(&ends).map(Vec::as_slice)) {
        ([id], Some([held])) => Some(((*id).to_owned(), (*held).to_owned())),
        _ => None,
    };
    open.into_iter().filter_map(one).collect()
}
