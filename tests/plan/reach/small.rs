//! Small stacks that have what a stage asks about.

use std::fmt::Write as _;

/// Numbers that look random and are always the same.
pub(in crate::plan) struct Dice(pub(in crate::plan) u64);

impl Dice {
    pub(in crate::plan) fn below(&mut self, n: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % n
    }

    pub(in crate::plan) fn one<'t>(&mut self, of: &[&'t str]) -> &'t str {
        of[self.below(of.len() as u64) as usize]
    }
}

/// A small stack around two AI tools, a site and a CRM, with gaps of every kind that a stage asks about.
pub(in crate::plan) fn small(dice: &mut Dice) -> String {
    let mut text =
        String::from("sinew: 1\nas_of: 2026-11-21\nhourly_rate: 60\nteams: { ops: {}, web: { people: 2 } }\n");
    text.push_str(dice.one(&[
        "practices: { ai_policy: { covers: [data-privacy, acceptable-use, output-review] }, evaluation_framework: { covers: [security-review, data-governance, integration-feasibility, decision-protocol] } }\n",
        "practices: { ai_policy: { covers: [data-privacy, acceptable-use, output-review] } }\n",
        "",
    ]));
    let _ = writeln!(
        text,
        "plan: {{ efforts: {{ governance: {}, api: {} }}, horizon: {} }}",
        1 + dice.below(4),
        2 + dice.below(9),
        dice.one(&["1y", "26w", "8w"])
    );
    text.push_str(
        "data: { draft: { content: true }, lead: { personal: true }, score: { personal: false }, won: {} }\nsystems:\n",
    );
    let writer = dice.one(&["", ", status: pilot", ", owner: web", ", owner: web, runbook: docs/w.md"]);
    let interfaces = dice.one(&[", interfaces: [rest]", ", interfaces: [rest]", ""]);
    let _ = writeln!(text, "  writer: {{ kind: ai-content, makes: [draft]{writer}{interfaces} }}");
    let model = dice.one(&[
        "",
        ", model: { feedback: won, retrain: automatic, drift_monitor: true, explainable: true }",
        ", model: { feedback: won }",
    ]);
    let scorer = dice.one(&["", ", status: ad-hoc", ", owner: ops, security_review: 2026-01-05"]);
    let _ = writeln!(
        text,
        "  scorer: {{ kind: ai-scoring, interfaces: [rest]{scorer}, makes: [{{ data: score, from: lead{model} }}] }}"
    );
    text.push_str("  crm: { kind: crm, owner: ops, interfaces: [rest], makes: [lead, won] }\n");
    text.push_str("  site: { kind: cms, owner: web, interfaces: [rest], audience_facing: true }\nflows:\n");
    let runs = 20 + dice.below(400);
    if dice.below(4) > 0 {
        let review = dice.one(&["", ", review: { by: web, embedded: false }", ", review: { by: web, embedded: true }"]);
        let by_hand = "copy-paste, performer: web, minutes: 30";
        let how = dice.one(&[by_hand, by_hand, "api"]);
        let _ = writeln!(text, "  - {{ from: writer, to: site, data: draft, mechanism: {how}, runs: {runs}{review} }}");
    }
    if dice.below(3) > 0 {
        let how = dice.one(&["api", "export-import, performer: ops, minutes: 40"]);
        let _ = writeln!(text, "  - {{ from: crm, to: scorer, data: lead, mechanism: {how}, runs: 52 }}");
    }
    if dice.below(2) > 0 {
        let how = dice.one(&["api", "rekeying, performer: ops, minutes: 10"]);
        let _ = writeln!(text, "  - {{ from: scorer, to: crm, data: score, mechanism: {how}, runs: 200 }}");
    }
    if !text.contains("  - {") {
        text.push_str("  - { from: crm, to: site, data: lead, mechanism: api }\n");
    }
    text.push_str("processes:\n  launch: { needs: [{ data: draft, at: site }] }\n");
    if dice.below(3) == 0 {
        text.push_str("  routing: { needs: [{ data: score, at: crm }] }\n");
    }
    text
}
