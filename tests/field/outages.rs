//! Circles, several writers, standby, what nobody watches, opt-outs that do not travel, drafts that nobody reads.

use sinew::analysis::Analysis;

use super::{entry, errors, findings, found, report, said, stack, text, words};

/// Two systems that only hand an object to each other do not have it.
#[test]
fn a_two_way_sync_is_no_origin() {
    let text = text("native-loop");
    let report = report(&text);
    let gap = entry(&report["findings"], "rule", "unsupplied-need");
    assert_eq!((gap["severity"].as_str(), words(&gap["subjects"])), (Some("high"), vec!["route"]));
    let evidence = words(&gap["evidence"]);
    for object in ["lifecycle", "lead"] {
        let proposal = format!("add `makes: [{{ data: {object} }}]`");
        assert!(evidence.iter().any(|line| line.contains("in a circle") && line.contains(&proposal)), "{evidence:?}");
    }
    assert_eq!(entry(&report["processes"], "id", "route")["runs"], false);
}

/// 0.99 three times: the ring does not feed itself.
#[test]
fn a_ring_with_one_origin_stops_with_it() {
    let report = report(&text("ring-with-origin"));
    let process = entry(&report["processes"], "id", "p");
    assert!((process["availability"]["high"].as_f64().unwrap() - 0.970_299).abs() < 1e-12);
    assert_eq!(process["availability"]["at_most"], false);
    assert_eq!(words(&process["single_points"]), ["a", "c", "crm", "dwh", "map"]);
}

/// Three write one field: found until a master is stated.
#[test]
fn several_writers_of_one_object_are_found() {
    let text = text("who-wins");
    assert_eq!(
        found(&text, "competing-writers"),
        ["HubSpot, Salesforce and ZoomInfo write Industry, and nothing says whose value wins"]
    );
    let mastered = text.replace("data: { industry: {} }", "data: { industry: { master: sf } }");
    assert_eq!(
        found(&mastered, "competing-writers"),
        ["Salesforce is the master of Industry, and gets values of it from elsewhere"]
    );
}

/// Opt-outs reach one tool a month late, and another not at all.
#[test]
fn opt_outs_that_do_not_travel_are_found() {
    let text = text("consent");
    assert_eq!(
        found(&text, "unsupplied-need"),
        ["Event mail cannot run even if nothing fails: it lacks Opt out at ON24"]
    );
    let stale = findings(&text).into_iter().find(|one| one.rule == "stale-feed").unwrap();
    assert_eq!(stale.evidence, ["Opt out at Salesforce: Marketo -> Salesforce 30d = 30d, allowed 10d"]);
    // 12 x 45 min = 9 h; 12 x 300 x 1% x 10 min = 6 h.
    let report = report(&text);
    assert_eq!(report["handoff_totals"]["hours"]["likely"], 9.0);
    assert_eq!(report["handoff_totals"]["error_hours"]["likely"], 6.0);
}

/// Each severe finding has an item that could be built, or says what is missing; they stood nowhere.
#[test]
fn what_to_build_for_opt_outs_is_said() {
    let stack = stack(&text("consent"));
    let analysis = Analysis::of(&stack);
    let options = sinew::plan::Options { samples: 20, ..sinew::plan::Options::default() };
    let plan = sinew::plan::Plan::of(&analysis, &options).unwrap();
    let told = serde_json::to_value(sinew::report::Plan::of(&stack, &plan, &options)).unwrap();
    let with = |finding: &str| -> Vec<String> {
        let rows = ["items", "unfunded", "unsolved"].iter().flat_map(|list| told[list].as_array().unwrap());
        let about = rows.filter(|row| {
            ["findings", "removes"]
                .iter()
                .any(|key| row[*key].as_array().is_some_and(|all| all.iter().any(|one| one == finding)))
        });
        about.map(|row| row["title"].as_str().unwrap_or("no item").to_owned()).collect()
    };
    assert_eq!(with("unsupplied-need:event-mail"), ["Add Opt out to the flow from Salesforce to ON24"]);
    assert_eq!(with("stale-feed:sales-mail"), ["Connect Marketo to Salesforce for Opt out"]);
    for finding in analysis.findings().iter().filter(|one| one.severity < sinew::analysis::Severity::Low) {
        assert!(!with(&finding.id).is_empty(), "{}", finding.message);
    }
}

