//! The stack format in short, for models that write it: made from the one table of keys.

use crate::model::shape::{self, Key, Takes};

/// Keys that every entry may have, told once.
const SHARED: [&str; 4] = ["notes", "was", "basis", "x-…"];

/// An example that has what most stacks have; a test reads it.
const EXAMPLE: &str = include_str!("example.yaml");

const HEAD: &str = "\
A stack file lists the systems of a marketing team, the data that flows between them, who carries what by hand, and the processes that \
need the data. sinew computes from it what the handoffs cost, what breaks when something fails, and what to build first.

## How to write one

1. Take only what people said. What nobody knows stays out: an absent figure is *not known*, which is an answer; an invented one is an \
error nobody finds.
2. What you had to guess is named at its entry: `basis: { guessed: [minutes] }`; a guessed entry is `basis: { guessed: flow }`.
3. Ids are short and kebab-case (`lead-score`); people's names stand under `name`. Systems, flows and teams share one name space.
4. One flow for each direction and each mechanism. A person who copies is a flow with `mechanism: copy-paste`, `performer`, `runs` and \
`minutes`, never a note.
5. A system that passes data on for others is the middleware of a flow (`through`), or has a flow in and a flow out.
6. Say under `makes` where data comes into being, under `processes` who needs it where: outages are computed from these.
7. Check it: `sinew check stack.yaml`, or the tool `validate`. Every error says what to write instead; correct and check again.

## Values

- date `2026-11-21`; duration `15min`, `4h`, `1d`, `26w`, `3mo`; rate `40/week`, `3/day` (a bare number is a year); share `99.9%`
- a range is `[low, likely, high]`, such as `minutes: [10, 15, 25]`; money is plain numbers in `currency`
- a list of one may be written without brackets; `?` or `unknown` in an optional key is the same as leaving it out
- what could mean two things is an error that says what to write for each
";

/// The format with an example and all keys, in Markdown.
#[must_use]
pub fn guide() -> String {
    let mut out = format!("{HEAD}\n## An example\n\n```yaml\n{EXAMPLE}```\n\n## Keys\n");
    out.push_str("\nOf the file:\n\n");
    for key in shape::STACK.iter().filter(|key| key.takes.within().is_empty() || is_short(key)) {
        line(key, &mut out);
    }
    out.push_str("\nOf every entry:\n\n");
    let entry = shape::STACK.iter().find(|key| key.name == "systems").map(|key| key.takes.within());
    for key in entry.iter().flatten().flat_map(|keys| keys.iter()).filter(|key| SHARED.contains(&key.name)) {
        line(key, &mut out);
    }
    for list in shape::STACK.iter().filter(|list| !is_short(list)) {
        for keys in list.takes.within() {
            out.push_str(&format!("\n`{}` ({}): {}\n\n", list.name, takes(list), lower(list.doc)));
            keys.iter().filter(|key| !SHARED.contains(&key.name)).for_each(|key| line(key, &mut out));
        }
    }
    out
}

/// `SKILL.md`: the guide as a skill that assistants load when a stack file is to be written.
#[must_use]
pub fn skill() -> String {
    format!(
        "---\nname: sinew-stack\ndescription: \"Write, read and correct sinew stack files: the systems, data flows, manual handoffs and processes \
         of a marketing-operations stack, as YAML. Use it to draw up a stack from notes, an interview or a list of tools, and before editing one.\"\n\
         ---\n\n# sinew stack files\n\n{}",
        guide()
    )
}

/// `llms.txt`: the guide behind what sinew is, as llmstxt.org asks for it.
#[must_use]
pub fn llms() -> String {
    format!(
        "# sinew\n\n> Computes the integration architecture of a marketing-operations stack from one YAML file: manual handoffs priced, single \
         points of failure found, outages, maturity stage, a plan of what to build first; pictures, slides and JSON out.\n\n\
         - [Guide](docs/guide.md): from an empty file to a report\n\
         - [The stack file](docs/stack-file.md): every key, in full\n\
         - [The command line](docs/cli.md): every command\n\
         - [Assistants](docs/assistants.md): `sinew mcp`, which answers questions about a stack\n\n# The stack file in short\n\n{}",
        guide()
    )
}

/// Whether all of a mapping stands on one line: it has few keys, and nothing within them.
fn is_short(key: &Key) -> bool {
    matches!(key.takes, Takes::Object(keys) if keys.len() <= 5 && keys.iter().all(|key| key.takes.within().is_empty()))
}

