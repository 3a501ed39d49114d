//! Diagnostics as text: the line shown, a caret under the place, and the help. Problems of one kind are one block with
//! all their places.

use anstyle::{AnsiColor, Style};
use unicode_width::UnicodeWidthStr;

use super::words::{capital, counted};
use super::{Diagnostic, Level, Source, Span, visible};

/// Characters shown of a line on each side of a place; a line of a megabyte stays readable.
const WINDOW: usize = 100;

/// Related places that are shown with their lines; of more, the places are listed.
const SHOWN: usize = 3;

/// Problems of one kind that are shown beside an answer.
const FEW: usize = 3;

/// Characters of one line of advice within a block.
const ADVICE: usize = 120;

/// `diagnostics` of `source`, in the order given, each with its line shown; those of one code and level together, where
/// the first of them stands. Colored with ANSI escapes if `colour`. The text ends with a line end unless it is empty.
#[must_use]
pub fn render(source: &Source, diagnostics: &[Diagnostic], colour: bool) -> String {
    rendered(&Page { source, colour, most: usize::MAX }, diagnostics)
}

/// The same beside an answer: of many of one code and level the first few, and how many more `sinew check` lists.
#[must_use]
pub fn render_few(source: &Source, diagnostics: &[Diagnostic], colour: bool) -> String {
    rendered(&Page { source, colour, most: FEW }, diagnostics)
}

fn rendered(page: &Page<'_>, diagnostics: &[Diagnostic]) -> String {
    let source = page.source;
    let mut out = String::new();
    for (at, first) in diagnostics.iter().enumerate() {
        let file = |one: &Diagnostic| source.name_at(one.span.start as usize);
        let is_alike =
            |other: &&Diagnostic| (other.code, other.level, file(other)) == (first.code, first.level, file(first));
        if diagnostics[..at].iter().any(|earlier| is_alike(&earlier)) {
            continue;
        }
        let alike: Vec<&Diagnostic> = diagnostics[at..].iter().filter(is_alike).collect();
        match alike.as_slice() {
            [one] => page.single(one, &mut out),
            several => page.block(several, &mut out),
        }
        out.push('\n');
    }
    out
}

/// What the problems of one code are together.
fn kind(code: &str) -> &'static str {
    match code {
        "bad-date" => "dates that cannot be read",
        "bad-duration" => "durations that cannot be read",
        "bad-id" => "names where ids are expected",
        "bad-number" => "numbers that cannot be read",
        "bad-percentage" => "shares that cannot be read",
        "bad-rate" => "rates that cannot be read",
        "comma-in-value" => "commas that end a value",
        "dependency-cycle" => "circles of systems",
        "depends-on-retired" => "systems that depend on retired ones",
        "duplicate-id" => "ids that stand for two things",
        "catalog-file" => "catalog files that cannot be read",
        "catalog-row" => "faults of catalog rows",
        "duplicate-was" => "former ids that two entries claim",
        "duplicate-key" => "keys that are given twice",
        "empty-any-of" => "lists of alternatives without any",
        "ends-in-use" => "systems with an end that are in use",
        "flow-in-words" => "flows in words",
        "flow-touches-retired" => "flows that touch retired systems",
        "has-ended" => "systems whose end has passed",
        "json-syntax" => "places that are not JSON",
        "list-of-names" => "lists of names where each needs an id",
        "lone-system" => "systems that nothing touches",
        "missing-key" => "keys that are missing",
        "name-added" => "lists of names without rows",
        "no-value" => "formulas without a value",
        "no-number" => "cells that do not say how often",
        "kind-not-known" => "systems of which nothing is known",
        "copied-row" => "copied rows",
        "duplicate-name" => "names that two rows have",
        "unknown-heading" => "headings that are not known",
        "duplicate-heading" => "headings that stand twice",
        "missing-heading" => "headings that are missing",
        "unknown-setting" => "settings that are not known",
        "day-for-figure" => "days where figures are expected",
        "two-answers" => "answers that contradict their cells",
        "answer-without-cell" => "answers without a cell",
        "need-in-words" => "needs in words",
        "more-than-a-team" => "teams with more work than hours",
        "perhaps-one-system" => "systems that are perhaps one",
        "no-performer" => "manual flows without a performer",
        "not-yes-or-no" => "values that are neither `true` nor `false`",
        "one-word" => "single values where keys are expected",
        "process-cycle" => "circles of processes",
        "process-without-needs" => "processes without needs",
        "range-order" => "ranges that are not in order",
        "replaced-by-nothing" => "systems replaced by nothing that is in use",
        "retired-and-changed" => "entries that are changed and retired",
        "retired-in-use" => "retired entries that are still named",
        "syntax" => "places that are not YAML",
        "two-lanes" => "domains in two places",
        "two-things" => "ids that stand for two things",
        "two-ways" => "flows with a direction",
        "unknown-id" => "ids that nothing defines",
        "unknown-key" => "keys that are not known here",
        "unknown-product" => "products that are not in the catalog",
        "unused-arrival" => "objects that arrive where nothing uses them",
        "unknown-domain" => "domains that no system is in",
        "unknown-word" => "words that are not known here",
        "wrong-type" => "values of another type than expected",
        "named-twice" => "names that stand twice",
        "heading-read" => "headings in other words than ours",
        "column-gone" => "columns that are gone",
        "sheet-gone" => "sheets that are gone",
        "sheet-not-read" => "sheets that are not read",
        "column-not-read" => "columns that are not read",
        "duplicate-setting" => "settings that are given twice",
        "missing-rate" => "handoffs without an hourly rate",
        "performer-of-automated" => "automated flows with a performer",
        "peak-below-runs" => "peaks that are lower than usual",
        "flow-to-itself" => "flows from a system to itself",
        "expired-acceptance" => "acceptances that have ended",
        "idle-acceptance" => "acceptances that match no finding",
        "unknown-rule" => "rules that are not known",
        "unknown-subject" => "subjects that are not known",
        "not-an-ai-tool" => "keys of AI tools on other systems",
        "text-too-long" => "texts that are too long",
        "control-character" => "control characters",
        "empty-list" => "empty lists",
        "empty-text" => "empty texts",
        _ => "problems of this kind",
    }
}

