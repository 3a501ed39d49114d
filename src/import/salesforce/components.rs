//! The components of a file, and what each says of other systems.

use std::collections::BTreeMap;

use super::apex::{self, Calls};
use super::endpoint::{self, Address};
use super::flow::{self, Runs};
use super::kinds::{self, SECRET};
use super::packages::{self, Package};
use super::service::{self, Service};
use super::workflow::{self, Message};
use crate::import::clean::LeftOut;
use crate::import::joined::Spare;
use crate::import::reading::File;
use crate::import::recognise::Named;
use crate::import::xml::Element;

/// One component.
#[derive(Debug)]
pub(super) struct Component {
    /// The place of its file among all that are read.
    pub(super) part: usize,
    pub(super) kind: String,
    pub(super) name: String,
    pub(super) says: Says,
}

/// What a component says of other systems.
#[derive(Debug)]
pub(super) enum Says {
    /// Where calls go to, and the external credentials behind it.
    Credential {
        address: Address,
        externals: Vec<String>,
        is_on: bool,
    },
    /// How somebody is let in who calls by a named credential.
    External,
    /// An address that may be called.
    Site {
        address: Address,
        is_on: bool,
    },
    /// An address that pages may load from.
    Trusted {
        address: Address,
        is_on: bool,
    },
    /// An application that may call the org; none where it only lets people log in.
    App(Option<Named>),
    Package(Package),
    /// A store outside whose rows are objects of the org.
    Source {
        named: Option<Named>,
        is_writable: bool,
    },
    /// A service with described operations.
    Service {
        service: Service,
        credential: Option<String>,
        address: Address,
    },
    Message {
        message: Message,
        address: Address,
        object: String,
    },
    Flow(Runs),
    Code(Calls),
    /// A platform event.
    Event,
    /// An object whose rows stand in the data source.
    Outside {
        source: String,
    },
    /// An object or field that a package brought.
    Brought(Package),
    /// A bot, or the planner behind one.
    Agent {
        named: Option<Named>,
        /// In small letters, the planners that it names.
        planners: Vec<String>,
    },
    /// A version of a bot.
    Version {
        /// The bot, in small letters.
        of: String,
        planners: Vec<String>,
    },
    Nothing(&'static str, &'static str),
}

impl Component {
    /// What people find it by.
    pub(super) fn place(&self) -> String {
        format!("{} {}", self.kind, self.name)
    }
}

/// The components of a file: one, or of workflow rules each part of them.
pub(super) fn of(
    file: &File<'_>,
    part: usize,
    root: &Element,
    spare: &mut Spare,
    left_out: &mut LeftOut,
) -> Vec<Component> {
    secrets(root, left_out);
    let kind: String = left_out.clean(root.local()).chars().take(60).collect();
    let stem = left_out.clean(file.stem);
    let component = |kind: &str, name: String, says| Component { part, kind: kind.to_owned(), name, says };
    if kind == "Workflow" {
        let mut all: Vec<Component> = Vec::new();
        let senders = workflow::senders(root);
        for element in root.children.iter().filter(|child| child.text_of("fullName").is_some()) {
            let name = left_out.clean(element.text_of("fullName").unwrap_or_default());
            let (kind, says) = match element.local() {
                "outboundMessages" => ("OutboundMessage", message(element, &senders, file.stem, left_out)),
                "alerts" => ("WorkflowAlert", Says::Nothing("mail alert", "it goes to people, not to a system")),
                "rules" => ("WorkflowRule", Says::Nothing("workflow rule", "what it starts is read by itself")),
                _ => ("WorkflowAction", Says::Nothing("action of a workflow rule", "it changes what the org holds")),
            };
            all.push(component(kind, format!("{stem}.{name}"), says));
        }
        if all.is_empty() {
            all.push(component("Workflow", stem, Says::Nothing("workflow rule", "the file has none")));
        }
        return all;
    }
    let says = says(&kind, file, root, spare, left_out);
    vec![component(&kind, stem, says)]
}

