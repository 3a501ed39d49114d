//! What takes the place of a handoff: objects one by one, sheets in a ring, several routes.

use super::*;

/// What a property of random stacks shrank to: a flow by hand carries two objects between two sheets that feed each other.
/// The chain of one of them has no beginning but for what makes and needs it there, and was not listed. So the plan took
/// the whole flow for superfluous when an item carried the other object, and the process ran on its standby flow every
/// day, for savings of 31,000 a year that were not real.
#[test]
fn a_flow_of_two_objects_between_sheets_in_a_ring_is_replaced_whole_or_not_at_all() {
    let text = r#"{"sinew":1,"hourly_rate":50,
 "systems":{"s0":{"kind":"spreadsheet","interfaces":["rest"]},"s1":{"kind":"spreadsheet","interfaces":["rest"],"makes":["d0"]}},
 "data":{"d0":{},"d1":{}},
 "flows":[{"id":"f0","from":"s0","to":"s1","data":["d0"],"mechanism":"api"},
          {"id":"f1","from":"s1","to":"s0","data":["d0","d1"],"mechanism":"copy-paste","runs":[210,620,1030],"minutes":[20,60,120]}],
 "processes":{"p0":{"needs":[{"data":"d0","at":"s0"}],"outage_cost":100}}}"#;
    let stack = stack_of("ring.json", text);
    let chains: Vec<String> = Analysis::of(&stack).handoffs().chains.iter().map(|chain| chain.id.clone()).collect();
    // s0 needs d0, so the way out and back again begins and ends there.
    assert_eq!(chains, ["f0+f1", "f1"]);
    let plan = check(&stack, &quick());
    let items: Vec<&Candidate> = plan.items.iter().map(|item| plan.candidate(item)).collect();
    assert_eq!(items.iter().map(|one| one.id.as_str()).collect::<Vec<_>>(), ["api:s1:s0"]);
    let Edit::AddFlow(flow) = &items[0].edits[0] else { panic!("{:?}", items[0].edits) };
    assert_eq!(flow.data.len(), 2, "both objects");
    // 620 hours at 50.
    assert!((plan.items[0].value.likely - 31_000.0).abs() < 0.01);
    assert!(!Analysis::of(&plan.target).resilience()[0].is_degraded);
    let f1 = plan.target.flow(plan.target.find_flow("f1").unwrap());
    assert!(f1.is_standby && f1.data.len() == 2);
}

#[test]
fn what_goes_round_between_sheets_has_to_move_into_a_system_first() {
    let why = |more: &str| {
        let text = format!(
            "sinew: 1
hourly_rate: 100
systems: {{ crm: {{ kind: crm, makes: [lead] }}, one: {{ kind: spreadsheet }}, two: {{ kind: spreadsheet }} }}
data: {{ lead: {{}} }}
flows:
  - {{ id: a, from: crm, to: one, data: lead, mechanism: copy-paste, runs: 1/day, minutes: 60 }}
  - {{ id: b, from: one, to: two, data: lead, mechanism: copy-paste, runs: 1/day, minutes: 60 }}
  - {{ id: c, from: two, to: one, data: lead, mechanism: copy-paste, runs: 1/day, minutes: 60 }}
{more}"
        );
        let stack = stack_of("round.yaml", &text);
        let plan = check(&stack, &quick());
        let shown = report::Plan::of(&stack, &plan, &quick()).unsolved;
        let ends = shown.into_iter().flat_map(|one| one.why).filter(|why| why.contains("into a system first"));
        ends.collect::<Vec<String>>()
    };
    let of = |how: &str| [format!("it {how} before: what people do on the way has to move into a system first")];
    assert_eq!(why(""), of("comes back to One, where it was"));
    // Where somebody needs it on the way, a chain begins there.
    let needed = "processes: { p: { needs: [{ data: lead, at: one }] } }\n";
    assert_eq!(
        why(needed),
        ["it ends at One where it began: what people do on the way has to move into a system first"]
    );
}

/// What the property shrank to next: a planned flow back to where an object was taken to originate, since nothing brought it
/// there. Once built it did, so neither of the two had the object from anywhere, and the process that needs it stopped.
#[test]
fn a_system_that_counts_as_an_origin_keeps_its_object_when_a_flow_is_built_to_it() {
    let text = "sinew: 1
hourly_rate: 100
systems: { book: { kind: spreadsheet, interfaces: [] }, chat: { kind: messaging, interfaces: [] } }
data: { rate: {} }
flows:
  - { id: there, from: chat, to: book, data: rate, mechanism: api }
  - { id: back, from: book, to: chat, data: rate, mechanism: api, status: planned, value: 90000 }
processes: { p: { needs: [{ data: rate, at: book }] } }
";
    let plan = check(&stack_of("origin.yaml", text), &quick());
    assert_eq!(plan.candidate(&plan.items[0]).id, "api:book:chat:planned");
    assert!(plan.after.availability[0].runs);
    let chat = plan.target.system(plan.target.find_system("chat").unwrap());
    assert_eq!(chat.makes.len(), 1);
}

