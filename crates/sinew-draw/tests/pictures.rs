//! SVG and PNG of scenes: hostile words stay words, same scene gives same bytes, every theme draws.

use sinew_draw::fonts::Fonts;
use sinew_draw::layout::layout;
use sinew_draw::png::png;
use sinew_draw::svg::svg;
use sinew_draw::theme::Theme;
use sinew_draw::{Diagram, Edge, Node, Style};

fn hostile() -> Diagram {
    let words = "<script>alert(\"1\")</script>&'";
    let node = |id: &str| Node { id: id.into(), name: words.into(), tooltip: words.into(), ..Node::default() };
    Diagram {
        title: words.into(),
        nodes: vec![node("a\"><b>"), node("b")],
        edges: vec![Edge {
            id: "e\"'<".into(),
            from: "a\"><b>".into(),
            to: "b".into(),
            label: vec![words.into()],
            style: Style::Manual,
            ..Edge::default()
        }],
        ..Diagram::default()
    }
}

#[test]
fn hostile_words_stay_words_in_svg() {
    let scenes = layout(&hostile());
    let text = svg(&scenes[0], &Theme::light());
    assert!(!text.contains("<script") && !text.contains("<b>"));
    assert!(text.contains("&lt;script&gt;"));
    assert!(text.contains("data-node=\"a&quot;&gt;&lt;b&gt;\""));
    assert_eq!(text, svg(&scenes[0], &Theme::light()));
}

#[test]
fn png_has_its_size_and_ink_in_every_theme() {
    let scenes = layout(&hostile());
    let mut seen = Vec::new();
    for theme in [Theme::light(), Theme::dark()] {
        let bytes = png(&scenes[0], &theme, &Fonts::embedded(), 0.5).expect("drawable");
        assert_eq!(&bytes[..8], b"\x89PNG\r\n\x1a\n");
        assert_eq!((&bytes[16..20], &bytes[20..24]), (&480u32.to_be_bytes()[..], &270u32.to_be_bytes()[..]));
        seen.push(bytes);
    }
    assert_ne!(seen[0], seen[1]);
    assert!(png(&scenes[0], &Theme::light(), &Fonts::embedded(), 0.0).is_err(), "no picture of no size");
}
