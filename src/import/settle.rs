//! What can only be decided once all inputs are read: the currency, flows that two tables tell, disputes, persons' names.

use std::collections::{BTreeMap, BTreeSet};

use super::clean::slug;
use super::draft::{Draft, DraftFlow, DraftQuestion, Entry, EntryKey, Fate, FlowKey, Given, Standing, UNSAID, Value};
use super::recognise::spoken_name;
use super::stated::{Dispute, which_is_right};
use super::table::INTEGRATION;

/// Settles all of these; `roles_only` turns names of teams into numbers.
pub(super) fn settle(draft: &mut Draft, roles_only: bool) {
    fold_integrations(draft);
    fold_unlabeled(draft);
    one_currency(draft);
    if roles_only {
        number_teams(draft);
    }
    disputes(draft);
    two_ways(draft);
    retired_in_use(draft);
}

/// A system that is said to be retired while a flow of today goes to it or comes from it: one of the two is out of date.
fn retired_in_use(draft: &mut Draft) {
    let is_live = |standing: Standing| !matches!(standing, Standing::Planned | Standing::Off);
    let used: BTreeMap<String, FlowKey> = draft
        .flows
        .iter()
        .filter(|(_, flow)| is_live(flow.standing) && !flow.entry.fields.contains_key("status"))
        .flat_map(|(key, _)| [(key.from.clone(), key.clone()), (key.to.clone(), key.clone())])
        .collect();
    let mut questions = Vec::new();
    for (key, system) in &mut draft.systems {
        let Some(flow) = used.get(key) else { continue };
        let retired = Value::Literal("retired".to_owned());
        let Some(status) = system.entry.fields.get_mut("status").filter(|status| status.value == retired) else {
            continue;
        };
        status.guess = Some("flows of the input still go to it or come from it");
        questions.push((key.clone(), flow.clone()));
    }
    for (key, flow) in questions {
        let name = name(draft, &EntryKey::System(key.clone()));
        let ends = [&flow.from, &flow.to].map(|end| self::name(draft, &EntryKey::System(end.clone())));
        let [from, to] = ends;
        draft.questions.insert(DraftQuestion {
            rank: 2,
            id: format!("retired:{}", slug(&name, "system")),
            ask: format!(
                "Is {name} still in use? The input says that it is retired, and has a flow from {from} to {to}."
            ),
            about: Some(EntryKey::System(key)),
            answers: vec!["phasing-out".to_owned(), "retired".to_owned()],
        });
    }
}

/// A list of integrations and a table of flows may tell of the same flow: the table tells more of it.
fn fold_integrations(draft: &mut Draft) {
    let listed: Vec<FlowKey> = draft.flows.keys().filter(|key| key.apart == INTEGRATION).cloned().collect();
    for key in listed {
        let is_same = |other: &&FlowKey| {
            other.apart != INTEGRATION
                && !other.mechanism.is_manual()
                && ((&other.from, &other.to) == (&key.from, &key.to)
                    || (&other.from, &other.to) == (&key.to, &key.from))
        };
        if let Some(told) = draft.flows.keys().find(is_same).cloned() {
            fold(draft, key, told);
        }
    }
}

/// An arrow that does not say what moves is the one flow between the same two, by hand or not, that says it.
fn fold_unlabeled(draft: &mut Draft) {
    let is_guess = |key: &FlowKey, flow: &DraftFlow| {
        flow.entry.fields.get("data").is_some_and(|data| data.guess.is_some()) && key.data.iter().eq([UNSAID])
    };
    let sign = |key: &FlowKey| (key.from.clone(), key.to.clone(), key.mechanism.is_manual());
    let mut told: BTreeMap<_, Vec<FlowKey>> = BTreeMap::new();
    let mut unlabeled = Vec::new();
    for (key, flow) in draft.flows.iter().filter(|(key, _)| key.apart != INTEGRATION) {
        match is_guess(key, flow) {
            true => unlabeled.push(key.clone()),
            false => told.entry(sign(key)).or_default().push(key.clone()),
        }
    }
    for key in unlabeled {
        if let Some([one]) = told.get(&sign(&key)).map(Vec::as_slice) {
            fold(draft, key, one.clone());
        }
    }
}

/// Makes the flow of one key that of another, which keeps what it says.
fn fold(draft: &mut Draft, key: FlowKey, told: FlowKey) {
    let Some(flow) = draft.flows.remove(&key) else { return };
    if let Some(held) = draft.flows.get_mut(&told) {
        held.entry.origins.extend(flow.entry.origins);
        held.runs = held.runs.or(flow.runs);
        for (field, given) in flow.entry.fields.into_iter().filter(|(_, given)| given.guess.is_none()) {
            held.entry.fields.entry(field).or_insert(given);
        }
    }
    let (old, new) = (EntryKey::Flow(Box::new(key)), EntryKey::Flow(Box::new(told)));
    draft.questions.retain(|question| question.about.as_ref() != Some(&old));
    for unit in &mut draft.units {
        if let Fate::Gave(entries) = &mut unit.fate {
            entries.iter_mut().filter(|entry| **entry == old).for_each(|entry| *entry = new.clone());
        }
    }
}

