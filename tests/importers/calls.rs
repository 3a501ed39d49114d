//! Workflows that call each other, and what switches and schedules say.

use sinew::import::{Imported, Off, Options};
use sinew::model::Stack;

use super::imported;
use super::truth::stack;

const CALLER: &str = r#"{ "id": "w1", "name": "Caller", "active": true, "nodes": [
  { "name": "New deal", "type": "n8n-nodes-base.hubspotTrigger", "typeVersion": 1, "parameters": { "event": "deal.creation" } },
  { "name": "Enrich", "type": "n8n-nodes-base.executeWorkflow", "typeVersion": 1, "parameters": { "workflowId": "w2" } },
  { "name": "Tell", "type": "n8n-nodes-base.slack", "typeVersion": 2, "parameters": { "text": "={{ $json.company }}" } } ],
  "connections": { "New deal": { "main": [[{ "node": "Enrich", "type": "main", "index": 0 }]] },
                   "Enrich": { "main": [[{ "node": "Tell", "type": "main", "index": 0 }]] } } }"#;
const CALLED: &str = r#"{ "id": "w2", "name": "Called", "active": false, "nodes": [
  { "name": "Start", "type": "n8n-nodes-base.executeWorkflowTrigger", "typeVersion": 1, "parameters": {} },
  { "name": "Look up", "type": "n8n-nodes-base.clearbit", "typeVersion": 1, "parameters": { "domain": "={{ $json.domain }}" } } ],
  "connections": { "Start": { "main": [[{ "node": "Look up", "type": "main", "index": 0 }]] } } }"#;

fn flows(stack: &Stack) -> Vec<String> {
    let id = |ix| stack.system(ix).id.to_string();
    stack.all_flows().map(|(_, flow)| format!("{}->{}", id(flow.from), id(flow.to))).collect()
}

fn of(files: &[(&str, &str)], options: Options) -> Imported {
    let files: Vec<(&str, &[u8])> = files.iter().map(|(name, text)| (*name, text.as_bytes())).collect();
    imported(&files, options)
}

#[test]
fn a_called_workflow_is_followed_and_a_missing_one_is_asked_for() {
    let both = of(&[("a.json", CALLER), ("b.json", CALLED)], Options::default());
    assert_eq!(flows(&stack(&both)), ["clearbit->slack", "hubspot->clearbit"]);
    let alone = of(&[("a.json", CALLER)], Options::default());
    assert_eq!(flows(&stack(&alone)), [""; 0]);
    let asked =
        |imported: &Imported, id: &str| imported.report.questions.iter().any(|question| question.id.starts_with(id));
    assert!(asked(&alone, "callee:enrich:caller") && !asked(&both, "callee:"));
    let called = of(&[("b.json", CALLED)], Options::default());
    assert!(asked(&called, "caller:called"));
}

/// A workflow that polls and writes, switched on or off, with a schedule.
fn scheduled(active: &str, rule: &str) -> String {
    format!(
        r#"{{ "name": "Sync", {active} "nodes": [
  {{ "name": "Clock", "type": "n8n-nodes-base.scheduleTrigger", "typeVersion": 1, "parameters": {{ "rule": {{ "interval": [{rule}] }} }} }},
  {{ "name": "Deals", "type": "n8n-nodes-base.hubspot", "typeVersion": 2, "parameters": {{ "resource": "deal", "operation": "getAll" }} }},
  {{ "name": "Say", "type": "n8n-nodes-base.slack", "typeVersion": 2, "parameters": {{ "text": "={{{{ $json.name }}}}" }} }} ],
  "connections": {{ "Clock": {{ "main": [[{{ "node": "Deals", "type": "main", "index": 0 }}]] }},
                    "Deals": {{ "main": [[{{ "node": "Say", "type": "main", "index": 0 }}]] }} }} }}"#
    )
}

#[test]
fn what_is_off_is_planned_left_out_or_live_as_it_is_wanted() {
    let off = scheduled("\"active\": false,", "{}");
    let text = |off_as| of(&[("a.json", &off)], Options { off: off_as, ..Options::default() }).stack;
    assert!(text(Off::Planned).contains("status: planned"));
    assert!(!text(Off::Live).contains("status") && text(Off::Live).contains("flows:"));
    let skipped = of(&[("a.json", &off)], Options { off: Off::Skip, ..Options::default() });
    assert!(!skipped.stack.contains("flows:") && skipped.report.inputs[0].dropped == 3);
    let silent = of(&[("a.json", &scheduled("", "{}"))], Options::default());
    assert!(silent.stack.contains("status: live") && silent.stack.contains("guessed: [status]"), "{}", silent.stack);
    assert!(silent.report.text().starts_with("No workflow says that it is switched on"));
    let on = of(&[("a.json", &scheduled("\"active\": true,", "{}"))], Options::default());
    assert!(!on.stack.contains("status") && !on.report.text().starts_with("No workflow"));
}

