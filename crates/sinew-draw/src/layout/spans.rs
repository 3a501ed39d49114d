//! Links as straight lines between cells, and which of them cross.
//!
//! Placement asks some hundred million times which lines cross one: coordinates are kept by kind, as small numbers, and the
//! loop has no branch, so that a compiler compares eight lines at once.

use super::grid::Cell;

/// Columns and rows beyond which a product of two distances might not fit into 16 bits.
const MOST: usize = 127;

/// Where each link lies, from cell to cell.
#[derive(Debug, Clone, Default)]
pub(super) struct Spans {
    from: [Vec<i16>; 2],
    to: [Vec<i16>; 2],
}

/// How many lines cross one: of all, and of those that are marked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Met {
    pub(super) all: i16,
    pub(super) marked: i16,
}

impl Spans {
    pub(super) fn new(lines: impl Iterator<Item = [Cell; 2]>) -> Spans {
        let mut spans = Spans::default();
        for [from, to] in lines {
            for (points, (x, y)) in [(&mut spans.from, point(from)), (&mut spans.to, point(to))] {
                points[0].push(x);
                points[1].push(y);
            }
        }
        spans
    }

    pub(super) fn set(&mut self, link: usize, [from, to]: [Cell; 2]) {
        (self.from[0][link], self.from[1][link]) = point(from);
        (self.to[0][link], self.to[1][link]) = point(to);
    }

    /// The two ends of a link, as column and row.
    pub(super) fn at(&self, link: usize) -> [(i16, i16); 2] {
        let of = |points: &[Vec<i16>; 2]| (points[0][link], points[1][link]);
        [of(&self.from), of(&self.to)]
    }

    /// How many lines cross a link; `marks` has -1 for each that is marked, else 0.
    pub(super) fn met_by(&self, link: usize, marks: &[i16]) -> Met {
        let line = self.at(link);
        let (mut all, mut marked) = (0_i16, 0_i16);
        for (other, &mark) in self.lines().zip(marks) {
            let cross = crossing(line, other);
            all = all.wrapping_add(cross);
            marked = marked.wrapping_add(cross & mark);
        }
        Met { all, marked }
    }

    /// Adds `by` to the count of each line that crosses one, wherever that lies.
    pub(super) fn tally(&self, line: [(i16, i16); 2], by: i16, counts: &mut [i16]) {
        for (other, count) in self.lines().zip(counts) {
            *count = count.wrapping_add(by.wrapping_mul(crossing(line, other)));
        }
    }

    /// How many pairs of these links cross.
    pub(super) fn pairs(&self, links: &[usize]) -> usize {
        let after = |(i, &l): (usize, &usize)| {
            let line = self.at(l);
            links[i + 1..].iter().filter(|&&o| crossing(line, self.at(o)) == 1).count()
        };
        links.iter().enumerate().map(after).sum()
    }

    fn lines(&self) -> impl Iterator<Item = [(i16, i16); 2]> + '_ {
        let from = self.from[0].iter().zip(&self.from[1]);
        let to = self.to[0].iter().zip(&self.to[1]);
        from.zip(to).map(|((&fx, &fy), (&tx, &ty))| [(fx, fy), (tx, ty)])
    }
}

/// 1 where two lines cross, else 0. A shared end is no crossing, nor is lying on one another.
fn crossing([a, b]: [(i16, i16); 2], [p, q]: [(i16, i16); 2]) -> i16 {
    // On which side of the line from p to q a point lies, as the sign of a cross product. It fits (see `MOST`); a check of
    // each step would compare lines one by one.
    let side = |p: (i16, i16), q: (i16, i16), r: (i16, i16)| {
        let product = |a: (i16, i16), b: (i16, i16)| a.0.wrapping_sub(b.0).wrapping_mul(a.1.wrapping_sub(b.1));
        product((q.0, r.1), (p.0, p.1)).wrapping_sub(product((r.0, q.1), (p.0, p.1)))
    };
    let apart = |s: i16, t: i16| i16::from(s > 0) & i16::from(t < 0) | i16::from(s < 0) & i16::from(t > 0);
    apart(side(a, b, p), side(a, b, q)) & apart(side(p, q, a), side(p, q, b))
}

fn point((col, row): Cell) -> (i16, i16) {
    (col.min(MOST) as i16, row.min(MOST) as i16)
}

/// A number of lines.
pub(super) fn count(of: i16) -> usize {
    usize::try_from(of).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::super::rng::Rng;
    use super::*;

    /// Whether two lines cross, by exact fractions: where the first meets the line through the second, and the other way round.
    fn cross([a, b]: [Cell; 2], [c, d]: [Cell; 2]) -> bool {
        let whole = |p: Cell| (p.0 as i64, p.1 as i64);
        let (a, b, c, d) = (whole(a), whole(b), whole(c), whole(d));
        let of = |p: (i64, i64), q: (i64, i64)| p.0 * q.1 - p.1 * q.0;
        let less = |p: (i64, i64), q: (i64, i64)| (p.0 - q.0, p.1 - q.1);
        let (r, s) = (less(b, a), less(d, c));
        let (along, aside, base) = (of(less(c, a), s), of(less(c, a), r), of(r, s));
        let inside = |part: i64| if base > 0 { 0 < part && part < base } else { base < part && part < 0 };
        base != 0 && inside(along) && inside(aside)
    }

    #[test]
    fn lines_cross_as_by_exact_fractions() {
        let mut rng = Rng::new(7);
        let mut crossings = 0;
        for (cols, rows, count) in [(3, 3, 40), (10, 64, 170), (127, 127, 90), (2, 9, 17), (4, 4, 0)] {
            let mut cell = || (rng.below(cols + 1), rng.below(rows + 1));
            let lines: Vec<[Cell; 2]> = (0..count).map(|_| [cell(), cell()]).collect();
            let mut spans = Spans::new(lines.iter().map(|_| [(0, 0), (0, 0)]));
            lines.iter().enumerate().for_each(|(l, line)| spans.set(l, *line));
            let marks: Vec<i16> = (0..count).map(|l| if l % 3 == 0 { -1 } else { 0 }).collect();
            for (l, line) in lines.iter().enumerate() {
                let met: Vec<usize> = (0..count).filter(|&o| cross(*line, lines[o])).collect();
                let marked = met.iter().filter(|o| *o % 3 == 0).count();
                assert_eq!(spans.met_by(l, &marks), Met { all: met.len() as i16, marked: marked as i16 }, "{line:?}");
                let mut counts = vec![7; count];
                spans.tally(spans.at(l), -2, &mut counts);
                assert!((0..count).all(|o| counts[o] == if met.contains(&o) { 5 } else { 7 }), "{line:?}");
                crossings += met.len();
            }
            let some: Vec<usize> = (0..count).step_by(3).collect();
            let pairs = some.iter().map(|&l| some.iter().filter(|&&o| o < l && cross(lines[l], lines[o])).count());
            assert_eq!(spans.pairs(&some), pairs.sum::<usize>());
        }
        assert!(crossings > 1_000, "{crossings}");
    }

    #[test]
    fn shared_ends_and_lines_on_one_another_are_no_crossings() {
        let lines = [[(0, 0), (2, 2)], [(0, 0), (2, 1)], [(0, 0), (4, 4)], [(1, 1), (3, 0)], [(0, 2), (2, 0)]];
        let spans = Spans::new(lines.into_iter());
        // Only the last crosses the first; the fourth begins on it.
        assert_eq!(spans.met_by(0, &[-1, 0, 0, 0, -1]), Met { all: 1, marked: 1 });
    }
}
