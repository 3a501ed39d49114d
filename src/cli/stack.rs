//! The stack file that a command is about: opened, read, and everything wrong with it said.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use clap::Args;

use super::console::say;
use super::exit::{Failure, Unreadable, source_name};
use super::foreign::recognised;
#[cfg(feature = "watch")]
use super::own_catalog::files_at;
use super::own_catalog::{CatalogOption, OwnCatalog, seen_from};
use crate::analysis::{Analysis, Finding, acceptance};
#[cfg(feature = "watch")]
use crate::model::Brought;
use crate::model::{Bring, CatalogFile, Reading, ScenarioReading, Stack, read_bringing, read_scenario};
use crate::report::say::counted;
use crate::source::{CellPlace, Diagnostic, Level, Source, SourceError, render, render_few};
use crate::workbook;

/// Which stack file, and how large it may be.
#[derive(Args, Debug)]
pub(super) struct StackFile {
    /// Stack file in YAML or JSON, or a workbook (.xlsx, .ods, a folder of CSV files); `-` reads standard input
    #[arg(value_name = "STACK")]
    path: PathBuf,
    /// Refuse files larger than this many bytes
    #[arg(long, value_name = "BYTES", default_value_t = Source::MAX_BYTES)]
    max_bytes: usize,
    #[command(flatten)]
    catalog: CatalogOption,
}

/// Most bytes for which there is room before they are read, whatever a file says of its size.
const MOST_AT_ONCE: u64 = 1 << 30;

/// The cell of each key, as `flows/draft-to-cms/minutes`.
pub(super) type CellOf = BTreeMap<String, CellPlace>;

/// A stack and the text it was read from.
pub(super) struct Opened {
    pub(super) source: Source,
    pub(super) stack: Stack,
    /// The catalog files that it was read with, as they can be opened from here.
    pub(super) catalogs: Vec<PathBuf>,
    /// The cell of each key, where the stack is a workbook.
    cells: Option<CellOf>,
}

impl StackFile {
    /// Reads the file; of its warnings the first few of each kind are said, and its errors are the failure.
    pub(super) fn open(&self) -> Result<Opened, Failure> {
        Ok(said(self.read()?))
    }

    /// The same with all warnings, for who asks for them.
    pub(super) fn open_to_check(&self) -> Result<Opened, Failure> {
        Ok(said_in_full(self.read()?))
    }

    /// The same with the warnings, which are not said.
    pub(super) fn read(&self) -> Result<(Opened, Vec<Diagnostic>), Failure> {
        let ((source, reading, cells), own) = self.bringing(|bring| self.reading(bring))?;
        let (opened, warnings) = Self::judged(source, reading, own)?;
        Ok((Opened { cells, ..opened }, warnings))
    }

    /// Reads a text that is there; all its warnings are said.
    pub(super) fn opened(&self, source: Source) -> Result<Opened, Failure> {
        let (reading, own) = self.bringing(|bring| Ok(read_bringing(&source, bring)))?;
        Ok(said_in_full(Self::judged(source, reading, own)?))
    }

