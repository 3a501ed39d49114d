//! Texts that are read together, as one may include or go on with another.

use std::collections::{BTreeMap, BTreeSet};

use super::clean::LeftOut;
use super::reading::{File, Reading};

/// One input of a format whose inputs are read together.
#[derive(Clone, Copy, Debug)]
pub(super) struct Part<'t> {
    pub(super) file: File<'t>,
    pub(super) text: &'t str,
}

/// Texts of no format of their own, which others may include.
#[derive(Debug, Default)]
pub(super) struct Spare {
    /// By name as the input has it.
    pub(super) texts: BTreeMap<String, String>,
    /// Those that were included.
    pub(super) used: BTreeSet<String>,
    bytes: usize,
}

/// Bytes of one such text: 1 MiB.
const ONE: usize = 1 << 20;
/// Bytes of all of them: 64 MiB.
const ALL: usize = 64 << 20;

/// Reads the inputs of one format, each with what it needs of the others.
pub(super) type ReadJoined = fn(&[Part<'_>], &mut Spare, &mut LeftOut) -> Vec<Reading>;

impl Spare {
    /// Keeps a text, as far as there is room.
    pub(super) fn keep(&mut self, name: &str, text: &str) {
        if text.len() <= ONE && self.bytes + text.len() <= ALL {
            self.bytes += text.len();
            self.texts.insert(name.to_owned(), text.to_owned());
        }
    }

    /// The names of the texts that `path` means, seen from `from`: one file, or all of a folder. An address and a path
    /// out of the input mean none.
    pub(super) fn find(&self, from: &str, path: &str) -> Vec<String> {
        let Some(wanted) = beside(from, path) else { return Vec::new() };
        if self.texts.contains_key(&wanted) {
            return vec![wanted];
        }
        let folder = format!("{}/", wanted.trim_end_matches('/'));
        self.texts.keys().filter(|name| name.starts_with(&folder)).cloned().collect()
    }
}

/// `path` as seen from the file `from`; `None` for addresses, and for paths out of the input.
pub(super) fn beside(from: &str, path: &str) -> Option<String> {
    if path.contains("://") || path.starts_with(['/', '\\']) || path.is_empty() {
        return None;
    }
    // An entry of an archive stays within it.
    let (archive, inside) = match from.rsplit_once(':') {
        Some((archive, inside)) if !archive.is_empty() => (Some(archive), inside),
        _ => (None, from),
    };
    let mut parts: Vec<&str> = inside.split('/').collect();
    parts.pop();
    for part in path.split(['/', '\\']) {
        match part {
            "" | "." => {}
            ".." => drop(parts.pop()?),
            part => parts.push(part),
        }
    }
    let path = parts.join("/");
    Some(archive.map_or_else(|| path.clone(), |archive| format!("{archive}:{path}")))
}

#[cfg(test)]
mod tests {
    use super::beside;

    #[test]
    fn paths_stay_within_the_input() {
        assert_eq!(beside("a/w.dsl", "../b/x.dsl").as_deref(), Some("b/x.dsl"));
        assert_eq!(beside("w.zip:a/w.dsl", "x.dsl").as_deref(), Some("w.zip:a/x.dsl"));
        assert_eq!(beside("w.dsl", "./x.dsl").as_deref(), Some("x.dsl"));
        for out in ["../x.dsl", "/etc/passwd", "https://example.com/x.dsl", ""] {
            assert_eq!(beside("w.dsl", out), None, "{out}");
        }
    }
}
