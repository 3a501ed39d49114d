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
        /// Forms that people fill in.
        Forms = "forms",
        /// Enterprise resource planning: orders, invoices, stock.
        Erp = "erp",
        /// Tickets and answers for customers.
        Support = "support",
        /// Health, adoption and renewal of customers.
        CustomerSuccess = "customer-success",
        /// Contracts that people sign online.
        ESignature = "e-signature",
        /// Subscriptions, invoices and payments.
        Billing = "billing",
        /// What people agreed to: cookie banners and preferences.
        Consent = "consent",
        /// Meetings that people book.
        Scheduling = "scheduling",
        /// Shops: products, carts and orders.
        ECommerce = "e-commerce",
        /// Questions to many people, scores such as NPS.
        Survey = "survey",
        /// How pages are found in search engines.
        Seo = "seo",
        /// Posts on social networks, and what is said there.
        Social = "social",
        /// Videos that are hosted, and who watched them.
        Video = "video",
        /// Which touch led to a deal or an installation.
        Attribution = "attribution",
        /// Campaigns and intent by account.
        Abm = "abm",
        /// Texts in other languages; an AI tool only where the product is built on AI.
        Translation = "translation",
        /// Duplicates, validity and standards of records.
        DataQuality = "data-quality",
        /// Tests and personal versions of pages.
        Experimentation = "experimentation",
        /// Calls, numbers and call tracking.
        Telephony = "telephony",
        /// Forums and groups of customers.
        Community = "community",
        /// Resellers, referrals and shared accounts.
        Partner = "partner",
        /// What sales people and customers learn from and show.
        Enablement = "enablement",
        /// Anything else; nothing is concluded from it.
        Other = "other",
    }
}

words! {
    /// A step of the customer's journey, in its order: the column of a system in a picture that is read from left to right.
    Lane {
        /// To be seen.
        Attract = "attract",
        /// To learn who is interested.
        Capture = "capture",
        /// To keep in touch.
        Engage = "engage",
        /// To sell and to deliver.
        Sell = "sell",
        /// To see what came of it.
        Measure = "measure",
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
            Self::Support => "Support",
            Self::CustomerSuccess => "Customer success",
            Self::ESignature => "E-signature",
            Self::Billing => "Billing",
            Self::Consent => "Consent",
            Self::Scheduling => "Scheduling",
            Self::ECommerce => "E-commerce",
            Self::Survey => "Surveys",
            Self::Seo => "SEO",
            Self::Social => "Social media",
            Self::Video => "Video",
            Self::Attribution => "Attribution",
            Self::Abm => "Account-based marketing",
            Self::Translation => "Translation",
            Self::DataQuality => "Data quality",
            Self::Experimentation => "Experimentation",
            Self::Telephony => "Telephony",
            Self::Community => "Community",
            Self::Partner => "Partner management",
            Self::Enablement => "Enablement",
            Self::Other => "Other",
        }
    }

    /// What systems of this kind are gathered under where nobody stated a domain; empty for what is of no use to gather.
    #[must_use]
    pub const fn family(self) -> &'static str {
        match self {
            Self::MarketingAutomation
            | Self::Ads
            | Self::Seo
            | Self::Social
            | Self::Abm
            | Self::Webinar
            | Self::Events
            | Self::Survey
            | Self::Forms
            | Self::Community => "Marketing",
            Self::Cms
            | Self::Dam
            | Self::Video
            | Self::Translation
            | Self::Experimentation
            | Self::Consent
            | Self::ECommerce => "Web and content",
            Self::Crm
            | Self::SalesEngagement
            | Self::Conversation
            | Self::Telephony
            | Self::Enablement
            | Self::Partner
            | Self::ESignature
            | Self::Scheduling => "Sales",
            Self::Erp | Self::Billing | Self::Support | Self::CustomerSuccess => "Customers and finance",
            Self::Bi
            | Self::Analytics
            | Self::Attribution
            | Self::Warehouse
            | Self::Cdp
            | Self::ReverseEtl
            | Self::Etl
            | Self::Ipaas
            | Self::DataQuality => "Data and integration",
            Self::AiScoring | Self::AiContent | Self::AiAgent | Self::Enrichment => "AI and enrichment",
            Self::Spreadsheet | Self::WorkManagement | Self::Messaging | Self::FileShare => "Work and files",
            Self::Other => "",
        }
    }

    /// The step of the customer's journey that it serves, where it serves one more than the others.
    #[must_use]
    pub const fn lane(self) -> Option<Lane> {
        match self {
            Self::Ads | Self::Seo | Self::Social | Self::Video | Self::Abm | Self::Translation | Self::Dam => {
                Some(Lane::Attract)
            }
            Self::Cms
            | Self::Forms
            | Self::Survey
            | Self::Webinar
            | Self::Events
            | Self::Scheduling
            | Self::Consent
            | Self::Experimentation
            | Self::Enrichment
            | Self::DataQuality => Some(Lane::Capture),
            Self::MarketingAutomation | Self::Cdp | Self::Community | Self::Support | Self::CustomerSuccess => {
                Some(Lane::Engage)
            }
            Self::Crm
            | Self::SalesEngagement
            | Self::Conversation
            | Self::Telephony
            | Self::Enablement
            | Self::Partner
            | Self::ESignature
            | Self::ECommerce
            | Self::Billing
            | Self::Erp => Some(Lane::Sell),
            Self::Bi | Self::Analytics | Self::Attribution => Some(Lane::Measure),
            Self::Warehouse
            | Self::ReverseEtl
            | Self::Etl
            | Self::Ipaas
            | Self::AiScoring
            | Self::AiContent
            | Self::AiAgent
            | Self::Spreadsheet
            | Self::WorkManagement
            | Self::Messaging
            | Self::FileShare
            | Self::Other => None,
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
