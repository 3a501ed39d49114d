//! Figures and changes in the words of a reader: of what, which figure.

use crate::report::facts::diff::Diff;
use crate::report::facts::{Names, made_of};
use crate::report::say::{capital, criterion, decimal};

/// What the parts of a report are called, with the entry of a list behind it.
const PARTS: [(&str, &str); 22] = [
    ("handoff_totals.steps", "Work by hand,"),
    ("handoff_totals", "All work by hand"),
    ("handoffs", "Handoff"),
    ("outages", "Failure of"),
    ("processes", "Process"),
    ("ledger", "Ledger,"),
    ("calls", "Calls on"),
    ("ai_register", "AI tool"),
    ("ai_use", "Use of AI tool"),
    ("findings", "Finding"),
    ("structure", "Structure"),
    ("stage.criteria", "Criterion"),
    ("stage.ladder", "Stage"),
    ("stage", "Maturity"),
    ("stack", "Stack"),
    ("plan.items", "Plan item"),
    ("plan.unfunded", "Option not in the plan,"),
    ("plan.unverified", "Option to verify,"),
    ("plan.unsolved", "Gap without a solution,"),
    ("plan.before", "Today"),
    ("plan.after", "With the plan"),
    ("plan", "Plan"),
];

/// Keys that say more in other words.
const KEYS: [(&str, &str); 14] = [
    ("ai_handoffs", "handoffs of AI output"),
    ("ai_output", "carries AI output"),
    ("cost_share", "share of the cost"),
    ("cost_unknown", "outage cost not stated"),
    ("error_hours", "rework hours a year"),
    ("expected_cost", "expected cost a year"),
    ("facts_lost", "data lost"),
    ("hours", "hours a year"),
    ("hours_down", "hours down a year"),
    ("low", "low end"),
    ("high", "high end"),
    ("processes_degraded", "processes on standby"),
    ("processes_down", "processes that stop"),
    ("work_hours", "hours a year, rework included"),
];

/// A figure by its path in a report: `Failure of CRM: cost per hour`.
pub(super) fn figure_in_words(diff: &Diff, path: &str) -> String {
    let is_of = |part: &str| path.strip_prefix(part).is_some_and(|rest| rest.starts_with(['.', '[']));
    let Some((part, called)) = PARTS.iter().find(|(part, _)| is_of(part)) else { return capital(&spaced(path)) };
    let rest = &path[part.len()..];
    let (entry, keys) = match rest.strip_prefix('[') {
        // An id may hold brackets itself; what follows an entry is a key.
        Some(inner) => match inner.match_indices("].").map(|(at, _)| at).find(|at| is_balanced(&inner[..*at])) {
            Some(end) => (Some(&inner[..end]), &inner[end + 2..]),
            None => (Some(inner.trim_end_matches(']')), ""),
        },
        None => (None, rest.trim_start_matches('.')),
    };
    let entry = entry.map(|id| match *part {
        "stage.criteria" => criterion(id),
        _ => named(diff, id),
    });
    let of = match entry {
        Some(entry) => format!("{called} {entry}"),
        None => called.trim_end_matches(',').to_owned(),
    };
    if keys.is_empty() { of } else { format!("{of}: {}", keys_in_words(diff, keys)) }
}

fn is_balanced(text: &str) -> bool {
    text.matches('[').count() == text.matches(']').count()
}

/// `cost per hour`; entries within are named.
fn keys_in_words(diff: &Diff, keys: &str) -> String {
    let mut words = Vec::new();
    let mut rest = keys;
    while !rest.is_empty() {
        let end = rest.find(['.', '[']).unwrap_or(rest.len());
        if end > 0 {
            let key = &rest[..end];
            words.push(
                KEYS.iter()
                    .find(|(known, _)| *known == key)
                    .map_or_else(|| spaced(key), |(_, said)| (*said).to_owned()),
            );
        }
        rest = &rest[end..];
        if let Some(inner) = rest.strip_prefix('[') {
            let end = inner.find("].").unwrap_or(inner.len().saturating_sub(usize::from(inner.ends_with(']'))));
            words.push(named(diff, &inner[..end]));
            rest = inner[end..].trim_start_matches(']');
        }
        rest = rest.trim_start_matches('.');
    }
    words.join(", ")
}

