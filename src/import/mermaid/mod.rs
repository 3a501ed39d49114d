//! Mermaid diagrams, bare or fenced in Markdown: flowcharts and sequence diagrams.

mod flowchart;
mod node;
mod sequence;

use super::boxes::{self, Drawing, Lost, Sheet};
use super::clean::LeftOut;
use super::reading::{File, Reading};

/// One diagram of a text.
struct Diagram<'t> {
    kind: Kind,
    /// Its lines, without what stands before the word that says its kind.
    body: &'t str,
    /// The line of that word, from 1.
    line: usize,
    /// Its title, or the heading above it.
    title: String,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Flowchart,
    Sequence,
    Other,
}

/// Diagrams of other kinds, which show no systems and arrows as a stack has them.
const OTHERS: [&str; 22] = [
    "pie",
    "gantt",
    "classDiagram",
    "classDiagram-v2",
    "erDiagram",
    "stateDiagram",
    "stateDiagram-v2",
    "journey",
    "mindmap",
    "timeline",
    "gitGraph",
    "quadrantChart",
    "requirementDiagram",
    "sankey-beta",
    "sankey",
    "xychart-beta",
    "block-beta",
    "block",
    "architecture-beta",
    "C4Context",
    "C4Container",
    "kanban",
];

/// The sign of a Mermaid diagram that is read.
pub(super) fn sign(text: &str) -> Option<&'static str> {
    let diagrams = diagrams(text);
    let first = diagrams.iter().find(|diagram| diagram.kind != Kind::Other)?;
    Some(if first.kind == Kind::Flowchart { "flowchart" } else { "sequenceDiagram" })
}

/// Reads all diagrams of a text.
pub(super) fn read(file: &File<'_>, text: &str, left_out: &mut LeftOut) -> Reading {
    let all = diagrams(text);
    let shown = all.len();
    let sheets = all.into_iter().map(|diagram| {
        let mut sheet = match diagram.kind {
            Kind::Flowchart => flowchart::read(diagram.body, diagram.line),
            Kind::Sequence => sequence::read(diagram.body, diagram.line),
            Kind::Other => Sheet {
                dropped: vec![Lost {
                    what: "diagram of another kind",
                    at: format!("line {}", diagram.line),
                    why: "it shows no systems with what goes between them",
                }],
                ..Sheet::default()
            },
        };
        sheet.name = diagram.title;
        sheet
    });
    let drawing = Drawing { sheets: sheets.collect() };
    let mut reading = boxes::draft(file, "mermaid", drawing, left_out);
    reading.units.remove("pages");
    reading.units.insert("diagrams", shown);
    reading
}

/// The diagrams of a text: what is fenced, else the text itself.
fn diagrams(text: &str) -> Vec<Diagram<'_>> {
    let (mut all, mut heading) = (Vec::new(), String::new());
    let mut fence: Option<(&str, usize, usize)> = None;
    let (mut at, mut has_fence) = (0, false);
    for (number, line) in text.split_inclusive('\n').enumerate() {
        let bare = line.trim();
        match fence {
            Some((mark, start, first)) if bare.starts_with(mark) => {
                all.extend(diagram(&text[start..at], first, &heading));
                fence = None;
            }
            Some(_) => {}
            None => {
                let mark = ["```", "~~~", ":::"].into_iter().find(|mark| bare.starts_with(mark));
                let language = bare.trim_start_matches(['`', '~', ':']).trim_start().trim_start_matches('{');
                if mark.is_some() && language.trim_end_matches('}').split_whitespace().next() == Some("mermaid") {
                    has_fence = true;
                    fence = mark.map(|mark| (mark, at + line.len(), number + 2));
                } else if let Some(title) = bare.strip_prefix('#') {
                    heading = title.trim_start_matches('#').trim().to_owned();
                }
            }
        }
        at += line.len();
    }
    if let Some((_, start, first)) = fence {
        all.extend(diagram(&text[start..], first, &heading));
    }
    if !has_fence {
        all.extend(diagram(text, 1, ""));
    }
    all
}

/// The diagram of a text that is one; `None` where it does not begin like one.
fn diagram<'t>(text: &'t str, line: usize, heading: &str) -> Option<Diagram<'t>> {
    let (mut title, mut at, mut in_front) = (heading.to_owned(), 0, false);
    for (number, row) in text.split_inclusive('\n').enumerate() {
        let bare = row.trim();
        if bare == "---" && (in_front || text[..at].trim().is_empty()) {
            in_front = !in_front;
        } else if in_front {
            if let Some(own) = bare.strip_prefix("title:") {
                title = own.trim().trim_matches(['"', '\'']).to_owned();
            }
        } else if !bare.is_empty() && !bare.starts_with("%%") {
            let kind = kind(bare)?;
            return Some(Diagram { kind, body: &text[at..], line: line + number, title });
        }
        at += row.len();
    }
    None
}

fn kind(line: &str) -> Option<Kind> {
    let mut words = line.split(|c: char| c.is_whitespace() || c == ';').filter(|word| !word.is_empty());
    let first = words.next()?;
    match first {
        "flowchart" | "graph" | "flowchart-elk" => match words.next() {
            None
            | Some("TB" | "TD" | "BT" | "RL" | "LR" | "tb" | "td" | "lr" | "rl" | "bt" | ">" | "<" | "^" | "v") => {
                Some(Kind::Flowchart)
            }
            Some(_) => None,
        },
        "sequenceDiagram" => words.next().is_none_or(|next| next.starts_with("%%")).then_some(Kind::Sequence),
        other => OTHERS.contains(&other).then_some(Kind::Other),
    }
}

/// A label as plain lines: line breaks of HTML are lines, tags, icons and marks are taken out.
fn plain(label: &str) -> String {
    let label = super::html::lines(label);
    label
        .replace("**", "")
        .replace('`', "")
        .lines()
        .map(str::trim_start)
        .filter(|line| !line.is_empty())
        .collect::<Vec<_>>()
        .join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn diagrams_are_found_bare_and_fenced() {
        let signs = |text: &str| sign(text);
        assert_eq!(signs("graph TD\n  a --> b"), Some("flowchart"));
        assert_eq!(signs("---\ntitle: x\n---\nsequenceDiagram\n a->>b: c"), Some("sequenceDiagram"));
        assert_eq!(signs("# Doc\n\n```mermaid\nflowchart LR\na-->b\n```\n"), Some("flowchart"));
        assert_eq!(signs("# Doc\n\n```mermaid\npie\n```\n"), None);
        assert_eq!(signs("graph {\n a -- b\n}"), None);
        assert_eq!(signs("flowchart of our process"), None);
        assert_eq!(signs("name: x\n"), None);
        let all = diagrams("## Target\n```mermaid\ngraph LR\na-->b\n```\n```mermaid\npie\n```\n");
        assert_eq!((all.len(), all[0].title.as_str(), all[0].line), (2, "Target", 3));
    }
}
