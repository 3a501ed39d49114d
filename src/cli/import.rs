//! `sinew import`: what people already have, as a stack file.

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};
use jiff::civil::Date;

use super::columns::Columns;
use super::console::{self, say};
use super::exit::{Failure, source_name};
use super::into::{self, Into};
use super::own_catalog::{CatalogOption, OwnCatalog, seen_from};
use super::stack::StackFile;
use super::workbook::{self, Book};
use super::write::{keep, quoted, to_file, write_file};
use crate::import::{FORMATS, Format, Import, ImportReport, Off, Options};
use crate::report::json_text;
use crate::source::Source;
use crate::workbook::stack_text;

/// Make a stack file of spreadsheets, drawings and exports of automation platforms, or bring one up to date
///
/// Platforms are n8n, Zapier, Make and Workato; drawings and models are those of draw.io, Visio, Lucidchart (CSV),
/// Mermaid, Structurizr, LikeC4, CALM and ArchiMate; catalogs and lineage are those of Backstage, dbt and OpenLineage;
/// of Salesforce the metadata of an org is read.
/// The format of each file is known by its content. Every row, step or arrow of the input is accounted for: the report
/// on standard error says what was taken, guessed, dropped and left out, and what is still to be asked. Nothing is fetched.
#[derive(Args, Debug)]
pub(super) struct ImportFiles {
    /// Files, folders and zip archives; `-` reads standard input. A first word that is a format means `--from`
    #[arg(value_name = "INPUT", required = true)]
    inputs: Vec<PathBuf>,
    /// Stack file to write; without it, standard output
    #[arg(short, long, value_name = "STACK")]
    output: Option<PathBuf>,
    /// Overwrite the file that `-o` names if it exists
    #[arg(long)]
    force: bool,
    #[command(flatten)]
    into: Into,
    /// Format of all inputs, instead of looking for signs of one
    #[arg(long, value_name = "FORMAT", value_parser = format)]
    from: Option<Stated>,
    /// What becomes of workflows that are switched off
    #[arg(long, value_name = "WHAT", default_value = "planned")]
    off: SwitchedOff,
    /// Today for all date rules, and the date on which the inputs were seen
    #[arg(long, value_name = "DATE")]
    as_of: Option<Date>,
    #[command(flatten)]
    columns: Columns,
    /// Write the import report to this file, as JSON
    #[arg(long, value_name = "FILE")]
    report: Option<PathBuf>,
    /// Write nothing, and end with code 2, if anything is wrong with an input, or two say different things
    #[arg(long)]
    strict: bool,
    /// Refuse files larger than this many bytes
    #[arg(long, value_name = "BYTES", default_value_t = Source::MAX_BYTES)]
    max_bytes: usize,
    #[command(flatten)]
    catalog: CatalogOption,
}

