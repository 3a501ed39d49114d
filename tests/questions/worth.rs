//! What an answer is worth, calculated by hand, and the order that follows.

use super::*;
use crate::judgement::stacks::stack;
use crate::support::planned::Planned;

/// An hour of work by hand each time, 100 a time, that an API flow would take over: 10 days, which cost 1,000, done after two
/// weeks of 52. So each run a year is worth 100 x 50 / 52 within the horizon.
const ONE_FLOW: &str = "sinew: 1
currency: USD
hourly_rate: 100
systems:
  a: { kind: crm, interfaces: [rest], owner: ops }
  b: { kind: cms, interfaces: [rest], owner: ops }
data: { lead: { personal: false } }
teams: { ops: { people: 3 } }
flows:
  - { id: f, from: a, to: b, data: lead, mechanism: copy-paste, performer: ops, minutes: 60, RUNS }
plan: { horizon: 52w, capacity: 5d/week, day_rate: 100, efforts: { api: 10, further-object: 0, personal-data: 0 }, running_costs: { api: 0 } }
";

fn of_runs(runs: &str) -> Vec<Asked> {
    asked(&stack(&ONE_FLOW.replace("RUNS", runs)), &Budget::default())
}

fn near(a: f64, b: f64) -> bool {
    (a - b).abs() < 0.2
}

#[test]
fn knowing_is_worth_what_a_better_plan_gains_on_average() {
    // At 20 runs the flow is built: 2,000 x 50/52 - 1,000 = 923. At 10 it would lose 1,000 - 1,000 x 50/52 = 38.46, which
    // knowing saves: a quarter of that. At 100 the plan is the same.
    let all = of_runs("runs: [10, 20, 100], basis: { guessed: runs }");
    let one = by_id(&all)["flows.f.runs"];
    assert!(near(one.gain.unwrap(), 0.25 * 38.46), "{:?}", one.gain);
    assert_eq!((one.a_year, one.width()), (Some((1_000.0, 10_000.0)), 9_000.0));
    assert_eq!(one.decides.as_ref().map(|decides| &*decides.id), Some("api:a:b"));
    // The same where money is short, and there is enough of it for the flow.
    let budget = ONE_FLOW.replace("day_rate: 100,", "day_rate: 100, budget: 1500,");
    let stack = stack(&budget.replace("RUNS", "runs: [10, 20, 100], basis: { guessed: runs }"));
    assert!(near(by_id(&asked(&stack, &Budget::default()))["flows.f.runs"].gain.unwrap(), 0.25 * 38.46));
    // At 5 runs nothing is built; at 100 it would have been: 10,000 x 50/52 - 1,000 = 8,615, a quarter of it.
    let all = of_runs("runs: [1, 5, 100], basis: { guessed: runs }");
    let one = by_id(&all)["flows.f.runs"];
    assert!(near(one.gain.unwrap(), 0.25 * 8_615.38), "{:?}", one.gain);
    assert_eq!(one.decides.as_ref().map(|decides| &*decides.id), Some("api:a:b"));
    // Where the plan is the same whatever is answered, knowing is worth nothing.
    let all = of_runs("runs: [50, 60, 100], basis: { guessed: runs }");
    assert_eq!(by_id(&all)["flows.f.runs"].gain, Some(0.0));
    assert_eq!(by_id(&all)["flows.f.runs"].decides, None);
}

#[test]
fn what_running_costs_counts_in_what_a_plan_would_lose() {
    // At 10 runs it would lose 1,000 - 1,000 x 50/52 of work, and 200 x 50/52 of running cost.
    let text = ONE_FLOW.replace("running_costs: { api: 0 }", "running_costs: { api: 200 }");
    let flow = "runs: [10, 30, 100], basis: { guessed: runs }";
    let all = asked(&stack(&text.replace("RUNS", flow)), &Budget::default());
    assert!(near(by_id(&all)["flows.f.runs"].gain.unwrap(), 0.25 * (38.46 + 192.31)), "{all:?}");
}

