//! Rules held against their definitions, read aloud on random stacks, in both directions.

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;
use sinew::analysis::{Analysis, Finding, Severity};
use sinew::analysis::{Fact, systems_up_today};
use sinew::model::{DataIx, Flow, FlowIx, FlowStatus, Mechanism, Stack, Status, SystemIx, WatchedBy};
use sinew::source::Source;

use crate::support::any_stack::{Dice, stack_text};
use crate::support::random_stack::cases;

fn random(seed: u64) -> Option<Stack> {
    sinew::model::read(&Source::new("stack.yaml", stack_text(&mut Dice::new(seed)))).stack
}

fn of<'f>(findings: &'f [Finding], rule: &str) -> Vec<&'f Finding> {
    findings.iter().filter(|finding| finding.rule == rule).collect()
}

/// Marks facts round after round until a round adds nothing.
fn closure(stack: &Stack, mut marked: BTreeSet<Fact>, passes: &dyn Fn(&Flow) -> bool, content: bool) -> BTreeSet<Fact> {
    loop {
        let before = marked.len();
        for (_, flow) in stack.live_flows().filter(|(_, flow)| passes(flow)) {
            for data in &flow.data {
                if marked.contains(&Fact { at: flow.from, data: *data }) {
                    marked.insert(Fact { at: flow.to, data: *data });
                }
            }
        }
        for (at, system) in stack.live_systems().filter(|_| content) {
            for making in &system.makes {
                let is_made_of_it = making.from.iter().any(|data| marked.contains(&Fact { at, data: *data }));
                if is_made_of_it && stack.data_object(making.data).is_content() {
                    marked.insert(Fact { at, data: making.data });
                }
            }
        }
        if before == marked.len() {
            return marked;
        }
    }
}

/// Objects that originate somewhere: made there by a live system, or carried away from where nothing brings them.
fn origins(stack: &Stack) -> BTreeSet<Fact> {
    let mut all = BTreeSet::new();
    for (at, system) in stack.live_systems() {
        all.extend(system.makes.iter().map(|making| Fact { at, data: making.data }));
    }
    for (_, flow) in stack.live_flows() {
        for data in &flow.data {
            let arrives = |other: &Flow| other.to == flow.from && other.data.contains(data);
            let has_ended = |other: &Flow| {
                let retired = |ix: SystemIx| stack.system(ix).status == Status::Retired;
                other.status == FlowStatus::Off || (other.status == FlowStatus::Live && other.systems().any(retired))
            };
            let came = |other: &Flow| arrives(other) && (stack.is_live(other) || has_ended(other));
            if !stack.flows.iter().any(came) {
                all.insert(Fact { at: flow.from, data: *data });
            }
        }
    }
    all
}

fn unreviewed(stack: &Stack) -> BTreeSet<(SystemIx, SystemIx)> {
    let mut found = BTreeSet::new();
    for (tool, system) in stack.live_systems().filter(|(_, system)| system.is_ai()) {
        let is_content = |fact: &Fact| stack.data_object(fact.data).is_content();
        // What only people write in a tool is not the tool's.
        let is_its_own = |fact: &Fact| {
            let mut makes = system.makes.iter().filter(|making| making.data == fact.data).peekable();
            makes.peek().is_none() || makes.any(|making| making.by.is_none())
        };
        let made = origins(stack).into_iter().filter(|fact| fact.at == tool && is_content(fact) && is_its_own(fact));
        let made = made.collect();
        let reached = closure(stack, made, &|flow| flow.review.is_none(), true);
        let shown = reached.iter().filter(|fact| fact.at != tool && stack.system(fact.at).is_audience_facing());
        found.extend(shown.map(|fact| (tool, fact.at)));
    }
    found
}

