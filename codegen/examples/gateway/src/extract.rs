//! Extractors of axum whose rejections are errors of the catalog.

use std::sync::Arc;

use axum::extract::{FromRequest, FromRequestParts};
use axum::http::header::AUTHORIZATION;
use axum::http::request::Parts;
use gateway_errors::{ApiError, ENVELOPE_STYLES, EnvelopeStyle, ErrorCode, RequestStyle};
use serde::Deserialize;

use crate::accounts::{Account, Accounts};
use crate::provider::Provider;

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

/// What all requests share.
pub(crate) struct Shared {
    pub(crate) accounts: Accounts,
    pub(crate) provider: Arc<Provider>,
}

/// The account whose key a request has: a handler that takes one is for known clients only.
pub(crate) struct Caller {
    pub(crate) account: Arc<Account>,
    pub(crate) provider: Arc<Provider>,
}

impl FromRequestParts<Arc<Shared>> for Caller {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, shared: &Arc<Shared>) -> Result<Self, ApiError> {
        let account = shared.accounts.find(&key(parts)?)?;
        Ok(Self {
            account: Arc::clone(account),
            provider: Arc::clone(&shared.provider),
        })
    }
}

/// The API key of a request. Clients of Anthropic's and Google's APIs can send it in a header of their own.
fn key(parts: &Parts) -> Result<String, ApiError> {
    let own_header = own_header(parts);
    let Some(own_header) = own_header else {
        return bearer(parts).ok_or_else(|| ErrorCode::MissingApiKey.into());
    };
    let own = parts.headers.get(own_header);
    let own = own.and_then(|key| key.to_str().ok()).map(str::to_owned);
    let in_query = || in_query(parts).filter(|_| own_header == "x-goog-api-key");
    let key = own.or_else(|| bearer(parts)).or_else(in_query);
    key.ok_or_else(|| {
        let error = ApiError::new(ErrorCode::MissingApiKey);
        error.with_message(format!(
            "No API key was given in the header {own_header} or Authorization."
        ))
    })
}

/// The header in which the clients of an API send their key, besides `Authorization`. A request that gets the errors of
/// an API is from a client of that API.
fn own_header(parts: &Parts) -> Option<&'static str> {
    let headers = parts.headers.iter();
    let headers = headers.map(|(name, value)| (name.as_str(), value.as_bytes()));
    let asked = RequestStyle::new(parts.uri.path(), headers);
    match asked.style(ENVELOPE_STYLES[0]) {
        EnvelopeStyle::Anthropic => Some("x-api-key"),
        EnvelopeStyle::Google => Some("x-goog-api-key"),
        _ => None,
    }
}

fn bearer(parts: &Parts) -> Option<String> {
    let header = parts.headers.get(AUTHORIZATION)?.to_str().ok()?;
    // The scheme is the same in any case (RFC 9110, section 11.1).
    let (scheme, key) = header.split_once(' ')?;
    let is_bearer = scheme.eq_ignore_ascii_case("bearer");
    is_bearer.then(|| key.trim().to_owned())
}

fn in_query(parts: &Parts) -> Option<String> {
    #[derive(Deserialize)]
    struct Keyed {
        key: Option<String>,
    }

    let query = axum::extract::Query::<Keyed>::try_from_uri(&parts.uri);
    query.ok().and_then(|query| query.0.key)
}
