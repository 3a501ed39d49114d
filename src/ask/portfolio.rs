//! Where do several stacks stand, and what do they share?

use std::num::NonZero;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use crate::model::Stack;
use crate::plan::PlanError;
use crate::report::diagnosis::Diagnosis;
use crate::report::portfolio::{Portfolio, Said, Unreadable, names, said, shared_keys};

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

/// What one stack says, or why there is no plan of it.
type Answer = Result<Said, PlanError>;

/// `f` of each item, in the order of the items, worked out on as many threads as the machine has cores.
fn in_order<T: Sync>(items: &[T], f: impl Fn(&T) -> Answer + Sync) -> Vec<Answer> {
    let threads = thread::available_parallelism().map_or(1, NonZero::get).min(items.len());
    let next = AtomicUsize::new(0);
    let work = || {
        let mut done = Vec::new();
        while let Some((at, item)) =
            Some(next.fetch_add(1, Ordering::Relaxed)).and_then(|at| Some((at, items.get(at)?)))
        {
            done.push((at, f(item)));
        }
        done
    };
    let mut all: Vec<(usize, Answer)> = thread::scope(|scope| {
        let workers: Vec<_> = (0..threads).map(|_| scope.spawn(work)).collect();
        workers.into_iter().flat_map(|one| one.join().expect("an analysis has no reason to panic")).collect()
    });
    all.sort_by_key(|(at, _)| *at);
    all.into_iter().map(|(_, answer)| answer).collect()
}
