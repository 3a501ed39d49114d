//! Catalog files of one's own: opened, put over the catalog, and everything wrong with them said.

use std::ffi::OsStr;
use std::fs::{self, File};
use std::io::Read;
use std::path::{Component, Path, PathBuf};

use clap::Args;

use super::exit::{Failure, Unreadable};
use super::stack::tally;
use crate::catalog::{Catalog, CatalogError, DataFile, Overlaid, OwnFile, SharedCatalog};
use crate::model::{Brought, CatalogFile};
use crate::source::{Diagnostic, Diagnostics, Source, Span, render};

/// Catalog rows that the call brings.
#[derive(Args, Clone, Debug, Default)]
pub(super) struct CatalogOption {
    /// Catalog file (or folder of them) of your own, whose rows count before those of the program and of the stack; may
    /// be repeated
    #[arg(long = "catalog", value_name = "FILE", global = true)]
    paths: Vec<PathBuf>,
}

/// Bytes of one catalog file.
const LARGEST: u64 = 16 << 20;
/// Files of a stack and its call.
const MOST: usize = 100;

/// Why a path gives no catalog file, in words that follow its name.
struct NotRead {
    why: String,
    help: &'static str,
}

/// The catalog with the files that were put over it.
#[derive(Debug, Default)]
pub(super) struct OwnCatalog {
    pub(super) catalog: SharedCatalog,
    /// What was named, each as it can be opened from here, in the order in which it is read.
    pub(super) paths: Vec<PathBuf>,
    /// Rows that were read, and of the new ones those without a page and without a date.
    pub(super) rows: [usize; 3],
    /// The files that something is wrong with.
    pub(super) unreadable: Vec<Unreadable>,
}

impl CatalogOption {
    /// The paths that the call names.
    #[cfg(feature = "watch")]
    pub(super) fn paths(&self) -> &[PathBuf] {
        &self.paths
    }

    /// The catalog of a call that reads no stack.
    pub(super) fn open(&self) -> Result<OwnCatalog, Failure> {
        let opened = opened(&self.sources()?, false);
        if opened.unreadable.is_empty() {
            Ok(OwnCatalog { paths: self.paths.clone(), ..opened })
        } else {
            Err(Failure::Unreadable(opened.unreadable))
        }
    }

    /// The texts of the files that the call names.
    pub(super) fn sources(&self) -> Result<Vec<Source>, Failure> {
        let mut found = Vec::new();
        let mut wrong = String::new();
        for path in &self.paths {
            match texts(path) {
                Ok(sources) => found.extend(sources),
                Err(NotRead { why, help }) => {
                    wrong.push_str(&format!("error: {} {why}\n  = help: {help}\n", path.display()));
                }
            }
        }
        if wrong.is_empty() { Ok(found) } else { Err(Failure::Input(wrong)) }
    }

    /// The catalog that a stack is read with: the files that it names, seen from `stack`, and those of the call, whose
    /// texts are `of_call`.
    pub(super) fn bring(&self, stack: &Path, named: &[CatalogFile], of_call: &[Source]) -> (OwnCatalog, Brought) {
        let folder = stack.parent().unwrap_or(Path::new(""));
        let mut problems = Vec::new();
        let mut sources: Vec<Source> = Vec::new();
        let mut paths = Vec::new();
        for (nth, file) in named.iter().enumerate() {
            let problem = |message: String| Diagnostic::error("catalog-file", file.span, message);
            if nth == MOST {
                problems.push(
                    problem(format!("more than {MOST} catalog files")).help("put rows of one kind into one file"),
                );
                break;
            }
            let path = folder.join(&file.path);
            match texts(&path) {
                Ok(_) if paths.contains(&path) => problems.push(
                    Diagnostic::warning("named-twice", file.span, format!("`{}` is named twice", file.path))
                        .help("name it once"),
                ),
                Ok(found) => {
                    sources.extend(found);
                    paths.push(path);
                }
                Err(NotRead { why, help }) => problems.push(problem(format!("`{}` {why}", file.path)).help(help)),
            }
        }
        let is_missing = problems.iter().any(|problem| problem.code == "catalog-file");
        // A file that the stack and the call name is read once, as one of the call.
        sources.retain(|source| of_call.iter().all(|other| other.name() != source.name()));
        paths.retain(|path| !self.paths.contains(path));
        sources.extend(of_call.iter().cloned());
        paths.extend(self.paths.iter().cloned());
        if sources.is_empty() {
            return (OwnCatalog::default(), Brought { problems, is_broken: is_missing, ..Brought::default() });
        }
        let opened = OwnCatalog { paths, ..opened(&sources, false) };
        let is_broken = is_missing || !opened.unreadable.is_empty();
        let catalog = opened.catalog.clone();
        (opened, Brought { catalog, problems, is_broken })
    }
}

/// Checks the files at `path` by the rules of the catalog.
pub(super) fn checked(path: &Path) -> Result<OwnCatalog, Failure> {
    let sources = texts(path).map_err(|NotRead { why, help }| {
        Failure::Input(format!("error: {} {why}\n  = help: {help}\n", path.display()))
    })?;
    let opened = opened(&sources, true);
    if opened.unreadable.is_empty() { Ok(opened) } else { Err(Failure::Unreadable(opened.unreadable)) }
}

