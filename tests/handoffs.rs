//! Handoff chains against their definition, enumerated path by path.

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;
use sinew::analysis::{Analysis, Handoffs, MOST_CHAINS, assumed_origins};
use sinew::model::{DataIx, Flow, FlowIx, Stack, SystemIx, read};
use sinew::source::{Source, render};

use crate::support::random_stack::{cases, json_of, stack_shape};

fn stack_of(text: &str) -> Stack {
    let source = Source::new("stack.yaml", text.to_owned());
    let reading = read(&source);
    reading.stack.unwrap_or_else(|| panic!("{}\n{text}", render(&source, &reading.problems, false)))
}

/// One object of a stack, with the definition read aloud. Slow on purpose, and shares no code with what it judges.
struct Naive<'s> {
    stack: &'s Stack,
    data: DataIx,
}

impl Naive<'_> {
    /// The live flows of the object that are not standby.
    fn flows(&self) -> Vec<(FlowIx, &Flow)> {
        let carries = |flow: &Flow| !flow.is_standby && flow.data.contains(&self.data);
        self.stack.live_flows().filter(|(_, flow)| carries(flow)).collect()
    }

    fn is_carrier(&self, at: SystemIx) -> bool {
        ["spreadsheet", "messaging", "file-share"].contains(&self.stack.system(at).facts.kind.as_str())
    }

    fn is_used(&self, at: SystemIx) -> bool {
        let makes = &self.stack.system(at).makes;
        let mut needs = self.stack.processes.iter().flat_map(|process| process.data_needs());
        makes.iter().any(|making| {
            making.from.contains(&self.data)
                || making.model.as_ref().is_some_and(|model| model.feedback.contains(&self.data))
        }) || needs.any(|need| need.at == at && need.data == self.data)
    }

    fn leaves(&self, at: SystemIx) -> bool {
        self.flows().iter().any(|(_, flow)| flow.from == at)
    }

    fn begins(&self, at: SystemIx) -> bool {
        let makes = self.stack.system(at).makes.iter().any(|making| making.data == self.data);
        let arrives = self.flows().iter().any(|(_, flow)| flow.to == at);
        self.leaves(at) && (!self.is_carrier(at) || makes || !arrives || self.is_used(at))
    }

    /// All systems that `at` reaches, itself not unless it comes back to itself.
    fn reached(&self, at: SystemIx) -> BTreeSet<SystemIx> {
        let mut reached = BTreeSet::new();
        loop {
            let before = reached.len();
            for (_, flow) in self.flows() {
                if flow.from == at || reached.contains(&flow.from) {
                    reached.insert(flow.to);
                }
            }
            if reached.len() == before {
                return reached;
            }
        }
    }

    fn beginnings(&self) -> BTreeSet<SystemIx> {
        let all: Vec<SystemIx> = self.stack.live_systems().map(|(ix, _)| ix).collect();
        let mut found: BTreeSet<SystemIx> = all.iter().copied().filter(|at| self.begins(*at)).collect();
        let reached: BTreeSet<SystemIx> = found.iter().flat_map(|at| self.reached(*at)).chain(found.clone()).collect();
        for at in all.iter().copied().filter(|at| !reached.contains(at)) {
            let ring: BTreeSet<SystemIx> =
                self.reached(at).into_iter().filter(|other| self.reached(*other).contains(&at)).collect();
            let is_fed = all.iter().any(|other| self.reached(*other).contains(&at) && !ring.contains(other));
            // Systems are numbered by id.
            if !is_fed && ring.first() == Some(&at) {
                found.insert(at);
            }
        }
        found
    }

    fn walk(&self, passed: &[SystemIx], steps: &[FlowIx], found: &mut Vec<Vec<FlowIx>>) {
        let here = passed[passed.len() - 1];
        for (ix, flow) in self.flows().into_iter().filter(|(_, flow)| flow.from == here) {
            let steps = [steps, &[ix]].concat();
            let stops = !self.is_carrier(flow.to)
                || self.is_used(flow.to)
                || !self.leaves(flow.to)
                || passed.contains(&flow.to);
            if !stops {
                self.walk(&[passed, &[flow.to]].concat(), &steps, found);
            } else if steps.iter().any(|step| self.stack.flow(*step).is_manual()) {
                found.push(steps);
            }
        }
    }

    /// Whether the object comes to `at` unchanged from an AI tool that makes it by itself or counts as its origin.
    fn is_of_ai(&self, at: SystemIx) -> bool {
        let origins = assumed_origins(self.stack);
        let is_origin = |ix: SystemIx| {
            self.stack.system(ix).makes.iter().any(|making| making.data == self.data && making.by.is_none())
                || origins.iter().any(|fact| fact.at == ix && fact.data == self.data)
        };
        let live = self.stack.live_systems().filter(|(_, system)| system.is_ai());
        live.map(|(ix, _)| ix).any(|ix| is_origin(ix) && (ix == at || self.reached(ix).contains(&at)))
    }

    fn chains(&self) -> Vec<Vec<FlowIx>> {
        let mut found = Vec::new();
        self.beginnings().into_iter().for_each(|at| self.walk(&[at], &[], &mut found));
        found
    }
}

