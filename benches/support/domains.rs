//! Stacks as companies have them, of any size: systems in domains of fifty, hubs, flows to and fro and beside each other, one in
//! seven by hand, objects made of others, systems that depend on vendors and those on clouds, a process for every twenty systems.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use super::dice::Dice;

/// Small numbers more often than large ones: the square of a random share.
fn skewed(dice: &mut Dice, n: usize) -> usize {
    let share = dice.below(1 << 20) as f64 / f64::from(1 << 20);
    ((share * share * n as f64) as usize).min(n.saturating_sub(1))
}

fn one_in(dice: &mut Dice, n: usize) -> bool {
    dice.below(n) == 0
}

const DOMAIN: usize = 50;
const CLOUDS: usize = 3;

struct Draft {
    dice: Dice,
    systems: usize,
    /// The objects that each system has, in the order in which it got them.
    has: Vec<Vec<usize>>,
    /// What each makes, and of what.
    makes: Vec<Vec<(usize, Vec<usize>)>>,
    flows: Vec<(usize, usize, Vec<usize>)>,
}

impl Draft {
    fn get(&mut self, system: usize, object: usize) {
        if !self.has[system].contains(&object) {
            self.has[system].push(object);
        }
    }

    fn make(&mut self, system: usize, object: usize, of: Vec<usize>) {
        self.makes[system].push((object, of));
        self.get(system, object);
    }

    fn near(&mut self, domain: usize) -> usize {
        let size = DOMAIN.min(self.systems - domain);
        domain + skewed(&mut self.dice, size)
    }

    fn any_domain(&mut self) -> usize {
        self.dice.below(self.systems.div_ceil(DOMAIN)) * DOMAIN
    }

    fn connect(&mut self, from: usize, to: usize, objects: Vec<usize>) {
        for &object in &objects {
            self.get(to, object);
        }
        self.flows.push((from, to, objects));
    }

    /// A flow like one that is there (to or fro), or from a system that has something to one of its domain, or another.
    fn connect_some(&mut self, kinds: usize) {
        let way = self.dice.below(24);
        if way < 5 && !self.flows.is_empty() {
            let like = self.dice.below(self.flows.len());
            let (from, to, objects) = self.flows[like].clone();
            return if way < 3 { self.connect(to, from, objects) } else { self.connect(from, to, objects) };
        }
        let domain = self.any_domain();
        let mut from = self.near(domain);
        for _ in 0..8 {
            if !self.has[from].is_empty() {
                break;
            }
            from = self.near(domain);
        }
        let to_domain = if one_in(&mut self.dice, 10) { self.any_domain() } else { domain };
        let mut to = self.near(to_domain);
        if to == from {
            to = (from + 1) % self.systems;
        }
        if self.has[from].is_empty() {
            let object = self.dice.below(kinds);
            self.make(from, object, Vec::new());
        }
        let mut objects = Vec::new();
        for _ in 0..=skewed(&mut self.dice, 3) {
            let object = self.has[from][self.dice.below(self.has[from].len())];
            if !objects.contains(&object) {
                objects.push(object);
            }
        }
        self.connect(from, to, objects);
    }

    fn make_of_others(&mut self, kinds: usize) {
        let domain = self.any_domain();
        let system = self.near(domain);
        if self.has[system].len() >= 3 {
            let first = self.dice.below(self.has[system].len() - 2);
            let object = self.dice.below(kinds);
            let of: Vec<usize> = self.has[system][first..].iter().copied().take(2 + self.dice.below(2)).collect();
            if !of.contains(&object) {
                self.make(system, object, of);
            }
        }
    }
}

fn kind(system: usize) -> &'static str {
    match system % 40 {
        7 => "spreadsheet",
        0 | 13 => "crm",
        21 => "ai-content",
        30 => "ai-scoring",
        5 => "warehouse",
        11 => "bi",
        17 => "cms",
        _ => "marketing-automation",
    }
}

