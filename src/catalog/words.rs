//! The closed vocabularies of the catalog: every word a cell may hold, and nothing else.
//!
//! A word that is not listed here is an error of the data file, so that a typing
//! error can never become a fact.

/// Declares a vocabulary: an enum whose variants each have one word, with its
/// parser, its list and its form in JSON.
macro_rules! words {
    ($(#[$outer:meta])* $name:ident { $($(#[$inner:meta])* $variant:ident = $word:literal,)+ }) => {
        $(#[$outer])*
        #[derive(
            Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash,
            serde::Serialize, serde::Deserialize, schemars::JsonSchema,
        )]
        pub enum $name {
            $($(#[$inner])* #[serde(rename = $word)] $variant,)+
        }

        impl $name {
            /// Every word of the vocabulary, in its stated order.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The word as data files, stack files and JSON write it.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $word,)+ }
            }

            /// The meaning of exactly this word, or nothing.
            #[must_use]
            pub fn parse(word: &str) -> Option<Self> {
                match word { $($word => Some(Self::$variant),)+ _ => None }
            }
        }

        impl $crate::catalog::words::Word for $name {
            const WORDS: &'static [Self] = Self::ALL;
            fn word(self) -> &'static str {
                self.as_str()
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.pad(self.as_str())
            }
        }
    };
}
pub(crate) use words;

/// An enum declared by `words!`.
pub(crate) trait Word: Copy + Ord + 'static {
    /// Every word, in its stated order.
    const WORDS: &'static [Self];
    /// As files write it.
    fn word(self) -> &'static str;
}

words! {
    /// How well a fact is supported. The order is from the best to the weakest, so the
    /// confidence of a chain of facts is the maximum of its parts.
    Confidence {
        /// Read on a page or in a repository of the vendor of one of the products.
        Documented = "documented",
        /// A marketing, pricing, list or help page of a vendor that names the fact
        /// without describing it, or one vendor writing about another.
        VendorPage = "vendor-page",
        /// A third party or general knowledge: check before relying on it.
        WidelyReported = "widely-reported",
    }
}

impl Confidence {
    /// One step less; the weakest stays.
    #[must_use]
    pub const fn weaker(self) -> Self {
        match self {
            Self::Documented => Self::VendorPage,
            Self::VendorPage | Self::WidelyReported => Self::WidelyReported,
        }
    }
}

words! {
    /// What AI is to a product.
    AiClass {
        /// Built on AI: without it there is no product.
        Native = "ai-native",
        /// Older software to which AI was added.
        Featured = "ai-featured",
        /// No AI of its own.
        None = "none",
    }
}

words! {
    /// Whether a product is still sold under its name.
    Status {
        /// Sold today, as far as was seen.
        Active = "active",
        /// Has another owner now.
        Acquired = "acquired",
        /// Sold under another name now.
        Renamed = "renamed",
        /// Could not be confirmed: ask the vendor.
        Check = "check",
    }
}

words! {
    /// A way in or out of a product.
    Interface {
        /// Request and response over HTTP, GraphQL included. In a stack file it serves both ways; in the catalog it is
        /// there, and which way it serves is shown by what reads or writes it.
        Rest = "rest",
        /// Requests that read records.
        RestRead = "rest-read",
        /// Requests that write records.
        RestWrite = "rest-write",
        /// Many records in one job.
        Bulk = "bulk",
        /// The product calls out when something happens.
        Webhook = "webhook",
        /// A stream of events, in or out.
        Streaming = "streaming",
        /// The product reads files.
        FileImport = "file-import",
        /// The product writes files.
        FileExport = "file-export",
        /// Tables are read and written with SQL.
        Sql = "sql",
        /// Tools offered to AI agents (Model Context Protocol).
        Mcp = "mcp",
        /// The older XML request and response.
        Soap = "soap",
    }
}

impl Interface {
    /// Whether another program can take records out of a product through it.
    ///
    /// MCP is neither: it serves an agent's question and is no feed.
    #[must_use]
    pub const fn reads(self) -> bool {
        matches!(
            self,
            Self::Rest
                | Self::RestRead
                | Self::Bulk
                | Self::Webhook
                | Self::Streaming
                | Self::FileExport
                | Self::Sql
                | Self::Soap
        )
    }

