//! What an n8n expression names: `$json`, `$node["X"]`, `$('X')`.

/// What stands in an expression.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Named {
    /// The item that comes in, with the first field that is taken of it.
    Item(Option<String>),
    /// The answer of the node of this name, with the first field.
    Node(String, Option<String>),
}

/// Everything that `text` names, in order, each once.
pub(super) fn names(text: &str) -> Vec<Named> {
    let mut all = Vec::new();
    for (at, _) in text.match_indices('$') {
        if all.len() >= MOST {
            break;
        }
        let rest = window(&text[at + 1..]);
        if let Some(named) = one(rest).filter(|named| !all.contains(named)) {
            all.push(named);
        }
    }
    all
}

/// References of one text that are looked at; more are none of a person's.
const MOST: usize = 1_000;
/// How far a reference may reach, in bytes.
const WINDOW: usize = 500;

/// The beginning of a text, so that none is looked through once for each of its dollar signs.
fn window(text: &str) -> &str {
    &text[..text.floor_char_boundary(WINDOW)]
}

fn one(rest: &str) -> Option<Named> {
    for (start, close) in [("node[", "]"), ("(", ")"), ("items(", ")"), ("node.", "")] {
        let Some(behind) = rest.strip_prefix(start) else { continue };
        if close.is_empty() {
            let end = behind.find(|c: char| !(c.is_alphanumeric() || c == '_')).unwrap_or(behind.len());
            return (end > 0).then(|| Named::Node(behind[..end].to_owned(), field(&behind[end..])));
        }
        let (name, behind) = quoted(behind.trim_start())?;
        let behind = behind.trim_start();
        // `$items("X", 0)` names an output besides.
        let behind = if behind.starts_with(',') { &behind[behind.find(close)?..] } else { behind };
        return Some(Named::Node(name, field(behind.strip_prefix(close)?)));
    }
    for start in ["json", "binary", "input", "item", "data"] {
        if let Some(behind) = rest.strip_prefix(start)
            && !behind.starts_with(|c: char| c.is_alphanumeric() || c == '_')
        {
            let behind = if start == "input" || start == "item" { behind_json(behind) } else { behind };
            return Some(Named::Item(if start == "binary" { None } else { first(behind) }));
        }
    }
    None
}

/// The first field that is taken of a node's answer: behind `.json`, whatever stands before it.
fn field(behind: &str) -> Option<String> {
    first(behind_json(behind))
}

fn behind_json(behind: &str) -> &str {
    let path = behind.split(|c: char| c.is_whitespace() || matches!(c, '}' | ',' | ';')).next().unwrap_or_default();
    match path.find("json") {
        Some(at) => &behind[at + 4..],
        None => "",
    }
}

/// The name behind a dot or in brackets that a path begins with.
fn first(path: &str) -> Option<String> {
    let path = path.strip_prefix('?').unwrap_or(path);
    if let Some(inner) = path.strip_prefix('[') {
        return quoted(inner.trim_start()).map(|(name, _)| name);
    }
    let name = path.strip_prefix('.')?;
    let end = name.find(|c: char| !(c.is_alphanumeric() || matches!(c, '_' | '$'))).unwrap_or(name.len());
    // A call such as `.trim()` or `.toJsonString()` is no field.
    (end > 0 && !name[end..].starts_with('(')).then(|| name[..end].to_owned())
}

/// A quoted text and what comes behind it; `\` escapes.
fn quoted(text: &str) -> Option<(String, &str)> {
    let quote = text.chars().next().filter(|c| matches!(c, '"' | '\'' | '`'))?;
    let (mut name, mut escaped) = (String::new(), false);
    for (at, c) in text.char_indices().skip(1) {
        match c {
            _ if escaped => {
                name.push(c);
                escaped = false;
            }
            '\\' => escaped = true,
            _ if c == quote => return Some((name, &text[at + c.len_utf8()..])),
            _ => name.push(c),
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::{Named, names};

    fn node(name: &str, field: Option<&str>) -> Named {
        Named::Node(name.into(), field.map(str::to_owned))
    }

    #[test]
    fn nodes_and_items_are_found_however_they_are_written() {
        for (text, expected) in [
            (r#"={{$json["leadEmail"]}}"#, vec![Named::Item(Some("leadEmail".into()))]),
            (r#"={{ $json.name.split(" ") }}"#, vec![Named::Item(Some("name".into()))]),
            (r#"={{$node["Set \"x\""].json["deal_name"]}}"#, vec![node("Set \"x\"", Some("deal_name"))]),
            (
                "={{ $('Get a').item.json.id }} {{ $(\"B\").first().json.x }}",
                vec![node("Get a", Some("id")), node("B", Some("x"))],
            ),
            ("={{ $('What\\'s up').all().toJsonString() }}", vec![node("What's up", None)]),
            ("={{ $items(\"Old\", 0)[0].json.a }}", vec![node("Old", Some("a"))]),
            ("={{ $node.Webhook.json.body }}", vec![node("Webhook", Some("body"))]),
            ("$input.all()", vec![Named::Item(None)]),
            ("$input.item.json.From", vec![Named::Item(Some("From".into()))]),
            ("={{ $now }} costs $5 and $jsonish", vec![]),
            ("={{ $('never closed }}", vec![]),
            ("={{ $json.a }} {{ $json.a }}", vec![Named::Item(Some("a".into()))]),
        ] {
            assert_eq!(names(text), expected, "{text}");
        }
    }
}
