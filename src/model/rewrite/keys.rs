//! Keys in other words than ours: `how` for `mechanism`, `sla` for `availability`; and a decimal comma that ended a value.

use super::layout::{Layout, slug};
use super::{plain, scalar};
use crate::catalog::people::{Meaning, meanings};
use crate::model::stack::Stack;
use crate::model::table::{Key, Mapping, Takes, quoted};
use crate::source::{Diagnostic, Diagnostics, Entry, Node, Span, Value, nearest};

/// Gives keys of `what` (with its article) that people call otherwise their names.
pub(super) fn rename(
    entries: &mut Vec<Entry<'_>>,
    what: &'static str,
    keys: &'static [Key],
    layout: Layout<'_>,
    problems: &mut Diagnostics,
) {
    // Comparing each key with all others is for mappings that a person wrote.
    if entries.len() > 1_000 {
        return;
    }
    join_commas(entries, keys, layout, problems);
    let takes_extras = keys.iter().any(Key::is_extra) && what != "a stack file";
    for at in 0..entries.len() {
        let entry = &entries[at];
        if keys.iter().any(|key| key.is_written(&entry.key)) || entry.key == crate::source::MERGE {
            continue;
        }
        let is_taken = |name: &str| entries.iter().any(|entry| entry.key == name);
        let message = format!("{what} has no key {}", quoted(&entry.key));
        let problem = Diagnostic::error("unknown-key", entry.key_span, message);
        let meant = meanings(&format!("key of {what}"), &entry.key).iter();
        let meant: Vec<_> = meant.filter(|one| !is_taken(first(&one.means))).collect();
        let known = meant.first().copied();
        let value = scalar(&entry.node).map(str::to_owned);
        let (problem, name, node) = match (known, value) {
            (Some(known), Some(value)) if known.means.contains("{}") => {
                let whole = Span { start: entry.key_span.start, end: entry.node.span.end };
                let written = layout.at(entry.node.span);
                let (name, within) = known.means.split_once(": ").unwrap_or((&known.means, ""));
                let inner = within.trim_matches(['{', '}', ' ']).split(':').next().unwrap_or_default().trim();
                let inner = super::entry(inner, entry.key_span, plain(&value, entry.node.span));
                let node = Node { span: entry.node.span, value: Value::Map(vec![inner].into()) };
                (problem.instead(whole, known.means.replacen("{}", written, 1), ""), name.to_owned(), Some(node))
            }
            (Some(known), _) if !known.means.contains("{}") => {
                let each = |problem: Diagnostic, one: &&Meaning| {
                    problem.instead(entry.key_span, one.means.clone(), one.when.clone())
                };
                (meant.iter().fold(problem, each), known.means.clone(), None)
            }
            (_, value) => {
                let near = nearest(&entry.key, keys.iter().filter(|key| !key.is_extra()).map(|key| key.name));
                let own = format!("x-{}", slug(&entry.key).unwrap_or_default());
                let is_own = takes_extras && value.is_some() && own.len() > 2 && !is_taken(&own);
                match near.filter(|near| !is_taken(near)) {
                    Some(near) => (problem.nearest(Some(near)), near.to_owned(), None),
                    // A key of one's own is kept and never read.
                    None if is_own => {
                        let problem = match home(&entry.key, keys) {
                            None if let Some(near) = near => problem.help(format!(
                                "did you mean `{near}`, which is there already? write that key, or `{own}` to keep it as a key of your own"
                            )),
                            Some(home) => problem.help(format!(
                                "{} is a key of {home}: write it there, or `{own}` to keep it as a key of your own",
                                quoted(&entry.key)
                            )),
                            None => problem,
                        };
                        (problem.instead(entry.key_span, own.clone(), "to keep it as a key of your own"), own, None)
                    }
                    // What has no other meaning is the reader's to refuse.
                    None => continue,
                }
            }
        };
        problems.push(problem);
        let entry = &mut entries[at];
        entry.key = name.into();
        if let Some(node) = node {
            entry.node = node;
        }
    }
}

/// Where a key belongs that the mapping with `keys` does not have: within one of these, else in a section of the file.
fn home(name: &str, keys: &'static [Key]) -> Option<String> {
    let has = |keys: &[Key]| keys.iter().any(|key| !key.is_extra() && key.name == name);
    let holder = |keys: &'static [Key]| keys.iter().find(|key| key.takes.within().into_iter().any(has));
    if let Some(within) = holder(keys) {
        return Some(match within.takes {
            Takes::Object(_) => format!("`{}`", within.name),
            _ => format!("an entry of `{}`", within.name),
        });
    }
    let section = holder(Stack::KEYS)?;
    Some(match section.takes {
        Takes::Object(_) => format!("`{}`", section.name),
        _ => format!("an entry of `{}`", section.name),
    })
}

/// The key with which a replacement begins.
fn first(means: &str) -> &str {
    means.split(':').next().unwrap_or(means)
}

/// In `{ }` a comma ends a value: `minutes: 1,5h` is a value and a key without one. Both together are one figure.
fn join_commas(entries: &mut Vec<Entry<'_>>, keys: &'static [Key], layout: Layout<'_>, problems: &mut Diagnostics) {
    let mut at = 1;
    while at < entries.len() {
        let (before, entry) = (&entries[at - 1], &entries[at]);
        let between = Span { start: before.node.span.end, end: entry.key_span.start };
        let is_figure = matches!(entry.node.value, Value::Null)
            && entry.key.starts_with(|c: char| c.is_ascii_digit())
            && scalar(&before.node).is_some_and(|value| value.ends_with(|c: char| c.is_ascii_digit()))
            && layout.at(between) == ","
            && keys.iter().any(|key| key.name == before.key);
        if !is_figure {
            at += 1;
            continue;
        }
        let (left, right) = (scalar(&before.node).unwrap_or_default(), entry.key.as_ref());
        let digits = right.bytes().take_while(u8::is_ascii_digit).count();
        // Three digits behind a comma are thousands, as they are in quotes; a percentage has none.
        let is_thousands = digits == 3 && !right.contains('%');
        let joined = format!("{left}{}{right}", if is_thousands { "" } else { "." });
        let span = Span { start: before.node.span.start, end: entry.key_span.end };
        problems.push(
            Diagnostic::error(
                "comma-in-value",
                span,
                format!("in braces the comma in {} ends the value", quoted(layout.at(span))),
            )
            .instead(span, joined.clone(), ""),
        );
        entries[at - 1].node = plain(&joined, span);
        entries.remove(at);
    }
}
