//! Chains of steps as systems and flows.

use std::collections::{BTreeMap, BTreeSet};

use super::sources::{At, Chains};
use super::starts::{Runs, runs, state};
use super::{Callee, Object, Start, State, Step, Use, What, Workflow};
use crate::import::clean::slug;
use crate::import::draft::{
    Draft, DraftFlow, DraftQuestion, Entry, EntryKey, Fate, FlowKey, Given, Origin, Standing, Unit, Value,
};
use crate::import::recognise::{Named, platform};
use crate::import::roles::{Role, is_personal, singular};
use crate::model::Mechanism;

/// What becomes of workflows that are switched off.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Off {
    /// Their flows are planned: they may be switched on.
    #[default]
    Planned,
    /// Their flows are off: not live, and not to be built.
    Off,
    /// They are left out.
    Skip,
    /// They are taken as if they were on.
    Live,
}

/// The flows of all workflows, and whether any of them is on.
#[derive(Debug, Default)]
pub(in crate::import) struct Chained {
    /// What the workflows of each input give.
    pub(in crate::import) drafts: Vec<Draft>,
    /// Workflows that are on, off and silent about it.
    pub(in crate::import) states: [usize; 3],
}

/// Makes systems, flows and questions of `workflows`, which may call each other; `files` are the names of the inputs.
pub(in crate::import) fn flows(workflows: &[Workflow], files: &[String], off: Off) -> Chained {
    let chains = Chains::of(workflows);
    let mut chained = Chained { drafts: vec![Draft::default(); files.len()], states: [0; 3] };
    for (w, workflow) in workflows.iter().enumerate() {
        chained.states[workflow.state as usize] += 1;
        let draft = &mut chained.drafts[workflow.input];
        let mut maker = Maker { chains: &chains, file: &files[workflow.input], workflow, w, draft };
        maker.steps(off);
    }
    chained
}

struct Maker<'a> {
    chains: &'a Chains<'a>,
    file: &'a str,
    workflow: &'a Workflow,
    w: usize,
    draft: &'a mut Draft,
}

