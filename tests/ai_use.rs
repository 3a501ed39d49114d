//! What the register says of AI tools, against brute force on small random stacks; and how it comes out.

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;
use sinew::analysis::Analysis;
use sinew::model::{DataIx, Flow, Stack, System, SystemIx};
use sinew::report::facts::ai_use::{IsPersonal, Row, ai_use};
use sinew::report::{csv, tables};

use crate::judgement::stacks::stack;
use crate::support::binary::{code, err, out, run};
use crate::support::random_stack::{cases, json_of, stack_shape};

type At = (SystemIx, DataIx);

/// All that `facts` get to, by trying every flow and everything that is made until nothing is new.
fn closure(
    stack: &Stack,
    mut facts: BTreeSet<At>,
    follows: &dyn Fn(&Flow) -> bool,
    becomes: &dyn Fn(DataIx) -> bool,
) -> BTreeSet<At> {
    loop {
        let before = facts.len();
        for (_, flow) in stack.live_flows().filter(|(_, flow)| follows(flow)) {
            for data in &flow.data {
                if facts.contains(&(flow.from, *data)) {
                    facts.insert((flow.to, *data));
                }
            }
        }
        for (at, system) in stack.live_systems() {
            for making in system.makes.iter().filter(|making| becomes(making.data)) {
                if making.from.iter().any(|of| facts.contains(&(at, *of))) {
                    facts.insert((at, making.data));
                }
            }
        }
        if facts.len() == before {
            return facts;
        }
    }
}

/// Personal objects, by trying everything that is made until nothing is new.
fn personal(stack: &Stack) -> BTreeMap<DataIx, IsPersonal> {
    let stated = stack.all_data().filter(|(_, object)| object.personal == Some(true));
    let mut found: BTreeMap<DataIx, IsPersonal> = stated.map(|(ix, _)| (ix, IsPersonal::Stated)).collect();
    loop {
        let before = found.len();
        for making in stack.live_systems().flat_map(|(_, system)| &system.makes) {
            let is_open = stack.data_object(making.data).personal.is_none() && !found.contains_key(&making.data);
            if is_open && making.from.iter().any(|of| found.contains_key(of)) {
                found.insert(making.data, IsPersonal::Derived);
            }
        }
        if found.len() == before {
            return found;
        }
    }
}

/// How many flows an object needs to each fact, from where it originates.
fn distances(analysis: &Analysis<'_>) -> BTreeMap<At, usize> {
    let stack = analysis.stack;
    let made = stack.live_systems().flat_map(|(at, system)| system.makes.iter().map(move |one| (at, one.data)));
    let assumed = analysis.supply.assumed_origins().iter().map(|fact| (fact.at, fact.data));
    let mut found: BTreeMap<At, usize> = made.chain(assumed).map(|at| (at, 0)).collect();
    loop {
        let before = found.clone();
        for (_, flow) in stack.live_flows() {
            for data in &flow.data {
                if let Some(steps) = before.get(&(flow.from, *data)) {
                    let best = found.entry((flow.to, *data)).or_insert(usize::MAX);
                    *best = (*best).min(steps + 1);
                }
            }
        }
        if found == before {
            return found;
        }
    }
}

/// The flows that a way names, which must join and carry the object that is named at its begin: of each step those that are alike.
fn flows_of_way(stack: &Stack, way: &str) -> Vec<Vec<String>> {
    let way = way.split("; ").next().unwrap();
    let (object, places) = way.split_once(": ").unwrap();
    let mut parts = places.split(" -> ");
    let mut at = parts.next().unwrap().to_owned();
    let mut flows = Vec::new();
    for part in parts {
        let (to, mechanism) = part.split_once(" (").unwrap();
        let mechanism = mechanism.strip_suffix(')').unwrap();
        let ends = |flow: &Flow| [flow.from, flow.to].map(|ix| stack.system(ix).name.to_string());
        let is_it = |flow: &&Flow| {
            ends(flow) == [at.as_str(), to]
                && flow.mechanism.as_str() == mechanism
                && flow.data.iter().any(|data| stack.data_object(*data).name.as_str() == object)
        };
        let alike = stack.live_flows().map(|(_, flow)| flow).filter(is_it);
        let alike: Vec<String> = alike.map(|flow| flow.id.to_string()).collect();
        assert!(!alike.is_empty(), "a live flow of {way}");
        at = to.to_owned();
        flows.push(alike);
    }
    flows
}

