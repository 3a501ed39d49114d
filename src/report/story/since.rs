//! What an edit moved, in a few words: what a room wants to hear.

use crate::report::facts::Finding;
use crate::report::facts::diff::Diff;
use crate::report::say::{counted, listed_few, money, short};

/// The rule that finds processes which cannot run.
const UNSUPPLIED: &str = "unsupplied-need";

/// Names that are said before the rest is counted.
const NAMED: usize = 3;

/// What moved from the old stack to the new one: hours and cost of work by hand, single points, stage, findings; empty where
/// the two files state the same. Where nothing of that moved, it says so.
#[must_use]
pub fn since(diff: &Diff) -> Vec<String> {
    if !diff.changed {
        return Vec::new();
    }
    let [stopped, running] = [&diff.findings.new, &diff.findings.fixed].map(|findings| unsupplied(findings));
    let name = |id: &&str| match diff.new.names.processes.contains_key(*id) {
        true => diff.new.names.process(id).to_owned(),
        false => diff.old.names.process(id).to_owned(),
    };
    let names = |ids: &[&str]| listed_few(&ids.iter().map(name).collect::<Vec<_>>(), NAMED);
    let mut said = Vec::new();
    if !stopped.is_empty() {
        said.push(format!("{} cannot run now: something that is needed is not supplied", names(&stopped)));
    }
    if !running.is_empty() {
        said.push(format!("{} can run again", names(&running)));
    }
    said.extend([hours(diff), cost(diff), unknown(diff)].into_iter().flatten().chain(points(diff, &stopped)));
    if diff.stage.old != diff.stage.new {
        said.push(format!("Stage {} → {}", diff.stage.old, diff.stage.new));
    }
    said.extend(findings(diff));
    if said.is_empty() {
        said.push("No figure moved".to_owned());
    }
    said
}

/// A difference with its sign.
fn signed(number: f64, words: impl Fn(f64) -> String) -> String {
    format!("{}{}", if number < 0.0 { "-" } else { "+" }, words(number.abs()))
}

fn hours(diff: &Diff) -> Option<String> {
    let (old, new) = (diff.handoffs.old, diff.handoffs.new);
    let sum = |hours: Option<f64>, errors: Option<f64>| hours.map(|hours| hours + errors.unwrap_or(0.0));
    let likely = |range: Option<crate::report::facts::Range>| range.map(|range| range.likely.get());
    let before = sum(likely(old.hours), likely(old.error_hours));
    let now = sum(likely(new.hours), likely(new.error_hours));
    match (before, now) {
        (Some(before), Some(now)) if (now - before).abs() >= 0.05 => {
            Some(format!("{} hours a year by hand", signed(now - before, short)))
        }
        (None, Some(now)) => Some(format!("{} hours a year by hand, not known before", short(now))),
        (Some(_), None) => Some("Hours by hand are not known now".to_owned()),
        _ => None,
    }
}

fn cost(diff: &Diff) -> Option<String> {
    let likely = |range: Option<crate::report::facts::Range>| range.map(|range| range.likely.get());
    let (before, now) = (likely(diff.handoffs.old.cost), likely(diff.handoffs.new.cost));
    let currency = diff.new.currency.as_deref();
    match (before, now) {
        (Some(before), Some(now)) if (now - before).abs() >= 0.5 => {
            Some(format!("{} a year", signed(now - before, |number| money(currency, number))))
        }
        (None, Some(now)) => Some(format!("{} a year, not known before", money(currency, now))),
        (Some(_), None) => Some("The cost of work by hand is not known now".to_owned()),
        _ => None,
    }
}

/// Handoffs without figures: what they take stands in no sum.
fn unknown(diff: &Diff) -> Option<String> {
    let (before, now) = (diff.handoffs.old.unknown, diff.handoffs.new.unknown);
    (before != now).then(|| match now {
        0 => "All handoffs have figures now".to_owned(),
        some => format!("{} without figures now", counted(some, "handoff", "handoffs")),
    })
}

/// The processes about which findings say that they cannot run.
fn unsupplied(findings: &[Finding]) -> Vec<&str> {
    let of = findings.iter().filter(|finding| finding.rule == UNSUPPLIED);
    of.flat_map(|finding| &finding.subjects).map(String::as_str).collect()
}

