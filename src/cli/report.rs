//! `sinew report`: everything there is to say of a stack, as files.

#[cfg(feature = "pptx")]
use std::io::Read as _;
use std::path::PathBuf;

use clap::Args;
use clap::builder::{PossibleValuesParser, TypedValueParser};

use super::console::say;
use super::exit::Failure;
use super::folder::Arriving;
#[cfg(any(feature = "pdf", feature = "png"))]
use super::fonts::{FontOption, letters};
use super::layout::LayoutOption;
use super::stack::StackFile;
#[cfg(feature = "pptx")]
use super::stack::regular;
use super::theme::ThemeOption;
use super::timings::Timings;
#[cfg(feature = "watch")]
use super::watch::on_save;
use crate::analysis::Analysis;
use crate::ask::{planned, stage_to_reach};
use crate::plan::Options;
use crate::plan::questions::{Budget as Asking, ranked};
use crate::plan::settings::Stage;
use crate::report::question::{self, Places};
use crate::report::say::{bare, counted};
#[cfg(feature = "xlsx")]
use crate::report::xlsx::Inputs;
use crate::report::{self, Look, Part, Pictures, Report, Sources, files_to, summary, unseen};
#[cfg(feature = "pptx")]
use sinew_draw::deck::Template;
use sinew_draw::layout::{Arrangements, Budget};

/// Write all results for a stack into a folder
#[derive(Args, Debug)]
pub(super) struct WriteReport {
    #[command(flatten)]
    stack: StackFile,
    /// Folder to write into; created if missing
    #[arg(short, long, value_name = "DIR")]
    output: PathBuf,
    /// Write only these parts, separated by commas
    #[arg(long, value_name = "PART", value_delimiter = ',', value_parser = parts())]
    only: Vec<Part>,
    #[command(flatten)]
    theme: ThemeOption,
    #[cfg(any(feature = "pdf", feature = "png"))]
    #[command(flatten)]
    fonts: FontOption,
    #[command(flatten)]
    layout: LayoutOption,
    /// Presentation (.pptx or .potx) to take masters, layouts and fonts from
    #[cfg(feature = "pptx")]
    #[arg(long, value_name = "FILE")]
    template: Option<PathBuf>,
    /// Stage that the plan must reach, 2 to 5, or `next` for the one above today's
    #[arg(long, value_name = "STAGE", value_parser = stage_to_reach)]
    reach: Option<Stage>,
    /// Say how long each phase took, on standard error
    #[arg(long)]
    timings: bool,
    /// Keep running and rebuild on every save, until interrupted
    #[cfg(feature = "watch")]
    #[arg(long)]
    watch: bool,
}

/// The workbook begins with the sheets that `sinew export` writes, so that it can be corrected and read back.
#[cfg(feature = "xlsx")]
const INPUTS: Inputs = Inputs { add: crate::workbook::add_sheets, cells: crate::workbook::cells_of_export };

/// Parts by the names of their files.
fn parts() -> impl TypedValueParser<Value = Part> {
    let names = Part::ALL.iter().map(|(_, name)| *name);
    PossibleValuesParser::new(names).map(|given| {
        let part = Part::ALL.iter().find(|(_, name)| *name == given);
        part.map_or(Part::Json, |(part, _)| *part)
    })
}

impl WriteReport {
    pub(super) fn run(&self) -> Result<(), Failure> {
        #[cfg(feature = "watch")]
        if self.watch {
            return self.go_on();
        }
        self.write(None)
    }

