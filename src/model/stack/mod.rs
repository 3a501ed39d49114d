//! The validated stack: systems, data objects, flows, processes, teams, practices; every reference resolved.
//!
//! Each part is a table of its keys ([`mapping!`](super::table)); what no row of it can say stands below the table.

mod acceptance;
mod ai_use;
mod dependency;
mod flow;
mod lanes;
mod process;
mod product;
mod remarks;
mod seldom;
mod settings;
mod system;
mod team;

use jiff::civil::Date;

use super::form::{Currency, Day, Figures, Text, Texts, by_id, list, object, stated_currency};
use super::id::{DataIx, FlowIx, ProcessIx, SystemIx, TeamIx};
use super::name::tell_apart;
use super::table::{
    Context, Fields, Irregular, Key, Mapping, Mask, Maskable, Masker, Names, Pairs, Refusal, Tables, Takes, Written,
    check_shared_name_space, mapping, parsed, quoted,
};
use super::units::{Figure, Minutes, MoneyPerHour, Range};
use crate::catalog::{Lane, SharedCatalog};
use crate::source::{Entry, Value};

pub use acceptance::{Acceptance, Accepted};
pub use ai_use::{AiUse, Role};
pub use flow::{Flow, FlowStatus, Rated, Review, Run, WatchedBy};
pub use lanes::Lanes;
pub use process::{Need, Process, ProcessNeed, Requirement};
pub use remarks::{Basis, Extras, FileExtras, Remarks};
pub use seldom::{Seldom, Unstated};
pub use settings::{Framework, PlanSettings, Policy, Practices, RULE_NAMES, SeverityCosts};
pub use system::{Contract, Making, Model, Pilot, Retraining, Status, System, VendorReview};
pub use team::{DataObject, Team};

mapping! {
    /// A whole stack file, validated. Every list is sorted by id; an `Ix` is a place in its list.
    #[derive(Clone, Debug, Default)]
    pub struct Stack = "a stack file" + Irregular {
        + catalog: SharedCatalog = Stack::not_yet_known, "What is known of products: that of the program, under rows of one's own.";
        format: Format = flat, (), Keep, "The version of the format, of which there is one.";
        name: String = always("Unnamed stack".to_owned()), Text::Word, Name, "What the stack is called.";
        as_of: Option<Date> = may, Day, Keep,
            "Today for all date rules; the clock is never read.";
        currency: Option<String> = may, Currency, Currency, "The currency of all money, such as `USD`.";
        hourly_rate: Figure<MoneyPerHour> = may, Figures::Amount("an hourly rate", "money per hour"), Money,
            "Loaded cost of an hour of manual work; a team may state its own.";
        error_minutes: Figure<Minutes> = may, Figures::Amount("a number of minutes", "minutes"), Keep,
            "Minutes to fix one wrong record; 10 where absent.";
        catalogs as "catalog": Vec<String> = many, Texts::Files, Drop,
            "Catalog files of one's own, seen from this file: products, connectors and limits over those of the program.";
        teams: Vec<Team> = many, by_id::<Team>("teams"), Within, "Who owns systems and performs handoffs.";
        systems: Vec<System> = many, by_id::<System>("systems"), Within, "What holds or transforms data.";
        data: Vec<DataObject> = many, by_id::<DataObject>("data objects"), Within, "The kinds of data that move.";
        flows: Vec<Flow> = many, flow::Flows, Within, "What data flows from where to where, and how.";
        processes: Vec<Process> = many, by_id::<Process>("processes"), Within,
            "What the business does with the data.";
        practices: Practices = or(Practices::default()), object::<Practices>(), Within,
            "What flows cannot show; what is absent is not known.";
        severity: SeverityCosts = or(SeverityCosts::default()), object::<SeverityCosts>(), Within,
            "Yearly costs at which the severity of a finding moves one step.";
        accept: Vec<Acceptance> = many, list::<Acceptance>("acceptances"), Within,
            "Findings that you decided to live with.";
        plan: PlanSettings = or(PlanSettings::default()), object::<PlanSettings>(), Within,
            "Settings of the plan; the command line overrides them.";
        lanes: Lanes = or(Lanes::default()), object::<Lanes>(), Within,
            "Which step of the customer's journey whole domains serve: their place from left to right in diagrams; a system's own `lane` comes first.";
        extras: FileExtras = flat, (), Within, "Keys of one's own.";
    }
}

/// Ids are known before anything that refers to them is read.
impl Irregular for Stack {
    fn look(fields: &Fields<'_, '_>, cx: &mut Context) {
        let mut names = |what, list| {
            let entries: &[Entry<'_>] = match fields.get(list).map(|node| &node.resolved().value) {
                Some(Value::Map(entries)) => entries,
                _ => &[],
            };
            Names::of(what, entries, &mut cx.problems)
        };
        let (teams, systems) = (names("team", "teams"), names("system", "systems"));
        let data = names("data object", "data");
        let processes = names("process", "processes");
        let catalog = cx.tables.catalog.clone();
        cx.tables = Tables { teams, systems, data, processes, catalog };
        cx.currency = fields.scalar("currency").and_then(stated_currency).map(str::to_owned);
    }
}

/// The format of a stack file: version 1, the only one. Beside it a file may say where its schema is, for editors.
#[derive(Clone, Copy, Debug, Default)]
pub struct Format;

