//! What is asked, and what may be answered.

use std::collections::BTreeSet;

use super::answers::{three, written};
use super::plausible::Plausible;
use super::*;
use crate::model::Range;
use crate::model::outline::Outline;
use crate::model::shape::{Key, STACK, Takes};
use crate::model::trial::stack_of;
use crate::model::write::write;

#[test]
fn numbers_are_written_as_people_do_and_computed_with_as_written() {
    assert_eq!(written("runs", 104.0), "2/week");
    assert_eq!(written("runs", 36.0), "3/month");
    assert_eq!(written("runs", 130.0), "2.5/week");
    assert_eq!(written("runs", 7.0), "7/year");
    assert_eq!(written("runs", 0.5), "0.5/year");
    assert_eq!(written("availability", 0.995), "99.5%");
    assert_eq!(written("minutes", 12.5), "12.5");
    let answers = three(&[("runs", [12.4, 52.0, 260.0]), ("minutes", [5.0, 15.0, 45.0])]);
    assert_eq!(answers[0].values, ["1/month", "5"]);
    assert_eq!(answers[0].numbers, [Some(12.0), Some(5.0)]);
    assert_eq!(answers.iter().map(|answer| answer.weight).collect::<Vec<_>>(), [0.25, 0.5, 0.25]);
    // What is written alike is one answer.
    let answers = three(&[("minutes", [5.0, 5.0, 45.0])]);
    assert_eq!(answers.iter().map(|answer| answer.weight).collect::<Vec<_>>(), [0.75, 0.25]);
}

/// Four flows by hand that state their minutes, and one that does not.
const SPREAD: &str = "sinew: 1
hourly_rate: 60
systems: { a: { kind: crm }, b: { kind: cms }, c: { kind: cms }, d: { kind: cms }, e: { kind: cms }, f: { kind: cms } }
data: { lead: {} }
flows:
  - { from: a, to: b, data: lead, mechanism: copy-paste, runs: 10, minutes: 10 }
  - { from: a, to: c, data: lead, mechanism: copy-paste, runs: 10, minutes: 20 }
  - { from: a, to: d, data: lead, mechanism: copy-paste, runs: 10, minutes: 30 }
  - { from: a, to: e, data: lead, mechanism: copy-paste, runs: 10, minutes: 40 }
  - { from: a, to: f, data: lead, mechanism: copy-paste, runs: 10 }
";

fn asked(text: &str) -> Vec<Question> {
    questions(&stack_of(text))
}

fn find<'q>(all: &'q [Question], id: &str) -> &'q Question {
    let known: Vec<String> = all.iter().map(Question::id).collect();
    all.iter().find(|one| one.id() == id).unwrap_or_else(|| panic!("{id} is asked: {known:?}"))
}

#[test]
fn four_values_of_the_stack_stand_before_the_table() {
    let all = asked(SPREAD);
    let minutes = find(&all, "flows.a->f:lead.minutes");
    // Quartiles of 10, 20, 30 and 40, between two values in proportion.
    assert_eq!(minutes.answers.iter().map(|one| &*one.values[0]).collect::<Vec<_>>(), ["17.5", "25", "32.5"]);
    assert_eq!(minutes.from, AnswersFrom::Stack);
    let three_values = SPREAD.replace(", minutes: 40", "");
    let all = asked(&three_values);
    let minutes = find(&all, "flows.a->f:lead.minutes");
    assert_eq!(minutes.answers.iter().map(|one| &*one.values[0]).collect::<Vec<_>>(), ["5", "15", "45"]);
    assert_eq!(minutes.from, AnswersFrom::Table);
    // A guess is none of the values that are known.
    let guessed = SPREAD.replace("minutes: 40", "minutes: 40, basis: { guessed: minutes }");
    assert_eq!(find(&asked(&guessed), "flows.a->f:lead.minutes").from, AnswersFrom::Table);
    let stack = stack_of(SPREAD);
    let plausible = Plausible::of(&stack);
    // A guess keeps its own ends where it is a range, else it is likely and the spread reaches around it.
    let range = Range { low: 1.0, likely: 2.0, high: 3.0 };
    assert_eq!(plausible.around("minutes", range), Some(([1.0, 2.0, 3.0], AnswersFrom::Stated)));
    assert_eq!(plausible.around("minutes", Range::exact(100.0)), Some(([17.5, 100.0, 100.0], AnswersFrom::Stack)));
    assert_eq!(plausible.spread("error_rate"), None);
}

/// A stack that lacks whatever it can lack, and is valid.
const BARE: &str = "sinew: 1
systems:
  crm: { kind: crm }
  cms: { kind: cms }
  draft: { kind: ai-content, makes: [{ data: text }, { data: score, model: {} }] }
  ads: { kind: ai-content, makes: [ad] }
  trial: { kind: ai-agent, status: pilot }
  silent: { kind: other }
