//! A stack with its plan and its report, made once for all tests that only look at it: that is most of what they would
//! take. A test that the same is made twice makes one of the two itself, with [`Planned::of`].

use std::collections::BTreeMap;
use std::sync::{Mutex, OnceLock, PoisonError};

use sinew::analysis::{Analysis, Finding};
use sinew::model::read;
use sinew::plan::{Options, Plan};
use sinew::report::{self, Report, Sources};
use sinew::source::{Source, render};

use super::asking::asked;

/// A stack, everything computed from it, and the report with its plan and questions.
pub(crate) struct Planned {
    pub(crate) source: Source,
    pub(crate) analysis: Analysis<'static>,
    pub(crate) findings: Vec<Finding>,
    pub(crate) plan: Plan,
    pub(crate) report: Report,
}

impl Planned {
    /// Of the text of a stack file, simulated a few times.
    pub(crate) fn of(text: &str) -> Self {
        let source = Source::new("stack.yaml", text.to_owned());
        let reading = read(&source);
        let stack = reading.stack.unwrap_or_else(|| panic!("{}", render(&source, &reading.problems, false)));
        // The analysis borrows it, and what is shared stays to the end.
        let analysis = Analysis::of(Box::leak(Box::new(stack)));
        let findings = analysis.findings();
        let options = Options { samples: 50, ..Options::default() };
        let plan = Plan::of(&analysis, &options).expect("the stack can be planned");
        let told = report::Plan::of(analysis.stack, &plan, &options);
        let report = Report::of(&analysis, &findings, &source).with_plan(told);
        let report = report.with_questions(asked(&analysis, &plan, &source));
        Self { source, analysis, findings, plan, report }
    }

    /// The same, made by the first who asks.
    pub(crate) fn shared(text: &str) -> &'static Self {
        static MADE: Mutex<BTreeMap<String, &'static OnceLock<Planned>>> = Mutex::new(BTreeMap::new());
        let mut made = MADE.lock().unwrap_or_else(PoisonError::into_inner);
        let place: &'static OnceLock<Self> = made.entry(text.to_owned()).or_insert_with(|| Box::leak(Box::default()));
        // Others may ask for other stacks meanwhile.
        drop(made);
        place.get_or_init(|| Self::of(text))
    }

    /// What files of a report are made of.
    pub(crate) fn sources(&self) -> Sources<'_> {
        let Self { analysis, findings, plan, report, .. } = self;
        Sources { analysis, findings, plan, report, stood: None }
    }
}
