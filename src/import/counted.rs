//! So many of what a word names, in English.

/// What follows the word that takes the plural.
const TAILS: [&str; 8] = [" of ", " that ", " for ", " with ", " without ", " in ", " by ", " to "];

/// So many of what `one` names: `3 rows of a hidden sheet`, `2 classes or triggers`.
pub(super) fn counted(count: usize, one: &str) -> String {
    if count == 1 {
        return format!("1 {one}");
    }
    let (head, tail) = one.split_at(TAILS.iter().filter_map(|tail| one.find(tail)).min().unwrap_or(one.len()));
    let all: Vec<String> = head.split(" or ").map(plural).collect();
    format!("{count} {}{tail}", all.join(" or "))
}

/// One of what `many` names: an entity of entities.
pub(super) fn singular(many: &str) -> String {
    match many.strip_suffix("es") {
        Some(stem) if stem.ends_with('i') => format!("{}y", &stem[..stem.len() - 1]),
        Some(stem) if ["ss", "x", "ch", "sh"].iter().any(|end| stem.ends_with(end)) => stem.to_owned(),
        _ => many.strip_suffix('s').unwrap_or(many).to_owned(),
    }
}

fn plural(one: &str) -> String {
    match one.strip_suffix('y') {
        Some(stem) if !stem.ends_with(['a', 'e', 'o', 'u']) => format!("{stem}ies"),
        _ if one.ends_with("ss") || one.ends_with('x') || one.ends_with("ch") || one.ends_with("sh") => {
            format!("{one}es")
        }
        _ => format!("{one}s"),
    }
}

#[cfg(test)]
mod tests {
    use super::{counted, plural, singular};
    use crate::import::FORMATS;

    #[test]
    fn the_word_that_is_counted_takes_the_plural() {
        for (one, several) in [
            ("row with a total", "2 rows with a total"),
            ("row of a hidden sheet", "2 rows of a hidden sheet"),
            ("class or trigger", "2 classes or triggers"),
            ("part of a page", "2 parts of a page"),
            ("address that pages may load from", "2 addresses that pages may load from"),
            ("entry", "2 entries"),
            ("key", "2 keys"),
            ("process", "2 processes"),
        ] {
            assert_eq!(counted(2, one), several);
            assert_eq!(counted(1, one), format!("1 {one}"));
        }
    }

    #[test]
    fn one_of_several_is_named_in_the_singular() {
        for (many, one) in [("steps", "step"), ("entities", "entity"), ("classes", "class"), ("nodes", "node")] {
            assert_eq!(singular(many), one);
        }
        for format in &FORMATS {
            assert_eq!(plural(&singular(format.leaves)), format.leaves, "{}", format.id);
        }
    }
}
