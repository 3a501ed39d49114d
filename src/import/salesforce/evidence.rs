//! What all components together say of each system: the flows that classes, flows and packages make, and who uses what.

use std::collections::{BTreeMap, BTreeSet};

use super::components::{Component, Says};
use super::endpoint::{self, Address};
use super::flow::Runs;
use super::packages::Package;
use super::service::Service;
use crate::catalog::Space;
use crate::import::clean::{LeftOut, slug};
use crate::import::draft::{FlowKey, Standing};
use crate::import::recognise::{self, Meaning, Named, in_words};
use crate::import::roles;
use crate::model::Mechanism;

/// Objects of one flow; what is more is not told apart.
const OBJECTS: usize = 3;

/// Data that moves, as a component makes it.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Move {
    pub(super) system: Named,
    /// From the org to the system.
    pub(super) is_out: bool,
    pub(super) data: BTreeSet<String>,
    pub(super) mechanism: Mechanism,
    /// Why it is a guess that there is such a flow.
    pub(super) itself: Option<&'static str>,
    /// Why it is a guess which way it goes.
    pub(super) way: Option<&'static str>,
    /// Why it is a guess what moves.
    pub(super) what: Option<&'static str>,
    pub(super) standing: Standing,
    pub(super) rate: Option<(f64, String)>,
    /// Fields that are named.
    pub(super) fields: Vec<String>,
}

/// What all components say.
#[derive(Debug)]
pub(super) struct Evidence {
    pub(super) org: Named,
    credentials: BTreeMap<String, Named>,
    services: BTreeMap<String, (Service, Option<Named>)>,
    sites: BTreeMap<String, Named>,
    /// Systems of named credentials, by the external credential behind them.
    pub(super) behind: BTreeMap<String, Named>,
    /// Objects of each data source.
    outside: BTreeMap<String, BTreeSet<String>>,
    /// Objects that flows write.
    written: BTreeSet<String>,
    /// Platform events that somebody in the org listens to.
    pub(super) heard: BTreeSet<String>,
    /// Outbound messages that flows send.
    sent: BTreeMap<String, Standing>,
    /// The flows of each system, by its key.
    pub(super) flows: BTreeMap<String, BTreeSet<FlowKey>>,
    /// The flows that each class makes.
    pub(super) by_class: BTreeMap<String, BTreeSet<FlowKey>>,
    /// Systems that something else than a credential or a remote site makes a flow with.
    used: BTreeSet<String>,
    /// Remote sites that allow a system to be called, by its key.
    pub(super) allowed: BTreeMap<String, BTreeSet<String>>,
    /// Hosts that pages may load from.
    pub(super) trusted: BTreeSet<String>,
    /// Classes that others call.
    pub(super) called: BTreeSet<String>,
}

impl Evidence {
    pub(super) fn of(components: &[Component], left_out: &mut LeftOut) -> Self {
        let mut all = Self {
            org: endpoint::org(),
            credentials: BTreeMap::new(),
            services: BTreeMap::new(),
            sites: BTreeMap::new(),
            behind: BTreeMap::new(),
            outside: BTreeMap::new(),
            written: BTreeSet::new(),
            heard: BTreeSet::new(),
            sent: BTreeMap::new(),
            flows: BTreeMap::new(),
            by_class: BTreeMap::new(),
            used: BTreeSet::new(),
            allowed: BTreeMap::new(),
            trusted: BTreeSet::new(),
            called: BTreeSet::new(),
        };
        for component in components {
            all.look(component, left_out);
        }
        for component in components {
            let Says::Service { service, credential, address } = &component.says else { continue };
            let named = credential.as_ref().and_then(|name| all.credentials.get(name)).cloned();
            let named = named.or_else(|| match address {
                Address::System(named, _) => Some(named.clone()),
                _ => None,
            });
            all.services.insert(component.name.to_lowercase(), (service.clone(), named));
        }
        // First what acts, so that what only allows knows whether anything does.
        let (passive, active): (Vec<&Component>, Vec<&Component>) = components.iter().partition(|component| {
            matches!(component.says, Says::Credential { .. } | Says::Service { .. } | Says::Site { .. })
        });
        for component in active {
            for one in all.moves(component) {
                all.used.insert(one.system.key.clone());
                let key = one.key(&all.org);
                if matches!(component.says, Says::Code(_)) {
                    all.by_class.entry(component.name.to_lowercase()).or_default().insert(key.clone());
                }
                all.flows.entry(one.system.key).or_default().insert(key);
            }
        }
        for component in passive {
            for one in all.moves(component) {
                let key = one.key(&all.org);
                all.flows.entry(one.system.key).or_default().insert(key);
            }
        }
        all
    }

