//! A client that others wrote: Neovim, without a screen.

use std::process::Command;

use serde_json::Value;

use super::STACK;
use crate::support::binary::folder;
use crate::support::judge::judge;

#[test]
fn neovim_shows_fixes_renames_and_completes() {
    let Some(neovim) = judge("nvim", "what an editor makes of `sinew lsp`") else { return };
    let folder = folder("lsp-neovim");
    let (file, seen) = (folder.join("stack.yaml"), folder.join("seen.json"));
    std::fs::write(&file, STACK.replace("kind: crm,", "kind: crmm,")).unwrap();
    let _ = std::fs::remove_file(&seen);
    let output = Command::new(neovim)
        .args(["--headless", "--clean", "-n", "-c"])
        .arg(format!("luafile {}", concat!(env!("CARGO_MANIFEST_DIR"), "/tests/lsp/neovim.lua")))
        .args(["-c", "qa!"])
        .env("SINEW", env!("CARGO_BIN_EXE_sinew"))
        .env("SINEW_FILE", &file)
        .env("SINEW_SEEN", &seen)
        .env("XDG_STATE_HOME", &folder)
        .env("XDG_CACHE_HOME", &folder)
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    let seen: Value =
        serde_json::from_str(&std::fs::read_to_string(&seen).unwrap_or_else(|_| panic!("{said}"))).unwrap();
    let words = |key: &str| seen[key].as_array().unwrap().iter().filter_map(Value::as_str).collect::<Vec<_>>();
    let text = |key: &str| seen[key].as_str().unwrap();
    assert!(words("problems").contains(&"unknown-word"), "{seen}");
    assert_eq!(text("fixed").trim(), STACK.trim());
    assert!(words("findings").contains(&"manual-handoff"), "{seen}");
    let with_interfaces = STACK.replace("guessed: [kind] }\n", "guessed: [kind] }\n    interfaces: [rest]\n");
    assert_eq!(text("interfaces").trim(), with_interfaces.trim());
    assert!(text("hover").contains("Processes that stop"), "{seen}");
    assert_eq!(seen["line"], 8);
    assert_eq!(words("completed"), ["ops"]);
    assert_eq!(text("renamed").trim(), with_interfaces.replace("mailer", "marketo").trim());
    assert!(words("symbols").contains(&"flows"), "{seen}");
    assert_eq!(seen["stopped"], true);
}
