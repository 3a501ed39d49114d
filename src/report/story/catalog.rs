//! What the catalog knows of products and how two can be joined, for people to read.

use jiff::civil::Date;

use crate::catalog::{Age, Catalog, Interface, Product, Route, Routes, Source, Stale, Step};
use crate::report::say::{Line, counted};
use crate::report::tables::catalog as tables;

use super::{Chapter, Document, Item, Part};

/// All products of the catalog, by id.
#[must_use]
pub fn list(catalog: &Catalog) -> Document {
    let chapter = Chapter::of("products", "", vec![Part::Table(tables::products(catalog))]);
    Document { chapters: vec![chapter], ..Document::default() }
}

/// All that is known of one product, with the age of each fact on a day.
#[must_use]
pub fn show(catalog: &Catalog, product: &Product, as_of: Date) -> Document {
    let mut facts = vec![
        fact("id", product.id.as_str()),
        fact("vendor", &product.vendor),
        fact(
            "kind",
            &listed(std::iter::once(product.kind).chain(product.secondary.iter().copied()).map(|kind| kind.as_str())),
        ),
        fact("AI", product.ai_class.map_or("not known", |class| class.as_str())),
        fact("status", product.status.as_str()),
        fact("interfaces", &interfaces(product.interfaces.as_deref())),
    ];
    if !product.aliases.is_empty() {
        facts.insert(1, fact("also", &product.aliases.join(", ")));
    }
    if !product.interfaces_absent.is_empty() {
        facts.push(fact("looked for and not found", &interfaces(Some(&product.interfaces_absent))));
    }
    let writable = product.api_can_write.as_ref().map_or("not known".into(), |records| records.join(", "));
    facts.push(fact("others can write", &writable));
    let sla = product.sla.as_ref().map_or("not known".into(), |sla| {
        let scope = sla.scope.as_ref().map(|scope| format!(" ({scope})")).unwrap_or_default();
        format!("{}%{scope}", sla.uptime_percent)
    });
    facts.push(fact("published uptime", &sla));
    facts.extend(product.notes.as_ref().map(|notes| fact("notes", notes)));
    facts.push(fact("source", &source(&product.source, as_of)));
    if !product.source.own.is_empty() {
        facts.push(fact("decided by your rows", &tables::own_rows(&product.source)));
    }
    let mut chapters = vec![Chapter::of("product", "", vec![Part::Items(facts)])];
    let quotas: Vec<_> = catalog.quotas_of(&product.id).collect();
    if !quotas.is_empty() {
        chapters.push(Chapter::of("limits", "Limits", vec![Part::Table(tables::limits(&quotas, as_of))]));
    }
    let connectors: Vec<_> = catalog.connectors_of(&product.id).collect();
    chapters.push(Chapter::of("connectors", "Connectors", vec![Part::Table(tables::connectors(&connectors, as_of))]));
    Document { title: Some(Line::of(&product.name)), chapters, ..Document::default() }
}

fn fact(name: &str, value: &str) -> Item {
    Item::of(Line::strong(name).and(format!(": {value}")))
}

fn listed<'a>(words: impl Iterator<Item = &'a str>) -> String {
    words.collect::<Vec<_>>().join(", ")
}

fn interfaces(known: Option<&[Interface]>) -> String {
    match known {
        None => "not known".into(),
        Some([]) => "none".into(),
        Some(known) => listed(known.iter().map(|interface| interface.as_str())),
    }
}

/// The page, with the confidence of its words and what has become of that since.
fn source(source: &Source, as_of: Date) -> String {
    let date = source.date.as_deref().unwrap_or("without a date");
    let counts = match source.age(as_of) {
        Age::Fresh => String::new(),
        Age::Old => format!("; older than a year, counts as {}", source.confidence_on(as_of)),
        Age::Undated => format!("; counts as {}", source.confidence_on(as_of)),
    };
    format!("{} ({}, {date}{counts})", source.cited(), source.confidence)
}

