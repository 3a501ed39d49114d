//! `--timings`: how long each phase of a report took, by the clock, on standard error. No result depends on it.

use std::fmt::Write as _;
use std::sync::Mutex;
use std::thread::{self, ThreadId};
use std::time::{Duration, Instant};

use super::console::under_way;

/// What was begun when, and by whom. Nothing is what ends the phase before it.
#[derive(Debug)]
struct Begun {
    words: String,
    by: ThreadId,
    at: Instant,
}

/// The phases of one run, in the order in which they began.
#[derive(Debug)]
pub(super) struct Timings {
    main: ThreadId,
    begun: Mutex<Vec<Begun>>,
}

impl Timings {
    /// For phases that the calling thread goes through; what other threads begin is a part of them.
    pub(super) fn here() -> Self {
        Self { main: thread::current().id(), begun: Mutex::default() }
    }

    /// Says what is being done, and remembers when it began: on the same thread it ends what came before.
    pub(super) fn begin(&self, words: &str) {
        if !words.is_empty() {
            under_way(words);
        }
        let begun = Begun { words: words.to_owned(), by: thread::current().id(), at: Instant::now() };
        if let Ok(mut all) = self.begun.lock() {
            all.push(begun);
        }
    }

    /// A line for each phase, and beneath it one for each part that others worked on.
    pub(super) fn told(&self) -> String {
        let end = Instant::now();
        let Ok(all) = self.begun.lock() else { return String::new() };
        let next =
            |at: usize, is: &dyn Fn(&Begun) -> bool| all[at + 1..].iter().find(|one| is(one)).map_or(end, |one| one.at);
        let mut lines = String::from("\ntimings by the clock; parts of a phase go on at the same time\n");
        let mut line = |words: &str, taken: Duration| {
            let _ = writeln!(lines, "{:>8.1} ms  {words}", taken.as_secs_f64() * 1_000.0);
        };
        for (at, one) in all.iter().enumerate().filter(|(_, one)| !one.words.is_empty()) {
            let is_main = one.by == self.main;
            let until = if is_main {
                next(at, &|other| other.by == self.main)
            } else {
                next(at, &|other| other.by == one.by || other.by == self.main)
            };
            line(&format!("{}{}", if is_main { "" } else { "  " }, one.words), until - one.at);
        }
        if let Some(first) = all.first() {
            line("in all", end - first.at);
        }
        lines
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_phase_ends_with_the_next_and_a_part_with_its_thread() {
        let timings = Timings::here();
        timings.begin("one");
        thread::scope(|scope| {
            scope.spawn(|| {
                timings.begin("part");
                timings.begin("");
                thread::sleep(Duration::from_millis(20));
            });
        });
        timings.begin("two");
        let told = timings.told();
        let lines: Vec<&str> = told.lines().skip(2).collect();
        let taken = |at: usize| -> f64 { lines[at].split_whitespace().next().and_then(|ms| ms.parse().ok()).unwrap() };
        let words: Vec<&str> = lines.iter().map(|line| line.split("ms  ").nth(1).unwrap()).collect();
        assert_eq!(words, ["one", "  part", "two", "in all"]);
        // The part is over before the thread sleeps, and the phase only after that.
        assert!(taken(0) >= 19.9 && taken(1) + 19.9 <= taken(0) && taken(3) >= taken(0), "{told}");
    }
}
