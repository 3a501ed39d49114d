//! Teams, systems and data objects of a stack file.

use crate::catalog::{
    Catalog, FactsError, Interface, Kind, Lookup, ProductFacts, ProductId, StatedFacts, StatedQuotas,
};
use crate::model::id::DataIx;
use crate::model::shape;
use crate::model::stack::{Contract, DataObject, Making, Model, Pilot, Retraining, Status, System, Team, VendorReview};
use crate::source::{Diagnostic, Diagnostics, Entry, Node, Span, Value, nearest};

use super::fields::{Fields, items};
use super::names::Tables;
use super::scalar::{bool, date, duration, one_of, parsed, plain_number, quoted, range, share, text, word};

/// A team.
pub(super) fn team(entry: &Entry<'_>, problems: &mut Diagnostics) -> Team {
    let id = entry.key.as_ref();
    let mut team = Team {
        id: id.into(),
        name: id.to_owned(),
        people: None,
        hourly_rate: None,
        availability: None,
        place: entry.key_span,
    };
    let Some(fields) = Fields::of(&entry.node, "a team", shape::TEAM, problems) else { return team };
    if let Some(name) = fields.read("name", problems, word) {
        team.name = name.value;
    }
    team.people = fields
        .read("people", problems, |node, problems| parsed(node, "bad-number", "a number of people", problems, whole));
    team.hourly_rate = fields.read("hourly_rate", problems, |node, problems| {
        range(node, "bad-number", "an hourly rate", problems, plain_number("money an hour"))
    });
    team.availability = fields.read("availability", problems, availability);
    team
}

/// A whole number from 1.
pub(super) fn whole(text: &str) -> super::scalar::Parsed<u32> {
    match text.parse::<u32>() {
        Ok(number) if number > 0 => Ok(number),
        _ => Err((format!("{} is no whole number from 1", quoted(text)), "write a whole number such as `4`".into())),
    }
}

pub(super) fn availability(
    node: &Node<'_>,
    problems: &mut Diagnostics,
) -> Option<crate::model::units::Range<crate::model::units::Share>> {
    range(node, "bad-percentage", "an availability", problems, share)
}

/// A data object.
pub(super) fn data_object(entry: &Entry<'_>, problems: &mut Diagnostics) -> DataObject {
    let id = entry.key.as_ref();
    let mut object =
        DataObject { id: id.into(), name: id.to_owned(), personal: None, is_content: false, place: entry.key_span };
    let Some(fields) = Fields::of(&entry.node, "a data object", shape::DATA, problems) else { return object };
    if let Some(name) = fields.read("name", problems, word) {
        object.name = name.value;
    }
    object.personal = fields.read("personal", problems, bool);
    object.is_content = fields.read("content", problems, bool).unwrap_or(false);
    object
}

/// A system.
pub(super) fn system(entry: &Entry<'_>, tables: &Tables<'_>, problems: &mut Diagnostics) -> System {
    let id = entry.key.as_ref();
    let mut system = blank(entry);
    let Some(fields) = Fields::of(&entry.node, "a system", shape::SYSTEM, problems) else { return system };
    if let Some(facts) = facts(&fields, entry, problems) {
        system.facts = facts;
    }
    let name = fields.read("name", problems, word).map(|name| name.value);
    system.name = name.or_else(|| system.facts.name.clone()).unwrap_or_else(|| id.to_owned());
    system.owner = fields.read("owner", problems, |node, problems| tables.team(node, problems));
    system.budget_owner = fields.read("budget_owner", problems, word).map(|owner| owner.value);
    system.domain = fields.read("domain", problems, word).map(|domain| domain.value);
    system.availability = fields.read("availability", problems, availability);
    system.status = fields
        .read("status", problems, |node, problems| one_of(node, "status", &Status::ALL, problems))
        .unwrap_or_default();
    system.is_audience_facing = fields.read("audience_facing", problems, bool).unwrap_or(false);
    system.depends_on = fields.get("depends_on").map(|node| tables.some_systems(node, problems)).unwrap_or_default();
    system.makes = fields.get("makes").map(|node| makes(node, tables, problems)).unwrap_or_default();
    system.security_review = fields.read("security_review", problems, date);
    system.quality_standard = fields.read("quality_standard", problems, word).map(|standard| standard.value);
    system.runbook = fields.read("runbook", problems, word).map(|runbook| runbook.value);
    system.vendor_review = fields.get("vendor_review").map(|node| vendor_review(node, problems)).unwrap_or_default();
    system.contract = fields.get("contract").map(|node| contract(node, problems)).unwrap_or_default();
    system.pilot = fields.get("pilot").map(|node| pilot(node, tables, problems));
    system
}

