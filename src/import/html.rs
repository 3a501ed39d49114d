//! HTML in labels, as plain text.

/// Bytes of the longest tag.
const TAG: usize = 4_096;

/// `text` without tags: what breaks a line in HTML is a line. A space before a break stays, as it tells that the line
/// was only broken to fit. Of pictures nothing stays; see [`pictures`].
pub(super) fn lines(text: &str) -> String {
    let mut out = String::with_capacity(text.len().min(10_000));
    let mut rest = text;
    while let Some(at) = rest.find(['<', '&', '#']) {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let taken = match rest.as_bytes()[0] {
            b'<' => tag(rest, &mut out),
            b'&' => entity(rest, '&', &mut out),
            // Mermaid writes `#quot;` and `#35;`.
            _ => entity(rest, '#', &mut out),
        };
        rest = &rest[taken..];
    }
    out.push_str(rest);
    let lines = out.lines().map(|line| {
        let goes_on = line.ends_with([' ', '\u{a0}']);
        let line = line.split_whitespace().collect::<Vec<_>>().join(" ");
        if goes_on && !line.is_empty() { format!("{line} ") } else { line }
    });
    lines.filter(|line| !line.trim().is_empty()).collect::<Vec<_>>().join("\n")
}

/// The addresses of pictures in a label.
pub(super) fn pictures(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    for part in text.split("<img").skip(1).take(20) {
        let tag = part.split('>').next().unwrap_or_default();
        let source = tag.split("src=").nth(1).unwrap_or_default();
        let source = source.trim_start_matches(['"', '\'']).split(['"', '\'', ' ']).next().unwrap_or_default();
        if !source.is_empty() && !source.starts_with("data:") {
            found.push(source.to_owned());
        }
    }
    found
}

/// Passes a tag; its length. A lone `<` is text.
fn tag(rest: &str, out: &mut String) -> usize {
    let is_tag = rest[1..].starts_with(|c: char| c.is_ascii_alphabetic() || c == '/' || c == '!');
    // A tag that is longer is none, so that a text of nothing but `<` takes no time without end.
    let end = rest.bytes().take(TAG).position(|byte| byte == b'>');
    let Some(end) = end.filter(|_| is_tag) else {
        out.push('<');
        return 1;
    };
    let name = rest[1..end].trim_start_matches('/').to_lowercase();
    let name = name.split(|c: char| !c.is_ascii_alphanumeric()).next().unwrap_or_default();
    if matches!(
        name,
        "br" | "p" | "div" | "li" | "tr" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6" | "ul" | "ol" | "hr" | "table"
    ) {
        out.push('\n');
    }
    end + 1
}

/// Passes an entity; its length. What is none is text.
fn entity(rest: &str, sign: char, out: &mut String) -> usize {
    let end = rest.char_indices().skip(1).take(10).find(|(_, c)| *c == ';').map(|(end, _)| end);
    let name = end.map(|end| rest[1..end].trim_start_matches('#'));
    let found = match (name, end) {
        (Some("nbsp"), _) => Some(' '),
        (Some("amp"), _) => Some('&'),
        (Some("lt"), _) => Some('<'),
        (Some("gt"), _) => Some('>'),
        (Some("quot"), _) => Some('"'),
        (Some("apos"), _) => Some('\''),
        (Some("ndash" | "mdash"), _) => Some('–'),
        (Some(number), _) => {
            let number = match number.strip_prefix(['x', 'X']) {
                Some(hex) => u32::from_str_radix(hex, 16).ok(),
                None => number.parse().ok(),
            };
            number.and_then(char::from_u32)
        }
        (None, _) => None,
    };
    match (found, end) {
        (Some(c), Some(end)) => {
            out.push(c);
            end + 1
        }
        _ => {
            out.push(sign);
            1
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{lines, pictures};

    #[test]
    fn labels_are_plain_lines() {
        for (html, text) in [
            ("<b>Marketo</b><br/>(nurture)", "Marketo\n(nurture)"),
            ("Habit <br>Tracker <br>App<br>", "Habit \nTracker \nApp"),
            ("<div>attendees&nbsp;</div><div><i>CSV import</i></div>", "attendees \nCSV import"),
            ("a &amp; b &lt; c < d", "a & b < c < d"),
            ("#quot;x#quot; #35;1 #leads", "\"x\" #1 #leads"),
            ("<h3 style=\"a>b\">T</h3>", "b\">T"),
            ("<img src=\"x.svg\">&#x41;&#0;&#99999999;", "A\u{0}&#99999999;"),
        ] {
            assert_eq!(lines(html), text, "{html}");
        }
        assert_eq!(
            pictures("<img src='https://x.example/hubspot.svg' width=1><img src=\"data:a\">"),
            ["https://x.example/hubspot.svg"]
        );
    }
}
