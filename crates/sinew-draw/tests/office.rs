//! LibreOffice opens the deck. Without it that is not tried, as `judge.rs` says.

use std::path::Path;
use std::process::Command;

use sinew_draw::deck::{Body, Deck, Slide, pptx};
use sinew_draw::layout::layout;
use sinew_draw::theme::Theme;

use crate::diagrams;
use crate::judge::judge;

/// The output of a program.
fn run(program: &str, arguments: &[&str]) -> String {
    let output = Command::new(program).args(arguments).output().unwrap();
    String::from_utf8_lossy(&output.stdout).into_owned()
}

/// The pages of `file` as LibreOffice prints it, or `None` without LibreOffice or pdfinfo.
fn pages(folder: &Path, file: &str) -> Option<usize> {
    let what = "the deck on paper";
    let (office, counter) = (judge("soffice", what), judge("pdfinfo", what));
    let (office, counter) = (office?, counter?);
    let profile = format!("-env:UserInstallation=file://{}/profile", folder.display());
    let (to, from) = (folder.to_str().unwrap().to_owned(), folder.join(file).to_str().unwrap().to_owned());
    run(office, &[&profile, "--headless", "--convert-to", "pdf", "--outdir", &to, &from]);
    let pdf = folder.join(file).with_extension("pdf");
    assert!(pdf.exists(), "LibreOffice renders {file}");
    let said = run(counter, &[pdf.to_str().unwrap()]);
    let pages = said.lines().find_map(|l| l.strip_prefix("Pages:")).map(|n| n.trim().parse().expect("a number"));
    assert!(pages.is_some(), "{counter} counts no pages: {said}");
    pages
}

#[test]
fn libreoffice_renders_a_deck() {
    let folder = std::env::temp_dir().join(format!("sinew-deck-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let scene = |scene| Slide { title: "A picture".into(), body: Body::Scene(Box::new(scene)), ..Slide::default() };
    let slides: Vec<Slide> = layout(&diagrams::realistic(5)).into_iter().map(scene).collect();
    let count = slides.len() + 1;
    let opening = Slide { title: "Opening".into(), body: Body::Opening(Vec::new()), ..Slide::default() };
    let slides = std::iter::once(opening).chain(slides).collect();
    let deck = Deck { title: String::new(), author: String::new(), day: String::new(), theme: Theme::light(), slides };
    std::fs::write(folder.join("deck.pptx"), pptx(&deck)).unwrap();
    if let Some(pages) = pages(&folder, "deck.pptx") {
        assert_eq!(pages, count, "a page a slide");
    }
    std::fs::remove_dir_all(&folder).unwrap();
}
