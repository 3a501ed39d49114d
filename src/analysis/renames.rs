//! Former ids: which entry of an earlier stack is which entry of this one, by what `was` says.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use super::EntryKind;
use crate::model::outline::Outline;
use crate::model::{Accepted, Flow, Remarks, Stack};
use crate::source::Source;

/// The present ids of entries that had others, by kind and former id.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Renames(BTreeMap<(EntryKind, String), String>);

impl Renames {
    /// What `was` says in `stack`, of an earlier one in which `had` tells what there was. A former id that something has
    /// now stays its own, and an entry that had its id there already had it from no other: `was` may stay in the file
    /// after a rename. Where two flows of one entry claim a former id, the first by
    /// id has it; two entries cannot.
    #[must_use]
    pub fn of(stack: &Stack, had: impl Fn(EntryKind, &str) -> bool) -> Self {
        let mut renames = BTreeMap::new();
        for (kind, id, remarks) in entries(stack) {
            if remarks.was.is_empty() || had(kind, id) {
                continue;
            }
            for former in remarks.was.iter().filter(|former| !has(stack, kind, former)) {
                renames.entry((kind, former.clone())).or_insert_with(|| id.to_owned());
            }
        }
        Self(renames)
    }

    /// The present id of what was called `id`, where that is another.
    #[must_use]
    pub fn new_id(&self, kind: EntryKind, id: &str) -> Option<&str> {
        self.0.get(&(kind, id.to_owned())).map(String::as_str)
    }

    /// The present id of what was called `id`.
    #[must_use]
    pub fn id_now(&self, kind: EntryKind, id: &str) -> String {
        self.new_id(kind, id).unwrap_or(id).to_owned()
    }
}

/// `old` in the ids of `new`, so that what is the same has the same id in both.
#[derive(Clone, Debug)]
pub struct Aligned {
    /// The earlier stack.
    pub stack: Stack,
    /// The text of its places, where anything was renamed; else that which it was read from.
    pub source: Option<Source>,
    /// What was renamed, by `was`.
    pub renames: Renames,
    /// Flows that have other ids and are taken for the same, as one of the two ids is made of its ends and objects: the
    /// id before, the id now.
    pub flows: Vec<(String, String)>,
}

/// `old` in the ids of `new`: by `was`, and of flows without an id of their own by what they join.
#[must_use]
pub fn aligned(old: &Stack, new: &Stack) -> Aligned {
    let renames = Renames::of(new, |kind, id| has(old, kind, id));
    let mut stack = old.clone();
    macro_rules! rename {
        ($($list:ident $kind:ident;)*) => {$(
            let mut taken = HashSet::new();
            for entry in &mut stack.$list {
                // Of two entries that became one, the first is that one.
                let id = renames.id_now(EntryKind::$kind, entry.id.as_str());
                if taken.insert(id.clone()) {
                    entry.id = id.as_str().into();
                }
            }
        )*};
    }
    rename! { teams Team; systems System; data Data; processes Process; }
    for at in 0..stack.flows.len() {
        let flow = &stack.flows[at];
        let id = if flow.has_own_id {
            renames.id_now(EntryKind::Flow, flow.id.as_str())
        } else {
            renames.new_id(EntryKind::Flow, flow.id.as_str()).map_or_else(|| made_of_ends(&stack, flow), str::to_owned)
        };
        stack.flows[at].id = id.as_str().into();
    }
    let flows = same_flows(&stack, new);
    for (at, id) in &flows {
        stack.flows[*at].id = id.as_str().into();
    }
    for row in &mut stack.accept {
        accept(&mut row.what, &renames, &flows, old);
    }
    let told = |(at, id): &(usize, String)| {
        let is_told = old.flows[*at].has_own_id || new.find_flow(id).is_some_and(|ix| new.flow(ix).has_own_id);
        is_told.then(|| (old.flows[*at].id.to_string(), id.clone()))
    };
    let flows = flows.iter().filter_map(told).collect();
    let is_same = old.flows.iter().zip(&stack.flows).all(|(a, b)| a.id == b.id) && renames.0.is_empty();
    let former = |list: &str, id: &str| -> Option<String> {
        let kind = EntryKind::of_list(list)?;
        renames.all().find(|(of, _, now)| *of == kind && *now == id).map(|(_, former, _)| former.to_owned())
    };
    let written = || Outline::of(&stack).as_stated(&Outline::of(old), former);
    let read = if is_same { None } else { written().stack() };
    let (stack, source) = read.map_or_else(|| (old.clone(), None), |(stack, source)| (stack, Some(source)));
    Aligned { stack, source, renames, flows }
}

