//! Random stack files made from the table of keys, so that no key can be forgotten: each is there by chance, with a value
//! of its type. References go to what there is; what two keys must agree on is arranged.

use rand_xoshiro::SplitMix64;
use rand_xoshiro::rand_core::{Rng, SeedableRng};
use sinew::analysis::RULES;
use sinew::model::shape::{self, Key, Takes};

/// The ids that references may name.
struct Ids {
    teams: Vec<String>,
    systems: Vec<String>,
    data: Vec<String>,
    processes: Vec<String>,
}

/// Random numbers of a seed, so that one seed is one file.
pub(crate) struct Dice(SplitMix64, Ids);

impl Dice {
    pub(crate) fn new(seed: u64) -> Self {
        let owned = |ids: &[&str]| ids.iter().copied().map(str::to_owned).collect();
        let ids =
            Ids { teams: owned(&TEAMS), systems: owned(&SYSTEMS), data: owned(&DATA), processes: owned(&PROCESSES) };
        Self(SplitMix64::seed_from_u64(seed), ids)
    }

    pub(crate) fn below(&mut self, bound: u64) -> u64 {
        self.0.next_u64() % bound
    }

    fn one<'w>(&mut self, words: &[&'w str]) -> &'w str {
        words[self.below(words.len() as u64) as usize]
    }

    /// One of the first `most` ids that `of` names, in quotes.
    fn id(&mut self, of: fn(&Ids) -> &Vec<String>, most: usize) -> String {
        let most = of(&self.1).len().min(most);
        let at = self.below(most as u64) as usize;
        quoted(&of(&self.1)[at])
    }

    fn team(&mut self) -> String {
        self.id(|ids| &ids.teams, usize::MAX)
    }

    fn system(&mut self) -> String {
        self.id(|ids| &ids.systems, usize::MAX)
    }

    fn object(&mut self) -> String {
        self.id(|ids| &ids.data, usize::MAX)
    }

    fn number(&mut self) -> f64 {
        match self.below(6) {
            0 => 0.0,
            1 => 1e15,
            2 => self.below(1_000_000) as f64 / 7.0,
            3 => self.below(1_000) as f64 / 1e9,
            _ => self.below(500) as f64,
        }
    }
}

const TEAMS: [&str; 3] = ["ops", "on", "7th"];
const SYSTEMS: [&str; 7] = ["a1", "b.two", "c_3", "d-4", "no", "1e3", "null"];
const DATA: [&str; 4] = ["lead", "true", "x-1", "y"];
const PROCESSES: [&str; 4] = ["launch", "2nd", "p.3", "off"];
const TEXTS: [&str; 8] =
    ["plain", "two words", "no", "\\\"q\\\": {x}, [y]", "#1 – ä\\u2009ß", "1.50", "2026-01-01", "- a: b"];

/// The text of a stack file. It may be one that is refused, where chance makes two flows alike.
pub(crate) fn stack_text(dice: &mut Dice) -> String {
    let mut lines = vec!["sinew: 1".to_owned(), "hourly_rate: 1.25".to_owned()];
    for key in shape::STACK {
        if key.is_extra() {
            lines.push(format!("x-own: {}", value(dice, key, None)));
            continue;
        }
        if matches!(key.name, "sinew" | "hourly_rate" | "$schema") {
            continue;
        }
        let value = match (key.name, key.takes) {
            ("teams", Takes::ById(keys)) => by_id(dice, &TEAMS, keys),
            ("systems", Takes::ById(keys)) => by_id(dice, &SYSTEMS, keys),
            ("data", Takes::ById(keys)) => by_id(dice, &DATA, keys),
            ("processes", Takes::ById(keys)) => by_id(dice, &PROCESSES, keys),
            _ => value(dice, key, None),
        };
        lines.push(format!("{}: {value}", key.name));
    }
    lines.join("\n")
}

/// A section of a stack file whose entries get keys at random.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Section {
    Teams,
    Systems,
    Data,
    Flows,
    Processes,
}

/// Random keys for a stack that is made elsewhere.
pub(crate) struct MoreKeys(Dice);

