//! The plan as it is told: titles, the schema, the roadmap and the target.

use super::*;

#[test]
fn titles_fit_on_a_slide() {
    let mut long = 0;
    let mut count = 0;
    for (.., plan) in PLANNED.iter() {
        for title in plan.items.iter().map(|item| &plan.candidate(item).title) {
            count += 1;
            long += usize::from(title.chars().count() > 60);
            assert!(title.chars().count() <= 90, "{title}");
        }
    }
    assert!(long * 2 < count, "{long} of {count} titles are long");
}

#[test]
fn the_answer_keeps_to_the_schema_and_names_the_items_of_each_finding() {
    let stack = example("stage-3-marketo-enterprise");
    let analysis = Analysis::of(&stack);
    let options = Options { samples: 3, ..Options::default() };
    let plan = planned(&stack, &options);
    let source = Source::new("stack.yaml", String::new());
    let mut shown = report::Plan::of(&stack, &plan, &options);
    shown.what_if = Some(report::plan::WhatIf::between(&shown, &shown));
    let candidate = plan.candidate(&plan.items[0]);
    let lines = explain(&analysis, &plan, candidate);
    let explanation = report::plan::Explanation::of(&stack, &source, &candidate.id, &candidate.title, &lines);
    assert_eq!(explanation.lines.len(), lines.len());
    assert!(explanation.lines.iter().any(|line| line.overridden_by.as_deref() == Some("plan.efforts.extend")));
    let whole =
        report::Report::of(&analysis, &analysis.findings(), &source).with_plan(shown).with_explanation(explanation);
    let silo = whole.findings.iter().flatten().find(|finding| finding.id == "ai-silo:jasper").unwrap();
    assert_eq!(silo.plan_items.as_deref(), Some(&["recipe:jasper:contentful:workato".to_owned()][..]));
    let json: serde_json::Value = serde_json::from_str(&report::json(&whole)).unwrap();
    let schema = jsonschema::validator_for(&report::schema::report_schema()).unwrap();
    let problems: Vec<String> = schema.iter_errors(&json).map(|problem| problem.to_string()).collect();
    assert!(problems.is_empty(), "{problems:?}");
    let words = report::document::markdown(&report::told(&whole, report::Medium::Document));
    assert!(words.contains("## The plan") && words.contains("**Before and after"), "{words}");
}

#[test]
fn roadmap_and_target_show_every_item_and_every_handoff_that_goes() {
    let stack = example("stage-3-marketo-enterprise");
    let plan = planned(&stack, &quick());
    let roadmap = report::views::roadmap(&Analysis::of(&stack), &plan);
    assert_eq!(roadmap.nodes.len(), plan.items.len());
    assert!(roadmap.edges.iter().any(|edge| edge.to == "recipe:jasper:contentful:workato"));
    let picture = report::views::target(&Analysis::of(&stack), &Analysis::of(&plan.target), &plan);
    let style = |id: &str| picture.edges.iter().find(|edge| edge.id == id).map(|edge| edge.style);
    assert_eq!(style("draft-to-cms"), Some(sinew_draw::Style::Ghost));
    assert_eq!(style("recipe:jasper:contentful:workato"), Some(sinew_draw::Style::New));
    assert_eq!(style("clay-to-crm"), Some(sinew_draw::Style::Automated));
}

/// Two ways in place of one handoff: what is not built names what is.
#[test]
fn what_another_item_does_is_not_in_the_plan_for_that_reason() {
    let text = "sinew: 1
hourly_rate: 100
systems:
  notes: { kind: other, interfaces: [rest], makes: [note] }
  crm: { kind: crm, interfaces: [rest] }
  zap: { product: zapier }
data: { note: {} }
flows: [{ id: f, from: notes, to: crm, data: note, mechanism: copy-paste, runs: 1/day, minutes: 120 }]
";
    let stack = stack_of("two-ways.yaml", text);
    let plan = planned(&stack, &Options { with: vec!["recipe:notes:crm:zap".to_owned()], ..quick() });
    let other = plan.candidates.all.iter().find(|one| one.id == "api:notes:crm").unwrap();
    let lines = explain(&Analysis::of(&stack), &plan, other);
    let wanted = "not in the plan: recipe:notes:crm:zap does it";
    assert!(lines.iter().any(|line| line.words == wanted), "{lines:?}");
}

#[test]
fn what_an_item_can_earn_is_that_of_its_own_handoffs() {
    let text = "sinew: 1
hourly_rate: 100
systems:
  a: { kind: crm, interfaces: [rest], makes: [d, e] }
  b: { kind: cms, interfaces: [rest] }
  c: { kind: ads, interfaces: [rest] }
data: { d: {}, e: {} }
flows:
  - { id: to-b, from: a, to: b, data: d, mechanism: copy-paste, runs: 100, minutes: 60 }
  - { id: to-c, from: a, to: c, data: e, mechanism: copy-paste, runs: 300, minutes: 60 }
";
    let stack = stack_of("earn.yaml", text);
    let plan = planned(&stack, &quick());
    let earned = |id: &str| {
        let candidate = plan.candidates.all.iter().find(|one| one.id == id).unwrap();
        let lines = explain(&Analysis::of(&stack), &plan, candidate).into_iter();
        let mut lines = lines.map(|line| line.words).skip_while(|words| words != "what it can earn a year").skip(1);
        lines.next().unwrap()
    };
    for (id, flow, value) in [("api:a:b", "to-b", "10000"), ("api:a:c", "to-c", "30000")] {
        let words = earned(id);
        assert!(words.contains(flow) && words.contains(value), "{words}");
    }
}

#[test]
fn of_what_is_worth_nothing_that_is_stated_the_explanation_says_so() {
    let text = "sinew: 1
hourly_rate: 100
systems:
  a: { kind: crm, interfaces: [rest], makes: [d] }
  b: { kind: cms, interfaces: [rest] }
data: { d: {} }
flows: [{ id: f, from: a, to: b, data: d, mechanism: api, status: planned }]
";
    let stack = stack_of("worth.yaml", text);
    let plan = planned(&stack, &quick());
    let planned = plan.candidates.all.iter().find(|one| one.id == "api:a:b").unwrap();
    assert!(plan.items.is_empty() && plan.item_of(planned).is_some());
    let lines = explain(&Analysis::of(&stack), &plan, planned).into_iter();
    let mut lines = lines.map(|line| line.words).skip_while(|words| words != "what it can earn a year").skip(1);
    assert_eq!(lines.next().unwrap(), "no value is stated in the stack file");
}

#[test]
fn findings_that_go_with_each_item_are_told_in_stacks_of_three_hundred_systems_and_no_more() {
    let removed = |others: usize| {
        let others: String = (0..others).map(|at| format!("  x{at}: {{ kind: other }}\n")).collect();
        let text = format!(
            "sinew: 1
hourly_rate: 100
systems:
  a: {{ kind: crm, interfaces: [rest], makes: [d] }}
  b: {{ kind: cms, interfaces: [rest] }}
{others}data: {{ d: {{}} }}
flows: [{{ id: f, from: a, to: b, data: d, mechanism: copy-paste, runs: 1000, minutes: 60 }}]
"
        );
        planned(&stack_of("large.yaml", &text), &quick()).items[0].removes.clone()
    };
    assert_eq!(removed(298), ["f", "manual-handoff:f"]);
    assert_eq!(removed(299), ["f"]);
}
