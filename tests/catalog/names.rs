//! Names find their products, and kinds mean what the model says.

use std::collections::BTreeSet;

use sinew::catalog::{AiClass, DailyBasis, FactsError, Interface, Kind, Lookup, StatedFacts, StatedQuotas};

use super::{catalog, facts, id};

#[test]
fn well_known_names_are_found() {
    for (name, expected) in [
        ("Salesforce", "salesforce-sales-cloud"),
        ("Einstein GPT", "agentforce"),
        ("HubSpot", "hubspot"),
        ("Breeze AI", "breeze-ai"),
        ("Marketo Engage", "marketo-engage"),
        ("Clarify AI", "clarify"),
        ("Attio", "attio"),
        ("Clay", "clay"),
        ("MadKudu", "madkudu"),
        ("Relevance AI", "relevance-ai"),
        ("6sense", "6sense"),
        ("Pecan AI", "pecan-ai"),
        ("ChatGPT", "chatgpt"),
        ("salesforce-sales-cloud", "salesforce-sales-cloud"),
        ("wordpress", "wordpress"),
        ("workato", "workato"),
        ("openai-api", "openai-api"),
        ("jasper", "jasper"),
        ("  COPY ai ", "copy-ai"),
        ("AEM", "adobe-experience-manager"),
    ] {
        let Lookup::Product(found) = catalog().find(name) else { panic!("{name}") };
        assert_eq!(found.id.as_str(), expected, "{name}");
    }
    for nothing in ["", "   ", "!!", "salesforc", "💥"] {
        assert_eq!(catalog().find(nothing), Lookup::Unknown, "{nothing}");
    }
}

#[test]
fn a_suite_names_its_products() {
    let Lookup::Suite(suite) = catalog().find("adobe experience cloud") else { panic!() };
    for member in [
        "adobe-experience-manager",
        "adobe-analytics",
        "adobe-target",
        "adobe-journey-optimizer",
        "adobe-real-time-cdp",
        "adobe-campaign",
        "marketo-engage",
    ] {
        assert!(suite.members.contains(&id(member)), "{member}");
    }
    let marketo = id("marketo-engage");
    let suites: Vec<&str> = catalog().suites_of(&marketo).map(|s| s.name.as_str()).collect();
    assert_eq!(suites, ["Adobe Experience Cloud"]);
}

#[test]
fn kinds_have_the_meaning_of_the_model() {
    let which =
        |test: fn(Kind) -> bool| -> Vec<&str> { Kind::ALL.iter().filter(|k| test(**k)).map(|k| k.as_str()).collect() };
    assert_eq!(which(Kind::is_carrier), ["spreadsheet", "messaging", "file-share"]);
    assert_eq!(which(Kind::is_ai), ["ai-scoring", "ai-content", "ai-agent"]);
    assert_eq!(which(Kind::is_system_of_record), ["crm", "marketing-automation", "cms", "bi", "warehouse", "cdp"]);
    assert_eq!(which(Kind::is_middleware), ["reverse-etl", "etl", "ipaas"]);
    assert_eq!(which(Kind::is_enrichment), ["enrichment"]);
    for kind in Kind::ALL {
        assert_eq!(Kind::parse(kind.as_str()), Some(*kind));
        assert_eq!(serde_json::to_value(kind).unwrap(), kind.as_str());
        assert_eq!(serde_json::from_value::<Kind>(kind.as_str().into()).unwrap(), *kind);
    }
    let names: BTreeSet<&str> = Kind::ALL.iter().map(|k| k.display_name()).collect();
    assert_eq!(names.len(), Kind::ALL.len());
    assert_eq!(Kind::parse("CRM"), None);
}

#[test]
fn ai_tools_follow_the_rule() {
    // Built on AI, but a system of record.
    assert_eq!(facts("attio").ai_class, Some(AiClass::Native));
    assert!(!facts("attio").ai_tool && !facts("clarify").ai_tool);
    // Built on AI and no system of record; AI kind but not built on AI; neither.
    assert!(facts("clay").ai_tool && facts("breeze-ai").ai_tool);
    assert!(!facts("hubspot").ai_tool && !facts("zoominfo").ai_tool && !facts("excel").ai_tool);
    // Stated wins either way.
    for (product, kind, ai, expected) in [
        (Some("attio"), None, Some(true), true),
        (Some("attio"), Some(Kind::AiAgent), None, true),
        (Some("jasper"), None, Some(false), false),
        (Some("jasper"), Some(Kind::Cms), None, false),
        (None, Some(Kind::AiContent), None, true),
        (Some("house-made"), Some(Kind::Other), None, false),
    ] {
        let stated = StatedFacts { product: product.map(str::to_owned), kind, ai, ..StatedFacts::default() };
        assert_eq!(catalog().facts(&stated).unwrap().ai_tool, expected, "{stated:?}");
    }
}

#[test]
fn stated_facts_win_and_the_rest_stays() {
    let stated = StatedFacts {
        product: Some("MARKETO".into()),
        vendor: Some("An agency".into()),
        interfaces: Some(vec![Interface::FileImport]),
        quotas: StatedQuotas { daily_calls: Some(10_000), ..StatedQuotas::default() },
        ..StatedFacts::default()
    };
    let merged = catalog().facts(&stated).unwrap();
    assert_eq!(merged.product, Some(id("marketo-engage")));
    assert_eq!(merged.kind, Kind::MarketingAutomation);
    assert_eq!(merged.vendor.as_deref(), Some("An agency"));
    assert_eq!(merged.interfaces, Some(vec![Interface::FileImport]));
    let daily = catalog().daily_call_quota(&merged).unwrap();
    assert_eq!((daily.calls_per_day, daily.basis), (10_000, DailyBasis::Stated));
    assert_eq!(catalog().batch_size(&merged, Interface::Rest).unwrap().records, 300);

    let stated = StatedFacts { product: Some("6sense".into()), ..StatedFacts::default() };
    assert!(catalog().facts(&stated).unwrap().is_enrichment());
    let stated = StatedFacts { kind: Some(Kind::Analytics), ..stated };
    assert!(!catalog().facts(&stated).unwrap().is_enrichment());
}

#[test]
fn facts_that_cannot_be_settled_are_errors() {
    let of = |product: Option<&str>, kind| {
        let product = product.map(str::to_owned);
        catalog().facts(&StatedFacts { product, kind, ..StatedFacts::default() })
    };
    assert_eq!(of(None, None), Err(FactsError::NothingStated));
    assert_eq!(of(Some("Salesfarce"), None), Err(FactsError::UnknownProduct { name: "Salesfarce".into() }));
    let Err(FactsError::Suite { name, members }) = of(Some("Adobe Experience Cloud"), None) else { panic!() };
    assert_eq!((name.as_str(), members.len()), ("Adobe Experience Cloud", 10));
    let custom = of(Some("Adobe Experience Cloud"), Some(Kind::Cms)).unwrap();
    assert_eq!((custom.product, custom.interfaces), (None, None));
}
