//! DOT is accepted by the real Graphviz without a word, and any text in it comes out as text.

use proptest::prelude::*;
use sinew_draw::dot::{dot, pinned};
use sinew_draw::layout::layout;
use sinew_draw::scene::BoxShape;
use sinew_draw::theme::Theme;
use sinew_draw::{Cluster, Diagram, Edge, EdgeEmphasis, Emphasis, Mark, Node, Role, Style, legend};

use crate::diagrams;
use crate::graphviz::{graphviz, run};

#[test]
fn pinned_boxes_stand_where_the_slide_has_them() {
    for scene in layout(&diagrams::realistic(16)) {
        let text = pinned(&scene, &Theme::light());
        assert_eq!(text, pinned(&scene, &Theme::light()));
        // Whoever has only heard of `dot` gets the slide.
        let Some(json) = graphviz("json", &text) else { return };
        assert_eq!(run("neato", &["-n2".into(), "-Tsvg".into()], &text), graphviz("svg", &text));
        let json: serde_json::Value = serde_json::from_str(&json).unwrap();
        let objects = json["objects"].as_array().unwrap();
        let place = |object: &serde_json::Value| -> Option<(f64, f64)> {
            let (x, y) = object["pos"].as_str()?.split_once(',')?;
            Some((x.parse().ok()?, y.parse().ok()?))
        };
        let places: Vec<(f64, f64)> = objects.iter().filter_map(place).collect();
        // Graphviz may move everything together, never one thing against another.
        let (first, others) = scene.boxes.split_first().unwrap();
        let there = |b: &BoxShape| (b.rect.center().x, scene.height - b.rect.center().y);
        let near = |a: (f64, f64), b: (f64, f64)| (a.0 - b.0).abs() < 0.05 && (a.1 - b.1).abs() < 0.05;
        let found = places.iter().any(|&at| {
            let by = (at.0 - there(first).0, at.1 - there(first).1);
            others.iter().all(|b| places.iter().any(|&p| near(p, (there(b).0 + by.0, there(b).1 + by.1))))
        });
        assert!(found, "{text}");
        let drawn = json["edges"].as_array().map_or(0, Vec::len);
        let lines: usize = scene.lines.iter().map(|line| line.edges.len()).sum();
        assert!(lines > 0 && drawn >= lines, "{drawn} of {lines}");
    }
}

/// Texts drawn in a JSON object of Graphviz, line by line, in its field `drawn`.
fn drawn(object: &serde_json::Value, field: &str) -> Vec<String> {
    let operations = object[field].as_array().map(Vec::as_slice).unwrap_or_default();
    operations.iter().filter(|one| one["op"] == "T").map(|one| one["text"].as_str().unwrap().to_owned()).collect()
}

fn picture_of(names: &[String]) -> Diagram {
    let mut diagram = Diagram { title: "Names".into(), source: names.concat(), ..Diagram::default() };
    for (at, name) in names.iter().enumerate() {
        diagram.clusters.push(Cluster { id: name.clone(), name: name.clone() });
        diagram.nodes.push(Node {
            id: format!("{at}{name}"),
            name: name.clone(),
            cluster: Some(name.clone()),
            ..Node::default()
        });
        let edge =
            Edge { id: name.clone(), from: format!("{at}{name}"), to: format!("0{}", names[0]), ..Edge::default() };
        diagram.edges.push(Edge { label: vec![name.clone()], tooltip: name.clone(), ..edge });
    }
    diagram
}

/// Draws the names as boxes, frames and labels of lines, and finds them again in what Graphviz draws.
fn come_out_as_text(names: &[String]) {
    let Some(json) = graphviz("json", &dot(&picture_of(names))) else { return };
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    let none = Vec::new();
    let objects = json["objects"].as_array().unwrap_or(&none);
    let boxes: Vec<Vec<String>> = objects
        .iter()
        .filter(|one| one["shape"] == "box" && !one["name"].as_str().unwrap().starts_with("!legend"))
        .map(|one| drawn(one, "_ldraw_"))
        .collect();
    let edges = json["edges"].as_array().unwrap_or(&none);
    let labels: Vec<Vec<String>> =
        edges.iter().filter(|one| one["tooltip"].is_string()).map(|one| drawn(one, "_ldraw_")).collect();
    assert_eq!((boxes.len(), labels.len()), (names.len(), names.len()), "{names:?}");
    for name in names {
        assert!(boxes.contains(&vec![name.clone()]), "box {name:?} is not in {boxes:?}");
        assert!(labels.iter().any(|label| label.first() == Some(name)), "label {name:?} is not in {labels:?}");
    }
}

#[test]
fn hostile_names_come_out_as_text() {
    let names = [
        r#"say "hi""#,
        r"back\slash",
        r"ends in \",
        r"\N \G \L \n \l",
        "<b>bold</b>",
        "<",
        "node",
        "graph",
        "strict",
        "AT&T &amp; &lt;",
        "&#65;",
        r#"label="x"];evil["#,
        r#"" ]; evil ["#,
        "a -> b; {c}",
        "a:p:ne",
        "007",
        "-.5",
        "// no /* comment */",
        "# no comment",
        "{rec|ord}",
        "Привет, мир",
        "日本語",
        "مرحبا بالعالم",
        "שלום",
        "👩‍👩‍👧 🚀",
        "e\u{301}",
        "!21 !l %25",
        "'single'",
    ];
    come_out_as_text(&names.map(str::to_owned));
}

