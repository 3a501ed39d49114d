//! The real Graphviz.

use std::io::Write as _;
use std::process::{Command, Stdio};

use super::judge::judge;

/// What `dot` prints for `text` in the format `-T…`; `None` where it is not installed, as [`judge`] says.
pub(crate) fn graphviz(format: &str, text: &str) -> Option<String> {
    run("dot", &[format!("-T{format}")], text)
}

/// What a program of Graphviz prints for `text`; it has to be silent otherwise.
pub(crate) fn run(engine: &str, arguments: &[String], text: &str) -> Option<String> {
    judge("dot", "pictures as DOT")?;
    let mut child = Command::new(engine)
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut stdin = child.stdin.take().unwrap();
    let input = text.to_owned();
    let writer = std::thread::spawn(move || stdin.write_all(input.as_bytes()));
    let output = child.wait_with_output().unwrap();
    writer.join().unwrap().unwrap();
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success() && errors.is_empty(), "dot says: {errors}\n{text}");
    Some(String::from_utf8(output.stdout).unwrap())
}