/// The provider of the models is down: two processes stop, the third has a standby.
#[test]
fn a_provider_that_is_down_stops_what_has_no_other() {
    let report = report(&text("llm-outage"));
    let outage = entry(&report["outages"], "components", "openai");
    assert_eq!(words(&outage["processes_down"]), ["chat", "publish"]);
    assert_eq!(words(&outage["processes_degraded"]), ["route"]);
    assert_eq!(outage["cost_per_hour"], 700.0);
}

/// "This tool runs on A or B": neither is a single point, and no provider is a silo for it.
#[test]
fn either_of_two_providers_is_enough() {
    let text = "sinew: 1
teams: { ops: { people: 4 } }
systems:
  openai: { product: openai-api, owner: ops }
  azure: { kind: ai-content, name: Second provider, owner: ops }
  scorer: { kind: ai-scoring, owner: ops, depends_on: [{ any_of: [openai, azure] }], makes: [{ data: score }] }
  crm: { product: salesforce-sales-cloud }
data: { score: {} }
flows: [{ from: scorer, to: crm, data: score, mechanism: api }]
processes: { route: { needs: [{ data: score, at: crm }], outage_cost: 300 } }
";
    let report = report(text);
    for provider in ["openai", "azure"] {
        let outage = entry(&report["outages"], "components", provider);
        assert!(words(&outage["processes_down"]).is_empty() && words(&outage["systems_down"]) == [provider]);
    }
    assert!(found(text, "ai-silo").is_empty() && found(text, "common-dependency").is_empty());
    let pairs = entry(&report["processes"], "id", "route")["cut_sets"].as_array().unwrap();
    assert!(pairs.contains(&serde_json::json!(["azure", "openai"])), "{pairs:?}");
}

/// Nobody stated an availability: it is not known, in numbers and in words.
#[test]
fn an_availability_that_nobody_stated_is_not_known() {
    let text = text("llm-outage");
    let report = report(&text);
    assert!(report["processes"].as_array().unwrap().iter().all(|process| process["availability"].is_null()));
    let stack = stack(&text);
    let analysis = Analysis::of(&stack);
    let whole = sinew::report::Report::of(&analysis, &analysis.findings(), &super::source(&text));
    let told = sinew::report::told(&whole, sinew::report::Medium::Document);
    let markdown = sinew::report::document::markdown(&told);
    assert!(!markdown.contains("100 %") && !markdown.contains("100%"), "{markdown}");
}

/// A webhook fails for two days, and nobody sees it.
#[test]
fn a_flow_that_nobody_watches_is_found() {
    let text = text("unwatched-webhook");
    assert_eq!(found(&text, "unwatched-flow").len(), 1);
    let report = report(&text);
    assert_eq!(entry(&report["ledger"], "flow", "hook")["watched_by"], "nobody");
    // As people say it, with the exact change.
    let said_so = text.replace("watched_by: nobody", "monitored: false");
    assert_eq!(errors(&said_so), ["unknown-key"]);
    assert!(said(&said_so).contains("write `watched_by`"), "{}", said(&said_so));
    assert_eq!(found(&text.replace("watched_by: nobody", "watched_by: false"), "unwatched-flow").len(), 1);
    let asked = text.replace("watched_by: nobody", "watched_by: true");
    assert!(said(&asked).contains("name a team, or write `nobody`"), "{}", said(&asked));
    assert!(found(&text.replace(", watched_by: nobody", ""), "unwatched-flow").is_empty(), "absent is not known");
}

/// An AI draft goes live unread by one of two ways; where no person carries, there is no price of carrying.
#[test]
fn the_way_without_a_review_is_found_beside_the_reviewed_one() {
    let text = text("ai-publish");
    let findings = findings(&text);
    let unread: Vec<&[String]> =
        findings.iter().filter(|one| one.rule == "unreviewed-content").map(|one| one.subjects.as_slice()).collect();
    assert_eq!(unread, [["agent", "cms"], ["agent", "mail"]]);
    let relay = findings.iter().find(|one| one.rule == "file-relay").unwrap();
    assert_eq!((relay.cost, relay.message.contains("cost")), (None, false), "{}", relay.message);
}
