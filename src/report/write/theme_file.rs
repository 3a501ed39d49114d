//! A theme file: a company's colors, each at its key, on top of the light or the dark theme.

use std::collections::BTreeMap;

use sinew_draw::theme::{Color, Theme, contrast};

use crate::source::{Diagnostic, Diagnostics, Entry, Limits, Node, Source, Span, Value, nearest, parse, visible};

/// A theme and what was odd about its file, or only what was wrong with it.
#[derive(Debug)]
pub struct Reading {
    /// The theme; `None` where one of the problems is an error.
    pub theme: Option<Theme>,
    /// All problems, by place.
    pub problems: Vec<Diagnostic>,
}

/// Reads `source` as a theme file: `base` (`light`, the default, or `dark`), `name`, and `colors`.
///
/// Text that could not be read is refused: on each ground that it may stand on it needs a contrast of 3 to 1, and one
/// below 4.5 to 1 is warned of (Web Content Accessibility Guidelines 2.1, levels for large and for ordinary text).
#[must_use]
pub fn read(source: &Source) -> Reading {
    let mut problems = Diagnostics::default();
    let theme = parse(source, &Limits::default(), &mut problems).and_then(|root| theme(&root, &mut problems));
    let theme = theme.filter(|_| !problems.has_errors());
    Reading { theme, problems: problems.into_sorted() }
}

