//! Titles, sections and links of decks: by them people find their way.

use std::collections::{BTreeMap, BTreeSet};

use sinew_draw::deck::{Body, Slide, Template, pptx, pptx_on};

use super::package::Opened;
use super::template::companies;
use super::{MIDDLE, check, deck, story};

/// The deck on its own master and on each company's.
fn decks() -> Vec<(&'static str, Opened)> {
    let story = story(&MIDDLE);
    let on = companies().map(|(what, bytes)| (what, check(&pptx_on(&story, &Template::read(&bytes).unwrap()))));
    std::iter::once(("its own", check(&pptx(&story)))).chain(on).collect()
}

#[test]
fn no_two_slides_have_one_title() {
    for (what, opened) in decks() {
        let titles: Vec<String> = opened.slides().map(|(name, _)| opened.title(name)).collect();
        let apart: BTreeSet<&String> = titles.iter().collect();
        assert_eq!(apart.len(), titles.len(), "{what}: {titles:?}");
        assert!(titles.iter().any(|title| title.starts_with("Handoffs (2 of ")), "{what}: {titles:?}");
    }
    let scene = || Body::Scene(Box::new(MIDDLE[0].clone()));
    let same = ["Plan", "Other", "Plan"].map(|title| Slide { title: title.into(), body: scene(), ..Slide::default() });
    let opened = check(&pptx(&deck(same.to_vec())));
    let titles: Vec<String> = opened.slides().map(|(name, _)| opened.title(name)).collect();
    assert_eq!(titles, ["Plan (1 of 2)", "Other", "Plan (2 of 2)"]);
}

#[test]
fn every_slide_is_in_one_section() {
    for (what, opened) in decks() {
        let sections = opened.sections();
        let names: Vec<&str> = sections.iter().map(|(name, _)| name.as_str()).collect();
        assert_eq!(names, ["Summary", "Story & more"], "{what}");
        let dealt: Vec<&String> = sections.iter().flat_map(|(_, slides)| slides).collect();
        assert_eq!(dealt, opened.listed().iter().collect::<Vec<_>>(), "{what}");
        assert_eq!(sections[0].1.len(), 2, "{what}");
    }
    let plain = check(&pptx(&deck(vec![Slide { title: "One".into(), ..Slide::default() }])));
    assert!(plain.sections().is_empty());
}

#[test]
fn links_lead_where_they_say_and_back() {
    for (what, opened) in decks() {
        let titles: BTreeMap<&str, String> = opened.slides().map(|(name, _)| (name, opened.title(name))).collect();
        let summary = titles.iter().find(|(_, title)| *title == "Three sentences").unwrap().0;
        let there = opened.links(summary);
        let said: Vec<&str> = there.iter().map(|(words, _)| words.as_str()).collect();
        assert_eq!(said, ["טבלה", "תמונה"], "{what}: a link to nowhere is left out");
        for ((_, to), begins) in there.iter().zip(["Handoffs (1 of ", &MIDDLE[0].title]) {
            assert!(titles[to.as_str()].starts_with(begins), "{what}: {}", titles[to.as_str()]);
        }
        // All slides that a table takes lead back.
        for (name, title) in &titles {
            let is_led_to = title.starts_with("Handoffs (") || there.iter().any(|(_, to)| to == name);
            let back = opened.links(name);
            let expected = is_led_to.then(|| ("Back to the summary".to_owned(), (*summary).to_owned()));
            assert!(name == summary || back == Vec::from_iter(expected), "{what}: {title}: {back:?}");
        }
    }
}
