//! Contract tests: schemathesis and the strict twin against the example server, and against servers that
//! answer wrongly.

use std::path::Path;

use anyhow::bail;

use super::super::check::{Check, Judged};
use super::super::driver::{self, Said};
use super::super::environment::Language;
use super::super::server::Server;
use super::Context;
use super::guide::Guide;

/// A fault of `altering_proxy.py`, which is in every answer.
struct Fault {
    name: &'static str,
    /// What schemathesis calls it.
    title: &'static str,
    /// Whether the command of the guide, which makes up requests of its own, has to find it too.
    is_for_guide: bool,
}

const fn fault(name: &'static str, title: &'static str) -> Fault {
    Fault {
        name,
        title,
        is_for_guide: false,
    }
}

const SCHEMA: &str = "Response violates schema";

const FAULTS: [Fault; 8] = [
    Fault {
        is_for_guide: true,
        ..fault("other_status", SCHEMA)
    },
    Fault {
        is_for_guide: true,
        ..fault("other_type", SCHEMA)
    },
    fault("other_code", SCHEMA),
    fault("other_member", SCHEMA),
    fault("no_message", SCHEMA),
    fault("undocumented_status", "Undocumented status code"),
    fault("no_request_id", "Missing required response headers"),
    fault("other_media_type", "Undocumented Content-Type"),
];

/// The proxy without a fault.
const NOTHING: &str = "nothing";

pub(super) fn judge(
    context: &Context<'_>,
    guide: &Guide,
    work: &Path,
) -> anyhow::Result<Vec<Check>> {
    let said = judge_cases(context, work, context.address, "contract")?;
    let mut cases = context.cases.iter().filter(|case| case.is_for_clients);
    let is_judged = |name: &str| said.lines.iter().any(|line| line.subject == name);
    if let Some(missing) = cases.find(|case| !is_judged(&case.name)) {
        bail!("contract_cases.py did not send {}", missing.name);
    }
    let mut checks: Vec<Check> = Check::of_driver(said).collect();
    let proxy = proxy(context, NOTHING)?;
    let name = format!("contract-{NOTHING}");
    let said = judge_cases(context, work, &proxy.address, &name)?;
    checks.extend(Check::of_driver(said).map(|check| Check {
        tool: format!("{}, through the proxy", check.tool),
        ..check
    }));
    for fault in &FAULTS {
        checks.extend(plant(fault, context, guide, work)?);
    }
    Ok(checks)
}

fn proxy(context: &Context<'_>, fault: &str) -> anyhow::Result<Server> {
    let python = context.environments.of(Language::Python)?;
    let mut command = python.driver("altering_proxy.py");
    command.args([fault, context.address]);
    Server::start(command, context.folder, &format!("proxy-{fault}"))
}

/// Lets schemathesis judge a server that has a fault.
fn plant(
    fault: &Fault,
    context: &Context<'_>,
    guide: &Guide,
    work: &Path,
) -> anyhow::Result<Vec<Check>> {
    let proxy = proxy(context, fault.name)?;
    let name = format!("contract-{}", fault.name);
    let said = judge_cases(context, work, &proxy.address, &name)?;
    let tool = format!("{}, given {}", said.client, fault.name);
    let lines = said.lines.into_iter();
    let mut checks: Vec<Check> = lines
        .map(|line| planted(&tool, line, fault.title))
        .collect();
    if fault.is_for_guide {
        // 1 is what it ends with where it finds failures.
        let ended = guide.judge(&proxy.address, context, work)?;
        let found = ended.code == Some(1) && ended.out.contains(fault.title);
        checks.push(Check {
            tool,
            subject: "requests of its own".to_owned(),
            faults: missed(found),
        });
    }
    Ok(checks)
}

fn judge_cases(
    context: &Context<'_>,
    work: &Path,
    address: &str,
    name: &str,
) -> anyhow::Result<Said<Judged>> {
    let python = context.environments.of(Language::Python)?;
    let mut command = python.driver("contract_cases.py");
    command.arg(work.join("api.strict.yaml")).arg(address);
    driver::run(command, context.folder, name)
}

/// A fault that was planted must be found, as the fault that it is.
fn planted(tool: &str, judged: Judged, title: &str) -> Check {
    let found = judged.fault.is_some_and(|fault| fault.contains(title));
    Check {
        tool: tool.to_owned(),
        subject: judged.subject,
        faults: missed(found),
    }
}

fn missed(found: bool) -> Vec<String> {
    let missed = (!found).then(|| "the fault was not seen".to_owned());
    missed.into_iter().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_planted_fault_that_is_not_seen_as_what_it_is_is_a_fault() {
        let faults = |fault: Option<&str>| {
            let judged = Judged {
                subject: "a".to_owned(),
                fault: fault.map(str::to_owned),
            };
            planted("t", judged, SCHEMA).faults
        };
        assert!(faults(Some("Response violates schema: it does")).is_empty());
        assert_eq!(faults(None), ["the fault was not seen"]);
        let other = Some("not an answer of the server");
        assert_eq!(faults(other), ["the fault was not seen"]);
    }
}
