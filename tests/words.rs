//! The words that people read: the English of the field, in our sources' strings, in the docs and in every output of the
//! examples. `BANNED` is the list; a phrase belongs there with what to write instead.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use sinew::analysis::Analysis;
use sinew::model::read;
use sinew::plan::{self, Options};
use sinew::report::{self, Look, Part, Pictures, Report, Sources, files_with};
use sinew::source::Source;
use sinew_draw::layout::Budget;
use sinew_draw::theme::Theme;

use crate::support::golden::{listed, project};
use crate::support::reading::{between_tags, read_by_people};

/// A phrase and what to write instead. Matched as whole words, whatever their case; a `*` at its end takes any letters.
const BANNED: &[(&str, &str)] = &[
    ("dearest", "most expensive"),
    ("costliest", "most expensive"),
    ("gravest", "most severe"),
    ("graver", "more severe, or higher"),
    ("grave", "severe"),
    ("mend", "fix"),
    ("mends", "fixes"),
    ("mended", "fixed"),
    ("mending", "rework"),
    ("told by", "source"),
    ("told from", "source"),
    ("told at once", "listed at once"),
    ("is told", "is shown, or is notified"),
    ("whom to tell", "who to notify"),
    ("parted", "separated"),
    ("wanted here", "expected x, found y"),
    ("anew", "again, or rebuild"),
    ("go on, and", "keep running"),
    ("goes on by", "runs on"),
    ("go on by", "run on"),
    ("whose they are", "who owns them"),
    ("answers for", "owns"),
    ("nobody answers", "has no owner"),
    ("come up to", "meet"),
    ("comes up to", "meets"),
    ("what binds", "blocked by"),
    ("what holds it there", "blocked by"),
    ("what holds you", "blocked by"),
    ("holds you back", "blocked by"),
    ("what holds the stack", "blocked by"),
    ("left open", "not in the plan"),
    ("leaves open", "not in the plan"),
    ("least work", "easiest first, or cheapest option"),
    ("readiest", "easiest"),
    ("pays from", "breaks even at"),
    ("pays for itself", "breaks even"),
    ("pay for itself", "break even"),
    ("nothing is known for", "no verified solution"),
    ("nothing that is known", "no option"),
    ("known worth", "known value"),
    ("its cost a year", "cost of that"),
    ("keeps its wave", "stays in this wave"),
    ("eight of ten", "80% range"),
    ("above nothing", "positive"),
    ("more than nothing", "positive"),
    ("out in turn", "one at a time"),
    ("by which road", "how"),
    ("the road by which", "how"),
    ("the night it is down", "when it is down"),
    ("than you fear", "than expected"),
    ("nobody dares", "unknown"),
    ("slip of the pen", "typo"),
    ("keeps silent", "is skipped"),
    ("names no time", "has no valid time unit"),
    ("has no one product", "no product named"),
    ("what falls", "what goes down"),
    ("what follows it was not read", "the rest was not read"),
    ("is none of one", "has more than one person"),
    ("of which not all", "not all ... are listed"),
    ("a statement without either", "one of them is required"),
    ("look after themselves", "retrain automatically"),
    ("looks after", "maintains"),
    ("most money for", "maximum spend"),
    ("where the random numbers", "random seed"),
    ("money an hour", "money per hour"),
    ("money a person-day", "money per person-day"),
    ("single persons", "one-person teams, or people"),
    ("ends 1", "removes 1"),
    ("see key", "entry in the key"),
    ("stage of maturity", "maturity stage"),
    ("ladder of maturity", "maturity stages"),
    ("in eight of", "80% range"),
    ("the one finding", "the only finding"),
    ("falls apart", "splits"),
    ("falls into more parts", "splits"),
    ("whatever it is", "any"),
    ("be it", "whether"),
    ("thereof", "of it"),
    ("whereof", "of which"),
    ("lest", "so that ... not"),
    ("nought", "0"),
    ("no no-", "0 findings of no-"),
    ("smith's rule", "WSJF; only theory cites Smith 1956"),
    ("smith's ratio", "WSJF; only theory cites Smith 1956"),
    ("catalogue", "catalog"),
    ("catalogues", "catalogs"),
    ("colour", "color"),
    ("colours", "colors"),
    ("coloured", "colored"),
    ("grey", "gray"),
    ("licence", "license"),
    ("licences", "licenses"),
    ("analyse", "analyze"),
    ("analysed", "analyzed"),
    ("anonymise", "anonymize"),
    ("anonymised", "anonymized"),
    ("behaviour", "behavior"),
    ("minimise", "minimize"),
    ("maximise", "maximize"),
    ("neighbour", "neighbor"),
    ("neighbours", "neighbors"),
    ("optimise", "optimize"),
    ("recognise", "recognize"),
    ("recognised", "recognized"),
    ("summarise", "summarize"),
    ("synchronisation", "synchronization"),
    ("labelled", "labeled"),
];

