//! What titles say, computed again from report.json: which of all groups of manual flows explains most with least.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;
use sinew::report::say::percent;

use super::read::unescaped;
use super::{Told, all};

/// A sentence that the title may be: its share of the work, and the flows it is about, most work first.
struct Candidate {
    share: f64,
    strength: f64,
    flows: Vec<String>,
}

fn likely(step: &Value, keys: &[&str]) -> Option<f64> {
    keys.iter().map(|key| step[*key]["likely"].as_f64()).sum()
}

/// What each manual flow takes: cost, or hours where a cost is not known; nothing where hours are not known.
fn amounts(json: &Value, keys: &[&str]) -> Option<BTreeMap<String, f64>> {
    let steps = json["handoff_totals"]["steps"].as_array().unwrap();
    steps.iter().map(|step| Some((step["flow"].as_str().unwrap().to_owned(), likely(step, keys)?))).collect()
}

fn candidates(told: &Told) -> Vec<Candidate> {
    let (json, names) = (&told.json, &told.report.stack.names);
    let hours = amounts(json, &["hours", "error_hours"]);
    let costs = amounts(json, &["cost"]);
    let positive = |of: &BTreeMap<String, f64>| of.values().sum::<f64>() > 0.0;
    let Some(of) = costs.filter(positive).or(hours.clone().filter(positive)) else { return Vec::new() };
    if of.len() < 2 {
        return Vec::new();
    }
    let total: f64 = of.values().sum();
    let ai: BTreeSet<&str> =
        json["ai_register"].as_array().unwrap().iter().map(|row| row["system"].as_str().unwrap()).collect();
    let mut groups: BTreeMap<String, Vec<&str>> = BTreeMap::new();
    for flow in of.keys() {
        let name = &names.flows[flow];
        let mut keys = vec![format!("from {}", name.from), format!("to {}", name.to)];
        keys.extend(ai.contains(name.from.as_str()).then(|| "ai".to_owned()));
        keys.extend(name.performer.iter().map(|team| format!("team {team}")));
        keys.extend((name.data.len() == 1).then(|| format!("data {}", name.data[0])));
        keys.into_iter().for_each(|key| groups.entry(key).or_default().push(flow));
    }
    let candidate = |flows: &[&str], names: f64| {
        let mut flows = flows.to_vec();
        flows.sort_by(|a, b| of[*b].total_cmp(&of[*a]).then(a.cmp(b)));
        let share = flows.iter().map(|flow| of[*flow]).sum::<f64>() / total;
        let taken = flows.len() as f64 / of.len() as f64;
        let strength = share * (1.0 - taken).sqrt() - 0.08 * (names - 1.0);
        Candidate { share, strength, flows: flows.iter().map(|flow| (*flow).to_owned()).collect() }
    };
    let is_news =
        |flows: &&Vec<&str>| flows.len() < of.len() && flows.iter().map(|flow| of[*flow]).sum::<f64>() / total >= 0.3;
    let mut found: Vec<Candidate> = groups
        .iter()
        .filter(|(_, flows)| is_news(flows))
        .map(|(key, flows)| candidate(flows, if key == "ai" { 1.5 } else { 1.0 }))
        .collect();
    // The fewest flows that take 70% of the hours, if that is at most half of them.
    if let Some(hours) = hours.filter(positive) {
        let mut order: Vec<&str> = hours.keys().map(String::as_str).collect();
        order.sort_by(|a, b| hours[*b].total_cmp(&hours[*a]).then(a.cmp(b)));
        let all: f64 = hours.values().sum();
        let few = (1..=order.len())
            .find(|count| order[..*count].iter().map(|flow| hours[*flow]).sum::<f64>() >= 0.7 * all * (1.0 - 1e-9));
        if let Some(count) = few.filter(|count| count * 2 <= order.len()) {
            found.push(candidate(&order[..count], count as f64));
        }
    }
    found
}

#[test]
fn the_title_of_the_handoffs_is_what_explains_most_with_least() {
    let (mut named, mut plain) = (0, 0);
    for told in all() {
        let message = &told.json["messages"]["handoffs"];
        let title = message["title"].as_str().unwrap();
        let hot: Vec<&str> = message["hot"].as_array().unwrap().iter().map(|id| id.as_str().unwrap()).collect();
        let found = candidates(told);
        let best = found.iter().map(|one| one.strength).fold(f64::MIN, f64::max);
        if best <= 0.3 {
            plain += 1;
            assert!(hot.is_empty() && !title.contains('%'), "{}: {title}", told.name);
            continue;
        }
        named += 1;
        let is_it = |one: &&Candidate| {
            one.strength > best - 1e-9
                && hot.iter().eq(one.flows.iter().take(3))
                && title.contains(&format!(" {} of the manual work", percent(one.share)))
        };
        assert!(found.iter().any(|one| is_it(&one)), "{}: {title}, {hot:?}", told.name);
    }
    assert!(named >= 4 && plain >= 3, "{named} named, {plain} plain");
}

