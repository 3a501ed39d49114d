//! What the results take for granted.

use schemars::JsonSchema;
use serde::Serialize;

use crate::analysis::{self, Analysis};
use crate::report::facts::Number;
use crate::report::say::{grouped, percent};

/// One thing that the stack file does not say, and what was taken for it.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Assumption {
    /// What is assumed: a key of the stack file, or the name of a convention; of a guess the path of its key, such as
    /// `flows.draft-to-cms.runs`, and of an entry that is a guess itself `flows.draft-to-cms`.
    pub key: String,
    /// The number or the words assumed.
    pub value: Value,
    /// The flows, systems, teams or data objects that rest on it, by id; for a guess its entry, and then the findings that
    /// rest on it.
    pub used_by: Vec<String>,
}

/// A default as a reader sees it: a number, a range or words.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[serde(untagged)]
#[schemars(rename = "AssumedValue")]
pub enum Value {
    /// One number, where no range is known.
    Number(Number),
    /// Words, where the default is no figure.
    Words(String),
}

/// All assumptions behind `analysis`, by key; then each guess of the stack file with the `findings` that rest on it.
#[must_use]
pub fn assumptions(analysis: &Analysis<'_>, findings: &[analysis::Finding]) -> Vec<Assumption> {
    let guesses = analysis::guesses::assumptions(analysis.stack, findings);
    analysis::assumptions(analysis).into_iter().chain(guesses).map(Assumption::from).collect()
}

/// The same, with what availabilities rest on: for reports that tell availabilities.
#[must_use]
pub fn with_availability(analysis: &Analysis<'_>, findings: &[analysis::Finding]) -> Vec<Assumption> {
    let mut all = assumptions(analysis, findings);
    let at = all.iter().position(|one| one.key.as_str() > "availability" || is_guess(&one.key)).unwrap_or(all.len());
    all.splice(at..at, analysis::always_up(analysis).map(Assumption::from));
    all
}

/// Whether `key` is the path of a guess and not a default.
fn is_guess(key: &str) -> bool {
    ["systems.", "teams.", "data.", "processes.", "flows."].iter().any(|list| key.starts_with(list))
}

impl From<analysis::Assumption> for Assumption {
    fn from(assumption: analysis::Assumption) -> Self {
        Self {
            key: assumption.key,
            value: match assumption.number {
                Some(number) => Value::Number(number.into()),
                None => Value::Words(assumption.words.unwrap_or_default()),
            },
            used_by: assumption.used_by,
        }
    }
}

impl Assumption {
    /// What is assumed, as people say it.
    #[must_use]
    pub fn subject(&self) -> String {
        subject(&self.key)
    }

    /// What is taken for it, as people say it: `1 to 8, likely 4`, `1 year`.
    #[must_use]
    pub fn taken_as(&self) -> String {
        match &self.value {
            Value::Number(number) if self.key == "error_rate" => percent(number.get()),
            Value::Number(number) => plain(number.get()),
            Value::Words(words) => match words.split(", ").collect::<Vec<_>>()[..] {
                [low, likely, high] if [low, likely, high].iter().all(|part| part.parse::<f64>().is_ok()) => {
                    let [low, likely, high] =
                        [low, likely, high].map(|part| part.parse().map_or_else(|_| part.to_owned(), plain));
                    format!("{low} to {high}, likely {likely}")
                }
                [one] => length(one).unwrap_or_else(|| words.clone()),
                _ => words.clone(),
            },
        }
    }
}

/// What a key of the stack file or a name of an assumption stands for, as people say it; the key itself where nobody has said it
/// yet.
#[must_use]
pub fn subject(key: &str) -> String {
    let kind = |prefix: &str| key.strip_prefix(prefix).map(|kind| kind.replace(['-', '_'], " "));
    if let Some(kind) = kind("plan.efforts.") {
        return format!("Person-days to build: {kind}");
    }
    if let Some(kind) = kind("plan.running_costs.") {
        return format!("Running cost a year: {kind}");
    }
    if is_guess(key) {
        return format!("A guess: {key}");
    }
    match key {
        "basis.seen" => "Entries that nobody confirmed for more than a year",
        "availability" => "Flows whose availability nobody stated",
        "records" => "Records handled in a run of a handoff, where the file does not say",
        "error_rate" => "Share of records that go wrong, where the file does not say",
        "catalog" => "Facts from a catalog of your own",
        "error_minutes" => "Minutes to fix an error",
        "hourly_rate" => "Cost of an hour, where no performer is named",
        "handoffs" => "Handoffs",
        "handoffs replaced" => "Handoffs that the plan replaces",
        "origin" => "Where data originates",
        "outage cost" => "Cost of outages",
        "plan.budget" => "Budget of the plan",
        "plan.capacity" => "Person-days of work a week",
        "plan.day_rate" => "Cost of a person-day",
        "plan.horizon" => "Horizon: time within which gains count",
        "plan.wave" => "Length of a wave",
        key => key,
    }
    .to_owned()
}

fn plain(number: f64) -> String {
    if number.fract() == 0.0 { grouped(number) } else { number.to_string() }
}

/// `1y` as `1 year`.
pub(super) fn length(written: &str) -> Option<String> {
    let number: f64 = written.get(..written.len().checked_sub(1)?)?.parse().ok()?;
    let unit = match written.chars().last()? {
        'y' => "year",
        'q' => "quarter",
        'w' => "week",
        'd' => "day",
        'h' => "hour",
        _ => return None,
    };
    Some(if number == 1.0 { format!("1 {unit}") } else { format!("{} {unit}s", plain(number)) })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn assumptions_read_like_words() {
        let said = |key: &str, value: &str| {
            let value = value.parse().map_or(Value::Words(value.into()), |number: f64| Value::Number(number.into()));
            let one = Assumption { key: key.into(), value, used_by: Vec::new() };
            format!("{}: {}", one.subject(), one.taken_as())
        };
        assert_eq!(
            said("plan.efforts.personal-data", "0.5, 1, 3"),
            "Person-days to build: personal data: 0.5 to 3, likely 1"
        );
        assert_eq!(said("plan.horizon", "2y"), "Horizon: time within which gains count: 2 years");
        assert_eq!(said("plan.wave", "1q"), "Length of a wave: 1 quarter");
        assert_eq!(said("plan.budget", "no limit"), "Budget of the plan: no limit");
        assert_eq!(said("plan.day_rate", "1200"), "Cost of a person-day: 1,200");
        assert_eq!(said("error_rate", "0"), "Share of records that go wrong, where the file does not say: 0%");
        assert_eq!(said("something new", "ä"), "something new: ä");
    }
}
