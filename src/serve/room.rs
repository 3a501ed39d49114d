//! The state that all pages share: what the file says now, what could be read last, and one writer at a time.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use serde::Deserialize;
use serde_json::{Value, json};
use tokio::sync::watch;

use super::asked::{Asked, Meant, done, meant};
use super::board;
use super::history::{Done, History};
use super::keeper::{File, Keeper, Kept, Opened, Unkept, Wrong, hash};
use super::scenario;
use super::work::{Job, Made, Queue, work};
use crate::edit::{Single, is_blank, stepped};
use crate::model::slug;
use crate::report::diff::Diff;
use crate::report::story::since;
use crate::source::{Source, visible};
use sinew_draw::stood::Stood;

/// What a page asks to be done.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(super) enum Act {
    /// An edit.
    Edit(Asked),
    /// The last edit undone.
    Undo,
    /// The last edit that was undone done again.
    Redo,
    /// A new scenario, which the edits that follow go to.
    Start(String),
    /// Edits that follow go to this scenario; to the stack where it is empty.
    Go(String),
}

/// How it ended; the page gets the state in any case.
#[derive(Debug)]
pub(super) enum Ended {
    Done,
    /// The page had not seen the last change.
    Stale,
    Wrong(Wrong),
}

/// A stack that several pages show and edit.
pub struct Room {
    keeper: Arc<dyn Keeper>,
    read_only: Option<String>,
    state: Mutex<State>,
    tick: watch::Sender<u64>,
    queue: Queue,
}

/// How a stack file begins in which nothing stands yet.
fn head(file: &str) -> &'static str {
    if file.ends_with(".json") { "{ \"sinew\": 1 }\n" } else { "sinew: 1\n" }
}

struct State {
    /// Counts the states; also what was made later.
    ticks: u64,
    version: u64,
    hash: String,
    /// The scenario that edits go to.
    scenario: Option<String>,
    /// The text that edits change, as it was last seen.
    text: Option<Kept>,
    /// Today's stack and what is shown: the scenario's, if there is one.
    today: Option<Arc<Opened>>,
    shown: Option<Arc<Opened>>,
    wrong: Option<Wrong>,
    board: Value,
    /// What happened last, and what it moved.
    what: String,
    since: Vec<String>,
    history: History,
    picture: (u64, String),
    plan: (u64, Vec<String>),
    page: (u64, Arc<str>),
    /// Where the boxes of its pictures stand.
    stood: Option<Arc<Stood>>,
    no_plan: Option<String>,
}

impl Room {
    /// A room around the stack that `keeper` has. With `read_only`, nothing is edited, for that reason.
    #[must_use]
    pub fn new(keeper: Arc<dyn Keeper>, read_only: Option<String>) -> Arc<Self> {
        let state = State {
            ticks: 0,
            version: 0,
            hash: String::new(),
            scenario: None,
            text: None,
            today: None,
            shown: None,
            wrong: None,
            board: Value::Null,
            what: String::new(),
            since: Vec::new(),
            history: History::default(),
            picture: (0, String::new()),
            plan: (0, Vec::new()),
            page: (0, "".into()),
            stood: None,
            no_plan: None,
        };
        let room = Arc::new(Self {
            keeper,
            read_only,
            state: Mutex::new(state),
            tick: watch::Sender::new(0),
            queue: Queue::default(),
        });
        room.look("");
        let working = Arc::clone(&room);
        std::thread::spawn(move || work(&working.queue, |version, made| working.told(version, made)));
        room
    }

    /// Looks whether the files are still what was seen last; called whenever one of them may have been saved elsewhere.
    pub fn look(&self, what: &str) {
        let mut state = self.lock();
        self.seen(&mut state, what);
    }

    pub(super) fn ticks(&self) -> watch::Receiver<u64> {
        self.tick.subscribe()
    }

