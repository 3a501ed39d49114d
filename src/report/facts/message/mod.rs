//! What a picture says in one sentence: of several statements, each computed, the one that explains most with least.

mod choice;
mod failing;
mod known;
mod landscape;
mod work;

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Serialize;

use crate::analysis::Analysis;
use choice::Statement;

pub(in crate::report::facts) use failing::failing;
pub(in crate::report::facts) use landscape::landscape;
pub(in crate::report::facts) use work::work;

/// What a picture says. Amounts are rounded for speech; the tables have the exact ones.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Message {
    /// The title of the picture: the strongest statement.
    pub title: String,
    /// What may be said as well, strongest first.
    pub also: Vec<String>,
    /// The flows and systems that the title is about, by id, most important first, at most three.
    pub hot: Vec<String>,
}

impl Message {
    /// The strongest of `statements` and the next.
    fn of(mut statements: Vec<Statement>) -> Self {
        choice::strongest_first(&mut statements);
        let hot = statements.first().map(|one| one.about.iter().take(HOT).cloned().collect()).unwrap_or_default();
        Self::in_order(statements.into_iter().map(|one| one.text), hot)
    }

    /// The texts as they are ordered.
    fn in_order(texts: impl IntoIterator<Item = String>, hot: Vec<String>) -> Self {
        let mut texts = texts.into_iter();
        Self { title: texts.next().unwrap_or_default(), also: texts.take(ALSO).collect(), hot }
    }
}

/// Flows and systems that a title is about at most.
const HOT: usize = 3;

/// Statements beside the title.
const ALSO: usize = 2;

/// The messages of the pictures of today's stack, by view.
pub(super) fn messages(analysis: &Analysis<'_>) -> BTreeMap<&'static str, Message> {
    BTreeMap::from([("failure", failing(analysis)), ("handoffs", work(analysis)), ("landscape", landscape(analysis))])
}
