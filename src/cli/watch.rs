//! Waiting for files to be saved.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::Duration;

use notify::event::{AccessKind, AccessMode};
use notify::{EventKind, RecursiveMode, Watcher, recommended_watcher};

use super::exit::Failure;

/// How long a file has to rest before it is read: editors write in several steps.
const REST: Duration = Duration::from_millis(80);

/// Calls `saved` now, and whenever one of `files` has other contents than before; returns only where watching fails.
///
/// What is watched are the folders of the files, as editors replace a file rather than write into it.
pub(super) fn on_save(files: &[PathBuf], mut saved: impl FnMut()) -> Result<(), Failure> {
    let (tell, told) = channel();
    let failed = |cause: notify::Error| Failure::Environment {
        doing: "watch for changes".into(),
        cause: io::Error::other(cause),
    };
    let names: Vec<_> = files.iter().filter_map(|file| file.file_name().map(ToOwned::to_owned)).collect();
    let mut watcher = recommended_watcher(move |event: notify::Result<notify::Event>| {
        // Others write into these folders too, and reading is told as well: neither keeps a file from being read.
        let is_ours = |event: &notify::Event| {
            let is_named = |path: &PathBuf| path.file_name().is_some_and(|name| names.iter().any(|one| one == name));
            !matches!(event.kind, EventKind::Access(kind) if kind != AccessKind::Close(AccessMode::Write))
                && (event.paths.is_empty() || event.paths.iter().any(is_named))
        };
        if event.as_ref().map_or(true, is_ours) {
            // Nobody is told only when watching has ended.
            let _ = tell.send(event);
        }
    })
    .map_err(failed)?;
    for folder in folders(files) {
        watcher.watch(&folder, RecursiveMode::NonRecursive).map_err(failed)?;
    }
    let mut known = contents(files);
    saved();
    loop {
        match told.recv() {
            Ok(event) => event.map_err(failed)?,
            Err(_) => return Err(failed(notify::Error::generic("the watcher has ended"))),
        };
        rest(&told).map_err(failed)?;
        let now = contents(files);
        // A file that is gone is about to come back, or there is nothing to read anyway.
        if now != known && now.iter().all(Option::is_some) {
            known = now;
            saved();
        }
    }
}

/// Waits until nothing more is told.
fn rest(told: &Receiver<notify::Result<notify::Event>>) -> notify::Result<()> {
    loop {
        match told.recv_timeout(REST) {
            Ok(event) => event.map(drop)?,
            Err(RecvTimeoutError::Timeout | RecvTimeoutError::Disconnected) => return Ok(()),
        }
    }
}

fn folders(files: &[PathBuf]) -> Vec<PathBuf> {
    let folder = |file: &PathBuf| match file.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder.to_owned(),
        _ => Path::new(".").to_owned(),
    };
    let mut folders: Vec<PathBuf> = files.iter().map(folder).collect();
    folders.sort();
    folders.dedup();
    folders
}

fn contents(files: &[PathBuf]) -> Vec<Option<Vec<u8>>> {
    // A device has no end, and a pipe waits: neither is ever saved.
    let read = |file: &PathBuf| fs::metadata(file).ok().filter(fs::Metadata::is_file).and_then(|_| fs::read(file).ok());
    files.iter().map(read).collect()
}
