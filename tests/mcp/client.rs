//! An official client: the Python SDK of the protocol judges the server.

use std::fs;
use std::process::Command;

use super::example;
use crate::support::binary::folder;
use crate::support::judge;

#[test]
fn the_python_sdk_finds_nothing_wrong() {
    let Some(python) = judge::client_of_mcp("`sinew mcp`, as its official client calls it") else { return };
    let large = folder("mcp-client").join("large.yaml");
    // Few entries with long names are read fast, and make two megabytes.
    let mut text = String::from("sinew: 1\nsystems:\n");
    (0..420).for_each(|at| {
        text.push_str(&format!("  system-{at}: {{ kind: crm, name: \"{}{at}\" }}\n", "long ".repeat(970)))
    });
    fs::write(&large, text).unwrap();
    let judged = Command::new(python)
        .arg("tests/mcp/client.py")
        .args([env!("CARGO_BIN_EXE_sinew"), example("tiny").to_str().unwrap(), large.to_str().unwrap()])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .unwrap();
    let (out, err) = (String::from_utf8_lossy(&judged.stdout), String::from_utf8_lossy(&judged.stderr));
    assert!(judged.status.success() && out.trim_end().ends_with("all is well"), "{out}\n{err}");
}
