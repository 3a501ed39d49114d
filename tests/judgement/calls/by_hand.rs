//! Ledgers worked by hand, on situations that vendors and users describe.

use sinew::analysis::Analysis;
use sinew::analysis::calls::{Account, LimitKind, Period, accounts};
use sinew::model::Stack;

use crate::judgement::stacks::stack;

/// The account of `system` for `limit`.
fn account(stack: &Stack, system: &str, limit: LimitKind) -> Account {
    let ix = stack.find_system(system).unwrap();
    let found = accounts(stack).into_iter().find(|one| one.system == ix && one.limit.kind == limit);
    found.unwrap_or_else(|| panic!("{system} has no account of {limit}"))
}

/// Calls by flow and kind, most first.
fn by(stack: &Stack, account: &Account) -> Vec<(String, &'static str, Option<f64>)> {
    let share = |one: &sinew::analysis::calls::Share| {
        (stack.flow(one.charge.flow).id.to_string(), one.charge.kind.as_str(), one.calls)
    };
    account.by.iter().map(share).collect()
}

fn overrun(stack: &Stack) -> Vec<String> {
    let findings = Analysis::of(stack).findings();
    findings.into_iter().filter(|one| one.rule == "quota-overrun").map(|one| one.message).collect()
}

#[test]
fn a_day_of_native_sync_is_what_its_vendor_adds_up() {
    // 25 calls x 288 sessions = 7,200; 1,000 leads, 1,000 contacts and 100 each of three objects in batches of 200: 5 + 5 +
    // 1 + 1 + 1.
    let text = "sinew: 1
systems:
  sf: { product: salesforce-sales-cloud, quotas: { daily_calls: 7212 } }
  mkt: { product: marketo-engage }
data: { lead: {}, contact: {}, account: {}, opportunity: {}, campaign: {} }
flows:
  - { id: leads, from: sf, to: mkt, data: lead, mechanism: native, runs: 1/day, records: 1000 }
  - { id: contacts, from: sf, to: mkt, data: contact, mechanism: native, runs: 1/day, records: 1000 }
  - { id: accounts, from: sf, to: mkt, data: account, mechanism: native, runs: 1/day, records: 100 }
  - { id: opps, from: sf, to: mkt, data: opportunity, mechanism: native, runs: 1/day, records: 100 }
  - { id: camps, from: sf, to: mkt, data: campaign, mechanism: native, runs: 1/day, records: 100 }
";
    let stack_of = stack(text);
    let day = account(&stack_of, "sf", LimitKind::DailyCalls);
    assert_eq!((day.used(), day.is_over(), day.is_judged()), (7_213.0, true, true));
    let parts: Vec<f64> = day.by.iter().map(|share| share.at_least).collect();
    assert_eq!(parts, [7_200.0, 5.0, 5.0, 1.0, 1.0, 1.0]);
    assert_eq!(overrun(&stack_of), ["the flows of Salesforce make 7,213 calls a day; it accepts 7,212"]);
    assert!(overrun(&stack(&text.replace("7212", "7213"))).is_empty());
    // What it spends to look for changes comes evenly: a tenth of a day has a tenth of the 7,200.
    let window = stack(&text.replace("daily_calls: 7212", "window: { calls: 1000, seconds: 8640 }"));
    let shares = account(&window, "sf", LimitKind::Window).by;
    assert_eq!((shares[0].calls, shares[0].runs, shares[0].missing), (Some(720.0), None, None));
}

#[test]
fn an_hourly_read_goes_by_pages_of_two_thousand() {
    // 100,000 records ÷ 2,000 = 50 calls, 24 times a day.
    let text = "sinew: 1
systems: { crm: { product: salesforce-sales-cloud, quotas: { daily_calls: 5000 } }, wh: { product: snowflake } }
data: { opp: {} }
flows: [{ id: f, from: crm, to: wh, data: opp, mechanism: etl, runs: 24/day, records: 100000 }]
";
    let crm = stack(text);
    let day = account(&crm, "crm", LimitKind::DailyCalls);
    assert_eq!(by(&crm, &day), [("f".to_owned(), "read", Some(1_200.0))]);
    assert!(overrun(&crm).is_empty());
    // A stated page wins: 1,000 calls a run.
    let stated = stack(&text.replace("daily_calls: 5000", "daily_calls: 5000, read_page: 100"));
    assert_eq!(account(&stated, "crm", LimitKind::DailyCalls).used(), 24_000.0);
    // A batch says nothing of reads.
    let batch = stack(&text.replace("daily_calls: 5000", "daily_calls: 5000, batch_size: 1"));
    assert_eq!(account(&batch, "crm", LimitKind::DailyCalls).used(), 1_200.0);
}

