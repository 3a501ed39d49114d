//! Packages that are installed, by the prefix of what they bring.

use crate::catalog::{Kind, Space};
use crate::import::clean::LeftOut;
use crate::import::recognise::{self, Meaning, Named};

/// What a package is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Package {
    /// It connects a product, or is one.
    Known(Named),
    /// A part of Salesforce.
    Own,
    /// Nothing is known of it.
    Unknown(Named),
}

/// The package of a prefix.
pub(super) fn package(prefix: &str, left_out: &mut LeftOut) -> Package {
    match recognise::recognise(Space::SalesforcePackage, prefix) {
        Meaning::BuiltIn => Package::Own,
        Meaning::System(named) if !named.is_unknown() && named.guess.is_none() => Package::Known(named),
        Meaning::System(_) => Package::Unknown(recognise::unknown(&left_out.clean(prefix))),
    }
}

/// The package of a prefix, if it is one that connects a product.
pub(super) fn known(prefix: &str, left_out: &mut LeftOut) -> Option<Package> {
    Some(package(prefix, left_out)).filter(|package| matches!(package, Package::Known(_)))
}

/// The prefix of an object's or field's name: `mkto_si__Score__c` has one, `Score__c` has none.
pub(super) fn namespace(name: &str) -> Option<&str> {
    let last = name.rsplit('.').next()?;
    let mut parts = last.split("__");
    let (prefix, _, end) = (parts.next()?, parts.next()?, parts.next()?);
    (parts.next().is_none() && !prefix.is_empty() && !end.is_empty()).then_some(prefix)
}

/// An agent of the org itself.
pub(super) fn agent(label: &str) -> Option<Named> {
    if label.is_empty() {
        return None;
    }
    Some(Named { kind: Some(Kind::AiAgent), is_ai: true, ..recognise::unknown(&recognise::in_words(label)) })
}

#[cfg(test)]
mod tests {
    use super::namespace;

    #[test]
    fn only_a_name_of_three_parts_has_a_prefix() {
        assert_eq!(namespace("mkto_si__Score__c"), Some("mkto_si"));
        assert_eq!(namespace("Lead.dsfs__Sent__c"), Some("dsfs"));
        assert_eq!((namespace("Score__c"), namespace("Score"), namespace("a__b__c__d")), (None, None, None));
    }
}
