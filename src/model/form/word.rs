//! Words of a fixed list.

use crate::catalog::words::Word;
use crate::model::table::{self, Context, Form, Tables, Takes, Written, items, quoted, scalar};
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

impl<V: Vocabulary> Form<V::Meaning> for OneOf<V> {
    fn read(&self, node: &Node<'_>, cx: &mut Context) -> Option<V::Meaning> {
        let scalar = scalar(node, self.what, &mut cx.problems)?;
        let known = V::all();
        if let Some((value, _)) = known.iter().find(|(_, word)| *word == scalar.text) {
            return Some(*value);
        }
        let mut all = words::<V>();
        let near = nearest(&scalar.text, all.iter().copied());
        all.sort_unstable();
        let all = all.iter().map(|word| format!("`{word}`")).collect::<Vec<_>>().join(", ");
        let help = match near {
            Some(near) => format!("did you mean `{near}`? Choose from {all}"),
            None => format!("choose from {all}"),
        };
        let message = format!("unknown {} {}", self.what, quoted(&scalar.text));
        cx.problems.push(Diagnostic::error("unknown-word", node.span, message).help(help));
        None
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
