//! A site of Varnish.

use fs_err as fs;

use super::{LONGEST_BODY, MAKE, Proxy, Site, lines};

/// Varnish makes any status; these are those of HTTP.
const MAKES: &[u16] = &[
    400, 401, 402, 403, 404, 405, 406, 408, 409, 410, 411, 412, 413, 414, 415, 416, 417, 418, 421,
    422, 425, 426, 428, 429, 431, 451, 500, 501, 502, 503, 504, 505, 507, 511, 529,
];

pub(super) const PROXY: Proxy = Proxy {
    name: "varnish",
    package: "varnish",
    program: "varnishd",
    version: "-V",
    makes: MAKES,
    write: |site| fs::write(site.folder.join("site.vcl"), config(site)),
    run,
    check: |site| {
        vec![
            "-C".to_owned(),
            "-f".to_owned(),
            site.file("site.vcl"),
            "-n".to_owned(),
            site.file("state"),
        ]
    },
};

fn run(site: &Site<'_>) -> Vec<String> {
    let [port, h2_port] = site.ports;
    let (vcl, state) = (site.file("site.vcl"), site.file("state"));
    let [address, h2_address] = [port, h2_port].map(|port| format!("127.0.0.1:{port}"));
    let mut arguments = vec![
        "-F",
        "-j",
        "none",
        "-T",
        "none",
        "-s",
        "default,16m",
        "-f",
        &vcl,
        "-n",
        &state,
    ];
    arguments.extend(["-a", &address, "-a", &h2_address]);
    for parameter in [
        "feature=+http2",
        "timeout_idle=1",
        "thread_pool_min=10",
        "thread_pools=1",
    ] {
        arguments.extend(["-p", parameter]);
    }
    arguments.into_iter().map(str::to_owned).collect()
}

fn config(site: &Site<'_>) -> String {
    let made = lines(MAKES, |status| {
        format!("  if (req.url ~ \"^{MAKE}{status}(\\?|$)\") {{ return (synth({status})); }}")
    });
    let include = site.if_included("include \"$included/envelope.vcl\";");
    let super::Upstreams {
        gateway,
        broken,
        down,
    } = site.upstreams;
    let backends = [("gateway", gateway), ("broken", broken), ("down", down)].map(|(name, address)| {
        let (host, port) = (address.ip(), address.port());
        format!(
            "backend {name} {{ .host = \"{host}\"; .port = \"{port}\"; .first_byte_timeout = 1s; \
             .between_bytes_timeout = 1s; .connect_timeout = 1s; }}\n"
        )
    });
    let backends = backends.concat();
    format!(
        "\
vcl 4.1;
{include}
import std;
{backends}
backend missing none;
sub vcl_recv {{
  set req.backend_hint = gateway;
  if (req.url ~ \"/broken/\") {{ set req.backend_hint = broken; }}
  if (req.url ~ \"/down(\\?|$)\") {{ set req.backend_hint = down; }}
  if (req.url ~ \"^/missing\") {{ set req.backend_hint = missing; }}
  if (std.integer(req.http.content-length, 0) > {LONGEST_BODY}) {{ return (synth(413)); }}
  if (req.url ~ \"/denied(\\?|$)\") {{ return (synth(403)); }}
  if (req.url ~ \"^/limit\") {{ return (synth(429)); }}
{made}  return (pass);
}}
"
    )
}
