//! Problems of a stack file that have one meaning only, taken away: the exact replacements that diagnostics carry.

use std::collections::BTreeMap;

use super::editor::spliced;
use crate::model::{Reading, read};
use crate::source::{Diagnostic, Fix, Position, Source, Span, is_json};

/// Rounds of reading and replacing: what one replacement brings to light, the next round replaces.
const ROUNDS: usize = 20;

/// What became of a file.
#[derive(Clone, Debug)]
pub struct Fixed {
    /// The text with every replacement that has one meaning.
    pub source: Source,
    /// What was replaced, in the order in which it was.
    pub made: Vec<Made>,
}

/// One problem that was taken away.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Made {
    /// Where it stood, in the text as it was then.
    pub place: Position,
    /// What was wrong.
    pub message: String,
    /// What stood at each place, and what stands there now.
    pub edits: Vec<(String, String)>,
}

impl Made {
    /// The change in one line.
    #[must_use]
    pub fn text(&self) -> String {
        let cut = |text: &str| {
            let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
            match line.char_indices().nth(80) {
                Some((at, _)) => format!("`{}…`", &line[..at]),
                None => format!("`{line}`"),
            }
        };
        let words = |(was, now): &(String, String)| match (was.trim(), now.trim()) {
            ("", "") => "spaces changed".to_owned(),
            ("", now) => format!("added {}", cut(now)),
            (was, "") => format!("removed {}", cut(was)),
            (was, now) => format!("{} is now {}", cut(was), cut(now)),
        };
        let mut edits: Vec<String> = self.edits.iter().take(3).map(words).collect();
        if self.edits.len() > edits.len() {
            edits.push(format!("{} more", self.edits.len() - edits.len()));
        }
        format!("{}:{}: {}: {}", self.place.line, self.place.column, self.message, edits.join("; "))
    }
}

/// Makes every replacement that has one meaning in `source`, again and again until there is none; what can mean several
/// things is left. No comment is lost: a replacement that would lose one is left too.
#[must_use]
pub fn fix(source: &Source) -> Fixed {
    fix_as_read(source, read)
}

/// The same of a stack that `read` reads, with the catalog that it brings.
#[must_use]
pub fn fix_as_read(source: &Source, read: impl Fn(&Source) -> Reading) -> Fixed {
    let mut now = source.clone();
    let mut made = Vec::new();
    for _ in 0..ROUNDS {
        let problems = read(&now).problems;
        let (text, round) = round(&now, &problems);
        if round.is_empty() {
            break;
        }
        made.extend(round);
        now = Source::new(now.name(), text);
    }
    Fixed { source: now, made }
}

/// All replacements of one reading that do not touch each other.
fn round(source: &Source, problems: &[Diagnostic]) -> (String, Vec<Made>) {
    let mut chosen: BTreeMap<Span, String> = BTreeMap::new();
    let mut made = Vec::new();
    let mut text = source.text().to_owned();
    let mut remarks = comments(&text);
    for problem in problems {
        let Some(only) = problem.only_fix() else { continue };
        let Some(edits) = written(source, only) else { continue };
        let fits = |(span, new): &(Span, String)| {
            let before = chosen.range(..=*span).next_back();
            let after = chosen.range(*span..).next();
            let is_same = chosen.get(span).is_some_and(|known| known == new);
            is_same
                || before.is_none_or(|(other, _)| other.end <= span.start && other != span)
                    && after.is_none_or(|(other, _)| span.end <= other.start && other != span)
        };
        if !edits.iter().all(fits) {
            continue;
        }
        let mut tried = chosen.clone();
        tried.extend(edits.iter().cloned());
        // Only what takes text out can take a comment out.
        let takes_out = edits.iter().any(|(span, _)| at(source, *span).contains('#'));
        if takes_out {
            let Some(then) = made_of(source.text(), &tried) else { continue };
            if !keeps(&remarks, &comments(&then)) {
                continue;
            }
            remarks = comments(&then);
        }
        let shown = edits.iter().map(|(span, new)| (at(source, *span).to_owned(), new.clone())).collect();
        made.push(Made {
            place: source.position(problem.span.start as usize),
            message: problem.message.clone(),
            edits: shown,
        });
        chosen = tried;
    }
    match made_of(source.text(), &chosen) {
        Some(now) => text = now,
        None => made.clear(),
    }
    (text, made)
}

