//! Verify, then build: what is offered outside of the plan, and that the line which it asks for makes it an item.

use sinew::plan::doubtful::Doubtful;

use super::*;

/// Work by hand out of a system of which nobody states how records leave it.
fn notes(interfaces: &str) -> Stack {
    stack_of(
        "notes.yaml",
        &format!(
            "sinew: 1
hourly_rate: 60
teams: {{ sales: {{ people: 5 }} }}
data: {{ note: {{}} }}
systems:
  notes: {{ kind: other, makes: [note]{interfaces} }}
  crm: {{ kind: crm, interfaces: [rest] }}
  zap: {{ product: zapier }}
flows:
  - {{ id: f, from: notes, to: crm, data: note, mechanism: copy-paste, performer: sales, runs: 600, minutes: 30 }}
"
        ),
    )
}

fn shown(stack: &Stack, plan: &Plan) -> Vec<report::plan::Unverified> {
    report::Plan::of(stack, plan, &quick()).unverified
}

#[test]
fn an_interface_that_nobody_stated_is_found_out_first_and_the_line_makes_it_an_item() {
    let stack = notes("");
    let plan = check(&stack, &quick());
    assert!(plan.items.is_empty() && plan.net_value.0 == 0.0, "it is outside of the value of the plan");
    let all = shown(&stack, &plan);
    let [one] = all.as_slice() else { panic!("{all:?}") };
    assert_eq!((one.id.as_str(), one.findings.len()), ("recipe:notes:crm:zap", 1));
    assert_eq!(one.value.unwrap().likely.get(), 18_000.0, "600 runs of half an hour at 60");
    assert_eq!((one.verify[0].id.as_str(), one.verify[0].system.as_str()), ("verify:notes", "notes"));
    assert_eq!(one.verify[0].effort.likely.get(), 1.0);
    // The line, typed where it says, and nothing else.
    let stated = notes(&format!(", {}", one.verify[0].add));
    let verified = check(&stated, &quick());
    let item = verified.find(&one.id).expect("it is built");
    assert_eq!(item.value.likely, 18_000.0);
    let (was, is) = (one.effort, effort_of(verified.candidate(item)).0);
    assert_eq!((was.low.get(), was.likely.get(), was.high.get()), (is.low, is.likely, is.high * 1.5));
    assert!(shown(&stated, &verified).is_empty());
    // With no interface at all it is known to be impossible.
    let none = notes(", interfaces: []");
    assert!(shown(&none, &check(&none, &quick())).is_empty());
}

#[test]
fn the_file_says_how_long_finding_out_takes_and_the_explanation_which_line_to_add() {
    let mut text = write(&notes(""));
    text.push_str("plan: { efforts: { verify: [2, 3, 4] } }\n");
    let stack = stack_of("notes.yaml", &text);
    let plan = check(&stack, &quick());
    assert_eq!(shown(&stack, &plan)[0].verify[0].effort.likely.get(), 3.0);
    let candidate = &plan.candidates.unverified[0].candidate;
    let lines: Vec<String> =
        explain(&Analysis::of(&stack), &plan, candidate).into_iter().map(|line| line.words).collect();
    let wanted = "Find out how records get in and out of Notes; then add `interfaces: [rest]` at `notes`";
    assert!(lines.iter().any(|line| line == wanted), "{lines:?}");
    assert!(lines.iter().any(|line| line == "if it is verified, after all items of the plan: 18000"), "{lines:?}");
}

/// Of what is not built, only what is not verified has to be found out first.
#[test]
fn what_is_verified_and_not_built_is_told_why() {
    let stack = example("stage-3-marketo-enterprise");
    let (analysis, plan) = (Analysis::of(&stack), check(&stack, &quick()));
    let why = |candidate| {
        let lines = explain(&analysis, &plan, candidate);
        lines.into_iter().map(|line| line.words).find(|words| words.starts_with("not in the plan: "))
    };
    let first = "not in the plan: what it rests on has to be found out first";
    let late = "not in the plan: it would not break even within horizon and budget";
    let verified: Vec<String> = plan.candidates.all.iter().filter_map(why).collect();
    assert!(verified.iter().any(|words| words == late) && verified.iter().all(|words| words != first), "{verified:?}");
    let others: Vec<String> = plan.candidates.unverified.iter().filter_map(|one| why(&one.candidate)).collect();
    assert!(others.iter().any(|words| words == first), "{others:?}");
}

