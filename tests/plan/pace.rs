//! Other intervals and bulk jobs, for data that comes too late and for limits that are overrun.

use sinew::plan::making::effort_of;

use super::*;

const FEED: &str = "data: { a: {}, b: {}, score: {} }
systems:
  web: { kind: analytics, makes: [a] }
  crm: { kind: crm, makes: [b] }
  scorer: { kind: ai-scoring, makes: [{ data: score, from: [a, b] }] }
flows:
  - { id: slow, from: web, to: scorer, data: a, mechanism: file-drop, delay: 1d, runs: 1/day, records: 600 }
  - { id: quick, from: crm, to: scorer, data: b, mechanism: api, delay: 1h }
  - { id: back, from: scorer, to: crm, data: score, mechanism: api, delay: 30min }
processes:
  launch: { needs: [{ data: score, at: crm, max_age: 1d }] }
";

const CALLS: &str = "data: { order: {} }
systems:
  crm: { kind: crm, quotas: { daily_calls: 100, batch_size: 50 } }
  shop: { kind: erp, makes: [order] }
flows:
  - { id: orders, from: shop, to: crm, data: order, mechanism: api, runs: 288/day, records: 5 }
processes: {}
";

fn read_stack(body: &str) -> Stack {
    stack_of("pace.yaml", &format!("sinew: 1\n{}", body.replace("processes: {}\n", "")))
}

fn built(stack: &Stack, item: &str) -> Plan {
    check(stack, &Options { with: vec![item.to_owned()], ..quick() })
}

fn flow<'p>(plan: &'p Plan, id: &str) -> &'p Flow {
    plan.target.flow(plan.target.find_flow(id).unwrap())
}

/// What nothing can be built for is said to lack.
fn missing(stack: &Stack, finding: &str) -> Option<Vec<String>> {
    let plan = check(stack, &quick());
    let shown = report::Plan::of(stack, &plan, &quick());
    shown.unsolved.into_iter().find(|one| one.findings == [finding]).map(|one| one.why)
}

fn title(plan: &Plan, item: &str) -> String {
    plan.candidate(plan.find(item).unwrap()).title.clone()
}

#[test]
fn a_slow_flow_runs_as_often_as_it_has_to_and_no_more() {
    let stack = read_stack(FEED);
    let plan = built(&stack, "faster:launch");
    // 12 hours and the half hour back; with a day and half an hour it is too old.
    assert_eq!(title(&plan, "faster:launch"), "Run the flow from Web to Scorer every 12 hours");
    assert!(plan.before.findings.iter().any(|finding| finding.id == "stale-feed:launch"));
    assert!(!plan.after.findings.iter().any(|finding| finding.id == "stale-feed:launch"));
    let slow = flow(&plan, "slow");
    assert_eq!(slow.run.delay.unwrap().likely.0, 12.0);
    // Twice as often, half as much.
    assert!((slow.runs.unwrap().likely.0 - 730.0).abs() < 1e-9, "{:?}", slow.runs);
    assert_eq!(slow.run.records.unwrap().likely.0, 300.0);
    let back = flow(&plan, "back");
    assert_eq!((back.run.delay.unwrap().likely.0, back.runs), (0.5, None), "the others stay as they are");
    let (effort, _) = effort_of(plan.candidate(plan.find("faster:launch").unwrap()));
    assert_eq!((effort.low, effort.likely, effort.high), (0.5, 1.0, 3.0));
}

#[test]
fn each_slow_flow_on_the_way_changes_where_one_is_not_enough() {
    let stack = read_stack(&FEED.replace("delay: 1h", "delay: 1d").replace("max_age: 1d", "max_age: 2h"));
    let plan = built(&stack, "faster:launch");
    assert_eq!(title(&plan, "faster:launch"), "Run 2 flows for Launch every hour");
    for (id, hours) in [("slow", 1.0), ("quick", 1.0), ("back", 0.5)] {
        assert_eq!(flow(&plan, id).run.delay.unwrap().likely.0, hours, "{id}");
    }
    // Nobody said how often it runs; every hour says it.
    assert_eq!(flow(&plan, "quick").runs.unwrap().likely.0, 8_760.0);
}

#[test]
fn a_review_on_the_way_takes_its_time_whatever_the_interval() {
    let text = FEED.replace("delay: 30min", "delay: 30min, review: { delay: 20h }");
    let plan = built(&read_stack(&text), "faster:launch");
    // 2 + 0.5 + 20 hours fit into a day, 4 do not.
    assert_eq!(flow(&plan, "slow").run.delay.unwrap().likely.0, 2.0);
}

