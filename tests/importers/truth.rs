//! Systems, flows and products against truth that was written by hand before the rules were.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use sinew::import::{Imported, Options};
use sinew::model::{Stack, read};
use sinew::source::{Source, render};

use super::{imported, samples};

/// What is true of a file, or what an import says of it.
#[derive(Debug, Default)]
pub(super) struct Facts {
    pub(super) systems: BTreeSet<String>,
    /// Those of them that are products of the catalog, where the truth tells them apart.
    pub(super) products: BTreeSet<String>,
    /// From, to, and whether it is automated; with whether the flow is marked as a guess.
    pub(super) flows: BTreeSet<(String, String, bool)>,
    pub(super) guessed: BTreeSet<(String, String, bool)>,
}

/// The truth beside a sample: lines `system ID`, `product ID` (a system that is this product of the catalog) and `flow ID -> ID automated|manual`; `#` begins a remark. A system that
/// editions of the catalog call differently has all its ids, `outlook|microsoft-outlook`, and counts by the first.
pub(super) fn truth(path: &Path, said: &mut Facts) -> Facts {
    let mut facts = Facts::default();
    for line in fs::read_to_string(path).unwrap().lines().filter(|line| !line.starts_with('#')) {
        let words: Vec<&str> = line.split(' ').collect();
        match words.as_slice() {
            ["system", ids] => {
                let ids: Vec<&str> = ids.split('|').collect();
                said.rename(&ids);
                facts.systems.insert(ids[0].to_owned());
            }
            ["product", id] => {
                facts.systems.insert((*id).to_owned());
                facts.products.insert((*id).to_owned());
            }
            ["flow", from, "->", to, how @ ("automated" | "manual")] => {
                facts.flows.insert(((*from).to_owned(), (*to).to_owned(), *how == "automated"));
            }
            _ => panic!("{}: {line}", path.display()),
        }
    }
    facts
}

impl Facts {
    /// Calls a system of any of these ids by the first.
    fn rename(&mut self, ids: &[&str]) {
        let named = |id: &String| if ids.contains(&id.as_str()) { ids[0].to_owned() } else { id.clone() };
        self.systems = self.systems.iter().map(named).collect();
        for flows in [&mut self.flows, &mut self.guessed] {
            *flows = flows.iter().map(|(from, to, automated)| (named(from), named(to), *automated)).collect();
        }
    }
}

/// The stack that was written, which must read without an error.
pub(super) fn stack(imported: &Imported) -> Stack {
    let source = Source::new("stack.yaml", imported.stack.clone());
    let reading = read(&source);
    reading.stack.unwrap_or_else(|| panic!("{}\n{}", render(&source, &reading.problems, false), imported.stack))
}

/// What the import says: all systems but the platform itself, and all flows.
pub(super) fn said(stack: &Stack, platform: &str) -> Facts {
    let mut facts = Facts::default();
    let id = |ix| stack.system(ix).id.to_string();
    for (_, system) in stack.all_systems().filter(|(_, system)| system.id.as_str() != platform) {
        facts.systems.insert(system.id.to_string());
        facts.products.extend(system.facts.product.as_ref().map(|_| system.id.to_string()));
    }
    for (_, flow) in stack.all_flows() {
        let ends = (id(flow.from), id(flow.to), !flow.is_manual());
        if flow.remarks.guessed().iter().any(|key| ["flow", "from", "to"].contains(&key.as_str())) {
            facts.guessed.insert(ends.clone());
        }
        facts.flows.insert(ends);
    }
    facts
}

/// Counts of a comparison. A wrong flow that is marked as a guess counts half.
#[derive(Debug, Default)]
pub(super) struct Score {
    pub(super) right: f64,
    pub(super) wrong: f64,
    pub(super) missed: f64,
}

impl Score {
    pub(super) fn precision(&self) -> f64 {
        if self.right + self.wrong == 0.0 { 1.0 } else { self.right / (self.right + self.wrong) }
    }

    pub(super) fn recall(&self) -> f64 {
        if self.right + self.missed == 0.0 { 1.0 } else { self.right / (self.right + self.missed) }
    }

    /// Counts names that were said against the true ones.
    pub(super) fn count(&mut self, said: &BTreeSet<String>, truth: &BTreeSet<String>) {
        self.right += truth.intersection(said).count() as f64;
        self.wrong += said.difference(truth).count() as f64;
        self.missed += truth.difference(said).count() as f64;
    }
}