fn personal(stack: &Stack) -> BTreeSet<(SystemIx, DataIx)> {
    let mut objects: BTreeSet<DataIx> =
        stack.all_data().filter(|(_, data)| data.personal == Some(true)).map(|(ix, _)| ix).collect();
    for _ in 0..stack.data.len() {
        for making in stack.live_systems().flat_map(|(_, system)| &system.makes) {
            let is_open = stack.data_object(making.data).personal.is_none();
            if is_open && making.from.iter().any(|data| objects.contains(data)) {
                objects.insert(making.data);
            }
        }
    }
    let begin = origins(stack).into_iter().filter(|fact| objects.contains(&fact.data)).collect();
    let reached = closure(stack, begin, &|_| true, false);
    let mut found = BTreeSet::new();
    for (_, flow) in stack.live_flows() {
        for at in [flow.to].into_iter().chain(flow.through.iter().copied()) {
            let system = stack.system(at);
            let done = system.security_review.is_some_and(|done| stack.as_of.is_none_or(|today| done <= today));
            let arrives = flow.data.iter().filter(|data| reached.contains(&Fact { at: flow.from, data: **data }));
            found.extend(arrives.filter(|_| system.is_ai() && !done).map(|data| (at, *data)));
        }
    }
    found
}

/// The ages of all facts without standby flows, from "never" downwards until nothing changes.
fn ages(stack: &Stack) -> BTreeMap<Fact, f64> {
    let is_up = systems_up_today(stack);
    let mut ages: BTreeMap<Fact, f64> = BTreeMap::new();
    // An origin is one on the whole graph, standby flows included.
    let assumed: BTreeSet<Fact> = origins(stack)
        .into_iter()
        .filter(|fact| !stack.system(fact.at).makes.iter().any(|making| making.data == fact.data))
        .collect();
    loop {
        let before = ages.clone();
        let lower = |fact: Fact, age: f64, ages: &mut BTreeMap<Fact, f64>| {
            if is_up[fact.at.at()] && age.is_finite() {
                let known = ages.entry(fact).or_insert(f64::INFINITY);
                *known = known.min(age);
            }
        };
        for fact in &assumed {
            lower(*fact, 0.0, &mut ages);
        }
        for (at, system) in stack.live_systems() {
            for making in &system.makes {
                let of = |data: &DataIx| ages.get(&Fact { at, data: *data }).copied().unwrap_or(f64::INFINITY);
                let age = making.from.iter().map(of).fold(0.0, f64::max);
                let delay = making.delay.map_or(0.0, |delay| delay.likely.0);
                if !making.is_standby {
                    lower(Fact { at, data: making.data }, age + delay, &mut ages);
                }
            }
        }
        for (_, flow) in stack.live_flows().filter(|(_, flow)| !flow.is_standby) {
            if flow.through.iter().all(|ix| is_up[ix.at()]) {
                for data in &flow.data {
                    let age = ages.get(&Fact { at: flow.from, data: *data }).copied().unwrap_or(f64::INFINITY);
                    let review = flow.review().and_then(|review| review.delay).map_or(0.0, |delay| delay.likely.0);
                    let delay = flow.run.delay.map_or(0.0, |delay| delay.likely.0) + review;
                    lower(Fact { at: flow.to, data: *data }, age + delay, &mut ages);
                }
            }
        }
        if before == ages {
            return ages;
        }
    }
}

/// `stack` with every flow that `message` names after its colon: new and automated, or automated in place of another. `None` where
/// there is no flow to take as a pattern.
fn with_named_flows(stack: &Stack, finding: &Finding) -> Option<Stack> {
    let mut mended = stack.clone();
    let (_, named) = finding.message.rsplit_once(" would close ").expect("a finding names what closes the loop");
    let (_, named) = named.split_once(": ").expect("a finding names what closes the loop");
    let system =
        |name: &str| stack.all_systems().find(|(_, one)| one.name.as_str() == name).expect("a system that is there").0;
    let object =
        |name: &str| stack.all_data().find(|(_, one)| one.name.as_str() == name).expect("an object that is there").0;
    for words in named.split("; ") {
        let (ends, rest) = words.split_once(": ").expect("a flow is named by its ends and objects");
        let (from, to) = ends.split_once(" -> ").expect("a flow has two ends");
        let ends = (system(from), system(to));
        if let Some((_, mechanism)) = rest.split_once(" in place of the flow by ") {
            let is_it = |ix: &&FlowIx| {
                let flow = stack.flow(**ix);
                (flow.from, flow.to) == ends && flow.mechanism.as_str() == mechanism
            };
            let ix = *finding.flows.iter().find(is_it).expect("a flow that is there");
            mended.flows[ix.at()].mechanism = Mechanism::Api;
            continue;
        }
        let mut flow = mended.flows.first().cloned()?;
        (flow.from, flow.to) = ends;
        flow.data = rest.replace(" and ", ", ").split(", ").map(object).collect();
        (flow.mechanism, flow.is_standby, flow.status) = (Mechanism::Api, false, FlowStatus::Live);
        flow.through.clear();
        // Behind all other ids, so that the list stays sorted.
        flow.id = format!("~{}", mended.flows.len()).into();
        mended.flows.push(flow);
    }
    Some(mended)
}

