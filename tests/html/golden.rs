//! The words of the page of every golden stack, with its plan.

use std::fs;

use crate::html::fixture::Fixture;
use crate::html::words::words;
use crate::support::golden::{assert_fresh, compare, listed};

#[test]
fn the_words_of_the_page_did_not_change() {
    let mut stale = Vec::new();
    for folder in listed("tests/golden", "") {
        let text = fs::read_to_string(folder.join("stack.yaml")).unwrap();
        compare(&folder.join("page.txt"), &words(&Fixture::undrawn(&text).page()), &mut stale);
    }
    assert_fresh(&stale);
}