struct Page<'s> {
    source: &'s Source,
    colour: bool,
    /// Problems of one kind that are shown.
    most: usize,
}

impl Page<'_> {
    fn paint(&self, style: Style, text: &str) -> String {
        if self.colour { format!("{style}{text}{style:#}") } else { text.to_owned() }
    }

    fn title(&self, level: Level, code: &str, message: &str) -> String {
        let (word, color) = match level {
            Level::Error => ("error", AnsiColor::BrightRed),
            Level::Warning => ("warning", AnsiColor::Yellow),
        };
        let head = self.paint(color.on_default().bold(), &format!("{word}[{code}]"));
        format!("{head}{}\n", self.paint(Style::new().bold(), &format!(": {}", visible(message))))
    }

    fn frame(&self, text: &str) -> String {
        self.paint(AnsiColor::BrightBlue.on_default().bold(), text)
    }

    /// `31:46`, or `Flows!F12` in a workbook.
    fn place(&self, span: Span) -> String {
        self.source.place(span.start as usize)
    }

    /// The line on which a place stands, as a number from 0.
    fn line(&self, span: Span) -> usize {
        self.source.line_at(span.start as usize)
    }

    /// What stands before the line of a place: its number, in a workbook with its sheet.
    fn number(&self, span: Span) -> String {
        let at = span.start as usize;
        let line = self.source.position(at).line;
        match self.source.sheet(at) {
            Some(sheet) => format!("{}!{line}", visible(sheet)),
            None => line.to_string(),
        }
    }

    fn gutter(&self, spans: impl Iterator<Item = Span>) -> usize {
        spans.map(|span| self.number(span).width()).max().unwrap_or(1)
    }

    /// The head of a snippet: where the first of its places is.
    fn origin(&self, arrow: &str, width: usize, at: Span) -> String {
        let path = visible(self.source.name_at(at.start as usize));
        format!("{}{} {path}:{}\n", " ".repeat(width), self.frame(arrow), visible(&self.place(at)))
    }

    /// One line of the source with marks under `spans`, which all begin on it.
    fn snippet(&self, width: usize, spans: &[Span], mark: char, label: &str, out: &mut String) {
        let Some(first) = spans.first() else { return };
        let window = Window::around(self.source, *first, spans.last().unwrap_or(first));
        let bar = self.frame("|");
        let number = self.number(*first);
        let number = self.frame(&format!("{}{number}", " ".repeat(width.saturating_sub(number.width()))));
        out.push_str(&format!("{number} {bar} {}\n", window.text).replace(" \n", "\n"));
        let mut marks = String::new();
        for span in spans {
            let Some((column, length)) = window.columns(*span) else { continue };
            if column < marks.len() {
                continue;
            }
            marks.push_str(&" ".repeat(column - marks.len()));
            marks.extend(std::iter::repeat_n(mark, length.max(1)));
        }
        let color = if mark == '^' { AnsiColor::BrightRed } else { AnsiColor::BrightBlue };
        let marks = self.paint(
            color.on_default().bold(),
            &format!("{marks}{}{}", if label.is_empty() { "" } else { " " }, visible(label)),
        );
        out.push_str(&format!("{} {bar} {marks}\n", " ".repeat(width)));
    }

    fn bar(&self, width: usize) -> String {
        format!("{} {}\n", " ".repeat(width), self.frame("|"))
    }

    fn note(&self, width: usize, text: &str) -> String {
        format!("{} {} {text}\n", " ".repeat(width), self.frame("="))
    }

    fn single(&self, problem: &Diagnostic, out: &mut String) {
        let shown = if problem.related.len() > SHOWN { &[][..] } else { &problem.related[..] };
        let width = self.gutter(std::iter::once(problem.span).chain(shown.iter().map(|(span, _)| *span)));
        out.push_str(&self.title(problem.level, problem.code, &problem.message));
        out.push_str(&self.origin("-->", width, problem.span));
        out.push_str(&self.bar(width));
        self.snippet(width, &[problem.span], '^', "", out);
        for (span, label) in shown {
            out.push_str(&self.bar(width));
            out.push_str(&self.origin(":::", width, *span));
            out.push_str(&self.bar(width));
            self.snippet(width, &[*span], '-', label, out);
        }
        let placed = self.placed(problem);
        let advice = problem.advice().filter(|_| placed.is_empty());
        let more = self.more(problem);
        if advice.is_some() || more.is_some() || !placed.is_empty() {
            out.push_str(&self.bar(width));
        }
        for (text, span) in placed {
            let place = self.paint(Style::new().bold(), &visible(&self.place(span)));
            out.push_str(&self.note(width, &format!("{place}: {}", capital(&text))));
        }
        if let Some(text) = more {
            out.push_str(&self.note(width, &text));
        }
        if let Some(text) = advice {
            out.push_str(
                &self.note(width, &format!("{} {}", self.paint(Style::new().bold(), "help:"), visible(&text))),
            );
        }
    }

    /// What to write at each place, where one change is made at several of them and nothing else says it; of many the first.
    fn placed(&self, problem: &Diagnostic) -> Vec<(String, Span)> {
        const MOST: usize = 24;
        let [fix] = problem.fixes.as_slice() else { return Vec::new() };
        if problem.help.is_some() || fix.edits.len() < 2 {
            return Vec::new();
        }
        let told = |(span, text): &(Span, String)| {
            let words = match text.trim() {
                "" => "remove this".to_owned(),
                text if span.start == span.end => format!("insert `{}`", visible(text)),
                text => format!("write `{}`", visible(text)),
            };
            (words, *span)
        };
        let mut edits: Vec<&(Span, String)> = fix.edits.iter().collect();
        edits.sort_by_key(|(span, _)| *span);
        let mut all: Vec<(String, Span)> = edits.iter().take(MOST).map(|edit| told(edit)).collect();
        if let Some((span, _)) = edits.get(MOST) {
            let rest = counted(edits.len() - MOST, "more place", "more places");
            all.push((format!("and {rest} from here; `--format json` has them"), *span));
        }
        all
    }

    /// The related places that are not shown with their lines.
    fn more(&self, problem: &Diagnostic) -> Option<String> {
        if problem.related.len() <= SHOWN {
            return None;
        }
        let label = visible(&problem.related[0].1);
        let beside = self.source.name_at(problem.span.start as usize);
        Some(format!("{label}: {}", self.places(problem.related.iter().map(|(span, _)| *span), beside)))
    }

    /// `31:46, 33:20`: lines and columns; of many the first and how many more. Those of another file than `beside` bear its
    /// name.
    fn places(&self, spans: impl ExactSizeIterator<Item = Span>, beside: &str) -> String {
        const MOST: usize = 24;
        let count = spans.len();
        let place = |span: Span| match self.source.name_at(span.start as usize) {
            name if name == beside => visible(&self.place(span)),
            name => format!("{}:{}", visible(name), visible(&self.place(span))),
        };
        let mut places: Vec<String> = spans.take(MOST).map(place).collect();
        if count > MOST {
            places.push(format!("and {}", counted(count - MOST, "more place", "more places")));
        }
        places.join(", ")
    }

    /// Problems of one kind: their lines with all marks, then what each of them says.
    fn block(&self, problems: &[&Diagnostic], out: &mut String) {
        let first = problems[0];
        let file = self.source.name_at(first.span.start as usize);
        let title = format!("{} {}", problems.len(), kind(first.code));
        out.push_str(&self.title(first.level, first.code, &title));
        let width = self.gutter(problems.iter().map(|problem| problem.span));
        out.push_str(&self.origin("-->", width, first.span));
        out.push_str(&self.bar(width));
        // One more is shown as soon as it is told of.
        let shown = if problems.len() <= self.most.saturating_add(1) { problems.len() } else { self.most };
        let (problems, others) = problems.split_at(shown);
        for line in problems.chunk_by(|a, b| self.line(a.span) == self.line(b.span)) {
            let spans: Vec<Span> = line.iter().map(|problem| problem.span).collect();
            self.snippet(width, &spans, '^', "", out);
        }
        out.push_str(&self.bar(width));
        // What all are told alike stands once.
        let help =
            first.help.as_deref().filter(|_| problems.iter().all(|one| one.fixes.is_empty() && one.help == first.help));
        let mut said: Vec<(String, Vec<Span>)> = Vec::new();
        for problem in problems {
            let mut text = visible(&problem.message);
            let placed = self.placed(problem);
            if let Some(advice) = advice(problem).filter(|_| help.is_none() && placed.is_empty()) {
                text.push_str(&format!("; {}", visible(&advice)));
            }
            if let Some((_, label)) = problem.related.first() {
                let others = self.places(problem.related.iter().map(|(span, _)| *span), file);
                text.push_str(&format!(" ({}: {others})", visible(label)));
            }
            match said.iter_mut().rev().take(50).find(|(known, _)| *known == text) {
                Some((_, spans)) => spans.push(problem.span),
                None => said.push((text, vec![problem.span])),
            }
            said.extend(placed.into_iter().map(|(text, span)| (text, vec![span])));
        }
        for (text, spans) in said {
            let places = self.places(spans.into_iter(), file);
            out.push_str(
                &self.note(width, &format!("{}: {}", self.paint(Style::new().bold(), &places), capital(&text))),
            );
        }
        if !others.is_empty() {
            out.push_str(&self.note(width, &format!("and {} more; `sinew check` lists all of them", others.len())));
        }
        if let Some(help) = help {
            out.push_str(&self.note(width, &format!("{}: {}", self.paint(Style::new().bold(), "help"), visible(help))));
        }
    }
}

