//! Rows of one's own over the catalog: cell by cell, named where they decide, and refused at their place.

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;
use sinew::catalog::{
    Catalog, Connector, DataFile, Interface, Kind, Lookup, Overlaid, OwnFile, Product, ProductFacts, Quota, Source,
    Status,
};

use super::{CONNECTORS, PRODUCTS, QUOTAS, SUITES, id};

use crate::support::random_stack::cases;

fn own(files: &[(&str, &str)]) -> Overlaid {
    let files: Vec<OwnFile<'_>> = files.iter().map(|(name, text)| OwnFile { name, text }).collect();
    Catalog::with_own(&files)
}

/// The catalog under files with which nothing is wrong.
fn fine(files: &[(&str, &str)]) -> Catalog {
    let overlaid = own(files);
    assert_eq!(overlaid.faults.iter().map(ToString::to_string).collect::<Vec<_>>(), Vec::<String>::new());
    overlaid.catalog
}

fn faults(files: &[(&str, &str)]) -> Vec<String> {
    own(files).faults.iter().map(|fault| format!("{fault} [{}]", fault.column.unwrap_or("-"))).collect()
}

fn places(source: &Source) -> Vec<String> {
    source.own.iter().map(|row| format!("{} {}", row.place(), row.columns.join("+"))).collect()
}

#[test]
fn a_cell_replaces_a_cell_and_says_so() {
    let before = Catalog::builtin().product("marketo-engage").unwrap();
    let catalog = fine(&[("own.csv", "id,interfaces,notes\nmarketo-engage,rest-read,Ours\n")]);
    let product = catalog.product("marketo-engage").unwrap();
    assert_eq!(product.interfaces.as_deref(), Some(&[Interface::RestRead][..]));
    assert_eq!(product.notes.as_deref(), Some("Ours"));
    assert_eq!(places(&product.source), ["own.csv:2 interfaces+notes"]);
    assert!(product.source.cited().starts_with("own.csv:2, https://"), "{}", product.source.cited());
    assert_eq!(product.source.cited_for(&["category"]), before.source.cited());
    // All else is the program's.
    let rest = Product {
        interfaces: before.interfaces.clone(),
        notes: before.notes.clone(),
        source: Source { own: Vec::new(), ..product.source.clone() },
        ..product.clone()
    };
    assert_eq!(&rest, before);
}

#[test]
fn a_dash_empties_and_an_empty_cell_leaves() {
    let catalog = fine(&[("own.csv", "id,interfaces,vendor\nmarketo-engage,-,\n")]);
    let product = catalog.product("marketo-engage").unwrap();
    assert_eq!((product.interfaces.as_ref(), product.vendor.as_str()), (None, "Adobe"));
    assert_eq!(
        faults(&[("own.csv", "id,vendor\nmarketo-engage,-\n")]),
        ["own.csv:2: vendor is empty [vendor]"],
        "what every product has cannot be emptied"
    );
}

#[test]
fn the_last_file_counts_and_each_is_named_for_what_it_decided() {
    let catalog = fine(&[
        ("a.csv", "id,category,interfaces\nmarketo-engage,cdp,rest\n"),
        ("b.csv", "id,interfaces\nmarketo-engage,webhook\n"),
    ]);
    let product = catalog.product("marketo-engage").unwrap();
    assert_eq!(product.kind, Kind::Cdp);
    assert_eq!(places(&product.source), ["a.csv:2 category", "b.csv:2 interfaces"]);
}

#[test]
fn a_new_product_needs_four_cells_and_is_known_by_its_names() {
    let overlaid =
        own(&[("own.csv", "id,name,vendor,category,aliases\nacme-router,Acme Router,Acme,ipaas,Router One\n")]);
    assert_eq!((overlaid.rows, overlaid.without_page, overlaid.without_date), (1, 1, 1));
    let Lookup::Product(product) = overlaid.catalog.find("router one") else { panic!("it has this alias") };
    assert_eq!((product.id.as_str(), product.kind, product.status), ("acme-router", Kind::Ipaas, Status::Active));
    assert_eq!(product.source.url, None);
    assert_eq!(product.source.cited(), "own.csv:2");
    let facts = ProductFacts::from(product);
    assert_eq!(facts.source.unwrap().own.len(), 1);
    assert_eq!(
        faults(&[("own.csv", "id,name\nacme-router,Acme Router\n")]),
        ["own.csv:2: category is empty [category]", "own.csv:2: vendor is empty [vendor]"]
    );
}

