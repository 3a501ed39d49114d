//! Edits of texts as people write them, to the byte.

use super::{Change, Editor, Pair, Piece, Place, Said};
use crate::source::{Diagnostics, Limits, Source, parse};

/// `text` after an edit of what stands at `path`; keys, or places in a list.
fn edited(name: &str, text: &str, path: &[&str], change: impl FnOnce(Place<'_>) -> Change) -> Result<String, String> {
    let source = Source::new(name, text.to_owned());
    let root = parse(&source, &Limits::default(), &mut Diagnostics::default()).unwrap();
    let mut place = Place::root(&root);
    let mut wanted = Piece::of(&root);
    for step in path {
        place = match step.parse::<usize>() {
            Ok(at) => place.item(at),
            Err(_) => place.entry(place.entries().iter().position(|entry| entry.key == *step).unwrap()),
        };
    }
    let change = change(place);
    let mut target = &mut wanted;
    for step in path {
        target = match (step.parse::<usize>(), target) {
            (Ok(at), Piece::List(items)) => &mut items[at],
            (_, Piece::Map(pairs)) => &mut pairs.iter_mut().find(|pair| pair.key == *step).unwrap().value,
            _ => unreachable!(),
        };
    }
    apply(target, &change);
    let mut editor = Editor::new(&source);
    editor.change("edit", place, &change);
    editor.finish(&wanted.json()).map_err(|refused| refused.why)
}

fn apply(target: &mut Piece, change: &Change) {
    match target {
        Piece::Map(pairs) => {
            for (at, piece, _) in &change.set {
                pairs[*at].value = piece.clone();
            }
            let mut at = 0;
            pairs.retain(|_| {
                at += 1;
                !change.remove.contains(&(at - 1))
            });
            pairs.extend(change.add.iter().cloned());
        }
        Piece::List(items) => {
            let mut at = 0;
            items.retain(|_| {
                at += 1;
                !change.remove.contains(&(at - 1))
            });
            items.extend(change.append.iter().cloned());
        }
        _ => unreachable!(),
    }
}

fn place_of(place: Place<'_>, key: &str) -> usize {
    place.entries().iter().position(|entry| entry.key == key).unwrap()
}

fn set(text: &str, path: &[&str], key: &str, value: &str) -> Result<String, String> {
    edited("s.yaml", text, path, |place| Change {
        set: vec![(place_of(place, key), Piece::word(value), Said::default())],
        ..Change::default()
    })
}

fn add(text: &str, path: &[&str], key: &str, value: &str) -> Result<String, String> {
    edited("s.yaml", text, path, |_| Change { add: vec![Pair::new(key, Piece::word(value))], ..Change::default() })
}

fn remove(text: &str, path: &[&str], keys: &[&str], are_entries: bool) -> Result<String, String> {
    edited("s.yaml", text, path, |place| Change {
        remove: keys.iter().map(|key| key.parse().unwrap_or_else(|_| place_of(place, key))).collect(),
        are_entries,
        ..Change::default()
    })
}

#[test]
fn a_value_is_set_where_it_stands() {
    for (text, path, after) in [
        ("a: { x: 1, y: 2 }  # note\n", &["a"][..], "a: { x: 3, y: 2 }  # note\n"),
        ("a:\n  x: 1   # one\n  y: 2\n", &["a"], "a:\n  x: 3   # one\n  y: 2\n"),
        ("a:\n  x: \"1\"\n", &["a"], "a:\n  x: 3\n"),
        ("a:\n  x: # none\n  y: 2\n", &["a"], "a:\n  x: 3 # none\n  y: 2\n"),
        ("a: { x: , y: 2 }\n", &["a"], "a: { x: 3 , y: 2 }\n"),
        ("a:\n- x: [1,\n     2]  # list\n  y: 1\n", &["a", "0"], "a:\n- x: 3  # list\n  y: 1\n"),
        ("a:\n  x: |\n    some\n    text\n  # about y\n  y: 2\n", &["a"], "a:\n  x: 3\n  # about y\n  y: 2\n"),
        ("a:\n  x:\n    - 1\n    - 2\n  y: 2\r\n", &["a"], "a:\n  x: 3\n  y: 2\r\n"),
        ("x: 1", &[], "x: 3"),
    ] {
        assert_eq!(set(text, path, "x", "3").as_deref(), Ok(after), "{text}");
    }
}

#[test]
fn a_key_is_added_in_the_style_of_its_mapping() {
    for (text, path, after) in [
        ("a: { x: 1 }  # note\n", &["a"][..], "a: { x: 1, z: 3 }  # note\n"),
        ("a: {}\n", &["a"], "a: { z: 3 }\n"),
        ("a:\n  x: 1   # one\n  # end\n\nb: 1\n", &["a"], "a:\n  x: 1   # one\n  z: 3\n  # end\n\nb: 1\n"),
        ("a:\r\n  - x: 1\r\n    y: {}\r\n", &["a", "0"], "a:\r\n  - x: 1\r\n    y: {}\r\n    z: 3\r\n"),
        ("a:\n  x: |\n    text\n\n# about b\nb: 1\n", &["a"], "a:\n  x: |\n    text\n  z: 3\n\n# about b\nb: 1\n"),
        (
            "a: { x: 1, # one\n     y: 2   # two\n   }\n",
            &["a"],
            "a: { x: 1, # one\n     y: 2,   # two\n     z: 3\n   }\n",
        ),
        ("a: { x: 1, # one\n     y: 2 }\n", &["a"], "a: { x: 1, # one\n     y: 2, z: 3 }\n"),
        ("a:\n  x:", &["a"], "a:\n  x:\n  z: 3"),
    ] {
        assert_eq!(add(text, path, "z", "3").as_deref(), Ok(after), "{text}");
    }
}

#[test]
fn an_entry_looks_like_its_neighbors() {
    let item = || {
        Piece::Map(vec![
            Pair::new("from", Piece::word("c")),
            Pair { said: Some("~5".into()), ..Pair::new("n", Piece::word("5")) },
        ])
    };
    for (text, after) in [
        (
            "f:\n  - { from: a }  # one\n  # end\n\ng: 1\n",
            "f:\n  - { from: a }  # one\n  # new\n  - { from: c, n: 5 }  # \"~5\"\n  # end\n\ng: 1\n",
        ),
        ("f:\n- from: a\n  n: 1\n", "f:\n- from: a\n  n: 1\n# new\n- from: c\n  n: 5  # \"~5\"\n"),
        (
            "f:\n  -   from: a\n      n: 1\n\n  -   from: b\n      n: 2",
            "f:\n  -   from: a\n      n: 1\n\n  -   from: b\n      n: 2\n\n  # new\n  -   from: c\n      n: 5  # \"~5\"",
        ),
        ("f: [ { from: a } ]\n", "f: [ { from: a }, { from: c, n: 5 } ]\n"),
        ("f: [\n  { from: a }  # one\n]\n", "f: [\n  { from: a },  # one\n  # new\n  { from: c, n: 5 }\n]\n"),
        ("f: [\n  { from: a },  # one\n]\n", "f: [\n  { from: a },  # one\n  # new\n  { from: c, n: 5 }\n]\n"),
        ("f: []\n", "f: [{ from: c, n: 5 }]\n"),
    ] {
        let change = |_: Place<'_>| Change {
            append: vec![item()],
            note: Some("new".into()),
            are_entries: true,
            ..Change::default()
        };
        assert_eq!(edited("s.yaml", text, &["f"], change).as_deref(), Ok(after), "{text}");
    }
    for (text, after) in [
        ("s:\n  a: { from: x }\nt: 1\n", "s:\n  a: { from: x }\n  # new\n  c: { from: c, n: 5 }  # \"~5\"\nt: 1\n"),
        (
            "s:\n    a:\n        from: x\n",
            "s:\n    a:\n        from: x\n    # new\n    c:\n        from: c\n        n: 5  # \"~5\"\n",
        ),
        ("s:\n  a:\n", "s:\n  a:\n  # new\n  c:\n    from: c\n    n: 5  # \"~5\"\n"),
    ] {
        let change = |_: Place<'_>| Change {
            add: vec![Pair::new("c", item())],
            note: Some("new".into()),
            are_entries: true,
            ..Change::default()
        };
        assert_eq!(edited("s.yaml", text, &["s"], change).as_deref(), Ok(after), "{text}");
    }
}