/// A process that stops without a tool: what the tool makes, where it is needed, and a line of each system.
fn without_tool([tool, crm, writer]: [&str; 3], object: &str) -> Stack {
    stack_of(
        "tool.yaml",
        &format!(
            "sinew: 1
teams: {{ sales: {{ people: 5 }} }}
data: {{ lead: {{}}, out: {{ {object} }} }}
systems:
  crm: {{ kind: {crm}, owner: sales, makes: [lead{writer}] }}
  tool: {{ {tool}, availability: 0.99, makes: [{{ data: out, from: lead }}] }}
flows:
  - {{ id: there, from: crm, to: tool, data: lead, mechanism: api }}
  - {{ id: back, from: tool, to: crm, data: out, mechanism: api }}
processes: {{ routing: {{ outage_cost: 100, needs: [{{ data: out, at: crm }}] }} }}
"
        ),
    )
}

fn fallback_of(stack: &Stack) -> report::plan::Unverified {
    let all = shown(stack, &check(stack, &quick()));
    all.into_iter().find(|one| one.id == "fallback:meanwhile:tool").expect("there is a way")
}

fn stops_without(stack: &Stack) -> bool {
    let findings = Analysis::of(stack).findings();
    findings.iter().any(|one| one.id == "single-point-of-failure:tool" && one.severity != Severity::Low)
}

#[test]
fn people_write_content_and_scores_while_the_tool_is_away_and_the_line_covers_it() {
    for (tool, crm, object) in [("kind: ai-scoring", "crm", ""), ("kind: ai-content", "cms", "content: true")] {
        let stack = without_tool([tool, crm, ""], object);
        assert!(stops_without(&stack));
        let one = fallback_of(&stack);
        assert_eq!(one.title, "Write Out by hand while Tool is away");
        // 1 % of 8,760 hours at 100.
        assert_eq!(one.value.unwrap().likely.get(), 8_760.0);
        let line = one.verify[0].add.strip_prefix("makes: [").and_then(|line| line.strip_suffix(']')).unwrap();
        let stated = without_tool([tool, crm, &format!(", {line}")], object);
        assert!(!stops_without(&stated), "{line}");
    }
}

#[test]
fn a_team_of_one_writes_nothing_meanwhile_where_another_can() {
    let text = "sinew: 1
teams: { sales: { people: 5 }, solo: { people: 1 } }
data: { lead: {}, out: {} }
systems:
  crm: { kind: crm, owner: sales, makes: [lead] }
  tool: { kind: ai-scoring, makes: [{ data: out, from: lead }] }
flows:
  - { id: there, from: crm, to: tool, data: lead, mechanism: api }
  - { id: back, from: tool, to: crm, data: out, mechanism: api }
processes: { routing: { owner: solo, needs: [{ data: out, at: crm }] } }
";
    let one = fallback_of(&stack_of("solo.yaml", text));
    assert_eq!(one.verify[0].add, "makes: [{ data: out, by: sales, standby: true }]");
}

#[test]
fn the_last_value_is_kept_of_what_is_bought_or_computed_and_moves_no_figure() {
    // A score in a journey that runs by itself, and firmographics.
    for (tool, crm) in [("kind: ai-scoring", "marketing-automation"), ("kind: enrichment", "crm")] {
        let stack = without_tool([tool, crm, ""], "");
        let one = fallback_of(&stack);
        assert_eq!(one.title, "Keep the last Out while Tool is away");
        assert_eq!(one.value.unwrap().likely.get(), 0.0);
        assert!(one.why[0].ends_with("it moves no figure"), "{:?}", one.why);
    }
}

#[test]
fn what_is_written_and_what_is_kept_meanwhile_is_one_item() {
    let stack = stack_of(
        "both.yaml",
        "sinew: 1
teams: { sales: { people: 5 } }
data: { lead: {}, score: {}, grade: {} }
systems:
  crm: { kind: crm, owner: sales, makes: [lead] }
  mail: { kind: marketing-automation }
  tool: { kind: ai-scoring, availability: 0.99, makes: [{ data: score, from: lead }, { data: grade, from: lead }] }
flows:
  - { from: crm, to: tool, data: lead, mechanism: api }
  - { from: tool, to: crm, data: score, mechanism: api }
  - { from: tool, to: mail, data: grade, mechanism: api }
processes: { routing: { outage_cost: 100, needs: [{ data: score, at: crm }, { data: grade, at: mail }] } }
",
    );
    let one = fallback_of(&stack);
    assert_eq!(one.title, "Write Score by hand and keep the last Grade while Tool is away");
    let asked: Vec<(&str, &str)> = one.verify.iter().map(|check| (check.system.as_str(), check.add.as_str())).collect();
    assert_eq!(
        asked,
        [("crm", "makes: [{ data: score, by: sales, standby: true }]"), ("tool", "runbook: docs/without-tool.md")]
    );
}