/// What to write, short enough for a line of a block.
fn advice(problem: &Diagnostic) -> Option<String> {
    let whole = problem.advice()?;
    if whole.chars().count() <= ADVICE {
        return Some(whole);
    }
    let exact = Diagnostic { help: None, ..problem.clone() }.advice();
    let text = exact.unwrap_or(whole);
    match text.char_indices().nth(2 * ADVICE) {
        Some((at, _)) => Some(format!("{}…", &text[..at])),
        None => Some(text),
    }
}

/// One line of the source around places, control characters made visible.
struct Window {
    text: String,
    /// The bytes of the source that are shown, and how wide what stands before them is.
    shown: std::ops::Range<usize>,
    before: usize,
    raw: String,
}

impl Window {
    fn around(source: &Source, first: Span, last: &Span) -> Self {
        let (line_start, line_end) = source.line_span(source.line_at(first.start as usize));
        let line = &source.text()[line_start..line_end];
        let inside = |at: u32| floor(line, (at as usize).clamp(line_start, line_end) - line_start);
        let (start, end) = (inside(first.start), inside(last.end).max(inside(first.start)));
        let left = line[..start].char_indices().rev().nth(WINDOW).map_or(0, |(at, _)| at);
        let end = line[start..].char_indices().nth(WINDOW).map_or(end, |(at, _)| end.min(start + at));
        let right = line[end..].char_indices().nth(WINDOW).map_or(line.len(), |(at, _)| end + at);
        let (prefix, suffix) = (if left > 0 { "…" } else { "" }, if right < line.len() { "…" } else { "" });
        let raw = line[left..right].to_owned();
        let text = format!("{prefix}{}{suffix}", visible(&raw));
        Self { text, shown: line_start + left..line_start + right, before: prefix.width(), raw }
    }

