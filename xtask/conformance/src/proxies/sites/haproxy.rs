//! A site of HAProxy.

use std::io;

use fs_err as fs;

use super::{LONGEST_BODY, MAKE, Proxy, Site, lines};

/// Those that `deny_status` takes.
const MAKES: &[u16] = &[
    400, 401, 403, 404, 405, 407, 408, 410, 413, 421, 422, 425, 429, 500, 501, 502, 503, 504,
];

pub(super) const PROXY: Proxy = Proxy {
    name: "haproxy",
    package: "haproxy",
    program: "haproxy",
    version: "-v",
    makes: MAKES,
    write,
    run: |site| arguments(site, "-db"),
    check: |site| arguments(site, "-c"),
};

/// The generated configuration is a file between two of the site.
fn arguments(site: &Site<'_>, verb: &str) -> Vec<String> {
    let included = site.if_included("$included/envelope.cfg");
    let files = [site.file("defaults.cfg"), included, site.file("site.cfg")].into_iter();
    let files = files.filter(|file| !file.is_empty());
    let files = files.flat_map(|file| ["-f".to_owned(), file]);
    std::iter::once(verb.to_owned()).chain(files).collect()
}

const DEFAULTS: &str = "\
defaults site
  mode http
  retries 0
  option http-buffer-request
  timeout connect 1s
  timeout client 5s
  timeout server 1s
  timeout http-request 1s
";

fn write(site: &Site<'_>) -> io::Result<()> {
    fs::write(site.folder.join("defaults.cfg"), DEFAULTS)?;
    fs::write(site.folder.join("site.cfg"), config(site))
}

fn config(site: &Site<'_>) -> String {
    let [port, h2_port] = site.ports;
    let made = lines(MAKES, |status| {
        format!("  http-request deny deny_status {status} if {{ path {MAKE}{status} }}")
    });
    let from = site.if_included(" from envelope");
    let super::Upstreams {
        gateway,
        broken,
        down,
    } = site.upstreams;
    format!(
        "\
frontend site{from}
  bind 127.0.0.1:{port}
  bind 127.0.0.1:{h2_port} proto h2
  stick-table type string len 16 size 16 expire 1m store http_req_rate(1m)
  http-request track-sc0 path if {{ path /limit }}
  http-request deny deny_status 429 if {{ path /limit }} {{ sc0_http_req_rate gt 1 }}
  http-request deny deny_status 413 if {{ req.hdr_val(content-length) gt {LONGEST_BODY} }}
  http-request deny if {{ path_end /denied }}
{made}  use_backend down if {{ path_end /down }}
  use_backend broken if {{ path_sub /broken/ }}
  use_backend broken if {{ path /limit }}
  use_backend missing if {{ path /missing }}
  default_backend gateway
backend gateway
  server one {gateway}
backend broken
  server one {broken}
backend down
  server one {down}
backend missing
"
    )
}
