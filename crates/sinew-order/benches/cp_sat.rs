//! The best plans of twenty instances of 8 to 12 items beside those of another solver: CP-SAT of Google's OR-Tools, by a
//! model of its own in `cp_sat.py`. Half of them have requirements. Needs `pip install ortools`.

#![allow(clippy::print_stdout)]

use std::fmt::Write as _;
use std::io::Write as _;
use std::process::{Command, Stdio};

use sinew_order::{Effort, Index, Instance, ItemIx, MoneyPerYear, solve};

#[path = "../tests/random.rs"]
#[allow(dead_code)]
mod random;

use random::{Dice, anything, with_requirements};

/// Instances with an answer.
const COUNT: usize = 20;

fn main() {
    let mut dice = Dice::new(2_026);
    let (mut asked, mut ours) = (String::new(), Vec::new());
    while ours.len() < COUNT {
        let size = 8 + ours.len() % 5;
        let mut instance =
            if ours.len() % 2 == 0 { anything(&mut dice, size) } else { with_requirements(&mut dice, size) };
        // Where finishing later never pays, so that the definition has no more than the model in it.
        instance.force_in.clear();
        if instance.budget.is_some() || !instance.requirements.is_empty() {
            for item in instance.items.iter_mut() {
                (item.running, item.loss) = (MoneyPerYear(0.0), MoneyPerYear(0.0));
            }
        }
        let Ok(solution) = solve(&instance, Effort::default()) else { continue };
        assert!(solution.proved, "instance {} is not proved", ours.len());
        write(&mut asked, &instance).expect("writing to a string does not fail");
        ours.push(solution.plan.net_value.0);
    }
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/benches/cp_sat.py");
    let mut other = Command::new("python3")
        .arg(script)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("python3 is installed");
    other.stdin.take().expect("it is piped").write_all(asked.as_bytes()).expect("the script reads");
    let output = other.wait_with_output().expect("the script ends");
    assert!(output.status.success(), "cp_sat.py failed; `pip install ortools` installs what it needs");
    let theirs: Vec<f64> =
        String::from_utf8_lossy(&output.stdout).lines().map(|line| line.parse().expect("a number a line")).collect();
    assert_eq!(theirs.len(), ours.len());
    for (at, (ours, theirs)) in ours.iter().zip(&theirs).enumerate() {
        println!("instance {at:2}: {ours:10.2} here, {theirs:10.2} by CP-SAT");
        assert!((ours - theirs).abs() < 0.02, "instance {at} differs");
    }
    println!("{COUNT} of {COUNT} agree");
}

/// One line a fact, for the script.
fn write(to: &mut String, instance: &Instance) -> std::fmt::Result {
    let list = |items: &[ItemIx]| items.iter().map(|item| item.place().to_string()).collect::<Vec<_>>().join(",");
    let budget = instance.budget.map_or("-".to_owned(), |budget| budget.0.to_string());
    writeln!(to, "instance {} {} {budget}", instance.capacity.0, instance.horizon.0)?;
    for item in &instance.items {
        let costs = [item.one_off.0, item.running.0, item.loss.0].map(|cost| cost.to_string()).join(" ");
        writeln!(to, "item {} {costs} {}", item.effort.0, list(&item.needs))?;
    }
    for benefit in &instance.benefits {
        let ways: Vec<String> = benefit.ways.iter().map(|way| list(way)).collect();
        writeln!(to, "benefit {} {}", benefit.value.0, ways.join(" "))?;
    }
    writeln!(to, "out {}", list(&instance.force_out))?;
    for one in &instance.requirements {
        let first = u8::from(one.first);
        writeln!(to, "requirement {first} any={} where={}", list(&one.any), list(&one.where_all))?;
    }
    Ok(())
}