data: { text: { content: true }, score: {}, lead: {}, ad: {} }
teams: { ops: {}, idle: {} }
flows:
  - { id: by-hand, from: draft, to: cms, data: text, mechanism: copy-paste }
  - { id: by-record, from: crm, to: cms, data: lead, mechanism: export-import, performer: ops, runs: 1/week, minutes_per_record: 1 }
  - { id: by-itself, from: crm, to: draft, data: lead, mechanism: api, review: { minutes: 5 } }
  - { id: reviewed, from: crm, to: trial, data: lead, mechanism: api, runs: 1/day, review: {} }
processes: { launch: { needs: [{ data: text, at: cms }] } }
";

/// Keys that a stack may lack and that are asked for, in `BARE`.
const ASKED: &[&str] = &[
    "hourly_rate",
    "as_of",
    "practices.ai_policy.covers",
    "practices.evaluation_framework.covers",
    "practices.vendor_review_cadence",
    "practices.quality_standards",
    "practices.resilience_plan",
    "teams.ops.people",
    "systems.crm.owner",
    "systems.crm.availability",
    "systems.crm.interfaces",
    "systems.draft.owner",
    "systems.draft.budget_owner",
    "systems.draft.security_review",
    "systems.draft.vendor_review.last",
    "systems.draft.contract.renews",
    "systems.draft.quality_standard",
    "systems.draft.runbook",
    "systems.trial.pilot.decide_by",
    "systems.draft.audience_facing",
    "systems.cms.audience_facing",
    "data.ad.content",
    "flows.by-hand.runs+minutes",
    "flows.by-hand.performer",
    "flows.by-record.records",
    "flows.by-itself.runs",
    "flows.by-itself.watched_by",
    "flows.reviewed.review.minutes",
    "processes.launch.owner",
    "processes.launch.outage_cost",
];

#[test]
fn whatever_a_stack_can_lack_is_asked_for() {
    let all = asked(BARE);
    for id in ASKED {
        find(&all, id);
    }
    let ids: Vec<String> = all.iter().map(Question::id).collect();
    // A team that does nothing, and what only relays data, are not asked about.
    assert!(!ids.iter().any(|id| id.contains("idle") || id.starts_with("systems.silent.interfaces")), "{ids:?}");
    for question in &all {
        assert!(question.ask.ends_with(['?', '.']), "{}", question.ask);
        let weights: f64 = question.answers.iter().map(|answer| answer.weight).sum();
        assert!(question.answers.is_empty() || (weights - 1.0).abs() < 1e-9, "{}", question.id());
    }
    assert_eq!(find(&all, "flows.by-record.records").of, stack_of(BARE).find_team("ops"), "the performer knows");
}

/// Keys of entries and settings that nobody is asked for, with the reason. Whatever is new in the table of keys has to be
/// asked for or to be added here.
const NOT_ASKED: &[(&str, &[&str])] = &[
    (
        "a name or a remark, which no result reads",
        &[
            "name", "notes", "was", "basis", "x-…", "$schema", "domain", "lane", "lanes", "id", "vendor", "catalog",
            "accept",
        ],
    ),
    (
        "nothing is there without it",
        &["sinew", "from", "to", "data", "mechanism", "needs", "systems", "flows", "teams"],
    ),
    (
        "it has a documented default, which is listed as an assumption",
        &[
            "error_minutes",
            "records",
            "error_rate",
            "delay",
            "severity",
            "plan",
            "tolerates",
            "peak",
            "quotas",
            "people",
        ],
    ),
    (
        "absent says that there is none",
        &[
            "through",
            "depends_on",
            "review",
            "value",
            "standby",
            "status",
            "ends",
            "replaced_by",
            "personal",
            "master",
            "minutes_per_record",
            "product",
            "kind",
            "ai",
            "makes",
        ],
    ),
    (
        "no result rests on it: the register of AI tools shows it, and says where it is not stated",
        &["purpose", "users", "role", "oversight", "evidence"],
    ),
    ("no figure is computed without it that would differ", &["currency"]),
    ("of systems it is asked for: no failure of a flow or a team stops what its system does not", &["availability"]),
    ("the rate of the stack is asked for", &["hourly_rate"]),
];

#[test]
fn every_key_of_the_table_is_asked_for_or_has_a_reason() {
    let without_processes = BARE.replace("processes:", "x-processes:");
    let asked: BTreeSet<String> = [BARE, &without_processes]
        .into_iter()
        .flat_map(|text| questions(&stack_of(text)))
        .flat_map(|question| question.keys().map(str::to_owned).collect::<Vec<_>>())
        .collect();
    let is_asked = |key: &str| asked.iter().any(|path| path.split('.').next() == Some(key));
    let has_reason = |key: &str| NOT_ASKED.iter().any(|(_, keys)| keys.contains(&key));
    let mut seen = 0;
    let mut look = |keys: &'static [Key], list: &str| {
        for key in keys {
            seen += 1;
            assert!(is_asked(key.name) || has_reason(key.name), "{list}: `{}` is not asked for", key.name);
        }
    };
    look(STACK, "the file");
    for section in STACK {
        if let Takes::ById(keys) | Takes::List(keys) = section.takes
            && section.name != "accept"
        {
            look(keys, section.name);
        }
    }
    assert!(seen > 70, "{seen}");
}

