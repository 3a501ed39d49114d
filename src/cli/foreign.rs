//! Files that are no stack files, by what is in them: named for what they are, with what can be done today.

use sinew_draw::theme::FONT_STACK;

/// As much of a file as is looked at: what a format begins with stands there.
const LOOKED_AT: usize = 64 << 10;

/// What a file is that is given as a stack, and what to do with it; nothing where it may be a stack file.
pub(super) fn recognised(bytes: &[u8]) -> Option<Foreign> {
    let head = &bytes[..bytes.len().min(LOOKED_AT)];
    binary(head).or_else(|| text(&String::from_utf8_lossy(head)))
}

/// A format that is not ours.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Foreign {
    /// What it is, with its article.
    what: &'static str,
    /// What holds what a stack file would say.
    holds: Holds,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Holds {
    Boxes,
    /// Steps of work, which say nothing of systems.
    Steps,
    /// What `sinew import` reads.
    Imported,
    /// What was made of a stack file by sinew.
    Own,
    Nothing,
}

impl Foreign {
    /// As an error about the file called `name`.
    pub(super) fn message(self, name: &str) -> String {
        let help = match self.holds {
            Holds::Boxes => "write one entry of `systems:` for each box and one of `flows:` for each arrow",
            Holds::Imported => {
                return format!(
                    "error: {name} is {}, not a stack file\n  = help: `sinew import {name} -o stack.yaml` makes one of it\n",
                    self.what
                );
            }
            Holds::Own => {
                return format!(
                    "error: {name} is {}, not a stack file\n  = help: give the stack file that it was made from\n",
                    self.what
                );
            }
            Holds::Steps => "write one entry of `flows:` for each step at which data goes from one system to another",
            Holds::Nothing => "it holds no systems and flows that could be read",
        };
        let start =
            if self.holds == Holds::Nothing { "" } else { "; `sinew init stack.yaml` writes a file to start from" };
        format!("error: {name} is {}, not a stack file\n  = help: {help}{start}\n", self.what)
    }
}

fn is(what: &'static str, holds: Holds) -> Option<Foreign> {
    Some(Foreign { what, holds })
}

fn binary(head: &[u8]) -> Option<Foreign> {
    let has = |name: &[u8]| head.windows(name.len()).any(|part| part == name);
    match head {
        [b'P', b'K', 3 | 5, _, ..] if has(b"xl/") || has(b"[Content_Types].xml") && has(b"worksheets") => {
            is("an Excel workbook", Holds::Imported)
        }
        [b'P', b'K', 3 | 5, _, ..] if has(b"ppt/") => is("a PowerPoint file", Holds::Nothing),
        [b'P', b'K', 3 | 5, _, ..] if has(b"word/") => is("a Word document", Holds::Nothing),
        [b'P', b'K', 3 | 5, _, ..] if has(b"visio/") => is("a Visio drawing", Holds::Imported),
        [b'P', b'K', 3 | 5, _, ..] if has(b"opendocument.spreadsheet") => {
            is("an OpenDocument spreadsheet", Holds::Imported)
        }
        [b'P', b'K', 3 | 5, _, ..] => is("a zip archive", Holds::Nothing),
        [0xd0, 0xcf, 0x11, 0xe0, ..] => is("a file of an older Office program (such as .xls)", Holds::Imported),
        [0x89, b'P', b'N', b'G', ..] if has(b"mxfile\0") || has(b"mxGraphModel\0") => {
            is("a draw.io drawing within a PNG picture", Holds::Imported)
        }
        [0x89, b'P', b'N', b'G', ..] | [0xff, 0xd8, 0xff, ..] | [b'G', b'I', b'F', b'8', ..] => {
            is("a picture", Holds::Nothing)
        }
        [b'%', b'P', b'D', b'F', ..] => is("a PDF", Holds::Nothing),
        [0x1f, 0x8b, ..] => is("a gzip archive", Holds::Nothing),
        _ => None,
    }
}