/// A stack file of so many flows, four for each system. With `availability`, each system states one.
pub(crate) fn domains(flows: usize, availability: bool) -> String {
    let systems = (flows / 4).max(12);
    let (kinds, vendors) = (40 + flows / 200, 8 + systems / 500);
    let first_vendor = systems.saturating_sub(CLOUDS + vendors).max(1);
    let teams = systems / 20 + 1;
    let mut draft = Draft {
        dice: Dice::new(flows as u64),
        systems,
        has: vec![Vec::new(); systems],
        makes: vec![Vec::new(); systems],
        flows: Vec::new(),
    };
    for system in 0..systems {
        if one_in(&mut draft.dice, 8) {
            let object = draft.dice.below(kinds);
            draft.make(system, object, Vec::new());
        }
    }
    for _ in 0..flows {
        draft.connect_some(kinds);
        if one_in(&mut draft.dice, 33) {
            draft.make_of_others(kinds);
        }
    }
    written(&mut draft, first_vendor, vendors, teams, availability)
}

fn written(draft: &mut Draft, first_vendor: usize, vendors: usize, teams: usize, availability: bool) -> String {
    let names = |numbers: &[usize]| numbers.iter().map(|object| format!("d{object}")).collect::<Vec<_>>().join(", ");
    let systems = draft.systems;
    let mut text = String::from("sinew: 1\nname: Domains\ncurrency: USD\nhourly_rate: 80\nteams:\n");
    let mut add = |line: std::fmt::Arguments<'_>| text.write_fmt(line).expect("writing into text never fails");
    for team in 0..teams {
        add(format_args!("  t{team}: {{ people: {} }}\n", if team % 3 == 0 { 1 } else { 3 }));
    }
    add(format_args!("systems:\n"));
    for system in 0..systems {
        let kind = if system < first_vendor { kind(system) } else { "other" };
        add(format_args!(
            "  s{system}: {{ kind: {kind}, owner: t{}, domain: Domain {}",
            system % teams,
            system / DOMAIN
        ));
        if system < first_vendor && one_in(&mut draft.dice, 3) && first_vendor + vendors <= systems {
            add(format_args!(", depends_on: [s{}]", first_vendor + skewed(&mut draft.dice, vendors)));
        } else if (first_vendor..first_vendor + vendors).contains(&system) && first_vendor + vendors + CLOUDS <= systems
        {
            add(format_args!(", depends_on: [s{}]", first_vendor + vendors + draft.dice.below(CLOUDS)));
        }
        if availability {
            add(format_args!(", availability: {}%", ["99.9", "99.8", "99.5"][draft.dice.below(3)]));
        }
        let made: BTreeMap<usize, &Vec<usize>> = draft.makes[system].iter().map(|(object, of)| (*object, of)).collect();
        let makes = made.iter().map(|(object, of)| {
            if of.is_empty() {
                format!("{{ data: d{object} }}")
            } else {
                format!("{{ data: d{object}, from: [{}] }}", names(of))
            }
        });
        let makes = makes.collect::<Vec<_>>().join(", ");
        add(format_args!("{} }}\n", if makes.is_empty() { String::new() } else { format!(", makes: [{makes}]") }));
    }
    add(format_args!("data:\n"));
    for object in draft.has.iter().flatten().collect::<BTreeSet<_>>() {
        add(format_args!("  d{object}: {{}}\n"));
    }
    add(format_args!("flows:\n"));
    for (at, (from, to, objects)) in std::mem::take(&mut draft.flows).into_iter().enumerate() {
        add(format_args!("  - {{ id: f{at}, from: s{from}, to: s{to}, data: [{}]", names(&objects)));
        if one_in(&mut draft.dice, 7) {
            let (runs, minutes) = ([1, 2, 5, 12][draft.dice.below(4)], [5, 10, 15, 30][draft.dice.below(4)]);
            let performer = draft.dice.below(teams);
            add(format_args!(
                ", mechanism: copy-paste, performer: t{performer}, runs: {runs}/week, minutes: {minutes} }}\n"
            ));
        } else {
            add(format_args!(", mechanism: api }}\n"));
        }
    }
    add(format_args!("processes:\n"));
    for process in 0..(systems / 20).max(2) {
        let domain = process * 20 / DOMAIN * DOMAIN;
        let mut needs = BTreeSet::new();
        for _ in 0..2 + draft.dice.below(3) {
            let system = draft.near(domain);
            if let Some(&object) = draft.has[system].last() {
                needs.insert((object, system));
            }
        }
        if !needs.is_empty() {
            let needs: Vec<String> =
                needs.iter().map(|(object, at)| format!("{{ data: d{object}, at: s{at} }}")).collect();
            let cost = [100, 500, 2_000][draft.dice.below(3)];
            add(format_args!("  p{process}: {{ needs: [{}], outage_cost: {cost} }}\n", needs.join(", ")));
        }
    }
    text
}
