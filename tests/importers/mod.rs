//! Foreign files become the systems and flows that a careful reader finds in them.

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
mod secrets;
mod several;
mod tables;
mod truth;

use std::path::{Path, PathBuf};

use sinew::import::{Import, Imported, Options};

/// The files of a format, by name.
fn samples(format: &str) -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/importers/samples").join(format);
    let mut files: Vec<PathBuf> = std::fs::read_dir(&folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|ending| ending != "truth"))
        .collect();
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