#[test]
fn a_name_of_ten_thousand_letters_is_shortened_and_stands_in_full_in_the_tooltip() {
    for letter in ["x", "\\", "\"", "&", "日", "word "] {
        let name = letter.repeat(10_000);
        let node = Node { id: "n".into(), name: name.clone(), ..Node::default() };
        let text = dot(&Diagram { nodes: vec![node], ..Diagram::default() });
        let Some(json) = graphviz("json", &text) else { return };
        let json: serde_json::Value = serde_json::from_str(&json).unwrap();
        let objects = json["objects"].as_array().unwrap();
        let lines = drawn(objects.iter().find(|one| one["name"] == "n").unwrap(), "_ldraw_");
        assert!(lines.len() == 3 && lines[2].ends_with('…'), "{lines:?}");
        assert!(lines.iter().all(|line| line.chars().count() <= 26 && name.contains(line.trim_end_matches('…'))));
        // Graphviz puts the tooltip into SVG as an attribute; escaped there, so only its length is looked at.
        let svg = graphviz("svg", &text).unwrap();
        let tooltip = svg
            .split("xlink:title=\"")
            .find(|part| part.len() > 9_000)
            .unwrap_or_else(|| panic!("{letter}: {}", svg.chars().take(3_000).collect::<String>()));
        assert!(tooltip.split('"').next().unwrap().chars().count() >= letter.trim().chars().count() * 10_000);
    }
}

#[test]
fn control_characters_do_not_reach_graphviz() {
    let text = dot(&picture_of(&["a\0b\u{1b}[31m\u{85}\u{fffe}".to_owned(), "line\nend".to_owned(), String::new()]));
    assert!(!text.chars().any(|letter| (letter.is_control() && letter != '\n') || letter == '\u{fffe}'));
    graphviz("plain", &text);
}

#[test]
fn the_legend_shows_every_mark_used_and_none_other() {
    let roles = [Role::System, Role::SystemOfRecord, Role::AiTool, Role::Carrier, Role::Middleware, Role::Process];
    let roles = roles.into_iter().chain([Role::Team, Role::Domain, Role::Step]);
    let emphases = [Emphasis::Ringed, Emphasis::RingedDashed, Emphasis::Lost, Emphasis::Receded, Emphasis::New];
    let emphases = emphases.into_iter().chain([Emphasis::Ghost]);
    let mut all = Diagram::default();
    let node = |at: usize| Node { id: format!("n{at}"), name: format!("Box {at}"), ..Node::default() };
    for role in roles {
        all.nodes.push(Node { role, ..node(all.nodes.len()) });
    }
    for emphasis in emphases {
        all.nodes.push(Node { emphasis, ..node(all.nodes.len()) });
    }
    let edge =
        |at: usize| Edge { id: format!("e{at}"), from: "n0".into(), to: format!("n{}", at + 1), ..Edge::default() };
    for style in [Style::Automated, Style::Manual, Style::Standby, Style::Planned, Style::New, Style::Ghost] {
        all.edges.push(Edge { style, ..edge(all.edges.len()) });
    }
    for emphasis in [EdgeEmphasis::Strong, EdgeEmphasis::Lost, EdgeEmphasis::Receded] {
        all.edges.push(Edge { emphasis, weight: 1.0, ..edge(all.edges.len()) });
    }
    let mut one = Diagram::default();
    one.nodes.push(node(0));
    for diagram in [&all, &one] {
        let text = dot(diagram);
        let entries = legend(diagram);
        assert_eq!(text.matches("label=\"Legend\\l\"").count(), usize::from(!entries.is_empty()));
        for entry in &entries {
            assert!(text.contains(&format!("label=\"{}", entry.words)), "{}", entry.words);
        }
        let boxes = entries.iter().filter(|one| matches!(one.mark, Mark::Role(_) | Mark::Emphasis(_))).count();
        assert_eq!(text.matches(" box\"[").count(), boxes);
        assert_eq!(text.matches(" begin\"[").count(), entries.len() - boxes);
        graphviz("plain", &text);
    }
    assert!(!dot(&Diagram::default()).contains("Legend"));
}

#[test]
fn a_line_to_nowhere_and_a_frame_around_nothing_are_left_out() {
    let mut diagram = Diagram::default();
    diagram.clusters.push(Cluster { id: "c".into(), name: "Nobody".into() });
    diagram.nodes.push(Node { id: "a".into(), cluster: Some("other".into()), ..Node::default() });
    diagram.edges.push(Edge { id: "e".into(), from: "a".into(), to: "b".into(), ..Edge::default() });
    let text = dot(&diagram);
    assert!(!text.contains("Nobody") && !text.contains("-> \"b\""));
    assert!(text.contains("\"a\"["));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_name_comes_out_as_text(
        names in prop::collection::btree_set(r#"([\\"&<>;|{}%#/a-zN\[\]=-]|[^\p{C}\p{Z}]){1,12}"#, 1..12)
    ) {
        let names: Vec<String> = names.into_iter().filter(|name| name.chars().count() <= 12).collect();
        come_out_as_text(&names);
    }
}
