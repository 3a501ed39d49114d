//! Where do several stacks stand, and what do they share?

use sinew_draw::parallel::in_order;

use crate::model::Stack;
use crate::report::diagnosis::Diagnosis;
use crate::report::portfolio::{Portfolio, Unreadable, names, said, shared_keys};

/// A file of a portfolio.
#[derive(Debug)]
pub struct Member {
    /// The file, as it was named in the call.
    pub file: String,
    /// Its stack, or everything that is wrong with the file.
    pub stack: Result<Stack, Diagnosis>,
}

/// The portfolio of `members`, computed on all cores; the order of the members is that of the answer. One that cannot be read or planned
/// is named, and stops no other.
#[must_use]
pub fn portfolio(members: Vec<Member>) -> Portfolio {
    let mut unreadable: Vec<(usize, Unreadable)> = Vec::new();
    let mut read: Vec<(usize, String, Stack)> = Vec::new();
    for (at, Member { file, stack }) in members.into_iter().enumerate() {
        match stack {
            Ok(stack) => read.push((at, file, stack)),
            Err(Diagnosis { diagnostics, .. }) => unreadable.push((at, Unreadable { file, diagnostics })),
        }
    }
    let titles: Vec<(&str, &str)> = read.iter().map(|(_, file, stack)| (stack.name.as_str(), file.as_str())).collect();
    let names = names(&titles);
    let shared = shared_keys(read.iter().map(|(.., stack)| stack));
    let work: Vec<(&str, &str, &Stack)> =
        read.iter().zip(&names).map(|((_, file, stack), name)| (name.as_str(), file.as_str(), stack)).collect();
    let found = in_order(&work, |(name, file, stack)| said((name, file), stack, &shared));
    let mut stacks = Vec::new();
    for ((at, file, _), one) in read.iter().zip(found) {
        match one {
            Ok(said) => stacks.push(said),
            Err(error) => {
                let Diagnosis { diagnostics, .. } = Diagnosis::without_place(&error.to_string());
                unreadable.push((*at, Unreadable { file: file.clone(), diagnostics }));
            }
        }
    }
    unreadable.sort_by_key(|(at, _)| *at);
    Portfolio::of(stacks, unreadable.into_iter().map(|(_, file)| file).collect(), shared)
}
