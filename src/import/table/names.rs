//! Systems as the cells of a file name them: rows of an inventory are systems of their own, and every other cell names
//! one of these, a product, or something that is not known.

use std::collections::{BTreeMap, BTreeSet};

use super::cell::{finer, link, parts};
use super::headers::brackets;
use crate::catalog::Space;
use crate::import::clean::{LeftOut, slug};
use crate::import::recognise::{Meaning, Named, recognise, unknown};

/// A system that a cell names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct System {
    pub(super) named: Named,
    /// Its own name, where it is not called as its product.
    pub(super) called: Option<String>,
    /// What stood in brackets behind the name and is no part of it.
    pub(super) aside: Option<String>,
    /// The words of the cell, where they are not the name of the product.
    pub(super) said: Option<String>,
}

/// The systems of one file, by every name under which a cell may mean one.
#[derive(Debug, Default)]
pub(super) struct Names {
    by_name: BTreeMap<String, System>,
    /// Systems of a product, by its id.
    by_product: BTreeMap<String, BTreeSet<String>>,
}

/// A name taken apart.
struct Written {
    /// All of it, cleaned.
    whole: String,
    /// Without brackets.
    base: String,
    aside: Option<String>,
    host: Option<String>,
}

impl Written {
    fn of(text: &str, left_out: &mut LeftOut) -> Option<Self> {
        let (words, host) = link(text);
        let whole = left_out.clean(&words);
        let (base, aside) = brackets(&whole);
        let base = if base.is_empty() { whole.clone() } else { base };
        (!whole.is_empty()).then_some(Self { whole, base, aside, host })
    }

    /// What the name stands for: all of it, else what is before the brackets, else its host.
    fn product(&self) -> Option<Named> {
        let host = self.host.as_deref().and_then(|host| known(Space::Host, host));
        known(Space::Plain, &self.whole).or_else(|| known(Space::Plain, &self.base)).or(host)
    }
}

impl Written {
    /// The product that stands in brackets behind the name.
    fn aside_product(&self) -> Option<Named> {
        known(Space::Plain, self.aside.as_deref()?).filter(|named| named.product.is_some())
    }
}

fn known(space: Space, word: &str) -> Option<Named> {
    match recognise(space, word) {
        Meaning::System(named) if !named.is_unknown() => Some(named),
        _ => None,
    }
}

impl Names {
    /// The names of an inventory: the cells of its rows, each with its product where a column states that.
    pub(super) fn of(rows: &[(String, Option<String>)], left_out: &mut LeftOut) -> Self {
        let mut written: Vec<(Written, Option<Named>, bool)> = Vec::new();
        for (name, product) in rows {
            let Some(name) = Written::of(name, left_out) else { continue };
            let own = name.product();
            let column = product.as_deref().and_then(|product| Written::of(product, left_out)?.product());
            // `Lead list (Excel)`: a name of one's own, with its product behind it.
            let stated = column.or_else(|| name.aside_product().filter(|_| own.is_none()));
            let is_other = stated.as_ref().is_some_and(|stated| own.as_ref().map(|own| &own.key) != Some(&stated.key));
            written.push((name, stated.or(own), is_other));
        }
        // A bare name that several rows share does not say which of them is meant.
        let mut bases: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        for (name, ..) in &written {
            bases.entry(slug(&name.base, "system")).or_default().insert(slug(&name.whole, "system"));
        }
        // Of several rows of one product those with its very name are the product itself; one row alone is it anyway.
        let mut of_product: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        for (name, named, _) in &written {
            let key = named.as_ref().map(|named| named.key.clone());
            of_product.entry(key.unwrap_or_default()).or_default().insert(slug(&name.whole, "system"));
        }
        let mut names = Self::default();
        for (name, named, is_other) in written {
            let shares = bases[&slug(&name.base, "system")].len() > 1;
            let is_alone = named.as_ref().is_some_and(|named| of_product[&named.key].len() == 1);
            let is_product =
                !is_other && !shares && named.as_ref().is_some_and(|named| is_alone || named.guess.is_none());
            names.add(&name, named, is_product, shares);
        }
        names
    }