/// A format that is stated.
#[derive(Clone, Copy, Debug)]
enum Stated {
    /// A workbook of ours.
    Workbook,
    Foreign(&'static Format),
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum SwitchedOff {
    /// Their flows are planned: not live, and a plan may build on them
    Planned,
    /// Their flows are off: not live, and not to be built
    Off,
    /// They are left out
    Skip,
    /// Their flows are live
    Live,
}

/// Files of one folder: the source of a large org has some 15,000.
const FILES: usize = 100_000;
/// Bytes of all files of one folder: 1 GiB.
const FOLDER: u64 = 1 << 30;
/// Levels of folders within each other.
const LEVELS: usize = 64;

impl ImportFiles {
    pub(super) fn run(&self) -> Result<(), Failure> {
        if let Some(output) = self.output().filter(|_| !self.into.is_dry_run()) {
            let call: Vec<String> = std::env::args_os().skip(1).map(|word| quoted(Path::new(&word))).collect();
            keep(output, self.force, &format!("sinew {} --force", call.join(" ")))?;
        }
        let (stated, inputs) = self.stated();
        let (books, inputs) = match stated {
            Some(Stated::Foreign(_)) => (Vec::new(), inputs.to_vec()),
            Some(Stated::Workbook) => workbook::among(inputs, true, self)?,
            None => workbook::among(inputs, false, self)?,
        };
        let from = match stated {
            Some(Stated::Foreign(format)) => Some(format),
            _ => None,
        };
        if let (None, [_], []) = (self.into.stack(), books.as_slice(), inputs.as_slice()) {
            let one = books.into_iter().next();
            return one.map_or(Ok(()), |book| self.make_of(book));
        }
        let off = match self.off {
            SwitchedOff::Planned => Off::Planned,
            SwitchedOff::Off => Off::Off,
            SwitchedOff::Skip => Off::Skip,
            SwitchedOff::Live => Off::Live,
        };
        let mut own = self.own_catalog()?;
        if let (None, Some(book)) = (self.into.stack(), books.first()) {
            own.catalog = book.catalog();
        }
        let folder = self.output().and_then(Path::parent).unwrap_or(Path::new(""));
        let catalogs = own.paths.iter().map(|path| seen_from(folder, path)).collect();
        // The map was kept beside the stack file that the last import wrote.
        let map = self.columns.map(self.into.stack().or(self.output()))?;
        let options = Options { from, off, as_of: self.as_of, roles_only: self.columns.roles_only };
        let mut import = Import::new(options).with_map(map.clone()).knowing(own.catalog, catalogs);
        for input in &inputs {
            self.read(input, &mut import)?;
        }
        if !import.has_inputs() && books.is_empty() {
            let report = import.finish("").report;
            return Err(Failure::Input(format!("{}error: nothing was imported\n", report.text())));
        }
        match self.into.stack() {
            Some(stack) => self.into.run(stack, self, (books, import))?,
            None => self.make(books, import)?,
        }
        if self.into.is_dry_run() {
            return Ok(());
        }
        self.columns.keep(&map, self.output().or(self.into.stack()))
    }

    /// What is known of products: of a stack file that is brought up to date also what the files say that it names.
    fn own_catalog(&self) -> Result<OwnCatalog, Failure> {
        match self.into.stack() {
            Some(path) if path.as_os_str() != "-" => {
                StackFile::new(path.to_owned(), self.max_bytes, self.catalog.clone()).own_catalog()
            }
            _ => self.catalog.open(),
        }
    }

    /// Makes a stack file of a workbook of ours.
    fn make_of(&self, book: Book) -> Result<(), Failure> {
        let report = book.report();
        let text = stack_text(&book.stack()?);
        self.write_report(&report)?;
        match self.output() {
            Some(path) => write_file(path, text.as_bytes())?,
            None => console::result(&text)?,
        }
        say(&report.text());
        if let Some(path) = self.output() {
            let shown = path.display();
            say(&format!("wrote {shown}; look at it with `sinew check {shown}`\n"));
        }
        Ok(())
    }

    /// Makes a stack file.
    fn make(&self, books: Vec<Book>, import: Import) -> Result<(), Failure> {
        let target = self.output().map_or_else(|| "stack.yaml".to_owned(), |path| path.display().to_string());
        let imported = match books.is_empty() {
            true => import.finish(&target),
            false => {
                let wholes = books.into_iter().map(Book::whole).collect::<Result<Vec<_>, _>>()?;
                import.onto(wholes, &target).map_err(|why| into::unmerged(why, Source::new(&target, String::new())))?
            }
        };
        let report = &imported.report;
        self.allow(report)?;
        self.write_report(report)?;
        match self.output() {
            Some(path) => {
                write_file(path, imported.stack.as_bytes())?;
                write_file(&into::base_of(path), imported.base.text().as_bytes())?;
            }
            None => console::result(&imported.stack)?,
        }
        say(&report.text());
        if let Some(path) = self.output() {
            let (shown, base) = (path.display(), into::base_of(path));
            say(&format!(
                "wrote {shown}, and {} for the next import; look at it with `sinew check {shown}`\n",
                base.display()
            ));
        }
        Ok(())
    }

    /// Refuses what `--strict` does not allow.
    pub(super) fn allow(&self, report: &ImportReport) -> Result<(), Failure> {
        let why = match (report.diagnostics.is_empty(), report.has_conflicts()) {
            (true, false) => return Ok(()),
            _ if !self.strict => return Ok(()),
            (false, _) => "error: nothing was written, as `--strict` allows no problem in an input\n",
            (true, true) => "error: nothing was written, as `--strict` allows no conflict\n",
        };
        Err(Failure::Input(format!("{}{why}", report.text())))
    }

    pub(super) fn write_report(&self, report: &ImportReport) -> Result<(), Failure> {
        self.report.as_deref().map_or(Ok(()), |path| write_file(path, json_text(report).as_bytes()))
    }

    /// The file to write instead of the one that is brought up to date.
    pub(super) fn output(&self) -> Option<&Path> {
        to_file(self.output.as_ref())
    }

    pub(super) fn catalog(&self) -> &CatalogOption {
        &self.catalog
    }

    /// Whether a conflict is refused.
    pub(super) fn is_strict(&self) -> bool {
        self.strict
    }

    pub(super) fn max_bytes(&self) -> usize {
        self.max_bytes
    }

    /// The format that is stated, if one is, and the inputs.
    fn stated(&self) -> (Option<Stated>, &[PathBuf]) {
        let first = self.inputs[0].to_str().and_then(|word| format(word).ok());
        match (self.from, first) {
            (None, Some(from)) if self.inputs.len() > 1 => (Some(from), &self.inputs[1..]),
            _ => (self.from, &self.inputs),
        }
    }

    fn read(&self, input: &Path, import: &mut Import) -> Result<(), Failure> {
        if input.as_os_str() == "-" {
            let bytes = self.bytes(&mut io::stdin().lock());
            let bytes = bytes.map_err(|cause| Failure::file("read", input, cause))?;
            self.take("<stdin>", &bytes, true, import);
            return Ok(());
        }
        let kind = match fs::symlink_metadata(input) {
            Ok(metadata) if metadata.is_symlink() => fs::metadata(input),
            other => other,
        };
        match kind {
            Ok(metadata) if metadata.is_dir() => {
                let mut folder = Folder { files: 0, bytes: 0, is_full: false };
                let name = input.file_name().map_or_else(|| source_name(input), |name| name.to_string_lossy().into());
                import.folder(Some(&name));
                let outcome = self.folder(input, input, LEVELS, &mut folder, import);
                import.folder(None);
                outcome
            }
            Ok(_) => {
                let bytes = File::open(input).and_then(|mut file| self.bytes(&mut file));
                let bytes = bytes.map_err(|cause| Failure::file("read", input, cause))?;
                let name =
                    input.file_name().map_or_else(|| source_name(input), |name| name.to_string_lossy().into_owned());
                self.take(&name, &bytes, true, import);
                Ok(())
            }
            Err(cause) => Err(Failure::Input(format!("error: cannot read {}: {cause}\n", input.display()))),
        }
    }

    /// Every file below a folder, in the order of their names. Links are not followed.
    fn folder(
        &self,
        top: &Path,
        folder: &Path,
        left: usize,
        seen: &mut Folder,
        import: &mut Import,
    ) -> Result<(), Failure> {
        let failed = |cause| Failure::file("read", folder, cause);
        let mut entries = fs::read_dir(folder).map_err(failed)?.collect::<io::Result<Vec<_>>>().map_err(failed)?;
        entries.sort_by_key(fs::DirEntry::file_name);
        for entry in entries {
            let (path, kind) = (entry.path(), entry.file_type().map_err(failed)?);
            let is_hidden = entry.file_name().to_string_lossy().starts_with('.');
            if kind.is_dir() && left > 0 && !is_hidden {
                self.folder(top, &path, left - 1, seen, import)?;
            } else if kind.is_file() && !is_hidden {
                if !seen.takes(entry.metadata().map_or(0, |metadata| metadata.len())) {
                    if !std::mem::replace(&mut seen.is_full, true) {
                        let message = format!("the folder has more than {FILES} files or {} MiB", FOLDER >> 20);
                        import.refuse(
                            &name_within(top, folder),
                            "too-many-files",
                            message,
                            "import a part of it at a time",
                        );
                    }
                    return Ok(());
                }
                let mut file = File::open(&path).map_err(|cause| Failure::file("read", &path, cause))?;
                let bytes = self.bytes(&mut file).map_err(|cause| Failure::file("read", &path, cause))?;
                self.take(&name_within(top, &path), &bytes, false, import);
            }
        }
        Ok(())
    }

    /// At most one byte more than allowed: enough to know that there are too many.
    fn bytes(&self, from: &mut dyn Read) -> io::Result<Vec<u8>> {
        let mut bytes = Vec::new();
        from.take((self.max_bytes as u64).saturating_add(1)).read_to_end(&mut bytes)?;
        Ok(bytes)
    }

    fn take(&self, name: &str, bytes: &[u8], is_named: bool, import: &mut Import) {
        if bytes.len() > self.max_bytes {
            let message = format!("the file has more than {} bytes", self.max_bytes);
            import.refuse(name, "too-large", message, "raise the limit with `--max-bytes` if this size is intended");
        } else {
            import.file(name, bytes, is_named);
        }
    }
}

/// What was read of a folder so far.
struct Folder {
    files: usize,
    bytes: u64,
    is_full: bool,
}

impl Folder {
    /// Counts a file, unless it is one too many.
    fn takes(&mut self, bytes: u64) -> bool {
        self.files += 1;
        self.bytes = self.bytes.saturating_add(bytes);
        self.files <= FILES && self.bytes <= FOLDER
    }
}

/// A path below `top`, with `/` between its parts on every system.
fn name_within(top: &Path, path: &Path) -> String {
    let inside = path.strip_prefix(top).unwrap_or(path);
    let parts: Vec<String> = inside.iter().map(|part| part.to_string_lossy().into_owned()).collect();
    parts.join("/")
}

fn format(word: &str) -> Result<Stated, String> {
    if word == "workbook" {
        return Ok(Stated::Workbook);
    }
    FORMATS.iter().find(|format| format.id == word).map(Stated::Foreign).ok_or_else(|| {
        let known: Vec<&str> = FORMATS.iter().map(|format| format.id).collect();
        format!("formats: workbook, {}", known.join(", "))
    })
}
