//! Questions: what is asked, what an answer is worth, and whether it can be written where the question says.

mod command;
mod oracle;
mod typed;
mod worth;

use std::collections::BTreeMap;

use sinew::analysis::Analysis;
use sinew::model::Stack;
use sinew::plan::questions::{Asked, Budget, ranked};
use sinew::plan::{Options, Plan};
use sinew::report::question::{self, Places, Question};
use sinew::source::Source;

/// Without simulations and ways to stages: no question looks at them.
fn quick() -> Options {
    Options { samples: 0, frontier: false, ..Options::default() }
}

/// All questions of a stack, as they are ranked.
fn asked(stack: &Stack, budget: &Budget) -> Vec<Asked> {
    let analysis = Analysis::of(stack);
    let plan = Plan::of(&analysis, &quick()).unwrap();
    ranked(&analysis, &plan, &quick(), budget)
}

/// The same as they are shown, with the cells of the workbook that would be exported.
fn shown(stack: &Stack, source: &Source, asked: &[Asked]) -> Vec<Question> {
    let cells = sinew::workbook::cells_of_export(stack);
    question::questions(&Analysis::of(stack), None, asked, Places { source, cells: &cells })
}

/// The questions by their ids.
fn by_id(asked: &[Asked]) -> BTreeMap<String, &Asked> {
    asked.iter().map(|one| (one.question.id(), one)).collect()
}
