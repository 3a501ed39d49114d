//! The questions of a report, as the program asks them.

use sinew::analysis::Analysis;
use sinew::plan::questions::{Budget, ranked};
use sinew::plan::{Options, Plan};
use sinew::report::question::{self, Places, Question};
use sinew::source::Source;

pub(crate) fn asked(analysis: &Analysis<'_>, plan: &Plan, source: &Source) -> Vec<Question> {
    let all = ranked(analysis, plan, &Options { samples: 0, ..Options::default() }, &Budget::default());
    let cells = sinew::workbook::cells_of_export(analysis.stack);
    question::questions(analysis, Some(plan), &all, Places { source, cells: &cells })
}
