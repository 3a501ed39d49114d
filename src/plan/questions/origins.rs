//! Questions about what begins at a system only because nothing says what it is made of, where something arrives that nothing
//! uses: MQLs arrive at a router, and what leaves it is called leads.

use std::collections::BTreeMap;

use super::senders::makes;
use crate::analysis::{Analysis, Component};
use crate::model::asking::{Answer, Question};
use crate::model::outline::Outline;
use crate::model::{DataIx, SystemIx, unused};
use crate::source::words::listed_few;

/// Objects that may arrive unused where it is asked what is made of them. More arrive where people work with them, such as in a
/// CRM, and nobody answers for all of them at once.
const MOST: usize = 3;

/// One question for each system at which something arrives unused, that is the assumed origin of what processes need, and
/// whose failure stops one or leaves it to standby. Until it is answered, a failure before the system counts as stopping
/// nothing.
pub(super) fn questions(analysis: &Analysis<'_>) -> Vec<Question> {
    let stack = analysis.stack;
    let mut arriving: BTreeMap<SystemIx, Vec<DataIx>> = BTreeMap::new();
    for one in unused(stack) {
        arriving.entry(one.at).or_default().push(one.data);
    }
    arriving.retain(|_, data| data.len() <= MOST);
    if arriving.is_empty() {
        return Vec::new();
    }
    let mut is_needed = vec![false; stack.data.len()];
    for need in stack.processes.iter().flat_map(|process| process.data_needs()) {
        is_needed[need.data.at()] = true;
    }
    let mut begun: BTreeMap<SystemIx, Vec<DataIx>> = BTreeMap::new();
    for fact in analysis.supply.assumed_origins().iter().filter(|fact| is_needed[fact.data.at()]) {
        if arriving.contains_key(&fact.at) {
            begun.entry(fact.at).or_default().push(fact.data);
        }
    }
    let stops = analysis.outages().iter().filter_map(|outage| match outage.components[..] {
        [Component::System(ix)] => {
            (!outage.processes_down.is_empty() || !outage.processes_degraded.is_empty()).then_some(ix)
        }
        _ => None,
    });
    let mut asked: Vec<(SystemIx, Vec<DataIx>)> = stops.filter_map(|ix| Some((ix, begun.remove(&ix)?))).collect();
    asked.sort_unstable();
    let outline = Outline::of(stack);
    let name = |data: &DataIx| &*stack.data_object(*data).name;
    let question = |(at, made): (SystemIx, Vec<DataIx>)| {
        let system = stack.system(at);
        let from = &arriving[&at];
        let [begins, arrives] = [&made, from].map(|all| all.iter().map(name).collect::<Vec<&str>>());
        let is = if made.len() == 1 { "is" } else { "are" };
        let arrive = if from.len() == 1 { "arrives" } else { "arrive" };
        let words = format!(
            "What {is} {} at {} made of? {} {arrive} there unused; while that is open, a failure upstream counts as stopping nothing.",
            listed_few(&begins, MOST),
            system.name,
            listed_few(&arrives, MOST),
        );
        let of = |from: &[DataIx]| makes(&outline, stack, at, &made, from);
        let answer = |value: String| Answer { values: vec![value], numbers: vec![None], weight: 0.5 };
        Question {
            entry: system.id.to_string(),
            name: system.name.to_string(),
            of: system.owner,
            place: system.place,
            answers: vec![answer(of(&[])), answer(of(from))],
            ..Question::of_key("systems", "makes", words, &of(from))
        }
    };
    asked.into_iter().map(question).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::trial::stack_of;

    const STACK: &str = "sinew: 1
systems: { engage: { kind: marketing-automation }, router: { kind: sales-engagement }, crm: { kind: crm } }
data: { mqls: {}, leads: {}, pets: {} }
flows:
  - { from: engage, to: router, data: mqls, mechanism: native }
  - { from: router, to: crm, data: leads, mechanism: native }
processes: { follow-up: { needs: [{ data: leads, at: crm }] } }
";

    #[test]
    fn what_begins_where_something_arrives_unused_is_asked_about_once_it_matters() {
        let asked = |text: &str| {
            let stack = stack_of(text);
            let all = questions(&Analysis::of(&stack));
            let one = |one: &Question| {
                assert_eq!((one.list, one.entry.as_str(), one.name.as_str()), ("systems", "router", "Router"));
                one.answers.iter().map(|answer| answer.values[0].clone()).collect::<Vec<_>>()
            };
            all.iter().map(one).collect::<Vec<_>>()
        };
        assert_eq!(asked(STACK), [["[{ data: leads }]", "[{ data: leads, from: [mqls] }]"]]);
        let with =
            |makes: &str| STACK.replace("kind: sales-engagement", &format!("kind: sales-engagement, makes: [{makes}]"));
        assert!(asked(&with("{ data: leads, from: [mqls] }")).is_empty(), "it is stated");
        assert!(asked(&with("leads")).is_empty(), "it begins there");
        let other = asked(&with("pets"));
        assert_eq!(other[0][1], "[{ data: pets }, { data: leads, from: [mqls] }]");
        assert!(asked(&STACK.replace("data: leads, at: crm", "data: pets, at: crm")).is_empty(), "no process needs it");
        assert!(asked(&STACK.replace("data: leads, mech", "data: [leads, mqls], mech")).is_empty(), "it is carried on");
        let many = STACK
            .replace("pets: {}", "pets: {}, a: {}, b: {}, c: {}")
            .replace("data: mqls, mech", "data: [mqls, a, b, c], mech");
        assert!(asked(&many).is_empty(), "people work with what arrives there");
    }
}