    /// What `read` gives with the catalog files that the stack names and those of the call, and these.
    fn bringing<T>(&self, read: impl FnOnce(Bring<'_>) -> Result<T, Failure>) -> Result<(T, OwnCatalog), Failure> {
        let of_call = self.catalog.sources()?;
        let mut own = OwnCatalog::default();
        let found = read(&mut |named| {
            let (opened, brought) = self.catalog.bring(&self.path, named, &of_call);
            own = opened;
            brought
        })?;
        Ok((found, own))
    }

    /// The stack that a text says which stands in the file, or would stand there, with its warnings.
    pub(super) fn read_in_place(&self, source: &Source) -> Result<(Opened, Vec<Diagnostic>), Failure> {
        let (reading, own) = self.bringing(|bring| Ok(read_bringing(source, bring)))?;
        Self::judged(source.clone(), reading, own)
    }

    /// The catalog files that the call names.
    pub(super) fn catalogs_of_call(&self) -> Result<Vec<Source>, Failure> {
        self.catalog.sources()
    }

    /// The catalog that the stack is read with: the files that it names, and those of the call.
    pub(super) fn own_catalog(&self) -> Result<OwnCatalog, Failure> {
        let (source, _) = self.to_edit()?;
        let (reading, own) = self.bringing(|bring| Ok(read_bringing(&source, bring)))?;
        match (reading.stack.is_some(), own.unreadable.is_empty()) {
            (_, false) => Err(Failure::Unreadable(own.unreadable)),
            (false, true) => Err(Self::unreadable(source, reading.problems)),
            (true, true) => Ok(own),
        }
    }

    /// What a text says that stands in place of the file's, with the catalog files that it names and those of the call.
    pub(super) fn read_text(&self, source: &Source, of_call: &[Source]) -> Reading {
        read_bringing(source, |named| self.catalog.bring(&self.path, named, of_call).1)
    }

    /// The stack with its warnings; or everything that is wrong.
    pub(super) fn judged(
        source: Source,
        reading: Reading,
        own: OwnCatalog,
    ) -> Result<(Opened, Vec<Diagnostic>), Failure> {
        let OwnCatalog { paths: catalogs, unreadable, .. } = own;
        let mut problems = reading.problems;
        if let Some(stack) = &reading.stack {
            problems.extend(acceptance::unknown_words(stack));
            problems.sort_by(|a, b| (a.span, a.code).cmp(&(b.span, b.code)));
        }
        let is_right = problems.iter().all(|problem| problem.level == Level::Warning);
        match reading.stack.filter(|_| is_right && unreadable.is_empty()) {
            Some(stack) => Ok((Opened { source, stack, catalogs, cells: None }, problems)),
            None => {
                let mut wrong = unreadable;
                if !problems.is_empty() {
                    let text = format!("{}{}", render(&source, &problems, true), tally(source.name(), &problems));
                    wrong.insert(0, Unreadable { source, problems, text });
                }
                Err(Failure::Unreadable(wrong))
            }
        }
    }

    /// The text of the file, or the rows of the workbook, and what they say.
    fn reading(&self, bring: Bring<'_>) -> Result<(Source, Reading, Option<CellOf>), Failure> {
        let of_workbook = |opened: workbook::Opened| {
            let cells = opened.cells_of_keys();
            (opened.source, opened.reading, Some(cells))
        };
        let workbook = match self.path.is_dir() {
            true => Some(super::export::read_folder(&self.path, self.max_bytes, bring)?),
            false => None,
        };
        if let Some(opened) = workbook {
            return Ok(of_workbook(opened));
        }
        let name = source_name(&self.path);
        let bytes = self.all_bytes(&name)?;
        if let Some(opened) =
            workbook::read_spreadsheet(&name, &bytes, bring).map_err(|why| Failure::Input(why.to_string()))?
        {
            return Ok(of_workbook(opened));
        }
        let source = self.text(bytes, true)?;
        let reading = read_bringing(&source, bring);
        Ok((source, reading, None))
    }

    /// Whether the file is a workbook, or a folder of its tables; standard input is none.
    pub(super) fn is_workbook(&self) -> Result<bool, Failure> {
        let mut head = [0; 2];
        let is_zip = !self.is_stdin()
            && File::open(&self.path).and_then(|mut file| file.read_exact(&mut head)).is_ok()
            && head == *b"PK";
        Ok((is_zip || self.path.is_dir()) && self.bringing(|bring| self.reading(bring))?.0.2.is_some())
    }

    /// The text to be edited, without and with the mark of its encoding that may stand before it.
    pub(super) fn to_edit(&self) -> Result<(Source, &'static str), Failure> {
        let source = self.text(self.all_bytes(&source_name(&self.path))?, true)?;
        let mut first = [0; 3];
        let is_marked = !self.is_stdin()
            && File::open(&self.path).and_then(|mut file| file.read_exact(&mut first)).is_ok()
            && first == *b"\xef\xbb\xbf";
        Ok((source, if is_marked { "\u{feff}" } else { "" }))
    }

    /// The failure that says everything that is wrong with a stack file.
    pub(super) fn unreadable(source: Source, problems: Vec<Diagnostic>) -> Failure {
        let text = format!("{}{}", render(&source, &problems, true), tally(source.name(), &problems));
        Failure::Unreadable(vec![Unreadable { source, problems, text }])
    }

    /// The file at `path`, for a command that takes more than one.
    pub(super) fn new(path: PathBuf, max_bytes: usize, catalog: CatalogOption) -> Self {
        Self { path, max_bytes, catalog }
    }

    /// The catalog files that the stack is read with, as they are named today; none where the stack cannot be read.
    #[cfg(feature = "watch")]
    pub(super) fn catalog_files(&self) -> Vec<PathBuf> {
        let mut files = self.catalog.paths().to_vec();
        if let Ok(source) = self.source(true) {
            let folder = self.path.parent().unwrap_or(Path::new(""));
            let _ = read_bringing(&source, |named| {
                files.extend(named.iter().map(|file| folder.join(&file.path)));
                Brought::default()
            });
        }
        files.into_iter().flat_map(|path| files_at(&path)).collect()
    }

    /// The scenario in the file at `path`, of the stack that was `opened`; with the name of its file. A workbook is taken as
    /// the stack file that says the same.
    pub(super) fn scenario(&self, opened: &Opened, path: &Path) -> Result<(String, ScenarioReading), Failure> {
        let file = self.regular_beside(path)?;
        Ok((file.name().to_owned(), self.scenario_of((&opened.source, &opened.stack), &file)?))
    }

    /// The scenario that `file` says, of the stack that was read from a text or workbook.
    pub(super) fn scenario_of(
        &self,
        (source, stack): (&Source, &Stack),
        file: &Source,
    ) -> Result<ScenarioReading, Failure> {
        let own;
        let (source, stack) = match source.sheet(0) {
            None => (source, stack),
            Some(_) => {
                let name = format!("{} (as a stack file)", source.name());
                let source = Source::new(name, crate::model::write::write(stack));
                let reading = read_bringing(&source, |named| self.catalog.bring(&self.path, named, &[]).1);
                own = (source, reading.stack.unwrap_or_else(|| stack.clone()));
                (&own.0, &own.1)
            }
        };
        let of_call = self.catalog.sources()?;
        let mut bring = |named: &[CatalogFile]| self.catalog.bring(&self.path, named, &of_call).1;
        let known = read_bringing(source, bring).problems;
        Ok(read_scenario(file, (source, stack), &known, &mut bring))
    }

    /// The path as it was given.
    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    /// Whether it is standard input.
    pub(super) fn is_stdin(&self) -> bool {
        self.path.as_os_str() == "-"
    }

    /// Another file that the call names, read as text within the same bound.
    pub(super) fn beside(&self, path: &Path) -> Result<Source, Failure> {
        Self::new(path.to_owned(), self.max_bytes, CatalogOption::default()).source(false)
    }

    /// The same of a file that has to be one: what never ends, or waits for somebody to write, is refused.
    pub(super) fn regular_beside(&self, path: &Path) -> Result<Source, Failure> {
        regular(path)?;
        self.beside(path)
    }

    /// The text of the file.
    fn source(&self, is_stack: bool) -> Result<Source, Failure> {
        let bytes = self.all_bytes(&source_name(&self.path))?;
        self.text(bytes, is_stack)
    }

    /// The bytes of the file, which may be too many by one.
    pub(super) fn all_bytes(&self, name: &str) -> Result<Vec<u8>, Failure> {
        let bytes = self.bytes().map_err(|cause| match cause.kind() {
            io::ErrorKind::NotFound | io::ErrorKind::IsADirectory => {
                Failure::Input(format!("error: cannot read {name}: {cause}\n"))
            }
            _ => Failure::file("read", &self.path, cause),
        })?;
        if bytes.len() > self.max_bytes {
            let error = SourceError::TooLarge { size: bytes.len(), limit: self.max_bytes };
            return Err(Failure::Input(format!("error: {name}: {error}\n")));
        }
        Ok(bytes)
    }

    /// The text; a stack that is a file of another program is refused by name.
    pub(super) fn text(&self, bytes: Vec<u8>, is_stack: bool) -> Result<Source, Failure> {
        let name = source_name(&self.path);
        if is_stack && is_cut(&bytes) {
            let help = "it was probably cut off on its way; copy or export it again";
            return Err(Failure::Input(format!(
                "error: {name}: the archive has no end, and cannot be read\n  = help: {help}\n"
            )));
        }
        if let Some(foreign) = is_stack.then(|| recognised(&bytes)).flatten() {
            return Err(Failure::Input(foreign.message(&name)));
        }
        Source::from_bytes(&name, bytes, self.max_bytes)
            .map_err(|error| Failure::Input(format!("error: {name}: {error}\n")))
    }

    /// At most one byte more than allowed: enough to know that there are too many.
    fn bytes(&self) -> io::Result<Vec<u8>> {
        let mut bytes = Vec::new();
        let most = (self.max_bytes as u64).saturating_add(1);
        if self.is_stdin() {
            io::stdin().lock().take(most).read_to_end(&mut bytes)?;
        } else {
            let file = File::open(&self.path)?;
            // One more than there are, so that the end is seen without asking for more room.
            let told = file.metadata().map_or(0, |about| about.len().saturating_add(1));
            bytes.reserve_exact(usize::try_from(told.min(most).min(MOST_AT_ONCE)).unwrap_or_default());
            file.take(most).read_to_end(&mut bytes)?;
        }
        Ok(bytes)
    }
}

impl Opened {
    /// The cell of each key: in the workbook that the stack is, else in the one that would be exported of it.
    pub(super) fn cells(&self) -> CellOf {
        self.cells.clone().unwrap_or_else(|| workbook::cells_of_export(&self.stack))
    }

