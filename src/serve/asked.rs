//! What the page asks for, in people's words, as single edits of the file.

use serde::Deserialize;

use super::keeper::Wrong;
use super::typed;
use crate::ask;
use crate::catalog::Lookup;
use crate::edit::{Entry, Pair, Piece, Single, guessed, keys_of};
use crate::model::shape::Takes;
use crate::model::{Mechanism, Stack, is_id, slug, word_of_list};
use crate::report::say::listed;
use crate::report::{Names, made_of};
use crate::source::{nearest, visible};

/// An edit, as the page sends it. Texts are those that were typed.
#[derive(Clone, Debug, Deserialize)]
#[serde(tag = "do", rename_all = "kebab-case", deny_unknown_fields)]
pub(super) enum Asked {
    /// A system: a product of the catalog, or a name with its kind.
    AddSystem {
        name: String,
        #[serde(default)]
        kind: String,
        #[serde(default)]
        owner: String,
        #[serde(default)]
        domain: String,
    },
    /// A flow.
    AddFlow {
        from: String,
        what: String,
        to: String,
        how: String,
        #[serde(default)]
        who: String,
        #[serde(default)]
        runs: String,
        #[serde(default)]
        minutes: String,
    },
    /// A process, with what it needs as `lead at Salesforce, visits at Analytics`.
    AddProcess {
        name: String,
        #[serde(default)]
        needs: String,
        #[serde(default)]
        owner: String,
        #[serde(default)]
        cost: String,
        #[serde(default)]
        tolerates: String,
    },
    /// Another value of a key; an empty one takes it out. Without an entry it is a setting of the file.
    Set {
        #[serde(default)]
        entry: String,
        key: String,
        value: String,
    },
    /// A system is retired, a flow is off.
    Retire { entry: String },
    /// It is used again.
    Restore { entry: String },
    /// The answer to a question: a value for each of its keys.
    Answer { entry: String, values: Vec<(String, String)> },
    /// A finding is accepted.
    Accept { finding: String, why: String },
    /// A guess is confirmed.
    Confirm { entry: String, key: String },
}

/// An edit with the words for undoing it.
pub(super) struct Meant {
    pub(super) singles: Vec<Single>,
    pub(super) words: String,
}

/// What can be asked for of `stack`.
pub(super) fn meant(asked: &Asked, stack: &Stack) -> Result<Meant, Wrong> {
    let mut wish = Wish { stack, singles: Vec::new() };
    let words = match asked {
        Asked::AddSystem { name, kind, owner, domain } => wish.system(name, kind, owner, domain)?,
        Asked::AddFlow { from, what, to, how, who, runs, minutes } => {
            wish.flow([from, what, to, how], who, [("runs", runs), ("minutes", minutes)])?
        }
        Asked::AddProcess { name, needs, owner, cost, tolerates } => {
            wish.process(name, needs, owner, [("outage_cost", cost), ("tolerates", tolerates)])?
        }
        Asked::Set { entry, key, value } => wish.set(entry, key, value)?,
        Asked::Answer { entry, values } => wish.answer(entry, values)?,
        Asked::Retire { entry } => {
            let id = ask::entry(stack, entry)?;
            wish.singles.push(Single::Retire(id.clone()));
            format!("retire {}", wish.called(&id))
        }
        Asked::Restore { entry } => {
            let id = ask::entry(stack, entry)?;
            wish.singles.push(Single::Restore(id.clone()));
            format!("bring back {}", wish.called(&id))
        }
        Asked::Accept { finding, why } => {
            let why = why.trim();
            if why.is_empty() {
                return Err(Wrong::because("say why: the reason stands beside the finding from then on"));
            }
            wish.singles.push(Single::Accept(finding.clone(), why.to_owned()));
            let names = Names::of(stack);
            format!("accept {}", made_of(finding, |id| names.has(id).then(|| names.anything(id))))
        }
        Asked::Confirm { entry, key } => {
            wish.singles.push(Single::Confirm(entry.clone(), key.clone()));
            format!("confirm {} of {}", key.replace('_', " "), wish.called(entry))
        }
    };
    Ok(Meant { singles: wish.singles, words })
}

struct Wish<'s> {
    stack: &'s Stack,
    singles: Vec<Single>,
}

/// Words that mean more than themselves in YAML, in one of its versions.
const MEANT: [&str; 11] = ["true", "false", "null", "yes", "no", "on", "off", "y", "n", "nan", "inf"];

/// A text that was typed, without quotes where nobody could take it for anything else.
fn text(words: &str) -> Piece {
    let words = words.trim();
    let is_word = words.starts_with(char::is_alphabetic) && !MEANT.contains(&words.to_lowercase().as_str());
    Piece::Scalar { text: words.to_owned(), plain: is_word }
}