impl Mapping for Format {
    const WHAT: &'static str = "a stack file";
    const KEYS: &'static [Key] = &[
        Key { name: "sinew", takes: Takes::Version, required: true, mask: Mask::Keep, doc: "Version of the format." },
        Key {
            name: "$schema",
            takes: Takes::Text,
            required: false,
            mask: Mask::Drop,
            doc: "Where an editor finds the schema; not read.",
        },
    ];

    fn read(fields: &Fields<'_, '_>, cx: &mut Context) -> Option<Self> {
        if let Some(node) = fields.get("sinew") {
            parsed(node, "bad-version", "a version", &mut cx.problems, |text| match text {
                "1" => Ok(()),
                _ => Err(Refusal::of(
                    format!("expected format version 1, found {}", quoted(text)),
                    [("1".to_owned(), "")],
                )),
            });
        }
        Some(Self)
    }

    fn blank(_: &Fields<'_, '_>) -> Self {
        Self
    }

    fn write(&self, _: &Tables, out: &mut Pairs) {
        out.push(("sinew".into(), Written::Line("1".to_owned())));
    }
}

impl Maskable for Format {
    fn mask(&mut self, _: Mask, _: &mut dyn Masker) {}
}

/// The keys of a stack file; all others stand within them.
pub const KEYS: &[Key] = Stack::KEYS;

macro_rules! look_ups {
    ($($list:ident $item:ident $ix:ident $get:ident $find:ident $all:ident;)*) => {
        impl Stack {$(
            #[doc = concat!("The entry of `", stringify!($list), "` at `ix`.")]
            #[must_use]
            pub fn $get(&self, ix: $ix) -> &$item {
                &self.$list[ix.at()]
            }

            #[doc = concat!("Where `id` stands in `", stringify!($list), "`, if it does.")]
            #[must_use]
            pub fn $find(&self, id: &str) -> Option<$ix> {
                self.$list.binary_search_by(|item| item.id.as_str().cmp(id)).ok().map($ix::new)
            }

            #[doc = concat!("Every entry of `", stringify!($list), "` with its place, by id.")]
            pub fn $all(&self) -> impl ExactSizeIterator<Item = ($ix, &$item)> + DoubleEndedIterator {
                self.$list.iter().enumerate().map(|(at, item)| ($ix::new(at), item))
            }
        )*}
    };
}

impl Stack {
    /// How many systems, flows, data objects and processes it has: what the work of an analysis grows with.
    #[must_use]
    pub fn count_entries(&self) -> usize {
        self.systems.len() + self.flows.len() + self.data.len() + self.processes.len()
    }
}

look_ups! {
    teams Team TeamIx team find_team all_teams;
    systems System SystemIx system find_system all_systems;
    data DataObject DataIx data_object find_data all_data;
    flows Flow FlowIx flow find_flow all_flows;
    processes Process ProcessIx process find_process all_processes;
}

impl Stack {
    /// The step of the customer's journey that a system serves: its own, else that of its domain, else that of its kind.
    #[must_use]
    pub fn lane(&self, ix: SystemIx) -> Option<Lane> {
        let system = self.system(ix);
        let of_domain = || self.lanes.of(system.domain.as_deref()?);
        system.lane.or_else(of_domain).or(system.facts.kind.lane())
    }

    /// Completes a stack that was read. The file is not needed for it, and of a large one both together take much memory.
    pub(in crate::model) fn settled(mut self, cx: &mut Context) -> Self {
        self.catalog = cx.tables.catalog.clone();
        self.flows = flow::sort(self.flows, &mut cx.problems);
        check_shared_name_space(&cx.tables, &self.flows, &mut cx.problems);
        tell_apart(&mut self);
        self
    }

    /// Which catalog it is, is known once the mapping was read.
    fn not_yet_known(_: &Fields<'_, '_>) -> SharedCatalog {
        SharedCatalog::default()
    }

    /// The ids that references are written as.
    pub(crate) fn ids(&self) -> Tables {
        Tables {
            teams: Names::known("team", self.teams.iter().map(|team| team.id.as_str())),
            systems: Names::known("system", self.systems.iter().map(|system| system.id.as_str())),
            data: Names::known("data object", self.data.iter().map(|data| data.id.as_str())),
            processes: Names::known("process", self.processes.iter().map(|process| process.id.as_str())),
            catalog: self.catalog.clone(),
        }
    }

    /// Whether a flow is in today's graph: neither planned nor off, and both ends and all middleware live.
    #[must_use]
    pub fn is_live(&self, flow: &Flow) -> bool {
        flow.status == FlowStatus::Live && flow.systems().all(|ix| self.system(ix).is_live())
    }

    /// Today's flows, by id.
    pub fn live_flows(&self) -> impl Iterator<Item = (FlowIx, &Flow)> {
        self.all_flows().filter(|(_, flow)| self.is_live(flow))
    }

    /// Today's systems, by id.
    pub fn live_systems(&self) -> impl Iterator<Item = (SystemIx, &System)> {
        self.all_systems().filter(|(_, system)| system.is_live())
    }

    /// What an hour of `team` costs: its own rate, else the stack's.
    #[must_use]
    pub fn rate(&self, team: Option<TeamIx>) -> Option<Range<MoneyPerHour>> {
        team.and_then(|team| self.team(team).hourly_rate).or(self.hourly_rate)
    }
}
