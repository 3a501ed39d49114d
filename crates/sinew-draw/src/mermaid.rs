//! Diagram to Mermaid flowchart text, for wikis that draw it: GitHub, GitLab, Confluence, Notion.
//!
//! Mermaid does its own layout; places of the slide layout do not carry over. Ids are numbers, and
//! words are quoted with entity codes, so that no name can end a label or begin markup.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use crate::text::clean;
use crate::theme::{Theme, hex};
use crate::way::parts;
use crate::{Diagram, Edge, EdgeEmphasis, Emphasis, Node, Role, Style};

/// The diagram as a Mermaid flowchart from left to right, title included. Same diagram and theme, same text.
///
/// Mermaid itself draws at most 500 edges and 50,000 characters unless its host allows more.
#[must_use]
pub fn mermaid(diagram: &Diagram, theme: &Theme) -> String {
    let mut out = String::new();
    let title = clean(&diagram.title);
    if !title.is_empty() {
        let _ = write!(out, "---\ntitle: {}\n---\n", yaml_string(&title));
    }
    out.push_str("flowchart LR\n");
    let _ = writeln!(out, "  accDescr: {}", plain(&diagram.alternative_text()));
    let ids: BTreeMap<&str, usize> = diagram.nodes.iter().enumerate().rev().map(|(i, n)| (n.id.as_str(), i)).collect();
    let clustered = |n: &Node| n.cluster.as_ref().is_some_and(|c| diagram.clusters.iter().any(|k| k.id == *c));
    for (i, cluster) in diagram.clusters.iter().enumerate() {
        let is_first = diagram.clusters.iter().position(|c| c.id == cluster.id) == Some(i);
        let members: Vec<usize> = (0..diagram.nodes.len())
            .filter(|n| is_first && diagram.nodes[*n].cluster.as_ref() == Some(&cluster.id))
            .collect();
        if members.is_empty() {
            continue;
        }
        let _ = writeln!(out, "  subgraph c{i}[\"{}\"]", some(label(&cluster.name)));
        members.iter().for_each(|n| node(&mut out, *n, &diagram.nodes[*n], "    "));
        out.push_str("  end\n");
    }
    for (i, n) in diagram.nodes.iter().enumerate().filter(|(_, n)| !clustered(n)) {
        node(&mut out, i, n, "  ");
    }
    let ends = |e: &Edge| Some((*ids.get(e.from.as_str())?, *ids.get(e.to.as_str())?));
    let parts = parts(diagram);
    let drawn: Vec<(&Edge, (usize, usize))> = parts.iter().filter_map(|e| Some((e, ends(e)?))).collect();
    drawn.iter().for_each(|(e, (from, to))| edge(&mut out, e, *from, *to));
    node_styles(&mut out, diagram, theme);
    edge_styles(&mut out, &drawn, theme);
    out
}

fn node(out: &mut String, number: usize, n: &Node, indent: &str) {
    let (open, close) = match n.role {
        Role::System | Role::Step | Role::Work | Role::Duty | Role::Check => ("[", "]"),
        Role::SystemOfRecord => ("[(", ")]"),
        Role::AiTool => ("([", "])"),
        Role::Carrier => (">", "]"),
        Role::Middleware => ("{{", "}}"),
        Role::Process => ("(", ")"),
        Role::Team => ("[/", "/]"),
        Role::Domain => ("[[", "]]"),
    };
    let name = if clean(&n.name).is_empty() { &n.id } else { &n.name };
    let lines = [name, &n.caption].into_iter().chain(&n.notes).chain([&n.badge, &n.price]).map(|l| label(l));
    let lines: Vec<String> = lines.filter(|l| !l.is_empty()).collect();
    let words = some(lines.join("<br/>"));
    let _ = writeln!(out, "{indent}n{number}{open}\"{words}\"{close}");
}

fn edge(out: &mut String, e: &Edge, from: usize, to: usize) {
    let arrow = match (e.style, e.emphasis) {
        (_, EdgeEmphasis::Lost) => "--x",
        (Style::Manual | Style::Standby | Style::Planned | Style::Ghost | Style::DependsOn, _) => "-.->",
        (Style::Automated | Style::New | Style::Need, EdgeEmphasis::Strong) => "==>",
        (Style::Automated | Style::New | Style::Need, _) => "-->",
    };
    let lines: Vec<String> = e.words().iter().chain([&e.price]).map(|l| label(l)).filter(|l| !l.is_empty()).collect();
    let words = if lines.is_empty() { String::new() } else { format!("|\"{}\"|", lines.join("<br/>")) };
    let _ = writeln!(out, "  n{from} {arrow}{words} n{to}");
}