#[test]
fn json_is_edited_in_its_own_style() {
    let item = Piece::Map(vec![Pair::new("from", Piece::word("c")), Pair::new("ai", Piece::word("true"))]);
    for (text, after) in [
        ("{ \"f\": [ { \"from\": \"a\" } ] }", "{ \"f\": [ { \"from\": \"a\" }, { \"from\": \"c\", \"ai\": true } ] }"),
        (
            "{\n  \"f\": [\n    {\n      \"from\": \"a\"\n    }\n  ]\n}\n",
            "{\n  \"f\": [\n    {\n      \"from\": \"a\"\n    },\n    {\n      \"from\": \"c\",\n      \"ai\": true\n    }\n  ]\n}\n",
        ),
        ("{ \"f\": [] }", "{ \"f\": [{ \"from\": \"c\", \"ai\": true }] }"),
    ] {
        let change = |_: Place<'_>| Change {
            append: vec![item.clone()],
            note: Some("new".into()),
            are_entries: true,
            ..Change::default()
        };
        assert_eq!(edited("s.json", text, &["f"], change).as_deref(), Ok(after), "{text}");
    }
}

#[test]
fn what_is_taken_out_leaves_everything_else() {
    for (text, path, keys, after) in [
        ("a: { x: 1, y: 2, z: 3 }  # note\n", &["a"][..], &["y"][..], "a: { x: 1, z: 3 }  # note\n"),
        ("a: { x: 1, y: 2, z: 3 }\n", &["a"], &["x", "y"], "a: { z: 3 }\n"),
        ("a: { x: 1, y: 2 }\n", &["a"], &["x", "y"], "a: {}\n"),
        ("a: [p, q, r]\n", &["a"], &["1", "2"], "a: [p]\n"),
        ("a:\n  x: 1  # Ana\n  y: 2\n", &["a"], &["x"], "a:\n  # Ana\n  y: 2\n"),
        ("a:\n  x: 1\n  y: 2\n  # end\n", &["a"], &["x"], "a:\n  y: 2\n  # end\n"),
        ("a:\n  - x: 1\n    y: 2\n", &["a", "0"], &["x"], "a:\n  - y: 2\n"),
        ("a:\n  - p\n  - q\n  - r\n", &["a"], &["0", "1"], "a:\n  - r\n"),
        ("a:\n  - x: 1\n    y: 2\n    z: 3\n", &["a", "0"], &["x", "y"], "a:\n  - z: 3\n"),
        ("a:\n  - p # one\n  - q\n", &["a"], &["1"], "a:\n  - p # one\n"),
        ("a:\n  x:\n    k: 1\n  y: 2\n", &["a"], &["x"], "a:\n  y: 2\n"),
        (
            "a:\n  x:  # one\n    # two\n    - \"#3\"  # three\n  y: 2\n",
            &["a"],
            &["x"],
            "a:\n  # one\n  # two\n  # three\n  y: 2\n",
        ),
    ] {
        assert_eq!(remove(text, path, keys, false).as_deref(), Ok(after), "{text}");
    }
    let text = "s:\n  # about x\n  x: { k: 1 }  # one\n  y:\n    k: 2  # two\n  z: {}\n";
    assert_eq!(remove(text, &["s"], &["x", "y"], true).as_deref(), Ok("s:\n  # about x\n  z: {}\n"));
    assert_eq!(remove("f:\n- { x: 1 }\n- { x: 2 }", &["f"], &["1"], true).as_deref(), Ok("f:\n- { x: 1 }"));
}