/// Who reviews is who does so today, else who owns where it comes to.
#[test]
fn a_flow_in_place_of_a_reviewed_handoff_is_reviewed() {
    let reviewer = |review: &str| {
        let text = format!(
            "sinew: 1
hourly_rate: 60
teams: {{ sales: {{ people: 5 }}, legal: {{ people: 5 }}, ops: {{ people: 5 }} }}
data: {{ note: {{}} }}
systems:
  notes: {{ kind: other, interfaces: [rest], makes: [note] }}
  crm: {{ kind: crm, interfaces: [rest], owner: ops }}
  zap: {{ product: zapier }}
flows:
  - {{ id: f, from: notes, to: crm, data: note, mechanism: copy-paste, performer: sales, runs: 600, minutes: 30{review} }}
"
        );
        let plan = check(&stack_of("review.yaml", &text), &quick());
        let target = &plan.target;
        let (_, flow) = target.live_flows().find(|(_, flow)| !flow.is_standby && flow.id.as_str() != "f").unwrap();
        flow.review().map(|review| target.team(review.by.unwrap()).id.to_string())
    };
    assert_eq!(reviewer(""), None);
    assert_eq!(reviewer(", review: { minutes: 1 }").as_deref(), Some("ops"));
    assert_eq!(reviewer(", review: { by: legal, minutes: 1 }").as_deref(), Some("legal"));
}

#[test]
fn content_of_ai_that_would_reach_customers_unseen_is_reviewed_by_who_owns_where_it_comes_to() {
    let reviewer = |site: &str| {
        let text = format!(
            "sinew: 1
hourly_rate: 60
teams: {{ ops: {{ people: 5 }}, sales: {{ people: 5 }} }}
data: {{ draft: {{ content: true }} }}
systems:
  t: {{ kind: ai-content, interfaces: [rest], makes: [draft] }}
  site: {{ kind: cms, interfaces: [rest], owner: ops, audience_facing: {site} }}
flows:
  - {{ id: f, from: t, to: site, data: draft, mechanism: copy-paste, performer: sales, runs: 600, minutes: 30 }}
"
        );
        let options = Options { with: vec!["api:t:site".to_owned()], ..quick() };
        let plan = check(&stack_of("unseen.yaml", &text), &options);
        let mut flows = plan.target.live_flows().map(|(_, flow)| flow);
        let flow = flows.find(|flow| flow.mechanism == sinew::model::Mechanism::Api).expect("it was asked for");
        flow.review().map(|review| plan.target.team(review.by.unwrap()).id.to_string())
    };
    assert_eq!(reviewer("true").as_deref(), Some("ops"));
    assert_eq!(reviewer("false"), None);
}

#[test]
fn a_planned_flow_is_an_item_of_the_kind_of_its_mechanism() {
    for (mechanism, kind) in [
        ("native", "native"),
        ("embedded", "native"),
        ("ipaas", "recipe"),
        ("etl", "recipe"),
        ("reverse-etl", "reverse-etl"),
        ("webhook", "api"),
    ] {
        let text = format!(
            "sinew: 1
systems: {{ a: {{ kind: crm, makes: [d] }}, b: {{ kind: cms }} }}
data: {{ d: {{}} }}
flows: [{{ id: f, from: a, to: b, data: d, mechanism: {mechanism}, status: planned, value: 90000 }}]
"
        );
        let plan = check(&stack_of("kind.yaml", &text), &quick());
        assert_eq!(plan.candidate(&plan.items[0]).id, format!("{kind}:a:b:planned"));
    }
}

/// And next: a planned flow makes its source an origin, and a standby flow to that source, of another item, took it away
/// again. So the two together earned half of what each earned alone.
#[test]
fn what_a_planned_flow_begins_with_no_other_item_takes_away() {
    let text = "sinew: 1
hourly_rate: 50
systems:
  a: { kind: crm, interfaces: [rest], availability: 50% }
  b: { kind: crm, interfaces: [rest], availability: 50% }
  c: { kind: spreadsheet, interfaces: [rest] }
data: { d: {} }
flows:
  - { id: there, from: a, to: b, data: d, mechanism: api }
  - { id: back, from: c, to: a, data: d, mechanism: api, status: planned }
processes: { p: { needs: [{ any_of: [{ data: d, at: c }, { data: d, at: b }] }], outage_cost: 100 } }
";
    let stack = stack_of("origin.yaml", text);
    check(&stack, &quick());
    let all = planned(&stack, &quick()).candidates.all.into_iter().map(|one| one.id);
    let with: Vec<String> = all.filter(|id| id.starts_with("fallback") || id.ends_with("planned")).collect();
    assert!(with.len() > 1, "{with:?}");
    check_value(&stack, &planned(&stack, &Options { with, ..quick() }));
}

