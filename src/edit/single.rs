//! The single edits of a workshop, each as small changes of a stack file or of a scenario of it.

use super::editor::Refused;
use super::piece::{Pair, Piece};
use super::step::{Part, Step, path, refused};
use crate::model::outline::Outline;
use crate::model::{Stack, shape};
use crate::source::{Diagnostics, Limits, Node, Source, Value, parse, visible};

/// An entry of the file, or the file itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Entry {
    /// Its settings.
    File,
    /// An entry by its id: a system, flow, team, data object or process.
    Of(String),
}

/// One edit of a workshop; every id in it is one that the stack has.
#[derive(Clone, Debug)]
pub enum Single {
    /// A new entry of `teams`, `systems`, `data` or `processes`.
    Add {
        /// The list.
        list: &'static str,
        /// Its id.
        id: String,
        /// Its keys.
        keys: Vec<Pair>,
    },
    /// A new flow.
    AddFlow(Vec<Pair>),
    /// Another value for a key, which may be one in another joined by a dot; none takes the key out.
    Set(Entry, String, Option<Piece>),
    /// A system is retired, a flow is off.
    Retire(String),
    /// A system or flow that was retired is used again.
    Restore(String),
    /// A finding is accepted, by its id, with the reason.
    Accept(String, String),
    /// What an entry or one of its keys says is no guess.
    Confirm(String, String),
}

impl Single {
    /// The changes of the stack file `source`, which says `stack`.
    ///
    /// # Errors
    /// Where the entry has no place of its own in the file, or what is asked for cannot be.
    pub fn steps(&self, source: &Source, stack: &Stack) -> Result<Vec<Step>, Refused> {
        Ok(match self {
            Self::Add { list, id, keys } => vec![Step::Set(path(&[list, id]), Piece::Map(keys.clone()))],
            Self::AddFlow(keys) => vec![Step::Append(path(&["flows"]), Piece::Map(keys.clone()))],
            Self::Set(Entry::File, key, value) => vec![set(path(&inner(key)), value)],
            Self::Set(Entry::Of(id), key, value) => {
                let entry = place(source, stack, id)?;
                let mut steps = kept_id(stack, id, key, &entry);
                steps.push(set([entry, path(&inner(key))].concat(), value));
                steps
            }
            Self::Retire(id) => {
                let status = Some(Piece::word(retired(stack, id)?));
                vec![set([place(source, stack, id)?, path(&["status"])].concat(), &status)]
            }
            Self::Restore(id) => vec![Step::Remove([place(source, stack, id)?, path(&["status"])].concat())],
            Self::Accept(id, why) => {
                let text = |text: &str| Piece::Scalar { text: text.to_owned(), plain: false };
                let row = vec![Pair::new("id", text(id)), Pair::new("why", text(why))];
                vec![Step::Append(path(&["accept"]), Piece::Map(row))]
            }
            Self::Confirm(id, key) => confirmed(source, stack, id, key)?,
        })
    }

    /// The changes of a scenario `file` of the stack `today` that says so. What the scenario adds is changed where it is added.
    ///
    /// # Errors
    /// Where a scenario cannot say it.
    pub fn steps_of_scenario(&self, today: &Stack, file: &Source) -> Result<Vec<Step>, Refused> {
        let in_stack = |what: &str| refused(format!("a scenario {what}; go back to the stack for this"));
        Ok(match self {
            Self::Add { list, id, keys } => vec![Step::Set(path(&["add", list, id]), Piece::Map(keys.clone()))],
            Self::AddFlow(keys) => vec![Step::Append(path(&["add", "flows"]), Piece::Map(keys.clone()))],
            Self::Set(Entry::File, key, value) => match key.strip_prefix("plan.") {
                Some(setting) => vec![set(path(&["plan", setting]), value)],
                None => return Err(in_stack("changes entries and settings of the plan alone")),
            },
            Self::Set(Entry::Of(id), key, value) if list_of(today, id).is_none() => {
                vec![set([added_place(file, id)?, path(&inner(key))].concat(), value)]
            }
            // An empty value takes the key out of the stack.
            Self::Set(Entry::Of(id), key, value) if !key.contains('.') => {
                vec![Step::Set(path(&["change", id, key]), value.clone().unwrap_or(Piece::Nothing))]
            }
            Self::Set(..) => return Err(in_stack("changes whole keys alone")),
            Self::Retire(id) if list_of(today, id).is_none() => vec![Step::Remove(added_place(file, id)?)],
            Self::Retire(id) => {
                let status = Outline::of(today).stated(list_of(today, id).unwrap_or_default(), id, "status");
                let is_retired = status.as_deref() == Some(retired(today, id)?);
                let retire = (!is_retired).then(|| Step::Append(path(&["retire"]), Piece::word(id.as_str())));
                // What goes is not changed as well.
                unchanged(file, id).into_iter().chain(retire).collect()
            }
            Self::Restore(id) => vec![restored(file, id)],
            Self::Accept(..) => return Err(in_stack("accepts no findings")),
            Self::Confirm(..) => return Err(in_stack("confirms no guesses")),
        })
    }
}

