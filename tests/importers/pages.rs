//! Every format has a page with a small input, and the page shows the stack that is made of it.
//!
//! `SINEW_BLESS=1 cargo test --test all importers` writes the stacks again; read the difference like code.

use std::fs;
use std::io::Write;
use std::path::Path;

use sinew::import::{FORMATS, Options};

use super::imported;

/// The page of a format, where it is not called as its files end.
const PAGES: [(&str, &str); 2] = [("vsdx", "visio"), ("lucid", "lucidchart")];

/// The first block after the heading `Example`: the input.
fn input(page: &str) -> &str {
    let example = &page[page.find("\n## Example\n").expect("a heading `Example`")..];
    let fence = example.find("```").expect("a block") + 3;
    let start = fence + example[fence..].find('\n').expect("a line after the fence") + 1;
    &example[start..start + example[start..].find("```").expect("the end of the block")]
}

/// The file that the block of a page shows: of a drawing of Visio a page of its archive.
fn file(format: &str, input: &str) -> (String, Vec<u8>) {
    match format {
        "vsdx" => {
            let mut archive = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
            archive.start_file("visio/pages/page1.xml", zip::write::SimpleFileOptions::default()).unwrap();
            archive.write_all(input.as_bytes()).unwrap();
            ("example.vsdx".to_owned(), archive.finish().unwrap().into_inner())
        }
        // A block of several files, each under its name.
        "salesforce" => {
            let mut archive = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
            for file in input.split("<!-- ").skip(1) {
                let (name, text) = file.split_once(" -->\n").expect("a name, and a line after it");
                archive.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
                archive.write_all(text.as_bytes()).unwrap();
            }
            ("example.zip".to_owned(), archive.finish().unwrap().into_inner())
        }
        _ => {
            let is_json = input.trim_start().starts_with(['{', '[']);
            let ending = match format {
                _ if is_json => "json",
                "table" => "csv",
                "backstage" => "yaml",
                other => other,
            };
            (format!("example.{ending}"), input.into())
        }
    }
}

/// The text of the first block of `language`, and where it stands in the page.
fn block<'p>(page: &'p str, language: &str) -> (usize, &'p str) {
    let fence = format!("```{language}\n");
    let start = page.find(&fence).unwrap_or_else(|| panic!("no `{language}` block")) + fence.len();
    (start, &page[start..start + page[start..].find("```").unwrap()])
}

#[test]
fn a_page_shows_what_is_made_of_its_input() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/importers");
    let overview = fs::read_to_string(folder.join("README.md")).unwrap();
    for format in &FORMATS {
        let called = PAGES.iter().find(|(id, _)| *id == format.id).map_or(format.id, |(_, page)| page);
        let path = folder.join(called).with_extension("md");
        let page = fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        assert!(overview.contains(&format!("({called}.md)")), "{} is not in the overview", format.id);
        for heading in ["What is read", "What becomes a flow", "What is left out", "Example", "Not read"] {
            assert!(page.contains(&format!("## {heading}\n")), "{}: no heading `{heading}`", format.id);
        }
        let (name, bytes) = file(format.id, input(&page));
        let imported = imported(&[(&name, &bytes)], Options::default());
        assert!(imported.report.diagnostics.is_empty(), "{:?}", imported.report.diagnostics);
        assert_eq!(imported.report.inputs[0].format, format.id);
        let (at, stack) = block(&page, "yaml");
        if std::env::var_os("SINEW_BLESS").is_some_and(|value| value == "1") {
            fs::write(&path, format!("{}{}{}", &page[..at], imported.stack, &page[at + stack.len()..])).unwrap();
        } else {
            assert_eq!(
                stack, imported.stack,
                "{}: `SINEW_BLESS=1 cargo test --test all importers` writes it",
                format.id
            );
        }
    }
}
