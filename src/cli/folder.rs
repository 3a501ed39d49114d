//! The folder of a report: what an earlier run wrote there and this one does not is removed, and two runs do not mix.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::Read;
use std::path::{Component, Path};

use sha2::{Digest, Sha256};

use super::console::say;
use super::exit::Failure;
use super::write::{write_file, write_files};
use crate::report::{File, Part};

/// The list of what was written, in the form of `sha256sum`: a hash, two blanks, a name.
const LIST: &str = "sinew.files";

/// Bytes of a list that are read; longer ones are none of ours.
const LONGEST_LIST: u64 = 16 << 20;

/// Names with the hashes under which they were written: several where a run was interrupted.
type Listed = BTreeMap<String, BTreeSet<String>>;

/// Writes `files`, the parts `parts` of a report, into `folder`. What an earlier run wrote for these parts and this one
/// does not is removed, unless somebody changed it since; no other file is touched.
pub(super) fn write_report(folder: &Path, files: &[File], parts: &[Part]) -> Result<(), Failure> {
    fs::create_dir_all(folder).map_err(|cause| Failure::file("make the folder", folder, cause))?;
    let _lock = lock(folder)?;
    let earlier = read_list(folder);
    let now: Listed =
        files.iter().map(|file| (file.path.clone(), BTreeSet::from([hash(file.bytes.as_slice())]))).collect();
    clean(folder, earlier.keys().chain(now.keys()));
    // A run that is interrupted from here on leaves a list in which every file of either run is found.
    let mut either = earlier.clone();
    now.iter().for_each(|(name, hashes)| either.entry(name.clone()).or_default().extend(hashes.clone()));
    write_list(folder, &either)?;
    write_files(folder, files, |_: &Path| {})?;
    let mut kept = now.clone();
    for (name, hashes) in earlier.into_iter().filter(|(name, _)| !now.contains_key(name)) {
        if parts.iter().any(|part| is_of(&name, *part)) {
            remove(folder, &name, &hashes);
        } else {
            kept.insert(name, hashes);
        }
    }
    write_list(folder, &kept)
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

/// Removes what runs that were killed have left: temporary files of names that we write. The lock says that no run is
/// writing them now.
fn clean<'n>(folder: &Path, names: impl Iterator<Item = &'n String>) {
    let names: BTreeSet<&str> = names.map(String::as_str).chain([LIST]).collect();
    let folders: BTreeSet<&str> = names.iter().map(|name| name.rsplit_once('/').map_or("", |(at, _)| at)).collect();
    for inside in folders {
        let Ok(entries) = fs::read_dir(folder.join(inside)) else { continue };
        for entry in entries.flatten() {
            let name = entry.file_name();
            let of = name.to_str().and_then(temporary_of).map(|name| match inside {
                "" => name.to_owned(),
                inside => format!("{inside}/{name}"),
            });
            if of.is_some_and(|of| names.contains(of.as_str())) && entry.file_type().is_ok_and(|kind| kind.is_file()) {
                let _ = fs::remove_file(entry.path());
            }
        }
    }
}

/// The name that a temporary file was to get: `.NAME.PID.tmp`.
fn temporary_of(name: &str) -> Option<&str> {
    let (name, process) = name.strip_prefix('.')?.strip_suffix(".tmp")?.rsplit_once('.')?;
    (!process.is_empty() && process.bytes().all(|byte| byte.is_ascii_digit())).then_some(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn temporary_names_are_told_from_others() {
        assert_eq!(temporary_of(".landscape-4.svg.123.tmp"), Some("landscape-4.svg"));
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