impl MoreKeys {
    /// Those of a seed, for a stack with so many teams, systems, objects and processes, called `t0`, `s0`, `d0` and `p0` on.
    pub(crate) fn new(seed: u64, [teams, systems, data, processes]: [usize; 4]) -> Self {
        let ids = |letter: &str, count: usize| (0..count).map(|at| format!("{letter}{at}")).collect();
        let ids = Ids {
            teams: ids("t", teams),
            systems: ids("s", systems),
            data: ids("d", data),
            processes: ids("p", processes),
        };
        Self(Dice(SplitMix64::seed_from_u64(seed), ids))
    }

    /// Keys with their values as YAML, for the entry at this place of a section: each by chance, but those in `except`.
    pub(crate) fn of_entry(&mut self, section: Section, at: usize, except: &[&str]) -> Vec<(&'static str, String)> {
        let name = match section {
            Section::Teams => "teams",
            Section::Systems => "systems",
            Section::Data => "data",
            Section::Flows => "flows",
            Section::Processes => "processes",
        };
        let section = shape::STACK.iter().find(|key| key.name == name).expect("a section of a stack file");
        let (Takes::ById(keys) | Takes::List(keys)) = section.takes else { panic!("{name} has no entries") };
        self.some(keys, at, except)
    }

    /// The same for the file itself.
    pub(crate) fn of_file(&mut self, except: &[&str]) -> Vec<(&'static str, String)> {
        self.some(shape::STACK, 0, except)
    }

    fn some(&mut self, keys: &'static [Key], at: usize, except: &[&str]) -> Vec<(&'static str, String)> {
        let mut pairs: Vec<(&str, String)> = Vec::new();
        for key in keys.iter().filter(|key| !except.contains(&key.name)) {
            if self.0.below(3) == 0 {
                let value = value(&mut self.0, key, Some(at));
                pairs.push((if key.is_extra() { "x-ticket" } else { key.name }, value));
            }
        }
        if pairs.iter().any(|(key, _)| *key == "minutes") {
            pairs.retain(|(key, _)| *key != "minutes_per_record");
        }
        pairs
    }
}

fn by_id(dice: &mut Dice, ids: &[&str], keys: &'static [Key]) -> String {
    let entries: Vec<String> =
        ids.iter().enumerate().map(|(at, id)| format!("\"{id}\": {}", mapping(dice, keys, Some(at)))).collect();
    format!("{{ {} }}", entries.join(", "))
}

fn mapping(dice: &mut Dice, keys: &'static [Key], at: Option<usize>) -> String {
    let mut pairs: Vec<(&str, String)> = Vec::new();
    for key in keys {
        // Fewer reviews and more audiences, so that something escapes and somebody sees it.
        let odds = match key.name {
            "review" => [1, 5],
            "content" | "audience_facing" | "max_age" => [4, 5],
            _ => [1, 2],
        };
        if key.required || dice.below(odds[1]) < odds[0] {
            pairs.push((if key.is_extra() { "x-ticket" } else { key.name }, value(dice, key, at)));
        }
    }
    let names: Vec<&str> = keys.iter().map(|key| key.name).collect();
    arrange(dice, &names, &mut pairs);
    let pairs: Vec<String> = pairs.into_iter().map(|(key, value)| format!("{key}: {value}")).collect();
    format!("{{ {} }}", pairs.join(", "))
}

