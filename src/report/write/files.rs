//! Everything that a report writes, as names and bytes: each file is handed over as soon as it is made.

use std::sync::{Mutex, PoisonError};

use super::document::markdown;
use super::offline;
use super::pictures::PictureFormat;
use crate::report::facts::Report;
use crate::report::facts::Sources;
use crate::report::facts::layout::Layout;
use crate::report::facts::pictures::Lacking;
use crate::report::story::Picture;
use crate::report::story::{Medium, told};
#[cfg(feature = "pptx")]
use crate::report::story::{View as Placed, deck};
use crate::report::write::File;
use crate::report::write::html::{self, Page};
use crate::report::write::json;
#[cfg(feature = "xlsx")]
use crate::report::write::xlsx::{Inputs, WorkbookError, with_inputs};
#[cfg(feature = "pptx")]
use sinew_draw::deck::{Template, pptx, pptx_on};
#[cfg(any(feature = "pdf", feature = "png"))]
use sinew_draw::fonts::Fonts;
use sinew_draw::layout::{Arrangements, Budget, together};
use sinew_draw::parallel::in_order;
use sinew_draw::render::RenderError;
use sinew_draw::stood::Stood;
use sinew_draw::theme::Theme;
#[cfg(feature = "pptx")]
use sinew_draw::{Diagram, Paper};

/// How a report is written.
#[derive(Debug)]
pub struct Look {
    /// Colors of pictures, page and deck.
    pub theme: Theme,
    /// What pixels and pages are drawn with.
    #[cfg(any(feature = "pdf", feature = "png"))]
    pub fonts: Fonts,
    /// The presentation that the deck stands on; its own plain look without one.
    #[cfg(feature = "pptx")]
    pub template: Option<Template>,
    /// The sheets of inputs that the workbook begins with; results alone without them.
    #[cfg(feature = "xlsx")]
    pub inputs: Option<Inputs>,
}

impl Look {
    /// The look in these colors, in the embedded font alone.
    #[must_use]
    pub fn of(theme: Theme) -> Self {
        Self {
            theme,
            #[cfg(any(feature = "pdf", feature = "png"))]
            fonts: Fonts::embedded(),
            #[cfg(feature = "pptx")]
            template: None,
            #[cfg(feature = "xlsx")]
            inputs: None,
        }
    }
}

/// A part of a report: one file, or a folder of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Part {
    /// The whole report for programs, `report.json`.
    Json,
    /// The report as a document, `report.md`.
    Markdown,
    /// The page for browsers, `report.html`.
    Page,
    /// The target stack of the plan, `target.yaml`.
    Target,
    /// The deck of native shapes, `slides.pptx`.
    #[cfg(feature = "pptx")]
    Slides,
    /// The workbook with formulas, `plan.xlsx`.
    #[cfg(feature = "xlsx")]
    Workbook,
    /// All pictures as pages, `pictures.pdf`.
    #[cfg(feature = "pdf")]
    Pictures,
    /// A page for each tool that can fail, in `offline/`.
    Offline,
    /// Every picture in every format, in `diagrams/`.
    Diagrams,
}

impl Part {
    /// All parts with their names, in the order in which they are written.
    pub const ALL: &[(Self, &'static str)] = &[
        (Self::Json, "report.json"),
        (Self::Markdown, "report.md"),
        (Self::Page, "report.html"),
        (Self::Target, "target.yaml"),
        #[cfg(feature = "pptx")]
        (Self::Slides, "slides.pptx"),
        #[cfg(feature = "xlsx")]
        (Self::Workbook, "plan.xlsx"),
        #[cfg(feature = "pdf")]
        (Self::Pictures, "pictures.pdf"),
        (Self::Offline, "offline"),
        (Self::Diagrams, "diagrams"),
    ];

    /// The name of its file or folder.
    #[must_use]
    pub fn name(self) -> &'static str {
        Self::ALL.iter().find(|(part, _)| *part == self).map_or("", |(_, name)| name)
    }

    /// Whether it shows pictures, so that views have to be drawn for it.
    fn has_pictures(self) -> bool {
        match self {
            Self::Json | Self::Markdown | Self::Target | Self::Offline => false,
            #[cfg(feature = "xlsx")]
            Self::Workbook => false,
            Self::Page | Self::Diagrams => true,
            #[cfg(feature = "pptx")]
            Self::Slides => true,
            #[cfg(feature = "pdf")]
            Self::Pictures => true,
        }
    }
}

