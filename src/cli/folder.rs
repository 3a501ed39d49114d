//! The folder of a report: what an earlier run wrote there and this one does not is removed, and two runs do not mix.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::Read;
use std::path::{Component, Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use sha2::{Digest, Sha256};

use super::console::say;
use super::exit::Failure;
use super::write::{Ready, is_named, write_file};
use crate::report::{File, Part};

/// The list of what was written, in the form of `sha256sum`: a hash, two blanks, a name.
const LIST: &str = "sinew.files";

/// Bytes of a list that are read; longer ones are none of ours.
const LONGEST_LIST: u64 = 16 << 20;

/// Names with the hashes under which they were written: several where a run was interrupted.
type Listed = BTreeMap<String, BTreeSet<String>>;

/// A report on its way into a folder. Its files are written as they are made, under temporary names; once all are there, all get
/// their places, so that a report that fails on the way changes nothing.
pub(super) struct Arriving<'f> {
    folder: &'f Path,
    /// The folders on the way to it and in it that are made for it, the innermost first.
    made: Vec<PathBuf>,
    /// Held until all is done.
    lock: fs::File,
    earlier: Listed,
    files: Mutex<BTreeMap<String, (String, Ready)>>,
    failed: Mutex<Option<Failure>>,
}

impl<'f> Arriving<'f> {
    /// Opens `folder`, which is made if it is not there, and waits until no other run writes into it.
    pub(super) fn at(folder: &'f Path) -> Result<Self, Failure> {
        is_named(folder)?;
        let is_missing = |path: &Path| path.symlink_metadata().is_err();
        let within = Part::ALL.iter().map(|(_, name)| folder.join(name));
        let around = folder.ancestors().map(Path::to_owned);
        let made = within.chain(around).filter(|path| is_missing(path)).collect();
        fs::create_dir_all(folder).map_err(|cause| Failure::file("make the folder", folder, cause))?;
        let lock = lock(folder)?;
        let earlier = read_list(folder);
        clean(folder, earlier.keys(), None);
        Ok(Self { folder, made, lock, earlier, files: Mutex::default(), failed: Mutex::default() })
    }

    /// Takes a file. Where one cannot be written, none after it is, and [`Self::end`] says why.
    pub(super) fn take(&self, file: &File) {
        let failed = || self.failed.lock().unwrap_or_else(PoisonError::into_inner);
        if failed().is_some() {
            return;
        }
        match Ready::write(self.folder, file) {
            Ok(ready) => {
                let mut files = self.files.lock().unwrap_or_else(PoisonError::into_inner);
                files.insert(file.path.clone(), (hash(file.bytes.as_slice()), ready));
            }
            Err(failure) => drop(failed().get_or_insert(failure)),
        }
    }

    /// Takes everything back, with the folders that were made for it.
    pub(super) fn give_up(self) {
        drop(self.files);
        drop(self.lock);
        for folder in &self.made {
            // Only an empty folder can be removed.
            let _ = fs::remove_dir(folder);
        }
    }

    /// Puts all files, the parts `parts` of a report, into their places; their names. What an earlier run wrote for these parts and
    /// this one does not is removed, unless somebody changed it since; no other file is touched.
    pub(super) fn end(mut self, parts: &[Part]) -> Result<Vec<String>, Failure> {
        let failed = self.failed.get_mut().unwrap_or_else(PoisonError::into_inner).take();
        if let Some(failure) = failed {
            self.give_up();
            return Err(failure);
        }
        let Self { folder, lock, earlier, files, .. } = self;
        let files = files.into_inner().unwrap_or_else(PoisonError::into_inner);
        let now: Listed =
            files.iter().map(|(name, (hash, _))| (name.clone(), BTreeSet::from([hash.clone()]))).collect();
        clean(folder, now.keys(), Some(std::process::id()));
        // A run that is interrupted from here on leaves a list in which every file of either run is found.
        let mut either = earlier.clone();
        now.iter().for_each(|(name, hashes)| either.entry(name.clone()).or_default().extend(hashes.clone()));
        write_list(folder, &either)?;
        files.into_values().try_for_each(|(_, ready)| ready.put())?;
        let mut kept = now.clone();
        for (name, hashes) in earlier.into_iter().filter(|(name, _)| !now.contains_key(name)) {
            if parts.iter().any(|part| is_of(&name, *part)) {
                remove(folder, &name, &hashes);
            } else {
                kept.insert(name, hashes);
            }
        }
        write_list(folder, &kept)?;
        drop(lock);
        Ok(now.into_keys().collect())
    }
}

/// Waits until no other run writes into `folder`, and keeps others waiting as long as the result lives. The lock ends
/// with the process, whatever ends that.
fn lock(folder: &Path) -> Result<fs::File, Failure> {
    // A folder can be locked itself where it can be opened; elsewhere a file in it is.
    let opened = if cfg!(unix) {
        fs::File::open(folder)
    } else {
        fs::File::options().create(true).append(true).open(folder.join(".sinew.lock"))
    };
    let locked = opened.and_then(|file| match file.lock() {
        // Some file systems know no locks; then nothing is promised.
        Err(cause) if cause.kind() == std::io::ErrorKind::Unsupported => Ok(file),
        outcome => outcome.map(|()| file),
    });
    locked.map_err(|cause| Failure::file("lock the folder", folder, cause))
}

