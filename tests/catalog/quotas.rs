//! Quotas are those that the rows publish.

use sinew::catalog::{Confidence, DailyBasis, Environment, Interface, QuotaKind, Unit};

use super::{catalog, facts, id};

#[test]
fn daily_quota_is_the_largest_published_production_plan() {
    let daily = |name: &str| {
        let quota = catalog().daily_call_quota(&facts(name));
        quota.map(|q| (q.calls_per_day, q.basis, q.adders.len()))
    };
    assert_eq!(daily("marketo-engage"), Some((50_000, DailyBasis::Daily, 0)));
    assert_eq!(daily("hubspot"), Some((1_000_000, DailyBasis::Daily, 1)));
    // Not the five million of a full sandbox; licenses add to it.
    assert_eq!(daily("salesforce"), Some((100_000, DailyBasis::Daily, 2)));
    assert_eq!(daily("zoominfo"), Some((907_200, DailyBasis::Daily, 0)));
    // 250,000 an hour; 200 in ten seconds.
    assert_eq!(daily("braze"), Some((6_000_000, DailyBasis::Rate, 0)));
    assert_eq!(daily("hightouch"), Some((1_728_000, DailyBasis::Rate, 0)));
    // A limit of an endpoint, a user, or a vendor's own counter bounds no sum of calls.
    assert_eq!(daily("apollo"), None);
    assert_eq!(daily("outreach"), None);
    assert_eq!(daily("google-ads"), None);
    // Nothing known.
    assert_eq!(daily("pecan-ai"), None);
}

#[test]
fn daily_quota_shows_its_row_and_the_plans_it_passed_over() {
    let quota = catalog().daily_call_quota(&facts("account-engagement")).unwrap();
    let row = quota.row.as_ref().unwrap();
    assert_eq!((row.limit, row.plan.as_deref()), (Some(100_000), Some("Advanced")));
    assert_eq!(row.source.confidence, Confidence::Documented);
    let others: Vec<Option<&str>> = quota.other_plans.iter().map(|q| q.plan.as_deref()).collect();
    assert_eq!(others, [Some("Premium"), Some("Plus"), Some("Growth")]);
}

#[test]
fn daily_quota_agrees_with_a_plain_search() {
    let c = catalog();
    let mut known = 0;
    for p in c.products() {
        let stated = c.quotas().iter().filter(|q| {
            q.product == p.id
                && q.interface == "rest"
                && q.kind == QuotaKind::RateDaily
                && q.unit == Unit::Calls
                && q.environment == Environment::Production
                && !["team per endpoint", "application and member"].contains(&q.scope.as_deref().unwrap())
        });
        let largest = stated.filter_map(|q| q.limit).max();
        let found = c.daily_call_quota(&p.into());
        let found = found.filter(|q| q.basis == DailyBasis::Daily).map(|q| q.calls_per_day);
        assert_eq!(found, largest, "{}", p.id);
        known += usize::from(largest.is_some());
    }
    assert!(known >= 6);
}

#[test]
fn batch_sizes_are_the_largest_of_the_interface() {
    let batch = |name: &str, i| catalog().batch_size(&facts(name), i).map(|b| b.records);
    assert_eq!(batch("marketo-engage", Interface::Rest), Some(300));
    assert_eq!(batch("salesforce", Interface::Rest), Some(200));
    assert_eq!(batch("hubspot", Interface::Rest), Some(100));
    assert_eq!(batch("airtable", Interface::Rest), Some(10));
    assert_eq!(batch("airtable", Interface::Bulk), None);
    // Fields of a definition are no records.
    assert_eq!(batch("eloqua", Interface::Bulk), None);
    assert_eq!(batch("jasper", Interface::Rest), None);
}

#[test]
fn a_connector_costs_calls_where_its_vendor_says_so() {
    let c = catalog();
    let cost = c.connector_cost(&id("salesforce-sales-cloud"), &id("marketo-engage"));
    assert_eq!(cost.and_then(|q| q.limit), Some(7_200));
    assert_eq!(c.connector_cost(&id("salesforce-sales-cloud"), &id("hubspot")), None);
}
