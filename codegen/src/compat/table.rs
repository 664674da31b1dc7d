//! What each change means: the one table of all fields, which `docs/evolution.md` shows to people.

mod case;
mod codes;
mod sections;

use serde_json::Value;

use crate::record::{Kind, is_custom};
use semver::Version as SemVer;

use super::situation::Situation;
use crate::catalog::ChangeLevel;

/// Which number of the version a change calls for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Version {
    /// The last one.
    Patch,
    /// The second one.
    Minor,
    /// The first one.
    Major,
}

impl Version {
    /// The word for it.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Patch => "patch",
            Self::Minor => "minor",
            Self::Major => "major",
        }
    }

    /// The smallest version behind `released` that changes this number, after that which was final last. Before 1.0.0
    /// each number does what the one before it does later.
    pub(crate) fn behind(self, released: &SemVer, last_final: Option<&SemVer>) -> SemVer {
        // What is not final yet promises nothing beyond its own numbers and what was final before.
        if !released.pre.is_empty() {
            let own = SemVer::new(released.major, released.minor, released.patch);
            return match last_final {
                Some(last) => own.max(self.behind(last, None)),
                None => own,
            };
        }
        let SemVer {
            major,
            minor,
            patch,
            ..
        } = *released;
        // A number that cannot grow has no version behind it.
        let next = |number: u64| number.saturating_add(1);
        match (self, major) {
            (Self::Major, 1..) => SemVer::new(next(major), 0, 0),
            (Self::Major, 0) | (Self::Minor, 1..) => SemVer::new(major, next(minor), 0),
            (Self::Minor, 0) | (Self::Patch, _) => SemVer::new(major, minor, next(patch)),
        }
    }
}

/// How values of a field are compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// Whole; a sentence shows both values.
    Value,
    /// Whole; a sentence shows neither, since they are long.
    Text,
    /// As a list of names, each of which is there or not.
    Names,
    /// As a mapping, key by key.
    Map,
    /// As a mapping of entries of their own.
    Entries,
}

/// A field of an entry; without a name, the entry itself.
#[derive(Clone, Copy, Debug)]
pub struct Field {
    /// The entry.
    pub kind: Kind,
    /// The name in the catalog; empty for the entry itself.
    pub name: &'static str,
    /// How its values are compared.
    pub shape: Shape,
    /// What it means that the value is another, in the order in which the cases are tried.
    pub changed: &'static [Case],
    /// What it means that there is a value now, or a further one.
    pub added: &'static [Case],
    /// What it means that there is no value any more, or one less.
    pub removed: &'static [Case],
}

impl Field {
    /// Whether it stands for all custom (`x-`) keys.
    pub(crate) fn is_custom(&self) -> bool {
        self.name == "x-*"
    }

    /// The cases of a value that was changed, came or went.
    pub(crate) fn cases(&self, values: (Option<&Value>, Option<&Value>)) -> &'static [Case] {
        match values {
            (None, Some(_)) => self.added,
            (Some(_), None) => self.removed,
            _ => self.changed,
        }
    }
}

/// What a change means, in one case.
#[derive(Clone, Copy, Debug)]
pub struct Case {
    /// When it applies; empty where it always does.
    pub when: &'static str,
    pub(crate) fits: fn(&Situation<'_>) -> bool,
    /// The rule under which it is reported.
    pub rule: &'static str,
    /// How much it weighs.
    pub level: ChangeLevel,
    /// The version that it calls for.
    pub version: Version,
}

/// What is compared of an entry of this kind, in the order of the documentation.
#[must_use]
pub const fn rows(kind: Kind) -> &'static [Field] {
    match kind {
        Kind::Api => sections::API,
        Kind::Envelope => sections::ENVELOPE,
        Kind::ErrorIds => sections::ERROR_IDS,
        Kind::Retry => sections::RETRY,
        Kind::OpenApi => sections::OPEN_API,
        Kind::Framework => sections::FRAMEWORK,
        Kind::Operation => sections::OPERATION,
        Kind::Type => sections::TYPE,
        Kind::Code => codes::CODE,
        Kind::Argument => codes::ARGUMENT,
        Kind::Retired => codes::RETIRED,
    }
}

/// Everything that is compared, in the order of the documentation.
pub fn table() -> impl Iterator<Item = &'static Field> {
    Kind::ALL.into_iter().flat_map(rows)
}

/// Fields that are not compared, with why.
pub const NOT_COMPARED: &[(Kind, &str, &str)] = &[(
    Kind::Api,
    "version",
    "it says how much has changed, and is not what has",
)];

/// Whether a key of an entry is compared.
pub(crate) fn is_compared(kind: Kind, key: &str) -> bool {
    let mut rows = rows(kind).iter();
    rows.any(|field| field.name == key || field.is_custom() && is_custom(key))
}
