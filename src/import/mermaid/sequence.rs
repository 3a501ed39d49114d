//! Sequence diagrams: participants, and messages in order of time.

use std::collections::BTreeMap;

use super::plain;
use crate::import::boxes::{Arrow, End, Heads, Lost, Shape, Sheet, Style, What};

/// The arrows of messages, the longest first, and whether they reply and go both ways.
const ARROWS: [(&str, bool, bool); 12] = [
    ("<<-->>", true, true),
    ("<<->>", false, true),
    ("-->>", true, false),
    ("->>", false, false),
    ("--x", true, false),
    ("-x", false, false),
    ("--)", true, false),
    ("-)", false, false),
    ("-->", true, false),
    ("->", false, false),
    ("--\\", true, false),
    ("-\\", false, false),
];

/// Answers that only say that something arrived.
const ACKNOWLEDGED: [&str; 32] = [
    "ok",
    "okay",
    "ack",
    "acknowledge",
    "acknowledged",
    "acknowledgement",
    "acknowledgment",
    "success",
    "successful",
    "confirm",
    "confirmed",
    "confirmation",
    "done",
    "accepted",
    "created",
    "updated",
    "response",
    "result",
    "status",
    "received",
    "receipt",
    "thanks",
    "thank you",
    "error",
    "failure",
    "failed",
    "no content",
    "saved",
    "sent",
    "token",
    "access token",
    "completed",
];

/// Reads the lines of a sequence diagram, the first of which is line `first` of its file.
pub(super) fn read(body: &str, first: usize) -> Sheet {
    let mut reader = Reader { sheet: Sheet::default(), places: BTreeMap::new(), open: None, first };
    for (at, line) in body.lines().enumerate().skip(1) {
        for statement in line.split(';') {
            reader.statement(statement.split("%%").next().unwrap_or_default().trim(), at);
        }
    }
    reader.sheet
}

struct Reader {
    sheet: Sheet,
    places: BTreeMap<String, usize>,
    /// The box that is open.
    open: Option<usize>,
    first: usize,
}

impl Reader {
    fn statement(&mut self, line: &str, at: usize) {
        let (word, rest) = line.split_once(char::is_whitespace).unwrap_or((line, ""));
        match word {
            "participant" | "actor" => self.participant(word, rest.trim()),
            "create" | "destroy" => {
                if let Some((kind @ ("participant" | "actor"), rest)) = rest.trim().split_once(char::is_whitespace) {
                    self.participant(kind, rest.trim());
                }
            }
            "box" => {
                let name = rest.trim();
                let is_color = |word: &str| {
                    word.starts_with("rgb")
                        || word.starts_with('#')
                        || matches!(
                            word,
                            "transparent"
                                | "Aqua"
                                | "Purple"
                                | "Gray"
                                | "Green"
                                | "Blue"
                                | "Yellow"
                                | "Orange"
                                | "Pink"
                        )
                };
                let name = match name.split_once(char::is_whitespace) {
                    Some((color, rest)) if is_color(color) && !color.contains('(') => rest,
                    _ if name.starts_with("rgb") => name.split_once(')').map_or("", |(_, rest)| rest),
                    _ if is_color(name) => "",
                    _ => name,
                };
                self.open = Some(self.sheet.shapes.len());
                self.sheet.shapes.push(Shape::new(format!("box {at}"), What::Group, &plain(name.trim())));
            }
            "end" => self.open = None,
            "note" | "Note" | "loop" | "alt" | "else" | "opt" | "par" | "and" | "critical" | "option" | "break"
            | "rect" | "activate" | "deactivate" | "autonumber" | "title" | "title:" | "links" | "link"
            | "properties" => {}
            _ => self.message(line, at),
        }
    }

    fn participant(&mut self, kind: &str, rest: &str) {
        let (id, label) = rest.split_once(" as ").unwrap_or((rest, rest));
        let id = id.split("@{").next().unwrap_or_default().trim();
        let what = if kind == "actor" { What::Person } else { What::Plain };
        let at = self.place(id, plain(label.trim().trim_matches('"')).as_str());
        self.sheet.shapes[at].what = what;
        self.sheet.shapes[at].within = self.open;
    }

