//! How often within a time: the busiest times (`1000/day`, `5/second`, or both), and limits of tasks (`2000/month`).

use super::number::number;
use super::rate::{parts, times_of};
use super::time::{Unit, unit};
use crate::catalog::{TaskPeriod, TaskQuota};
use crate::model::table::{self, Context, Form, Parsed, Refusal, Tables, Written, parsed, quoted};
use crate::model::units::{Burst, Peak, TimeUnit};
use crate::source::{Diagnostic, Node, Value, nearest};

/// Runs of the busiest day, or of the busiest second, minute or hour; a list may state one of each kind.
#[derive(Clone, Copy)]
pub(in crate::model) struct Peaks;

/// Tasks within a day, a month or a year: `2000/month`.
#[derive(Clone, Copy)]
pub(in crate::model) struct Tasks;

impl Form<TaskQuota> for Tasks {
    fn read(&self, node: &Node<'_>, cx: &mut Context) -> Option<TaskQuota> {
        parsed(node, "bad-rate", "a number of tasks", &mut cx.problems, |text| {
            let refuse = || {
                let message = format!("expected tasks within a time, found {}", quoted(text));
                Refusal::new(message, "write a whole number and the time: `2000/month`, `100/day` or `24000/year`")
            };
            let (amount, time) = text.split_once('/').ok_or_else(refuse)?;
            let within = TaskPeriod::parse(time.trim()).ok_or_else(refuse)?;
            let tasks = number(amount.trim())?;
            if tasks < 1.0 || tasks.fract() != 0.0 {
                return Err(refuse());
            }
            Ok(TaskQuota { tasks: tasks as u64, within })
        })
    }

    fn write(&self, value: &TaskQuota, _: &Tables) -> Written {
        Written::Line(format!("{}/{}", value.tasks, value.within))
    }
}

/// The times within which runs are counted, with their seconds; words that people use for them are read.
const TIMES: [(&str, u32); 4] = [("day", DAY), ("hour", 3_600), ("minute", 60), ("second", 1)];

const DAY: u32 = 86_400;

impl Form<Peak> for Peaks {
    fn read(&self, node: &Node<'_>, cx: &mut Context) -> Option<Peak> {
        let one = std::slice::from_ref(node);
        let nodes = match &node.resolved().value {
            Value::List(items) => items,
            _ => one,
        };
        let mut peak = Peak::default();
        for node in nodes {
            let (runs, seconds) = parsed(node, "bad-rate", "a peak", &mut cx.problems, times)?;
            let (is_known, what) = if seconds == DAY {
                (peak.a_day.replace(runs).is_some(), "two peaks a day")
            } else {
                (peak.burst.replace(Burst { runs, seconds }).is_some(), "two peaks within a day")
            };
            if is_known {
                cx.problems.push(
                    Diagnostic::error("bad-rate", node.span, what)
                        .help("state at most one a day and one a second, minute or hour: `[1000/day, 5/second]`"),
                );
                return None;
            }
        }
        (peak != Peak::default()).then_some(peak)
    }

    fn write(&self, value: &Peak, _: &Tables) -> Written {
        let burst = value.burst.map(|burst| (burst.runs, burst.seconds));
        let all = value.a_day.map(|runs| (runs, DAY)).into_iter().chain(burst).map(|(runs, seconds)| {
            let word = TIMES.iter().find(|(_, known)| *known == seconds).map_or("second", |(word, _)| word);
            format!("{runs}/{word}")
        });
        let all: Vec<String> = all.collect();
        Written::Line(if let [one] = all.as_slice() { one.clone() } else { table::list(&all) })
    }
}

/// `5/second`: how many, and within how many seconds.
fn times(text: &str) -> Parsed<(f64, u32)> {
    let help = "write how many runs at most within which time: `1000/day`, `60/hour`, `5/minute` or `2/second`";
    let Some((amount, time)) = parts(text) else {
        // A number alone may be meant within each of these times.
        return Err(match number(text) {
            Ok(_) => Refusal {
                message: format!("{} does not say within which time", quoted(text)),
                help: String::new(),
                instead: TIMES
                    .map(|(word, _)| {
                        (
                            format!("{}/{word}", text.trim()),
                            format!("if it is so many within {} {word}", if word == "hour" { "an" } else { "a" }),
                        )
                    })
                    .to_vec(),
            },
            Err(_) => Refusal::new(format!("{} does not say within which time", quoted(text)), help),
        });
    };
    let seconds = match unit(time) {
        Some(Unit::Second) => 1,
        Some(Unit::Of(TimeUnit::Minute)) => 60,
        Some(Unit::Of(TimeUnit::Hour)) => 3_600,
        Some(Unit::Of(TimeUnit::Day)) => DAY,
        _ => {
            let message = format!("{} has no valid time", quoted(text));
            return Err(match nearest(time, TIMES.iter().map(|(word, _)| *word)) {
                Some(near) => Refusal::of(message, [(format!("{}/{near}", amount.trim()), "")]),
                None => Refusal::new(message, help),
            });
        }
    };
    Ok((times_of(amount)?, seconds))
}
