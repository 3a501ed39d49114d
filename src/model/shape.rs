//! Every key a stack file may hold, with its type and meaning: the one table that the reader checks against, that
//! the JSON Schema of stack files is made from, and that the reference lists.

use super::item_kind;
use super::mechanism::Mechanism;
use super::stack::{Retraining, Status};

/// One key of a mapping.
#[derive(Clone, Copy, Debug)]
pub struct Key {
    /// The key as written.
    pub name: &'static str,
    /// What may stand there.
    pub takes: Takes,
    /// Whether it must be there.
    pub required: bool,
    /// What it means, in one sentence.
    pub doc: &'static str,
}

/// What may stand behind a key.
#[derive(Clone, Copy, Debug)]
pub enum Takes {
    /// The number 1: the version of the format.
    Version,
    /// Any text, to 10,000 characters.
    Text,
    /// A new id.
    NewId,
    /// The id of a team, system, data object (named in the word).
    IdOf(&'static str),
    /// One id, or a list of them.
    IdsOf(&'static str),
    /// `true` or `false`.
    Bool,
    /// `2026-11-21`.
    Date,
    /// `4h`, `90d`, `26w`.
    Duration,
    /// A whole number from 1.
    Whole,
    /// A number from 0, in the unit named.
    Number(&'static str),
    /// A number from 0, or low, likely and high; the unit is named.
    NumberRange(&'static str),
    /// `40/week`, or low, likely and high.
    RateRange,
    /// `99.9%` or `0.999`, or low, likely and high.
    ShareRange,
    /// `4h`, or low, likely and high.
    DurationRange,
    /// `5d/week`.
    Capacity,
    /// One word of a fixed list.
    Word(fn() -> Vec<&'static str>),
    /// A list of words of a fixed list.
    Words(fn() -> Vec<&'static str>),
    /// A mapping with these keys.
    Object(&'static [Key]),
    /// A list of mappings with these keys.
    List(&'static [Key]),
    /// A mapping from ids to mappings with these keys.
    ById(&'static [Key]),
    /// A mapping from words of a fixed list to numbers or ranges, in the unit named.
    RangesBy(fn() -> Vec<&'static str>, &'static str),
    /// A list of needs: `{ data, at }` or `{ any_of: [...] }`.
    Needs,
}

const fn key(name: &'static str, takes: Takes, doc: &'static str) -> Key {
    Key { name, takes, required: false, doc }
}

const fn required(name: &'static str, takes: Takes, doc: &'static str) -> Key {
    Key { name, takes, required: true, doc }
}

fn kinds() -> Vec<&'static str> {
    crate::catalog::Kind::ALL.iter().map(|kind| kind.as_str()).collect()
}

fn interfaces() -> Vec<&'static str> {
    crate::catalog::Interface::ALL.iter().map(|interface| interface.as_str()).collect()
}

fn mechanisms() -> Vec<&'static str> {
    Mechanism::ALL.iter().map(|(_, word)| *word).collect()
}

fn statuses() -> Vec<&'static str> {
    Status::ALL.iter().map(|(_, word)| *word).collect()
}

fn retrainings() -> Vec<&'static str> {
    Retraining::ALL.iter().map(|(_, word)| *word).collect()
}

fn flow_statuses() -> Vec<&'static str> {
    vec!["live", "planned"]
}

/// What an AI policy has to cover to be one.
pub const POLICY_PARTS: [&str; 3] = ["acceptable-use", "data-privacy", "output-review"];

/// What an evaluation framework has to cover to be one.
pub const FRAMEWORK_PARTS: [&str; 4] =
    ["data-governance", "decision-protocol", "integration-feasibility", "security-review"];

/// The keys of a stack file.
pub const STACK: &[Key] = &[
    required("sinew", Takes::Version, "Version of the format."),
    key("$schema", Takes::Text, "Where an editor finds the schema; not read."),
    key("name", Takes::Text, "What the stack is called."),
    key("as_of", Takes::Date, "The day from which all date rules count; the clock is never read."),
    key("currency", Takes::Text, "The currency of all money, such as `USD`."),
    key(
        "hourly_rate",
        Takes::NumberRange("money an hour"),
        "Loaded cost of an hour of manual work; a team may state its own.",
    ),
    key("error_minutes", Takes::NumberRange("minutes"), "Minutes to mend one wrong record; 10 where absent."),
    key("teams", Takes::ById(TEAM), "Who owns systems and performs handoffs."),
    key("systems", Takes::ById(SYSTEM), "What holds or transforms data."),
    key("data", Takes::ById(DATA), "The kinds of data that move."),
    key("flows", Takes::List(FLOW), "What goes from where to where, and how."),
    key("processes", Takes::ById(PROCESS), "What the business does with the data."),
    key("practices", Takes::Object(PRACTICES), "What no graph can show; what is absent is not known."),
    key("severity", Takes::Object(SEVERITY), "Yearly costs at which the severity of a finding moves one step."),
    key("accept", Takes::List(ACCEPT), "Findings that somebody decided to live with."),
    key("plan", Takes::Object(PLAN), "How the plan is to be made; the command line may override."),
];

/// The keys of a team.
pub const TEAM: &[Key] = &[
    key("name", Takes::Text, "Its name; the id where absent."),
    key("people", Takes::Whole, "How many people; absent counts as more than one, and a team of one can fail."),
    key(
        "hourly_rate",
        Takes::NumberRange("money an hour"),
        "Loaded cost of an hour, where it differs from the stack's.",
    ),
    key(
        "availability",
        Takes::ShareRange,
        "Share of the year in which what waits for it gets done. Holidays in which nothing falls due, and days that somebody else stands in, do not count as absence.",
    ),
];

/// The keys of a system.
pub const SYSTEM: &[Key] = &[
    key(
        "product",
        Takes::Text,
        "Its product in the catalog, by id or other name; fills kind, vendor, ai, interfaces and quotas.",
    ),
    key("name", Takes::Text, "Its name; the product's where absent."),
    key("kind", Takes::Word(kinds), "What kind of system it is; needed where the product is not in the catalog."),
    key("vendor", Takes::Text, "Who sells it."),
    key("ai", Takes::Bool, "Whether it is an AI tool."),
    key(
        "interfaces",
        Takes::Words(interfaces),
        "The ways in and out that it has; an empty list says that there are none.",
    ),
    key("quotas", Takes::Object(QUOTAS), "Limits on calls, where they differ from the catalog's."),
    key("owner", Takes::IdOf("team"), "The team that answers for it."),
    key("budget_owner", Takes::Text, "Who pays for it."),
    key("domain", Takes::Text, "The cluster in which diagrams draw it."),
    key("availability", Takes::ShareRange, "Share of the year in which it is up by itself."),
    key("status", Takes::Word(statuses), "How far its use has come; `production` where absent."),
    key("audience_facing", Takes::Bool, "Whether customers see what is in it."),
    key("depends_on", Takes::IdsOf("system"), "What must be up for it to be up."),
    key("makes", Takes::List(MAKES), "Which data objects come into being in it."),
    key("security_review", Takes::Date, "When its security was reviewed; absent: never."),
    key("vendor_review", Takes::Object(VENDOR_REVIEW), "When its vendor was reviewed, and how often that is due."),
    key("contract", Takes::Object(CONTRACT), "The contract for it."),
    key("quality_standard", Takes::Text, "What its output must come up to: a path or a link."),
    key("runbook", Takes::Text, "What to do while it is down: a path or a link."),
    key("pilot", Takes::Object(PILOT), "The trial, where it is one."),
];

/// The keys of `quotas`.
pub const QUOTAS: &[Key] = &[
    key("daily_calls", Takes::Whole, "API calls a day that the contract allows, add-ons included."),
    key("batch_size", Takes::Whole, "Records that one call can carry."),
];

/// The keys of an entry of `makes`.
pub const MAKES: &[Key] = &[
    required("data", Takes::IdOf("data object"), "What is made."),
    key(
        "from",
        Takes::IdsOf("data object"),
        "What is needed for it at this system, all of it; absent: it originates here.",
    ),
    key("model", Takes::Object(MODEL), "The model that makes it."),
];

/// The keys of a model.
pub const MODEL: &[Key] = &[
    key("feedback", Takes::IdsOf("data object"), "The outcomes that it must get back to learn from."),
    key("retrain", Takes::Word(retrainings), "How it is retrained; absent counts as never."),
    key("drift_monitor", Takes::Bool, "Whether its drift is watched; absent counts as no."),
    key("explainable", Takes::Bool, "Whether its answers can be explained; absent counts as no."),
];

/// The keys of `vendor_review`.
pub const VENDOR_REVIEW: &[Key] = &[
    key("last", Takes::Date, "The last review."),
    key("every", Takes::Duration, "How often one is due; the cadence of `practices` where absent."),
];

/// The keys of `contract`.
pub const CONTRACT: &[Key] = &[
    key("renews", Takes::Date, "When it renews."),
    key("cost", Takes::NumberRange("money a year"), "What it costs a year."),
];

/// The keys of `pilot`.
pub const PILOT: &[Key] = &[
    key("since", Takes::Date, "When it began."),
    key("decide_by", Takes::Date, "By when it is decided."),
    key("measure", Takes::Text, "By what it is decided."),
    key("decider", Takes::IdOf("team"), "The team that decides."),
];

/// The keys of a data object.
pub const DATA: &[Key] = &[
    key("name", Takes::Text, "Its name; the id where absent."),
    key(
        "personal",
        Takes::Bool,
        "Whether it is about persons; stated `false`, it stops the derivation from personal inputs.",
    ),
    key("content", Takes::Bool, "Whether it becomes customer-facing."),
];

/// The keys of a flow.
pub const FLOW: &[Key] = &[
    key("id", Takes::NewId, "Its id; `from->to:data` where absent."),
    required("from", Takes::IdOf("system"), "Where it begins."),
    required("to", Takes::IdOf("system"), "Where it ends."),
    required("data", Takes::IdsOf("data object"), "What it carries."),
    required("mechanism", Takes::Word(mechanisms), "How it moves the data."),
    key("through", Takes::IdsOf("system"), "The middleware that it runs through."),
    key("performer", Takes::IdOf("team"), "The team that performs it, where it is manual."),
    key("runs", Takes::RateRange, "How often it runs, such as `40/week`; a bare number is a year."),
    key("minutes", Takes::NumberRange("minutes"), "Minutes of work for one run."),
    key("records", Takes::NumberRange("records"), "Records of one run; 1 where absent."),
    key("error_rate", Takes::ShareRange, "Share of the records that go wrong; 0 where absent."),
    key("delay", Takes::DurationRange, "Time from source to target; 0 where absent."),
    key("review", Takes::Object(REVIEW), "The review by a person on its way."),
    key("value", Takes::NumberRange("money a year"), "What having it automated is worth, beyond hours and errors."),
    key("availability", Takes::ShareRange, "Share of the year in which it works by itself."),
    key("standby", Takes::Bool, "Whether it is used only when others fail."),
    key("status", Takes::Word(flow_statuses), "`live`, or `planned` where it does not exist yet; `live` where absent."),
];

/// The keys of a review.
pub const REVIEW: &[Key] = &[
    key("by", Takes::IdOf("team"), "The team that reviews."),
    key("embedded", Takes::Bool, "Whether the review is part of the flow of work rather than bolted on."),
];

/// The keys of a process.
pub const PROCESS: &[Key] = &[
    key("name", Takes::Text, "Its name; the id where absent."),
    key("owner", Takes::IdOf("team"), "The team that answers for it."),
    key("needs", Takes::Needs, "What it needs, all of it."),
    key("outage_cost", Takes::NumberRange("money an hour"), "What an hour without it costs."),
    key("tolerates", Takes::Duration, "The outage that does no harm; shown, not computed with."),
];

/// The keys of a need.
pub const NEED: &[Key] = &[
    required("data", Takes::IdOf("data object"), "What is needed."),
    required("at", Takes::IdOf("system"), "Where it is needed."),
    key("max_age", Takes::Duration, "How old it may be."),
];

/// The keys of a need that any of several can meet.
pub const ANY_OF: &[Key] = &[required("any_of", Takes::List(NEED), "Needs of which one is enough; they do not nest.")];

/// The keys of `practices`.
pub const PRACTICES: &[Key] = &[
    key("ai_policy", Takes::Object(POLICY), "The AI policy."),
    key("evaluation_framework", Takes::Object(FRAMEWORK), "The framework by which AI tools are evaluated."),
    key(
        "vendor_review_cadence",
        Takes::Duration,
        "How often vendors are reviewed; applies to AI tools that state none.",
    ),
    key("quality_standards", Takes::Text, "Where the quality standards are: a path or a link."),
    key("resilience_plan", Takes::Text, "Where the resilience plan is: a path or a link."),
];

/// The keys of `ai_policy`.
pub const POLICY: &[Key] = &[required("covers", Takes::Words(|| POLICY_PARTS.to_vec()), "What it covers.")];

/// The keys of `evaluation_framework`.
pub const FRAMEWORK: &[Key] = &[required("covers", Takes::Words(|| FRAMEWORK_PARTS.to_vec()), "What it covers.")];

/// The keys of `severity`.
pub const SEVERITY: &[Key] = &[
    key("high_cost", Takes::Number("money a year"), "One step up at this yearly cost or more; 25000 where absent."),
    key("low_cost", Takes::Number("money a year"), "One step down below this yearly cost; 2000 where absent."),
];

/// The keys of an acceptance.
pub const ACCEPT: &[Key] = &[
    key("rule", Takes::Text, "The rule whose findings are accepted."),
    key("subject", Takes::Text, "One of the subjects of the findings."),
    key("id", Takes::Text, "The id of one finding, instead of rule and subject."),
    key("until", Takes::Date, "The last day on which that holds."),
    key("why", Takes::Text, "Why."),
];

/// The keys of `plan`.
pub const PLAN: &[Key] = &[
    key("capacity", Takes::Capacity, "Person-days of integration work a week, such as `5d/week`."),
    key("horizon", Takes::Duration, "How far ahead gains count."),
    key("budget", Takes::NumberRange("money"), "What may be spent within the horizon."),
    key("wave", Takes::Duration, "The length of a wave."),
    key("day_rate", Takes::NumberRange("money a person-day"), "What a person-day of integration work costs."),
    key(
        "efforts",
        Takes::RangesBy(item_kind::effort_keys, "person-days"),
        "Effort by kind of plan item, and what further objects and personal data add to it.",
    ),
    key(
        "running_costs",
        Takes::RangesBy(item_kind::running_cost_keys, "money a year"),
        "Running cost by kind of plan item.",
    ),
];
