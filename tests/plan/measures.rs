//! Measures of governance, one by one: with its item the finding is gone or the criterion is met, in the target that is
//! analyzed; it takes days and earns no money.

use sinew::plan::Plan;
use sinew::plan::making::effort_of;

use super::*;

/// What a measure is for.
enum For {
    /// A finding, by id.
    Finding(&'static str),
    /// A criterion of a stage, by id.
    Criterion(&'static str),
}
use For::{Criterion, Finding};

/// A tool in production that makes content.
const TOOL: &str = "data: { draft: { content: true } }\nsystems: { t: { kind: ai-content, makes: [draft] } }\n";
/// A tool on trial.
const PILOT: &str = "data: { draft: {} }\nsystems: { t: { kind: ai-content, status: pilot, makes: [draft] } }\n";

/// What it is for, its id, its key under `plan.efforts`, and a stack.
const CASES: [(For, &str, &str, &str); 31] = [
    (Finding("no-owner:t"), "governance:owner:t", "owner", TOOL),
    (Finding("no-budget-owner:t"), "governance:budget-owner:t", "budget-owner", TOOL),
    (Finding("no-runbook:t"), "governance:runbook:t", "runbook", TOOL),
    (Finding("no-quality-standard:t"), "governance:quality-standard:t", "quality-standard", TOOL),
    (Finding("pilot-without-decision:t"), "governance:pilot-decision:t", "pilot-decision", PILOT),
    (
        Finding("shadow-ai:t"),
        "governance:pilot-decision:t",
        "pilot-decision",
        "systems: { t: { kind: ai-content, status: ad-hoc } }\n",
    ),
    (
        Finding("review-overdue:t"),
        "governance:vendor-review:t",
        "vendor-review",
        "systems: { t: { kind: ai-content, vendor_review: { last: 2025-01-01, every: 90d } } }\n",
    ),
    (
        Finding("review-overdue:t"),
        "governance:vendor-review:t",
        "vendor-review",
        "systems: { t: { kind: ai-content } }\npractices: { vendor_review_cadence: 90d }\n",
    ),
    (
        Finding("model-unwatched:t"),
        "governance:watch:t",
        "watch",
        "data: { score: {}, lead: {} }\nsystems: { t: { kind: ai-scoring, makes: [lead, { data: score, from: lead, model: {} }] } }\n",
    ),
    (
        Finding("unwatched-flow:a:b"),
        "governance:watch:a:b",
        "watch",
        "data: { d: {}, e: {} }\nsystems: { a: { kind: crm, makes: [d, e] }, b: { kind: cms } }
flows:
  - { id: f, from: a, to: b, data: d, mechanism: api, watched_by: nobody }
  - { id: g, from: a, to: b, data: e, mechanism: api, watched_by: nobody }
",
    ),
    (
        Finding("personal-data-to-ai:t"),
        "governance:security-review:t",
        "security-review",
        "data: { lead: { personal: true } }\nsystems: { a: { kind: crm, makes: [lead] }, t: { kind: ai-content } }
flows: [{ id: f, from: a, to: t, data: lead, mechanism: api }]
",
    ),
    // A review that is announced has not been done.
    (
        Finding("personal-data-to-ai:t"),
        "governance:security-review:t",
        "security-review",
        "data: { lead: { personal: true } }
systems: { a: { kind: crm, makes: [lead] }, t: { kind: ai-content, security_review: 2027-03-01 } }
flows: [{ id: f, from: a, to: t, data: lead, mechanism: api }]
",
    ),
    // By two flows, both of which need it.
    (
        Finding("unreviewed-content:t:web"),
        "governance:review:t:web",
        "governance",
        "data: { draft: { content: true } }
systems: { t: { kind: ai-content, makes: [draft] }, hub: { kind: dam }, web: { kind: cms, audience_facing: true } }
flows:
  - { id: f, from: t, to: web, data: draft, mechanism: api }
  - { id: g, from: t, to: hub, data: draft, mechanism: api }
  - { id: h, from: hub, to: web, data: draft, mechanism: api }
",
    ),
    (
        Finding("bolted-on-review:f"),
        "governance:review:t:web",
        "governance",
        "data: { draft: { content: true } }
systems: { t: { kind: ai-content, makes: [draft] }, web: { kind: cms } }
flows: [{ id: f, from: t, to: web, data: draft, mechanism: api, review: { by: ops, embedded: false } }]
",
    ),
    (
        Finding("competing-writers:industry"),
        "governance:master:industry",
        "master",
        "data: { industry: {} }
systems: { hub: { kind: marketing-automation }, sf: { kind: crm, makes: [industry] }, zi: { kind: enrichment, makes: [industry] } }
flows:
  - { id: there, from: sf, to: hub, data: industry, mechanism: native }
  - { id: enrich, from: zi, to: hub, data: industry, mechanism: native }
",
    ),
    (
        Finding("bus-factor:solo"),
        "governance:second-person:solo",
        "governance",
        "data: { list: {} }
systems: { a: { kind: crm, makes: [list] }, b: { kind: marketing-automation } }
flows: [{ id: f, from: a, to: b, data: list, mechanism: rekeying, performer: solo }]
processes: { mail: { needs: [{ data: list, at: b }] } }
",
    ),
    // Without that person the process still runs, on standby.
    (
        Finding("bus-factor:solo"),
        "governance:second-person:solo",
        "governance",
        "data: { list: {} }
systems: { a: { kind: crm, makes: [list] }, b: { kind: marketing-automation } }
flows:
  - { id: f, from: a, to: b, data: list, mechanism: rekeying, performer: solo }
  - { id: g, from: a, to: b, data: list, mechanism: api, standby: true }
processes: { mail: { needs: [{ data: list, at: b }] } }
",
    ),
    (
        Finding("sole-owner:a"),
        "governance:second-person:solo",
        "governance",
        "data: { list: {} }
systems: { a: { kind: crm, owner: solo, makes: [list] } }
processes: { mail: { needs: [{ data: list, at: a }] } }
",
    ),
    (Criterion("policy-data-privacy"), "governance:policy", "policy", TOOL),
    (
        Criterion("policy-acceptable-use"),
        "governance:policy",
        "policy",
        "systems: { t: { kind: ai-content } }\npractices: { ai_policy: { covers: [data-privacy] } }\n",
    ),
    (Criterion("policy-output-review"), "governance:policy", "policy", TOOL),
    (Criterion("evaluation-security-review"), "governance:evaluation-framework", "evaluation-framework", TOOL),
    (Criterion("evaluation-data-governance"), "governance:evaluation-framework", "evaluation-framework", TOOL),
    (Criterion("evaluation-integration-feasibility"), "governance:evaluation-framework", "evaluation-framework", TOOL),
    (Criterion("evaluation-decision-protocol"), "governance:evaluation-framework", "evaluation-framework", TOOL),
    (Criterion("resilience-plan"), "governance:resilience-plan", "resilience-plan", TOOL),
    (Criterion("quality-standards"), "governance:quality-standards", "quality-standard", TOOL),
    (Criterion("vendor-review-cadence"), "governance:review-cadence", "review-cadence", TOOL),
    (Criterion("owned-ai-tool"), "governance:owner:t", "owner", PILOT),
    (Criterion("production-ai-tool"), "governance:production:t", "governance", PILOT),
    (
        Criterion("models-look-after-themselves"),
        "governance:watch:t",
        "watch",
        "data: { score: {}, lead: {} }
systems: { t: { kind: ai-scoring, makes: [lead, { data: score, from: lead, model: { retrain: manual, drift_monitor: true, explainable: true } }] } }
",
    ),
];

fn stack_with(body: &str, plan: &str) -> Stack {
    let text = format!(
        "sinew: 1\nas_of: 2026-11-21\nteams: {{ ops: {{ name: Operations, people: 4 }}, solo: {{ people: 1 }} }}\n{body}{plan}"
    );
    stack_of("measure.yaml", &text)
}

fn is_open(what: &For, at: &sinew::plan::situation::Situation) -> bool {
    match what {
        Finding(id) => at.findings.iter().any(|finding| finding.id == *id),
        Criterion(id) => at.standing.criterion(id).unwrap().holds_back(),
    }
}

fn with(stack: &Stack, item: &str) -> Plan {
    check(stack, &Options { with: vec![item.to_owned()], ..quick() })
}

#[test]
fn with_each_measure_the_finding_is_gone_or_the_criterion_met() {
    for (what, item, key, body) in &CASES {
        // What must not stay open is in the plan by itself.
        let stack = stack_with(body, "plan: { obligations: [] }\n");
        let usual = check(&stack, &quick());
        assert!(is_open(what, &usual.before) && is_open(what, &usual.after), "{item}: {body}");
        let plan = with(&stack, item);
        assert!(!is_open(what, &plan.after), "{item}: {body}");
        let built = plan.find(item).expect("it was asked for");
        assert_eq!((built.value.likely, built.payback), (0.0, None), "{item}");
        let (effort, running) = effort_of(plan.candidate(built));
        assert!(0.0 < effort.low && effort.low < effort.likely && effort.likely < effort.high, "{item}");
        assert_eq!(running.high, 0.0, "{item} costs no money");
        // The file says how long it takes.
        let stated = stack_with(body, &format!("plan: {{ obligations: [], efforts: {{ {key}: [7, 8, 9] }} }}\n"));
        let plan = with(&stated, item);
        assert_eq!(effort_of(plan.candidate(plan.find(item).unwrap())).0.likely, 8.0, "{item}");
    }
}

#[test]
fn each_measure_says_what_it_rests_on() {
    let why = |body: &str, item: &str| {
        let plan = planned(&stack_with(body, ""), &quick());
        plan.candidates.all.iter().find(|one| one.id == item).map(|one| one.why.join("; "))
    };
    let says = |item: &str| {
        let (_, _, _, body) = CASES.iter().find(|(_, id, _, _)| *id == item).unwrap();
        why(body, item).unwrap()
    };
    let team = "Operations is assumed: the team that is nearest to it in the file";
    assert_eq!((says("governance:owner:t").as_str(), says("governance:budget-owner:t").as_str()), (team, team));
    assert_eq!(says("governance:watch:t"), "a drift monitor, explanations, and retraining by itself");
    let kept = "what is built on it assumes that it is kept; if it is not, that is not built";
    assert_eq!(says("governance:pilot-decision:t"), kept);
    let paper = "the target counts it as done; a paper is marked as planned";
    assert_eq!(says("governance:runbook:t"), paper);
}

/// What is accepted is in the way of a criterion all the same, and of no other.
#[test]
fn a_finding_that_is_accepted_gets_a_measure_where_a_criterion_asks_for_it() {
    let accepted = |rule: &str, subject: &str| {
        let body = "data: { list: {}, draft: { content: true } }
systems: { a: { kind: crm, owner: solo, makes: [list] }, t: { kind: ai-content, owner: ops, makes: [draft] } }
processes: { mail: { needs: [{ data: list, at: a }] } }
";
        let text = format!("{body}accept: [{{ rule: {rule}, subject: {subject}, why: known }}]\n");
        let plan = planned(&stack_with(&text, ""), &quick());
        plan.candidates.all.iter().map(|one| one.id.clone()).collect::<BTreeSet<String>>()
    };
    let (second, runbook) = ("governance:second-person:solo", "governance:runbook:t");
    let all = accepted("sole-owner", "a");
    assert!(!all.contains(second) && all.contains(runbook), "{all:?}");
    let all = accepted("no-runbook", "t");
    assert!(all.contains(second) && all.contains(runbook), "{all:?}");
}

#[test]
fn what_is_stated_for_governance_holds_for_each_measure_that_is_not() {
    let stack = stack_with(TOOL, "plan: { efforts: { governance: 5, runbook: 2 } }\n");
    let plan = planned(&stack, &quick());
    let days = |id: &str| {
        let found = plan.candidates.all.iter().find(|one| one.id == id).unwrap();
        effort_of(found).0.likely
    };
    assert_eq!((days("governance:owner:t"), days("governance:runbook:t"), days("governance:policy")), (5.0, 2.0, 5.0));
}

#[test]
fn a_measure_that_earns_nothing_is_no_choice_and_is_told_with_its_days() {
    let stack = stack_with(TOOL, "");
    let plan = planned(&stack, &quick());
    assert!(plan.items.is_empty() && plan.problem.gains.is_empty(), "nothing of it earns anything");
    let shown = report::Plan::of(&stack, &plan, &quick());
    let told = |id: &str| shown.unfunded.iter().find(|one| one.item == id).map(|one| one.findings.clone());
    assert_eq!(told("governance:runbook:t"), Some(vec!["no-runbook:t".to_owned()]));
    // One item for three criteria of the next stage.
    let policy: Vec<_> = shown.unfunded.iter().filter(|one| one.item == "governance:policy").collect();
    assert_eq!(policy.len(), 1);
    assert_eq!(policy[0].about, "for stage 2: the AI policy covers data privacy, and 2 more");
    let analysis = Analysis::of(&stack);
    let candidate = plan.candidates.all.iter().find(|one| one.id == "governance:runbook:t").unwrap();
    let lines: Vec<String> = explain(&analysis, &plan, candidate).into_iter().map(|line| line.words).collect();
    assert!(
        lines.iter().any(|line| line == "not in the plan: it earns no money; `--with governance:runbook:t` puts it in"),
        "{lines:?}"
    );
}

#[test]
fn without_a_team_nobody_can_be_named_and_the_plan_says_what_to_add() {
    let stack = stack_of("none.yaml", "sinew: 1\nsystems: { t: { kind: ai-content } }\n");
    let plan = check(&stack, &quick());
    let shown = report::Plan::of(&stack, &plan, &quick());
    let missing = shown.unsolved.iter().find(|one| one.findings == ["no-owner:t"]).unwrap();
    assert_eq!(missing.why, ["the file names no team: add it under `teams`, and state `owner` at t"]);
}

/// Who works with a tool by hand comes before who reviews what it gives, who owns what it is joined to, and the first team.
#[test]
fn the_team_that_is_nearest_to_a_tool_is_to_own_it() {
    let owner = |flows: &str| {
        let body = format!(
            "data: {{ lead: {{}}, draft: {{ content: true }} }}
systems:
  crm: {{ kind: crm, owner: ops, makes: [lead] }}
  cms: {{ kind: cms, owner: web }}
  t: {{ kind: ai-content, makes: [draft] }}
flows:
  - {{ id: far, from: crm, to: cms, data: lead, mechanism: message, performer: ops, review: {{ by: ops }} }}
{flows}"
        );
        let teams = "teams: { ops: { people: 4 }, sales: { people: 4 }, legal: { people: 4 }, web: { people: 4 } }";
        let stack = stack_of("near.yaml", &format!("sinew: 1\n{teams}\n{body}"));
        let plan = with(&stack, "governance:owner:t");
        let tool = plan.target.system(plan.target.find_system("t").unwrap());
        plan.target.team(tool.owner.unwrap()).id.to_string()
    };
    let reviewed = "  - { id: out, from: t, to: cms, data: draft, mechanism: api, review: { by: legal } }\n";
    let by_hand = "  - { id: in, from: crm, to: t, data: lead, mechanism: message, performer: sales }\n";
    assert_eq!(owner(&format!("{reviewed}{by_hand}")), "sales");
    assert_eq!(owner(reviewed), "legal");
    assert_eq!(owner("  - { id: out, from: t, to: cms, data: draft, mechanism: api }\n"), "web");
    assert_eq!(owner(""), "ops");
}

/// A tool on trial that goes into production gets the papers that it lacks, and none that it has.
#[test]
fn a_tool_on_trial_gets_what_it_lacks_and_nothing_else() {
    let ids = |keys: &str, model: &str| -> Vec<String> {
        let body = format!(
            "data: {{ lead: {{}}, score: {{}} }}
systems: {{ t: {{ kind: ai-scoring, status: pilot, {keys}makes: [lead, {{ data: score, from: lead, model: {model} }}] }} }}
"
        );
        let plan = planned(&stack_with(&body, ""), &quick());
        let of_t = plan.candidates.all.iter().map(|one| one.id.clone()).filter(|id| id.ends_with(":t"));
        of_t.filter(|id| !id.contains("pilot-decision")).collect()
    };
    let cared = "{ retrain: automatic, drift_monitor: true, explainable: true }";
    let papers = "runbook: r, quality_standard: q, owner: ops, budget_owner: ops, ";
    let reviewed = "vendor_review: { last: 2026-11-01, every: 365d }, ";
    assert_eq!(ids(&format!("{papers}{reviewed}"), cared), ["governance:production:t"]);
    let late = papers.to_owned() + "vendor_review: { last: 2025-01-01, every: 90d }, ";
    assert_eq!(ids(&late, cared), ["governance:production:t", "governance:vendor-review:t"]);
    let careless =
        ids(&format!("{papers}{reviewed}"), "{ retrain: automatic, drift_monitor: true, explainable: false }");
    assert_eq!(careless, ["governance:production:t", "governance:watch:t"]);
    let all = ids("", "{ retrain: manual }");
    let names = ["budget-owner", "owner", "production", "quality-standard", "runbook", "vendor-review", "watch"];
    assert_eq!(all, names.map(|name| format!("governance:{name}:t")));
}

/// Of two tools in production the one whose model nobody watches gets what is missing.
#[test]
fn a_model_that_looks_after_itself_needs_no_watch() {
    let model = |id: &str, score: &str, model: &str| {
        format!("  {id}: {{ kind: ai-scoring, makes: [lead, {{ data: {score}, from: lead, model: {model} }}] }}\n")
    };
    let cared = model("cared", "a", "{ retrain: automatic, drift_monitor: true, explainable: true }");
    let lacking = model("lacking", "b", "{ retrain: manual }");
    let trial = model("trial", "c", "{ retrain: manual }").replace("makes:", "status: pilot, makes:");
    let body = format!("data: {{ lead: {{}}, a: {{}}, b: {{}}, c: {{}} }}\nsystems:\n{cared}{lacking}{trial}");
    let stack = stack_with(&body, "");
    let plan = planned(&stack, &quick());
    let criterion = plan.before.standing.criterion("models-look-after-themselves").unwrap();
    assert!(criterion.holds_back());
    let watched = plan.candidates.all.iter().filter(|one| one.id.starts_with("governance:watch:"));
    assert_eq!(watched.map(|one| one.id.as_str()).collect::<Vec<_>>(), ["governance:watch:lacking"]);
}

/// A master is proposed only where nothing would compete once it is named.
#[test]
fn a_master_that_settles_nothing_is_not_proposed() {
    let masters = |flows: &str| -> Vec<String> {
        let body = format!(
            "data: {{ industry: {{}}, other: {{}} }}
systems:
  aside: {{ kind: crm, makes: [other, {{ data: industry, standby: true }}] }}
  first: {{ kind: crm, makes: [industry] }}
  second: {{ kind: crm, makes: [industry] }}
  zi: {{ kind: enrichment, makes: [industry] }}
flows:
  - {{ id: enrich, from: zi, to: first, data: industry, mechanism: native }}
{flows}"
        );
        let stack = stack_with(&body, "");
        let is_found = Analysis::of(&stack).findings().iter().any(|one| one.rule == "competing-writers");
        assert!(is_found, "{flows}");
        let plan = planned(&stack, &quick());
        let found = plan.candidates.all.iter().filter(|one| one.id == "governance:master:industry");
        found.map(|one| one.title.clone()).collect()
    };
    let there = "  - { id: there, from: second, to: first, data: industry, mechanism: native }\n";
    let back = "  - { id: back, from: first, to: second, data: industry, mechanism: native }\n";
    assert_eq!(masters(there), ["Make Second the master of Industry"], "the first gets values from both others");
    assert_eq!(masters(&format!("{there}{back}")), Vec::<String>::new(), "either gets values from elsewhere");
    let spare = back.replace("native }", "native, standby: true }");
    assert_eq!(masters(&format!("{there}{spare}")), ["Make Second the master of Industry"], "what only stands by");
}

/// The ids of the candidates in a stack with `body` that begin so.
fn ids(body: &str, begin: &str) -> Vec<String> {
    let plan = planned(&stack_with(body, ""), &quick());
    let all = plan.candidates.all.iter().map(|one| one.id.clone());
    all.filter(|id| id.starts_with(begin)).collect()
}

#[test]
fn only_the_tools_whose_review_is_due_get_one() {
    let body = "systems:
  late: { kind: ai-content, vendor_review: { last: 2025-01-01, every: 90d } }
  timely: { kind: ai-content, vendor_review: { last: 2026-11-01, every: 90d } }
  trial: { kind: ai-content, status: pilot }
";
    assert_eq!(ids(body, "governance:vendor-review:"), ["governance:vendor-review:late"]);
}

#[test]
fn a_trial_beside_a_tool_in_production_is_decided_on() {
    let body = "systems: { p: { kind: ai-content }, t: { kind: ai-content, status: pilot } }\n";
    assert_eq!(ids(body, "governance:pilot-decision:"), ["governance:pilot-decision:t"]);
    let in_time = body.replace("status: pilot", "status: pilot, pilot: { decide_by: 2027-06-30 }");
    assert_eq!(ids(&in_time, "governance:pilot-decision:"), [""; 0]);
}

#[test]
fn flows_with_the_same_ends_are_watched_together() {
    let title = |flows: &str| {
        let body = format!(
            "data: {{ d: {{}}, e: {{}} }}\nsystems: {{ a: {{ kind: crm, makes: [d, e] }}, b: {{ kind: cms }} }}\nflows:\n{flows}"
        );
        let plan = planned(&stack_with(&body, ""), &quick());
        plan.candidates.all.iter().find(|one| one.id == "governance:watch:a:b").unwrap().title.clone()
    };
    let flow = |data: &str| format!("  - {{ from: a, to: b, data: {data}, mechanism: api, watched_by: nobody }}\n");
    assert_eq!(title(&flow("d")), "Watch the flow from A to B");
    assert_eq!(title(&(flow("d") + &flow("e"))), "Watch the flows from A to B");
}

/// A review belongs to the last step before customers see it, on each way there.
#[test]
fn what_reaches_customers_is_reviewed_on_the_flows_that_end_there() {
    let (_, item, _, body) = CASES.iter().find(|(_, id, _, _)| *id == "governance:review:t:web").unwrap();
    let stack = stack_with(body, "");
    let plan = planned(&stack, &quick());
    let one = plan.candidates.all.iter().find(|one| one.id == *item).unwrap();
    let [Edit::Review(flows, _)] = &one.edits[..] else { panic!("{:?}", one.edits) };
    let ids: Vec<&str> = flows.iter().map(|ix| stack.flow(*ix).id.as_str()).collect();
    assert_eq!(ids, ["f", "h"]);
}