    /// Whether another program can put records into a product through it.
    #[must_use]
    pub const fn writes(self) -> bool {
        matches!(
            self,
            Self::Rest | Self::RestWrite | Self::Bulk | Self::Streaming | Self::FileImport | Self::Sql | Self::Soap
        )
    }

    /// Whether the word itself says which way it serves. The others serve one way or both, as the product has it.
    #[must_use]
    pub const fn says_which_way(self) -> bool {
        !matches!(self, Self::Rest | Self::Bulk | Self::Streaming | Self::Soap)
    }
}

words! {
    /// Which way a connector carries data.
    Direction {
        /// From the first product to the second.
        OneWay = "one-way",
        /// Data can go from either to the other.
        Both = "both",
    }
}

words! {
    /// Who keeps a connector working.
    Maintainer {
        /// The company that built it.
        Builder = "builder",
        /// Volunteers: it comes with no promise, so that its confidence is one step less.
        Community = "community",
    }
}

words! {
    /// The mechanism of a connector.
    ConnectorKind {
        /// Built-in synchronization of records.
        NativeSync = "native-sync",
        /// An app or package of one vendor for the other.
        NativeApp = "native-app",
        /// The source writes into the target.
        NativePush = "native-push",
        /// The target reads from the source.
        NativePull = "native-pull",
        /// A share or export into a warehouse.
        NativeShare = "native-share",
        /// Two products of one vendor, kept in step.
        SuiteSync = "suite-sync",
        /// A feature inside the other product.
        SuiteInternal = "suite-internal",
        /// Query in place, no copy.
        ZeroCopy = "zero-copy",
        /// A module of a website.
        Plugin = "plugin",
        /// A tool that an AI agent may call.
        Mcp = "mcp",
        /// An ETL tool reads the product.
        EtlSource = "etl-source",
        /// An ETL tool writes the product.
        EtlDestination = "etl-destination",
        /// A reverse-ETL tool reads the product.
        ReverseEtlSource = "reverse-etl-source",
        /// A reverse-ETL tool writes the product.
        ReverseEtl = "reverse-etl",
        /// The product sends events to a hub.
        EventSource = "event-source",
        /// A hub sends events to the product.
        EventDestination = "event-destination",
        /// A hub loads a warehouse.
        WarehouseSync = "warehouse-sync",
        /// A BI tool reads the product.
        BiConnector = "bi-connector",
        /// A BI tool pushes a result.
        BiAction = "bi-action",
        /// An iPaaS has ready modules for the product.
        IpaasModule = "ipaas-module",
        /// One starts jobs of the other; no records move.
        Orchestration = "orchestration",
    }
}

impl ConnectorKind {
    /// Whether it shows that records can be read out of the product at its beginning by another program.
    #[must_use]
    pub const fn shows_reading(self) -> bool {
        matches!(
            self,
            Self::NativeSync
                | Self::NativeApp
                | Self::NativePull
                | Self::EtlSource
                | Self::ReverseEtlSource
                | Self::BiConnector
                | Self::IpaasModule
        )
    }

    /// Whether it shows that records can be written into the product at its end by another program.
    #[must_use]
    pub const fn shows_writing(self) -> bool {
        matches!(
            self,
            Self::NativeSync
                | Self::NativeApp
                | Self::NativePush
                | Self::EtlDestination
                | Self::ReverseEtl
                | Self::EventDestination
                | Self::IpaasModule
        )
    }

    /// Whether records move by themselves. An agent's tool and a job trigger join two
    /// products, but replace no feed.
    #[must_use]
    pub const fn moves_records(self) -> bool {
        !matches!(self, Self::Mcp | Self::Orchestration)
    }
}

words! {
    /// How fresh data is after a connector; the order is from fast to slow.
    Latency {
        /// Within seconds of the change.
        NearRealTime = "near-real-time",
        /// Within minutes of the change.
        Minutes = "minutes",
        /// Within hours of the change.
        Hourly = "hourly",
        /// About once a day.
        Daily = "daily",
        /// As the user sets it.
        Scheduled = "scheduled",
        /// When someone or something asks.
        OnDemand = "on-demand",
    }
}

