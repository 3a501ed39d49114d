//! What is possible and hardly meant: more work than a team has hours, and one system that is stated twice.

use std::collections::BTreeMap;

use super::name;
use crate::catalog::{Kind, Lookup, ProductId};
use crate::model::id::{SystemIx, TeamIx};
use crate::model::stack::{Flow, Stack};
use crate::model::table::quoted;
use crate::source::words::grouped;
use crate::source::{Diagnostic, Diagnostics};

/// Hours that a person works a year, leave not taken off: 52 weeks of 40 hours.
const HOURS_OF_A_PERSON: f64 = 2_080.0;

/// Warns of teams whose manual flows take more hours a year than its people work.
pub(super) fn workloads(stack: &Stack, problems: &mut Diagnostics) {
    let hours = |flow: &Flow| Some(flow.runs?.likely.0 * flow.minutes_a_run()?.likely.0 / 60.0);
    let mut work: BTreeMap<TeamIx, Vec<(f64, &Flow)>> = BTreeMap::new();
    for (_, flow) in stack.live_flows().filter(|(_, flow)| flow.is_manual() && !flow.is_standby) {
        if let Some((team, hours)) = flow.performer.zip(hours(flow)) {
            work.entry(team).or_default().push((hours, flow));
        }
    }
    for (ix, flows) in work {
        let team = stack.team(ix);
        let Some(people) = team.people else { continue };
        let (total, most) = (flows.iter().map(|(hours, _)| hours).sum::<f64>(), f64::from(people) * HOURS_OF_A_PERSON);
        let largest = flows.iter().max_by(|a, b| a.0.total_cmp(&b.0).then(b.1.place.cmp(&a.1.place)));
        let Some((hours, flow)) = largest.filter(|_| total > most) else { continue };
        let (people, work) = if people == 1 { ("its one person", "works") } else { ("its people", "work") };
        let message = format!(
            "{} takes {} hours a year by hand, {} of them for flow {}: {people} {work} {}",
            quoted(team.id.as_str()),
            grouped(total),
            grouped(*hours),
            quoted(flow.id.as_str()),
            grouped(most),
        );
        problems.push(
            Diagnostic::warning("more-than-a-team", flow.place, message)
                .help("check `runs` and `minutes` of the flow, and `people` of the team; 2,080 hours a year count for each person"),
        );
    }
}

/// Warns of live systems of one product that are both called as the product is.
pub(super) fn doubles(stack: &Stack, problems: &mut Diagnostics) {
    let mut of_product: BTreeMap<ProductId, Vec<SystemIx>> = BTreeMap::new();
    for (ix, system) in stack.live_systems().filter(|(_, system)| system.facts.kind != Kind::Spreadsheet) {
        let Some(product) = &system.facts.product else { continue };
        if matches!(stack.catalog.find(&system.name), Lookup::Product(called) if called.id == *product) {
            of_product.entry(product.clone()).or_default().push(ix);
        }
    }
    for systems in of_product.values().filter(|systems| systems.len() > 1) {
        let [first, second] = [systems[0], systems[1]].map(|ix| stack.system(ix));
        let message = format!("{} and {} are one product, and both are called by its name", name(first), name(second));
        problems.push(
            Diagnostic::warning("perhaps-one-system", second.place, message)
                .help("if they are one system, keep one entry; if not, give each a `name` that says which it is"),
        );
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::trial::stack_of;

    fn found(text: &str) -> Vec<(&'static str, String)> {
        let (stack, mut problems) = (stack_of(text), Diagnostics::default());
        workloads(&stack, &mut problems);
        doubles(&stack, &mut problems);
        problems.into_sorted().iter().map(|problem| (problem.code, problem.message.clone())).collect()
    }

    /// `minutes: 2000` typed for 20 was the largest finding of a stack, and nothing doubted it.
    #[test]
    fn a_team_has_no_more_hours_than_its_people() {
        let text = |people: u32, minutes: u32| {
            format!(
                "sinew: 1\nteams: {{ ops: {{ people: {people} }} }}\nsystems: {{ a: {{ kind: crm }}, b: {{ kind: cms }} }}\ndata: {{ lead: {{}} }}
flows: [{{ from: a, to: b, data: lead, mechanism: copy-paste, performer: ops, runs: 40/week, minutes: {minutes} }}]\n"
            )
        };
        assert_eq!(found(&text(4, 20)), []);
        let [(code, message)] = found(&text(4, 2_000)).try_into().expect("one warning");
        assert_eq!(code, "more-than-a-team");
        assert_eq!(
            message,
            "`ops` takes 69,333 hours a year by hand, 69,333 of them for flow `a->b:lead`: its people work 8,320"
        );
        // 40 runs a week of 60 minutes are the whole time of one person, and nothing more.
        assert_eq!(found(&text(1, 60)), []);
        assert_eq!(found(&text(1, 61)).len(), 1);
    }

    #[test]
    fn two_systems_that_are_called_as_one_product_are_perhaps_one() {
        let text = |name: &str| {
            format!(
                "sinew: 1\nsystems: {{ sf: {{ product: Salesforce }}, crm: {{ product: SFDC, name: {name} }}, b: {{ kind: cms }} }}\n"
            )
        };
        let codes = |name: &str| found(&text(name)).iter().map(|(code, _)| *code).collect::<Vec<_>>();
        assert_eq!(codes("SFDC"), ["perhaps-one-system"]);
        assert_eq!(codes("Salesforce EMEA"), [""; 0]);
    }
}
