//! Why a file cannot be a template.

/// Most bytes that a template may have, packed and unpacked.
pub(super) const LARGEST: u64 = 64 << 20;
/// Most files in it.
pub(super) const MOST: usize = 10_000;

/// Why a file cannot be a template.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum TemplateError {
    /// It is not a zip archive, which every .pptx and .potx is.
    #[error("the template is not a .pptx or .potx file: {0}")]
    NotAnArchive(#[source] zip::result::ZipError),
    /// It is protected by a password, or of the format before 2007.
    #[error("the template is protected by a password or of the format before 2007; save it as .pptx without one")]
    Locked,
    /// It is larger than a template may be, or unpacks to more.
    #[error("the template has more than {} MiB, packed or unpacked, or more than {MOST} files", LARGEST >> 20)]
    TooLarge,
    /// Two of its parts have the same name, letters' case aside: readers would take either.
    #[error("the template has the part `{0}` twice; open it in the program that wrote it and save it again")]
    Twice(String),
    /// It is saved in the strict variant of the format.
    #[error("the template is saved as Strict Open XML; save it as an ordinary .pptx or .potx")]
    Strict,
    /// A part that must be there is not.
    #[error("the template lacks {0}")]
    Missing(String),
    /// A part cannot be read.
    #[error("the template's part `{part}` cannot be read: {why}")]
    Malformed {
        /// Name of the part in the package.
        part: String,
        /// What is wrong with it.
        #[source]
        why: Box<dyn std::error::Error + Send + Sync>,
    },
    /// It has no layout that slides could stand on.
    #[error("the template has no layout; slides need one, with a title if possible")]
    NoLayout,
}