fn line(key: &Key, out: &mut String) {
    let needed = if key.required { ", required" } else { "" };
    let within = within(key, DEPTH);
    let within = if within.is_empty() { String::new() } else { format!(" Keys: {within}.") };
    out.push_str(&format!("- `{}` ({}{needed}): {}{within}\n", key.name, takes(key), key.doc));
}

/// Mappings within mappings whose keys stand on the line of the outermost.
const DEPTH: usize = 3;

/// The keys of what stands behind a key, so many mappings deep; empty where it has none.
fn within(key: &Key, depth: usize) -> String {
    let inner = |key: &Key| {
        let needed = if key.required { ", required" } else { "" };
        let below = if depth > 1 { within(key, depth - 1) } else { String::new() };
        format!("`{}` ({}{needed}){}{below}", key.name, takes(key), if below.is_empty() { "" } else { " " })
    };
    let table = |keys: &&[Key]| format!("{{ {} }}", keys.iter().map(inner).collect::<Vec<_>>().join(", "));
    key.takes.within().iter().map(table).collect::<Vec<_>>().join(" or ")
}

/// What may stand behind a key, in a few words.
fn takes(key: &Key) -> String {
    let words = |all: Vec<&'static str>| all.join(", ");
    match key.takes {
        Takes::Version => "`1`".into(),
        Takes::Text => "text".into(),
        Takes::Extra | Takes::Anything => "anything".into(),
        Takes::FormerIds => "former id, or a list".into(),
        Takes::KeyNames => "key, or a list".into(),
        Takes::Files => "path, or a list".into(),
        Takes::Domains => "domain, or a list".into(),
        Takes::Peak => "`1000/day`".into(),
        Takes::Tasks => "`2000/month`".into(),
        Takes::IdOrWord(what, word) => format!("{what}, or `{word}`"),
        Takes::NewId => "id".into(),
        Takes::IdOf(what) => what.into(),
        Takes::IdsOf(what) => format!("{what}, or a list"),
        Takes::Bool => "true or false".into(),
        Takes::Date => "date".into(),
        Takes::Duration => "duration".into(),
        Takes::Whole => "whole number".into(),
        Takes::Number(unit) => unit.into(),
        Takes::NumberRange(unit) => format!("{unit}, or a range"),
        Takes::RateRange => "rate, or a range".into(),
        Takes::ShareRange => "share, or a range".into(),
        Takes::DurationRange => "duration, or a range".into(),
        Takes::Capacity => "`5d/week`".into(),
        Takes::Word(all) => words(all()),
        Takes::Words(all) => format!("list of {}", words(all())),
        Takes::Object(_) => "mapping".into(),
        Takes::List(_) => "list".into(),
        Takes::ById(_) => "mapping by ids".into(),
        Takes::RangesBy(all, unit) => format!("{unit} by {}", words(all())),
        Takes::IdsOr(what, _) => format!("{what}, or a list of these and of mappings"),
        Takes::OneOfTables(_) => "list of needs".into(),
    }
}

/// The sentence as it stands within another.
fn lower(sentence: &str) -> String {
    let mut letters = sentence.chars();
    let first = letters.next().map(|first| first.to_lowercase().collect::<String>()).unwrap_or_default();
    format!("{first}{}", letters.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Source;

    #[test]
    fn the_guide_is_short_and_its_example_is_a_stack_without_a_warning() {
        assert!(skill().lines().count() < 200, "{}", skill().lines().count());
        assert!(llms().lines().count() < 200, "{}", llms().lines().count());
        let skill = skill();
        let head = Source::new("head.yaml", skill.split("---\n").nth(1).unwrap().to_owned());
        let mut problems = crate::source::Diagnostics::default();
        assert!(crate::source::parse(&head, &crate::source::Limits::default(), &mut problems).is_some());
        assert!(!problems.has_errors(), "{problems:?}");
        let read = crate::model::read(&Source::new("example.yaml", EXAMPLE.to_owned()));
        assert!(read.stack.is_some() && read.problems.is_empty(), "{:?}", read.problems);
    }

    #[test]
    fn the_guide_names_every_key() {
        fn all(keys: &'static [Key], out: &mut Vec<&'static str>) {
            for key in keys {
                if !out.contains(&key.name) {
                    out.push(key.name);
                    key.takes.within().into_iter().for_each(|keys| all(keys, out));
                }
            }
        }
        let (guide, mut keys) = (guide(), Vec::new());
        all(shape::STACK, &mut keys);
        let missing: Vec<&str> = keys.into_iter().filter(|key| !guide.contains(&format!("`{key}`"))).collect();
        assert!(missing.is_empty(), "{missing:?}");
    }
}