/// Who stops which process alone, or no longer does; nobody stops what cannot run.
fn points(diff: &Diff, stopped: &[&str]) -> Vec<String> {
    let mut said = Vec::new();
    for change in diff.single_points.iter().filter(|change| !stopped.contains(&change.process.as_str())) {
        let (old, new) = (&diff.old.names, &diff.new.names);
        let process = match new.processes.contains_key(&change.process) {
            true => new.process(&change.process),
            false => old.process(&change.process),
        };
        let [stop, no_longer] = match (change.added.len(), change.removed.len()) {
            (1, 1) => ["stops", "no longer stops"],
            (1, _) => ["stops", "no longer stop"],
            (_, 1) => ["stop", "no longer stops"],
            _ => ["stop", "no longer stop"],
        };
        if !change.removed.is_empty() {
            let covered = change.covered_by(new).map(|by| format!(", which falls back on {by}")).unwrap_or_default();
            let points = listed_few(&old.components_of(&change.removed), NAMED);
            said.push(format!("{points} {no_longer} {process}{covered}"));
        }
        if !change.added.is_empty() {
            said.push(format!("{} now {stop} {process}", listed_few(&new.components_of(&change.added), NAMED)));
        }
    }
    said
}

fn findings(diff: &Diff) -> Vec<String> {
    let of = &diff.findings;
    let mut said = Vec::new();
    let mut counts = Vec::new();
    let mut count = |many: usize, words: &str| {
        if many > 0 {
            counts.push(format!("{many} {words}"));
        }
    };
    count(of.fixed.len(), "fixed");
    count(of.void.len(), "about what is gone");
    count(of.new.len(), "new");
    count(of.newly_accepted.len(), "accepted");
    count(of.no_longer_accepted.len(), "no longer accepted");
    count(of.moved.len(), "of another severity");
    if !counts.is_empty() {
        said.push(format!("Findings: {}", counts.join(", ")));
    }
    said
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::read;
    use crate::source::Source;

    fn said(old: &str, new: &str) -> Vec<String> {
        let [old, new] = [old, new].map(|text| Source::new("s.yaml", text.to_owned()));
        let stack = |source| read(source).stack.unwrap();
        since(&Diff::at_once((&stack(&old), &old), (&stack(&new), &new)))
    }

    const STACK: &str = "sinew: 1\nhourly_rate: 50\ncurrency: USD\nsystems:\n  a: { kind: cms, makes: [d] }\n  b: { kind: crm }\ndata:\n  d:\nflows:\n  - { id: x, from: a, to: b, data: d, mechanism: copy-paste, runs: 100, minutes: 30 }\nprocesses:\n  p: { name: Sales, needs: [{ data: d, at: b }] }\n";

    #[test]
    fn an_edit_is_said_by_what_it_moved() {
        // 100 runs of half an hour more are 50 hours, at 50 an hour.
        let more = said(STACK, &STACK.replace("minutes: 30", "minutes: 60"));
        assert_eq!(more[..2], ["+50 hours a year by hand", "+USD 2,500 a year"]);
        let less = said(&STACK.replace("minutes: 30", "minutes: 60"), STACK);
        assert_eq!(less[..2], ["-50 hours a year by hand", "-USD 2,500 a year"]);
        assert_eq!(said(STACK, STACK), Vec::<String>::new());
        assert_eq!(
            said(STACK, &STACK.replace("currency: USD", "currency: USD\nas_of: 2026-11-21")),
            ["No figure moved"]
        );
    }

    #[test]
    fn what_cannot_run_any_more_is_said_first_and_nobody_stops_it() {
        let less = STACK.replace("kind: cms, makes", "kind: cms, status: retired, makes");
        let words = said(STACK, &less);
        assert_eq!(words[0], "Sales cannot run now: something that is needed is not supplied");
        assert!(words.iter().all(|one| !one.contains("no longer stop")), "{words:?}");
        assert_eq!(said(&less, STACK)[0], "Sales can run again");
    }

    #[test]
    fn who_no_longer_stops_a_process_is_named_and_what_is_not_known_is_said() {
        let second = "  - { id: y, from: a, to: b, data: d, mechanism: api }\nprocesses:";
        let both = STACK.replace("processes:", second);
        let words = said(STACK, &both);
        assert!(words.iter().any(|one| one.contains("no longer stops Sales")), "{words:?}");
        let by_hand =
            STACK.replace("processes:", "  - { id: y, from: t, to: b, data: d, mechanism: copy-paste }\nprocesses:");
        let by_hand = by_hand.replace("systems:", "systems:\n  t: { kind: ai-content, name: Shadow, makes: [d] }");
        let words = said(STACK, &by_hand);
        let told = words.iter().find(|one| one.contains("no longer stop Sales")).unwrap();
        assert!(told.contains("falls back on Shadow (no owner)"), "{told}");
        assert!(told.contains("Shadow → B: D (by hand)"), "{told}");
        let back = said(&both, STACK);
        assert!(back.iter().any(|one| one.contains("now stops Sales")), "{back:?}");
        let unknown = said(STACK, &STACK.replace(", minutes: 30", ""));
        assert!(unknown.iter().any(|one| one == "Hours by hand are not known now"), "{unknown:?}");
    }
}
