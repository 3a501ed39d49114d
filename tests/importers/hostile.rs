//! Damaged and hostile files: never a panic, never without end, and each fault by its name.

use std::io::Write;
use std::time::{Duration, Instant};

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

/// An archive of one entry of zeros.
fn zeros(megabytes: usize) -> Vec<u8> {
    let mut archive = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let options = zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Deflated);
    archive.start_file("zeros.json", options).unwrap();
    let block = vec![b' '; 1 << 20];
    for _ in 0..megabytes {
        archive.write_all(&block).unwrap();
    }
    archive.finish().unwrap().into_inner()
}

#[test]
fn bombs_are_refused_soon() {
    let bomb = zeros(80);
    assert!(bomb.len() < 1 << 20);
    let start = Instant::now();
    assert_eq!(codes(&bomb), ["zip-bomb"]);
    let mut archive = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    archive.start_file("inner.zip", zip::write::SimpleFileOptions::default()).unwrap();
    archive.write_all(&bomb).unwrap();
    assert_eq!(codes(&archive.finish().unwrap().into_inner()), [""; 0], "an archive within is not opened");
    assert!(start.elapsed() < Duration::from_secs(10), "{:?}", start.elapsed());
}

#[test]
fn texts_that_never_end_take_no_time_without_end() {
    let start = Instant::now();
    for text in ["$input", "$items('X', ", "$('", "{{", "{{1.a", "_dp('", "$json."] {
        let long = serde_json::to_string(&format!("={}", text.repeat(20_000))).unwrap();
        let file = format!(
            r#"{{ "nodes": [{{ "name": "S", "type": "n8n-nodes-base.slack", "parameters": {{ "text": {long} }} }}], "connections": {{}},
                "flow": [{{ "module": "slack:CreateMessage", "mapper": {{ "text": {long} }} }}],
                "code": {{ "keyword": "trigger", "provider": "slack", "input": {{ "a": {long} }} }} }}"#
        );
        for format in FORMATS.iter().filter(|format| format.id != "zapier") {
            imported(&[("a.json", file.as_bytes())], Options { from: Some(format), ..Options::default() });
        }
    }
    assert!(start.elapsed() < Duration::from_secs(60), "{:?}", start.elapsed());
}

proptest! {
    #![proptest_config(cases(64))]

    /// Bytes of a sample are changed, taken out and doubled: the import ends, and what it writes is a stack file.
    /// `PROPTEST_CASES=65000` gives the four automation platforms 20,000 between them.
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