/// What a scenario says, as it stands there; nothing where it cannot be read.
fn tree_of(file: &Source) -> Piece {
    parse(file, &Limits::default(), &mut Diagnostics::default()).map_or(Piece::Nothing, |root| Piece::of(&root))
}

/// What the scenario no longer says of an entry that it retires, or says of one that the stack retires.
fn restored(file: &Source, id: &str) -> Step {
    let said = tree_of(file);
    let retired = said.get("retire");
    let at = retired.and_then(|all| all.members().iter().position(|one| one.scalar() == Some(id)));
    match (at, retired) {
        (Some(at), Some(Piece::List(all))) if all.len() > 1 => {
            Step::Remove([path(&["retire"]), vec![Part::Item(at)]].concat())
        }
        (Some(_), _) => Step::Remove(path(&["retire"])),
        // An empty value takes the key out of the stack.
        (None, _) => Step::Set(path(&["change", id, "status"]), Piece::Nothing),
    }
}

/// What the scenario no longer changes of an entry of the stack; nothing where it changes none of it.
fn unchanged(file: &Source, id: &str) -> Option<Step> {
    let said = tree_of(file);
    let Some(Piece::Map(changes)) = said.get("change") else { return None };
    changes.iter().any(|one| one.key == id).then(|| match changes.len() {
        1 => Step::Remove(path(&["change"])),
        _ => Step::Remove(path(&["change", id])),
    })
}

/// Where a scenario adds the entry.
fn added_place(file: &Source, id: &str) -> Result<Vec<Part>, Refused> {
    let missing =
        || refused(format!("`{}` has no entry of its own in the scenario; change the file in an editor", visible(id)));
    let said = tree_of(file);
    let Some(Piece::Map(lists)) = said.get("add") else { return Err(missing()) };
    for Pair { key: list, value, .. } in lists {
        match value {
            Piece::Map(_) if value.get(id).is_some() => return Ok(path(&["add", list, id])),
            Piece::List(flows) => {
                let is_it = |flow: &Piece| match (flow.text("id"), flow.text("from"), flow.text("to"), flow.get("data"))
                {
                    (Some(own), ..) => own == id,
                    (None, Some(from), Some(to), data) => {
                        let data = data.and_then(Piece::scalar).unwrap_or_default();
                        id == format!("{from}->{to}:{data}")
                    }
                    _ => false,
                };
                if let Some(at) = flows.iter().position(is_it) {
                    return Ok([path(&["add", list]), vec![Part::Item(at)]].concat());
                }
            }
            _ => {}
        }
    }
    Err(missing())
}

/// The list of a stack file in which the entry stands.
#[must_use]
pub fn list_of(stack: &Stack, id: &str) -> Option<&'static str> {
    let all = [
        stack.find_team(id).map(|_| "teams"),
        stack.find_system(id).map(|_| "systems"),
        stack.find_data(id).map(|_| "data"),
        stack.find_process(id).map(|_| "processes"),
        stack.find_flow(id).map(|_| "flows"),
    ];
    all.into_iter().flatten().next()
}

/// The keys of an entry that are marked as guesses.
#[must_use]
pub fn guessed<'s>(stack: &'s Stack, id: &str) -> &'s [String] {
    let all = [
        stack.find_team(id).map(|ix| &stack.team(ix).remarks),
        stack.find_system(id).map(|ix| &stack.system(ix).remarks),
        stack.find_data(id).map(|ix| &stack.data_object(ix).remarks),
        stack.find_process(id).map(|ix| &stack.process(ix).remarks),
        stack.find_flow(id).map(|ix| &stack.flow(ix).remarks),
    ];
    all.into_iter().flatten().next().map_or(&[], |remarks| remarks.guessed())
}

/// The status of an entry that is no longer used.
fn retired(stack: &Stack, id: &str) -> Result<&'static str, Refused> {
    match list_of(stack, id) {
        Some("systems") => Ok("retired"),
        Some("flows") => Ok("off"),
        _ => Err(refused(format!("`{}` is neither a system nor a flow; only these can be retired", visible(id)))),
    }
}

fn set(path: Vec<Part>, value: &Option<Piece>) -> Step {
    match value {
        Some(piece) => Step::Set(path, piece.clone()),
        None => Step::Remove(path),
    }
}