#[test]
fn what_no_longer_fits_into_a_limit_together_is_not_what_a_plan_would_be_worth() {
    // Both handoffs read 800 records a day of 2,000; with 1,500 only the other one fits beside it, which is built either way.
    let text = "sinew: 1
hourly_rate: 100
systems:
  crm: { kind: crm, interfaces: [rest], quotas: { daily_calls: 2000, read_page: 1 }, makes: [lead] }
  desk: { kind: messaging, interfaces: [rest] }
  shop: { kind: erp, interfaces: [rest] }
data: { lead: {} }
flows:
  - { id: to-desk, from: crm, to: desk, data: lead, mechanism: export-import, runs: 5/week, minutes: 120, records: [700, 800, 1500], basis: { guessed: records } }
  - { id: to-shop, from: crm, to: shop, data: lead, mechanism: export-import, runs: 5/week, minutes: 150, records: 800 }
";
    let all = asked(&stack(text), &Budget::default());
    let one = by_id(&all)["flows.to-desk.records"];
    assert!(near(one.gain.unwrap(), 0.0), "{:?}", one.gain);
}

#[test]
fn what_the_first_of_two_items_earns_besides_counts_once() {
    // The other flow is worth 9,000 once it runs by itself, so it is built first; this one then after four weeks. At 10 runs
    // it would lose 1,000 - 1,000 x 48/52.
    let text = ONE_FLOW.replace("RUNS", "runs: [10, 30, 100], basis: { guessed: runs }")
        .replace("  b: { kind: cms,", "  c: { kind: cms, interfaces: [rest], owner: ops }\n  b: { kind: cms,")
        .replace(
            "plan: {",
            "  - { id: g, from: a, to: c, data: lead, mechanism: copy-paste, performer: ops, minutes: 60, runs: 12, value: 9000 }\nplan: {",
        );
    let all = asked(&stack(&text), &Budget::default());
    let one = by_id(&all)["flows.f.runs"];
    assert_eq!(one.decides.as_ref().map(|decides| &*decides.id), Some("api:a:b"));
    assert!(near(one.gain.unwrap(), 0.25 * 76.92), "{:?}", one.gain);
}

#[test]
fn what_is_not_known_gains_by_the_table_and_what_is_guessed_by_its_other_side() {
    // Nothing is known of the runs: no plan, and 12, 52 or 260 runs of an hour are worth 153.85, 4,000 and 24,000.
    let all = of_runs("x-note: how often?");
    let one = by_id(&all)["flows.f.runs"];
    assert!(near(one.gain.unwrap(), 0.25 * 153.85 + 0.5 * 4_000.0 + 0.25 * 24_000.0), "{:?}", one.gain);
    assert_eq!(one.a_year, Some((1_200.0, 26_000.0)));
    // 52 runs are built; if programs carry them already, three quarters likely, the 1,000 are lost. Nothing can be built
    // then, so that the answer forbids the item, and the plan without it is worth nothing either.
    let all = of_runs("runs: 52, basis: { guessed: mechanism }");
    let one = by_id(&all)["flows.f.mechanism"];
    assert_eq!((one.gain, one.a_year), (Some(0.0), Some((0.0, 5_200.0))));
}

#[test]
fn whether_a_guessed_handoff_is_there_moves_all_of_its_work() {
    let all = of_runs("runs: 52, basis: { guessed: flow }");
    assert_eq!(by_id(&all)["flows.f.flow"].a_year, Some((0.0, 5_200.0)));
}

#[test]
fn who_performs_a_handoff_moves_it_by_what_the_teams_cost() {
    let teams =
        "teams: { ops: { people: 3 }, sales: { people: 3, hourly_rate: 40 }, heads: { people: 2, hourly_rate: 150 } }";
    let text = ONE_FLOW.replace("teams: { ops: { people: 3 } }", teams).replace("RUNS", "runs: 52");
    let all = asked(&stack(&text.replace("performer: ops, ", "")), &Budget::default());
    // 52 hours at 40, and at 150.
    assert_eq!(by_id(&all)["flows.f.performer"].a_year, Some((2_080.0, 7_800.0)));
}

