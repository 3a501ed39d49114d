//! Elements and relations of a model, alike in both formats.

use std::collections::BTreeMap;

use crate::import::xml::Element;

/// A model.
#[derive(Debug, Default)]
pub(super) struct Model {
    pub(super) elements: Vec<Part>,
    pub(super) relations: Vec<Relation>,
}

/// An element of a model.
#[derive(Debug)]
pub(super) struct Part {
    pub(super) id: String,
    /// Its type without prefixes, as ArchiMate 3 calls it.
    pub(super) kind: String,
    pub(super) name: String,
    pub(super) documentation: String,
    /// By key in lower case.
    pub(super) properties: BTreeMap<String, String>,
}

/// A relation between elements, or between an element and a relation.
#[derive(Debug)]
pub(super) struct Relation {
    pub(super) id: String,
    /// Its type without prefixes and `Relationship`.
    pub(super) kind: String,
    pub(super) name: String,
    pub(super) source: String,
    pub(super) target: String,
    pub(super) access: Access,
    pub(super) properties: BTreeMap<String, String>,
    /// Line of the file, from 1.
    pub(super) line: usize,
}

/// What an access does to its object.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Access {
    Read,
    Write,
    Both,
    /// The model does not say.
    Silent,
}

/// The sign of a root element: that of Archi, or the namespace of the Open Exchange Format.
pub(super) fn sign(root: &Element) -> Option<&'static str> {
    if root.name == "archimate:model" {
        return Some("archimate:model");
    }
    let is_open = |(key, value): &(String, String)| {
        key.starts_with("xmlns") && value.starts_with("http://www.opengroup.org/xsd/archimate")
    };
    (root.local() == "model" && root.attributes.iter().any(is_open)).then_some("model of the Open Exchange Format")
}

/// Reads a model.
pub(super) fn model(root: &Element) -> Model {
    let is_archi = root.name == "archimate:model";
    let names: BTreeMap<&str, &str> = root
        .all("propertyDefinitions")
        .flat_map(|all| all.all("propertyDefinition"))
        .filter_map(|one| Some((one.attribute("identifier")?, one.text_of("name").or(one.attribute("name"))?)))
        .collect();
    let mut model = Model::default();
    let is_one = |element: &&Element| matches!(element.local(), "element" | "relationship");
    for element in root.walk().filter(is_one) {
        let id = element.attribute(if is_archi { "id" } else { "identifier" });
        let kind = element.attributes.iter().find(|(key, _)| key.ends_with(":type")).map(|(_, kind)| kind.as_str());
        let (Some(id), Some(kind)) = (id, kind) else { continue };
        let kind = kind.rsplit(':').next().unwrap_or(kind);
        let name = element.attribute("name").or_else(|| element.text_of("name")).or_else(|| element.text_of("label"));
        let (id, name) = (id.to_owned(), name.unwrap_or_default().to_owned());
        let properties = properties(element, &names);
        let relation = kind.strip_suffix("Relationship").or((element.local() == "relationship").then_some(kind));
        match (relation, element.attribute("source"), element.attribute("target")) {
            (Some(kind), Some(source), Some(target)) => model.relations.push(Relation {
                id,
                kind: newer(kind).to_owned(),
                name,
                source: source.to_owned(),
                target: target.to_owned(),
                access: access(element.attribute("accessType"), is_archi),
                properties,
                line: element.line,
            }),
            // Views are pictures of what the model holds.
            _ if kind.ends_with("Model") || relation.is_some() => {}
            _ => model.elements.push(Part {
                id,
                kind: newer(kind).to_owned(),
                name,
                documentation: element.text_of("documentation").unwrap_or_default().to_owned(),
                properties,
            }),
        }
    }
    model
}

/// What ArchiMate 3 calls a type of an earlier edition.
fn newer(kind: &str) -> &str {
    match kind {
        "UsedBy" => "Serving",
        "Realisation" => "Realization",
        "InfrastructureService" => "TechnologyService",
        "InfrastructureFunction" => "TechnologyFunction",
        "InfrastructureInterface" => "TechnologyInterface",
        other => other,
    }
}

fn access(said: Option<&str>, is_archi: bool) -> Access {
    match said {
        Some("1" | "Read") => Access::Read,
        Some("3" | "ReadWrite") => Access::Both,
        Some("0" | "Write") => Access::Write,
        // Archi leaves out what is written most.
        None if is_archi => Access::Write,
        _ => Access::Silent,
    }
}

fn properties(element: &Element, names: &BTreeMap<&str, &str>) -> BTreeMap<String, String> {
    let own = element.all("property").chain(element.all("properties").flat_map(|all| all.all("property")));
    own.filter_map(|property| {
        let by_name = || names.get(property.attribute("propertyDefinitionRef")?).copied();
        let key = property.attribute("key").or_else(by_name)?;
        let value = property.attribute("value").or_else(|| property.text_of("value"))?;
        Some((key.trim().to_lowercase(), value.to_owned()))
    })
    .collect()
}
