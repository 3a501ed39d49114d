//! An Office package: parts, their content types and their relationships, as one zip archive.

use std::collections::BTreeMap;
use std::io::{Cursor, Write as _};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

use super::xml::{HEAD, asset, words};

/// Where the types of relationships of the Office formats begin.
pub(super) const REL: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

/// One relationship of a part.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Relationship {
    /// Its id, unique in the part.
    pub(super) id: String,
    /// Its type, in full.
    pub(super) kind: String,
    /// A part's name without leading slash, or an address where `external`.
    pub(super) target: String,
    /// Whether it leads out of the package.
    pub(super) external: bool,
}

/// A part: its bytes, its content type and where it leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Part {
    pub(super) bytes: Vec<u8>,
    pub(super) content_type: String,
    pub(super) relationships: Vec<Relationship>,
}

impl Part {
    /// A part of this content type without relationships.
    pub(super) fn new(content_type: &str, bytes: impl Into<Vec<u8>>) -> Part {
        Part { bytes: bytes.into(), content_type: content_type.into(), relationships: Vec::new() }
    }

    /// The part with one more relationship of an Office type (`slide`, `theme`); ids count from rId1.
    pub(super) fn leading_to(mut self, kind: &str, target: &str) -> Part {
        self.relate(kind, target);
        self
    }

    /// Adds a relationship and gives its id, one that the part has not used yet.
    pub(super) fn relate(&mut self, kind: &str, target: &str) -> String {
        let mut number = self.relationships.len() + 1;
        while self.relationships.iter().any(|r| r.id == format!("rId{number}")) {
            number += 1;
        }
        let id = format!("rId{number}");
        self.relationships.push(Relationship {
            id: id.clone(),
            kind: format!("{REL}/{kind}"),
            target: target.into(),
            external: false,
        });
        id
    }
}

/// All parts by name, without leading slash; same parts, same bytes.
#[derive(Debug, Clone, Default)]
pub(super) struct Package {
    pub(super) parts: BTreeMap<String, Part>,
}

impl Package {
    /// The archive, `ppt/presentation.xml` being what it is about.
    pub(super) fn bytes(&self) -> Vec<u8> {
        let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
        let options = SimpleFileOptions::default()
            .compression_method(CompressionMethod::Deflated)
            .last_modified_time(DateTime::default())
            .unix_permissions(0o644);
        let mut add = |name: &str, bytes: &[u8]| {
            zip.start_file(name, options).expect("names are unique and short");
            zip.write_all(bytes).expect("memory takes every byte");
        };
        // Readers expect the list of types first.
        add("[Content_Types].xml", self.content_types().as_bytes());
        add("_rels/.rels", asset(include_str!("../../assets/deck/package-relationships.xml")).as_bytes());
        for (name, part) in &self.parts {
            add(name, &part.bytes);
            if !part.relationships.is_empty() {
                add(&relationships_name(name), relationships(name, &part.relationships).as_bytes());
            }
        }
        zip.finish().expect("memory takes every byte").into_inner()
    }

    fn content_types(&self) -> String {
        let mut out = format!(
            "{HEAD}<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">\
             <Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>\
             <Default Extension=\"xml\" ContentType=\"application/xml\"/>"
        );
        for (name, part) in &self.parts {
            let kind = words(&part.content_type);
            out.push_str(&format!("<Override PartName=\"/{}\" ContentType=\"{kind}\"/>", words(name)));
        }
        out.push_str("</Types>");
        out
    }
}

/// The name of the part that holds the relationships of `part`.
pub(super) fn relationships_name(part: &str) -> String {
    let (folder, file) = part.rsplit_once('/').unwrap_or(("", part));
    if folder.is_empty() { format!("_rels/{file}.rels") } else { format!("{folder}/_rels/{file}.rels") }
}

fn relationships(from: &str, all: &[Relationship]) -> String {
    let mut out =
        format!("{HEAD}<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">");
    for r in all {
        let (target, mode) =
            if r.external { (r.target.clone(), " TargetMode=\"External\"") } else { (relative(from, &r.target), "") };
        let (id, kind, target) = (words(&r.id), words(&r.kind), words(&target));
        out.push_str(&format!("<Relationship Id=\"{id}\" Type=\"{kind}\" Target=\"{target}\"{mode}/>"));
    }
    out.push_str("</Relationships>");
    out
}

/// `to` as seen from the folder of the part `from`.
fn relative(from: &str, to: &str) -> String {
    let mut here: Vec<&str> = from.split('/').collect();
    here.pop();
    let there: Vec<&str> = to.split('/').collect();
    let shared = here.iter().zip(&there).take_while(|(a, b)| a == b).count().min(there.len().saturating_sub(1));
    let mut path = vec![".."; here.len() - shared];
    path.extend(&there[shared..]);
    path.join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_relative() {
        assert_eq!(relative("ppt/slides/slide1.xml", "ppt/slideLayouts/l.xml"), "../slideLayouts/l.xml");
        assert_eq!(relative("ppt/presentation.xml", "ppt/slides/slide1.xml"), "slides/slide1.xml");
        assert_eq!(relative("a/b/c.xml", "d.xml"), "../../d.xml");
        assert_eq!(relationships_name("ppt/presentation.xml"), "ppt/_rels/presentation.xml.rels");
    }
}
