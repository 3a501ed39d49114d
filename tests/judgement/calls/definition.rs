//! Ledgers of random stacks against a plain reading of the definition.

use proptest::prelude::*;
use sinew::analysis::Analysis;
use sinew::analysis::calls::{CallKind, LimitKind, Period, accounts};
use sinew::catalog::{Catalog, Environment, ProductId, QuotaKind, TaskPeriod};
use sinew::model::{Flow, Mechanism, Stack, SystemIx};
use sinew::source::Source;

use crate::support::any_stack::{Dice, stack_text};
use crate::support::random_stack::cases;

/// The most records that rows of `kind` name for an interface of `product`.
fn documented(product: &ProductId, kind: QuotaKind, interface: &str) -> Option<f64> {
    let rows = Catalog::builtin().quotas().iter().filter(|row| {
        let part = row.interface.strip_prefix(interface);
        row.product == *product
            && row.kind == kind
            && row.unit.is_record()
            && row.environment == Environment::Production
            && matches!(row.scope.as_deref(), Some("request" | "call"))
            && part.is_some_and(|rest| rest.is_empty() || rest.starts_with('-'))
    });
    rows.filter_map(|row| row.limit).max().map(|records| records as f64)
}

/// A row of the native connector of two products.
fn of_connector(at: &ProductId, with: &ProductId, kind: QuotaKind) -> Option<f64> {
    let rows = Catalog::builtin().quotas();
    let is_it =
        |row: &&sinew::catalog::Quota| row.product == *at && row.with.as_ref() == Some(with) && row.kind == kind;
    rows.iter().find(|row| is_it(row) && row.interface == "connector-load")?.limit.map(|limit| limit as f64)
}

/// Calls of a run of `flow` on `at` for reading or writing; `None` where nobody states a size that matters.
fn calls_a_run(stack: &Stack, flow: &Flow, at: SystemIx, kind: CallKind) -> Option<f64> {
    let records = flow.run.records.map_or(1.0, |records| records.likely.0);
    if matches!(kind, CallKind::Event | CallKind::Task) || records <= 1.0 {
        return Some(records.ceil().max(1.0));
    }
    let facts = &stack.system(at).facts;
    let other = if at == flow.from { flow.to } else { flow.from };
    let products = facts.product.as_ref().zip(stack.system(other).facts.product.as_ref());
    let by_connector = products
        .filter(|_| flow.mechanism == Mechanism::Native)
        .and_then(|(at, with)| of_connector(at, with, QuotaKind::BatchSize));
    let (stated, row) = match kind {
        CallKind::Read => (facts.quotas.read_page, QuotaKind::PageSize),
        _ => (facts.quotas.batch_size, QuotaKind::BatchSize),
    };
    let of = |interface| facts.product.as_ref().and_then(|product| documented(product, row, interface));
    let is_pipeline = matches!(flow.mechanism, Mechanism::Etl | Mechanism::ReverseEtl);
    let known = of("rest").into_iter().chain(of("bulk").filter(|_| is_pipeline)).reduce(f64::max);
    let size = by_connector.or(stated.map(|size| size as f64)).or(known)?;
    Some((records / size).ceil().max(1.0))
}

/// Runs of the busiest time.
fn runs(flow: &Flow, period: Period) -> Option<f64> {
    let whole = |runs: f64| (runs - 5e-4).ceil().max(0.0);
    let a_year = flow.runs.map(|runs| runs.likely.0);
    let peak = flow.run.peak.and_then(|peak| peak.a_day);
    match period {
        Period::Day => peak.map(whole).or(a_year.map(|runs| whole(runs / 365.0))),
        Period::Month if a_year? < 365.0 => Some(whole(a_year? / 12.0).max(whole(peak.unwrap_or(0.0)))),
        Period::Month => Some(whole(a_year? * 31.0 / 365.0).max(whole(peak.unwrap_or(0.0)))),
        Period::Year => a_year.map(whole),
        Period::Seconds(_) => unreachable!("bounds are computed of seconds"),
    }
}

/// Calls of `flow` that are certain within some window of `seconds`, and the most that can come into one, of runs of `calls` each.
fn within_seconds(flow: &Flow, seconds: f64, calls: Option<f64>) -> (f64, Option<f64>) {
    let day = runs(flow, Period::Day);
    let each = calls.unwrap_or(1.0);
    let pace = flow.run.peak.and_then(|peak| peak.burst).map(|burst| burst.runs / f64::from(burst.seconds) * seconds);
    let mut least = pace.unwrap_or(0.0) * each;
    least = least.max(day.unwrap_or(0.0) * each * seconds.min(86_400.0) / 86_400.0);
    if let Some(delay) = flow.run.delay.filter(|delay| delay.high.0 > 0.0 && day.unwrap_or(0.0) > 0.0) {
        least = least.max(each * (seconds / (delay.high.0 * 3_600.0)).min(1.0));
    }
    let least = (least - 5e-4).ceil().max(0.0);
    let runs = pace.map(|runs| (runs - 5e-4).ceil().max(0.0)).or(day);
    let most = runs.zip(calls).map(|(runs, calls)| (runs * calls).max(least));
    (least, most)
}

