//! Systems, teams, flows and questions of a drawing.

use std::collections::{BTreeMap, BTreeSet};

use super::ends::{self, Link, Node};
use super::how;
use super::shapes::{self, Shapes, Stands};
use super::{Drawing, Sheet, Style};
use crate::import::clean::{LeftOut, slug};
use crate::import::draft::{Draft, DraftFlow, Entry, EntryKey, Fate, FlowKey, Given, Origin, Standing, Unit, Value};
use crate::import::problem::Fault;
use crate::import::reading::{File, Reading};
use crate::import::recognise;
use crate::import::roles::{is_personal, singular};

/// A flow before the silent ones are made one with those that tell.
pub(super) struct Made {
    pub(super) key: FlowKey,
    pub(super) flow: DraftFlow,
    /// Whether nothing is said of what moves.
    pub(super) is_silent: bool,
    /// The flow that it was made one with.
    merged: Option<usize>,
}

pub(super) struct Maker<'a> {
    file: &'a File<'a>,
    format: &'static str,
    pub(super) draft: Draft,
    made: Vec<Made>,
    by_key: BTreeMap<FlowKey, usize>,
    /// What became of each arrow: its flows, or why there are none.
    fates: Vec<Became>,
    /// Systems that stand on a sheet that is not only planned.
    today: BTreeSet<String>,
    personal_names: BTreeMap<String, String>,
}

enum Became {
    Flows(Vec<usize>),
    Dropped { what: &'static str, at: String, why: &'static str },
}

/// Makes a draft of `drawing`, whose format is called `format`.
pub(in crate::import) fn draft(
    file: &File<'_>,
    format: &'static str,
    drawing: Drawing,
    left_out: &mut LeftOut,
) -> Reading {
    let mut maker = Maker {
        file,
        format,
        draft: Draft::default(),
        made: Vec::new(),
        by_key: BTreeMap::new(),
        fates: Vec::new(),
        today: BTreeSet::new(),
        personal_names: BTreeMap::new(),
    };
    let mut reading = Reading::default();
    let (mut shapes, mut sheets) = (0, 0);
    for mut sheet in drawing.sheets {
        clean(&mut sheet, left_out);
        shapes += sheet.shapes.len();
        sheets += 1;
        if maker.sheet(&sheet, left_out) {
            reading.faults.push(
                Fault::new("too-many-paths", "arrows meet in more ways than are followed")
                    .help("take decisions and points out of the drawing, or draw it on several pages"),
            );
        }
    }
    maker.unite();
    maker.finish();
    reading.draft = maker.draft;
    reading.units.insert("shapes", shapes);
    if sheets > 1 {
        reading.units.insert("pages", sheets);
    }
    reading
}

/// Makes every text of a sheet fit to be written down.
fn clean(sheet: &mut Sheet, left_out: &mut LeftOut) {
    sheet.name = left_out.clean(&sheet.name);
    for shape in &mut sheet.shapes {
        // A space at the end of a line says that it goes on.
        for line in &mut shape.lines {
            let goes_on = line.ends_with([' ', '\u{a0}']);
            *line = left_out.clean(line);
            if goes_on && !line.is_empty() {
                line.push(' ');
            }
        }
        shape.id = left_out.clean(&shape.id);
        let facts = &mut shape.facts;
        for text in
            [&mut facts.owner, &mut facts.description, &mut facts.technology, &mut facts.domain, &mut facts.vendor]
        {
            *text = text.take().map(|text| left_out.clean(&text)).filter(|text| !text.is_empty());
        }
    }
    for arrow in &mut sheet.arrows {
        let lines: Vec<String> = arrow.label.lines().map(|line| left_out.clean(line)).collect();
        arrow.label = lines.join("\n");
        arrow.performer = arrow.performer.take().map(|text| left_out.clean(&text)).filter(|text| !text.is_empty());
        arrow.technology = arrow.technology.take().map(|text| left_out.clean(&text)).filter(|text| !text.is_empty());
        arrow.id = left_out.clean(&arrow.id);
        arrow.at = left_out.clean(&arrow.at);
    }
    for lost in &mut sheet.dropped {
        lost.at = left_out.clean(&lost.at);
    }
    for (_, ask) in &mut sheet.asks {
        *ask = left_out.clean(ask);
    }
}

