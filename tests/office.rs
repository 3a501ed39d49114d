//! LibreOffice opens the deck and the workbook, where it is installed; says so where it is not.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]
#![cfg(all(feature = "pptx", feature = "xlsx"))]

#[path = "support/diagrams.rs"]
#[allow(dead_code, unreachable_pub)]
mod diagrams;

use std::path::Path;
use std::process::Command;

use sinew::report::diagram::layout::layout;
use sinew::report::diagram::theme::Theme;
use sinew::report::pptx::{Body, Deck, Slide, pptx};
use sinew::report::xlsx::{Cell, Column, Kind, Sheet, workbook};

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
#[allow(clippy::print_stderr)]
fn libreoffice_renders_deck_and_workbook() {
    let folder = std::env::temp_dir().join(format!("sinew-office-{}", std::process::id()));
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
    let sheet = Sheet {
        name: "Plan".into(),
        title: "Plan".into(),
        facts: Vec::new(),
        columns: vec![Column::new("What", Kind::Text), Column::summed("Hours", Kind::Hours)],
        rows: vec![vec![Cell::from("=1+1"), Cell::Number(3.5)]],
    };
    std::fs::write(folder.join("plan.xlsx"), workbook("", "", &[sheet]).unwrap()).unwrap();
    match pages(&folder, "deck.pptx").zip(pages(&folder, "plan.xlsx")) {
        Some((deck, book)) => {
            assert_eq!(deck, count, "a page a slide");
            assert_eq!(book, 1);
        }
        None => eprintln!("skipped: soffice or pdfinfo is not installed"),
    }
    std::fs::remove_dir_all(&folder).unwrap();
}
