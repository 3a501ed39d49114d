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
    /// Those of them that have no prefix.
    plain: BTreeMap<String, String>,
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

    /// All words beneath it.
    pub(crate) fn words(&self) -> String {
        self.all("t").iter().map(|t| t.text.as_str()).collect()
    }

    pub(crate) fn first(&self, name: &str) -> Option<&Element> {
        self.all(name).into_iter().next()
    }
}

fn parse(part: &str, xml: &str) -> Element {
    let mut reader = Reader::from_str(xml);
    let mut open = vec![Element::default()];
    let start = |e: &BytesStart<'_>| {
        let mut element = Element { name: e.local_name().as_ref().to_owned(), ..Element::default() };
        for a in e.attributes() {
            let a = a.unwrap_or_else(|e| panic!("{part}: {e}"));
            let value = a.normalized_value(XmlVersion::Explicit1_0).unwrap_or_else(|e| panic!("{part}: {e}"));
            let name = a.key.local_name().as_ref().to_owned();
            if a.key.prefix().is_none() {
                element.plain.insert(name.clone(), value.clone().into_owned());
            }
            element.attributes.insert(name, value.into_owned());
        }
        element
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

    /// The words in the title of a slide.
    pub(crate) fn title(&self, slide: &str) -> String {
        let shapes = self.parts[slide].all("sp");
        let is_title = |shape: &&&Element| shape.all("ph").iter().any(|ph| ph.attribute("type").ends_with("itle"));
        shapes.iter().find(|shape| is_title(shape)).map(|shape| shape.words()).unwrap_or_default()
    }

    /// What the relationships of a part lead to, by id.
    fn leads(&self, part: &str) -> BTreeMap<&str, String> {
        let (folder, file) = part.rsplit_once('/').unwrap();
        let all = self.parts[&format!("{folder}/_rels/{file}.rels")].all("Relationship");
        let named = |target: &str| match target.strip_prefix("../") {
            Some(rest) => format!("{}/{rest}", folder.rsplit_once('/').unwrap().0),
            None => format!("{folder}/{target}"),
        };
        all.into_iter().map(|r| (r.attribute("Id"), named(r.attribute("Target")))).collect()
    }

    /// The parts of the slides in their order.
    pub(crate) fn listed(&self) -> Vec<String> {
        self.numbered().into_iter().map(|(_, part)| part).collect()
    }

    fn numbered(&self) -> Vec<(&str, String)> {
        let main = "ppt/presentation.xml";
        let leads = self.leads(main);
        let all = self.parts[main].first("sldIdLst").unwrap().all("sldId");
        all.into_iter().map(|e| (e.plain["id"].as_str(), leads[e.attribute("id")].clone())).collect()
    }

    /// The sections with the parts of their slides.
    pub(crate) fn sections(&self) -> Vec<(String, Vec<String>)> {
        let parts: BTreeMap<&str, String> = self.numbered().into_iter().collect();
        let slides = |section: &Element| -> Vec<String> {
            section.all("sldId").iter().map(|e| parts[e.attribute("id")].clone()).collect()
        };
        let all = self.parts["ppt/presentation.xml"].all("section");
        all.into_iter().map(|e| (e.attribute("name").to_owned(), slides(e))).collect()
    }

    /// The links of a slide to others: words, part.
    pub(crate) fn links(&self, slide: &str) -> Vec<(String, String)> {
        let leads = self.leads(slide);
        let shapes = self.parts[slide].all("sp");
        let link = |shape: &&Element| {
            let link = shape.first("hlinkClick")?;
            assert_eq!(link.attribute("action"), "ppaction://hlinksldjump");
            Some((shape.words(), leads[link.attribute("id")].clone()))
        };
        shapes.iter().filter_map(link).collect()
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
                    // Sections name slides by their number alone.
                    let is_led = |e: &&Element| e.plain.get("id").is_none_or(|own| own != e.attribute("id"));
                    for e in part_root.all(list).into_iter().filter(is_led) {
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