/// Whether `flow` reads its source and writes its target, by call.
fn ends(stack: &Stack, flow: &Flow) -> Vec<(SystemIx, CallKind)> {
    let both = vec![(flow.from, CallKind::Read), (flow.to, CallKind::Write)];
    match flow.mechanism {
        Mechanism::Api | Mechanism::Ipaas | Mechanism::Etl | Mechanism::ReverseEtl => both,
        Mechanism::Webhook => vec![(flow.to, CallKind::Event)],
        Mechanism::Native => {
            let product = |ix: SystemIx| stack.system(ix).facts.product.clone();
            let builders: Vec<ProductId> = match (product(flow.from), product(flow.to)) {
                (Some(from), Some(to)) => {
                    let joins = |a: &ProductId, b: &ProductId| (*a == from && *b == to) || (*a == to && *b == from);
                    let all = Catalog::builtin().connectors();
                    all.filter(|one| joins(&one.from, &one.to)).map(|one| one.built_by.clone()).collect()
                }
                _ => Vec::new(),
            };
            let is_called = |ix| builders.is_empty() || builders.iter().any(|one| Some(one) != product(ix).as_ref());
            both.into_iter().filter(|(ix, _)| is_called(*ix)).collect()
        }
        _ => Vec::new(),
    }
}

/// What is spent on `system` within `period` by calls of `kinds`: what is certain, the most that it can be where that is
/// known, and whether the calls of some flow are not known; `None` where a rounding of numbers with fifteen digits would
/// decide that. It is asked of each flow: beside ten quadrillion calls that are certain, a sum of doubles does not show
/// one that may come.
fn spent(stack: &Stack, system: SystemIx, period: Period, kinds: &[CallKind]) -> (f64, Option<f64>, Option<bool>) {
    let (mut sum, mut most, mut is_open, mut partners) = (0.0, Some(0.0), Some(false), Vec::new());
    for (_, flow) in stack.live_flows().filter(|(_, flow)| !flow.is_manual() && !flow.is_standby) {
        let tasks = flow.through.iter().map(|ix| (*ix, CallKind::Task));
        let calls = ends(stack, flow).into_iter().chain(tasks);
        for (_, kind) in calls.filter(|(at, kind)| *at == system && kinds.contains(kind)) {
            let calls = calls_a_run(stack, flow, system, kind);
            let (least, at_most) = match period {
                Period::Seconds(seconds) => within_seconds(flow, seconds as f64, calls),
                period => {
                    let runs = runs(flow, period);
                    let all = runs.zip(calls).map(|(runs, calls)| runs * calls);
                    (all.or(runs).unwrap_or(0.0), all)
                }
            };
            sum += least;
            is_open = match at_most {
                Some(most) if most <= least => is_open,
                Some(most) if most - least <= 1e-9 * most && is_open != Some(true) => None,
                _ => Some(true),
            };
            most = most.zip(at_most).map(|(most, more)| most + more);
        }
        let other = if flow.from == system { flow.to } else { flow.from };
        let is_here = flow.from == system || flow.to == system;
        if flow.mechanism == Mechanism::Native
            && is_here
            && kinds.contains(&CallKind::Read)
            && !partners.contains(&other)
        {
            let product = |ix: SystemIx| stack.system(ix).facts.product.as_ref();
            let cost = product(system).zip(product(other)).and_then(|(a, b)| of_connector(a, b, QuotaKind::Cost));
            if let Some(a_day) = cost {
                partners.push(other);
                let calls = (a_day * period.days()).ceil();
                sum += calls;
                most = most.map(|most| most + calls);
            }
        }
    }
    (sum, most, is_open)
}