/// What keys of one mapping must agree on.
fn arrange(dice: &mut Dice, names: &[&str], pairs: &mut Vec<(&str, String)>) {
    let has = |pairs: &[(&str, String)], name: &str| pairs.iter().any(|(key, _)| *key == name);
    if names.contains(&"product") {
        if dice.below(2) == 0 {
            pairs.retain(|(key, _)| *key != "product");
        }
        if !has(pairs, "kind") {
            pairs.retain(|(key, _)| *key != "product");
            let product = ["jasper", "Marketo", "salesforce-sales-cloud", "clay"];
            pairs.push(("product", format!("\"{}\"", dice.one(&product))));
        }
    }
    if names.contains(&"mechanism") {
        let from = dice.below(SYSTEMS.len() as u64) as usize;
        let to = (from + 1 + dice.below(SYSTEMS.len() as u64 - 1) as usize) % SYSTEMS.len();
        pairs.retain(|(key, _)| !matches!(*key, "from" | "to"));
        pairs.push(("from", quoted(SYSTEMS[from])));
        let others: Vec<String> =
            (0..SYSTEMS.len()).filter(|at| *at != from && dice.below(2) == 0).map(|at| quoted(SYSTEMS[at])).collect();
        let is_list = dice.below(4) == 0 && !others.is_empty() && (others.len() == 1 || !has(pairs, "id"));
        pairs.push(("to", if is_list { format!("[{}]", others.join(", ")) } else { quoted(SYSTEMS[to]) }));
        if has(pairs, "minutes") {
            pairs.retain(|(key, _)| *key != "minutes_per_record");
        }
    }
    if names.contains(&"high_cost") {
        pairs.clear();
        if dice.below(2) == 0 {
            pairs.push(("high_cost", "30000.5".to_owned()));
            pairs.push(("low_cost", format!("{}", dice.below(30_000))));
        }
    }
    if names.contains(&"subject") {
        pairs.retain(|(key, _)| matches!(*key, "until" | "why"));
        let rule = RULES[dice.below(RULES.len() as u64) as usize].id;
        if dice.below(2) == 0 {
            pairs.extend([("rule", rule.to_owned()), ("subject", dice.system())]);
        } else {
            let system = dice.system();
            pairs.push(("id", format!("\"{rule}:{}", &system[1..])));
        }
    }
}

fn quoted(text: &str) -> String {
    format!("\"{text}\"")
}

fn several(dice: &mut Dice, one: impl FnMut(&mut Dice) -> String) -> String {
    let count = dice.below(4);
    as_many(dice, count, one)
}

fn as_many(dice: &mut Dice, count: u64, mut one: impl FnMut(&mut Dice) -> String) -> String {
    let all: Vec<String> = (0..count).map(|_| one(dice)).collect();
    format!("[{}]", all.join(", "))
}

fn range(dice: &mut Dice, one: impl Fn(f64) -> String, mut number: impl FnMut(&mut Dice) -> f64) -> String {
    if dice.below(2) == 0 {
        return one(number(dice));
    }
    let mut all = [number(dice), number(dice), number(dice)];
    all.sort_by(f64::total_cmp);
    format!("[{}]", all.map(one).join(", "))
}

fn duration(dice: &mut Dice, amount: u64) -> String {
    format!("{}{}", 1 + dice.below(amount), dice.one(&["min", "h", "d", "w", "mo", "q", "y"]))
}

fn date(dice: &mut Dice) -> String {
    format!("20{:02}-{:02}-{:02}", 20 + dice.below(10), 1 + dice.below(12), 1 + dice.below(28))
}

