//! A component as entries of a draft, questions, and its fate.

use std::collections::{BTreeMap, BTreeSet};

use super::components::{Component, Says};
use super::endpoint::Address;
use super::evidence::{Evidence, Move};
use super::kinds;
use super::packages::Package;
use crate::import::clean::{LeftOut, slug};
use crate::import::draft::{Draft, DraftFlow, DraftQuestion, Entry, EntryKey, Fate, Given, Origin, Unit, Value};
use crate::import::recognise::Named;
use crate::import::roles::is_personal;

/// Names that a question lists; the others are counted.
const NAMES: usize = 12;
/// Fields that a flow names.
const FIELDS: usize = 30;

/// Makes the draft of one component.
pub(super) struct Maker<'m> {
    all: &'m Evidence,
    draft: &'m mut Draft,
    origin: Origin,
    input: usize,
}

impl<'m> Maker<'m> {
    pub(super) fn new(all: &'m Evidence, draft: &'m mut Draft, origin: Origin, input: usize) -> Self {
        Self { all, draft, origin, input }
    }

    /// The org is a system even where nothing else is said.
    pub(super) fn org(&mut self) -> EntryKey {
        self.draft.system(&self.all.org, self.origin.clone())
    }

    pub(super) fn component(&mut self, component: &Component) {
        let mut gave: Vec<EntryKey> = Vec::new();
        for one in self.all.moves(component) {
            gave.extend(self.flow(component, &one));
        }
        let fate = if gave.is_empty() { self.without_flow(component) } else { Fate::Gave(gave) };
        self.draft.units.push(Unit { input: self.input, fate });
    }

    fn flow(&mut self, component: &Component, one: &Move) -> Vec<EntryKey> {
        let key = one.key(&self.all.org);
        let mut gave = vec![self.org(), self.draft.system(&one.system, self.origin.clone())];
        let mut entry =
            Entry { itself: one.itself, origins: BTreeSet::from([self.origin.clone()]), ..Entry::default() };
        if let Some(why) = one.way {
            let (from, to) = if one.is_out { (&self.all.org, &one.system) } else { (&one.system, &self.all.org) };
            entry.set("from", Given::guessed(Value::Text(from.name.clone()), why));
            entry.set("to", Given::guessed(Value::Text(to.name.clone()), why));
        }
        for id in &one.data {
            let mut fields = BTreeMap::new();
            if is_personal(id) {
                fields.insert("personal", Given::guessed(Value::Literal("true".into()), "the name is that of persons"));
            }
            self.draft.object(id, fields, self.origin.clone());
        }
        if let Some(why) = one.what {
            let data = one.data.iter().cloned().collect::<Vec<_>>().join(", ");
            entry.set("data", Given::guessed(Value::Text(data), why));
        }
        if let Some((_, said)) = &one.rate {
            entry.set("runs", Given { guess: None, value: Value::Literal(String::new()), said: Some(said.clone()) });
        }
        let fields: Vec<String> = one
            .fields
            .iter()
            .take(FIELDS)
            .map(|field| LeftOut::default().clean(field))
            .filter(|one| !one.is_empty())
            .collect();
        if !fields.is_empty() {
            entry.extras.insert("x-fields".to_owned(), Value::Text(fields.join(", ")));
        }
        let about = EntryKey::Flow(Box::new(key.clone()));
        let runs = one.rate.as_ref().map(|(runs, _)| *runs);
        self.draft.flow(key, DraftFlow { entry, standing: one.standing, runs });
        self.ask_about_flow(component, one, &about);
        gave.push(about);
        gave
    }

