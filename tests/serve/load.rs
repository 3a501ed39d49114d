//! Many edits, one after the other: nothing is lost, and memory stays where it is.

use std::time::{Duration, Instant};

use serde_json::json;

use super::served::Served;

/// Kilobytes that a process has in memory.
fn resident(id: u32) -> Option<u64> {
    let status = std::fs::read_to_string(format!("/proc/{id}/status")).ok()?;
    status.lines().find_map(|line| line.strip_prefix("VmRSS:"))?.trim().trim_end_matches(" kB").trim().parse().ok()
}

/// Edits at so many a second at most for `time`; how many were made.
fn edits(served: &Served, a_second: u32, time: Duration) -> usize {
    let start = Instant::now();
    let mut made = 0;
    let mut seen = served.state()["hash"].as_str().unwrap().to_owned();
    while start.elapsed() < time {
        let minutes = made % 90 + 1;
        let act = json!({ "edit": { "do": "set", "entry": "x", "key": "minutes", "value": minutes.to_string() } });
        let answer = served.act_on(&seen, &act);
        assert_eq!(answer.status, 200, "{}", answer.text());
        seen = answer.json()["state"]["hash"].as_str().unwrap().to_owned();
        assert!(served.text().contains(&format!("minutes: {minutes} }}")), "what was answered is on the disk");
        made += 1;
        let due = Duration::from_secs(1) * u32::try_from(made).unwrap() / a_second;
        std::thread::sleep(due.saturating_sub(start.elapsed()));
    }
    made
}

fn stack() -> String {
    "sinew: 1\nhourly_rate: 50\nsystems:\n  a: { kind: cms, makes: [d] }\n  b: { kind: crm } # stays\ndata:\n  d:\nflows:\n  - { id: x, from: a, to: b, data: d, mechanism: copy-paste, runs: 100, minutes: 30 }\n".to_owned()
}

#[test]
fn two_seconds_of_edits_lose_nothing() {
    let served = Served::of("serve-load", &stack());
    let made = edits(&served, 100, Duration::from_secs(2));
    assert!(made > 10, "{made} edits in two seconds");
    assert!(served.text().contains("# stays"));
    // Each goes back as it came.
    for _ in 0..made.min(20) {
        served.act(&json!("undo"));
    }
    eprintln!("{made} edits in 2 s");
}

/// A minute at a hundred edits a second: `cargo test --test all serve::load -- --ignored`.
#[test]
#[ignore = "takes a minute and a quiet machine"]
fn a_minute_of_a_hundred_edits_a_second_loses_nothing_and_memory_stays_flat() {
    let served = Served::of("serve-minute", &stack());
    // What is kept for undoing is full after this.
    let warm = edits(&served, 100, Duration::from_secs(15));
    let before = resident(served.id());
    let made = edits(&served, 100, Duration::from_secs(60));
    let after = resident(served.id());
    eprintln!("{warm} and {made} edits; {before:?} kB before, {after:?} kB after");
    if let (Some(before), Some(after)) = (before, after) {
        assert!(after < before + before / 5 + 8_192, "{before} kB grew to {after} kB");
    }
}

#[test]
fn an_edit_of_45_systems_is_answered_before_the_plan() {
    let served = Served::of("serve-quick", &std::fs::read_to_string("examples/stacks/messy-45.yaml").unwrap());
    let mut times = Vec::new();
    for minutes in [21, 22, 23, 24, 25] {
        let seen = served.state()["hash"].as_str().unwrap().to_owned();
        let start = Instant::now();
        let act = json!({ "edit": { "do": "set", "entry": "copy-to-hubspot", "key": "minutes", "value": minutes.to_string() } });
        let answer = served.act_on(&seen, &act);
        times.push(start.elapsed());
        assert_eq!(answer.status, 200, "{}", answer.text());
        assert!(answer.json()["state"]["since"].to_string().contains("hours a year by hand"), "{}", answer.text());
    }
    times.sort();
    eprintln!("answers to edits of 45 systems: {times:?}");
    // 100 ms of a release build on a quiet machine; this one is neither.
    assert!(times[2] < Duration::from_secs(3), "{times:?}");
}
