//! Which entry of a file an id that nothing defines may be another spelling of: near enough to ask, not to be sure.

use super::{Section, scalar};
use crate::catalog::Lookup;
use crate::source::{Entry, Value};

/// Most ids among which one is looked for.
const MANY: usize = 1_000;

/// An entry of a section, and the product that a system is.
pub(super) struct Known {
    id: String,
    product: Option<String>,
}

/// The entries of `list`.
pub(super) fn known(list: &Entry<'_>, section: Section<'_>) -> Vec<Known> {
    let Value::Map(entries) = &list.node.value else { return Vec::new() };
    if entries.len() > MANY {
        return Vec::new();
    }
    let of = |entry: &Entry<'_>| {
        let stated = match &entry.node.value {
            Value::Map(inner) => inner.iter().find(|one| one.key == "product").and_then(|one| scalar(&one.node)),
            _ => None,
        };
        Known { id: entry.key.to_string(), product: product(stated.unwrap_or(&entry.key), section) }
    };
    entries.iter().map(of).collect()
}

/// The first of `known` that is of the same product as what was `said`, else the one most like its `id`.
pub(super) fn find<'k>(id: &str, said: &str, known: &'k [Known], section: Section<'_>) -> Option<&'k str> {
    let own = product(said, section).or_else(|| product(id, section));
    let same = known.iter().find(|one| own.is_some() && one.product == own);
    let most_like = || {
        let close = known.iter().map(|one| (likeness(id, &one.id), one)).filter(|(likeness, _)| *likeness >= 0.6);
        close.fold(None, |best: Option<(f64, &Known)>, one| match best {
            Some((likeness, _)) if likeness >= one.0 => best,
            _ => Some(one),
        })
    };
    same.or_else(|| Some(most_like()?.1)).map(|one| one.id.as_str())
}

fn product(name: &str, section: Section<'_>) -> Option<String> {
    if section.what != "system" {
        return None;
    }
    match section.catalog.find(name) {
        Lookup::Product(product) => Some(product.id.as_str().to_owned()),
        _ => None,
    }
}

/// How much of two ids is the same, from 0 to 1: one that has the other's words and more is like it.
fn likeness(one: &str, other: &str) -> f64 {
    if one.len() > 64 || other.len() > 64 {
        return 0.0;
    }
    let begins =
        |long: &str, short: &str| long.strip_prefix(short).is_some_and(|rest| rest.starts_with(['-', '_', '.']));
    if begins(one, other) || begins(other, one) {
        return 1.0;
    }
    let (short, long) = (one.len().min(other.len()), one.len().max(other.len()));
    // Each letter that only one has is a difference.
    if long == 0 || short * 10 < long * 6 {
        return 0.0;
    }
    1.0 - strsim::osa_distance(one, other) as f64 / long as f64
}

#[cfg(test)]
mod tests {
    use super::likeness;

    #[test]
    fn near_is_asked_about_and_far_is_another_word() {
        for (one, other) in [("sixsense", "6sense"), ("hubspot", "hubspot-eu"), ("list-2", "list-1"), ("crm-eu", "crm")]
        {
            assert!(likeness(one, other) >= 0.6, "{one} {other}");
        }
        for (one, other) in [("draft", "intent"), ("clay", "salesforce"), ("deal", "lead"), ("offers", "kpis")] {
            assert!(likeness(one, other) < 0.6, "{one} {other}");
        }
    }
}
