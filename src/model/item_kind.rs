//! The kinds of plan items: one list for the plan, and for the keys by which a stack file states effort and cost.

use schemars::JsonSchema;
use serde::Serialize;

/// What kind of thing a plan item builds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[schemars(rename = "PlanItemKind")]
pub enum ItemKind {
    /// An automated flow or path already joins the two: it carries more.
    Extend,
    /// A connector that the vendors document.
    Native,
    /// Middleware in the stack reaches both.
    Recipe,
    /// The warehouse has the object and a tool reaches the target.
    ReverseEtl,
    /// Middleware is adopted: an enabler that many share.
    Middleware,
    /// Code between two programming interfaces.
    Api,
    /// A standby way for when something fails.
    Fallback,
    /// A flow that is there runs at another interval, or in bulk.
    Faster,
    /// A decision or a review.
    Governance,
}

impl ItemKind {
    const ALL: [Self; 9] = [
        Self::Extend,
        Self::Native,
        Self::Recipe,
        Self::ReverseEtl,
        Self::Middleware,
        Self::Api,
        Self::Fallback,
        Self::Faster,
        Self::Governance,
    ];

    /// The place in the order in which ways to the same end are told: ready-made first, code of one's own last, then what
    /// carries nothing.
    #[must_use]
    pub const fn rank(self) -> u8 {
        match self {
            Self::Native => 0,
            Self::Extend => 1,
            Self::Recipe => 2,
            Self::ReverseEtl => 3,
            Self::Api => 4,
            Self::Middleware => 5,
            Self::Fallback => 6,
            Self::Faster => 7,
            Self::Governance => 8,
        }
    }

    /// As in ids of plan items and in the stack file.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Extend => "extend",
            Self::Native => "native",
            Self::Recipe => "recipe",
            Self::ReverseEtl => "reverse-etl",
            Self::Middleware => "middleware",
            Self::Api => "api",
            Self::Fallback => "fallback",
            Self::Faster => "faster",
            Self::Governance => "governance",
        }
    }
}

/// Effort for each object beyond the first, beside that of the kind.
pub const FURTHER_OBJECT: &str = "further-object";

/// Effort where personal data is carried, beside that of the kind.
pub const PERSONAL_DATA: &str = "personal-data";

/// Effort of finding out whether something that nobody stated is so.
pub const VERIFY: &str = "verify";

/// The measures of governance that have an effort of their own; all others have that of `governance`, and so has one of
/// these where the file states only that.
pub const MEASURES: [&str; 13] = [
    "policy",
    "evaluation-framework",
    "resilience-plan",
    "runbook",
    "quality-standard",
    "owner",
    "budget-owner",
    "review-cadence",
    "security-review",
    "vendor-review",
    "pilot-decision",
    "watch",
    "master",
];

/// Keys of `plan.running_costs`: every kind; sorted.
#[must_use]
pub fn running_cost_keys() -> Vec<&'static str> {
    let mut keys: Vec<&'static str> = ItemKind::ALL.iter().map(|kind| kind.as_str()).collect();
    keys.sort_unstable();
    keys
}

/// Keys of `plan.efforts`: every kind, every measure, and what is added to them; sorted.
#[must_use]
pub fn effort_keys() -> Vec<&'static str> {
    let mut keys = running_cost_keys();
    keys.extend([FURTHER_OBJECT, PERSONAL_DATA, VERIFY]);
    keys.extend(MEASURES);
    keys.sort_unstable();
    keys
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_word_of_a_kind_is_the_one_in_the_report() {
        for kind in ItemKind::ALL {
            assert_eq!(serde_json::to_value(kind).unwrap(), kind.as_str());
        }
    }
}
