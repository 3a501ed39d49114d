//! Everything that a report writes, as names and bytes; nothing is written here.

use super::diagram::Diagram;
use super::diagram::png::PngError;
use super::diagram::theme::Theme;
use super::document::markdown;
use super::pictures::{Picture, PictureFormat};
use super::{File, Report, json, offline, page, views};
use crate::analysis::Analysis;

/// The files that show `report` of `analysis`: the report itself, a page for each tool that can go offline, and the
/// pictures in every format.
///
/// # Errors
/// Where a picture cannot be drawn as pixels.
pub fn files(analysis: &Analysis<'_>, report: &Report) -> Result<Vec<File>, PngError> {
    let mut files = vec![File::new("report.json", json(report)), File::new("report.md", markdown(&page(report)))];
    files.extend(offline::files(analysis));
    let pictures: [(&str, Diagram); 3] = [
        ("landscape", views::landscape(analysis)),
        ("handoffs", views::handoffs(analysis)),
        ("failure", views::failure(analysis)),
    ];
    for (name, diagram) in pictures {
        let picture = Picture::of(diagram);
        for (format, _) in PictureFormat::ALL {
            files.extend(picture.files(&format!("diagrams/{name}"), format, &Theme::light())?);
        }
    }
    Ok(files)
}
