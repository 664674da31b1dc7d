//! The end of codes: what is deprecated, and what is retired.

use crate::catalog::codes::RETIRED;
use crate::runtime::serde_impls::write_record;
use crate::{ErrorCode, MaybeKnown};

/// That a code is on its way out, and what to do about it.
///
/// ```
/// use runtime::ErrorCode;
///
/// for code in ErrorCode::ALL {
///     let successor = code.deprecation().and_then(|deprecation| deprecation.successor);
///     assert!(!successor.is_some_and(ErrorCode::is_deprecated));
/// }
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct Deprecation {
    /// The version of the API that says so; missing until it is released.
    pub since: Option<&'static str>,
    /// The code that takes its place.
    pub successor: Option<ErrorCode>,
    /// What to do now.
    pub note: Option<&'static str>,
}

write_record!(Deprecation {
    since = "since",
    successor = "successor",
    note = "note",
});

/// A code that the API sends no more. Its name is never given to another.
///
/// A client reads such a code as any that it does not know, and can ask what became of it:
///
/// ```
/// use runtime::{ErrorCode, MaybeKnown, RetiredCode};
///
/// for retired in RetiredCode::ALL {
///     let received: MaybeKnown<ErrorCode> = retired.name.into();
///     assert_eq!(received.known(), None);
///     assert_eq!(received.retired(), Some(retired));
/// }
/// assert_eq!(RetiredCode::from_wire("no code"), None);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct RetiredCode {
    /// Its name on the wire.
    pub name: &'static str,
    /// The version of the API that retired it; missing until it is released.
    pub since: Option<&'static str>,
    /// The code that takes its place.
    pub successor: Option<ErrorCode>,
    /// Why it is gone.
    pub reason: &'static str,
    /// Whether it was for those who work on the server: it is in no document and on no page.
    pub is_internal: bool,
}

write_record!(RetiredCode {
    name = "name",
    since = "since",
    successor = "successor",
    reason = "reason",
    is_internal = "is_internal",
});

impl RetiredCode {
    /// All retired codes, by their names.
    pub const ALL: &'static [Self] = RETIRED;

    /// The retired code that had this name on the wire.
    #[must_use]
    pub fn from_wire(name: &str) -> Option<&'static Self> {
        let found = RETIRED.binary_search_by_key(&name, |retired| retired.name);
        found.ok().map(|position| &RETIRED[position])
    }
}

impl MaybeKnown<ErrorCode> {
    /// What became of the code, where it is one that the API once sent.
    #[must_use]
    pub fn retired(&self) -> Option<&'static RetiredCode> {
        match self {
            Self::Known(_) => None,
            Self::Unknown(name) => RetiredCode::from_wire(name),
        }
    }
}
