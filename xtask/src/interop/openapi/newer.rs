//! Generated clients: compiled, and answered by a server that is newer than they are.

use std::path::Path;
use std::process::Command;
use std::time::Duration;

use super::super::check::Check;
use super::super::clients::Client;
use super::super::environment::Language;
use super::super::server::Server;
use super::super::table::Row;
use super::Context;
use crate::tools;

/// How long a compiler may take.
const PATIENCE: Duration = Duration::from_secs(300);

/// Compiles the driver of a generated client together with the client.
pub(super) fn compile(
    client: &Client,
    context: &Context<'_>,
    work: &Path,
) -> anyhow::Result<Check> {
    let mut check = Check {
        tool: format!("{}, compiled", client.name()),
        subject: "the client and its driver".to_owned(),
        faults: Vec::new(),
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
            // The generated code is used, and not judged: that is for its generator.
            command.args(["--follow-imports", "silent"]);
            command.arg(environment.path("openapi_client_cases.py"));
            command.env("MYPYPATH", work);
            command
        }
        // It was compiled when it was installed.
        Language::Rust => return Ok(check),
    };
    command.current_dir(work);
    let name = format!("{}-compile", client.name());
    let ended = tools::run(command, PATIENCE, context.folder, &name)?;
    if !ended.success {
        // These compilers print what they find to stdout.
        let said = format!("{}\n{}", ended.last_of_out(), ended.err);
        check.faults.push(said.trim().to_owned());
    }
    Ok(check)
}

/// Sends the cases of each client to a server whose every answer is of tomorrow.
pub(super) fn answer(context: &Context<'_>, clients: &[&Client]) -> anyhow::Result<Vec<Check>> {
    let python = context.environments.of(Language::Python)?;
    let server = Server::start(
        python.driver("newer_server.py"),
        context.folder,
        "newer-server",
    )?;
    let mut checks = Vec::new();
    for client in clients {
        let rows = client.send(context.environments, &server.address, context.folder)?;
        checks.extend(rows.into_iter().map(judge));
    }
    Ok(checks)
}

/// Whether a client saw what `newer_server.py` answers.
fn judge(row: Row) -> Check {
    let seen = (row.status, row.code.as_deref(), row.error_type.as_deref());
    let expected = (
        Some(400),
        Some("code_of_tomorrow"),
        Some("type_of_tomorrow"),
    );
    let problem = match row.problem {
        None if seen != expected => Some(format!("it sees {seen:?}")),
        problem => problem,
    };
    Check {
        tool: format!("{}, answered by a newer server", row.client),
        subject: row.case,
        faults: problem.into_iter().collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_client_sees_what_is_newer_or_is_at_fault() {
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