/// Words after "is no" that make no inversion of "is not a": `weekly is no number` is one.
const AFTER_IS_NO: &[&str] =
    &["longer", "shorter", "more", "less", "better", "worse", "larger", "smaller", "older", "later", "other"];

/// Identifiers that hold a banned word, and pages that may: theory names its sources.
const EXEMPT: &[(&str, &str)] = &[
    ("docs/theory/", "smith's rule"),
    // A kind of row in the catalog's data file.
    ("docs/catalog.md", "licence"),
    ("src/catalog/words.rs", "licence"),
];

/// A string that a person may read, with its place.
struct Said {
    place: String,
    text: String,
}

fn files_in(folder: &str, endings: &[&str], found: &mut Vec<PathBuf>) {
    let mut entries: Vec<PathBuf> =
        fs::read_dir(project().join(folder)).unwrap().map(|entry| entry.unwrap().path()).collect();
    entries.sort();
    for path in entries {
        let inside = path.strip_prefix(project()).unwrap().to_str().unwrap().to_owned();
        if path.is_dir() {
            files_in(&inside, endings, found);
        } else if path.extension().is_some_and(|ending| endings.contains(&ending.to_str().unwrap_or_default())) {
            found.push(path);
        }
    }
}

fn name(path: &Path) -> String {
    path.strip_prefix(project()).unwrap_or(path).display().to_string()
}

/// The string literals of Rust source, comments and test modules left out.
fn literals(path: &Path) -> Vec<Said> {
    let text = fs::read_to_string(path).unwrap();
    let text = text.split("#[cfg(test)]\nmod tests").next().unwrap_or_default();
    let bytes: Vec<char> = text.chars().collect();
    let (mut at, mut line, mut found) = (0, 1, Vec::new());
    while at < bytes.len() {
        let rest = &bytes[at..];
        match rest {
            ['/', '/', ..] => {
                while at < bytes.len() && bytes[at] != '\n' {
                    at += 1;
                }
            }
            ['\'', '\\', _, ..] => at += 4,
            ['\'', _, '\'', ..] => at += 3,
            ['r', '"', ..] | ['r', '#', ..] if at == 0 || !bytes[at - 1].is_alphanumeric() => {
                let hashes = rest[1..].iter().take_while(|c| **c == '#').count();
                if rest.get(1 + hashes) != Some(&'"') {
                    at += 1;
                    continue;
                }
                let close: String = std::iter::once('"').chain(std::iter::repeat_n('#', hashes)).collect();
                let body: String = rest[2 + hashes..].iter().collect();
                let end = body.find(&close).unwrap_or(body.len());
                let literal = body[..end].to_owned();
                let length = literal.chars().count();
                found.push(Said { place: format!("{}:{line}", name(path)), text: literal.clone() });
                line += literal.matches('\n').count();
                at += 2 + hashes + length + close.chars().count();
            }
            ['"', ..] => {
                let (start, mut literal) = (line, String::new());
                at += 1;
                while at < bytes.len() && bytes[at] != '"' {
                    if bytes[at] == '\\' && at + 1 < bytes.len() {
                        // A line that goes on: its indentation is not part of the text.
                        if bytes[at + 1] == '\n' {
                            line += 1;
                            at += 2;
                            while at < bytes.len() && bytes[at] == ' ' {
                                at += 1;
                            }
                            continue;
                        }
                        literal.push(if bytes[at + 1] == 'n' { '\n' } else { bytes[at + 1] });
                        at += 2;
                        continue;
                    }
                    if bytes[at] == '\n' {
                        line += 1;
                    }
                    literal.push(bytes[at]);
                    at += 1;
                }
                at += 1;
                found.push(Said { place: format!("{}:{start}", name(path)), text: literal });
            }
            ['\n', ..] => {
                line += 1;
                at += 1;
            }
            _ => at += 1,
        }
    }
    found
}

