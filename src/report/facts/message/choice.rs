//! Which of several statements is the title.

/// A sentence that explains a share of something.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Statement {
    /// The sentence, without a full stop.
    pub(super) text: String,
    /// What share of the work, the processes or the tools it explains, 0 to 1.
    pub(super) share: f64,
    /// What share of the flows or systems it takes for that, 0 to 1. Half of the work in half of the flows says little.
    pub(super) taken: f64,
    /// How many names a reader has to keep in mind: one for a group, one and a half for a kind of systems.
    pub(super) names: f64,
    /// The flows and systems that it is about, by id, most important first.
    pub(super) about: Vec<String>,
}

/// What each name beyond the first takes off a statement.
const NAME: f64 = 0.08;

impl Statement {
    /// How much it explains with how little: its share, less where it takes many flows or names for that.
    fn strength(&self) -> f64 {
        self.share * (1.0 - self.taken).max(0.0).sqrt() - NAME * (self.names - 1.0)
    }
}

/// The strongest first; of equally strong ones, the one that was listed first.
pub(super) fn strongest_first(statements: &mut [Statement]) {
    statements.sort_by(|one, other| other.strength().total_cmp(&one.strength()));
}

#[cfg(test)]
mod tests {
    use super::*;

    fn statement(text: &str, share: f64, taken: f64, names: f64) -> Statement {
        Statement { text: text.into(), share, taken, names, about: Vec::new() }
    }

    #[test]
    fn one_name_that_explains_most_comes_before_many_and_before_nearly_all() {
        let mut all = vec![
            statement("five of twelve flows", 0.76, 5.0 / 12.0, 5.0),
            statement("nearly all flows", 0.95, 11.0 / 12.0, 1.0),
            statement("three flows out of one tool", 0.57, 3.0 / 12.0, 1.0),
            statement("equal, listed later", 0.57, 3.0 / 12.0, 1.0),
        ];
        strongest_first(&mut all);
        let texts: Vec<&str> = all.iter().map(|one| one.text.as_str()).collect();
        assert_eq!(
            texts,
            ["three flows out of one tool", "equal, listed later", "nearly all flows", "five of twelve flows"]
        );
    }
}
