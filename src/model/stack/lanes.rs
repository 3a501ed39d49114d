//! Which step of the customer's journey the systems of a domain serve, where their kinds do not say it.

use std::collections::BTreeMap;

use crate::catalog::Lane;
use crate::catalog::words::Word;
use crate::model::form::Texts;
use crate::model::table::{Context, Fields, Irregular, mapping, quoted};
use crate::source::{Diagnostic, Node, Span, Value};

mapping! {
    /// The domains of each step.
    #[derive(Clone, Debug, Default, PartialEq)]
    pub struct Lanes = "`lanes`" + Irregular {
        + places: Vec<(String, Span)> = places, "Each domain that the file names, by name, with its place.";
        attract: Vec<String> = many, Texts::Domains, Label("domain"), "Domains that win attention, such as events and ads.";
        capture: Vec<String> = many, Texts::Domains, Label("domain"), "Domains that learn who comes.";
        engage: Vec<String> = many, Texts::Domains, Label("domain"), "Domains that keep in touch.";
        sell: Vec<String> = many, Texts::Domains, Label("domain"), "Domains that sell and bill.";
        measure: Vec<String> = many, Texts::Domains, Label("domain"), "Domains that measure what came of it.";
    }
}

/// The lists of all steps, in their order.
fn places(fields: &Fields<'_, '_>) -> Vec<(String, Span)> {
    let lists = Lane::WORDS.iter().filter_map(|lane| fields.get(lane.word()));
    let nodes = lists.flat_map(|node| match &node.resolved().value {
        Value::List(items) => &**items,
        _ => std::slice::from_ref(node),
    });
    let named = |node: &Node<'_>| match &node.resolved().value {
        Value::Scalar(scalar) => Some((scalar.text.trim().to_owned(), node.span)),
        _ => None,
    };
    let mut all: Vec<(String, Span)> = nodes.filter_map(named).collect();
    all.sort();
    all
}

impl Lanes {
    /// The step of a domain, where one is stated.
    #[must_use]
    pub fn of(&self, domain: &str) -> Option<Lane> {
        let Self { attract, capture, engage, sell, measure, .. } = self;
        let lists = [attract, capture, engage, sell, measure];
        let of = |(lane, domains): (&Lane, &Vec<String>)| domains.iter().any(|one| one == domain).then_some(*lane);
        Lane::WORDS.iter().zip(lists).find_map(of)
    }
}

/// A domain stands in one place.
impl Irregular for Lanes {
    fn settle(self, _: &Fields<'_, '_>, cx: &mut Context) -> Option<Self> {
        let mut before: BTreeMap<&str, Span> = BTreeMap::new();
        for (domain, place) in &self.places {
            let Some(first) = before.insert(domain, *place) else { continue };
            cx.problems.push(
                Diagnostic::error("two-lanes", *place, format!("{} is named for the second time", quoted(domain)))
                    .related(first, "named here as well")
                    .help("a domain stands in one place: leave it under one of them"),
            );
        }
        Some(self)
    }
}
