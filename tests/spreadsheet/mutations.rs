//! Workbooks of ours with bytes changed, taken out and put in: reading them ends, and gives a stack or a reason.

use proptest::prelude::*;
use sinew::model::read;
use sinew::model::write::write;
use sinew::source::{Level, Source, render};
use sinew::workbook::{CsvFile, csv};

use super::{read_csv, stacks};
use crate::support::mutation::{mutate, some};
use crate::support::random_stack::cases;

/// The sheets of every example.
static BOOKS: std::sync::LazyLock<Vec<Vec<CsvFile>>> =
    std::sync::LazyLock::new(|| stacks().iter().map(|(_, stack)| csv(stack)).collect());

proptest! {
    #![proptest_config(cases(40))]

    /// `PROPTEST_CASES=20000` runs it at length.
    #[test]
    fn no_mutation_of_a_workbook_breaks_its_reading(
        which in any::<prop::sample::Index>(),
        sheet in any::<prop::sample::Index>(),
        changes in some(),
    ) {
        let mut files = which.get(&BOOKS).clone();
        let at = sheet.index(files.len());
        mutate(&mut files[at].bytes, &changes, b",;\"\n'=|0x->:/% ");
        let Ok(Some(opened)) = read_csv("book", &files) else { return Ok(()) };
        let words = render(&opened.source, &opened.reading.problems, false);
        match opened.reading.stack {
            Some(stack) => {
                let text = write(&stack);
                let again = read(&Source::new("stack.yaml", text.clone()));
                prop_assert!(again.stack.is_some(), "{:?}\n{text}", again.problems);
            }
            None => {
                prop_assert!(opened.reading.problems.iter().any(|problem| problem.level == Level::Error));
                prop_assert!(!words.is_empty());
            }
        }
    }
}