fn holds(analysis: &Analysis<'_>, tool: SystemIx, row: &Row) -> Result<(), TestCaseError> {
    let stack = analysis.stack;
    let touches = |flow: &Flow| flow.to == tool || flow.through.contains(&tool);
    let arriving: BTreeSet<DataIx> =
        stack.live_flows().filter(|(_, flow)| touches(flow)).flat_map(|(_, flow)| flow.data.clone()).collect();
    let assumed = analysis.supply.assumed_origins().iter().filter(|fact| fact.at == tool).map(|fact| fact.data);
    let made: BTreeSet<DataIx> = stack.system(tool).makes.iter().map(|one| one.data).chain(assumed).collect();
    let id_of = |data: &DataIx| stack.data_object(*data).id.to_string();
    let held: BTreeSet<String> = arriving.union(&made).map(id_of).collect();
    prop_assert_eq!(row.data.iter().map(|data| data.id.clone()).collect::<BTreeSet<_>>(), held);

    let (personal, distances) = (personal(stack), distances(analysis));
    for data in &row.data {
        let (ix, object) = stack.all_data().find(|(_, object)| object.id.as_str() == data.id).unwrap();
        let expected = match (personal.get(&ix), object.personal) {
            (Some(why), _) => *why,
            (None, Some(_)) => IsPersonal::No,
            (None, None) => IsPersonal::NotKnown,
        };
        prop_assert_eq!(data.personal, expected);
        prop_assert_eq!(data.flow.is_some(), arriving.contains(&ix));
        prop_assert_eq!(data.way.is_some(), personal.contains_key(&ix), "ways are told of personal data only");
        let Some(way) = &data.way else { continue };
        let before = stack.live_flows().filter(|(_, flow)| touches(flow) && flow.data.contains(&ix));
        let shortest = before.filter_map(|(_, flow)| distances.get(&(flow.from, ix))).min();
        match (shortest, &data.flow) {
            (Some(steps), Some(last)) => {
                let flows = flows_of_way(stack, way);
                prop_assert_eq!(flows.len(), steps + 1, "{}", way);
                prop_assert!(flows.last().is_some_and(|alike| alike.contains(last)), "{}", way);
                let first = stack.live_flows().find(|(_, flow)| flow.id.as_str() == flows[0][0]).unwrap().1;
                prop_assert_eq!(distances.get(&(first.from, ix)), Some(&0), "{} begins where it originates", way);
            }
            (None, Some(_)) => prop_assert!(way.contains("origin not known"), "{}", way),
            (_, None) => prop_assert!(way.contains("made there") && made.contains(&ix), "{}", way),
        }
    }

    let brought = stack.live_flows().filter(|(_, flow)| flow.to == tool).flat_map(|(_, flow)| flow.data.clone());
    let there: BTreeSet<At> = made.iter().copied().chain(brought).map(|data| (tool, data)).collect();
    let through = |follows: &dyn Fn(&Flow) -> bool| -> BTreeSet<At> {
        let flows = stack.live_flows().filter(|(_, flow)| flow.through.contains(&tool) && follows(flow));
        flows.flat_map(|(_, flow)| flow.data.iter().map(|data| (flow.to, *data)).collect::<Vec<_>>()).collect()
    };
    let all: BTreeSet<At> = there.iter().copied().chain(through(&|_| true)).collect();
    let reached = closure(stack, all.clone(), &|_| true, &|_| true);
    let standing = standing_on(stack, tool);
    let at_those = standing.iter().flat_map(|at| {
        let assumed = analysis.supply.assumed_origins().iter().filter(|fact| fact.at == *at).map(|fact| fact.data);
        let made = stack.system(*at).makes.iter().map(|one| one.data).chain(assumed).map(|data| (*at, data));
        let passing = stack.live_flows().filter(|(_, flow)| flow.to == *at || flow.through.contains(at));
        made.chain(passing.flat_map(|(_, flow)| flow.data.iter().map(|data| (flow.to, *data)))).collect::<Vec<_>>()
    });
    let downstream = closure(stack, all.iter().copied().chain(at_those).collect(), &|_| true, &|_| true);
    let systems: BTreeSet<&str> = downstream
        .iter()
        .map(|(at, _)| *at)
        .chain(standing)
        .filter(|at| *at != tool)
        .map(|at| stack.system(at).id.as_str())
        .collect();
    prop_assert!(row.consumers.iter().map(String::as_str).eq(systems), "{:?}", row.consumers);
    let needs = |(_, process): &(_, &sinew::model::Process)| {
        process.data_needs().any(|need| downstream.contains(&(need.at, need.data)))
    };
    let processes: Vec<&str> = stack.all_processes().filter(needs).map(|(_, one)| one.id.as_str()).collect();
    prop_assert_eq!(row.processes.iter().map(|id| &**id).collect::<Vec<&str>>(), processes);
    let is_review = |flow: &&Flow| {
        let carries = flow.data.iter().any(|data| reached.contains(&(flow.from, *data)));
        flow.review.is_some() && (carries || flow.through.contains(&tool))
    };
    let reviews: Vec<&str> =
        stack.live_flows().map(|(_, flow)| flow).filter(is_review).map(|flow| flow.id.as_str()).collect();
    prop_assert_eq!(row.review_points.iter().map(String::as_str).collect::<Vec<_>>(), reviews);

    let content = |facts: BTreeSet<At>| -> BTreeSet<At> {
        facts.into_iter().filter(|(_, data)| stack.data_object(*data).is_content()).collect()
    };
    let is_content = |data: DataIx| stack.data_object(data).is_content();
    let sources = content(all);
    let reached = closure(stack, sources.clone(), &|_| true, &is_content);
    let seen: BTreeSet<&str> = reached
        .iter()
        .map(|(at, _)| stack.system(*at))
        .filter(|system| system.audience_facing == Some(true))
        .map(|system| system.id.as_str())
        .collect();
    let is_open = if sources.is_empty() {
        held_nothing(row) || stack.system(tool).facts.kind == sinew::catalog::Kind::AiContent
    } else {
        reached.iter().any(|(at, _)| stack.system(*at).audience_facing.is_none())
    };
    let expected = if !seen.is_empty() { Some(true) } else { (!is_open).then_some(false) };
    prop_assert_eq!(row.audience.reaches, expected);
    prop_assert!(row.audience.at.iter().map(String::as_str).eq(seen), "{:?}", row.audience.at);
    let unreviewed = |flow: &Flow| flow.review.is_none();
    let first: BTreeSet<At> = there.into_iter().chain(through(&unreviewed)).collect();
    let escaped = closure(stack, content(first), &unreviewed, &is_content);
    let escapes = escaped.iter().any(|(at, _)| stack.system(*at).audience_facing == Some(true));
    prop_assert_eq!(row.audience.unreviewed, (expected == Some(true)).then_some(escapes));
    Ok(())
}