#[test]
fn a_month_end_job_counts_in_full_on_its_day() {
    let text = "sinew: 1
systems: { hub: { kind: crm }, crm: { product: salesforce-sales-cloud, quotas: { daily_calls: 100000, batch_size: 1 } } }
data: { contact: {} }
flows: [{ id: f, from: hub, to: crm, data: contact, mechanism: api, runs: 1/month, records: 120000 }]
";
    assert_eq!(overrun(&stack(text)), ["the flows of Salesforce make 120,000 calls a day; it accepts 100,000"]);
    // In halves on two days: the busiest of them has one.
    assert!(overrun(&stack(&text.replace("1/month, records: 120000", "2/month, records: 60000"))).is_empty());
    // Unless both fall on one.
    let both = text.replace("1/month, records: 120000", "2/month, peak: 2/day, records: 60000");
    assert_eq!(overrun(&stack(&both)).len(), 1);
}

#[test]
fn an_event_charges_only_who_receives_it() {
    let text = "sinew: 1
systems:
  form: { kind: forms, quotas: { daily_calls: 10 } }
  crm: { kind: crm, quotas: { daily_calls: 500, batch_size: 100 } }
data: { lead: {} }
flows: [{ id: hook, from: form, to: crm, data: lead, mechanism: webhook, runs: 501/day }]
";
    let hook = stack(text);
    assert_eq!(accounts(&hook).len(), 1, "the form is not called");
    let day = account(&hook, "crm", LimitKind::DailyCalls);
    assert_eq!(by(&hook, &day), [("hook".to_owned(), "event", Some(501.0))]);
    assert_eq!(overrun(&hook).len(), 1);
    // Ten records of one run are ten calls, whatever the batch.
    let ten = stack(&text.replace("runs: 501/day", "runs: 50/day, records: 10"));
    assert_eq!(account(&ten, "crm", LimitKind::DailyCalls).used(), 500.0);
}

#[test]
fn recipes_share_the_tasks_of_their_middleware() {
    // 20 records, 30 times a month, each a task: 600; 300 single ones: 300; one that finds nothing still runs: 4 x 1.
    let text = "sinew: 1
systems:
  zap: { kind: ipaas, quotas: { tasks: 900/month } }
  a: { kind: forms }
  b: { kind: crm }
data: { x: {}, y: {}, z: {} }
flows:
  - { id: p, from: a, to: b, data: x, mechanism: ipaas, through: zap, runs: 30/month, records: 20 }
  - { id: q, from: a, to: b, data: y, mechanism: webhook, through: zap, runs: 300/month }
  - { id: r, from: b, to: a, data: z, mechanism: ipaas, through: zap, runs: 4/month, records: 0 }
";
    let zap = stack(text);
    let month = account(&zap, "zap", LimitKind::Tasks);
    let task = |id: &str, calls| (id.to_owned(), "task", Some(calls));
    // 360 runs a year are 30 a month; 3,600 are more than one a day, so those of 31 days: 305.75, whole 306.
    assert_eq!(by(&zap, &month), [task("p", 600.0), task("q", 306.0), task("r", 4.0)]);
    assert_eq!((month.limit.period, month.used()), (Period::Month, 910.0));
    assert_eq!(overrun(&zap), ["the flows of Zap make 910 tasks a month; it accepts 900"]);
    // Held against the day where that is stated: 20 + 10 + 1 tasks.
    let day = stack(&text.replace("tasks: 900/month", "daily_tasks: 30"));
    assert_eq!(account(&day, "zap", LimitKind::DailyTasks).used(), 31.0);
    // Calls are counted for themselves where a limit of tasks is stated as well.
    let calls = stack(&text.replace("tasks: 900/month", "daily_tasks: 30, daily_calls: 31"));
    let kinds: Vec<LimitKind> = accounts(&calls).iter().map(|one| one.limit.kind).collect();
    assert_eq!(kinds, [LimitKind::DailyTasks], "nothing but tasks is spent");
    // And against calls where only those are stated.
    let calls = stack(&text.replace("tasks: 900/month", "daily_calls: 31"));
    assert_eq!(account(&calls, "zap", LimitKind::DailyCalls).used(), 31.0);
    assert!(overrun(&calls).is_empty());
}