#[test]
fn rows_of_limits_fit_the_row_that_they_cannot_but_mean() {
    // Alone in what is written of it: cell by cell.
    let text = "product_id,interface,kind,unit,limit_value,plan\n";
    let salesforce = id("salesforce-sales-cloud");
    let base = |catalog: &Catalog| -> Vec<Quota> { catalog.quotas_of(&salesforce).cloned().collect() };
    let daily = base(Catalog::builtin())
        .into_iter()
        .filter(|q| q.kind.as_str() == "rate-daily" && q.interface == "rest")
        .collect::<Vec<_>>();
    assert!(daily.len() > 1, "there are several plans");
    let production = daily.iter().find(|q| q.environment.as_str() == "production").unwrap();
    let plan = production.plan.clone().unwrap();
    let one = format!("{text}salesforce-sales-cloud,rest,rate-daily,,123456,{plan}\n");
    let catalog = fine(&[("own.csv", &one)]);
    assert_eq!(base(&catalog).len(), base(Catalog::builtin()).len());
    let changed: Vec<Quota> = base(&catalog).into_iter().filter(|q| !q.source.own.is_empty()).collect();
    assert_eq!(changed.len(), 1);
    assert_eq!((changed[0].limit, changed[0].window.clone()), (Some(123_456), production.window.clone()));
    // It is the one that is computed with, though others are larger.
    let quota = catalog.daily_call_quota(&catalog.product(salesforce.as_str()).unwrap().into()).unwrap();
    assert_eq!((quota.calls_per_day, quota.row.unwrap().is_own()), (123_456, true));
    // Several fit: somebody has to say which.
    let unclear = format!("{text}salesforce-sales-cloud,rest,rate-daily,,5,\n");
    let found = own(&[("own.csv", &unclear)]);
    assert_eq!(found.faults.len(), 1);
    assert!(found.faults[0].message.starts_with("it fits "), "{}", found.faults[0]);
    assert!(found.faults[0].help.as_ref().unwrap().contains(&format!("`{plan}`")));
    // A plan of one's own is a row of its own.
    let new = "product_id,interface,kind,unit,window,scope,limit_value,plan\nsalesforce-sales-cloud,rest,rate-daily,calls,24h-rolling,org,700,Contract\n";
    let catalog = fine(&[("own.csv", new)]);
    assert_eq!(base(&catalog).len(), base(Catalog::builtin()).len() + 1);
    let quota = catalog.daily_call_quota(&catalog.product(salesforce.as_str()).unwrap().into()).unwrap();
    assert_eq!(quota.calls_per_day, 700);
}

#[test]
fn connectors_of_ones_own_are_ways_and_replace_theirs() {
    let products = "id,name,vendor,category,interfaces\nacme-router,Acme Router,Acme,other,rest\n";
    let connectors =
        "from_id,to_id,direction,kind,built_by,data\nacme-router,hubspot,both,native-push,acme-router,contacts\n";
    let catalog = fine(&[("own/products.csv", products), ("own/connectors.csv", connectors)]);
    let facts = |id: &str| ProductFacts::from(catalog.product(id).unwrap());
    for (from, to) in [("acme-router", "hubspot"), ("hubspot", "acme-router")] {
        let routes = catalog.route(&facts(from), &facts(to));
        let first = &routes.routes[0];
        assert_eq!(
            (first.kind.as_str(), first.steps[0].connector.source.cited()),
            ("native", "own/connectors.csv:2".to_owned())
        );
    }
    // The same row of the program is replaced in place.
    let known = Catalog::builtin().connectors().next().unwrap();
    let text = format!(
        "from_id,to_id,kind,built_by,constraints\n{},{},{},{},Only on weekdays\n",
        known.from, known.to, known.kind, known.built_by
    );
    let catalog = fine(&[("own.csv", &text)]);
    let first = catalog.connectors().next().unwrap();
    assert_eq!(first.constraints.as_deref(), Some("Only on weekdays"));
    assert_eq!(
        Connector { constraints: known.constraints.clone(), source: known.source.clone(), ..first.clone() },
        *known
    );
    assert_eq!(catalog.connectors().len(), Catalog::builtin().connectors().len());
}

