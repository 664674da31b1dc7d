//! Serves the example gateway on the loopback interface.

use std::io::{IsTerminal, Write, stderr, stdout};
use std::net::Ipv4Addr;
use std::process::ExitCode;
use std::time::Duration;

use anyhow::Context;
use clap::Parser;
use gateway_errors::Timeouts;
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
    /// The port to listen at; 0 is any free port
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
async fn main() -> ExitCode {
    match serve(&Options::parse()).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            // Without stderr, the message cannot be shown.
            let _ = writeln!(stderr(), "error: {error:#}");
            ExitCode::from(2)
        }
    }
}

async fn serve(options: &Options) -> anyhow::Result<()> {
    let no_color = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
    tracing_subscriber::fmt()
        .with_writer(stderr)
        .with_ansi(stderr().is_terminal() && !no_color)
        .without_time()
        .with_target(false)
        .init();
    // The response and the log of a panic have the id of the request; this adds the place in the code.
    std::panic::set_hook(Box::new(|panic| tracing::error!("{panic}")));
    // Thousands of clients at once need as many open files. As many as are allowed must do.
    let _ = rlimit::increase_nofile_limit(u64::MAX);
    let timeouts = Timeouts {
        request_body: Duration::from_secs(options.body_timeout),
        response: Duration::from_secs(options.answer_timeout),
    };
    let address = (Ipv4Addr::LOCALHOST, options.port);
    let listener = TcpListener::bind(address).await;
    let listener = listener.with_context(|| {
        let port = options.port;
        format!("cannot listen at port {port}: choose another with --port, or any with --port 0")
    })?;
    writeln!(stdout(), "listening on http://{}", listener.local_addr()?)?;
    stdout().flush()?;
    let server = axum::serve(listener, gateway::router(timeouts).into_make_service());
    let server = server.with_graceful_shutdown(interrupted());
    // Requests that are half sent would be waited for without end: a second Ctrl-C ends them too.
    let twice = async {
        interrupted().await;
        interrupted().await;
    };
    tokio::select! {
        ended = server => ended?,
        () = twice => {}
    }
    Ok(())
}

/// Waits for Ctrl-C. Where there is no such signal, the process is simply killed.
async fn interrupted() {
    if tokio::signal::ctrl_c().await.is_err() {
        std::future::pending::<()>().await;
    }
}