#[test]
fn a_window_is_held_against_a_peak_within_the_day() {
    // 6 records a second, one a call: 120 in 20 seconds.
    let text = "sinew: 1
systems:
  mkt: { product: marketo-engage, quotas: { read_page: 1, window: { calls: 100, seconds: 20 } } }
  bi: { product: power-bi }
data: { activity: {} }
flows: [{ id: pull, from: mkt, to: bi, data: activity, mechanism: api, runs: 43000/day, peak: 6/second }]
";
    let burst = stack(text);
    let window = account(&burst, "mkt", LimitKind::Window);
    assert_eq!((window.used(), window.limit.period), (120.0, Period::Seconds(20)));
    assert_eq!(overrun(&burst), ["the flows of Marketo make 120 calls in 20 seconds; it accepts 100"]);
    assert!(overrun(&stack(&text.replace("6/second", "5/second"))).is_empty());
    // The catalog knows the same window.
    let documented = stack(&text.replace(", window: { calls: 100, seconds: 20 }", ""));
    let limit = account(&documented, "mkt", LimitKind::Window).limit;
    assert!(limit.quota == 100 && limit.basis.starts_with("the limit is documented: "), "{limit:?}");
    assert_eq!((window.limit.source, window.limit.basis.as_str()), (None, "the limit is stated in the stack file"));
    // Without a peak it is not judged, and says what is missing; a peak counts for no other limit. 43,000 a day are 9.95 in
    // twenty seconds where they are spread evenly.
    let silent = stack(&text.replace(", peak: 6/second", ""));
    let window = account(&silent, "mkt", LimitKind::Window);
    assert_eq!((window.is_judged(), window.by[0].missing.map(|one| one.key())), (false, Some("peak")));
    assert_eq!((window.used(), window.at_most()), (10.0, Some(43_000.0)));
    assert_eq!(account(&burst, "mkt", LimitKind::DailyCalls).used(), 43_000.0);
}

#[test]
fn where_runs_come_in_bursts_and_nobody_says_how_long_one_takes_that_is_missing() {
    // A run of 43,000 calls in the busiest hour: 239 of them in twenty seconds on average, all at most.
    let text = "sinew: 1
systems:
  mkt: { product: marketo-engage, quotas: { read_page: 1, window: { calls: 100, seconds: 20 } } }
  bi: { product: power-bi }
data: { activity: {} }
flows: [{ id: pull, from: mkt, to: bi, data: activity, mechanism: api, runs: 1/day, records: 43000, peak: 1/hour }]
";
    let stack = stack(text);
    let window = account(&stack, "mkt", LimitKind::Window);
    assert_eq!((window.used(), window.at_most()), (239.0, Some(43_000.0)));
    assert_eq!(window.by[0].missing.map(|one| one.key()), Some("delay"));
}

#[test]
fn a_window_is_judged_by_what_surely_comes_into_it_and_what_at_most_does() {
    // One nightly run of 43,000 calls, done in half an hour: 43,000 x 20 / 1,800 = 477.8 in twenty seconds on average.
    let text = "sinew: 1
systems:
  mkt: { product: marketo-engage, quotas: { read_page: 1, window: { calls: 100, seconds: 20 } } }
  bi: { product: power-bi }
data: { activity: {} }
flows: [{ id: pull, from: mkt, to: bi, data: activity, mechanism: api, runs: 1/day, records: 43000, delay: 30min }]
";
    let of = |text: &str| {
        let stack = stack(text);
        let window = account(&stack, "mkt", LimitKind::Window);
        (window.used(), window.at_most(), window.is_judged(), overrun(&stack))
    };
    let found = "the flows of Marketo make at least 478 calls in 20 seconds; it accepts 100";
    assert_eq!(of(text), (478.0, Some(43_000.0), true, vec![found.to_owned()]));
    // In three hours they can be spread well, 80 at a time, and nobody says that they are.
    assert_eq!(of(&text.replace("30min", "3h")), (80.0, Some(43_000.0), false, Vec::new()));
    // Of a run an hour at most, a run at once, or spread over the hour.
    let hourly = text.replace("delay: 30min", "peak: 1/hour");
    assert_eq!(of(&hourly.replace("43000", "10000")), (56.0, Some(10_000.0), false, Vec::new()));
    assert!(of(&hourly).2, "239 in twenty seconds are too many even so");
    // A delay of nothing is what an absent one is: not said.
    assert_eq!(of(&text.replace("30min", "0min")), (10.0, Some(43_000.0), false, Vec::new()));
    // All that comes in a day at once is still accepted.
    assert_eq!(of(&text.replace("records: 43000, delay: 30min", "records: 90")), (1.0, Some(90.0), true, Vec::new()));
    // A run in ten years falls into hardly any day.
    let rare = text.replace("runs: 1/day, records: 43000", "runs: 0.1, records: 43000");
    assert_eq!(of(&rare), (0.0, Some(0.0), true, Vec::new()));
    // Without runs nothing is known.
    assert_eq!(of(&text.replace(", runs: 1/day", "")), (0.0, None, false, Vec::new()));
}

