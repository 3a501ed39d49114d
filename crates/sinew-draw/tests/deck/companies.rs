//! Templates as companies have them, made of a deck of ours.

use std::io::{Cursor, Write as _};

use zip::write::SimpleFileOptions;

/// The deck `ours`, its parts as `change` leaves them.
pub(crate) fn changed(ours: &[u8], change: impl Fn(&str, String) -> Option<String>) -> Vec<u8> {
    let mut archive = zip::ZipArchive::new(Cursor::new(ours)).unwrap();
    let mut out = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for i in 0..archive.len() {
        let file = archive.by_index(i).unwrap();
        let name = file.name().unwrap().into_owned();
        let text = std::io::read_to_string(file).unwrap();
        if let Some(text) = change(&name, text) {
            out.start_file(name, SimpleFileOptions::default()).unwrap();
            out.write_all(text.as_bytes()).unwrap();
        }
    }
    out.finish().unwrap().into_inner()
}

/// Templates made of the dark deck `ours`.
pub(crate) fn companies(ours: &[u8]) -> [(&'static str, Vec<u8>); 5] {
    [
        ("their own file", changed(ours, |_, text| Some(text))),
        ("one layout", changed(ours, |name, text| Some(of_one_layout(name, &text)))),
        ("4 to 3", changed(ours, |name, text| Some(of_four_to_three(name, &text)))),
        ("a dark master", changed(ours, |name, text| Some(of_dark_master(name, text)))),
        ("dangling relations", changed(ours, |name, text| Some(with_dangling_relations(name, text)))),
    ]
}

/// One layout of a name of its own, as far as its master says.
fn of_one_layout(name: &str, text: &str) -> String {
    let is_other = |tag: &str| tag.contains("slideLayout1.xml") || tag.contains("slideLayout3.xml");
    let is_listed = |tag: &str| tag.contains("sldLayoutId ") && !tag.contains("rId2");
    let is_dropped = |tag: &str| match name {
        "ppt/slideMasters/slideMaster1.xml" => is_listed(tag),
        "ppt/slideMasters/_rels/slideMaster1.xml.rels" | "[Content_Types].xml" => is_other(tag),
        _ => false,
    };
    let kept = |tags: &str| match tags.rfind('<').filter(|at| is_dropped(&tags[*at..])) {
        Some(at) => tags[..at].to_owned(),
        None => tags.to_owned(),
    };
    text.split_inclusive("/>").map(kept).collect()
}

/// A slide of 4 to 3 with a tall title and a narrow body.
fn of_four_to_three(name: &str, text: &str) -> String {
    let text = text.replace("cx=\"12192000\" cy=\"6858000\"", "cx=\"9144000\" cy=\"6858000\"");
    if !name.starts_with("ppt/slideMasters/") && !name.starts_with("ppt/slideLayouts/") {
        return text;
    }
    let text = text.replace("x=\"330200\"", "x=\"457200\"").replace("cx=\"11531600\"", "cx=\"8229600\"");
    text.replace("x=\"11099800\"", "x=\"7924800\"").replace("cy=\"609600\"", "cy=\"1143000\"")
}

/// A company's dark master with a logo: text and ground mapped the other way round, accents that carry not all meanings.
fn of_dark_master(name: &str, text: String) -> String {
    let brand =
        [("006298", "00A3AD"), ("60B8F0", "00A3AD"), ("FF8E52", "C6007E"), ("FF7A92", "FFC72C"), ("40C8A0", "8A8D8F")];
    match name {
        "ppt/theme/theme1.xml" => brand.iter().fold(text, |text, (ours, theirs)| text.replace(ours, theirs)),
        "ppt/slideMasters/slideMaster1.xml" => text.replacen("</p:grpSpPr>", LOGO, 1),
        _ => text,
    }
}

/// A logo that is not there, and relations of master and presentation that lead nowhere.
fn with_dangling_relations(name: &str, text: String) -> String {
    let lost = |id: &str, kind: &str| {
        let kind = format!("http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}");
        format!("<Relationship Id=\"{id}\" Type=\"{kind}\" Target=\"../lost/{id}.bin\"/></Relationships>")
    };
    let add = |text: String, id, kind| text.replace("</Relationships>", &lost(id, kind));
    match name {
        "ppt/slideMasters/slideMaster1.xml" => {
            text.replacen("</p:grpSpPr>", &LOGO.replace("<p:blipFill>", "<p:blipFill><a:blip r:embed=\"lost1\"/>"), 1)
        }
        "ppt/slideMasters/_rels/slideMaster1.xml.rels" => add(add(text, "lost1", "image"), "lost2", "tags"),
        "ppt/_rels/presentation.xml.rels" => add(text, "lost3", "tableStyles"),
        _ => text,
    }
}

const LOGO: &str = "</p:grpSpPr><p:pic><p:nvPicPr><p:cNvPr id=\"91\" name=\"Logo\"/><p:cNvPicPr/><p:nvPr userDrawn=\"1\"/></p:nvPicPr>\
     <p:blipFill><a:stretch><a:fillRect/></a:stretch></p:blipFill><p:spPr><a:xfrm><a:off x=\"10668000\" y=\"5791200\"/><a:ext cx=\"1524000\" \
     cy=\"1066800\"/></a:xfrm><a:prstGeom prst=\"rect\"><a:avLst/></a:prstGeom></p:spPr></p:pic>";
