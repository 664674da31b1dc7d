//! A site of nginx.

use fs_err as fs;

use super::{LONGEST_BODY, MAKE, Proxy, Site, is_root, lines};

/// Those that `error_page` takes and HTTP has; 444 closes the connection.
const MAKES: &[u16] = &[
    400, 401, 402, 403, 404, 405, 406, 408, 409, 410, 411, 412, 413, 414, 415, 416, 417, 418, 421,
    422, 425, 426, 428, 429, 431, 451, 500, 501, 502, 503, 504, 505, 507, 511, 529,
];

pub(super) const PROXY: Proxy = Proxy {
    name: "nginx",
    package: "nginx",
    program: "nginx",
    version: "-v",
    makes: MAKES,
    write: |site| fs::write(site.folder.join("nginx.conf"), config(site)),
    run: |site| arguments(site, &["-g", "daemon off;"]),
    check: |site| arguments(site, &["-t"]),
};

fn arguments(site: &Site<'_>, more: &[&str]) -> Vec<String> {
    let prefix = format!("{}/", site.folder.display());
    let all = ["-p", &prefix, "-c", "nginx.conf", "-e", "stderr"];
    all.iter()
        .chain(more)
        .map(|argument| (*argument).to_owned())
        .collect()
}

fn config(site: &Site<'_>) -> String {
    let [port, h2_port] = site.ports;
    let user = if is_root() { "user root root;" } else { "" };
    let include = site.if_included("include $included/envelope.conf;");
    let made = lines(MAKES, |status| {
        format!("    location = {MAKE}{status} {{ return {status}; }}")
    });
    let super::Upstreams {
        gateway,
        broken,
        down,
    } = site.upstreams;
    format!(
        "\
{user}
worker_processes 1;
pid nginx.pid;
error_log stderr;
events {{}}
http {{
  access_log off;
  client_body_temp_path body;
  proxy_temp_path proxy;
  fastcgi_temp_path fastcgi;
  uwsgi_temp_path uwsgi;
  scgi_temp_path scgi;
  client_max_body_size {LONGEST_BODY};
  client_header_timeout 1s;
  client_body_timeout 1s;
  proxy_read_timeout 1s;
  keepalive_requests 100000;
  limit_req_zone $uri zone=all:1m rate=1r/m;
  server {{
    listen 127.0.0.1:{port};
    listen 127.0.0.1:{h2_port} http2;
    {include}
    location / {{ proxy_pass http://{gateway}; }}
    location ~ /broken/ {{ proxy_pass http://{broken}; }}
    location ~ /down$ {{ proxy_pass http://{down}; }}
    location ~ /denied$ {{ deny all; }}
    location = /missing {{ root .; }}
    location = /limit {{ limit_req zone=all; proxy_pass http://{broken}; }}
{made}  }}
}}
"
    )
}
