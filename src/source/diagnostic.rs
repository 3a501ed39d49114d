//! What is wrong with a source text: one sentence, one primary place, related places, and what to write instead.

use super::Span;
use super::words::counted;

/// How bad it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// The file cannot be used.
    Error,
    /// The file can be used, and probably does not say what was meant.
    Warning,
}

/// A change of the text that takes a problem away: what to write where, to the letter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fix {
    /// When it is the right one (`if a person does it`); empty where it always is. With words it waits for somebody's choice.
    pub when: String,
    /// Places and what stands there instead, none of them overlapping.
    pub edits: Vec<(Span, String)>,
}

/// One problem of a source text.
///
/// The sentence is lower case, without a full stop, and has the user's own word in backticks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// Stable name of the kind of problem, kebab-case.
    pub code: &'static str,
    /// Whether the file can still be used.
    pub level: Level,
    /// What is wrong, in one sentence.
    pub message: String,
    /// Where the caret stands.
    pub span: Span,
    /// Other places that matter, each with its own words.
    pub related: Vec<(Span, String)>,
    /// What to write instead.
    pub help: Option<Box<str>>,
    /// Exact changes, one for each thing that could be meant.
    pub fixes: Vec<Fix>,
}

impl Diagnostic {
    /// An error of kind `code` at `span`.
    pub fn error(code: &'static str, span: Span, message: impl Into<String>) -> Self {
        Self {
            code,
            level: Level::Error,
            message: message.into(),
            span,
            related: Vec::new(),
            help: None,
            fixes: Vec::new(),
        }
    }

    /// A warning of kind `code` at `span`.
    pub fn warning(code: &'static str, span: Span, message: impl Into<String>) -> Self {
        Self { level: Level::Warning, ..Self::error(code, span, message) }
    }

    /// The same with a line that says what to write instead.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into().into_boxed_str());
        self
    }

    /// The same with a text that may stand at `span` instead, and `when` it is right (empty where there is no other).
    /// The line that says what to write follows from these unless there is one.
    #[must_use]
    pub fn instead(self, span: Span, text: impl Into<String>, when: impl Into<String>) -> Self {
        self.fix(Fix { when: when.into(), edits: vec![(span, text.into())] })
    }

    /// The same with a change that takes it away.
    #[must_use]
    pub fn fix(mut self, fix: Fix) -> Self {
        self.fixes.push(fix);
        self
    }

    /// The change that needs nobody's choice: there is no other, and it is right whatever was meant.
    #[must_use]
    pub fn only_fix(&self) -> Option<&Fix> {
        match self.fixes.as_slice() {
            [only] if only.when.is_empty() => Some(only),
            _ => None,
        }
    }

    /// What to write instead: the help as given, else what the fixes put in place.
    #[must_use]
    pub fn advice(&self) -> Option<String> {
        if let Some(help) = self.help.as_deref() {
            return Some(help.to_owned());
        }
        let write = |fix: &Fix| {
            let text = fix.edits.iter().map(|(_, text)| format!("`{text}`")).collect::<Vec<_>>().join(" and ");
            if fix.when.is_empty() { text } else { format!("{text} {}", fix.when) }
        };
        let all: Vec<String> = self.fixes.iter().map(write).collect();
        (!all.is_empty()).then(|| format!("write {}", all.join(", or ")))
    }

    /// The same with a related place and its words.
    #[must_use]
    pub fn related(mut self, span: Span, words: impl Into<String>) -> Self {
        self.related.push((span, words.into()));
        self
    }

    /// The same with "did you mean", where there is a near word.
    #[must_use]
    pub fn nearest(self, near: Option<&str>) -> Self {
        match near {
            Some(near) => {
                let span = self.span;
                self.help(format!("did you mean `{near}`?")).instead(span, near, "")
            }
            None => self,
        }
    }
}

/// All problems found so far, in the order of their places once sorted.
///
/// At most [`Diagnostics::MOST`] are kept; what comes after is counted, and the count is itself reported, so that a
/// hostile file cannot fill the memory with complaints and no problem is passed over in silence.
#[derive(Clone, Debug, Default)]
pub struct Diagnostics {
    all: Vec<Diagnostic>,
    errors: usize,
    beyond: usize,
    last: Span,
    is_cut: bool,
}

impl Diagnostics {
    /// How many problems of one file are kept.
    pub const MOST: usize = 1_000;

    /// From now on only that part of the text is read which stands before a place where it cannot be read: what seems
    /// to be missing may stand behind it, and is not reported.
    pub fn cut(&mut self) {
        self.is_cut = true;
    }

    /// Whether only a part of the text is read.
    #[must_use]
    pub fn is_cut(&self) -> bool {
        self.is_cut
    }

    /// Adds a problem, or counts it where there are too many.
    pub fn push(&mut self, diagnostic: Diagnostic) {
        const OF_THE_WHOLE: [&str; 7] =
            ["unknown-id", "missing-key", "empty-list", "empty-any-of", "bad-acceptance", "bad-range", "duplicate-id"];
        if self.is_cut && (diagnostic.level == Level::Warning || OF_THE_WHOLE.contains(&diagnostic.code)) {
            return;
        }
        self.errors += usize::from(diagnostic.level == Level::Error);
        if self.all.len() < Self::MOST {
            self.all.push(diagnostic);
        } else {
            self.beyond += 1;
            self.last = self.last.max(diagnostic.span);
        }
    }

    /// Whether one of them is an error.
    #[must_use]
    pub fn has_errors(&self) -> bool {
        self.errors > 0
    }

    /// All of them by place, then code, then message; exact repetitions once (an alias repeats its target's problems).
    #[must_use]
    pub fn into_sorted(mut self) -> Vec<Diagnostic> {
        self.all.sort_by(|a, b| (a.span, a.code, &a.message).cmp(&(b.span, b.code, &b.message)));
        self.all.dedup();
        if self.beyond > 0 {
            let message = format!("{} not shown", counted(self.beyond, "more problem", "more problems"));
            let level = if self.errors > 0 { Level::Error } else { Level::Warning };
            let more = Diagnostic { level, ..Diagnostic::error("more-problems", self.last, message) };
            self.all.push(more.help("fix those shown and run again"));
        }
        self.all
    }
}