    fn place(&mut self, id: &str, label: &str) -> usize {
        if let Some(at) = self.places.get(id) {
            return *at;
        }
        let at = self.sheet.shapes.len();
        self.places.insert(id.to_owned(), at);
        self.sheet.shapes.push(Shape::new(id, What::Plain, label));
        at
    }

    fn message(&mut self, line: &str, at: usize) {
        let (ends, text) = line.split_once(':').unwrap_or((line, ""));
        let found = ARROWS.iter().filter_map(|arrow| Some((ends.find(arrow.0)?, arrow)));
        let Some((place, (arrow, is_reply, is_both))) =
            found.min_by_key(|(at, arrow)| (*at, usize::MAX - arrow.0.len()))
        else {
            return;
        };
        let (from, to) =
            (ends[..place].trim(), ends[place + arrow.len()..].trim().trim_start_matches(['+', '-']).trim());
        if from.is_empty() || to.is_empty() {
            return;
        }
        let (from, to) = (self.place(from, from), self.place(to, to));
        let label = plain(text.trim());
        let number = self.first + at;
        let name = |at: usize| self.sheet.shapes[at].lines.join(" ");
        let shown = format!("line {number}, {} to {}", name(from), name(to));
        if is_acknowledgment(&label, *is_reply) {
            self.sheet.dropped.push(Lost { what: "reply", at: shown, why: "it only acknowledges" });
            return;
        }
        let id = format!("{}->{}: {}", self.sheet.shapes[from].id, self.sheet.shapes[to].id, label.replace('\n', " "));
        let mut arrow = Arrow::new(id, End::At(from), End::At(to), &label, Style::Message { is_reply: *is_reply });
        arrow.at = shown;
        arrow.heads = if *is_both { Heads::Both } else { Heads::Forward };
        self.sheet.arrows.push(arrow);
    }
}

/// Whether a message only says that something arrived.
fn is_acknowledgment(label: &str, is_reply: bool) -> bool {
    let lower = label.to_lowercase();
    let words: Vec<&str> = lower.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let is_code = |word: &&str| {
        word.len() == 3 && word.starts_with(['1', '2', '3', '4', '5']) && word.bytes().all(|b| b.is_ascii_digit())
    };
    let rest: Vec<&str> = words
        .iter()
        .filter(|word| !is_code(word) && !matches!(**word, "http" | "status" | "code" | "the" | "a"))
        .copied()
        .collect();
    if is_reply && (rest.is_empty() || words.first().is_some_and(is_code)) {
        return true;
    }
    let text = rest.join(" ");
    !rest.is_empty()
        && (ACKNOWLEDGED.contains(&text.as_str())
            || is_reply && rest.len() <= 3 && rest.iter().any(|word| ACKNOWLEDGED[..15].contains(word)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn messages_are_read_and_acknowledgments_dropped() {
        let text = "sequenceDiagram\n actor S as Sales rep\n participant H as HubSpot\n H->>+S: Lead, by mail\n S-->>-H: 200 OK\n S->>New One: x; H->H: y\n Note over H: z\n loop a\n H--)S: ok\n end";
        let sheet = read(text, 10);
        let names: Vec<String> = sheet.shapes.iter().map(|shape| shape.lines.join(" ")).collect();
        assert_eq!(names, ["Sales rep", "HubSpot", "New One"]);
        assert_eq!(sheet.shapes[0].what, What::Person);
        let arrows: Vec<&str> = sheet.arrows.iter().map(|arrow| arrow.label.as_str()).collect();
        assert_eq!((arrows, sheet.dropped.len()), (vec!["Lead, by mail", "x", "y"], 2));
        assert!(sheet.arrows[0].at.starts_with("line 13"), "{}", sheet.arrows[0].at);
    }

    #[test]
    fn an_answer_with_data_is_no_acknowledgment() {
        for label in ["Firmographics", "contact list", "Lead details", "Updated contact record"] {
            assert!(!is_acknowledgment(label, true), "{label}");
        }
        for label in ["201 Created", "OK", "", "Success response", "HTTP 204", "Confirmation"] {
            assert!(is_acknowledgment(label, true), "{label}");
        }
    }
}
