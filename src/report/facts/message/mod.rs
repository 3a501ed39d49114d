//! What a picture says in one sentence: of several statements, each computed, the one that explains most with least.

mod ahead;
mod beside;
mod choice;
mod failing;
mod gap;
mod known;
mod landscape;
mod work;

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Serialize;
use sinew_draw::scene::Paint;
use sinew_draw::{Aside, Meter};

use super::{Number, Report};
use crate::analysis::Analysis;
use choice::Statement;
use gap::Ends;

pub(in crate::report::facts) use ahead::{roadmap_title, stage_title};
pub(in crate::report::facts) use beside::{Doer, target_title};
pub(in crate::report::facts) use failing::failing;
pub(in crate::report::facts) use landscape::landscape;
pub(in crate::report::facts) use work::work;

/// What a picture says. Amounts are rounded for speech; the tables have the exact ones.
#[derive(Clone, Debug, Default, PartialEq, Serialize, JsonSchema)]
pub struct Message {
    /// The title of the picture: the strongest statement.
    pub title: String,
    /// What may be said as well, strongest first.
    pub also: Vec<String>,
    /// The flows and systems that the title is about, by id, most important first, at most three.
    pub hot: Vec<String>,
    /// What the bars beside it measure; empty without bars.
    pub scale: String,
    /// Amounts to compare, drawn as bars beside it.
    pub bars: Vec<MessageBar>,
    /// What to take away, at most three.
    pub takeaways: Vec<Takeaway>,
    /// What to do about it: the items of the plan that end it, or that none does and what is missing; empty without a plan.
    pub so_what: String,
}

/// One thing to take away.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Takeaway {
    /// Its place, or the rank that the picture shows; may be empty.
    pub number: String,
    /// The statement.
    pub head: String,
    /// What goes with it; may be empty.
    pub text: String,
}

/// An amount to compare.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct MessageBar {
    /// What it is of.
    pub name: String,
    /// The amount.
    pub amount: Number,
    /// The same in words, with what goes with it.
    pub figure: String,
    /// What kind of amount it is, which gives its color.
    pub of: BarOf,
}

/// What a bar is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum BarOf {
    /// Work by hand today.
    ByHand,
    /// The same with the plan.
    WithPlan,
    /// What an outage costs.
    Outage,
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
        let title = texts.next().unwrap_or_default();
        Self { title, also: texts.take(ALSO).collect(), hot, ..Self::default() }
    }

    /// The same as what stands beside the picture.
    #[must_use]
    pub fn aside(&self) -> Aside {
        let most = self.bars.iter().map(|bar| bar.amount.get()).fold(0.0, f64::max);
        let meter = |bar: &MessageBar| Meter {
            name: bar.name.clone(),
            figure: bar.figure.clone(),
            share: if most > 0.0 { bar.amount.get() / most } else { 0.0 },
            paint: match bar.of {
                BarOf::ByHand => Paint::Manual,
                BarOf::WithPlan => Paint::New,
                BarOf::Outage => Paint::Loss,
            },
        };
        let takeaway = |one: &Takeaway| sinew_draw::Takeaway {
            number: one.number.clone(),
            head: one.head.clone(),
            text: one.text.clone(),
        };
        Aside {
            scale: self.scale.clone(),
            meters: self.bars.iter().map(meter).collect(),
            takeaways: self.takeaways.iter().map(takeaway).collect(),
            so_what: self.so_what.clone(),
        }
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

impl<'a> Ends<'a> {
    /// What the plan of `report` ends, if it has one.
    fn of(report: &'a Report) -> Option<Self> {
        Some(Self { report, plan: report.plan.as_ref()? })
    }
}

/// The messages of a whole report with what stands beside its pictures, as far as it has a plan and questions.
pub(super) fn complete(report: &Report) -> Option<BTreeMap<&'static str, Message>> {
    let mut all = report.messages.clone()?;
    let title = |all: &BTreeMap<&str, Message>, view| all.get(view).map(|one| one.title.clone()).unwrap_or_default();
    let others = ["handoffs", "failure"].map(|view| title(&all, view));
    if let Some(message) = all.get_mut("landscape") {
        beside::landscape(report, message, others);
    }
    if let Some(message) = all.get_mut("handoffs") {
        beside::handoffs(report, message);
    }
    if let Some(message) = all.get_mut("failure") {
        beside::failure(report, message);
    }
    let ahead = [
        ("questions", ahead::questions(report)),
        ("roadmap", ahead::roadmap(report)),
        ("stage", ahead::stage(report)),
        ("target", beside::target(report)),
    ];
    all.extend(ahead.into_iter().filter_map(|(view, message)| Some((view, message?))));
    Some(all)
}
