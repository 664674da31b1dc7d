//! Proxies in front of the example server, with the generated configuration and without it.

mod cases;
mod configs;
mod envelopes;
mod exchange;
mod h2;
mod lab;
mod load;
mod operator;
mod page;
mod process;
mod sites;
mod table;
mod upstream;

use std::net::{Ipv4Addr, SocketAddr};
use std::path::Path;
use std::sync::atomic::AtomicUsize;

use anyhow::Context as _;
use fs_err as fs;

use crate::check::Check;
use crate::context::Context;
use crate::gateway;
use crate::page::with_tables;
use crate::terminal::{self, step};
use crate::toolchain;

use envelopes::Envelopes;
use lab::{Lab, Measured};
use sites::{PROXIES, Proxy, Upstreams};
use table::Section;
use upstream::Upstream;

/// The expected table, relative to the root.
const TABLE: &str = "xtask/conformance/drivers/proxies/expected.txt";

/// The variable that lets the table be written, as in the tests of the library.
const UPDATE: &str = "UPDATE_EXPECT";

/// The versions of HTTP.
const HTTP: [&str; 2] = ["HTTP/1.1", "HTTP/2"];

/// The proxies that get thousands of requests.
const LOADED: [&str; 2] = ["nginx", "haproxy"];

/// Checks that all proxies are installed.
pub(crate) fn find() -> anyhow::Result<()> {
    toolchain::node()?;
    PROXIES
        .iter()
        .try_for_each(|proxy| proxy.version().map(drop))
}

/// Compares what each proxy answers in each case with the table, and checks the configurations of other catalogs.
pub(crate) fn check(context: &Context<'_>) -> anyhow::Result<Vec<Check>> {
    let printed = step("building the answers of the generated crate", || {
        gateway::answers(context.root, context.folder)
    })?;
    let envelopes = Envelopes::parse(&printed)?;
    let own = envelopes.own()?;
    let envelope = &context.catalog.envelope;
    let broken = Upstream::start(&own, &envelope.request_id)?;
    let gateway = context.address.strip_prefix("http://");
    let gateway = gateway.and_then(|address| address.parse().ok());
    let upstreams = Upstreams {
        gateway: gateway.context("the address of the example server is unreadable")?,
        broken: broken.address,
        // Nothing listens at the first port.
        down: SocketAddr::from((Ipv4Addr::LOCALHOST, 1)),
    };
    // The proxies may run as another user, whom the folder of the project may be closed to.
    let place = tempfile::Builder::new().prefix("proxies-").tempdir()?;
    open_to_all(place.path())?;
    let lab = Lab {
        root: context.root,
        logs: context.folder,
        place: place.path(),
        generated: context.root.join("generated/proxies"),
        envelopes: &envelopes,
        style: &envelope.default_shape().name,
        id_header: &envelope.request_id,
        own: &own,
        broken: &broken,
        upstreams: &upstreams,
        requests: AtomicUsize::new(0),
    };
    let ports = process::free_ports(PROXIES.len() * 4)?;
    let mut checks = compare(&lab, context.root, &ports)?;
    let configure = || configs::check(&lab, context.root, &ports);
    checks.extend(step(
        "checking the configurations of hostile and large catalogs",
        configure,
    )?);
    let load = || load_all(&lab, &ports);
    checks.extend(step("sending ten thousand requests through proxies", load)?);
    let walk = || operator::walk(&lab, &PROXIES[0], [ports[0], ports[1]]);
    let faults = step("including the configuration in a site of Debian", walk)?;
    checks.push(Check {
        tool: "guide of proxies".to_owned(),
        subject: "nginx".to_owned(),
        faults,
    });
    Ok(checks)
}

/// Lets the users of the proxies read a folder.
fn open_to_all(folder: &Path) -> std::io::Result<()> {
    use std::os::unix::fs::PermissionsExt as _;
    std::fs::set_permissions(folder, std::fs::Permissions::from_mode(0o755))
}

/// Measures the proxies, and compares them with the table; or writes it.
fn compare(lab: &Lab<'_>, root: &Path, ports: &[u16]) -> anyhow::Result<Vec<Check>> {
    let file = root.join(TABLE);
    let is_updated = std::env::var_os(UPDATE).is_some();
    let expected = fs::read_to_string(&file).unwrap_or_default();
    let expected = table::parse(&expected)?;
    let measure = || lab.measure_all(&expected, ports);
    let measured = step("provoking every error of the proxies", measure)?;
    let sections: Vec<Section> = measured
        .iter()
        .flat_map(|one| one.sections.clone())
        .collect();
    if is_updated {
        fs::write(&file, table::print(&sections))?;
        let page = root.join(page::PAGE);
        let text = fs::read_to_string(&page)?;
        fs::write(
            page,
            with_tables(&text, &page::tables(&sections, lab.style))?,
        )?;
    }
    let mut checks = Vec::new();
    for (proxy, Measured { faults, .. }) in PROXIES.iter().zip(measured) {
        checks.push(Check {
            tool: "promises of proxies".to_owned(),
            subject: proxy.name.to_owned(),
            faults,
        });
    }
    for section in &sections {
        let same = |one: &&Section| one.proxy == section.proxy && one.http == section.http;
        let wanted = expected.iter().find(same);
        let faults = if is_updated {
            Vec::new()
        } else {
            table::differences(wanted, section)
        };
        let Section {
            proxy,
            version,
            http,
            ..
        } = section;
        if let Some(other) = wanted
            .map(|wanted| &wanted.version)
            .filter(|other| *other != version)
        {
            terminal::print(format_args!(
                "{proxy} {version}: the table was measured with {other}\n"
            ))?;
        }
        checks.push(Check {
            tool: format!("{proxy} {version}"),
            subject: http.clone(),
            faults,
        });
    }
    Ok(checks)
}

fn load_all(lab: &Lab<'_>, ports: &[u16]) -> anyhow::Result<Vec<Check>> {
    let loaded = PROXIES.iter().filter(|proxy| LOADED.contains(&proxy.name));
    let checks = loaded
        .zip(ports.chunks(2))
        .map(|(proxy, ports): (&Proxy, _)| {
            let running = lab.start(
                proxy,
                "load",
                [ports[0], ports[1]],
                Some(&lab.included(proxy)),
            )?;
            let faults = load::send_all(running.ports[0], lab.id_header)?;
            Ok(Check {
                tool: "load through proxies".to_owned(),
                subject: proxy.name.to_owned(),
                faults,
            })
        });
    checks.collect()
}
