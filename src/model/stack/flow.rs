//! Flows and the reviews on their way.

use std::collections::BTreeSet;

use super::remarks::Remarks;
use super::seldom::{Seldom, Unstated};
use crate::catalog::people::meaning;
use crate::catalog::words::words;
use crate::model::form::{Calendar, Figures, Flag, Peaks, Text, boxed, id_of, ids_of, object, one_of};
use crate::model::id::{DataIx, FlowId, MAX_ID, SystemIx, TeamIx, is_flow_id};
use crate::model::mechanism::Mechanism;
use crate::model::table::{
    self, Context, Fields, Form, Irregular, Mapping, Mask, Maskable, Masker, Tables, Takes, Written, items, mapping,
    pairs, quoted,
};
use crate::model::units::{Count, Figure, Hours, Minutes, Money, Peak, PerYear, Quantity, Range, Share};
use crate::source::{Diagnostic, Diagnostics, Node, Span, Value, nearest};

mapping! {
    /// Data objects going from one system to another, by one mechanism.
    #[derive(Clone, Debug)]
    pub struct Flow = "a flow" + Irregular {
        + has_own_id: bool = Flow::has_id, "Whether the file gives the id.";
        + place: Span = Fields::place, "Where the file defines it.";
        + entry: Span = Fields::place, "Where its entry stands: of a flow of a list of targets, that of all of them.";
        id: FlowId = named(Flow::derived_id), OwnId, Name, "Its id; `from->to:data` where absent.";
        from: SystemIx = must, id_of::<SystemIx>(), Name, "The source.";
        to: SystemIx = must, Targets, Name, "The target; a list of targets is one flow for each.";
        data: Vec<DataIx> = must, ids_of::<DataIx>(), Name, "What it carries.";
        mechanism: Mechanism = must, one_of::<Mechanism>("mechanism"), Keep, "How it moves the data.";
        through: Vec<SystemIx> = many, ids_of::<SystemIx>(), Name, "The middleware that it runs through.";
        performer: Option<TeamIx> = may, id_of::<TeamIx>(), Name, "The team that performs it, where it is manual.";
        runs: Figure<PerYear> = may, Figures::Rate, Keep, "How often it runs, such as `40/week`; a bare number is per year.";
        run: Seldom<Run> = flat, (), Within, "What one run takes.";
        review: Option<Box<Review>> = may, boxed::<Review>(), Within, "The review by a person on its way.";
        watched_by: Option<WatchedBy> = may, Watch, Name,
            "The team that would notice that it fails, or `nobody`.";
        rated: Seldom<Rated> = flat, (), Within, "What it is worth, and how well it works.";
        is_standby as "standby": bool = or(false), Flag, Keep, "Whether it is used only when others fail.";
        status: FlowStatus = or(FlowStatus::default()), one_of::<FlowStatus>("status of a flow"), Keep,
            "`live`, `planned` where it does not exist yet, `off` where it is no longer used; `live` where absent.";
        remarks: Seldom<Remarks> = flat, (), Within, "What it says of itself beside its own keys.";
    }
}

mapping! {
    /// What one run of a flow takes, which flows by hand state and few others do.
    #[derive(Clone, Debug, Default, PartialEq)]
    pub struct Run = "a flow" {
        peak: Option<Peak> = may, Peaks, Keep,
            "Runs of its busiest day (`1000/day`), or of its busiest second, minute or hour; a list may state both.";
        minutes: Figure<Minutes> = may, Figures::Amount("a number of minutes", "minutes"), Keep,
            "Minutes of work for one run.";
        minutes_per_record: Figure<Minutes> = may, Figures::Amount("a number of minutes", "minutes"), Keep,
            "Minutes of work for one record, in place of `minutes`.";
        records: Figure<Count> = may, Figures::Amount("a number of records", "records"), Keep,
            "Records of one run; 1 where absent.";
        error_rate: Figure<Share> = may, Figures::Share("a share"), Keep,
            "Share of the records with errors; 0 where absent.";
        delay: Figure<Hours> = may, Figures::Hours, Keep, "Time from source to target; 0 where absent.";
    }
}

