//! The files that teach the format are those that the table of keys makes.

use std::fs;
use std::path::Path;

use crate::pages::is_blessed;

#[test]
fn the_skill_and_llms_txt_are_made_from_the_table_of_keys() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    for (file, text) in [("skills/sinew-stack/SKILL.md", sinew::mcp::skill()), ("llms.txt", sinew::mcp::llms())] {
        if is_blessed() {
            fs::create_dir_all(root.join(file).parent().unwrap()).unwrap();
            fs::write(root.join(file), &text).unwrap();
        }
        let there = fs::read_to_string(root.join(file)).unwrap_or_default();
        assert!(there == text, "{file}: `SINEW_BLESS=1 cargo test --test all mcp::files` writes it anew");
    }
}
