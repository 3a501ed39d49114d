//! What it takes to build an item: person-days and running cost, by kind and by what is carried. The defaults stand with the kinds
//! ([`crate::model::item_kind`]), and every one can be stated under `plan.efforts` and `plan.running_costs`.

use crate::analysis::Assumption;
use crate::model::item_kind::{Ends, Estimate, FURTHER_OBJECT, MEASURES, PERSONAL_DATA};
use crate::model::{ItemKind, Money, PersonDays, Range, Stack};

/// One term of an estimate.
#[derive(Clone, Debug, PartialEq)]
pub struct Term {
    /// The key under `plan.efforts` or `plan.running_costs`.
    pub key: &'static str,
    /// The amount: person-days, or money a year.
    pub amount: Range<f64>,
    /// How often the unit is counted, such as flows extended.
    pub times: f64,
    /// Whether the amount is a default, which the stack file does not state.
    pub is_default: bool,
}

/// The sum of `terms`.
#[must_use]
pub fn sum(terms: &[Term]) -> Range<f64> {
    terms.iter().map(|term| term.amount.map(|amount| amount * term.times)).fold(Range::exact(0.0), |a, b| a + b)
}

/// What is known of an item when its effort is estimated.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Load {
    /// Data objects that it carries.
    pub objects: usize,
    /// Flows that it changes or builds.
    pub flows: usize,
    /// Whether any of the objects is personal.
    pub is_personal: bool,
}

fn range([low, likely, high]: Ends) -> Range<f64> {
    Range { low, likely, high }
}

fn effort_term(stack: &Stack, of: Estimate, times: f64) -> Term {
    let stated = stack.plan.efforts.iter().find(|(known, _)| known == of.key);
    let amount = stated.map_or(range(of.days), |(_, days)| days.map(|PersonDays(days)| days));
    Term { key: of.key, amount, times, is_default: stated.is_none() }
}

/// The person-days of a measure of governance, one of [`MEASURES`]; a file that states `governance` and not the measure
/// means that.
#[must_use]
pub fn measure(stack: &Stack, key: &'static str) -> Vec<Term> {
    let measure = MEASURES.into_iter().find(|one| one.key == key);
    let measure = measure.unwrap_or_else(|| panic!("expected a measure, found {key}"));
    let is_stated = |of: Estimate| stack.plan.efforts.iter().any(|(known, _)| known == of.key);
    let kind = ItemKind::Governance.estimate();
    let of = if !is_stated(measure) && is_stated(kind) { kind } else { measure };
    vec![effort_term(stack, of, 1.0)]
}

/// The person-days of finding out one thing.
#[must_use]
pub fn verify(stack: &Stack) -> Vec<Term> {
    vec![effort_term(stack, ItemKind::Verify.estimate(), 1.0)]
}

/// The person-days of an item of `kind` that carries `load`, term by term.
#[must_use]
pub fn effort(stack: &Stack, kind: ItemKind, load: Load) -> Vec<Term> {
    let mut terms = vec![effort_term(stack, kind.estimate(), load.flows.max(1) as f64)];
    if load.objects > 1 {
        terms.push(effort_term(stack, FURTHER_OBJECT, (load.objects - 1) as f64));
    }
    if load.is_personal {
        terms.push(effort_term(stack, PERSONAL_DATA, 1.0));
    }
    terms
}

/// The running cost a year of an item of `kind`.
#[must_use]
pub fn running_cost(stack: &Stack, kind: ItemKind) -> Vec<Term> {
    let Estimate { key, running, .. } = kind.estimate();
    let stated = stack.plan.running_costs.iter().find(|(known, _)| known == key);
    let amount = stated.map_or(range(running), |(_, cost)| cost.map(|Money(cost)| cost));
    if amount == Range::exact(0.0) {
        return Vec::new();
    }
    vec![Term { key, amount, times: 1.0, is_default: stated.is_none() }]
}

