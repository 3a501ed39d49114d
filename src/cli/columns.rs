//! What is said of the columns of tables on the command line, and remembered beside the stack file.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use clap::Args;

use super::console::say;
use super::exit::Failure;
use super::write::write_file;
use crate::import::HeaderMap;

#[derive(Args, Debug)]
pub(super) struct Columns {
    /// Field of a column whose header says nothing: `Header=field`, `Header=ignore`, or a file of such lines. With `-o`
    /// it is kept beside the stack file, as STACK.map.csv, and read again next time
    #[arg(long, value_name = "HEADER=FIELD")]
    map: Vec<String>,
    /// Write `owner-1`, `owner-2` instead of the names of owners and performers
    #[arg(long)]
    pub(super) roles_only: bool,
}

impl Columns {
    /// The map that was kept beside the stack file, and over it what is said now.
    pub(super) fn map(&self, stack: Option<&Path>) -> Result<HeaderMap, Failure> {
        let mut map = HeaderMap::default();
        if let Some(kept) = stack.map(beside).filter(|kept| kept.is_file()) {
            read(&kept, &mut map)?;
            say(&format!("columns as kept in {}\n", kept.display()));
        }
        for said in &self.map {
            let file = Path::new(said);
            if !said.contains('=') || file.is_file() {
                read(file, &mut map)?;
            } else {
                map.add(said).map_err(|message| Failure::Input(format!("error: --map: {message}\n")))?;
            }
        }
        Ok(map)
    }

    /// Keeps the map beside the stack file, if anything was said now.
    pub(super) fn keep(&self, map: &HeaderMap, stack: Option<&Path>) -> Result<(), Failure> {
        if let (Some(stack), false) = (stack, self.map.is_empty()) {
            let kept = beside(stack);
            write_file(&kept, map.to_csv().as_bytes())?;
            say(&format!("wrote {}; the next import to this file reads it\n", kept.display()));
        }
        Ok(())
    }
}

/// `acme.yaml` has its map in `acme.map.csv`.
fn beside(stack: &Path) -> PathBuf {
    stack.with_extension("map.csv")
}

/// The longest map: 1 MiB.
const LONGEST: u64 = 1 << 20;

fn read(path: &Path, map: &mut HeaderMap) -> Result<(), Failure> {
    let failed = |cause| Failure::file("read", path, cause);
    if fs::metadata(path).map_err(failed)?.len() > LONGEST {
        return Err(failed(io::Error::other("a map of columns has at most 1 MiB")));
    }
    let text = fs::read_to_string(path).map_err(failed)?;
    map.read(&text).map_err(|wrong| {
        let lines: Vec<String> = wrong.iter().map(|one| format!("error: {}: {one}\n", path.display())).collect();
        Failure::Input(lines.concat())
    })
}
