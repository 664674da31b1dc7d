//! A provider that is asked over HTTP, and whose errors become errors of this API.

use std::error::Error;
use std::fmt;
use std::net::SocketAddr;
use std::time::Duration;

use axum::body::Body;
use axum::http::header::{CONTENT_TYPE, HOST};
use axum::http::{HeaderMap, Request};
use gateway_errors::{ApiError, ErrorType, ReceivedError};
use http_body_util::{BodyExt, Limited};
use hyper::client::conn::http1;
use hyper_util::rt::TokioIo;
use serde_json::{Value, json};
use tokio::net::TcpStream;
use tokio::sync::OnceCell;
use tokio::time::timeout;

use crate::fake_provider;

/// The largest answer that is read.
const MAX_ANSWER: usize = 1 << 20;

/// How long the gateway waits for an answer.
const PATIENCE: Duration = Duration::from_secs(60);

/// The API of a provider.
#[derive(Clone, Copy)]
pub(crate) enum Api {
    OpenAi,
    Anthropic,
    Google,
}

impl Api {
    fn path(self, model: &str) -> String {
        match self {
            Self::OpenAi => "/v1/chat/completions".to_owned(),
            Self::Anthropic => "/v1/messages".to_owned(),
            Self::Google => format!("/v1beta/models/{model}:generateContent"),
        }
    }

    /// The header of the key, and its value.
    const fn key(self) -> (&'static str, &'static str) {
        match self {
            Self::OpenAi => ("authorization", "Bearer sk-of-the-gateway"),
            Self::Anthropic => ("x-api-key", "sk-of-the-gateway"),
            Self::Google => ("x-goog-api-key", "sk-of-the-gateway"),
        }
    }

    fn question(self, model: &str, prompt: &str) -> Value {
        let messages = json!([{ "role": "user", "content": prompt }]);
        match self {
            Self::OpenAi => json!({ "model": model, "messages": messages }),
            Self::Anthropic => json!({ "model": model, "max_tokens": 100, "messages": messages }),
            Self::Google => {
                json!({ "contents": [{ "role": "user", "parts": [{ "text": prompt }] }] })
            }
        }
    }

    /// Where an answer has its text.
    const fn text(self) -> &'static str {
        match self {
            Self::OpenAi => "/choices/0/message/content",
            Self::Anthropic => "/content/0/text",
            Self::Google => "/candidates/0/content/parts/0/text",
        }
    }
}

/// The provider, which is started when it is first asked.
#[derive(Default)]
pub(crate) struct Provider {
    address: OnceCell<SocketAddr>,
}

/// An answer, whatever its status.
struct Answer {
    status: u16,
    headers: HeaderMap,
    body: Vec<u8>,
}

impl Provider {
    /// The answer to a prompt.
    pub(crate) async fn ask(
        &self,
        api: Api,
        model: &str,
        prompt: &str,
    ) -> Result<String, ApiError> {
        let sent = timeout(PATIENCE, self.send(api, model, prompt)).await;
        let sent = sent.map_err(|elapsed| failed(504).with_source(elapsed))?;
        let answer = sent.map_err(|error| failed(502).with_source(error))?;
        if answer.status != 200 {
            return Err(answer.error());
        }
        let body: Result<Value, _> = serde_json::from_slice(&answer.body);
        let body = body.map_err(|error| failed(502).with_source(error))?;
        let text = body.pointer(api.text()).and_then(Value::as_str);
        let text = text.ok_or_else(|| failed(502).with_source("the answer has no text"));
        text.map(str::to_owned)
    }

    async fn send(
        &self,
        api: Api,
        model: &str,
        prompt: &str,
    ) -> Result<Answer, Box<dyn Error + Send + Sync>> {
        let address = *self.address.get_or_try_init(fake_provider::start).await?;
        let connection = TcpStream::connect(address).await?;
        let (mut sender, connection) = http1::handshake(TokioIo::new(connection)).await?;
        tokio::spawn(connection);
        let (header, key) = api.key();
        let request = Request::post(api.path(model))
            .header(HOST, address.to_string())
            .header(CONTENT_TYPE, "application/json")
            .header(header, key)
            .body(Body::from(api.question(model, prompt).to_string()))?;
        let (parts, body) = sender.send_request(request).await?.into_parts();
        let body = Limited::new(body, MAX_ANSWER).collect().await?;
        Ok(Answer {
            status: parts.status.as_u16(),
            headers: parts.headers,
            body: body.to_bytes().to_vec(),
        })
    }
}

impl Answer {
    /// The error that our caller gets. What the provider said is its source, for the log.
    fn error(self) -> ApiError {
        let received = ReceivedError::from_parts(self.status, &self.headers, &self.body);
        let ids = ["x-request-id", "request-id"];
        let mut ids = ids.iter().filter_map(|name| self.headers.get(*name));
        let id = ids.next().and_then(|id| id.to_str().ok());
        ApiError::from_upstream(&received).with_source(Refusal {
            status: self.status,
            request_id: id.map(str::to_owned),
            body: String::from_utf8_lossy(&self.body).into_owned(),
        })
    }
}

/// The error of a provider, for the log.
#[derive(Debug)]
struct Refusal {
    status: u16,
    request_id: Option<String>,
    body: String,
}

impl fmt::Display for Refusal {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let id = self.request_id.as_deref().unwrap_or("none");
        // The body is foreign, and must not look like a line of the log.
        let body = &self.body;
        write!(
            formatter,
            "the provider answered {} (request {id:?}): {body:?}",
            self.status
        )
    }
}

impl Error for Refusal {}

/// The error of a failed provider.
pub(crate) fn failed(status: u16) -> ApiError {
    let error = ApiError::from_type(ErrorType::ServerError).with_status(status);
    error.expect("a server error can have any 5xx status")
}