fn spaced(key: &str) -> String {
    key.replace('_', " ")
}

/// What ids stand for: several that fail together are joined, and a count behind `#` tells equal ones apart.
fn named(diff: &Diff, id: &str) -> String {
    if let Some(name) = name_of(diff, id) {
        return name;
    }
    if let Some((id, nth)) = id.rsplit_once('#')
        && nth.bytes().all(|b| b.is_ascii_digit())
        && let Some(name) = name_of(diff, id)
    {
        return format!("{name} ({nth})");
    }
    let all: Option<Vec<String>> = id.split('+').map(|one| name_of(diff, one)).collect();
    all.map_or_else(|| made_of(id, |part| name_of(diff, part)), |all| all.join(" and "))
}

/// The name of an entry of the new stack, else of the old.
fn name_of(diff: &Diff, id: &str) -> Option<String> {
    let of = |names: &Names| names.has(id).then(|| names.anything(id));
    of(&diff.new.names).or_else(|| of(&diff.old.names))
}

/// Keys of parts of one, which are read in percent.
const SHARES: [&str; 4] = ["availability", "cost_share", "error_rate", "share"];

/// A value with names for ids, and its number with as few digits as tell it from the `other` one.
pub(super) fn value_in_words(diff: &Diff, path: &str, value: &str, other: Option<&str>) -> String {
    if let Ok(number) = value.parse::<f64>() {
        // What is printed in powers of ten stays so.
        if value.contains('e') {
            return value.to_owned();
        }
        let is_share = path.rsplit(['.', ']']).next().is_some_and(|key| SHARES.contains(&key));
        let (times, unit) = if is_share { (100.0, "%") } else { (1.0, "") };
        let other = other.and_then(|other| other.parse::<f64>().ok()).unwrap_or(number) * times;
        let number = number * times;
        let least = [(100.0, 0), (10.0, 1)].into_iter().find(|(from, _)| number.abs().max(other.abs()) >= *from);
        let shown = |number: f64, places: usize| decimal((number * 1e9).round() / 1e9, places);
        // None of the two becomes 0 or 100% that is not.
        let whole = if is_share { times } else { 0.0 };
        let is_lost = |number: f64, at: usize| {
            [0.0, whole].iter().any(|end| number != *end && shown(number, at).parse() == Ok(*end))
        };
        let tells = |at: &usize| {
            let is_told = number == other || shown(number, *at) != shown(other, *at);
            is_told && !is_lost(number, *at) && !is_lost(other, *at)
        };
        let places = (least.map_or(2, |(_, places)| places)..6).find(tells);
        let said = shown(number, places.unwrap_or(6));
        let said = if said.contains('.') { said.trim_end_matches('0').trim_end_matches('.') } else { &said };
        return format!("{said}{unit}");
    }
    match value {
        "true" => return "yes".to_owned(),
        "false" => return "no".to_owned(),
        _ => {}
    }
    // A list of lists of ids.
    if let Ok(sets) = serde_json::from_str::<Vec<Vec<String>>>(&format!("[{value}]")) {
        let set = |ids: Vec<String>| ids.iter().map(|id| named(diff, id)).collect::<Vec<_>>().join(" and ");
        return sets.into_iter().map(set).collect::<Vec<_>>().join("; ");
    }
    if path.ends_with(".constraint") {
        return value.replace('-', " ");
    }
    let all: Option<Vec<String>> = value.split(", ").map(|one| name_of(diff, one)).collect();
    all.map_or_else(|| value.to_owned(), |names| names.join(", "))
}

