//! LibreOffice opens the deck, where it is installed; says so where it is not.

use std::path::Path;
use std::process::Command;

use sinew_draw::deck::{Body, Deck, Slide, pptx};
use sinew_draw::layout::layout;
use sinew_draw::theme::Theme;

use crate::diagrams;

/// The output of a program, or `None` where it is not installed.
fn run(program: &str, arguments: &[&str]) -> Option<String> {
    let output = Command::new(program).args(arguments).output().ok()?;
    Some(String::from_utf8_lossy(&output.stdout).into_owned())
}

/// The pages of `file` as LibreOffice prints it, or `None` without LibreOffice or pdfinfo.
fn pages(folder: &Path, file: &str) -> Option<usize> {
    let profile = format!("-env:UserInstallation=file://{}/profile", folder.display());
    let (to, from) = (folder.to_str()?.to_owned(), folder.join(file).to_str()?.to_owned());
    run("soffice", &[&profile, "--headless", "--convert-to", "pdf", "--outdir", &to, &from])?;
    let pdf = folder.join(file).with_extension("pdf");
    assert!(pdf.exists(), "LibreOffice renders {file}");
    let said = run("pdfinfo", &[pdf.to_str()?])?;
    said.lines().find_map(|l| l.strip_prefix("Pages:")).map(|n| n.trim().parse().expect("a number"))
}

#[test]
fn libreoffice_renders_a_deck() {
    let folder = std::env::temp_dir().join(format!("sinew-deck-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let scene = |scene| Slide {
        title: "A picture".into(),
        body: Body::Scene(Box::new(scene)),
        source: String::new(),
        notes: Vec::new(),
    };
    let slides: Vec<Slide> = layout(&diagrams::realistic(5)).into_iter().map(scene).collect();
    let count = slides.len() + 1;
    let opening =
        Slide { title: "Opening".into(), body: Body::Opening(Vec::new()), source: String::new(), notes: Vec::new() };
    let slides = std::iter::once(opening).chain(slides).collect();
    let deck = Deck { title: String::new(), author: String::new(), day: String::new(), theme: Theme::light(), slides };
    std::fs::write(folder.join("deck.pptx"), pptx(&deck)).unwrap();
    match pages(&folder, "deck.pptx") {
        Some(pages) => assert_eq!(pages, count, "a page a slide"),
        None => eprintln!("skipped: soffice or pdfinfo is not installed"),
    }
    std::fs::remove_dir_all(&folder).unwrap();
}
