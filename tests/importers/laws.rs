//! What holds of every import.

use std::fs;
use std::io::Write;
use std::process::Stdio;

use sinew::import::{FORMATS, Options};

use super::truth::stack;
use super::{imported, samples};
use crate::support::binary::{code, err, folder, out, run, sinew};

/// All samples: name and bytes.
fn all() -> Vec<(String, Vec<u8>)> {
    let files = FORMATS.iter().flat_map(|format| samples(format.id).into_iter().map(move |path| (format.id, path)));
    files
        .map(|(format, path)| {
            (format!("{format}/{}", path.file_name().unwrap().to_str().unwrap()), fs::read(&path).unwrap())
        })
        .collect()
}

fn borrowed(files: &[(String, Vec<u8>)]) -> Vec<(&str, &[u8])> {
    files.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice())).collect()
}

#[test]
fn every_step_of_every_sample_is_taken_merged_or_dropped() {
    let files = all();
    assert!(files.len() >= 35, "{}", files.len());
    for file in borrowed(&files) {
        let imported = imported(&[file], Options::default());
        stack(&imported);
        for input in &imported.report.inputs {
            let leaves = FORMATS.iter().find(|format| format.id == input.format).unwrap().leaves;
            assert_eq!(input.units[leaves], input.taken + input.merged + input.dropped, "{}", file.0);
        }
        let dropped: usize = imported.report.dropped.iter().map(|group| group.count).sum();
        assert_eq!(dropped, imported.report.inputs.iter().map(|input| input.dropped).sum::<usize>(), "{}", file.0);
    }
}

#[test]
fn the_order_of_inputs_changes_nothing() {
    let mut files = all();
    let one = imported(&borrowed(&files), Options::default());
    let there = stack(&one);
    files.reverse();
    let other = imported(&borrowed(&files), Options::default());
    assert_eq!(one.stack, other.stack);
    assert_eq!(serde_json::to_string(&one.report).unwrap(), serde_json::to_string(&other.report).unwrap());
    assert!(there.all_flows().len() >= 50 && one.report.inputs.len() == files.len());
    let taken: usize = one.report.inputs.iter().map(|input| input.taken).sum();
    assert!(taken >= there.all_flows().len() / 2, "{taken}");
}

#[test]
fn every_entry_says_where_it_is_from_and_every_guess_why() {
    let files = all();
    let imported =
        imported(&borrowed(&files), Options { as_of: Some("2026-11-20".parse().unwrap()), ..Options::default() });
    let stack = stack(&imported);
    let (mut systems, mut flows) = (0, 0);
    for (_, system) in stack.all_systems() {
        let basis = system.remarks.basis.as_ref().unwrap();
        assert!(
            basis.from.is_some() && basis.at.is_some() && basis.key.is_some() && basis.seen.is_some(),
            "{}",
            system.id
        );
        systems += 1;
    }
    for (_, flow) in stack.all_flows() {
        let basis = flow.remarks.basis.as_ref().unwrap();
        let name = format!("flow {}", flow.id);
        let entry =
            imported.report.entries.iter().find(|entry| entry.entry == name).unwrap_or_else(|| panic!("{name}"));
        let mut keys: Vec<&str> = entry.guessed.iter().map(|guess| guess.key.as_str()).collect();
        let mut written: Vec<&str> = basis.guessed.iter().map(String::as_str).collect();
        keys.sort_unstable();
        written.sort_unstable();
        assert_eq!(keys, written, "{name}");
        assert!(entry.guessed.iter().all(|guess| !guess.why.is_empty()), "{name}");
        flows += 1;
    }
    assert!(systems > 30 && flows > 50, "{systems} systems, {flows} flows");
}

#[test]
fn the_report_fits_its_schema_and_its_questions_have_places() {
    let files = all();
    let imported = imported(&borrowed(&files), Options::default());
    let output = run(&["schema", "import"]);
    let schema: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    let report = serde_json::to_value(&imported.report).unwrap();
    let problems: Vec<String> =
        jsonschema::validator_for(&schema).unwrap().iter_errors(&report).map(|error| error.to_string()).collect();
    assert!(problems.is_empty(), "{}", problems.join("\n"));
    let lines: Vec<&str> = imported.stack.lines().collect();
    assert_eq!(imported.report.questions[0].id, "hourly-rate");
    assert!(imported.report.questions.len() > 5);
    for question in &imported.report.questions {
        if let Some((_, line)) = question.place.rsplit_once(':') {
            let line = lines[line.parse::<usize>().unwrap() - 1];
            assert!(
                line.starts_with("  - ") || line.starts_with("  ") && line.ends_with(':'),
                "{}: {line}",
                question.id
            );
        }
    }
}

