//! The report: every part of it a list of facts.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Serialize;

use super::cut::Extent;
use super::layout::Layout;
use super::{
    Assumption, Finding, Handoff, HandoffTotals, Message, Outage, Plan, Process, StackOverview, Stage, Structure,
    Summary,
};
use super::{
    ai_use, assumption, baseline, calls, finding, handoff, ledger, message, outage, pictures, plan, process, question,
    register, summary,
};
use crate::analysis::{self, Analysis};
use crate::model::unused;
use crate::source::Source;

/// What sinew says of a stack.
///
/// Ids are those of the stack file. Money is in the stack's currency a year and hours are a year, unless a key says
/// otherwise. What is not known is null. A part that was not asked for is not there.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[schemars(title = "sinew report")]
pub struct Report {
    /// Version of this format.
    pub sinew: u32,
    /// What the report comes to; only of a whole report.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Summary")]
    pub summary: Option<Summary>,
    /// What the pictures say, by view: `failure`, `handoffs`, `landscape` and `stage`, `roadmap` and `target` of a plan, and
    /// `questions`; only of a whole report.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "BTreeMap<String, Message>")]
    pub messages: Option<BTreeMap<&'static str, Message>>,
    /// The stack that the report is about.
    pub stack: StackOverview,
    /// The maturity stage, and what holds the stack there.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Stage")]
    pub stage: Option<Stage>,
    /// What the rules find: by severity, then cost (descending, null last), then the number of processes that stop, then
    /// rule in the order of the rules' table, then subject.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Vec<Finding>")]
    pub findings: Option<Vec<Finding>>,
    /// What changed since the report given as the baseline; only where one was given.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "baseline::Change")]
    pub baseline: Option<baseline::Change>,
    /// Handoffs: by likely cost descending (unknown last), AI outputs first where equal, then id.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Vec<Handoff>")]
    pub handoffs: Option<Vec<Handoff>>,
    /// All handoffs together, each step counted once.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "HandoffTotals")]
    pub handoff_totals: Option<HandoffTotals>,
    /// What every failure does: by processes down, then cost per hour (null after 0), degraded, facts lost (all descending),
    /// then systems, flows, teams, then id.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Vec<Outage>")]
    pub outages: Option<Vec<Outage>>,
    /// Objects that arrive at a system where nothing uses them: a failure that takes no more than these counts as stopping
    /// nothing.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "usize")]
    pub unused_arrivals: Option<usize>,
    /// What every process depends on, by id.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Vec<Process>")]
    pub processes: Option<Vec<Process>>,
    /// Where the picture of the stack falls apart.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Structure")]
    pub structure: Option<Structure>,
    /// What is automated, reviewed and manual: flows by id, then AI outputs by tool and object.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Vec<ledger::Row>")]
    pub ledger: Option<Vec<ledger::Row>>,
    /// Who calls each system, and how much of its limits that takes: by system, then limit.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Vec<calls::Account>")]
    pub calls: Option<Vec<calls::Account>>,
    /// Every AI tool, by id.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Vec<register::Row>")]
    pub ai_register: Option<Vec<register::Row>>,
    /// Every AI tool as registers of regulators ask for it, by id.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Vec<ai_use::Row>")]
    pub ai_use: Option<Vec<ai_use::Row>>,
    /// What to build, in which order, and what it buys.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Plan")]
    pub plan: Option<Plan>,
    /// How every number of one item of the plan came about; only where that was asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "plan::Explanation")]
    pub explanation: Option<plan::Explanation>,
    /// What is not known or guessed, a missing rate first, then by what an answer is worth; only where that was asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Vec<question::Question>")]
    pub questions: Option<Vec<question::Question>>,
    /// The rows of the table of plausible answers that these use, by key, in the unit of the stack file; runs are a year. It
    /// ranks questions and is part of no total. Absent where none is used.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "BTreeMap<String, super::Range>")]
    pub questions_table: Option<BTreeMap<String, super::Range>>,
    /// Questions that come after these and are left out here: `sinew questions` has all. Absent where none is.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "usize")]
    pub questions_left_out: Option<usize>,
    /// What the pictures that were drawn with this report lack, in the order of the report; only where one lacks something,
    /// because they have used up the slides and the work that they may take together.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Vec<pictures::Lacking>")]
    pub pictures: Option<Vec<pictures::Lacking>>,
    /// Where the boxes of the pictures of the stack stand, so that a later report can have them there too (`--layout`); only
    /// of a report with pictures.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Layout")]
    pub layout: Option<Layout>,
    /// What the results take for granted, by key.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Vec<Assumption>")]
    pub assumptions: Option<Vec<Assumption>>,
}

