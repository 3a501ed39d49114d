//! Every rule on every stack there is: a rule that speaks in a neighbor's case is seen at once. `SINEW_BLESS=1` rewrites
//! the record; each rewrite is read like code.

use std::collections::{BTreeMap, BTreeSet};

use sinew::analysis::stage::standing;
use sinew::analysis::{Analysis, RULES};

use crate::judgement::stacks::{files, root, stack};
use crate::support::golden::{assert_fresh, compare};

#[test]
fn rules_find_what_is_recorded() {
    let mut record = String::new();
    for path in files("tests/judgement").into_iter().chain(files("examples")) {
        let text = std::fs::read_to_string(&path).expect("listed files can be read");
        let stack = stack(&text);
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        for finding in Analysis::of(&stack).findings() {
            *counts.entry(finding.rule).or_default() += 1;
        }
        let name = path.strip_prefix(root()).expect("listed below the root").display().to_string().replace('\\', "/");
        record.push_str(&format!("{name}:"));
        // In the order of the table.
        for rule in RULES.iter().filter(|rule| counts.contains_key(rule.id)) {
            record.push_str(&format!(" {}({})", rule.id, counts[rule.id]));
        }
        record.push_str(if counts.is_empty() { " nothing\n" } else { "\n" });
    }
    let mut stale = Vec::new();
    compare(&root().join("tests/judgement/every_rule.txt"), &record, &mut stale);
    assert_fresh(&stale);
}

#[test]
fn findings_have_one_id_each_and_name_what_there_is() {
    for path in files("tests/judgement").into_iter().chain(files("examples")) {
        let stack = stack(&std::fs::read_to_string(&path).expect("listed files can be read"));
        let mut ids = BTreeSet::new();
        for finding in Analysis::of(&stack).findings() {
            assert!(ids.insert(finding.id.clone()), "{} twice in {}", finding.id, path.display());
            assert!(finding.id.starts_with(finding.rule) && !finding.evidence.is_empty());
            for subject in &finding.subjects {
                let is_known = stack.find_system(subject).is_some()
                    || stack.find_team(subject).is_some()
                    || stack.find_flow(subject).is_some()
                    || stack.find_process(subject).is_some();
                assert!(is_known, "{subject} of {} is nothing", finding.id);
            }
        }
    }
}

/// Ids with a hyphen or an arrow are no words of a sentence; what is to be written into the file stands between backticks.
#[test]
fn what_people_read_names_entries_by_their_names() {
    let mut tried = 0;
    for path in files("tests/judgement").into_iter().chain(files("examples")) {
        let stack = stack(&std::fs::read_to_string(&path).expect("listed files can be read"));
        let mut ids: Vec<String> = Vec::new();
        let mut add = |id: &str, name: &str| {
            if id.contains('-') && id != name {
                ids.push(id.to_owned());
            }
        };
        stack.systems.iter().for_each(|one| add(one.id.as_str(), one.name.as_str()));
        stack.teams.iter().for_each(|one| add(one.id.as_str(), one.name.as_str()));
        stack.data.iter().for_each(|one| add(one.id.as_str(), one.name.as_str()));
        stack.processes.iter().for_each(|one| add(one.id.as_str(), one.name.as_str()));
        stack.flows.iter().for_each(|one| add(one.id.as_str(), ""));
        // An id that a name has as well is a word of the name.
        let names =
            format!("{:?}", stack.systems.iter().map(|one| one.name.as_str()).collect::<Vec<_>>()).to_lowercase();
        ids.retain(|id| !names.contains(id.as_str()) && id != "copy-paste");
        let analysis = Analysis::of(&stack);
        let findings = analysis.findings();
        let stage = standing(&analysis, &findings);
        let said = findings.iter().flat_map(|one| one.evidence.iter().chain([&one.message]));
        for words in said.chain(stage.criteria.iter().flat_map(|one| &one.evidence)) {
            let bare: String = words.split('`').step_by(2).collect();
            let is_in = |id: &&String| {
                let is_part = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() || c == '-');
                bare.match_indices(id.as_str()).any(|(at, id)| {
                    !is_part(bare[..at].chars().next_back()) && !is_part(bare[at + id.len()..].chars().next())
                })
            };
            let found = ids.iter().find(is_in);
            assert!(found.is_none(), "{}: {found:?} in {words}", path.display());
        }
        tried += ids.len();
    }
    assert!(tried > 100, "{tried} ids");
}

#[test]
fn the_table_of_rules_keeps_its_promises() {
    let mut ids = BTreeSet::new();
    for rule in RULES {
        assert!(ids.insert(rule.id), "{} is there twice", rule.id);
        assert!(rule.id.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-'));
        assert!(rule.page.starts_with(&format!("# {}\n", rule.id)), "the page of {}", rule.id);
        assert!(!rule.summary.ends_with('.') && rule.summary.len() < 120);
    }
}