fn listed(handoffs: &Handoffs, data: DataIx) -> Vec<Vec<FlowIx>> {
    let chains = handoffs.chains.iter().filter(|chain| chain.data.contains(&data));
    let mut steps: Vec<Vec<FlowIx>> = chains.map(|chain| chain.steps.clone()).collect();
    steps.sort();
    steps
}

fn objects(stack: &Stack) -> Vec<DataIx> {
    stack.all_data().map(|(ix, _)| ix).collect()
}

/// No work by hand is unlisted.
fn every_object_of_every_handoff_is_in_a_chain(stack: &Stack, handoffs: &Handoffs) {
    for (ix, flow) in stack.live_flows().filter(|(_, flow)| flow.is_manual() && !flow.is_standby) {
        for data in &flow.data {
            let holds = |steps: &Vec<FlowIx>| steps.contains(&ix);
            assert!(listed(handoffs, *data).iter().any(holds), "{} of {}", stack.data_object(*data).id, flow.id);
        }
    }
}

proptest! {
    #![proptest_config(cases(120))]

    #[test]
    fn chains_are_those_of_the_definition(shape in stack_shape()) {
        let stack = stack_of(&json_of(&shape));
        let handoffs = Handoffs::of(&stack);
        for data in objects(&stack) {
            let mut expected = Naive { stack: &stack, data }.chains();
            expected.sort();
            prop_assert_eq!(listed(&handoffs, data), expected);
        }
        prop_assert!(handoffs.cut_short.is_empty());
        every_object_of_every_handoff_is_in_a_chain(&stack, &handoffs);
    }

    #[test]
    fn what_has_the_same_steps_is_one_handoff(shape in stack_shape()) {
        let stack = stack_of(&json_of(&shape));
        let mut expected: BTreeMap<Vec<FlowIx>, Vec<DataIx>> = BTreeMap::new();
        for data in objects(&stack) {
            for steps in (Naive { stack: &stack, data }).chains() {
                expected.entry(steps).or_default().push(data);
            }
        }
        let handoffs = Handoffs::of(&stack);
        let listed: BTreeMap<Vec<FlowIx>, Vec<DataIx>> =
            handoffs.chains.iter().map(|chain| (chain.steps.clone(), chain.data.clone())).collect();
        prop_assert_eq!(handoffs.chains.len(), listed.len());
        prop_assert_eq!(&listed, &expected);
        for chain in &handoffs.chains {
            let ids: Vec<&str> = chain.steps.iter().map(|ix| stack.flow(*ix).id.as_str()).collect();
            prop_assert_eq!(&chain.id, &ids.join("+"));
            let from_ai: Vec<DataIx> =
                chain.data.iter().copied().filter(|data| Naive { stack: &stack, data: *data }.is_of_ai(chain.from)).collect();
            prop_assert_eq!(&chain.ai_data, &from_ai, "{}", chain.id);
        }
    }
}

