//! Foreign files become the systems and flows that a careful reader finds in them.

mod blind;
mod bombs;
mod books;
mod calls;
mod drawings;
mod drawings_hostile;
mod first_report;
mod hostile;
mod into;
mod into_command;
mod laws;
mod lineage;
mod lineage_hostile;
mod pages;
mod projects;
mod salesforce;
mod secrets;
mod several;
mod table_status;
mod table_words;
mod tables;
mod truth;

use std::path::{Path, PathBuf};

use sinew::import::{Import, Imported, Options};

/// The files of a format, by name; those of a project with its folders.
fn samples(format: &str) -> Vec<PathBuf> {
    let mut folders = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/importers/samples").join(format)];
    let mut files = Vec::new();
    while let Some(folder) = folders.pop() {
        for path in std::fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path()) {
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_none_or(|ending| ending != "truth" && ending != "cls") {
                files.push(path);
            }
        }
    }
    files.sort();
    files
}

/// What the import of these files gives.
fn imported(files: &[(&str, &[u8])], options: Options) -> Imported {
    let mut import = Import::new(options);
    for (name, bytes) in files {
        import.file(name, bytes, true);
    }
    import.finish("stack.yaml")
}