/// Holds the accounts of the stack of `seed` against the definition.
fn check_accounts(seed: u64) -> Result<(), TestCaseError> {
    let text = stack_text(&mut Dice::new(seed));
    let reading = sinew::model::read(&Source::new("stack.yaml", text.clone()));
    prop_assume!(reading.stack.is_some());
    let stack = reading.stack.unwrap();
    const CALLS: [CallKind; 3] = [CallKind::Read, CallKind::Write, CallKind::Event];
    const ALL: [CallKind; 4] = [CallKind::Read, CallKind::Write, CallKind::Event, CallKind::Task];
    let found = accounts(&stack);
    let mut over = Vec::new();
    for (at, system) in stack.live_systems() {
        let stated = system.facts.quotas;
        let mut is_over = false;
        let mut check = |kind: LimitKind, period: Period, quota: Option<u64>, kinds: &[CallKind]| {
            let (sum, most, is_open) = spent(&stack, at, period, kinds);
            let one = found.iter().find(|one| {
                one.system == at
                    && one.limit.kind == kind
                    && one.limit.period == period
                    && quota.is_none_or(|quota| one.limit.quota == quota)
            });
            let Some(one) = one else {
                // Nothing is spent where there is no account.
                prop_assert!(
                    quota.is_none() || (sum == 0.0 && is_open == Some(false)),
                    "{}: {kind}\n{text}",
                    system.id
                );
                return Ok(());
            };
            prop_assert!(
                (one.used() - sum).abs() <= 1e-9 * sum.max(1.0),
                "{}: {kind}: {} or {sum}\n{text}",
                system.id,
                one.used()
            );
            prop_assert_eq!(
                one.is_at_least(),
                is_open.unwrap_or(one.is_at_least()),
                "{}: {}\n{}",
                system.id,
                kind,
                &text
            );
            is_over |= sum > one.limit.quota as f64;
            let (said, quota) = (one.at_most(), one.limit.quota as f64);
            let is_same = said.is_some() == most.is_some()
                && said.zip(most).is_none_or(|(a, b)| (a - b).abs() <= 1e-9 * b.max(1.0));
            prop_assert!(is_same, "{}: {kind}: at most {said:?} or {most:?}\n{text}", system.id);
            prop_assert_eq!(one.is_judged(), sum > quota || most.is_some_and(|most| most <= quota));
            Ok(())
        };
        let says_tasks = stated.daily_tasks.is_some() || stated.tasks.is_some();
        let of_day: &[CallKind] = if stated.daily_calls.is_some() && !says_tasks { &ALL } else { &CALLS };
        check(LimitKind::DailyCalls, Period::Day, stated.daily_calls, of_day)?;
        match stated.window {
            Some(window) => check(LimitKind::Window, Period::Seconds(window.seconds), Some(window.calls), &CALLS)?,
            // Twenty seconds at Marketo, and no documented window of the others.
            None => check(LimitKind::Window, Period::Seconds(20), None, &CALLS)?,
        }
        if let Some(tasks) = stated.daily_tasks {
            check(LimitKind::DailyTasks, Period::Day, Some(tasks), &[CallKind::Task])?;
        }
        if let Some(quota) = stated.tasks {
            let period = match quota.within {
                TaskPeriod::Day => Period::Day,
                TaskPeriod::Month => Period::Month,
                TaskPeriod::Year => Period::Year,
            };
            check(LimitKind::Tasks, period, Some(quota.tasks), &[CallKind::Task])?;
        }
        if is_over {
            over.push(system.id.to_string());
        }
    }
    let findings = Analysis::of(&stack).findings();
    let mut subjects: Vec<String> =
        findings.iter().filter(|one| one.rule == "quota-overrun").map(|one| one.subjects[0].clone()).collect();
    subjects.sort();
    prop_assert_eq!(subjects, over);
    Ok(())
}

proptest! {
    #![proptest_config(cases(120))]
    #[test]
    fn accounts_are_what_the_definition_adds_up(seed: u64) {
        check_accounts(seed)?;
    }
}

#[test]
fn one_call_that_may_come_is_seen_beside_ten_quadrillion_that_do() {
    // Stacks on which a sum of doubles hid it, and on which a quotient made it up.
    for seed in [6_087_664_439_847_630_469, 7_044_038_697_910_526_680] {
        check_accounts(seed).unwrap();
    }
}

#[test]
fn random_stacks_have_accounts_of_every_kind() {
    // Equal answers about nothing would say nothing.
    let mut seen = std::collections::BTreeMap::new();
    for seed in 0..400 {
        let reading = sinew::model::read(&Source::new("stack.yaml", stack_text(&mut Dice::new(seed))));
        for one in reading.stack.iter().flat_map(accounts) {
            for share in &one.by {
                *seen.entry((one.limit.kind, share.charge.kind, share.calls.is_some())).or_insert(0) += 1;
            }
        }
    }
    for limit in LimitKind::ALL {
        for kind in CallKind::ALL {
            let is_task = *kind == CallKind::Task;
            let may_be = match limit {
                LimitKind::DailyCalls => true,
                LimitKind::Window => !is_task,
                LimitKind::DailyTasks | LimitKind::Tasks => is_task,
            };
            let count = seen.get(&(*limit, *kind, true)).copied().unwrap_or(0);
            assert_eq!(count > 0, may_be, "{limit} by {kind}: {count}");
        }
    }
}
