//! The upstream providers of the gateway. Most of them fail, each in another way.

use std::future;
use std::io;
use std::net::Ipv4Addr;
use std::time::Duration;

use futures_util::stream::{self, Stream};
use gateway_errors::ApiError;
use tokio::net::{TcpListener, TcpStream};
use tokio::time::timeout;

use crate::fake_provider::echo;
use crate::provider::{Api, Provider, failed};

/// How long the gateway waits for a provider.
const PATIENCE: Duration = Duration::from_millis(200);

/// What a provider does with a request.
#[derive(Clone, Copy)]
pub(crate) enum Upstream {
    /// Answers.
    Echo,
    /// Sends what the gateway is not prepared for.
    Crash,
    /// Refuses the connection.
    Down,
    /// Has too much to do.
    Busy,
    /// Does not answer in time.
    Slow,
    /// Fails in the middle of its answer.
    Breaks,
    /// Hangs up in the middle of its answer.
    HangsUp,
    /// Answers over HTTP, as this API does.
    Provider(Api),
}

/// A part of a streamed answer.
pub(crate) enum Piece {
    Text(String),
    /// The answer is complete.
    Done,
}

impl Upstream {
    /// The answer to a prompt.
    pub(crate) async fn ask(
        self,
        model: &str,
        prompt: &str,
        provider: &Provider,
    ) -> Result<String, ApiError> {
        match self {
            Self::Echo => Ok(echo(prompt)),
            Self::Crash => {
                let answer = serde_json::from_str("<html>");
                Ok(answer.expect("providers answer in JSON"))
            }
            Self::Breaks | Self::HangsUp => Err(failed(502).with_source(BROKEN)),
            Self::Down => Err(failed(502).with_source(connect().await)),
            Self::Busy => Err(failed(503).with_retry_after(Duration::from_secs(1))),
            Self::Provider(api) => provider.ask(api, model, prompt).await,
            Self::Slow => timeout(PATIENCE, future::pending())
                .await
                .map_err(|elapsed| failed(504).with_source(elapsed)),
        }
    }

    /// The answer to a prompt, word by word.
    pub(crate) async fn stream(
        self,
        model: &str,
        prompt: &str,
        provider: &Provider,
    ) -> Result<impl Stream<Item = Result<Piece, ApiError>> + use<>, ApiError> {
        let (answer, end) = match self {
            Self::Breaks => (echo(prompt), Some(Err(failed(502).with_source(BROKEN)))),
            Self::HangsUp => (echo(prompt), None),
            _ => (
                self.ask(model, prompt, provider).await?,
                Some(Ok(Piece::Done)),
            ),
        };
        let words = answer.split_inclusive(' ');
        let words: Vec<_> = words.map(|word| Ok(Piece::Text(word.to_owned()))).collect();
        Ok(stream::iter(words.into_iter().chain(end)))
    }
}

const BROKEN: &str = "the provider failed in the middle of its answer";

/// The error of a connection to a closed port.
async fn connect() -> io::Error {
    let refused = async {
        let port = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))
            .await?
            .local_addr()?
            .port();
        TcpStream::connect((Ipv4Addr::LOCALHOST, port)).await
    };
    match refused.await {
        Err(error) => error,
        Ok(_) => io::Error::other("the provider hung up"),
    }
}