#[test]
fn what_stands_for_several_places_is_not_edited() {
    let merged = "d: &d { x: 1 }\na: { <<: *d, y: 2 }\n";
    assert!(set(merged, &["a"], "x", "3").unwrap_err().contains("merge key"));
    assert_eq!(set(merged, &["a"], "y", "3").as_deref(), Ok("d: &d { x: 1 }\na: { <<: *d, y: 3 }\n"));
    assert_eq!(add(merged, &["a"], "z", "3").as_deref(), Ok("d: &d { x: 1 }\na: { <<: *d, y: 2, z: 3 }\n"));
    assert!(set(merged, &["d"], "x", "3").unwrap_err().contains("anchor"));
    assert!(add(merged, &["d"], "z", "3").unwrap_err().contains("anchor"));
    assert!(set("a: &v 1\nx: *v\n", &[], "x", "3").unwrap_err().contains("anchor"));
    assert!(remove("a: { k: &v 1 }\nx: *v\n", &[], &["a"], false).unwrap_err().contains("anchor"));
}

#[test]
fn an_entry_and_its_last_mapping_both_get_a_key() {
    let source = Source::new("s.yaml", "a:\n  x:\n    y: 1\nb: 1\n".into());
    let root = parse(&source, &Limits::default(), &mut Diagnostics::default()).unwrap();
    let mut editor = Editor::new(&source);
    let add = |key| Change { add: vec![Pair::new(key, Piece::word("2"))], ..Change::default() };
    let outer = Place::root(&root).entry(0);
    editor.change("outer", outer, &add("o"));
    editor.change("inner", outer.entry(0), &add("i"));
    let wanted = serde_json::json!({ "a": { "x": { "y": "1", "i": "2" }, "o": "2" }, "b": "1" });
    assert_eq!(editor.finish(&wanted).as_deref(), Ok("a:\n  x:\n    y: 1\n    i: 2\n  o: 2\nb: 1\n"));
}

