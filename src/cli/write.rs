//! Files, written whole or not at all: to a temporary name beside the target, then renamed.

use std::fs;
use std::io::{self, Write};
use std::path::{Component, Path, PathBuf};

use super::exit::Failure;
use crate::report::File;

/// Writes `files` below `folder`, which is made if it is not there; `written` is told of each.
pub(super) fn write_files(folder: &Path, files: &[File], mut written: impl FnMut(&Path)) -> Result<(), Failure> {
    for file in files {
        let path = place_of(folder, file)?;
        write_file(&path, &file.bytes)?;
        written(&path);
    }
    Ok(())
}

/// Where a file stands below `folder`, with the folders that it stands in made.
fn place_of(folder: &Path, file: &File) -> Result<PathBuf, Failure> {
    let inside = Path::new(&file.path);
    assert!(
        inside.components().all(|part| matches!(part, Component::Normal(_))) && inside.file_name().is_some(),
        "names of files are made of ids: {}",
        file.path
    );
    let path = folder.join(inside);
    let parent = path.parent().unwrap_or(folder);
    fs::create_dir_all(parent).map_err(|cause| Failure::file("make the folder", parent, cause))?;
    Ok(path)
}

/// A file that is written beside the place that it is to have, and removed again unless it [gets](Self::put) there.
#[derive(Debug)]
pub(super) struct Ready {
    temporary: PathBuf,
    path: PathBuf,
    is_put: bool,
}

impl Ready {
    /// Writes a file of `folder` under its temporary name.
    pub(super) fn write(folder: &Path, file: &File) -> Result<Self, Failure> {
        let path = place_of(folder, file)?;
        let ready = Self { temporary: beside(&path), path, is_put: false };
        // A process that was killed may have had the same number.
        let _ = fs::remove_file(&ready.temporary);
        let written = match ready.path.is_dir() {
            true => Err(io::ErrorKind::IsADirectory.into()),
            false => write_new(&ready.temporary, &file.bytes),
        };
        written.map_err(|cause| Failure::file("write", &ready.path, cause)).map(|()| ready)
    }

    /// Puts it into its place: whoever opens it sees the old file or the new one, never a part.
    pub(super) fn put(mut self) -> Result<(), Failure> {
        let put = fs::rename(&self.temporary, &self.path);
        self.is_put = put.is_ok();
        put.map_err(|cause| Failure::file("write", &self.path, cause))
    }
}

impl Drop for Ready {
    fn drop(&mut self) {
        if !self.is_put {
            // The temporary file is ours; that it cannot be removed either is no second failure.
            let _ = fs::remove_file(&self.temporary);
        }
    }
}

/// Refuses to overwrite what is at `path`, unless that is asked for; `command` is the call that does it.
pub(super) fn keep(path: &Path, is_forced: bool, command: &str) -> Result<(), Failure> {
    // A dangling link is something too, and not ours to replace.
    if is_forced || path.symlink_metadata().is_err() {
        return Ok(());
    }
    let shown = path.display();
    Err(Failure::Input(format!(
        "error: {shown} already exists\n  = help: choose another file, or overwrite it: `{command}`\n"
    )))
}

/// A path as a shell takes it.
pub(super) fn quoted(path: &Path) -> String {
    let text = path.display().to_string();
    let is_plain = |letter: char| letter.is_alphanumeric() || "/._-+:=@%,\\".contains(letter);
    if !text.is_empty() && text.chars().all(is_plain) { text } else { format!("'{}'", text.replace('\'', "'\\''")) }
}

/// The file that an answer goes to; none for `-`, standard output.
pub(super) fn to_file(output: Option<&PathBuf>) -> Option<&Path> {
    output.map(PathBuf::as_path).filter(|path| path.as_os_str() != "-")
}

/// Refuses `-` where an answer is no text for standard output.
pub(super) fn is_named(path: &Path) -> Result<(), Failure> {
    if path.as_os_str() != "-" {
        return Ok(());
    }
    let words = "error: this is not written to standard output\n  = help: name a file or folder; one that is called `-` is `./-`\n";
    Err(Failure::Input(words.into()))
}

/// Writes `bytes` to `path`: whoever opens it sees the old file or the new one, never a part.
pub(super) fn write_file(path: &Path, bytes: &[u8]) -> Result<(), Failure> {
    is_named(path)?;
    let temporary = beside(path);
    let outcome = write_new(&temporary, bytes).and_then(|()| fs::rename(&temporary, path));
    outcome.map_err(|cause| {
        // The temporary file is ours; that it cannot be removed either is no second failure.
        let _ = fs::remove_file(&temporary);
        Failure::file("write", path, cause)
    })
}

/// Writes `bytes` over the file at `path` the same way: where that is a link, over what it leads to; who may read it stays.
pub(super) fn replace_file(path: &Path, bytes: &[u8]) -> Result<(), Failure> {
    let target = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    let permissions = fs::metadata(&target).map(|metadata| metadata.permissions());
    let temporary = beside(&target);
    let outcome = write_new(&temporary, bytes)
        .and_then(|()| permissions.map_or(Ok(()), |permissions| fs::set_permissions(&temporary, permissions)))
        .and_then(|()| fs::rename(&temporary, &target));
    outcome.map_err(|cause| {
        let _ = fs::remove_file(&temporary);
        Failure::file("write", path, cause)
    })
}

fn write_new(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut file = fs::File::options().write(true).create_new(true).open(path)?;
    file.write_all(bytes)?;
    file.sync_all()
}

/// Removes what a run that was killed while it wrote `path` has left beside it.
#[cfg(feature = "serve")]
pub(super) fn leftovers(path: &Path) {
    let path = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    let (Some(folder), Some(name)) = (path.parent(), path.file_name().and_then(|name| name.to_str())) else { return };
    let start = format!(".{name}.");
    let is_ours = |found: &str| {
        let process = found.strip_prefix(&start).and_then(|rest| rest.strip_suffix(".tmp"));
        process.is_some_and(|id| !id.is_empty() && id.bytes().all(|byte| byte.is_ascii_digit()))
    };
    for entry in fs::read_dir(folder).into_iter().flatten().filter_map(Result::ok) {
        if entry.file_name().to_str().is_some_and(is_ours) && entry.path().is_file() {
            // What cannot be removed is in nobody's way.
            let _ = fs::remove_file(entry.path());
        }
    }
}

/// A name in the same folder that is this process's own, hidden, and ends in `.tmp`.
fn beside(path: &Path) -> PathBuf {
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    path.with_file_name(format!(".{name}.{}.tmp", std::process::id()))
}