    pub(super) fn listeners(&self) -> usize {
        self.tick.receiver_count()
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn target(state: &State) -> File {
        state.scenario.clone().map_or(File::Stack, File::Scenario)
    }

    /// Takes in what the files say, where that is something new.
    fn seen(&self, state: &mut State, what: &str) {
        let stack = self.keeper.text(&File::Stack);
        let of_scenario = state.scenario.clone().map(|name| self.keeper.text(&File::Scenario(name)));
        let part = |kept: &Result<Kept, Wrong>| match kept {
            Ok(kept) => kept.hash.clone(),
            Err(wrong) => hash(wrong.text.as_bytes()),
        };
        let hash = match &of_scenario {
            None => part(&stack),
            Some(kept) => format!("{}-{}", part(&stack), part(kept)),
        };
        if hash == state.hash {
            return;
        }
        state.hash = hash;
        let read = self.read(&stack, of_scenario.as_ref());
        state.text = of_scenario.unwrap_or(stack).ok();
        self.take(state, read, what);
    }

    /// Today's stack, and the one that is shown.
    fn read(
        &self,
        stack: &Result<Kept, Wrong>,
        of_scenario: Option<&Result<Kept, Wrong>>,
    ) -> Result<(Arc<Opened>, Arc<Opened>), Wrong> {
        let today = Arc::new(self.opened(stack.as_ref().map_err(Clone::clone)?)?);
        let Some(kept) = of_scenario else { return Ok((Arc::clone(&today), today)) };
        let kept = kept.as_ref().map_err(Clone::clone)?;
        let then = scenario::opened(self.keeper.as_ref(), &today, &kept.source)?;
        Ok((today, Arc::new(then)))
    }

    /// The stack in a text; in one in which nothing stands yet, an empty one.
    fn opened(&self, kept: &Kept) -> Result<Opened, Wrong> {
        if kept.is_workbook || !is_blank(kept.source.text()) {
            return self.keeper.stack(kept);
        }
        let source = Source::new(kept.source.name(), head(kept.source.name()).to_owned());
        self.keeper.stack(&Kept { source, ..kept.clone() })
    }

    fn take(&self, state: &mut State, read: Result<(Arc<Opened>, Arc<Opened>), Wrong>, what: &str) {
        state.version += 1;
        state.what = what.to_owned();
        match read {
            Ok((today, shown)) => {
                state.since = state.shown.as_ref().map_or_else(Vec::new, |before| {
                    since(&Diff::at_once((&before.stack, &before.source), (&shown.stack, &shown.source)))
                });
                state.board = board::board(&shown);
                state.wrong = None;
                self.queue.push(Job { version: state.version, opened: Arc::clone(&shown) });
                (state.today, state.shown) = (Some(today), Some(shown));
            }
            Err(wrong) => {
                state.since = Vec::new();
                state.wrong = Some(wrong);
            }
        }
        self.ticked(state);
    }

    fn ticked(&self, state: &mut State) {
        state.ticks += 1;
        self.tick.send_replace(state.ticks);
    }

    /// What was made of the state of `version`; of an older one than is known already, nothing.
    fn told(&self, version: u64, made: Made) {
        let mut state = self.lock();
        match made {
            Made::Picture(svg) if version >= state.picture.0 => state.picture = (version, svg),
            Made::Plan(sentences) if version >= state.plan.0 => {
                state.plan = (version, sentences);
                state.no_plan = None;
            }
            Made::Page(page, stood) if version >= state.page.0 => {
                state.page = (version, page.into());
                state.stood = stood;
            }
            Made::NoPlan(why) if version >= state.plan.0 => {
                state.plan = (version, Vec::new());
                state.no_plan = Some(why);
            }
            _ => return,
        }
        self.ticked(&mut state);
    }

    /// The state as the page shows it.
    pub(super) fn state(&self) -> Value {
        self.shown(&self.lock())
    }

    fn shown(&self, state: &State) -> Value {
        let file = Self::target(state);
        let text_hash = state.text.as_ref().map_or("", |kept| kept.hash.as_str());
        let words = |done: Option<&Done>| done.map(|done| done.words.clone());
        let read_only = self.read_only.clone().or_else(|| {
            state.text.as_ref().filter(|kept| kept.is_workbook).map(|_| {
                "This stack is a workbook: change its cells in a spreadsheet program, and this page follows.".to_owned()
            })
        });
        json!({
            "ticks": state.ticks,
            "version": state.version,
            "hash": state.hash,
            "file": self.keeper.name(&file),
            "scenario": state.scenario,
            "scenarios": self.keeper.scenarios(),
            "read_only": read_only,
            "wrong": state.wrong.as_ref().map(|wrong| json!({ "text": wrong.text, "problems": wrong.problems })),
            "what": state.what,
            "since": state.since,
            "undo": words(state.history.undoable(&file, text_hash)),
            "redo": words(state.history.redoable(&file, text_hash)),
            "picture": state.picture.0,
            "plan": json!({ "version": state.plan.0, "sentences": state.plan.1, "none": state.no_plan }),
            "page": state.page.0,
            "board": state.board,
        })
    }

    /// The picture of the stack, as SVG; empty as long as there is none.
    pub(super) fn picture(&self) -> String {
        self.lock().picture.1.clone()
    }

    /// The page of the report; empty as long as there is none.
    pub(super) fn page(&self) -> Arc<str> {
        Arc::clone(&self.lock().page.1)
    }

    /// What is shown.
    pub(super) fn opened_now(&self) -> Option<Arc<Opened>> {
        self.lock().shown.clone()
    }

    /// Where the boxes of the report's pictures stand.
    pub(super) fn stood(&self) -> Option<Arc<Stood>> {
        self.lock().stood.clone()
    }

    /// All scenarios beside today.
    pub(super) fn compared(&self) -> Result<String, Wrong> {
        let today = self.lock().today.clone();
        match today {
            Some(today) => scenario::table(self.keeper.as_ref(), &today),
            None => Err(Wrong::because("the stack cannot be read")),
        }
    }

    /// Does what a page asks for that has seen the state `seen`.
    pub(super) fn act(&self, seen: &str, act: &Act) -> (Ended, Value) {
        let mut state = self.lock();
        self.seen(&mut state, "The file was changed elsewhere");
        let ended = match (&self.read_only, act) {
            _ if seen != state.hash => Ended::Stale,
            (Some(why), _) => Ended::Wrong(Wrong::because(why.clone())),
            (None, Act::Edit(asked)) => self.edit(&mut state, asked),
            (None, Act::Undo) => self.turn(&mut state, true),
            (None, Act::Redo) => self.turn(&mut state, false),
            (None, Act::Start(name)) => self.start(&mut state, name),
            (None, Act::Go(name)) => self.go(&mut state, name),
        };
        (ended, self.shown(&state))
    }

    fn edit(&self, state: &mut State, asked: &Asked) -> Ended {
        let (Some(kept), Some(shown), None) = (&state.text, &state.shown, &state.wrong) else {
            let of_errors = "the file has errors; they come first, in an editor";
            let why = match (&state.text, &state.wrong, &state.scenario) {
                (Some(_), ..) | (_, None, _) => of_errors.to_owned(),
                (None, Some(wrong), None) => format!("{}; nothing is written until it is there again", wrong.text),
                (None, Some(wrong), Some(_)) => {
                    format!("{}; go back to the stack, or put the scenario there again", wrong.text)
                }
            };
            return Ended::Wrong(Wrong::because(why));
        };
        if kept.is_workbook {
            return Ended::Wrong(Wrong::because("this stack is a workbook; change its cells in a spreadsheet program"));
        }
        let (kept, shown, today) = (kept.clone(), Arc::clone(shown), state.today.clone());
        let scenario = state.scenario.clone();
        let made = meant(asked, &shown.stack).and_then(|meant| {
            let text = self.edited(&kept, &shown, today.as_deref(), scenario.is_some(), &meant)?;
            Ok((text, meant.words))
        });
        match made {
            Ok((text, _)) if text == kept.source.text() => {
                state.what = "Nothing to do: the file says so already".to_owned();
                state.since = Vec::new();
                Ended::Done
            }
            Ok((text, words)) => self.write(state, &kept, text, words),
            Err(wrong) => Ended::Wrong(wrong),
        }
    }

    /// The text after the edit. What rests on places of the text is looked up in the text as it is by then.
    fn edited(
        &self,
        kept: &Kept,
        shown: &Opened,
        today: Option<&Opened>,
        is_scenario: bool,
        meant: &Meant,
    ) -> Result<String, Wrong> {
        let mut text = kept.source.text().to_owned();
        let mut own: Option<Opened> = None;
        for single in &meant.singles {
            let source = Source::new(kept.source.name(), text.clone());
            let is_new = matches!(single, Single::Add { .. } | Single::AddFlow(_));
            let steps = if is_scenario {
                let today = today.ok_or_else(|| Wrong::because("the stack cannot be read"))?;
                single.steps_of_scenario(&today.stack, &source)?
            } else {
                if !is_new && text != kept.source.text() {
                    own = Some(self.opened(&Kept { source: source.clone(), ..kept.clone() })?);
                }
                single.steps(&source, &own.as_ref().unwrap_or(shown).stack)?
            };
            let head = if is_scenario { "" } else { head(kept.source.name()) };
            text = stepped(&source, head, &steps)?;
        }
        Ok(text)
    }

    /// Saves a text that can be read, and shows it.
    fn write(&self, state: &mut State, kept: &Kept, text: String, words: String) -> Ended {
        let file = Self::target(state);
        let bytes = format!("{}{text}", kept.mark);
        let new = Kept {
            source: Source::new(kept.source.name(), text.clone()),
            hash: hash(bytes.as_bytes()),
            ..kept.clone()
        };
        let stack = if file == File::Stack { Ok(new.clone()) } else { self.keeper.text(&File::Stack) };
        let of_scenario = (file != File::Stack).then(|| Ok(new.clone()));
        let read = match self.read(&stack, of_scenario.as_ref()) {
            Ok(read) => read,
            Err(wrong) => return Ended::Wrong(wrong),
        };
        match self.keeper.save(&file, Some(&kept.hash), &bytes) {
            Ok(()) => {}
            Err(Unkept::Stale) => {
                self.seen(state, "The file was changed elsewhere");
                return Ended::Stale;
            }
            Err(Unkept::Failed(why)) => return Ended::Wrong(Wrong::because(why)),
        }
        let before = (kept.source.text().to_owned(), kept.hash.clone());
        let what = done(&words);
        state.history.push(Done { file, words, before, after: (text, new.hash.clone()) });
        self.now(state, &stack, &new, read, &what);
        Ended::Done
    }

    /// The state after a text was saved here.
    fn now(
        &self,
        state: &mut State,
        stack: &Result<Kept, Wrong>,
        new: &Kept,
        read: (Arc<Opened>, Arc<Opened>),
        what: &str,
    ) {
        state.hash = match (&state.scenario, stack) {
            (Some(_), Ok(stack)) => format!("{}-{}", stack.hash, new.hash),
            _ => new.hash.clone(),
        };
        state.text = Some(new.clone());
        self.take(state, Ok(read), what);
    }

    /// Undoes the last edit, or does again what was undone.
    fn turn(&self, state: &mut State, is_back: bool) -> Ended {
        let file = Self::target(state);
        let Some(kept) = state.text.clone() else { return Ended::Wrong(Wrong::because("the file cannot be read")) };
        let done = match is_back {
            true => state.history.undoable(&file, &kept.hash),
            false => state.history.redoable(&file, &kept.hash),
        };
        let Some(done) = done.cloned() else {
            let what = if is_back { "undo" } else { "do again" };
            let why = format!("there is nothing to {what}: only edits of this page that nothing followed go back");
            return Ended::Wrong(Wrong::because(why));
        };
        let (text, hash) = if is_back { done.before } else { done.after };
        let new = Kept { source: Source::new(kept.source.name(), text.clone()), hash, ..kept.clone() };
        let stack = if file == File::Stack { Ok(new.clone()) } else { self.keeper.text(&File::Stack) };
        let of_scenario = (file != File::Stack).then(|| Ok(new.clone()));
        let read = match self.read(&stack, of_scenario.as_ref()) {
            Ok(read) => read,
            Err(wrong) => return Ended::Wrong(wrong),
        };
        match self.keeper.save(&file, Some(&kept.hash), &format!("{}{text}", kept.mark)) {
            Ok(()) => {}
            Err(Unkept::Stale) => {
                self.seen(state, "The file was changed elsewhere");
                return Ended::Stale;
            }
            Err(Unkept::Failed(why)) => return Ended::Wrong(Wrong::because(why)),
        }
        let what = if is_back { format!("Undone: {}", done.words) } else { format!("Done again: {}", done.words) };
        if is_back {
            state.history.undone();
        } else {
            state.history.redone();
        }
        self.now(state, &stack, &new, read, &what);
        Ended::Done
    }

    fn start(&self, state: &mut State, name: &str) -> Ended {
        let Some(id) = slug(name.trim()) else {
            return Ended::Wrong(Wrong::because("name the scenario with letters from a to z: they name its file"));
        };
        if self.keeper.scenarios().contains(&id) {
            return Ended::Wrong(Wrong::because(format!(
                "there is a scenario `{}` already; choose it, or another name",
                visible(&id)
            )));
        }
        let yaml = crate::model::yaml_text(name.trim());
        match self.keeper.save(&File::Scenario(id.clone()), None, &format!("name: {yaml}\n")) {
            Ok(()) => self.go(state, &id),
            Err(Unkept::Stale) => Ended::Stale,
            Err(Unkept::Failed(why)) => Ended::Wrong(Wrong::because(why)),
        }
    }

    fn go(&self, state: &mut State, name: &str) -> Ended {
        let to = (!name.is_empty()).then(|| name.to_owned());
        if to.as_ref().is_some_and(|name| !self.keeper.scenarios().contains(name)) {
            return Ended::Wrong(Wrong::because(format!("there is no scenario `{}`", visible(name))));
        }
        state.scenario = to;
        let what = match &state.scenario {
            Some(name) => format!("Edits go to the scenario {name} now; the stack stays as it is"),
            None => "Edits go to the stack again".to_owned(),
        };
        self.seen(state, &what);
        Ended::Done
    }
}