    /// Writes everything; what is `known` of pictures is not arranged again.
    fn write(&self, known: Option<&Arrangements>) -> Result<(), Failure> {
        let timings = Timings::here();
        let begin = |words: &str| timings.begin(words);
        begin("reading");
        let opened = self.stack.open()?;
        let look = self.look()?;
        let stood = self.layout.open(&self.stack, &opened.stack)?;
        begin("analyzing");
        let analysis = Analysis::of(&opened.stack);
        let findings = opened.findings(&analysis);
        begin("planning");
        let options = Options { reach: self.reach, ..Options::default() };
        let mut plan = planned(&analysis, &options)?;
        plan.target.catalogs = opened.catalogs_from(&self.output);
        let shown = report::Plan::of(&opened.stack, &plan, &options);
        begin("asking");
        let asked = ranked(&analysis, &plan, &options, &Asking::default());
        let questions = {
            // The cells of a large stack take more than all else that is told of it, and only questions name some.
            let cells = opened.cells();
            let places = Places { source: &opened.source, cells: &cells };
            question::first(&analysis, Some(&plan), &asked, places, question::OF_REPORT)
        };
        drop(asked);
        begin("adding up");
        let report = Report::of(&analysis, &findings, &opened.source).with_plan(shown).with_questions(questions);
        let stood = stood.as_ref();
        let sources = Sources { analysis: &analysis, findings: &findings, plan: &plan, report: &report, stood };
        begin("laying out");
        let pictures = Pictures::of(&sources, &self.parts(), Budget::REPORT, known, &begin);
        known.into_iter().for_each(Arrangements::forget_unused);
        begin("making");
        let report = report.with_pictures(pictures.lacking(), pictures.layout());
        let kept = self.layout.told(stood.map(|stood| &**stood), pictures.stood());
        let sources = Sources { analysis: &analysis, findings: &findings, plan: &plan, report: &report, stood };
        let arriving = Arriving::at(&self.output)?;
        let made = files_to(&sources, &pictures, &self.parts(), &look, &begin, &|_, file| arriving.take(&file));
        if let Err(error) = made {
            arriving.give_up();
            return Err(Failure::drawing(error));
        }
        drop(pictures);
        begin("writing");
        let written = arriving.end(&self.parts())?;
        say(&self.written(&written));
        #[cfg(any(feature = "pdf", feature = "png"))]
        say(&letters(&look.fonts));
        say(&kept);
        say(&format!("\n{}\n", bare(&summary(&report).join("\n"))));
        say(&unseen(&report));
        if self.timings {
            say(&timings.told());
        }
        Ok(())
    }

    fn parts(&self) -> Vec<Part> {
        let all = Part::ALL.iter().map(|(part, _)| *part);
        all.filter(|part| self.only.is_empty() || self.only.contains(part)).collect()
    }

    fn look(&self) -> Result<Look, Failure> {
        let look = Look::of(self.theme.open(&self.stack)?);
        #[cfg(any(feature = "pdf", feature = "png"))]
        let look = Look { fonts: self.fonts.open()?, ..look };
        #[cfg(feature = "xlsx")]
        let look = Look { inputs: Some(INPUTS), ..look };
        #[cfg(feature = "pptx")]
        let look = Look { template: self.template.as_deref().map(template).transpose()?, ..look };
        Ok(look)
    }

    /// A line for each file, and one for each folder.
    fn written(&self, files: &[String]) -> String {
        let mut lines = String::new();
        for part in self.parts() {
            let name = part.name();
            let inside = files.iter().filter(|file| file.starts_with(&format!("{name}/"))).count();
            let path = self.output.join(name);
            match inside {
                0 if files.iter().any(|file| file == name) => {
                    lines.push_str(&format!("wrote {}\n", path.display()));
                }
                0 => {}
                some => {
                    lines.push_str(&format!("wrote {} ({})\n", path.display(), counted(some, "file", "files")));
                }
            }
        }
        lines
    }

    /// Writes now and whenever a file that it is made from is saved. What is wrong with one is said, and the next save
    /// may mend it.
    #[cfg(feature = "watch")]
    fn go_on(&self) -> Result<(), Failure> {
        if self.stack.is_stdin() {
            return Err(Failure::Input("error: `--watch` needs a file; standard input can only be read once\n".into()));
        }
        let known = Arrangements::default();
        let again = || {
            if let Err(failure) = self.write(Some(&known)) {
                say(&failure.to_string());
            }
            say(&format!("\nwatching {}; Ctrl-C stops\n", self.stack.path().display()));
        };
        let mut watched = vec![self.stack.path().to_owned()];
        watched.extend(self.stack.catalog_files());
        #[cfg(any(feature = "pdf", feature = "png"))]
        watched.extend(self.fonts.files().iter().cloned());
        watched.extend(self.layout.file().cloned());
        watched.extend(self.theme.file().map(std::path::Path::to_owned));
        #[cfg(feature = "pptx")]
        watched.extend(self.template.clone());
        on_save(&watched, again)
    }
}

#[cfg(feature = "pptx")]
fn template(path: &std::path::Path) -> Result<Template, Failure> {
    regular(path)?;
    let mut bytes = Vec::new();
    let read = std::fs::File::open(path).and_then(|file| file.take(Template::LARGEST + 1).read_to_end(&mut bytes));
    read.map_err(|cause| match cause.kind() {
        std::io::ErrorKind::NotFound | std::io::ErrorKind::IsADirectory => {
            Failure::Input(format!("error: cannot read {}: {cause}\n", path.display()))
        }
        _ => Failure::file("read", path, cause),
    })?;
    Template::read(&bytes).map_err(|error| Failure::Input(format!("error: {}: {error}\n", path.display())))
}
