//! The questions of a report, as the program asks them.

use sinew::analysis::Analysis;
use sinew::plan::questions::{Budget, ranked};
use sinew::plan::{Options, Plan};
use sinew::report::question::{self, First, Places};
use sinew::source::Source;

pub(crate) fn asked(analysis: &Analysis<'_>, plan: &Plan, source: &Source) -> First {
    let all = ranked(analysis, plan, &Options { samples: 0, ..Options::default() }, &Budget::default());
    let cells = sinew::workbook::cells_of_export(analysis.stack);
    question::first(analysis, Some(plan), &all, Places { source, cells: &cells }, question::OF_REPORT)
}
