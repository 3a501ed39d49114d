//! Everything that a report writes, as names and bytes; nothing is written here.

use super::diagram::png::PngError;
use super::diagram::theme::Theme;
use super::document::markdown;
use super::html::{self, Names, Page};
use super::pictures::{Picture, PictureFormat};
use super::{File, Report, json, offline, page, summary, views};
use crate::analysis::{Analysis, Finding};

/// The views that a report draws, with the words on their tabs, in the order in which a reader wants them.
fn pictures(analysis: &Analysis<'_>, findings: &[Finding]) -> Vec<(&'static str, &'static str, Picture)> {
    [
        ("landscape", "Landscape", views::landscape(analysis)),
        ("handoffs", "Handoffs", views::handoffs(analysis)),
        ("failure", "What can fail", views::failure(analysis)),
        ("stage", "Where we stand", views::stage(analysis, findings)),
    ]
    .into_iter()
    .map(|(name, words, diagram)| (name, words, Picture::of(diagram)))
    .collect()
}

/// The files that show `report` of `analysis` with its `findings`: the report itself, the page with everything, a page for each tool that
/// can go offline, and the pictures in every format.
///
/// # Errors
/// Where a picture cannot be drawn as pixels.
pub fn files(analysis: &Analysis<'_>, findings: &[Finding], report: &Report) -> Result<Vec<File>, PngError> {
    let theme = Theme::light();
    let pictures = pictures(analysis, findings);
    let mut files = vec![
        File::new("report.json", json(report)),
        File::new("report.md", markdown(&page(report))),
        File::new("report.html", page_of(analysis, report, &pictures, &theme)),
    ];
    files.extend(offline::files(analysis));
    for (name, _, picture) in &pictures {
        for (format, _) in PictureFormat::ALL {
            files.extend(picture.files(&format!("diagrams/{name}"), format, &theme)?);
        }
    }
    Ok(files)
}

fn page_of(analysis: &Analysis<'_>, report: &Report, pictures: &[(&str, &str, Picture)], theme: &Theme) -> String {
    let shown: Vec<html::Picture> = pictures
        .iter()
        .map(|(id, title, picture)| html::Picture {
            id: (*id).to_owned(),
            title: (*title).to_owned(),
            scenes: picture.slides().to_vec(),
        })
        .collect();
    html::html(&Page {
        report: &html::report_value(report),
        summary: &summary(report),
        names: &Names::of(analysis.stack),
        pictures: &shown,
        theme,
        dark: None,
    })
}