/// Whether the value of one maker reaches `end` along live flows of `data` in regular use that do not pass `without`.
fn reaches(stack: &Stack, data: DataIx, maker: SystemIx, end: SystemIx, without: SystemIx) -> bool {
    let mut at = BTreeSet::from([maker]);
    for _ in 0..stack.systems.len() {
        for (_, flow) in stack.live_flows().filter(|(_, flow)| !flow.is_standby && flow.data.contains(&data)) {
            if at.contains(&flow.from) && flow.to != without {
                at.insert(flow.to);
            }
        }
    }
    maker != without && at.contains(&end)
}

/// Whether writers compete for `data`, and then whether that is medium: the definition read aloud.
fn competing(stack: &Stack, data: DataIx) -> Option<bool> {
    let flows: Vec<&Flow> =
        stack.live_flows().map(|(_, flow)| flow).filter(|flow| !flow.is_standby && flow.data.contains(&data)).collect();
    let makes = |ix: SystemIx| stack.system(ix).makes.iter().any(|making| making.data == data && !making.is_standby);
    // Who makes it only while others are down writes nothing today.
    let is_spare = |ix: SystemIx| !makes(ix) && stack.system(ix).makes.iter().any(|making| making.data == data);
    let all = origins(stack).into_iter().filter(|fact| fact.data == data).map(|fact| fact.at);
    let makers: BTreeSet<SystemIx> = all.filter(|at| !is_spare(*at)).collect();
    let is_record = |ix: SystemIx| {
        ["crm", "marketing-automation", "cdp", "cms", "erp"].contains(&stack.system(ix).facts.kind.as_str())
    };
    let is_tool = |ix: SystemIx| stack.system(ix).is_ai() || stack.system(ix).facts.is_enrichment();
    if let Some(master) = stack.data_object(data).master {
        let is_foreign = |flow: &&&Flow| {
            flow.to == master && makers.iter().any(|maker| reaches(stack, data, *maker, flow.from, master))
        };
        return (is_record(master) && flows.iter().any(|flow| is_foreign(&flow))).then_some(true);
    }
    let both_ways = flows.iter().any(|flow| {
        let back = |other: &&Flow| (other.from, other.to) == (flow.to, flow.from);
        is_record(flow.from) && is_record(flow.to) && flows.iter().any(back)
    });
    let by_tool = flows.iter().any(|flow| {
        let others = makers.iter().filter(|maker| **maker != flow.to);
        let has_others = others.clone().any(|maker| reaches(stack, data, *maker, flow.to, flow.from));
        is_tool(flow.from) && is_record(flow.to) && (makes(flow.to) || has_others)
    });
    let from_others = flows.iter().any(|flow| {
        let is_theirs = makers.iter().any(|maker| reaches(stack, data, *maker, flow.from, flow.to));
        is_record(flow.to) && makes(flow.to) && is_theirs
    });
    let mut making = stack.live_systems().flat_map(|(_, system)| &system.makes);
    let is_input = making.any(|making| making.model.is_some() && making.from.contains(&data));
    (both_ways || by_tool || from_others).then_some(by_tool || is_input)
}