#[test]
fn a_planned_flow_that_is_to_stand_by_takes_no_handoffs_place() {
    let text = "sinew: 1
hourly_rate: 100
systems: { crm: { kind: crm, interfaces: [], makes: [deal] }, shop: { kind: erp, interfaces: [] } }
data: { deal: {} }
flows:
  - { id: by-hand, from: crm, to: shop, data: deal, mechanism: rekeying, runs: 1/day, minutes: 60 }
  - { id: spare, from: crm, to: shop, data: deal, mechanism: file-drop, status: planned, standby: true }
processes: { p: { needs: [{ data: deal, at: shop }] } }
";
    let plan = check(&stack_of("spare.yaml", text), &quick());
    assert!(plan.items.is_empty(), "{:?}", plan.items);
}

/// One export fills a sheet from which two people post on: what can be automated is taken out of it, and the rest stays.
const SHARED_EXPORT: &str = "sinew: 1
hourly_rate: 100
systems:
  crm: { kind: crm, interfaces: [rest], makes: [deals, leads] }
  sheet: { kind: spreadsheet, interfaces: [] }
  shop: { kind: erp, interfaces: [rest] }
  desk: { kind: erp, interfaces: [] }
data: { deals: {}, leads: {} }
flows:
  - { id: export, from: crm, to: sheet, data: [deals, leads], mechanism: export-import, runs: 1/day, minutes: 60 }
  - { id: post, from: sheet, to: shop, data: deals, mechanism: rekeying, runs: 1/day, minutes: 90 }
  - { id: type, from: sheet, to: desk, data: leads, mechanism: rekeying, runs: 1/day, minutes: 30 }
";

#[test]
fn what_an_item_carries_is_taken_out_of_a_handoff_and_the_rest_stays() {
    let plan = check(&stack_of("shared.yaml", SHARED_EXPORT), &quick());
    let ids: Vec<&str> = plan.items.iter().map(|item| plan.candidate(item).id.as_str()).collect();
    assert_eq!(ids, ["api:crm:shop"]);
    // Only the posting is saved, 260 days of 90 minutes: the export still has to be made for the leads.
    assert!((plan.items[0].value.likely - 39_000.0).abs() < 0.01);
    let objects = |id: &str| {
        let flow = plan.target.flow(plan.target.find_flow(id).unwrap());
        let names: Vec<&str> = flow.data.iter().map(|ix| plan.target.data_object(*ix).id.as_str()).collect();
        (names.join(" "), flow.is_standby)
    };
    assert_eq!(objects("export"), ("leads".to_owned(), false));
    assert_eq!(objects("export:standby"), ("deals".to_owned(), true));
    assert_eq!(objects("post"), ("deals".to_owned(), true));
    assert_eq!(objects("type"), ("leads".to_owned(), false));
    let text = target(&plan);
    assert!(text.contains("  # carries less since item api:crm:shop\n  - id: export\n"), "{text}");
    assert!(text.contains("  # stands by since item api:crm:shop\n  - id: \"export:standby\"\n"), "{text}");
}

/// A desk without any interface hands on what two systems have, each of which has a flow of its own to the shop.
const TWO_SOURCES: &str = "sinew: 1
hourly_rate: 100
systems:
  crm: { kind: crm, interfaces: [], makes: [deals, news] }
  wh: { kind: warehouse, interfaces: [], makes: [costs, stock] }
  desk: { kind: other, interfaces: [] }
  shop: { kind: erp, interfaces: [] }
data: { deals: {}, costs: {}, news: {}, stock: {} }
flows:
  - { id: a, from: crm, to: desk, data: deals, mechanism: file-drop }
  - { id: b, from: wh, to: desk, data: costs, mechanism: file-drop }
  - { id: c, from: crm, to: shop, data: news, mechanism: file-drop }
  - { id: d, from: wh, to: shop, data: stock, mechanism: file-drop }
  - { id: type, from: desk, to: shop, data: [deals, costs], mechanism: rekeying, runs: 1/day, minutes: 60 }
";

