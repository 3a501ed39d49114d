//! A package opened again, independently of the writer.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{Cursor, Read as _};

use quick_xml::events::{BytesStart, Event};
use quick_xml::{Reader, XmlVersion};

/// An element without its prefixes.
#[derive(Debug, Default)]
pub(crate) struct Element {
    pub(crate) name: String,
    attributes: BTreeMap<String, String>,
    pub(crate) children: Vec<Element>,
    text: String,
}

impl Element {
    pub(crate) fn attribute(&self, key: &str) -> &str {
        self.attributes.get(key).map_or("", String::as_str)
    }

    /// The element and all beneath it that have this name.
    pub(crate) fn all(&self, name: &str) -> Vec<&Element> {
        let mut found = if self.name == name { vec![self] } else { Vec::new() };
        found.extend(self.children.iter().flat_map(|c| c.all(name)));
        found
    }

    pub(crate) fn first(&self, name: &str) -> Option<&Element> {
        self.all(name).into_iter().next()
    }
}

fn parse(part: &str, xml: &str) -> Element {
    let mut reader = Reader::from_str(xml);
    let mut open = vec![Element::default()];
    let start = |e: &BytesStart<'_>| {
        let attributes = e.attributes().map(|a| {
            let a = a.unwrap_or_else(|e| panic!("{part}: {e}"));
            let value = a.normalized_value(XmlVersion::Explicit1_0).unwrap_or_else(|e| panic!("{part}: {e}"));
            (a.key.local_name().as_ref().to_owned(), value.into_owned())
        });
        Element { name: e.local_name().as_ref().to_owned(), attributes: attributes.collect(), ..Element::default() }
    };
    loop {
        match reader.read_event().unwrap_or_else(|e| panic!("{part} is well-formed: {e}")) {
            Event::Start(e) => open.push(start(&e)),
            Event::Empty(e) => open.last_mut().unwrap().children.push(start(&e)),
            Event::End(_) => {
                let done = open.pop().unwrap();
                open.last_mut().unwrap().children.push(done);
            }
            Event::Text(t) => open.last_mut().unwrap().text.push_str(&t.xml10_content()),
            Event::GeneralRef(_) => open.last_mut().unwrap().text.push('&'),
            Event::Eof => break,
            _ => {}
        }
    }
    assert!(
        !xml.chars().any(|c| (c < ' ' && !matches!(c, '\n' | '\t' | '\r')) || matches!(c, '\u{fffe}' | '\u{ffff}')),
        "{part} holds only what XML may hold"
    );
    assert_eq!(open.len(), 1, "{part}");
    open.pop().unwrap().children.pop().unwrap_or_else(|| panic!("{part} has a root"))
}

pub(crate) struct Opened {
    names: BTreeSet<String>,
    parts: BTreeMap<String, Element>,
}

impl Opened {
    pub(crate) fn of(bytes: &[u8]) -> Opened {
        let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
        let mut opened = Opened { names: BTreeSet::new(), parts: BTreeMap::new() };
        for i in 0..archive.len() {
            let mut file = archive.by_index(i).unwrap();
            let name = file.name().unwrap().into_owned();
            let mut text = String::new();
            if name.ends_with(".xml") || name.ends_with(".rels") {
                file.read_to_string(&mut text).unwrap();
                opened.parts.insert(name.clone(), parse(&name, &text));
            }
            assert!(opened.names.insert(name), "names are unique");
        }
        opened
    }

    pub(crate) fn slides(&self) -> impl Iterator<Item = (&str, &Element)> {
        self.parts.iter().filter(|(n, _)| n.starts_with("ppt/slides/slide")).map(|(n, e)| (n.as_str(), e))
    }

    pub(crate) fn slide_size(&self) -> (i64, i64) {
        let size = self.parts["ppt/presentation.xml"].first("sldSz").unwrap();
        (size.attribute("cx").parse().unwrap(), size.attribute("cy").parse().unwrap())
    }

    /// Text of paragraphs in parts whose names begin so.
    pub(crate) fn texts(&self, prefix: &str) -> Vec<String> {
        let parts = self.parts.iter().filter(|(n, _)| n.starts_with(prefix));
        parts.flat_map(|(_, e)| e.all("t").into_iter().map(|t| t.text.clone())).collect()
    }

    /// Every relationship leads to a part, every part is led to, every `r:id` has its relationship.
    pub(crate) fn check_relationships(&self) {
        let mut reached: BTreeSet<String> = BTreeSet::new();
        for (name, root) in self.parts.iter().filter(|(n, _)| n.ends_with(".rels")) {
            let folder = name.replace("_rels/", "");
            let folder = folder.rsplit_once('/').map_or("", |(f, _)| f);
            let mut ids = BTreeSet::new();
            for r in root.all("Relationship") {
                assert!(ids.insert(r.attribute("Id")), "{name}: ids are unique");
                if r.attribute("TargetMode") == "External" {
                    continue;
                }
                let mut path: Vec<&str> = folder.split('/').filter(|s| !s.is_empty()).collect();
                for step in r.attribute("Target").split('/') {
                    if step == ".." {
                        path.pop().expect("within the package");
                    } else {
                        path.push(step);
                    }
                }
                let target = path.join("/");
                assert!(self.names.contains(&target), "{name} leads to {target}, which is there");
                reached.insert(target);
            }
            let part = name.replace("_rels/", "").replace(".rels", "");
            if let Some(part_root) = self.parts.get(&part) {
                for list in ["sldId", "sldMasterId", "sldLayoutId", "notesMasterId"] {
                    for e in part_root.all(list) {
                        // The second of `id` and `r:id`, which share a local name, is the relationship.
                        assert!(ids.contains(e.attribute("id")), "{part}: {list}");
                    }
                }
            }
        }
        for name in self.names.iter().filter(|n| !n.ends_with(".rels") && *n != "[Content_Types].xml") {
            assert!(reached.contains(name), "{name} is led to");
        }
    }

    pub(crate) fn check_content_types(&self) {
        let types = &self.parts["[Content_Types].xml"];
        let mut stated: BTreeSet<&str> = BTreeSet::new();
        for e in types.all("Override") {
            let part = e.attribute("PartName").trim_start_matches('/');
            assert!(self.names.contains(part), "{part} is there");
            assert!(stated.insert(part), "{part} has one type");
        }
        for name in self.names.iter().filter(|n| !n.ends_with(".rels") && *n != "[Content_Types].xml") {
            assert!(stated.contains(name.as_str()), "{name} has a type");
        }
    }
}