    fn ask_about_flow(&mut self, component: &Component, one: &Move, about: &EntryKey) {
        let (org, system) = (&self.all.org.name, &one.system.name);
        let (kind, ask) = match &component.says {
            Says::Credential { .. } | Says::Service { .. } | Says::Site { .. } => {
                ("uses", format!("What does {org} send to {system} or take from it, and how often?"))
            }
            Says::App(_) => ("uses", format!("What does {system} read from {org} or write to it, and how often?")),
            Says::Package(_) | Says::Brought(_) => {
                ("package", format!("Which records does the package of {system} move, and which way?"))
            }
            _ if one.rate.is_some() => return,
            _ => {
                let (from, to) = if one.is_out { (org, system) } else { (system, org) };
                let data = one.data.iter().map(|id| format!("`{id}`")).collect::<Vec<_>>().join(", ");
                let id = format!("{from} {to} {}", one.data.iter().cloned().collect::<Vec<_>>().join(" "));
                let ask = format!("How often does {data} go from {from} to {to}?");
                let answers = ["10/day", "100/day", "1000/day"].map(str::to_owned).to_vec();
                return self.ask(5, ("runs", &id), ask, Some(about.clone()), answers);
            }
        };
        self.ask(4, (kind, &one.system.name.clone()), ask, Some(about.clone()), Vec::new());
    }

    /// What becomes of a component that makes no flow by itself.
    fn without_flow(&mut self, component: &Component) -> Fate {
        let kind = component.kind.as_str();
        match &component.says {
            Says::Credential { is_on: false, .. }
            | Says::Site { is_on: false, .. }
            | Says::Trusted { is_on: false, .. } => {
                self.lost("component that is switched off", "nothing may be called by it")
            }
            Says::Credential { address, .. } | Says::Site { address, .. } => match address {
                Address::System(named, _) => self.allowed(named),
                Address::Own => self.lost("address of Salesforce itself", "it is no other system"),
                Address::None => self.lost("component without an address", "where it calls is not said"),
            },
            Says::External => match self.all.behind.get(&component.name.to_lowercase()) {
                Some(named) => {
                    let named = named.clone();
                    Fate::Gave(self.system_with_flows(&named))
                }
                None => self.lost("external credential", "no named credential of these files uses it"),
            },
            Says::Service { .. } => match self.all.system_of_service(&component.name).cloned() {
                Some(named) => Fate::Gave(self.system_with_flows(&named)),
                None => self.lost("component without an address", "where it calls is not said"),
            },
            Says::Trusted { .. } => {
                self.ask_about_pages();
                self.lost("address that pages may load from", "nothing says that data goes there")
            }
            Says::App(_) | Says::Agent { .. } => self.lost("component for sign-on", "signing in moves no data"),
            Says::Package(Package::Unknown(named)) => {
                let named = named.clone();
                let key = self.draft.system(&named, self.origin.clone());
                if let Some(held) = self.draft.systems.get_mut(&named.key) {
                    held.entry.itself = Some("a package may be no more than a part of Salesforce");
                }
                let ask = format!(
                    "Does the package \"{}\" exchange data with a system outside {}?",
                    named.name, self.all.org.name
                );
                self.ask(4, ("package", &named.name), ask, Some(key.clone()), Vec::new());
                Fate::Gave(vec![key])
            }
            Says::Package(_) => self.lost("package", "it is a part of Salesforce"),
            Says::Source { .. } => self.lost("address of Salesforce itself", "it is no other system"),
            Says::Message { address: Address::Own, .. } => {
                self.lost("address of Salesforce itself", "it is no other system")
            }
            Says::Message { .. } => self.lost("component without an address", "where it calls is not said"),
            Says::Version { .. } => self.lost("version of a bot", "the bot is read by itself"),
            Says::Event => self.event(component),
            Says::Outside { .. } => {
                self.lost("object or field", "its rows stand in a data source that is read by itself")
            }
            Says::Code(calls) => {
                if calls.is_service {
                    self.ask_about_services();
                }
                if self.all.has_stranger(component) {
                    self.ask_about_stranger(component);
                    return self
                        .lost("class or trigger", "the named credential that it calls by is not among the files");
                }
                let (what, why) = kinds::nothing(kind);
                self.lost(what, why)
            }
            Says::Flow(runs) => {
                let of_class = |action: &super::flow::Action| self.all.by_class.get(&action.name.to_lowercase());
                let called = runs.actions.iter().filter(|action| action.kind == "apex").filter_map(of_class);
                let keys: Vec<EntryKey> = called.flatten().map(|key| EntryKey::Flow(Box::new(key.clone()))).collect();
                match (keys.is_empty(), runs.has_screens) {
                    (false, _) => Fate::Gave(keys),
                    (true, true) => {
                        self.lost("flow with screens", "people work through it; it may be a part of a process")
                    }
                    (true, false) => self.lost("flow", "it works on what the org holds"),
                }
            }
            Says::Nothing(what, why) => self.lost(what, why),
            Says::Brought(_) => self.lost("object or field", "it is the org's own"),
        }
    }