    fn look(&mut self, component: &Component, left_out: &mut LeftOut) {
        let name = component.name.to_lowercase();
        match &component.says {
            Says::Credential { address: Address::System(named, host), externals, is_on: true } => {
                for external in externals {
                    self.behind.entry(external.clone()).or_insert_with(|| named.clone());
                }
                self.sites.insert(host.clone(), named.clone());
                self.credentials.insert(name, named.clone());
            }
            Says::Site { address: Address::System(named, host), is_on: true } => {
                self.sites.entry(host.clone()).or_insert_with(|| named.clone());
                self.allowed.entry(named.key.clone()).or_default().insert(component.name.clone());
            }
            Says::Trusted { address: Address::System(_, host), is_on: true } => {
                self.trusted.extend(Some(left_out.clean(host)).filter(|host| !host.is_empty()));
            }
            Says::Outside { source } => {
                self.outside.entry(source.clone()).or_default().insert(component.name.clone());
            }
            Says::Flow(runs) => {
                self.heard.extend(runs.listens.clone());
                if runs.standing != Standing::Planned {
                    self.written.extend(runs.written.iter().cloned());
                }
                for action in runs.actions.iter().filter(|action| action.kind == "outboundMessage") {
                    let message = action.name.to_lowercase();
                    let held = self.sent.entry(message).or_insert(runs.standing);
                    *held = runs.standing.min(*held);
                }
            }
            Says::Code(calls) => {
                self.heard.extend(calls.events.iter().cloned());
                if calls.is_service {
                    self.called.insert(component.name.clone());
                }
            }
            _ => {}
        }
    }

    /// The moves that a component makes by itself.
    pub(super) fn moves(&self, component: &Component) -> Vec<Move> {
        const ALLOWED: &str = "a credential or a service only says where to; nothing that was read calls it";
        match &component.says {
            Says::Credential { address: Address::System(named, _), is_on: true, .. } if !self.is_used(named) => {
                vec![Move { itself: Some(ALLOWED), way: Some(ALLOWED), ..Move::new(named, true) }]
            }
            Says::Service { .. } => match self.services.get(&component.name.to_lowercase()) {
                Some((_, Some(named)))
                    if !self.is_used(named) && !self.credentials.values().any(|one| one == named) =>
                {
                    vec![Move { itself: Some(ALLOWED), way: Some(ALLOWED), ..Move::new(named, true) }]
                }
                _ => Vec::new(),
            },
            Says::Site { address: Address::System(named, host), is_on: true }
                if endpoint::only_takes(host) && !self.is_used(named) =>
            {
                const TAKES: &str = "the address only takes what is sent to it, and may be called";
                vec![Move { itself: Some(TAKES), mechanism: Mechanism::Webhook, ..Move::new(named, true) }]
            }
            Says::App(Some(named)) => {
                const LET_IN: &str = "the application may call Salesforce; which way data goes nobody says";
                vec![Move { itself: Some(LET_IN), way: Some(LET_IN), ..Move::new(named, false) }]
            }
            Says::Package(Package::Known(named)) | Says::Brought(Package::Known(named)) => {
                const INSTALLED: &str = "the package is installed; which way data goes nobody says";
                let one = |is_out| Move {
                    itself: Some(INSTALLED),
                    way: Some(INSTALLED),
                    mechanism: Mechanism::Native,
                    ..Move::new(named, is_out)
                };
                vec![one(true), one(false)]
            }
            Says::Source { named: Some(named), is_writable, .. } => self.of_source(component, named, *is_writable),
            Says::Message { message, address: Address::System(named, _), object } => {
                let by_flow = || {
                    let name = component.name.to_lowercase();
                    let short = name.rsplit('.').next().unwrap_or(&name);
                    self.sent.get(&name).or_else(|| self.sent.get(short)).copied()
                };
                let standing = match (message.sent, by_flow()) {
                    (Some(true), _) => Standing::Live,
                    (_, Some(standing)) => standing,
                    (Some(false), None) => Standing::Planned,
                    (None, None) => Standing::TakenAsLive,
                };
                vec![Move {
                    data: [object_id(object)].into(),
                    what: None,
                    mechanism: Mechanism::Webhook,
                    standing,
                    fields: message.fields.clone(),
                    ..Move::new(named, true)
                }]
            }
            Says::Agent { named: Some(named), .. } => {
                vec![Move { mechanism: Mechanism::Embedded, ..Move::new(named, true) }]
            }
            Says::Flow(runs) => self.of_flow(runs),
            Says::Code(_) => self.of_code(component),
            _ => Vec::new(),
        }
    }