/// The live systems that name `tool` under `depends_on`, or one that does, by trying until nothing is new.
fn standing_on(stack: &Stack, tool: SystemIx) -> BTreeSet<SystemIx> {
    let mut found = BTreeSet::from([tool]);
    loop {
        let names_one = |(_, system): &(SystemIx, &System)| system.named_dependencies().any(|ix| found.contains(&ix));
        let more: Vec<SystemIx> = stack.live_systems().filter(names_one).map(|(ix, _)| ix).collect();
        let before = found.len();
        found.extend(more);
        if found.len() == before {
            found.remove(&tool);
            return found;
        }
    }
}

#[test]
fn what_depends_on_a_tool_is_downstream_of_it_and_so_is_what_comes_from_there() {
    let stack = "sinew: 1
systems:
  model: { kind: ai-content }
  writer: { kind: ai-content, depends_on: [model], makes: [page] }
  either: { kind: dam, depends_on: [{ any_of: [model, other] }] }
  other: { kind: ai-content }
  site: { kind: cms }
  lone: { kind: crm, makes: [lead] }
data: { page: {}, lead: {} }
flows: [{ from: writer, to: site, data: page, mechanism: api }]
processes: { web: { needs: [{ data: page, at: site }] }, sales: { needs: [{ data: lead, at: lone }] } }
";
    let model = row(stack, "model");
    assert_eq!(model.consumers, ["either", "site", "writer"]);
    assert_eq!(model.processes.iter().map(|id| &**id).collect::<Vec<&str>>(), ["web"]);
    let other = row(stack, "other");
    assert_eq!((other.consumers.as_slice(), other.processes.len()), (&["either".to_owned()][..], 0));
}

