//! The validated stack: systems, data objects, flows, processes, teams, practices; every reference resolved.

use jiff::civil::Date;

use super::id::{DataId, DataIx, FlowId, FlowIx, ProcessId, ProcessIx, SystemId, SystemIx, TeamId, TeamIx};
use super::mechanism::Mechanism;
use super::units::{Count, Duration, Hours, Minutes, Money, MoneyPerHour, PerYear, PersonDays, Range, Share};
use crate::catalog::ProductFacts;
use crate::source::Span;

/// A whole stack file, validated. Every list is sorted by id; an `Ix` is a place in its list.
#[derive(Clone, Debug, Default)]
pub struct Stack {
    /// What the stack is called.
    pub name: String,
    /// The day from which all date rules count.
    pub as_of: Option<Date>,
    /// The currency of all money, as the file writes it.
    pub currency: Option<String>,
    /// Loaded cost of an hour of manual work, unless the team states its own.
    pub hourly_rate: Option<Range<MoneyPerHour>>,
    /// Minutes to mend one wrong record; `None` where the file leaves it to the default.
    pub error_minutes: Option<Range<Minutes>>,
    /// Yearly costs from which severities move.
    pub severity: SeverityCosts,
    /// Who owns systems and performs handoffs.
    pub teams: Vec<Team>,
    /// What holds or transforms data.
    pub systems: Vec<System>,
    /// The kinds of data that move.
    pub data: Vec<DataObject>,
    /// What goes from where to where.
    pub flows: Vec<Flow>,
    /// What the business does with the data.
    pub processes: Vec<Process>,
    /// What no graph can show.
    pub practices: Practices,
    /// Findings that somebody decided to live with.
    pub accept: Vec<Acceptance>,
    /// How the plan is to be made.
    pub plan: PlanSettings,
}

/// Yearly costs at which the severity of a finding moves one step.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SeverityCosts {
    /// Up at this or more.
    pub high: Money,
    /// Down below this.
    pub low: Money,
}

impl Default for SeverityCosts {
    fn default() -> Self {
        Self { high: Money(25_000.0), low: Money(2_000.0) }
    }
}

/// Who owns systems or performs handoffs.
#[derive(Clone, Debug)]
pub struct Team {
    /// Its id.
    pub id: TeamId,
    /// Its name; the id where none is given.
    pub name: String,
    /// How many people; `None` counts as more than one.
    pub people: Option<u32>,
    /// Loaded cost of an hour, where it differs from the stack's.
    pub hourly_rate: Option<Range<MoneyPerHour>>,
    /// Share of the year in which what waits for it gets done. Holidays in which nothing falls due, and days that
    /// somebody else stands in, do not count as absence.
    pub availability: Option<Range<Share>>,
    /// Where the file defines it.
    pub place: Span,
}

impl Team {
    /// Whether the whole team is one person.
    #[must_use]
    pub fn is_one_person(&self) -> bool {
        self.people == Some(1)
    }
}

/// How far a system's use has come.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Status {
    /// Somebody uses it; nobody decided so.
    AdHoc,
    /// On trial.
    Pilot,
    /// In regular use.
    #[default]
    Production,
    /// No longer in use.
    Retired,
}

impl Status {
    /// All states with the word of the stack file.
    pub const ALL: [(Self, &'static str); 4] =
        [(Self::AdHoc, "ad-hoc"), (Self::Pilot, "pilot"), (Self::Production, "production"), (Self::Retired, "retired")];

    /// The word of the stack file.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        Self::ALL.iter().find(|(status, _)| *status == self).map_or("", |(_, word)| word)
    }
}

/// A product or store that holds or transforms data.
#[derive(Clone, Debug)]
pub struct System {
    /// Its id.
    pub id: SystemId,
    /// Its name: the one given, else the product's, else the id.
    pub name: String,
    /// What is known of its product: the catalog's facts, and over them whatever the file states.
    pub facts: ProductFacts,
    /// Who answers for it.
    pub owner: Option<TeamIx>,
    /// Who pays for it.
    pub budget_owner: Option<String>,
    /// The cluster in which diagrams draw it.
    pub domain: Option<String>,
    /// Share of the year in which it is up by itself.
    pub availability: Option<Range<Share>>,
    /// How far its use has come.
    pub status: Status,
    /// Whether customers see what is in it.
    pub is_audience_facing: bool,
    /// What must be up for it to be up.
    pub depends_on: Vec<SystemIx>,
    /// Which data objects come into being in it, and out of what.
    pub makes: Vec<Making>,
    /// When its security was reviewed.
    pub security_review: Option<Date>,
    /// When its vendor was reviewed, and how often that is due.
    pub vendor_review: VendorReview,
    /// The contract with the vendor.
    pub contract: Contract,
    /// What its output must come up to.
    pub quality_standard: Option<String>,
    /// What to do while it is down.
    pub runbook: Option<String>,
    /// The trial, where it is one.
    pub pilot: Option<Pilot>,
    /// Where the file defines it.
    pub place: Span,
}

impl System {
    /// A system of which no more is stated than what product it is.
    #[must_use]
    pub fn bare(id: SystemId, name: String, facts: ProductFacts, place: Span) -> Self {
        Self {
            id,
            name,
            facts,
            owner: None,
            budget_owner: None,
            domain: None,
            availability: None,
            status: Status::default(),
            is_audience_facing: false,
            depends_on: Vec::new(),
            makes: Vec::new(),
            security_review: None,
            vendor_review: VendorReview::default(),
            contract: Contract::default(),
            quality_standard: None,
            runbook: None,
            pilot: None,
            place,
        }
    }