fn says(kind: &str, file: &File<'_>, root: &Element, spare: &mut Spare, left_out: &mut LeftOut) -> Says {
    let label = root.text_of("label").or_else(|| root.text_of("masterLabel")).unwrap_or(file.stem);
    let is_on = root.text_of("isActive") != Some("false");
    match kind {
        "NamedCredential" => credential(root, label, left_out),
        "ExternalCredential" => Says::External,
        "RemoteSiteSetting" => {
            Says::Site { address: endpoint::address(root.text_of("url"), file.stem, left_out), is_on }
        }
        "CspTrustedSite" | "CorsWhitelistOrigin" => {
            let url = root.text_of("endpointUrl").or_else(|| root.text_of("urlPattern"));
            Says::Trusted { address: endpoint::address(url, file.stem, left_out), is_on }
        }
        "ConnectedApp" => app(root, label, left_out),
        "ExternalClientApplication" => Says::App(endpoint::called(label, left_out)),
        "InstalledPackage" => Says::Package(packages::package(file.stem, left_out)),
        "ExternalDataSource" => {
            let named = match endpoint::address(root.text_of("endpoint"), label, left_out) {
                Address::System(named, _) => Some(named),
                Address::Own => None,
                Address::None => endpoint::called(label, left_out),
            };
            Says::Source { named, is_writable: root.text_of("isWritable") == Some("true") }
        }
        "ExternalServiceRegistration" => described(root, label, left_out),
        "WorkflowOutboundMessage" => {
            let object = file.stem.split_once("__c").map_or(file.stem, |(object, _)| object);
            message(root, &BTreeMap::new(), object, left_out)
        }
        "Flow" => Says::Flow(flow::flow(root)),
        "ApexClass" | "ApexTrigger" => {
            let text = file.name.strip_suffix("-meta.xml").unwrap_or(file.name).to_owned();
            let calls = spare.texts.get(&text).map(|text| apex::calls(text));
            if calls.is_some() {
                spare.used.insert(text);
            }
            Says::Code(calls.unwrap_or_default())
        }
        "CustomObject" if file.stem.ends_with("__e") => Says::Event,
        "CustomObject" if root.text_of("externalDataSource").is_some() => {
            Says::Outside { source: root.text_of("externalDataSource").unwrap_or_default().to_lowercase() }
        }
        "CustomObject" | "CustomField" => {
            let fields = root.all("fields").filter_map(|field| field.text_of("fullName"));
            let names = [file.stem].into_iter().chain(root.text_of("fullName")).chain(fields);
            match names.filter_map(packages::namespace).find_map(|space| packages::known(space, left_out)) {
                Some(package) => Says::Brought(package),
                None => Says::Nothing("object or field", "it is the org's own"),
            }
        }
        "Bot" | "GenAiPlanner" | "GenAiPlannerBundle" => {
            let label = left_out.clean(root.text_of("label").or(root.text_of("masterLabel")).unwrap_or(file.stem));
            Says::Agent { named: packages::agent(&label), planners: planners(root) }
        }
        "BotVersion" => {
            let folder = file.name.rsplit(['/', ':']).nth(1).unwrap_or_default();
            Says::Version { of: left_out.clean(folder).to_lowercase(), planners: planners(root) }
        }
        kind => {
            let (what, why) = kinds::nothing(kind);
            Says::Nothing(what, why)
        }
    }
}

/// The planners that a bot or a version of one names.
fn planners(root: &Element) -> Vec<String> {
    let named = root.walk().filter(|element| element.local() == "genAiPlannerName");
    named.map(|element| element.text.to_lowercase()).collect()
}

/// Where calls go to.
fn credential(root: &Element, label: &str, left_out: &mut LeftOut) -> Says {
    let parameters = || root.all("namedCredentialParameters");
    let url = parameters().find(|one| one.text_of("parameterType") == Some("Url"));
    let address = root.text_of("endpoint").or_else(|| url?.text_of("parameterValue"));
    let externals = parameters().filter_map(|one| one.text_of("externalCredential")).map(str::to_lowercase);
    Says::Credential {
        address: endpoint::address(address, label, left_out),
        externals: externals.collect(),
        is_on: root.text_of("calloutStatus") != Some("Disabled"),
    }
}

/// A service with its description.
fn described(root: &Element, label: &str, left_out: &mut LeftOut) -> Says {
    let service = root.text_of("schema").map(service::service).unwrap_or_default();
    let credential = root.text_of("namedCredential").or_else(|| root.text_of("namedCredentialReference"));
    let address = endpoint::address(service.address.as_deref(), label, left_out);
    Says::Service { service, credential: credential.map(str::to_lowercase), address }
}

fn message(element: &Element, senders: &BTreeMap<&str, bool>, object: &str, left_out: &mut LeftOut) -> Says {
    let message = workflow::message(element, senders);
    let name = element.text_of("name").or_else(|| element.text_of("fullName")).unwrap_or(object);
    let address = endpoint::address(message.address.as_deref(), name, left_out);
    Says::Message { message, address, object: object.to_owned() }
}

/// An application that is let in. One that only lets people log in reads and writes nothing.
fn app(root: &Element, label: &str, left_out: &mut LeftOut) -> Says {
    const NO_DATA: [&str; 8] = ["OpenID", "Basic", "Profile", "Email", "Address", "Phone", "RefreshToken", "Web"];
    let Some(oauth) = root.all("oauthConfig").next() else { return Says::App(None) };
    if !oauth.all("scopes").any(|scope| !NO_DATA.contains(&scope.text.as_str())) {
        return Says::App(None);
    }
    let called = endpoint::called(label, left_out);
    let back = oauth.text_of("callbackUrl").and_then(|url| url.split_whitespace().next());
    let by_host = match endpoint::address(back, label, left_out) {
        Address::System(named, _) if !named.is_unknown() => Some(named),
        _ => None,
    };
    Says::App(match called {
        Some(named) if named.is_unknown() => by_host.or(Some(named)),
        called => called.or(by_host),
    })
}

/// Counts what must not come out.
fn secrets(root: &Element, left_out: &mut LeftOut) {
    for element in root.walk() {
        if SECRET.contains(&element.local()) && !element.text.is_empty() {
            left_out.count(element.local(), 1);
        }
        if element.local() == "parameterValue" && element.text.len() < 1_000 && !element.text.contains("://") {
            left_out.count("parameterValue", 1);
        }
    }
}
