//! As much of Markdown as the pages need: headings, sections, fenced blocks, and parts that are generated.

use std::fs;
use std::path::Path;

use crate::support::golden::{assert_fresh, compare};

/// A fenced block.
#[derive(Clone, Copy)]
pub(crate) struct Block<'p> {
    pub(crate) language: &'p str,
    pub(crate) text: &'p str,
}

impl Block<'_> {
    /// `page` with `text` in the place of this block's, which must be a part of it.
    pub(crate) fn replaced_in(&self, page: &str, text: &str) -> String {
        let start = self.text.as_ptr() as usize - page.as_ptr() as usize;
        format!("{}{text}{}", &page[..start], &page[start + self.text.len()..])
    }
}

/// Each line with where it starts and whether it is outside fenced blocks (a fence is inside).
fn lines(text: &str) -> impl Iterator<Item = (usize, &str, bool)> {
    let mut at = 0;
    let mut is_fenced = false;
    text.split_inclusive('\n').map(move |line| {
        let start = at;
        at += line.len();
        let is_fence = line.starts_with("```");
        let is_outside = !is_fenced && !is_fence;
        is_fenced ^= is_fence;
        (start, line, is_outside)
    })
}

/// The headings of the second level.
pub(crate) fn headings(page: &str) -> impl Iterator<Item = &str> {
    lines(page)
        .filter(|(_, _, is_outside)| *is_outside)
        .filter_map(|(_, line, _)| line.strip_prefix("## "))
        .map(str::trim)
}

/// What stands below the heading of the second level, up to the next; nothing where there is none.
pub(crate) fn section<'p>(page: &'p str, heading: &str) -> &'p str {
    let mut bounds = lines(page).filter(|(_, line, is_outside)| *is_outside && line.starts_with("## "));
    let is_wanted = |line: &str| line.strip_prefix("## ").is_some_and(|rest| rest.trim() == heading);
    let Some((start, line, _)) = bounds.by_ref().find(|(_, line, _)| is_wanted(line)) else { return "" };
    let end = bounds.next().map_or(page.len(), |(start, _, _)| start);
    &page[start + line.len()..end]
}

/// The fenced blocks of a text.
pub(crate) fn blocks(text: &str) -> impl Iterator<Item = Block<'_>> {
    let mut fences = lines(text).filter(|(_, line, _)| line.starts_with("```"));
    std::iter::from_fn(move || {
        let (start, line, _) = fences.next()?;
        let (end, _, _) = fences.next().expect("a fenced block ends");
        Some(Block { language: line[3..].trim(), text: &text[start + line.len()..end] })
    })
}

/// Compares what stands in the file between the comments `<!-- generated: name -->` and `<!-- end -->` with `text`, or
/// writes it there.
pub(crate) fn check_generated(path: &Path, name: &str, text: &str) {
    let file = fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let (begin, text) = (format!("<!-- generated: {name} -->\n"), format!("\n{text}\n"));
    let (before, rest) = file.split_once(&begin).unwrap_or_else(|| panic!("{}: no `{begin}`", path.display()));
    let (_, after) = rest.split_once("<!-- end -->").unwrap_or_else(|| panic!("{}: no end", path.display()));
    let mut stale = Vec::new();
    compare(path, &format!("{before}{begin}{text}<!-- end -->{after}"), &mut stale);
    assert_fresh(&stale);
}