    fn is_used(&self, named: &Named) -> bool {
        self.used.contains(&named.key)
    }

    fn of_source(&self, component: &Component, named: &Named, is_writable: bool) -> Vec<Move> {
        const OBJECTS_OF: &str = "which objects stand for its rows is not among the files";
        const MAY: &str = "the data source may be written to; no flow that was read does";
        let objects = self.outside.get(&component.name.to_lowercase());
        let data: BTreeSet<String> =
            objects.into_iter().flatten().take(OBJECTS).map(|object| object_id(object)).collect();
        let one = |is_out, itself| {
            let base = Move { itself, ..Move::new(named, is_out) };
            if data.is_empty() {
                Move { what: Some(OBJECTS_OF), ..base }
            } else {
                Move { data: data.clone(), what: None, ..base }
            }
        };
        let is_written = objects.into_iter().flatten().any(|object| self.written.contains(&object.to_lowercase()))
            || objects.is_none() && self.written.iter().any(|object| object.ends_with("__x"));
        let mut moves = vec![one(false, None)];
        if is_writable {
            moves.push(one(true, (!is_written).then_some(MAY)));
        }
        moves
    }

    fn of_flow(&self, runs: &Runs) -> Vec<Move> {
        const WORKS_ON: &str = "the flow works on it; which of its fields are sent is not read";
        let objects: BTreeSet<String> = runs.objects.iter().take(OBJECTS).map(|object| object_id(object)).collect();
        let mut moves = Vec::new();
        for action in &runs.actions {
            let (named, operation, gives, mechanism) = if action.kind == "externalService" {
                let Some((service, operation)) = action.name.split_once('.') else { continue };
                let Some((service, Some(named))) = self.services.get(&service.to_lowercase()) else { continue };
                (named.clone(), operation, service.gives(operation), Mechanism::Api)
            } else if action.kind.to_lowercase().starts_with("slack") {
                let Meaning::System(named) = recognise::recognise(Space::Host, "slack.com") else { continue };
                (named, "", Some(true), Mechanism::Native)
            } else {
                continue;
            };
            let is_out = gives.unwrap_or(true);
            let spoken = roles::object(operation).map(|object| slug(&object, "records"));
            let data = match (is_out && !objects.is_empty(), spoken) {
                (true, _) => objects.clone(),
                (false, Some(object)) => [object].into(),
                (false, None) => ["records".to_owned()].into(),
            };
            moves.push(Move {
                data,
                what: Some(WORKS_ON),
                way: gives.is_none().then_some("the operation does not say whether it gives or asks"),
                mechanism,
                standing: runs.standing,
                rate: runs.rate.clone(),
                ..Move::new(&named, is_out)
            });
        }
        // Two actions of one flow run together.
        let mut seen = BTreeSet::new();
        moves.retain(|one| seen.insert(one.key(&self.org)));
        moves
    }

