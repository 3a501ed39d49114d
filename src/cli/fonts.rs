//! Fonts for letters that the embedded one lacks, and what is said of them.

use std::collections::BTreeSet;
use std::fs::File;
use std::io::{ErrorKind, Read as _};
use std::path::{Path, PathBuf};

use clap::Args;
use sinew_draw::fonts::Fonts;

use super::exit::Failure;
use super::stack::regular;
use crate::report::say::counted;

/// Bytes of a font file that are read; the largest collections of Chinese, Japanese and Korean letters have 40 MB.
const LARGEST: u64 = 128 << 20;

/// Letters that are named; the others are counted.
const NAMED: usize = 12;

/// Which fonts.
#[derive(Args, Debug)]
pub(super) struct FontOption {
    /// Font file for letters that the embedded font lacks, in PNG and PDF; may be repeated [default: the fonts of this
    /// machine]
    #[arg(long, value_name = "FILE")]
    font: Vec<PathBuf>,
}

impl FontOption {
    /// The fonts of the files, or else those of the machine, behind the embedded one.
    pub(super) fn open(&self) -> Result<Fonts, Failure> {
        if self.font.is_empty() {
            return Ok(Fonts::of_machine());
        }
        self.font.iter().try_fold(Fonts::embedded(), |fonts, path| {
            let refused = |why: String| Failure::Input(format!("error: {}: {why}\n", path.display()));
            fonts.and_file(bytes(path)?).map_err(|error| refused(error.to_string()))
        })
    }

    /// The files that they are read from.
    #[cfg(feature = "watch")]
    pub(super) fn files(&self) -> &[PathBuf] {
        &self.font
    }
}

fn bytes(path: &Path) -> Result<Vec<u8>, Failure> {
    regular(path)?;
    let mut bytes = Vec::new();
    let read = File::open(path).and_then(|file| file.take(LARGEST + 1).read_to_end(&mut bytes));
    read.map_err(|cause| match cause.kind() {
        ErrorKind::NotFound | ErrorKind::IsADirectory => {
            Failure::Input(format!("error: cannot read {}: {cause}\n", path.display()))
        }
        _ => Failure::file("read", path, cause),
    })?;
    if bytes.len() as u64 > LARGEST {
        let most = LARGEST >> 20;
        return Err(Failure::Input(format!("error: {}: a font has at most {most} MiB\n", path.display())));
    }
    Ok(bytes)
}

/// What is said of letters that another font drew, and of those that no font has; nothing where the embedded font has
/// all.
pub(super) fn letters(fonts: &Fonts) -> String {
    let told = fonts.substitutes();
    let mut said = String::new();
    if !told.missing.is_empty() {
        said.push_str(&format!(
            "warning: no font has {}; PNG and PDF show an empty box for each: name a font that has them with `--font FILE`\n",
            shown(&told.missing)
        ));
    }
    if told.is_of_machine && !told.by_family.is_empty() {
        let by = told.by_family.iter().map(|(family, letters)| format!("{family} ({})", shown(letters)));
        said.push_str(&format!(
            "note: PNG and PDF take letters from fonts of this machine: {}; with `--font FILE` every machine writes the same bytes\n",
            by.collect::<Vec<_>>().join(", ")
        ));
    }
    said
}

/// The letters with their code points, as some cannot be seen: `顧` (U+9867).
fn shown(letters: &BTreeSet<char>) -> String {
    let named = letters.iter().take(NAMED).map(|letter| format!("`{letter}` (U+{:04X})", u32::from(*letter)));
    let named = named.collect::<Vec<_>>().join(", ");
    match letters.len().saturating_sub(NAMED) {
        0 => named,
        more => format!("{named} and {}", counted(more, "other letter", "other letters")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_are_named_and_the_rest_counted() {
        assert_eq!(shown(&BTreeSet::from(['顧', '客'])), "`客` (U+5BA2), `顧` (U+9867)");
        let many: BTreeSet<char> = ('一'..).take(NAMED + 3).collect();
        assert!(shown(&many).ends_with("(U+4E0B) and 3 other letters"), "{}", shown(&many));
        assert_eq!(letters(&Fonts::of_machine()), "", "nothing was drawn");
    }
}
