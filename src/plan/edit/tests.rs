//! What edits make of a stack.

use super::*;
use crate::model::trial::stack_of;

fn with(stack: &Stack, items: &[Edit], replaced: &Replaced, origins: &[Fact]) -> Edited {
    let changes = [Change { item: "item", edits: items }];
    edited(stack, Edits { changes: &changes, replaced, superseded: &BTreeSet::new(), origins })
}

#[test]
fn what_is_taken_out_of_a_handoff_stands_by_and_the_rest_goes_on() {
    let stack = stack_of(
        "sinew: 1
hourly_rate: 60
systems: { a: { kind: crm, makes: [d, e] }, b: { kind: cms } }
data: { d: {}, e: {} }
flows: [{ id: f, from: a, to: b, data: [d, e], mechanism: message, runs: 12, value: 5 }]
",
    );
    let flow = stack.find_flow("f").expect("it is there");
    let without = |objects: &[&str]| {
        let objects = objects.iter().filter_map(|id| stack.find_data(id)).collect();
        let target = with(&stack, &[], &Replaced::from([(flow, objects)]), &[]);
        let show = |flow: &Flow| {
            let data: Vec<&str> = flow.data.iter().map(|ix| stack.data_object(*ix).id.as_str()).collect();
            (flow.id.to_string(), data.join(" "), flow.is_standby, flow.rated.value.is_some(), flow.runs.is_some())
        };
        let shown: Vec<_> = target.stack.flows.iter().map(show).collect();
        (shown, target.split_from)
    };
    let row =
        |id: &str, data: &str, is_standby, has_value| (id.to_owned(), data.to_owned(), is_standby, has_value, true);
    let (part, split_from) = without(&["d"]);
    assert_eq!(part, [row("f", "e", false, true), row("f:standby", "d", true, false)]);
    assert_eq!(split_from, BTreeMap::from([("f:standby".to_owned(), flow)]));
    // One that is called after its ends gets an id of its own: what it carries has changed.
    let nameless = stack_of(
        "sinew: 1
systems: { a: { kind: crm, makes: [d, e] }, b: { kind: cms } }
data: { d: {}, e: {} }
flows: [{ from: a, to: b, data: [d, e], mechanism: message }]
",
    );
    let part = Replaced::from([(FlowIx(0), nameless.find_data("d").into_iter().collect())]);
    let own = |flow: &Flow| (flow.id.to_string(), flow.has_own_id);
    let flows: Vec<_> = with(&nameless, &[], &part, &[]).stack.flows.iter().map(own).collect();
    assert_eq!(flows, [("a->b:d,e".to_owned(), true), ("a->b:d,e:standby".to_owned(), true)]);
    let (whole, split_from) = without(&["d", "e"]);
    assert_eq!(whole, [row("f", "d e", true, false)]);
    assert!(split_from.is_empty());
}

#[test]
fn an_origin_is_stated_as_a_guess_whether_it_is_fed_now_or_not() {
    let stack = stack_of(
        "sinew: 1
systems: { a: { kind: crm }, b: { kind: cms }, c: { kind: bi, makes: [d] } }
data: { d: {} }
flows:
  - { id: there, from: a, to: b, data: d, mechanism: api }
  - { id: back, from: b, to: a, data: d, mechanism: api, status: planned }
",
    );
    let fact = |id: &str| Fact {
        at: stack.find_system(id).expect("it is there"),
        data: stack.find_data("d").expect("it is there"),
    };
    let makers = |edits: &[Edit]| -> Vec<(String, Vec<String>)> {
        let target = with(&stack, edits, &Replaced::new(), &[fact("a"), fact("c")]).stack;
        let makers = target.systems.iter().filter(|one| !one.makes.is_empty());
        makers.map(|one| (one.id.to_string(), one.remarks.guessed().to_vec())).collect()
    };
    let expected = [("a".to_owned(), vec!["makes".to_owned()]), ("c".to_owned(), Vec::new())];
    let back = Edit::MakeLive(stack.find_flow("back").expect("it is there"));
    assert_eq!(makers(&[]), expected);
    assert_eq!(makers(&[back]), expected);
}

