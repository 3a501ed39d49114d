//! The head of the page: name, sentences, key figures, contents.

use maud::{Markup, html};

use super::words::{line, sentence, shortened};
use super::{Page, SUMMARY, told};
use crate::report::say::Line;
use crate::report::story::{KeyFigure, Part, figures};

/// The head of the page.
pub(super) fn head(page: &Page<'_>) -> Markup {
    let stack = &page.report.stack;
    html! {
        header {
            h1 { bdi title=(stack.name) { (title(page)) } }
            @for size in &page.story.lead { p.size { (line(size)) } }
            @let summary = summary(page);
            @if !summary.is_empty() { ul.summary aria-label="Summary" { @for one in summary { li { (line(one)) } } } }
            @let figures = figures(page.report);
            @if !figures.is_empty() { dl.figures { @for one in &figures { (figure(page, one)) } } }
        }
        "\n"
        nav aria-label="Contents" {
            @for chapter in told(page) { a href={ "#" (chapter.id) } { (chapter.heading) } " " }
        }
        "\n"
    }
}

/// The sentences that come first.
fn summary<'a>(page: &Page<'a>) -> Vec<&'a Line> {
    let parts = page.story.chapters.iter().filter(|chapter| chapter.id == SUMMARY).flat_map(|chapter| &chapter.parts);
    let lines = parts.flat_map(|part| match part {
        Part::Sentences(lines) => lines.as_slice(),
        Part::Items(_) | Part::Table(_) | Part::Picture(_) => &[],
    });
    lines.collect()
}

/// What the stack is called.
pub(super) fn title(page: &Page<'_>) -> String {
    match page.report.stack.name.trim() {
        "" => "Stack".to_owned(),
        name => shortened(name),
    }
}

fn figure(page: &Page<'_>, figure: &KeyFigure) -> Markup {
    let is_told = told(page).any(|chapter| chapter.id == figure.chapter);
    html! {
        div {
            dt { @if is_told { a href={ "#" (figure.chapter) } { (figure.heading) } } @else { (figure.heading) } }
            dd.figure { (sentence(&figure.figure)) }
            dd.note { (figure.note) }
        }
    }
}
