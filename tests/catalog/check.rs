//! The rules of the data files: the catalog's own keep them, and each rule speaks where it is broken.

use sinew::catalog::{Age, Catalog, OwnFile};

use super::{CONNECTORS, PRODUCTS, QUOTAS, SUITES, catalog};

fn faults(files: &[(&str, &str)]) -> Vec<String> {
    let files: Vec<OwnFile<'_>> = files.iter().map(|(name, text)| OwnFile { name, text }).collect();
    Catalog::check(&files).faults.iter().map(ToString::to_string).collect()
}

fn header(text: &str) -> &str {
    text.lines().next().unwrap()
}

fn product(id: &str, name: &str, aliases: &str, url: &str, date: &str) -> String {
    format!("{id},{name},,Acme,{aliases},crm,,,,active,rest,,,,,,,{url},{date},documented,\n")
}

fn products(rows: &[String]) -> String {
    format!("{}\n{}", header(PRODUCTS), rows.concat())
}

#[test]
fn the_catalogs_own_files_keep_the_rules() {
    let files = [
        OwnFile { name: "products.csv", text: PRODUCTS },
        OwnFile { name: "connectors.csv", text: CONNECTORS },
        OwnFile { name: "quotas.csv", text: QUOTAS },
        OwnFile { name: "suites.csv", text: SUITES },
    ];
    let checked = Catalog::check(&files);
    assert_eq!(checked.faults.iter().map(ToString::to_string).collect::<Vec<_>>(), Vec::<String>::new());
    let c = catalog();
    assert_eq!(checked.rows, c.products().len() + c.connectors().len() + c.quotas().len() + c.suites().len());
    assert!(Catalog::check(&[]).faults.is_empty());
}

#[test]
fn a_product_of_ones_own_needs_a_name_an_address_and_a_date() {
    let page = "https://acme.test/crm";
    let fine = products(&[product("acme-crm", "Acme CRM", "", page, "2026-10-01")]);
    assert_eq!(faults(&[("products.csv", &fine)]), Vec::<String>::new());
    // A row of the catalog may be replaced: its names stay its own.
    let marketo = products(&[product("marketo-engage", "Our Marketo", "Marketo", page, "2026-10-01")]);
    assert_eq!(faults(&[("products.csv", &marketo)]), Vec::<String>::new());
    let broken = products(&[
        product("b-crm", "B", "SFDC", page, "2026-10-01"),
        product("a-crm", "A", "", "http://acme.test", ""),
        product("a-crm", "A", "", page, "2026-10-01"),
        product("c-crm", "!", "", "https://nowhere", "2026-10-01"),
        product("d-crm", "D", "", page, "soon"),
    ]);
    assert_eq!(
        faults(&[("products.csv", &broken)]),
        [
            "products.csv:2: `SFDC` stands for `salesforce-sales-cloud` already",
            "products.csv:3: rows are sorted by their keys: `a-crm` stands too far down",
            "products.csv:3: `http://acme.test` is not an address that begins with https://",
            "products.csv:4: `a-crm` is there twice",
            "products.csv:5: `!` has neither letter nor digit",
            "products.csv:5: `https://nowhere` is not an address that begins with https://",
            "products.csv:6: `soon` is not a valid date",
        ]
    );
}

#[test]
fn ends_exist_and_differ_and_no_row_is_there_twice() {
    let row = |from: &str, to: &str, read_in: &str| {
        format!(
            "{from},{to},one-way,native-push,{from},,leads,,,,https://acme.test/c,2026-10-01,documented,{read_in}\n"
        )
    };
    let own = products(&[product("acme-crm", "Acme CRM", "", "https://acme.test/crm", "2026-10-01")]);
    let text = format!(
        "{}\n{}{}{}{}{}",
        header(CONNECTORS),
        row("acme-crm", "marketo-engage", "acme/docs"),
        row("acme-crm", "marketo-engage", ""),
        row("acme-crm", "nowhere", ""),
        row("hubspot", "hubspot", "docs"),
        row("nobody", "hubspot", "")
    );
    assert_eq!(
        faults(&[("products.csv", &own), ("connectors.csv", &text)]),
        [
            "connectors.csv:3: the same row stands in line 2",
            "connectors.csv:4: there is no product `nowhere`",
            "connectors.csv:5: it leads from `hubspot` to itself",
            "connectors.csv:5: `read_in` is `owner/name` of a repository",
            "connectors.csv:6: there is no product `nobody`",
        ]
    );
}

#[test]
fn limits_can_be_computed_with() {
    let row = |interface: &str, kind: &str, limit: &str, window: &str, notes: &str| {
        format!(
            "hubspot,{interface},{kind},{limit},calls,{window},account,,,,{notes},https://acme.test/q,2026-10-01,documented,\n"
        )
    };
    let text = format!(
        "{}\n{}{}{}{}{}",
        header(QUOTAS),
        row("rest", "rate", "5", "", ""),
        row("rest", "rate-daily", "5", "1h", ""),
        row("rest", "concurrency", "", "", ""),
        row("rest", "page-size", "0", "", ""),
        row("connector-load", "cost", "5", "1d", "x")
    );
    assert_eq!(
        faults(&[("quotas.csv", &text)]),
        [
            "quotas.csv:2: a rate needs a window",
            "quotas.csv:3: the window of a `rate-daily` is a day",
            "quotas.csv:4: without a number it needs a note that says why",
            "quotas.csv:5: a limit of 0 allows nothing; leave it empty where it is not known",
            "quotas.csv:6: `with_id` and the interface `connector-load` go together",
        ]
    );
}

#[test]
fn a_suite_has_members() {
    let text = format!(
        "{}\nAcme Suite,Marketo,Acme,hubspot;nowhere,,https://acme.test/s,2026-10-01,documented\nOne,,Acme,hubspot,,https://acme.test/s,2026-10-01,documented\n",
        header(SUITES)
    );
    assert_eq!(
        faults(&[("suites.csv", &text)]),
        [
            "suites.csv:2: `Marketo` stands for `marketo-engage` already",
            "suites.csv:2: there is no product `nowhere`",
            "suites.csv:3: `One` has fewer than two products",
        ]
    );
}

#[test]
fn any_text_is_answered() {
    for text in ["", "\n", "id\n", "\u{feff}id,name\n", "\"", "a,b\n1\n", &"x,".repeat(10_000)] {
        for name in ["products.csv", "connectors.csv", "quotas.csv", "suites.csv", "names.csv", "own.csv", ""] {
            let _ = Catalog::check(&[OwnFile { name, text }, OwnFile { name: "other.csv", text }]);
        }
    }
}

#[test]
fn what_is_stale_is_told_most_used_first() {
    let c = Catalog::builtin();
    let facts = c.stale(c.edition());
    assert!(facts.is_sorted_by(|a, b| a.used >= b.used) && facts.len() > 100, "{}", facts.len());
    // Every fact that is old or undated, and no other.
    let on = c.edition();
    let products = c.products().iter().filter(|p| p.source.age(on) != Age::Fresh).count();
    let connectors = c.connectors().filter(|k| k.source.age(on) != Age::Fresh).count();
    let limits = c.quotas().iter().filter(|q| q.age(on) != Age::Fresh).count();
    assert_eq!(facts.len(), products + connectors + limits);
    // A century later everything is.
    let all = c.products().len() + c.connectors().len() + c.quotas().len();
    assert_eq!(c.stale("2126-01-01".parse().unwrap()).len(), all);
}