fn held_nothing(row: &Row) -> bool {
    row.data.is_empty()
}

proptest! {
    #![proptest_config(cases(120))]

    #[test]
    fn the_register_says_what_brute_force_finds(shape in stack_shape()) {
        let stack = stack(&json_of(&shape));
        let analysis = Analysis::of(&stack);
        let rows = ai_use(&analysis);
        let tools: Vec<(SystemIx, &System)> = stack.all_systems().filter(|(_, system)| system.is_ai()).collect();
        prop_assert!(rows.iter().map(|row| row.system.as_str()).eq(tools.iter().map(|(_, tool)| tool.id.as_str())));
        for ((ix, tool), row) in tools.into_iter().zip(&rows) {
            prop_assert_eq!(row.live, tool.is_live());
            if tool.is_live() {
                holds(&analysis, ix, row)?;
            } else {
                prop_assert!(row.data.is_empty() && row.consumers.is_empty() && row.audience.reaches.is_none());
            }
        }
    }
}

const STACK: &str = "sinew: 1
as_of: 2026-11-21
teams: { legal: { name: Legal } }
data: { lead: { personal: true }, brief: { personal: false }, page: { content: true }, note: {} }
systems:
  crm: { kind: crm, makes: [lead], audience_facing: false }
  writer:
    kind: ai-content
    name: '=cmd(\"x\")'
    purpose: Write pages
    users: Copywriters
    role: deployer
    oversight: legal
    evidence: docs/dpia.md
    security_review: 2026-03-01
    makes: [{ data: page, from: [lead, brief] }]
  bare: { kind: ai-scoring, makes: [note] }
  site: { kind: cms, audience_facing: true }
flows:
  - { id: in, from: crm, to: writer, data: [lead, brief], mechanism: api }
  - { id: out, from: writer, to: site, data: page, mechanism: api, review: { by: legal } }
  - { id: noted, from: bare, to: crm, data: note, mechanism: api }
processes:
  web: { name: Web pages, needs: [{ data: page, at: site }] }
";

fn row(stack: &str, tool: &str) -> Row {
    let stack = self::stack(stack);
    ai_use(&Analysis::of(&stack)).into_iter().find(|row| row.system == tool).unwrap()
}

#[test]
fn a_tool_has_what_is_stated_and_what_the_graph_shows() {
    let writer = row(STACK, "writer");
    assert_eq!(writer.oversight.as_deref(), Some("legal"));
    let ways: Vec<Option<&str>> = writer.data.iter().map(|data| data.way.as_deref()).collect();
    let page =
        "Page: made there; Page is made of Lead at =cmd(\"x\"), which is personal, and Page is not stated otherwise";
    assert_eq!(ways, [None, Some("Lead: CRM -> =cmd(\"x\") (api)"), Some(page)]);
    assert_eq!((writer.consumers, writer.review_points), (vec!["site".to_owned()], vec!["out".to_owned()]));
    assert_eq!((writer.audience.reaches, writer.audience.unreviewed), (Some(true), Some(false)));
    assert_eq!(writer.audience.way.as_deref(), Some("Page: =cmd(\"x\") -> Site (api)"));
    assert_eq!(writer.processes.iter().map(|id| &**id).collect::<Vec<_>>(), ["web"]);
}