#[test]
fn words_of_ones_own_are_known() {
    use sinew::catalog::{Expected, Meaning, Space};
    let products = "id,name,vendor,category\nacme-router,Acme Router,Acme,other\n";
    let names = "space,word,meaning,label\nzapier,RouterCLIAPI,acme-router,\nhost,router.acme.test,acme-router,\nn8n,hubspot,none,Nothing\n";
    let catalog = fine(&[("products.csv", products), ("names.csv", names)]);
    for (space, word) in [(Space::Zapier, "RouterCLIAPI"), (Space::Host, "eu.router.acme.test")] {
        let found = catalog.recognise(space, word, Expected::Tool).unwrap();
        assert_eq!(found.meaning.name(), "Acme Router", "{word}");
    }
    let replaced = catalog.recognise(Space::N8n, "hubspotTrigger", Expected::Tool).unwrap();
    assert!(matches!(replaced.meaning, Meaning::NoSystem { label: "Nothing" }));
    assert_eq!(
        faults(&[("names.csv", "space,word,meaning,label\nkind,thingy,crm,CRM\nplain,thing,no-such-product,\n")]),
        [
            "names.csv:2: words for a kind of tool are those of the program [space]",
            "names.csv:3: there is no product `no-such-product` [meaning]",
        ]
    );
}

#[test]
fn everything_that_is_wrong_is_said_at_its_cell() {
    let text = "id,name,vendor,category,interfaces,status\n\
                a-crm,A,Acme,crn,rest;rset,activ\n\
                b-crm,\"B, Inc\",Acme,crm\n\
                B crm,B,Acme,crm\n\
                a-crm,A,Acme,crm\n";
    let overlaid = own(&[("own.csv", text)]);
    let said: Vec<String> = overlaid
        .faults
        .iter()
        .map(|fault| {
            let span = fault.span.unwrap();
            let cell = &text[span.start as usize..span.end as usize];
            format!("{} {cell:?} {} {}", fault.line, fault.message, fault.help.as_deref().unwrap_or(""))
        })
        .collect();
    assert_eq!(
        said,
        [
            "2 \"crn\" `crn` is not a valid category did you mean `crm`?",
            "2 \"rest;rset\" `rset` is not a valid interface did you mean `rest`?",
            "2 \"activ\" `activ` is not a valid status did you mean `active`?",
            "4 \"B crm\" `B crm` is not a valid product id ",
            "5 \"a-crm\" `a-crm` is there twice ",
        ]
    );
    // What is right is there.
    assert_eq!(overlaid.catalog.product("b-crm").unwrap().name, "B, Inc");
    assert!(overlaid.catalog.product("a-crm").is_none());
}

#[test]
fn columns_are_judged_before_rows() {
    let header =
        |text: &str| own(&[("own.csv", text)]).faults.into_iter().map(|f| (f.line, f.message)).collect::<Vec<_>>();
    assert_eq!(header("id,nmae\n"), [(1, "products.csv has no column `nmae`".to_owned())]);
    assert_eq!(header("id,name,name\n"), [(1, "the column `name` is there twice".to_owned())]);
    let none = own(&[("own.csv", "root:x:0:0\nsecret\n")]).faults;
    assert_eq!((none.len(), none[0].line, none[0].span), (1, 0, None));
    assert!(!none[0].to_string().contains("root"));
    let semicolons = own(&[("own.csv", "id;name\na;b\n")]).faults;
    assert!(semicolons[0].help.as_ref().unwrap().contains("commas"));
    // A file that is called after a data file is one, and says what it lacks.
    assert_eq!(
        own(&[("x/connectors.csv", "from_id,kind\n")]).faults[0].message,
        "a row is known by `to_id`, and there is no such column"
    );
}