/// One weekly export of thirty objects, an hour each time. It read as thirty handoffs of USD 2,600.
#[test]
fn one_export_of_thirty_objects_is_one_handoff() {
    let ids: Vec<String> = (0..30).map(|at| format!("object-{at:02}")).collect();
    let data: String = ids.iter().map(|id| format!("  {id}: {{}}\n")).collect();
    let text = format!(
        "sinew: 1\nhourly_rate: 50\ncurrency: USD\nsystems: {{ a: {{ kind: crm, name: CRM }}, b: {{ kind: warehouse, name: Warehouse }} }}\ndata:\n{data}flows:\n  - {{ id: export, from: a, to: b, data: [{}], mechanism: export-import, runs: 1/week, minutes: 60 }}\n",
        ids.join(", ")
    );
    let stack = stack_of(&text);
    let analysis = Analysis::of(&stack);
    let [chain] = &analysis.handoffs().chains[..] else { panic!("one handoff") };
    assert_eq!((chain.id.as_str(), chain.data.len()), ("export", 30));
    let findings = analysis.findings();
    let of_rule: Vec<_> = findings.iter().filter(|finding| finding.rule == "manual-handoff").collect();
    let [finding] = &of_rule[..] else { panic!("one finding, not {}", of_rule.len()) };
    let words = "from CRM to Warehouse by hand: 52 hours a year, USD 2,600";
    assert!(finding.message.contains(words) && finding.message.contains("and 27 more"), "{}", finding.message);
    assert_eq!(finding.cost.map(|cost| cost.0), Some(2_600.0));
    assert!(
        finding.evidence.iter().any(|line| (0..30).all(|at| line.contains(&format!("Object {at:02}")))),
        "all objects are named"
    );
}

/// Random figures beside the flows of a random stack: runs, minutes and rates that some have and some have not.
fn with_figures(json: &str, figures: &[(Option<u16>, Option<u16>)], rates: &[Option<u16>; 4]) -> String {
    let mut stack: serde_json::Value = serde_json::from_str(json).unwrap();
    stack.as_object_mut().unwrap().remove("hourly_rate");
    if let Some(rate) = rates[3] {
        stack["hourly_rate"] = rate.into();
    }
    for (team, rate) in (0..3).zip(rates) {
        if let Some(rate) = rate {
            stack["teams"][format!("t{team}")]["hourly_rate"] = (*rate).into();
        }
    }
    for (flow, (runs, minutes)) in stack["flows"].as_array_mut().unwrap().iter_mut().zip(figures) {
        if let Some(runs) = runs {
            flow["runs"] = (*runs).into();
        }
        if let Some(minutes) = minutes {
            flow["minutes"] = (*minutes).into();
            flow.as_object_mut().unwrap().remove("minutes_per_record");
        }
    }
    stack.to_string()
}

/// Hours of a manual flow a year and what they cost, read off the file; `None` for what nobody stated.
fn figures_of(stack: &Stack, ix: FlowIx) -> (Option<f64>, Option<f64>) {
    let flow = stack.flow(ix);
    // A run has one record where nobody says how many, none of them wrong, and mending one takes ten minutes.
    let records = flow.run.records.map_or(1.0, |records| records.likely.0);
    // Minutes for each record say nothing of a run of which nobody says how many it has.
    let each =
        flow.run.minutes_per_record.zip(flow.run.records).map(|(each, records)| records.likely.0 * each.likely.0);
    let minutes = flow.run.minutes.map(|minutes| minutes.likely.0).or(each);
    let wrong = flow.run.error_rate.map_or(0.0, |share| records * share.likely.0);
    let rework = wrong * stack.error_minutes.map_or(10.0, |minutes| minutes.likely.0);
    let hours = flow.runs.zip(minutes).map(|(runs, minutes)| runs.likely.0 * minutes / 60.0);
    let cost = flow.runs.zip(minutes).map(|(runs, minutes)| runs.likely.0 * (minutes + rework) / 60.0);
    let own = flow.performer.and_then(|team| stack.team(team).hourly_rate);
    let rate = own.or(stack.hourly_rate).map(|rate| rate.likely.0);
    (hours, cost.zip(rate).map(|(hours, rate)| hours * rate))
}

