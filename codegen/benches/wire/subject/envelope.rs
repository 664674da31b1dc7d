//! The body of a response as serde's derives write and read it, with its texts borrowed.

use std::borrow::Cow;

use ours::{ApiError, ErrorCode};
use serde::{Deserialize, Serialize};

#[derive(Serialize, Deserialize)]
pub struct Envelope<'a> {
    #[serde(borrow)]
    pub error: Members<'a>,
}

#[derive(Serialize, Deserialize)]
pub struct Members<'a> {
    #[serde(borrow)]
    pub message: Cow<'a, str>,
    #[serde(borrow, rename = "type")]
    pub error_type: Cow<'a, str>,
    #[serde(borrow)]
    pub code: Option<Cow<'a, str>>,
    #[serde(borrow, skip_serializing_if = "Option::is_none")]
    pub param: Option<Cow<'a, str>>,
}

impl<'a> From<&'a ApiError> for Envelope<'a> {
    fn from(error: &'a ApiError) -> Self {
        Self {
            error: Members {
                message: error.message().into(),
                error_type: error.error_type().as_str().into(),
                code: error.code().map(ErrorCode::as_str).map(Cow::Borrowed),
                param: error.param().map(Cow::Borrowed),
            },
        }
    }
}
