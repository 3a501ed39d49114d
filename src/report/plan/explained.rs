//! The explanation of an item, down to lines of the stack file.

use super::super::Location;
use super::super::document::{Block, Item, Line, Look};
use crate::model::Stack;
use crate::plan::trace::{self, Basis};
use crate::source::{Diagnostics, Limits, Node, Source, Span, Value, parse};

/// The lines of an explanation with their places, under the title of the item.
#[must_use]
pub fn explained(stack: &Stack, source: &Source, id: &str, title: &str, lines: &[trace::Line]) -> Vec<Block> {
    let root = parse(source, &Limits::default(), &mut Diagnostics::default());
    let mut items: Vec<Item> = Vec::new();
    for line in lines {
        let words = format!("{}{}", "  ".repeat(line.depth.saturating_sub(1)), line.words);
        let shown = Line::of(words).and_looking(Look::Muted, basis(stack, source, root.as_ref(), &line.basis));
        match items.last_mut().filter(|_| line.depth > 0) {
            Some(item) => item.details.push(shown),
            None => items.push(Item { head: shown, details: Vec::new() }),
        }
    }
    vec![Block::Heading(Line::of(title).and(" ").and_code(id)), Block::Items(items)]
}

fn basis(stack: &Stack, source: &Source, root: Option<&Node<'_>>, basis: &Basis) -> String {
    let at = |span: Span| format!(" ({})", Location::of(span, source));
    match basis {
        Basis::Key(path) => root.and_then(|root| find(root, path)).map(at).unwrap_or_default(),
        Basis::FlowKey(id, key) => {
            let place = stack.find_flow(id).map(|ix| stack.flow(ix).place);
            let own =
                place.and_then(|place| find_flow(root?, place)).and_then(|flow| entry(flow, key)).map(|(at, _)| at);
            own.or(place).map(at).unwrap_or_default()
        }
        Basis::Default(key) => format!(" (assumed; `{key}` in the stack file overrides it)"),
        Basis::Analysis => " (stack analysed before and after)".to_owned(),
        Basis::Above | Basis::Statement => String::new(),
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
