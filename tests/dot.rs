//! Every view in DOT is accepted by the real Graphviz without a word.

use std::path::Path;

use sinew::analysis::Analysis;
use sinew::report::views;
use sinew::{model, source::Source};
use sinew_draw::Diagram;
use sinew_draw::dot::dot;

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
            if graphviz("plain", &text).is_none() {
                return;
            }
        }
    }
}