/// Why a file could not be made.
#[derive(Debug)]
#[non_exhaustive]
pub enum FilesError {
    /// A picture could not be drawn.
    Picture(RenderError),
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

/// What is told of the work while it is done, from whichever thread does it: a few words each, and none where a thread has
/// nothing more to do.
pub type Told<'a> = &'a (dyn Fn(&str) + Sync);

/// The pictures of a report, laid out.
pub struct Pictures(Vec<View>);

impl Pictures {
    /// Those that `wanted` parts show, in the order in which a reader wants them; they share `budget` where they are large. What is
    /// `known` is not arranged again.
    #[must_use]
    pub fn of(
        sources: &Sources<'_>,
        wanted: &[Part],
        budget: Budget,
        known: Option<&Arrangements>,
        told: Told<'_>,
    ) -> Self {
        if !wanted.iter().any(|part| part.has_pictures()) {
            return Self(Vec::new());
        }
        let views = sources.pictures();
        let diagrams = views.each_ref().map(|(_, _, diagram)| diagram);
        let laid = together(&diagrams, budget, known, &|at| told(&format!("laying out {}", views[at].0)));
        let view = |((name, words, diagram), laid)| View { name, words, picture: Picture::laid_out(diagram, laid) };
        Self(views.into_iter().zip(laid).map(view).collect())
    }

    /// What they lack, one for each that lacks something.
    #[must_use]
    pub fn lacking(&self) -> Vec<Lacking> {
        self.named().filter_map(|(name, picture)| picture.lacking(name)).collect()
    }

    /// Each by its name.
    pub fn named(&self) -> impl Iterator<Item = (&'static str, &Picture)> {
        self.0.iter().map(|view| (view.name, &view.picture))
    }

    /// Where the boxes of the stack stand; `None` without pictures.
    #[must_use]
    pub fn stood(&self) -> Option<&Stood> {
        // The landscape comes first, and the others stand as it does.
        self.named().next().and_then(|(_, landscape)| landscape.stood())
    }

