//! Quantities of the model as the sentences of findings write them.

use super::Outage;
use crate::model::{Flow, Hours, Money, Stack};
use crate::source::{Figure, words};

pub use crate::source::words::{capital, counted, days, grouped, listed, listed_few, spelled, spelled_of};

/// Data objects that the name of a flow has; of more, the rest is counted.
const NAMED_OBJECTS: usize = 3;

/// A flow, which has no name, by its ends and what it carries: `Jasper -> WordPress: Draft`.
#[must_use]
pub fn flow_name(stack: &Stack, flow: &Flow) -> String {
    let (from, to) = (&stack.system(flow.from).name, &stack.system(flow.to).name);
    let named = flow.data.iter().take(NAMED_OBJECTS).map(|data| stack.data_object(*data).name.to_string());
    let more = flow.data.len().saturating_sub(NAMED_OBJECTS);
    let objects: Vec<String> = named.chain((more > 0).then(|| format!("{more} more"))).collect();
    format!("{from} -> {to}: {}", objects.join(", "))
}

/// Hours to the whole hour, or to a tenth below ten: `347 hours`, `4.5 hours`.
#[must_use]
pub fn hours(hours: Hours) -> String {
    words::hours(hours.0)
}

/// Hours as a length of time: `3d`, `2.5h`, `15min`.
#[must_use]
pub fn lasting(hours: f64) -> String {
    let (amount, unit) = match hours {
        hours if hours >= 48.0 || hours == 24.0 => (hours / 24.0, "d"),
        hours if hours >= 1.0 || hours == 0.0 => (hours, "h"),
        hours => (hours * 60.0, "min"),
    };
    format!("{}{unit}", (amount * 10.0).round() / 10.0)
}

/// What an hour of `outage` costs, where something is known of it and it is not nothing: `USD 500 per hour`, and
/// `at least USD 500 per hour` where a process that stops states no cost.
#[must_use]
pub fn price_per_hour(stack: &Stack, outage: &Outage) -> Option<String> {
    let cost = outage.cost_per_hour.filter(|cost| cost.0 > 0.0)?;
    let cost = Figure::least_if(outage.is_cost_least(), cost.0).money(stack.currency.as_deref());
    Some(format!("{cost} per hour"))
}

/// The same at the end of a sentence: `, at USD 500 per hour`, `, at USD 500 per hour or more`; nothing where none is known.
#[must_use]
pub fn at_price(stack: &Stack, outage: &Outage) -> String {
    match outage.cost_per_hour.filter(|cost| cost.0 > 0.0) {
        Some(cost) => {
            let more = if outage.is_cost_least() { " or more" } else { "" };
            let cost = Figure::least_if(outage.is_cost_least(), cost.0).money_alone(stack.currency.as_deref());
            format!(", at {cost} per hour{more}")
        }
        None => String::new(),
    }
}

/// Money as it decides an order: what is printed alike is equal, so that the noise of sums breaks no tie.
#[must_use]
pub fn printed(amount: f64) -> i64 {
    // The bits of floating-point numbers are in their order, but for negative ones, which are in the opposite. A sum may be
    // too large for a whole number: the largest rate times the most minutes is 1e30. Nothing below 0 is 0.
    let bits = (amount.round_ties_even() + 0.0).to_bits() as i64;
    bits ^ (((bits >> 63) as u64) >> 1) as i64
}

/// The same of a sum, of which a part is not known where `is_least`: `at least USD 24,000`.
#[must_use]
pub fn sum(stack: &Stack, is_least: bool, money: Money) -> String {
    Figure::least_if(is_least, money.0).money(stack.currency.as_deref())
}

/// Money to the whole unit, with the stack's currency where it has one: `USD 24,000`.
#[must_use]
pub fn money(stack: &Stack, money: Money) -> String {
    words::money(stack.currency.as_deref(), money.0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::{Analysis, Component};
    use crate::model::trial::stack_of;

    #[test]
    fn what_an_hour_costs_is_told_where_it_is_known_and_not_nothing() {
        let told = |cost: &str| {
            let stack = stack_of(&format!(
                "sinew: 1
currency: USD
systems: {{ crm: {{ kind: crm, makes: [d] }} }}
data: {{ d: {{}} }}
processes: {{ p: {{ needs: [{{ data: d, at: crm }}]{cost} }} }}
"
            ));
            let analysis = Analysis::of(&stack);
            let outage = analysis.outage_of(Component::System(stack.find_system("crm").unwrap()));
            (price_per_hour(&stack, outage), at_price(&stack, outage))
        };
        let words = (Some("USD 5 per hour".to_owned()), ", at USD 5 per hour".to_owned());
        assert_eq!(told(", outage_cost: 5"), words);
        assert_eq!(told(", outage_cost: 0"), (None, String::new()));
        assert_eq!(told(""), (None, String::new()));
    }

    #[test]
    fn a_length_of_time_has_the_unit_that_fits() {
        assert_eq!([0.0, 0.25, 1.0, 2.5, 24.0].map(lasting), ["0h", "15min", "1h", "2.5h", "1d"]);
        assert_eq!([36.0, 48.0, 60.0].map(lasting), ["36h", "2d", "2.5d"]);
    }

    #[test]
    fn amounts_that_are_printed_alike_are_equal_and_others_in_their_order() {
        assert_eq!([-0.4, 0.0, 0.4, 0.5].map(printed), [printed(0.0); 4]);
        assert_eq!(printed(1.5), printed(2.4), "a half goes to the even one");
        let rising = [-1e30, -3.0, -2.0, -1.0, 0.0, 1.0, 2.0, 1e30].map(printed);
        assert!(rising.windows(2).all(|pair| pair[0] < pair[1]), "{rising:?}");
    }
}
