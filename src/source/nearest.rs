//! The nearest known word to what somebody typed.

/// The word of `known` nearest to `typed`, if it can only be a typing error of it: one letter of three to seven differs,
/// two of eight to eleven, three of more (Damerau-Levenshtein distance, so two swapped letters count once), letter case
/// aside; or `typed` is the first words of it (`no-budget` of `no-budget-owner`). What is further away is another word,
/// and to propose it would plant what nobody meant. Words over 64 bytes are nobody's typing error and have no nearest
/// word. Where two are equally near, the first in order of `known` wins.
#[must_use]
pub fn nearest<'a>(typed: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    if typed.len() > 64 {
        return None;
    }
    let typed = typed.to_lowercase();
    let letters = typed.chars().count();
    let allowed = match letters {
        0..=2 => return None,
        3..=7 => 1,
        8..=11 => 2,
        _ => 3,
    };
    let mut best: Option<(usize, &str)> = None;
    for word in known {
        let lower = word.to_lowercase();
        let begins = letters >= 4 && lower.strip_prefix(&typed).is_some_and(|rest| rest.starts_with(['-', '_', ' ']));
        if lower.len().abs_diff(typed.len()) > 12 && !begins {
            continue;
        }
        let distance = if begins { allowed } else { strsim::osa_distance(&typed, &lower) };
        if distance <= allowed && best.is_none_or(|(least, _)| distance < least) {
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
        assert_eq!(nearest("bi", ["bid", "bo"]), None, "a word of two letters is another word");
        assert_eq!(nearest("no-budget", ["no-owner", "no-budget-owner"]), Some("no-budget-owner"));
    }

    #[test]
    fn another_word_is_not_proposed() {
        for (typed, known) in [
            ("retiring", "retired"),
            ("consent", "ai-content"),
            ("rate", "name"),
            ("tool", "to"),
            ("date", "name"),
            ("Sisense", "6sense"),
            ("Wrike", "Writer"),
            ("Intercom", "Integromat"),
            ("Google Drive", "Google Looker"),
            ("Salesforce Marketing Cloud", "Adobe Marketing Cloud"),
        ] {
            assert_eq!(nearest(typed, [known]), None, "{typed}");
        }
    }

    #[test]
    fn a_megabyte_has_no_nearest_word() {
        let known = ["salesforce"];
        assert_eq!(nearest(&"x".repeat(1_000_000), known), None);
    }
}