/// Whether a file of this name belongs to `part`.
fn is_of(name: &str, part: Part) -> bool {
    name == part.name() || name.strip_prefix(part.name()).is_some_and(|rest| rest.starts_with('/'))
}

fn hash(bytes: impl Read) -> String {
    let mut bytes = bytes;
    let mut hasher = Sha256::new();
    let mut buffer = [0; 1 << 16];
    // What can no longer be read has another hash than the one listed.
    while let Ok(count @ 1..) = bytes.read(&mut buffer) {
        hasher.update(&buffer[..count]);
    }
    hasher.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The list of an earlier run; nothing of a line that could not be ours.
fn read_list(folder: &Path) -> Listed {
    let mut text = String::new();
    let path = folder.join(LIST);
    let is_ours = fs::symlink_metadata(&path).is_ok_and(|found| found.is_file() && found.len() <= LONGEST_LIST);
    if !is_ours || fs::File::open(&path).and_then(|file| file.take(LONGEST_LIST).read_to_string(&mut text)).is_err() {
        return Listed::new();
    }
    let mut listed = Listed::new();
    for (hash, name) in text.lines().filter_map(|line| line.split_once("  ")) {
        let stays_inside = Path::new(name).components().all(|part| matches!(part, Component::Normal(_)));
        if stays_inside && Part::ALL.iter().any(|(part, _)| is_of(name, *part)) {
            listed.entry(name.to_owned()).or_default().insert(hash.to_owned());
        }
    }
    listed
}

fn write_list(folder: &Path, listed: &Listed) -> Result<(), Failure> {
    let line = |(name, hashes): (&String, &BTreeSet<String>)| -> String {
        hashes.iter().map(|hash| format!("{hash}  {name}\n")).collect()
    };
    let text: String = listed.iter().map(line).collect();
    write_file(&folder.join(LIST), text.as_bytes())
}

/// Removes what an earlier run wrote; what somebody changed since stays, and is said.
fn remove(folder: &Path, name: &str, hashes: &BTreeSet<String>) {
    let path = folder.join(name);
    // A link leads to what is not ours, and so may a folder that is one.
    let is_plain = |path: &Path| fs::symlink_metadata(path).is_ok_and(|found| !found.is_symlink());
    let within = path.ancestors().take_while(|above| *above != folder);
    if !within.into_iter().all(is_plain) || !path.is_file() {
        return;
    }
    if fs::File::open(&path).is_ok_and(|file| hashes.contains(&hash(file))) {
        if fs::remove_file(&path).is_ok() {
            say(&format!("removed {}\n", path.display()));
        }
        // Only an empty folder can be removed.
        if let Some(parent) = path.parent().filter(|parent| *parent != folder) {
            let _ = fs::remove_dir(parent);
        }
    } else {
        say(&format!("kept {}: it is no longer part of the report, and was changed by hand\n", path.display()));
    }
}

/// Removes what runs that were killed have left: temporary files of names that we write, but for those of the process `own`. The lock
/// says that no other run is writing them now.
fn clean<'n>(folder: &Path, names: impl Iterator<Item = &'n String>, own: Option<u32>) {
    let own = own.map(|own| own.to_string());
    let names: BTreeSet<&str> = names.map(String::as_str).chain([LIST]).collect();
    let folders: BTreeSet<&str> = names.iter().map(|name| name.rsplit_once('/').map_or("", |(at, _)| at)).collect();
    for inside in folders {
        let Ok(entries) = fs::read_dir(folder.join(inside)) else { continue };
        for entry in entries.flatten() {
            let name = entry.file_name();
            let others = name.to_str().and_then(temporary_of).filter(|(_, process)| own.as_deref() != Some(*process));
            let of = others.map(|(name, _)| match inside {
                "" => name.to_owned(),
                inside => format!("{inside}/{name}"),
            });
            if of.is_some_and(|of| names.contains(of.as_str())) && entry.file_type().is_ok_and(|kind| kind.is_file()) {
                let _ = fs::remove_file(entry.path());
            }
        }
    }
}

/// The name that a temporary file was to get, and the process that wrote it: `.NAME.PID.tmp`.
fn temporary_of(name: &str) -> Option<(&str, &str)> {
    let (name, process) = name.strip_prefix('.')?.strip_suffix(".tmp")?.rsplit_once('.')?;
    (!process.is_empty() && process.bytes().all(|byte| byte.is_ascii_digit())).then_some((name, process))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn temporary_names_are_told_from_others() {
        assert_eq!(temporary_of(".landscape-4.svg.123.tmp"), Some(("landscape-4.svg", "123")));
        for other in ["landscape.svg", ".landscape.svg.tmp", ".x.1a.tmp", "x.1.tmp", ".tmp"] {
            assert_eq!(temporary_of(other), None, "{other}");
        }
        assert!(is_of("offline/jasper.md", Part::Offline) && !is_of("offline.md", Part::Offline));
    }

    #[test]
    fn the_hash_is_that_of_sha256sum() {
        assert_eq!(hash("abc".as_bytes()), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    }
}
