//! The data files keep their promises, and faulty ones are refused with the line.

use std::collections::{BTreeMap, BTreeSet};

use sinew::catalog::{Catalog, CatalogText, Kind, Lookup, ProductId, Window};
use sinew::report::say::grouped;

use super::{CONNECTORS, PRODUCTS, QUOTAS, SUITES, catalog};

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
    assert!(c.products().len() >= 630 && c.connectors().len() >= 2_329 && c.quotas().len() >= 190);
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
fn every_name_finds_its_own_product_and_no_other() {
    let c = catalog();
    let mut owners: BTreeMap<String, String> = BTreeMap::new();
    for p in c.products() {
        for name in p.names() {
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
fn the_page_lists_every_kind_and_every_column() {
    let page = include_str!("../../docs/catalog.md");
    for kind in Kind::ALL {
        assert!(page.contains(&format!("`{kind}`")), "{kind}");
    }
    for text in [PRODUCTS, CONNECTORS, QUOTAS, SUITES] {
        for column in text.lines().next().unwrap().split(',') {
            assert!(page.contains(&format!("`{column}`")), "{column}");
        }
    }
    let rows = [PRODUCTS, CONNECTORS, QUOTAS].map(|text| grouped(text.lines().count() as f64 - 1.0));
    let counts = format!("{} products, {} connectors, {} limits", rows[0], rows[1], rows[2]);
    assert!(page.contains(&counts), "docs/catalog.md does not say that there are {counts}");
}

#[test]
fn faulty_files_are_refused_with_the_line() {
    let text = CatalogText { products: PRODUCTS, connectors: CONNECTORS, quotas: QUOTAS, suites: SUITES };
    assert!(Catalog::read(text).is_ok());
    let line_of = |rows: &str, key: &str| 1 + rows.lines().position(|l| l.starts_with(key)).unwrap() as u64;

    let products = PRODUCTS.replacen("attio,Attio,,Attio,,crm", "attio,Attio,,Attio,,crn", 1);
    let error = Catalog::read(CatalogText { products: &products, ..text }).unwrap_err();
    assert_eq!(
        error.to_string(),
        format!("products.csv:{}: `crn` is not a valid category", line_of(&products, "attio,"))
    );

    let connectors = CONNECTORS.replacen("clay,hubspot,both", "clay,hubspott,both", 1);
    let error = Catalog::read(CatalogText { connectors: &connectors, ..text }).unwrap_err();
    assert_eq!(error.message, "there is no product `hubspott`");

    let products = PRODUCTS.replacen("Clay.com", "Clay.com;SFDC", 1);
    let error = Catalog::read(CatalogText { products: &products, ..text }).unwrap_err();
    assert_eq!(error.message, "`SFDC` stands for two things");

    let quotas = QUOTAS.replacen("calls,1min", "calls,1fortnight", 1);
    let error = Catalog::read(CatalogText { quotas: &quotas, ..text }).unwrap_err();
    assert_eq!(error.message, "`1fortnight` is not a valid window");

    let suites = SUITES.replacen("2026-08-11", "2026-13-11", 1);
    let error = Catalog::read(CatalogText { suites: &suites, ..text }).unwrap_err();
    assert_eq!(error.message, "`2026-13-11` is not a valid date");

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
