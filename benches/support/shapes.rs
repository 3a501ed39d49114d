//! Stacks of any size on which a method that is not linear shows it: long chains of every kind, and dense ones.
//!
//! Each is a stack file without an error. All states that cost money are there (availability, costs of an outage, hours
//! of what is done by hand), since a plan looks away from what costs nothing.

use std::fmt::Write;

use super::dice::Dice;

/// A stack of about so many systems.
pub(crate) type Shape = fn(usize) -> String;

/// Chains: what an analysis has to answer in a time that grows with their length and no faster.
pub(crate) const CHAINS: [(&str, Shape); 13] = [
    ("chain to one process", |n| served(n, n, Kinds::Other, |_, step| step.by("api"))),
    ("chain of kinds", |n| chain(n, Kinds::Other, |_, step| step.by("api"))),
    ("chain of products", |n| chain(n, Kinds::Products, |at, step| step.by(["native", "ipaas", "api"][at % 3]))),
    ("chain by hand in between", |n| {
        chain(n, Kinds::Products, |at, step| if at % 5 == 4 { step.by_hand(at) } else { step.by("native") })
    }),
    ("chain all by hand", |n| chain(n, Kinds::Products, |at, step| step.by_hand(at))),
    ("chain over spreadsheets", |n| chain(n, Kinds::Carriers, |at, step| step.by_hand(at))),
    ("chain through middleware", |n| {
        chain(n, Kinds::Products, |at, step| step.by(&format!("ipaas, through: m{}", at % 7)))
    }),
    ("chain with standbys", |n| chain(n, Kinds::Products, |at, step| step.by("api").and_standby(at))),
    ("chain of dependencies", dependencies),
    ("chain of makes", makings),
    ("chain of AI tools", |n| chain(n, Kinds::Ai, |_, step| step.by("api"))),
    ("chain of processes", processes),
    ("rings of carriers", rings),
];

/// What has many ways: searches that try them have to stop.
pub(crate) const DENSE: [(&str, Shape); 10] = [
    ("dense", dense),
    ("grid", grid),
    ("complete bipartite", bipartite),
    ("complete bipartite by hand", bipartite_by_hand),
    ("many needs", many_needs),
    ("many alternatives", many_alternatives),
    ("handoffs to one system", |n| star(n, true)),
    ("handoffs over one spreadsheet", hourglass),
    ("makes at one system", one_maker),
    ("manual flows", manual_flows),
];

/// The shape of that name.
#[allow(dead_code, reason = "not every user asks by name")]
pub(crate) fn named(name: &str) -> Option<Shape> {
    CHAINS.iter().chain(&DENSE).find(|(known, _)| *known == name).map(|(_, shape)| *shape)
}

const PRODUCTS: [&str; 16] = [
    "salesforce-sales-cloud",
    "marketo-engage",
    "snowflake",
    "hubspot",
    "contentful",
    "outreach",
    "eloqua",
    "tableau",
    "asana",
    "on24",
    "6sense",
    "activecampaign",
    "zendesk",
    "segment",
    "dynamics-365",
    "wordpress",
];

/// What the systems of a chain are.
#[derive(Clone, Copy)]
enum Kinds {
    Other,
    Products,
    Carriers,
    Ai,
}

impl Kinds {
    fn of(self, at: usize) -> String {
        match self {
            Self::Other => "kind: other".to_owned(),
            Self::Products => format!("product: {}", PRODUCTS[at % PRODUCTS.len()]),
            // What holds nothing of its own lies between two systems that do.
            Self::Carriers if at > 0 => "kind: spreadsheet".to_owned(),
            Self::Carriers => "kind: crm".to_owned(),
            Self::Ai => "kind: ai-content".to_owned(),
        }
    }
}

/// The lines of a stack file, section by section.
struct Text {
    systems: String,
    data: String,
    flows: String,
    processes: String,
}

impl Text {
    fn new() -> Self {
        Self { systems: String::new(), data: String::new(), flows: String::new(), processes: String::new() }
    }

    /// A system that is described by `what`; every third states its availability.
    fn system(&mut self, id: &str, at: usize, what: &str) {
        let up = if at.is_multiple_of(3) { ", availability: 99.9%" } else { "" };
        let _ = writeln!(self.systems, "  {id}: {{ {what}{up} }}");
    }

    fn data(&mut self, id: &str) {
        let _ = writeln!(self.data, "  {id}: {{}}");
    }

    fn flow(&mut self, from: &str, to: &str, data: &str, how: &str) {
        let _ = writeln!(self.flows, "  - {{ from: {from}, to: {to}, data: {data}, mechanism: {how} }}");
    }

    fn process(&mut self, at: usize, needs: &str) {
        let _ = writeln!(self.processes, "  p{at}: {{ needs: [{needs}], outage_cost: {} }}", 100 + at % 17 * 50);
    }