#[test]
fn what_pictures_say_stands_in_the_document_and_on_slides() {
    for told in all() {
        let document = unescaped(&told.markdown);
        for (view, message) in told.json["messages"].as_object().unwrap() {
            let title = message["title"].as_str().unwrap();
            assert!(!title.is_empty(), "{}: {view}", told.name);
            // What is ahead has chapters of its own in the document.
            let is_today = ["failure", "handoffs", "landscape"].contains(&view.as_str());
            assert!(!is_today || document.contains(title), "{}: {view}: {title} is not in the document", told.name);
            assert!(told.slides.contains(title), "{}: {view}: {title} is on no slide", told.name);
            for also in message["also"].as_array().unwrap() {
                assert!(told.slides.contains(also.as_str().unwrap()), "{}: {view}: {also} is on no slide", told.name);
            }
        }
    }
}

/// The items of the plan after which none of the handoffs that a flow is a step of is left, and those that they need, by their places
/// from 1; none where a handoff stays.
fn items_that_end(json: &Value, flow: &str) -> BTreeSet<usize> {
    let items = json["plan"]["items"].as_array().unwrap();
    let mut ids: BTreeSet<&str> = BTreeSet::new();
    for chain in json["handoffs"].as_array().unwrap() {
        if !chain["steps"].as_array().unwrap().iter().any(|step| step == flow) {
            continue;
        }
        let first = items.iter().find(|item| item["removes"].as_array().unwrap().contains(&chain["id"]));
        let Some(first) = first else { return BTreeSet::new() };
        ids.insert(first["id"].as_str().unwrap());
    }
    // As often as there are items, so that whatever these need is in.
    for _ in items {
        let is_in = |item: &&Value| ids.contains(item["id"].as_str().unwrap());
        let needs: Vec<&str> = items
            .iter()
            .filter(is_in)
            .flat_map(|item| item["needs"].as_array().unwrap())
            .map(|id| id.as_str().unwrap())
            .collect();
        ids.extend(needs);
    }
    (1..=items.len()).filter(|at| ids.contains(items[at - 1]["id"].as_str().unwrap())).collect()
}

#[test]
fn what_to_do_names_the_items_that_end_it_or_says_that_none_does() {
    let (mut ended, mut partly, mut open, mut needed) = (0, 0, 0, 0);
    for told in all() {
        let json = &told.json;
        let message = &json["messages"]["handoffs"];
        let steps = json["handoff_totals"]["steps"].as_array().unwrap();
        let hot: Vec<&str> = message["hot"].as_array().unwrap().iter().map(|id| id.as_str().unwrap()).collect();
        let mut flows: Vec<&str> = match hot.is_empty() {
            true => steps.iter().take(3).map(|step| step["flow"].as_str().unwrap()).collect(),
            false => hot,
        };
        // In the order of the numbers beside them: the rank of the first chain that each is a step of.
        let chains = json["handoffs"].as_array().unwrap();
        let rank = |flow: &str| {
            chains.iter().position(|chain| chain["steps"].as_array().unwrap().iter().any(|step| step == flow))
        };
        flows.sort_by_key(|flow| rank(flow).unwrap_or(usize::MAX));
        let takeaways = message["takeaways"].as_array().unwrap();
        assert_eq!(takeaways.len(), flows.len(), "{}", told.name);
        for (one, flow) in takeaways.iter().zip(&flows) {
            assert_eq!(one["number"], rank(flow).map(|at| (at + 1).to_string()).unwrap_or_default(), "{}", told.name);
        }
        let so_what = message["so_what"].as_str().unwrap();
        if flows.is_empty() {
            assert!(so_what.is_empty(), "{}: {so_what}", told.name);
            continue;
        }
        let names = |words: &str, numbers: &BTreeSet<usize>| {
            let is_in = |at: &usize| words.split([' ', ',', ';', '.']).any(|word| word == at.to_string());
            numbers.iter().all(is_in) || (numbers.len() > 5 && words.contains(&format!("{} items", numbers.len())))
        };
        let items: Vec<BTreeSet<usize>> = flows.iter().map(|flow| items_that_end(json, flow)).collect();
        for (one, items) in takeaways.iter().zip(&items) {
            let text = one["text"].as_str().unwrap();
            match text.split_once("Plan: ") {
                Some((_, plan)) => assert!(!items.is_empty() && names(plan, items), "{}: {one}", told.name),
                None => assert!(items.is_empty() && text.ends_with("Not in the plan."), "{}: {one}", told.name),
            }
        }
        let numbers: BTreeSet<usize> = items.iter().flatten().copied().collect();
        needed += usize::from(numbers.iter().any(|at| {
            so_what.contains(" of the plan") && {
                let item = &json["plan"]["items"][at - 1];
                item["removes"]
                    .as_array()
                    .unwrap()
                    .iter()
                    .all(|id| !json["handoffs"].as_array().unwrap().iter().any(|chain| chain["id"] == *id))
            }
        }));
        match (numbers.is_empty(), items.iter().any(BTreeSet::is_empty)) {
            (true, _) => open += usize::from(so_what.starts_with("Nothing in the plan ends this: ")),
            (false, false) => ended += usize::from(so_what.starts_with("Item") && names(so_what, &numbers)),
            (false, true) => {
                partly += usize::from(so_what.contains(" Nothing in it ends ") && names(so_what, &numbers));
            }
        }
    }
    assert_eq!(
        ended + partly + open,
        all().iter().filter(|told| told.report.handoffs.iter().flatten().next().is_some()).count()
    );
    assert!(ended >= 3 && open >= 3 && needed >= 1, "{ended} ended, {partly} partly, {open} open, {needed} needed");
}

