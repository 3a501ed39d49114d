//! What a host of pull requests gets: the script that it calls, with a repository as it has one, and the files that tell it how.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use serde_json::Value;

use crate::gate::sarif_schema;

const BINARY: &str = env!("CARGO_BIN_EXE_sinew");

fn project() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// A repository with one commit that holds `stack.yaml`.
struct Repository(PathBuf);

impl Repository {
    fn with(name: &str, stack: &str) -> Self {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("pull-request").join(name);
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir_all(&folder).unwrap();
        let repository = Self(folder);
        repository.write(stack);
        repository.git(&["init", "--quiet"]);
        repository.git(&["add", "stack.yaml"]);
        repository.git(&["-c", "user.name=n", "-c", "user.email=n@example.com", "commit", "--quiet", "-m", "before"]);
        repository
    }

    fn git(&self, arguments: &[&str]) {
        let ended = Command::new("git").args(arguments).current_dir(&self.0).status().unwrap();
        assert!(ended.success(), "{arguments:?}");
    }

    fn write(&self, stack: &str) {
        fs::write(self.0.join("stack.yaml"), stack).unwrap();
    }

    fn judge(&self, arguments: &[&str], deny: [&str; 2]) -> Output {
        let mut command = Command::new(project().join("tools/pull-request.sh"));
        command.args(arguments).current_dir(&self.0).env("SINEW", BINARY).env("OUT", "out");
        command.env("DENY", deny[0]).env("DENY_SEVERITY", deny[1]).output().unwrap()
    }

    fn summary(&self) -> String {
        fs::read_to_string(self.0.join("out/summary.md")).unwrap()
    }

    fn sarif(&self) -> Value {
        let sarif = serde_json::from_slice(&fs::read(self.0.join("out/sinew.sarif")).unwrap()).unwrap();
        assert!(sarif_schema().is_valid(&sarif));
        sarif
    }
}

fn tiny() -> String {
    fs::read_to_string(project().join("examples/stacks/tiny.yaml")).unwrap()
}

#[test]
fn a_change_is_judged_by_what_it_makes_worse() {
    let native = "{ from: wordpress, to: hubspot, data: lead, mechanism: native }";
    let by_hand = "{ from: wordpress, to: hubspot, data: lead, mechanism: copy-paste, performer: dana, runs: 5/week, minutes: 20 }";
    assert!(tiny().contains(native));
    let repository = Repository::with("worse", &tiny());
    // Four findings are high before; they are not what this change is about.
    let judged = repository.judge(&["stack.yaml", "HEAD"], ["", "low"]);
    assert_eq!(judged.status.code(), Some(0), "{judged:?}");
    assert!(repository.summary().starts_with("**sinew: nothing that fails** in `stack.yaml`, compared with `HEAD`\n"));
    assert!(repository.summary().contains("Nothing changed"));

    repository.write(&tiny().replace(native, by_hand));
    for (deny, code) in
        [(["manual-handoff", ""], 1), (["no-owner, manual-handoff", ""], 1), (["no-owner", ""], 0), (["", ""], 0)]
    {
        let judged = repository.judge(&["stack.yaml", "HEAD"], deny);
        assert_eq!(judged.status.code(), Some(code), "{deny:?} {judged:?}");
    }
    repository.judge(&["stack.yaml", "HEAD"], ["", "medium"]);
    let summary = repository.summary();
    assert!(summary.starts_with("**sinew: findings that fail**"), "{summary}");
    let places = ["Hours a year by hand", "manual-handoff:", "```mermaid", "## Every figure that moved"];
    let found: Vec<usize> = places.iter().map(|place| summary.find(place).expect(place)).collect();
    assert!(found.is_sorted(), "the verdict first, the long list last: {found:?}");
    assert_eq!(summary.matches("```").count(), 2);
    let new = |result: &Value| result["baselineState"] == "new" && result["ruleId"] == "manual-handoff";
    assert!(repository.sarif()["runs"][0]["results"].as_array().unwrap().iter().any(new));
}