/// The id that a flow without one of its own has.
fn made_of_ends(stack: &Stack, flow: &Flow) -> String {
    let mut data: Vec<&str> = flow.data.iter().map(|ix| stack.data_object(*ix).id.as_str()).collect();
    data.sort_unstable();
    format!("{}->{}:{}", stack.system(flow.from).id, stack.system(flow.to).id, data.join(","))
}

/// Flows of `old` that `new` has under another id, by place: same ends, an object in common, and an id that is made of
/// these on one side.
fn same_flows(old: &Stack, new: &Stack) -> Vec<(usize, String)> {
    let here: HashSet<&str> = old.flows.iter().map(|flow| flow.id.as_str()).collect();
    let ends =
        |stack: &Stack, flow: &Flow| (stack.system(flow.from).id.to_string(), stack.system(flow.to).id.to_string());
    let data = |stack: &Stack, flow: &Flow| -> BTreeSet<String> {
        flow.data.iter().map(|ix| stack.data_object(*ix).id.to_string()).collect()
    };
    let mut waiting: BTreeMap<(String, String), Vec<&Flow>> = BTreeMap::new();
    for flow in new.flows.iter().filter(|flow| !here.contains(flow.id.as_str())) {
        waiting.entry(ends(new, flow)).or_default().push(flow);
    }
    let mut found = Vec::new();
    for (at, flow) in old.flows.iter().enumerate().filter(|(_, flow)| new.find_flow(flow.id.as_str()).is_none()) {
        let Some(among) = waiting.get_mut(&ends(old, flow)) else { continue };
        let carried = data(old, flow);
        let in_common = |other: &Flow| data(new, other).intersection(&carried).count();
        let is_like = |other: &&Flow| !(flow.has_own_id && other.has_own_id) && in_common(other) > 0;
        let best = among.iter().enumerate().filter(|(_, other)| is_like(other));
        let best = best.max_by_key(|(place, other)| {
            (in_common(other), other.mechanism == flow.mechanism, std::cmp::Reverse(*place))
        });
        if let Some((place, _)) = best {
            found.push((at, among.remove(place).id.to_string()));
        }
    }
    found
}

/// Puts the present ids into what a row of `accept` names.
fn accept(what: &mut Accepted, renames: &Renames, flows: &[(usize, String)], old: &Stack) {
    const KINDS: [EntryKind; 4] = [EntryKind::System, EntryKind::Team, EntryKind::Process, EntryKind::Data];
    let now = |id: &str| {
        let by_kind = KINDS.iter().find_map(|kind| renames.new_id(*kind, id)).map(str::to_owned);
        let flow = || flows.iter().find(|(at, _)| old.flows[*at].id.as_str() == id).map(|(_, id)| id.clone());
        by_kind.or_else(flow).unwrap_or_else(|| renames.id_now(EntryKind::Flow, id))
    };
    match what {
        Accepted::Subject { subject, .. } => *subject = now(subject),
        Accepted::Finding(id) => {
            if let Some((rule, about)) = id.split_once(':') {
                let about: Vec<String> = about.split('+').map(now).collect();
                *id = format!("{rule}:{}", about.join("+"));
            }
        }
    }
}

fn has(stack: &Stack, kind: EntryKind, id: &str) -> bool {
    match kind {
        EntryKind::System => stack.find_system(id).is_some(),
        EntryKind::Team => stack.find_team(id).is_some(),
        EntryKind::Data => stack.find_data(id).is_some(),
        EntryKind::Process => stack.find_process(id).is_some(),
        EntryKind::Flow => stack.find_flow(id).is_some(),
    }
}

