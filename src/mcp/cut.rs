//! Long answers in pages: a JSON value cut between the entries of its lists, a text cut between its lines.

use serde_json::{Map, Value};

/// Bytes of the entries on one page of a value: about six thousand tokens of a language model.
pub(super) const PAGE: usize = 24_000;
/// An entry of a list that is larger than this is cut within, between the entries of its own lists.
const WHOLE: usize = 4_000;
/// Lines of a text on one page.
pub(super) const LINES: usize = 200;
/// Bytes of them.
const LINES_BYTES: usize = 16_000;

/// One page of a value.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Page {
    /// The value with the entries of this page in its lists, all else as it is.
    pub(super) value: Value,
    /// The first entry that is not on it, counted from the start of the value; `None` where it is the last page.
    pub(super) next: Option<usize>,
    /// How many entries come after this page.
    pub(super) left_out: usize,
}

/// The page of `value`, which is a mapping, that begins with entry `from`. Entries of all lists are counted together, in the
/// order of keys but for those that [`rank`] names; the pages in a row have each of them once. Takes time in the size of the value.
pub(super) fn page(value: &Value, from: usize) -> Page {
    let mut cut = Cut { from, at: 0, left: PAGE, next: None, has_one: false };
    let value = match value {
        Value::Object(members) => Value::Object(cut.members(members).0),
        other => other.clone(),
    };
    let left_out = cut.next.map_or(0, |next| cut.at - next);
    Page { value, next: cut.next, left_out }
}

/// What comes before and behind the other members of a mapping: what is not known is on the first page, and long lists that
/// say little each are on the last.
fn rank(key: &str) -> usize {
    match key {
        "not_known" => 0,
        "assumptions" | "figures" | "handoff_totals" | "stack" => 2,
        _ => 1,
    }
}

struct Cut {
    from: usize,
    at: usize,
    left: usize,
    next: Option<usize>,
    has_one: bool,
}

impl Cut {
    /// Whether the next entry, which takes so many bytes, is on the page. The first one is, however large.
    fn takes(&mut self, size: usize) -> bool {
        let at = self.at;
        self.at += 1;
        if at < self.from || self.next.is_some() {
            return false;
        }
        if self.has_one && size > self.left {
            self.next = Some(at);
            return false;
        }
        self.has_one = true;
        self.left = self.left.saturating_sub(size);
        true
    }

    /// The mapping with what of its lists is on the page, and whether anything of them is.
    fn members(&mut self, members: &Map<String, Value>) -> (Map<String, Value>, bool) {
        let mut has_any = false;
        let mut kept = Map::new();
        let mut order: Vec<(&String, &Value)> = members.iter().collect();
        order.sort_by_key(|(key, _)| rank(key));
        for (key, value) in order {
            let (value, has) = match value {
                Value::Array(items) => {
                    let (items, has) = self.items(items);
                    (Value::Array(items), has)
                }
                Value::Object(inner) if size(value) > WHOLE => {
                    let (inner, has) = self.members(inner);
                    (Value::Object(inner), has)
                }
                other => (other.clone(), false),
            };
            has_any |= has;
            kept.insert(key.clone(), value);
        }
        (kept, has_any)
    }

    fn items(&mut self, items: &[Value]) -> (Vec<Value>, bool) {
        let mut kept = Vec::new();
        for item in items {
            let size = size(item);
            let before = self.at;
            let within = match item {
                Value::Object(members) if size > WHOLE => {
                    let (members, has) = self.members(members);
                    (self.at > before).then_some((Value::Object(members), has))
                }
                Value::Array(items) if size > WHOLE => {
                    let (items, has) = self.items(items);
                    Some((Value::Array(items), has))
                }
                _ => None,
            };
            match within {
                Some((item, true)) => kept.push(item),
                Some((_, false)) => {}
                None if self.takes(size) => kept.push(item.clone()),
                None => {}
            }
        }
        let has_any = !kept.is_empty();
        (kept, has_any)
    }
}

/// Bytes of a value as text, without building it.
fn size(value: &Value) -> usize {
    size_of(value)
}

/// The same of a mapping.
pub(super) fn size_of_members(members: &Map<String, Value>) -> usize {
    size_of(members)
}