#[test]
fn a_new_flow_has_the_id_of_its_item_or_the_first_number_that_is_free() {
    let stack = stack_of(
        "sinew: 1
systems: { item: { kind: crm }, b: { kind: cms } }
data: { d: {} }
flows: [{ id: 'item:3', from: item, to: b, data: d, mechanism: api }, { id: plan-1, from: b, to: item, data: d, mechanism: api }]
",
    );
    let mut taken = Taken::by(&stack);
    let mut fresh = |item: &str| taken.fresh(item);
    assert_eq!([fresh("item"), fresh("item"), fresh("other")], ["item:2", "item:4", "other"]);
    // No id of a flow has a space.
    assert_eq!([fresh("not one"), fresh("not one")], ["plan-2", "plan-3"]);
}

#[test]
fn what_people_would_write_is_made_by_them_on_standby() {
    let stack = stack_of(
        "sinew: 1
teams: { ops: { people: 2 } }
systems: { a: { kind: crm, makes: [d] }, b: { kind: cms } }
data: { c: {}, d: {} }
flows: [{ id: f, from: a, to: b, data: d, mechanism: api }]
",
    );
    let a = stack.find_system("a").expect("it is there");
    let [c, d] = ["c", "d"].map(|id| stack.find_data(id).expect("it is there"));
    let team = stack.find_team("ops").expect("it is there");
    let target = with(&stack, &[Edit::MakeByHand(a, c, team)], &Replaced::new(), &[]).stack;
    let made: Vec<_> = target.system(a).makes.iter().map(|one| (one.data, one.by, one.is_standby)).collect();
    assert_eq!(made, [(c, Some(team), true), (d, None, false)]);
}

#[test]
fn a_review_that_names_nobody_gets_who_is_to_do_it_and_one_that_names_somebody_keeps_them() {
    let stack = stack_of(
        "sinew: 1
teams: { legal: { people: 2 }, ops: { people: 2 } }
systems: { a: { kind: crm, makes: [d] }, b: { kind: cms } }
data: { d: {} }
flows:
  - { id: f, from: a, to: b, data: d, mechanism: api, review: { embedded: false, minutes: 5 } }
  - { id: g, from: a, to: b, data: d, mechanism: native, review: { by: legal } }
  - { id: h, from: a, to: b, data: d, mechanism: etl }
",
    );
    let [legal, ops] = ["legal", "ops"].map(|id| stack.find_team(id));
    let flows = ["f", "g", "h"].map(|id| stack.find_flow(id).expect("it is there"));
    let target = with(&stack, &[Edit::Review(flows.to_vec(), ops)], &Replaced::new(), &[]).stack;
    let reviews = flows.map(|ix| target.flow(ix).review().expect("it has one"));
    assert_eq!(reviews.each_ref().map(|review| review.by), [ops, legal, ops]);
    assert!(reviews.iter().all(|review| review.embedded == Some(true)));
    assert!(reviews[0].minutes.is_some() && reviews[1].minutes.is_none());
}

#[test]
fn a_new_flow_is_as_it_was_drawn_up() {
    let stack = stack_of(
        "sinew: 1
teams: { ops: { people: 2 } }
systems: { a: { kind: crm, makes: [d] }, b: { kind: cms } }
data: { d: {} }
",
    );
    let [from, to] = ["a", "b"].map(|id| stack.find_system(id).expect("it is there"));
    let new = NewFlow {
        from,
        to,
        data: stack.find_data("d").into_iter().collect(),
        mechanism: Mechanism::ExportImport,
        through: None,
        performer: stack.find_team("ops"),
        runs: Some(Range::exact(PerYear(52.0))),
        peak: Some(Peak { a_day: Some(2.0), burst: None }),
        minutes: Some(Range::exact(Minutes(5.0))),
        records: Some(Range::exact(Count(7.0))),
        delay: Some(Range::exact(Hours(3.0))),
        review: None,
        is_standby: true,
    };
    let target = with(&stack, &[Edit::AddFlow(Box::new(new.clone()))], &Replaced::new(), &[]).stack;
    let flow = &target.flows[0];
    assert_eq!((flow.from, flow.to, &flow.data, flow.mechanism), (from, to, &new.data, new.mechanism));
    assert_eq!((flow.performer, flow.runs, flow.run.peak), (new.performer, new.runs, new.peak));
    assert_eq!((flow.run.minutes, flow.run.records, flow.run.delay), (new.minutes, new.records, new.delay));
    assert!(flow.is_standby && target.is_live(flow) && flow.review().is_none());
}
