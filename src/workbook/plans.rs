//! The words of the workbook: what each sheet is called and about, what its columns are called and in which order, and
//! which of them are always in sight.

use super::columns::Rows;

/// What a sheet is made of: its name, its rows, what it is about, and the words of its keys in their order.
pub(super) type Plan = (&'static str, Rows, &'static str, &'static [(&'static str, &'static str)]);

/// Words that stand for no key.
pub(super) const NAME: &str = "@name";
pub(super) const OWNER: &str = "@owner";
pub(super) const GROUP: &str = "@group";
pub(super) const GUESSED: &str = "@guessed";
pub(super) const ID: &str = "@id";

pub(super) const PLANS: [Plan; 9] = [
    (
        "Settings",
        Rows::Settings,
        "What holds for the whole stack. Fill in the column Value; what you do not know, leave empty.",
        &[],
    ),
    (
        "Systems",
        Rows::Entries("systems"),
        "One row for each product, store or spreadsheet that holds or transforms data. Only its name is needed.",
        &[
            (NAME, "System"),
            ("product", "Product"),
            ("kind", "Kind"),
            ("vendor", "Vendor"),
            ("ai", "AI"),
            ("owner", "Owner"),
            ("budget_owner", "Budget owner"),
            ("domain", "Domain"),
            ("status", "Status"),
            ("audience_facing", "Audience facing"),
            ("depends_on", "Depends on"),
            ("availability", "Availability"),
            ("security_review", "Security review"),
            ("vendor_review.last", "Vendor review"),
            ("vendor_review.every", "Review every"),
            ("contract.renews", "Contract renews"),
            ("contract.cost", "Contract cost"),
            ("quality_standard", "Quality standard"),
            ("runbook", "Runbook"),
            ("pilot.since", "Pilot since"),
            ("pilot.decide_by", "Decide by"),
            ("pilot.measure", "Measure"),
            ("pilot.decider", "Decider"),
            ("ends", "Ends"),
            ("replaced_by", "Replaced by"),
            ("interfaces", "Interfaces"),
            ("quotas.daily_calls", "Daily calls"),
            ("quotas.batch_size", "Batch size"),
            ("quotas.read_page", "Read page"),
            ("quotas.daily_tasks", "Daily tasks"),
            ("quotas.tasks", "Tasks"),
            ("quotas.window.calls", "Window calls"),
            ("quotas.window.seconds", "Window seconds"),
            ("purpose", "Purpose"),
            ("users", "Users"),
            ("role", "Role"),
            ("oversight", "Oversight"),
            ("evidence", "Evidence"),
        ],
    ),
    (
        "Flows",
        Rows::Flows,
        "One row for each way in which data goes from one system to another, by hand or by itself.",
        &[
            ("from", "From"),
            ("to", "To"),
            ("data", "Data"),
            ("mechanism", "How"),
            ("through", "Through"),
            ("performer", "Done by"),
            ("runs", "How often"),
            ("minutes", "Minutes"),
            ("minutes_per_record", "Minutes a record"),
            ("records", "Records"),
            ("error_rate", "Error rate"),
            ("delay", "Delay"),
            ("review.by", "Review by"),
            ("review.embedded", "Review embedded"),
            ("review.minutes", "Review minutes"),
            ("review.delay", "Review delay"),
            ("standby", "Standby"),
            ("status", "Status"),
            ("availability", "Availability"),
            ("value", "Value a year"),
            ("watched_by", "Watched by"),
            ("peak", "Peak"),
        ],
    ),
    (
        "Data",
        Rows::Entries("data"),
        "One row for each kind of data that moves. A name that a flow carries is added by itself.",
        &[(NAME, "Data"), ("personal", "Personal"), ("content", "Content"), ("master", "Master")],
    ),
    (
        "Makes",
        Rows::Parts("systems", "makes"),
        "Where data comes into being: one row for each system and what it makes, and from what.",
        &[
            (OWNER, "System"),
            ("data", "Data"),
            ("from", "From"),
            ("model.feedback", "Feedback"),
            ("model.retrain", "Retrain"),
            ("model.drift_monitor", "Drift monitor"),
            ("model.explainable", "Explainable"),
            ("by", "Made by"),
            ("standby", "Standby"),
            ("delay", "Delay"),
        ],
    ),
    (
        "Teams",
        Rows::Entries("teams"),
        "Who owns systems and does the work by hand. A team that another sheet names is added by itself.",
        &[(NAME, "Team"), ("people", "People"), ("hourly_rate", "Hourly rate"), ("availability", "Availability")],
    ),
    (
        "Processes",
        Rows::Entries("processes"),
        "What the business does with the data, and what an hour without it costs.",
        &[(NAME, "Process"), ("owner", "Owner"), ("outage_cost", "Outage cost an hour"), ("tolerates", "Tolerates")],
    ),
    (
        "Needs",
        Rows::Parts("processes", "needs"),
        "Which data a process needs at which system. Rows of one process with the same letter: either is enough.",
        &[
            (OWNER, "Process"),
            ("data", "Data"),
            ("at", "At"),
            ("max_age", "Max age"),
            (GROUP, "Either"),
            ("process", "Other process"),
        ],
    ),
    (
        "Accepted",
        Rows::Listed("accept"),
        "Findings that you decided to live with, by rule and subject or by id.",
        &[("rule", "Rule"), ("subject", "Subject"), ("id", "Id"), ("until", "Until"), ("why", "Why")],
    ),
];

/// What stands last on a sheet of entries.
pub(super) const TAIL: [(&str, &str); 4] = [("notes", "Notes"), (GUESSED, "Guessed"), ("was", "Formerly"), (ID, "Id")];

/// Settings that are called otherwise than their keys.
pub(super) const SETTINGS: [(&str, &str); 15] = [
    ("name", "Name of the stack"),
    ("practices.ai_policy.covers", "AI policy covers"),
    ("practices.evaluation_framework.covers", "Evaluation framework covers"),
    ("practices.vendor_review_cadence", "Vendors are reviewed every"),
    ("severity.high_cost", "High severity from, a year"),
    ("severity.low_cost", "Low severity below, a year"),
    ("plan.capacity", "Plan: capacity"),
    ("plan.horizon", "Plan: horizon"),
    ("plan.budget", "Plan: budget"),
    ("plan.wave", "Plan: length of a wave"),
    ("lanes.attract", "Pictures: domains that attract"),
    ("lanes.capture", "Pictures: domains that capture"),
    ("lanes.engage", "Pictures: domains that engage"),
    ("lanes.sell", "Pictures: domains that sell"),
    ("lanes.measure", "Pictures: domains that measure"),
];

/// Columns that are in sight also where nothing stands in them, by the sheet: what most rows need. Others are folded away
/// until something stands in them.
const CORE: [(&str, &[&str]); 2] = [
    (
        "Systems",
        &["product", "kind", "ai", "owner", "status", "contract.renews", "contract.cost", "notes", GUESSED, ID],
    ),
    ("Flows", &["through", "performer", "runs", "minutes", "error_rate", "delay", "status", "notes", GUESSED, ID]),
];

/// Whether a column is in sight also where nothing stands in it; on small sheets every one is.
pub(super) fn is_core(sheet: &str, word: &str) -> bool {
    CORE.iter().find(|(name, _)| *name == sheet).is_none_or(|(_, words)| words.contains(&word))
}