impl Renames {
    /// All of them: kind, former id, present id.
    pub fn all(&self) -> impl Iterator<Item = (EntryKind, &str, &str)> {
        self.0.iter().map(|((kind, former), id)| (*kind, former.as_str(), id.as_str()))
    }
}

/// Every entry that has an id, with what it says of itself: systems, teams, data, processes, flows, each in order.
pub(super) fn entries(stack: &Stack) -> impl Iterator<Item = (EntryKind, &str, &Remarks)> {
    let systems = stack.systems.iter().map(|one| (EntryKind::System, one.id.as_str(), &*one.remarks));
    let teams = stack.teams.iter().map(|one| (EntryKind::Team, one.id.as_str(), &*one.remarks));
    let data = stack.data.iter().map(|one| (EntryKind::Data, one.id.as_str(), &*one.remarks));
    let processes = stack.processes.iter().map(|one| (EntryKind::Process, one.id.as_str(), &*one.remarks));
    let flows = stack.flows.iter().map(|one| (EntryKind::Flow, one.id.as_str(), &*one.remarks));
    systems.chain(teams).chain(data).chain(processes).chain(flows)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::trial::stack_of;

    #[test]
    fn rows_of_accept_name_by_present_ids_what_they_are_about() {
        let text = "sinew: 1
teams: { ops: { people: 3 } }
systems: { crm: { kind: crm, makes: [lead] }, cms: { kind: cms }, ads: { kind: ads } }
data: { lead: {} }
flows:
  - { id: paste, from: crm, to: cms, data: lead, mechanism: copy-paste, performer: ops }
  - { id: list, from: crm, to: ads, data: lead, mechanism: message, performer: ops }
";
        let accept = "accept: [{ rule: sole-owner, subject: crm, why: w }, { id: 'manual-handoff:paste', why: w }]\n";
        let new = text.replace("crm: {", "sfdc: { was: crm,").replace("from: crm", "from: sfdc");
        let new = new.replace("id: paste, ", "").replace("id: list, ", "");
        let found = aligned(&stack_of(&format!("{text}{accept}")), &stack_of(&new));
        let rows: Vec<String> = found.stack.accept.into_iter().map(|row| format!("{:?}", row.what)).collect();
        assert_eq!(
            rows,
            [r#"Subject { rule: "sole-owner", subject: "sfdc" }"#, r#"Finding("manual-handoff:sfdc->cms:lead")"#]
        );
    }

    #[test]
    fn a_former_id_that_something_has_and_an_entry_that_was_there_are_no_renames() {
        let of = |text: &str, had: bool| -> Vec<String> {
            let stack = stack_of(text);
            let renames = Renames::of(&stack, |_, _| had);
            renames.all().map(|(kind, former, id)| format!("{kind:?} {former} {id}")).collect()
        };
        let renamed = "sinew: 1\nsystems: { c: { kind: crm, was: a } }\n";
        assert_eq!(of(renamed, false), ["System a c"]);
        assert_eq!(of(renamed, true), [] as [&str; 0]);
        let both = "sinew: 1\nsystems: { a: { kind: cms }, c: { kind: crm, was: a } }\n";
        assert_eq!(of(both, false), [] as [&str; 0]);
    }

    #[test]
    fn a_flow_without_an_id_is_named_by_the_present_ids_of_its_ends() {
        let text = "sinew: 1
systems: { crm: { kind: crm }, cms: { kind: cms } }
data: { lead: {}, news: {} }
";
        let flows = "flows: [{ from: crm, to: cms, data: [news, lead], mechanism: api }]\n";
        let new = text.replace("crm: {", "sfdc: { was: crm,").replace("lead: {}", "contact: { was: lead }");
        let found = aligned(&stack_of(&format!("{text}{flows}")), &stack_of(&new));
        assert_eq!(found.stack.flows[0].id.as_str(), "sfdc->cms:contact,news");
    }
}
