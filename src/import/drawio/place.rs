//! Where things stand on a page: what lies behind what, and what is near a loose end.

use super::cells::{Area, Cell};

/// Cells that are compared with each other; on larger pages only what the file says counts.
const COMPARED: usize = 2_000;
/// How near a loose end must be to a box, in pixels.
pub(super) const NEAR: f64 = 10.0;
/// Levels of cells within each other.
const DEPTH: usize = 64;

/// The area of each cell on the page: places are told from what a cell stands in.
pub(super) fn areas(cells: &[Cell<'_>], parents: &[Option<usize>]) -> Vec<Option<Area>> {
    let offset = |at: usize| {
        let (mut x, mut y, mut next) = (0.0, 0.0, parents[at]);
        for _ in 0..DEPTH {
            let Some(outer) = next else { break };
            if let Some(area) = cells[outer].area.filter(|_| cells[outer].is_vertex) {
                (x, y) = (x + area.x, y + area.y);
            }
            next = parents[outer];
        }
        (x, y)
    };
    let area = |at: usize| {
        let (x, y) = offset(at);
        cells[at].area.map(|area| Area { x: area.x + x, y: area.y + y, ..area })
    };
    (0..cells.len()).map(area).collect()
}

/// What lies behind each of `inner`: the smallest of `outer` that holds it whole.
pub(super) fn behind(areas: &[Option<Area>], inner: &[usize], outer: &[usize]) -> Vec<(usize, usize)> {
    if inner.len() > COMPARED || outer.len() > COMPARED {
        return Vec::new();
    }
    let mut found = Vec::new();
    for at in inner {
        let Some(area) = areas[*at] else { continue };
        let holds = |other: &&usize| areas[**other].is_some_and(|other| other.holds(area));
        let size = |other: &&usize| areas[**other].map_or(f64::MAX, Area::size);
        let smallest =
            outer.iter().filter(|other| *other != at).filter(holds).min_by(|a, b| size(a).total_cmp(&size(b)));
        if let Some(smallest) = smallest {
            found.push((*at, *smallest));
        }
    }
    found
}

/// The box nearest to a point, at most [`NEAR`] pixels from it; of several the smallest.
pub(super) fn near(areas: &[Option<Area>], boxes: &[usize], point: (f64, f64)) -> Option<usize> {
    let of = |at: &usize| areas[*at].map(|area| (area.distance(point), area.size()));
    let found = boxes.iter().filter_map(|at| of(at).map(|(distance, size)| (at, distance, size)));
    let found = found.filter(|(_, distance, _)| *distance <= NEAR);
    found.min_by(|a, b| a.1.total_cmp(&b.1).then(a.2.total_cmp(&b.2))).map(|(at, ..)| *at)
}

impl Area {
    fn size(self) -> f64 {
        self.width * self.height
    }

    fn holds(self, other: Self) -> bool {
        const SLACK: f64 = 2.0;
        self.size() > other.size() * 1.2
            && other.x >= self.x - SLACK
            && other.y >= self.y - SLACK
            && other.x + other.width <= self.x + self.width + SLACK
            && other.y + other.height <= self.y + self.height + SLACK
    }

    /// Pixels from the edge of the area to a point outside; 0 within.
    fn distance(self, (x, y): (f64, f64)) -> f64 {
        let beside = |at: f64, from: f64, length: f64| (from - at).max(at - from - length).max(0.0);
        beside(x, self.x, self.width).hypot(beside(y, self.y, self.height))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_smallest_box_behind_and_the_nearest_beside() {
        let area = |x, y, width, height| Some(Area { x, y, width, height });
        let areas = [area(0.0, 0.0, 500.0, 500.0), area(10.0, 10.0, 200.0, 200.0), area(20.0, 20.0, 50.0, 50.0), None];
        assert_eq!(behind(&areas, &[1, 2, 3], &[0, 1]), [(1, 0), (2, 1)]);
        assert_eq!(near(&areas, &[1, 2], (79.0, 30.0)), Some(1), "within is nearer than beside");
        assert_eq!(near(&areas, &[2], (79.0, 30.0)), Some(2));
        assert_eq!(near(&areas, &[2], (81.0, 30.0)), None);
    }
}
