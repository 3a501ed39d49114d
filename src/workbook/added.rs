//! Data objects and teams that a sheet names and no row defines: added by themselves, and told.
//!
//! Systems are not: each has to have a row, as a name alone says too little of it.

use std::collections::{BTreeMap, BTreeSet};

use super::columns::{Holds, sheet_of};
use super::hidden::Hidden;
use super::ids::free;
use super::names::Names;
use super::parse::parts_named;
use super::show::STATED;
use super::table::{Slot, Table};
use super::vocabulary::folded;
use crate::catalog::people::is_not_known;
use crate::model::shape::Takes;
use crate::model::slug;
use crate::source::nearest;
use crate::source::words::listed_few;
use crate::source::{Diagnostic, Diagnostics, Span};

/// An entry that only its name is known of.
#[derive(Clone, Debug)]
pub(super) struct Added {
    pub(super) id: String,
    pub(super) name: String,
    /// Where it is named first.
    pub(super) span: Span,
}

/// The names in all cells that no entry has, by what they name: `team`, `data object`.
pub(super) fn added(
    tables: &[Table],
    names: &Names,
    hidden: &Hidden,
    taken: &mut BTreeSet<String>,
    problems: &mut Diagnostics,
) -> BTreeMap<&'static str, Vec<Added>> {
    // What was exported and has no row any more is missing, not new.
    let gone: BTreeSet<(&str, String)> =
        hidden.entries.iter().map(|((list, _), (name, _))| (list.as_str(), folded(name))).collect();
    let mut said: BTreeMap<(&'static str, String), (String, Span)> = BTreeMap::new();
    // Of a name that is looked at once the answer is known.
    let mut refused: BTreeSet<(&'static str, String)> = BTreeSet::new();
    for table in tables {
        for (at, column) in table.sheet.columns.iter().enumerate() {
            let Holds::Key(takes) = column.holds else { continue };
            let (what, word) = match takes {
                Takes::IdOf(what) | Takes::IdsOf(what) => (what, ""),
                Takes::IdOrWord(what, word) => (what, word),
                _ => continue,
            };
            if !matches!(what, "team" | "data object") {
                continue;
            }
            for cell in table.rows.iter().filter_map(|row| row.cells.get(&Slot::Known(at))) {
                let text = cell.value.text();
                let parts = match takes {
                    Takes::IdsOf(_) if text.trim() != STATED => parts_named(what, &text, cell.span, names),
                    _ if text.trim().is_empty() || text.trim() == STATED => Vec::new(),
                    _ => vec![(text.trim(), cell.span)],
                };
                for (part, span) in parts {
                    if names.find(what, part).is_some() {
                        continue;
                    }
                    let key = (what, folded(part));
                    if let Some(first) = said.get_mut(&key) {
                        if span < first.1 {
                            *first = (part.to_owned(), span);
                        }
                        continue;
                    }
                    let is_word = !word.is_empty() && key.1 == folded(word);
                    let list = if what == "team" { "teams" } else { "data" };
                    let is_gone = gone.contains(&(list, key.1.clone()));
                    let is_near = || said.len() + refused.len() < MANY && names.near(what, part).is_some();
                    if refused.contains(&key) || is_word || is_gone || !is_name(what, part, names) || is_near() {
                        refused.insert(key);
                    } else {
                        said.insert(key, (part.to_owned(), span));
                    }
                }
            }
        }
    }
    apart_at_commas(&mut said, names);
    let mut added: BTreeMap<&'static str, Vec<Added>> = BTreeMap::new();
    for ((what, _), (name, span)) in said {
        let list = if what == "team" { "teams" } else { "data" };
        let wanted = slug(&name).unwrap_or_else(|| if what == "team" { "team" } else { "data" }.to_owned());
        let id = free(&wanted, list, taken);
        added.entry(what).or_default().push(Added { id, name, span });
    }
    for (what, all) in &added {
        problems.push(told(what, all));
    }
    added
}

/// `Leads, Opportunities` are two where another cell names one of them.
fn apart_at_commas(said: &mut BTreeMap<(&'static str, String), (String, Span)>, names: &Names) {
    let pieces = |name: &str| -> Vec<String> {
        name.split(',').map(|piece| piece.trim().to_owned()).filter(|piece| !piece.is_empty()).collect()
    };
    let is_said = |what, piece: &String| said.contains_key(&(what, folded(piece)));
    let joined: Vec<(&'static str, String)> = said
        .iter()
        .filter(|((what, _), (name, _))| name.contains(',') && pieces(name).iter().any(|piece| is_said(*what, piece)))
        .map(|(key, _)| key.clone())
        .collect();
    for key in joined {
        let Some((name, span)) = said.remove(&key) else { continue };
        for piece in pieces(&name) {
            if names.find(key.0, &piece).is_none() && is_name(key.0, &piece, names) {
                said.entry((key.0, folded(&piece))).or_insert((piece, span));
            }
        }
    }
}

/// All names of one kind in one warning, at the first of them.
fn told(what: &str, all: &[Added]) -> Diagnostic {
    let sheet = sheet_of(what);
    let mut by_place: Vec<&Added> = all.iter().collect();
    by_place.sort_by_key(|one| one.span);
    let names: Vec<String> = by_place.iter().map(|one| format!("`{}`", one.name)).collect();
    let message = match names.as_slice() {
        [one] => format!("{one} has no row on {sheet}, and is taken as a new {what}"),
        several => format!("{} have no row on {sheet}, and are taken as new {what}s", listed_few(several, 6)),
    };
    let mut help = format!("add rows on {sheet} to say more of them");
    let alike = alike(&by_place);
    if !alike.is_empty() {
        help.push_str(&format!("; write those alike that are one: {}", listed_few(&alike, 6)));
    }
    Diagnostic::warning("name-added", by_place[0].span, message).help(help)
}

/// Names of which one may be the other with a slip of the pen, in pairs.
fn alike(added: &[&Added]) -> Vec<String> {
    if added.len() > MANY {
        return Vec::new();
    }
    let pairs = added.iter().enumerate().filter_map(|(at, one)| {
        let before = added[..at].iter().map(|other| other.name.as_str());
        let is_slip = |near: &str| {
            let (one, near) = (folded(&one.name), folded(near));
            // `Sales` beside `Sales Ops`, and `Team 1` beside `Team 2`, are two on purpose.
            let digits = |text: &str| text.chars().filter(char::is_ascii_digit).collect::<String>();
            one.chars().count().abs_diff(near.chars().count()) <= 2
                && one.split(' ').count() == near.split(' ').count()
                && digits(&one) == digits(&near)
        };
        nearest(&one.name, before).filter(|near| is_slip(near)).map(|near| format!("`{near}` and `{}`", one.name))
    });
    pairs.collect()
}

/// Names that are compared with all others; of more none is taken for a typing error.
const MANY: usize = 1_000;

/// Whether somebody may be called so.
fn is_name(what: &'static str, said: &str, names: &Names) -> bool {
    !is_not_known(said)
        && said.chars().any(char::is_alphanumeric)
        && said.chars().count() <= 200
        && !names.is_shared(what, said)
}
