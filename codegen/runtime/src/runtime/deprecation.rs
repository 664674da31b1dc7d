//! Deprecated and retired codes.

use crate::catalog::codes::RETIRED;
use crate::runtime::serde_impls::write_record;
use crate::{ErrorCode, MaybeKnown};

/// The deprecation of a code.
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
    /// The version of the API that deprecated the code; missing until it is released.
    pub since: Option<&'static str>,
    /// The code that replaces it.
    pub successor: Option<ErrorCode>,
    /// What to do about it.
    pub note: Option<&'static str>,
}

write_record!(Deprecation: since, successor, note);

/// A retired code: the API does not send it any longer, and its name is never used again.
///
/// A client reads it as an unknown code, and can look up what replaced it:
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
    /// Its wire name.
    pub name: &'static str,
    /// The version of the API that retired it; missing until it is released.
    pub since: Option<&'static str>,
    /// The code that replaces it.
    pub successor: Option<ErrorCode>,
    /// Why it was retired.
    pub reason: &'static str,
    /// Whether it was internal: not shown in documents and on pages.
    pub is_internal: bool,
}

write_record!(RetiredCode: name, since, successor, reason, is_internal);

impl RetiredCode {
    /// All retired codes, sorted by name.
    pub const ALL: &'static [Self] = RETIRED;

    /// The retired code with this wire name.
    #[must_use]
    pub fn from_wire(name: &str) -> Option<&'static Self> {
        let found = RETIRED.binary_search_by_key(&name, |retired| retired.name);
        found.ok().map(|position| &RETIRED[position])
    }
}

impl MaybeKnown<ErrorCode> {
    /// The retired code with this name, if the API once sent it.
    #[must_use]
    pub fn retired(&self) -> Option<&'static RetiredCode> {
        match self {
            Self::Known(_) => None,
            Self::Unknown(name) => RetiredCode::from_wire(name),
        }
    }
}

/// A code of the catalog, or a retired one.
pub(crate) fn known_code(name: &str) -> Option<MaybeKnown<ErrorCode>> {
    let code = ErrorCode::from_wire(name).map(MaybeKnown::Known);
    let retired = || RetiredCode::from_wire(name).map(|code| MaybeKnown::Unknown(code.name.into()));
    code.or_else(retired)
}
