//! `sinew report` and its options: which parts, in which colors, on whose template, and again on every save.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use crate::support::binary::{err, folder, sinew};
#[cfg(feature = "pdf")]
use crate::support::judge::judge;

const STACK: &str = "examples/stacks/tiny.yaml";

fn report(stack: &str, folder: &Path, options: &[&str]) -> Output {
    sinew(&[&["report", stack, "-o", folder.to_str().unwrap()], options].concat()).output().unwrap()
}

fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let mut names: Vec<String> = entries.collect();
    names.sort();
    names
}

#[test]
fn only_what_is_asked_for_is_written() {
    let folder = folder("report-only");
    let output = report(STACK, &folder, &["--only", "report.html,offline", "--only", "report.md"]);
    assert!(output.status.success(), "{}", err(&output));
    assert_eq!(names(&folder), ["offline", "report.html", "report.md", "sinew.files"]);
    assert!(!err(&output).contains('\u{1b}'), "no progress where nobody watches");
    let output = report(STACK, &folder, &["--only", "slides.ppt"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(err(&output).contains("report.html") && err(&output).contains("diagrams"), "{}", err(&output));
}

#[test]
fn a_theme_colours_pictures_page_and_deck() {
    let folder = folder("report-theme");
    let file = folder.join("acme.yaml");
    fs::write(&file, "name: acme\ncolors:\n  manual: \"#7a1fa2\"\n").unwrap();
    let parts = ["--only", "report.html,diagrams"];
    for (name, theme) in [("light", "light"), ("acme", file.to_str().unwrap())] {
        let output = report(STACK, &folder.join(name), &[&parts[..], &["--theme", theme]].concat());
        assert!(output.status.success(), "{}", err(&output));
    }
    let read = |path: &str| fs::read_to_string(folder.join(path)).unwrap();
    for path in ["report.html", "diagrams/landscape.svg", "diagrams/handoffs.mmd"] {
        assert!(read(&format!("acme/{path}")).contains("#7a1fa2"), "{path}");
        assert!(!read(&format!("light/{path}")).contains("#7a1fa2"), "{path}");
    }
    assert!(read("light/report.html").contains("prefers-color-scheme:dark"));
    assert!(!read("acme/report.html").contains("prefers-color-scheme:dark"), "chosen colours hold by day and night");
}

#[test]
fn a_broken_theme_is_refused_before_anything_is_written() {
    let folder = folder("report-broken-theme");
    let file = folder.join("acme.yaml");
    fs::write(&file, "colours:\n  manual: red\ncolors:\n  manual: red\n").unwrap();
    let output = report(STACK, &folder.join("out"), &["--theme", file.to_str().unwrap()]);
    assert_eq!(output.status.code(), Some(2));
    assert!(err(&output).contains("acme.yaml:1:1") && err(&output).contains("acme.yaml:4:11"), "{}", err(&output));
    assert!(!folder.join("out").exists());
    let output = report(STACK, &folder.join("out"), &["--theme", "drak"]);
    assert_eq!(output.status.code(), Some(2), "no theme and no file of that name");
}

#[cfg(all(feature = "pptx", feature = "xlsx"))]
#[test]
fn decks_and_workbooks_are_valid() {
    let folder = folder("report-valid");
    for (stack, theme) in [(STACK, "light"), ("examples/stacks/stage-3-marketo-enterprise.yaml", "dark")] {
        let only = ["--only", "slides.pptx,plan.xlsx", "--theme", theme];
        assert!(report(stack, &folder.join(theme), &only).status.success());
        for name in ["slides.pptx", "plan.xlsx"] {
            crate::support::judge::valid(name, &fs::read(folder.join(theme).join(name)).unwrap());
        }
    }
}

#[cfg(feature = "pptx")]
#[test]
fn a_deck_stands_on_the_template() {
    let folder = folder("report-template");
    let only = ["--only", "slides.pptx"];
    assert!(report(STACK, &folder.join("dark"), &[&only[..], &["--theme", "dark"]].concat()).status.success());
    let template = folder.join("dark/slides.pptx");
    let on = [&only[..], &["--template", template.to_str().unwrap()]].concat();
    let output = report(STACK, &folder.join("on"), &on);
    assert!(output.status.success(), "{}", err(&output));
    assert!(report(STACK, &folder.join("plain"), &only).status.success());
    let theme = |name: &str| {
        let bytes = fs::read(folder.join(name).join("slides.pptx")).unwrap();
        let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
        std::io::read_to_string(archive.by_name("ppt/theme/theme1.xml").unwrap()).unwrap()
    };
    assert_eq!(theme("on"), theme("dark"), "the company's colours");
    assert_ne!(theme("on"), theme("plain"));
    fs::write(folder.join("no.pptx"), "no presentation").unwrap();
    let no = folder.join("no.pptx");
    let output = report(STACK, &folder.join("no"), &[&only[..], &["--template", no.to_str().unwrap()]].concat());
    assert_eq!(output.status.code(), Some(2));
    assert!(err(&output).contains("no.pptx: the template is not a .pptx"), "{}", err(&output));
}

#[cfg(feature = "pdf")]
#[test]
fn pictures_are_pages_with_text() {
    let folder = folder("report-pdf");
    let only = ["--only", "pictures.pdf"];
    assert!(report(STACK, &folder, &only).status.success());
    let path = folder.join("pictures.pdf");
    let bytes = fs::read(&path).unwrap();
    assert!(bytes.starts_with(b"%PDF-"));
    assert!(report(STACK, &folder, &only).status.success());
    assert_eq!(fs::read(&path).unwrap(), bytes, "same stack, same bytes");
    let what = "the pictures as pages";
    let (Some(info), Some(text)) = (judge("pdfinfo", what), judge("pdftotext", what)) else { return };
    let said = |program: &str, arguments: &[&str]| {
        let output = Command::new(program).args(arguments).output().unwrap();
        String::from_utf8_lossy(&output.stdout).into_owned()
    };
    let path = path.to_str().unwrap();
    let (facts, text) = (said(info, &[path]), said(text, &[path, "-"]));
    let fact = |name: &str| facts.lines().find_map(|line| line.strip_prefix(name)).map(str::trim);
    assert_eq!(fact("Pages:"), Some("7"), "a page for each view");
    assert_eq!(fact("Title:"), Some("Fernwood Tea"));
    assert_eq!(fact("Tagged:"), Some("yes"));
    assert_eq!(fact("Page size:"), Some("960 x 540 pts"));
    assert!(text.contains("Numbers sheet") && text.contains("ChatGPT"), "{text}");
}

/// A program that is ended with the test, whatever becomes of it.
#[cfg(feature = "watch")]
struct Watching(std::process::Child);

#[cfg(feature = "watch")]
impl Drop for Watching {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

#[cfg(feature = "watch")]
#[test]
fn a_save_writes_anew_and_a_mistake_is_outlived() {
    use std::process::Stdio;
    use std::time::{Duration, Instant};

    let folder = folder("report-watch");
    let (stack, written) = (folder.join("stack.yaml"), folder.join("out/report.md"));
    let text = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(STACK)).unwrap();
    fs::write(&stack, &text).unwrap();
    let (from, to) = (stack.to_str().unwrap(), folder.join("out"));
    let arguments = ["report", from, "-o", to.to_str().unwrap(), "--watch", "--only", "report.md"];
    let child = sinew(&arguments).stderr(Stdio::null()).spawn().unwrap();
    let mut watching = Watching(child);
    let waited_for = |wanted: &str| {
        let end = Instant::now() + Duration::from_secs(60);
        while !fs::read_to_string(&written).is_ok_and(|text| text.contains(wanted)) {
            assert!(Instant::now() < end, "{wanted} is not written");
            std::thread::sleep(Duration::from_millis(20));
        }
    };
    waited_for("Fernwood Tea");
    fs::write(&stack, "systems: [\n").unwrap();
    fs::write(folder.join("new.yaml"), text.replace("Fernwood Tea", "Fernwood Coffee")).unwrap();
    // As editors save: another file takes the name.
    fs::rename(folder.join("new.yaml"), &stack).unwrap();
    waited_for("Fernwood Coffee");
    assert!(watching.0.try_wait().unwrap().is_none(), "it goes on");
    let output = sinew(&["report", "-", "-o", "out", "--watch"]).stdin(Stdio::null()).output().unwrap();
    assert_eq!(output.status.code(), Some(2), "standard input is not saved");
}

#[test]
fn systems_stand_where_they_stood_in_an_earlier_report() {
    let folder = folder("report-layout");
    let text = fs::read_to_string("examples/stacks/stage-3-marketo-enterprise.yaml").unwrap();
    let write = |name: &str, text: &str| {
        let path = folder.join(name);
        fs::write(&path, text).unwrap();
        path.to_str().unwrap().to_owned()
    };
    let only = ["--only", "report.json,diagrams"];
    let (before, after) = (folder.join("before"), folder.join("after"));
    assert!(report(&write("before.yaml", &text), &before, &only).status.success());
    // One system has another id, and one is new.
    let later = text.replace("madkudu", "lead-scores").replace("product: lead-scores", "product: madkudu").replacen(
        "systems:\n",
        "systems:\n  notes:\n    product: Notion\n",
        1,
    );
    let later = later.replacen("  lead-scores:\n", "  lead-scores:\n    was: madkudu\n", 1);
    let later = write("after.yaml", &later);
    let layout = before.join("report.json");
    let output = report(&later, &after, &[&only[..], &["--layout", layout.to_str().unwrap()]].concat());
    assert!(output.status.success(), "{}", err(&output));
    let read = |folder: &Path| {
        let report: serde_json::Value =
            serde_json::from_str(&fs::read_to_string(folder.join("report.json")).unwrap()).unwrap();
        report["layout"].clone()
    };
    let (then, now) = (read(&before), read(&after));
    let cells = |layout: &serde_json::Value| {
        let boxes = layout["boxes"].as_array().unwrap().iter();
        let cell = |seat: &serde_json::Value| {
            (seat["id"].as_str().unwrap().to_owned(), (seat["column"].clone(), seat["row"].clone()))
        };
        boxes.map(cell).collect::<std::collections::BTreeMap<_, _>>()
    };
    let (then, mut now) = (cells(&then), cells(&now));
    assert!(now.remove("notes").is_some());
    let renamed = now.remove("lead-scores").unwrap();
    now.insert("madkudu".into(), renamed);
    assert_eq!(now, then, "each in the cell that it had");
    let count = then.len();
    let said =
        format!("laid out as in {}: {count} of {count} systems stand where they stood; 1 system new", layout.display());
    assert!(err(&output).contains(&said), "{}", err(&output));
    // One picture alone keeps them as well.
    let draw = |options: &[&str]| {
        sinew(&[&["diagram", &later, "failure", "--format", "svg"], options].concat()).output().unwrap()
    };
    let drawn = draw(&["--layout", layout.to_str().unwrap()]);
    assert!(err(&drawn).contains(&said), "{}", err(&drawn));
    assert_ne!(drawn.stdout, draw(&[]).stdout, "left to itself the picture is another");
    // A file without places, and a view that has none.
    let output = report(&later, &folder.join("none"), &["--layout", &later]);
    assert_eq!(output.status.code(), Some(2));
    assert!(err(&output).contains("expected a report of sinew, found a stack file"), "{}", err(&output));
    assert!(!folder.join("none").exists());
    let output = sinew(&["diagram", &later, "roadmap", "--layout", layout.to_str().unwrap()]).output().unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert!(err(&output).contains("needs a view of the whole stack"), "{}", err(&output));
}
