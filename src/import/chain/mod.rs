//! Chains of steps, whichever platform wrote them: what readers of automation platforms make, and flows are made of.
//!
//! Flows follow references first: a step that writes takes from the steps that its parameters name. Only where it names
//! the item that comes in, or nothing at all, is it given what the nearest systems before it answered.

mod flows;
mod sources;
mod starts;

use super::clean::LeftOut;
use super::recognise::Named;
use super::roles::Role;

pub use flows::Off;
pub(super) use flows::flows;

/// A workflow, zap, scenario or recipe.
#[derive(Clone, Debug)]
pub(super) struct Workflow {
    /// The input that holds it, a place in the list of inputs.
    pub(super) input: usize,
    /// What others call it by, where the platform gives it an id.
    pub(super) id: Option<String>,
    /// Its name; the file's where it has none.
    pub(super) name: String,
    /// Whether the name is its own.
    pub(super) is_named: bool,
    /// The platform's format, which is also its product.
    pub(super) platform: &'static str,
    /// Whether it runs.
    pub(super) state: State,
    /// Its steps; each knows the steps before it by their places here.
    pub(super) steps: Vec<Step>,
}

/// Whether a workflow is switched on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum State {
    /// The file says that it is on.
    On,
    /// The file does not say.
    Silent,
    /// The file says that it is off.
    Off,
}

/// One step.
#[derive(Clone, Debug)]
pub(super) struct Step {
    /// Its name, or what the platform calls it, for places.
    pub(super) name: String,
    /// What it is.
    pub(super) what: What,
    /// What starts the workflow here, if something does.
    pub(super) start: Option<Start>,
    /// The steps whose items come in.
    pub(super) before: Vec<usize>,
    /// Systems that an AI step may ask while it works, and whether that is a guess.
    pub(super) asks: Vec<(usize, bool)>,
    /// What its parameters name.
    pub(super) references: Vec<Reference>,
    /// Whether it is given the whole item without naming it, as tables are.
    pub(super) takes_item: bool,
    /// Whether it moves nothing: it is switched off, or runs only where something fails.
    pub(super) is_disabled: bool,
    /// Whether it runs only where something fails.
    pub(super) is_for_errors: bool,
}

/// What a step is.
#[derive(Clone, Debug)]
pub(super) enum What {
    /// It hands on what comes in; why it is nothing more.
    Pass(&'static str),
    /// It makes an item of what it names, or of what comes in; why it is nothing more.
    Make {
        /// Why it is dropped.
        why: &'static str,
        /// Whether what comes in goes on besides.
        keeps_item: bool,
    },
    /// It calls another workflow.
    Call(Callee),
    /// It works in a system.
    Use(Use),
    /// A system that another step speaks for, such as the model of an agent.
    Mention(Named),
    /// It is no step of the chain; why.
    Nothing(&'static str),
}

/// The workflow that a step calls.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Callee {
    /// By its id or its name.
    Named(String),
    /// The workflow that the step stands in.
    Same,
    /// Decided while it runs.
    Unknown,
}

/// What a step does in its system.
#[derive(Clone, Debug)]
pub(super) struct Use {
    pub(super) system: Named,
    pub(super) role: Role,
    /// Whether the role is a guess.
    pub(super) is_role_guess: bool,
    /// What its records are.
    pub(super) object: Option<Object>,
    /// What an AI step answers with: `text` or `label`.
    pub(super) answer: Option<&'static str>,
}

/// The name of a data object.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Object {
    /// The foreign word.
    pub(super) word: String,
    /// Why it is a guess, if it is one.
    pub(super) guess: Option<&'static str>,
}

impl Object {
    pub(super) fn stated(word: impl Into<String>) -> Self {
        Self { word: word.into(), guess: None }
    }

    pub(super) fn guessed(word: impl Into<String>, why: &'static str) -> Self {
        Self { word: word.into(), guess: Some(why) }
    }
}

/// What starts a workflow.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Start {
    /// By schedule or by looking for news, so often a year; `None` where the file does not say how often.
    Timed(Option<f64>),
    /// Something that happens in a system.
    Event,
    /// A call from outside, of which the sender is not known.
    Webhook,
    /// A form of the platform itself.
    Form,
    /// A chat window of the platform itself.
    Chat,
    /// Somebody presses a button.
    Manual,
    /// Another workflow.
    Called,
}

/// What a parameter of a step names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Reference {
    pub(super) to: Target,
    /// The first field that it takes, where that can be seen.
    pub(super) field: Option<String>,
    /// Whether it only finds the record that is worked on.
    pub(super) finds: bool,
}

/// The step whose answer is named.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Target {
    /// A step of the same workflow; whether that is a guess.
    Step(usize, bool),
    /// Whatever comes in.
    Item,
    /// What the caller of the workflow gave.
    Nowhere,
}

impl Workflow {
    /// Makes every name that comes from the file fit to be written down.
    pub(super) fn clean(&mut self, left_out: &mut LeftOut) {
        self.name = left_out.clean(&self.name);
        self.id = self.id.take().map(|id| left_out.clean(&id));
        for step in &mut self.steps {
            step.name = left_out.clean(&step.name);
            match &mut step.what {
                What::Use(used) => {
                    used.system.name = left_out.clean(&used.system.name);
                    if let Some(object) = &mut used.object {
                        object.word = left_out.clean(&object.word);
                    }
                }
                What::Mention(named) => named.name = left_out.clean(&named.name),
                What::Call(Callee::Named(name)) => *name = left_out.clean(name),
                _ => {}
            }
        }
    }
}

impl Step {
    pub(super) fn new(name: String, what: What) -> Self {
        Self {
            name,
            what,
            start: None,
            before: Vec::new(),
            asks: Vec::new(),
            references: Vec::new(),
            takes_item: false,
            is_disabled: false,
            is_for_errors: false,
        }
    }

    /// The use of a system that counts: not one that is switched off, or runs only where something fails.
    pub(super) fn in_use(&self) -> Option<&Use> {
        match &self.what {
            What::Use(used) if !self.is_disabled => Some(used),
            _ => None,
        }
    }
}
