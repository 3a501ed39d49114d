//! A stack under an answer: what reading the file gives once the answer stands there.

use super::{Answer, Question};
use crate::model::Stack;
use crate::model::outline::Outline;

impl Question {
    /// The stack that `outline` states, under an answer; `None` where that is no valid stack.
    #[must_use]
    pub fn under(&self, outline: &Outline, answer: &Answer) -> Option<Stack> {
        self.told(outline.clone(), answer).stack_without_places()
    }

    /// What the file states once the answer stands in it and no guess is left of what it is about.
    #[must_use]
    pub fn told(&self, mut outline: Outline, answer: &Answer) -> Outline {
        for entry in self.entries() {
            if self.is_existence() && answer.values[0] == "no" {
                outline = outline.without(self.list, entry);
                continue;
            }
            for (key, value) in self.keys().zip(&answer.values) {
                if !self.is_existence() {
                    outline = outline.answered(self.list, entry, key, value);
                }
                outline = outline.confirmed(self.list, entry, key);
            }
        }
        outline
    }
}
