//! One entity of a catalog, as far as it speaks of systems.

use serde_json::Value;

use crate::import::clean::LeftOut;
use crate::import::json::{list, text};

/// What an entity is known by, in lower case: kind, namespace, name.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Ref {
    pub(super) kind: String,
    pub(super) namespace: String,
    pub(super) name: String,
}

impl Ref {
    /// Reads `[kind:][namespace/]name`; what is left out is `kind` and `namespace`.
    pub(super) fn read(text: &str, kind: &str, namespace: &str) -> Option<Self> {
        let (kind, rest) = text.split_once(':').unwrap_or((kind, text));
        let (namespace, name) = rest.split_once('/').unwrap_or((namespace, rest));
        let lower = |word: &str| word.trim().to_lowercase();
        let read = Self { kind: lower(kind), namespace: lower(namespace), name: lower(name) };
        (!read.name.is_empty()).then_some(read)
    }
}

/// An entity; every text in it is fit to be shown.
#[derive(Clone, Debug)]
pub(super) struct Entity {
    pub(super) id: Ref,
    /// Its name with its letters as written.
    pub(super) name: String,
    pub(super) title: String,
    pub(super) description: String,
    /// `spec.type`, in lower case.
    pub(super) is: String,
    pub(super) lifecycle: String,
    pub(super) owner: Option<Ref>,
    pub(super) system: Option<Ref>,
    pub(super) domain: Option<Ref>,
    pub(super) provides: Vec<Ref>,
    pub(super) consumes: Vec<Ref>,
    pub(super) depends_on: Vec<Ref>,
    /// Who depends on it.
    pub(super) needed_by: Vec<Ref>,
    /// Of an API: who provides and consumes it.
    pub(super) provided_by: Vec<Ref>,
    pub(super) consumed_by: Vec<Ref>,
    /// How many members a group lists.
    pub(super) members: usize,
}

impl Entity {
    /// Reads an entity; of persons nothing but that there is one.
    pub(super) fn read(value: &Value, left_out: &mut LeftOut) -> Option<Self> {
        let kind = text(value, "kind")?.to_lowercase();
        let metadata = value.get("metadata")?;
        let name = Some(left_out.name(text(metadata, "name")?)).filter(|name| !name.is_empty())?;
        let namespace = left_out.name(text(metadata, "namespace").unwrap_or("default")).to_lowercase();
        let none = Value::Null;
        let spec = value.get("spec").unwrap_or(&none);
        let profile = spec.get("profile").unwrap_or(&none);
        let is_person = kind == "user";
        left_out.count("name of a person", usize::from(is_person));
        left_out.count("member of a group", list(spec, "members").len());
        left_out.count("definition of an API", usize::from(spec.get("definition").is_some()));
        left_out.count(
            "annotation",
            metadata.get("annotations").and_then(Value::as_object).map_or(0, serde_json::Map::len),
        );
        let description = text(metadata, "description").filter(|_| !is_person).unwrap_or_default();
        let description = left_out.clean(description);
        let mut said = |text: Option<&str>| left_out.name(text.filter(|_| !is_person).unwrap_or_default());
        let title = said(text(metadata, "title").or_else(|| text(profile, "displayName")));
        let (is, lifecycle) = (said(text(spec, "type")).to_lowercase(), said(text(spec, "lifecycle")).to_lowercase());
        let mut one = |key: &str, kind: &str| {
            text(spec, key).map(|text| left_out.name(text)).and_then(|text| Ref::read(&text, kind, &namespace))
        };
        let (owner, system, domain) = (one("owner", "group"), one("system", "system"), one("domain", "domain"));
        // The catalog's own JSON has relations beside what the file says.
        let mut many = |keys: &[&str], relation: &str, kind: &str| -> Vec<Ref> {
            let stated = keys.iter().flat_map(|key| list(spec, key)).filter_map(Value::as_str);
            let related = list(value, "relations").iter().filter(|one| text(one, "type") == Some(relation));
            let mut all: Vec<Ref> = stated
                .chain(related.filter_map(|one| text(one, "targetRef")))
                .filter_map(|text| Ref::read(&left_out.name(text), kind, &namespace))
                .collect();
            all.sort();
            all.dedup();
            all
        };
        Some(Self {
            title,
            description,
            is,
            lifecycle,
            owner,
            system,
            domain,
            provides: many(&["providesApis"], "providesApi", "api"),
            consumes: many(&["consumesApis"], "consumesApi", "api"),
            depends_on: many(&["dependsOn"], "dependsOn", "component"),
            needed_by: many(&["dependencyOf"], "dependencyOf", "component"),
            provided_by: many(&["apiProvidedBy"], "apiProvidedBy", "component"),
            consumed_by: many(&["apiConsumedBy"], "apiConsumedBy", "component"),
            members: list(spec, "members").len(),
            id: Ref { kind, namespace, name: name.to_lowercase() },
            name,
        })
    }

    /// How people call it.
    pub(super) fn shown(&self) -> &str {
        if self.title.is_empty() { &self.name } else { &self.title }
    }

    /// Its kind and name, as places are called.
    pub(super) fn at(&self) -> String {
        format!("{} {}", self.id.kind, self.name)
    }

    /// Whether it runs by itself: a library is built into what uses it.
    pub(super) fn runs(&self) -> bool {
        !matches!(self.is.as_str(), "library" | "documentation" | "docs" | "package")
    }
}