fn text(head: &str) -> Option<Foreign> {
    let head = head.trim_start_matches('\u{feff}').trim_start();
    let begins = |line: &str| head.lines().any(|one| one.starts_with(line));
    if let Some(own) = own(head) {
        return Some(own);
    }
    // Whoever names the version of our format means ours.
    if begins("sinew:") || head.contains("\"sinew\"") {
        return None;
    }
    let small = head[..floor(head, 200)].to_ascii_lowercase();
    if small.starts_with("<!doctype html") || small.starts_with("<html") {
        return is("a web page", Holds::Nothing);
    }
    if head.starts_with('<') {
        let has = |word: &str| head.contains(word);
        return match () {
            () if has("<mxfile") || has("<mxGraphModel") => is("a draw.io drawing", Holds::Imported),
            () if has("soap.sforce.com/2006/04/metadata") => is("Salesforce metadata", Holds::Imported),
            () if has("omg.org/spec/BPMN") => is("a BPMN process", Holds::Steps),
            () if has("xes-standard.org") || has("xes.version") => is("an XES event log", Holds::Steps),
            () if has("archimate") => is("an ArchiMate model", Holds::Imported),
            () if has("<svg") && has("mxfile") => is("a draw.io drawing within an SVG picture", Holds::Imported),
            () if has("<svg") => is("an SVG picture", Holds::Nothing),
            () => is("an XML file", Holds::Nothing),
        };
    }
    if head.starts_with(['{', '[']) {
        let has = |key: &str| head.contains(&format!("\"{key}\""));
        return match () {
            () if has("unique-id") && (has("nodes") || has("relationships")) => {
                is("a CALM architecture", Holds::Imported)
            }
            () if has("softwareSystems") => is("a Structurizr workspace", Holds::Imported),
            () if has("nodes") && has("connections") && has("type") => is("an n8n workflow", Holds::Imported),
            () if has("zaps") => is("an export of Zapier", Holds::Imported),
            () if has("flow") && has("module") => is("a blueprint of Make", Holds::Imported),
            () if has("provider") && has("keyword") => is("a recipe of Workato", Holds::Imported),
            () if has("dbt_schema_version") => is("a manifest of dbt", Holds::Imported),
            () if has("eventType") && has("inputs") => is("a file of OpenLineage events", Holds::Imported),
            () if has("$schema") && head.contains("json-schema.org") => is("a JSON Schema", Holds::Nothing),
            () => None,
        };
    }
    // A title of a Mermaid diagram stands before it.
    let headed = head.strip_prefix("---\n").and_then(|rest| rest.split_once("\n---\n"));
    let head = headed.filter(|(before, _)| before.starts_with("title:")).map_or(head, |(_, behind)| behind);
    let code: String = head.lines().filter(|line| !line.trim_start().starts_with("%%")).collect::<Vec<_>>().join("\n");
    let first = code.trim_start().trim_start_matches("```mermaid").trim_start();
    let mermaid = ["flowchart ", "graph ", "sequenceDiagram"];
    match () {
        () if mermaid.iter().any(|word| first.starts_with(word)) => is("a Mermaid diagram", Holds::Imported),
        () if ["C4Context", "C4Container"].iter().any(|word| first.starts_with(word)) => {
            is("a Mermaid diagram of a kind that is not read", Holds::Boxes)
        }
        () if first.contains("Shape Library,") && first.contains("Line Source,") => {
            is("a Lucidchart drawing", Holds::Imported)
        }
        () if first.starts_with("workspace") && first.contains('{') => is("a Structurizr workspace", Holds::Imported),
        () if first.starts_with("specification") && first.contains('{') => is("a LikeC4 model", Holds::Imported),
        () if first.starts_with("@startuml") => is("a PlantUML diagram", Holds::Boxes),
        () if first.starts_with("digraph") || first.starts_with("graph{") => is("a Graphviz file", Holds::Boxes),
        () if begins("technical_assets:") || begins("threagile_version:") => is("a Threagile model", Holds::Boxes),
        () if begins("apiVersion: backstage.io") => is("a Backstage catalog", Holds::Imported),
        () if is_table(head) => is("a table (CSV or similar)", Holds::Imported),
        () if is_tabbed(head) => is("a table (separated by tabs)", Holds::Imported),
        () => None,
    }
}

/// What sinew itself writes of a stack, apart from stack files: answers, reports and pictures.
fn own(head: &str) -> Option<Foreign> {
    let has = |key: &str| head.contains(&format!("\"{key}\":"));
    let first = |count: usize| head.lines().filter(|line| !line.trim().is_empty()).take(count);
    let is_count = |line: &str| {
        let words = ["systems", "flows", "data objects", "processes"];
        words.iter().all(|word| line.contains(word) || line.contains(word.trim_end_matches("es").trim_end_matches('s')))
            && line.starts_with(|c: char| c.is_ascii_digit())
    };
    let is_json = head.starts_with(['{', '[']);
    match () {
        () if is_json && has("sinew") && has("summary") && has("live_systems") => is("a report of sinew", Holds::Own),
        () if is_json && has("sinew") && (has("live_systems") || has("diagnostics") && !has("systems")) => {
            is("an answer of sinew", Holds::Own)
        }
        () if is_json && has("runs") && head.contains("sarif") => is("a SARIF file of findings", Holds::Own),
        () if is_json && has("short_name") && has("ai_class") => is("a list of products from sinew", Holds::Nothing),
        () if head.starts_with("digraph \"sinew\"") => is("a Graphviz file from sinew", Holds::Own),
        () if head.starts_with("<svg") && head.contains(&format!("font-family=\"{FONT_STACK}\"")) => {
            is("a picture from sinew", Holds::Own)
        }
        () if head.starts_with("# ") && first(2).nth(1).is_some_and(is_count) => is("a report of sinew", Holds::Own),
        () => None,
    }
}

