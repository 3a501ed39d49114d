//! What depends on what, without cycles: a stack file has none.

use std::collections::{BTreeMap, BTreeSet};

/// Takes out of `edges` those that lead back to where they come from; what was taken out.
pub(super) fn without_cycles(edges: &mut BTreeMap<String, BTreeSet<String>>) -> Vec<(String, String)> {
    let (mut done, mut back) = (BTreeSet::new(), Vec::new());
    for start in edges.keys() {
        if done.contains(start) {
            continue;
        }
        let mut path: Vec<(&String, Vec<&String>)> = vec![(start, edges[start].iter().rev().collect())];
        let mut on_path = BTreeSet::from([start]);
        while let Some((at, rest)) = path.last_mut() {
            let at = *at;
            let Some(next) = rest.pop() else {
                done.insert(at.clone());
                on_path.remove(at);
                path.pop();
                continue;
            };
            if on_path.contains(next) {
                back.push((at.clone(), next.clone()));
            } else if !done.contains(next) {
                on_path.insert(next);
                path.push((next, edges.get(next).into_iter().flatten().rev().collect()));
            }
        }
    }
    for (from, to) in &back {
        if let Some(all) = edges.get_mut(from) {
            all.remove(to);
        }
    }
    back
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};

    use super::without_cycles;

    #[test]
    fn the_edge_that_leads_back_is_taken_out() {
        let edge =
            |from: &str, to: &[&str]| (from.to_owned(), to.iter().map(|to| (*to).to_owned()).collect::<BTreeSet<_>>());
        let mut edges: BTreeMap<_, _> =
            [edge("a", &["b", "d"]), edge("b", &["c"]), edge("c", &["a", "d"]), edge("d", &["d"])]
                .into_iter()
                .collect();
        let back = without_cycles(&mut edges);
        assert_eq!(back, [("c".to_owned(), "a".to_owned()), ("d".to_owned(), "d".to_owned())]);
        assert_eq!(edges["c"], BTreeSet::from(["d".to_owned()]));
    }
}