fn made_of(text: &str, edits: &BTreeMap<Span, String>) -> Option<String> {
    spliced(text, edits.iter().map(|(span, new)| (*span, new.as_str())))
}

fn at(source: &Source, span: Span) -> &str {
    source.text().get(span.start as usize..span.end as usize).unwrap_or_default()
}

/// The edits of a replacement as the file has to hold them; nothing where they are no JSON in a file that is.
#[must_use]
pub fn written(source: &Source, fix: &Fix) -> Option<Vec<(Span, String)>> {
    if !is_json(source) {
        return Some(fix.edits.clone());
    }
    let as_json = |(span, new): &(Span, String)| {
        let is_value = serde_json::from_str::<serde_json::Value>(new).is_ok();
        let is_word = !new.is_empty() && !new.contains(['{', '[', ':', '\n', '"']);
        let is_scalar = !at(source, *span).starts_with(['{', '[']) && span.start < span.end;
        match (is_value, is_word && is_scalar) {
            (true, _) => Some((*span, new.clone())),
            (false, true) => Some((*span, serde_json::Value::from(new.as_str()).to_string())),
            (false, false) => None,
        }
    };
    fix.edits.iter().map(as_json).collect()
}

/// Whether every comment of `before` is still there, as often.
fn keeps(before: &BTreeMap<String, usize>, after: &BTreeMap<String, usize>) -> bool {
    before.iter().all(|(comment, count)| after.get(comment).is_some_and(|now| now >= count))
}

