//! What the catalogue knows of products and how two can be joined, for people to read.

use crate::analysis::words::counted;
use crate::catalog::{Catalog, Connector, Direction, Interface, Product, Quota, Route, Routes, Source, Step};
use crate::report::say::document::{Block, Column, Item, Line, Table};

/// All products as a table.
#[must_use]
pub fn list(catalog: &Catalog) -> Vec<Block> {
    let mut table = Table::new([
        Column::text("id"),
        Column::text("name"),
        Column::text("vendor"),
        Column::text("kind"),
        Column::text("AI"),
    ]);
    for product in catalog.products() {
        table.push([
            Line::code(product.id.as_str()),
            Line::of(&product.name),
            Line::of(&product.vendor),
            Line::of(product.kind.as_str()),
            Line::of(product.ai_class.map_or("not known", |class| class.as_str())),
        ]);
    }
    vec![Block::Table(table)]
}

/// All that is known of one product.
#[must_use]
pub fn show(catalog: &Catalog, product: &Product) -> Vec<Block> {
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
    facts.push(fact("source", &source(&product.source)));
    let mut blocks = vec![Block::Title(Line::of(&product.name)), Block::Items(facts)];
    blocks.extend(quotas(&catalog.quotas_of(&product.id).collect::<Vec<_>>()));
    blocks.extend(connectors(&catalog.connectors_of(&product.id).collect::<Vec<_>>()));
    blocks
}

fn fact(name: &str, value: &str) -> Item {
    Item { head: Line::strong(name).and(format!(" {value}")), details: Vec::new() }
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

fn source(source: &Source) -> String {
    let date = source.date.as_ref().map(|date| format!(", {date}")).unwrap_or_default();
    format!("{} ({}{date})", source.url, source.confidence)
}

fn quotas(quotas: &[&Quota]) -> Vec<Block> {
    if quotas.is_empty() {
        return Vec::new();
    }
    let columns = ["interface", "limit", "of", "edition", "confidence"].map(Column::text);
    let mut table = Table::new(columns);
    for quota in quotas {
        let number = quota.limit.map_or("not published".into(), |limit| limit.to_string());
        let window = quota.window.as_ref().map(|window| format!(" / {}", window.text)).unwrap_or_default();
        table.push([
            Line::of(&quota.interface),
            Line::of(format!("{number}{window}")),
            Line::of(quota.unit.as_str()),
            Line::of(quota.plan.as_deref().unwrap_or("")),
            Line::of(quota.source.confidence.as_str()),
        ]);
    }
    vec![Block::Heading(Line::of("Limits")), Block::Table(table)]
}

fn connectors(connectors: &[&Connector]) -> Vec<Block> {
    let heading = Block::Heading(Line::of("Connectors"));
    if connectors.is_empty() {
        return vec![heading, Block::Paragraph(Line::of("None is known; that does not say that there is none."))];
    }
    let columns = ["from", "to", "mechanism", "built by", "confidence"].map(Column::text);
    let mut table = Table::new(columns);
    for connector in connectors {
        let both = if connector.direction == Direction::Both { " (and back)" } else { "" };
        table.push([
            Line::code(connector.from.as_str()),
            Line::code(connector.to.as_str()).and(both),
            Line::of(connector.kind.as_str()),
            Line::code(connector.built_by.as_str()),
            Line::of(connector.source.confidence.as_str()),
        ]);
    }
    vec![heading, Block::Table(table)]
}

/// The ways from one product to another.
#[must_use]
pub fn route(from: &Product, to: &Product, routes: &Routes) -> Vec<Block> {
    let title = Line::of(format!("From {} to {}", from.name, to.name));
    let mut blocks = vec![Block::Title(title)];
    let known = if routes.routes.is_empty() {
        "No way is known; that does not say that there is none.".to_owned()
    } else {
        format!("{}, the readiest first.", counted(routes.routes.len(), "way", "ways"))
    };
    blocks.push(Block::Paragraph(Line::of(known)));
    if !routes.routes.is_empty() {
        blocks.push(Block::Items(routes.routes.iter().map(way).collect()));
    }
    if !routes.opposite.is_empty() {
        blocks.push(Block::Heading(Line::of("Only the other way")));
        blocks.push(Block::Items(
            routes.opposite.iter().map(|step| Item { head: leg(step), details: Vec::new() }).collect(),
        ));
    }
    if !routes.unverified.is_empty() {
        let doubts =
            routes.unverified.iter().map(|doubt| Item { head: Line::of(doubt.to_string()), details: Vec::new() });
        blocks.push(Block::Heading(Line::of("Not known")));
        blocks.push(Block::Items(doubts.collect()));
    }
    blocks
}

fn way(route: &Route) -> Item {
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
    let mut details: Vec<Line> = route.steps.iter().map(leg).collect();
    if let Some(api) = &route.api {
        let words = format!("read by {}; write by {}", interfaces(Some(&api.read)), interfaces(Some(&api.write)));
        details.push(Line::of(words));
    }
    Item { head, details }
}

fn leg(step: &Step) -> Line {
    let connector = &step.connector;
    let constraints = connector.constraints.as_ref().map(|words| format!("; {words}")).unwrap_or_default();
    Line::code(step.from.as_str()).and(" -> ").and_code(step.to.as_str()).and(format!(
        " ({}, built by {}): {}{constraints}",
        connector.kind,
        connector.built_by,
        source(&connector.source)
    ))
}