/// A color of the theme and its key.
struct Single(&'static str, fn(&mut Theme) -> &mut Color);

/// Fill and outline of the boxes of a role, and its key.
struct Pair(&'static str, fn(&mut Theme) -> [&mut Color; 2]);

/// Colors that stand alone: grounds, text and lines.
const SINGLES: [Single; 10] = [
    Single("automated", |theme| &mut theme.automated),
    Single("background", |theme| &mut theme.background),
    Single("ghost", |theme| &mut theme.ghost),
    Single("manual", |theme| &mut theme.manual),
    Single("muted", |theme| &mut theme.muted),
    Single("new", |theme| &mut theme.new),
    Single("planned", |theme| &mut theme.planned),
    Single("single-point", |theme| &mut theme.ring),
    Single("standby", |theme| &mut theme.standby),
    Single("strong", |theme| &mut theme.strong),
];

/// Colors of boxes and frames.
const PAIRS: [Pair; 8] = [
    Pair("ai-tool", |theme| theme.ai.each_mut()),
    Pair("carrier", |theme| theme.carrier.each_mut()),
    Pair("frame", |theme| [&mut theme.frame_fill, &mut theme.frame_stroke]),
    Pair("middleware", |theme| theme.middleware.each_mut()),
    Pair("process", |theme| theme.process.each_mut()),
    Pair("system", |theme| [&mut theme.surface, &mut theme.outline]),
    Pair("system-of-record", |theme| theme.record.each_mut()),
    Pair("team", |theme| theme.team.each_mut()),
];

const KEYS: [&str; 3] = ["base", "colors", "name"];

fn theme(root: &Node<'_>, problems: &mut Diagnostics) -> Option<Theme> {
    let entries = mapping(root, "a theme file", problems)?;
    entries.iter().filter(|entry| !KEYS.contains(&&*entry.key)).for_each(|entry| {
        problems.push(unknown(entry, "a theme file", KEYS));
    });
    let find = |key: &str| entries.iter().find(|entry| entry.key == key).map(|entry| &entry.node);
    let mut theme = base(find("base"), problems);
    if let Some(name) = find("name").and_then(|node| text(node, "a name, such as `name: Acme`", problems)) {
        theme.name = name.to_owned();
    }
    let given = find("colors").and_then(|node| mapping(node, "`colors`", problems)).unwrap_or_default();
    let mut places = Vec::new();
    for entry in given {
        colors_at(entry, &mut theme, &mut places, problems);
    }
    // Colors that could not be read would be judged by those of the base.
    if !problems.has_errors() {
        legible(&mut theme, &places, root.span, problems);
    }
    Some(theme)
}

/// The theme to build on; the light one where the file names none that is known, which is an error.
fn base(node: Option<&Node<'_>>, problems: &mut Diagnostics) -> Theme {
    let named = node.and_then(|node| Some((node, text(node, "`base: light` or `base: dark`", problems)?)));
    match named {
        None | Some((_, "light")) => Theme::light(),
        Some((_, "dark")) => Theme::dark(),
        Some((node, other)) => {
            let message = format!("expected a base theme, found `{}`", visible(other));
            problems.push(Diagnostic::error("unknown-base", node.span, message).help("write `light` or `dark`"));
            Theme::light()
        }
    }
}

/// Sets what `entry` gives, and notes where it stands.
fn colors_at(entry: &Entry<'_>, theme: &mut Theme, places: &mut Vec<(String, Span)>, problems: &mut Diagnostics) {
    if let Some(Single(_, place)) = SINGLES.iter().find(|single| single.0 == entry.key) {
        if let Some(color) = color(&entry.node, problems) {
            *place(theme) = color;
        }
    } else if let Some(Pair(_, place)) = PAIRS.iter().find(|pair| pair.0 == entry.key) {
        match &entry.node.resolved().value {
            Value::List(nodes) if nodes.len() == 2 => {
                for (node, place) in nodes.iter().zip(place(theme)) {
                    if let Some(color) = color(node, problems) {
                        *place = color;
                    }
                }
            }
            _ => {
                let message = format!("`{}` needs two colors", entry.key);
                let help = format!("write fill and outline: `{}: [\"#ffffff\", \"#475467\"]`", entry.key);
                problems.push(Diagnostic::error("two-colors", entry.node.span, message).help(help));
            }
        }
    } else {
        let known = SINGLES.iter().map(|single| single.0).chain(PAIRS.iter().map(|pair| pair.0));
        problems.push(unknown(entry, "`colors`", known));
        return;
    }
    places.push((entry.key.to_string(), entry.node.span));
}

/// A color as it is written on the web, `#rrggbb` or `#rgb`.
fn color(node: &Node<'_>, problems: &mut Diagnostics) -> Option<Color> {
    const HELP: &str = "write a color as `\"#1a2b3c\"`, in quotes: a bare `#` begins a comment";
    if let Value::Null = node.resolved().value {
        problems.push(Diagnostic::error("no-color", node.span, "expected a color").help(HELP));
        return None;
    }
    let written = text(node, "a color", problems)?;
    let parsed = parsed(written);
    if parsed.is_none() {
        let message = format!("expected a color, found `{}`", visible(written));
        problems.push(Diagnostic::error("no-color", node.span, message).help(HELP));
    }
    parsed
}

fn parsed(written: &str) -> Option<Color> {
    let digits = written.strip_prefix('#').unwrap_or(written);
    let digit = |at: usize| digits.as_bytes().get(at).and_then(|byte| char::from(*byte).to_digit(16));
    let part = |at: usize| match digits.len() {
        3 => digit(at).map(|value| value * 17),
        6 => Some(digit(2 * at)? * 16 + digit(2 * at + 1)?),
        _ => None,
    };
    let part = |at: usize| part(at).and_then(|value| u8::try_from(value).ok());
    Some([part(0)?, part(1)?, part(2)?])
}

/// Least contrast of text with what it stands on, and the one that ordinary text should have.
const LEAST: (f64, f64) = (3.0, 4.5);

/// Complains of text that cannot be read on its ground, at the place of the one of the two that the file gives.
fn legible(theme: &mut Theme, places: &[(String, Span)], whole: Span, problems: &mut Diagnostics) {
    let grounds = grounds(theme);
    let mut poor: BTreeMap<(Span, bool), Vec<String>> = BTreeMap::new();
    for Single(ink, place) in SINGLES.iter().filter(|single| single.0 != "background") {
        let color = *place(theme);
        // Names and captions stand in boxes; the words of lines on the slide and in frames.
        let is_text = matches!(*ink, "strong" | "muted");
        for (ground, fill) in grounds.iter().filter(|(ground, _)| is_text || matches!(*ground, "background" | "frame"))
        {
            let ratio = contrast(color, *fill);
            if ratio < LEAST.1 {
                let at = |key: &str| places.iter().find(|(given, _)| given == key).map(|(_, span)| *span);
                let span = at(ink).or(at(ground)).unwrap_or(whole);
                poor.entry((span, ratio < LEAST.0))
                    .or_default()
                    .push(format!("`{ink}` on `{ground}` ({ratio:.1} to 1)"));
            }
        }
    }
    for ((span, is_illegible), pairs) in poor {
        let pairs = pairs.join(", ");
        problems.push(if is_illegible {
            Diagnostic::error("illegible", span, format!("too little contrast to read: {pairs}"))
                .help("choose colors with at least 4.5 to 1")
        } else {
            Diagnostic::warning("hard-to-read", span, format!("little contrast: {pairs}"))
                .help("text of normal size needs 4.5 to 1")
        });
    }
}

/// What text stands on, by the key of its color.
fn grounds(theme: &mut Theme) -> Vec<(&'static str, Color)> {
    let mut grounds = vec![("background", theme.background)];
    grounds.extend(PAIRS.iter().map(|Pair(key, place)| (*key, *place(theme)[0])));
    grounds
}

fn mapping<'n, 'a>(node: &'n Node<'a>, what: &str, problems: &mut Diagnostics) -> Option<&'n [Entry<'a>]> {
    match &node.resolved().value {
        Value::Map(entries) => Some(entries),
        _ => {
            let message = format!("expected a mapping of keys to values for {what}, found {}", node.what());
            problems.push(Diagnostic::error("not-a-mapping", node.span, message).help("write `key: value`"));
            None
        }
    }
}

fn text<'n>(node: &'n Node<'_>, wanted: &str, problems: &mut Diagnostics) -> Option<&'n str> {
    match &node.resolved().value {
        Value::Scalar(scalar) => Some(&scalar.text),
        _ => {
            let message = format!("expected {wanted}, found {}", node.what());
            problems.push(Diagnostic::error("wrong-type", node.span, message));
            None
        }
    }
}

fn unknown(entry: &Entry<'_>, place: &str, known: impl IntoIterator<Item = &'static str>) -> Diagnostic {
    let known: Vec<&str> = known.into_iter().collect();
    let message = format!("unknown key `{}` in {place}", visible(&entry.key));
    let problem = Diagnostic::error("unknown-key", entry.key_span, message);
    match nearest(&entry.key, known.iter().copied()) {
        Some(near) => problem.nearest(Some(near)),
        None => problem.help(format!("the keys are {}", known.join(", "))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn codes(text: &str) -> Vec<&'static str> {
        read(&Source::new("theme.yaml", text.to_owned())).problems.iter().map(|problem| problem.code).collect()
    }

    #[test]
    fn what_is_given_replaces_the_base_and_nothing_else() {
        let text = "base: dark\nname: Acme\ncolors:\n  manual: \"#f80\"\n  ai-tool: [\"#300030\", \"#ff80ff\"]\n";
        let theme = read(&Source::new("theme.yaml", text.to_owned())).theme.expect("a theme");
        let expected =
            Theme { name: "Acme".into(), manual: [255, 136, 0], ai: [[48, 0, 48], [255, 128, 255]], ..Theme::dark() };
        assert_eq!(theme, expected);
        assert_eq!(read(&Source::new("theme.yaml", "{}".to_owned())).theme, Some(Theme::light()));
    }

    #[test]
    fn every_key_sets_a_colour_of_its_own() {
        let mut theme = Theme::light();
        let mut count = 0_u8;
        let mut next = || {
            count += 1;
            [count, 1, 2]
        };
        SINGLES.iter().for_each(|single| *(single.1)(&mut theme) = next());
        PAIRS.iter().for_each(|pair| (pair.1)(&mut theme).into_iter().for_each(|color| *color = next()));
        let mut seen: Vec<Color> = SINGLES.iter().map(|single| *(single.1)(&mut theme)).collect();
        seen.extend(PAIRS.iter().flat_map(|pair| (pair.1)(&mut theme).map(|color| *color)));
        let expected: Vec<Color> = (1..=count).map(|at| [at, 1, 2]).collect();
        assert_eq!(seen, expected);
    }

    #[test]
    fn all_that_is_wrong_is_said_at_once() {
        let text =
            "bass: dark\nname: [a]\ncolors:\n  manul: \"#f80\"\n  manual: orange\n  team: \"#fff\"\n  new: #0f0\n";
        let expected = ["unknown-key", "wrong-type", "unknown-key", "no-color", "two-colors", "no-color"];
        assert_eq!(codes(text), expected);
        assert_eq!(codes("- 1\n"), ["not-a-mapping"]);
        assert_eq!(codes("base: grey\n"), ["unknown-base"]);
    }

    #[test]
    fn text_that_cannot_be_read_is_refused() {
        assert_eq!(codes("colors: { manual: \"#ffe0e0\" }\n"), ["illegible"], "on the slide and in frames");
        assert_eq!(codes("colors: { muted: \"#757575\" }\n"), ["hard-to-read"], "4.6 on white, less on a frame");
        assert!(codes("base: dark\n").is_empty() && codes("base: light\n").is_empty());
    }
}