#[test]
fn where_there_is_nothing_to_compare_with_every_finding_counts() {
    let repository = Repository::with("new", &tiny());
    fs::write(repository.0.join("other.yaml"), tiny()).unwrap();
    for arguments in [&["stack.yaml"][..], &["other.yaml", "HEAD"]] {
        let judged = repository.judge(arguments, ["", "high"]);
        assert_eq!(judged.status.code(), Some(1), "{judged:?}");
        let summary = repository.summary();
        assert!(summary.contains("every finding counts") && summary.contains("unreviewed-content"), "{summary}");
    }
    let judged = repository.judge(&["stack.yaml", "no-such-branch"], ["", "high"]);
    assert_eq!(judged.status.code(), Some(3));
    assert!(String::from_utf8_lossy(&judged.stderr).contains("fetch it first"));
    assert_eq!(repository.judge(&[], ["", ""]).status.code(), Some(2));
}

/// Errors are shown whole, and nothing of a stack file ends the block they stand in.
#[test]
fn a_broken_file_is_told_by_its_errors() {
    let repository = Repository::with("broken", &tiny());
    repository.write(&format!("{}\nsytems: {{}}\n\"```\\n~~~ <img src=x>\": 1\n", tiny()));
    let judged = repository.judge(&["stack.yaml", "HEAD"], ["", ""]);
    assert_eq!(judged.status.code(), Some(2), "{judged:?}");
    let summary = repository.summary();
    assert!(summary.starts_with("**sinew: the file has errors**"), "{summary}");
    assert!(summary.contains("did you mean `systems`?"), "{summary}");
    let fence = "~".repeat(12);
    let (_, quoted) = summary.split_once(&format!("{fence}text\n")).unwrap();
    assert!(
        quoted.trim_end().ends_with(&fence) && quoted.matches(&fence).count() == 1 && quoted.contains("<img src=x>")
    );
    assert!(repository.sarif()["runs"][0]["results"].as_array().unwrap().len() >= 2);

    // What was broken before is no measure.
    let repository = Repository::with("was-broken", "sytems: {}\n");
    repository.write(&tiny());
    assert_eq!(repository.judge(&["stack.yaml", "HEAD"], ["", "high"]).status.code(), Some(1));
    assert!(repository.summary().contains("has errors in HEAD, so every finding counts"));
}

/// Hosts cut or refuse longer comments; what is left is valid and says that there is more.
#[test]
fn a_summary_is_never_longer_than_hosts_take() {
    let systems: String =
        (0..250).map(|at| format!("  a{at}: {{ kind: crm, makes: [d] }}\n  b{at}: {{ kind: crm }}\n")).collect();
    let flows: String = (0..250)
        .map(|at| {
            format!("  - {{ from: a{at}, to: b{at}, data: d, mechanism: copy-paste, runs: 9/week, minutes: {at} }}\n")
        })
        .collect();
    let stack = format!("sinew: 1\nsystems:\n{systems}data: {{ d: {{}} }}\nflows:\n{flows}");
    let repository = Repository::with("long", &stack);
    let judged = repository.judge(&["stack.yaml"], ["", ""]);
    assert_eq!(judged.status.code(), Some(0), "{judged:?}");
    let summary = repository.summary();
    assert!(summary.len() > 40_000 && summary.len() <= 60_200, "{}", summary.len());
    assert!(summary.trim_end().ends_with("shows all of it."));
}

