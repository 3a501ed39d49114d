//! The kinds of plan items: one table for the plan, for what each takes, and for the keys by which a stack file states that.

use schemars::JsonSchema;
use serde::Serialize;

/// Low, likely, high.
pub type Ends = [f64; 3];

/// Something that an effort or a running cost is stated for: its key, its person-days, and its cost a year.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Estimate {
    /// The key under `plan.efforts`, and under `plan.running_costs` where something is left to run.
    pub key: &'static str,
    /// Person-days where the stack file states none.
    pub days: Ends,
    /// Money a year where the stack file states none: licenses and upkeep.
    pub running: Ends,
}

/// What costs nothing to run.
const FREE: Ends = [0.0; 3];

/// The kinds with all that is said of each, in the order in which two of one plan come. Their estimates are those of the author
/// of this file, not measurements: a connector that only has to be switched on and mapped takes days, code of one's own takes
/// weeks with tests, monitoring and a hand-over. Ranges are wide on purpose.
macro_rules! kinds {
    ($($(#[$doc:meta])* $kind:ident = $word:literal, $rank:literal, $days:expr, $running:expr;)*) => {
        /// What kind of thing a plan item builds.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, JsonSchema)]
        #[serde(rename_all = "kebab-case")]
        #[schemars(rename = "PlanItemKind")]
        pub enum ItemKind {$(
            $(#[$doc])*
            $kind,
        )*}

        impl ItemKind {
            const ALL: &[Self] = &[$(Self::$kind),*];

            /// The place in the order in which ways to the same end are told: ready-made first, code of one's own last, then what
            /// carries nothing.
            #[must_use]
            pub const fn rank(self) -> u8 {
                match self {
                    $(Self::$kind => $rank,)*
                }
            }

            /// What it takes where the stack file does not say it.
            #[must_use]
            pub const fn estimate(self) -> Estimate {
                match self {
                    $(Self::$kind => Estimate { key: $word, days: $days, running: $running },)*
                }
            }
        }
    };
}

kinds! {
    /// An automated flow or path already joins the two: it carries more.
    Extend = "extend", 1, [0.5, 1.0, 3.0], FREE;
    /// A connector that the vendors document.
    Native = "native", 0, [1.0, 3.0, 8.0], FREE;
    /// Middleware in the stack reaches both.
    Recipe = "recipe", 2, [1.0, 4.0, 8.0], [200.0, 500.0, 2_000.0];
    /// The warehouse has the object and a tool reaches the target.
    ReverseEtl = "reverse-etl", 3, [1.0, 4.0, 8.0], [200.0, 500.0, 2_000.0];
    // From a plan for a shop of ten to a contract for an enterprise.
    /// Middleware is adopted: an enabler that many share.
    Middleware = "middleware", 5, [2.0, 8.0, 20.0], [600.0, 6_000.0, 24_000.0];
    // Code of one's own breaks when either end changes: about a tenth of the work that went into it.
    /// Code between two programming interfaces.
    Api = "api", 4, [8.0, 15.0, 30.0], [500.0, 1_500.0, 4_000.0];
    /// A standby way for when something fails.
    Fallback = "fallback", 6, [0.5, 1.0, 2.0], FREE;
    // A schedule, and a look at what it does to both ends.
    /// A flow that is there runs at another interval, or in bulk.
    Faster = "faster", 7, [0.5, 1.0, 3.0], FREE;
    // An account on trial, or a mail to the vendor.
    /// Finding out whether something that nobody stated is so.
    Verify = "verify", 8, [0.5, 1.0, 2.0], FREE;
    /// A decision or a review.
    Governance = "governance", 9, [1.0, 3.0, 8.0], FREE;
}

impl ItemKind {
    /// As in ids of plan items and in the stack file.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        self.estimate().key
    }
}

const fn of_days(key: &'static str, days: Ends) -> Estimate {
    Estimate { key, days, running: FREE }
}

/// For each object beyond the first, beside the kind: another mapping, another test.
pub const FURTHER_OBJECT: Estimate = of_days("further-object", [0.25, 0.5, 2.0]);

/// Where personal data is carried, beside the kind: lawful basis, minimization, deletion and access have to be settled once
/// for each item.
pub const PERSONAL_DATA: Estimate = of_days("personal-data", [0.5, 1.0, 3.0]);

/// The measures of governance that have an effort of their own; all others have that of `governance`, and so has one of
/// these where the file states only that.
pub const MEASURES: [Estimate; 13] = [
    of_days("policy", [2.0, 4.0, 8.0]),
    of_days("evaluation-framework", [2.0, 5.0, 10.0]),
    of_days("resilience-plan", [2.0, 4.0, 8.0]),
    of_days("runbook", [0.5, 1.0, 2.0]),
    of_days("quality-standard", [0.5, 1.0, 3.0]),
    of_days("owner", [0.25, 0.5, 1.0]),
    of_days("budget-owner", [0.25, 0.5, 1.0]),
    of_days("review-cadence", [0.25, 0.5, 1.0]),
    of_days("security-review", [1.0, 3.0, 8.0]),
    of_days("vendor-review", [0.5, 1.0, 2.0]),
    of_days("pilot-decision", [0.5, 1.0, 3.0]),
    of_days("watch", [0.5, 1.0, 3.0]),
    of_days("master", [0.5, 1.0, 3.0]),
];

/// Keys of `plan.running_costs`: every kind of which something is left to run; sorted.
#[must_use]
pub fn running_cost_keys() -> Vec<&'static str> {
    sorted(ItemKind::ALL.iter().filter(|kind| **kind != ItemKind::Verify).map(|kind| kind.estimate()))
}

/// Keys of `plan.efforts`: every kind, every measure, and what is added to them; sorted.
#[must_use]
pub fn effort_keys() -> Vec<&'static str> {
    let kinds = ItemKind::ALL.iter().map(|kind| kind.estimate());
    sorted(kinds.chain(MEASURES).chain([FURTHER_OBJECT, PERSONAL_DATA]))
}

fn sorted(all: impl Iterator<Item = Estimate>) -> Vec<&'static str> {
    let mut keys: Vec<&'static str> = all.map(|one| one.key).collect();
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
        let mut ranks: Vec<u8> = ItemKind::ALL.iter().map(|kind| kind.rank()).collect();
        ranks.sort_unstable();
        assert!(ranks.iter().zip(0..).all(|(rank, place)| *rank == place), "{ranks:?}");
    }
}
