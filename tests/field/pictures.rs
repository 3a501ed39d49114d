//! Pictures of many lines between two boxes, of many domains and of a star, and of names in other scripts.

use std::fs;

use crate::support::binary::{code, err, folder, run};

/// `count` exports between two systems, each of one object.
fn parallel(count: usize) -> String {
    let data: Vec<String> = (0..count).map(|at| format!("  object-{at}: {{ name: Business object {at} }}\n")).collect();
    let flows: Vec<String> = (0..count)
        .map(|at| format!("  - {{ id: f{at}, from: a, to: b, data: object-{at}, mechanism: export-import, performer: ops, runs: 1/week, minutes: 30 }}\n"))
        .collect();
    format!(
        "sinew: 1\nhourly_rate: 50\nteams: {{ ops: {{ people: 2 }} }}\nsystems: {{ a: {{ kind: crm, name: CRM }}, b: {{ kind: warehouse, name: Warehouse }} }}\ndata:\n{}flows:\n{}",
        data.concat(),
        flows.concat()
    )
}

/// The text of all slides of a view, each piece as it is drawn.
fn drawn(name: &str, text: &str, view: &str) -> Vec<String> {
    let folder = folder(&format!("field-{name}"));
    let (stack, picture) = (folder.join("stack.yaml"), folder.join("picture.svg"));
    fs::write(&stack, text).unwrap();
    let output = run(&["diagram", &stack.display().to_string(), view, "-o", &picture.display().to_string()]);
    assert_eq!(code(&output), 0, "{}", err(&output));
    let piece = |text: &str| {
        let inside = text.split('<').filter_map(|part| part.split_once('>'));
        inside.map(|(_, words)| words).collect::<String>().trim().to_owned()
    };
    let mut files: Vec<_> = fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.retain(|path| path.extension().is_some_and(|ending| ending == "svg"));
    files.sort();
    let texts = files.into_iter().map(|path| fs::read_to_string(path).unwrap());
    texts
        .flat_map(|svg| {
            let pieces = svg.split("<text").skip(1);
            pieces.map(|rest| piece(&format!("<text{}", rest.split("</text>").next().unwrap()))).collect::<Vec<_>>()
        })
        .collect()
}

/// The disc of seven and more numbers left the key no room: its text was one letter wide.
#[test]
fn many_handoffs_on_one_line_leave_room_for_what_they_are() {
    for count in [2, 7, 10, 40] {
        let pieces = drawn("parallel", &parallel(count), "handoffs");
        let single = pieces.iter().filter(|piece| piece.chars().count() == 1).count();
        assert!(single <= 1, "{count}: {pieces:?}");
        assert!(pieces.iter().any(|piece| piece.contains("CRM to Warehouse")), "{count}: {pieces:?}");
    }
    // The three that take most have words, the others are gray.
    let pieces = drawn("parallel", &parallel(10), "handoffs");
    assert!(pieces.iter().any(|piece| piece == "1–3"), "{pieces:?}");
}

/// Systems in domains, each joined to the next one.
fn chain(systems: usize, domain: impl Fn(usize) -> String) -> String {
    let system = |at| format!("  s{at:03}: {{ kind: other, name: Regional system {at}, domain: {} }}\n", domain(at));
    let flow = |at| format!("  - {{ from: s{at:03}, to: s{:03}, data: d, mechanism: api }}\n", at + 1);
    format!(
        "sinew: 1\nsystems:\n{}data: {{ d: {{}} }}\nflows:\n{}",
        (0..systems).map(system).collect::<String>(),
        (1..systems).map(|at| flow(at - 1)).collect::<String>()
    )
}

/// However many there are, each is named in full on some slide.
#[test]
fn many_systems_in_one_domain_and_many_domains_are_named_in_full() {
    let star = |spokes: usize| {
        let flow = |at| format!("  - {{ from: hub, to: s{at:03}, data: d, mechanism: api }}\n");
        let text = chain(spokes, |at| format!("Domain {}", at % 5));
        let head = text
            .split("flows:")
            .next()
            .unwrap()
            .replace("systems:", "systems:\n  hub: { kind: ipaas, domain: Middle }");
        format!("{head}flows:\n{}", (0..spokes).map(flow).collect::<String>())
    };
    for (name, text, systems, domains) in [
        ("one-domain", chain(60, |_| "Everything".into()), 60, vec!["Everything".to_owned()]),
        (
            "thirty-domains",
            chain(60, |at| format!("Business unit {}", at / 2)),
            60,
            (0..30).map(|at| format!("Business unit {at}")).collect(),
        ),
        ("star", star(100), 100, (0..5).map(|at| format!("Domain {at}")).collect()),
    ] {
        let words = drawn(name, &text, "landscape").join(" ");
        for expected in (0..systems).map(|at| format!("Regional system {at}")).chain(domains) {
            assert!(words.contains(&expected), "{name}: {expected}");
        }
    }
}

