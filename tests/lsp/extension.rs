//! The extension of VS Code: its manifest, and the schemas that it gives to files.

use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

use crate::support::binary::run;
use crate::support::judge::judge;

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("editors/vscode")
}

fn manifest() -> Value {
    serde_json::from_str(&std::fs::read_to_string(folder().join("package.json")).unwrap()).unwrap()
}

#[test]
fn the_manifest_starts_what_there_is() {
    let manifest = manifest();
    assert_eq!(manifest["version"], env!("CARGO_PKG_VERSION"));
    assert!(folder().join(manifest["main"].as_str().unwrap()).is_file());
    for event in manifest["activationEvents"].as_array().unwrap() {
        assert!(event.as_str().unwrap().starts_with("onLanguage:"), "{event}");
    }
    let script = std::fs::read_to_string(folder().join("extension.js")).unwrap();
    let settings = manifest["contributes"]["configuration"]["properties"].as_object().unwrap();
    for setting in settings.keys() {
        let key = setting.strip_prefix("sinew.").unwrap();
        assert!(script.contains(&format!("settings.get('{key}'")), "nobody reads {setting}");
    }
    let called: Vec<&str> =
        settings["sinew.arguments"]["default"].as_array().unwrap().iter().filter_map(Value::as_str).collect();
    let help = run(&[called.as_slice(), &["--help"]].concat());
    assert!(help.status.success());
}

#[test]
fn files_get_the_schemas_that_the_program_writes() {
    let manifest = manifest();
    let script = manifest["scripts"]["schemas"].as_str().unwrap();
    let mut count = 0;
    for kind in ["jsonValidation", "yamlValidation"] {
        for row in manifest["contributes"][kind].as_array().unwrap() {
            let file = row["url"].as_str().unwrap().strip_prefix("./").unwrap();
            let what = file.strip_prefix("schemas/").and_then(|name| name.strip_suffix(".json")).unwrap();
            assert!(script.contains(&format!("sinew schema {what} > {file}")), "{script} does not write {file}");
            let schema: Value = serde_json::from_slice(&run(&["schema", what]).stdout).unwrap();
            assert_eq!(schema["$id"], format!("urn:sinew:{what}:1").as_str(), "{schema}");
            jsonschema::meta::validate(&schema).unwrap();
            count += 1;
        }
    }
    assert_eq!(count, 4);
}

#[test]
fn the_script_is_javascript() {
    let Some(node) = judge("node", "the script of the extension of an editor") else { return };
    let output = Command::new(node).arg("--check").arg(folder().join("extension.js")).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}
