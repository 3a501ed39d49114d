//! Every format has a page with a small input, and the page shows the stack that is made of it.
//!
//! `SINEW_BLESS=1 cargo test --test all importers` writes the stacks again; read the difference like code.

use std::fs;
use std::path::Path;

use sinew::import::{FORMATS, Options};

use super::imported;

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
        let path = folder.join(format.id).with_extension("md");
        let page = fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        assert!(overview.contains(&format!("({}.md)", format.id)), "{} is not in the overview", format.id);
        for heading in ["What is read", "What becomes a flow", "What is left out", "Example", "Not read"] {
            assert!(page.contains(&format!("## {heading}\n")), "{}: no heading `{heading}`", format.id);
        }
        let language = if format.id == "table" { "csv" } else { "json" };
        let (_, input) = block(&page, language);
        let name = format!("example.{language}");
        let imported = imported(&[(&name, input.as_bytes())], Options::default());
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
