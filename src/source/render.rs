//! Diagnostics as text: the line shown, a caret under the place, and the help.

use annotate_snippets::{AnnotationKind, Group, Level as Title, Renderer, Snippet};

use super::{Diagnostic, Level, Source, Span, visible};

/// Characters shown of a line on each side of the place; a line of a megabyte stays readable.
const WINDOW: usize = 120;

/// `diagnostics` of `source`, in the order given, each with its line shown; colored with ANSI escapes if `colour`.
/// The text ends with a line end unless it is empty.
#[must_use]
pub fn render(source: &Source, diagnostics: &[Diagnostic], colour: bool) -> String {
    let path = visible(source.name());
    let renderer = if colour { Renderer::styled() } else { Renderer::plain() };
    let mut out = String::new();
    for diagnostic in diagnostics {
        let title = match diagnostic.level {
            Level::Error => Title::ERROR,
            Level::Warning => Title::WARNING,
        };
        let message = visible(&diagnostic.message);
        let mut windows = vec![Window::around(source, diagnostic.span)];
        windows.extend(diagnostic.related.iter().map(|(span, _)| Window::around(source, *span)));
        let mut group = Group::with_title(title.primary_title(message.as_str()).id(diagnostic.code));
        let labels = std::iter::once("").chain(diagnostic.related.iter().map(|(_, words)| words.as_str()));
        for (at, (window, label)) in windows.iter().zip(labels).enumerate() {
            let kind = if at == 0 { AnnotationKind::Primary } else { AnnotationKind::Context };
            let mut annotation = kind.span(window.start..window.end);
            if !label.is_empty() {
                annotation = annotation.label(label);
            }
            group = group.element(
                Snippet::source(window.text.as_str())
                    .path(path.as_str())
                    .line_start(window.line)
                    .annotation(annotation),
            );
        }
        let help = diagnostic.advice().as_deref().map(visible);
        if let Some(help) = &help {
            group = group.element(Title::HELP.message(help.as_str()));
        }
        out.push_str(&renderer.render(&[group]));
        out.push_str("\n\n");
    }
    out
}

/// One line of the source around a place, control characters made visible, with the place's range within.
struct Window {
    line: usize,
    text: String,
    start: usize,
    end: usize,
}

impl Window {
    fn around(source: &Source, span: Span) -> Self {
        let at = source.position(span.start as usize);
        let (line_start, line_end) = source.line_span(at.line);
        let line = &source.text()[line_start..line_end];
        let start = (span.start as usize).clamp(line_start, line_end) - line_start;
        let end = (span.end as usize).clamp(line_start + start, line_end) - line_start;
        let start = floor(line, start);
        let end = floor(line, end).max(start);
        let left = line[..start].char_indices().rev().nth(WINDOW).map_or(0, |(at, _)| at);
        let end = line[start..].char_indices().nth(WINDOW).map_or(end, |(at, _)| end.min(start + at));
        let right = line[end..].char_indices().nth(WINDOW).map_or(line.len(), |(at, _)| end + at);
        let before = visible(&line[left..start]);
        let marked = visible(&line[start..end]);
        let after = visible(&line[end..right]);
        let prefix = if left > 0 { "…" } else { "" };
        let suffix = if right < line.len() { "…" } else { "" };
        let text = format!("{prefix}{before}{marked}{after}{suffix}");
        let start = prefix.len() + before.len();
        Self { line: at.line as usize, start, end: start + marked.len(), text }
    }
}

/// The last character boundary at or before `at`.
fn floor(text: &str, mut at: usize) -> usize {
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}
