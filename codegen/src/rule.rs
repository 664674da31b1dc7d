//! Every rule the tool can report, in one table: id, default level, and what it is for.

/// How serious a diagnostic is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Nothing is generated while there is one.
    Error,
    /// Does not change the exit code.
    Warning,
}

/// The level of a lint rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Level {
    /// Stops the run.
    Error,
    /// Is reported, and the run continues.
    Warn,
    /// Is not reported.
    Off,
}

/// Whether and how a catalog may change the severity of a rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RuleKind {
    /// Always an error: a catalog that breaks it cannot be resolved.
    Fixed,
    /// Protects what was released. `lint: accept:` lets a change through, with a reason. Some changes are warnings.
    Promise,
    /// About quality. The `lint` section of the catalog may set its level or allow it.
    Lint(Level),
    /// About what running servers send. `cargo xtask live-check` reports it; the `lint` section of the catalog may set
    /// its level or allow it.
    Traffic(Level),
    /// About source code. `cargo xtask coverage` reports it; the `lint` section of the catalog may set its level or
    /// allow it.
    Source(Level),
}

impl RuleKind {
    /// Whether the rule is not about the catalog itself, but about what it describes.
    #[must_use]
    pub const fn is_audited(self) -> bool {
        matches!(self, Self::Traffic(_) | Self::Source(_))
    }

    /// The level unless the catalog states another, if it may.
    #[must_use]
    pub const fn default_level(self) -> Option<Level> {
        match self {
            Self::Lint(level) | Self::Traffic(level) | Self::Source(level) => Some(level),
            Self::Fixed | Self::Promise => None,
        }
    }
}

macro_rules! rules {
    ($($(#[doc = $doc:literal])+ $name:ident $id:literal $kind:expr;)+) => {
        /// A rule that a catalog can break.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Rule {
            $($(#[doc = $doc])+ $name,)+
        }

        impl Rule {
            /// All rules, in the order of the pipeline's stages.
            pub const ALL: &[Self] = &[$(Self::$name),+];

            /// The name that reports, the documentation and allowances use.
            #[must_use]
            pub const fn id(self) -> &'static str {
                match self { $(Self::$name => $id,)+ }
            }

            /// Whether the catalog may change its level.
            #[must_use]
            pub const fn kind(self) -> RuleKind {
                match self { $(Self::$name => $kind,)+ }
            }

            /// What the rule requires and why, in a few sentences.
            #[must_use]
            pub const fn explanation(self) -> &'static str {
                match self { $(Self::$name => concat!($($doc, "\n"),+),)+ }
            }
        }
    };
}

mod table;

pub use table::Rule;

impl Rule {
    /// The rule with this id.
    #[must_use]
    pub fn from_id(id: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|rule| rule.id() == id)
    }

    /// The severity of the rule unless the catalog changes it.
    #[must_use]
    pub const fn default_severity(self) -> Severity {
        match self.kind().default_level() {
            None | Some(Level::Error) => Severity::Error,
            Some(Level::Warn | Level::Off) => Severity::Warning,
        }
    }
}
