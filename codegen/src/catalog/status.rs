//! HTTP statuses of errors: 400 to 599, with the names the HTTP registry gives them.

#[path = "../../runtime/src/runtime/reason_phrase.rs"]
mod reason_phrase;

use std::fmt;

/// An HTTP status from 400 to 599.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Status(u16);

impl Status {
    /// The status, where `number` is one of an error.
    #[must_use]
    pub const fn new(number: u64) -> Option<Self> {
        match number {
            #[expect(clippy::cast_possible_truncation, reason = "the arm bounds the number")]
            400..=599 => Some(Self(number as u16)),
            _ => None,
        }
    }

    /// The number.
    #[must_use]
    pub const fn get(self) -> u16 {
        self.0
    }

    /// 4 for an error of the client, 5 for one of the server.
    #[must_use]
    pub const fn class(self) -> u8 {
        if self.0 < 500 { 4 } else { 5 }
    }

    /// The reason phrase of the HTTP status code registry, where the status is registered.
    ///
    /// Source: IANA "HTTP Status Code Registry" (RFC 9110, section 16.2).
    #[must_use]
    pub const fn reason(self) -> Option<&'static str> {
        reason_phrase::reason(self.0)
    }

    /// A name for the status that is an identifier in every language, such as `NotFound`.
    #[must_use]
    pub fn identifier(self) -> String {
        match self.reason() {
            Some(reason) => reason.split(' ').collect(),
            None => format!("Status{}", self.0),
        }
    }
}

impl fmt::Display for Status {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(formatter)
    }
}

/// The status of a code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CodeStatus {
    /// That of its responses.
    Own(Status),
    /// It has no responses: it is in bodies, events and logs. A server that returns it all the same sends this status.
    None(Status),
}

impl CodeStatus {
    /// The status of its responses, if it has some.
    #[must_use]
    pub const fn own(self) -> Option<Status> {
        match self {
            Self::Own(status) => Some(status),
            Self::None(_) => None,
        }
    }

    /// The status that a server sends with it.
    #[must_use]
    pub const fn sent(self) -> Status {
        match self {
            Self::Own(status) | Self::None(status) => status,
        }
    }
}

/// As the documentation shows it.
impl fmt::Display for CodeStatus {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Own(status) => status.fmt(formatter),
            Self::None(_) => formatter.write_str("no status of its own"),
        }
    }
}

/// The statuses a type admits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum StatusSet {
    /// None: its codes are in no response of their own.
    None,
    /// These, the first being the default.
    List(Vec<Status>),
    /// All statuses of a class. The first is the default.
    Family(u8),
}

impl StatusSet {
    /// Whether an error of the type may have this status as a matter of course.
    #[must_use]
    pub fn contains(&self, status: Status) -> bool {
        match self {
            Self::List(statuses) => statuses.contains(&status),
            Self::Family(class) => status.class() == *class,
            Self::None => false,
        }
    }

    /// Whether each status of the other set is in this one. A list does not contain a family.
    #[must_use]
    pub fn covers(&self, other: &Self) -> bool {
        match other {
            Self::List(statuses) => statuses.iter().all(|status| self.contains(*status)),
            Self::Family(_) | Self::None => self == other,
        }
    }

    /// Whether a status is in both sets.
    #[must_use]
    pub fn meets(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::None, _) | (_, Self::None) => false,
            (Self::List(list), set) | (set, Self::List(list)) => {
                list.iter().any(|status| set.contains(*status))
            }
            (Self::Family(class), Self::Family(other)) => class == other,
        }
    }

    /// Whether a status of this class is among them.
    #[must_use]
    pub fn has_class(&self, class: u8) -> bool {
        match self {
            Self::List(statuses) => statuses.iter().any(|status| status.class() == class),
            Self::Family(family) => *family == class,
            Self::None => false,
        }
    }

    /// The status of an error that names none. If a server returns one that has no status of its own, it failed.
    #[must_use]
    pub fn default(&self) -> Status {
        match self {
            Self::List(statuses) => statuses.first().copied().unwrap_or(Status(400)),
            Self::Family(class) => Status(u16::from(*class) * 100),
            Self::None => Status(500),
        }
    }
}

/// As the documentation shows them: `400 / 413`, `5xx` or `none`.
impl fmt::Display for StatusSet {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::None => formatter.write_str("none"),
            Self::Family(class) => write!(formatter, "{class}xx"),
            Self::List(statuses) => {
                for (position, status) in statuses.iter().enumerate() {
                    let separator = if position == 0 { "" } else { " / " };
                    write!(formatter, "{separator}{status}")?;
                }
                Ok(())
            }
        }
    }
}
