//! The models that the gateway knows.

use axum::Json;
use gateway_errors::{ApiError, ErrorCode};
use serde_json::{Value, json};

use crate::accounts::{Account, Plan};
use crate::extract::{Caller, Path};
use crate::provider::Api;
use crate::upstream::Upstream;

/// A model and where it runs.
pub(crate) struct Model {
    pub(crate) id: &'static str,
    /// Whether only paying accounts may use it.
    pro: bool,
    hears: bool,
    pub(crate) upstream: Upstream,
}

const fn model(id: &'static str, upstream: Upstream) -> Model {
    Model {
        id,
        pro: false,
        hears: true,
        upstream,
    }
}

static MODELS: [Model; 19] = [
    model("gpt-small", Upstream::Echo),
    Model {
        pro: true,
        ..model("gpt-large", Upstream::Echo)
    },
    Model {
        hears: false,
        ..model("claude-text", Upstream::Echo)
    },
    model("upstream-crash", Upstream::Crash),
    model("upstream-down", Upstream::Down),
    model("upstream-busy", Upstream::Busy),
    model("upstream-slow", Upstream::Slow),
    model("upstream-breaks", Upstream::Breaks),
    model("upstream-hangs-up", Upstream::HangsUp),
    model("openai-small", Upstream::Provider(Api::OpenAi)),
    model("openai-limited", Upstream::Provider(Api::OpenAi)),
    model("openai-refuses", Upstream::Provider(Api::OpenAi)),
    model("anthropic-small", Upstream::Provider(Api::Anthropic)),
    model("anthropic-overloaded", Upstream::Provider(Api::Anthropic)),
    model("google-small", Upstream::Provider(Api::Google)),
    model("google-limited", Upstream::Provider(Api::Google)),
    model("google-refuses", Upstream::Provider(Api::Google)),
    model("page-down", Upstream::Provider(Api::OpenAi)),
    model("unknown-failed", Upstream::Provider(Api::OpenAi)),
];

impl Model {
    /// The model with this id.
    pub(crate) fn find(id: &str) -> Result<&'static Self, ApiError> {
        let model = MODELS.iter().find(|model| model.id == id);
        model.ok_or_else(|| ErrorCode::ModelNotFound.into())
    }

    /// Whether the account may use the model, for text or for audio.
    pub(crate) fn check(&self, account: &Account, has_audio: bool) -> Result<(), ApiError> {
        if self.pro && account.plan != Plan::Pro {
            return Err(ErrorCode::ModelNotSupported.into());
        }
        if has_audio && !self.hears {
            return Err(ErrorCode::AudioNotSupportedByModel.into());
        }
        Ok(())
    }

    fn shown(&self) -> Value {
        json!({ "id": self.id, "object": "model", "created": 0, "owned_by": "example" })
    }
}

pub(crate) async fn list(_: Caller) -> Json<Value> {
    let models: Vec<Value> = MODELS.iter().map(Model::shown).collect();
    Json(json!({ "object": "list", "data": models }))
}

pub(crate) async fn one(_: Caller, Path(id): Path<String>) -> Result<Json<Value>, ApiError> {
    Model::find(&id).map(|model| Json(model.shown()))
}