    /// The same as `report.json` has it.
    #[must_use]
    pub fn layout(&self) -> Option<Layout> {
        self.stood().map(Layout::of)
    }
}

/// The files of a report, in the order of `wanted`; of `diagrams` those of a view stand together, in the order of
/// [`PictureFormat::ALL`]. Where pictures lack something, every part says so.
///
/// # Errors
/// Where a picture cannot be drawn or the workbook cannot be put together.
pub fn files(sources: &Sources<'_>, wanted: &[Part], look: &Look, told: Told<'_>) -> Result<Vec<File>, FilesError> {
    let pictures = Pictures::of(sources, wanted, Budget::REPORT, None, told);
    let report = sources.report.clone().with_pictures(pictures.lacking(), pictures.layout());
    files_with(&Sources { report: &report, ..*sources }, &pictures, wanted, look, told)
}

/// The files of a report whose pictures are laid out and whose report says what these lack.
///
/// # Errors
/// As [`files`].
pub fn files_with(
    sources: &Sources<'_>,
    pictures: &Pictures,
    wanted: &[Part],
    look: &Look,
    told: Told<'_>,
) -> Result<Vec<File>, FilesError> {
    let all = Mutex::new(Vec::new());
    let take = |place: Place, file: File| all.lock().unwrap_or_else(PoisonError::into_inner).push((place, file));
    files_to(sources, pictures, wanted, look, told, &take)?;
    let mut all = all.into_inner().unwrap_or_else(PoisonError::into_inner);
    all.sort_by_key(|(place, _)| *place);
    Ok(all.into_iter().map(|(_, file)| file).collect())
}

/// Where a file stands among all of a report: the place of its part, then its own there.
pub type Place = (usize, usize);

/// Takes a file as soon as it is made, from whichever thread made it.
pub type Take<'a> = &'a (dyn Fn(Place, File) + Sync);

/// The same handed over file by file, in no order, so that no more of them are in memory than whoever takes them keeps. As many
/// are made at a time as the machine has cores.
///
/// # Errors
/// As [`files`]; what was made before has been handed over.
pub fn files_to(
    sources: &Sources<'_>,
    pictures: &Pictures,
    wanted: &[Part],
    look: &Look,
    told: Told<'_>,
    take: Take<'_>,
) -> Result<(), FilesError> {
    let views = &pictures.0;
    // Parts know nothing of each other. What takes longest comes last among them, and so is begun first.
    let last_first: Vec<usize> = (0..wanted.len()).rev().collect();
    let made = in_order(&last_first, |&at| {
        let part = wanted[at];
        told(&format!("making {}", part.name()));
        let made = made(part, sources, views, look, &|inside, file| take((at, inside), file));
        told("");
        made
    });
    made.into_iter().rev().collect()
}

/// Hands over the files of one part, each with its place there.
fn made(
    part: Part,
    sources: &Sources<'_>,
    views: &[View],
    look: &Look,
    take: &(dyn Fn(usize, File) + Sync),
) -> Result<(), FilesError> {
    let report = sources.report;
    let bytes = match part {
        Part::Json => json(report).into_bytes(),
        Part::Markdown => markdown(&told(report, Medium::Document)).into_bytes(),
        Part::Page => html_page(report, views, &look.theme).into_bytes(),
        Part::Target => sources.target().into_bytes(),
        #[cfg(feature = "pptx")]
        Part::Slides => slides(report, views, look),
        #[cfg(feature = "xlsx")]
        Part::Workbook => with_inputs(report, look.inputs, sources.analysis.stack).map_err(FilesError::Workbook)?,
        #[cfg(feature = "pdf")]
        Part::Pictures => pages(report, views, look).map_err(FilesError::Picture)?,
        Part::Offline => {
            offline::files(&sources.offline()).into_iter().enumerate().for_each(|(at, file)| take(at, file));
            return Ok(());
        }
        Part::Diagrams => return drawn(views, look, take).map_err(FilesError::Picture),
    };
    take(0, File::new(part.name(), bytes));
    Ok(())
}

/// The formats that a report draws each view in; pages stand in one file for all views.
fn formats() -> impl Iterator<Item = PictureFormat> {
    PictureFormat::ALL.iter().map(|(format, _)| *format).filter(|format| format.ending() != "pdf")
}

/// Hands over the pictures of all views in every format: their places are in the order of views, then formats, then slides.
fn drawn(views: &[View], look: &Look, take: &(dyn Fn(usize, File) + Sync)) -> Result<(), RenderError> {
    let of_view = |view| formats().flat_map(move |format| slides_of(view, format).map(move |at| (view, format, at)));
    let all: Vec<(&View, PictureFormat, usize)> = views.iter().flat_map(of_view).collect();
    let places: Vec<usize> = (0..all.len()).collect();
    let drawn = in_order(&places, |&place| {
        let (view, format, at) = all[place];
        let name = format!("{}/{}", Part::Diagrams.name(), view.name);
        take(place, view.picture.file(&name, format, at, look)?);
        Ok(())
    });
    drawn.into_iter().collect()
}

/// The files that a view has in a format, from 0.
fn slides_of(view: &View, format: PictureFormat) -> std::ops::Range<usize> {
    0..if format.is_by_slide() { view.picture.slides().len() } else { 1 }
}

/// All slides of all views as pages.
#[cfg(feature = "pdf")]
fn pages(report: &Report, views: &[View], look: &Look) -> Result<Vec<u8>, RenderError> {
    let scenes: Vec<_> = views.iter().flat_map(|view| view.picture.slides()).cloned().collect();
    sinew_draw::pdf::pdf(&report.stack.name, &scenes, &look.theme, &look.fonts)
}

#[cfg(feature = "pptx")]
fn slides(report: &Report, views: &[View], look: &Look) -> Vec<u8> {
    let of = |pictures: &[(&'static str, &Picture)], paper| {
        let chapters: Vec<Placed<'_>> = pictures.iter().map(|(view, picture)| Placed { view, picture }).collect();
        deck(report, &chapters, &look.theme, paper)
    };
    let named = |view: &View| view.name;
    let Some(template) = &look.template else {
        let pictures: Vec<_> = views.iter().map(|view| (named(view), &view.picture)).collect();
        return pptx(&of(&pictures, &Paper::default()));
    };
    let paper = template.paper();
    let diagrams: Vec<Diagram> = views.iter().map(|view| view.picture.diagram().clone().on(&paper)).collect();
    let laid = together(&diagrams.iter().collect::<Vec<_>>(), Budget::REPORT, None, &|_| ());
    let pictures = diagrams.into_iter().zip(laid).map(|(diagram, laid)| Picture::laid_out(diagram, laid));
    let pictures: Vec<Picture> = pictures.collect();
    let pictures: Vec<_> = views.iter().map(named).zip(&pictures).collect();
    pptx_on(&of(&pictures, &paper), template)
}

fn html_page(report: &Report, views: &[View], theme: &Theme) -> String {
    let picture = |view: &View| html::Picture {
        id: view.name.to_owned(),
        title: view.words.to_owned(),
        scenes: view.picture.slides().to_vec(),
    };
    let pictures: Vec<html::Picture> = views.iter().map(picture).collect();
    // Who has chosen colors gets them by day and by night.
    let night = (*theme == Theme::light()).then(Theme::dark);
    html::html(&Page { report, story: &told(report, Medium::Page), pictures: &pictures, theme, dark: night.as_ref() })
}
