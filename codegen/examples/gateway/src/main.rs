//! Serves the example gateway on the loopback interface.

use std::io::{IsTerminal, Write, stderr, stdout};
use std::net::Ipv4Addr;
use std::time::Duration;

use anyhow::Context;
use clap::Parser;
use gateway_errors::Limits;
use tokio::net::TcpListener;

/// Serves the API of the sample catalog in miniature, on the loopback interface.
#[derive(Parser)]
#[command(
    name = "cargo gateway",
    bin_name = "cargo gateway",
    after_help = "Examples:
  cargo gateway
  cargo gateway --port 0          any free port; the address is printed
  curl -i http://127.0.0.1:4000/v1/models -H 'Authorization: Bearer sk-demo'

docs/gateway.md has a request for every error."
)]
struct Options {
    /// The port to listen at; 0 takes one that is free
    #[arg(long, default_value_t = 4000)]
    port: u16,
    /// How long the body of a request may take to arrive
    #[arg(long, value_name = "SECONDS", default_value_t = 10)]
    body_timeout: u64,
    /// How long a request may take to be answered
    #[arg(long, value_name = "SECONDS", default_value_t = 30)]
    answer_timeout: u64,
}

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let options = Options::parse();
    let no_color = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
    tracing_subscriber::fmt()
        .with_writer(stderr)
        .with_ansi(stderr().is_terminal() && !no_color)
        .without_time()
        .with_target(false)
        .init();
    // A panic is answered and logged with the id of its request; this says where in the code it was.
    std::panic::set_hook(Box::new(|panic| tracing::error!("{panic}")));
    // Thousands of clients at once need as many open files. As many as are allowed must do.
    let _ = rlimit::increase_nofile_limit(u64::MAX);
    let limits = Limits {
        body: Duration::from_secs(options.body_timeout),
        answer: Duration::from_secs(options.answer_timeout),
    };
    let address = (Ipv4Addr::LOCALHOST, options.port);
    let listener = TcpListener::bind(address).await;
    let listener = listener.with_context(|| {
        format!(
            "cannot listen at port {}: choose another with --port, or any with --port 0",
            options.port
        )
    })?;
    writeln!(stdout(), "listening on http://{}", listener.local_addr()?)?;
    stdout().flush()?;
    let interrupted = async {
        // Without the signal the process is simply killed.
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
    };
    let server = axum::serve(listener, gateway::router(limits));
    server.with_graceful_shutdown(interrupted).await?;
    Ok(())
}
