//! The parts of a package that say what the others are: types, relationships, children of the main part.

use std::collections::BTreeMap;

use quick_xml::events::{BytesStart, Event};
use quick_xml::{Reader, XmlVersion};

use super::error::TemplateError;
use crate::deck::package::{Relationship, relationships_name};

type Files = BTreeMap<String, Vec<u8>>;

/// Content types by part and by ending.
pub(super) struct Types {
    parts: BTreeMap<String, String>,
    endings: BTreeMap<String, String>,
}

impl Types {
    /// The content type of a part.
    pub(super) fn of(&self, part: &str) -> String {
        let ending = part.rsplit_once('.').map_or("", |(_, e)| e).to_ascii_lowercase();
        let found = self.parts.get(part).or_else(|| self.endings.get(&ending));
        found.map_or_else(|| "application/octet-stream".to_owned(), String::clone)
    }
}

/// The text of a part.
pub(super) fn text<'f>(files: &'f Files, part: &str) -> Result<&'f str, TemplateError> {
    let bytes = files.get(part).ok_or_else(|| TemplateError::Missing(format!("the part `{part}`")))?;
    let text = std::str::from_utf8(bytes)
        .map_err(|_| TemplateError::Malformed { part: part.into(), why: "it is not UTF-8".into() })?;
    Ok(text.trim_start_matches('\u{feff}'))
}

/// Elements within each other that a part may have. What Office writes stays far below, and readers of the deck refuse
/// more than 256.
const DEEPEST: usize = 200;