#[test]
fn guessed_records_move_what_mending_the_wrong_ones_takes() {
    let flow = "runs: 52, records: [10, 20, 100], error_rate: 10%, basis: { guessed: records }";
    let text = ONE_FLOW.replace("RUNS", flow).replace("hourly_rate", "error_minutes: 6\nhourly_rate");
    let all = asked(&stack(&text), &Budget::default());
    // 52 hours, and a tenth of an hour for each record that is wrong: 52 of 520, and 520 of 5,200.
    let (low, high) = by_id(&all)["flows.f.records"].a_year.unwrap();
    assert!(near(low, 5_720.0) && near(high, 10_400.0), "{low} {high}");
}

#[test]
fn what_failures_cost_a_year_is_the_hours_down_at_the_cost_of_an_hour() {
    let stack_with = |crm: &str, cost: &str| {
        stack(&format!(
            "sinew: 1
hourly_rate: 100
systems: {{ crm: {{ kind: crm, makes: [lead]{crm} }}, cms: {{ kind: cms, availability: 98% }} }}
data: {{ lead: {{}} }}
flows: [{{ id: f, from: crm, to: cms, data: lead, mechanism: api }}]
processes: {{ launch: {{ needs: [{{ data: lead, at: cms }}]{cost} }} }}
"
        ))
    };
    let told = |stack: &Stack, id: &str, amount: &dyn Fn(f64) -> f64| {
        let all = asked(stack, &Budget::default());
        let one = by_id(&all)[id];
        let amounts: Vec<f64> = one.question.answers.iter().map(|answer| amount(answer.numbers[0].unwrap())).collect();
        let (low, high) = one.a_year.unwrap();
        assert!(near(low, amounts.iter().copied().fold(f64::INFINITY, f64::min)), "{low} {amounts:?}");
        assert!(near(high, amounts.iter().copied().fold(0.0, f64::max)), "{high} {amounts:?}");
    };
    // One and two hundredths of 8,760 hours, each counted alone.
    let stack = stack_with(", availability: 99%", "");
    told(&stack, "processes.launch.outage_cost", &|cost| (87.6 + 175.2) * cost);
    let stack = stack_with("", ", outage_cost: 50");
    told(&stack, "systems.crm.availability", &|share| (1.0 - share) * 8_760.0 * 50.0);
    // Where hours of work count, money is as many hours as it pays: 8 for a person-day of 160.
    let in_hours = |crm: &str, cost: &str| {
        self::stack(&format!(
            "sinew: 1
systems: {{ crm: {{ kind: crm, makes: [lead]{crm} }}, cms: {{ kind: cms, availability: 98% }} }}
data: {{ lead: {{}}, note: {{}} }}
flows:
  - {{ id: f, from: crm, to: cms, data: lead, mechanism: api }}
  - {{ id: g, from: crm, to: cms, data: lead, mechanism: message, runs: 1/day, minutes: 5 }}
processes: {{ launch: {{ needs: [{{ data: lead, at: cms }}]{cost} }} }}
plan: {{ day_rate: 160 }}
"
        ))
    };
    let stack = in_hours(", availability: 99%", "");
    told(&stack, "processes.launch.outage_cost", &|cost| (87.6 + 175.2) * cost * 0.05);
    let stack = in_hours("", ", outage_cost: 50");
    told(&stack, "systems.crm.availability", &|share| (1.0 - share) * 8_760.0 * 50.0 * 0.05);
}

