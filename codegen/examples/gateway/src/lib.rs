//! The API of the sample catalog in miniature.
//!
//! A gateway to language models with accounts, models, chat, files, credits and a contact form. It
//! keeps everything in memory, and its upstream providers fail on purpose. Every code of the catalog,
//! and every 5xx, can be provoked by a request: `docs/gateway.md` has one for each. Chats have the form
//! of three APIs, each at its path and with its errors. Version 2 of its own API has a shape of its own.

mod accounts;
mod answer;
mod chat;
mod contact;
mod credits;
mod extract;
mod fake_provider;
mod files;
mod generate;
mod log;
mod messages;
mod models;
mod provider;
mod stored_file;
mod upstream;

use std::sync::Arc;

use axum::extract::DefaultBodyLimit;
use axum::routing::{get, post};
use axum::{Router, middleware};
use gateway_errors::Timeouts;
use gateway_errors::axum::Wrapped;

use accounts::Accounts;
use extract::Shared;
use provider::Provider;

/// The whole API, ready to serve.
///
/// # Panics
///
/// Panics where the accounts of the demonstration are not as they should be, which a test rules out.
pub fn router(timeouts: Timeouts) -> Wrapped {
    let files = get(files::list)
        .post(files::upload)
        // Uploads beyond the limit of a file are read to their end, so that the client hears the answer.
        .layer(DefaultBodyLimit::max(files::LARGEST_UPLOAD));
    let shared = Shared {
        accounts: Accounts::demonstration(),
        provider: Arc::new(Provider::default()),
    };
    let router = Router::new()
        .route("/v1/models", get(models::list))
        .route("/v1/models/{model}", get(models::one))
        .route("/v1/chat/completions", post(chat::complete))
        .route("/v1/messages", post(messages::create))
        .route("/v1beta/models/{call}", post(generate::call))
        .route("/v2/models/{model}", get(models::one))
        .route("/v1/files", files)
        .route("/v1/files/{file_id}", get(files::one).delete(files::delete))
        .route("/v1/credits", get(credits::balance))
        .route("/v1/contact", post(contact::send))
        .with_state(Arc::new(shared));
    let router = gateway_errors::axum::wrap(router, timeouts);
    router.layer(middleware::from_fn(log::errors))
}
