//! What a file is: by its content, never by its name.

use serde_json::Value;

use super::problem::Fault;
use super::{FORMATS, Format};

/// A file whose format is known.
pub(super) struct Detected {
    pub(super) format: &'static Format,
    pub(super) sign: String,
    pub(super) value: Value,
}

/// Why a file was not read.
pub(super) enum NotRead {
    /// It is of no format that is known; of a folder such files are only counted.
    Unknown(Fault),
    /// It is of a known format, and damaged.
    Damaged(Fault),
}

/// The format of a text: `from` where that is stated, else the first of [`FORMATS`] whose sign holds.
pub(super) fn detect(bytes: &[u8], from: Option<&'static Format>) -> Result<Detected, NotRead> {
    if bytes.iter().all(u8::is_ascii_whitespace) {
        return Err(NotRead::Damaged(Fault::new("empty-file", "the file is empty").help("export it again")));
    }
    if let Some(fault) = by_first_bytes(bytes) {
        return Err(NotRead::Damaged(fault));
    }
    let text = std::str::from_utf8(bytes).map_err(|error| {
        let line = bytes[..error.valid_up_to()].iter().filter(|byte| **byte == b'\n').count() + 1;
        let fault = Fault { line: Some(line), ..Fault::new("not-utf8", "the text is not UTF-8") };
        NotRead::Unknown(fault.help("save the file as UTF-8"))
    })?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    if !text.trim_start().starts_with(['{', '[']) {
        let known: Vec<&str> = FORMATS.iter().map(|format| format.id).collect();
        let fault = Fault::new("unknown-format", "the file is of no format that can be imported");
        return Err(NotRead::Unknown(fault.help(format!("formats: {}", known.join(", ")))));
    }
    let value = super::json::parse(text).map_err(NotRead::Damaged)?;
    let found = match from {
        Some(format) => (format.sign)(&value).map(|sign| (format, format!("{sign} (as stated)"))),
        None => FORMATS.iter().find_map(|format| (format.sign)(&value).map(|sign| (format, sign.to_owned()))),
    };
    match (found, from) {
        (Some((format, sign)), _) => Ok(Detected { format, sign, value }),
        (None, Some(format)) => {
            let message = format!("the file has no sign of {}: expected {}", format.id, format.expects);
            Err(NotRead::Damaged(
                Fault::new("unknown-format", message).help("leave `--from` out to look for all formats"),
            ))
        }
        (None, None) => {
            let expects: Vec<String> =
                FORMATS.iter().map(|format| format!("{} ({})", format.id, format.expects)).collect();
            let fault = Fault::new("unknown-format", "the file is JSON of no format that can be imported");
            Err(NotRead::Unknown(fault.help(format!("formats: {}", expects.join(", ")))))
        }
    }
}

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
    if start.starts_with(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1") {
        return Some(
            Fault::new("password-protected", "this is an old Office file or one with a password")
                .help("save it without a password, as .xlsx"),
        );
    }
    None
}