fn value(dice: &mut Dice, key: &Key, at: Option<usize>) -> String {
    match key.takes {
        Takes::Version => "1".to_owned(),
        Takes::Text => quoted(dice.one(&TEXTS)),
        Takes::Extra => dice.one(&["7", "true", "\"no\"", "-1.5e3", "two words", "\"12\""]).to_owned(),
        Takes::Anything => dice.one(&["[1, { a: \"1\", \"b c\": ~ }]", "{}", "[]", "yes", "0x1F"]).to_owned(),
        // Two entries cannot have had one id.
        Takes::FormerIds => several(dice, |dice| {
            let number = dice.below(1 << 40);
            quoted(&format!("{}{number}", dice.one(&["old", "a.", "x->y:z,w"])))
        }),
        Takes::Files => several(dice, |dice| quoted(dice.one(&["hush.csv", "own catalog", "../a.csv"]))),
        // Each in one place only.
        Takes::Domains => several(dice, |dice| {
            let number = dice.below(1 << 40);
            quoted(&format!("{} {number}", dice.one(&["Web", "Sales, EMEA", "1.0"])))
        }),
        // Keys that every entry has, so that any may be a guess.
        Takes::KeyNames => several(dice, |dice| dice.one(&["notes", "basis.at", "was"]).to_owned()),
        Takes::Peak => {
            let (day, burst) = (10_000 + dice.below(900), 20_000 + dice.below(900));
            let burst = format!("{burst}/{}", dice.one(&["hour", "minute", "second"]));
            match dice.below(3) {
                0 => format!("{day}/day"),
                1 => burst,
                _ => format!("[{day}/day, {burst}]"),
            }
        }
        Takes::Tasks => format!("{}/{}", 1 + dice.below(5_000), dice.one(&["day", "month", "year"])),
        Takes::IdOrWord(_, word) if dice.below(2) == 0 => word.to_owned(),
        Takes::IdOrWord(..) => dice.team(),
        Takes::NewId => format!("f{}", dice.below(1_000_000)),
        Takes::IdOf("team") => dice.team(),
        Takes::IdOf("system") => dice.system(),
        Takes::IdOf("process") => dice.id(|ids| &ids.processes, at.unwrap_or(0)),
        Takes::IdOf(_) => dice.object(),
        // A system depends on earlier ones only, so that there is no circle.
        Takes::IdsOr(..) => {
            let before = at.unwrap_or(0);
            let one = |dice: &mut Dice| dice.id(|ids| &ids.systems, before);
            let entry = |dice: &mut Dice| match dice.below(3) {
                0 => format!("{{ any_of: [{}, {}] }}", one(dice), one(dice)),
                _ => one(dice),
            };
            if before == 0 { "[]".to_owned() } else { several(dice, entry) }
        }
        Takes::IdsOf("system") => several(dice, Dice::system),
        Takes::IdsOf(_) if key.required => format!("[{}, {}]", dice.object(), dice.object()),
        Takes::IdsOf(_) => several(dice, Dice::object),
        Takes::Bool => dice.one(&["true", "false"]).to_owned(),
        Takes::Date => date(dice),
        Takes::Duration if key.name == "max_age" => format!("{}min", dice.below(2_000)),
        Takes::Duration => duration(dice, 400),
        // Sizes from one record to many, and limits that some stacks keep.
        Takes::Whole if matches!(key.name, "batch_size" | "read_page" | "seconds") => (1 + dice.below(400)).to_string(),
        Takes::Whole if matches!(key.name, "daily_calls" | "daily_tasks" | "calls") => {
            (1 + dice.below(5_000_000)).to_string()
        }
        // The first stage needs no plan.
        Takes::Whole if key.name == "reach" => (2 + dice.below(4)).to_string(),
        Takes::Whole => (1 + dice.below(3)).to_string(),
        Takes::Number(_) => dice.number().to_string(),
        Takes::NumberRange(_) => range(dice, |number| number.to_string(), Dice::number),
        Takes::RateRange => range(dice, |number| format!("{number}/week"), |dice| dice.below(90) as f64 / 4.0),
        Takes::ShareRange => range(dice, |number| format!("{number}%"), |dice| dice.below(1001) as f64 / 10.0),
        Takes::DurationRange => range(dice, |number| format!("{number}min"), |dice| dice.below(5_000) as f64),
        Takes::Capacity => format!("{}d/week", 1 + dice.below(9)),
        Takes::Word(words) => dice.one(&words()).to_owned(),
        Takes::Words(words) => several(dice, |dice| dice.one(&words()).to_owned()),
        Takes::Object(keys) => mapping(dice, keys, at),
        Takes::List(keys) if key.name == "flows" => {
            let count = dice.below(12);
            as_many(dice, count, |dice| mapping(dice, keys, at))
        }
        Takes::List(keys) => several(dice, |dice| mapping(dice, keys, at)),
        Takes::ById(_) => "{}".to_owned(),
        Takes::RangesBy(words, _) => {
            let pairs: Vec<String> = words()
                .into_iter()
                .filter(|_| dice.below(2) == 0)
                .collect::<Vec<_>>()
                .into_iter()
                .map(|word| format!("{word}: {}", range(dice, |number| number.to_string(), Dice::number)))
                .collect();
            format!("{{ {} }}", pairs.join(", "))
        }
        Takes::OneOfTables(tables) => several(dice, |dice| {
            let needs = 1 + dice.below(3);
            // A process needs earlier ones only, for the same reason.
            let need = |dice: &mut Dice| {
                let is_of_data = at == Some(0) || dice.below(4) > 0;
                mapping(dice, tables[usize::from(!is_of_data)], at)
            };
            if needs == 1 {
                return need(dice);
            }
            let all: Vec<String> = (0..needs).map(|_| need(dice)).collect();
            format!("{{ any_of: [{}] }}", all.join(", "))
        }),
    }
}
