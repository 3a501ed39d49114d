//! Words of a fixed list.

use crate::catalog::people;
use crate::catalog::words::Word;
use crate::model::table::{self, Context, Form, Refusal, Tables, Takes, Written, items, quoted, scalar};
use crate::source::{Diagnostic, Node, nearest};

/// A fixed list of words, each with what it stands for.
pub(in crate::model) trait Vocabulary {
    type Meaning: Copy + Ord;
    /// All words, in the order of the reference.
    fn all() -> Vec<(Self::Meaning, &'static str)>;
}

impl<W: Word> Vocabulary for W {
    type Meaning = W;
    fn all() -> Vec<(W, &'static str)> {
        W::WORDS.iter().map(|word| (*word, word.word())).collect()
    }
}

pub(super) fn words<V: Vocabulary>() -> Vec<&'static str> {
    V::all().into_iter().map(|(_, word)| word).collect()
}

typed! {
    /// One word of the list of `V`; `what` says in messages what the words are for.
    one_of(what: &'static str) -> OneOf<V: Vocabulary> takes Takes::Word(words::<V>);
    /// A list of words of the list of `V`; `all` names the list in messages, `what` says what the words are for.
    some_of(all: &'static str, what: &'static str) -> SomeOf<V: Vocabulary> takes Takes::Words(words::<V>);
}

/// The word of `V` that somebody means by `said`: itself whatever its case, or what people's words under `about` say.
fn meant<V: Vocabulary>(about: &str, said: &str) -> Option<V::Meaning> {
    let known = V::all();
    let find = |word: &str| known.iter().find(|(_, known)| *known == word).map(|(meaning, _)| *meaning);
    if let Some(found) = find(said) {
        return Some(found);
    }
    // Longer than any word of ours.
    if said.len() > 80 {
        return None;
    }
    let parts: Vec<&str> = said.split(|c: char| c.is_whitespace() || matches!(c, '-' | '_')).collect();
    find(&parts.join("-").to_lowercase()).or_else(|| find(people::meaning(about, said)?))
}

impl<V: Vocabulary> OneOf<V> {
    /// What `said` means; nothing where it is no word of these.
    pub(in crate::model) fn meant(&self, said: &str) -> Option<V::Meaning> {
        meant::<V>(self.what, said.trim())
    }

    /// Whether `said` is no word of these, can mean none of them, and is no typing error of one.
    pub(in crate::model) fn is_foreign(&self, said: &str) -> bool {
        self.meant(said).is_none()
            && people::meanings(self.what, said).is_empty()
            && nearest(said, words::<V>()).is_none()
    }

    /// `said` as a problem: with each of its meanings, the nearest word, or all of them.
    fn unknown(&self, said: &str, node: &Node<'_>) -> Diagnostic {
        let mut all = words::<V>();
        let several: Vec<_> =
            people::meanings(self.what, said).iter().filter(|one| all.contains(&one.means.as_str())).collect();
        if !several.is_empty() {
            let what = self.what;
            return Refusal {
                message: format!("{} is not one {what} but several", quoted(said)),
                help: String::new(),
                instead: several.iter().map(|one| (one.means.clone(), one.when.clone())).collect(),
            }
            .at("unknown-word", node);
        }
        let near = nearest(said, all.iter().copied());
        // What is of no other kind is of this one.
        let rest = all.iter().copied().find(|word| *word == "other");
        all.sort_unstable();
        let all = all.iter().map(|word| format!("`{word}`")).collect::<Vec<_>>().join(", ");
        let problem = Diagnostic::error("unknown-word", node.span, format!("unknown {} {}", self.what, quoted(said)));
        match (near, rest) {
            (Some(near), _) => {
                problem.help(format!("did you mean `{near}`? Choose from {all}")).instead(node.span, near, "")
            }
            (None, Some(rest)) => problem.help(format!("write `{rest}`, or choose from {all}")).instead(
                node.span,
                rest,
                "if none of the others fits",
            ),
            (None, None) => problem.help(format!("choose from {all}")),
        }
    }
}

impl<V: Vocabulary> Form<V::Meaning> for OneOf<V> {
    fn read(&self, node: &Node<'_>, cx: &mut Context) -> Option<V::Meaning> {
        let scalar = scalar(node, self.what, &mut cx.problems)?;
        let found = self.meant(&scalar.text);
        if found.is_none() {
            cx.problems.push(self.unknown(scalar.text.trim(), node));
        }
        found
    }

    fn write(&self, value: &V::Meaning, _: &Tables) -> Written {
        let word = V::all().into_iter().find(|(meaning, _)| meaning == value).map_or("", |(_, word)| word);
        Written::Line(word.to_owned())
    }
}

impl<V: Vocabulary> Form<Vec<V::Meaning>> for SomeOf<V> {
    /// Words sorted by meaning, each once.
    fn read(&self, node: &Node<'_>, cx: &mut Context) -> Option<Vec<V::Meaning>> {
        let items = items(node, self.all, &mut cx.problems);
        let mut found: Vec<V::Meaning> =
            items.iter().filter_map(|item| one_of::<V>(self.what).read(item, cx)).collect();
        found.sort_unstable();
        found.dedup();
        Some(found)
    }

    fn write(&self, value: &Vec<V::Meaning>, ids: &Tables) -> Written {
        let words: Vec<String> = value.iter().map(|one| one_of::<V>(self.what).write(one, ids).line()).collect();
        Written::Line(table::list(&words))
    }
}
