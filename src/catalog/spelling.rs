//! What a name can only be another writing of.

use std::collections::BTreeMap;

use crate::source::nearest;

use super::lookup::normalise;
use super::product::Product;

/// Longer names are nobody's typing error: 64 bytes.
const LONGEST: usize = 64;

/// Endings of a website or of a company.
const ENDINGS: [&str; 12] =
    [".com", ".io", ".ai", ".net", ".org", ".co", " inc", " inc.", " gmbh", " ltd", " ag", " llc"];

/// Names as look-ups compare them, made ready once for all that is asked.
#[derive(Clone, Debug)]
pub(super) struct Spelling {
    /// In the order of [`Catalog::names`](super::Catalog::names).
    names: Vec<Spelled>,
    /// First words of names that one product alone begins with, each with its name.
    first: Vec<(Spelled, String)>,
    /// The vendor of each product, in the order of the products; as look-ups compare it.
    vendors: Vec<String>,
}

/// One name.
#[derive(Clone, Debug)]
struct Spelled {
    name: String,
    normal: String,
    letters: Vec<char>,
    /// How many letters, whatever their bytes.
    count: usize,
}

impl Spelled {
    fn of(name: &str) -> Self {
        let normal = normalise(name);
        let mut letters: Vec<char> = normal.chars().collect();
        letters.sort_unstable();
        Self { name: name.to_owned(), count: letters.len(), letters, normal }
    }

    /// Whether each word of the other is this one's, or one of them and a slip of it: `Googel Shets`.
    fn has_slips_of(&self, known: &Self) -> bool {
        let words = |name: &str| name.split_whitespace().map(Self::of).collect::<Vec<_>>();
        if self.count.abs_diff(known.count) > 3 || !self.name.trim().contains(' ') || !known.name.contains(' ') {
            return false;
        }
        let (own, other) = (words(&self.name), words(&known.name));
        let is_slip = |(one, known): (&Self, &Self)| {
            one.normal == known.normal
                || one.count.max(known.count) >= 5
                    && (known.count != one.count || known.letters == one.letters)
                    && strsim::osa_distance(&one.normal, &known.normal) == 1
        };
        own.len() == other.len() && own.iter().zip(&other).all(is_slip)
    }

    /// Whether the other is this one with a letter missing, doubled or swapped.
    fn is_slip_of(&self, known: &Self) -> bool {
        known.normal.len().abs_diff(self.normal.len()) <= 1
            && self.count.max(known.count) >= 6
            && (known.count != self.count || known.letters == self.letters)
            && strsim::osa_distance(&self.normal, &known.normal) == 1
    }
}

impl Spelling {
    /// Of these names, and of the vendors of these products.
    pub(super) fn of(names: &[&str], products: &[Product]) -> Self {
        let mut by_first: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        for name in products.iter().map(|product| product.name.as_str()) {
            if let Some((first, _)) = name.split_once(' ') {
                by_first.entry(first).or_default().push(name);
            }
        }
        let only = |(first, names): (&str, Vec<&str>)| match names.as_slice() {
            [name] => Some((Spelled::of(first), (*name).to_owned())),
            _ => None,
        };
        Self {
            first: by_first.into_iter().filter_map(only).collect(),
            names: names.iter().map(|name| Spelled::of(name)).collect(),
            vendors: products.iter().map(|product| normalise(&product.vendor)).collect(),
        }
    }

    /// The name that `typed` can only be a typing error of. `products` are those that this was made of.
    pub(super) fn near<'a>(&'a self, typed: &str, products: &'a [Product]) -> Option<&'a str> {
        let said = Spelled::of(typed);
        if let Some(known) = self.names.iter().find(|known| said.is_slip_of(known)) {
            return Some(&known.name);
        }
        if let Some(known) = self.names.iter().find(|known| said.has_slips_of(known)) {
            return Some(&known.name);
        }
        let is_of = |vendor: &String| {
            vendor.len() >= 3 && said.normal.len() > vendor.len() && said.normal.starts_with(vendor.as_str())
        };
        let of_vendor = self.vendors.iter().zip(products).filter(|(vendor, _)| is_of(vendor));
        nearest(typed, of_vendor.map(|(_, product)| product.name.as_str()))
    }

    /// The name that somebody may have meant by `typed`, which can be that of another product as well: one letter is another,
    /// or it is the first word of a name, or a slip of that.
    pub(super) fn maybe(&self, typed: &str) -> Option<&str> {
        let said = Spelled::of(typed);
        let is_alike = |known: &Spelled| {
            said.count.min(known.count) >= 8
                && said.count.abs_diff(known.count) <= 1
                && strsim::osa_distance(&said.normal, &known.normal) <= 1
        };
        let of_names = self.names.iter().find(|known| is_alike(known)).map(|known| known.name.as_str());
        of_names.or_else(|| self.first.iter().find(|(first, _)| is_alike(first)).map(|(_, name)| name.as_str()))
    }
}

/// Whether a name is too long to be a typing error.
pub(super) fn is_too_long(name: &str) -> bool {
    name.len() > LONGEST
}

/// A name without the ending of a website or of a company, where it has one; in small letters.
pub(super) fn bare(name: &str) -> Option<String> {
    let lower = name.trim().to_lowercase();
    ENDINGS.iter().find_map(|ending| lower.strip_suffix(ending)).map(str::to_owned)
}
