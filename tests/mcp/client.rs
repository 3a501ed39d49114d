//! An official client: the Python SDK of the protocol judges the server.

use std::fs;
use std::process::Command;

use super::example;
use crate::support::binary::folder;
use crate::support::judge;

#[test]
fn the_python_sdk_finds_nothing_wrong() {
    let Some(python) = judge::client_of_mcp("`sinew mcp`, as its official client calls it") else { return };
    let folder = folder("mcp-client");
    // Few entries with long names are read fast. Each page is computed again, so that of the larger file two are asked for.
    let stack = |name: &str, systems: usize| {
        let name = folder.join(name);
        let mut text = String::from("sinew: 1\nsystems:\n");
        let mut add =
            |at| text.push_str(&format!("  system-{at}: {{ kind: crm, name: \"{}{at}\" }}\n", "long ".repeat(970)));
        (0..systems).for_each(&mut add);
        fs::write(&name, text).unwrap();
        name.display().to_string()
    };
    let (medium, large) = (stack("medium.yaml", 40), stack("large.yaml", 420));
    let judged = Command::new(python)
        .arg("tests/mcp/client.py")
        .args([env!("CARGO_BIN_EXE_sinew"), example("tiny").to_str().unwrap(), &medium, &large])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .unwrap();
    let (out, err) = (String::from_utf8_lossy(&judged.stdout), String::from_utf8_lossy(&judged.stderr));
    assert!(judged.status.success() && out.trim_end().ends_with("all is well"), "{out}\n{err}");
}
