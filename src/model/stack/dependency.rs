//! What a system stands on: systems that must be up for it to be up, of some of them any one.

use crate::model::form::{id_of, ids_of, object};
use crate::model::id::SystemIx;
use crate::model::table::{
    Context, Fields, Form, Irregular, Mapping, Tables, Takes, Written, list, mapping, mapping_line, pairs, text,
    warn_of_repetitions,
};

use crate::source::{Diagnostic, Node, Span, Value};

mapping! {
    /// Systems of which one is enough.
    struct Alternatives = "an alternative dependency" + Irregular {
        any_of: Vec<SystemIx> = must, ids_of::<SystemIx>(), Name,
            "Systems of which one must be up; they do not nest.";
    }
}

/// Of no system at all none can be up.
impl Irregular for Alternatives {
    fn settle(self, fields: &Fields<'_, '_>, cx: &mut Context) -> Option<Self> {
        if let Some(node) = fields.get("any_of")
            && matches!(&node.resolved().value, Value::List(items) if items.is_empty())
        {
            cx.problems.push(
                Diagnostic::error("empty-any-of", node.span, "`any_of` is empty, so none of it can ever be up")
                    .help("list at least one system, or remove the entry"),
            );
        }
        (!self.any_of.is_empty()).then_some(self)
    }
}

/// Dependencies, all of the list, and of each entry any one: an entry is the id of a system, or `any_of` several. Read
/// sorted, each once; no entry is empty.
pub(super) struct Dependencies;

impl Dependencies {
    pub(super) const fn takes(&self) -> Takes {
        Takes::IdsOr("system", Alternatives::KEYS)
    }
}

impl Form<Vec<Vec<SystemIx>>> for Dependencies {
    fn read(&self, node: &Node<'_>, cx: &mut Context) -> Option<Vec<Vec<SystemIx>>> {
        let entry = |node: &Node<'_>, cx: &mut Context| match &node.resolved().value {
            Value::Map(_) => object::<Alternatives>().read(node, cx).map(|alternatives| alternatives.any_of),
            _ => id_of::<SystemIx>().read(node, cx).map(|system| vec![system]),
        };
        let nodes = match &node.resolved().value {
            Value::List(items) => &**items,
            _ => std::slice::from_ref(node),
        };
        let mut found: Vec<(Vec<SystemIx>, Span)> =
            nodes.iter().filter_map(|node| Some((entry(node, cx)?, node.span))).collect();
        found.sort_unstable();
        warn_of_repetitions(&found, &mut cx.problems, |any| match any.as_slice() {
            [one] => format!("system `{}`", cx.tables.systems.name(one.at())),
            _ => "the same `any_of`".to_owned(),
        });
        let mut found: Vec<Vec<SystemIx>> = found.into_iter().map(|(any, _)| any).collect();
        found.dedup();
        Some(found)
    }

    fn write(&self, value: &Vec<Vec<SystemIx>>, ids: &Tables) -> Written {
        let entry = |any: &Vec<SystemIx>| match any.as_slice() {
            [one] => text(ids.systems.name(one.at())),
            several => mapping_line(&pairs(ids, &Alternatives { any_of: several.to_vec() })),
        };
        Written::Line(list(&value.iter().map(entry).collect::<Vec<_>>()))
    }
}