#[test]
fn an_edit_that_would_say_something_else_is_refused() {
    let source = Source::new("s.yaml", "a: { x: 1 }\n".into());
    let root = parse(&source, &Limits::default(), &mut Diagnostics::default()).unwrap();
    let mut editor = Editor::new(&source);
    let place = Place::root(&root).entry(0);
    editor.change("a: x: 2", place, &Change { set: vec![(0, Piece::word("2"), Said::default())], ..Change::default() });
    let refused = editor.finish(&Piece::of(&root).json()).unwrap_err();
    assert_eq!(refused.why, "the edited text would not say what it is to say");
    assert_eq!(refused.edits, ["s.yaml:1: a: x: 2"]);
}

#[test]
fn words_that_a_value_was_read_from_go_with_it() {
    for (text, before, now, after) in [
        ("x: 1  # \"~1\"\n", Some("~1"), Some("3 min"), "x: 3  # \"3 min\"\n"),
        ("x: 1  # \"~1\"\n", Some("~1"), None, "x: 3\n"),
        ("x: 1  # \"as Ana said\"\n", Some("~1"), Some("3 min"), "x: 3  # \"as Ana said\"\n"),
        ("x: 1\n", None, Some("3 min"), "x: 3  # \"3 min\"\n"),
    ] {
        let said = Said { before: before.map(str::to_owned), now: now.map(str::to_owned) };
        let change = |_: Place<'_>| Change { set: vec![(0, Piece::word("3"), said)], ..Change::default() };
        assert_eq!(edited("s.yaml", text, &[], change).as_deref(), Ok(after), "{text}");
    }
}
