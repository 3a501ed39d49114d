//! The automation ledger and the AI register.

use sinew::analysis::Analysis;
use sinew::analysis::Component;
use sinew::analysis::ledger::{Answer, Entry, Harm, Mode, Watcher, ledger};
use sinew::analysis::register::register;
use sinew::model::ProcessIx;

use crate::judgement::stacks::stack;

const STACK: &str = "sinew: 1
as_of: 2026-11-21
hourly_rate: 1
teams: { content: {}, ops: {} }
systems:
  gpu: { kind: other, vendor: Nvidia }
  openai: { product: openai-api, owner: ops, depends_on: gpu }
  jasper: { product: jasper, owner: content, depends_on: openai, makes: [draft, note], security_review: 2027-01-01, vendor_review: { last: 2026-02-01, every: 90d }, runbook: docs/x.md }
  scorer: { kind: ai-scoring, owner: ops, makes: [ { data: score, model: { drift_monitor: true } } ] }
  old: { kind: ai-content, status: retired }
  crm: { kind: crm }
  cms: { kind: cms }
  hub: { kind: ipaas, owner: ops }
data: { draft: {}, note: {}, score: {} }
flows:
  - { id: by-hand, from: jasper, to: cms, data: draft, mechanism: copy-paste, performer: content, review: { by: ops } }
  - { id: read, from: jasper, to: crm, data: note, mechanism: api, through: hub, review: { by: ops } }
  - { id: scored, from: scorer, to: crm, data: score, mechanism: api }
  - { id: seen, from: crm, to: cms, data: note, mechanism: api, watched_by: ops, review: { by: content } }
  - { id: unseen, from: scorer, to: cms, data: score, mechanism: api, watched_by: nobody }
  - { id: spare, from: crm, to: cms, data: draft, mechanism: rekeying, standby: true }
processes: { p: { needs: [ { data: draft, at: cms } ] } }
";

fn harm(component: Component) -> Harm {
    let down = match component {
        Component::System(at) => vec![ProcessIx(at.0)],
        _ => Vec::new(),
    };
    Harm { down, degraded: Vec::new() }
}

#[test]
fn the_ledger_tells_what_runs_by_itself_who_watches_and_who_owns() {
    let stack = stack(STACK);
    let rows = ledger(&Analysis::of(&stack), &harm);
    let shown: Vec<(String, Option<Mode>, String, Option<&str>)> = rows
        .iter()
        .map(|row| {
            let entry = match row.entry {
                Entry::Flow(flow) => stack.flow(flow).id.to_string(),
                Entry::Output(fact) => format!("{}@{}", stack.data_object(fact.data).id, stack.system(fact.at).id),
            };
            let watcher = match row.watcher {
                Some(Watcher::Review(team)) => {
                    format!("review {}", team.map_or("", |team| stack.team(team).id.as_str()))
                }
                Some(Watcher::DriftMonitor(at)) => format!("drift {}", stack.system(at).id),
                Some(Watcher::Team(team)) => format!("team {}", stack.team(team).id),
                Some(Watcher::Nobody) => "nobody".to_owned(),
                None => "-".to_owned(),
            };
            (entry, row.mode, watcher, row.owner.map(|team| stack.team(team).id.as_str()))
        })
        .collect();
    let row = |entry: &str, mode, watcher: &str, owner| (entry.to_owned(), Some(mode), watcher.to_owned(), owner);
    assert_eq!(
        shown,
        [
            row("by-hand", Mode::Manual, "review ops", Some("content")),
            row("read", Mode::Reviewed, "review ops", Some("ops")),
            row("scored", Mode::Automated, "drift scorer", Some("ops")),
            row("seen", Mode::Reviewed, "team ops", None),
            row("spare", Mode::Manual, "-", None),
            row("unseen", Mode::Automated, "nobody", Some("ops")),
            row("draft@jasper", Mode::Manual, "review ops", Some("content")),
            row("note@jasper", Mode::Reviewed, "review ops", Some("content")),
            row("score@scorer", Mode::Automated, "drift scorer", Some("ops")),
        ]
    );
    let jasper = stack.find_system("jasper").unwrap();
    assert_eq!(rows[6].harm.down, [ProcessIx(jasper.0)]);
    assert!(rows[4].is_standby && !rows[0].is_standby);
}

#[test]
fn who_watches_what_leaves_nowhere_is_a_question_only_where_a_model_makes_it() {
    let text = "sinew: 1
systems: { t: { kind: ai-scoring, makes: [{ data: score, model: {} }, text] } }
data: { score: {}, text: {} }
";
    let stack = stack(text);
    let rows = ledger(&Analysis::of(&stack), &harm);
    let answers: Vec<Answer> = rows.iter().map(|row| row.answers.watcher).collect();
    assert_eq!(answers, [Answer::NotKnown, Answer::NothingToJudge]);
}

#[test]
fn the_register_follows_vendors_and_knows_what_there_is_to_fall_back_on() {
    let stack = stack(STACK);
    let rows = register(&Analysis::of(&stack), &harm);
    let ids: Vec<&str> = rows.iter().map(|row| stack.system(row.system).id.as_str()).collect();
    assert_eq!(ids, ["jasper", "old", "openai", "scorer"]);
    let jasper = &rows[0];
    let vendors: Vec<&str> = jasper.underlying_vendors.iter().map(String::as_str).collect();
    assert_eq!(vendors, ["Nvidia", "OpenAI"]);
    assert_eq!(jasper.security_review, None, "a review on a later day has not been done");
    assert_eq!(jasper.vendor_review.due.unwrap().to_string(), "2026-05-02");
    assert_eq!(jasper.vendor_review.is_overdue, Some(true));
    let flows =
        |all: &[sinew::model::FlowIx]| -> Vec<String> { all.iter().map(|ix| stack.flow(*ix).id.to_string()).collect() };
    assert_eq!(flows(&jasper.fallback.standby_flows), ["spare"]);
    assert_eq!(flows(&jasper.reviewed_flows), ["by-hand", "read"]);
    assert!(jasper.fallback.runbook.is_some() && jasper.unreviewed_flows.is_empty());
    assert_eq!(rows[1].harm, Harm::default(), "what is retired breaks nothing");
}

#[test]
fn what_breaks_comes_from_the_failures() {
    let stack = stack(STACK);
    let analysis = Analysis::of(&stack);
    let rows = register(&analysis, &|component| Harm::of(&analysis, component));
    // Without Jasper, or the OpenAI interface beneath it, the draft comes by the spare flow: its source counts as an
    // origin, since nothing brings the draft there. So the process goes on, with nothing left to fall back on.
    let harmed: Vec<(usize, usize)> = rows.iter().map(|row| (row.harm.down.len(), row.harm.degraded.len())).collect();
    assert_eq!(harmed, [(0, 1), (0, 0), (0, 1), (0, 0)]);
}