#[test]
fn nothing_is_missing_where_the_least_and_the_most_are_the_same() {
    // Of one run a day half falls into half a day, which is one, and more than one does not come.
    let text = "sinew: 1
systems: { crm: { kind: crm, quotas: { batch_size: 1, window: { calls: 1, seconds: 43200 } } }, a: { kind: other } }
data: { x: {} }
flows: [{ id: f, from: a, to: crm, data: x, mechanism: api, runs: 1/day }]
";
    let share = |text: &str| account(&stack(text), "crm", LimitKind::Window).by[0].clone();
    assert_eq!((share(text).calls, share(text).missing), (Some(1.0), None));
    let two = share(&text.replace("1/day", "2/day"));
    assert_eq!((two.at_least, two.at_most, two.missing.map(|one| one.key())), (1.0, Some(2.0), Some("peak")));
}

#[test]
fn where_nobody_says_how_much_one_call_takes_that_is_missing() {
    let text = "sinew: 1
systems: { crm: { kind: crm, quotas: { daily_calls: 100, window: { calls: 10, seconds: 60 } } }, a: { kind: other } }
data: { x: {} }
flows: [{ id: f, from: a, to: crm, data: x, mechanism: api, runs: 3/day, records: 50, peak: 2/minute }]
";
    let share = |text: &str, limit| {
        let share = account(&stack(text), "crm", limit).by[0].clone();
        (share.at_least, share.at_most, share.missing.map(|one| one.key()))
    };
    // Three runs a day, and two in the busiest minute, of which each makes at least one call.
    for text in [text.to_owned(), text.replace("records: 50", "records: 50, delay: 1h")] {
        assert_eq!(share(&text, LimitKind::DailyCalls), (3.0, None, Some("batch_size")));
        assert_eq!(share(&text, LimitKind::Window), (2.0, None, Some("batch_size")));
        let back = text.replace("from: a, to: crm", "from: crm, to: a");
        assert_eq!(share(&back, LimitKind::DailyCalls), (3.0, None, Some("read_page")));
    }
    // In batches of ten each run makes five calls, all of them at once or spread.
    let stated = text.replace("quotas: {", "quotas: { batch_size: 10,");
    assert_eq!(share(&stated, LimitKind::DailyCalls), (15.0, Some(15.0), None));
    assert_eq!(share(&stated, LimitKind::Window), (10.0, Some(10.0), None));
}

#[test]
fn one_limit_is_shared_by_all_that_call() {
    let text = "sinew: 1
systems:
  sf: { product: salesforce-sales-cloud, quotas: { daily_calls: 15000 } }
  mkt: { product: marketo-engage }
  clay: { product: clay }
  bi: { kind: warehouse }
  desk: { kind: other }
  n8n: { product: n8n }
  app: { kind: other }
data: { lead: {}, firm: {}, opp: {}, ticket: {}, task: {}, score: {} }
flows:
  - { id: sync, from: sf, to: mkt, data: lead, mechanism: native, runs: 288/day, records: 400 }
  - { id: enrich, from: clay, to: sf, data: firm, mechanism: api, runs: 96/day, records: 20 }
  - { id: to-bi, from: sf, to: bi, data: opp, mechanism: etl, runs: 24/day, records: 2500 }
  - { id: hook, from: sf, to: desk, data: ticket, mechanism: webhook, runs: 500/day }
  - { id: flow, from: app, to: sf, data: task, mechanism: ipaas, through: n8n, runs: 1440/day, records: 10 }
  - { id: push, from: app, to: sf, data: score, mechanism: api, runs: 7000/day }
";
    // 7,200 + 288 x 2; 96 x 1; 24 x 2 pages; none for the webhook; 1,440 x 1; 7,000 x 1.
    let day = account(&stack(text), "sf", LimitKind::DailyCalls);
    assert_eq!(day.used(), 7_200.0 + 576.0 + 96.0 + 48.0 + 1_440.0 + 7_000.0);
}
