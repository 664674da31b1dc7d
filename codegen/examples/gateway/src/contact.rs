//! The contact form, for everybody who passes the captcha.

use axum::Json;
use gateway_errors::{ApiError, ErrorCode};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::extract;

/// The token of a solved captcha. A real server asks the captcha's own.
const SOLVED: &str = "solved";

#[derive(Deserialize)]
pub(crate) struct Form {
    message: String,
    captcha: Option<String>,
}

pub(crate) async fn send(
    extract::Json(form): extract::Json<Form>,
) -> Result<Json<Value>, ApiError> {
    let captcha = form.captcha.ok_or(ErrorCode::CaptchaRequired)?;
    if captcha != SOLVED {
        return Err(ErrorCode::CaptchaFailed.into());
    }
    Ok(Json(
        json!({ "object": "message", "characters": form.message.chars().count() }),
    ))
}
