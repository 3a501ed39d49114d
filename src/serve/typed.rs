//! Values that are typed as in a file: mappings in braces, and low, likely and high one after the other.

use super::keeper::Wrong;
use crate::edit::Piece;
use crate::source::{Diagnostics, Limits, Source, parse};

/// What `value` says where it holds mappings, such as `{ data: lead }, { data: visit, from: [lead] }`; nothing where it
/// holds none. Brackets around them all may be left out.
pub(super) fn mappings(value: &str) -> Option<Result<Piece, Wrong>> {
    let value = value.trim();
    let bare = value.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')).unwrap_or(value).trim();
    if !bare.starts_with('{') {
        return None;
    }
    let source = Source::new("what was typed", format!("[{bare}]"));
    let mut problems = Diagnostics::default();
    let read = parse(&source, &Limits::default(), &mut problems).map(|node| Piece::of(&node));
    Some(match read {
        Some(Piece::List(all)) if !problems.has_errors() => Ok(match <[Piece; 1]>::try_from(all) {
            Ok([one]) if !value.starts_with('[') => one,
            Ok(one) => Piece::List(one.into()),
            Err(all) => Piece::List(all),
        }),
        _ => Err(Wrong::because("it cannot be read: write it as in a file, `{ key: value, other: value }`")),
    })
}

/// Low, likely and high as people type them: three figures, a comma and a space between them. `1,200` is one figure.
pub(super) fn range(value: &str) -> Option<Piece> {
    let is_figure = |part: &&str| part.starts_with(|c: char| c.is_ascii_digit());
    let parts: Vec<&str> = value.split(", ").map(str::trim).filter(is_figure).collect();
    (parts.len() == 3 && value.matches(", ").count() == 2)
        .then(|| Piece::List(parts.into_iter().map(Piece::word).collect()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn json(piece: &Piece) -> String {
        piece.json().to_string()
    }

    #[test]
    fn mappings_are_read_with_and_without_brackets() {
        let read = |value: &str| mappings(value).map(|read| read.map(|piece| json(&piece)).map_err(|_| ()));
        let two = r#"[{"data":"lead"},{"data":"visit","from":["lead","page"]}]"#;
        assert_eq!(read("[{ data: lead }, { data: visit, from: [lead, page] }]"), Some(Ok(two.into())));
        assert_eq!(read("{ data: lead }, { data: visit, from: [lead, page] }"), Some(Ok(two.into())));
        assert_eq!(read("{ data: lead }"), Some(Ok(r#"{"data":"lead"}"#.into())));
        assert_eq!(read("[{ data: lead }]"), Some(Ok(r#"[{"data":"lead"}]"#.into())));
        assert_eq!(read("{ data: lead"), Some(Err(())));
        assert_eq!(read("lead, visit"), None);
        assert_eq!(read("[lead]"), None);
    }

    #[test]
    fn three_figures_are_a_range_and_thousands_are_one() {
        assert_eq!(range("10, 20, 40").map(|piece| json(&piece)), Some(r#"["10","20","40"]"#.into()));
        assert!(range("1,200").is_none() && range("10, 20").is_none() && range("1,200, 2,400").is_none());
        assert!(range("5/week").is_none() && range("leads, visits, pages").is_none());
    }
}