/// One class for each look that boxes have.
fn node_styles(out: &mut String, diagram: &Diagram, theme: &Theme) {
    let mut looks: BTreeMap<(Role, Emphasis), Vec<String>> = BTreeMap::new();
    for (i, n) in diagram.nodes.iter().enumerate() {
        looks.entry((n.role, n.emphasis)).or_default().push(format!("n{i}"));
    }
    for (i, ((role, emphasis), members)) in looks.into_iter().enumerate() {
        let colors = theme.of_box(role, emphasis);
        let (stroke, width) = match emphasis {
            Emphasis::Ringed | Emphasis::RingedDashed => (theme.ring, 3),
            Emphasis::New => (colors.stroke, 2),
            _ => (colors.stroke, 1),
        };
        let dash = match emphasis {
            Emphasis::RingedDashed | Emphasis::Lost => ",stroke-dasharray:4 3",
            Emphasis::Ghost => ",stroke-dasharray:2 3",
            _ => "",
        };
        let (fill, text, stroke) = (hex(colors.fill), hex(colors.text), hex(stroke));
        let _ = writeln!(out, "  classDef k{i} fill:{fill},stroke:{stroke},color:{text},stroke-width:{width}px{dash}");
        let _ = writeln!(out, "  class {} k{i}", members.join(","));
    }
}

/// One `linkStyle` for each look that lines have.
fn edge_styles(out: &mut String, drawn: &[(&Edge, (usize, usize))], theme: &Theme) {
    let mut looks: BTreeMap<(Style, EdgeEmphasis), Vec<String>> = BTreeMap::new();
    for (i, (e, _)) in drawn.iter().enumerate() {
        looks.entry((e.style, e.emphasis)).or_default().push(i.to_string());
    }
    for ((style, emphasis), members) in looks {
        let (line, words) = (hex(theme.of_line(style, emphasis)), hex(theme.of_label(style, emphasis)));
        let _ = writeln!(out, "  linkStyle {} stroke:{line},color:{words}", members.join(","));
    }
}

/// Words within a quoted label: what Mermaid, its Markdown or HTML could read as more than words is
/// written as an entity code.
fn label(text: &str) -> String {
    let text = clean(text);
    let mut out = String::with_capacity(text.len() + 8);
    let mut before = ' ';
    for (at, c) in text.char_indices() {
        let is_list = (at == 0 && matches!(c, '-' | '+')) || (before.is_ascii_digit() && matches!(c, '.' | ')'));
        let is_plain =
            c.is_alphanumeric() || matches!(c, ' ' | ',' | '.' | '-' | '+' | '/' | '(' | ')' | '%' | '·' | '…' | '–');
        if is_plain && !is_list {
            out.push(c);
        } else {
            let _ = write!(out, "#{};", u32::from(c));
        }
        before = c;
    }
    out
}

/// `words`, or a blank where there are none: Mermaid takes no empty label.
fn some(words: String) -> String {
    if words.is_empty() { "#160;".into() } else { words }
}

/// Words of a description, which knows no entity codes.
fn plain(text: &str) -> String {
    let text: String =
        text.chars().map(|c| if matches!(c, '#' | ';' | '{' | '}' | '%' | '<' | '>') { ' ' } else { c }).collect();
    clean(&text)
}

/// A YAML string in double quotes.
fn yaml_string(text: &str) -> String {
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            // Mermaid draws titles as words, but reads entity codes out of the whole text first.
            '#' => out.push('＃'),
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Cluster;

    #[test]
    fn a_flowchart_by_hand() {
        let node = |id: &str, role, cluster: Option<&str>| Node {
            id: id.into(),
            name: id.to_uppercase(),
            role,
            cluster: cluster.map(Into::into),
            ..Node::default()
        };
        let edge = |from: &str, to: &str, style| Edge {
            from: from.into(),
            to: to.into(),
            style,
            label: vec!["a".into(), "b".into()],
            ..Edge::default()
        };
        let diagram = Diagram {
            title: "It \"works\"".into(),
            alt: "Two".into(),
            clusters: vec![
                Cluster { id: "k".into(), name: "K & K".into() },
                Cluster { id: "void".into(), name: "Void".into() },
            ],
            nodes: vec![node("x", Role::AiTool, Some("k")), node("y", Role::SystemOfRecord, None)],
            edges: vec![edge("x", "y", Style::Manual), edge("x", "nowhere", Style::Manual)],
            ..Diagram::default()
        };
        assert_eq!(
            mermaid(&diagram, &Theme::light()),
            "---\ntitle: \"It \\\"works\\\"\"\n---\nflowchart LR\n  accDescr: Two\n  subgraph c0[\"K #38; K\"]\n    n0([\"X\"])\n  end\n  \
             n1[(\"Y\")]\n  n0 -.->|\"a<br/>b\"| n1\n  \
             classDef k0 fill:#deeffa,stroke:#006298,color:#101828,stroke-width:1px\n  class n1 k0\n  \
             classDef k1 fill:#f6e7f1,stroke:#96407a,color:#101828,stroke-width:1px\n  class n0 k1\n  \
             linkStyle 0 stroke:#be3a00,color:#be3a00\n"
        );
    }

    #[test]
    fn no_word_is_markup() {
        assert_eq!(label("a\"]; click x <b>`*_"), "a#34;#93;#59; click x #60;b#62;#96;#42;#95;");
        assert_eq!(label("1. first"), "1#46; first");
        assert_eq!(label("- item"), "#45; item");
        assert_eq!(label("Müller (60 %)"), "Müller (60 %)");
        assert_eq!(plain("a;b#c\n%%x"), "a b c x");
    }
}
