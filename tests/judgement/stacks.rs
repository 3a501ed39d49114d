//! Reading the stacks of the tests.

use std::path::{Path, PathBuf};

use sinew::model::Stack;
use sinew::source::{Source, render};

/// The directory of the package.
pub(crate) fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The stack that `text` says, which must be valid.
pub(crate) fn stack(text: &str) -> Stack {
    stack_and_source(text).0
}

/// The same with the source that its places are of.
pub(crate) fn stack_and_source(text: &str) -> (Stack, Source) {
    let source = Source::new("stack.yaml", text.to_owned());
    let reading = sinew::model::read(&source);
    let stack = reading.stack.unwrap_or_else(|| panic!("{}\n{text}", render(&source, &reading.problems, false)));
    (stack, source)
}

/// Every stack file under `directory` of the package, by path; none where there is no such directory. Scenarios and
/// the questions of assistants are none.
pub(crate) fn files(directory: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut open = vec![root().join(directory)];
    while let Some(directory) = open.pop() {
        let Ok(entries) = std::fs::read_dir(&directory) else { continue };
        for entry in entries {
            let path = entry.expect("a directory can be listed").path();
            match path.extension() {
                _ if path.ends_with("scenarios") || path.ends_with("assistant-questions.yaml") => {}
                _ if path.is_dir() => open.push(path),
                Some(end) if end == "yaml" => found.push(path),
                _ => {}
            }
        }
    }
    found.sort();
    found
}

/// The text of one of the stage stacks.
pub(crate) fn stage_text(name: &str) -> String {
    let path = root().join("tests/judgement/stages").join(format!("{name}.yaml"));
    std::fs::read_to_string(path).expect("the stage stacks are part of the package")
}

/// What the debug form of a stack shows but for places in its text.
pub(crate) fn without_places(stack: &Stack) -> String {
    let shown = format!("{stack:?}");
    let mut out = String::with_capacity(shown.len());
    let mut rest = shown.as_str();
    while let Some(at) = rest.find("Span {") {
        out.push_str(&rest[..at]);
        let end = rest[at..].find('}').expect("a span ends");
        rest = &rest[at + end + 1..];
    }
    out.push_str(rest);
    out
}