    fn of_code(&self, component: &Component) -> Vec<Move> {
        const BY_CODE: &str = "the code does not say which way, or calls several systems";
        const SELECTED: &str = "the class selects it; what is sent is not read";
        let Says::Code(calls) = &component.says else { return Vec::new() };
        let by_credential = calls.credentials.iter().filter_map(|name| self.credentials.get(name));
        let by_host = calls.hosts.iter().filter_map(|host| self.sites.get(host));
        let systems: BTreeMap<&str, &Named> = by_credential.chain(by_host).map(|one| (one.key.as_str(), one)).collect();
        let is_alone = systems.len() == 1;
        let mut moves = Vec::new();
        for named in systems.into_values() {
            let ways: &[bool] = match (calls.gives, calls.asks) {
                (true, true) if is_alone => &[true, false],
                (false, true) => &[false],
                _ => &[true],
            };
            let way = (!is_alone || !calls.gives && !calls.asks).then_some(BY_CODE);
            for is_out in ways {
                let mut one = Move { way, standing: Standing::TakenAsLive, ..Move::new(named, *is_out) };
                if *is_out && calls.objects.len() == 1 {
                    one.data = calls.objects.iter().map(|object| object_id(object)).collect();
                    one.what = Some(SELECTED);
                }
                moves.push(one);
            }
        }
        moves
    }

    /// The system that a service is of.
    pub(super) fn system_of_service(&self, name: &str) -> Option<&Named> {
        self.services.get(&name.to_lowercase())?.1.as_ref()
    }

    /// Credentials that a class names and that are not among the files.
    pub(super) fn has_stranger(&self, component: &Component) -> bool {
        let Says::Code(calls) = &component.says else { return false };
        calls.credentials.iter().any(|name| !self.credentials.contains_key(name))
    }
}

impl Move {
    fn new(system: &Named, is_out: bool) -> Self {
        Self {
            system: system.clone(),
            is_out,
            data: ["records".to_owned()].into(),
            mechanism: Mechanism::Api,
            itself: None,
            way: None,
            what: Some("no component says what moves"),
            standing: Standing::Live,
            rate: None,
            fields: Vec::new(),
        }
    }

    /// What makes it the same flow as another.
    pub(super) fn key(&self, org: &Named) -> FlowKey {
        let (from, to) = if self.is_out { (org, &self.system) } else { (&self.system, org) };
        FlowKey {
            from: from.key.clone(),
            to: to.key.clone(),
            data: self.data.clone(),
            mechanism: self.mechanism,
            through: None,
            apart: String::new(),
        }
    }
}

/// An object's name as an id: `dsfs__Sent_Letter__c` is `sent-letter`, `OpportunityLineItem` is `opportunity-line-item`.
fn object_id(name: &str) -> String {
    let mut parts: Vec<&str> = name.split("__").collect();
    if parts.last().is_some_and(|end| matches!(*end, "c" | "e" | "x" | "mdt" | "kav")) {
        parts.pop();
    }
    let name = if parts.len() == 2 { parts[1] } else { parts.first().copied().unwrap_or(name) };
    slug(&LeftOut::default().clean(&in_words(name)), "records")
}

#[cfg(test)]
mod tests {
    use super::object_id;

    #[test]
    fn objects_lose_prefix_and_ending() {
        for (name, id) in [
            ("Lead", "lead"),
            ("OpportunityLineItem", "opportunity-line-item"),
            ("Bundle__c", "bundle"),
            ("dsfs__Sent_Letter__c", "sent-letter"),
            ("Inventory__x", "inventory"),
            ("", "records"),
        ] {
            assert_eq!(object_id(name), id, "{name}");
        }
    }
}
