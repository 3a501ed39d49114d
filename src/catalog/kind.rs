//! The kinds of system, and what the model may conclude from a kind.

use super::words::words;

words! {
    /// What a system is for. These are the catalog's categories and a few that only a
    /// stack file states.
    Kind {
        /// Customer relationship management; a system of record.
        Crm = "crm",
        /// Campaigns, nurturing, lead management.
        MarketingAutomation = "marketing-automation",
        /// Web content management; a system of record.
        Cms = "cms",
        /// Business intelligence; a system of record.
        Bi = "bi",
        /// Data warehouse; a system of record.
        Warehouse = "warehouse",
        /// Customer data platform; a system of record that also moves data.
        Cdp = "cdp",
        /// Loads from warehouses into tools; middleware.
        ReverseEtl = "reverse-etl",
        /// Tools to warehouse, or transformation inside it.
        Etl = "etl",
        /// Integration platform as a service.
        Ipaas = "ipaas",
        /// Adds facts about companies and people.
        Enrichment = "enrichment",
        /// AI that scores or predicts.
        AiScoring = "ai-scoring",
        /// AI that writes or draws.
        AiContent = "ai-content",
        /// AI that acts by itself; an AI tool.
        AiAgent = "ai-agent",
        /// Sequences, calls and routing for sales.
        SalesEngagement = "sales-engagement",
        /// Chat on the site, recorded calls.
        Conversation = "conversation",
        /// Paid media: ad networks and their managers.
        Ads = "ads",
        /// Web and product analytics.
        Analytics = "analytics",
        /// Webinars and other online events.
        Webinar = "webinar",
        /// Management of events held in person.
        Events = "events",
        /// Tables that people edit.
        Spreadsheet = "spreadsheet",
        /// Tasks, projects and approvals.
        WorkManagement = "work-management",
        /// Mail and chat between people; a carrier.
        Messaging = "messaging",
        /// Folders that people share.
        FileShare = "file-share",
        /// Digital asset management: pictures, videos, brand files.
        Dam = "dam",
        /// Forms and surveys that people fill in.
        Forms = "forms",
        /// Enterprise resource planning: orders, invoices, stock.
        Erp = "erp",
        /// Anything else; nothing is concluded from it.
        Other = "other",
    }
}

impl Kind {
    /// The name people read.
    #[must_use]
    pub const fn display_name(self) -> &'static str {
        match self {
            Self::Crm => "CRM",
            Self::MarketingAutomation => "Marketing automation",
            Self::Cms => "CMS",
            Self::Bi => "BI",
            Self::Warehouse => "Data warehouse",
            Self::Cdp => "CDP",
            Self::ReverseEtl => "Reverse ETL",
            Self::Etl => "ETL",
            Self::Ipaas => "iPaaS",
            Self::Enrichment => "Enrichment",
            Self::AiScoring => "AI scoring",
            Self::AiContent => "AI content",
            Self::AiAgent => "AI agent",
            Self::SalesEngagement => "Sales engagement",
            Self::Conversation => "Conversation",
            Self::Ads => "Advertising",
            Self::Analytics => "Analytics",
            Self::Webinar => "Webinars",
            Self::Events => "Events",
            Self::Spreadsheet => "Spreadsheet",
            Self::WorkManagement => "Work management",
            Self::Messaging => "Messaging",
            Self::FileShare => "File share",
            Self::Dam => "Digital assets",
            Self::Forms => "Forms",
            Self::Erp => "ERP",
            Self::Other => "Other",
        }
    }

    /// Only relays data between people; handoff chains pass through it.
    #[must_use]
    pub const fn is_carrier(self) -> bool {
        matches!(self, Self::Spreadsheet | Self::Messaging | Self::FileShare)
    }

    /// One of the AI kinds.
    #[must_use]
    pub const fn is_ai(self) -> bool {
        matches!(self, Self::AiScoring | Self::AiContent | Self::AiAgent)
    }

    /// Keeps the record that the others go by. Such a system is no AI tool unless the
    /// stack file says so, however much AI its vendor put into it.
    #[must_use]
    pub const fn is_system_of_record(self) -> bool {
        matches!(self, Self::Crm | Self::MarketingAutomation | Self::Cms | Self::Warehouse | Self::Bi | Self::Cdp)
    }

    /// Exists to move data between other systems. A CDP also moves data, but keeps a
    /// record of its own and counts as a system of record.
    #[must_use]
    pub const fn is_middleware(self) -> bool {
        matches!(self, Self::Ipaas | Self::Etl | Self::ReverseEtl)
    }

    /// Keeps tables or files that a load replaces or adds to, and not the records of a business tool.
    #[must_use]
    pub const fn stores_tables(self) -> bool {
        matches!(self, Self::Warehouse)
    }

    /// Adds facts to records of other systems.
    #[must_use]
    pub const fn is_enrichment(self) -> bool {
        matches!(self, Self::Enrichment)
    }
}
