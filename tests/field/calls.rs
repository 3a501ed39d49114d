//! Limits on calls: what vendors count, shared by all that call.

use serde_json::Value;

use super::{entry, found, report, text};

/// The account of the one limit of this kind.
fn account(text: &str, limit: &str) -> Value {
    entry(&report(text)["calls"], "limit", limit).clone()
}

/// Marketo's own sum of a day of native sync: 25 calls x 288 sessions, and batches of 200: 7,213.
#[test]
fn polls_and_batches_of_a_native_sync_are_the_vendors_sum() {
    let text = text("poll-and-batches");
    assert_eq!(account(&text, "daily_calls")["used"], 7_213.0);
    assert_eq!(found(&text, "quota-overrun"), ["the flows of Salesforce make 7,213 calls a day; it accepts 7,212"]);
    let evidence = super::findings(&text).remove(0).evidence.join("\n");
    assert!(
        evidence.contains("\n1 call a day by Salesforce -> Marketo: Account (read): 1 run of 100 records"),
        "{evidence}"
    );
    assert!(found(&text.replace("7212", "7213"), "quota-overrun").is_empty(), "what is accepted is no finding");
}

/// One daily limit for all connected apps; a webhook out of the system is no call on it.
#[test]
fn all_apps_share_one_daily_limit() {
    let text = text("shared-quota");
    let day = account(&text, "daily_calls");
    assert_eq!((day["system"].as_str(), day["used"].as_f64()), (Some("sf"), Some(16_360.0)));
    let calls: Vec<f64> = day["by"].as_array().unwrap().iter().map(|by| by["calls"].as_f64().unwrap()).collect();
    assert_eq!(calls, [7_200.0, 7_000.0, 1_440.0, 576.0, 96.0, 48.0]);
    assert!(day["by"].as_array().unwrap().iter().all(|by| by["flow"] != "hook"));
}

/// 43,000 calls keep to the daily limit, and not to 100 in 20 seconds where they are made within half an hour: even spread
/// evenly, 478 of them come in 20 seconds.
#[test]
fn a_burst_is_held_against_the_limit_of_its_window() {
    let text = text("burst");
    assert_eq!(account(&text, "daily_calls")["used"], 43_000.0);
    let window = account(&text, "window");
    assert_eq!((window["judged"].as_bool(), window["by"][0]["missing"].as_str()), (Some(true), Some("peak")));
    assert_eq!((window["used"].as_f64(), window["at_most"].as_f64()), (Some(478.0), Some(43_000.0)));
    let over = ["the flows of Marketo make at least 478 calls in 20 seconds; it accepts 100"];
    assert_eq!(found(&text, "quota-overrun"), over);
    // Nobody says how long it takes: then it may be spread over the day, or come at once.
    let silent = text.replace(", delay: 30min", "");
    let window = account(&silent, "window");
    assert_eq!((window["judged"].as_bool(), window["used"].as_f64()), (Some(false), Some(10.0)));
    assert!(found(&silent, "quota-overrun").is_empty(), "not judged is no finding");
    // 43,000 in 30 minutes are 1,434 a minute, and 478 in 20 s.
    let peak = text.replace("runs: 1/day, records: 43000", "runs: 43000/day, records: 1, peak: 1434/minute");
    let peak = peak.replace(", delay: 30min", "");
    let window = account(&peak, "window");
    assert_eq!((window["judged"].as_bool(), window["used"].as_f64().map(f64::round)), (Some(true), Some(478.0)));
    assert_eq!(found(&peak, "quota-overrun"), ["the flows of Marketo make 478 calls in 20 seconds; it accepts 100"]);
}

/// A job of the month makes all its calls on its day.
#[test]
fn a_monthly_job_is_counted_on_its_day() {
    let text = text("month-end");
    assert_eq!(account(&text, "daily_calls")["used"], 120_000.0);
    assert_eq!(found(&text, "quota-overrun"), ["the flows of Salesforce make 120,000 calls a day; it accepts 100,000"]);
}

/// A read goes by pages of 2,000 records, and not by the 200 of a write.
#[test]
fn a_read_goes_by_the_pages_of_a_query() {
    let text = text("bulk-read");
    assert_eq!(account(&text, "daily_calls")["used"], 1_200.0);
    assert!(found(&text, "quota-overrun").is_empty());
}
