//! Processes and what they need.

use super::remarks::Remarks;
use super::seldom::Seldom;
use crate::model::form::{Called, Figures, Time, id_of, object};
use crate::model::id::{DataIx, ProcessId, ProcessIx, SystemIx, TeamIx};
use crate::model::name::Name;
use crate::model::table::{
    Context, Fields, Form, Irregular, Key, Keyed, Mapping, Mask, Maskable, Masker, Pairs, Tables, Takes, Written,
    items, mapping, mapping_line, pairs, quoted,
};
use crate::model::units::{Duration, Figure, MoneyPerHour};
use crate::source::{Diagnostic, Node, Span, Value};

mapping! {
    /// A business process that needs certain data objects at certain systems, and perhaps other processes.
    #[derive(Clone, Debug)]
    pub struct Process(ProcessId) = "a process" + Irregular {
        name: Name = named(Self::id_in_words), Called, Name, "Its name; the id in words where absent.";
        owner: Option<TeamIx> = may, id_of::<TeamIx>(), Name, "The team that owns it.";
        needs: Vec<Vec<Requirement>> = many, Needs, Within, "What it needs, all of it.";
        outage_cost: Figure<MoneyPerHour> = may, Figures::Amount("a cost", "money per hour"), Money,
            "Cost per hour while it is down.";
        tolerates: Option<Duration> = may, Time::Any, Keep,
            "How long it can be down without harm; shown, not used in figures.";
        remarks: Seldom<Remarks> = flat, (), Within, "What it says of itself beside its own keys.";
    }
}

mapping! {
    /// A need of a process: one data object at one system.
    #[derive(Clone, Copy, Debug, PartialEq)]
    pub struct Need = "a need" {
        + place: Span = Fields::place, "Where the file says so.";
        data: DataIx = must, id_of::<DataIx>(), Name, "What is needed.";
        at: SystemIx = must, id_of::<SystemIx>(), Name, "Where it is needed.";
        max_age: Option<Duration> = may, Time::Any, Keep, "How old it may be.";
    }
}

mapping! {
    /// A need of a process: another process that must run.
    #[derive(Clone, Copy, Debug, PartialEq)]
    pub struct ProcessNeed = "a need of a process" {
        + place: Span = Fields::place, "Where the file says so.";
        process: ProcessIx = must, id_of::<ProcessIx>(), Name, "Another process that must run.";
    }
}

/// What a process needs: an object at a system, or another process.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Requirement {
    /// A data object must be available at a system.
    Data(Need),
    /// Another process must run.
    Process(ProcessNeed),
}

impl Requirement {
    /// The data object that is needed, where it is one.
    #[must_use]
    pub fn data(&self) -> Option<&Need> {
        if let Self::Data(need) = self { Some(need) } else { None }
    }

    /// Where the file says so.
    #[must_use]
    pub fn place(&self) -> Span {
        match self {
            Self::Data(need) => need.place,
            Self::Process(need) => need.place,
        }
    }
}

impl Maskable for Requirement {
    fn mask(&mut self, how: Mask, masker: &mut dyn Masker) {
        match self {
            Self::Data(need) => need.mask(how, masker),
            Self::Process(need) => need.mask(how, masker),
        }
    }
}

impl Process {
    /// The data objects that it needs, and where; those inside an `any_of` included.
    pub fn data_needs(&self) -> impl Iterator<Item = &Need> {
        self.needs.iter().flatten().filter_map(Requirement::data)
    }

    /// The processes that it needs; those inside an `any_of` included.
    pub fn process_needs(&self) -> impl Iterator<Item = &ProcessNeed> {
        let all = self.needs.iter().flatten();
        all.filter_map(|one| if let Requirement::Process(need) = one { Some(need) } else { None })
    }
}

mapping! {
    /// A need that any of several can meet.
    struct Alternatives = "an alternative need" + Irregular {
        any_of: Vec<Requirement> = must, AnyOf, Within, "Alternatives, one of which is enough; they do not nest.";
    }
}

