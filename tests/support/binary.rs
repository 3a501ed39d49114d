//! The program as a user runs it.

#![allow(dead_code, reason = "not every test that shares this file asks everything")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// The program with these arguments, in the folder of the project, where no variable decides about colors.
pub(crate) fn sinew(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_sinew"));
    command.args(arguments).current_dir(env!("CARGO_MANIFEST_DIR"));
    command.env_remove("NO_COLOR").env_remove("CLICOLOR_FORCE").env_remove("COLUMNS");
    command
}

/// What it answers.
pub(crate) fn run(arguments: &[&str]) -> Output {
    sinew(arguments).output().unwrap()
}

/// The code it ended with.
pub(crate) fn code(output: &Output) -> i32 {
    output.status.code().expect("not ended by a signal")
}

/// Its results.
pub(crate) fn out(output: &Output) -> &str {
    std::str::from_utf8(&output.stdout).unwrap()
}

/// Its words about them.
pub(crate) fn err(output: &Output) -> &str {
    std::str::from_utf8(&output.stderr).unwrap()
}

/// A folder of this test alone, empty.
pub(crate) fn folder(test: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(test);
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).unwrap();
    folder
}
