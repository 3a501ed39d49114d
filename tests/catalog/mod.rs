//! Conscience of the catalog: the data files keep their promises, and the look-ups and
//! routes say what the files say, no more.

mod brought;
mod check;
mod data;
mod known;
mod names;
mod overlay;
mod quotas;
mod recognise;
mod routes;

use sinew::catalog::{Catalog, Confidence, Lookup, ProductFacts, ProductId, Routes};

const PRODUCTS: &str = include_str!("../../src/catalog/data/products.csv");
const CONNECTORS: &str = include_str!("../../src/catalog/data/connectors.csv");
const QUOTAS: &str = include_str!("../../src/catalog/data/quotas.csv");
const SUITES: &str = include_str!("../../src/catalog/data/suites.csv");

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