proptest! {
    #![proptest_config(cases(120))]

    #[test]
    fn rules_say_what_their_definitions_say(seed: u64) {
        let stack = random(seed);
        prop_assume!(stack.is_some());
        let stack = stack.unwrap();
        let findings = Analysis::of(&stack).findings();
        let at = |id: &String| stack.find_system(id).unwrap();

        let found = of(&findings, "unreviewed-content");
        let pairs: BTreeSet<(SystemIx, SystemIx)> =
            found.iter().map(|one| (at(&one.subjects[0]), at(&one.subjects[1]))).collect();
        prop_assert_eq!(pairs, unreviewed(&stack));
        for finding in found {
            // Every flow of the path is one that nobody reviews.
            for words in finding.evidence[0].split("(flow ").skip(1) {
                let id = &words[..words.find(')').unwrap()];
                prop_assert!(stack.flow(stack.find_flow(id).unwrap()).review.is_none());
            }
        }

        let found = of(&findings, "personal-data-to-ai");
        let expected = personal(&stack);
        let tools: BTreeSet<SystemIx> = found.iter().map(|one| at(&one.subjects[0])).collect();
        prop_assert_eq!(&tools, &expected.iter().map(|(tool, _)| *tool).collect());
        prop_assert_eq!(found.iter().map(|one| one.evidence.len()).sum::<usize>(), expected.len());

        let ages = ages(&stack);
        let late = |process: &&sinew::model::Process| process.data_needs().any(|need| {
            let age = ages.get(&Fact { at: need.at, data: need.data });
            need.max_age.is_some_and(|most| age.is_some_and(|age| *age > most.hours().0 + 1e-6))
        });
        let expected: Vec<String> = stack.processes.iter().filter(late).map(|process| process.id.to_string()).collect();
        let stale: Vec<String> = of(&findings, "stale-feed").iter().map(|one| one.subjects[0].clone()).collect();
        prop_assert_eq!(stale, expected);

        let found = of(&findings, "competing-writers");
        let found: Vec<(String, bool)> =
            found.iter().map(|one| (one.data[0].clone(), one.severity == Severity::Medium)).collect();
        let mut found = found;
        found.sort();
        let competing = stack.all_data().filter_map(|(data, object)| Some((object.id.to_string(), competing(&stack, data)?)));
        prop_assert_eq!(found, competing.collect::<Vec<_>>());

        let found: BTreeSet<(SystemIx, SystemIx)> =
            of(&findings, "unwatched-flow").iter().map(|one| (at(&one.subjects[0]), at(&one.subjects[1]))).collect();
        let is_unwatched = |flow: &Flow| !flow.is_manual() && flow.watched_by == Some(WatchedBy::Nobody);
        let expected = stack.live_flows().filter(|(_, flow)| is_unwatched(flow)).map(|(_, flow)| (flow.from, flow.to));
        prop_assert_eq!(found, expected.collect());
    }

    #[test]
    fn the_flow_that_is_named_closes_the_loop(seed: u64) {
        let stack = random(seed);
        prop_assume!(stack.is_some());
        let mut stack = stack.unwrap();
        // Names may be alike, or hold what parts a sentence; these are read back.
        stack.systems.iter_mut().for_each(|one| one.name = one.id.to_string().into());
        stack.data.iter_mut().for_each(|one| one.name = one.id.to_string().into());
        for finding in of(&Analysis::of(&stack).findings(), "missing-feedback") {
            let suffices = !finding.evidence.iter().any(|line| line.ends_with("without a person either"));
            if suffices && let Some(mended) = with_named_flows(&stack, finding) {
                let left = Analysis::of(&mended).findings();
                let is_left = left.iter().any(|other| other.id == finding.id);
                prop_assert!(!is_left, "{:#?}\n{}", finding, sinew::model::write::write(&mended));
            }
        }
    }
}

#[test]
fn random_stacks_show_each_of_these_rules() {
    // Equal answers of two that are always silent would say nothing.
    let mut count: BTreeMap<&str, usize> = BTreeMap::new();
    for stack in (0..120).filter_map(random) {
        for finding in Analysis::of(&stack).findings() {
            *count.entry(finding.rule).or_default() += 1;
        }
    }
    for rule in [
        "unreviewed-content",
        "personal-data-to-ai",
        "stale-feed",
        "missing-feedback",
        "unwatched-flow",
        "competing-writers",
    ] {
        assert!(count.get(rule).is_some_and(|count| *count >= 5), "{rule}: {count:?}");
    }
}
