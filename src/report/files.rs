//! Everything that a report writes, as names and bytes; nothing is written here.

use super::diagram::png::PngError;
use super::diagram::theme::Theme;
use super::document::markdown;
use super::html::{self, Names, Page};
use super::pictures::{Picture, PictureFormat};
#[cfg(feature = "pptx")]
use super::pptx::pptx;
#[cfg(feature = "pptx")]
use super::story::{Chapter, deck};
#[cfg(feature = "xlsx")]
use super::xlsx::{WorkbookError, xlsx};
use super::{File, Report, json, offline, page, summary, views};
use crate::analysis::{Analysis, Finding};
use crate::plan::{Plan, target::target};

/// What a report is written from.
#[derive(Clone, Copy, Debug)]
pub struct Sources<'a> {
    /// The analysed stack.
    pub analysis: &'a Analysis<'a>,
    /// What the rules found.
    pub findings: &'a [Finding],
    /// The plan for it.
    pub plan: &'a Plan,
    /// What report.json says.
    pub report: &'a Report,
}

/// Why a file could not be made.
#[derive(Debug)]
#[non_exhaustive]
pub enum FilesError {
    /// A picture could not be drawn as pixels.
    Picture(PngError),
    /// The workbook could not be put together.
    #[cfg(feature = "xlsx")]
    Workbook(WorkbookError),
}

impl std::fmt::Display for FilesError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Picture(error) => error.fmt(f),
            #[cfg(feature = "xlsx")]
            Self::Workbook(error) => error.fmt(f),
        }
    }
}

impl std::error::Error for FilesError {}

/// A view that a report draws, with the words on its tab.
struct View {
    name: &'static str,
    words: &'static str,
    picture: Picture,
}

/// The views in the order in which a reader wants them.
fn pictures(sources: &Sources<'_>) -> Vec<View> {
    let Sources { analysis, findings, plan, .. } = *sources;
    let target = Analysis::of(&plan.target);
    let diagrams = [
        ("landscape", "Landscape", views::landscape(analysis)),
        ("handoffs", "Handoffs", views::handoffs(analysis)),
        ("failure", "What can fail", views::failure(analysis)),
        ("stage", "Where we stand", views::stage(analysis, findings)),
        ("roadmap", "The plan", views::roadmap(analysis, plan)),
        ("target", "Target", views::target(&target, plan)),
    ];
    // Views know nothing of each other, so they are laid out side by side; the order is that of the list.
    std::thread::scope(|scope| {
        let drawn = diagrams
            .map(|(name, words, diagram)| scope.spawn(move || View { name, words, picture: Picture::of(diagram) }));
        drawn.map(|view| view.join().expect("a view that cannot be drawn is a defect of the layout")).into()
    })
}

/// The pictures of all views in every format, in the order of views, then formats.
fn drawn(views: &[View], theme: &Theme) -> Result<Vec<File>, FilesError> {
    let all = std::thread::scope(|scope| {
        let one = |view: &View| -> Result<Vec<File>, PngError> {
            let name = format!("diagrams/{}", view.name);
            let formats = PictureFormat::ALL.into_iter().map(|(format, _)| view.picture.files(&name, format, theme));
            Ok(formats.collect::<Result<Vec<_>, _>>()?.concat())
        };
        let threads: Vec<_> = views.iter().map(|view| scope.spawn(move || one(view))).collect();
        let drawn = threads.into_iter().map(|thread| thread.join().expect("drawing returns its errors"));
        drawn.collect::<Result<Vec<_>, _>>()
    });
    Ok(all.map_err(FilesError::Picture)?.concat())
}

/// The files of a report: the report itself, the page with everything, the deck, the workbook, the target stack, a page
/// for each tool that can go offline, and the pictures in every format.
///
/// # Errors
/// Where a picture cannot be drawn as pixels or the workbook cannot be put together.
pub fn files(sources: &Sources<'_>) -> Result<Vec<File>, FilesError> {
    let theme = Theme::light();
    let views = pictures(sources);
    let report = sources.report;
    let mut files = vec![
        File::new("report.json", json(report)),
        File::new("report.md", markdown(&page(report))),
        File::new("report.html", html_page(sources, &views, &theme)),
        File::new("target.yaml", target(sources.plan)),
    ];
    #[cfg(feature = "pptx")]
    files.push(File::new("slides.pptx", slides(report, &views, &theme)));
    #[cfg(feature = "xlsx")]
    files.push(File::new("plan.xlsx", xlsx(report).map_err(FilesError::Workbook)?));
    files.extend(offline::files(sources.analysis));
    files.extend(drawn(&views, &theme)?);
    Ok(files)
}

#[cfg(feature = "pptx")]
fn slides(report: &Report, views: &[View], theme: &Theme) -> Vec<u8> {
    let chapters: Vec<Chapter<'_>> =
        views.iter().map(|view| Chapter { view: view.name, picture: &view.picture }).collect();
    pptx(&deck(report, &chapters, theme))
}

fn html_page(sources: &Sources<'_>, views: &[View], theme: &Theme) -> String {
    let picture = |view: &View| html::Picture {
        id: view.name.to_owned(),
        title: view.words.to_owned(),
        scenes: view.picture.slides().to_vec(),
    };
    let pictures: Vec<html::Picture> = views.iter().map(picture).collect();
    html::html(&Page {
        report: &html::report_value(sources.report),
        summary: &summary(sources.report),
        names: &Names::of(sources.analysis.stack),
        pictures: &pictures,
        theme,
        dark: None,
    })
}