impl Report {
    /// Version of the format of reports.
    pub const VERSION: u32 = 1;

    /// The report of a stack with no part yet.
    #[must_use]
    pub fn about(analysis: &Analysis<'_>) -> Self {
        Self {
            sinew: Self::VERSION,
            summary: None,
            messages: None,
            stack: StackOverview::of(analysis.stack),
            stage: None,
            findings: None,
            baseline: None,
            handoffs: None,
            handoff_totals: None,
            outages: None,
            unused_arrivals: None,
            processes: None,
            structure: None,
            ledger: None,
            calls: None,
            ai_register: None,
            ai_use: None,
            plan: None,
            explanation: None,
            questions: None,
            questions_table: None,
            questions_left_out: None,
            pictures: None,
            layout: None,
            assumptions: None,
        }
    }

    /// What the figures leave out because nobody stated it, such as `hours of 2 handoffs`, as far as the report has the parts.
    #[must_use]
    pub fn unknown(&self) -> Vec<String> {
        summary::unknown(self)
    }

    /// The same report with a plan, and with each finding the items that remove it.
    #[must_use]
    pub fn with_plan(mut self, plan: Plan) -> Self {
        for finding in self.findings.iter_mut().flatten() {
            finding.plan_items = Some(plan.items_for(&finding.id));
        }
        self.plan = Some(plan);
        self.messages = message::complete(&self);
        self.summary = self.summary.is_some().then(|| Summary::of(&self));
        self
    }

    /// The same report with questions.
    #[must_use]
    pub fn with_questions(mut self, first: question::First) -> Self {
        self.questions_table = Some(question::table_of_answers(&first.questions)).filter(|rows| !rows.is_empty());
        self.questions = Some(first.questions);
        self.questions_left_out = Some(first.left_out).filter(|count| *count > 0);
        self.messages = message::complete(&self);
        self
    }

    /// The same report with the explanation of an item.
    #[must_use]
    pub fn with_explanation(mut self, explanation: plan::Explanation) -> Self {
        self.explanation = Some(explanation);
        self
    }

    /// The same report with what its pictures lack, if they lack anything, and where their boxes stand.
    #[must_use]
    pub fn with_pictures(mut self, lacking: Vec<pictures::Lacking>, layout: Option<Layout>) -> Self {
        self.pictures = Some(lacking).filter(|lacking| !lacking.is_empty());
        self.layout = layout;
        self
    }

    /// The report with all parts. `findings` are those of `analysis`, and `source` is the text of the stack file, into
    /// which locations point.
    #[must_use]
    pub fn of(analysis: &Analysis<'_>, findings: &[analysis::Finding], source: &Source) -> Self {
        Self::to(Extent::Told, analysis, findings, source)
    }

    /// The same, its lists cut or whole.
    pub(super) fn to(extent: Extent, analysis: &Analysis<'_>, findings: &[analysis::Finding], source: &Source) -> Self {
        let report = Self {
            messages: Some(message::messages(analysis)),
            stage: Some(Stage::of(analysis, findings)),
            findings: Some(finding::findings(findings, analysis.stack, source)),
            handoffs: Some(handoff::handoffs(analysis)),
            handoff_totals: Some(HandoffTotals::of(analysis)),
            outages: Some(outage::outages_to(analysis, extent)),
            unused_arrivals: Some(unused(analysis.stack).len()),
            processes: Some(process::processes_to(analysis.stack, analysis.resilience(), extent)),
            structure: Some(Structure::of(analysis.stack)),
            ledger: Some(ledger::ledger_to(analysis, extent)),
            calls: Some(calls::calls(analysis.stack)),
            ai_register: Some(register::register_to(analysis, extent)),
            ai_use: Some(ai_use::ai_use_to(analysis, extent)),
            assumptions: Some(assumption::with_availability(analysis, findings)),
            ..Self::about(analysis)
        };
        Self { summary: Some(Summary::of(&report)), messages: message::complete(&report), ..report }
    }
}