    fn end(self) -> String {
        let teams = "teams: { ops: { people: 4 }, ana: { people: 1, availability: 98% } }";
        let Self { systems, data, flows, processes } = self;
        let list =
            |name: &str, lines: String| if lines.is_empty() { String::new() } else { format!("{name}:\n{lines}") };
        format!(
            "sinew: 1\nhourly_rate: 80\n{teams}\nsystems:\n{systems}data:\n{data}{}{}",
            list("flows", flows),
            list("processes", processes)
        )
    }
}

/// How one step of a chain is made.
struct Step {
    how: String,
    standby: Option<String>,
}

impl Step {
    fn by(self, how: &str) -> Self {
        Self { how: how.to_owned(), ..self }
    }

    fn by_hand(self, at: usize) -> Self {
        let team = if at.is_multiple_of(10) { "ana" } else { "ops" };
        let minutes = 5 + at % 25;
        let range = format!("[{minutes}, {}, {}]", 2 * minutes, 4 * minutes);
        self.by(&format!("copy-paste, performer: {team}, runs: {}/week, minutes: {range}", 1 + at % 12))
    }

    fn and_standby(self, at: usize) -> Self {
        let standby = Self { how: String::new(), standby: None }.by_hand(at).how;
        Self { standby: Some(format!("{standby}, standby: true, id: spare{at}")), ..self }
    }
}

/// One object from the first system to the last; a process for every twentieth system.
fn chain(n: usize, kinds: Kinds, step: impl Fn(usize, Step) -> Step) -> String {
    served(n, 20, kinds, step)
}

/// The same with a process for each so many systems, counted from the last.
fn served(n: usize, each: usize, kinds: Kinds, step: impl Fn(usize, Step) -> Step) -> String {
    let mut text = Text::new();
    for at in 0..n {
        let makes = if at == 0 { ", makes: [d]" } else { "" };
        text.system(&format!("s{at}"), at, &format!("{}{makes}", kinds.of(at)));
    }
    (0..7).for_each(|at| text.system(&format!("m{at}"), at, "product: workato"));
    text.data("d");
    for at in 0..n - 1 {
        let step = step(at, Step { how: String::new(), standby: None });
        let (from, to) = (format!("s{at}"), format!("s{}", at + 1));
        for how in std::iter::once(step.how).chain(step.standby) {
            text.flow(&from, &to, "d", &how);
        }
    }
    for at in (0..n).step_by(each) {
        text.process(at, &format!("{{ data: d, at: s{} }}", n - 1 - at));
    }
    text.end()
}

/// Each system depends on the one before it; each tenth brings what it makes to one process.
fn dependencies(n: usize) -> String {
    let mut text = Text::new();
    for at in 0..n {
        let on = if at > 0 { format!(", depends_on: [s{}]", at - 1) } else { String::new() };
        let makes = if at % 10 == 0 { format!(", makes: [d{at}]") } else { String::new() };
        text.system(&format!("s{at}"), at, &format!("kind: other{on}{makes}"));
    }
    text.system("z", 1, "kind: crm");
    for at in (0..n).step_by(10) {
        text.data(&format!("d{at}"));
        text.flow(&format!("s{at}"), "z", &format!("d{at}"), "api");
        text.process(at, &format!("{{ data: d{at}, at: z }}"));
    }
    text.end()
}

/// Each system makes an object of the one that it gets, and hands that on.
fn makings(n: usize) -> String {
    let mut text = Text::new();
    for at in 0..n {
        let from = if at > 0 { format!(", from: [d{}]", at - 1) } else { String::new() };
        text.system(&format!("s{at}"), at, &format!("{}, makes: [{{ data: d{at}{from} }}]", Kinds::Products.of(at)));
        text.data(&format!("d{at}"));
        if at > 0 {
            text.flow(&format!("s{}", at - 1), &format!("s{at}"), &format!("d{}", at - 1), "api");
        }
    }
    for at in (0..n).step_by(20) {
        text.process(at, &format!("{{ data: d{}, at: s{} }}", n - 1 - at, n - 1 - at));
    }
    text.end()
}

/// A chain of processes each of which needs the one before it.
fn processes(n: usize) -> String {
    let mut text = Text::new();
    text.data("d");
    for at in 0..n {
        text.system(&format!("s{at}"), at, "kind: crm, makes: [d]");
        let before = if at > 0 { format!(", {{ process: p{} }}", at - 1) } else { String::new() };
        text.process(at, &format!("{{ data: d, at: s{at} }}{before}"));
    }
    text.end()
}

