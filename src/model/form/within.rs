//! Mappings within mappings: one, a list of them, or one for each id or word.

use super::figure::Figures;
use super::word::{Vocabulary, words};
use crate::model::id::is_id;
use crate::model::table::{
    self, Context, Fields, Form, Keyed, Mapping, Tables, Takes, Written, entries, items, mapping_line, pairs, quoted,
    short_form,
};
use crate::model::units::{Quantity, Range};
use crate::source::{Diagnostic, Entry, Node, Value, nearest};

typed! {
    /// One mapping of type `M`.
    object() -> Object<M: Mapping> takes Takes::Object(M::KEYS);
    /// The same in a box, for one that few entries have: those without it stay small.
    boxed() -> Boxed<M: Mapping> takes Takes::Object(M::KEYS);
    /// A list of mappings of type `M`, each written on one line; `what` names the list in messages.
    list(what: &'static str) -> List<M: Mapping> takes Takes::List(M::KEYS);
    /// A mapping from ids to mappings of type `M`; `what` names the list in messages.
    by_id(what: &'static str) -> ById<M: Keyed> takes Takes::ById(M::KEYS);
    /// A mapping from kinds of plan items, the words of `V`, to figures in `unit`.
    ranges_by(unit: &'static str) -> RangesBy<V: Vocabulary> takes Takes::RangesBy(words::<V>, unit);
}

impl<M: Mapping> Form<M> for Object<M> {
    fn read(&self, node: &Node<'_>, cx: &mut Context) -> Option<M> {
        let fields = Fields::of(node, M::WHAT, M::KEYS, &mut cx.problems)?;
        M::read(&fields, cx)
    }

    fn write(&self, value: &M, ids: &Tables) -> Written {
        Written::Mapping(pairs(ids, value))
    }
}

impl<M: Mapping> Form<Box<M>> for Boxed<M> {
    fn read(&self, node: &Node<'_>, cx: &mut Context) -> Option<Box<M>> {
        object::<M>().read(node, cx).map(Box::new)
    }

    fn write(&self, value: &Box<M>, ids: &Tables) -> Written {
        object::<M>().write(value, ids)
    }
}

impl<M: Mapping> Form<Vec<M>> for List<M> {
    fn read(&self, node: &Node<'_>, cx: &mut Context) -> Option<Vec<M>> {
        let items = items(node, self.what, &mut cx.problems);
        Some(items.iter().filter_map(|item| read_item(item, cx)).collect())
    }

    fn write(&self, value: &Vec<M>, ids: &Tables) -> Written {
        Written::List(value.iter().map(|one| mapping_line(&pairs(ids, one))).collect())
    }
}

/// An entry of a list: a mapping, or in its place the one id that it cannot do without.
fn read_item<M: Mapping>(item: &Node<'_>, cx: &mut Context) -> Option<M> {
    let (Value::Scalar(_), Some(key)) = (&item.resolved().value, short_form(M::KEYS)) else {
        return object::<M>().read(item, cx);
    };
    let entries = [Entry { key: key.name.into(), key_span: item.span, node: item.clone() }];
    M::read(&Fields::made(&entries, item.span), cx)
}

impl<M: Keyed> Form<Vec<M>> for ById<M> {
    /// The well-formed entries, in the order of their ids, so that a place in the result is a place among the names.
    fn read(&self, node: &Node<'_>, cx: &mut Context) -> Option<Vec<M>> {
        let mut listed: Vec<&Entry<'_>> =
            entries(node, self.what, &mut cx.problems).iter().filter(|entry| is_id(&entry.key)).collect();
        listed.sort_by(|a, b| a.key.cmp(&b.key));
        let read = |entry: &Entry<'_>| {
            let fields = Fields::of_entry(entry, M::WHAT, M::KEYS, &mut cx.problems);
            // An entry that cannot be read keeps its place.
            fields
                .and_then(|fields| M::read(&fields, cx))
                .unwrap_or_else(|| M::blank(&Fields::unstated(&entry.key, entry.key_span)))
        };
        Some(listed.into_iter().map(read).collect())
    }

    fn write(&self, value: &Vec<M>, ids: &Tables) -> Written {
        Written::Entries(value.iter().map(|one| (one.id().to_owned(), pairs(ids, one))).collect())
    }
}

impl<V: Vocabulary, T: Quantity + PartialEq> Form<Vec<(String, Range<T>)>> for RangesBy<V> {
    /// Pairs sorted by word, whatever their order in the file.
    fn read(&self, node: &Node<'_>, cx: &mut Context) -> Option<Vec<(String, Range<T>)>> {
        let words = words::<V>();
        let mut found = Vec::new();
        for entry in entries(node, "ranges", &mut cx.problems) {
            let key = entry.key.as_ref();
            if words.contains(&key) {
                let figure = Figures::Amount(self.unit, self.unit).read(&entry.node, cx);
                found.extend(figure.map(|figure| (key.to_owned(), figure)));
                continue;
            }
            let known = words.iter().map(|word| format!("`{word}`")).collect::<Vec<_>>().join(", ");
            let near = nearest(key, words.iter().copied());
            let help = near.map_or_else(|| format!("choose from {known}"), |near| format!("did you mean `{near}`?"));
            let message = format!("unknown kind of plan item {}", quoted(key));
            cx.problems.push(Diagnostic::error("unknown-key", entry.key_span, message).help(help));
        }
        found.sort_by(|a, b| a.0.cmp(&b.0));
        Some(found)
    }

    fn write(&self, value: &Vec<(String, Range<T>)>, _: &Tables) -> Written {
        let pairs: Vec<String> = value
            .iter()
            .map(|(word, range)| format!("{word}: {}", table::range(*range, |amount| amount.to_string())))
            .collect();
        Written::Line(format!("{{ {} }}", pairs.join(", ")))
    }
}