/// The keys of `a.b`; an `x-` key may have a dot in it.
fn inner(key: &str) -> Vec<&str> {
    if key.starts_with("x-") { vec![key] } else { key.split('.').collect() }
}

/// Where the entry stands.
fn place(source: &Source, stack: &Stack, id: &str) -> Result<Vec<Part>, Refused> {
    let missing =
        || refused(format!("`{}` has no entry of its own in the file; change the file in an editor", visible(id)));
    let list = list_of(stack, id).ok_or_else(missing)?;
    if list != "flows" {
        return Ok(path(&[list, id]));
    }
    let flow = stack.flow(stack.find_flow(id).ok_or_else(missing)?);
    if flow.entry != flow.place {
        return Err(refused(format!(
            "flow `{}` stands in one entry with others, which lists its targets under `to`; give it an entry of its own first",
            visible(id)
        )));
    }
    let root = parse(source, &Limits::default(), &mut Diagnostics::default()).ok_or_else(missing)?;
    let Value::Map(entries) = &root.resolved().value else { return Err(missing()) };
    let flows = entries.iter().find(|entry| entry.key == "flows").ok_or_else(missing)?;
    let Value::List(items) = &flows.node.resolved().value else { return Err(missing()) };
    let at = items.iter().position(|item| item.span.start == flow.entry.start).ok_or_else(missing)?;
    Ok(vec![Part::Key("flows".to_owned()), Part::Item(at)])
}

/// An id that is made of ends and objects is written down before one of these changes.
fn kept_id(stack: &Stack, id: &str, key: &str, entry: &[Part]) -> Vec<Step> {
    let is_derived = stack.find_flow(id).is_some_and(|ix| !stack.flow(ix).has_own_id);
    if !is_derived || !["from", "to", "data"].contains(&key) {
        return Vec::new();
    }
    vec![Step::Set([entry.to_vec(), path(&["id"])].concat(), Piece::Scalar { text: id.to_owned(), plain: false })]
}

/// The word taken out of `basis.guessed`, and the key with its last word.
fn confirmed(source: &Source, stack: &Stack, id: &str, key: &str) -> Result<Vec<Step>, Refused> {
    let entry = place(source, stack, id)?;
    let guessed = [entry, path(&["basis", "guessed"])].concat();
    let no_guess = || refused(format!("`{}` of `{}` is not marked as a guess", visible(key), visible(id)));
    let root = parse(source, &Limits::default(), &mut Diagnostics::default()).ok_or_else(no_guess)?;
    let node = at(&root, &guessed).ok_or_else(no_guess)?;
    let is_it = |value: &Value<'_>| matches!(value, Value::Scalar(word) if word.text.trim() == key);
    match &node.value {
        Value::List(words) => {
            let at = words.iter().position(|word| is_it(&word.resolved().value)).ok_or_else(no_guess)?;
            match words.len() {
                1 => Ok(vec![Step::Remove(guessed)]),
                _ => Ok(vec![Step::Remove([guessed, vec![Part::Item(at)]].concat())]),
            }
        }
        value if is_it(value) => Ok(vec![Step::Remove(guessed)]),
        _ => Err(no_guess()),
    }
}

/// What stands at a place of a file, with what its aliases stand for.
fn at<'n, 's>(root: &'n Node<'s>, place: &[Part]) -> Option<&'n Node<'s>> {
    let mut node = root.resolved();
    for part in place {
        node = match (part, &node.value) {
            (Part::Key(key), Value::Map(all)) => all.iter().find(|one| one.key.trim() == key)?.node.resolved(),
            (Part::Item(item), Value::List(all)) => all.get(*item)?.resolved(),
            _ => return None,
        };
    }
    Some(node)
}

/// What an entry says in the words of the file, or the file itself where `id` is empty; nothing where it has no place of its own.
#[must_use]
pub fn in_own_words(source: &Source, stack: &Stack, id: &str) -> Piece {
    let place = if id.is_empty() { Ok(Vec::new()) } else { place(source, stack, id) };
    let root = parse(source, &Limits::default(), &mut Diagnostics::default());
    let said = place.ok().zip(root).and_then(|(place, root)| at(&root, &place).map(Piece::of));
    said.unwrap_or(Piece::Nothing)
}

/// The keys that entries of a list can have; those of the file itself without a list.
#[must_use]
pub fn keys_of(list: Option<&str>) -> &'static [shape::Key] {
    let Some(list) = list else { return shape::STACK };
    let takes = shape::STACK.iter().find(|key| key.name == list).map(|key| key.takes);
    match takes {
        Some(shape::Takes::ById(keys) | shape::Takes::List(keys)) => keys,
        _ => &[],
    }
}