    /// Whether it is in today's graph.
    #[must_use]
    pub fn is_live(&self) -> bool {
        self.status != Status::Retired
    }

    /// Whether it only relays data between people.
    #[must_use]
    pub fn is_carrier(&self) -> bool {
        self.facts.kind.is_carrier()
    }

    /// Whether it is an AI tool: as stated, else by the catalog and the kind.
    #[must_use]
    pub fn is_ai(&self) -> bool {
        self.facts.ai_tool
    }

    /// Whether it is an AI tool in regular use.
    #[must_use]
    pub fn is_production_ai(&self) -> bool {
        self.is_ai() && self.status == Status::Production
    }
}

/// One way in which a data object comes into being in a system.
#[derive(Clone, Debug, PartialEq)]
pub struct Making {
    /// What is made.
    pub data: DataIx,
    /// What is needed for it, all of it, at this system; nothing for an origin. Sorted, each once.
    pub from: Vec<DataIx>,
    /// The model that makes it, where one does.
    pub model: Option<Model>,
    /// Where the file says so.
    pub place: Span,
}

/// How a model is retrained.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Retraining {
    /// By itself.
    Automatic,
    /// By hand.
    Manual,
    /// Not at all; also where the file does not say.
    Never,
}

impl Retraining {
    /// All ways with the word of the stack file.
    pub const ALL: [(Self, &'static str); 3] =
        [(Self::Automatic, "automatic"), (Self::Manual, "manual"), (Self::Never, "never")];
}

/// A model that makes a data object.
#[derive(Clone, Debug, PartialEq)]
pub struct Model {
    /// The outcomes it must get back to learn from. Sorted, each once.
    pub feedback: Vec<DataIx>,
    /// How it is retrained; `None` where the file does not say, which counts as never.
    pub retrain: Option<Retraining>,
    /// Whether its drift is watched; `None` where the file does not say, which counts as no.
    pub drift_monitor: Option<bool>,
    /// Whether its answers can be explained; `None` where the file does not say, which counts as no.
    pub explainable: Option<bool>,
}

/// Reviews of a vendor.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct VendorReview {
    /// The last one.
    pub last: Option<Date>,
    /// How often one is due.
    pub every: Option<Duration>,
}

/// The contract for a system.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Contract {
    /// When it renews.
    pub renews: Option<Date>,
    /// What it costs a year.
    pub cost: Option<Range<Money>>,
}

/// A trial of a system.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Pilot {
    /// When it began.
    pub since: Option<Date>,
    /// By when it is decided.
    pub decide_by: Option<Date>,
    /// By what it is decided.
    pub measure: Option<String>,
    /// Who decides: a team.
    pub decider: Option<TeamIx>,
}

/// A kind of data that moves.
#[derive(Clone, Debug)]
pub struct DataObject {
    /// Its id.
    pub id: DataId,
    /// Its name; the id where none is given.
    pub name: String,
    /// Whether it is about persons: as stated, and `None` where the file does not say.
    pub personal: Option<bool>,
    /// Whether it becomes customer-facing.
    pub is_content: bool,
    /// Where the file defines it.
    pub place: Span,
}

/// A review of what a flow carries, by a person.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Review {
    /// Who reviews.
    pub by: Option<TeamIx>,
    /// Whether the review is part of the flow of work; `None` where the file does not say.
    pub embedded: Option<bool>,
    /// Where the file says so.
    pub place: Span,
}