#[test]
fn what_stands_beside_pictures_is_of_the_report_and_on_the_slides() {
    let mut bars = 0;
    for told in all() {
        let json = &told.json;
        for (view, message) in json["messages"].as_object().unwrap() {
            let takeaways = message["takeaways"].as_array().unwrap();
            assert!(takeaways.len() <= 3, "{}: {view}", told.name);
            let so_what = message["so_what"].as_str().unwrap();
            let is_told = !["target", "landscape"].contains(&view.as_str())
                || told.slides.contains(message["title"].as_str().unwrap());
            assert!(!is_told || told.slides.contains(so_what), "{}: {view}: {so_what} is on no slide", told.name);
        }
        let outage = &json["messages"]["failure"]["bars"];
        let amounts: Vec<f64> = outage.as_array().unwrap().iter().map(|bar| bar["amount"].as_f64().unwrap()).collect();
        assert!(amounts.len() <= 8 && amounts.is_sorted_by(|a, b| a >= b), "{}: {amounts:?}", told.name);
        let systems = json["outages"].as_array().unwrap().iter().filter(|one| one["kind"] == "system");
        let most = systems.filter_map(|one| one["cost_per_hour"].as_f64()).fold(0.0, f64::max);
        assert!((amounts.first().copied().unwrap_or(0.0) - most).abs() < 1.0, "{}: {amounts:?}, {most}", told.name);
        let sides = json["messages"]["target"]["bars"].as_array().cloned().unwrap_or_default();
        let hours = ["before", "after"].map(|side| json["plan"][side]["hours"]["likely"].as_f64());
        for (bar, hours) in sides.iter().zip(hours) {
            assert_eq!(bar["amount"].as_f64(), hours, "{}", told.name);
        }
        bars += amounts.len() + sides.len();
    }
    assert!(bars >= 40, "{bars} bars");
}

#[test]
fn what_is_asked_for_adds_up_to_the_plan() {
    let (mut asked, mut cut) = (0, 0);
    for told in all() {
        let items = told.json["plan"]["items"].as_array().unwrap();
        let Some((_, slide)) = told.slides.split_once("\nDecide today: ") else {
            assert!(items.is_empty(), "{} asks for nothing", told.name);
            continue;
        };
        let rows = slide.lines().skip_while(|line| !line.starts_with("Next step")).skip(1);
        let rows: Vec<&str> = rows.take_while(|line| line.contains(" | ") && !line.starts_with("Answer: ")).collect();
        let days = |row: &str| -> f64 {
            let cell = row.rsplit(" | ").next().unwrap();
            cell.split(' ').next().unwrap().parse().unwrap_or_else(|_| panic!("{}: {row}", told.name))
        };
        let sum: f64 = rows.iter().copied().map(days).sum();
        let all: f64 = items.iter().map(|item| item["effort"]["likely"].as_f64().unwrap()).sum();
        // Each row is rounded to a tenth, to a whole day from ten on.
        assert!((sum - all).abs() <= 0.5 * rows.len() as f64, "{}: {sum} of {all} days in {rows:#?}", told.name);
        let rest = rows.last().and_then(|row| row.strip_prefix("The other "));
        assert_eq!(rest.is_some(), rows.len() < items.len(), "{}: {rows:#?}", told.name);
        (asked, cut) = (asked + 1, cut + usize::from(rest.is_some()));
    }
    assert!(asked >= 4 && cut >= 2, "{asked} decks ask for something, {cut} of them for more than they name");
}