/// Every entry whose values may be money.
fn entries(draft: &mut Draft) -> impl Iterator<Item = (EntryKey, &mut Entry)> {
    let systems = draft.systems.iter_mut().map(|(key, one)| (EntryKey::System(key.clone()), &mut one.entry));
    let teams = draft.teams.iter_mut().map(|(key, one)| (EntryKey::Team(key.clone()), &mut one.entry));
    let processes = draft.processes.iter_mut().map(|(key, one)| (EntryKey::Process(key.clone()), &mut one.entry));
    systems.chain(teams).chain(processes)
}

/// The currency is the one that is stated, else the one that most amounts bear; amounts in another are never converted
/// but left out, and asked for.
fn one_currency(draft: &mut Draft) {
    let mut counts: BTreeMap<&'static str, usize> = BTreeMap::new();
    for (_, entry) in entries(draft) {
        for given in entry.fields.values() {
            if let Value::Money(_, Some(currency)) = given.value {
                *counts.entry(currency).or_default() += 1;
            }
        }
    }
    if let Some(Given { value: Value::Money(_, Some(currency)), .. }) = draft.settings.get("hourly_rate") {
        *counts.entry(currency).or_default() += 1;
    }
    let stated = draft.settings.get("currency").and_then(|given| match &given.value {
        Value::Literal(currency) => Some(currency.clone()),
        _ => None,
    });
    let most = counts.iter().max_by_key(|(currency, count)| (**count, std::cmp::Reverse(**currency)));
    let Some(ours) = stated.clone().or_else(|| most.map(|(currency, _)| (*currency).to_owned())) else { return };
    if stated.is_none() {
        let (code, said) = if ours == "$" { ("USD", Some("$".to_owned())) } else { (ours.as_str(), None) };
        draft.settings.insert("currency", Given { guess: None, value: Value::Literal(code.to_owned()), said });
    }
    let is_ours = |currency: &str| {
        let dollars = ["$", "USD", "CAD", "AUD", "NZD", "SGD"];
        currency == ours || currency == "$" && dollars.contains(&&*ours) || ours == "$" && currency == "USD"
    };
    let mut questions = Vec::new();
    for (key, entry) in entries(draft) {
        let is_foreign = |value: &Value| matches!(value, Value::Money(_, Some(currency)) if !is_ours(currency));
        entry.stated.retain(|value| !is_foreign(value));
        let stated = &entry.stated;
        entry.fields.retain(|field, given| {
            let Value::Money(amount, Some(currency)) = &given.value else { return true };
            if is_ours(currency) {
                return true;
            }
            // Another input states it in ours.
            if let Some(first) = stated.first(field) {
                *given = first;
                return true;
            }
            let said = given.said.clone().unwrap_or_else(|| amount.clone());
            questions.push((key.clone(), *field, said));
            false
        });
    }
    let shown = if ours == "$" { "USD".to_owned() } else { ours.clone() };
    for (key, field, said) in questions {
        let name = name(draft, &key);
        let field = field.rsplit('.').next().unwrap_or(field).replace('_', " ");
        draft.questions.insert(DraftQuestion {
            rank: 3,
            id: format!("currency:{}:{}", slug(&name, "entry"), slug(&field, "key")),
            ask: format!("What is the {field} of {name} in {shown}? The input says \"{said}\"; nothing is converted."),
            about: Some(key),
            answers: Vec::new(),
        });
    }
    let foreign = |given: &Given| matches!(given.value, Value::Money(_, Some(currency)) if !is_ours(currency));
    if draft.settings.get("hourly_rate").is_some_and(foreign) {
        draft.settings.remove("hourly_rate");
    }
}

/// `owner-1`, `owner-2` instead of the names of owners and performers.
fn number_teams(draft: &mut Draft) {
    let numbers: BTreeMap<String, String> =
        (1..).zip(draft.teams.keys()).map(|(number, key)| (key.clone(), format!("owner-{number}"))).collect();
    let renamed = |key: &str| numbers.get(key).cloned().unwrap_or_else(|| key.to_owned());
    let teams = std::mem::take(&mut draft.teams);
    for (key, mut team) in teams {
        let number = renamed(&key);
        number.clone_into(&mut team.name);
        team.entry.origins = team
            .entry
            .origins
            .into_iter()
            .map(|origin| super::draft::Origin { key: format!("table:team/{number}"), ..origin })
            .collect();
        draft.teams.insert(number, team);
    }
    let rename = |entry: &mut Entry| {
        entry.extras.remove("x-responsible");
        for given in entry.fields.values_mut() {
            if let Value::Team(key) = &mut given.value {
                *key = renamed(key);
            }
        }
        entry.stated.each(|value| if let Value::Team(key) = value { Value::Team(renamed(&key)) } else { value });
    };
    draft.flows.values_mut().for_each(|flow| rename(&mut flow.entry));
    draft.data.values_mut().for_each(rename);
    entries(draft).for_each(|(_, entry)| rename(entry));
    let key = |key: &mut EntryKey| {
        if let EntryKey::Team(team) = key {
            *team = renamed(team);
        }
    };
    for unit in &mut draft.units {
        if let Fate::Gave(entries) = &mut unit.fate {
            entries.iter_mut().for_each(key);
        }
    }
}