/// Whether all of the first lines have the same number of tabs, at least one between words, and the first no key of YAML.
fn is_tabbed(head: &str) -> bool {
    let lines: Vec<&str> = head.lines().filter(|line| !line.trim().is_empty()).take(5).collect();
    let tabs = |line: &str| line.matches('\t').count();
    let Some(first) = lines.first() else { return false };
    lines.len() >= 2
        && tabs(first.trim()) >= 1
        && !first.starts_with(['\t', ' ', '-', '#'])
        && !first.contains(':')
        && lines.iter().all(|line| tabs(line) == tabs(first))
}

/// The last place at or before `at` where a letter ends.
fn floor(text: &str, at: usize) -> usize {
    (0..=at.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap_or_default()
}

/// Whether all of the first lines have the same number of cells, at least three, and none of them a key of YAML.
fn is_table(head: &str) -> bool {
    let lines: Vec<&str> = head.lines().filter(|line| !line.trim().is_empty()).take(5).collect();
    let cells = |separator: char| lines.iter().map(|line| line.matches(separator).count()).collect::<Vec<_>>();
    let is_even =
        |counts: &[usize]| counts.len() >= 2 && counts[0] >= 2 && counts.iter().all(|count| *count == counts[0]);
    [',', ';', '\t'].into_iter().any(|separator| is_even(&cells(separator)))
        && !lines.iter().any(|line| line.contains(": ") || line.ends_with(':') || line.starts_with("- "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_of_others_are_known_by_what_is_in_them() {
        for (bytes, what) in [
            (&b"PK\x03\x04....xl/workbook.xml"[..], "an Excel workbook"),
            (b"\xd0\xcf\x11\xe0....", "a file of an older Office program (such as .xls)"),
            (b"<mxfile host=\"x\"><diagram/></mxfile>", "a draw.io drawing"),
            (b"%% a comment\nflowchart LR\n  a --> b\n", "a Mermaid diagram"),
            (b"workspace \"x\" {\n model {\n }\n}\n", "a Structurizr workspace"),
            (b"{ \"nodes\": [ { \"unique-id\": \"a\" } ], \"relationships\": [] }", "a CALM architecture"),
            (b"{ \"nodes\": [ { \"type\": \"n8n-nodes-base.x\" } ], \"connections\": {} }", "an n8n workflow"),
            (b"Id,Name,Shape Library,Page ID,Line Source,Line Destination\n1,Page,,,,\n", "a Lucidchart drawing"),
            (b"\x89PNG\r\n\x1a\n....tEXtmxfile\0%3C", "a draw.io drawing within a PNG picture"),
            (b"threagile_version: 1.0.0\ntechnical_assets:\n", "a Threagile model"),
            (b"from,to,data\na,b,c\nd,e,f\n", "a table (CSV or similar)"),
            (b"%PDF-1.7", "a PDF"),
            (
                b"<?xml version=\"1.0\"?>\n<definitions xmlns=\"http://www.omg.org/spec/BPMN/20100524/MODEL\"/>",
                "a BPMN process",
            ),
            (b"<log xes.version=\"1.0\" xmlns=\"http://www.xes-standard.org/\"/>", "an XES event log"),
            (b"from\tto\tdata\tnote\nCRM\tMAP\tlead\tx: y\n", "a table (separated by tabs)"),
            (b"from\tto\nCRM\tMAP\n", "a table (separated by tabs)"),
            (
                b"{ \"$schema\": \"https://json.schemastore.org/sarif-2.1.0.json\", \"runs\": [] }",
                "a SARIF file of findings",
            ),
            (b"---\ntitle: \"Two: flows\"\n---\nflowchart LR\n  a --> b\n", "a Mermaid diagram"),
            (b"<!doctype html>\n<html><body><svg/></body></html>", "a web page"),
        ] {
            let found = recognised(bytes).unwrap_or_else(|| panic!("{what}"));
            assert_eq!(found.what, what);
            assert!(found.message("x").starts_with("error: x is "));
        }
    }

    #[test]
    fn stack_files_are_ours_however_odd() {
        for text in [
            "sinew: 1\nname: x\n",
            "{ \"sinew\": 1, \"nodes\": 1, \"connections\": 1 }",
            "name: x\nsystems: {}\nflows: []\n",
            "# graph of things\nsystems:\n  a: { kind: crm }\n",
            "",
            "a, b, c",
            "systems:\n  a: {}\n",
            "sinew:\t1\nname:\tx\n",
            "# report\n# 3 systems, 2 flows\nsystems:\n  a: {}\n",
        ] {
            assert_eq!(recognised(text.as_bytes()), None, "{text}");
        }
    }
}
