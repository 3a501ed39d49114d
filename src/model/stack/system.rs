//! Systems, what they make, and what is agreed about them.

use jiff::civil::Date;

use super::ai_use::{AiUse, warn_of_others};
use super::dependency::Dependencies;
use super::remarks::Remarks;
use super::seldom::Seldom;
use crate::catalog::people::meaning;
use crate::catalog::words::words;
use crate::catalog::{Lane, ProductFacts};
use crate::model::form::{Called, Day, Figures, Flag, Text, Time, id_of, ids_of, list, object, one_of};
use crate::model::id::{DataIx, SystemId, SystemIx, TeamIx};
use crate::model::name::Name;
use crate::model::table::{Context, Fields, Irregular, Key, Mapping, mapping};
use crate::model::units::{Duration, Figure, Hours, Money, Share};
use crate::source::{Diagnostic, Span};

mapping! {
    /// A product or store that holds or transforms data.
    #[derive(Clone, Debug)]
    pub struct System(SystemId) = "a system" + Irregular, keys name_second {
        facts: ProductFacts = flat, (), Within,
            "What is known of its product: the catalog's facts, and over them whatever the file states.";
        name: Name = named(System::name_from_product), Called, Name,
            "Its name; the product's where absent, else the id in words.";
        owner: Option<TeamIx> = may, id_of::<TeamIx>(), Name, "The team that owns it.";
        budget_owner: Option<String> = may, Text::Word, Text, "Who pays for it.";
        domain: Option<String> = may, Text::Word, Label("domain"), "The cluster in which diagrams draw it.";
        lane: Option<Lane> = may, one_of::<Lane>("lane of a system"), Keep,
            "The step of the customer's journey that it serves: its place from left to right in diagrams; that of its kind where absent.";
        availability: Figure<Share> = may, Figures::Share("an availability"), Keep,
            "Share of the year in which it is up by itself.";
        status: Status = or(Status::default()), one_of::<Status>("status of a system"), Keep,
            "How far its use has come; `production` where absent.";
        ends: Option<Date> = may, Day, Keep, "The day on which it is taken out of use, where it is phased out.";
        replaced_by: Option<SystemIx> = may, id_of::<SystemIx>(), Name, "The system that takes its place.";
        audience_facing: Option<bool> = may, Flag, Keep,
            "Whether customers see what is in it.";
        depends_on: Vec<Vec<SystemIx>> = many, Dependencies, Name,
            "What must be up for it to be up: all of the list, and of an entry `{ any_of: [a, b] }` one.";
        makes: Vec<Making> = many, list::<Making>("what the system makes"), Within,
            "The data objects that it makes.";
        security_review: Option<Date> = may, Day, Keep, "When its security was reviewed; absent: never.";
        vendor_review: VendorReview = or(VendorReview::default()), object::<VendorReview>(), Within,
            "When its vendor was reviewed, and how often that is due.";
        contract: Contract = or(Contract::default()), object::<Contract>(), Within, "The contract for it.";
        quality_standard: Option<String> = may, Text::Word, Text,
            "The standard its output must meet: a path or a link.";
        runbook: Option<String> = may, Text::Word, Text, "What to do while it is down: a path or a link.";
        pilot: Option<Pilot> = may, object::<Pilot>(), Within, "The pilot, if it is one.";
        ai_use: Seldom<AiUse> = flat, (), Within, "What the register of AI tools asks beside: purpose, users, role, oversight and evidence.";
        remarks: Seldom<Remarks> = flat, (), Within, "What it says of itself beside its own keys.";
    }
}

/// The reference names a system's product first and its name second; a file is written with all of the product first.
const fn name_second<const N: usize>(mut keys: [Key; N]) -> [Key; N] {
    let mut at = ProductFacts::KEYS.len();
    while at > 1 {
        (keys[at], keys[at - 1]) = (keys[at - 1], keys[at]);
        at -= 1;
    }
    keys
}

/// What it makes has an order, and some keys are of AI tools only.
impl Irregular for System {
    fn settle(mut self, fields: &Fields<'_, '_>, cx: &mut Context) -> Option<Self> {
        warn_of_others(&self, fields, cx);
        Making::sort(&mut self.makes);
        Some(self)
    }
}

impl System {
    /// Whether it is stated that customers see what is in it.
    #[must_use]
    pub fn is_audience_facing(&self) -> bool {
        self.audience_facing == Some(true)
    }

    /// A system of which no more is stated than what product it is.
    #[must_use]
    pub fn bare(id: &str, name: Name, facts: ProductFacts, place: Span) -> Self {
        Self { name, facts, ..Self::blank(&Fields::unstated(id, place)) }
    }

    fn name_from_product(&self) -> Option<Name> {
        // `product: custom` says that there is none.
        let product =
            self.facts.called().filter(|name| self.facts.product.is_some() || meaning("no product", name).is_none());
        Some(product.map_or_else(|| Name::in_words(self.id.as_str()), |name| name.to_owned().into()))
    }

    /// Whether it is in today's graph.
    #[must_use]
    pub fn is_live(&self) -> bool {
        !matches!(self.status, Status::Planned | Status::Retired)
    }

    /// Whether it is in regular use, if only until it is phased out.
    #[must_use]
    pub fn is_in_production(&self) -> bool {
        matches!(self.status, Status::Production | Status::PhasingOut)
    }

