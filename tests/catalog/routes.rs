//! Routes say what the rows say, no more.

use std::collections::BTreeMap;

use sinew::catalog::{
    Catalog, CatalogText, Confidence, ConnectorKind, Direction, Interface, Kind, ProductFacts, ProductId, RouteKind,
    Routes, StatedFacts, Unverified,
};

use super::{CONNECTORS, PRODUCTS, QUOTAS, SUITES, catalog, facts, id, outline, route};

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
    // By confidence, then by id: volunteers keep Meltano's plugins working.
    assert_eq!(hubs, ["airbyte", "fivetran", "rudderstack", "segment", "workato", "meltano"]);
}

/// Small catalogs in which one row decides.
fn small(connectors: &str) -> Catalog {
    let header = |text: &str| text.lines().next().unwrap().to_owned();
    let product = |id: &str, kind: &str, interfaces: &str, writable: &str| {
        format!(
            "{id},{id},,Acme,,{kind},,,,active,{interfaces},,{writable},,,,,https://acme.test/{id},2026-09-01,documented,\n"
        )
    };
    let products = format!(
        "{}\n{}{}{}{}{}",
        header(PRODUCTS),
        product("crm", "crm", "rest", ""),
        product("feed", "analytics", "webhook", ""),
        product("hub", "etl", "", ""),
        product("store", "warehouse", "sql", ""),
        product("tool", "marketing-automation", "rest", "leads"),
    );
    let connectors = format!("{}\n{connectors}", header(CONNECTORS));
    let (quotas, suites) = (header(QUOTAS), header(SUITES));
    Catalog::read(CatalogText { products: &products, connectors: &connectors, quotas: &quotas, suites: &suites })
        .unwrap()
}

fn row(from: &str, to: &str, kind: &str, maintained_by: &str) -> String {
    format!("{from},{to},one-way,{kind},hub,{maintained_by},records,,,,https://acme.test/c,2026-09-01,documented,\n")
}

fn between(catalog: &Catalog, from: &str, to: &str) -> Vec<String> {
    let facts = |id: &str| ProductFacts::from(catalog.product(id).unwrap());
    let lines = outline(&catalog.route(&facts(from), &facts(to)));
    lines.into_iter().filter(|line| !line.contains("no connector between")).collect()
}

#[test]
fn an_api_route_needs_something_to_read_and_something_to_write() {
    // Nothing is known to read the CRM; the tool's writable records are documented.
    let none = small("");
    assert_eq!(between(&none, "crm", "tool"), ["? which records can be read from crm is not verified"]);
    assert_eq!(
        between(&none, "tool", "crm"),
        [
            "? which records can be read from tool is not verified",
            "? which records can be written into crm is not verified"
        ]
    );
    // A webhook says by its name that it lets records out; tables can be read and written.
    assert_eq!(between(&none, "feed", "tool"), ["api (documented)"]);
    assert_eq!(between(&none, "store", "tool"), ["api (documented)"]);
    assert_eq!(between(&none, "feed", "store"), ["api (documented)"]);
    // Somebody reads the CRM.
    assert_eq!(between(&small(&row("crm", "hub", "etl-source", "")), "crm", "tool"), ["api (documented)"]);
    // Volunteers do.
    let read = small(&row("crm", "hub", "etl-source", "community"));
    assert_eq!(between(&read, "crm", "tool"), ["api (vendor-page)"]);
    // Somebody writes the CRM; one that only starts jobs or serves agents writes nothing.
    assert_eq!(between(&small(&row("hub", "crm", "reverse-etl", "")), "feed", "crm"), ["api (documented)"]);
    for kind in ["mcp", "orchestration"] {
        let none = small(&row("hub", "crm", kind, ""));
        assert_eq!(between(&none, "feed", "crm"), ["? which records can be written into crm is not verified"]);
    }
    // The pages of the ends and of the connector that shows the way.
    let catalog = small(&row("hub", "crm", "reverse-etl", ""));
    let facts = |id: &str| ProductFacts::from(catalog.product(id).unwrap());
    let routes = catalog.route(&facts("feed"), &facts("crm"));
    let api = routes.routes[0].api.as_ref().unwrap();
    let pages: Vec<&str> = api.sources.iter().map(|source| source.url.as_deref().unwrap()).collect();
    assert_eq!(pages, ["https://acme.test/feed", "https://acme.test/crm", "https://acme.test/c"]);
    assert_eq!(api.can_write.as_deref(), Some(["records".to_owned()].as_slice()));
}

#[test]
fn rows_of_a_warehouse_go_only_where_they_are_taken() {
    let reads = row("store", "hub", "reverse-etl-source", "");
    let events = small(&format!("{}{reads}", row("hub", "tool", "event-destination", "")));
    assert_eq!(between(&events, "store", "tool"), ["api (documented)"]);
    let rows = small(&format!("{}{reads}", row("hub", "tool", "reverse-etl", "")));
    assert_eq!(
        between(&rows, "store", "tool"),
        ["reverse-etl via hub (documented) reverse-etl-source + reverse-etl", "api (documented)"]
    );
    // Segment's destination for Marketo takes events.
    for r in route("snowflake", "marketo-engage").routes {
        assert_ne!((r.kind, r.via), (RouteKind::ReverseEtl, Some(id("segment"))));
    }
}

