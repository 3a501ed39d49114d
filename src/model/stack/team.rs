//! Teams and data objects.

use super::remarks::Remarks;
use super::seldom::Seldom;
use crate::model::form::{Called, Figures, Flag, Whole, id_of};
use crate::model::id::{DataId, SystemIx, TeamId};
use crate::model::name::Name;
use crate::model::table::{Keyed, mapping};
use crate::model::units::{Figure, MoneyPerHour, Share};

mapping! {
    /// Who owns systems or performs handoffs.
    #[derive(Clone, Debug)]
    pub struct Team(TeamId) = "a team" {
        name: Name = named(Self::id_in_words), Called, Name, "Its name; the id in words where absent.";
        people: Option<u32> = may, Whole("a number of people"), Keep,
            "How many people; absent counts as more than one, and a team of one can fail.";
        hourly_rate: Figure<MoneyPerHour> = may, Figures::Amount("an hourly rate", "money per hour"), Money,
            "Loaded cost of an hour, where it differs from the stack's.";
        availability: Figure<Share> = may, Figures::Share("an availability"), Keep,
            "Share of the year in which its work gets done. Holidays without due work, and days with a stand-in, do not count as absence.";
        remarks: Seldom<Remarks> = flat, (), Within, "What it says of itself beside its own keys.";
    }
}

impl Team {
    /// Whether the whole team is one person.
    #[must_use]
    pub fn is_one_person(&self) -> bool {
        self.people == Some(1)
    }
}

mapping! {
    /// A kind of data that moves.
    #[derive(Clone, Debug)]
    pub struct DataObject(DataId) = "a data object" {
        name: Name = named(Self::id_in_words), Called, Name, "Its name; the id in words where absent.";
        personal: Option<bool> = may, Flag, Keep,
            "Whether it is personal data; `false` overrides what its inputs suggest.";
        master: Option<SystemIx> = may, id_of::<SystemIx>(), Name, "The system whose value wins where several have one.";
        content: Option<bool> = may, Flag, Keep, "Whether customers will see it.";
        remarks: Seldom<Remarks> = flat, (), Within, "What it says of itself beside its own keys.";
    }
}

impl DataObject {
    /// Whether customers are known to see it.
    #[must_use]
    pub fn is_content(&self) -> bool {
        self.content == Some(true)
    }
}