/// The sum of all, known where each of them is.
fn sum_of_all(all: impl Iterator<Item = Option<f64>>) -> Option<f64> {
    all.sum()
}

/// The sum of what is known; not known where there is something and nothing of it is known.
fn sum_of_known(all: &[Option<f64>]) -> Option<f64> {
    let known: Vec<f64> = all.iter().flatten().copied().collect();
    (all.is_empty() || !known.is_empty()).then(|| known.iter().sum())
}

fn close(a: Option<f64>, b: Option<f64>) -> bool {
    match (a, b) {
        (Some(a), Some(b)) => (a - b).abs() <= 1e-9 * b.abs().max(1.0),
        (a, b) => a == b,
    }
}

proptest! {
    #![proptest_config(cases(120))]

    /// A chain is worth what its steps are, each total holds each step once, and what nobody stated is neither 0 nor a
    /// reason to forget the rest.
    #[test]
    fn figures_are_those_of_the_definition(
        shape in stack_shape(),
        figures in prop::collection::vec((prop::option::weighted(0.8, 0..200u16), prop::option::weighted(0.8, 0..60u16)), 20),
        rates in prop::array::uniform4(prop::option::weighted(0.4, 0..90u16)),
    ) {
        let stack = stack_of(&with_figures(&json_of(&shape), &figures, &rates));
        let handoffs = Handoffs::of(&stack);
        let mut steps: BTreeSet<FlowIx> = BTreeSet::new();
        let (mut unknown, mut cost_unknown) = (BTreeSet::new(), BTreeSet::new());
        for chain in &handoffs.chains {
            let manual: Vec<FlowIx> = chain.steps.iter().copied().filter(|ix| stack.flow(*ix).is_manual()).collect();
            let hours = sum_of_all(manual.iter().map(|ix| figures_of(&stack, *ix).0));
            let cost = sum_of_all(manual.iter().map(|ix| figures_of(&stack, *ix).1));
            prop_assert!(close(chain.effort.map(|effort| effort.hours.likely.0), hours), "{}", chain.id);
            prop_assert!(close(chain.cost().map(|cost| cost.likely.0), cost), "{}", chain.id);
            unknown.extend(hours.is_none().then(|| chain.id.clone()));
            cost_unknown.extend(cost.is_none().then(|| chain.id.clone()));
            steps.extend(manual);
        }
        let all: Vec<_> = steps.iter().map(|ix| figures_of(&stack, *ix)).collect();
        let hours = sum_of_known(&all.iter().map(|(hours, _)| *hours).collect::<Vec<_>>());
        let cost = sum_of_known(&all.iter().map(|(_, cost)| *cost).collect::<Vec<_>>());
        let total = handoffs.total;
        prop_assert!(close(total.hours.map(|hours| hours.likely.0), hours), "{:?}, not {hours:?}", total.hours);
        prop_assert!(close(total.cost.map(|cost| cost.likely.0), cost), "{:?}, not {cost:?}", total.cost);
        prop_assert_eq!(&handoffs.unknown, &Vec::from_iter(unknown));
        prop_assert_eq!(&handoffs.cost_unknown, &Vec::from_iter(cost_unknown));
        // By likely cost as it is printed, unknown last, AI outputs first where equal, then id.
        let key = |chain: &sinew::analysis::Chain| {
            let cost = chain.cost().map(|cost| format!("{:.0}", cost.likely.0).parse::<f64>().unwrap().to_bits());
            (std::cmp::Reverse(cost), !chain.is_ai_output(), chain.id.clone())
        };
        prop_assert!(handoffs.chains.is_sorted_by_key(key));
    }
}

