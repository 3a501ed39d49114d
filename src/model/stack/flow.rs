//! Flows and the reviews on their way.

use super::remarks::Remarks;
use crate::catalog::words::words;
use crate::model::form::{Calendar, Figures, Flag, Text, id_of, ids_of, object, one_of};
use crate::model::id::{DataIx, FlowId, MAX_ID, SystemIx, TeamIx, is_flow_id};
use crate::model::mechanism::Mechanism;
use crate::model::table::{self, Context, Fields, Form, Irregular, Mapping, Tables, Takes, Written, mapping, quoted};
use crate::model::units::{Count, Figure, Hours, Minutes, Money, PerYear, Share};
use crate::source::{Diagnostic, Diagnostics, Node, Span, Value};

mapping! {
    /// Data objects going from one system to another, by one mechanism.
    #[derive(Clone, Debug)]
    pub struct Flow = "a flow" + Irregular {
        + has_own_id: bool = Flow::has_id, "Whether the file gives the id.";
        + place: Span = Fields::place, "Where the file defines it.";
        id: FlowId = named(Flow::derived_id), OwnId, Name, "Its id; `from->to:data` where absent.";
        from: SystemIx = must, id_of::<SystemIx>(), Name, "The source.";
        to: SystemIx = must, id_of::<SystemIx>(), Name, "The target.";
        data: Vec<DataIx> = must, ids_of::<DataIx>(), Name, "What it carries.";
        mechanism: Mechanism = must, one_of::<Mechanism>("mechanism"), Keep, "How it moves the data.";
        through: Vec<SystemIx> = many, ids_of::<SystemIx>(), Name, "The middleware that it runs through.";
        performer: Option<TeamIx> = may, id_of::<TeamIx>(), Name, "The team that performs it, where it is manual.";
        runs: Figure<PerYear> = may, Figures::Rate, Keep, "How often it runs, such as `40/week`; a bare number is per year.";
        minutes: Figure<Minutes> = may, Figures::Amount("a number of minutes", "minutes"), Keep,
            "Minutes of work for one run.";
        records: Figure<Count> = may, Figures::Amount("a number of records", "records"), Keep,
            "Records of one run; 1 where absent.";
        error_rate: Figure<Share> = may, Figures::Share("a share"), Keep,
            "Share of the records with errors; 0 where absent.";
        delay: Figure<Hours> = may, Figures::Hours, Keep, "Time from source to target; 0 where absent.";
        review: Option<Review> = may, object::<Review>(), Within, "The review by a person on its way.";
        value: Figure<Money> = may, Figures::Amount("a value", "money per year"), Money,
            "What automating it is worth, beyond hours and errors.";
        availability: Figure<Share> = may, Figures::Share("an availability"), Keep,
            "Share of the year in which it works by itself.";
        is_standby as "standby": bool = or(false), Flag, Keep, "Whether it is used only when others fail.";
        status: FlowStatus = or(FlowStatus::default()), one_of::<FlowStatus>("status of a flow"), Keep,
            "`live`, `planned` where it does not exist yet, `off` where it is no longer used; `live` where absent.";
        remarks: Remarks = flat, (), Within, "What it says of itself beside its own keys.";
    }
}

mapping! {
    /// A review of what a flow carries, by a person.
    #[derive(Clone, Copy, Debug, PartialEq)]
    pub struct Review = "a review" {
        + place: Span = Fields::place, "Where the file says so.";
        by: Option<TeamIx> = may, id_of::<TeamIx>(), Name, "The team that reviews.";
        embedded: Option<bool> = may, Flag, Keep,
            "Whether the review is part of the flow of work rather than bolted on.";
        delay: Figure<Hours> = may, Figures::Hours, Keep, "Time that it adds to the flow's `delay`; 0 where absent.";
    }
}

/// What the mechanism decides about other keys, ends that are one, and the id made of ends and objects.
impl Irregular for Flow {
    fn look(fields: &Fields<'_, '_>, cx: &mut Context) {
        let mechanism = fields.scalar("mechanism").and_then(|said| one_of::<Mechanism>("mechanism").meant(said));
        let is_manual = mechanism.is_some_and(Mechanism::is_manual);
        cx.calendar = if is_manual { Calendar::WORK } else { Calendar::ALL };
        let team = |name: &&str| cx.tables.teams.find(name.trim()).is_some();
        if mechanism.is_some_and(|mechanism| !mechanism.is_manual())
            && let Some(span) =
                fields.key_span("performer").filter(|_| fields.scalar("performer").filter(team).is_some())
        {
            cx.problems.push(
                Diagnostic::warning("performer-of-automated", span, "nobody performs an automated flow")
                    .help("remove `performer`, or name the manual mechanism that it uses"),
            );
        }
        if is_loop(fields, cx) {
            let span = fields.get("to").map_or(fields.place(), |node| node.span);
            cx.problems.push(
                Diagnostic::error("flow-to-itself", span, "a flow needs two different systems")
                    .help("name another system, or leave the flow out"),
            );
        } else if let Some(node) = fields.get("data")
            && matches!(&node.resolved().value, Value::List(items) if items.is_empty())
        {
            cx.problems.push(
                Diagnostic::error("empty-list", node.span, "the flow carries nothing")
                    .help("name at least one data object"),
            );
        }
    }

