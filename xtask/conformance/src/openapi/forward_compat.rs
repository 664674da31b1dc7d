//! Compiles generated clients, and connects them to a newer server.

use std::path::Path;
use std::process::Command;
use std::time::Duration;

use crate::check::Check;
use crate::clients;
use crate::context::Context;
use crate::model::{Client, Language, Row};
use crate::server::Server;
use crate::toolchain;

/// The longest time that a compiler may take.
const TIMEOUT: Duration = Duration::from_secs(300);

/// Compiles the driver of a generated client together with the client.
pub(super) fn compile(
    client: &Client,
    context: &Context<'_>,
    work: &Path,
) -> anyhow::Result<Check> {
    let check = |fault| {
        let tool = format!("{}, compiled", client.name());
        Check::new(tool, "the client and its driver", fault)
    };
    let environment = context.environments.of(client.language)?;
    let mut command = match client.language {
        Language::Node => {
            let mut command = Command::new(environment.programs().join("tsc"));
            command.arg("--project").arg(&environment.place);
            command
        }
        Language::Python => {
            let mut command = environment.python();
            command.args(["-m", "mypy", "--strict", "--cache-dir"]);
            command.arg(work.join("mypy"));
            // Findings in the generated code are the concern of its generator.
            command.args(["--follow-imports", "silent"]);
            command.arg(environment.path("openapi_client_cases.py"));
            command.env("MYPYPATH", work);
            command
        }
        // It is compiled when it is installed.
        Language::Rust => return Ok(check(None)),
    };
    command.current_dir(work);
    let name = format!("{}-compile", client.name());
    let ended = toolchain::run(command, TIMEOUT, context.folder, &name)?;
    // These compilers print their findings to stdout.
    let output = || format!("{}\n{}", ended.last_of_out(), ended.err);
    let fault = (!ended.success).then(|| output().trim().to_owned());
    Ok(check(fault))
}

/// Sends the cases of each client to a server with an unknown code in every response.
pub(super) fn check(context: &Context<'_>, clients: &[&Client]) -> anyhow::Result<Vec<Check>> {
    let python = context.environments.of(Language::Python)?;
    let server = Server::start(
        python.driver("newer_server.py"),
        context.folder,
        "newer-server",
    )?;
    let mut checks = Vec::new();
    for client in clients {
        let rows = clients::send(
            client,
            context.environments,
            &server.address,
            context.folder,
        )?;
        checks.extend(rows.into_iter().map(judge));
    }
    Ok(checks)
}

/// Checks that a client saw the response of `newer_server.py`.
fn judge(row: Row) -> Check {
    let seen = (row.status, row.code.as_deref(), row.error_type.as_deref());
    let expected = (
        Some(400),
        Some("code_of_tomorrow"),
        Some("type_of_tomorrow"),
    );
    let problem = match row.problem {
        None if seen != expected => Some(format!("the client sees {seen:?}")),
        problem => problem,
    };
    let tool = format!("{}, with a newer server", row.client);
    Check::new(tool, row.case, problem)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_client_must_see_the_unknown_code() {
        let row = Row {
            status: Some(400),
            code: Some("code_of_tomorrow".to_owned()),
            error_type: Some("type_of_tomorrow".to_owned()),
            ..Row::default()
        };
        assert!(judge(row.clone()).faults.is_empty());
        let raised = Row {
            problem: Some("it raises".to_owned()),
            ..row.clone()
        };
        assert_eq!(judge(raised).faults, ["it raises"]);
        let lost = Row { code: None, ..row };
        assert!(judge(lost).faults[0].contains("None"));
    }
}
