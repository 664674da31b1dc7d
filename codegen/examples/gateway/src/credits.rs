//! What is left of an account's credits.

use axum::Json;
use serde_json::{Value, json};

use crate::extract::Caller;

pub(crate) async fn balance(Caller { account, .. }: Caller) -> Json<Value> {
    Json(json!({ "object": "credits", "balance": account.ledger().credits }))
}