/// Flows and systems of several files against their truths, with what differs in words.
#[derive(Debug, Default)]
pub(super) struct Comparison {
    pub(super) flows: Score,
    pub(super) systems: Score,
    pub(super) complaints: Vec<String>,
}

impl Comparison {
    /// Counts what was `said` of the file called `name`.
    pub(super) fn add(&mut self, name: &str, said: &Facts, truth: &Facts) {
        for flow in said.flows.difference(&truth.flows) {
            let is_guess = said.guessed.contains(flow);
            self.flows.wrong += if is_guess { 0.5 } else { 1.0 };
            self.complaints.push(format!("{name}: wrong {flow:?}, guessed {is_guess}"));
        }
        for flow in truth.flows.difference(&said.flows) {
            self.flows.missed += 1.0;
            self.complaints.push(format!("{name}: missed {flow:?}"));
        }
        for system in said.systems.symmetric_difference(&truth.systems) {
            self.complaints.push(format!("{name}: system {system}, true {}", truth.systems.contains(system)));
        }
        self.flows.right += truth.flows.intersection(&said.flows).count() as f64;
        self.systems.count(&said.systems, &truth.systems);
    }
}

#[test]
fn automation_platforms_give_the_flows_that_are_in_them() {
    let mut complaints = Vec::new();
    for (platform, least) in [("n8n", 20), ("zapier", 3), ("make", 4), ("workato", 5)] {
        let mut found = Comparison::default();
        let mut files = 0;
        for path in samples(platform).into_iter().filter(|path| truth_of(path).exists()) {
            let bytes = fs::read(&path).unwrap();
            let name = path.file_name().unwrap().to_str().unwrap();
            let imported = imported(&[(name, &bytes)], Options::default());
            assert!(imported.report.inputs.iter().all(|input| input.format == platform), "{name}");
            let mut said = said(&stack(&imported), platform);
            let truth = truth(&truth_of(&path), &mut said);
            files += 1;
            found.add(name, &said, &truth);
        }
        let Comparison { flows, systems, complaints: differences } = found;
        assert!(files >= least, "{platform}: {files} files with truth");
        eprintln!("{platform}: {files} files, flows {flows:?}, systems {systems:?}");
        complaints.extend(differences);
        let good = flows.precision() >= 0.95
            && flows.recall() >= 0.90
            && systems.precision() >= 0.95
            && systems.recall() >= 0.95;
        if !good {
            complaints.push(format!("{platform}: flows {flows:?}, systems {systems:?}"));
        }
    }
    assert!(complaints.is_empty(), "{}", complaints.join("\n"));
}

#[test]
fn tables_give_the_systems_and_flows_that_are_in_them() {
    let mut found = Comparison::default();
    let mut files: Vec<(String, Vec<u8>, std::path::PathBuf)> = samples("table")
        .into_iter()
        .map(|path| (path.file_name().unwrap().to_str().unwrap().to_owned(), fs::read(&path).unwrap(), truth_of(&path)))
        .collect();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/importers/samples/table");
    files.extend(
        super::books::all().map(|(name, bytes)| (format!("{name}.xlsx"), bytes, folder.join(format!("{name}.truth")))),
    );
    assert!(files.len() >= 16, "{}", files.len());
    for (name, bytes, truth_file) in files {
        let imported = imported(&[(&name, &bytes)], Options::default());
        assert!(imported.report.inputs.iter().all(|input| input.format == "table"), "{name}");
        let mut said = said(&stack(&imported), "table");
        let truth = truth(&truth_file, &mut said);
        found.add(&name, &said, &truth);
    }
    let Comparison { flows, systems, complaints } = found;
    eprintln!("tables: flows {flows:?}, systems {systems:?}\n{}", complaints.join("\n"));
    assert!(flows.precision() >= 0.95 && flows.recall() >= 0.95, "{flows:?}\n{}", complaints.join("\n"));
    assert!(systems.precision() >= 0.97 && systems.recall() >= 0.97, "{systems:?}\n{}", complaints.join("\n"));
}

pub(super) fn truth_of(path: &Path) -> std::path::PathBuf {
    let name = path.file_name().unwrap().to_str().unwrap();
    path.with_file_name(format!("{}.truth", name.split('.').next().unwrap()))
}
