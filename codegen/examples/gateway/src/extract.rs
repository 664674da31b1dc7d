//! Extractors of axum whose rejections are errors of the catalog.

use std::sync::Arc;

use axum::extract::{FromRequest, FromRequestParts};
use axum::http::header::AUTHORIZATION;
use axum::http::request::Parts;
use gateway_errors::{ApiError, ErrorCode};

use crate::accounts::{Account, Accounts};

/// A body of JSON.
#[derive(FromRequest)]
#[from_request(via(axum::Json), rejection(ApiError))]
pub(crate) struct Json<T>(pub(crate) T);

/// The parts of a path.
#[derive(FromRequestParts)]
#[from_request(via(axum::extract::Path), rejection(ApiError))]
pub(crate) struct Path<T>(pub(crate) T);

/// A query.
#[derive(FromRequestParts)]
#[from_request(via(axum::extract::Query), rejection(ApiError))]
pub(crate) struct Query<T>(pub(crate) T);

/// The account whose key a request has: a handler that takes one is for known clients only.
pub(crate) struct Caller(pub(crate) Arc<Account>);

impl FromRequestParts<Arc<Accounts>> for Caller {
    type Rejection = ApiError;

    async fn from_request_parts(
        parts: &mut Parts,
        accounts: &Arc<Accounts>,
    ) -> Result<Self, ApiError> {
        let header = parts.headers.get(AUTHORIZATION);
        let header = header.ok_or(ErrorCode::MissingApiKey)?;
        let header = header.to_str().unwrap_or_default();
        // The scheme is the same in any case (RFC 9110, section 11.1).
        let key = match header.split_once(' ') {
            Some((scheme, key)) if scheme.eq_ignore_ascii_case("bearer") => key.trim(),
            _ => return Err(ErrorCode::MissingApiKey.into()),
        };
        accounts.find(key).map(|account| Self(Arc::clone(account)))
    }
}
