//! Conscience of the catalogue: the data files keep their promises, and the look-ups and
//! routes say what the files say, no more.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::collections::{BTreeMap, BTreeSet};

use sinew::catalog::{
    AiClass, Catalog, CatalogText, Confidence, Connector, ConnectorKind, DailyBasis, Direction, Environment,
    FactsError, Interface, Kind, Lookup, ProductFacts, ProductId, Quota, QuotaKind, RouteKind, Routes, StatedFacts,
    StatedQuotas, Unit, Unverified, Window,
};

const PRODUCTS: &str = include_str!("../src/catalog/data/products.csv");
const CONNECTORS: &str = include_str!("../src/catalog/data/connectors.csv");
const QUOTAS: &str = include_str!("../src/catalog/data/quotas.csv");
const SUITES: &str = include_str!("../src/catalog/data/suites.csv");

fn catalog() -> &'static Catalog {
    Catalog::builtin()
}

fn id(text: &str) -> ProductId {
    ProductId::parse(text).expect("a well-formed id")
}

fn facts(name: &str) -> ProductFacts {
    match catalog().find(name) {
        Lookup::Product(product) => product.into(),
        other => panic!("{name} is {other:?}"),
    }
}

fn route(from: &str, to: &str) -> Routes {
    catalog().route(&facts(from), &facts(to))
}

/// One line for each route, then what is doubtful.
fn outline(routes: &Routes) -> Vec<String> {
    let mut lines = Vec::new();
    for r in &routes.routes {
        let via = r.via.as_ref().map_or(String::new(), |v| format!(" via {v}"));
        let confidence = r.confidence.map_or("stated", Confidence::as_str);
        let steps: Vec<&str> = r.steps.iter().map(|s| s.connector.kind.as_str()).collect();
        lines.push(format!("{}{via} ({confidence}) {}", r.kind, steps.join(" + ")).trim_end().to_owned());
    }
    for s in &routes.opposite {
        lines.push(format!("only {} -> {}: {}", s.from, s.to, s.connector.kind));
    }
    lines.extend(routes.unverified.iter().map(|u| format!("? {u}")));
    lines
}

// The data files

#[test]
fn data_files_hold_what_the_readers_return() {
    let c = catalog();
    for (text, rows) in [
        (PRODUCTS, c.products().len()),
        (CONNECTORS, c.connectors().len()),
        (QUOTAS, c.quotas().len()),
        (SUITES, c.suites().len()),
    ] {
        assert_eq!(text.lines().count() - 1, rows);
        assert!(!text.contains('\r') && text.ends_with('\n'));
    }
    assert!(c.products().len() >= 76 && c.connectors().len() >= 284 && c.quotas().len() >= 146);
}

#[test]
fn data_files_are_sorted_by_their_keys() {
    let c = catalog();
    let products: Vec<&str> = PRODUCTS.lines().skip(1).map(|l| l.split(',').next().unwrap()).collect();
    assert!(products.is_sorted());
    assert!(c.products().is_sorted_by_key(|p| p.id.as_str()));
    assert!(c.connectors().is_sorted_by_key(|k| (k.from.as_str(), k.to.as_str())));
    assert!(c.quotas().is_sorted_by_key(|q| q.product.as_str()));
}

#[test]
fn every_row_names_an_address() {
    let c = catalog();
    let products = c.products().iter().map(|p| &p.source);
    let connectors = c.connectors().iter().map(|k| &k.source);
    let quotas = c.quotas().iter().map(|q| &q.source);
    let suites = c.suites().iter().map(|s| &s.source);
    let mut rows = 0;
    for source in products.chain(connectors).chain(quotas).chain(suites) {
        let host = source.url.strip_prefix("https://").expect("https");
        assert!(host.contains('.') && !host.contains(char::is_whitespace), "{}", source.url);
        if let Some(repository) = &source.read_in {
            assert_eq!(repository.split('/').count(), 2, "{repository}");
        }
        rows += 1;
    }
    assert!(rows > 500);
}

#[test]
fn ids_are_unique_and_well_formed_and_ends_exist() {
    let c = catalog();
    let ids: BTreeSet<&ProductId> = c.products().iter().map(|p| &p.id).collect();
    assert_eq!(ids.len(), c.products().len());
    for p in c.products() {
        assert_eq!(ProductId::parse(p.id.as_str()).as_ref(), Some(&p.id));
    }
    for k in c.connectors() {
        assert!(ids.contains(&k.from) && ids.contains(&k.to) && ids.contains(&k.built_by), "{k:?}");
        assert_ne!(k.from, k.to);
    }
    for q in c.quotas() {
        assert!(ids.contains(&q.product), "{q:?}");
        assert!(q.with.as_ref().is_none_or(|w| ids.contains(w)), "{q:?}");
    }
    for s in c.suites() {
        assert!(s.members.len() > 1 && s.members.iter().all(|m| ids.contains(m)), "{s:?}");
    }
    for bad in ["", "-", "a-", "-a", "a--b", "A", "a b", "a_b", "ä"] {
        assert_eq!(ProductId::parse(bad), None, "{bad}");
    }
}

