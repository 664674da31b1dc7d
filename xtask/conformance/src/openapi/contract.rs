//! Contract tests: schemathesis with the strict document against the example server, and against servers
//! with planted faults.

use std::path::Path;

use anyhow::bail;

use super::guide::Guide;
use crate::check::{Check, Judged};
use crate::context::Context;
use crate::driver::{self, Report};
use crate::model::Language;
use crate::server::Server;

/// A fault that `altering_proxy.py` plants in every response.
struct Fault {
    name: &'static str,
    /// The title of the failure in schemathesis.
    title: &'static str,
    /// Whether the command of the guide, which generates its own requests, must find it too.
    is_for_guide: bool,
}

const fn fault(name: &'static str, title: &'static str, is_for_guide: bool) -> Fault {
    Fault {
        name,
        title,
        is_for_guide,
    }
}

const SCHEMA: &str = "Response violates schema";

const FAULTS: [Fault; 8] = [
    fault("other_status", SCHEMA, true),
    fault("other_type", SCHEMA, true),
    fault("other_code", SCHEMA, false),
    fault("other_member", SCHEMA, false),
    fault("no_message", SCHEMA, false),
    fault("undocumented_status", "Undocumented status code", false),
    fault("no_request_id", "Missing required response headers", false),
    fault("other_media_type", "Undocumented Content-Type", false),
];

/// The fault argument of a proxy without a fault.
const NOTHING: &str = "nothing";

pub(super) fn check(
    context: &Context<'_>,
    guide: &Guide,
    work: &Path,
) -> anyhow::Result<Vec<Check>> {
    let report = judge_cases(context, work, context.address, "contract")?;
    let mut cases = context.cases.iter().filter(|case| case.is_of_handler);
    let is_judged = |name: &str| report.lines.iter().any(|line| line.subject == name);
    if let Some(missing) = cases.find(|case| !is_judged(&case.name)) {
        bail!("contract_cases.py did not send {}", missing.name);
    }
    let mut checks: Vec<Check> = Check::of_driver(report).collect();
    let proxy = proxy(context, NOTHING)?;
    let name = format!("contract-{NOTHING}");
    let report = judge_cases(context, work, &proxy.address, &name)?;
    checks.extend(Check::of_driver(report).map(|check| Check {
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

/// Tests a server with a planted fault.
fn plant(
    fault: &Fault,
    context: &Context<'_>,
    guide: &Guide,
    work: &Path,
) -> anyhow::Result<Vec<Check>> {
    let proxy = proxy(context, fault.name)?;
    let name = format!("contract-{}", fault.name);
    let report = judge_cases(context, work, &proxy.address, &name)?;
    let tool = format!("{}, given {}", report.client, fault.name);
    let lines = report.lines.into_iter();
    let mut checks: Vec<Check> = lines
        .map(|line| planted(&tool, line, fault.title))
        .collect();
    if fault.is_for_guide {
        // Exit code 1 means that it found failures.
        let ended = guide.judge(&proxy.address, context, work)?;
        let found = ended.code == Some(1) && ended.out.contains(fault.title);
        checks.push(Check::new(tool, "generated requests", missed(found)));
    }
    Ok(checks)
}

fn judge_cases(
    context: &Context<'_>,
    work: &Path,
    address: &str,
    name: &str,
) -> anyhow::Result<Report<Judged>> {
    let python = context.environments.of(Language::Python)?;
    let mut command = python.driver("contract_cases.py");
    command.arg(work.join("api.strict.yaml")).arg(address);
    driver::run(command, context.folder, name)
}

/// A planted fault must be reported with its title.
fn planted(tool: &str, judged: Judged, title: &str) -> Check {
    let found = judged.fault.is_some_and(|fault| fault.contains(title));
    Check::new(tool, judged.subject, missed(found))
}

fn missed(found: bool) -> Option<String> {
    (!found).then(|| "the planted fault was not found".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_planted_fault_must_be_found_with_its_title() {
        let faults = |fault: Option<&str>| {
            let judged = Judged {
                subject: "a".to_owned(),
                fault: fault.map(str::to_owned),
            };
            planted("t", judged, SCHEMA).faults
        };
        assert!(faults(Some("Response violates schema: it does")).is_empty());
        assert_eq!(faults(None), ["the planted fault was not found"]);
        let other = Some("not an answer of the server");
        assert_eq!(faults(other), ["the planted fault was not found"]);
    }
}