fn blank(entry: &Entry<'_>) -> System {
    let stated = StatedFacts { kind: Some(Kind::Other), ..StatedFacts::default() };
    let facts = Catalog::builtin().facts(&stated).expect("a stated kind is enough");
    System::bare(entry.key.as_ref().into(), entry.key.to_string(), facts, entry.key_span)
}

/// What is known of the product; a system without any is reported.
fn facts(fields: &Fields<'_, '_>, entry: &Entry<'_>, problems: &mut Diagnostics) -> Option<ProductFacts> {
    let kinds: Vec<(Kind, &'static str)> = Kind::ALL.iter().map(|kind| (*kind, kind.as_str())).collect();
    let stated = StatedFacts {
        product: fields.read("product", problems, text),
        kind: fields.read("kind", problems, |node, problems| one_of(node, "kind of system", &kinds, problems)),
        vendor: fields.read("vendor", problems, word).map(|vendor| vendor.value),
        ai: fields.read("ai", problems, bool),
        interfaces: fields.get("interfaces").map(|node| interfaces(node, problems)),
        quotas: fields.get("quotas").map(|node| quotas(node, problems)).unwrap_or_default(),
    };
    // A product or kind that could not be read has been reported, and is no missing one.
    if stated.product.is_none() && stated.kind.is_none() && (fields.get("product").or(fields.get("kind"))).is_some() {
        return None;
    }
    let at = fields.get("product").map_or(entry.key_span, |node| node.span);
    match Catalog::builtin().facts(&stated) {
        Ok(facts) => Some(facts),
        Err(error) => {
            problems.push(unknown_facts(&error, entry, at));
            None
        }
    }
}

fn unknown_facts(error: &FactsError, entry: &Entry<'_>, at: Span) -> Diagnostic {
    let catalog = Catalog::builtin();
    match error {
        FactsError::UnknownProduct { name } => {
            let message = format!("the catalog has no product {}", quoted(name));
            let help = match nearest(name, catalog.names()) {
                Some(near) => format!("did you mean `{near}`? Otherwise state its `kind`"),
                None => "state its `kind`, or name one of `sinew catalog list`".to_owned(),
            };
            Diagnostic::error("unknown-product", at, message).help(help)
        }
        FactsError::Suite { name, members } => {
            let members =
                members.iter().map(ProductId::as_str).map(|id| format!("`{id}`")).collect::<Vec<_>>().join(", ");
            Diagnostic::error("unknown-product", at, format!("{} is several products", quoted(name)))
                .help(format!("name one of {members}"))
        }
        FactsError::NothingStated => {
            let message = format!("system {} has neither `product` nor `kind`", quoted(&entry.key));
            let help = match catalog.find(&entry.key) {
                Lookup::Product(product) => format!("did you mean `product: {}`?", product.id.as_str()),
                _ => "name its product (`sinew catalog list` shows them), or state its `kind`".to_owned(),
            };
            Diagnostic::error("missing-key", entry.key_span, message).help(help)
        }
    }
}

fn quotas(node: &Node<'_>, problems: &mut Diagnostics) -> StatedQuotas {
    let Some(fields) = Fields::of(node, "`quotas`", shape::QUOTAS, problems) else { return StatedQuotas::default() };
    let number = |node: &Node<'_>, problems: &mut Diagnostics| {
        parsed(node, "bad-number", "a whole number", problems, whole).map(u64::from)
    };
    StatedQuotas {
        daily_calls: fields.read("daily_calls", problems, number),
        batch_size: fields.read("batch_size", problems, number),
    }
}