    /// The cell of each key in the workbook that the stack is; none where it is a text.
    pub(super) fn cells_of_workbook(&self) -> CellOf {
        self.cells.clone().unwrap_or_default()
    }

    /// The catalog files of the stack and of the call, as a stack file in `folder` names them.
    pub(super) fn catalogs_from(&self, folder: &Path) -> Vec<String> {
        self.catalogs.iter().map(|path| seen_from(folder, path)).collect()
    }

    /// What all rules find; acceptances that fit none of it are warned of.
    pub(super) fn findings(&self, analysis: &Analysis<'_>) -> Vec<Finding> {
        let findings = analysis.findings();
        say(&render(&self.source, &acceptance::idle_rows(&self.stack, &findings), true));
        findings
    }
}

/// The stack, the first of its warnings of each kind said.
pub(super) fn said((opened, warnings): (Opened, Vec<Diagnostic>)) -> Opened {
    say(&render_few(&opened.source, &warnings, true));
    opened
}

/// The stack, all its warnings said.
fn said_in_full((opened, warnings): (Opened, Vec<Diagnostic>)) -> Opened {
    say(&render(&opened.source, &warnings, true));
    opened
}

/// Refuses what is there and is no file: a device or a pipe.
pub(super) fn regular(path: &Path) -> Result<(), Failure> {
    match std::fs::metadata(path) {
        Ok(found) if !found.is_file() && !found.is_dir() => Err(Failure::Input(format!(
            "error: cannot read {}: it is a device or a pipe; name a file\n",
            path.display()
        ))),
        // What is missing, or a folder, is said by whoever opens it.
        _ => Ok(()),
    }
}

/// How many problems the file called `name` has.
pub(super) fn tally(name: &str, problems: &[Diagnostic]) -> String {
    let errors = problems.iter().filter(|problem| problem.level == Level::Error).count();
    let warnings = match problems.len() - errors {
        0 => String::new(),
        some => format!(" and {}", counted(some, "warning", "warnings")),
    };
    format!("{name}: {}{warnings}\n", counted(errors, "error", "errors"))
}

/// Whether a zip archive, such as a workbook, lacks its end, which lists what is in it.
fn is_cut(bytes: &[u8]) -> bool {
    const END: &[u8] = b"PK\x05\x06";
    // Behind the end stands a comment of at most 64 KiB.
    let tail = &bytes[bytes.len().saturating_sub((64 << 10) + 22)..];
    bytes.starts_with(b"PK\x03\x04") && !tail.windows(END.len()).any(|part| part == END)
}
