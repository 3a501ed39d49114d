//! Archives, opened within bounds: too much is refused by what the headers promise, and what they keep quiet about is counted.

use std::io::{Cursor, Read};

use zip::ZipArchive;

use super::problem::Fault;

/// Entries of one archive.
const ENTRIES: usize = 10_000;
/// Bytes of one entry: 64 MiB.
const ENTRY: u64 = 64 << 20;
/// Bytes of all entries together: 256 MiB.
const TOGETHER: u64 = 256 << 20;
/// How many times its compressed size an entry may grow, beyond 1 MiB.
const RATIO: u64 = 200;

/// Whether the bytes are those of a zip archive.
pub(super) fn is_zip(bytes: &[u8]) -> bool {
    bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06")
}

/// A zip archive: names that are known, and contents that are unpacked when they are asked for.
#[derive(Debug)]
pub(super) struct Archive<'b> {
    bytes: &'b [u8],
    /// Names with their places, by name.
    entries: Vec<(String, usize)>,
}

impl<'b> Archive<'b> {
    /// Reads the names of all entries.
    pub(super) fn open(bytes: &'b [u8]) -> Result<Self, Fault> {
        let mut archive = reader(bytes)?;
        if archive.len() > ENTRIES {
            let message = format!("the archive has {} entries, more than {ENTRIES}", archive.len());
            return Err(Fault::new("too-many-files", message).help("import the folder that you need of it"));
        }
        let mut entries: Vec<(String, usize)> = Vec::with_capacity(archive.len());
        for at in 0..archive.len() {
            let entry = archive.by_index_raw(at).map_err(|error| broken(at, &error))?;
            let name = entry.name().map_or_else(|_| format!("entry {}", at + 1), std::borrow::Cow::into_owned);
            if !entry.is_dir() {
                entries.push((name, at));
            }
        }
        entries.sort();
        Ok(Self { bytes, entries })
    }

    /// The names of all files in it, in order.
    pub(super) fn names(&self) -> impl Iterator<Item = &str> {
        self.entries.iter().map(|(name, _)| name.as_str())
    }

    /// Gives every file whose name `is_wanted` to `file`, in the order of names.
    pub(super) fn each(
        &self,
        is_wanted: impl Fn(&str) -> bool,
        mut file: impl FnMut(&str, &[u8]),
    ) -> Result<(), Fault> {
        let mut archive = reader(self.bytes)?;
        let wanted: Vec<&(String, usize)> = self.entries.iter().filter(|(name, _)| is_wanted(name)).collect();
        // What is too much by its own headers is refused before anything of it is read.
        let mut promised = 0;
        for (name, at) in wanted.iter().copied() {
            let entry = archive.by_index_raw(*at).map_err(|error| broken(*at, &error))?;
            let most = most(promised, entry.compressed_size());
            if entry.size() > most {
                return Err(bomb(name, most));
            }
            promised += entry.size();
        }
        let mut together = 0;
        for (name, at) in wanted {
            let mut entry = archive.by_index(*at).map_err(|error| broken(*at, &error))?;
            let most = most(together, entry.compressed_size());
            // A header that says less than there is costs some copies.
            let mut bytes = Vec::with_capacity(usize::try_from(entry.size()).unwrap_or(0));
            entry.by_ref().take(most + 1).read_to_end(&mut bytes).map_err(|error| broken(*at, &error))?;
            if bytes.len() as u64 > most {
                return Err(bomb(name, most));
            }
            together += bytes.len() as u64;
            file(name, &bytes);
        }
        Ok(())
    }
}

/// Bytes that an entry may have after so many of those before it.
fn most(before: u64, compressed: u64) -> u64 {
    ENTRY.min(TOGETHER.saturating_sub(before)).min(compressed.saturating_mul(RATIO).max(1 << 20))
}

fn reader(bytes: &[u8]) -> Result<ZipArchive<Cursor<&[u8]>>, Fault> {
    ZipArchive::new(Cursor::new(bytes)).map_err(|error| {
        Fault::new("broken-zip", format!("the archive cannot be read: {error}"))
            .help("it was probably cut off on its way; copy or export it again")
    })
}

fn broken(at: usize, error: &dyn std::fmt::Display) -> Fault {
    Fault::new("broken-zip", format!("entry {} cannot be unpacked: {error}", at + 1))
        .help("it was probably cut off on its way; copy or export it again")
}

fn bomb(name: &str, most: u64) -> Fault {
    let message = format!("`{}` unpacks to more than {}", shown(name), bound(most));
    Fault::new("zip-bomb", message).help("unpack it yourself, and import the files that you trust")
}

fn bound(bytes: u64) -> String {
    format!("{} MiB: 64 MiB an entry, 256 MiB together, {RATIO} times its packed size beyond 1 MiB", bytes >> 20)
}

/// A name for a message: short, and harmless.
fn shown(name: &str) -> String {
    crate::source::visible(&name.chars().take(80).collect::<String>())
}