impl Maker<'_> {
    /// Takes in a sheet; true where more is drawn than is followed.
    fn sheet(&mut self, sheet: &Sheet, left_out: &mut LeftOut) -> bool {
        let looked = shapes::look(sheet);
        for at in 0..sheet.shapes.len() {
            // Persons become teams where they perform something.
            if matches!(looked.stands[at], Stands::System(own) if own == at) {
                self.system(sheet, &looked, at);
            }
        }
        let joined = ends::join(sheet, &looked);
        let mut given: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for link in &joined.links {
            let Some(made) = self.link(sheet, &looked, link, left_out) else { continue };
            for arrow in &link.arrows {
                given.entry(*arrow).or_default().push(made);
            }
        }
        for (at, arrow) in sheet.arrows.iter().enumerate() {
            self.fates.push(match (given.remove(&at), joined.dropped.get(&at)) {
                (Some(flows), _) => Became::Flows(flows),
                (None, Some((what, why))) => Became::Dropped { what, at: self.place(sheet, &arrow.at), why },
                (None, None) => Became::Dropped {
                    what: "arrow",
                    at: self.place(sheet, &arrow.at),
                    why: "it gives no flow between two systems",
                },
            });
        }
        for lost in &sheet.dropped {
            self.fates.push(Became::Dropped { what: lost.what, at: self.place(sheet, &lost.at), why: lost.why });
        }
        self.ask_about_ends(sheet, &looked, &joined);
        joined.is_cut
    }

    fn place(&self, sheet: &Sheet, at: &str) -> String {
        match (sheet.name.is_empty(), at.is_empty()) {
            (true, true) => self.file.stem.to_owned(),
            (true, false) => at.to_owned(),
            (false, true) => sheet.name.clone(),
            (false, false) => format!("{}: {at}", sheet.name),
        }
    }

    fn origin(&self, sheet: &Sheet, at: &str, id: &str) -> Origin {
        let page = if sheet.name.is_empty() { String::new() } else { format!("{}/", sheet.name) };
        Origin {
            file: self.file.name.to_owned(),
            at: self.place(sheet, at),
            key: format!("{}:{page}{id}", self.format),
        }
    }

    fn system(&mut self, sheet: &Sheet, looked: &Shapes, at: usize) {
        let (shape, Some(label)) = (&sheet.shapes[at], looked.labels.get(&at)) else { return };
        let shown: Vec<&str> = shape.lines.iter().map(|line| line.trim()).collect();
        let shown =
            if shown.is_empty() { label.named.name.clone() } else { shown.join(" ").chars().take(80).collect() };
        let origin = self.origin(sheet, &shown, &shape.id);
        self.draft.system(&label.named, origin.clone());
        if !sheet.is_planned() {
            self.today.insert(label.named.key.clone());
        }
        let owner = shape.facts.owner.as_ref().filter(|owner| !owner.is_empty());
        let owner = owner.map(|owner| self.draft.team(owner, origin.clone()));
        let Some(system) = self.draft.systems.get_mut(&label.named.key) else { return };
        system.called = system.called.take().or_else(|| label.called.clone());
        let mut set = |key: &'static str, value: Value| {
            // Of two pages the first that says something is heard.
            system.entry.fields.entry(key).or_insert_with(|| Given::stated(value));
        };
        if let Some(domain) = &looked.domains[at] {
            set("domain", Value::Text(domain.clone()));
        }
        if let Some(owner) = owner {
            set("owner", Value::Team(owner));
        }
        let status = shape.facts.status.as_deref();
        if let Some(status) = status.and_then(|status| crate::catalog::people::meaning("status of a system", status)) {
            set("status", Value::Literal(status.to_owned()));
        }
        if let Some(vendor) = &shape.facts.vendor {
            set("vendor", Value::Text(vendor.clone()));
        }
        let mut notes = label.notes.clone();
        notes.extend(shape.facts.description.iter().chain(&shape.facts.technology).cloned());
        let notes: Vec<String> = notes.into_iter().filter(|note| !note.is_empty()).collect();
        if !notes.is_empty() {
            set("notes", Value::Text(notes.join("; ")));
        }
        if !label.either.is_empty() {
            let key = EntryKey::System(label.named.key.clone());
            self.ask(
                3,
                "which",
                &label.named.name,
                format!("\"{}\" names several products: which is it?", label.named.name),
                Some(key),
                label.either.clone(),
            );
        }
    }

    /// Makes a flow of a link; its place among those that were made.
    fn link(&mut self, sheet: &Sheet, looked: &Shapes, link: &Link, left_out: &mut LeftOut) -> Option<usize> {
        let (Node::System(from), Node::System(to)) = (&link.from, &link.to) else { return None };
        let (from, to) = (looked.labels.get(from)?, looked.labels.get(to)?);
        let arrow = &sheet.arrows[*link.arrows.first()?];
        let mut labels: Vec<&str> = Vec::new();
        for label in link.arrows.iter().map(|at| sheet.arrows[*at].label.as_str()).filter(|label| !label.is_empty()) {
            // Two arrows of one label say it once.
            if !labels.contains(&label) {
                labels.push(label);
            }
        }
        let label = labels.join("; ").replace('\n', ", ");
        let ids: Vec<&str> = link.arrows.iter().map(|at| sheet.arrows[*at].id.as_str()).collect();
        let origin = self.origin(sheet, &arrow.at, &ids.join("+"));
        // What an alert service sends is an alert.
        let mut says = link.says.clone();
        says.is_notice |= super::words::is_notice(&from.named.name);
        let (mechanism, mechanism_guess) = how::decide(
            &says,
            [recognise::kind(&from.named), recognise::kind(&to.named)],
            link.performer.is_some() || arrow.performer.is_some(),
            arrow.style == Style::Sentence,
        );
        let through =
            link.says.through.as_ref().filter(|named| ![&from.named.key, &to.named.key].contains(&&named.key));
        let through = through.filter(|_| !mechanism.is_manual());
        if let Some(through) = through {
            self.draft.system(through, origin.clone());
            if !sheet.is_planned() {
                self.today.insert(through.key.clone());
            }
        }
        let mut entry = Entry { origins: BTreeSet::from([origin.clone()]), itself: link.itself, ..Entry::default() };
        if let Some(why) = mechanism_guess.map(|why| if why == how::NOT_SAID { self.not_said("how") } else { why }) {
            entry.fields.insert("mechanism", Given::guessed(Value::Literal(mechanism.as_str().to_owned()), why));
        }
        if let Some(why) = link.way_guess {
            entry.fields.insert("from", Given::guessed(Value::Text(from.named.name.clone()), why));
            entry.fields.insert("to", Given::guessed(Value::Text(to.named.name.clone()), why));
        }
        let is_silent = link.says.data.is_empty();
        let objects = if is_silent { vec!["records".to_owned()] } else { link.says.data.clone() };
        let mut data = BTreeSet::new();
        for word in &objects {
            let id = slug(word, "records");
            let mut fields = BTreeMap::new();
            if is_personal(&singular(&id)) {
                fields.insert("personal", Given::guessed(Value::Literal("true".into()), "the name is that of persons"));
            }
            self.draft.object(&id, fields, origin.clone());
            data.insert(id);
        }
        let guess = if is_silent { Some(self.not_said("what moves")) } else { link.says.data_guess };
        let is_other = !label.is_empty() && objects.len() != 1 || objects.first().is_some_and(|only| *only != label);
        let said = (is_other && !label.is_empty()).then(|| label.chars().take(200).collect::<String>());
        if guess.is_some() || said.is_some() {
            let value = Value::Text(data.iter().cloned().collect::<Vec<_>>().join(", "));
            entry.fields.insert("data", Given { guess, value, said });
        }
        if let Some((_, said)) = &link.says.runs {
            let value = Value::Literal(String::new());
            entry.fields.insert("runs", Given { guess: None, value, said: Some(said.clone()) });
        }
        let minutes = link.arrows.iter().find_map(|at| sheet.arrows[*at].minutes);
        if let Some(minutes) = minutes.filter(|_| mechanism.is_manual()) {
            entry.fields.insert("minutes", Given::stated(Value::Literal(minutes.to_string())));
        }
        let drawn = link.performer.map(|person| {
            let name = looked.labels.get(&person).map_or("person", |label| label.named.name.as_str());
            self.team_name(name, left_out)
        });
        if let Some(name) = drawn.or_else(|| arrow.performer.clone()).filter(|_| mechanism.is_manual()) {
            let team = self.draft.team(&name, origin);
            entry.fields.insert("performer", Given::stated(Value::Team(team)));
        }
        let who = link.says.who.as_ref().filter(|_| mechanism.is_manual() && !entry.fields.contains_key("performer"));
        if let (Some(name), Some(origin)) = (who, entry.origins.first().cloned()) {
            let name = self.team_name(name, left_out);
            let team = self.draft.team(&name, origin);
            entry.fields.insert("performer", Given::guessed(Value::Team(team), "the words begin with who does it"));
        }
        let standing = if sheet.is_planned() || link.says.is_planned { Standing::Planned } else { Standing::Live };
        let runs = link.says.runs.as_ref().map(|(runs, _)| *runs);
        let key = FlowKey {
            from: from.named.key.clone(),
            to: to.named.key.clone(),
            data,
            mechanism,
            through: through.map(|named| named.key.clone()),
            apart: String::new(),
        };
        if let Some(words) = &link.says.how_often {
            let name = format!("{} {}", from.named.name, to.named.name);
            let about = Some(EntryKey::Flow(Box::new(key.clone())));
            let ask = format!("How often is \"{words}\" ({} to {})?", from.named.name, to.named.name);
            self.ask(4, "rate", &name, ask, about, vec!["26/year".into(), "2/week".into()]);
        }
        Some(self.add(key, DraftFlow { entry, standing, runs }, is_silent))
    }

    /// Adds a flow, or makes it one with an equal one: two pages that show it show one flow.
    fn add(&mut self, mut key: FlowKey, flow: DraftFlow, is_silent: bool) -> usize {
        let performer = |flow: &DraftFlow| flow.entry.fields.get("performer").map(|given| given.value.clone());
        if let Some(at) = self.by_key.get(&key) {
            let known = &mut self.made[*at];
            if performer(&known.flow) == performer(&flow) || performer(&flow).is_none() {
                known.flow.instead(flow);
                return *at;
            }
            if let Some(Value::Team(team)) = performer(&flow) {
                key.apart = team;
            }
        }
        if let Some(at) = self.by_key.get(&key) {
            self.made[*at].flow.instead(flow);
            return *at;
        }
        self.by_key.insert(key.clone(), self.made.len());
        self.made.push(Made { key, flow, is_silent, merged: None });
        self.made.len() - 1
    }

    /// That an input does not say `what`, in the word for what it is.
    fn not_said(&self, what: &str) -> &'static str {
        let is_model = ["structurizr", "likec4", "calm", "archimate"].contains(&self.format);
        match (is_model, what) {
            (true, "how") => "the model does not say how",
            (false, "how") => how::NOT_SAID,
            (true, _) => "the model does not say what moves",
            (false, _) => "the drawing does not say what moves",
        }
    }

    /// Makes arrows that say nothing of what moves one with an arrow between the same ends that does.
    fn unite(&mut self) {
        let mut telling: BTreeMap<(String, String, bool), usize> = BTreeMap::new();
        for (at, made) in self.made.iter().enumerate().filter(|(_, made)| !made.is_silent) {
            let ends = (made.key.from.clone(), made.key.to.clone(), made.key.mechanism.is_manual());
            telling.entry(ends).or_insert(at);
        }
        let mut silent: BTreeMap<(String, String, bool), usize> = BTreeMap::new();
        for at in 0..self.made.len() {
            let made = &self.made[at];
            if !made.is_silent {
                continue;
            }
            let ends = |is_manual| (made.key.from.clone(), made.key.to.clone(), is_manual);
            let is_manual = made.key.mechanism.is_manual();
            let has_guess = made.flow.entry.fields.get("mechanism").is_some_and(|given| given.guess.is_some());
            // What is only guessed to be by hand or not may be the other.
            let other = telling.get(&ends(!is_manual)).filter(|_| has_guess);
            let found = telling.get(&ends(is_manual)).or(other).or_else(|| silent.get(&ends(is_manual))).copied();
            match found {
                Some(with) => {
                    let flow = self.made[at].flow.clone();
                    let with_flow = &mut self.made[with].flow;
                    with_flow.standing = with_flow.standing.min(flow.standing);
                    with_flow.entry.origins.extend(flow.entry.origins);
                    self.made[at].merged = Some(with);
                }
                None => drop(silent.insert(ends(is_manual), at)),
            }
        }
    }

    fn finish(&mut self) {
        let made = std::mem::take(&mut self.made);
        let key = |at: usize| {
            let mut at = at;
            while let Some(with) = made[at].merged {
                at = with;
            }
            EntryKey::Flow(Box::new(made[at].key.clone()))
        };
        for fate in std::mem::take(&mut self.fates) {
            let fate = match fate {
                Became::Flows(flows) => Fate::Gave(flows.into_iter().map(key).collect()),
                Became::Dropped { what, at, why } => Fate::Dropped { what, at, why },
            };
            self.draft.units.push(Unit { input: self.file.input, fate });
        }
        for one in made.iter().filter(|one| one.merged.is_none()) {
            self.ask_about_flow(one);
        }
        let (mut used, mut data) = (BTreeSet::new(), BTreeSet::new());
        for Made { key, mut flow, merged, .. } in made {
            if merged.is_some() {
                continue;
            }
            if flow.runs.is_none() {
                flow.entry.fields.remove("runs");
            }
            used.extend([Some(&key.from), Some(&key.to), key.through.as_ref()].into_iter().flatten().cloned());
            data.extend(key.data.iter().cloned());
            self.draft.flow(key, flow);
        }
        // Objects of arrows that were made one with others are said by nobody.
        self.draft.data.retain(|id, _| data.contains(id));
        for (key, system) in &mut self.draft.systems {
            if !self.today.contains(key) {
                system.entry.fields.insert("status", Given::stated(Value::Literal("planned".into())));
            }
        }
    }

    /// A name for a team: of persons by name only a number stays.
    fn team_name(&mut self, name: &str, left_out: &mut LeftOut) -> String {
        if !super::people::is_personal_name(name) {
            return name.to_owned();
        }
        let number = self.personal_names.len() + 1;
        let known = self.personal_names.entry(name.to_lowercase()).or_insert_with(|| {
            left_out.count("name of a person", 1);
            format!("Person {number}")
        });
        known.clone()
    }
}