/// The comments of a text, which need not be YAML, with how often each stands there.
fn comments(text: &str) -> BTreeMap<String, usize> {
    let mut all = BTreeMap::new();
    for line in text.lines() {
        let (mut quote, mut before) = (None, ' ');
        for (at, c) in line.char_indices() {
            match quote {
                Some(mark) if c == mark => quote = None,
                Some(_) => {}
                None if c == '#' && before.is_whitespace() => {
                    *all.entry(line[at..].trim_end().to_owned()).or_default() += 1;
                    break;
                }
                // A quote within a word is an apostrophe.
                None if matches!(c, '"' | '\'') && (before.is_whitespace() || "[{,:".contains(before)) => {
                    quote = Some(c);
                }
                None => {}
            }
            before = c;
        }
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fixed(text: &str) -> (String, usize) {
        let fixed = fix(&Source::new("stack.yaml", text.to_owned()));
        (fixed.source.text().to_owned(), fixed.made.len())
    }

    #[test]
    fn one_meaning_is_written_and_two_are_left() {
        let text = "sinew: 1\nsystems: # ours\n  a: { knd: crm } # first\n  b: { kind: cms }\ndata: { d: {} }\nflows:\n  - { from: a, to: b, data: d, mechanism: csv } # two meanings\n";
        let (text, made) = fixed(text);
        assert!(text.contains("a: { kind: crm } # first") && text.contains("mechanism: csv"), "{text}");
        assert_eq!(made, 1);
    }

    #[test]
    fn a_fixed_file_is_left_alone() {
        let text = "sinew: 1\nname: Acme: marketing # the company\n";
        let (once, made) = fixed(text);
        assert_eq!((once.as_str(), made), ("sinew: 1\nname: \"Acme: marketing\" # the company\n", 1));
        assert_eq!(fixed(&once), (once, 0));
    }

    /// The text of a stack with `systems`, `data` and `flows`, fixed.
    fn fixed_parts(systems: &str, data: &str, flows: &str) -> String {
        fixed(&format!("sinew: 1\nsystems: {{ {systems} }}\ndata: {{ {data} }}\nflows:\n{flows}")).0
    }

    #[test]
    fn a_word_for_an_entry_says_what_it_says() {
        for (data, now) in [
            ("lead: personal", "lead: { personal: true }"),
            ("lead: PII", "lead: { personal: true }"),
            ("post: content", "post: { content: true }"),
            ("lead: Marketing lead", "lead: { name: Marketing lead }"),
            // Where it is kept, or what it is called; and yes to nothing.
            ("lead: a", "lead: a"),
            ("lead: yes", "lead: yes"),
            ("lead: 3", "lead: 3"),
        ] {
            let text = fixed_parts("a: { kind: crm }", data, "");
            assert!(text.contains(&format!("data: {{ {now} }}")), "{text}");
        }
        let (text, _) =
            fixed("sinew: 1\nteams: { mops: 3, content: Content team }\nsystems: { a: crm, b: Salesforce }\n");
        for now in
            ["mops: { people: 3 }", "content: { name: Content team }", "a: { kind: crm }", "b: { product: Salesforce }"]
        {
            assert!(text.contains(now), "{now}: {text}");
        }
    }

    #[test]
    fn a_missing_comma_is_written_and_invents_no_system() {
        let flow = "  - { from: a, to: b, data: d, mechanism: api }\n";
        let text = fixed_parts(
            "a: { kind: crm }, b: { kind: bi }",
            "d: {}",
            &format!("{flow}  - {{ from: b to: a, data: d, mechanism: api }}\n"),
        );
        assert!(text.contains("{ from: b, to: a, data: d") && !text.contains("b-to-a"), "{text}");
        // Of a key that the file has nowhere else it may be a text.
        let alone =
            "sinew: 1\nsystems: { a: { kind: crm }, b: { kind: bi } }\nprocesses: { p: { name: launch plan: two } }\n";
        assert_eq!(fixed(alone), (alone.to_owned(), 0));
        let name = fixed("sinew: 1\nname: Acme Inc: marketing\n").0;
        assert_eq!(name, "sinew: 1\nname: \"Acme Inc: marketing\"\n");
    }

    #[test]
    fn an_id_that_may_be_one_that_is_there_is_no_new_one() {
        let systems = "6sense: { product: 6sense }, list-1: { kind: spreadsheet }, hubspot: { product: HubSpot }";
        for id in ["sixsense", "list-2", "hubspot-eu"] {
            let text =
                fixed_parts(systems, "d: {}", &format!("  - {{ from: {id}, to: 6sense, data: d, mechanism: api }}\n"));
            assert!(text.contains(&format!("from: {id},")) && !text.contains(&format!("{id}: {{")), "{text}");
        }
        let text = fixed_parts(systems, "d: {}", "  - { from: warehouse, to: 6sense, data: d, mechanism: api }\n");
        assert!(text.contains("warehouse: { kind: other }"), "{text}");
    }

    #[test]
    fn what_the_catalog_knows_is_not_overruled_and_a_limit_is_not_put_aside() {
        let text = fixed_parts("mk: { product: marketo, kind: martech }, own: { kind: martech }", "", "");
        assert!(text.contains("mk: { product: marketo }") && text.contains("own: { kind: martech }"), "{text}");
        let process = "sinew: 1\nsystems: { a: { kind: crm, makes: [d] } }\ndata: { d: {} }\nprocesses: { p: { needs: [{ data: d, at: a }], max_age: 5d } }\n";
        assert_eq!(fixed(process), (process.to_owned(), 0));
        let source = Source::new("stack.yaml", process.to_owned());
        let advice = read(&source).problems[0].advice().unwrap();
        assert!(advice.contains("`max_age` is a key of an entry of `needs`"), "{advice}");
    }

    #[test]
    fn a_percentage_has_no_thousands() {
        let text = fixed_parts("a: { kind: crm, availability: 99,999% }", "", "");
        assert!(text.contains("availability: 99.999%"), "{text}");
    }

    #[test]
    fn json_stays_json() {
        let text = "{ \"sinew\": 1, \"systems\": { \"a\": { \"kind\": \"crm\", \"availability\": 99.9 } } }\n";
        let source = Source::new("stack.json", text.to_owned());
        let fixed = fix(&source);
        assert!(serde_json::from_str::<serde_json::Value>(fixed.source.text()).is_ok(), "{}", fixed.source.text());
        assert!(fixed.source.text().contains("\"availability\": \"99.9%\""), "{}", fixed.source.text());
    }

    #[test]
    fn comments_are_told_from_quotes_and_apostrophes() {
        let all = comments("a: 'x # y' # one\nb: Sabine's #two\n# three\nc: x#y\n# three\n");
        let expected = [("# one", 1), ("# three", 2), ("#two", 1)].map(|(text, count)| (text.to_owned(), count));
        assert_eq!(all, BTreeMap::from(expected));
    }
}