/// Calls `see` with every opening or empty element of `xml`. A document type is refused, as it may hold entities that
/// other readers expand or fetch, and so is what is nested deeper than readers of the deck go.
pub(super) fn elements(part: &str, xml: &str, mut see: impl FnMut(&BytesStart<'_>)) -> Result<(), TemplateError> {
    let refused = |why: String| Err(TemplateError::Malformed { part: part.into(), why: why.into() });
    let mut reader = Reader::from_str(xml);
    let mut depth = 0_usize;
    loop {
        match reader.read_event() {
            Ok(Event::Start(e)) => {
                depth += 1;
                if depth > DEEPEST {
                    return refused(format!("its elements are nested more than {DEEPEST} deep"));
                }
                see(&e);
            }
            Ok(Event::Empty(e)) => see(&e),
            Ok(Event::End(_)) => depth = depth.saturating_sub(1),
            Ok(Event::DocType(_)) => {
                return refused("it has a document type (`<!DOCTYPE`), which no presentation needs".into());
            }
            Ok(Event::Eof) => return Ok(()),
            Ok(_) => {}
            Err(e) => return Err(TemplateError::Malformed { part: part.into(), why: e.into() }),
        }
    }
}

/// The value of an attribute, told by its name without prefix.
pub(super) fn value(e: &BytesStart<'_>, key: &str) -> Option<String> {
    let found = e.attributes().flatten().find(|a| a.key.local_name().as_ref() == key)?;
    found.normalized_value(XmlVersion::Implicit1_0).ok().map(|v| v.into_owned())
}

/// The value of an attribute of the first element of `xml`.
pub(super) fn attribute(xml: &str, key: &str) -> Option<String> {
    let mut found = None;
    let mut is_first = true;
    let read = elements("", xml, |e| {
        if std::mem::take(&mut is_first) {
            found = value(e, key);
        }
    });
    read.ok().and(found)
}

/// What the package says of content types.
pub(super) fn types(files: &Files) -> Result<Types, TemplateError> {
    let part = "[Content_Types].xml";
    let mut types = Types { parts: BTreeMap::new(), endings: BTreeMap::new() };
    elements(part, text(files, part)?, |e| {
        let kind = value(e, "ContentType");
        match (e.local_name().as_ref(), value(e, "PartName"), value(e, "Extension"), kind) {
            ("Override", Some(name), _, Some(kind)) => {
                types.parts.insert(name.trim_start_matches('/').to_owned(), kind);
            }
            ("Default", _, Some(ending), Some(kind)) => {
                types.endings.insert(ending.to_ascii_lowercase(), kind);
            }
            _ => {}
        }
    })?;
    Ok(types)
}

/// The relationships of a part, targets as names of parts; of the package itself for "".
pub(super) fn relationships(files: &Files, part: &str) -> Result<Vec<Relationship>, TemplateError> {
    let from = relationships_name(part);
    let mut all = Vec::new();
    elements(&from, text(files, &from)?, |e| {
        if let (Some(id), Some(kind), Some(target)) = (value(e, "Id"), value(e, "Type"), value(e, "Target")) {
            let external = value(e, "TargetMode").is_some_and(|mode| mode == "External");
            let target = if external { target } else { named(files, &resolved(part, &target)) };
            all.push(Relationship { id, kind, target, external });
        }
    })?;
    Ok(all)
}

/// `target` as seen from the folder of `part`; never above the package.
fn resolved(part: &str, target: &str) -> String {
    let mut path: Vec<&str> = if target.starts_with('/') { Vec::new() } else { part.split('/').collect() };
    path.pop();
    for step in target.split('/') {
        match step {
            "" | "." => {}
            ".." => {
                path.pop();
            }
            step => path.push(step),
        }
    }
    path.join("/")
}

/// The file of that name, letters' case aside, as Office reads names.
fn named(files: &Files, name: &str) -> String {
    if files.contains_key(name) {
        return name.to_owned();
    }
    files.keys().find(|k| k.eq_ignore_ascii_case(name)).map_or_else(|| name.to_owned(), String::clone)
}

/// The opening tag of `xml`'s root, and its children as they are written, by name without prefix.
pub(super) fn children(part: &str, xml: &str) -> Result<(String, BTreeMap<String, String>), TemplateError> {
    let malformed = |why: Box<dyn std::error::Error + Send + Sync>| TemplateError::Malformed { part: part.into(), why };
    let mut reader = Reader::from_str(xml);
    let (mut depth, mut root, mut begin, mut name) = (0_usize, String::new(), 0_usize, String::new());
    let mut pieces = BTreeMap::new();
    loop {
        let before = reader.buffer_position() as usize;
        let event = reader.read_event().map_err(|e| malformed(e.into()))?;
        let after = reader.buffer_position() as usize;
        let slice = |from: usize| xml.get(from..after).unwrap_or_default().to_owned();
        match event {
            Event::Start(e) => {
                match depth {
                    0 => root = slice(before),
                    1 => (begin, name) = (before, e.local_name().as_ref().to_owned()),
                    _ => {}
                }
                depth += 1;
            }
            Event::Empty(e) if depth == 1 => {
                pieces.insert(e.local_name().as_ref().to_owned(), slice(before));
            }
            Event::End(_) => {
                depth = depth.saturating_sub(1);
                if depth == 1 {
                    pieces.insert(name.clone(), slice(begin));
                }
            }
            Event::Eof if root.is_empty() => return Err(malformed("it holds no element".into())),
            Event::Eof => return Ok((root, pieces)),
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn targets_stay_in_the_package() {
        assert_eq!(resolved("ppt/slides/s.xml", "../media/i.png"), "ppt/media/i.png");
        assert_eq!(resolved("ppt/slides/s.xml", "/ppt/x.xml"), "ppt/x.xml");
        assert_eq!(resolved("a.xml", "../../../etc/passwd"), "etc/passwd");
        assert_eq!(resolved("", "ppt/presentation.xml"), "ppt/presentation.xml");
    }

    #[test]
    fn children_are_cut_out_as_written() {
        let (root, pieces) =
            children("x", "<?xml version=\"1.0\"?><p:a b=\"1\"><p:c><p:c/></p:c><p:d e=\"2\"/></p:a>").unwrap();
        assert_eq!(root, "<p:a b=\"1\">");
        assert_eq!(pieces["c"], "<p:c><p:c/></p:c>");
        assert_eq!(pieces["d"], "<p:d e=\"2\"/>");
    }
}