/// The catalog under the rows of `sources`, and what is wrong with each.
fn opened(sources: &[Source], is_shared: bool) -> OwnCatalog {
    if sources.is_empty() {
        return OwnCatalog::default();
    }
    let files: Vec<OwnFile<'_>> =
        sources.iter().map(|source| OwnFile { name: source.name(), text: source.text() }).collect();
    let overlaid = if is_shared { Catalog::check(&files) } else { Catalog::with_own(&files) };
    let Overlaid { catalog, rows, without_page, without_date, faults } = overlaid;
    let unreadable = sources.iter().filter_map(|source| {
        let mut problems = Diagnostics::default();
        faults.iter().filter(|fault| fault.file == source.name()).for_each(|fault| problems.push(problem(fault)));
        let problems = problems.into_sorted();
        let text = format!("{}{}", told(source, &problems), tally(source.name(), &problems));
        (!problems.is_empty()).then(|| Unreadable { source: source.clone(), problems, text })
    });
    OwnCatalog {
        unreadable: unreadable.collect(),
        rows: [rows, without_page, without_date],
        catalog: catalog.into(),
        paths: Vec::new(),
    }
}

/// The code of a file that has not the columns of any data file.
const NO_CATALOG: &str = "not-a-catalog";

fn problem(fault: &CatalogError) -> Diagnostic {
    let code = if fault.span.is_some() { "catalog-row" } else { NO_CATALOG };
    let message = match fault.column {
        // The sentence names the column where it is about nothing else.
        Some(column) if !fault.message.contains(column) => format!("{column}: {}", fault.message),
        _ => fault.message.clone(),
    };
    let problem = Diagnostic::error(code, fault.span.unwrap_or(Span::new(0, 0)), message);
    match &fault.help {
        Some(help) => problem.help(help.clone()),
        None => problem,
    }
}

/// The problems with their lines; of a file that is no catalog file nothing is shown, as it may be any.
fn told(source: &Source, problems: &[Diagnostic]) -> String {
    match problems {
        [one] if one.code == NO_CATALOG => {
            let help = one.help.as_deref().map(|help| format!("  = help: {help}\n")).unwrap_or_default();
            format!("error: {} {}\n{help}", source.name(), one.message)
        }
        _ => render(source, problems, true),
    }
}

/// The catalog files at `path`: itself, or those of a folder that have the names of data files.
fn texts(path: &Path) -> Result<Vec<Source>, NotRead> {
    let cannot = |cause: &std::io::Error| NotRead {
        why: format!("cannot be read: {cause}"),
        help: "name a CSV file, or a folder with files such as products.csv; paths are seen from the stack file",
    };
    let found = fs::metadata(path).map_err(|cause| cannot(&cause))?;
    if found.is_file() {
        return Ok(vec![text(path)?]);
    }
    if !found.is_dir() {
        return Err(NotRead { why: "is a device or a pipe".to_owned(), help: "name a file" });
    }
    let inside = DataFile::ALL.iter().map(|file| path.join(file.as_str())).filter(|path| path.is_file());
    let sources = inside.map(|path| text(&path)).collect::<Result<Vec<_>, _>>()?;
    if sources.is_empty() {
        return Err(NotRead {
            why: "is a folder without a data file".to_owned(),
            help: "expected products.csv, connectors.csv, quotas.csv, suites.csv or names.csv",
        });
    }
    Ok(sources)
}

fn text(path: &Path) -> Result<Source, NotRead> {
    let mut bytes = Vec::new();
    let read = File::open(path).and_then(|file| file.take(LARGEST + 1).read_to_end(&mut bytes));
    read.map_err(|cause| NotRead { why: format!("cannot be read: {cause}"), help: "check that you may read it" })?;
    if bytes.len() as u64 > LARGEST {
        let why = format!("has more than {} MiB", LARGEST >> 20);
        return Err(NotRead { why, help: "a catalog file has a line for each fact: name such a file" });
    }
    let name = path.display().to_string();
    Source::from_bytes(&name, bytes, usize::MAX).map_err(|_| NotRead {
        why: "is not a file of a catalog: it is not UTF-8 text".to_owned(),
        help: "save it as CSV in UTF-8",
    })
}

/// The files at `path` that somebody may save: itself, or the data files of a folder, there or not.
#[cfg(feature = "watch")]
pub(super) fn files_at(path: &Path) -> Vec<PathBuf> {
    if path.is_dir() {
        DataFile::ALL.iter().map(|file| path.join(file.as_str())).collect()
    } else {
        vec![path.to_owned()]
    }
}

/// `path` as it is seen from `folder`, with `/` between its parts; the whole path where the two have nothing in common.
pub(super) fn seen_from(folder: &Path, path: &Path) -> String {
    let (from, to) = (whole(folder), whole(path));
    let common = from.components().zip(to.components()).take_while(|(a, b)| a == b).count();
    if common == 0 {
        return to.display().to_string();
    }
    let up = from.components().skip(common).map(|_| OsStr::new(".."));
    let down = to.components().skip(common).map(Component::as_os_str);
    let parts: Vec<String> = up.chain(down).map(|part| part.to_string_lossy().into_owned()).collect();
    parts.join("/")
}

/// The path without links, as far as it exists.
fn whole(path: &Path) -> PathBuf {
    let path = if path.as_os_str().is_empty() { Path::new(".") } else { path };
    let path = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    let there = path.ancestors().find_map(|part| Some((part, fs::canonicalize(part).ok()?)));
    let Some((part, known)) = there else { return path };
    let rest = path.strip_prefix(part).unwrap_or(Path::new(""));
    known.components().chain(rest.components()).collect()
}
