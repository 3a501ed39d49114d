//! Processes and what they need.

use super::remarks::Remarks;
use crate::model::form::{Figures, Text, Time, id_of, list, object};
use crate::model::id::{DataIx, ProcessId, SystemIx, TeamIx};
use crate::model::table::{
    Context, Fields, Form, Irregular, Keyed, Mapping, Tables, Takes, Written, items, mapping, mapping_line, pairs,
    quoted,
};
use crate::model::units::{Duration, Figure, MoneyPerHour};
use crate::source::{Diagnostic, Node, Span, Value};

mapping! {
    /// A business process that needs certain data objects at certain systems.
    #[derive(Clone, Debug)]
    pub struct Process(ProcessId) = "a process" + Irregular {
        name: String = named(Self::id_as_name), Text::Word, Name, "Its name; the id where absent.";
        owner: Option<TeamIx> = may, id_of::<TeamIx>(), Name, "The team that owns it.";
        needs: Vec<Vec<Need>> = many, Needs, Within, "What it needs, all of it.";
        outage_cost: Figure<MoneyPerHour> = may, Figures::Amount("a cost", "money per hour"), Money,
            "Cost per hour while it is down.";
        tolerates: Option<Duration> = may, Time::Any, Keep,
            "How long it can be down without harm; shown, not used in figures.";
        remarks: Remarks = flat, (), Within, "What it says of itself beside its own keys.";
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
    /// A need that any of several can meet.
    struct Alternatives = "an alternative need" + Irregular {
        any_of: Vec<Need> = must, list::<Need>("needs"), Within, "Alternatives, one of which is enough; they do not nest.";
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
        let is_listed = |node: &Node<'_>| matches!(&node.resolved().value, Value::List(items) if !items.is_empty());
        if !fields.get("needs").is_some_and(is_listed) {
            let message = format!("process {} has no needs", quoted(self.id.as_str()));
            cx.problems.push(Diagnostic::warning("process-without-needs", self.place, message).help(
                "list under `needs:` which data it needs at which system; without needs it counts as always running",
            ));
        }
        Some(self)
    }
}

/// Needs, all of the list, and of each entry any one: an entry is a need, or `any_of` several. No entry is empty.
struct Needs;

impl Needs {
    const fn takes(&self) -> Takes {
        Takes::Needs(Need::KEYS, Alternatives::KEYS)
    }
}

impl Form<Vec<Vec<Need>>> for Needs {
    fn read(&self, node: &Node<'_>, cx: &mut Context) -> Option<Vec<Vec<Need>>> {
        let listed = items(node, "needs", &mut cx.problems);
        let entry = |item: &Node<'_>| match &item.resolved().value {
            Value::Map(entries) if entries.iter().any(|entry| entry.key == "any_of") => {
                object::<Alternatives>().read(item, cx).map(|alternatives| alternatives.any_of)
            }
            _ => object::<Need>().read(item, cx).map(|need| vec![need]),
        };
        Some(listed.iter().filter_map(entry).collect())
    }

    fn write(&self, value: &Vec<Vec<Need>>, ids: &Tables) -> Written {
        let entry = |needs: &Vec<Need>| match needs.as_slice() {
            [one] => mapping_line(&pairs(ids, one)),
            several => mapping_line(&pairs(ids, &Alternatives { any_of: several.to_vec() })),
        };
        Written::List(value.iter().map(entry).collect())
    }
}
