//! Pictures that show another one again: their boxes stand where they stand in that.

use std::collections::BTreeMap;
use std::sync::Arc;

use sinew_draw::layout::{Budget, layout, together, within};
use sinew_draw::scene::{Point, SLIDE_WIDTH, Scene};
use sinew_draw::{Arrangement, Diagram, Edge, EdgeEmphasis, Emphasis, Style};

use crate::diagrams::{Rng, random};

/// The middle of each box; `None` for a picture of several slides.
fn middles(slides: &[Scene]) -> Option<BTreeMap<String, Point>> {
    let [one] = slides else { return None };
    Some(one.boxes.iter().map(|shape| (shape.id.clone(), shape.rect.center())).collect())
}

/// How far the box that moved most lies from where it was, of those that both have.
fn farthest(a: &BTreeMap<String, Point>, b: &BTreeMap<String, Point>) -> f64 {
    let moved = a.iter().filter_map(|(id, p)| b.get(id).map(|q| (p.x - q.x).abs().max((p.y - q.y).abs())));
    moved.fold(0.0, f64::max)
}

/// The picture with other boxes and lines in the foreground, some of its lines gone, and some new.
fn again(base: &Diagram, rng: &mut Rng) -> Diagram {
    let mut view = Diagram { title: "Seen again".into(), ..base.clone() };
    for node in &mut view.nodes {
        node.emphasis = [Emphasis::Normal, Emphasis::Ringed, Emphasis::Receded][rng.below(3)];
    }
    for edge in &mut view.edges {
        edge.emphasis = [EdgeEmphasis::Normal, EdgeEmphasis::Lost, EdgeEmphasis::Receded][rng.below(3)];
    }
    view.edges.retain(|_| rng.below(6) > 0);
    for at in 0..2 {
        let mut end = || base.nodes[rng.below(base.nodes.len())].id.clone();
        let (from, to) = (end(), end());
        view.edges.push(Edge { id: format!("new-{at}"), from, to, style: Style::New, ..Edge::default() });
    }
    view
}

#[test]
fn boxes_of_a_picture_that_is_shown_again_keep_their_places() {
    let (mut compared, mut far, mut exact, mut own_way) = (0, 0, 0, 0);
    for seed in 1..=16 {
        let base = Arc::new(random(8 + seed as usize, seed));
        let Some(before) = middles(&layout(&base)) else { continue };
        let free = again(&base, &mut Rng(seed));
        let view = free.clone().standing_as(Arc::clone(&base));
        let Some(after) = middles(&layout(&view)) else { continue };
        assert_eq!(before.len(), after.len());
        let moved = farthest(&before, &after);
        // A tenth of the width is what an eye takes for another place. What needs a key at the side has less width for all.
        assert!(moved <= SLIDE_WIDTH / 8.0, "seed {seed}: a box moved by {moved:.0} points");
        compared += 1;
        far += usize::from(moved > SLIDE_WIDTH / 10.0);
        exact += usize::from(moved < 1.0);
        own_way += usize::from(middles(&layout(&free)).is_some_and(|own| farthest(&before, &own) > SLIDE_WIDTH / 10.0));
    }
    assert!(compared >= 11, "{compared} pictures were compared");
    assert!(far <= compared / 16, "in {far} of {compared} a box moved by more than a tenth of the width");
    // Left to themselves they would have moved: the test above can fail.
    assert!(own_way >= compared / 2, "only {own_way} of {compared} move if they may");
    // What the legend takes differs, and with it the room for all.
    assert!(exact >= compared / 6, "only {exact} of {compared} stand still to the point");
}

#[test]
fn a_box_that_is_missing_leaves_its_place_empty_and_a_new_one_moves_none() {
    let base = Arc::new(random(14, 5));
    let before = middles(&layout(&base)).unwrap();
    let mut view = Diagram { nodes: base.nodes.clone(), ..Diagram::clone(&base) };
    let gone = view.nodes.remove(3);
    view.edges.retain(|edge| edge.from != gone.id && edge.to != gone.id);
    view.nodes.push(sinew_draw::Node {
        id: "new".into(),
        name: "New".into(),
        cluster: gone.cluster.clone(),
        ..Default::default()
    });
    let after = middles(&layout(&view.standing_as(Arc::clone(&base)))).unwrap();
    assert!(after.contains_key("new") && !after.contains_key(&gone.id));
    assert!(farthest(&before, &after) <= SLIDE_WIDTH / 10.0);
}

#[test]
fn pictures_laid_out_together_or_alone_are_the_same() {
    let base = Arc::new(random(12, 3));
    let view = again(&base, &mut Rng(3)).standing_as(Arc::clone(&base));
    let alone = within(&view, Budget::PICTURE);
    for order in [[&*base, &view], [&view, &*base]] {
        let laid = together(&order, Budget::REPORT, None, &|_| ());
        let at = order.iter().position(|one| one.title == view.title).unwrap();
        assert_eq!(laid[at], alone);
        assert_eq!(laid[1 - at].slides, layout(&base));
    }
    // Without the other one among them it is laid out for its places only.
    assert_eq!(together(&[&view], Budget::REPORT, None, &|_| ()), [alone]);
}

