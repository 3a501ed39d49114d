//! Every view in DOT is accepted by the real Graphviz without a word.

use std::collections::BTreeMap;
use std::path::Path;

use serde_json::Value;
use sinew::analysis::Analysis;
use sinew::report::views;
use sinew::{model, source::Source};
use sinew_draw::Diagram;
use sinew_draw::dot::{dot, pinned};
use sinew_draw::layout::layout;
use sinew_draw::theme::Theme;

use crate::support::binary::{err, folder, out, sinew};
use crate::support::graphviz::graphviz;

fn views_of(name: &str, text: &str) -> Vec<(String, Diagram)> {
    let reading = model::read(&Source::new(name, text.to_owned()));
    let stack = reading.stack.unwrap_or_else(|| panic!("{name}: {:?}", reading.problems));
    let analysis = Analysis::of(&stack);
    [("landscape", views::landscape(&analysis)), ("handoffs", views::handoffs(&analysis))]
        .map(|(view, diagram)| (format!("{name} {view}"), diagram))
        .into()
}

const SMALL: &str = r#"
sinew: 1
name: A "small" stack & <b>more</b>
as_of: 2026-11-21
currency: USD
hourly_rate: 60
systems:
  crm: { kind: crm, name: 'C:\N "CRM" &lt;b&gt;', domain: 'Sales "&" \more' }
  map: { kind: marketing-automation, domain: Marketing }
  ai: { kind: ai-content, name: 'label="x"];evil[' }
  sheet: { kind: spreadsheet, name: node, domain: Marketing }
  hub: { kind: ipaas, name: '<b>Hub</b>' }
  lone: { kind: other, status: pilot }
  gone: { kind: other, status: retired }
data: { lead: { name: 'Lead "A"' }, draft: {} }
flows:
  - { id: a, from: ai, to: sheet, data: [draft], mechanism: copy-paste, runs: 52, minutes: 30 }
  - { id: b, from: sheet, to: map, data: [draft], mechanism: export-import, runs: 52, minutes: 60 }
  - { id: c, from: crm, to: map, data: [lead], mechanism: ipaas, through: hub }
  - { id: d, from: map, to: crm, data: [lead], mechanism: rekeying }
  - { id: e, from: crm, to: map, data: [lead], mechanism: export-import, standby: true }
  - { id: f, from: map, to: crm, data: [lead, draft], mechanism: api, status: planned }
  - { id: g, from: gone, to: crm, data: [lead], mechanism: api }
"#;

#[test]
fn graphviz_takes_every_view_of_every_stack() {
    let mut stacks = vec![
        ("small".to_owned(), SMALL.to_owned()),
        ("empty".to_owned(), "sinew: 1\nname: Nothing\n".to_owned()),
        ("one".to_owned(), "sinew: 1\nname: One\nsystems: { a: { kind: crm } }\n".to_owned()),
    ];
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/stacks");
    let mut examples: Vec<_> =
        std::fs::read_dir(folder).into_iter().flatten().map(|entry| entry.unwrap().path()).collect();
    examples.sort();
    for path in examples.into_iter().filter(|path| path.extension().is_some_and(|end| end == "yaml")) {
        stacks.push((path.display().to_string(), std::fs::read_to_string(path).unwrap()));
    }
    for (name, text) in &stacks {
        for (view, diagram) in views_of(name, text) {
            let text = dot(&diagram);
            assert_eq!(text, dot(&diagram), "{view}");
            // The whole layout, not only the reading: it has warnings of its own.
            let Some(json) = graphviz("json", &text) else { return };
            assert_eq!(overprinted(&serde_json::from_str(&json).unwrap()), Vec::<[String; 2]>::new(), "{view}");
            for slide in layout(&diagram) {
                graphviz("plain", &pinned(&slide, &Theme::light()));
            }
        }
    }
}

/// Words as Graphviz draws them, with the box around them: left, right, middle and half the height.
type Drawn = (String, [f64; 4]);

fn drawn_words(edge: &Value) -> Vec<Drawn> {
    let mut size = 0.0;
    let mut words = Vec::new();
    for one in edge["_ldraw_"].as_array().into_iter().flatten() {
        size = one["size"].as_f64().unwrap_or(size);
        let text = one["text"].as_str().unwrap_or_default();
        if one["op"] == "T" && !text.trim().is_empty() {
            let (x, y) = (one["pt"][0].as_f64().unwrap(), one["pt"][1].as_f64().unwrap());
            let half = one["width"].as_f64().unwrap() / 2.0;
            // Half of the height of small letters, above the line that they stand on.
            words.push((text.to_owned(), [x - half, x + half, y + size / 4.0, size / 4.0]));
        }
    }
    words
}

/// Words of two edges between the same two boxes that lie on each other.
fn overprinted(json: &Value) -> Vec<[String; 2]> {
    let mut between: BTreeMap<[u64; 2], Vec<Vec<Drawn>>> = BTreeMap::new();
    for edge in json["edges"].as_array().into_iter().flatten() {
        let ends = [&edge["tail"], &edge["head"]].map(|end| end.as_u64().unwrap());
        between.entry([ends[0].min(ends[1]), ends[0].max(ends[1])]).or_default().push(drawn_words(edge));
    }
    let is_on = |a: &[f64; 4], b: &[f64; 4]| a[0] < b[1] && b[0] < a[1] && (a[2] - b[2]).abs() < a[3] + b[3];
    let mut found = Vec::new();
    for edges in between.values() {
        for (at, mine) in edges.iter().enumerate() {
            for (a, b) in mine.iter().flat_map(|a| edges[at + 1..].iter().flatten().map(move |b| (a, b))) {
                if is_on(&a.1, &b.1) {
                    found.push([a.0.clone(), b.0.clone()]);
                }
            }
        }
    }
    found
}

/// Graphviz draws one graph to a file: what comes out of a pipe is one, and nothing is left out in silence.
#[test]
fn standard_output_has_the_overview_and_says_how_many_slides_there_are() {
    let stack = "examples/stacks/messy-45.yaml";
    let folder = folder("dot-slides");
    let file = folder.join("landscape.dot");
    let all = sinew(&["diagram", stack, "landscape", "-o", file.to_str().unwrap()]).output().unwrap();
    assert!(all.status.success(), "{}", err(&all));
    let written = std::fs::read_dir(&folder).unwrap().count();
    let piped = sinew(&["diagram", stack, "landscape"]).output().unwrap();
    assert!(piped.status.success() && out(&piped).matches("digraph").count() == 1, "{}", err(&piped));
    assert_eq!(out(&piped), std::fs::read_to_string(&file).unwrap());
    assert!(written > 1 && err(&piped).contains(&format!("this is slide 1 of {written};")), "{}", err(&piped));
    let free = sinew(&["diagram", stack, "landscape", "--free"]).output().unwrap();
    assert!(free.status.success() && !err(&free).contains("slide 1"), "{}", err(&free));
    assert!(!out(&free).contains("nop2") && out(&piped).contains("layout=\"nop2\""));
}
