//! Workbooks of ours with bytes changed, taken out and put in: reading them ends, and gives a stack or a reason.

use proptest::prelude::*;
use sinew::model::read;
use sinew::model::write::write;
use sinew::source::{Level, Source, render};
use sinew::workbook::{CsvFile, csv};

use super::{read_csv, stacks};
use crate::support::random_stack::cases;

/// The sheets of every example.
static BOOKS: std::sync::LazyLock<Vec<Vec<CsvFile>>> =
    std::sync::LazyLock::new(|| stacks().iter().map(|(_, stack)| csv(stack)).collect());

proptest! {
    #![proptest_config(cases(64))]

    /// `PROPTEST_CASES=20000` runs it at length.
    #[test]
    fn no_mutation_of_a_workbook_breaks_its_reading(
        which in any::<prop::sample::Index>(),
        sheet in any::<prop::sample::Index>(),
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>(), 0..5_u8), 1..8),
    ) {
        let mut files = which.get(&BOOKS).clone();
        let at = sheet.index(files.len());
        let bytes = &mut files[at].bytes;
        for (at, byte, how) in changes {
            if bytes.is_empty() {
                break;
            }
            let at = at.index(bytes.len());
            match how {
                0 => bytes[at] = byte,
                1 => drop(bytes.remove(at)),
                2 => bytes.insert(at, byte),
                3 => bytes[at] = b",;\"\n'=|0x->:/% "[usize::from(byte) % 15],
                _ => {
                    let piece = bytes[at..bytes.len().min(at + usize::from(byte))].to_vec();
                    bytes.splice(at..at, piece);
                }
            }
        }
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