fn size_of<T: serde::Serialize>(value: &T) -> usize {
    struct Count(usize);
    impl std::io::Write for Count {
        fn write(&mut self, piece: &[u8]) -> std::io::Result<usize> {
            self.0 += piece.len();
            Ok(piece.len())
        }

        fn flush(&mut self) -> std::io::Result<()> {
            Ok(())
        }
    }
    let mut count = Count(0);
    let _ = serde_json::to_writer(&mut count, value);
    count.0
}

/// The lines of `text` from line `from` on that are on its page, and the first that is not. A line that is longer than a
/// page ends in `…`.
pub(super) fn lines(text: &str, from: usize, most: usize) -> (String, Option<usize>) {
    let mut page = String::new();
    let mut all = text.lines().enumerate().skip(from);
    for (at, line) in all.by_ref() {
        let is_full = page.len() + line.len() > LINES_BYTES || at - from >= most;
        if is_full && !page.is_empty() {
            return (page, Some(at));
        }
        if line.len() > LINES_BYTES {
            let end = (0..=LINES_BYTES).rev().find(|end| line.is_char_boundary(*end)).unwrap_or(0);
            page.push_str(&line[..end]);
            page.push('…');
        } else {
            page.push_str(line);
        }
        page.push('\n');
    }
    (page, None)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    /// All pages, each with where it begins.
    fn pages(value: &Value) -> Vec<Page> {
        let mut all = vec![page(value, 0)];
        while let Some(next) = all.last().and_then(|page| page.next) {
            all.push(page(value, next));
        }
        all
    }

    fn leaves(value: &Value, out: &mut Vec<String>) {
        match value {
            Value::Array(items) => items.iter().for_each(|item| leaves(item, out)),
            Value::Object(members) => members.values().for_each(|member| leaves(member, out)),
            Value::String(text) => out.push(text.clone()),
            _ => {}
        }
    }

    #[test]
    fn pages_in_a_row_have_each_entry_once_and_none_is_too_long() {
        let small = |at: usize| json!({ "id": format!("small-{at}"), "of": [format!("in-{at}")] });
        let large: Vec<String> = (0..9_000).map(|at| format!("large-{at}")).collect();
        let value = json!({
            "total": 7,
            "alone": (0..3_000).map(small).collect::<Vec<_>>(),
            "within": [ { "key": 1, "list": large }, { "key": 2, "list": ["last"] } ],
        });
        let pages = pages(&value);
        assert!(pages.len() > 5, "{}", pages.len());
        let (mut found, mut wanted) = (Vec::new(), Vec::new());
        for page in &pages {
            assert!(size(&page.value) < PAGE + WHOLE, "{}", size(&page.value));
            assert_eq!(page.value["total"], 7, "what is no list stands on every page");
            leaves(&page.value, &mut found);
        }
        leaves(&value, &mut wanted);
        assert_eq!(found, wanted);
        let lengths: Vec<usize> = pages.iter().map(|page| page.left_out).collect();
        assert!(lengths.windows(2).all(|pair| pair[0] > pair[1]) && lengths.last() == Some(&0), "{lengths:?}");
    }

    #[test]
    fn what_cannot_be_cut_stands_alone_and_an_empty_value_is_one_page() {
        let long = "x".repeat(PAGE * 2);
        let value = json!({ "list": [long, "y", { "text": long, "number": 1 }] });
        let pages = pages(&value);
        assert_eq!(pages.len(), 3);
        assert_eq!(pages[1].value, json!({ "list": ["y"] }));
        assert_eq!(page(&json!({ "list": [] }), 0), Page { value: json!({ "list": [] }), next: None, left_out: 0 });
        assert_eq!(page(&json!({ "list": ["a"] }), 9).value, json!({ "list": [] }), "behind the end is nothing");
    }

    #[test]
    fn a_text_is_cut_between_lines_and_a_long_line_within_a_letter_never() {
        let text: String = (0..450).map(|at| format!("{at}\n")).collect();
        let (first, next) = lines(&text, 0, LINES);
        assert_eq!((first.lines().count(), next), (200, Some(200)));
        let (last, end) = lines(&text, 400, LINES);
        assert_eq!((last.lines().count(), end), (50, None));
        let (long, _) = lines(&"ä".repeat(20_000), 0, LINES);
        assert!(long.ends_with("…\n") && long.len() <= LINES_BYTES + 8);
    }
}