#[test]
fn a_guess_is_asked_for_and_an_answer_takes_its_mark_away() {
    let text = BARE.replace(
        "copy-paste }",
        "copy-paste, runs: 1/week, minutes: [10, 20], basis: { guessed: [flow, mechanism, runs, data] } }",
    );
    let stack = stack_of(&text);
    let all = questions(&stack);
    let outline = Outline::of(&stack);
    for (key, ask) in [
        ("runs", "How often does somebody paste Text from Draft into CMS? 1/week is a guess."),
        ("minutes", "How many minutes does it take to paste Text from Draft into CMS? 10 to 20 minutes is a guess."),
        ("mechanism", "How does Text get from Draft to CMS? copy-paste is a guess."),
        ("data", "What goes from Draft to CMS? text is a guess."),
        ("flow", "Is there really Text from Draft to CMS? That it is there is a guess."),
    ] {
        let question = find(&all, &format!("flows.by-hand.{key}"));
        assert_eq!(question.ask, ask);
        assert!(question.is_guess);
        for answer in &question.answers {
            let answered = question.under(&outline, answer).unwrap_or_else(|| panic!("{key}: {answer:?}"));
            let Some(flow) = answered.find_flow("by-hand") else {
                assert_eq!((key, &*answer.values[0]), ("flow", "no"));
                continue;
            };
            let left = answered.flow(flow).remarks.guessed();
            assert!(!left.iter().any(|guess| guess == key), "{key}: {left:?}");
            assert_eq!(left.len(), 4, "the others stay: {left:?}");
        }
    }
    let minutes = find(&all, "flows.by-hand.minutes");
    assert_eq!(minutes.from, AnswersFrom::Stated);
    let mechanism = find(&all, "flows.by-hand.mechanism");
    // No end is a carrier, so that a program may do it as well.
    let words: Vec<(&str, f64)> = mechanism.answers.iter().map(|one| (&*one.values[0], one.weight)).collect();
    assert_eq!(words, [("copy-paste", 0.25), ("api", 0.75)]);
}

#[test]
fn one_entry_with_several_targets_is_one_question() {
    let text = "sinew: 1
hourly_rate: 60
systems: { a: { kind: crm }, b: { kind: cms }, c: { kind: cms } }
data: { lead: {} }
flows:
  - { from: a, to: [b, c], data: lead, mechanism: copy-paste }
";
    let stack = stack_of(text);
    let all = questions(&stack);
    let question = find(&all, "flows.a->b:lead.runs+minutes");
    assert_eq!(question.also, ["a->c:lead"]);
    assert_eq!(question.ask, "How often does somebody paste Lead from A into B and C, and how long does it take?");
    let answered = question.under(&Outline::of(&stack), &question.answers[1]).expect("it can be answered");
    assert!(answered.flows.iter().all(|flow| flow.runs.is_some() && flow.run.minutes.is_some()));
}

#[test]
fn a_stack_without_holes_has_no_questions() {
    let text = "sinew: 1
systems: { a: { kind: other, availability: 99%, owner: ops }, b: { kind: other, availability: 99%, owner: ops } }
data: { lead: {} }
teams: { ops: { people: 3 } }
flows: [{ from: a, to: b, data: lead, mechanism: api, watched_by: ops }]
processes: { p: { needs: [{ data: lead, at: b }], owner: ops, outage_cost: 5 } }
";
    assert_eq!(asked(text), []);
    // Without its process, that is what is asked; the example, written as it stands, is an answer.
    let bare = text.replace("processes:", "x-processes:");
    let all = asked(&bare);
    let processes = find(&all, "processes");
    assert_eq!(all.len(), 1);
    let answered = format!("{bare}processes: {}\n", processes.asks[0].example);
    assert_eq!(stack_of(&answered).processes.len(), 1);
    assert!(!asked(&answered).iter().any(|one| one.has("processes")));
}

#[test]
fn a_stack_under_an_answer_is_what_its_text_says() {
    let stack = stack_of(include_str!("../../../examples/stacks/stage-3-marketo-enterprise.yaml"));
    let outline = Outline::of(&stack);
    let (mut valid, mut invalid) = (0, 0);
    for question in questions(&stack) {
        for answer in &question.answers {
            let from_text = question.told(outline.clone(), answer).stack();
            let without_places = question.under(&outline, answer);
            let [a, b] = [from_text.map(|(stack, _)| stack), without_places].map(|stack| stack.as_ref().map(write));
            assert_eq!(a, b, "{} {:?}", question.id(), answer.values);
            *(if a.is_some() { &mut valid } else { &mut invalid }) += 1;
        }
    }
    assert!(valid > 50, "{valid} {invalid}");
}