/// Rings of ten carriers that hand an object around, each fed by the ring before it.
fn rings(n: usize) -> String {
    let mut text = Text::new();
    text.data("d");
    for at in 0..n {
        text.system(&format!("s{at}"), at, if at % 2 == 0 { "kind: spreadsheet" } else { "kind: messaging" });
        let step = Step { how: String::new(), standby: None }.by_hand(at);
        let (ring, place) = (at / 10 * 10, at % 10);
        let next = ring + (place + 1) % 10;
        if next < n && next != at {
            text.flow(&format!("s{at}"), &format!("s{next}"), "d", &step.how);
        }
        if place == 0 && at > 0 {
            text.flow(&format!("s{}", at - 5), &format!("s{at}"), "d", &step.how);
        }
    }
    text.end()
}

/// Ten flows for each system, one in eight by hand, and a process for every fifteen systems with three needs.
fn dense(n: usize) -> String {
    let mut text = Text::new();
    let mut dice = Dice::new(n as u64);
    let objects = n / 10 + 4;
    for at in 0..n {
        let makes = if at < objects { format!(", makes: [d{at}]") } else { String::new() };
        text.system(&format!("s{at}"), at, &format!("{}{makes}", Kinds::Products.of(at)));
    }
    (0..objects).for_each(|at| text.data(&format!("d{at}")));
    for at in 0..10 * n {
        let (from, to, data) = (dice.below(n), dice.below(n), dice.below(objects));
        let step = Step { how: String::new(), standby: None };
        let step = if dice.below(8) == 0 { step.by_hand(at) } else { step.by("api") };
        if from != to {
            text.flow(&format!("s{from}"), &format!("s{to}"), &format!("d{data}"), &format!("{}, id: f{at}", step.how));
        }
    }
    for at in 0..n / 15 + 1 {
        let mut need = || format!("{{ data: d{}, at: s{} }}", dice.below(objects), dice.below(n));
        let needs = [need(), need(), need()].join(", ");
        text.process(at, &needs);
    }
    text.end()
}

/// One object over a square of systems, to the right and down: the ways from corner to corner are as many as there can be.
fn grid(n: usize) -> String {
    let mut text = Text::new();
    let side = (n as f64).sqrt() as usize;
    text.data("d");
    for at in 0..side * side {
        let makes = if at == 0 { ", makes: [d]" } else { "" };
        text.system(&format!("s{at}"), at, &format!("kind: crm{makes}"));
        if at % side + 1 < side {
            text.flow(&format!("s{at}"), &format!("s{}", at + 1), "d", "api");
        }
        if at + side < side * side {
            text.flow(&format!("s{at}"), &format!("s{}", at + side), "d", "api");
        }
    }
    for at in 0..side {
        text.process(at, &format!("{{ data: d, at: s{} }}", side * side - 1 - at));
    }
    text.end()
}

/// Each of √n systems feeds each of √n others, so that there are n flows; how, `step` says.
fn layers(n: usize, kind: &str, step: impl Fn(usize, Step) -> Step) -> String {
    let mut text = Text::new();
    let side = (n as f64).sqrt() as usize;
    text.data("d");
    for layer in 0..4 {
        for at in 0..side {
            let what = if layer == 0 { "kind: crm, makes: [d]" } else { kind };
            text.system(&format!("s{layer}-{at}"), at, what);
            for to in (0..side).filter(|_| layer < 3) {
                let step = step(at * side + to, Step { how: String::new(), standby: None });
                text.flow(&format!("s{layer}-{at}"), &format!("s{}-{to}", layer + 1), "d", &step.how);
            }
        }
    }
    for at in 0..side {
        text.process(at, &format!("{{ data: d, at: s3-{at} }}"));
    }
    text.end()
}

fn bipartite(n: usize) -> String {
    layers(n, "kind: crm", |_, step| step.by("api"))
}

fn bipartite_by_hand(n: usize) -> String {
    layers(n, "kind: spreadsheet", |at, step| step.by_hand(at))
}

/// A process for every ten systems that needs an object at each of forty.
fn many_needs(n: usize) -> String {
    let mut text = Text::new();
    text.data("d");
    for at in 0..n {
        let makes = if at % 50 == 0 { ", makes: [d]" } else { "" };
        text.system(&format!("s{at}"), at, &format!("{}{makes}", Kinds::Products.of(at)));
        if at % 50 != 0 {
            text.flow(&format!("s{}", at / 50 * 50 + (at % 50) / 2), &format!("s{at}"), "d", "api");
        }
    }
    for process in 0..n / 10 {
        let needs: Vec<String> =
            (0..40).map(|at| format!("{{ data: d, at: s{} }}", (process * 10 + at * 7) % n)).collect();
        text.process(process, &needs.join(", "));
    }
    text.end()
}

