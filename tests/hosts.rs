//! Files that other people's hosts read, judged by the schemas that these publish: the action, workflows, issue forms, and what
//! `docs/ci.md` says to write. The schemas come with the Python package check-jsonschema.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use crate::support::binary::folder;
use crate::support::golden::{listed, project};
use crate::support::judge;

/// Judges a file by the schema of that name.
fn judged(python: &Path, schema: &str, file: &Path) -> Output {
    let mut judge = Command::new(python);
    judge.args(["-m", "check_jsonschema", "--builtin-schema", &format!("vendor.{schema}")]);
    if schema == "azure-pipelines" {
        // Its schema is written for an older dialect, and expressions are taken out first, as the package says.
        judge.args(["--data-transform", "azure-pipelines", "--regex-variant", "nonunicode"]);
    }
    judge.arg(file).output().expect("Python runs")
}

/// The blocks of YAML of a page that begin with this line.
fn blocks(page: &str, first: &str) -> Vec<String> {
    let text = fs::read_to_string(project().join(page)).unwrap();
    let blocks = text.split("```yaml\n").skip(1).map(|rest| rest.split("```").next().unwrap().to_owned());
    blocks.filter(|block| block.starts_with(first)).collect()
}

#[test]
fn hosts_can_read_what_is_written_for_them() {
    let Some(python) = judge::schemas_of_hosts("files for GitHub, GitLab and Azure") else { return };
    let own = |path: &str| vec![project().join(path)];
    let forms = listed(".github/ISSUE_TEMPLATE", "yml");
    let (config, forms): (Vec<PathBuf>, Vec<PathBuf>) =
        forms.into_iter().partition(|path| path.ends_with("config.yml"));
    let folder = folder("hosts");
    let of_page = |name: &str, first: &str| -> Vec<PathBuf> {
        let blocks = blocks("docs/ci.md", first);
        assert!(!blocks.is_empty(), "docs/ci.md has a block for {name}");
        let written = blocks.iter().enumerate().map(|(at, block)| {
            let path = folder.join(format!("{at}-{name}.yml"));
            fs::write(&path, block).unwrap();
            path
        });
        written.collect()
    };
    let workflows = [listed(".github/workflows", "yml"), of_page("github", "name: ")].concat();
    assert!(workflows.len() > 3 && forms.len() > 2 && config.len() == 1);
    for (schema, files) in [
        ("github-actions", own("action.yml")),
        ("github-workflows", workflows),
        ("github-issue-forms", forms),
        ("github-issue-config", config),
        ("gitlab-ci", of_page("gitlab", "sinew:")),
        ("azure-pipelines", of_page("azure", "pool:")),
        ("citation-file-format", own("CITATION.cff")),
    ] {
        for file in files {
            let found = judged(&python, schema, &file);
            let said = String::from_utf8_lossy(&found.stdout).into_owned() + &String::from_utf8_lossy(&found.stderr);
            assert!(found.status.success(), "{} is no {schema}: {said}", file.display());
        }
    }
    // What is wrong is found, so the judge judges.
    let wrong = folder.join("wrong.yml");
    fs::write(
        &wrong,
        "name: A wish\ndescription: x\nbody:\n  - { type: textarea, attributes: { label: What, and why } }\n",
    )
    .unwrap();
    assert!(!judged(&python, "github-issue-forms", &wrong).status.success());
}
