//! What the results take for granted.

use schemars::JsonSchema;
use serde::Serialize;

use super::Number;
use super::document::{Block, Column, Line, Table};
use crate::analysis::{self, Analysis};

/// One thing that the stack file does not say, and what was taken for it.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Assumption {
    /// What is assumed: a key of the stack file, or the name of a convention.
    pub key: String,
    /// The number or the words assumed.
    pub value: Value,
    /// The flows, systems, teams or data objects that rest on it, by id.
    pub used_by: Vec<String>,
}

/// What is assumed.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[serde(untagged)]
#[schemars(rename = "AssumedValue")]
pub enum Value {
    /// A number.
    Number(Number),
    /// Words.
    Words(String),
}

/// All assumptions behind `analysis`, by key.
#[must_use]
pub fn assumptions(analysis: &Analysis<'_>) -> Vec<Assumption> {
    analysis::assumptions(analysis).into_iter().map(Assumption::from).collect()
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

/// How many users of an assumption are named before the rest is counted.
const NAMED: usize = 5;

/// The assumptions as a table.
#[must_use]
pub fn blocks(assumptions: &[Assumption]) -> Vec<Block> {
    if assumptions.is_empty() {
        return Vec::new();
    }
    let mut table = Table::new([Column::text("assumed"), Column::text("value"), Column::text("used by")]);
    for assumption in assumptions {
        let value = match &assumption.value {
            Value::Number(number) => number.get().to_string(),
            Value::Words(words) => words.clone(),
        };
        let mut used_by = assumption.used_by.iter().take(NAMED).cloned().collect::<Vec<_>>().join(", ");
        if assumption.used_by.len() > NAMED {
            used_by.push_str(&format!(" and {} more", assumption.used_by.len() - NAMED));
        }
        table.push([Line::code(&assumption.key), Line::of(value), Line::of(used_by)]);
    }
    vec![Block::Heading(Line::of("Assumptions")), Block::Table(table)]
}