/// Data objects going from one system to another, by one mechanism.
#[derive(Clone, Debug)]
pub struct Flow {
    /// Its id: the one given, else made of its ends and objects.
    pub id: FlowId,
    /// Whether the file gives the id.
    pub has_own_id: bool,
    /// Where it begins.
    pub from: SystemIx,
    /// Where it ends.
    pub to: SystemIx,
    /// What it carries: sorted, each once, at least one.
    pub data: Vec<DataIx>,
    /// How.
    pub mechanism: Mechanism,
    /// Through which middleware. Sorted, each once.
    pub through: Vec<SystemIx>,
    /// Who performs it, where it is manual.
    pub performer: Option<TeamIx>,
    /// How often a year.
    pub runs: Option<Range<PerYear>>,
    /// Minutes of work for one run.
    pub minutes: Option<Range<Minutes>>,
    /// Records of one run; `None` counts as 1.
    pub records: Option<Range<Count>>,
    /// Share of the records that go wrong; `None` counts as 0.
    pub error_rate: Option<Range<Share>>,
    /// Time from source to target; `None` counts as 0.
    pub delay: Option<Range<Hours>>,
    /// The review on its way, where there is one.
    pub review: Option<Review>,
    /// What automating it is worth a year, beyond hours and errors.
    pub value: Option<Range<Money>>,
    /// Share of the year in which it works by itself.
    pub availability: Option<Range<Share>>,
    /// Whether it is used only when others fail.
    pub is_standby: bool,
    /// Whether it does not exist yet.
    pub is_planned: bool,
    /// Where the file defines it.
    pub place: Span,
}

impl Flow {
    /// Whether a person performs it.
    #[must_use]
    pub fn is_manual(&self) -> bool {
        self.mechanism.is_manual()
    }
}

/// A need of a process: one data object at one system.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Need {
    /// What is needed.
    pub data: DataIx,
    /// Where.
    pub at: SystemIx,
    /// How old it may be.
    pub max_age: Option<Duration>,
    /// Where the file says so.
    pub place: Span,
}

/// A business process that needs certain data objects at certain systems.
#[derive(Clone, Debug)]
pub struct Process {
    /// Its id.
    pub id: ProcessId,
    /// Its name; the id where none is given.
    pub name: String,
    /// Who answers for it.
    pub owner: Option<TeamIx>,
    /// What it needs: all of the list, and of each entry any one. No entry is empty.
    pub needs: Vec<Vec<Need>>,
    /// What an hour without it costs.
    pub outage_cost: Option<Range<MoneyPerHour>>,
    /// The outage that does no harm.
    pub tolerates: Option<Duration>,
    /// Where the file defines it.
    pub place: Span,
}

/// What no graph can show; `None` where not known.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Practices {
    /// What the AI policy covers.
    pub ai_policy: Option<Vec<String>>,
    /// What the evaluation framework covers.
    pub evaluation_framework: Option<Vec<String>>,
    /// How often vendors are reviewed, unless the system says otherwise.
    pub vendor_review_cadence: Option<Duration>,
    /// Where the quality standards are.
    pub quality_standards: Option<String>,
    /// Where the resilience plan is.
    pub resilience_plan: Option<String>,
}

/// What an acceptance names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Accepted {
    /// All findings of a rule about a subject.
    Subject {
        /// The rule.
        rule: String,
        /// One of the finding's subjects.
        subject: String,
    },
    /// One finding.
    Finding(String),
}

/// A finding that somebody decided to live with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Acceptance {
    /// Which.
    pub what: Accepted,
    /// The last day on which that holds; `None` for good.
    pub until: Option<Date>,
    /// Why.
    pub why: Option<String>,
    /// Where the file says so.
    pub place: Span,
    /// Where it names the rule or the finding.
    pub rule_place: Span,
    /// Where it names the subject, if it does.
    pub subject_place: Span,
}

/// How the plan is to be made; `None` where the file leaves it to defaults.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct PlanSettings {
    /// Days of integration work that can be done a week.
    pub capacity: Option<PersonDays>,
    /// How far ahead gains count.
    pub horizon: Option<Duration>,
    /// What may be spent.
    pub budget: Option<Range<Money>>,
    /// The length of a wave.
    pub wave: Option<Duration>,
    /// What a day of integration work costs.
    pub day_rate: Option<Range<Money>>,
    /// Effort by kind of candidate, sorted by kind.
    pub efforts: Vec<(String, Range<PersonDays>)>,
    /// Running cost a year by kind of candidate, sorted by kind.
    pub running_costs: Vec<(String, Range<Money>)>,
}

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

look_ups! {
    teams Team TeamIx team find_team all_teams;
    systems System SystemIx system find_system all_systems;
    data DataObject DataIx data_object find_data all_data;
    flows Flow FlowIx flow find_flow all_flows;
    processes Process ProcessIx process find_process all_processes;
}

impl Stack {
    /// Whether a flow is in today's graph: not planned, and both ends and all middleware live.
    #[must_use]
    pub fn is_live(&self, flow: &Flow) -> bool {
        !flow.is_planned && [flow.from, flow.to].iter().chain(&flow.through).all(|ix| self.system(*ix).is_live())
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
