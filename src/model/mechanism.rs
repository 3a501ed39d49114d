//! The mechanisms by which a flow moves data, automated and manual.

/// How a flow moves its data.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Mechanism {
    /// A connector built into one of the two products.
    Native,
    /// AI inside the platform that uses its output.
    Embedded,
    /// Calls of an interface by code of one's own.
    Api,
    /// Events pushed by the source.
    Webhook,
    /// A recipe of an integration platform.
    Ipaas,
    /// Extract, transform, load into a warehouse.
    Etl,
    /// From a warehouse back into an operational system.
    ReverseEtl,
    /// Files put down and picked up by schedule, unattended.
    FileDrop,
    /// A person copies from one window and pastes into another.
    CopyPaste,
    /// A person exports a file and imports it elsewhere.
    ExportImport,
    /// A person types it again.
    Rekeying,
    /// A person sends it by mail or chat.
    Message,
}

impl Mechanism {
    /// All mechanisms with the word of the stack file, automated ones first.
    pub const ALL: [(Self, &'static str); 12] = [
        (Self::Native, "native"),
        (Self::Embedded, "embedded"),
        (Self::Api, "api"),
        (Self::Webhook, "webhook"),
        (Self::Ipaas, "ipaas"),
        (Self::Etl, "etl"),
        (Self::ReverseEtl, "reverse-etl"),
        (Self::FileDrop, "file-drop"),
        (Self::CopyPaste, "copy-paste"),
        (Self::ExportImport, "export-import"),
        (Self::Rekeying, "rekeying"),
        (Self::Message, "message"),
    ];

    /// Whether a person performs it.
    #[must_use]
    pub fn is_manual(self) -> bool {
        matches!(self, Self::CopyPaste | Self::ExportImport | Self::Rekeying | Self::Message)
    }

    /// The word of the stack file.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        Self::ALL.iter().find(|(mechanism, _)| *mechanism == self).map_or("", |(_, word)| word)
    }
}
