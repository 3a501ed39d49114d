//! What decks have to keep, on their own master and on templates as companies have them.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use sinew::report::{Look, Part, Pictures, files_with};
use sinew_draw::deck::{Deck, Template, pptx};
use sinew_draw::layout::Budget;
use sinew_draw::theme::Theme;

use crate::support::companies::companies;
use crate::support::judge::valid;
use crate::support::package::Opened;
use crate::support::planned::Planned;

/// The decks of an example in each of these looks.
fn decks(stack: &str, looks: Vec<(String, Look)>) -> Vec<Made> {
    let text = std::fs::read_to_string(format!("examples/stacks/{stack}.yaml")).unwrap();
    let planned = Planned::shared(&text);
    let sources = planned.sources();
    let pictures = Pictures::of(&sources, &[Part::Slides], Budget::REPORT, None, &|_| ());
    let made = |(what, look): (String, Look)| {
        let bytes = files_with(&sources, &pictures, &[Part::Slides], &look, &|_| ()).unwrap().remove(0).bytes;
        Made { what, opened: Opened::of(&bytes), bytes, has_items: !planned.plan.items.is_empty() }
    };
    looks.into_iter().map(made).collect()
}

/// A deck: what it is, its bytes, what is in them.
struct Made {
    what: String,
    bytes: Vec<u8>,
    opened: Opened,
    /// Whether the plan has items, so that something is next.
    has_items: bool,
}

/// Decks of all examples, in light; of one in dark and on each template.
static DECKS: LazyLock<Vec<Made>> = LazyLock::new(|| {
    let examples =
        ["tiny", "hubspot-scale-up", "stage-3-marketo-enterprise", "adobe-near-stage-4", "messy-45", "two-models"];
    let (title, author, day) = ("Company".to_owned(), String::new(), String::new());
    let ours = pptx(&Deck { title, author, day, theme: Theme::dark(), slides: Vec::new() });
    let looks = |stack: &str| {
        let light = (stack.to_owned(), Look::of(Theme::light()));
        if stack != "stage-3-marketo-enterprise" {
            return vec![light];
        }
        let dark = (format!("{stack}, dark"), Look::of(Theme::dark()));
        let on = companies(&ours).into_iter().map(|(what, bytes)| {
            let look = Look { template: Some(Template::read(&bytes).unwrap()), ..Look::of(Theme::light()) };
            (format!("{stack} on {what}"), look)
        });
        [light, dark].into_iter().chain(on).collect()
    };
    examples.into_iter().flat_map(|stack| decks(stack, looks(stack))).collect()
});

#[test]
fn decks_are_valid() {
    for Made { what, bytes, .. } in DECKS.iter() {
        valid(&format!("{}.pptx", what.replace([' ', ','], "-")), bytes);
    }
}

#[test]
fn titles_tell_slides_apart() {
    for Made { what, opened, .. } in DECKS.iter() {
        let mut seen: BTreeSet<String> = BTreeSet::new();
        for (name, _) in opened.slides() {
            let title = opened.title(name);
            assert!(
                !title.is_empty() && seen.insert(title.clone()),
                "{what}: {name} is called `{title}`, like another"
            );
        }
    }
}

#[test]
fn every_slide_is_in_one_section_of_three() {
    for Made { what, opened, .. } in DECKS.iter() {
        let sections = opened.sections();
        let names: Vec<&str> = sections.iter().map(|(name, _)| name.as_str()).collect();
        assert_eq!(names, ["Summary", "Story", "Appendix"], "{what}");
        let dealt: Vec<&String> = sections.iter().flat_map(|(_, slides)| slides).collect();
        assert_eq!(dealt, opened.listed().iter().collect::<Vec<_>>(), "{what}");
    }
}

#[test]
fn the_summary_leads_to_the_story_and_every_chapter_back() {
    for Made { what, opened, has_items, .. } in DECKS.iter() {
        let listed = opened.listed();
        let summary = &listed[1];
        let there: BTreeMap<String, String> = opened.links(summary).into_iter().collect();
        let chapters = ["Where we stand", "Handoffs", "What can fail", "Plan", "Appendix", "Next steps"];
        let absent = usize::from(!has_items);
        for words in &chapters[..chapters.len() - absent] {
            let to = there.get(*words).unwrap_or_else(|| panic!("{what}: the summary has no link `{words}`"));
            assert!(listed.contains(to) && to != summary, "{what}: `{words}` leads to {to}");
            assert_eq!(
                opened.links(to),
                [("Back to the summary".to_owned(), summary.clone())],
                "{what}: `{words}`, on {to}"
            );
        }
        for name in &listed {
            assert!(opened.links(name).iter().all(|(_, to)| listed.contains(to)), "{what}: {name}");
        }
    }
}

#[test]
fn every_color_is_one_of_the_theme() {
    for Made { what, opened, .. } in DECKS.iter() {
        for (name, slide) in opened.slides() {
            for other in ["srgbClr", "sysClr", "prstClr", "scrgbClr", "hslClr"] {
                assert!(slide.all(other).is_empty(), "{what}: {name} has a {other}");
            }
            assert!(name.ends_with("slide1.xml") || !slide.all("schemeClr").is_empty(), "{what}: {name} has no color");
        }
    }
}

#[test]
fn type_of_the_story_has_ten_points_and_that_of_the_appendix_eight() {
    let mut seen = 0;
    for Made { what, opened, .. } in DECKS.iter() {
        for (section, slides) in opened.sections() {
            let least = if section == "Appendix" { 800 } else { 1_000 };
            for (name, slide) in opened.slides().filter(|(name, _)| slides.iter().any(|one| one == name)) {
                for run in slide.all("rPr") {
                    // Without a size of their own words have that of the layout.
                    let Ok(size) = run.attribute("sz").parse::<i64>() else { continue };
                    assert!(size >= least, "{what}: {name} has type of {size} hundredths of a point");
                    seen += 1;
                }
            }
        }
    }
    assert!(seen > 4_000, "{seen} runs");
}

/// A table of which only the heading and "and so many more" have room says nothing.
#[test]
fn every_table_shows_a_row_of_its_own() {
    let mut shortened = 0;
    for Made { what, opened, .. } in DECKS.iter() {
        for (name, slide) in opened.slides() {
            for table in slide.all("tbl") {
                let rows = table.all("tr");
                let rest = rows
                    .iter()
                    .filter(|row| row.first("tc").is_some_and(|cell| !cell.attribute("gridSpan").is_empty()));
                let rest = rest.count();
                assert!(
                    rows.len() > 1 + rest,
                    "{what}: {name} has a table of {} rows, {rest} of them the rest",
                    rows.len()
                );
                shortened += rest;
            }
        }
    }
    assert!(shortened > 20, "{shortened} tables are cut");
}
