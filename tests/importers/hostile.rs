//! Damaged and hostile files: never a panic, never without end, and each fault by its name.

use proptest::prelude::*;
use sinew::import::{FORMATS, Options};
use sinew::model::read;
use sinew::source::Source;

use super::{imported, samples};
use crate::support::mutation::{mutate, some};
use crate::support::random_stack::cases;

fn codes(bytes: &[u8]) -> Vec<&'static str> {
    imported(&[("input", bytes)], Options::default()).report.diagnostics.iter().map(|problem| problem.code).collect()
}

#[test]
fn what_is_wrong_has_its_name() {
    for (bytes, code) in [
        (&b""[..], "empty-file"),
        (b" \n", "empty-file"),
        (b"version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 1\n", "git-lfs-pointer"),
        (b"\n<!DOCTYPE html><html></html>", "html-page"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "broken-workbook"),
        (b"{ \"nodes\": [ {{redacted}} ] }", "not-json"),
        (b"{ \"nodes\": [", "not-json"),
        (b"{ \"a\": \"\xff\" }", "not-utf8"),
        (b"just text", "unknown-format"),
        (b"{ \"a\": 1 }", "unknown-format"),
        (b"PK\x03\x04 cut off", "broken-zip"),
    ] {
        assert_eq!(codes(bytes), [code], "{}", String::from_utf8_lossy(bytes));
    }
    let deep = format!("{}{}", "[".repeat(1_000_000), "]".repeat(1_000_000));
    assert_eq!(codes(deep.as_bytes()), ["too-deep"]);
}

#[test]
fn connections_by_id_give_flows_and_nodes_that_are_gone_are_named_once() {
    let path = samples("n8n").into_iter().find(|path| path.ends_with("damaged-connections.json")).unwrap();
    let imported = imported(&[("damaged.json", &std::fs::read(path).unwrap())], Options::default());
    let problems = &imported.report.diagnostics;
    assert_eq!(problems.len(), 1, "{problems:?}");
    assert!(problems[0].code == "unknown-node" && problems[0].message.contains("error-handler-"), "{problems:?}");
    let by_id = r#"{ "nodes": [
      { "id": "1", "name": "Rows", "type": "n8n-nodes-base.googleSheets", "typeVersion": 1, "parameters": {} },
      { "id": "2", "name": "Tell", "type": "n8n-nodes-base.slack", "typeVersion": 1, "parameters": { "text": "={{ $json.a }}" } } ],
      "connections": { "1": { "main": [[{ "node": "2", "type": "main", "index": 0 }]] } } }"#;
    let imported = super::imported(&[("by-id.json", by_id.as_bytes())], Options::default());
    assert!(imported.stack.contains("  - from: google-sheets\n    to: slack\n"), "{}", imported.stack);
}

proptest! {
    #![proptest_config(cases(40))]

    /// Bytes of a sample are changed, taken out and doubled: the import ends, and what it writes is a stack file.
    /// `PROPTEST_CASES=95000` gives the four automation platforms 20,000 between them.
    #[test]
    fn no_mutation_of_a_file_breaks_an_import(
        format in 0..FORMATS.len(),
        which in any::<prop::sample::Index>(),
        changes in some(),
    ) {
        let small = |path: &std::path::PathBuf| std::fs::metadata(path).unwrap().len() < 60_000;
        let files: Vec<_> = samples(FORMATS[format].id).into_iter().filter(small).collect();
        let mut bytes = std::fs::read(which.get(&files)).unwrap();
        mutate(&mut bytes, &changes, b"\"{}[]:,0nt$=");
        let imported = imported(&[("mutated.json", &bytes)], Options::default());
        let reading = read(&Source::new("stack.yaml", imported.stack.clone()));
        prop_assert!(reading.stack.is_some(), "{:?}\n{}", reading.problems, imported.stack);
        for input in &imported.report.inputs {
            let leaves = FORMATS.iter().find(|format| format.id == input.format).unwrap().leaves;
            prop_assert_eq!(input.units[leaves], input.taken + input.merged + input.dropped);
        }
    }
}