/// An empty list of alternatives can be met by nothing.
impl Irregular for Alternatives {
    fn settle(self, fields: &Fields<'_, '_>, cx: &mut Context) -> Option<Self> {
        if let Some(node) = fields.get("any_of")
            && matches!(&node.resolved().value, Value::List(items) if items.is_empty())
        {
            cx.problems.push(
                Diagnostic::error("empty-any-of", node.span, "`any_of` is empty, so it can never be met")
                    .help("list at least one need, or remove the entry"),
            );
        }
        (!self.any_of.is_empty()).then_some(self)
    }
}

/// A process that needs nothing is an oversight.
impl Irregular for Process {
    fn settle(self, fields: &Fields<'_, '_>, cx: &mut Context) -> Option<Self> {
        // What is stated in another shape is refused for that.
        let is_stated = |node: &Node<'_>| match &node.resolved().value {
            Value::List(items) => !items.is_empty(),
            Value::Null => false,
            _ => true,
        };
        if !fields.get("needs").is_some_and(is_stated) {
            let message = format!("process {} has no needs", quoted(self.id.as_str()));
            cx.problems.push(Diagnostic::warning("process-without-needs", self.place, message).help(
                "list under `needs:` which data it needs at which system; without needs it counts as always running",
            ));
        }
        Some(self)
    }
}

/// The keys of a need, by what is needed.
const ONE: &[&[Key]] = &[Need::KEYS, ProcessNeed::KEYS];

/// The keys of an entry of `needs`.
const ENTRY: &[&[Key]] = &[Need::KEYS, ProcessNeed::KEYS, Alternatives::KEYS];

fn has_key(node: &Node<'_>, key: &str) -> bool {
    matches!(&node.resolved().value, Value::Map(entries) if entries.iter().any(|entry| entry.key == key))
}

fn read_one(node: &Node<'_>, cx: &mut Context) -> Option<Requirement> {
    if has_key(node, "process") {
        return object::<ProcessNeed>().read(node, cx).map(Requirement::Process);
    }
    object::<Need>().read(node, cx).map(Requirement::Data)
}

fn pairs_of(one: &Requirement, ids: &Tables) -> Pairs {
    match one {
        Requirement::Data(need) => pairs(ids, need),
        Requirement::Process(need) => pairs(ids, need),
    }
}

/// The alternatives of a need.
struct AnyOf;

impl AnyOf {
    const fn takes(&self) -> Takes {
        Takes::OneOfTables(ONE)
    }
}

impl Form<Vec<Requirement>> for AnyOf {
    fn read(&self, node: &Node<'_>, cx: &mut Context) -> Option<Vec<Requirement>> {
        let listed = items(node, "needs", &mut cx.problems);
        Some(listed.iter().filter_map(|item| read_one(item, cx)).collect())
    }

    fn write(&self, value: &Vec<Requirement>, ids: &Tables) -> Written {
        Written::List(value.iter().map(|one| mapping_line(&pairs_of(one, ids))).collect())
    }
}

/// Needs, all of the list, and of each entry any one: an entry is a need, or `any_of` several. No entry is empty.
struct Needs;

impl Needs {
    const fn takes(&self) -> Takes {
        Takes::OneOfTables(ENTRY)
    }
}

impl Form<Vec<Vec<Requirement>>> for Needs {
    fn read(&self, node: &Node<'_>, cx: &mut Context) -> Option<Vec<Vec<Requirement>>> {
        let listed = items(node, "needs", &mut cx.problems);
        let entry = |item: &Node<'_>| {
            if has_key(item, "any_of") {
                object::<Alternatives>().read(item, cx).map(|alternatives| alternatives.any_of)
            } else {
                read_one(item, cx).map(|need| vec![need])
            }
        };
        Some(listed.iter().filter_map(entry).collect())
    }

    fn write(&self, value: &Vec<Vec<Requirement>>, ids: &Tables) -> Written {
        let entry = |needs: &Vec<Requirement>| match needs.as_slice() {
            [one] => mapping_line(&pairs_of(one, ids)),
            several => mapping_line(&pairs(ids, &Alternatives { any_of: several.to_vec() })),
        };
        Written::List(value.iter().map(entry).collect())
    }
}