/// The facts that have to be looked up again.
#[must_use]
pub fn stale(facts: &[Stale], as_of: Date) -> Document {
    let lead = vec![Line::of(format!(
        "{} on {as_of}, those about the most connected products first. Each counts with one step less confidence.",
        counted(facts.len(), "fact is old or undated", "facts are old or undated")
    ))];
    let chapter = Chapter::of("stale", "", vec![Part::Table(tables::stale(facts))]);
    Document { lead, chapters: vec![chapter], ..Document::default() }
}

/// That catalog files keep the rules: so many rows, and of the new ones those that name no page, and no date.
#[must_use]
pub fn checked([rows, without_page, without_date]: [usize; 3]) -> Document {
    let mut lead = vec![format!("{}, and nothing is wrong with them.", counted(rows, "row", "rows"))];
    if without_page > 0 {
        let rows = counted(without_page, "new row names no page", "new rows name no page");
        lead.push(format!("{rows} under `source_url`: the file itself is their source."));
    }
    if without_date > 0 {
        let rows = counted(without_date, "new row has no `source_date`", "new rows have no `source_date`");
        lead.push(format!("{rows}: what is undated counts with one step less confidence."));
    }
    Document { lead: lead.into_iter().map(Line::of).collect(), ..Document::default() }
}

/// The ways from one product to another, with the age of each fact on a day.
#[must_use]
pub fn route(from: &Product, to: &Product, routes: &Routes, as_of: Date) -> Document {
    let known = if routes.routes.is_empty() {
        "No route is known. There may still be one.".to_owned()
    } else {
        format!("{}, easiest first.", counted(routes.routes.len(), "way", "ways"))
    };
    let mut chapters = Vec::new();
    let mut chapter = |id, heading: &str, items: Vec<Item>| {
        if !items.is_empty() {
            chapters.push(Chapter::of(id, heading, vec![Part::Items(items)]));
        }
    };
    chapter("ways", "", routes.routes.iter().map(|route| way(route, as_of)).collect());
    chapter("opposite", "Only the other way", routes.opposite.iter().map(|step| Item::of(leg(step, as_of))).collect());
    let doubts = routes.unverified.iter().map(|doubt| Item::of(Line::of(doubt.to_string())));
    chapter("unverified", "Not known", doubts.collect());
    let title = Line::of(format!("From {} to {}", from.name, to.name));
    Document { title: Some(title), lead: vec![Line::of(known)], chapters, ..Document::default() }
}

fn way(route: &Route, as_of: Date) -> Item {
    let mut head = Line::strong(route.kind.as_str());
    if let Some(via) = &route.via {
        head = head.and(" through ").and_code(via.as_str());
    }
    if let Some(confidence) = route.confidence {
        head = head.and(format!(" ({confidence})"));
    }
    if let Some(latency) = route.latency {
        head = head.and(format!(", {latency}"));
    }
    let mut details: Vec<Line> = route.steps.iter().map(|step| leg(step, as_of)).collect();
    if let Some(api) = &route.api {
        let records = |known: &Option<Vec<String>>| known.as_ref().map(|all| format!(" ({})", all.join(", ")));
        let words = format!(
            "read by {}{}; write by {}{}",
            interfaces(Some(&api.read)),
            records(&api.can_read).unwrap_or_default(),
            interfaces(Some(&api.write)),
            records(&api.can_write).unwrap_or_default()
        );
        details.push(Line::of(words));
    }
    Item { head, details }
}

fn leg(step: &Step, as_of: Date) -> Line {
    let connector = &step.connector;
    let constraints = connector.constraints.as_ref().map(|words| format!("; {words}")).unwrap_or_default();
    Line::code(step.from.as_str()).and(" -> ").and_code(step.to.as_str()).and(format!(
        " ({}, built by {}): {}{constraints}",
        connector.kind,
        connector.built_by,
        source(&connector.source, as_of)
    ))
}