#[test]
fn files_folders_archives_and_standard_input_are_read() {
    let folder = folder("importing");
    fs::create_dir_all(folder.join("zaps/old")).unwrap();
    let zap = fs::read(&samples("zapier")[0]).unwrap();
    fs::write(folder.join("zaps/a.json"), &zap).unwrap();
    fs::write(folder.join("zaps/old/b.json"), &zap).unwrap();
    fs::write(folder.join("zaps/notes.txt"), "nothing to import").unwrap();
    let path = |name: &str| folder.join(name).display().to_string();
    let output = run(&["import", &path("zaps"), "-o", &path("stack.yaml"), "--report", &path("report.json")]);
    assert_eq!((code(&output), out(&output)), (0, ""), "{}", err(&output));
    assert!(err(&output).contains("not read: 1 file of no known format"), "{}", err(&output));
    let whole = fs::read_to_string(folder.join("stack.yaml")).unwrap();
    let report: serde_json::Value = serde_json::from_slice(&fs::read(folder.join("report.json")).unwrap()).unwrap();
    assert_eq!((&report["inputs"][0]["file"], &report["inputs"][1]["file"]), (&"a.json".into(), &"old/b.json".into()));
    assert_eq!(code(&run(&["check", &path("stack.yaml")])), 0);

    let mut archive = zip::ZipWriter::new(fs::File::create(folder.join("zaps.zip")).unwrap());
    for name in ["old/b.json", "a.json"] {
        archive.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        archive.write_all(&zap).unwrap();
    }
    archive.finish().unwrap();
    let output = run(&["import", &path("zaps.zip")]);
    assert_eq!(code(&output), 0, "{}", err(&output));
    assert_eq!(out(&output).replace("zaps.zip:", ""), whole);

    let read = |arguments: &[&str]| {
        let mut child =
            sinew(arguments).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        child.stdin.take().unwrap().write_all(&zap).unwrap();
        child.wait_with_output().unwrap()
    };
    let output = read(&["import", "-"]);
    assert!(code(&output) == 0 && out(&output).contains("from: \"<stdin>\""), "{}", out(&output));
    assert_eq!(code(&read(&["import", "zapier", "-"])), 0);
    let output = read(&["import", "-", "--from", "make"]);
    assert!(code(&output) == 2 && err(&output).contains("no sign of make"), "{}", err(&output));
}

#[test]
fn one_damaged_file_stops_the_others_only_where_that_is_wanted() {
    let folder = folder("import-damaged");
    fs::write(folder.join("bad.json"), "{ \"nodes\": [ {{redacted}} ] }").unwrap();
    fs::copy(&samples("make")[0], folder.join("good.json")).unwrap();
    let path = |name: &str| folder.join(name).display().to_string();
    let both = [path("bad.json"), path("good.json")];
    let output = run(&["import", &both[0], &both[1]]);
    assert!(code(&output) == 0 && err(&output).contains("warning[not-json]: bad.json:1:15"), "{}", err(&output));
    let output = run(&["import", &both[0], &both[1], "--strict", "-o", &path("stack.yaml")]);
    assert!(code(&output) == 2 && err(&output).contains("--strict"), "{}", err(&output));
    assert!(!folder.join("stack.yaml").exists());
    let output = run(&["import", &both[0]]);
    assert!(code(&output) == 2 && err(&output).ends_with("error: nothing was imported\n"), "{}", err(&output));
    let output = run(&["import", &path("nowhere.json")]);
    assert!(code(&output) == 2 && err(&output).contains("cannot read"), "{}", err(&output));
    let output = run(&["import", &both[1], "--max-bytes", "10"]);
    assert!(code(&output) == 2 && err(&output).contains("more than 10 bytes"), "{}", err(&output));
}