const SCRIPTS: &str = "sinew: 1
hourly_rate: 50
teams: { ops: { people: 2 } }
systems:
  a: { kind: crm, name: \"\u{5e9}\u{5dc}\u{5d5}\u{5dd}\" }
  b: { kind: bi, name: \"\u{646}\u{638}\u{627}\u{645}\" }
  c: { kind: cms, name: \"\u{645}\u{6cc}\u{200c}\u{62e}\u{648}\u{627}\u{647}\u{645}\" }
data: { d: { name: \"\u{5dc}\u{5d9}\u{5d3}\u{5d9}\u{5dd}\" } }
flows:
  - { from: a, to: b, data: d, mechanism: export-import, performer: ops, runs: 1/week, minutes: 50 }
  - { from: b, to: c, data: d, mechanism: export-import, performer: ops, runs: 1/week, minutes: 50 }
";

/// A figure jumped before a Hebrew or Arabic name, and a sentence that begins with one ran backwards: each such name
/// stands between marks in document, page and pictures, and nowhere in what programs read.
#[test]
fn names_from_right_to_left_leave_figures_where_they_are() {
    let folder = folder("field-scripts");
    let path = |name: &str| folder.join(name).display().to_string();
    fs::write(folder.join("stack.yaml"), SCRIPTS).unwrap();
    let output =
        run(&["report", &path("stack.yaml"), "-o", &path("out"), "--only", "report.json,report.md,report.html"]);
    assert_eq!(code(&output), 0, "{}", err(&output));
    let read = |name: &str| fs::read_to_string(folder.join("out").join(name)).unwrap();
    let (lead, from) = ("\u{5dc}\u{5d9}\u{5d3}\u{5d9}\u{5dd}", "\u{5e9}\u{5dc}\u{5d5}\u{5dd}");
    let marked = format!("\u{200e}{lead}\u{200e} from \u{200e}{from}\u{200e} to ");
    assert!(read("report.md").contains(&marked));
    assert!(read("report.html").contains(&format!("<bdi>{lead}</bdi> from <bdi>{from}</bdi> to ")));
    // Pictures on the page have the marks of pictures.
    assert!(read("report.html").contains(&format!("1 \u{b7} \u{200e}{lead}\u{200e}</text>")));
    assert!(
        read("report.json").contains(&format!("{lead} from {from} to ")) && !read("report.json").contains('\u{200e}')
    );
    let pieces = drawn("scripts-svg", SCRIPTS, "handoffs");
    assert!(pieces.contains(&format!("1 \u{b7} \u{200e}{lead}\u{200e}")), "{pieces:?}");
    // A name alone needs no marks; the joiner that spells it is kept.
    assert!(pieces.contains(&"\u{645}\u{6cc}\u{200c}\u{62e}\u{648}\u{627}\u{647}\u{645}".to_owned()), "{pieces:?}");
}

/// Letters that no font has were empty boxes without a word.
#[test]
#[cfg(feature = "png")]
fn letters_that_no_font_has_are_named() {
    let folder = folder("field-letters");
    let path = |name: &str| folder.join(name).display().to_string();
    let draw = |name: &str, more: &[&str]| {
        // U+0378 stands for no letter, so that no font of any machine has it.
        fs::write(
            folder.join("stack.yaml"),
            format!("sinew: 1\nsystems: {{ a: {{ kind: crm, name: \"{name}\" }} }}\n"),
        )
        .unwrap();
        run(&[&["diagram", &path("stack.yaml"), "landscape", "-o", &path("p.png")], more].concat())
    };
    let output = draw("Nordwind \u{378}", &[]);
    assert_eq!(code(&output), 0);
    assert!(err(&output).contains("warning: no font has `\u{378}` (U+0378)"), "{}", err(&output));
    let output = draw("Größe “x” → ½", &[]);
    assert!(!err(&output).contains("font"), "{}", err(&output));
    let output = draw("A", &["--font", &path("stack.yaml")]);
    assert_eq!(code(&output), 2);
    assert!(err(&output).contains("not a font"), "{}", err(&output));
}
