//! Systems that depend on each other, and processes that need each other, in a circle.

use crate::model::id::SystemIx;
use crate::model::stack::Stack;
use crate::model::table::quoted;
use crate::source::{Diagnostic, Diagnostics, Span};

/// Reports each circle of systems that depend on each other, and of processes that need each other.
pub(super) fn circles(stack: &Stack, problems: &mut Diagnostics) {
    let named = |at: usize| stack.systems[at].named_dependencies().map(SystemIx::at).collect();
    for circle in circles_among(stack.systems.len(), &named) {
        let entries: Vec<(&str, Span)> =
            circle.iter().map(|at| (stack.systems[*at].id.as_str(), stack.systems[*at].place)).collect();
        let words = Circle {
            code: "dependency-cycle",
            alone: "depends on itself",
            together: "systems depend on each other in a circle",
            help: "`depends_on` lists what must be up first, an `any_of` too; remove one of these",
        };
        problems.push(words.diagnostic(&entries));
    }
    let named = |at: usize| stack.processes[at].process_needs().map(|need| need.process.at()).collect();
    for circle in circles_among(stack.processes.len(), &named) {
        let entries: Vec<(&str, Span)> =
            circle.iter().map(|at| (stack.processes[*at].id.as_str(), stack.processes[*at].place)).collect();
        let words = Circle {
            code: "process-cycle",
            alone: "needs itself",
            together: "processes need each other in a circle",
            help: "`{ process: … }` names what must run first, inside an `any_of` too; remove one of these needs",
        };
        problems.push(words.diagnostic(&entries));
    }
}

/// The circles among `count` entries that name others, each once and from its smallest entry on; one for each way back
/// that a search from the smallest entry on meets. Linear in entries and names.
fn circles_among(count: usize, named: &dyn Fn(usize) -> Vec<usize>) -> Vec<Vec<usize>> {
    const NEW: u8 = 0;
    const OPEN: u8 = 1;
    const DONE: u8 = 2;
    let mut state = vec![NEW; count];
    let mut circles = Vec::new();
    for start in 0..count {
        if state[start] != NEW {
            continue;
        }
        // A path of entries with what each names and was not followed yet.
        let mut path: Vec<(usize, std::vec::IntoIter<usize>)> = vec![(start, named(start).into_iter())];
        state[start] = OPEN;
        while let Some((entry, names)) = path.last_mut() {
            let Some(next) = names.next() else {
                state[*entry] = DONE;
                path.pop();
                continue;
            };
            match state[next] {
                NEW => {
                    state[next] = OPEN;
                    path.push((next, named(next).into_iter()));
                }
                OPEN => {
                    let from = path.iter().position(|(on, _)| *on == next).unwrap_or(0);
                    let mut circle: Vec<usize> = path[from..].iter().map(|(entry, _)| *entry).collect();
                    let smallest = (0..circle.len()).min_by_key(|at| circle[*at]).unwrap_or(0);
                    circle.rotate_left(smallest);
                    circles.push(circle);
                }
                _ => {}
            }
        }
    }
    circles
}

/// How a circle is reported.
struct Circle {
    code: &'static str,
    alone: &'static str,
    together: &'static str,
    help: &'static str,
}

impl Circle {
    /// The problem that the entries, by id and place, name each other in this order.
    fn diagnostic(&self, entries: &[(&str, Span)]) -> Diagnostic {
        let shown = if entries.len() > 10 { 9 } else { entries.len() };
        let mut words: Vec<String> = entries[..shown].iter().map(|(id, _)| quoted(id)).collect();
        if shown < entries.len() {
            words.push("…".to_owned());
        }
        words.push(quoted(entries[0].0));
        let message = if entries.len() == 1 {
            format!("{} {}", words[0], self.alone)
        } else {
            format!("{}: {}", self.together, words.join(" needs "))
        };
        let mut problem = Diagnostic::error(self.code, entries[0].1, message).help(self.help);
        for (_, place) in entries.iter().skip(1).take(3) {
            problem = problem.related(*place, "in the same circle");
        }
        problem
    }
}