#[test]
fn a_review_of_the_flow_itself_is_added_to_its_interval() {
    let text = FEED.replace("runs: 1/day", "runs: 1/day, review: { delay: 12h }");
    let plan = built(&read_stack(&text), "faster:launch");
    // 6 + 12 + 0.5 hours fit into a day, 12 + 12 + 0.5 do not.
    assert_eq!(flow(&plan, "slow").run.delay.unwrap().likely.0, 6.0);
    let why = &plan.candidate(plan.find("faster:launch").unwrap()).why;
    assert_eq!(why[0], "slow takes 36h today, 18h then");
}

#[test]
fn what_no_interval_settles_is_said() {
    for body in [
        FEED.replace("from: [a, b] }", "from: [a, b], delay: 2d }"),
        FEED.replace("mechanism: file-drop", "mechanism: webhook"),
        FEED.replace("delay: 30min", "delay: 30min, review: { delay: 25h }"),
    ] {
        let why = missing(&read_stack(&body), "stale-feed:launch").unwrap_or_else(|| panic!("{body}"));
        assert!(why[0].starts_with("no shorter interval of "), "{why:?}");
    }
    assert_eq!(missing(&read_stack(FEED), "stale-feed:launch"), None);
}

#[test]
fn an_interval_whose_calls_do_not_fit_is_not_built() {
    let body = FEED
        .replace("mechanism: file-drop", "mechanism: api")
        .replace("web: { kind: analytics", "web: { kind: analytics, quotas: { daily_calls: 7, read_page: 100 }");
    // Today 6 calls read 600 records; 2 runs of 300 take 6 as well.
    let plan = built(&read_stack(&body), "faster:launch");
    assert_eq!(flow(&plan, "slow").run.delay.unwrap().likely.0, 12.0);
    // 2 runs of 301 take 4 each.
    let why = missing(&read_stack(&body.replace("records: 600", "records: 601")), "stale-feed:launch").unwrap();
    assert!(why.iter().any(|line| line.contains("the calls exceed a quota: web accepts 7 calls a day")), "{why:?}");
}

#[test]
fn runs_of_more_records_make_fewer_calls() {
    let stack = read_stack(CALLS);
    let plan = built(&stack, "faster:crm");
    // 288 runs of 5 records are 288 calls; 96 of 15 fit into 100.
    assert_eq!(title(&plan, "faster:crm"), "Call CRM every 15 minutes with more at a time");
    assert!(!plan.after.findings.iter().any(|finding| finding.rule == "quota-overrun"));
    let orders = flow(&plan, "orders");
    assert_eq!((orders.run.records.unwrap().likely.0, orders.run.delay.unwrap().likely.0), (15.0, 0.25));
    let why = &plan.candidate(plan.find("faster:crm").unwrap()).why;
    assert_eq!(why[0], "288 calls a day are 96 then; it accepts 100");
}

#[test]
fn only_flows_that_call_the_system_are_slowed_down_for_its_limit() {
    let body = CALLS.replace("  shop:", "  bi: { kind: bi, quotas: { daily_calls: 100, batch_size: 50 } }\n  shop:");
    let copies = "  - { id: copies, from: shop, to: bi, data: order, mechanism: api, runs: 288/day, records: 5 }\n";
    let stack = read_stack(&body.replace("processes:", &format!("{copies}processes:")));
    let options = Options { with: vec!["faster:crm".to_owned()], without: vec!["faster:bi".to_owned()], ..quick() };
    let plan = check(&stack, &options);
    let records = |id: &str| flow(&plan, id).run.records.unwrap().likely.0;
    assert_eq!((records("orders"), records("copies")), (15.0, 5.0));
}

#[test]
fn what_fewer_runs_would_make_too_old_is_not_slowed_down() {
    let needs = |age: &str| {
        CALLS.replace(
            "processes: {}",
            &format!("processes: {{ ship: {{ needs: [{{ data: order, at: crm, max_age: {age} }}] }} }}"),
        )
    };
    assert_eq!(
        title(&built(&read_stack(&needs("15min")), "faster:crm"), "faster:crm"),
        "Call CRM every 15 minutes with more at a time"
    );
    let why = missing(&read_stack(&needs("14min")), "quota-overrun:crm").unwrap();
    assert!(why[0].contains("neither bulk jobs nor fewer runs"), "{why:?}");
    // Where a record is a call, no interval makes them fewer.
    assert!(missing(&read_stack(&CALLS.replace("batch_size: 50", "batch_size: 1")), "quota-overrun:crm").is_some());
}