impl Unstated for Run {
    fn unstated() -> &'static Self {
        static NONE: Run =
            Run { peak: None, minutes: None, minutes_per_record: None, records: None, error_rate: None, delay: None };
        &NONE
    }
}

mapping! {
    /// What a flow is worth and how well it works, which few flows state.
    #[derive(Clone, Debug, Default, PartialEq)]
    pub struct Rated = "a flow" {
        value: Figure<Money> = may, Figures::Amount("a value", "money per year"), Money,
            "What automating it is worth, beyond hours and errors.";
        availability: Figure<Share> = may, Figures::Share("an availability"), Keep,
            "Share of the year in which it works by itself.";
    }
}

impl Unstated for Rated {
    fn unstated() -> &'static Self {
        static NONE: Rated = Rated { value: None, availability: None };
        &NONE
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
        minutes: Figure<Minutes> = may, Figures::Amount("a number of minutes", "minutes"), Keep,
            "Minutes of review for one run.";
        delay: Figure<Hours> = may, Figures::Hours, Keep, "Time that it adds on the way; 0 where absent.";
    }
}

impl Maskable for Box<Review> {
    fn mask(&mut self, how: Mask, masker: &mut dyn Masker) {
        self.as_mut().mask(how, masker);
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
        several_targets(fields, cx);
        if let Some(span) = loop_place(fields, cx) {
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
        // A target that is the source has been reported, and the others of its list are flows all the same.
        if self.data.is_empty() {
            return None;
        }
        check_work(fields, &mut cx.problems);
        check_peak(&self, fields, cx);
        if self.through.is_empty() && !self.is_manual() {
            self.through.extend(middleware_named(fields, cx).filter(|ix| ![self.from, self.to].contains(ix)));
        }
        if self.id.as_str().is_empty() {
            self.name_after_ends(&cx.tables);
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

/// The nodes that a flow names as its target, one or several.
fn targets<'t, 'a>(node: &'t Node<'a>) -> &'t [Node<'a>] {
    match &node.resolved().value {
        Value::List(items) => items,
        _ => std::slice::from_ref(node),
    }
}

/// The system that `node` names, if it names one.
fn system_of(node: &Node<'_>, tables: &Tables) -> Option<SystemIx> {
    match &node.resolved().value {
        Value::Scalar(scalar) => tables.systems.find(scalar.text.trim()).map(SystemIx::new),
        _ => None,
    }
}

/// Where a target is the source, if one is.
fn loop_place(fields: &Fields<'_, '_>, cx: &Context) -> Option<Span> {
    let from = fields.scalar("from")?.trim();
    let is_from = |node: &Node<'_>| matches!(&node.resolved().value, Value::Scalar(to) if to.text.trim() == from);
    let node = targets(fields.get("to")?).iter().find(|node| is_from(node))?;
    system_of(node, &cx.tables).map(|_| node.span)
}

/// Reports a list of targets that is empty, and an `id` that would be that of several flows.
fn several_targets(fields: &Fields<'_, '_>, cx: &mut Context) {
    let Some(to) = fields.get("to") else { return };
    let Value::List(nodes) = &to.resolved().value else { return };
    if nodes.is_empty() {
        cx.problems
            .push(Diagnostic::error("empty-list", to.span, "the flow goes nowhere").help("name at least one system"));
    } else if let Some(id) = fields.get("id").filter(|_| nodes.len() > 1) {
        let message = "one `id` beside a list of targets, which is one flow for each";
        cx.problems.push(
            Diagnostic::error("id-of-several", id.span, message)
                .help("remove `id`, and each flow is called after its ends; or write one flow for each target"),
        );
    }
}

/// Minutes of a run and of a record exclude each other.
fn check_work(fields: &Fields<'_, '_>, problems: &mut Diagnostics) {
    if let (Some(_), Some(span)) = (fields.get("minutes"), fields.key_span("minutes_per_record")) {
        problems.push(
            Diagnostic::error("two-minutes", span, "both `minutes` and `minutes_per_record`")
                .help("keep `minutes` for the time of a whole run, or `minutes_per_record` for that of each record"),
        );
    }
}

/// A busiest day has at least the runs of a day, and a busiest moment at least its part of them.
fn check_peak(flow: &Flow, fields: &Fields<'_, '_>, cx: &mut Context) {
    let (Some(peak), Some(node)) = (flow.run.peak, fields.get("peak")) else { return };
    // What is less than a thousandth of a run is rounding.
    let is_below = |peak: f64, runs: f64| peak < runs - 5e-4 - runs * 1e-9;
    let runs = flow.runs.map_or(0.0, |runs| runs.likely.0 / cx.calendar.days);
    let day = peak.a_day.filter(|day| is_below(*day, runs)).map(|day| (day, runs));
    let least = peak.a_day.map_or(runs, |day| day.max(runs));
    let burst = peak
        .burst
        .map(|burst| burst.a_day(cx.calendar.hours))
        .filter(|day| is_below(*day, least))
        .map(|day| (day, least));
    if let Some((peak, least)) = day.or(burst) {
        let shown = |runs: f64| (runs * 1e3).round() / 1e3;
        let message = format!("a peak of {} runs a day is below the {} that are stated", shown(peak), shown(least));
        cx.problems.push(
            Diagnostic::error("peak-below-runs", node.span, message)
                .help("`peak` is the busiest time, so it is at least `runs`; correct one of the two"),
        );
    }
}

impl Flow {
    /// A flow of which no more is stated than what it carries from where to where, and how.
    #[must_use]
    pub fn bare((from, to): (SystemIx, SystemIx), data: Vec<DataIx>, mechanism: Mechanism) -> Self {
        Self { from, to, data, mechanism, ..Self::blank(&Fields::unstated("", Span::default())) }
    }

    /// Calls it after its ends and its objects.
    fn name_after_ends(&mut self, tables: &Tables) {
        let name = |ix: SystemIx| tables.systems.name(ix.at());
        let data: Vec<&str> = self.data.iter().map(|ix| tables.data.name(ix.at())).collect();
        self.id = format!("{}->{}:{}", name(self.from), name(self.to), data.join(",")).into();
        self.has_own_id = false;
    }

    /// Minutes of work for one run: as stated, else those of a record times its records; not known where either is not
    /// stated.
    #[must_use]
    pub fn minutes_a_run(&self) -> Figure<Minutes> {
        self.run.minutes.or_else(|| {
            Some(self.run.minutes_per_record?.zip(self.run.records?, |minutes, records| Minutes(minutes.0 * records.0)))
        })
    }

    /// Hours a year of review: not known where there is a review without `minutes` or without `runs`, and 0 where there
    /// is no review.
    #[must_use]
    pub fn review_hours(&self) -> Figure<Hours> {
        let Some(review) = &self.review else { return Some(Range::exact(Hours(0.0))) };
        Some(self.runs?.zip(review.minutes?, |runs, minutes| Hours(runs.0 * minutes.0 / 60.0)))
    }

    /// Hours from the source to the target, its review counted in; likely values, 0 where nothing is stated.
    #[must_use]
    pub fn hours_on_the_way(&self) -> f64 {
        let likely = |hours: Figure<Hours>| hours.map_or(0.0, |hours| hours.likely.amount());
        likely(self.run.delay) + self.review().map_or(0.0, |review| likely(review.delay))
    }

    /// The review by a person on its way.
    #[must_use]
    pub fn review(&self) -> Option<Review> {
        self.review.as_deref().copied()
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

    /// Whether a person performs it.
    #[must_use]
    pub fn is_manual(&self) -> bool {
        self.mechanism.is_manual()
    }
}

/// The list of flows; one with a list of targets stands for a flow to each of them.
pub(super) struct Flows;

/// How many objects the flows of lists of targets may carry together whatever the size of the file.
const FREE: usize = 10_000;

impl Flows {
    pub(super) const fn takes(&self) -> Takes {
        Takes::List(Flow::KEYS)
    }
}

impl Form<Vec<Flow>> for Flows {
    fn read(&self, node: &Node<'_>, cx: &mut Context) -> Option<Vec<Flow>> {
        let mut flows = Vec::new();
        let (mut written, mut made) = (0, 0);
        for item in items(node, "flows", &mut cx.problems) {
            let Some(flow) = object::<Flow>().read(item, cx) else { continue };
            let Value::Map(entries) = &item.resolved().value else { continue };
            let Some(to) = entries.iter().find(|entry| entry.key == "to").map(|entry| &entry.node) else { continue };
            let nodes = targets(to);
            written += nodes.len() + flow.data.len();
            if nodes.len() < 2 {
                flows.extend((flow.to != flow.from).then_some(flow));
                continue;
            }
            made += nodes.len() * flow.data.len();
            if made > FREE.max(10 * written) {
                let message = "lists of targets expand the file more than 10 times its size";
                cx.problems.push(Diagnostic::error("too-many-flows", to.span, message).help("write fewer targets"));
                break;
            }
            let mut known = BTreeSet::from([flow.from]);
            for node in nodes {
                let Some(to) = system_of(node, &cx.tables).filter(|to| known.insert(*to)) else { continue };
                let mut one = Flow { to, place: node.span, ..flow.clone() };
                one.name_after_ends(&cx.tables);
                flows.push(one);
            }
        }
        flows.shrink_to_fit();
        Some(flows)
    }

    fn write(&self, value: &Vec<Flow>, ids: &Tables) -> Written {
        Written::Items(value.iter().map(|one| pairs(ids, one)).collect())
    }
}

/// The target of a flow, or the first of a list of them.
struct Targets;

impl Targets {
    const fn takes(&self) -> Takes {
        Takes::IdsOf("system")
    }
}

impl Form<SystemIx> for Targets {
    fn read(&self, node: &Node<'_>, cx: &mut Context) -> Option<SystemIx> {
        let all: Option<Vec<SystemIx>> = ids_of::<SystemIx>().read(node, cx);
        all?.first().copied()
    }

    fn write(&self, value: &SystemIx, ids: &Tables) -> Written {
        id_of::<SystemIx>().write(value, ids)
    }
}

/// Who would notice that a flow fails.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WatchedBy {
    /// A team.
    Team(TeamIx),
    /// Nobody: stated, not merely left out.
    Nobody,
}

/// What is named has its new name once the whole stack has.
impl Maskable for WatchedBy {
    fn mask(&mut self, _: Mask, _: &mut dyn Masker) {}
}

/// The word for no team.
const NOBODY: &str = "nobody";

/// The id of a team, or `nobody`.
struct Watch;

impl Watch {
    const fn takes(&self) -> Takes {
        Takes::IdOrWord("team", NOBODY)
    }
}

impl Form<WatchedBy> for Watch {
    fn read(&self, node: &Node<'_>, cx: &mut Context) -> Option<WatchedBy> {
        if let Value::Scalar(scalar) = &node.resolved().value {
            let word = scalar.text.trim();
            if word == NOBODY {
                return Some(WatchedBy::Nobody);
            }
            let is_team = cx.tables.teams.find(word).is_some();
            match meaning("flag", word).filter(|_| !is_team) {
                Some("false") => return Some(WatchedBy::Nobody),
                Some(_) => {
                    let message = format!("expected the team that would notice a failure, found {}", quoted(word));
                    let help = format!("name a team, or write `{NOBODY}`; where nobody knows, leave the key out");
                    cx.problems.push(Diagnostic::error("unknown-id", node.span, message).help(help));
                    return None;
                }
                None => {}
            }
            if !is_team && nearest(word, [NOBODY]).is_some() {
                let message = format!("there is no team {}", quoted(word));
                cx.problems.push(Diagnostic::error("unknown-id", node.span, message).nearest(Some(NOBODY)));
                return None;
            }
        }
        id_of::<TeamIx>().read(node, cx).map(WatchedBy::Team)
    }

    fn write(&self, value: &WatchedBy, ids: &Tables) -> Written {
        match value {
            WatchedBy::Team(team) => id_of::<TeamIx>().write(team, ids),
            WatchedBy::Nobody => Written::Line(NOBODY.to_owned()),
        }
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
    flows.sort_by_cached_key(|flow| (flow.id.clone(), flow.place));
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