    /// What may be called, and perhaps is, as other components say.
    fn allowed(&mut self, named: &Named) -> Fate {
        if self.all.flows.contains_key(&named.key) {
            return Fate::Gave(self.system_with_flows(named));
        }
        let is_new = !self.draft.systems.contains_key(&named.key);
        let key = self.draft.system(named, self.origin.clone());
        if let Some(held) = self.draft.systems.get_mut(&named.key).filter(|_| is_new) {
            held.entry.itself = Some("a remote site only allows that it is called");
        }
        let sites = self.all.allowed.get(&named.key);
        let (all, s) = (sites.map(listed).unwrap_or_default(), sites.is_some_and(|sites| sites.len() > 1));
        let ask = format!(
            "Does {} exchange data with {}, what, and which way? {}",
            self.all.org.name,
            named.name,
            if s {
                format!("The remote sites {all} only allow it.")
            } else {
                format!("The remote site {all} only allows it.")
            }
        );
        self.ask(4, ("uses", &named.name), ask, Some(key.clone()), Vec::new());
        Fate::Gave(vec![key])
    }

    fn system_with_flows(&mut self, named: &Named) -> Vec<EntryKey> {
        let mut keys = vec![self.draft.system(named, self.origin.clone())];
        let flows = self.all.flows.get(&named.key).into_iter().flatten();
        keys.extend(flows.map(|key| EntryKey::Flow(Box::new(key.clone()))));
        keys
    }

    fn event(&mut self, component: &Component) -> Fate {
        if self.all.heard.contains(&component.name.to_lowercase()) {
            return self.lost("platform event", "who listens to it is in the org");
        }
        let org = self.org();
        let ask = format!(
            "Which system listens to the platform event {} of {}, or sends it?",
            component.name, self.all.org.name
        );
        self.ask(4, ("event", &component.name), ask, Some(org), Vec::new());
        self.lost("platform event", "nothing outside the org is said to send it or to listen")
    }

    fn ask_about_pages(&mut self) {
        let org = self.org();
        let ask = format!(
            "Pages of {} may load from {}: does any of them take or give data?",
            self.all.org.name,
            listed(&self.all.trusted)
        );
        if !self.all.trusted.is_empty() {
            self.ask(6, ("pages", "salesforce"), ask, Some(org), Vec::new());
        }
    }

    fn ask_about_services(&mut self) {
        let org = self.org();
        let ask = format!("Which systems call the services {} of {}?", listed(&self.all.called), self.all.org.name);
        self.ask(4, ("services", "salesforce"), ask, Some(org), Vec::new());
    }

    fn ask_about_stranger(&mut self, component: &Component) {
        let org = self.org();
        let ask = format!(
            "Which system does the class {} call? Its named credential is not among the files.",
            component.name
        );
        self.ask(4, ("calls", &component.name), ask, Some(org), Vec::new());
    }

    fn ask(
        &mut self,
        rank: u8,
        (kind, name): (&str, &str),
        ask: String,
        about: Option<EntryKey>,
        answers: Vec<String>,
    ) {
        let id = format!("{kind}:{}", slug(name, "one"));
        self.draft.questions.insert(DraftQuestion { rank, id, ask, about, answers });
    }

    fn lost(&self, what: &'static str, why: &'static str) -> Fate {
        Fate::Dropped { what, at: self.origin.at.clone(), why }
    }
}

fn listed(names: &BTreeSet<String>) -> String {
    let mut shown: Vec<String> = names.iter().take(NAMES).cloned().collect();
    if names.len() > NAMES {
        shown.push(format!("{} more", names.len() - NAMES));
    }
    shown.join(", ")
}
