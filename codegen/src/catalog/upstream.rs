//! The errors of the providers behind the API.

use super::{CodeId, StatusSet, TypeId};

/// The error that the server sends for errors of a provider. The first one that fits applies.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UpstreamError {
    /// What the error of the provider must have.
    pub from: UpstreamFrom,
    /// The type that is sent.
    pub error_type: TypeId,
    /// The code that is sent, if the error has one.
    pub code: Option<CodeId>,
    /// Whether the message of the provider is sent.
    pub shows_message: bool,
}

/// What an error of a provider must have. A missing part fits every error.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct UpstreamFrom {
    /// The style of the body.
    pub style: Option<String>,
    /// The statuses.
    pub statuses: Option<StatusSet>,
    /// The type in the body.
    pub error_type: Option<String>,
    /// The code in the body.
    pub code: Option<String>,
}

impl UpstreamFrom {
    /// Whether all errors that fit `other` fit this too.
    #[must_use]
    pub fn covers(&self, other: &Self) -> bool {
        let covers =
            |ours: &Option<String>, theirs: &Option<String>| ours.is_none() || ours == theirs;
        covers(&self.style, &other.style)
            && covers(&self.error_type, &other.error_type)
            && covers(&self.code, &other.code)
            && match (&self.statuses, &other.statuses) {
                (None, _) => true,
                (Some(_), None) => false,
                (Some(ours), Some(theirs)) => ours.covers(theirs),
            }
    }

    /// Whether an error can fit both.
    #[must_use]
    pub fn meets(&self, other: &Self) -> bool {
        let meets = |ours: &Option<String>, theirs: &Option<String>| match (ours, theirs) {
            (Some(ours), Some(theirs)) => ours == theirs,
            _ => true,
        };
        meets(&self.style, &other.style)
            && meets(&self.error_type, &other.error_type)
            && meets(&self.code, &other.code)
            && match (&self.statuses, &other.statuses) {
                (Some(ours), Some(theirs)) => ours.meets(theirs),
                _ => true,
            }
    }

    /// Whether it names a type or a code.
    #[must_use]
    pub const fn names_an_error(&self) -> bool {
        self.error_type.is_some() || self.code.is_some()
    }
}

#[cfg(test)]
impl UpstreamError {
    /// Entries with every combination of parts, each with an error of its own.
    pub(crate) fn combinations() -> Vec<Self> {
        let names = |first: &str, second: &str| {
            [None, Some(first), Some(second)].map(|name| name.map(str::to_owned))
        };
        let statuses = [Some(StatusSet::Family(5)), Some(StatusSet::Family(4)), None];
        let mut entries = Vec::new();
        for style in names("openai", "google") {
            for error_type in names("limit", "denied") {
                for code in names("too_long", "too_many") {
                    for statuses in &statuses {
                        entries.push(Self {
                            from: UpstreamFrom {
                                style: style.clone(),
                                statuses: statuses.clone(),
                                error_type: error_type.clone(),
                                code: code.clone(),
                            },
                            error_type: TypeId(0),
                            code: Some(CodeId(entries.len())),
                            shows_message: false,
                        });
                    }
                }
            }
        }
        entries
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Status, StatusSet};
    use super::UpstreamFrom;

    fn status(number: u64) -> UpstreamFrom {
        let list = Status::new(number).into_iter().collect();
        UpstreamFrom {
            statuses: Some(StatusSet::List(list)),
            ..UpstreamFrom::default()
        }
    }

    fn named(code: &str) -> UpstreamFrom {
        UpstreamFrom {
            code: Some(code.to_owned()),
            ..UpstreamFrom::default()
        }
    }

    #[test]
    fn a_family_covers_its_statuses() {
        let family = UpstreamFrom {
            statuses: Some(StatusSet::Family(5)),
            ..UpstreamFrom::default()
        };
        assert!(family.covers(&status(503)) && !family.covers(&status(429)));
        assert!(!status(503).covers(&family) && status(503).meets(&family));
        assert!(UpstreamFrom::default().covers(&family));
    }

    #[test]
    fn a_name_and_a_status_meet_without_covering() {
        let (named, status) = (named("too_long"), status(400));
        assert!(named.meets(&status) && !named.covers(&status) && !status.covers(&named));
        assert!(!named.meets(&self::named("too_short")));
    }
}
