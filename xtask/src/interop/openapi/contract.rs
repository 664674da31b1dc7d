//! Contract tests: schemathesis and the strict twin against the example server, and against servers that
//! answer wrongly.

use std::path::Path;

use anyhow::ensure;

use super::super::check::{Check, Judged};
use super::super::driver::{self, Said};
use super::super::environment::Language;
use super::super::server::Server;
use super::Context;
use super::guide::Guide;

/// The faults of `altering_proxy.py`, each in every answer, and whether they are also given to the
/// command of the guide, which makes up requests of its own.
const FAULTS: [(&str, bool); 8] = [
    ("other_status", true),
    ("undocumented_status", false),
    ("other_type", true),
    ("other_code", false),
    ("other_member", false),
    ("no_message", false),
    ("no_request_id", false),
    ("other_media_type", false),
];

pub(super) fn judge(
    context: &Context<'_>,
    guide: &Guide,
    work: &Path,
) -> anyhow::Result<Vec<Check>> {
    let document = work.join("api.strict.yaml");
    let said = judge_cases(context, &document, context.address)?;
    let cases = context.cases.iter().filter(|case| case.is_for_clients);
    for case in cases {
        let judged = said.lines.iter().any(|line| line.subject == case.name);
        ensure!(judged, "contract_cases.py did not send {}", case.name);
    }
    let mut checks: Vec<Check> = Check::of_driver(said).collect();
    let python = context.environments.of(Language::Python)?;
    for (fault, is_for_guide) in FAULTS {
        let mut command = python.driver("altering_proxy.py");
        command.args([fault, context.address]);
        let server = Server::start(command, context.folder, "altering-proxy")?;
        let said = judge_cases(context, &document, &server.address)?;
        let tool = format!("{}, given {fault}", said.client);
        checks.extend(said.lines.into_iter().map(|line| planted(&tool, line)));
        if is_for_guide {
            // 1 is what it ends with where it finds failures.
            let ended = guide.judge(&server.address, context, work)?;
            let missed = ended.code != Some(1) || !ended.out.contains("violates schema");
            checks.push(Check {
                tool: tool.clone(),
                subject: "requests of its own".to_owned(),
                faults: missed
                    .then(|| "it was not seen".to_owned())
                    .into_iter()
                    .collect(),
            });
        }
    }
    Ok(checks)
}

fn judge_cases(
    context: &Context<'_>,
    document: &Path,
    address: &str,
) -> anyhow::Result<Said<Judged>> {
    let python = context.environments.of(Language::Python)?;
    let mut command = python.driver("contract_cases.py");
    command.arg(document).arg(address);
    driver::run(command, context.folder, "contract")
}

/// A fault that was planted must be found.
fn planted(tool: &str, judged: Judged) -> Check {
    let missed = judged.fault.is_none().then(|| "it was not seen".to_owned());
    Check {
        tool: tool.to_owned(),
        subject: judged.subject,
        faults: missed.into_iter().collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_planted_fault_that_is_not_seen_is_a_fault() {
        let judged = |fault: Option<&str>| Judged {
            subject: "a".to_owned(),
            fault: fault.map(str::to_owned),
        };
        assert!(planted("t", judged(Some("seen"))).faults.is_empty());
        assert_eq!(planted("t", judged(None)).faults, ["it was not seen"]);
    }
}