#[test]
fn a_bulk_interface_that_is_known_is_used_first() {
    let body = "data: { order: {} }
systems:
  crm: { product: eloqua, quotas: { daily_calls: 10 }, makes: [order] }
  shop: { kind: erp }
flows:
  - { id: orders, from: crm, to: shop, data: order, mechanism: api, runs: 1/day, records: 100000 }
";
    let plan = built(&read_stack(body), "faster:crm");
    assert_eq!(title(&plan, "faster:crm"), "Call Eloqua in bulk jobs");
    assert!(!plan.after.findings.iter().any(|finding| finding.rule == "quota-overrun"));
    assert_eq!(flow(&plan, "orders").run.delay, None, "it comes as soon as today");
    // What middleware calls is its own choice.
    let through = body
        .replace("mechanism: api", "mechanism: api, through: [hub]")
        .replace("flows:", "  hub: { kind: ipaas }\nflows:");
    assert!(missing(&read_stack(&through), "quota-overrun:crm").is_some());
}

#[test]
fn a_flow_of_two_items_runs_at_the_shorter_interval() {
    let body = FEED
        .replace("max_age: 1d }] }", "max_age: 1d }] }\n  mail: { needs: [{ data: score, at: crm, max_age: 3h }] }");
    let stack = read_stack(&body);
    for with in [["faster:launch", "faster:mail"], ["faster:mail", "faster:launch"]] {
        let plan = check(&stack, &Options { with: with.map(str::to_owned).to_vec(), ..quick() });
        assert_eq!(flow(&plan, "slow").run.delay.unwrap().likely.0, 2.0);
        assert!(!plan.after.findings.iter().any(|finding| finding.rule == "stale-feed"));
    }
}

/// A way of flows with delays, some of them by hand or as it happens, with what is needed at its end.
fn way() -> impl Strategy<Value = String> {
    let step = (0_u32..200, prop::sample::select(vec!["api", "etl", "file-drop", "webhook", "rekeying"]), 0_u32..3);
    (prop::collection::vec(step, 1..5), 1_u32..60, 0_u32..20).prop_map(|(steps, age, making)| {
        let mut text = "data: { a: {}, b: {} }\nsystems:\n  s0: { kind: erp, makes: [a] }\n".to_owned();
        for at in 1..=steps.len() {
            let makes = if at == steps.len() {
                format!(", makes: [{{ data: b, from: a, delay: {making}h }}]")
            } else {
                String::new()
            };
            text.push_str(&format!("  s{at}: {{ kind: crm{makes} }}\n"));
        }
        text.push_str("flows:\n");
        for (at, (delay, mechanism, reviews)) in steps.iter().enumerate() {
            let review = if *reviews == 2 { ", review: { delay: 90min }" } else { "" };
            text.push_str(&format!(
                "  - {{ id: f{at}, from: s{at}, to: s{}, data: a, mechanism: {mechanism}, delay: {delay}h{review} }}\n",
                at + 1
            ));
        }
        text.push_str(&format!(
            "processes: {{ p: {{ needs: [{{ data: b, at: s{}, max_age: {age}h }}] }} }}\n",
            steps.len()
        ));
        text
    })
}

proptest! {
    #![proptest_config(cases(60))]

    /// Where the shortest interval for all that have one would do, there is an item that settles it; else none.
    #[test]
    fn an_interval_is_found_exactly_where_one_is_enough(body in way()) {
        let stack = read_stack(&body);
        let analysis = Analysis::of(&stack);
        let is_late = |stack: &Stack| Analysis::of(stack).findings().iter().any(|one| one.id == "stale-feed:p");
        prop_assume!(is_late(&stack));
        let mut fastest = stack.clone();
        for flow in &mut fastest.flows {
            let has_interval = ["api", "etl", "file-drop"].contains(&flow.mechanism.as_str());
            if has_interval && flow.run.delay.unwrap().likely.0 > 1.0 / 12.0 {
                flow.run.delay = Some(sinew::model::Range::exact(sinew::model::Hours(1.0 / 12.0)));
            }
        }
        let plan = Plan::of(&analysis, &quick()).unwrap();
        let found = plan.candidates.all.iter().find(|one| one.id == "faster:p" && one.is_feasible());
        prop_assert_eq!(found.is_some(), !is_late(&fastest), "{}", body);
        if found.is_some() {
            let with = Plan::of(&analysis, &Options { with: vec!["faster:p".to_owned()], ..quick() }).unwrap();
            prop_assert!(!is_late(&with.target), "{}", body);
        }
    }
}
