//! Who writes a data object and who reads it.

use std::collections::BTreeMap;

use super::model::Access;

/// Pairs of one object; beyond them nobody knows who is given it by whom.
const PAIRS: usize = 64;

/// One access: the relation, the shape of the system, and what it does.
pub(super) type One = (usize, usize, Access);

/// One way of an object: from, to, and the relations that say so.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Way {
    pub(super) from: usize,
    pub(super) to: usize,
    pub(super) relations: Vec<usize>,
}

/// The ways of one object from those who write it to those who read it. An access that does not say what it does reads
/// where another system writes.
pub(super) fn ways(all: &[One]) -> Vec<Way> {
    let mut writers: BTreeMap<usize, usize> = BTreeMap::new();
    let mut readers: BTreeMap<usize, usize> = BTreeMap::new();
    for (relation, system, access) in all {
        if matches!(access, Access::Write | Access::Both) {
            writers.entry(*system).or_insert(*relation);
        }
        if matches!(access, Access::Read | Access::Both | Access::Silent) {
            readers.entry(*system).or_insert(*relation);
        }
    }
    if writers.len() * readers.len() > PAIRS {
        return Vec::new();
    }
    let mut ways = Vec::new();
    for (from, writes) in &writers {
        for (to, reads) in readers.iter().filter(|(to, _)| *to != from) {
            ways.push(Way { from: *from, to: *to, relations: vec![*writes, *reads] });
        }
    }
    ways
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_object_goes_from_those_who_write_it_to_those_who_read_it() {
        let all = [(0, 7, Access::Write), (1, 8, Access::Read), (2, 9, Access::Silent)];
        let ends: Vec<_> = ways(&all).into_iter().map(|way| (way.from, way.to, way.relations)).collect();
        assert_eq!(ends, [(7, 8, vec![0, 1]), (7, 9, vec![0, 2])]);
        assert_eq!(ways(&all[1..]), []);
        let crowd: Vec<One> = (0..100).map(|at| (at, at, Access::Both)).collect();
        assert_eq!(ways(&crowd), []);
    }
}