/// A change of the file by its id: `minutes of CRM → CMS: Lead`.
pub(super) fn change_in_words(diff: &Diff, id: &str) -> String {
    let Some(change) = diff.changes.iter().find(|change| change.id == id) else { return id.to_owned() };
    let entry = change.entry.as_deref().map(|id| named(diff, id));
    match (&change.key, entry) {
        (Some(key), Some(entry)) => format!("{key} of {entry}"),
        (Some(key), None) => key.clone(),
        (None, Some(entry)) if change.old.is_none() => format!("{entry} added"),
        (None, Some(entry)) => format!("{entry} removed"),
        (None, None) => id.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::tables::sample::diff_of;

    #[test]
    fn figures_changes_and_values_are_told_in_words() {
        let old = "sinew: 1
hourly_rate: 60
systems: { a: { kind: crm, name: CRM, makes: [d] }, b: { kind: cms, name: CMS } }
data: { d: { name: Lead } }
flows: [{ id: f, from: a, to: b, data: d, mechanism: copy-paste, runs: 1/week, minutes: 30 }]
";
        let diff = diff_of(old, &old.replace("minutes: 30", "minutes: 60"));
        let figure = |path: &str| figure_in_words(&diff, path);
        assert_eq!(figure("outages[a].cost_per_hour"), "Failure of CRM: cost per hour");
        assert_eq!(figure("outages[a+b].processes_down"), "Failure of CRM and CMS: processes that stop");
        assert_eq!(figure("handoff_totals.hours"), "All work by hand: hours a year");
        assert_eq!(figure("handoff_totals.steps[f].cost"), "Work by hand, CRM → CMS: Lead: cost");
        assert_eq!(figure("stage.criteria[owned-ai-tool].state"), "Criterion AI tool with an owner: state");
        assert_eq!(figure("plan.after.single_points[a]"), "With the plan: single points, CRM");
        assert_eq!(figure("calls[a#2].used"), "Calls on CRM (2): used");
        assert_eq!(change_in_words(&diff, "flows.f.minutes"), "minutes of CRM → CMS: Lead");
        assert_eq!(value_in_words(&diff, "x", "12345.5", Some("12345.6")), "12,345.5");
        assert_eq!(value_in_words(&diff, "x", "a, b", None), "CRM, CMS");
        assert_eq!(value_in_words(&diff, "x", "not known", Some("3")), "not known");
        for (path, value, other, said) in [
            ("handoffs[f].hours", "147.333333", "225.333333", "147"),
            ("handoffs[f].hours", "147.333333", "147.4", "147.3"),
            ("handoffs[f].hours", "3.5", "12", "3.5"),
            ("handoffs[f].cost_share", "0.176471", "0.115385", "17.6%"),
            ("handoffs[f].cost", "0.004", "0.005", "0.004"),
            ("handoffs[f].cost", "200", "1000.5", "200"),
            ("processes[p].availability", "0.99996", "0.98", "99.996%"),
            ("processes[p].availability", "0.98", "1", "98%"),
        ] {
            assert_eq!(value_in_words(&diff, path, value, Some(other)), said, "{path} {value}");
        }
        let sets = "[\"a\",\"f\"], [\"b\"]";
        assert_eq!(value_in_words(&diff, "processes[p].cut_sets", sets, None), "CRM and CRM → CMS: Lead; CMS");
        assert_eq!(figure("ai_use[a].data[d].personal"), "Use of AI tool CRM: data, Lead, personal");
        assert_eq!(figure("findings[manual-handoff:f].cost"), "Finding manual handoff of CRM → CMS: Lead: cost");
        assert_eq!(figure("plan.unverified[api:a:b].value"), "Option to verify, api of CRM and CMS: value");
        assert_eq!(figure("plan.money[by-hand].today"), "Plan: money, by hand, today");
    }
}