fn interfaces(node: &Node<'_>, problems: &mut Diagnostics) -> Vec<Interface> {
    let words: Vec<(Interface, &'static str)> =
        Interface::ALL.iter().map(|interface| (*interface, interface.as_str())).collect();
    let mut found: Vec<Interface> = items(node, "interfaces", problems)
        .iter()
        .filter_map(|item| one_of(item, "kind of interface", &words, problems))
        .collect();
    found.sort_unstable();
    found.dedup();
    found
}

fn makes(node: &Node<'_>, tables: &Tables<'_>, problems: &mut Diagnostics) -> Vec<Making> {
    let mut all: Vec<Making> = Vec::new();
    for item in items(node, "what the system makes", problems) {
        // `makes: [lead]` says the same as `makes: [{ data: lead }]`.
        if let Value::Scalar(_) = item.resolved().value {
            all.extend(tables.data_object(item, problems).map(|data| Making {
                data,
                from: vec![],
                model: None,
                place: item.span,
            }));
            continue;
        }
        let Some(fields) = Fields::of(item, "an entry of `makes`", shape::MAKES, problems) else { continue };
        let data = fields.read("data", problems, |node, problems| tables.data_object(node, problems));
        let from = fields.get("from").map(|node| tables.some_data(node, problems)).unwrap_or_default();
        let model = fields.get("model").and_then(|node| model(node, tables, problems));
        let Some(data) = data else { continue };
        if from.contains(&data) {
            let span = fields.get("from").map_or(fields.place, |node| node.span);
            problems.push(
                Diagnostic::warning(
                    "made-of-itself",
                    span,
                    "this object is made of itself, so this entry makes nothing",
                )
                .help("name what it is really made of, or leave `from` out where it originates here"),
            );
        }
        all.push(Making { data, from, model, place: fields.place });
    }
    let order = |making: &Making| -> (DataIx, Vec<DataIx>) { (making.data, making.from.clone()) };
    all.sort_by_key(order);
    all
}

fn model(node: &Node<'_>, tables: &Tables<'_>, problems: &mut Diagnostics) -> Option<Model> {
    let fields = Fields::of(node, "a model", shape::MODEL, problems)?;
    Some(Model {
        feedback: fields.get("feedback").map(|node| tables.some_data(node, problems)).unwrap_or_default(),
        retrain: fields
            .read("retrain", problems, |node, problems| one_of(node, "way of retraining", &Retraining::ALL, problems)),
        drift_monitor: fields.read("drift_monitor", problems, bool),
        explainable: fields.read("explainable", problems, bool),
    })
}

fn vendor_review(node: &Node<'_>, problems: &mut Diagnostics) -> VendorReview {
    let Some(fields) = Fields::of(node, "`vendor_review`", shape::VENDOR_REVIEW, problems) else {
        return VendorReview::default();
    };
    VendorReview {
        last: fields.read("last", problems, date),
        every: fields
            .read("every", problems, |node, problems| parsed(node, "bad-duration", "a duration", problems, duration)),
    }
}

fn contract(node: &Node<'_>, problems: &mut Diagnostics) -> Contract {
    let Some(fields) = Fields::of(node, "`contract`", shape::CONTRACT, problems) else { return Contract::default() };
    Contract {
        renews: fields.read("renews", problems, date),
        cost: fields.read("cost", problems, |node, problems| {
            range(node, "bad-number", "a cost", problems, plain_number("money a year"))
        }),
    }
}

fn pilot(node: &Node<'_>, tables: &Tables<'_>, problems: &mut Diagnostics) -> Pilot {
    let Some(fields) = Fields::of(node, "`pilot`", shape::PILOT, problems) else { return Pilot::default() };
    Pilot {
        since: fields.read("since", problems, date),
        decide_by: fields.read("decide_by", problems, date),
        measure: fields.read("measure", problems, word).map(|measure| measure.value),
        decider: fields.read("decider", problems, |node, problems| tables.team(node, problems)),
    }
}