#[test]
fn a_destination_of_an_etl_tool_for_a_business_tool_is_told_apart() {
    let reads = row("crm", "hub", "etl-source", "");
    let load = small(&format!("{reads}{}", row("hub", "store", "etl-destination", "")));
    assert_eq!(
        between(&load, "crm", "store"),
        ["etl via hub (documented) etl-source + etl-destination", "api (documented)"]
    );
    let write = small(&format!("{reads}{}", row("hub", "tool", "etl-destination", "")));
    assert_eq!(
        between(&write, "crm", "tool"),
        ["etl-write via hub (documented) etl-source + etl-destination", "api (documented)"]
    );
    let volunteers = small(&format!("{reads}{}", row("hub", "tool", "etl-destination", "community")));
    assert_eq!(
        between(&volunteers, "crm", "tool"),
        ["etl-write via hub (vendor-page) etl-source + etl-destination", "api (documented)"]
    );
    // A load of a warehouse is no destination for a business tool.
    let sync = small(&format!("{reads}{}", row("hub", "tool", "warehouse-sync", "")));
    assert_eq!(between(&sync, "crm", "tool"), ["api (documented)"]);
}

#[test]
fn old_facts_count_less_on_the_day_that_is_asked_for() {
    let catalog = small(&row("crm", "hub", "etl-source", ""));
    let facts = |id: &str| ProductFacts::from(catalog.product(id).unwrap());
    let on = |day: &str| {
        let routes = catalog.route_on(&facts("crm"), &facts("tool"), day.parse().unwrap());
        routes.routes[0].confidence.unwrap()
    };
    assert_eq!(catalog.edition().to_string(), "2026-09-01");
    assert_eq!(on("2027-09-01"), Confidence::Documented);
    assert_eq!(on("2027-09-02"), Confidence::VendorPage);
    let undated = row("crm", "hub", "etl-source", "").replace("2026-09-01", "");
    let catalog = small(&undated);
    let routes = catalog.route(&ProductFacts::from(catalog.product("crm").unwrap()), &facts("tool"));
    assert_eq!(routes.routes[0].confidence, Some(Confidence::VendorPage));
}

#[test]
fn a_tool_for_agents_is_no_feed() {
    let routes = route("jasper", "chatgpt");
    assert_eq!(
        outline(&routes),
        [
            "assisted (documented) mcp",
            "? no connector between the two is in the catalog; one may exist",
            "? interfaces of ChatGPT are not verified",
        ]
    );
    assert!(!routes.is_known());
    assert!(catalog().connectors().any(|k| k.kind == ConnectorKind::Orchestration));
}

#[test]
fn well_known_pairs() {
    assert_eq!(
        outline(&route("marketo-engage", "salesforce-sales-cloud")),
        [
            "native (vendor-page) native-sync",
            "recipe via workato (vendor-page) ipaas-module + ipaas-module",
            "etl-write via airbyte (documented) etl-source + etl-destination",
            "etl-write via meltano (widely-reported) etl-source + etl-destination",
            "api (documented)",
        ]
    );
    assert_eq!(
        outline(&route("salesforce-sales-cloud", "marketo-engage")),
        [
            "native (vendor-page) native-sync",
            "recipe via workato (vendor-page) ipaas-module + ipaas-module",
            "api (documented)",
        ]
    );
    assert_eq!(
        outline(&route("clay", "marketo-engage")),
        [
            "recipe via zapier (widely-reported) ipaas-module + ipaas-module",
            "api (vendor-page)",
            "? no connector between the two is in the catalog; one may exist",
        ]
    );
    assert_eq!(
        outline(&route("jasper", "wordpress")),
        ["api (vendor-page)", "? no connector between the two is in the catalog; one may exist",]
    );
    assert_eq!(
        outline(&route("salesforce-sales-cloud", "madkudu")),
        ["native (vendor-page) native-pull", "api (documented)", "only madkudu -> salesforce-sales-cloud: native-push",]
    );
    assert_eq!(
        outline(&route("pecan-ai", "tableau")),
        [
            "? no connector between the two is in the catalog; one may exist",
            "? interfaces of Pecan AI are not verified",
        ]
    );
    assert_eq!(
        outline(&route("snowflake", "marketo-engage")),
        [
            "reverse-etl via rudderstack (documented) reverse-etl-source + reverse-etl",
            "reverse-etl via census (vendor-page) reverse-etl-source + reverse-etl",
            "api (vendor-page)",
            "? no connector between the two is in the catalog; one may exist",
        ]
    );
    assert_eq!(
        outline(&route("openai-api", "wordpress")),
        [
            "recipe via n8n (vendor-page) ipaas-module + ipaas-module",
            "api (widely-reported)",
            "? no connector between the two is in the catalog; one may exist",
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
    let none = "? no connector between the two is in the catalog; one may exist";
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
