//! Titles by which the slides of a deck can be told apart.

use std::collections::BTreeMap;

/// `titles` in order; those that several slides share say which of them each is: `Stack (2 of 3)`.
pub(super) fn distinct(titles: Vec<String>) -> Vec<String> {
    let mut count: BTreeMap<String, usize> = BTreeMap::new();
    for title in &titles {
        *count.entry(title.clone()).or_default() += 1;
    }
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    let numbered = titles.into_iter().map(|title| {
        let all = count[&title];
        let at = seen.entry(title.clone()).or_default();
        *at += 1;
        if all > 1 { format!("{title} ({at} of {all})") } else { title }
    });
    numbered.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slides_of_one_title_are_numbered_wherever_they_stand() {
        let titles = ["A", "B", "A", "C", "A"].map(str::to_owned).to_vec();
        assert_eq!(distinct(titles), ["A (1 of 3)", "B", "A (2 of 3)", "C", "A (3 of 3)"]);
    }
}
