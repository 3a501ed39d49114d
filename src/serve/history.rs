//! What can be undone: texts as they were, each for the text that came of it.

use super::keeper::File;

/// Edits that are remembered, and bytes of their texts together.
const MOST_EDITS: usize = 500;
const MOST_BYTES: usize = 32 << 20;

/// An edit that was made here.
#[derive(Clone, Debug)]
pub(super) struct Done {
    /// The file that it changed.
    pub(super) file: File,
    /// What it was, as people say it.
    pub(super) words: String,
    /// The text before and its hash; nothing where the edit made the file.
    pub(super) before: (String, String),
    /// The text after it and its hash.
    pub(super) after: (String, String),
}

/// The edits of one run, the last ones first to go back.
#[derive(Debug, Default)]
pub(super) struct History {
    done: Vec<Done>,
    undone: Vec<Done>,
}

impl History {
    /// An edit was made: what had been undone cannot be done again.
    pub(super) fn push(&mut self, done: Done) {
        self.undone.clear();
        self.done.push(done);
        let bytes = |done: &Done| done.before.0.len() + done.after.0.len();
        while self.done.len() > MOST_EDITS || self.done.iter().map(bytes).sum::<usize>() > MOST_BYTES {
            self.done.remove(0);
        }
    }

    /// The edit that can be undone while `file` has this hash: a change from elsewhere is never undone.
    pub(super) fn undoable(&self, file: &File, hash: &str) -> Option<&Done> {
        self.done.last().filter(|done| done.file == *file && done.after.1 == hash)
    }

    /// The edit that can be done again.
    pub(super) fn redoable(&self, file: &File, hash: &str) -> Option<&Done> {
        self.undone.last().filter(|done| done.file == *file && done.before.1 == hash)
    }

    /// The last edit was undone.
    pub(super) fn undone(&mut self) {
        self.undone.extend(self.done.pop());
    }

    /// The last edit that was undone was done again.
    pub(super) fn redone(&mut self) {
        self.done.extend(self.undone.pop());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn done(before: &str, after: &str) -> Done {
        let text = |hash: &str| (format!("text of {hash}"), hash.to_owned());
        Done { file: File::Stack, words: "edit".into(), before: text(before), after: text(after) }
    }

    #[test]
    fn only_the_last_text_that_was_made_here_goes_back() {
        let mut history = History::default();
        history.push(done("a", "b"));
        history.push(done("b", "c"));
        assert!(history.undoable(&File::Stack, "x").is_none());
        assert_eq!(history.undoable(&File::Stack, "c").unwrap().before.1, "b");
        assert!(history.undoable(&File::Scenario("s".into()), "c").is_none());
        history.undone();
        assert_eq!(history.redoable(&File::Stack, "b").unwrap().after.1, "c");
        history.undone();
        history.redone();
        history.push(done("b", "d"));
        assert!(history.redoable(&File::Stack, "d").is_none());
    }

    #[test]
    fn memory_is_bounded() {
        let mut history = History::default();
        for at in 0..MOST_EDITS * 2 {
            history.push(done(&at.to_string(), &(at + 1).to_string()));
        }
        assert_eq!(history.done.len(), MOST_EDITS);
    }
}
