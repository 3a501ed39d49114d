//! Metadata of a Salesforce org: what it may call, who may call it, and what in it does.
//!
//! Components stand in files of their own and name each other, so all files are read before anything is said: a named
//! credential says where to, the class or the flow that uses it says that something moves, and which way.

mod apex;
mod components;
mod endpoint;
mod evidence;
mod flow;
mod kinds;
mod maker;
mod packages;
mod same;
mod service;
mod workflow;

use super::clean::LeftOut;
use super::draft::Origin;
use super::joined::{Part, Spare};
use super::opened::Opened;
use super::reading::Reading;
use super::xml::{self, Element};
use components::Component;
use evidence::Evidence;
use maker::Maker;

/// The name space of every component.
const NAMESPACE: &str = "http://soap.sforce.com/2006/04/metadata";

/// The sign of a component, in a project or as the Metadata API gives it.
pub(super) fn sign(opened: &Opened<'_>) -> Option<&'static str> {
    let root = opened.xml.as_ref()?.as_ref().ok()?;
    is_component(root).then_some("soap.sforce.com/2006/04/metadata")
}

fn is_component(root: &Element) -> bool {
    root.attributes.iter().any(|(name, value)| (name == "xmlns" || name.starts_with("xmlns:")) && value == NAMESPACE)
}

/// Reads the components of all inputs.
pub(super) fn read(parts: &[Part<'_>], spare: &mut Spare, left_out: &mut LeftOut) -> Vec<Reading> {
    let mut readings: Vec<Reading> = parts.iter().map(|_| Reading::default()).collect();
    let mut components: Vec<Component> = Vec::new();
    for (at, part) in parts.iter().enumerate() {
        match xml::parse(part.text) {
            Ok(root) => components.extend(components::of(&part.file, at, &root, spare, left_out)),
            Err(fault) => readings[at].faults.push(fault),
        }
    }
    same::unite(&mut components);
    let evidence = Evidence::of(&components, left_out);
    for (number, component) in components.iter().enumerate() {
        let origin = Origin {
            file: parts[component.part].file.name.to_owned(),
            at: component.place(),
            key: format!("salesforce:{}/{}", component.kind, component.name),
        };
        let reading = &mut readings[component.part];
        let mut maker = Maker::new(&evidence, &mut reading.draft, origin, parts[component.part].file.input);
        if number == 0 {
            maker.org();
        }
        maker.component(component);
    }
    readings
}