/// The random stacks above hold rings that nothing feeds, chains that come back, and handoffs of several objects.
#[test]
fn many_random_stacks_have_rings() {
    use proptest::strategy::ValueTree;
    let mut runner = proptest::test_runner::TestRunner::deterministic();
    let (mut rings, mut back, mut several) = (0, 0, 0);
    for _ in 0..200 {
        let stack = stack_of(&json_of(&stack_shape().new_tree(&mut runner).unwrap().current()));
        let handoffs = Handoffs::of(&stack);
        let naive = |data| Naive { stack: &stack, data };
        let is_ring = |data: &DataIx| naive(*data).beginnings().into_iter().any(|at| !naive(*data).begins(at));
        rings += usize::from(objects(&stack).iter().any(is_ring));
        back += usize::from(handoffs.chains.iter().any(|chain| chain.comes_back(&stack)));
        several += usize::from(handoffs.steps.iter().any(|(ix, _)| stack.flow(*ix).data.len() > 1));
    }
    assert!(rings >= 10 && back >= 40 && several >= 60, "{rings} with rings, {back} come back, {several} with several");
}

/// Seven sheets that all feed each other between two systems: 12,000 chains.
#[test]
fn of_too_many_chains_the_shortest_are_listed_and_the_rest_of_the_work_by_itself() {
    let sheets: Vec<String> = (0..7).map(|at| format!("k{at}")).collect();
    let mut text = String::from(
        "sinew: 1\nhourly_rate: 60\ndata: { d: {} }\nsystems:\n  a: { kind: crm, makes: [d] }\n  z: { kind: crm }\n",
    );
    sheets.iter().for_each(|at| text.push_str(&format!("  {at}: {{ kind: spreadsheet }}\n")));
    text.push_str("flows:\n");
    let mut flow = |from: &str, to: &str| {
        text.push_str(&format!(
            "  - {{ from: {from}, to: {to}, data: d, mechanism: message, runs: 12/year, minutes: 5 }}\n"
        ));
    };
    flow("a", "k0");
    flow("k6", "z");
    for from in &sheets {
        sheets.iter().filter(|to| *to != from).for_each(|to| flow(from, to));
    }
    let stack = stack_of(&text);
    let handoffs = Handoffs::of(&stack);
    let data = objects(&stack)[0];
    let mut all = Naive { stack: &stack, data }.chains();
    assert!(all.len() > 3 * MOST_CHAINS, "{}", all.len());
    all.sort_by(|a, b| a.len().cmp(&b.len()).then_with(|| a.cmp(b)));
    let mut shortest = all[..MOST_CHAINS].to_vec();
    shortest.sort();
    let listed = listed(&handoffs, data);
    let by_itself: Vec<&Vec<FlowIx>> = listed.iter().filter(|steps| shortest.binary_search(steps).is_err()).collect();
    assert_eq!(listed.len(), MOST_CHAINS + by_itself.len());
    let is_in_none =
        |steps: &&Vec<FlowIx>| steps.len() == 1 && !shortest.iter().flatten().any(|step| *step == steps[0]);
    assert!(by_itself.iter().all(is_in_none));
    every_object_of_every_handoff_is_in_a_chain(&stack, &handoffs);
    assert_eq!(handoffs.cut_short, [data]);
    // 44 flows of an hour a year: the total knows nothing of chains.
    assert!((handoffs.total.hours.expect("all have figures").likely.0 - 44.0).abs() < 1e-9);
    let warned = sinew::analysis::assumptions(&Analysis::of(&stack)).iter().any(|one| one.key == "handoffs");
    assert!(warned);
}
