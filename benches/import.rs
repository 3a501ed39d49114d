//! How long an import of 100 MB of n8n exports takes, how long bringing a stack file of 10,000 entries up to date, and how
//! soon bombs are refused; each with the peak of memory.
//!
//! `cargo bench --bench import` prints the table of `docs/performance.md`. The files are made anew each time and are
//! always the same: workflows of nine steps with notes, code and long parameters, as real ones have them.

#![expect(clippy::print_stdout, reason = "a bench prints its table")]

#[path = "support/memory.rs"]
mod memory;

use std::io::{Cursor, Write as _};
use std::time::Instant;

use sinew::import::{Gone, Import, Options};
use sinew::source::Source;

use memory::{peak_memory, reset_peak_memory};

fn main() {
    println!("| what | size | time | peak memory |");
    println!("|---|---:|---:|---:|");
    exports(100 << 20);
    into(10_000);
    bombs();
}

fn row(what: &str, size: &str, run: impl FnOnce()) {
    reset_peak_memory();
    let started = Instant::now();
    run();
    let took = started.elapsed();
    let peak = peak_memory().map_or("?".into(), |bytes| format!("{} MB", bytes / 1_000_000));
    println!("| {what} | {size} | {:.2} s | {peak} |", took.as_secs_f64());
}

/// Files of about 14 kB until there are `bytes`, each made when it is read, as from a disk.
fn exports(bytes: usize) {
    let one = workflow(0, 14_000).len();
    let files = bytes / one;
    row(&format!("import of {files} n8n workflows"), &format!("{} MB", files * one / 1_000_000), || {
        let mut import = Import::new(Options::default());
        import.folder(Some("exports"));
        for number in 0..files {
            import.file(&format!("{number}.json"), workflow(number, 14_000).as_bytes(), false);
        }
        let imported = import.finish("stack.yaml");
        assert!(imported.report.diagnostics.is_empty() && imported.stack.contains("flows:"));
    });
}

/// An import into a stack file that has about `entries`, of which one in ten has changed.
fn into(entries: usize) {
    let import = |changed: bool| {
        let mut import = Import::new(Options::default());
        let many: Vec<String> = (0..entries / 2).map(|number| small(number, changed)).collect();
        import.file("all.json", format!("[{}]", many.join(",")).as_bytes(), true);
        import
    };
    let first = import(false).finish("stack.yaml");
    let count = first.report.entries.len();
    // One line an entry, with a remark, as people keep it.
    let remarked: String =
        first
            .stack
            .lines()
            .enumerate()
            .map(|(at, line)| {
                if at % 7 == 0 && line.starts_with("    ") { format!("{line}  # {at}\n") } else { format!("{line}\n") }
            })
            .collect();
    let source = Source::new("stack.yaml", remarked);
    let second = import(true);
    row(&format!("`--into` of {count} entries"), &format!("{} MB", source.text().len() / 1_000_000), || {
        let merged = second.into_stack(&source, Some(&first.base), Gone::Listed, "stack.yaml");
        let merged = merged.unwrap_or_else(|error| panic!("{error:?}"));
        let updated = merged.report.entries.iter().filter(|entry| entry.state == "updated").count();
        assert!(updated >= entries / 20, "{updated}");
    });
}