/// What the inputs say differently is asked, each value with its places.
fn disputes(draft: &mut Draft) {
    draft.each_entry(Entry::take_first);
    for key in draft.stated.disputed() {
        if let (Some(first), true) = (draft.stated.first(key), draft.settings.contains_key(key)) {
            draft.settings.insert(key, first);
        }
    }
    let mut all: Vec<(EntryKey, Vec<Dispute>)> = entries(draft).map(|(key, entry)| (key, entry.disputes())).collect();
    all.extend(draft.data.iter().map(|(id, entry)| (EntryKey::Data(id.clone()), entry.disputes())));
    let flows = draft.flows.iter();
    all.extend(flows.map(|(key, flow)| (EntryKey::Flow(Box::new(key.clone())), flow.entry.disputes())));
    all.extend(draft.disputes().into_iter().map(|dispute| (EntryKey::Setting(dispute.key), vec![dispute])));
    let mut questions = BTreeSet::new();
    for (key, dispute) in all.iter().flat_map(|(key, all)| all.iter().map(move |one| (key, one))) {
        let name = match key {
            EntryKey::Setting(_) => "the stack".to_owned(),
            key => name(draft, key),
        };
        questions.insert(DraftQuestion {
            rank: 3,
            id: format!("dispute:{}:{}", slug(&name, "entry"), slug(dispute.key, "key")),
            ask: which_is_right(dispute.key, &name, &dispute.words()),
            about: Some(key.clone()),
            answers: dispute.values.iter().map(|(value, _)| value.clone()).collect(),
        });
    }
    draft.questions.extend(questions);
}

/// Two tables may tell of one flow and call its way differently. Both are written, and it is asked.
fn two_ways(draft: &mut Draft) {
    type Ways<'d> = Vec<(&'d FlowKey, &'d Entry)>;
    let mut ways: BTreeMap<(&str, &str, &BTreeSet<String>), Ways<'_>> = BTreeMap::new();
    let of_table = |entry: &Entry| entry.origins.iter().all(|origin| origin.key.starts_with("table:"));
    let told = draft.flows.iter().filter(|(key, flow)| key.apart.is_empty() && of_table(&flow.entry));
    for (key, flow) in told {
        ways.entry((&key.from, &key.to, &key.data)).or_default().push((key, &flow.entry));
    }
    let mut questions = Vec::new();
    let files = |entry: &Entry| entry.origins.iter().map(|origin| origin.file.clone()).collect::<BTreeSet<_>>();
    for all in ways.into_values() {
        for (number, (key, entry)) in all.iter().enumerate().skip(1) {
            let own = files(entry);
            let Some((first, other)) = all[..number].iter().find(|(_, other)| files(other).is_disjoint(&own)) else {
                continue;
            };
            let place = |entry: &Entry| {
                entry.origins.first().map(|origin| format!("{}: {}", origin.file, origin.at)).unwrap_or_default()
            };
            let way = |key: &FlowKey, entry: &Entry| format!("{} ({})", key.mechanism.as_str(), place(entry));
            let objects: Vec<&str> = key.data.iter().map(String::as_str).collect();
            let key = EntryKey::Flow(Box::new((*key).clone()));
            let name = name(draft, &key);
            questions.push(DraftQuestion {
                rank: 3,
                id: format!("two-ways:{}:{}", slug(&name, "flow"), slug(&objects.join("-"), "data")),
                ask: format!(
                    "Are these one flow: {} of {}, {} and {}? Both are written.",
                    name.trim_start_matches("the "),
                    objects.join(", "),
                    way(first, other),
                    way(all[number].0, entry)
                ),
                about: Some(key),
                answers: Vec::new(),
            });
        }
    }
    draft.questions.extend(questions);
}

fn name(draft: &Draft, key: &EntryKey) -> String {
    let system = |key: &str| {
        draft
            .systems
            .get(key)
            .map_or_else(String::new, |one| one.called.clone().unwrap_or_else(|| spoken_name(&one.named)))
    };
    match key {
        EntryKey::System(key) => system(key),
        EntryKey::Team(key) => draft.teams.get(key).map(|one| one.name.clone()).unwrap_or_default(),
        EntryKey::Process(key) => draft.processes.get(key).map(|one| one.name.clone()).unwrap_or_default(),
        EntryKey::Flow(key) => format!("the flow from {} to {}", system(&key.from), system(&key.to)),
        EntryKey::Data(id) => id.clone(),
        EntryKey::Setting(key) => (*key).to_owned(),
    }
}
