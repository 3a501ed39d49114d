//! Flows of a stack file.

use crate::model::id::{FlowId, is_flow_id};
use crate::model::mechanism::Mechanism;
use crate::model::shape;
use crate::model::stack::{Flow, Review};
use crate::source::{Diagnostic, Diagnostics, Node, Span, Value};

use super::fields::Fields;
use super::names::Tables;
use super::scalar::{Parsed, bool, duration, one_of, plain_number, quoted, range, rate, share, word};
use super::system::availability;

/// Working days of a year: what `/day` means for a person.
const WORKING_DAYS: f64 = 260.0;
/// Calendar days of a year: what `/day` means for a machine.
const CALENDAR_DAYS: f64 = 365.0;

/// A flow; nothing where an end, the data or the mechanism is missing, which has then been reported.
pub(super) fn flow(node: &Node<'_>, tables: &Tables<'_>, problems: &mut Diagnostics) -> Option<Flow> {
    let fields = Fields::of(node, "a flow", shape::FLOW, problems)?;
    let own_id = fields.read("id", problems, own_id);
    let from = fields.read("from", problems, |node, problems| tables.system(node, problems));
    let to = fields.read("to", problems, |node, problems| tables.system(node, problems));
    let data = fields.get("data").map(|node| tables.some_data(node, problems));
    let mechanism =
        fields.read("mechanism", problems, |node, problems| one_of(node, "mechanism", &Mechanism::ALL, problems));
    let is_manual = mechanism.is_some_and(Mechanism::is_manual);
    let through = fields.get("through").map(|node| tables.some_systems(node, problems)).unwrap_or_default();
    let performer = fields.read("performer", problems, |node, problems| tables.team(node, problems));
    let figures = Figures::of(&fields, is_manual, problems);
    let review = fields.get("review").and_then(|node| review(node, tables, problems));
    let is_standby = fields.read("standby", problems, bool).unwrap_or(false);
    let status = [(false, "live"), (true, "planned")];
    let is_planned =
        fields.read("status", problems, |node, problems| one_of(node, "status", &status, problems)).unwrap_or(false);
    if let (Some(from), Some(to)) = (from, to)
        && from == to
    {
        let span = fields.get("to").map_or(fields.place, |node| node.span);
        problems.push(
            Diagnostic::error("flow-to-itself", span, "the flow ends where it begins")
                .help("name another system, or leave the flow out"),
        );
        return None;
    }
    if mechanism.is_some_and(|mechanism| !mechanism.is_manual())
        && let Some(span) = fields.key_span("performer").filter(|_| performer.is_some())
    {
        problems.push(
            Diagnostic::warning("performer-of-automated", span, "nobody performs an automated flow")
                .help("remove `performer`, or name the manual mechanism by which it really runs"),
        );
    }
    let data = data?;
    if data.is_empty() {
        let is_empty = |node: &&Node<'_>| matches!(&node.resolved().value, Value::List(items) if items.is_empty());
        if let Some(node) = fields.get("data").filter(is_empty) {
            problems.push(
                Diagnostic::error("empty-list", node.span, "the flow carries nothing")
                    .help("name at least one data object"),
            );
        }
        return None;
    }
    let (from, to) = (from?, to?);
    let names: Vec<&str> = data.iter().map(|ix| tables.data.sorted()[ix.at()].0).collect();
    let has_own_id = own_id.is_some();
    let id = own_id.unwrap_or_else(|| {
        let end = |ix: usize| tables.systems.sorted()[ix].0;
        format!("{}->{}:{}", end(from.at()), end(to.at()), names.join(",")).into()
    });
    Some(Flow {
        id,
        has_own_id,
        from,
        to,
        data,
        mechanism: mechanism?,
        through,
        performer,
        runs: figures.runs,
        minutes: figures.minutes,
        records: figures.records,
        error_rate: figures.error_rate,
        delay: figures.delay,
        review,
        value: figures.value,
        availability: figures.availability,
        is_standby,
        is_planned,
        place: fields.place,
    })
}