/// A workflow whose answer is about `bytes` long.
fn workflow(number: usize, bytes: usize) -> String {
    let (object, target) = (
        ["deal", "contact", "company", "ticket"][number % 4],
        ["slack", "airtable", "lemlist", "notion"][number / 4 % 4],
    );
    let code = "const out = items.map(item => ({ json: { ...item.json, score: item.json.score * 2 } }));\\n"
        .repeat(bytes / 180);
    let note = "What this does, and who to ask when it fails. ".repeat(bytes / 100);
    let main = |node: &str| format!(r#"{{ "main": [[{{ "node": "{node}", "type": "main", "index": 0 }}]] }}"#);
    format!(
        r#"{{ "name": "Workflow {number}", "id": "w{number}", "active": true, "nodes": [
  {{ "id": "1", "name": "Clock", "type": "n8n-nodes-base.scheduleTrigger", "typeVersion": 1, "position": [0, 0], "parameters": {{ "rule": {{ "interval": [{{ "field": "minutes", "minutesInterval": 15 }}] }} }} }},
  {{ "id": "2", "name": "Read", "type": "n8n-nodes-base.hubspot", "typeVersion": 2, "position": [200, 0], "parameters": {{ "resource": "{object}", "operation": "getAll" }} }},
  {{ "id": "3", "name": "Only some", "type": "n8n-nodes-base.filter", "typeVersion": 2, "position": [400, 0], "parameters": {{}} }},
  {{ "id": "4", "name": "Code", "type": "n8n-nodes-base.code", "typeVersion": 2, "position": [600, 0], "parameters": {{ "jsCode": "{code}" }} }},
  {{ "id": "5", "name": "Write", "type": "n8n-nodes-base.{target}", "typeVersion": 2, "position": [800, 0], "parameters": {{ "operation": "create", "text": "={{{{ $('Read').item.json.name }}}}" }} }},
  {{ "id": "6", "name": "Note", "type": "n8n-nodes-base.stickyNote", "typeVersion": 1, "position": [0, 300], "parameters": {{ "content": "{note}" }} }} ],
  "connections": {{ "Clock": {}, "Read": {}, "Only some": {}, "Code": {} }} }}"#,
        main("Read"),
        main("Only some"),
        main("Code"),
        main("Write")
    )
}

/// A small workflow between a system that all have and one of its own.
fn small(number: usize, changed: bool) -> String {
    let minutes = if changed && number.is_multiple_of(10) { 30 } else { 15 };
    format!(
        r#"{{ "name": "Flow {number}", "id": "s{number}", "active": true, "nodes": [
  {{ "name": "Clock", "type": "n8n-nodes-base.scheduleTrigger", "typeVersion": 1, "parameters": {{ "rule": {{ "interval": [{{ "field": "minutes", "minutesInterval": {minutes} }}] }} }} }},
  {{ "name": "Read", "type": "n8n-nodes-base.hubspot", "typeVersion": 2, "parameters": {{ "resource": "deal", "operation": "getAll" }} }},
  {{ "name": "Write", "type": "n8n-nodes-acme.tool{number}x", "typeVersion": 2, "parameters": {{ "operation": "create", "text": "={{{{ $json.name }}}}" }} }} ],
  "connections": {{ "Clock": {{ "main": [[{{ "node": "Read", "type": "main", "index": 0 }}]] }}, "Read": {{ "main": [[{{ "node": "Write", "type": "main", "index": 0 }}]] }} }} }}"#
    )
}

fn bombs() {
    let deep = format!("{}{}", "[".repeat(30 << 20), "]".repeat(30 << 20));
    refused("JSON nested 31 million deep", "too-deep", deep.as_bytes());
    refused("archive of one entry of 1 GB of spaces", "zip-bomb", &archive(1, 1_000));
    refused("archive of 100 entries of 20 MB", "zip-bomb", &archive(100, 20));
}

fn refused(what: &str, code: &str, bytes: &[u8]) {
    row(what, &format!("{} kB", bytes.len() / 1_000), || {
        let mut import = Import::new(Options::default());
        import.file("bomb", bytes, true);
        let report = import.finish("stack.yaml").report;
        assert!(report.diagnostics.iter().any(|problem| problem.code == code), "{:?}", report.diagnostics);
    });
}

fn archive(entries: usize, megabytes: usize) -> Vec<u8> {
    let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let options = zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Deflated);
    let block = vec![b' '; 1_000_000];
    for number in 0..entries {
        archive.start_file(format!("{number}.json"), options).expect("memory takes it");
        for _ in 0..megabytes {
            archive.write_all(&block).expect("memory takes it");
        }
    }
    archive.finish().expect("memory takes it").into_inner()
}
