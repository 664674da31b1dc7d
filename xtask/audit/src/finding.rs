//! What a judge finds, and what it cannot judge.

use codegen::Rule;
use codegen::catalog::CodeId;

use crate::exchange::Unknown;

/// What a finding is about.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Subject {
    /// A code of the catalog.
    Code(CodeId),
    /// The position of a retired code in the catalog.
    Retired(usize),
    /// A code that the catalog does not have. The name is shown unless it may be a secret.
    Unknown(Option<String>),
    /// An error without code, by its status.
    Status(u16),
}

impl Subject {
    /// The code, if it is one of the catalog.
    #[must_use]
    pub const fn code(&self) -> Option<CodeId> {
        match self {
            Self::Code(code) => Some(*code),
            Self::Retired(_) | Self::Unknown(_) | Self::Status(_) => None,
        }
    }

    /// Whether it is a code that the catalog does not have, or has no longer.
    #[must_use]
    pub const fn is_foreign(&self) -> bool {
        matches!(self, Self::Retired(_) | Self::Unknown(_))
    }
}

/// A broken rule in one exchange.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// The rule.
    pub rule: Rule,
    /// What it is about.
    pub subject: Subject,
    /// The position of the operation in the catalog, if the request is one of an operation.
    pub operation: Option<usize>,
    /// What is wrong, without a full stop. It contains names of the catalog, and no value of the exchange but numbers,
    /// kinds, and names that cannot be secrets.
    pub text: String,
}

/// Why a rule was not judged.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Reason {
    /// The recorder left out the body.
    BodyOmitted,
    /// The connection broke, and the recorder did not keep the body.
    BodyLost,
    /// The recorder changed the body.
    BodyDistorted,
    /// The encoding of the body is unknown.
    BodyEncoded,
    /// The connection broke before the body ended.
    BodyCut,
    /// The client ended the connection before the body ended.
    ClientLeft,
    /// The response to a HEAD request has no body.
    NoBody,
    /// The recorder left out headers of the response.
    HeadersLeftOut,
    /// The recorder keeps one of several equal headers.
    HeadersOnce,
    /// The recorder left out the request.
    RequestLeftOut,
    /// The request is not one of an operation of the catalog.
    NoOperation,
    /// No end marker of streams is named.
    NoStreamEnd,
}

impl Reason {
    /// All reasons.
    pub const ALL: [Self; 12] = [
        Self::BodyOmitted,
        Self::BodyLost,
        Self::BodyDistorted,
        Self::BodyEncoded,
        Self::BodyCut,
        Self::ClientLeft,
        Self::NoBody,
        Self::HeadersLeftOut,
        Self::HeadersOnce,
        Self::RequestLeftOut,
        Self::NoOperation,
        Self::NoStreamEnd,
    ];

    /// The reason as a clause.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::BodyOmitted => "the recorder left out the body",
            Self::BodyLost => "the connection broke, and the recorder did not keep the body",
            Self::BodyDistorted => "the recorder changed the body",
            Self::BodyEncoded => "the encoding of the body is unknown",
            Self::BodyCut => "the connection broke before the body ended",
            Self::ClientLeft => "the client ended the connection before the body ended",
            Self::NoBody => "the response to HEAD has no body",
            Self::HeadersLeftOut => "the recorder left out headers",
            Self::HeadersOnce => "the recorder keeps one of several equal headers",
            Self::RequestLeftOut => "the recorder left out the request",
            Self::NoOperation => "the request is not one of an operation of the catalog",
            Self::NoStreamEnd => "`--stream-end` names no end of streams",
        }
    }
}

impl From<Unknown> for Reason {
    fn from(unknown: Unknown) -> Self {
        match unknown {
            Unknown::Omitted => Self::BodyOmitted,
            Unknown::Lost => Self::BodyLost,
            Unknown::Left => Self::ClientLeft,
            Unknown::Distorted => Self::BodyDistorted,
            Unknown::Encoded => Self::BodyEncoded,
        }
    }
}

/// A name of an exchange as a report shows it: `None` if it is not a name, or may be a secret.
///
/// A code or member is a short word of letters, digits, `_`, `-` and `.`. Keys and tokens are long, or mix digits and
/// letters at random.
pub(crate) fn shown(name: &str) -> Option<String> {
    let is_part = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'.');
    let is_word = (1..=64).contains(&name.len()) && name.bytes().all(is_part);
    (is_word && !looks_random(name) && codegen::leak(name).is_none()).then(|| name.to_owned())
}

/// Whether digits and letters alternate as they do in no name that a person writes.
fn looks_random(name: &str) -> bool {
    let words = name.split(['_', '-', '.']);
    let changes = |word: &str| {
        let bytes = word.as_bytes().windows(2);
        bytes
            .filter(|pair| pair[0].is_ascii_digit() != pair[1].is_ascii_digit())
            .count()
    };
    let mut words = words.map(|word| (word.len(), changes(word)));
    let is_number = name.len() > 9 && name.bytes().all(|byte| byte.is_ascii_digit());
    is_number
        || words.any(|(length, changes)| changes > 2 || length > 24 || (length > 12 && changes > 0))
}

#[cfg(test)]
mod tests {
    use super::shown;

    #[test]
    fn names_are_shown_and_what_may_be_a_secret_is_not() {
        for name in [
            "photo_not_found",
            "E20404",
            "20404",
            "files.tooLarge",
            "http2_error",
        ] {
            assert_eq!(shown(name).as_deref(), Some(name));
        }
        for secret in [
            "",
            "hunter2 hunter2",
            "sk-live-51Hxyz7Qa9Bc",
            "eyJhbGciOiJIUzI1NiJ9",
            "4f9c2e71a0b3",
            "4111111111111111",
            "AbCdEfGhIjKlMnOpQrStUvWxYz",
            "a@b.example",
            &"a".repeat(65),
        ] {
            assert_eq!(shown(secret), None, "{secret}");
        }
    }
}
