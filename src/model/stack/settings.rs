//! Practices, severity costs and plan settings.

use crate::model::form::{Amount, Capacity, Figures, Text, Time, Vocabulary, Whole, object, ranges_by, some_of};
use crate::model::item_kind::{effort_keys, running_cost_keys};
use crate::model::table::{Context, Fields, Irregular, Mapping, mapping};
use crate::model::units::{Duration, Figure, Money, PersonDays, Range};
use crate::source::Diagnostic;

mapping! {
    /// What no graph can show; `None` where not known.
    #[derive(Clone, Debug, Default, PartialEq)]
    pub struct Practices = "`practices`" {
        ai_policy: Option<Policy> = may, object::<Policy>(), Within, "The AI policy.";
        evaluation_framework: Option<Framework> = may, object::<Framework>(), Within,
            "The framework by which AI tools are evaluated.";
        vendor_review_cadence: Option<Duration> = may, Time::Any, Keep,
            "How often vendors are reviewed; applies to AI tools that state none.";
        quality_standards: Option<String> = may, Text::Word, Text, "Where the quality standards are: a path or a link.";
        resilience_plan: Option<String> = may, Text::Word, Text, "Where the resilience plan is: a path or a link.";
    }
}

mapping! {
    /// What is known of the AI policy.
    #[derive(Clone, Debug, Default, PartialEq)]
    pub struct Policy = "`ai_policy`" {
        covers: Vec<&'static str> = must, some_of::<PolicyPart>("what it covers", "part that it can cover"), Keep, "What it covers.";
    }
}

mapping! {
    /// What is known of the framework by which AI tools are evaluated.
    #[derive(Clone, Debug, Default, PartialEq)]
    pub struct Framework = "`evaluation_framework`" {
        covers: Vec<&'static str> = must, some_of::<FrameworkPart>("what it covers", "part that it can cover"), Keep, "What it covers.";
    }
}

impl Policy {
    /// A policy that covers all that one has to cover.
    #[must_use]
    pub fn whole() -> Self {
        Self { covers: POLICY_PARTS.to_vec() }
    }
}

impl Framework {
    /// A framework that covers all that one has to cover.
    #[must_use]
    pub fn whole() -> Self {
        Self { covers: FRAMEWORK_PARTS.to_vec() }
    }
}

mapping! {
    /// Yearly costs at which the severity of a finding moves one step.
    #[derive(Clone, Copy, Debug, PartialEq)]
    pub struct SeverityCosts = "`severity`" + Irregular {
        high as "high_cost": Money = always(Money(25_000.0)), Amount("a cost", "money per year"), Money,
            "One step up at this yearly cost or more; 25000 where absent.";
        low as "low_cost": Money = always(Money(2_000.0)), Amount("a cost", "money per year"), Money,
            "One step down below this yearly cost; 2000 where absent.";
    }
}

impl Default for SeverityCosts {
    fn default() -> Self {
        Mapping::blank(&Fields::unstated("", crate::source::Span::default()))
    }
}

/// The two have an order.
impl Irregular for SeverityCosts {
    fn settle(self, fields: &Fields<'_, '_>, cx: &mut Context) -> Option<Self> {
        if self.low.0 > self.high.0 {
            let span = fields.key_span("low_cost").or(fields.key_span("high_cost")).unwrap_or(fields.place());
            cx.problems.push(
                Diagnostic::error("range-order", span, "`low_cost` is above `high_cost`")
                    .help("write the smaller one as `low_cost`; absent they are 2000 and 25000"),
            );
        }
        Some(self)
    }
}

mapping! {
    /// How the plan is to be made; `None` where the file leaves it to defaults.
    #[derive(Clone, Debug, Default, PartialEq)]
    pub struct PlanSettings = "`plan`" + Irregular {
        capacity: Option<PersonDays> = may, Capacity, Keep,
            "Person-days of integration work a week, such as `5d/week`.";
        horizon: Option<Duration> = may, Time::Some, Keep, "Time within which gains count.";
        budget: Figure<Money> = may, Figures::Amount("a budget", "money"), Money,
            "Maximum spend within the horizon.";
        wave: Option<Duration> = may, Time::Some, Keep, "The length of a wave.";
        day_rate: Figure<Money> = may, Figures::Amount("a day rate", "money per person-day"), Money,
            "What a person-day of integration work costs.";
        efforts: Vec<(String, Range<PersonDays>)> = many, ranges_by::<EffortKind>("person-days"), Keep,
            "Effort by kind of plan item, and what further objects and personal data add to it.";
        running_costs: Vec<(String, Range<Money>)> = many, ranges_by::<CandidateKind>("money per year"), Money,
            "Running cost by kind of plan item.";
        reach: Option<u64> = may, Whole("a stage"), Keep,
            "The stage that the plan must reach, 2 to 5; absent: the plan that is worth most, whatever stage it reaches.";
        obligations: Option<Vec<&'static str>> = may, some_of::<RuleName>("rules", "rule"), Keep,
            "Rules whose findings are planned for even if that pays nothing; absent: personal-data-to-ai, unreviewed-content \
             and unsupplied-need.";
    }
}

/// There are five stages, and the first needs no plan.
impl Irregular for PlanSettings {
    fn settle(self, fields: &Fields<'_, '_>, cx: &mut Context) -> Option<Self> {
        if self.reach.is_some_and(|stage| !(2..=5).contains(&stage)) {
            let span = fields.key_span("reach").unwrap_or(fields.place());
            cx.problems.push(
                Diagnostic::error("no-such-stage", span, "`reach` is not a stage that a plan can reach")
                    .help("write a stage from 2 to 5, such as `reach: 4`"),
            );
        }
        Some(self)
    }
}

/// The rules whose findings a plan can be made to hold an answer to, in the order of the rules.
pub const RULE_NAMES: [&str; 27] = [
    "manual-handoff",
    "file-relay",
    "dead-end-output",
    "unsupplied-need",
    "repeated-entry",
    "single-point-of-failure",
    "bus-factor",
    "common-dependency",
    "ai-silo",
    "missing-feedback",
    "stale-feed",
    "quota-overrun",
    "personal-data-to-ai",
    "unreviewed-content",
    "bolted-on-review",
    "shadow-ai",
    "no-owner",
    "no-budget-owner",
    "no-runbook",
    "no-quality-standard",
    "review-overdue",
    "pilot-without-decision",
    "model-unwatched",
    "competing-writers",
    "sole-owner",
    "unwatched-flow",
    "contract-ends-soon",
];

/// What an AI policy has to cover to be one.
const POLICY_PARTS: [&str; 3] = ["acceptable-use", "data-privacy", "output-review"];

/// What an evaluation framework has to cover to be one.
const FRAMEWORK_PARTS: [&str; 4] =
    ["data-governance", "decision-protocol", "integration-feasibility", "security-review"];

macro_rules! vocabularies {
    ($($name:ident $words:expr;)*) => {$(
        struct $name;

        impl Vocabulary for $name {
            type Meaning = &'static str;
            fn all() -> Vec<(&'static str, &'static str)> {
                $words.into_iter().map(|word| (word, word)).collect()
            }
        }
    )*};
}

vocabularies! {
    RuleName RULE_NAMES;
    PolicyPart POLICY_PARTS;
    FrameworkPart FRAMEWORK_PARTS;
    EffortKind effort_keys();
    CandidateKind running_cost_keys();
}