words! {
    /// What a quota limits.
    QuotaKind {
        /// Units in a window.
        Rate = "rate",
        /// Calls in a day of the calendar or in 24 hours.
        RateDaily = "rate-daily",
        /// Calls in a year of 365 days.
        RateYearly = "rate-yearly",
        /// Added to the daily base for each license.
        RateDailyPerLicence = "rate-daily-per-licence",
        /// Added to the daily base when bought.
        RateDailyAddon = "rate-daily-addon",
        /// At the same time.
        Concurrency = "concurrency",
        /// Jobs that may wait at a time.
        QueueDepth = "queue-depth",
        /// Units in one request, job or sync, as the scope says.
        BatchSize = "batch-size",
        /// Records in one answer.
        PageSize = "page-size",
        /// Size of one request.
        PayloadSize = "payload-size",
        /// Size of one file.
        FileSize = "file-size",
        /// Data held before a job starts.
        StagingSize = "staging-size",
        /// Records or bytes in a day.
        VolumeDaily = "volume-daily",
        /// Records or bytes in a month.
        VolumeMonthly = "volume-monthly",
        /// Server time in a window.
        ExecutionTime = "execution-time",
        /// Longest wait for an answer.
        Timeout = "timeout",
        /// Longest span of a filter.
        DateRange = "date-range",
        /// How long results are kept.
        Retention = "retention",
        /// Things that may exist.
        ObjectCount = "object-count",
        /// Time between two runs.
        SyncInterval = "sync-interval",
        /// Time until data shows.
        Latency = "latency",
        /// What a connector spends by itself.
        Cost = "cost",
    }
}

words! {
    /// What a quota counts. `operations`, `tokens` and `cost points` are the vendor's own
    /// counters: one call can cost several.
    Unit {
        /// Requests to an interface; the unit that quotas are computed in.
        Calls = "calls",
        /// API requests and model tokens, limited together.
        CallsAndTokens = "calls and tokens",
        /// Parts of one composite request.
        Subrequests = "subrequests",
        /// Operations, a vendor's own counter: bounds no calls.
        Operations = "operations",
        /// Tokens, a vendor's own counter: bounds no calls.
        Tokens = "tokens",
        /// Cost points, a vendor's own counter: bounds no calls.
        CostPoints = "cost points",
        /// Actions, a vendor's own counter: bounds no calls.
        Actions = "actions",
        /// Records in one request or in a window.
        Records = "records",
        /// Rows of a table or file.
        Rows = "rows",
        /// Items of a list, as the vendor counts them.
        Items = "items",
        /// Objects that may exist at a time.
        Objects = "objects",
        /// Users that an account may hold.
        Users = "users",
        /// Events sent to a hub or an analytics tool.
        Events = "events",
        /// Conversions uploaded to an ad platform.
        Conversions = "conversions",
        /// Messages sent or received.
        Messages = "messages",
        /// Deliveries of a webhook.
        Deliveries = "deliveries",
        /// Cells of a sheet.
        Cells = "cells",
        /// Fields of a definition.
        Fields = "fields",
        /// Files in a job or a folder.
        Files = "files",
        /// Segments of an audience tool.
        Segments = "segments",
        /// Bulk jobs, open or in a window.
        Jobs = "jobs",
        /// Batches of a bulk interface.
        Batches = "batches",
        /// Syncs that import, in a window.
        ImportSyncs = "import syncs",
        /// Syncs that export, in a window.
        ExportSyncs = "export syncs",
        /// Actions of a sync, in a window.
        SyncActions = "sync actions",
        /// Megabytes as the vendor writes them (decimal or binary is rarely stated).
        Megabytes = "MB",
        /// Seconds of running time or waiting.
        Seconds = "s",
        /// Minutes of running time or waiting.
        Minutes = "min",
        /// Hours of running time or waiting.
        Hours = "h",
        /// Days of retention or range.
        Days = "d",
    }
}

impl Unit {
    /// Whether one unit carries one record, so that a batch of `n` units moves `n` records.
    #[must_use]
    pub const fn is_record(self) -> bool {
        matches!(
            self,
            Self::Records | Self::Rows | Self::Items | Self::Objects | Self::Users | Self::Events | Self::Conversions
        )
    }
}

words! {
    /// Where a quota applies.
    Environment {
        /// The account that does the work.
        Production = "production",
        /// A sandbox, developer or trial account.
        Test = "test",
    }
}
