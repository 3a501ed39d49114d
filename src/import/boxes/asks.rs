//! What a drawing does not say, as questions.

use super::Sheet;
use super::ends::{self, Joined};
use super::flows::{Made, Maker};
use super::shapes::{Shapes, Stands};
use crate::import::clean::slug;
use crate::import::draft::{DraftQuestion, EntryKey, Value};
use crate::import::recognise::spoken_name;

impl Maker<'_> {
    pub(super) fn ask(
        &mut self,
        rank: u8,
        kind: &str,
        name: &str,
        ask: String,
        about: Option<EntryKey>,
        answers: Vec<String>,
    ) {
        let id = format!("{kind}:{}", slug(name, "one"));
        self.draft.questions.insert(DraftQuestion { rank, id, ask, about, answers });
    }

    pub(super) fn ask_about_ends(&mut self, sheet: &Sheet, looked: &Shapes, joined: &Joined) {
        for (arrow, shape) in &joined.loose {
            let label = shape.and_then(|shape| Some((shape, looked.labels.get(&shape)?)));
            let Some((shape, label)) = label else { continue };
            let arrow = &sheet.arrows[*arrow];
            let words = arrow.label.replace('\n', ", ");
            let words = if words.is_empty() { "without a label".to_owned() } else { format!("\"{words}\"") };
            let name = &label.named.name;
            let is_open = ends::place(arrow.from).is_none() || ends::place(arrow.to).is_none();
            let ask = match (is_open, ends::place(arrow.from)) {
                (true, Some(_)) => format!("Where does the arrow {words} from \"{name}\" go to?"),
                (true, None) => format!("Where does the arrow {words} to \"{name}\" come from?"),
                (false, _) => format!("Which systems of \"{name}\" does the arrow {words} mean?"),
            };
            let about =
                matches!(looked.stands[shape], Stands::System(_)).then(|| EntryKey::System(label.named.key.clone()));
            self.ask(3, "end", &format!("{name} {words}"), ask, about, Vec::new());
        }
        for person in &joined.crowded {
            let Some(label) = looked.labels.get(person) else { continue };
            let ask = format!("What does \"{}\" carry from where to where?", label.named.name);
            self.ask(3, "carries", &label.named.name, ask, None, Vec::new());
        }
        for (name, ask) in &sheet.asks {
            self.ask(3, "drawing", name, ask.clone(), None, Vec::new());
        }
    }

    pub(super) fn ask_about_flow(&mut self, made: &Made) {
        let name = |key: &str| -> String {
            match self.draft.systems.get(key) {
                Some(system) => system.called.clone().unwrap_or_else(|| spoken_name(&system.named)),
                None => key.to_owned(),
            }
        };
        let (from, to) = (name(&made.key.from), name(&made.key.to));
        let about = Some(EntryKey::Flow(Box::new(made.key.clone())));
        let fields = &made.flow.entry.fields;
        let is_guess = |key: &str| fields.get(key).is_some_and(|given| given.guess.is_some());
        let id = format!("{from} {to} {}", made.key.data.iter().cloned().collect::<Vec<_>>().join(" "));
        let data = self.draft.objects_in_words(&made.key.data);
        if made.key.mechanism.is_manual() {
            let who = match fields.get("performer").map(|given| &given.value) {
                Some(Value::Team(team)) => self.draft.teams.get(team).map_or("somebody", |team| team.name.as_str()),
                _ => "somebody",
            };
            let often = if made.flow.runs.is_some() { "" } else { "How often does " };
            let ask = match (who, often) {
                ("somebody", "") => format!("Who carries {data} from {from} to {to}, and how long does it take?"),
                ("somebody", _) => {
                    format!("Who carries {data} from {from} to {to}, how often, and how long does it take?")
                }
                (who, "") => format!("How long does it take {who} to carry {data} from {from} to {to}?"),
                (who, _) => {
                    format!("How often does {who} carry {data} from {from} to {to}, and how long does it take?")
                }
            };
            self.ask(
                2,
                "effort",
                &id,
                ask,
                about,
                vec!["minutes: 5".into(), "minutes: 15".into(), "minutes: 45".into()],
            );
        } else if is_guess("from") && made.is_silent {
            let ask = format!("What goes between {from} and {to}, and which way?");
            self.ask(5, "between", &id, ask, about, Vec::new());
        } else if made.is_silent {
            self.ask(5, "data", &id, format!("What goes from {from} to {to}?"), about, Vec::new());
        } else if is_guess("from") {
            let ask = format!("Does {data} go from {from} to {to}, or the other way?");
            self.ask(6, "way", &id, ask, about, Vec::new());
        }
    }
}
