//! The body of a response, by serde's derive.

use serde::Serialize;
use strum::EnumProperty;

use crate::ErrorCode;

#[derive(Serialize)]
pub struct Envelope {
    error: Members,
}

#[derive(Serialize)]
struct Members {
    message: String,
    #[serde(rename = "type")]
    error_type: Option<&'static str>,
    code: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    param: Option<&'static str>,
}

impl From<ErrorCode> for Envelope {
    fn from(code: ErrorCode) -> Self {
        Self {
            error: Members {
                message: code.to_string(),
                error_type: code.get_str("type"),
                code: code.into(),
                param: code.get_str("param"),
            },
        }
    }
}
