//! Needs as people say them: `lead at marketo`, `offers @ policy-system`.

use super::layout::{Layout, slug};
use super::{entry, plain, scalar};
use crate::model::id::is_id;
use crate::model::table::quoted;
use crate::source::{Diagnostic, Diagnostics, Entry, Node, Span, Value};

pub(super) fn rewrite(process: &mut Entry<'_>, layout: Layout<'_>, problems: &mut Diagnostics) {
    let Value::Map(entries) = &mut process.node.value else { return };
    let Some(needs) = entries.iter_mut().find(|entry| entry.key == "needs") else { return };
    let node = &mut needs.node;
    if let Some(said) = scalar(node).map(str::to_owned) {
        let Some((written, need)) = said_need(&said, node.span) else { return };
        report(&said, node.span, format!("[{written}]"), problems);
        *node = Node { span: node.span, value: Value::List(vec![need].into()) };
        return;
    }
    if !layout.is_in_place(node) {
        return;
    }
    let Value::List(items) = &mut node.value else { return };
    for item in items {
        let Some(said) = scalar(item).map(str::to_owned) else { continue };
        if let Some((written, need)) = said_need(&said, item.span) {
            report(&said, item.span, written, problems);
            *item = need;
        }
    }
}

fn report(said: &str, span: Span, written: String, problems: &mut Diagnostics) {
    let message = format!("a need names data and a system, each behind its key; found {}", quoted(said));
    problems.push(Diagnostic::error("need-in-words", span, message).instead(span, written, ""));
}

/// `lead at marketo` as a need, in text and as a tree.
fn said_need<'a>(said: &str, span: Span) -> Option<(String, Node<'a>)> {
    let (data, at) = said.split_once(" at ").or_else(|| said.split_once('@')).or_else(|| said.split_once(" in "))?;
    let id = |text: &str| if is_id(text.trim()) { Some(text.trim().to_owned()) } else { slug(text.trim()) };
    let (data, at) = (id(data)?, id(at)?);
    let pairs = vec![entry("data", span, plain(&data, span)), entry("at", span, plain(&at, span))];
    Some((format!("{{ data: {data}, at: {at} }}"), Node { span, value: Value::Map(pairs.into()) }))
}