#[test]
fn the_rows_of_the_program_over_themselves_change_nothing_but_who_says_so() {
    let files =
        [("products.csv", PRODUCTS), ("connectors.csv", CONNECTORS), ("quotas.csv", QUOTAS), ("suites.csv", SUITES)];
    let (catalog, before) = (fine(&files), Catalog::builtin());
    fn bare(source: &Source) -> Source {
        Source { own: Vec::new(), ..source.clone() }
    }
    let products = |c: &Catalog| -> Vec<Product> {
        c.products().iter().map(|p| Product { source: bare(&p.source), ..p.clone() }).collect()
    };
    let connectors = |c: &Catalog| -> Vec<Connector> {
        c.connectors().map(|k| Connector { source: bare(&k.source), ..k.clone() }).collect()
    };
    let quotas = |c: &Catalog| -> Vec<Quota> {
        c.quotas().iter().map(|q| Quota { source: bare(&q.source), ..q.clone() }).collect()
    };
    assert_eq!(products(&catalog), products(before));
    assert_eq!(connectors(&catalog), connectors(before));
    assert_eq!(quotas(&catalog), quotas(before));
    assert!(catalog.products().iter().all(|p| p.source.own.len() == 1));
}

#[test]
fn an_unknown_name_gives_a_row_that_makes_it_known_once_it_is_filled() {
    let builtin = Catalog::builtin();
    for name in ["Acme Router", "Ünïted, \"Tools\"", "42", "HubSpot Clone", "東京ツール"] {
        let row = builtin.row_to_fill(name);
        let filled = format!("{}\n{}", Catalog::ROW_COLUMNS, row.replacen(",,", ",Acme,other", 1));
        let catalog = fine(&[("own.csv", &filled)]);
        let Lookup::Product(product) = catalog.find(name) else { panic!("{name}: {filled}") };
        assert_eq!(product.kind, Kind::Other, "{name}");
    }
}

/// The rows of a data file as cells by column, read without anything of the program.
fn cells(text: &str) -> Vec<BTreeMap<String, String>> {
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let headers = reader.headers().unwrap().clone();
    let row =
        |record: csv::StringRecord| headers.iter().map(str::to_owned).zip(record.iter().map(str::to_owned)).collect();
    reader.records().map(|record| row(record.unwrap())).collect()
}

fn csv_of(columns: &[&str], rows: &[Vec<String>]) -> String {
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(columns).unwrap();
    rows.iter().for_each(|row| writer.write_record(row).unwrap());
    String::from_utf8(writer.into_inner().unwrap()).unwrap()
}

/// What may be written into a cell of a product so that the row stays valid.
fn cell(column: &'static str) -> BoxedStrategy<String> {
    let words = |all: &'static [&'static str]| proptest::sample::select(all).prop_map(str::to_owned).boxed();
    match column {
        "category" => words(&["crm", "cms", "", "ipaas"]),
        "secondary_categories" => words(&["", "-", "crm;cms"]),
        "ai_class" => words(&["", "-", "ai-native", "none"]),
        "ai_confidence" | "confidence" => words(&["", "documented", "vendor-page"]),
        "status" => words(&["", "active", "check"]),
        "interfaces" | "interfaces_absent" => words(&["", "-", "rest", "rest;webhook", "sql"]),
        "api_can_write" => words(&["", "-", "leads; contacts"]),
        "sla_uptime_pct" => words(&["", "-", "99.9"]),
        "source_url" | "sla_source_url" | "status_page_url" => words(&["", "https://acme.test/a"]),
        "source_date" => words(&["", "-", "2026-05", "2026-05-01"]),
        "vendor" => words(&["", "Acme", "A, \"B\""]),
        "sla_scope" | "notes" => words(&["", "-", "any, text", "two\nlines"]),
        // Names are left: another product may have the word.
        _ => words(&[""]),
    }
}

