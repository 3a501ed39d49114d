//! Routes say what the rows say, no more.

use std::collections::BTreeMap;

use sinew::catalog::{
    ConnectorKind, Direction, Interface, Kind, ProductFacts, ProductId, RouteKind, Routes, StatedFacts, Unverified,
};

use super::{catalog, facts, id, outline, route};

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
            "? no connector between the two is in the catalog; one may exist",
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
            "? no connector between the two is in the catalog; one may exist",
        ]
    );
    assert_eq!(
        outline(&route("jasper", "wordpress")),
        ["api (documented)", "? no connector between the two is in the catalog; one may exist",]
    );
    assert_eq!(
        outline(&route("salesforce-sales-cloud", "madkudu")),
        [
            "api (documented)",
            "only madkudu -> salesforce-sales-cloud: native-push",
            "? no connector between the two is in the catalog; one may exist",
        ]
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
            "reverse-etl via census (documented) reverse-etl-source + reverse-etl",
            "reverse-etl via segment (documented) reverse-etl-source + event-destination + event-destination",
            "api (documented)",
            "? no connector between the two is in the catalog; one may exist",
        ]
    );
    assert_eq!(
        outline(&route("openai-api", "wordpress")),
        [
            "recipe via n8n (documented) ipaas-module + ipaas-module",
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
