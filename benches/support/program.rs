//! The program itself, as people run it: processor time and peak memory, read from `/proc`, so this needs Linux.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// Ticks of a second in `/proc`, on every Linux that is in use.
pub(crate) const TICKS: f64 = 100.0;

/// What one run of the program took.
#[derive(Clone, Copy)]
pub(crate) struct Measured {
    /// Processor time, that of the system included.
    pub(crate) seconds: f64,
    /// Time by the clock.
    #[allow(dead_code, reason = "not every bench prints it")]
    pub(crate) clock: f64,
    /// Peak of resident memory.
    pub(crate) kilobytes: u64,
}

/// An empty folder for stacks and what is written of them.
pub(crate) fn empty_folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).expect("a folder");
    folder
}

/// The program with these arguments; `STACK` stands for a file with `text`, `OUT` for a folder.
pub(crate) fn measured(text: &str, arguments: &[&str]) -> Measured {
    let folder = empty_folder("measured");
    fs::write(folder.join("stack.yaml"), text).expect("a file");
    let (before, started) = (time_of_children(), Instant::now());
    let mut child = begun(&folder, arguments);
    let mut kilobytes = 0;
    let status = loop {
        kilobytes = kilobytes.max(peak_of(child.id()).unwrap_or(0));
        if let Some(status) = child.try_wait().expect("it is a child") {
            break status;
        }
        std::thread::sleep(Duration::from_millis(2));
    };
    assert!(status.code().is_some_and(|code| code < 2), "{arguments:?} failed");
    Measured { seconds: time_of_children() - before, clock: started.elapsed().as_secs_f64(), kilobytes }
}

/// The program, begun on the file `stack.yaml` of a folder.
pub(crate) fn begun(folder: &Path, arguments: &[&str]) -> Child {
    let path = |argument: &&str| match *argument {
        "STACK" => folder.join("stack.yaml").display().to_string(),
        "OUT" => folder.join("out").display().to_string(),
        other => other.to_owned(),
    };
    Command::new(env!("CARGO_BIN_EXE_sinew"))
        .args(arguments.iter().map(path))
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("the program starts")
}

/// Processor time of a process that runs, in seconds.
#[allow(dead_code, reason = "not every bench watches a process")]
pub(crate) fn time_of(process: u32) -> f64 {
    times(&format!("/proc/{process}/stat"), 11)
}

/// Processor time of all children that have ended, in seconds.
fn time_of_children() -> f64 {
    times("/proc/self/stat", 13)
}

/// Two fields of a `stat` file, counted after the name: 11 and 12 are of the process, 13 and 14 of its children.
fn times(file: &str, first: usize) -> f64 {
    let stat = fs::read_to_string(file).expect("this is Linux");
    let rest = stat.rsplit_once(')').expect("the name stands in brackets").1;
    let fields: Vec<f64> = rest.split_whitespace().skip(first).take(2).filter_map(|field| field.parse().ok()).collect();
    fields.iter().sum::<f64>() / TICKS
}

fn peak_of(process: u32) -> Option<u64> {
    let status = fs::read_to_string(format!("/proc/{process}/status")).ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.trim().strip_suffix(" kB")?.trim().parse().ok()
}