impl Maker<'_> {
    fn steps(&mut self, off: Off) {
        let asleep = self.chains.asleep(self.w);
        let (mut moved, mut made) = (Vec::new(), BTreeMap::new());
        let mut given: BTreeMap<usize, Vec<EntryKey>> = BTreeMap::new();
        for (s, step) in self.workflow.steps.iter().enumerate() {
            let Some(used) = step.in_use().filter(|_| !asleep.contains(&s)) else { continue };
            let starts = self.chains.starts((self.w, s));
            let state = state(self.workflow.state, &starts);
            if state == State::Off && off == Off::Skip {
                continue;
            }
            given.entry(s).or_default().push(self.mention(&used.system, step));
            let named = step.references.iter().any(|reference| !reference.finds);
            if !(used.role.writes() || used.role == Role::Launch && named) {
                continue;
            }
            for (source, is_guess) in self.chains.of_step((self.w, s)) {
                let from = &self.chains.workflows[source.0].steps[source.1];
                let Some(giver) = from.in_use().filter(|giver| giver.system.key != used.system.key) else { continue };
                let standing = match (state, off) {
                    (State::On, _) | (State::Off, Off::Live) => Standing::Live,
                    (State::Silent, _) if self.workflow.state == State::Off => Standing::StartedByHand,
                    (State::Silent, _) => Standing::TakenAsLive,
                    (State::Off, Off::Off) => Standing::Off,
                    (State::Off, _) => Standing::Planned,
                };
                let how_often = runs(&starts);
                let key = self.flow(&mut made, (giver, source), (used, s), is_guess, standing, how_often);
                let key = EntryKey::Flow(Box::new(key));
                given.entry(s).or_default().push(key.clone());
                if source.0 == self.w {
                    given.entry(source.1).or_default().push(key.clone());
                }
                moved.push((how_often, key));
            }
        }
        for (key, flow) in made {
            self.draft.flow(key, flow);
        }
        for (s, step) in self.workflow.steps.iter().enumerate() {
            let fate = match given.remove(&s) {
                Some(entries) => Fate::Gave(entries),
                None => self.other(step, s, off),
            };
            self.draft.units.push(Unit { input: self.workflow.input, fate });
        }
        self.ask(&moved, asleep);
    }

    /// What becomes of a step that works in no system, or only stands beside one that does.
    fn other(&mut self, step: &Step, s: usize, off: Off) -> Fate {
        let is_asleep = self.chains.asleep(self.w).contains(&s);
        let (what, why) = match &step.what {
            _ if step.is_for_errors => ("error handler", "it runs only where another step fails"),
            _ if step.is_disabled => ("disabled step", "it is switched off"),
            _ if is_asleep => ("unreached step", "it comes after a disabled trigger or an error only"),
            What::Mention(_) if self.workflow.state == State::Off && off == Off::Skip => OFF,
            What::Mention(named) => return Fate::Gave(vec![self.mention(named, step)]),
            What::Use(_) => OFF,
            What::Pass(why) | What::Make { why, .. } => ("built-in step", *why),
            What::Call(_) if self.chains.callee((self.w, s)).is_none() => {
                ("workflow call", "the workflow that it calls is not among the files")
            }
            What::Call(_) => ("workflow call", "the steps that it calls are followed instead"),
            What::Nothing(why) => ("helper or note", *why),
        };
        Fate::Dropped { what, at: self.place(&step.name), why }
    }

    fn place(&self, step: &str) -> String {
        if self.workflow.is_named { format!("{}: {step}", self.workflow.name) } else { step.to_owned() }
    }

    /// Where something was found. A system or an object is itself whichever step names it; a flow is known again by its steps.
    fn origin(&self, step: &str, key: String) -> Origin {
        Origin { file: self.file.to_owned(), at: self.place(step), key }
    }

    fn mention(&mut self, named: &Named, step: &Step) -> EntryKey {
        let origin = self.origin(&step.name, named.key.clone());
        self.draft.system(named, origin)
    }

    /// Makes a flow. Branches of one workflow that carry the same run instead of each other, not besides.
    fn flow(
        &mut self,
        made: &mut BTreeMap<FlowKey, DraftFlow>,
        (giver, source): (&Use, At),
        (taker, target): (&Use, usize),
        is_guess: bool,
        standing: Standing,
        how_often: Runs,
    ) -> FlowKey {
        let workflow = &self.chains.workflows[source.0];
        let object = match (&giver.answer, &giver.object, &taker.object) {
            (Some(answer), ..) => Object::guessed(
                format!("{} {answer}", workflow.name),
                "what the model answers has no name: it is named after the workflow",
            ),
            (None, Some(object), _) | (None, None, Some(object)) => object.clone(),
            (None, None, None) => Object::guessed("record", "the steps do not say what they carry"),
        };
        let step = &self.workflow.steps[target].name;
        let giver_name = &workflow.steps[source.1].name;
        let own = self.workflow.id.as_deref().unwrap_or(&self.workflow.name);
        let origin = self.origin(step, format!("{}:{own}/{giver_name}/{step}", self.workflow.platform));
        let id = slug(&object.word, "record");
        let mut fields = BTreeMap::new();
        if is_personal(&singular(&id)) {
            fields.insert("personal", Given::guessed(Value::Literal("true".into()), "the name is that of persons"));
        }
        self.draft.object(&id, fields, self.origin(step, format!("object:{id}")));
        let platform = platform(self.workflow.platform);
        self.draft.system(&platform, self.origin(step, platform.key.clone()));
        let mut entry = Entry { origins: BTreeSet::from([origin]), ..Entry::default() };
        if workflow.steps[source.1].start == Some(Start::Webhook) {
            entry.itself = Some("the webhook is called after its sender, and nothing else says who calls it");
        } else if is_guess {
            entry.itself = Some("the step names nothing, or a step that does not exist: it is given what comes in");
        } else if giver.is_role_guess || taker.is_role_guess {
            entry.itself = Some("the step does not say whether it reads or writes");
        }
        if let Some(why) = object.guess {
            entry.fields.insert("data", Given::guessed(Value::Text(id.clone()), why));
        }
        let key = FlowKey {
            apart: String::new(),
            from: giver.system.key.clone(),
            to: taker.system.key.clone(),
            data: BTreeSet::from([id]),
            mechanism: self.mechanism(source, target),
            through: Some(platform.key),
        };
        let runs = match how_often {
            Runs::Known(a_year) => Some(a_year),
            Runs::ByHand | Runs::Unknown => None,
        };
        let flow = DraftFlow { entry, standing, runs };
        match made.get_mut(&key) {
            Some(known) => known.instead(flow),
            None => drop(made.insert(key.clone(), flow)),
        }
        key
    }

    /// By a webhook where nothing stands between the call and the step, else by the platform.
    fn mechanism(&self, source: At, target: usize) -> Mechanism {
        let is_called = self.chains.workflows[source.0].steps[source.1].start == Some(Start::Webhook);
        let is_next = source.0 == self.w && self.workflow.steps[target].before == [source.1];
        if is_called && is_next { Mechanism::Webhook } else { Mechanism::Ipaas }
    }

    /// What this workflow leaves open.
    fn ask(&mut self, moved: &[(Runs, EntryKey)], asleep: &BTreeSet<usize>) {
        let name = self.workflow.name.clone();
        let id = slug(&name, "workflow");
        let about = moved.first().map(|(_, key)| key.clone());
        let mut ask = |rank, kind: &str, ask: String, about: Option<EntryKey>, answers: &[&str]| {
            let answers = answers.iter().map(|answer| (*answer).to_owned()).collect();
            self.draft.questions.insert(DraftQuestion { rank, id: format!("{kind}:{id}"), ask, about, answers });
        };
        let is_awake = |s: &usize| !asleep.contains(s);
        let steps = || self.workflow.steps.iter().enumerate().filter(|(s, step)| is_awake(s) && !step.is_disabled);
        let has_start = |wanted: Start| steps().any(|(_, step)| step.start == Some(wanted));
        let writes = steps().any(|(_, step)| step.in_use().is_some_and(|used| used.role.writes()));
        let senders: BTreeSet<&str> = steps()
            .filter(|(_, step)| step.start == Some(Start::Webhook))
            .filter_map(|(_, step)| Some(step.in_use()?.system.name.as_str()))
            .collect();
        if has_start(Start::Webhook) && writes {
            let senders: Vec<&str> = senders.into_iter().collect();
            ask(1, "sender", format!("Which system calls the webhook of \"{name}\"?"), about.clone(), &senders);
        }
        if has_start(Start::Called) && writes && self.chains.callers(self.w).is_empty() {
            ask(
                1,
                "caller",
                format!("Which workflow calls \"{name}\"? It is not among the files."),
                about.clone(),
                &[],
            );
        }
        for (s, step) in steps() {
            if let What::Call(Callee::Named(_) | Callee::Unknown) = &step.what
                && self.chains.callee((self.w, s)).is_none()
            {
                let words =
                    format!("Which workflow does \"{}\" of \"{name}\" call? It is not among the files.", step.name);
                ask(2, &format!("callee:{}", slug(&step.name, "step")), words, about.clone(), &[]);
            }
        }
        if moved.iter().any(|(runs, _)| *runs == Runs::ByHand) {
            let words = format!("Who starts \"{name}\", and how often?");
            ask(3, "starter", words, about.clone(), &["1/day", "1/week", "1/month"]);
        }
        if moved.iter().any(|(runs, _)| *runs == Runs::Unknown) {
            let words = format!("How often does \"{name}\" run?");
            ask(5, "runs", words, about, &["10/day", "100/day", "1000/day"]);
        }
    }
}

const OFF: (&str, &str) = ("switched-off step", "its workflow is off, and `--off skip` leaves it out");