    /// The column at which `span` is marked, and how wide; nothing where it lies outside of what is shown.
    fn columns(&self, span: Span) -> Option<(usize, usize)> {
        let (start, end) = (span.start as usize, (span.end as usize).min(self.shown.end));
        if start < self.shown.start || start > self.shown.end {
            return None;
        }
        let start = floor(&self.raw, start - self.shown.start);
        let end = floor(&self.raw, end.saturating_sub(self.shown.start)).max(start);
        let width = |text: &str| visible(text).width();
        Some((self.before + width(&self.raw[..start]), width(&self.raw[start..end])))
    }
}

/// The last character boundary at or before `at`.
fn floor(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str, words: &[&str]) -> String {
        let source = Source::new("stack.yaml", text.to_owned());
        let problems: Vec<Diagnostic> = words
            .iter()
            .map(|word| {
                let at = text.find(word).unwrap();
                Diagnostic::error("bad-id", Span::new(at, at + word.len()), format!("wrong `{word}`")).help("write `x`")
            })
            .collect();
        render(&source, &problems, false)
    }

    #[test]
    fn columns_are_right_far_into_a_line_and_behind_tabs() {
        for far in [10, 121, 123, 131, 281, 5_000] {
            let text = format!("{}zzz", "x".repeat(far));
            assert!(shown(&text, &["zzz"]).contains(&format!("stack.yaml:1:{}\n", far + 1)), "{far}");
        }
        let text = shown("a:\n\t\tb: zzz\n", &["zzz"]);
        assert!(text.contains("stack.yaml:2:6\n") && text.contains("\n2 |   b: zzz\n  |      ^^^\n"), "{text}");
    }

    #[test]
    fn problems_of_one_kind_are_one_block_with_every_place() {
        let text = shown("a: one, b: two\nc: three\n", &["one", "two", "three"]);
        assert_eq!(text.matches("error[").count(), 1);
        assert!(text.starts_with("error[bad-id]: 3 names where ids are expected\n --> stack.yaml:1:4\n"), "{text}");
        assert!(text.contains("1 | a: one, b: two\n  |    ^^^     ^^^\n2 | c: three\n  |    ^^^^^\n"), "{text}");
        assert!(text.contains("  = 1:12: Wrong `two`\n"), "{text}");
        assert!(text.ends_with("  = help: write `x`\n\n"), "what all are told alike stands once\n{text}");
    }

    #[test]
    fn beside_an_answer_stand_the_first_problems_of_a_kind_and_how_many_more_there_are() {
        let few = |count: usize| {
            let text: String = (0..count).map(|at| format!("a: bad{at:02}\n")).collect();
            let problem = |at: usize| {
                let start = text.find(&format!("bad{at:02}")).unwrap() as u32;
                Diagnostic::error("bad-id", Span { start, end: start + 5 }, format!("wrong {at}"))
            };
            let problems: Vec<Diagnostic> = (0..count).map(problem).collect();
            render_few(&Source::new("stack.yaml", text.clone()), &problems, false)
        };
        let text = few(40);
        assert!(text.contains("40 names where ids are expected") && text.matches("^^^^^").count() == FEW, "{text}");
        assert!(text.contains("= and 37 more; `sinew check` lists all of them\n"), "{text}");
        // A line that says how many more would take the place of the one that is left.
        assert!(few(4).matches("^^^^^").count() == 4 && !few(4).contains("more;"), "{}", few(4));
    }
}
