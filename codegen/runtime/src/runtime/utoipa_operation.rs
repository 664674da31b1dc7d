//! The responses of each operation. Needs the feature `utoipa`.

use std::collections::BTreeMap;

use ::utoipa::openapi::{RefOr, Response};

use crate::ErrorCode;
use crate::catalog::documents::CODELESS;
use crate::runtime::tables::OwnError;
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
                let errors = Self::ALL.iter().map(|error| (error.code(), error.own()));
                $crate::runtime::utoipa_operation::of_errors(errors, &[$($bodies)*])
            }
        }
    };
}

pub(crate) use of_operation;

/// The responses of an operation with these codes, each with what the operation states of it.
pub(crate) fn of_errors(
    errors: impl Iterator<Item = (ErrorCode, Option<&'static OwnError>)>,
    bodies: &[Bodies],
) -> BTreeMap<String, RefOr<Response>> {
    let errors = errors.filter(|(code, _)| !code.is_internal());
    let errors = errors.map(|(code, own)| {
        let (name, error) = example(code);
        match own {
            Some(own) => (name, error.of_operation(own)),
            None => (name, error),
        }
    });
    let others = CODELESS.iter().filter(|error| error.of_operations);
    of_examples(errors.chain(others.map(Codeless::example)), bodies)
}
