//! Two texts as the lines that differ.

use similar::{Algorithm, TextDiff};

/// What a change of the file called `name` does, as a unified diff of three lines around each change; empty where both
/// texts are equal.
#[must_use]
pub fn unified_diff(name: &str, old: &str, new: &str) -> String {
    if old == new {
        return String::new();
    }
    // Lines of a stack file seldom repeat, so that matching those which do not finds the change at once.
    let diff = TextDiff::configure().algorithm(Algorithm::Patience).diff_lines(old, new);
    diff.unified_diff().context_radius(3).header(name, name).to_string()
}

#[cfg(test)]
mod tests {
    use super::unified_diff;

    #[test]
    fn a_diff_shows_what_changes_with_the_lines_around_it() {
        assert_eq!(unified_diff("x", "a\n", "a\n"), "");
        let diff = unified_diff("s.yaml", "a\nb\nc\nd\ne\n", "a\nb\nC\nd\ne\n");
        assert_eq!(diff, "--- s.yaml\n+++ s.yaml\n@@ -1,5 +1,5 @@\n a\n b\n-c\n+C\n d\n e\n");
    }
}
