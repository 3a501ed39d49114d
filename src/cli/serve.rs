//! `sinew serve`: the workshop page of a stack.

use std::fs;
use std::net::{Ipv4Addr, SocketAddr};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use clap::Args;

use super::console;
use super::exit::{Failure, source_name};
use super::own_catalog::CatalogOption;
use super::stack::{StackFile, regular};
use super::watch::on_save;
use super::write::{leftovers, quoted, replace_file, write_file};
use crate::model::{ScenarioReading, is_id};
use crate::serve::{File, Guard, Keeper, Kept, Opened, Room, Unkept, Wrong, serve};
use crate::source::Source;

/// Draw up a stack together, on a page of this machine
///
/// The page shows the stack, and each edit changes the file at once: systems, flows, processes, figures, answers, scenarios.
/// Comments and order of the file stay. A change of the file in an editor shows on the page. Only this machine reaches
/// it, by the address that is printed; nothing is fetched from elsewhere. Ctrl-C ends it.
#[derive(Args, Debug)]
pub(super) struct Serve {
    /// Stack file in YAML or JSON; one that is not there yet is begun. A workbook is shown and not edited
    #[arg(value_name = "STACK")]
    stack: PathBuf,
    /// Port to listen at; a free one where absent
    #[arg(long, value_name = "PORT", default_value_t = 0)]
    port: u16,
    /// Show the stack and edit nothing
    #[arg(long)]
    read_only: bool,
    /// Print the address and do not open a browser
    #[arg(long)]
    no_open: bool,
    /// Refuse files larger than this many bytes
    #[arg(long, value_name = "BYTES", default_value_t = Source::MAX_BYTES)]
    max_bytes: usize,
    #[command(flatten)]
    catalog: CatalogOption,
}

impl Serve {
    pub(super) fn run(&self) -> Result<(), Failure> {
        if self.stack.as_os_str() == "-" {
            return Err(Failure::Input("error: `sinew serve` needs a file, since edits are saved there\n".into()));
        }
        regular(&self.stack)?;
        if self.stack.symlink_metadata().is_err() {
            if self.read_only {
                let shown = self.stack.display();
                return Err(Failure::Input(format!("error: cannot read {shown}: there is no such file\n")));
            }
            write_file(&self.stack, b"")?;
        }
        if !self.read_only && self.stack.is_file() {
            leftovers(&self.stack);
        }
        let file = StackFile::new(self.stack.clone(), self.max_bytes, self.catalog.clone());
        let files = Arc::new(Files { file, path: self.stack.clone(), max_bytes: self.max_bytes });
        let read_only = self.read_only.then(|| "This page only shows: it was started with `--read-only`.".to_owned());
        let failed = |cause| Failure::Environment { doing: "serve".into(), cause };
        let runtime =
            tokio::runtime::Builder::new_current_thread().enable_io().enable_time().build().map_err(failed)?;
        let address = SocketAddr::from((Ipv4Addr::LOCALHOST, self.port));
        let listener = runtime
            .block_on(tokio::net::TcpListener::bind(address))
            .map_err(|cause| Failure::Environment { doing: format!("listen at port {}", self.port), cause })?;
        let port = listener.local_addr().map_err(failed)?.port();
        let guard = Guard::new(token().map_err(failed)?, port);
        let watched = files.watched();
        let room = Room::new(files, read_only);
        let (watching, looking) = (Arc::clone(&room), Arc::clone(&room));
        std::thread::spawn(move || {
            if let Err(failure) = on_save(&watched, || watching.look(ELSEWHERE)) {
                console::say(&format!("{failure}changes from elsewhere show within seconds\n"));
            }
        });
        // A share of a network tells nobody what others save there, and a scenario file may come later.
        std::thread::spawn(move || {
            loop {
                std::thread::sleep(LOOKED);
                looking.look(ELSEWHERE);
            }
        });
        let address = guard.address();
        console::result(&format!("{address}\n"))?;
        let shown = self.stack.display();
        console::say(&format!("serving {shown} to this machine alone; Ctrl-C ends it\n"));
        // A machine without a browser has the address all the same.
        if !self.no_open && open::that_detached(&address).is_err() {
            console::say("no browser could be opened; open the address above\n");
        }
        runtime.block_on(serve(listener, room, guard)).map_err(failed)
    }
}

/// What the page says of a change that was not made on it.
const ELSEWHERE: &str = "The file was changed elsewhere";

/// How often the files are looked at that nobody tells about.
const LOOKED: std::time::Duration = std::time::Duration::from_secs(2);

/// 128 bits that nobody guesses, for this run alone.
fn token() -> std::io::Result<String> {
    let mut bytes = [0; 16];
    getrandom::fill(&mut bytes).map_err(|error| std::io::Error::other(error.to_string()))?;
    Ok(bytes.iter().map(|byte| format!("{byte:02x}")).collect())
}

/// The stack file and the scenarios beside it.
struct Files {
    file: StackFile,
    path: PathBuf,
    max_bytes: usize,
}

/// How the name of a scenario file ends.
const ENDING: &str = ".scenario.yaml";

impl Files {
    fn stem(&self) -> String {
        self.path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default()
    }

    fn folder(&self) -> &Path {
        self.path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
    }