    fn settle(mut self, fields: &Fields<'_, '_>, cx: &mut Context) -> Option<Self> {
        if self.from == self.to || self.data.is_empty() {
            return None;
        }
        if self.through.is_empty() && !self.is_manual() {
            self.through.extend(middleware_named(fields, cx).filter(|ix| ![self.from, self.to].contains(ix)));
        }
        if self.id.as_str().is_empty() {
            let name = |ix: SystemIx| cx.tables.systems.name(ix.at());
            let data: Vec<&str> = self.data.iter().map(|ix| cx.tables.data.name(ix.at())).collect();
            self.id = format!("{}->{}:{}", name(self.from), name(self.to), data.join(",")).into();
            self.has_own_id = false;
        }
        Some(self)
    }
}

/// The system of the file that the mechanism is called after: `mechanism: Zapier` is a recipe through `zapier`.
fn middleware_named(fields: &Fields<'_, '_>, cx: &Context) -> Option<SystemIx> {
    let said = fields.scalar("mechanism")?.trim();
    (Mechanism::parse(said).is_none() && said.len() <= MAX_ID)
        .then(|| cx.tables.systems.find(said).or_else(|| cx.tables.systems.find(&said.to_lowercase())))?
        .map(SystemIx::new)
}

/// Whether both ends are the same system.
fn is_loop(fields: &Fields<'_, '_>, cx: &Context) -> bool {
    let end = |key| cx.tables.systems.find(fields.scalar(key)?.trim());
    end("from").is_some_and(|from| end("to") == Some(from))
}

impl Flow {
    /// A flow of which no more is stated than what it carries from where to where, and how.
    #[must_use]
    pub fn bare((from, to): (SystemIx, SystemIx), data: Vec<DataIx>, mechanism: Mechanism) -> Self {
        Self { from, to, data, mechanism, ..Self::blank(&Fields::unstated("", Span::default())) }
    }

    fn has_id(fields: &Fields<'_, '_>) -> bool {
        fields.get("id").is_some()
    }

    /// The id, where leaving it out gives the same.
    fn derived_id(&self) -> Option<FlowId> {
        (!self.has_own_id).then(|| self.id.clone())
    }

    /// Whether it does not exist yet.
    #[must_use]
    pub fn is_planned(&self) -> bool {
        self.status == FlowStatus::Planned
    }

    /// The systems that it needs: its ends, and those that it runs through.
    pub fn systems(&self) -> impl Iterator<Item = SystemIx> {
        [self.from, self.to].into_iter().chain(self.through.iter().copied())
    }

    /// Hours from source to target, the review on the way included; likely values, 0 where absent.
    #[must_use]
    pub fn hours_on_the_way(&self) -> f64 {
        let review = self.review.and_then(|review| review.delay);
        [self.delay, review].iter().flatten().map(|delay| delay.likely.0).sum()
    }

    /// Whether a person performs it.
    #[must_use]
    pub fn is_manual(&self) -> bool {
        self.mechanism.is_manual()
    }
}

/// The id that a flow gives itself.
struct OwnId;

impl OwnId {
    const fn takes(&self) -> Takes {
        Takes::NewId
    }
}

impl Form<FlowId> for OwnId {
    fn read(&self, node: &Node<'_>, cx: &mut Context) -> Option<FlowId> {
        let id = Text::Word.read(node, cx)?;
        if is_flow_id(&id) {
            return Some(id.into());
        }
        cx.problems.push(
            Diagnostic::error("bad-id", node.span, format!("expected an id for a flow, found {}", quoted(&id))).help(
                "use letters, digits, `.`, `_`, `-`, `->`, `:` and `,`, begin with a letter or digit, at most 100",
            ),
        );
        None
    }

    fn write(&self, value: &FlowId, _: &Tables) -> Written {
        Written::Line(table::text(value.as_str()))
    }
}

words! {
    /// Whether a flow is there.
    #[derive(Default)]
    FlowStatus {
        /// It is used, as far as its systems are.
        #[default]
        Live = "live",
        /// It does not exist yet.
        Planned = "planned",
        /// It is no longer used.
        Off = "off",
    }
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
                format!("two flows would have the id {}", quoted(id.as_str())),
                "give this one an `id:` of its own, or remove it if it is the same flow",
            )
        };
        problems
            .push(Diagnostic::error("duplicate-id", flow.place, message).related(*place, "the other one").help(help));
        false
    });
    flows
}