#[test]
fn what_stands_as_a_picture_of_several_slides_is_one_of_several_with_its_domains_in_place() {
    let base = Arc::new(random(60, 5));
    let slides = layout(&base);
    assert!(slides.len() > 1, "too many boxes for one slide");
    // Without most of its lines it would fit on one slide by itself.
    let few = Diagram { edges: base.edges[..4].to_vec(), nodes: base.nodes[..16].to_vec(), ..Diagram::clone(&base) };
    let ids = |d: &Diagram| d.nodes.iter().map(|node| node.id.clone()).collect::<std::collections::BTreeSet<_>>();
    let kept = ids(&few);
    let edges = few.edges.iter().filter(|edge| kept.contains(&edge.from) && kept.contains(&edge.to)).cloned();
    let few = Diagram { edges: edges.collect(), ..few };
    assert_eq!(layout(&few).len(), 1);
    let view = few.standing_as(Arc::clone(&base));
    let shown = layout(&view);
    assert!(shown.len() > 1, "as the picture that it is shown beside");
    let domains = |slide: &Scene| -> BTreeMap<String, Point> {
        slide.boxes.iter().map(|shape| (shape.id.clone(), shape.rect.center())).collect()
    };
    let (before, after) = (domains(&slides[0]), domains(&shown[0]));
    assert!(after.len() > 1 && after.keys().all(|id| before.contains_key(id)));
    assert!(farthest(&before, &after) <= SLIDE_WIDTH / 10.0);
    // A picture without a box, and one that is no network, say nothing of where boxes stand.
    for other in [
        Diagram { nodes: Vec::new(), ..Diagram::clone(&base) },
        Diagram { arrangement: Arrangement::Ladder, ..Diagram::clone(&base) },
    ] {
        let free = view.clone().standing_as(other);
        assert_eq!(layout(&free).len(), 1);
    }
    // Laid out together or alone, it is the same.
    let together = together(&[&base, &view], Budget::REPORT, None, &|_| ());
    assert_eq!(together[1].slides, shown);
}

#[test]
fn boxes_of_an_earlier_picture_keep_their_places_and_those_that_are_new_find_room() {
    let (mut compared, mut stayed, mut boxes) = (0, 0, 0);
    for seed in 1..=24 {
        let before = within(&random(8 + seed as usize, seed), Budget::PICTURE);
        let stood = before.stood.clone().expect("each picture says where its boxes stand");
        assert_eq!(stood.fault(), None, "seed {seed}");
        if stood.is_parted {
            continue;
        }
        let mut later = random(8 + seed as usize, seed);
        let gone = later.nodes.remove(seed as usize % later.nodes.len());
        later.edges.retain(|edge| edge.from != gone.id && edge.to != gone.id);
        later.nodes.push(sinew_draw::Node {
            id: "new".into(),
            name: "New".into(),
            cluster: gone.cluster,
            ..Default::default()
        });
        let after = within(&later.standing_in(Some(Arc::new(stood.clone()))), Budget::PICTURE).stood.unwrap();
        assert_eq!(after.fault(), None, "seed {seed}");
        if after.is_parted {
            continue;
        }
        assert!(after.boxes.iter().any(|seat| seat.id == "new") && after.boxes.iter().all(|seat| seat.id != gone.id));
        compared += 1;
        stayed += stood.boxes.len() - 1 - after.moved(&stood).len();
        boxes += stood.boxes.len() - 1;
    }
    assert!(compared >= 16, "{compared} pictures were compared");
    assert!(stayed * 50 >= boxes * 49, "{stayed} of {boxes} boxes stand where they stood");
}

#[test]
fn domains_of_an_earlier_picture_keep_their_places() {
    let base = random(60, 5);
    let own = within(&base, Budget::PICTURE).stood.unwrap();
    assert!(own.is_parted && own.fault().is_none());
    // As it would not stand by itself: with the first and the last domain in each other's place.
    let mut before = own.clone();
    let last = before.boxes.len() - 1;
    (before.boxes[0].cell, before.boxes[last].cell) = (own.boxes[last].cell, own.boxes[0].cell);
    assert_eq!(before.moved(&own), [&own.boxes[0].id, &own.boxes[last].id]);
    let again = base.clone().standing_in(Some(Arc::new(before.clone())));
    let kept = within(&again, Budget::PICTURE).stood.unwrap();
    assert_eq!(kept.moved(&before), Vec::<&str>::new());
    // What stands as such a picture has its places as well, laid out together or alone.
    let view = Diagram { title: "Seen again".into(), ..base }.standing_as(again.clone());
    let alone = within(&view, Budget::PICTURE);
    assert_eq!(alone.stood.as_ref().map(|stood| stood.moved(&before).len()), Some(0));
    assert_eq!(together(&[&again, &view], Budget::REPORT, None, &|_| ())[1], alone);
}

#[test]
fn places_that_no_picture_has_are_no_places() {
    let base = random(12, 3);
    let alone = within(&base, Budget::PICTURE);
    let mut stood = alone.stood.clone().unwrap();
    stood.boxes.iter_mut().for_each(|seat| seat.cell = (0, 0));
    assert!(stood.fault().is_some());
    assert_eq!(within(&base.standing_in(Some(Arc::new(stood))), Budget::PICTURE), alone);
}
