//! The responses of each operation. Needs the feature `utoipa`.

use std::collections::BTreeMap;

use ::utoipa::openapi::{RefOr, Response};

use crate::ErrorCode;
use crate::catalog::documents::CODELESS;
use crate::runtime::utoipa::{example, of_examples};
use crate::runtime::utoipa_parts::{Bodies, Codeless};

/// Gives an operation its responses.
macro_rules! of_operation {
    ($module:ident::$operation:ident, [$($bodies:tt)*]) => {
        /// The public errors of the operation and those without code, in the styles of its path.
        ///
        /// Use it in `#[utoipa::path(…)]`, beside the responses of a success.
        impl ::utoipa::IntoResponses for $module::$operation {
            fn responses() -> std::collections::BTreeMap<
                String,
                ::utoipa::openapi::RefOr<::utoipa::openapi::Response>,
            > {
                let codes = Self::ALL.iter().map(|error| error.code());
                $crate::runtime::utoipa_operation::of_codes(codes, &[$($bodies)*])
            }
        }
    };
}

pub(crate) use of_operation;

/// The responses of an operation with these codes.
pub(crate) fn of_codes(
    codes: impl Iterator<Item = ErrorCode>,
    bodies: &[Bodies],
) -> BTreeMap<String, RefOr<Response>> {
    let codes = codes.filter(|code| !code.is_internal()).map(example);
    let others = CODELESS.iter().filter(|error| error.of_operations);
    of_examples(codes.chain(others.map(Codeless::example)), bodies)
}
