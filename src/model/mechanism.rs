//! The mechanisms by which a flow moves data, automated and manual.

use crate::catalog::words::words;

words! {
    /// How a flow moves its data; automated mechanisms first.
    #[derive(Default)]
    Mechanism {
        /// A connector built into one of the two products.
        #[default]
        Native = "native",
        /// AI inside the platform that uses its output.
        Embedded = "embedded",
        /// Calls of an interface by code of one's own.
        Api = "api",
        /// Events pushed by the source.
        Webhook = "webhook",
        /// A recipe of an integration platform.
        Ipaas = "ipaas",
        /// Extract, transform, load into a warehouse.
        Etl = "etl",
        /// From a warehouse back into an operational system.
        ReverseEtl = "reverse-etl",
        /// Files put down and picked up by schedule, unattended.
        FileDrop = "file-drop",
        /// A person copies from one window and pastes into another.
        CopyPaste = "copy-paste",
        /// A person exports a file and imports it elsewhere.
        ExportImport = "export-import",
        /// A person types it again.
        Rekeying = "rekeying",
        /// A person sends it by mail or chat.
        Message = "message",
    }
}

impl Mechanism {
    /// Whether a person performs it.
    #[must_use]
    pub fn is_manual(self) -> bool {
        matches!(self, Self::CopyPaste | Self::ExportImport | Self::Rekeying | Self::Message)
    }
}