fn row() -> impl Strategy<Value = (usize, Vec<String>)> {
    let columns = DataFile::Products.columns();
    let cells: Vec<BoxedStrategy<String>> = columns.iter().map(|column| cell(column)).collect();
    (0..cells_of_products().len(), cells)
}

fn cells_of_products() -> Vec<BTreeMap<String, String>> {
    cells(PRODUCTS)
}

proptest! {
    #![proptest_config(cases(24))]

    /// Cell by cell against maps: two files over some of the products of the program, columns in any order and any of
    /// them left out.
    #[test]
    fn cells_of_ones_own_are_those_of_a_naive_merge(
        files in proptest::collection::vec(
            (proptest::collection::vec(row(), 1..5), proptest::sample::subsequence((1..21).collect::<Vec<usize>>(), 1..20).prop_shuffle()),
            1..3,
        ),
    ) {
        let columns = DataFile::Products.columns();
        let mut naive: BTreeMap<String, BTreeMap<String, String>> =
            cells_of_products().into_iter().map(|row| (row["id"].clone(), row)).collect();
        let ids: Vec<String> = naive.keys().cloned().collect();
        let mut texts = Vec::new();
        for (rows, order) in &files {
            let header: Vec<&str> = order.iter().map(|at| columns[*at]).chain(["id"]).collect();
            let mut written: BTreeMap<&String, Vec<String>> = BTreeMap::new();
            for (at, cells) in rows {
                let id = &ids[*at];
                written.insert(id, order.iter().map(|at| cells[*at].clone()).chain([id.clone()]).collect());
            }
            for (id, cells) in &written {
                let row = naive.get_mut(*id).unwrap();
                for (column, cell) in header.iter().zip(cells).filter(|(column, cell)| **column != "id" && !cell.is_empty()) {
                    row.insert((*column).to_owned(), if cell == "-" { String::new() } else { cell.clone() });
                }
            }
            texts.push(csv_of(&header, &written.into_values().collect::<Vec<_>>()));
        }
        let named: Vec<(String, &str)> = texts.iter().enumerate().map(|(at, text)| (format!("{at}.csv"), text.as_str())).collect();
        let named: Vec<(&str, &str)> = named.iter().map(|(name, text)| (name.as_str(), *text)).collect();
        let merged = fine(&named);
        let rows: Vec<Vec<String>> =
            naive.values().map(|row| columns.iter().map(|column| row[*column].clone()).collect()).collect();
        let expected = Catalog::read(sinew::catalog::CatalogText {
            products: &csv_of(columns, &rows), connectors: CONNECTORS, quotas: QUOTAS, suites: SUITES,
        }).unwrap();
        let mut touched: BTreeMap<String, BTreeSet<&str>> = BTreeMap::new();
        for row in named.iter().flat_map(|(_, text)| cells(text)) {
            let filled = columns.iter().filter(|column| **column != "id" && row.get(**column).is_some_and(|cell| !cell.is_empty()));
            touched.entry(row["id"].clone()).or_default().extend(filled);
        }
        for (found, expected) in merged.products().iter().zip(expected.products()) {
            let bare = Product { source: Source { own: Vec::new(), ..found.source.clone() }, ..found.clone() };
            prop_assert_eq!(&bare, expected);
            // A row is named for a cell iff the naive merge took it.
            let own: BTreeSet<&str> = found.source.own.iter().flat_map(|row| &row.columns).map(String::as_str).collect();
            prop_assert_eq!(own.len(), found.source.own.iter().map(|row| row.columns.len()).sum::<usize>());
            prop_assert_eq!(own, touched.get(found.id.as_str()).cloned().unwrap_or_default());
        }
    }
}
