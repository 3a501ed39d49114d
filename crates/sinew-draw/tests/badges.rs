//! Prices of what a picture is about stand on filled badges, in every format that has shapes.

use sinew_draw::dot::{dot, pinned};
use sinew_draw::layout::layout;
use sinew_draw::mermaid::mermaid;
use sinew_draw::scene::{Owner, Plate, Scene, Text};
use sinew_draw::svg::svg;
use sinew_draw::theme::{Theme, hex};
use sinew_draw::{Diagram, Edge, EdgeEmphasis, Emphasis, Node, Style};

/// Two systems, a flow of a price, and one of them ringed with its own.
fn priced() -> Diagram {
    let node = |id: &str, price: &str, emphasis| Node {
        id: id.into(),
        name: id.to_uppercase(),
        notes: vec!["stops two".into()],
        price: price.into(),
        emphasis,
        ..Node::default()
    };
    let edge = Edge {
        id: "ab".into(),
        from: "a".into(),
        to: "b".into(),
        label: vec!["Drafts".into(), "470 h a year".into()],
        price: "USD 33k".into(),
        style: Style::Manual,
        emphasis: EdgeEmphasis::Strong,
        ..Edge::default()
    };
    let nodes = vec![node("a", "", Emphasis::Normal), node("b", "USD 1,200 an hour", Emphasis::Ringed)];
    Diagram { title: "What costs most".into(), nodes, edges: vec![edge], ..Diagram::default() }
}

fn badge<'s>(scene: &'s Scene, words: &str) -> &'s Text {
    scene.texts.iter().find(|text| text.text.contains(words) && text.plate == Plate::Disc).expect("it has a badge")
}

#[test]
fn a_badge_holds_its_words_and_overlaps_no_others() {
    let scene = &layout(&priced())[0];
    let (flow, system) = (badge(scene, "USD 33k"), badge(scene, "USD 1,200 an hour"));
    assert_eq!((&flow.owner, &system.owner), (&Owner::Edge("ab".into()), &Owner::Node("b".into())));
    let ringed = scene.boxes.iter().find(|shape| shape.id == "b").unwrap();
    assert!(ringed.rect.contains(&system.rect), "{:?} in {:?}", system.rect, ringed.rect);
    for badge in [flow, system] {
        let wide = sinew_draw::text::width(&badge.text, badge.size, badge.bold);
        assert!(badge.bold && wide + 2.0 < badge.rect.w, "{wide} in {:?}", badge.rect);
        for other in scene.texts.iter().filter(|text| *text != badge) {
            let (a, b) = (badge.rect.grown(-1.0), other.rect.grown(-1.0));
            assert!(!a.overlaps(&b), "`{}` over `{}`", badge.text, other.text);
        }
    }
}

#[test]
fn svg_and_dot_fill_badges_in_the_color_of_what_they_price() {
    let (theme, scene) = (Theme::light(), &layout(&priced())[0]);
    let by_hand = hex(theme.of_label(Style::Manual, EdgeEmphasis::Strong));
    let drawn = svg(scene, &theme);
    let before = |words: &str| drawn.lines().find(|line| line.contains(words) && line.contains("<rect")).unwrap();
    assert!(before("USD 33k").contains(&format!("fill=\"{by_hand}\"")), "{}", before("USD 33k"));
    assert!(before("USD 1,200").contains(&format!("fill=\"{}\"", hex(theme.ring))), "{}", before("USD 1,200"));
    let placed = pinned(scene, &theme);
    for (words, fill) in [("USD 33k", &by_hand), ("USD 1,200 an hour", &hex(theme.ring))] {
        let line = placed.lines().find(|line| line.contains(words) && line.contains("words ")).expect(words);
        assert!(line.contains("filled,rounded") && line.contains(fill.as_str()), "{line}");
    }
    let free = dot(&priced());
    for fill in [by_hand, hex(theme.ring)] {
        assert!(free.contains(&format!("STYLE=\"ROUNDED\" BGCOLOR=\"{fill}\"")), "{free}");
    }
    let flowchart = mermaid(&priced(), &theme);
    assert!(flowchart.contains("USD 33k") && flowchart.contains("USD 1,200 an hour"), "{flowchart}");
}

#[test]
fn flows_drawn_as_one_line_have_the_price_of_each() {
    let drawn = |prices: &[&str]| {
        let mut diagram = priced();
        let edge = diagram.edges.remove(0);
        let of = |(at, price): (usize, &&str)| Edge {
            id: format!("ab{at}"),
            label: vec![format!("Object {at}")],
            price: (*price).to_owned(),
            ..edge.clone()
        };
        diagram.edges = prices.iter().enumerate().map(of).collect();
        let scene = layout(&diagram).remove(0);
        let is_price =
            |text: &&Text| text.plate == Plate::Disc && text.text.contains("USD") && !text.text.contains("hour");
        scene.texts.iter().find(is_price).map(|text| text.text.clone())
    };
    assert_eq!(drawn(&["USD 33k"; 3]).as_deref(), Some("3 × USD 33k"));
    assert_eq!(drawn(&["USD 33k", "USD 1k"]).as_deref(), Some("USD 33k, USD 1k"));
    assert_eq!(drawn(&["USD 33k", "USD 1k", "USD 2k"]), None, "the key has them");
}