#[test]
fn a_missing_rate_comes_first_then_what_alone_changes_the_stage_then_by_worth() {
    let text = "sinew: 1
as_of: 2026-11-21
systems:
  a: { kind: crm, interfaces: [rest], owner: ops }
  b: { kind: cms, interfaces: [rest], owner: ops }
  c: { kind: cms, interfaces: [rest], owner: ops }
  chat: { kind: ai-content, owner: ops, makes: [{ data: text }] }
data: { lead: {}, text: { content: true } }
teams: { ops: { people: 3 } }
flows:
  - { id: often, from: a, to: b, data: lead, mechanism: copy-paste, performer: ops, runs: [1, 2, 400], minutes: 60, basis: { guessed: runs } }
  - { id: seldom, from: a, to: c, data: lead, mechanism: copy-paste, performer: ops, runs: [1, 2, 3], minutes: 60, basis: { guessed: runs } }
  - { id: made, from: chat, to: b, data: text, mechanism: api, watched_by: ops }
";
    let all = asked(&stack(text), &Budget::default());
    let ids: Vec<String> = all.iter().map(|one| one.question.id()).collect();
    assert_eq!(
        ids[..4],
        ["hourly_rate", "practices.ai_policy.covers", "flows.often.runs", "flows.seldom.runs"],
        "{ids:?}"
    );
    assert_eq!(all[1].stages, Some((1, 2)));
    assert!(all[0].gain.is_none() && all[2].gain > all[3].gain, "{:?}", all[2]);
    // The rate is what 4 hours of work cost at 40, 70 and 120, in money although the plan counts hours.
    assert_eq!((all[0].a_year, all[0].unit.as_str()), (Some((160.0, 480.0)), "money"));
    assert_eq!(all[2].unit.as_str(), "hours");
    // Whatever moves no amount comes after what does, and before the check's order knows nothing of the stage.
    let analysis_of = stack(text);
    let analysis = Analysis::of(&analysis_of);
    let by_year = sinew::plan::questions::by_year(&analysis);
    let first: Vec<String> = by_year.iter().take(3).map(|one| one.question.id()).collect();
    assert_eq!(first, ["hourly_rate", "flows.often.runs", "flows.seldom.runs"]);
}

#[test]
fn nobody_brings_it_is_a_question_too() {
    let text = "sinew: 1
systems: { crm: { kind: crm, owner: ops }, cms: { kind: cms, owner: ops, makes: [{ data: page }] } }
data: { lead: {}, page: {}, score: {} }
teams: { ops: { people: 3 } }
flows: [{ from: crm, to: cms, data: page, mechanism: api, watched_by: ops }]
processes: { launch: { name: Launch, owner: ops, outage_cost: 5, needs: [{ data: lead, at: cms }, { any_of: [{ data: score, at: cms }, { data: page, at: crm }] }, { data: score, at: cms }] } }
";
    let stack = stack(text);
    let all = asked(&stack, &Budget::default());
    let one = by_id(&all)["systems.cms.makes"];
    assert_eq!(
        one.question.ask,
        "Where does Lead and Score at CMS come from? Launch cannot run without it, and nothing that is stated brings it."
    );
    let outline = sinew::model::outline::Outline::of(&stack);
    let answered = one.question.under(&outline, &one.question.answers[0]).unwrap();
    let analysis = Analysis::of(&answered);
    assert!(analysis.runs(answered.find_process("launch").unwrap()), "{:?}", one.question.answers);
    assert!(!by_id(&asked(&answered, &Budget::default())).contains_key("systems.cms.makes"));
    assert_eq!(one.findings, Some(2), "the unmet need vanishes, and what stops the process then is a single point");
}

fn stack_of_tiny() -> Stack {
    stack(include_str!("../../examples/stacks/tiny.yaml"))
}

#[test]
fn what_the_bound_does_not_reach_is_told_apart() {
    let text = include_str!("../../examples/stacks/messy-45.yaml");
    // Of one plan, which takes longer than the questions.
    let planned = Planned::shared(text);
    let asked_within = |budget: &Budget| ranked(&planned.analysis, &planned.plan, &quick(), budget);
    let none = asked_within(&Budget { plans: 0, moves: 0 });
    assert!(none.iter().all(|one| one.gain.is_none()));
    assert!(none.iter().any(|one| one.stages.is_none()) && none.iter().any(|one| one.a_year.is_some()));
    let all = asked_within(&Budget::default());
    assert_eq!(all.len(), none.len(), "nothing is left out");
    assert!(all.iter().all(|one| one.gain.is_none_or(|gain| gain >= 0.0)));
    // Same input, same answer.
    let tiny = stack_of_tiny();
    assert_eq!(asked(&tiny, &Budget::default()), asked(&tiny, &Budget::default()));
}

