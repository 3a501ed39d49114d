//! What a file is: by its content, never by its name.

use super::opened::Opened;
use super::problem::Fault;
use super::{FORMATS, Format};

/// A file whose format is known.
#[derive(Debug)]
pub(super) struct Detected {
    pub(super) format: &'static Format,
    pub(super) sign: String,
}

/// Why a file was not read.
#[derive(Debug)]
pub(super) enum NotRead {
    /// It is of no format that is known; of a folder such files are only counted.
    Unknown(Fault),
    /// It is of a known format, and damaged.
    Damaged(Fault),
    /// It is an archive of files of their own.
    Archive,
}

/// The format of a file: `from` where that is stated, else the first of [`FORMATS`] whose sign holds.
pub(super) fn detect(opened: &Opened<'_>, from: Option<&'static Format>) -> Result<Detected, NotRead> {
    if opened.bytes.iter().all(u8::is_ascii_whitespace) {
        return Err(NotRead::Damaged(Fault::new("empty-file", "the file is empty").help("export it again")));
    }
    if let Some(fault) = by_first_bytes(opened.bytes) {
        return Err(NotRead::Damaged(fault));
    }
    let found = match from {
        Some(format) => format.content.sign(opened).map(|sign| (format, format!("{sign} (as stated)"))),
        None => FORMATS.iter().find_map(|format| format.content.sign(opened).map(|sign| (format, sign.to_owned()))),
    };
    match found {
        Some((format, sign)) => Ok(Detected { format, sign }),
        None => Err(not_found(opened, from)),
    }
}

/// Why no format was found.
fn not_found(opened: &Opened<'_>, from: Option<&'static Format>) -> NotRead {
    if let Some(fault) = opened.fault() {
        return NotRead::Damaged(fault.clone());
    }
    if opened.archive.is_some() {
        return NotRead::Archive;
    }
    if opened.text.is_none() {
        let valid = std::str::from_utf8(opened.bytes).map_or_else(|error| error.valid_up_to(), str::len);
        let line = opened.bytes[..valid].iter().filter(|byte| **byte == b'\n').count() + 1;
        let fault = Fault { line: Some(line), ..Fault::new("not-utf8", "the text is not UTF-8") };
        return NotRead::Unknown(fault.help("save the file as UTF-8"));
    }
    let text = opened.text.unwrap_or_default().trim_start_matches('\u{feff}').trim_start();
    if text.lines().any(|line| line.starts_with("sinew:")) && from.is_none() {
        let fault = Fault::new("stack-file", "the file is a stack file already");
        let help = "`sinew check` reads it; `sinew import INPUT --into` it takes over what other inputs say";
        return NotRead::Unknown(fault.help(help));
    }
    if is_graphviz(text) {
        let fault = Fault::new("graphviz", "the file is a Graphviz drawing, which is not read");
        let help = "draw it in draw.io or Mermaid, or list its arrows as a table with the headers `From` and `To`";
        return NotRead::Unknown(fault.help(help));
    }
    if let Some(format) = from {
        let message = format!("the file has no sign of {}: expected {}", format.id, format.expects);
        return NotRead::Damaged(
            Fault::new("unknown-format", message).help("leave `--from` out to look for all formats"),
        );
    }
    let (what, expects): (_, Vec<String>) = match (&opened.json, &opened.xml) {
        (None, None) => ("of", FORMATS.iter().map(|format| format.id.to_owned()).collect()),
        (json, _) => (
            if json.is_some() { "JSON of" } else { "XML of" },
            FORMATS.iter().map(|format| format!("{} ({})", format.id, format.expects)).collect(),
        ),
    };
    let fault = Fault::new("unknown-format", format!("the file is {what} no format that can be imported"));
    NotRead::Unknown(fault.help(format!("formats: {}", expects.join(", "))))
}

/// Whether a text is a graph for Graphviz: `strict digraph name {`, behind comments.
pub(super) fn is_graphviz(text: &str) -> bool {
    let is_comment = |line: &&str| line.trim().is_empty() || line.starts_with("//") || line.starts_with('#');
    let head: Vec<&str> = text.lines().skip_while(is_comment).take(2).collect();
    let head = head.join(" ").to_lowercase();
    let head = head.strip_prefix("strict ").unwrap_or(&head);
    let name = head.strip_prefix("digraph").or_else(|| head.strip_prefix("graph"));
    let name = name.filter(|rest| rest.starts_with([' ', '{'])).and_then(|rest| rest.split_once('{'));
    name.is_some_and(|(name, _)| name.trim().starts_with('"') || name.split_whitespace().count() <= 1)
}

/// Whether somebody means a damaged file of a folder to be imported: an export by its ending, or markup with a word of a format
/// that is read. Templates of pages and pictures lie in every project, and whatever is wrong with them, they were never meant.
pub(super) fn is_meant(name: &str, opened: &Opened<'_>) -> bool {
    const EXPORTS: [&str; 18] = [
        "json",
        "jsonl",
        "ndjson",
        "csv",
        "tsv",
        "txt",
        "md",
        "mmd",
        "xlsx",
        "xlsm",
        "xls",
        "ods",
        "yaml",
        "yml",
        "zip",
        "drawio",
        "vsdx",
        "archimate",
    ];
    const WORDS: [&[u8]; 6] = [
        b"mxfile",
        b"mxGraphModel",
        b"archimate:model",
        b"opengroup.org/xsd/archimate",
        b"soap.sforce.com/2006/04/metadata",
        b"git-lfs.github.com",
    ];
    let ending = name.rsplit(['/', '.']).next().unwrap_or_default().to_ascii_lowercase();
    let head = &opened.bytes[..opened.bytes.len().min(HEAD)];
    let is_markup = head.trim_ascii_start().starts_with(b"<");
    !is_markup && !head.is_empty()
        || EXPORTS.contains(&ending.as_str())
        || WORDS.iter().any(|word| head.windows(word.len()).any(|part| part == *word))
}

/// Bytes of a file that are looked at for words of a format.
const HEAD: usize = 4_096;

/// What the first bytes say that a file is instead of what it should be.
fn by_first_bytes(bytes: &[u8]) -> Option<Fault> {
    let start = bytes.trim_ascii_start();
    let lower: Vec<u8> = start.iter().take(64).map(u8::to_ascii_lowercase).collect();
    if start.starts_with(b"version https://git-lfs.github.com/spec/") {
        return Some(
            Fault::new("git-lfs-pointer", "this is a pointer of Git LFS, not the file").help("run `git lfs pull`"),
        );
    }
    if lower.starts_with(b"<!doctype html") || lower.starts_with(b"<html") {
        return Some(
            Fault::new("html-page", "this is a page of HTML, probably of a login, saved under another name")
                .help("log in, and export the file again"),
        );
    }
    None
}
