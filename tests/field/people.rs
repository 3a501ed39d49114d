//! Work by hand: lists that are loaded twice, exports of many objects.

use super::{entry, findings, report, text};

/// 60 hours of work and 76.8 to fix duplicates, EUR 7,524; the step that both chains share counts once in the total.
#[test]
fn a_list_that_is_loaded_twice_is_cleaned_once() {
    let report = report(&text("list-upload"));
    let totals = &report["handoff_totals"];
    let likely = |key: &str| totals[key]["likely"].as_f64().unwrap();
    assert!((likely("hours") - 60.0).abs() < 1e-9 && (likely("error_hours") - 76.8).abs() < 1e-9, "{totals}");
    assert!((likely("cost") - 7_524.0).abs() < 1e-6, "{totals}");
    for (id, cost) in [("clean+load-crm", 6_864.0), ("clean+load-mkt", 2_640.0)] {
        let chain = entry(&report["handoffs"], "id", id)["cost"]["likely"].as_f64().unwrap();
        assert!((chain - cost).abs() < 1e-6, "{id}: {chain}");
    }
}

/// Thirty objects in one export are one hour a week, not thirty.
#[test]
fn one_export_of_thirty_objects_is_one_handoff() {
    let text = text("thirty-objects");
    let report = report(&text);
    assert_eq!(report["handoffs"].as_array().unwrap().len(), 1);
    assert_eq!(report["handoffs"][0]["data"].as_array().unwrap().len(), 30);
    assert_eq!(report["handoff_totals"]["hours"]["likely"], 52.0);
    let found: Vec<_> = findings(&text).into_iter().filter(|one| one.rule == "manual-handoff").collect();
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].cost.map(|cost| cost.0), Some(2_600.0));
}