/// A process for every forty systems with ten needs, for each of which one of ten places is enough, fed from two sides.
fn many_alternatives(n: usize) -> String {
    let mut text = Text::new();
    text.data("d");
    for at in 0..n {
        let makes = if at < 4 { ", makes: [d]" } else { "" };
        text.system(&format!("s{at}"), 0, &format!("{}{makes}", Kinds::Products.of(at)));
        for from in
            (at >= 4).then_some([at / 2, at / 3]).into_iter().flatten().take(if at / 2 == at / 3 { 1 } else { 2 })
        {
            text.flow(&format!("s{from}"), &format!("s{at}"), "d", "api");
        }
    }
    for process in 0..n / 40 + 1 {
        let place = |at: usize| format!("{{ data: d, at: s{} }}", (n / 2 + process * 40 + at) % n);
        let any = |need: usize| (0..10).map(|at| place(need * 10 + at)).collect::<Vec<_>>().join(", ");
        let needs: Vec<String> = (0..10).map(|need| format!("{{ any_of: [{}] }}", any(need))).collect();
        text.process(process, &needs.join(", "));
    }
    text.end()
}

/// All systems bring what they make to one, by hand where `by_hand` says so.
fn star(n: usize, by_hand: bool) -> String {
    let mut text = Text::new();
    text.system("z", 0, "product: snowflake");
    for at in 0..n {
        text.system(&format!("s{at}"), at, &format!("{}, makes: [d{at}]", Kinds::Products.of(at)));
        text.data(&format!("d{at}"));
        let step = Step { how: String::new(), standby: None };
        let step = if by_hand { step.by_hand(at) } else { step.by("api") };
        text.flow(&format!("s{at}"), "z", &format!("d{at}"), &step.how);
        if at.is_multiple_of(20) {
            text.process(at, &format!("{{ data: d{at}, at: z }}"));
        }
    }
    text.end()
}

/// Half of the systems put one object into a spreadsheet by hand, from which the other half take it by hand.
fn hourglass(n: usize) -> String {
    let mut text = Text::new();
    text.system("k", 1, "kind: spreadsheet");
    text.data("d");
    for at in 0..n / 2 {
        let step = Step { how: String::new(), standby: None }.by_hand(at);
        text.system(&format!("a{at}"), at, &format!("{}, makes: [d]", Kinds::Products.of(at)));
        text.system(&format!("z{at}"), at, &Kinds::Products.of(at + 5));
        text.flow(&format!("a{at}"), "k", "d", &step.how);
        text.flow("k", &format!("z{at}"), "d", &step.how);
        if at.is_multiple_of(20) {
            text.process(at, &format!("{{ data: d, at: z{at} }}"));
        }
    }
    text.end()
}

/// One system makes n objects, each of the one before it and of the first, and sends each on.
fn one_maker(n: usize) -> String {
    let mut text = Text::new();
    let makes: Vec<String> = (0..n)
        .map(|at| if at == 0 { "d0".to_owned() } else { format!("{{ data: d{at}, from: [d0, d{}] }}", at - 1) })
        .map(|one| one.replace("[d0, d0]", "[d0]"))
        .collect();
    text.system("a", 0, &format!("kind: warehouse, makes: [{}]", makes.join(", ")));
    text.system("z", 1, "kind: bi");
    (0..n).for_each(|at| text.data(&format!("d{at}")));
    (0..n).for_each(|at| text.flow("a", "z", &format!("d{at}"), "api"));
    for at in (0..n).step_by(20) {
        text.process(at, &format!("{{ data: d{at}, at: z }}"));
    }
    text.end()
}

/// So many flows between half as many systems, all by hand, and a process for every ten of them: most flows are an item.
fn manual_flows(n: usize) -> String {
    let mut text = Text::new();
    let mut dice = Dice::new(n as u64);
    let (systems, objects) = (n / 2 + 4, n / 4 + 2);
    for at in 0..systems {
        let makes = if at < objects { format!(", makes: [d{at}]") } else { String::new() };
        text.system(&format!("s{at}"), at, &format!("{}{makes}", Kinds::Products.of(at)));
    }
    (0..objects).for_each(|at| text.data(&format!("d{at}")));
    for at in 0..n {
        let (from, step) = (dice.below(systems), 1 + dice.below(systems - 1));
        let to = (from + step) % systems;
        let how = Step { how: String::new(), standby: None }.by_hand(dice.below(300)).how;
        text.flow(
            &format!("s{from}"),
            &format!("s{to}"),
            &format!("d{}", dice.below(objects)),
            &format!("{how}, id: f{at}"),
        );
    }
    for at in 0..n / 10 + 1 {
        let mut need = || format!("{{ data: d{}, at: s{} }}", dice.below(objects), dice.below(systems));
        let needs = [need(), need()].join(", ");
        text.process(at, &needs);
    }
    text.end()
}
