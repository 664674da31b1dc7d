//! A difference between two catalogs, judged.

use crate::record::{Entry, Kind};
use semver::Version as SemVer;

use super::version::Version;
use crate::catalog::{Audience, ChangeLevel, Event};
use crate::fingerprint::fnv_1a;
use crate::span::Span;

/// A difference between two catalogs that somebody may notice.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// The rule by which it is judged.
    pub rule: &'static str,
    /// How much it weighs.
    pub level: ChangeLevel,
    /// The number of the version that it calls for.
    pub version: Version,
    /// What kind of entry it is about; an argument counts as its code.
    pub kind: Kind,
    /// The name of the entry; empty where there is one of its kind.
    pub name: String,
    /// The row of the [policy](super::table) that judges it: its entry and its field.
    pub row: (Kind, &'static str),
    /// The path of what was changed within the entry, such as `args.limit.kind`; empty for the entry itself.
    pub field: String,
    /// The value before, as it is shown.
    pub old: Option<String>,
    /// The value now, as it is shown.
    pub new: Option<String>,
    /// What happened, as a clause with names in backticks.
    pub text: String,
    /// Where it stands.
    pub place: Place,
    /// Who may know of it.
    pub audience: Audience,
    /// Tells this change from all others; the same in every run.
    pub fingerprint: String,
    /// Why it was accepted, where the catalog says so.
    pub accepted: Option<String>,
}

/// Where a change stands: in the new catalog, unless what was changed is there no more.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// In what was compared with.
    Old(Span),
    /// In the catalog as it is now.
    New(Span),
}

impl Change {
    /// What the change is about, with its name in backticks: `` type `auth_error` ``; of a code the name alone.
    #[must_use]
    pub fn subject(&self) -> String {
        subject(self.kind, &self.name)
    }

    /// Whether it can be accepted, and is not.
    #[must_use]
    pub fn is_open(&self) -> bool {
        self.level != ChangeLevel::Safe && self.accepted.is_none()
    }

    /// What is told of the change once it is released with a version.
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

/// What tells a change of an entry from all others: a hash of the rule, of where it is, and of both values.
pub(super) fn fingerprint(
    rule: &str,
    entry: &Entry,
    field: &str,
    values: [&Option<String>; 2],
) -> String {
    let values = values.map(|value| value.as_deref().unwrap_or_default());
    let parts = [rule, entry.kind.section(), &entry.name, field];
    let parts = parts.into_iter().chain(values);
    // A zero byte, which no text of a catalog holds, ends each part.
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
    /// The changes: what is breaking first, then by kind and name.
    pub changes: Vec<Change>,
    /// The version of the API that was compared with.
    pub old_version: String,
    /// The last version before it that was final, where it is none itself and a lock knows.
    pub last_final: Option<String>,
    /// The version that the catalog states.
    pub new_version: String,
}

impl Diff {
    /// The version that the changes call for; nothing where there are none.
    #[must_use]
    pub fn version(&self) -> Option<Version> {
        self.changes.iter().map(|change| change.version).max()
    }

    /// The smallest version after the old one that will do for the changes; nothing where there are none, or where the
    /// old version is none.
    #[must_use]
    pub fn least_version(&self) -> Option<String> {
        let released = SemVer::parse(&self.old_version).ok()?;
        let last_final = self.last_final.as_deref();
        let last_final = last_final.and_then(|version| SemVer::parse(version).ok());
        let least = self.version()?.after(&released, last_final.as_ref());
        Some(least.to_string())
    }

    /// How many changes have this level.
    #[must_use]
    pub fn count(&self, level: ChangeLevel) -> usize {
        let changes = self.changes.iter();
        changes.filter(|change| change.level == level).count()
    }
}
