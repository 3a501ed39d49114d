//! The nearest known word to what somebody typed.

/// The word of `known` nearest to `typed`, if one is near enough to be meant: at most a third of the letters differ
/// (Damerau-Levenshtein distance, so two swapped letters count once), letter case aside. Words over 64 bytes are
/// nobody's typing error and have no nearest word. Where two are equally near, the first in order of `known` wins.
#[must_use]
pub fn nearest<'a>(typed: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    if typed.len() > 64 {
        return None;
    }
    let typed = typed.to_lowercase();
    let letters = typed.chars().count();
    let mut best: Option<(usize, &str)> = None;
    for word in known {
        if word.len().abs_diff(typed.len()) > 32 {
            continue;
        }
        let lower = word.to_lowercase();
        let distance = strsim::osa_distance(&typed, &lower);
        let allowed = letters.max(lower.chars().count()).div_ceil(3).max(1);
        let contained = letters >= 4 && (lower.starts_with(&typed) || (typed.starts_with(&lower) && lower.len() >= 4));
        if (distance <= allowed || contained) && best.is_none_or(|(least, _)| distance < least) {
            best = Some((distance, word));
        }
    }
    best.map(|(_, word)| word)
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn finds_typing_errors_and_nothing_far() {
        let known = ["salesforce", "marketo", "hubspot"];
        assert_eq!(nearest("saelsforce", known), Some("salesforce"));
        assert_eq!(nearest("Marketo", known), Some("marketo"));
        assert_eq!(nearest("market", known), Some("marketo"));
        assert_eq!(nearest("snowflake", known), None);
        assert_eq!(nearest(&"x".repeat(1_000_000), known), None);
    }
}