#[test]
fn what_is_not_stated_is_never_shown_as_good() {
    let stack = stack(STACK);
    let report = sinew::ask::register(&Analysis::of(&stack));
    let table = tables::ai_use(&report).unwrap();
    let text = csv(&table);
    let line = text.lines().find(|line| line.starts_with("Bare")).unwrap();
    assert_eq!(line.matches("not stated").count(), 8, "{line}");
    // The score is not stated to be no personal data, and its tool makes no content.
    assert!(
        line.contains("not known,,note (not known whether personal)") || line.contains("not known whether personal"),
        "{line}"
    );
    let silent = STACK.replace(", audience_facing: true", "").replace(", audience_facing: false", "");
    assert_eq!(row(&silent, "writer").audience.reaches, None);
    assert_eq!(row(&silent.replace("cms }", "cms, audience_facing: false }"), "writer").audience.reaches, None);
    let stated = silent
        .replace("cms }", "cms, audience_facing: false }")
        .replace("role: deployer", "role: deployer\n    audience_facing: false");
    assert_eq!(row(&stated, "writer").audience.reaches, Some(false));
    let rushed = STACK.replace(
        "processes:",
        "  - { id: rush, from: writer, to: site, data: page, mechanism: copy-paste, performer: legal }\nprocesses:",
    );
    assert_eq!(row(&rushed, "writer").audience.unreviewed, Some(true));
}

#[test]
fn the_command_writes_a_file_for_spreadsheets_in_which_nothing_is_a_formula() {
    let folder = crate::support::binary::folder("register");
    let path = folder.join("stack.yaml");
    std::fs::write(&path, STACK).unwrap();
    let path = path.to_str().unwrap();
    let output = run(&["register", path, "--format", "csv"]);
    assert_eq!(code(&output), 0, "{}", err(&output));
    let text = out(&output).trim_start_matches('\u{feff}');
    assert!(text.starts_with("AI tool,Status,Vendor,Intended purpose,Users,Role,Personal data,"), "{text}");
    assert!(text.contains("\r\n\"'=cmd(\"\"x\"\")\",production,not known,Write pages,Copywriters,deployer,"), "{text}");
    let json: serde_json::Value = serde_json::from_str(out(&run(&["register", path, "--format", "json"]))).unwrap();
    assert_eq!(json["ai_use"].as_array().unwrap().len(), 2);
    assert_eq!(json["ai_use"][1]["role"], "deployer");
    assert!(json.get("ai_register").is_none(), "a question prints its own parts");
    let said = run(&["register", path]);
    assert!(out(&said).contains("Intended purpose: Write pages"), "{}", out(&said));
}

/// Ways and lists of many tools in a row grow with the square of the stack.
#[test]
fn lists_that_grow_with_the_square_are_cut_and_ways_told_in_brief() {
    let count = 700;
    let each = |line: &dyn Fn(usize) -> String| (0..count).map(line).collect::<String>();
    let text = format!(
        "sinew: 1\ndata: {{ d: {{ personal: true }} }}\nsystems:\n  z: {{ kind: crm, makes: [d] }}\n{}flows:\n{}",
        each(&|at| format!("  a{at}: {{ kind: ai-agent }}\n")),
        each(&|at| {
            let from = at.checked_sub(1).map_or("z".to_owned(), |one| format!("a{one}"));
            format!("  - {{ id: f{at}, from: {from}, to: a{at}, data: d, mechanism: api }}\n")
        }),
    );
    let stack = stack(&text);
    let report = sinew::ask::register(&Analysis::of(&stack));
    let rows = report.ai_use.as_ref().unwrap();
    for tool in rows {
        let at: usize = tool.system[1..].parse().unwrap();
        let left_out = tool.left_out.get("consumers").copied().unwrap_or_default();
        assert_eq!(tool.consumers.len() + left_out, count - 1 - at, "{}", tool.system);
        let way = tool.data[0].way.as_ref().unwrap();
        assert!(way.len() < 600, "{way}");
        assert_eq!(way.contains("flows more"), at > 16, "{way}");
    }
    assert!(rows.iter().any(|row| row.left_out.contains_key("consumers")));
    let table = tables::ai_use(&report).unwrap();
    assert!(format!("{:?}", table.notes).contains("lists are cut"));
    assert!(format!("{:?}", table.rows).contains(" more\""));
}
