//! Stacks that the tests of views look at.

use crate::analysis::Analysis;
use crate::model::{self, Stack};
use crate::source::Source;

/// Systems of every role, flows of every style, a chain over a spreadsheet, a retired system.
pub(in crate::report::facts) const MIXED: &str = "
sinew: 1
name: Mixed
as_of: 2026-11-21
currency: USD
hourly_rate: 60
systems:
  crm: { kind: crm, name: CRM, domain: Sales }
  map: { kind: marketing-automation, domain: Marketing }
  ai: { kind: ai-content, status: pilot, domain: AI }
  sheet: { kind: spreadsheet, domain: Marketing }
  hub: { kind: ipaas, name: Hub }
  gone: { kind: other, status: retired }
data: { lead: { name: Lead }, draft: {}, score: {} }
flows:
  - { id: a, from: ai, to: sheet, data: [draft], mechanism: copy-paste, runs: 52, minutes: 30 }
  - { id: b, from: sheet, to: map, data: [draft], mechanism: export-import, runs: 52, minutes: 60, error_rate: 50%, records: 2 }
  - { id: c, from: crm, to: map, data: [lead], mechanism: ipaas, through: hub }
  - { id: d, from: map, to: crm, data: [lead], mechanism: rekeying, runs: 60, minutes: 5 }
  - { id: e, from: crm, to: map, data: [lead], mechanism: export-import, standby: true }
  - { id: f, from: map, to: crm, data: [lead, draft, score], mechanism: api, status: planned }
  - { id: g, from: gone, to: crm, data: [lead], mechanism: api }
";

/// The stack that `text` describes.
pub(in crate::report::facts) fn stack(text: &str) -> Stack {
    let reading = model::read(&Source::new("test", text.to_owned()));
    reading.stack.unwrap_or_else(|| panic!("{:?}", reading.problems))
}

/// What `look` sees in the stack that `text` describes.
pub(in crate::report::facts) fn seen<T>(text: &str, look: impl FnOnce(&Analysis<'_>) -> T) -> T {
    look(&Analysis::of(&stack(text)))
}

/// A stack of manual flows between two systems with these minutes for each of 60 runs a year; `None` without figures.
pub(in crate::report::facts) fn manual(minutes: &[Option<u32>]) -> String {
    let mut text =
        "sinew: 1\nname: Manual\nhourly_rate: 60\nsystems: { a: { kind: crm }, b: { kind: bi } }\ndata: { x: {} }\n"
            .to_owned();
    if !minutes.is_empty() {
        text.push_str("flows:\n");
    }
    for (at, minutes) in minutes.iter().enumerate() {
        let figures = minutes.map(|minutes| format!(", runs: 60, minutes: {minutes}")).unwrap_or_default();
        text.push_str(&format!("  - {{ id: f{at:02}, from: a, to: b, data: [x], mechanism: rekeying{figures} }}\n"));
    }
    text
}