    fn path_of(&self, file: &File) -> PathBuf {
        match file {
            File::Stack => self.path.clone(),
            File::Scenario(name) => self.folder().join(format!("{}.{name}{ENDING}", self.stem())),
        }
    }

    /// What is watched: the stack and its catalog files.
    fn watched(&self) -> Vec<PathBuf> {
        let mut all = vec![self.path.clone()];
        all.extend(self.file.catalog_files());
        all
    }
}

fn wrong(failure: &Failure) -> Wrong {
    let text = failure.plain();
    match failure {
        Failure::Unreadable(files) => {
            let all = files.iter().map(|file| Wrong::with(&file.source, &file.problems));
            Wrong { text, problems: all.flat_map(|wrong| wrong.problems).collect() }
        }
        _ => Wrong { text: text.trim().trim_start_matches("error: ").to_owned(), problems: Vec::new() },
    }
}

impl Keeper for Files {
    fn name(&self, file: &File) -> String {
        source_name(&self.path_of(file))
    }

    fn text(&self, file: &File) -> Result<Kept, Wrong> {
        let path = self.path_of(file);
        let name = source_name(&path);
        if path.is_dir() {
            let source = Source::new(name.as_str(), String::new());
            return Ok(Kept { source, mark: "", hash: folder_hash(&path), is_workbook: true });
        }
        let one = StackFile::new(path, self.max_bytes, CatalogOption::default());
        let bytes = one.all_bytes(&name).map_err(|failure| wrong(&failure))?;
        let hash = crate::serve::hash(&bytes);
        // Workbooks are packed; their rows are read where the stack is.
        if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"\xd0\xcf\x11\xe0") {
            return Ok(Kept { source: Source::new(name.as_str(), String::new()), mark: "", hash, is_workbook: true });
        }
        let mark = if bytes.starts_with(b"\xef\xbb\xbf") { "\u{feff}" } else { "" };
        let source = one.text(bytes, *file == File::Stack).map_err(|failure| wrong(&failure))?;
        Ok(Kept { source, mark, hash, is_workbook: false })
    }

    fn stack(&self, kept: &Kept) -> Result<Opened, Wrong> {
        let read = if kept.is_workbook { self.file.read() } else { self.file.read_in_place(&kept.source) };
        let (opened, warnings) = read.map_err(|failure| wrong(&failure))?;
        let cells = opened.cells_of_workbook();
        let catalogs = opened.catalogs_from(self.folder());
        Ok(Opened { source: opened.source, stack: opened.stack, warnings, cells, catalogs })
    }

    fn scenario(&self, of: &Opened, text: &Source) -> Result<ScenarioReading, Wrong> {
        self.file.scenario_of((&of.source, &of.stack), text).map_err(|failure| wrong(&failure))
    }

    fn save(&self, file: &File, was: Option<&str>, text: &str) -> Result<(), Unkept> {
        let path = self.path_of(file);
        let failed = |why: String| Unkept::Failed(why.trim().trim_start_matches("error: ").to_owned());
        let Some(was) = was else {
            if path.symlink_metadata().is_ok() {
                return Err(failed(format!("{} is there already", path.display())));
            }
            return write_file(&path, text.as_bytes()).map_err(|failure| failed(failure.plain()));
        };
        // Another writer of this program waits here; who comes second finds other bytes than it expects.
        let held = fs::File::open(&path).map_err(|cause| failed(format!("cannot open {}: {cause}", path.display())))?;
        let locked = match held.lock() {
            Err(cause) if cause.kind() == std::io::ErrorKind::Unsupported => Ok(()),
            outcome => outcome,
        };
        locked.map_err(|cause| failed(format!("cannot lock {}: {cause}", path.display())))?;
        let now = fs::read(&path).map_err(|cause| failed(format!("cannot read {}: {cause}", path.display())))?;
        if crate::serve::hash(&now) != was {
            return Err(Unkept::Stale);
        }
        // Renaming would write it all the same.
        if held.metadata().is_ok_and(|of| of.permissions().readonly()) {
            return Err(failed(format!("{} is read-only; allow writing it first", path.display())));
        }
        replace_file(&path, text.as_bytes()).map_err(|failure| failed(failure.plain()))
    }

    fn scenarios(&self) -> Vec<String> {
        let start = format!("{}.", self.stem());
        let Ok(entries) = fs::read_dir(self.folder()) else { return Vec::new() };
        let names = entries.filter_map(|entry| entry.ok()?.file_name().into_string().ok());
        let word = |name: String| {
            let inner = name.strip_prefix(&start)?.strip_suffix(ENDING)?;
            is_id(inner).then(|| inner.to_owned())
        };
        let mut all: Vec<String> = names.filter_map(word).collect();
        all.sort();
        all
    }
}

/// The hash of all files of a folder of separated text.
fn folder_hash(folder: &Path) -> String {
    let mut files: Vec<PathBuf> = fs::read_dir(folder)
        .map(|entries| entries.filter_map(|entry| Some(entry.ok()?.path())).collect())
        .unwrap_or_default();
    files.sort();
    let mut all = Vec::new();
    for file in files.iter().filter(|file| file.is_file()) {
        let size = fs::metadata(file).map_or(0, |metadata| metadata.len());
        let modified = fs::metadata(file).and_then(|metadata| metadata.modified());
        all.extend(format!("{} {size} {modified:?}\n", quoted(file)).into_bytes());
    }
    crate::serve::hash(&all)
}