fn pair(key: &str, value: Piece) -> Pair {
    Pair::new(key, value)
}

impl Wish<'_> {
    fn system(&mut self, name: &str, kind: &str, owner: &str, domain: &str) -> Result<String, Wrong> {
        let name = stated(name, "what is the system called?")?;
        let mut keys = Vec::new();
        let mut id = slug(name);
        match (self.stack.catalog.find(name), kind.trim()) {
            (Lookup::Product(product), "") => {
                id = Some(id.unwrap_or_else(|| product.id.as_str().to_owned()));
                keys.push(pair("product", Piece::word(product.id.as_str())));
                if product.name != name {
                    keys.push(pair("name", text(name)));
                }
            }
            (Lookup::Suite(suite), "") => {
                let members: Vec<String> = suite.members.iter().map(|one| format!("`{}`", one.as_str())).collect();
                return Err(Wrong::because(format!(
                    "`{}` is several products; name one: {}",
                    visible(name),
                    members.join(", ")
                )));
            }
            (Lookup::Unknown, "") => {
                let near = self.stack.catalog.perhaps(name);
                let near = near.map(|near| format!(" (did you mean `{near}`?)")).unwrap_or_default();
                return Err(Wrong::because(format!(
                    "the catalog has no product `{}`{near}; say what kind of system it is",
                    visible(name)
                )));
            }
            (_, kind) => {
                keys.push(pair("kind", text(kind)));
                keys.push(pair("name", text(name)));
            }
        }
        let id = self.new_id("systems", id, name)?;
        if !owner.trim().is_empty() {
            keys.push(pair("owner", Piece::word(self.team(owner)?)));
        }
        if !domain.trim().is_empty() {
            keys.push(pair("domain", text(domain)));
        }
        self.singles.push(Single::Add { list: "systems", id, keys });
        Ok(format!("add {name}"))
    }

    fn flow(
        &mut self,
        [from, what, to, how]: [&str; 4],
        who: &str,
        figures: [(&str, &String); 2],
    ) -> Result<String, Wrong> {
        let (from, to) = (self.system_id(from, "where from?")?, self.system_id(to, "where to?")?);
        let mut objects = Vec::new();
        for object in stated(what, "what does it carry?")?.split(',') {
            objects.push(self.object(object)?);
        }
        let how = stated(how, "how does it go there?")?;
        let mechanism = Mechanism::ALL.iter().find(|one| one.as_str() == how.to_lowercase().replace([' ', '_'], "-"));
        let mechanism = mechanism.map_or_else(|| text(how), |one| Piece::word(one.as_str()));
        let mut keys = vec![pair("from", Piece::word(&from)), pair("to", Piece::word(&to))];
        keys.push(pair("data", ids(objects)));
        keys.push(pair("mechanism", mechanism));
        if !who.trim().is_empty() {
            keys.push(pair("performer", Piece::word(self.team(who)?)));
        }
        for (key, value) in figures.into_iter().filter(|(_, value)| !value.trim().is_empty()) {
            keys.push(pair(key, Piece::word(value.trim())));
        }
        self.singles.push(Single::AddFlow(keys));
        Ok(format!("add the flow from {} to {}", self.called(&from), self.called(&to)))
    }

    fn process(
        &mut self,
        name: &str,
        needs: &str,
        owner: &str,
        figures: [(&str, &String); 2],
    ) -> Result<String, Wrong> {
        let name = stated(name, "what is the process called?")?;
        let id = self.new_id("processes", slug(name), name)?;
        let mut keys = vec![pair("name", text(name))];
        if !owner.trim().is_empty() {
            keys.push(pair("owner", Piece::word(self.team(owner)?)));
        }
        let mut list = Vec::new();
        for need in needs.split(',').map(str::trim).filter(|need| !need.is_empty()) {
            let Some((what, at)) = need.rsplit_once(" at ") else {
                return Err(Wrong::because(format!(
                    "`{}`: write what it needs where, such as `lead at Salesforce`",
                    visible(need)
                )));
            };
            let (data, at) = (self.object(what)?, self.system_id(at, "where does it need it?")?);
            list.push(Piece::Map(vec![pair("data", Piece::word(data)), pair("at", Piece::word(at))]));
        }
        if !list.is_empty() {
            keys.push(pair("needs", Piece::List(list)));
        }
        for (key, value) in figures.into_iter().filter(|(_, value)| !value.trim().is_empty()) {
            keys.push(pair(key, Piece::word(value.trim())));
        }
        self.singles.push(Single::Add { list: "processes", id, keys });
        Ok(format!("add the process {name}"))
    }

    fn set(&mut self, entry: &str, key: &str, value: &str) -> Result<String, Wrong> {
        let key = stated(key, "which key?")?;
        let (entry, list) = match entry.trim() {
            "" => (Entry::File, None),
            said => {
                let id = ask::entry(self.stack, said)?;
                let list = self.list_of(&id);
                (Entry::Of(id), list)
            }
        };
        let value = match value.trim() {
            "" => None,
            value => Some(self.value(list, key, value)?),
        };
        let of = match &entry {
            Entry::File => String::new(),
            Entry::Of(id) => format!(" of {}", self.called(id)),
        };
        self.singles.push(Single::Set(entry, key.to_owned(), value));
        Ok(format!("change {}{of}", key.replace(['_', '.'], " ")))
    }

    /// A question about the entry itself is answered by yes or no.
    fn answer(&mut self, entry: &str, values: &[(String, String)]) -> Result<String, Wrong> {
        for (key, value) in values {
            let is_itself = ["flow", "system", "team", "data", "process"].contains(&key.as_str());
            match (is_itself, value.trim().to_lowercase().as_str()) {
                (_, "") => return Err(Wrong::because(format!("`{}` has no answer yet", visible(key)))),
                (true, "yes") => self.singles.push(Single::Confirm(entry.to_owned(), key.clone())),
                (true, "no") => self.singles.push(Single::Retire(entry.to_owned())),
                (true, _) => return Err(Wrong::because("answer `yes` or `no`")),
                (false, _) => {
                    self.set(entry, key, value)?;
                }
            }
        }
        // What was a guess and is stated by the people who know is none any more.
        let guesses = guessed(self.stack, entry);
        for (key, _) in values {
            if guesses.iter().any(|guess| guess == key) && self.singles.iter().all(|one| !is_confirmed(one, key)) {
                self.singles.push(Single::Confirm(entry.to_owned(), key.clone()));
            }
        }
        let keys: Vec<String> = values.iter().map(|(key, _)| key.replace('_', " ")).collect();
        let of = if entry.is_empty() { String::new() } else { format!(" of {}", self.called(entry)) };
        Ok(format!("answer {}{of}", listed(&keys)))
    }

    /// A typed value as the key takes it: names for ids, commas between those of a list.
    fn value(&mut self, list: Option<&'static str>, key: &str, value: &str) -> Result<Piece, Wrong> {
        let mut keys = keys_of(list);
        let mut takes = None;
        for part in key.split('.') {
            takes = keys.iter().find(|known| known.name == part).map(|known| known.takes);
            keys = if let Some(Takes::Object(inner)) = takes { inner } else { &[] };
        }
        if !matches!(takes, Some(Takes::Text))
            && let Some(read) = typed::mappings(value)
        {
            return read;
        }
        let bare = value.strip_prefix('[').and_then(|rest| rest.strip_suffix(']'));
        let parts = || bare.unwrap_or(value).split(',').map(str::trim).filter(|part| !part.is_empty());
        Ok(match takes {
            Some(Takes::IdOf("team") | Takes::IdOrWord("team", _)) if value != "nobody" => {
                Piece::word(self.team(value)?)
            }
            Some(Takes::IdOf("system")) => Piece::word(self.system_id(value, "which system?")?),
            Some(Takes::IdsOf("system")) => {
                let all: Result<Vec<String>, Wrong> = parts().map(|one| self.system_id(one, "which system?")).collect();
                ids(all?)
            }
            Some(Takes::IdsOf("data object" | "data") | Takes::IdsOr("data object" | "data", _)) => {
                let all: Result<Vec<String>, Wrong> = parts().map(|one| self.object(one)).collect();
                ids(all?)
            }
            Some(Takes::Words(_)) => Piece::List(parts().map(text).collect()),
            Some(Takes::Text) => text(value),
            // A list of low, likely and high is one as it is written.
            _ => match bare {
                Some(inner) => Piece::List(inner.split(',').map(|one| Piece::word(one.trim())).collect()),
                None => typed::range(value).unwrap_or_else(|| Piece::word(value)),
            },
        })
    }

    /// What an entry is called.
    fn called(&self, id: &str) -> String {
        Names::of(self.stack).anything(id)
    }

    fn list_of(&self, id: &str) -> Option<&'static str> {
        crate::edit::list_of(self.stack, id)
    }

    /// The id of a system that is there.
    fn system_id(&self, said: &str, question: &str) -> Result<String, Wrong> {
        let said = stated(said, question)?;
        let id = ask::entry(self.stack, said);
        match id {
            Ok(id) if self.stack.find_system(&id).is_some() => Ok(id),
            // Two have this name, and one has to be named by its id.
            Err(refused) if self.stack.systems.iter().filter(|one| is_called(one, said)).count() > 1 => {
                Err(refused.into())
            }
            _ => {
                let known = self.stack.systems.iter().map(|one| one.name.as_str());
                let near = nearest(said, known).map(|near| format!(" (did you mean `{near}`?)")).unwrap_or_default();
                Err(Wrong::because(format!("there is no system `{}`{near}; add it first", visible(said))))
            }
        }
    }

    /// The id of a team, which is added where there is none of that name.
    fn team(&mut self, said: &str) -> Result<String, Wrong> {
        if said.contains([',', ';']) && ask::entry(self.stack, said).is_err() {
            let message = format!(
                "`{}` names several; one team or person stands here: name the one who owns it, or a team of all",
                visible(said)
            );
            return Err(Wrong::because(message));
        }
        self.named("teams", said)
    }

    /// The id of a data object, which is added where there is none of that name.
    fn object(&mut self, said: &str) -> Result<String, Wrong> {
        self.named("data", said)
    }

    fn named(&mut self, list: &'static str, said: &str) -> Result<String, Wrong> {
        let said = stated(said, "a name is missing between two commas")?;
        let is_it = |id: &str| match list {
            "teams" => self.stack.find_team(id).is_some(),
            _ => self.stack.find_data(id).is_some(),
        };
        if let Ok(id) = ask::entry(self.stack, said)
            && is_it(&id)
        {
            return Ok(id);
        }
        let is_new = |one: &&Single| matches!(one, Single::Add { list: of, .. } if *of == list);
        let name = pair("name", text(said));
        let is_name = |one: &Pair| one.key == name.key && one.value == name.value;
        let same = self.singles.iter().filter(is_new).find_map(|one| match one {
            Single::Add { id, keys, .. } if Some(id) == slug(said).as_ref() || keys.iter().any(is_name) => {
                Some(id.clone())
            }
            _ => None,
        });
        if let Some(id) = same {
            return Ok(id);
        }
        let id = self.new_id(list, slug(said), said)?;
        self.singles.push(Single::Add { list, id: id.clone(), keys: vec![name] });
        Ok(id)
    }

    /// An id that nothing has yet; of a name in other letters than those from a to z, the word for what it is, with a number.
    fn new_id(&self, list: &'static str, id: Option<String>, said: &str) -> Result<String, Wrong> {
        let Some(id) = id.filter(|id| is_id(id)) else {
            let word = word_of_list(list);
            let is_new = |id: &String| {
                let is_it = |one: &Single| matches!(one, Single::Add { id: known, .. } if known == id);
                self.list_of(id).is_none() && !self.singles.iter().any(is_it)
            };
            let numbered = (2..).map(|number| format!("{word}-{number}"));
            return std::iter::once(word.to_owned())
                .chain(numbered)
                .find(is_new)
                .ok_or_else(|| Wrong::because("no id is left"));
        };
        if MEANT.contains(&id.as_str()) {
            let why = format!("`{}` means something else in a stack file; give it a longer name", visible(said));
            return Err(Wrong::because(why));
        }
        match self.list_of(&id) {
            None => Ok(id),
            Some(list) => Err(Wrong::because(format!(
                "`{}` is there already, under `{list}`; give this one another name",
                visible(&id)
            ))),
        }
    }
}

