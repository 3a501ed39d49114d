//! Findings that somebody decided to live with.

use jiff::civil::Date;

use crate::model::form::{Day, Text};
use crate::model::table::{
    self, Context, Fields, Key, Mapping, Mask, Maskable, Masker, Pairs, Tables, Takes, Written, mapping,
};
use crate::source::{Diagnostic, Span};

mapping! {
    /// A finding that somebody decided to live with.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct Acceptance = "an acceptance" {
        + place: Span = Fields::place, "Where the file says so.";
        + rule_place: Span = rule_place, "Where it names the rule or the finding.";
        + subject_place: Span = subject_place, "Where it names the subject, if it does.";
        what: Accepted = flat, (), Name, "Which findings.";
        until: Option<Date> = may, Day, Keep, "The last day on which that holds.";
        why: Option<String> = may, Text::Word, Drop, "Why.";
    }
}

/// What an acceptance names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Accepted {
    /// All findings of a rule about a subject.
    Subject {
        /// The id of the rule.
        rule: String,
        /// One of the finding's subjects.
        subject: String,
    },
    /// One finding, by its id.
    Finding(String),
}

/// Either of two ways to name findings, and not both.
impl Mapping for Accepted {
    const WHAT: &'static str = Acceptance::WHAT;
    const KEYS: &'static [Key] = &[
        key("rule", Mask::Keep, "The rule whose findings are accepted."),
        key("subject", Mask::Name, "One of the subjects of the findings."),
        key("id", Mask::Name, "The id of one finding, instead of rule and subject."),
    ];

    fn read(fields: &Fields<'_, '_>, cx: &mut Context) -> Option<Self> {
        let mut text = |key| fields.read::<String>(key, &Text::Word, cx);
        match (text("rule"), text("subject"), text("id")) {
            (Some(rule), Some(subject), None) => Some(Self::Subject { rule, subject }),
            (None, None, Some(id)) => Some(Self::Finding(id)),
            _ => {
                cx.problems.push(
                    Diagnostic::error(
                        "bad-acceptance",
                        fields.place(),
                        "an acceptance names a rule and a subject, or the id of a finding",
                    )
                    .help("write `rule: no-runbook` and `subject: jasper`, or `id: no-runbook:jasper`"),
                );
                None
            }
        }
    }

    fn blank(_: &Fields<'_, '_>) -> Self {
        Self::Finding(String::new())
    }

    fn write(&self, _: &Tables, out: &mut Pairs) {
        let mut text = |key: &'static str, text: &str| out.push((key.into(), Written::Line(table::text(text))));
        match self {
            Self::Subject { rule, subject } => {
                text("rule", rule);
                text("subject", subject);
            }
            Self::Finding(id) => text("id", id),
        }
    }
}

/// What is named has its new name only once the whole stack has.
impl Maskable for Accepted {
    fn mask(&mut self, _: Mask, _: &mut dyn Masker) {}
}

const fn key(name: &'static str, mask: Mask, doc: &'static str) -> Key {
    Key { name, takes: Takes::Text, required: false, mask, doc }
}

fn rule_place(fields: &Fields<'_, '_>) -> Span {
    fields.get("rule").or(fields.get("id")).map_or(fields.place(), |node| node.span)
}

fn subject_place(fields: &Fields<'_, '_>) -> Span {
    fields.get("subject").or(fields.get("id")).map_or(fields.place(), |node| node.span)
}
