//! A change between two catalogs, with its verdict.

use crate::record::{Entry, Kind};
use semver::Version as SemVer;

use super::version::Version;
use crate::catalog::{Audience, ChangeLevel, Event};
use crate::fingerprint::fnv_1a;
use crate::span::Span;

/// A difference between two catalogs that a client may notice.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// The rule that reports it.
    pub rule: &'static str,
    /// Its level.
    pub level: ChangeLevel,
    /// The part of the version that it requires.
    pub version: Version,
    /// The kind of its entry. A change of an argument is a change of its code.
    pub kind: Kind,
    /// The name of the entry; empty for the only entry of its kind.
    pub name: String,
    /// The row of the [policy](super::table) that judges it: its entry and its field.
    pub row: (Kind, &'static str),
    /// The path of the changed value within the entry, such as `args.limit.kind`; empty for the entry itself.
    pub field: String,
    /// The old value, as shown.
    pub old: Option<String>,
    /// The new value, as shown.
    pub new: Option<String>,
    /// The change as a clause, with names in backticks.
    pub text: String,
    /// The place of the changed value.
    pub place: Place,
    /// Its audience.
    pub audience: Audience,
    /// Identifies the change across runs.
    pub fingerprint: String,
    /// The reason of its acceptance, if the catalog accepts it.
    pub accepted: Option<String>,
}

/// The place of a change: in the new catalog, or in the old one if the entry was removed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// In the old catalog or its lock.
    Old(Span),
    /// In the new catalog.
    New(Span),
}

impl Change {
    /// The subject of the change, with its name in backticks: `` type `auth_error` ``; for a code, only its name.
    #[must_use]
    pub fn subject(&self) -> String {
        subject(self.kind, &self.name)
    }

    /// Whether it can be accepted and is not.
    #[must_use]
    pub fn is_open(&self) -> bool {
        self.level != ChangeLevel::Safe && self.accepted.is_none()
    }

    /// The change as an event of the release with this version.
    pub(crate) fn event(&self, version: &str) -> Event {
        Event {
            version: version.to_owned(),
            rule: self.rule,
            level: self.level,
            text: self.text.clone(),
            reason: self.accepted.clone(),
        }
    }
}

/// Identifies a change of an entry: a hash of the rule, the path, and both values.
pub(super) fn fingerprint(
    rule: &str,
    entry: &Entry,
    field: &str,
    values: [&Option<String>; 2],
) -> String {
    let values = values.map(|value| value.as_deref().unwrap_or_default());
    let parts = [rule, entry.kind.section(), &entry.name, field];
    let parts = parts.into_iter().chain(values);
    // A zero byte ends each part: no string of a catalog contains one.
    let bytes = parts.flat_map(|part| part.bytes().chain([0]));
    format!("{:016x}", fnv_1a(bytes))
}

/// An entry, with its name in backticks.
pub(crate) fn subject(kind: Kind, name: &str) -> String {
    match kind {
        Kind::Api => "the API".to_owned(),
        Kind::Envelope => "the envelope".to_owned(),
        Kind::ErrorIds => "the prose on request ids".to_owned(),
        Kind::Retry => "the retry rule".to_owned(),
        Kind::OpenApi => "the OpenAPI document".to_owned(),
        Kind::Framework => format!("the bare status `{name}`"),
        Kind::Operation => format!("operation `{name}`"),
        Kind::Type => format!("type `{name}`"),
        Kind::Code | Kind::Argument | Kind::Retired => format!("`{name}`"),
    }
}

/// All changes between two catalogs.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Diff {
    /// The changes: breaking ones first, then by kind and name.
    pub changes: Vec<Change>,
    /// The version of the API in the old catalog.
    pub old_version: String,
    /// The last final version before a pre-release, from the lock.
    pub last_final: Option<String>,
    /// The version of the API in the new catalog.
    pub new_version: String,
}

impl Diff {
    /// The part of the version that the changes require; `None` if there are none.
    #[must_use]
    pub fn version(&self) -> Option<Version> {
        self.changes.iter().map(|change| change.version).max()
    }

    /// The smallest version that fits the changes; `None` without changes, or if the old version is not valid.
    #[must_use]
    pub fn least_version(&self) -> Option<String> {
        let released = SemVer::parse(&self.old_version).ok()?;
        let last_final = self.last_final.as_deref();
        let last_final = last_final.and_then(|version| SemVer::parse(version).ok());
        let least = self.version()?.after(&released, last_final.as_ref());
        Some(least.to_string())
    }

    /// The number of changes of this level.
    #[must_use]
    pub fn count(&self, level: ChangeLevel) -> usize {
        let changes = self.changes.iter();
        changes.filter(|change| change.level == level).count()
    }
}