/// What was done, for words that say what is to be done.
pub(super) fn done(words: &str) -> String {
    let (verb, rest) = words.split_once(' ').unwrap_or((words, ""));
    let past = match verb {
        "add" => "Added",
        "change" => "Changed",
        "retire" => "Retired",
        "bring" => "Brought",
        "accept" => "Accepted",
        "confirm" => "Confirmed",
        "answer" => "Answered",
        other => other,
    };
    format!("{past} {rest}")
}

/// Whether a system has this name, beside others perhaps.
fn is_called(system: &crate::model::System, said: &str) -> bool {
    let name = system.facts.name.as_deref().unwrap_or_default();
    system.name.as_str().eq_ignore_ascii_case(said) || name.eq_ignore_ascii_case(said)
}

fn is_confirmed(one: &Single, key: &str) -> bool {
    matches!(one, Single::Confirm(_, known) if known == key)
}

fn ids(all: Vec<String>) -> Piece {
    match <[String; 1]>::try_from(all) {
        Ok([one]) => Piece::word(one),
        Err(all) => Piece::List(all.into_iter().map(Piece::word).collect()),
    }
}

fn stated<'t>(text: &'t str, question: &str) -> Result<&'t str, Wrong> {
    let text = text.trim();
    if text.is_empty() { Err(Wrong::because(question)) } else { Ok(text) }
}