#[test]
fn where_no_route_carries_all_objects_several_do_as_one_item() {
    let plan = check(&stack_of("two.yaml", TWO_SOURCES), &quick());
    let item = plan.candidate(&plan.items[0]);
    assert_eq!((item.id.as_str(), plan.items.len()), ("extend:desk:shop:several", 1));
    // Two flows that carry one object more each, a day likely each: the efforts are added.
    let (effort, _) = effort_of(item);
    assert_eq!((effort.low, effort.likely, effort.high), (1.0, 2.0, 6.0));
    assert!((plan.items[0].value.likely - 26_000.0).abs() < 0.01);
}

#[test]
fn what_several_routes_need_first_their_item_needs_once() {
    let pilot = TWO_SOURCES.replace("shop: { kind: erp,", "shop: { kind: erp, status: pilot,");
    let plan = check(&stack_of("pilot.yaml", &pilot), &quick());
    let several = plan.candidates.all.iter().find(|one| one.id == "extend:desk:shop:several").unwrap();
    assert_eq!(several.needs, ["governance:pilot-decision:shop"]);
    let ids: Vec<&str> = plan.items.iter().map(|item| plan.candidate(item).id.as_str()).collect();
    assert_eq!(ids, ["governance:pilot-decision:shop", "extend:desk:shop:several"]);
}

#[test]
fn an_item_that_leaves_something_is_offered_only_where_the_rest_has_no_route_and_saves_nothing() {
    let no_way = TWO_SOURCES.replace("  - { id: d, from: wh, to: shop, data: stock, mechanism: file-drop }\n", "");
    let stack = stack_of("part.yaml", &no_way);
    let plan = check(&stack, &quick());
    assert!(plan.items.is_empty());
    let part = plan.candidates.all.iter().find(|one| one.id == "extend:crm:shop").unwrap();
    assert_eq!(part.leaves, [(LinkIx::new(0), stack.find_data("costs").unwrap())]);
    assert!(part.why.iter().any(|why| why.contains("nothing is known that carries Costs")), "{:?}", part.why);
    let with = planned(&stack, &Options { with: vec![part.id.clone()], ..quick() });
    check_value(&stack, &with);
    check_handoffs(&stack, &with);
    assert!(with.items[0].change.handoffs.abs() < 0.01, "the typing still takes an hour a day");
    assert_eq!(report::Plan::of(&stack, &plan, &quick()).unsolved.len(), 1);
    // With a way for the whole no part is offered.
    let whole = no_way.replace("kind: other, interfaces: []", "kind: other, interfaces: [rest]");
    let whole = whole.replace("kind: erp, interfaces: []", "kind: erp, interfaces: [rest]");
    let plan = check(&stack_of("whole.yaml", &whole), &quick());
    assert!(plan.candidates.all.iter().all(|one| one.leaves.is_empty()));
    assert_eq!(plan.candidate(&plan.items[0]).id, "api:desk:shop");
}

#[test]
fn what_feeds_a_sheet_that_somebody_needs_stays() {
    let text = "sinew: 1
hourly_rate: 100
systems:
  ads: { kind: ads, interfaces: [rest], makes: [spend] }
  book: { kind: spreadsheet, interfaces: [] }
  chat: { kind: messaging, interfaces: [rest] }
data: { spend: {} }
flows:
  - { id: collect, from: ads, to: book, data: spend, mechanism: export-import, runs: 5/week, minutes: 60 }
  - { id: post, from: book, to: chat, data: spend, mechanism: message, runs: 5/week, minutes: 60 }
processes:
  review: { needs: [{ data: spend, at: book }] }
";
    let plan = check(&stack_of("book.yaml", text), &quick());
    let standing_by: Vec<&str> =
        plan.target.flows.iter().filter(|flow| flow.is_standby).map(|flow| flow.id.as_str()).collect();
    assert_eq!(standing_by, ["post"]);
    let free = text.replace("at: book }] }", "at: chat }] }");
    let plan = check(&stack_of("free.yaml", &free), &quick());
    assert_eq!(plan.target.flows.iter().filter(|flow| flow.is_standby).count(), 2);
}

#[test]
fn a_flow_without_an_id_that_carries_more_keeps_the_one_that_it_had() {
    let text = "sinew: 1
hourly_rate: 100
systems: { a: { kind: crm, makes: [d, e] }, b: { kind: cms } }
data: { d: {}, e: {} }
flows:
  - { from: a, to: b, data: d, mechanism: api }
  - { id: by-hand, from: a, to: b, data: e, mechanism: copy-paste, runs: 1000, minutes: 60 }
";
    let stack = stack_of("unnamed.yaml", text);
    let plan = check(&stack, &quick());
    let id = stack.flows.iter().find(|flow| !flow.is_manual()).unwrap().id.as_str();
    let flow = plan.target.flow(plan.target.find_flow(id).unwrap());
    assert_eq!((flow.data.len(), flow.has_own_id), (2, true), "{id}");
}