/// The table that ranks questions is listed where it is explained, as it is.
#[test]
fn the_table_of_plausible_answers_stands_in_the_docs() {
    let page = include_str!("../../docs/theory/questions.md");
    for (key, ends) in sinew::model::asking::TABLE {
        let written: Vec<String> = ends
            .iter()
            .map(|end| match key {
                "availability" => format!("{}%", end * 100.0),
                _ if *end >= 1_000.0 => format!("{},{:03}", (end / 1_000.0) as u32, (end % 1_000.0) as u32),
                _ => end.to_string(),
            })
            .collect();
        let row = format!("| `{key}`{} | {} |", if key == "runs" { ", a year" } else { "" }, written.join(" | "));
        assert!(page.contains(&row), "{row}");
    }
    let budget = Budget::default();
    assert!(page.contains("500,000 units") && budget.plans == 500_000, "{budget:?}");
    assert!(page.contains("10,000 entries") && budget.moves == 10_000, "{budget:?}");
}

#[test]
fn amounts_are_held_against_each_other_to_the_cent() {
    let flow = |id: &str, high: f64| {
        format!(
            "  - {{ id: {id}, from: a, to: b, data: {id}, mechanism: copy-paste, runs: 1, minutes: [60, 61, {high}], basis: {{ guessed: minutes }} }}\n"
        )
    };
    let text = format!(
        "sinew: 1
currency: USD
hourly_rate: 100
systems: {{ a: {{ kind: crm, interfaces: [], makes: [first, second] }}, b: {{ kind: cms, interfaces: [] }} }}
data: {{ first: {{ personal: false }}, second: {{ personal: false }} }}
flows:
{}{}",
        flow("first", 66.18),
        flow("second", 66.24)
    );
    let all = asked(&stack(&text), &Budget::default());
    let ids = all.iter().map(|one| one.question.id()).filter(|id| id.ends_with(".minutes"));
    // A tenth of an hour: 10.30 and 10.40.
    assert_eq!(ids.collect::<Vec<_>>(), ["flows.second.minutes", "flows.first.minutes"]);
}

#[test]
fn what_a_system_makes_already_or_is_retired_for_is_not_asked_for() {
    let is_asked = |score: &str, more: &str| {
        let text = format!(
            "sinew: 1
systems: {{ scorer: {{ kind: ai-scoring, owner: ops, makes: [{score}]{more} }}, crm: {{ kind: crm, owner: ops }} }}
data: {{ lead: {{}}, score: {{}} }}
teams: {{ ops: {{ people: 3 }} }}
flows: [{{ from: scorer, to: crm, data: lead, mechanism: api, status: planned }}]
processes: {{ route: {{ owner: ops, needs: [{{ data: score, at: scorer }}] }} }}
"
        );
        by_id(&asked(&stack(&text), &Budget::default())).contains_key("systems.scorer.makes")
    };
    assert!(is_asked("", ""), "nothing brings it");
    assert!(!is_asked("{ data: score, from: lead }", ""), "it is made there of what does not come");
    assert!(!is_asked("", ", status: retired"), "and nothing comes to what is not there");
}

#[test]
fn of_what_does_not_change_the_stage_what_a_plan_gains_by_it_comes_before_what_moves_more() {
    let text = ONE_FLOW
        .replace("RUNS", "runs: [10, 20, 100], basis: { guessed: runs }")
        .replace("  b: {", "  c: { kind: cms, interfaces: [], owner: ops }\n  b: {")
        .replace("plan:", "  - { id: wide, from: a, to: c, data: lead, mechanism: copy-paste, performer: ops, minutes: 60, runs: [1, 2, 900], basis: { guessed: runs } }\nplan:");
    let all = asked(&stack(&text), &Budget::default());
    let ids = all.iter().map(|one| one.question.id()).filter(|id| id.ends_with(".runs"));
    assert_eq!(ids.collect::<Vec<_>>(), ["flows.f.runs", "flows.wide.runs"]);
    let [narrow, wide] = ["flows.f.runs", "flows.wide.runs"].map(|id| by_id(&all)[id]);
    assert!(narrow.gain > wide.gain && narrow.width() < wide.width(), "{narrow:?} {wide:?}");
}
