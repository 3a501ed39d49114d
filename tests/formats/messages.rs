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
            assert!(document.contains(title), "{}: {view}: {title} is not in the document", told.name);
            assert!(told.slides.contains(title), "{}: {view}: {title} is on no slide", told.name);
            for also in message["also"].as_array().unwrap() {
                assert!(told.slides.contains(also.as_str().unwrap()), "{}: {view}: {also} is on no slide", told.name);
            }
        }
    }
}
