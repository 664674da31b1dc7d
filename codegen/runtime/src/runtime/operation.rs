//! Errors of one operation.

use core::fmt;

use crate::ErrorCode;
use crate::runtime::tables::OwnError;

/// The error of a conversion from a code that is not an error of the operation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct OperationMismatch {
    /// The code.
    pub code: ErrorCode,
    /// The id of the operation.
    pub operation: &'static str,
}

impl OperationMismatch {
    /// The error of converting `code` to an error of `operation`.
    #[must_use]
    pub const fn new(code: ErrorCode, operation: &'static str) -> Self {
        Self { code, operation }
    }
}

impl fmt::Display for OperationMismatch {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { code, operation } = self;
        write!(
            formatter,
            "{code} is not an error of the operation {operation}"
        )
    }
}

impl std::error::Error for OperationMismatch {}

/// The position of a code. A function that all operations share, so that rustc checks one search.
pub(crate) fn position(codes: &[ErrorCode], code: ErrorCode) -> Option<usize> {
    codes.iter().position(|known| *known == code)
}

/// What an operation states of a code.
pub(crate) const fn own(list: &'static [OwnError], code: ErrorCode) -> Option<&'static OwnError> {
    let mut position = 0;
    while position < list.len() {
        if list[position].code as usize == code as usize {
            return Some(&list[position]);
        }
        position += 1;
    }
    None
}

/// Defines the enum of an operation's errors, with its conversions.
macro_rules! operation {
    (
        $(#[doc = $doc:literal])+
        $name:ident, $id:literal, $method:literal, $path:literal {
            $($(#[$attribute:meta])* $variant:ident,)+
        } {
            $($own:ident: $status:literal, $retry:ident, $meaning:literal, $fix:literal;)*
        }
        $($former:ident = $current:ident, $note:literal;)*
    ) => {
        $(#[doc = $doc])+
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum $name {
            $(
                #[doc = concat!("[`ErrorCode::", stringify!($variant), "`](crate::ErrorCode)")]
                $(#[$attribute])*
                $variant,
            )+
        }

        $(
            #[allow(deprecated, reason = "an operation can fail with deprecated codes")]
            #[allow(non_upper_case_globals, reason = "it was a variant")]
            impl $name {
                #[doc = concat!("Former name of [`", stringify!($current), "`](Self::", stringify!($current), ").")]
                #[deprecated(note = $note)]
                pub const $former: Self = Self::$current;
            }
        )*

        impl $name {
            /// The id of the operation.
            pub const OPERATION: &'static str = $id;
            /// The method of its request.
            pub const METHOD: &'static str = $method;
            /// The path of its request.
            pub const PATH: &'static str = $path;
            /// All its errors, in the order of the catalog.
            #[allow(deprecated, reason = "an operation can fail with deprecated codes")]
            pub const ALL: &'static [Self] = &[$(Self::$variant,)+];

            /// The code.
            #[must_use]
            pub const fn code(self) -> $crate::ErrorCode {
                #[allow(deprecated, reason = "an operation can fail with deprecated codes")]
                const CODES: &[$crate::ErrorCode] = &[$($crate::ErrorCode::$variant,)+];
                CODES[self as usize]
            }

            /// The HTTP status with which the operation sends it.
            #[must_use]
            pub const fn status(self) -> u16 {
                match self.own() {
                    Some(own) => own.status,
                    None => self.code().status(),
                }
            }

            /// Whether and how a client may send the request again.
            #[must_use]
            pub const fn retry(self) -> $crate::RetryRule {
                match self.own() {
                    Some(own) => own.retry,
                    None => self.code().retry(),
                }
            }

            /// What went wrong in the operation, in one line; empty only where the catalog allows it.
            #[must_use]
            pub const fn meaning(self) -> &'static str {
                match self.own() {
                    Some(own) if !own.meaning.is_empty() => own.meaning,
                    _ => self.code().meaning(),
                }
            }

            /// What to do about it in the operation, in one line; empty only where the catalog allows it.
            #[must_use]
            pub const fn fix(self) -> &'static str {
                match self.own() {
                    Some(own) if !own.fix.is_empty() => own.fix,
                    _ => self.code().fix(),
                }
            }

            /// An error of this code, such as that of arguments, as the operation sends it: with its status, meaning
            /// and fix. An error with another code stays as it is.
            #[cfg(feature = "server")]
            #[must_use]
            pub fn with(self, error: impl Into<$crate::ApiError>) -> $crate::ApiError {
                let error = error.into();
                match self.own() {
                    Some(own) => error.of_operation(own),
                    None => error,
                }
            }

            /// What the operation states of the code.
            pub(crate) const fn own(self) -> Option<&'static $crate::runtime::tables::OwnError> {
                #[allow(deprecated, reason = "an operation can fail with deprecated codes")]
                const OWN: &[$crate::runtime::tables::OwnError] = &[$(
                    $crate::runtime::tables::OwnError {
                        code: $crate::ErrorCode::$own,
                        status: $status,
                        retry: $crate::RetryRule::$retry,
                        meaning: $meaning,
                        fix: $fix,
                    },
                )*];
                $crate::runtime::operation::own(OWN, self.code())
            }
        }

        impl From<$name> for $crate::ErrorCode {
            fn from(error: $name) -> Self {
                error.code()
            }
        }

        #[cfg(feature = "server")]
        impl From<$name> for $crate::ApiError {
            fn from(error: $name) -> Self {
                error.with(error.code())
            }
        }

        #[cfg(feature = "testkit")]
        impl From<$name> for $crate::testkit::Expected {
            fn from(error: $name) -> Self {
                Self::of_operation(error.code(), error.own())
            }
        }

        impl TryFrom<$crate::ErrorCode> for $name {
            type Error = $crate::OperationMismatch;

            // `Self::Error` can also be a variant.
            fn try_from(code: $crate::ErrorCode) -> Result<Self, $crate::OperationMismatch> {
                // A list in a function, because `Self::CODES` can be a variant.
                #[allow(deprecated, reason = "an operation can fail with deprecated codes")]
                const CODES: &[$crate::ErrorCode] = &[$($crate::ErrorCode::$variant,)+];
                match $crate::runtime::operation::position(CODES, code) {
                    Some(position) => Ok(Self::ALL[position]),
                    None => Err($crate::OperationMismatch::new(code, $id)),
                }
            }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                self.code().serialize(serializer)
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let code = $crate::ErrorCode::deserialize(deserializer)?;
                Self::try_from(code).map_err(serde::de::Error::custom)
            }
        }

        impl core::fmt::Display for $name {
            fn fmt(&self, formatter: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
                self.code().fmt(formatter)
            }
        }
    };
}

pub(crate) use operation;