/// The lines of a document.
fn lines(path: &Path) -> Vec<Said> {
    let text = fs::read_to_string(path).unwrap();
    let said = |(at, line): (usize, &str)| Said { place: format!("{}:{}", name(path), at + 1), text: line.to_owned() };
    text.lines().enumerate().map(said).collect()
}

fn is_letter(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

/// Whether `phrase` stands as whole words in a text of small letters.
fn has_phrase(lower: &str, phrase: &str) -> bool {
    let mut from = 0;
    while let Some(found) = lower[from..].find(phrase) {
        let (start, end) = (from + found, from + found + phrase.len());
        let before = lower[..start].chars().next_back().is_some_and(is_letter);
        let after =
            phrase.chars().next_back().is_some_and(is_letter) && lower[end..].chars().next().is_some_and(is_letter);
        if !before && !after {
            return true;
        }
        from = start + lower[start..].chars().next().map_or(1, char::len_utf8);
    }
    false
}

/// What is wrong with a text that stands in `place`, each with what to write.
fn faults(place: &str, text: &str) -> Vec<String> {
    let lower = text.to_lowercase();
    let is_exempt = |phrase: &str| EXEMPT.iter().any(|(at, word)| place.starts_with(at) && *word == phrase);
    let mut found: Vec<String> = BANNED
        .iter()
        .filter(|(phrase, _)| has_phrase(&lower, phrase) && !is_exempt(phrase))
        .map(|(phrase, instead)| format!("`{phrase}`: write `{instead}`"))
        .collect();
    let words: Vec<&str> = lower.split_whitespace().collect();
    for at in 0..words.len().saturating_sub(2) {
        let [is, no, thing] = [words[at], words[at + 1], words[at + 2]];
        let before = at.checked_sub(1).map_or("", |before| words[before]);
        let [before, thing] = [before, thing].map(|word| word.trim_matches(|c: char| !c.is_alphanumeric()));
        let exists = before.ends_with("there") || before == "here" || at == 0;
        if ["is", "are"].contains(&is) && no == "no" && !exists && !AFTER_IS_NO.contains(&thing) {
            found.push(format!("`{before} {is} no {thing}`: write `is not a {thing}`, or what was expected"));
        }
    }
    found
}

/// Numbers that are not written as in English, and `1` before a plural.
fn number_faults(text: &str) -> Vec<String> {
    let chars: Vec<char> = text.chars().collect();
    let mut found = Vec::new();
    for at in 0..chars.len() {
        let spaced = matches!(chars.get(at + 1), Some(' ' | '\u{a0}' | '\u{202f}')) && chars.get(at + 2) == Some(&'%');
        if chars[at].is_ascii_digit() && spaced {
            found.push("a space before `%`: write `76%`".to_owned());
        }
    }
    for currency in ["USD", "EUR"] {
        let sign = format!("{currency} -");
        if text.split(&sign).skip(1).any(|rest| rest.starts_with(|c: char| c.is_ascii_digit())) {
            found.push(format!("`{currency} -22,084`: write `-{currency} 22,084`"));
        }
    }
    let words: Vec<&str> = text.split([' ', '(', '\u{a0}', '\t']).collect();
    for pair in words.windows(2) {
        let unit = pair[1].trim_end_matches(|c: char| !c.is_alphabetic());
        if pair[0] == "1" && PLURALS.contains(&unit) {
            found.push(format!("`1 {unit}`: the singular"));
        }
    }
    found
}

/// Whole numbers of five digits and more without thousands separators, for text that a person reads.
fn separator_faults(text: &str) -> Vec<String> {
    let is_long = |word: &&str| word.len() >= 5 && word.chars().all(|c| c.is_ascii_digit());
    let words = text.split([' ', '(', ')', '\u{a0}']).map(|word| word.trim_end_matches([',', '.', ';', ':']));
    words.filter(is_long).map(|word| format!("`{word}`: write thousands separators")).collect()
}

/// What is counted in sentences.
const PLURALS: &[&str] = &[
    "systems",
    "flows",
    "runs",
    "calls",
    "items",
    "findings",
    "handoffs",
    "chains",
    "processes",
    "teams",
    "people",
    "hours",
    "days",
    "weeks",
    "points",
    "objects",
    "tools",
    "assumptions",
    "figures",
    "criteria",
    "samples",
    "simulations",
    "records",
    "steps",
    "components",
    "sets",
    "gaps",
    "rows",
    "slides",
    "lines",
    "connectors",
    "errors",
    "warnings",
    "are",
    "have",
];

fn none(faults: &BTreeSet<String>) {
    assert!(faults.is_empty(), "{} places:\n{}", faults.len(), faults.iter().cloned().collect::<Vec<_>>().join("\n"));
}

/// The faults of lines, words and numbers, each with its place.
fn all_faults(said: &[Said]) -> BTreeSet<String> {
    let of = |said: &Said| {
        let both = faults(&said.place, &said.text).into_iter().chain(number_faults(&said.text));
        both.map(|fault| format!("{}: {fault}", said.place)).collect::<Vec<_>>()
    };
    said.iter().flat_map(of).collect()
}

/// Text by lines; the place names the output.
fn by_lines(place: &str, text: &str) -> Vec<Said> {
    text.lines().map(|line| Said { place: place.to_owned(), text: line.to_owned() }).collect()
}

/// Everything that a report of a stack file that is called `named` writes for people.
fn outputs_of(named: &str, text: String) -> Vec<Said> {
    let source = Source::new("stack.yaml", text);
    let stack = read(&source).stack.unwrap();
    let analysis = Analysis::of(&stack);
    let findings = analysis.findings();
    let options = Options { samples: 20, ..Options::default() };
    let plan = plan::Plan::of(&analysis, &options).unwrap();
    let told = report::Plan::of(&stack, &plan, &options);
    let report = Report::of(&analysis, &findings, &source).with_plan(told);
    let report = report.with_questions(crate::support::asking::asked(&analysis, &plan, &source));
    let sources = Sources { analysis: &analysis, findings: &findings, plan: &plan, report: &report, stood: None };
    let look = Look::of(Theme::light());
    let mut parts = vec![Part::Markdown, Part::Page, Part::Offline];
    #[cfg(feature = "pptx")]
    parts.push(Part::Slides);
    #[cfg(feature = "xlsx")]
    parts.push(Part::Workbook);
    let pictures = Pictures::of(&sources, &parts, Budget::REPORT, None, &|_| ());
    let files = files_with(&sources, &pictures, &parts, &look, &|_| ()).unwrap();
    said_in(&read_by_people(&files, &pictures, &look), named)
}

/// The lines of files of a report.
fn said_in(files: &[(String, String)], named: &str) -> Vec<Said> {
    files.iter().flat_map(|(path, text)| by_lines(&format!("{path} of {named}"), text)).collect()
}

#[test]
fn the_scanner_sees_what_it_should() {
    let faults = |text: &str| faults("src/x.rs:1", text);
    assert_eq!(faults("Dearest first").len(), 1);
    assert!(faults("amendment, recommend").is_empty());
    assert_eq!(faults("`weekly` is no number").len(), 1);
    assert!(faults("there is no runbook, and it is no longer needed").is_empty());
    assert_eq!(number_faults("76 % of it").len(), 1);
    assert!(number_faults("76% of 11 flows, 1 flow").is_empty());
    assert_eq!(number_faults("hightouch (1 flows, 5%)").len(), 1);
    assert_eq!(number_faults("USD -22,084").len(), 1);
    assert_eq!(separator_faults("it costs 22084 a year (22,084)").len(), 1);
    assert_eq!(between_tags("<p title='x'>a</p><style>b</style><script>c < d</script>e").replace('\n', ""), "ae");
}

#[test]
fn strings_of_the_sources_are_in_plain_words() {
    let mut paths = Vec::new();
    files_in("src", &["rs"], &mut paths);
    files_in("crates", &["rs"], &mut paths);
    paths.retain(|path| !name(path).contains("/tests/") && !name(path).contains("/benches/"));
    let said: Vec<Said> = paths.iter().flat_map(|path| literals(path)).collect();
    assert!(said.len() > 2_000, "the scanner finds {} strings only", said.len());
    let wrong = said
        .iter()
        .flat_map(|said| faults(&said.place, &said.text).into_iter().map(|fault| format!("{}: {fault}", said.place)));
    none(&wrong.collect());
}

#[test]
fn docs_are_in_plain_words() {
    let mut paths = Vec::new();
    files_in("docs", &["md"], &mut paths);
    paths.extend(["README.md", "CONTRIBUTING.md", "CHANGELOG.md"].map(|file| project().join(file)));
    files_in("examples", &["yaml", "rs"], &mut paths);
    files_in("src/cli", &["yaml"], &mut paths);
    let said: Vec<Said> = paths.iter().flat_map(|path| lines(path)).collect();
    none(&all_faults(&said));
}

#[test]
fn golden_outputs_are_in_plain_words() {
    let mut paths = Vec::new();
    files_in("tests/golden", &["txt", "md"], &mut paths);
    files_in("tests/diagnostics", &["txt"], &mut paths);
    let said: Vec<Said> = paths.iter().flat_map(|path| lines(path)).collect();
    assert!(said.len() > 3_000, "{} lines of output only", said.len());
    none(&all_faults(&said));
}

#[cfg(all(feature = "pptx", feature = "xlsx"))]
#[test]
fn everything_written_about_the_examples_is_in_plain_words() {
    let mut wrong = BTreeSet::new();
    for path in listed("examples/stacks", "yaml") {
        let told = crate::formats::all().iter().find(|told| told.name == path.display().to_string());
        let said = said_in(&told.expect("each example is told in each format").read, &name(&path));
        assert!(said.len() > 500, "{} lines of output only", said.len());
        wrong.extend(all_faults(&said));
        // Cells of a workbook are values, which the program formats that shows them.
        let shown = said.iter().filter(|said| !said.place.starts_with("plan.xlsx"));
        wrong.extend(
            shown.flat_map(|said| {
                separator_faults(&said.text).into_iter().map(|fault| format!("{}: {fault}", said.place))
            }),
        );
        // Only Markdown has words between backticks; all else has looks for them, or shows them as they are.
        let plain = said.iter().filter(|said| !said.place.contains(".md of "));
        let has_ticks = plain.filter(|said| said.text.contains('`'));
        wrong.extend(has_ticks.map(|said| format!("{}: a backtick in {:?}", said.place, said.text)));
        wrong.extend(
            texts(&path).into_iter().filter(|text| text.contains('`')).map(|text| format!("{}: {text}", name(&path))),
        );
    }
    none(&wrong);
}

/// The lines that the commands write on a terminal about a stack: what is asked most, and all of it.
fn texts(path: &Path) -> Vec<String> {
    let path = path.display().to_string();
    let mut all = Vec::new();
    let mut commands = vec![vec!["check"], vec!["handoffs"], vec!["stage"], vec!["outage"]];
    // The plan of the largest takes a program that is not optimized twenty seconds, and has no other sentences.
    if !path.contains("messy-45") {
        commands.extend([vec!["plan"], vec!["questions"]]);
    }
    for args in commands {
        let output = crate::support::binary::run(&[args.as_slice(), &[&path, "--all"]].concat());
        let text = crate::support::binary::out(&output);
        assert!(!text.is_empty(), "{args:?} of {path} says nothing");
        all.extend(text.lines().map(str::to_owned));
    }
    all
}

/// A stack in which there is one of everything that is counted.
const OF_ONE: &str = "sinew: 1
name: One
as_of: 2026-11-21
currency: USD
hourly_rate: 4000
teams: { ops: { people: 1 } }
systems:
  writer: { kind: ai-content, name: Writer, makes: [text], availability: 99%, owner: ops }
  cms: { kind: cms, name: CMS, audience_facing: true, quotas: { daily_calls: 1, window: { calls: 1, seconds: 1 } } }
  crm: { kind: crm, name: CRM, makes: [lead] }
data: { text: { content: true }, lead: {} }
flows:
  - { from: writer, to: cms, data: text, mechanism: copy-paste, performer: ops, runs: 1/year, minutes: 60, review: { minutes: 60 } }
  - { from: crm, to: cms, data: lead, mechanism: api, runs: 1/day, records: 1 }
processes: { post: { name: Post, needs: [{ data: text, at: cms }], outage_cost: 1, tolerates: 1h } }
plan: { horizon: 1w, wave: 1w, capacity: 1d/week }
";

#[test]
fn what_is_counted_once_stands_in_the_singular_everywhere() {
    let said = outputs_of("one", OF_ONE.to_owned());
    assert!(said.iter().any(|said| said.text.contains("1 week")), "the horizon is told");
    none(&all_faults(&said));
    let hours = OF_ONE.replace("hourly_rate: 4000\n", "");
    none(&all_faults(&outputs_of("one in hours", hours)));
}
