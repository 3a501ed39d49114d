//! What people read in the files of a report, as text.

use sinew::report::pictures::PictureFormat;
use sinew::report::{File, Look, Pictures};

/// What people read in files of a report, and in its pictures as SVG; each with the name of its file.
pub(crate) fn read_by_people(files: &[File], pictures: &Pictures, look: &Look) -> Vec<(String, String)> {
    let pictures = pictures.named().flat_map(|(name, picture)| picture.files(name, PictureFormat::Svg, look).unwrap());
    let words = |file: &File| {
        let text = || String::from_utf8(file.bytes.clone()).unwrap();
        match file.path.rsplit('.').next() {
            #[cfg(feature = "pptx")]
            Some("pptx") => super::dump::slides(file.bytes.clone()),
            #[cfg(feature = "xlsx")]
            Some("xlsx") => super::dump::workbook(file.bytes.clone()),
            Some("html" | "svg") => between_tags(&text()),
            _ => text(),
        }
    };
    let pictures: Vec<File> = pictures.collect();
    files.iter().chain(&pictures).map(|file| (file.path.clone(), words(file))).collect()
}

/// The text of SVG and HTML: what stands between tags and in titles, scripts and styles left out.
pub(crate) fn between_tags(markup: &str) -> String {
    let mut out = String::new();
    let mut rest = markup;
    while let Some(open) = rest.find('<') {
        out.push_str(&rest[..open]);
        out.push('\n');
        rest = &rest[open..];
        let hidden = ["script", "style"].into_iter().find(|tag| rest[1..].starts_with(tag));
        let end =
            hidden.map_or_else(|| rest.find('>'), |tag| rest.find(&format!("</{tag}>")).map(|at| at + tag.len() + 2));
        rest = &rest[end.map_or(rest.len(), |end| end + 1)..];
    }
    out + rest
}