/// The defaults among the terms of many items, each with the items that rest on it, by key.
#[must_use]
pub fn defaults<'t>(table: &str, items: impl Iterator<Item = (&'t str, &'t [Term])>) -> Vec<Assumption> {
    let mut found: Vec<Assumption> = Vec::new();
    for (item, terms) in items {
        for term in terms.iter().filter(|term| term.is_default) {
            let key = format!("plan.{table}.{}", term.key);
            let amount = term.amount;
            let words = format!("{}, {}, {}", amount.low, amount.likely, amount.high);
            match found.iter_mut().find(|known| known.key == key) {
                Some(known) => known.used_by.push(item.to_owned()),
                None => found.push(Assumption::words(&key, words, vec![item.to_owned()])),
            }
        }
    }
    found.sort_by(|a, b| a.key.cmp(&b.key));
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::ItemKind as Kind;
    use crate::model::trial::stack_of;

    fn ends(range: Range<f64>) -> [f64; 3] {
        [range.low, range.likely, range.high]
    }

    #[test]
    fn flows_further_objects_and_personal_data_by_hand() {
        let stack = stack_of("sinew: 1\n");
        let of =
            |kind, objects, flows, is_personal| ends(sum(&effort(&stack, kind, Load { objects, flows, is_personal })));
        assert_eq!(of(Kind::Extend, 1, 1, false), [0.5, 1.0, 3.0]);
        // Twice the flow.
        assert_eq!(of(Kind::Extend, 1, 2, false), [1.0, 2.0, 6.0]);
        // Two objects beyond the first: 0.25, 0.5, 2 each.
        assert_eq!(of(Kind::Extend, 3, 1, false), [1.0, 2.0, 7.0]);
        // Once for the item: 0.5, 1, 3.
        assert_eq!(of(Kind::Extend, 1, 1, true), [1.0, 2.0, 6.0]);
        // 3 x 8 + 4 x 0.25 + 0.5; 3 x 15 + 4 x 0.5 + 1; 3 x 30 + 4 x 2 + 3.
        assert_eq!(of(Kind::Api, 5, 3, true), [25.5, 48.0, 101.0]);
        // What builds no flow is one piece of work.
        assert_eq!(of(Kind::Governance, 0, 0, false), [1.0, 3.0, 8.0]);
    }

    #[test]
    fn what_the_file_states_is_no_default() {
        let stack =
            stack_of("sinew: 1\nplan: { efforts: { api: [1, 2, 3] }, running_costs: { api: 10, native: 7 } }\n");
        let terms = effort(&stack, Kind::Api, Load { objects: 2, flows: 1, is_personal: false });
        let defaults: Vec<(&str, bool)> = terms.iter().map(|term| (term.key, term.is_default)).collect();
        assert_eq!(defaults, [("api", false), ("further-object", true)]);
        assert_eq!(ends(sum(&terms)), [1.25, 2.5, 5.0]);
        let a_year = |kind| ends(sum(&running_cost(&stack, kind)));
        assert_eq!((a_year(Kind::Api), a_year(Kind::Native)), ([10.0; 3], [7.0; 3]));
        assert_eq!(a_year(Kind::Recipe), [200.0, 500.0, 2_000.0]);
        // What costs nothing to run has no term.
        assert!(running_cost(&stack, Kind::Extend).is_empty());
    }

    #[test]
    fn a_default_is_listed_once_with_the_items_that_rest_on_it() {
        let stack = stack_of("sinew: 1\n");
        let terms = effort(&stack, Kind::Extend, Load { objects: 2, flows: 1, is_personal: false });
        let found = defaults("efforts", [("a", terms.as_slice()), ("b", &terms[..1])].into_iter());
        let found: Vec<(&str, Vec<&str>)> =
            found.iter().map(|one| (one.key.as_str(), one.used_by.iter().map(String::as_str).collect())).collect();
        assert_eq!(found, [("plan.efforts.extend", vec!["a", "b"]), ("plan.efforts.further-object", vec!["a"])]);
    }
}
