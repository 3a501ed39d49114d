//! The appendix: the stack, its details, and every table that the story did not need.

use sinew_draw::deck::{Body, Slide};

use super::{FEWEST, Left};
use crate::report::story::further_views;
use crate::report::tables::Table;

/// Most rows of tables that share a slide.
const MOST: usize = 11;

/// The slide that parts the appendix from the story.
pub(super) fn divider() -> Slide {
    Slide {
        title: "Appendix".to_owned(),
        body: Body::Opening(vec![
            "The whole stack, every handoff and outage, and how the figures come about".to_owned(),
        ]),
        notes: vec![
            "The pictures of what can fail and of the target, domain by domain, are in pictures.pdf.".to_owned(),
        ],
        id: super::links::APPENDIX.to_owned(),
        ..Slide::default()
    }
}

/// Pictures first, then the tables, small ones together.
pub(super) fn slides(mut left: Left<'_>) -> Vec<Slide> {
    let mut slides: Vec<Slide> = further_views(left.report).into_iter().flat_map(|view| left.picture(view)).collect();
    let tables: Vec<Table> = left.tables.drain(..).filter(|table| !table.rows.is_empty()).collect();
    for group in packed(tables) {
        slides.extend(left.tables(&group, ""));
    }
    // What can fail and the target show the same domains again: these are in the pictures.
    for view in ["landscape", "handoffs", "stage", "frontier"] {
        slides.extend(left.details(view));
    }
    slides
}

/// Tables as they share slides: a small one goes with the one before, else with the first that leaves it room.
fn packed(tables: Vec<Table>) -> Vec<Vec<Table>> {
    let rows = |group: &[Table]| group.iter().map(|table| table.rows.len() + 1).sum::<usize>();
    let is_small = |group: &[Table]| rows(group) < FEWEST + group.len();
    let has_room =
        |group: &[Table], more: &[Table]| rows(group) + rows(more) <= MOST + 1 && group.len() + more.len() <= 3;
    let mut groups: Vec<Vec<Table>> = Vec::new();
    for table in tables {
        let one = vec![table];
        match groups.last_mut().filter(|last| (is_small(last) || is_small(&one)) && has_room(last, &one)) {
            Some(last) => last.extend(one),
            None => groups.push(one),
        }
    }
    let mut at = 0;
    while at < groups.len() {
        let room = |other: &usize| *other != at && has_room(&groups[*other], &groups[at]);
        let other = (0..groups.len()).find(|other| is_small(&groups[at]) && room(other));
        match other {
            Some(other) => {
                let small = groups.remove(at);
                groups[other - usize::from(other > at)].extend(small);
            }
            None => at += 1,
        }
    }
    groups
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::tables::Row;

    fn table(id: &'static str, rows: usize) -> Table {
        Table { rows: vec![Row::default(); rows], ..Table::new(id, id, ["row", "rows"], Vec::new()) }
    }

    #[test]
    fn small_tables_share_a_slide_and_large_ones_have_their_own() {
        let of = |rows: &[usize]| -> Vec<usize> {
            let tables = rows.iter().map(|rows| table("t", *rows)).collect();
            packed(tables).iter().map(Vec::len).collect()
        };
        assert_eq!(of(&[9, 12, 20]), [1, 1, 1]);
        assert_eq!(of(&[2, 3, 20]), [2, 1]);
        assert_eq!(of(&[2, 20, 1]), [1, 2]);
        assert_eq!(of(&[6, 2, 1, 8]), [3, 1]);
    }
}