#[test]
fn schedules_are_rates_and_equal_flows_add_up() {
    for (rule, runs) in [
        ("{}", "1/day"),
        (r#"{ "field": "minutes", "minutesInterval": 15 }"#, "96/day"),
        (r#"{ "field": "weeks", "triggerAtDay": [1, 3, 5] }"#, "3/week"),
        (r#"{ "field": "hours", "hoursInterval": 12 }, {}"#, "3/day"),
        (r#"{ "field": "cronExpression", "expression": "0 9 1 * *" }"#, "1/month"),
    ] {
        let one = of(&[("a.json", &scheduled("\"active\": true,", rule))], Options::default());
        assert!(one.stack.contains(&format!("runs: {runs}\n")), "{rule}: {}", one.stack);
    }
    let daily = scheduled("\"active\": true,", "{}");
    let two = of(&[("a.json", &daily), ("b.json", &daily)], Options::default());
    assert!(two.stack.contains("runs: 2/day\n") && two.stack.contains("from: \"a.json and 1 more\""), "{}", two.stack);
    assert_eq!(two.report.inputs[1].merged, 2);
    // What is off adds nothing to what runs.
    let off = scheduled("\"active\": false,", "{}");
    let mixed = of(&[("a.json", &off), ("b.json", &daily)], Options::default());
    assert!(mixed.stack.contains("runs: 1/day\n") && !mixed.stack.contains("planned"), "{}", mixed.stack);
}

/// An error handler was called a disabled step that is switched off, and a call of what is not there a call that is followed.
#[test]
fn what_gives_nothing_has_its_own_reason() {
    let recipe = r#"{ "name": "Check in", "running": true, "code": { "number": 0, "provider": "salesforce", "name": "updated_object", "as": "a1",
      "keyword": "trigger", "input": { "sobject_name": "Lead" }, "block": [
        { "number": 1, "keyword": "try", "block": [
          { "number": 2, "provider": "workato_recipe_function", "name": "call_recipe", "keyword": "action",
            "input": { "flow_id": { "name": "Look up" } } },
          { "number": 3, "provider": "workato_recipe_function", "name": "call_recipe", "keyword": "action",
            "input": { "flow_id": { "name": "Elsewhere" } } },
          { "number": 4, "provider": "slack", "name": "post_message", "keyword": "action", "skip": true, "input": {} },
          { "number": 5, "keyword": "catch", "block": [
            { "number": 6, "provider": "logger", "name": "log_message", "keyword": "action", "input": {} } ] } ] } ] } }"#;
    let called = r#"{ "name": "Look up", "running": true, "code": { "number": 0, "provider": "workato_recipe_function", "name": "execute",
      "keyword": "trigger", "block": [] } }"#;
    let imported = of(&[("a.json", recipe), ("b.json", called)], Options::default());
    let dropped = |what: &str| {
        let all = imported.report.dropped.iter().filter(|group| group.what == what);
        all.map(|group| (group.count, group.why.as_str())).collect::<Vec<_>>()
    };
    assert_eq!(dropped("error handler"), [(2, "it runs only where another step fails")]);
    assert_eq!(dropped("disabled step"), [(1, "it is switched off")]);
    let mut calls = dropped("workflow call");
    calls.sort_unstable();
    let [missing, followed] =
        ["the workflow that it calls is not among the files", "the steps that it calls are followed instead"];
    assert_eq!(calls, [(1, followed), (1, missing)]);
}

/// Of a workflow that is off and started by hand the report said that the input does not say whether it is on.
#[test]
fn what_is_off_and_started_by_hand_says_so() {
    let by_hand = scheduled("\"active\": false,", "{}").replace("scheduleTrigger", "manualTrigger");
    let imported = of(&[("a.json", &by_hand)], Options::default());
    let whys: Vec<&str> =
        imported.report.entries.iter().flat_map(|entry| &entry.guessed).map(|one| one.why.as_str()).collect();
    assert!(whys.contains(&"its workflow is off, and somebody starts it by hand"), "{whys:?}");
    assert!(!imported.report.text().contains("does not say whether"), "{}", imported.report.text());
}
