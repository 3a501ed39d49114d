//! The explanation of an item, down to lines of the stack file.

use schemars::JsonSchema;
use serde::Serialize;

use crate::model::Stack;
use crate::plan::trace::{self, Basis};
use crate::report::facts::Location;
use crate::source::{Diagnostics, Limits, Node, Source, Span, Value, parse};

/// How every number of one item came about.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[schemars(rename = "PlanExplanation")]
pub struct Explanation {
    /// The item, whether the plan builds it or not.
    pub item: String,
    /// One line for a person.
    pub title: String,
    /// Line by line; what a line is made of follows it with a greater depth.
    pub lines: Vec<Reason>,
}

/// One line of an explanation.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[schemars(rename = "PlanReason")]
pub struct Reason {
    /// What it is part of: 0 stands by itself, 1 belongs to the last line of depth 0, and so on.
    pub depth: usize,
    /// What it says, numbers included.
    pub words: String,
    /// Where the stack file says it; null where it is computed or assumed.
    pub location: Option<Location>,
    /// The key of the stack file that would override it, where it is a default; else null.
    pub overridden_by: Option<String>,
    /// Whether it is a difference of two analyzes, of the stack before and after.
    pub is_analysed: bool,
}

impl Explanation {
    /// The lines of an explanation with their places, under the title of the item.
    #[must_use]
    pub fn of(stack: &Stack, source: &Source, id: &str, title: &str, lines: &[trace::Line]) -> Self {
        let root = parse(source, &Limits::default(), &mut Diagnostics::default());
        let reason = |line: &trace::Line| Reason {
            depth: line.depth,
            words: line.words.clone(),
            location: place(stack, root.as_ref(), &line.basis).map(|span| Location::of(span, source)),
            overridden_by: if let Basis::Default(key) = &line.basis { Some(key.clone()) } else { None },
            is_analysed: line.basis == Basis::Analysis,
        };
        Self { item: id.to_owned(), title: title.to_owned(), lines: lines.iter().map(reason).collect() }
    }
}

fn place(stack: &Stack, root: Option<&Node<'_>>, basis: &Basis) -> Option<Span> {
    match basis {
        Basis::Key(path) => find(root?, path),
        Basis::FlowKey(id, key) => {
            let place = stack.flow(stack.find_flow(id)?).place;
            let own = root.and_then(|root| find_flow(root, place)).and_then(|flow| entry(flow, key));
            Some(own.map_or(place, |(at, _)| at))
        }
        Basis::Default(_) | Basis::Analysis | Basis::Above | Basis::Statement => None,
    }
}

fn entry<'n, 'a>(node: &'n Node<'a>, key: &str) -> Option<(Span, &'n Node<'a>)> {
    let Value::Map(entries) = &node.resolved().value else { return None };
    entries.iter().find(|entry| entry.key == key).map(|entry| (entry.key_span, &entry.node))
}

fn find(root: &Node<'_>, path: &[String]) -> Option<Span> {
    let mut node = root;
    let mut span = None;
    for key in path {
        let (at, next) = entry(node, key)?;
        (span, node) = (Some(at), next);
    }
    span
}

/// The flow that stands at `place`.
fn find_flow<'n, 'a>(root: &'n Node<'a>, place: Span) -> Option<&'n Node<'a>> {
    let (_, flows) = entry(root, "flows")?;
    let Value::List(flows) = &flows.resolved().value else { return None };
    flows.iter().find(|flow| flow.span.start <= place.start && place.start < flow.span.end)
}