    fn add(&mut self, name: &Written, named: Option<Named>, is_product: bool, shares: bool) -> System {
        let text = if shares { &name.whole } else { &name.base };
        let system = match named {
            Some(named) if is_product => {
                let is_same = [Some(slug(&named.name, "")), named.product.clone()].contains(&Some(slug(text, "")));
                // Of what is no product, people's own name is the better one: `SAP S/4HANA` and not `SAP ERP`.
                let called = (!is_same && named.product.is_none()).then(|| text.clone());
                let said = (!is_same && called.is_none()).then(|| name.whole.clone());
                System { named, called, aside: name.aside.clone(), said }
            }
            // A system of its own: matched by its name, whatever its product.
            Some(named) if named.product.is_some() => {
                let named = Named { key: unknown(text).key, ..named };
                System { named, called: Some(text.clone()), aside: name.aside.clone().filter(|_| !shares), said: None }
            }
            Some(named) => {
                let named = Named { key: unknown(text).key, name: text.clone(), ..named };
                System { named, called: None, aside: name.aside.clone().filter(|_| !shares), said: None }
            }
            None => {
                System { named: unknown(text), called: None, aside: name.aside.clone().filter(|_| !shares), said: None }
            }
        };
        self.by_name.entry(slug(&name.whole, "system")).or_insert_with(|| system.clone());
        if !shares {
            self.by_name.entry(slug(&name.base, "system")).or_insert_with(|| system.clone());
        }
        if let Some(product) = &system.named.product {
            self.by_product.entry(product.clone()).or_default().insert(slug(text, "system"));
        }
        system
    }

    /// The system that a text names, which is added if it is new; nothing where nothing of the text is left.
    pub(super) fn system(&mut self, text: &str, left_out: &mut LeftOut) -> Option<System> {
        let name = Written::of(text, left_out)?;
        if let Some(known) = self.find(&name) {
            return Some(known);
        }
        // `List template (Google Sheets)`: a name of one's own, with its product behind it.
        let (named, is_product) = match name.product() {
            Some(named) => (Some(named), true),
            None => (name.aside_product(), false),
        };
        Some(self.add(&name, named, is_product, false))
    }

    /// Takes what was learnt of a system for all cells that name it.
    pub(super) fn learn(&mut self, system: &System) {
        for known in self.by_name.values_mut().filter(|known| known.named.key == system.named.key) {
            known.named = system.named.clone();
        }
    }

    fn find(&self, name: &Written) -> Option<System> {
        let by = |text: &str| self.by_name.get(&slug(text, "system"));
        if let Some(known) = by(&name.whole).or_else(|| by(&name.base)) {
            return Some(known.clone());
        }
        // The only system of that product, under whatever name.
        let product = name.product()?.product?;
        let of = self.by_product.get(&product)?;
        let mut systems = of.iter().filter_map(|known| self.by_name.get(known));
        match (systems.next(), systems.next()) {
            (Some(one), None) => Some(one.clone()),
            _ => None,
        }
    }

    /// Whether a text names a system of the file or a product.
    pub(super) fn knows(&self, text: &str, left_out: &mut LeftOut) -> bool {
        Written::of(text, left_out).is_some_and(|name| self.find(&name).is_some() || name.product().is_some())
    }

    /// Whether a text is the very name of a system of the file or of a product.
    fn is_certain(&self, text: &str) -> bool {
        Written::of(text, &mut LeftOut::default()).is_some_and(|name| {
            let is_product = name.product().is_some_and(|product| product.guess.is_none());
            is_product || self.by_name.contains_key(&slug(&name.whole, "system"))
        })
    }

    /// The systems that a cell names: split at lines and semicolons always, at commas, slashes and "and" only if each
    /// part is a system of the file or a product.
    pub(super) fn several(&mut self, text: &str, left_out: &mut LeftOut) -> Vec<System> {
        let mut found: Vec<System> = Vec::new();
        for part in parts(text) {
            let finer = finer(&part);
            // `Salesforce & Slack` is two products, though Salesforce sells Slack; `Track & Trace` may be one system.
            let each = !self.is_certain(&part)
                && finer.len() > 1
                && finer.iter().all(|one| self.knows(one, &mut LeftOut::default()));
            let names = if each { finer } else { vec![part] };
            for name in names {
                let system = self.system(&name, left_out);
                found.extend(system.filter(|system| found.iter().all(|one| one.named.key != system.named.key)));
            }
        }
        found
    }

    /// The same for a list of names by its header, such as what a system integrates with: commas part it too.
    pub(super) fn list(&mut self, text: &str, left_out: &mut LeftOut) -> Vec<System> {
        let commas = text.replace(',', ";");
        self.several(&commas, left_out)
    }
}