/// The installer puts in place what the release says, and nothing else.
#[test]
#[cfg(target_os = "linux")]
fn the_installer_compares_checksums() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("install");
    let _ = fs::remove_dir_all(&folder);
    let (release, to) = (folder.join("release"), folder.join("bin"));
    fs::create_dir_all(release.join("sinew")).unwrap();
    let program = release.join("sinew/sinew");
    fs::write(&program, "#!/bin/sh\necho sinew 9.9.9\n").unwrap();
    let file = format!("sinew-{}-unknown-linux-musl.tar.gz", std::env::consts::ARCH);
    let script =
        format!("chmod +x sinew/sinew && tar -czf {file} sinew && sha256sum {file} > SHA256SUMS && cp SHA256SUMS good");
    assert!(Command::new("sh").args(["-c", &script]).current_dir(&release).status().unwrap().success());
    let install = || {
        let mut command = Command::new(project().join("tools/install.sh"));
        command.arg("--to").arg(&to).env("FROM", format!("file://{}", release.display())).output().unwrap()
    };
    fs::write(release.join("SHA256SUMS"), format!("{}  {file}\n", "0".repeat(64))).unwrap();
    let refused = install();
    assert_eq!(refused.status.code(), Some(1), "{refused:?}");
    assert!(String::from_utf8_lossy(&refused.stderr).contains("nothing was installed") && !to.exists());
    fs::copy(release.join("good"), release.join("SHA256SUMS")).unwrap();
    let done = install();
    assert!(done.status.success(), "{done:?}");
    assert!(String::from_utf8_lossy(&done.stdout).contains("sinew 9.9.9"));
    assert_eq!(fs::read_dir(&to).unwrap().count(), 1, "no copy is left beside it");
}

/// The site has every page of the docs, each once, under its own title.
#[test]
fn the_site_has_every_page() {
    let docs = project().join("docs");
    let summary = fs::read_to_string(docs.join("SUMMARY.md")).unwrap();
    let listed: Vec<(&str, &str)> = summary
        .lines()
        .filter_map(|line| line.trim_start_matches([' ', '-']).strip_prefix('[')?.strip_suffix(')')?.split_once("]("))
        .collect();
    let mut there = Vec::new();
    let mut folders = vec![docs.clone()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|end| end == "md") && !path.ends_with("SUMMARY.md") {
                there.push(path.strip_prefix(&docs).unwrap().display().to_string().replace('\\', "/"));
            }
        }
    }
    let mut pages: Vec<&str> = listed.iter().map(|(_, page)| *page).collect();
    pages.sort_unstable();
    there.sort_unstable();
    let unlisted: Vec<&String> = there.iter().filter(|page| !pages.contains(&page.as_str())).collect();
    assert!(unlisted.is_empty(), "docs/SUMMARY.md has no line for {unlisted:?}");
    assert_eq!(pages, there);
    for (title, page) in listed {
        let text = fs::read_to_string(docs.join(page)).unwrap();
        assert_eq!(text.lines().find_map(|line| line.strip_prefix("# ")), Some(title), "{page}");
    }
}

/// Every license of a dependency is one that `deny.toml` allows.
#[test]
fn licenses_are_those_that_are_allowed() {
    let allowed = fs::read_to_string(project().join("deny.toml")).unwrap();
    // Packages of this platform: they are here, since the test was built.
    let rustc = Command::new("rustc").arg("-vV").output().unwrap();
    let rustc = String::from_utf8(rustc.stdout).unwrap();
    let host = rustc.lines().find_map(|line| line.strip_prefix("host: ")).unwrap();
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let output = Command::new(cargo)
        .args(["metadata", "--format-version", "1", "--locked", "--offline", "--filter-platform", host])
        .current_dir(project())
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let metadata: Value = serde_json::from_slice(&output.stdout).unwrap();
    let packages = metadata["packages"].as_array().unwrap();
    assert!(packages.len() > 100);
    for package in packages.iter().filter(|package| !package["source"].is_null()) {
        if let Some(file) = package["license_file"].as_str().filter(|_| package["license"].is_null()) {
            let folder = Path::new(package["manifest_path"].as_str().unwrap()).parent().unwrap();
            let text = fs::read_to_string(folder.join(file)).unwrap();
            assert!(text.contains("Permission is hereby granted, free of charge"), "{}", package["name"]);
            continue;
        }
        let license = package["license"].as_str().unwrap_or_default().replace(" / ", " OR ").replace('/', " OR ");
        let is_allowed = |one: &str| allowed.contains(&format!("\"{}\"", one.trim().trim_matches(['(', ')'])));
        // Either of two suffices; of what is joined by AND, each has to be allowed.
        let fits = license.split(" AND ").all(|part| part.split(" OR ").any(is_allowed));
        assert!(fits, "{} has {license}", package["name"]);
    }
}