    /// Whether it is in use and on its way out: nothing new should be built on it.
    #[must_use]
    pub fn is_phasing_out(&self) -> bool {
        self.status == Status::PhasingOut
    }

    /// Every system that it names under `depends_on`, members of an `any_of` included.
    pub fn named_dependencies(&self) -> impl Iterator<Item = SystemIx> {
        self.depends_on.iter().flatten().copied()
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
        self.is_ai() && self.is_in_production()
    }
}

words! {
    /// How far a system's use has come.
    #[derive(Default)]
    Status {
        /// Not there yet; no part of today's graph.
        Planned = "planned",
        /// Somebody uses it; nobody decided so.
        AdHoc = "ad-hoc",
        /// On trial, until somebody decides.
        Pilot = "pilot",
        /// In regular use; what `production` AI tools lack is found.
        #[default]
        Production = "production",
        /// In regular use, and on its way out.
        PhasingOut = "phasing-out",
        /// No longer in use.
        Retired = "retired",
    }
}

mapping! {
    /// One way in which a data object comes into being in a system.
    #[derive(Clone, Debug, PartialEq)]
    pub struct Making = "an entry of `makes`" + Irregular {
        + place: Span = Fields::place, "Where the file says so.";
        data: DataIx = must, id_of::<DataIx>(), Name, "What is made.";
        from: Vec<DataIx> = many, ids_of::<DataIx>(), Name,
            "What is needed for it at this system, all of it; absent: it originates here.";
        by: Option<TeamIx> = may, id_of::<TeamIx>(), Name, "The team that writes it there, where people make it.";
        is_standby as "standby": bool = or(false), Flag, Keep,
            "Whether it is made only when other supplies fail, by people who write it meanwhile for the most part.";
        delay: Figure<Hours> = may, Figures::Hours, Keep, "How long making it takes, such as `1d` for a daily model; 0 where absent.";
        model: Option<Model> = may, object::<Model>(), Within, "The model that makes it.";
    }
}

impl Making {
    /// An object that comes into being at a system, of nothing else there.
    #[must_use]
    pub fn origin_of(data: DataIx) -> Self {
        let place = Span::default();
        Self { place, data, from: Vec::new(), by: None, is_standby: false, delay: None, model: None }
    }

    /// Whether the system makes it by itself; else people write it there.
    #[must_use]
    pub fn is_by_itself(&self) -> bool {
        self.by.is_none()
    }

    /// Puts what a system makes in the order of a stack that was read.
    pub(crate) fn sort(makes: &mut [Self]) {
        makes.sort_by(|a, b| (a.data, &a.from, a.by, a.is_standby).cmp(&(b.data, &b.from, b.by, b.is_standby)));
    }
}

/// Nothing is made of itself.
impl Irregular for Making {
    fn settle(self, fields: &Fields<'_, '_>, cx: &mut Context) -> Option<Self> {
        if self.from.contains(&self.data) {
            let span = fields.get("from").map_or(self.place, |node| node.span);
            cx.problems.push(
                Diagnostic::warning(
                    "made-of-itself",
                    span,
                    "this object is made from itself, so this entry makes nothing",
                )
                .help("name what it is made from, or remove `from` if it originates here"),
            );
        }
        Some(self)
    }
}

mapping! {
    /// A model that makes a data object.
    #[derive(Clone, Debug, PartialEq)]
    pub struct Model = "a model" {
        feedback: Vec<DataIx> = many, ids_of::<DataIx>(), Name,
            "The outcomes that it learns from.";
        retrain: Option<Retraining> = may, one_of::<Retraining>("way of retraining"), Keep,
            "How it is retrained; absent counts as never.";
        drift_monitor: Option<bool> = may, Flag, Keep, "Whether drift is monitored; absent counts as no.";
        explainable: Option<bool> = may, Flag, Keep, "Whether its answers can be explained; absent counts as no.";
    }
}

words! {
    /// How a model is retrained.
    Retraining {
        /// By itself, when new outcomes have come in.
        Automatic = "automatic",
        /// By a person who starts it.
        Manual = "manual",
        /// Not at all; also where the file does not say.
        Never = "never",
    }
}

mapping! {
    /// Reviews of a vendor.
    #[derive(Clone, Copy, Debug, Default, PartialEq)]
    pub struct VendorReview = "`vendor_review`" {
        last: Option<Date> = may, Day, Keep, "The last review.";
        every: Option<Duration> = may, Time::Any, Keep,
            "How often one is due; the cadence of `practices` where absent.";
    }
}

mapping! {
    /// The contract for a system.
    #[derive(Clone, Copy, Debug, Default, PartialEq)]
    pub struct Contract = "`contract`" {
        renews: Option<Date> = may, Day, Keep, "When it renews.";
        cost: Figure<Money> = may, Figures::Amount("a cost", "money per year"), Money, "What it costs a year.";
    }
}

mapping! {
    /// A trial of a system.
    #[derive(Clone, Debug, Default, PartialEq)]
    pub struct Pilot = "`pilot`" {
        since: Option<Date> = may, Day, Keep, "When it began.";
        decide_by: Option<Date> = may, Day, Keep, "The deadline of the decision.";
        measure: Option<String> = may, Text::Word, Text, "The measure for the decision.";
        decider: Option<TeamIx> = may, id_of::<TeamIx>(), Name, "The team that decides.";
    }
}
