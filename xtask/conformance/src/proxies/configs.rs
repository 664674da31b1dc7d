//! The configurations of other catalogs than the sample: with hostile texts, and with many codes.

use std::path::Path;
use std::thread;

use anyhow::{Context as _, anyhow, ensure};
use codegen::catalog::{Slot, StatusClass};
use codegen::{Catalog, Inputs, Source};
use fs_err as fs;
use serde_json::{Map, Value, json};

use super::exchange::{self, Seen};
use super::lab::Lab;
use super::sites::{MAKE, PROXIES, Proxy};
use crate::catalogs;
use crate::check::Check;
use crate::envelope;

/// The statuses that a site of each proxy can answer with, and that each proxy sends.
const STATUSES: [u16; 15] = [
    400, 401, 403, 404, 405, 410, 413, 421, 422, 429, 500, 501, 502, 503, 504,
];

/// What the languages of the proxies read as syntax.
const HOSTILE: [&str; 8] = [
    "costs $5 or ${5}, 100% of $host and \\$5",
    "%s %[unique-id] %{REQUEST_URI}e %% %",
    "{x} {http.request.host} {{x}} {$HOME}",
    "\"} and \"\"\" and {\" in VCL",
    "it's; # } ' a \\' b ; return 200 x;",
    "<!--#echo var=x --> `a` ``` \u{e9}\u{1f600}",
    "\\n \\u0041 \\\\ \\",
    "one\r\ntwo\nthree\t",
];

/// The number of codes that does not change the size of a configuration.
const CODES: [usize; 2] = [10, 10_000];

/// Lets each proxy check and serve the configuration of a catalog with hostile texts, and check that of a large one.
pub(super) fn check(lab: &Lab<'_>, root: &Path, ports: &[u16]) -> anyhow::Result<Vec<Check>> {
    let hostile = hostile(root)?;
    let [few, many] = CODES.map(large);
    let (few, many) = (few?, many?);
    let [few, many] = [&few, &many].map(codegen::emit::proxies::emit);
    let grown = few != many;
    let fault = grown.then(|| format!("{} codes make other files than {}", CODES[1], CODES[0]));
    let mut checks = vec![Check::new("configurations of proxies", "size", fault)];
    write(
        &lab.place.join("hostile"),
        &codegen::emit::proxies::emit(&hostile),
    )?;
    write(&lab.place.join("large"), &many)?;
    let served = thread::scope(|scope| {
        let started = PROXIES.iter().zip(ports.chunks(4)).map(|(proxy, ports)| {
            let hostile = &hostile;
            scope.spawn(move || serve(lab, proxy, hostile, ports))
        });
        let started: Vec<_> = started.collect();
        let ended = started.into_iter().map(|thread| {
            let joined = thread
                .join()
                .map_err(|_| anyhow!("a check of a configuration panicked"));
            joined.and_then(|faults| faults)
        });
        ended.collect::<anyhow::Result<Vec<Vec<String>>>>()
    })?;
    checks.extend(PROXIES.iter().zip(served).map(|(proxy, faults)| Check {
        tool: "configurations of proxies".to_owned(),
        subject: proxy.name.to_owned(),
        faults,
    }));
    Ok(checks)
}

/// What is wrong with the answers of a proxy with hostile texts.
fn serve(
    lab: &Lab<'_>,
    proxy: &Proxy,
    catalog: &Catalog,
    ports: &[u16],
) -> anyhow::Result<Vec<String>> {
    let included = |name: &str| {
        lab.place
            .join(name)
            .join("generated/proxies")
            .join(proxy.name)
    };
    lab.prepare(
        proxy,
        "large",
        [ports[0], ports[1]],
        Some(&included("large")),
    )?;
    let site = lab.start(
        proxy,
        "hostile",
        [ports[2], ports[3]],
        Some(&included("hostile")),
    )?;
    let body = &catalog.envelope.default_shape().body;
    let mut faults = Vec::new();
    for error in &catalog.framework {
        let StatusClass::Status(status) = error.status else {
            continue;
        };
        let request = format!("GET {MAKE}{status} HTTP/1.1\r\nhost: localhost\r\n\r\n");
        let seen = exchange::send(site.ports[0], &[request.into_bytes()])?;
        let message = match &seen {
            Seen::Answer(answer) => serde_json::from_slice(&answer.body).ok(),
            Seen::Closed | Seen::Raw => None,
        };
        let message = message.and_then(|json: Value| envelope::read(body, &json, Slot::Message));
        let expected = catalog.framework_message(error);
        if message.as_deref() != Some(expected) {
            faults.push(format!(
                "{status} has the message {message:?}, not {expected:?}"
            ));
        }
    }
    Ok(faults)
}

fn write(folder: &Path, artifacts: &[codegen::Artifact]) -> anyhow::Result<()> {
    for artifact in artifacts {
        let path = folder.join(&artifact.path);
        fs::create_dir_all(path.parent().context("an output is in a folder")?)?;
        fs::write(path, &artifact.contents)?;
    }
    Ok(())
}

/// A catalog whose framework errors have hostile messages: those of the fixture, and ours.
fn hostile(root: &Path) -> anyhow::Result<Catalog> {
    let folder = root.join(catalogs::FIXTURES).join("hostile_strings");
    let fixture = catalogs::compile(&folder)?;
    let of_fixture = fixture.codes.iter().map(|code| code.plain_message.as_str());
    let texts: Vec<&str> = HOSTILE.into_iter().chain(of_fixture).collect();
    let framework = STATUSES.iter().enumerate().map(|(index, status)| {
        let own: Vec<&str> = texts
            .iter()
            .skip(index)
            .step_by(STATUSES.len())
            .copied()
            .collect();
        let name = if *status < 500 {
            "4xx/type:name.with-dots"
        } else {
            "server_error"
        };
        json!({ "status": status, "type": name, "message": own.join(" ") })
    });
    let framework: Vec<Value> = framework.collect();
    compile(&framework.into(), 1)
}

/// A catalog with many codes.
fn large(codes: usize) -> anyhow::Result<Catalog> {
    compile(
        &json!([{ "status": 413, "type": "server_error_4xx", "message": "Too large." }]),
        codes,
    )
}

/// JSON is YAML.
fn compile(framework: &Value, codes: usize) -> anyhow::Result<Catalog> {
    let proxies = PROXIES.map(|proxy| proxy.name);
    let codes = (0..codes).map(|index| {
        let code = json!({ "type": "bad_request", "meaning": "The request is bad", "fix": "Send another request" });
        (format!("code_{index}"), code)
    });
    let catalog = json!({
        "version": 1,
        "api": { "title": "Hostile", "docs_url": "https://example.com/errors", "crate": "hostile-errors" },
        "types": {
            "bad_request": { "status": 400, "meaning": "The request is bad" },
            "4xx/type:name.with-dots": { "status": "4xx", "meaning": "The request is bad", "rust": "Other" },
            "server_error_4xx": { "status": "4xx", "meaning": "The request is bad" },
            "server_error": { "status": "5xx", "meaning": "The server is at fault" },
        },
        "codes": codes.collect::<Map<String, Value>>(),
        "framework": framework,
        "proxies": proxies,
    });
    let source = Source::new("catalog.yaml", catalog.to_string().into_bytes());
    let outcome = codegen::compile(&Inputs::new(source));
    let messages: Vec<&str> = outcome
        .diagnostics
        .iter()
        .map(|one| one.message.as_str())
        .collect();
    let catalog = outcome.value;
    ensure!(
        catalog.is_some(),
        "the catalog is not valid: {}",
        messages.join("; ")
    );
    catalog.context("the catalog is not valid")
}