#[test]
fn no_row_is_there_twice() {
    let c = catalog();
    let connectors = c.connectors();
    for (i, a) in connectors.iter().enumerate() {
        let facts = |k: &Connector| (k.from.clone(), k.to.clone(), k.kind, k.built_by.clone(), k.data.clone());
        assert!(connectors[..i].iter().all(|b| facts(a) != facts(b)), "{a:?}");
    }
    let quotas = c.quotas();
    for (i, a) in quotas.iter().enumerate() {
        let key = |q: &Quota| {
            let text = (q.product.clone(), q.interface.clone(), q.plan.clone(), q.scope.clone(), q.notes.clone());
            (text, q.kind, q.unit, q.window.clone())
        };
        assert!(quotas[..i].iter().all(|b| key(a) != key(b)), "{a:?}");
    }
}

#[test]
fn every_name_finds_its_own_product_and_no_other() {
    let c = catalog();
    let mut owners: BTreeMap<String, String> = BTreeMap::new();
    for p in c.products() {
        for name in [p.id.as_str(), p.name.as_str()].into_iter().chain(p.aliases.iter().map(String::as_str)) {
            assert_eq!(c.find(name), Lookup::Product(p), "{name}");
            let key: String = name.to_lowercase().split(|ch: char| !ch.is_alphanumeric()).collect();
            let owner = owners.entry(key).or_insert_with(|| p.id.to_string());
            assert_eq!(owner, p.id.as_str(), "{name}");
        }
    }
    for s in c.suites() {
        for name in std::iter::once(&s.name).chain(&s.aliases) {
            assert_eq!(c.find(name), Lookup::Suite(s), "{name}");
        }
    }
    let names = c.names();
    assert!(names.is_sorted() && names.windows(2).all(|w| w[0] != w[1]));
    assert!(names.iter().all(|n| c.find(n) != Lookup::Unknown));
}

#[test]
fn quotas_can_be_computed_with() {
    for q in catalog().quotas() {
        let rate = matches!(q.kind, QuotaKind::Rate | QuotaKind::RateDaily | QuotaKind::RateYearly);
        assert!(!rate || q.window.is_some() || q.limit.is_none(), "a rate without window: {q:?}");
        assert!(q.limit.is_some() || q.notes.is_some(), "no number and no word why: {q:?}");
        assert_ne!(q.limit, Some(0), "{q:?}");
        if q.kind == QuotaKind::RateDaily {
            assert_eq!(q.window.as_ref().map(|w| w.seconds), Some(Window::DAY), "{q:?}");
        }
        assert_eq!(q.with.is_some(), q.interface == "connector-load", "{q:?}");
    }
}

#[test]
fn the_page_lists_every_kind_and_every_column() {
    let page = include_str!("../docs/catalog.md");
    for kind in Kind::ALL {
        assert!(page.contains(&format!("`{kind}`")), "{kind}");
    }
    for text in [PRODUCTS, CONNECTORS, QUOTAS, SUITES] {
        for column in text.lines().next().unwrap().split(',') {
            assert!(page.contains(&format!("`{column}`")), "{column}");
        }
    }
}

// What a faulty file says

#[test]
fn faulty_files_are_refused_with_the_line() {
    let text = CatalogText { products: PRODUCTS, connectors: CONNECTORS, quotas: QUOTAS, suites: SUITES };
    assert!(Catalog::read(text).is_ok());
    let line_of = |rows: &str, key: &str| 1 + rows.lines().position(|l| l.starts_with(key)).unwrap() as u64;

    let products = PRODUCTS.replacen("attio,Attio,Attio,,crm", "attio,Attio,Attio,,crn", 1);
    let error = Catalog::read(CatalogText { products: &products, ..text }).unwrap_err();
    assert_eq!(error.to_string(), format!("products.csv:{}: `crn` is no category", line_of(&products, "attio,")));

    let connectors = CONNECTORS.replacen("clay,hubspot,both", "clay,hubspott,both", 1);
    let error = Catalog::read(CatalogText { connectors: &connectors, ..text }).unwrap_err();
    assert_eq!(error.message, "there is no product `hubspott`");

    let products = PRODUCTS.replacen("Clay.com", "Clay.com;SFDC", 1);
    let error = Catalog::read(CatalogText { products: &products, ..text }).unwrap_err();
    assert_eq!(error.message, "`SFDC` stands for two things");

    let quotas = QUOTAS.replacen("calls,1min", "calls,1fortnight", 1);
    let error = Catalog::read(CatalogText { quotas: &quotas, ..text }).unwrap_err();
    assert_eq!(error.message, "`1fortnight` is no window");

    let suites = SUITES.replacen("2026-08-11", "2026-13-11", 1);
    let error = Catalog::read(CatalogText { suites: &suites, ..text }).unwrap_err();
    assert_eq!(error.message, "`2026-13-11` is no date");

    let header = PRODUCTS.replacen("vendor,", "seller,", 1);
    assert!(Catalog::read(CatalogText { products: &header, ..text }).is_err());
    let short = format!("{QUOTAS}gong,rest\n");
    assert!(Catalog::read(CatalogText { quotas: &short, ..text }).is_err());
}