fn own_id(node: &Node<'_>, problems: &mut Diagnostics) -> Option<FlowId> {
    let id = word(node, problems)?;
    if is_flow_id(&id.value) {
        return Some(id.value.into());
    }
    problems.push(
        Diagnostic::error("bad-id", id.span, format!("{} is no id for a flow", quoted(&id.value)))
            .help("use letters, digits, `.`, `_`, `-`, `->`, `:` and `,`, begin with a letter or digit, at most 100"),
    );
    None
}

/// The numbers of a flow.
struct Figures {
    runs: Option<crate::model::units::Range<crate::model::units::PerYear>>,
    minutes: Option<crate::model::units::Range<crate::model::units::Minutes>>,
    records: Option<crate::model::units::Range<crate::model::units::Count>>,
    error_rate: Option<crate::model::units::Range<crate::model::units::Share>>,
    delay: Option<crate::model::units::Range<crate::model::units::Hours>>,
    value: Option<crate::model::units::Range<crate::model::units::Money>>,
    availability: Option<crate::model::units::Range<crate::model::units::Share>>,
}

impl Figures {
    fn of(fields: &Fields<'_, '_>, is_manual: bool, problems: &mut Diagnostics) -> Self {
        let days = if is_manual { WORKING_DAYS } else { CALENDAR_DAYS };
        Self {
            runs: fields
                .read("runs", problems, |node, problems| range(node, "bad-rate", "a rate", problems, rate(days))),
            minutes: fields.read("minutes", problems, |node, problems| {
                range(node, "bad-number", "a number of minutes", problems, plain_number("minutes"))
            }),
            records: fields.read("records", problems, |node, problems| {
                range(node, "bad-number", "a number of records", problems, plain_number("records"))
            }),
            error_rate: fields.read("error_rate", problems, |node, problems| {
                range(node, "bad-percentage", "a share", problems, share)
            }),
            delay: fields
                .read("delay", problems, |node, problems| range(node, "bad-duration", "a duration", problems, hours)),
            value: fields.read("value", problems, |node, problems| {
                range(node, "bad-number", "a value", problems, plain_number("money a year"))
            }),
            availability: fields.read("availability", problems, availability),
        }
    }
}

fn hours(text: &str) -> Parsed<f64> {
    duration(text).map(|duration| duration.hours().0)
}

fn review(node: &Node<'_>, tables: &Tables<'_>, problems: &mut Diagnostics) -> Option<Review> {
    let fields = Fields::of(node, "a review", shape::REVIEW, problems)?;
    Some(Review {
        by: fields.read("by", problems, |node, problems| tables.team(node, problems)),
        embedded: fields.read("embedded", problems, bool),
        place: fields.place,
    })
}

/// Sorts flows by id and reports ids that two of them have.
pub(super) fn sort(mut flows: Vec<Flow>, problems: &mut Diagnostics) -> Vec<Flow> {
    // Equal ids keep the order of the file, so that the first of them is the one that stands first.
    flows.sort_by(|a, b| (&a.id, a.place).cmp(&(&b.id, b.place)));
    let mut first: Option<(FlowId, Span)> = None;
    flows.retain(|flow| {
        let Some((id, place)) = first.as_ref().filter(|(id, _)| *id == flow.id) else {
            first = Some((flow.id.clone(), flow.place));
            return true;
        };
        let (message, help) = if flow.has_own_id {
            (format!("flow id {} is given twice", quoted(id.as_str())), "give one of the two another id")
        } else {
            (
                format!("two flows would both be called {}", quoted(id.as_str())),
                "give this one an `id:` of its own, or remove it if it is the same flow",
            )
        };
        problems
            .push(Diagnostic::error("duplicate-id", flow.place, message).related(*place, "the other one").help(help));
        false
    });
    flows
}
