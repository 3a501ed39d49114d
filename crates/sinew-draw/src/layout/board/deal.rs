//! Cards dealt to lanes: in their order, down a lane and on to the next of the same frame, as even in height as can be.

/// Lanes from left to right.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Lanes {
    /// The frame of each lane, and its cards from above.
    pub(super) of: Vec<(usize, Vec<usize>)>,
}

impl Lanes {
    /// Whether `lane` is the first of its frame.
    pub(super) fn begins_frame(&self, lane: usize) -> bool {
        lane == 0 || self.of[lane - 1].0 != self.of[lane].0
    }
}

/// The cards of `frames` in `count` lanes or fewer, at least one a frame; more lanes go to the frames that are tallest.
pub(super) fn deal(frames: &[&[usize]], heights: &[f64], count: usize) -> Lanes {
    let mut lanes = vec![1; frames.len()];
    let height = |frame: usize, lanes: usize| tallest(&parted(frames[frame], heights, lanes), heights);
    for _ in frames.len()..count {
        let can_grow = (0..frames.len()).filter(|frame| lanes[*frame] < frames[*frame].len());
        let most = can_grow.max_by(|a, b| height(*a, lanes[*a]).total_cmp(&height(*b, lanes[*b])).then(b.cmp(a)));
        let Some(frame) = most else { break };
        lanes[frame] += 1;
    }
    let of = frames.iter().zip(lanes).enumerate().flat_map(|(at, (nodes, lanes))| {
        parted(nodes, heights, lanes).into_iter().map(move |nodes| (at, nodes)).collect::<Vec<_>>()
    });
    Lanes { of: of.collect() }
}

fn tallest(lanes: &[Vec<usize>], heights: &[f64]) -> f64 {
    lanes.iter().map(|lane| lane.iter().map(|node| heights[*node]).sum()).fold(0.0, f64::max)
}

/// `nodes` in `lanes` runs such that the tallest is as low as can be: the least height at which filling one run after
/// the other takes no more, found among the heights of all runs.
fn parted(nodes: &[usize], heights: &[f64], lanes: usize) -> Vec<Vec<usize>> {
    let runs = (0..nodes.len()).flat_map(|from| {
        nodes[from..].iter().scan(0.0, |sum, node| {
            *sum += heights[*node];
            Some(*sum)
        })
    });
    let mut limits: Vec<f64> = runs.collect();
    limits.sort_by(f64::total_cmp);
    let at = limits.partition_point(|limit| filled(nodes, heights, *limit).len() > lanes);
    filled(nodes, heights, limits.get(at).copied().unwrap_or(f64::INFINITY))
}

fn filled(nodes: &[usize], heights: &[f64], limit: f64) -> Vec<Vec<usize>> {
    let mut lanes: Vec<Vec<usize>> = Vec::new();
    let mut used = f64::INFINITY;
    for node in nodes {
        // A hair's breadth above is the same height: sums of fractions do not come out even.
        if used + heights[*node] > limit * (1.0 + 1e-9) {
            lanes.push(Vec::new());
            used = 0.0;
        }
        used += heights[*node];
        lanes.last_mut().expect("the first card opens a lane").push(*node);
    }
    lanes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lanes_are_as_even_as_can_be_and_keep_the_order() {
        let nodes = [0, 1, 2, 3, 4];
        let heights = [30.0, 10.0, 10.0, 10.0, 30.0];
        assert_eq!(parted(&nodes, &heights, 3), [vec![0], vec![1, 2, 3], vec![4]]);
        assert_eq!(parted(&nodes, &heights, 1), [vec![0, 1, 2, 3, 4]]);
        assert_eq!(parted(&nodes, &heights, 9).len(), 5, "a lane for each card, and none empty");
    }

    #[test]
    fn the_tallest_frame_gets_the_lanes() {
        let heights = [10.0; 7];
        let lanes = deal(&[&[0], &[1, 2, 3, 4, 5, 6]], &heights, 4);
        assert_eq!(lanes.of, [(0, vec![0]), (1, vec![1, 2]), (1, vec![3, 4]), (1, vec![5, 6])]);
        assert!(lanes.begins_frame(1) && !lanes.begins_frame(2));
    }
}