#[test]
fn windows_are_read_or_refused() {
    let seconds = |t: &str| Window::parse(t).map(|w| (w.seconds, w.rolling));
    assert_eq!(seconds("20s"), Some((20, false)));
    assert_eq!(seconds("24h-rolling"), Some((86_400, true)));
    assert_eq!(seconds("1mo"), Some((2_592_000, false)));
    for bad in ["", "s", "0s", "1", "1w", "-1s", "1 s", "1s-", "99999999999999999999s", "18446744073709551615y"] {
        assert_eq!(seconds(bad), None, "{bad}");
    }
}

// Names and kinds

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
        quotas: StatedQuotas { daily_calls: Some(10_000), batch_size: None },
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

// Quotas

#[test]
fn daily_quota_is_the_largest_published_production_plan() {
    let daily = |name: &str| {
        let quota = catalog().daily_call_quota(&facts(name));
        quota.map(|q| (q.calls_per_day, q.basis, q.adders.len()))
    };
    assert_eq!(daily("marketo-engage"), Some((50_000, DailyBasis::Daily, 0)));
    assert_eq!(daily("hubspot"), Some((1_000_000, DailyBasis::Daily, 1)));
    // Not the five million of a full sandbox; licences add to it.
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

// Routes

#[test]
fn every_connector_is_a_route_in_its_directions_only() {
    let c = catalog();
    let facts_of: BTreeMap<&ProductId, ProductFacts> = c.products().iter().map(|p| (&p.id, p.into())).collect();
    for k in c.connectors() {
        let carries = |from: &ProductId, to: &ProductId| {
            let routes = c.route(&facts_of[from], &facts_of[to]);
            routes.routes.iter().any(|r| r.steps.len() == 1 && r.steps[0].connector == *k)
        };
        assert!(carries(&k.from, &k.to), "{k:?}");
        assert_eq!(carries(&k.to, &k.from), k.direction == Direction::Both, "{k:?}");
        let back = c.route(&facts_of[&k.to], &facts_of[&k.from]);
        let told = back.opposite.iter().any(|s| s.connector == *k);
        assert_eq!(told, k.direction == Direction::OneWay, "{k:?}");
    }
}

#[test]
fn every_pair_is_answered_honestly() {
    let c = catalog();
    let all: Vec<ProductFacts> = c.products().iter().map(ProductFacts::from).collect();
    let mut recipes = 0;
    for from in &all {
        for to in &all {
            let routes = c.route(from, to);
            let keys = routes.routes.iter().map(|r| (r.kind, r.confidence, r.via.clone()));
            assert!(keys.is_sorted());
            let native = routes.of_kind(RouteKind::Native).next().is_some();
            assert_eq!(!native, routes.unverified.contains(&Unverified::NoConnectorKnown));
            assert!(native || !routes.unverified.is_empty());
            for r in &routes.routes {
                assert_eq!(r.api.is_some(), r.kind == RouteKind::Api);
                assert_eq!(r.steps.is_empty(), r.kind == RouteKind::Api);
                let Some(via) = r.via.as_ref().filter(|_| r.steps.len() > 1) else { continue };
                assert!(Some(via) != from.product.as_ref() && Some(via) != to.product.as_ref());
                let (into, out): (Vec<_>, Vec<_>) = r.steps.iter().partition(|s| s.to == *via);
                assert!(!into.is_empty() && !out.is_empty());
                assert!(into.iter().all(|s| Some(&s.from) == from.product.as_ref()));
                assert!(out.iter().all(|s| s.from == *via && Some(&s.to) == to.product.as_ref()));
                recipes += 1;
            }
        }
    }
    assert!(recipes > 300, "{recipes}");
}

#[test]
fn an_object_source_feeds_warehouses_only() {
    for r in route("marketo-engage", "salesforce").routes {
        assert_ne!(r.via, Some(id("segment")));
    }
    let into_warehouse = route("marketo-engage", "snowflake");
    let hubs: Vec<&str> = into_warehouse.of_kind(RouteKind::Etl).map(|r| r.via.as_ref().unwrap().as_str()).collect();
    assert_eq!(hubs, ["fivetran", "segment", "workato"]);
}

#[test]
fn a_tool_for_agents_is_no_feed() {
    let routes = route("jasper", "chatgpt");
    assert_eq!(
        outline(&routes),
        [
            "assisted (documented) mcp",
            "? no connector of the two is in the catalogue: not known, not absent",
            "? interfaces of ChatGPT are not verified",
        ]
    );
    assert!(!routes.is_known());
    assert!(catalog().connectors().iter().any(|k| k.kind == ConnectorKind::Orchestration));
}

#[test]
fn well_known_pairs() {
    assert_eq!(
        outline(&route("marketo-engage", "salesforce-sales-cloud")),
        [
            "native (documented) native-sync",
            "recipe via workato (documented) ipaas-module + ipaas-module",
            "api (documented)",
        ]
    );
    assert_eq!(
        outline(&route("salesforce-sales-cloud", "marketo-engage")),
        [
            "native (documented) native-sync",
            "recipe via workato (documented) ipaas-module + ipaas-module",
            "api (documented)",
        ]
    );
    assert_eq!(
        outline(&route("clay", "marketo-engage")),
        [
            "recipe via zapier (vendor-page) ipaas-module + ipaas-module",
            "api (documented)",
            "? no connector of the two is in the catalogue: not known, not absent",
        ]
    );
    assert_eq!(
        outline(&route("jasper", "wordpress")),
        ["api (documented)", "? no connector of the two is in the catalogue: not known, not absent",]
    );
    assert_eq!(
        outline(&route("salesforce-sales-cloud", "madkudu")),
        [
            "api (documented)",
            "only madkudu -> salesforce-sales-cloud: native-push",
            "? no connector of the two is in the catalogue: not known, not absent",
        ]
    );
    assert_eq!(
        outline(&route("pecan-ai", "tableau")),
        [
            "? no connector of the two is in the catalogue: not known, not absent",
            "? interfaces of Pecan AI are not verified",
        ]
    );
    assert_eq!(
        outline(&route("snowflake", "marketo-engage")),
        [
            "reverse-etl via census (documented) reverse-etl-source + reverse-etl",
            "reverse-etl via segment (documented) reverse-etl-source + event-destination + event-destination",
            "api (documented)",
            "? no connector of the two is in the catalogue: not known, not absent",
        ]
    );
    assert_eq!(
        outline(&route("openai-api", "wordpress")),
        [
            "recipe via n8n (documented) ipaas-module + ipaas-module",
            "api (widely-reported)",
            "? no connector of the two is in the catalogue: not known, not absent",
        ]
    );
}

#[test]
fn custom_products_are_joined_by_what_is_stated() {
    let c = catalog();
    let custom = |interfaces: Option<Vec<Interface>>| {
        let stated = StatedFacts {
            product: Some("House scorer".into()),
            kind: Some(Kind::AiScoring),
            interfaces,
            ..StatedFacts::default()
        };
        c.facts(&stated).unwrap()
    };
    let none = "? no connector of the two is in the catalogue: not known, not absent";
    assert_eq!(
        outline(&c.route(&facts("marketo"), &custom(None))),
        [none, "? interfaces of House scorer are not verified",]
    );
    assert_eq!(
        outline(&c.route(&facts("marketo"), &custom(Some(vec![])))),
        [none, "? no interface is known through which records enter House scorer (known: none)",]
    );
    assert_eq!(
        outline(&c.route(&facts("marketo"), &custom(Some(vec![Interface::Webhook, Interface::Mcp])))),
        [none, "? no interface is known through which records enter House scorer (known: webhook, mcp)",]
    );
    assert_eq!(outline(&c.route(&facts("marketo"), &custom(Some(vec![Interface::Rest])))), ["api (documented)", none,]);
    assert_eq!(
        outline(&c.route(&custom(Some(vec![Interface::Rest])), &custom(Some(vec![Interface::Rest])))),
        ["api (stated)", none,]
    );
}

#[test]
fn unknown_is_null_in_json() {
    let json = serde_json::to_value(catalog().product("pecan-ai").unwrap()).unwrap();
    assert_eq!(json["id"], "pecan-ai");
    assert_eq!(json["kind"], "ai-scoring");
    assert!(json["interfaces"].is_null() && json["sla"].is_null());
    let json = serde_json::to_value(route("pecan-ai", "tableau")).unwrap();
    assert_eq!(json["unverified"][1]["what"], "interfaces-not-verified");
    let schema = serde_json::to_value(schemars::schema_for!(Routes)).unwrap();
    assert!(schema["properties"]["routes"].is_object());
}