#[test]
fn what_only_happens_has_nobody_who_writes_it_and_no_last_value() {
    let stack = stack_of(
        "orders.yaml",
        "sinew: 1
data: { order: {} }
systems: { shop: { kind: e-commerce, makes: [order] }, mail: { kind: marketing-automation } }
flows: [{ id: f, from: shop, to: mail, data: order, mechanism: api }]
processes: { reminder: { needs: [{ data: order, at: mail }] } }
",
    );
    assert!(shown(&stack, &check(&stack, &quick())).is_empty());
}

#[test]
fn a_second_vendor_is_for_models_and_covers_all_that_run_on_the_first() {
    let with = |vendor: &str| {
        stack_of(
            "vendor.yaml",
            &format!(
                "sinew: 1
data: {{ a: {{}}, b: {{}} }}
systems:
  base: {{ {vendor}, availability: 0.99 }}
  one: {{ kind: ai-content, depends_on: base, makes: [a] }}
  two: {{ kind: ai-agent, depends_on: base, makes: [b] }}
processes:
  p: {{ outage_cost: 100, needs: [{{ data: a, at: one }}] }}
  q: {{ outage_cost: 10, needs: [{{ data: b, at: two }}] }}
"
            ),
        )
    };
    let stack = with("product: openai-api");
    let all = shown(&stack, &check(&stack, &quick()));
    let second = all.iter().find(|one| one.id == "fallback:second-vendor:base").expect("there is a way");
    assert_eq!(second.value.unwrap().likely.get(), 8_760.0 + 876.0);
    assert!(second.findings.contains(&"common-dependency:base".to_owned()), "{:?}", second.findings);
    let asked: Vec<(&str, &str)> =
        second.verify.iter().map(|check| (check.system.as_str(), check.add.as_str())).collect();
    let line = "depends_on: [{ any_of: [base, base-second] }]";
    assert_eq!(asked, [("one", line), ("two", line)]);
    // A second system of record is no fallback.
    let crm = with("kind: crm");
    let all = shown(&crm, &check(&crm, &quick()));
    assert!(all.iter().all(|one| !one.id.starts_with("fallback:second-vendor")), "{all:?}");
}

/// Nothing that is not verified is in the plan or its value; each has something to find out, a line to add and a wider range,
/// and what is worth most for a day of finding out comes first.
pub(super) fn check_unverified(stack: &Stack, plan: &Plan) {
    let unverified = &plan.candidates.unverified;
    let mut places: Vec<usize> = plan.doubtful.iter().map(|one| one.place).collect();
    let rate = |one: &Doubtful| {
        let days: f64 = unverified[one.place].checks.iter().map(|check| check.effort[0].amount.likely).sum();
        one.value.map_or(0.0, |value| value.likely / days)
    };
    assert!(plan.doubtful.is_sorted_by(|a, b| rate(a) >= rate(b)));
    places.sort_unstable();
    assert!(places.into_iter().eq(0..unverified.len()), "each is told once");
    for one in unverified {
        let id = &one.candidate.id;
        assert!(plan.find(id).is_none() && plan.candidates.all.iter().all(|known| known.id != *id), "{id} is an item");
        assert!(one.candidate.is_feasible() && !one.checks.is_empty(), "{id}");
        assert!(one.checks.iter().all(|check| stack.system(check.system).is_live() && !check.add.is_empty()), "{id}");
        let known = |need: &String| plan.candidates.all.iter().any(|one| one.id == *need);
        assert!(one.candidate.needs.iter().all(known), "{id} needs what is no candidate");
        let range = effort_of(&one.candidate).0;
        assert!(range.high >= 1.5 * range.likely - 1e-9, "{id}");
    }
}

#[test]
fn what_is_worth_most_for_each_day_of_finding_out_comes_first() {
    let text = "sinew: 1
hourly_rate: 100
systems:
  a: { kind: other, makes: [x] }
  b: { kind: other }
  c: { kind: crm, interfaces: [rest], makes: [y] }
  d: { kind: other }
data: { x: {}, y: {} }
flows:
  - { id: f, from: a, to: b, data: x, mechanism: copy-paste, runs: 300, minutes: 60 }
  - { id: g, from: c, to: d, data: y, mechanism: copy-paste, runs: 200, minutes: 60 }
";
    let plan = planned(&stack_of("days.yaml", text), &quick());
    let order = plan
        .doubtful
        .iter()
        .map(|one| (plan.candidates.unverified[one.place].candidate.id.as_str(), one.value.unwrap().likely));
    // 20,000 for the interfaces of one system, before 30,000 for those of two, of a day each.
    assert_eq!(order.collect::<Vec<_>>(), [("api:c:d", 20_000.0), ("api:a:b", 30_000.0)]);
}
