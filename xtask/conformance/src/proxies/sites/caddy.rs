//! A site of Caddy.

use std::io;

use fs_err as fs;

use super::{LONGEST_BODY, MAKE, Proxy, Site, lines};

/// Caddy makes any status an error; these are those of HTTP.
const MAKES: &[u16] = &[
    400, 401, 402, 403, 404, 405, 406, 408, 409, 410, 411, 412, 413, 414, 415, 416, 417, 418, 421,
    422, 425, 426, 428, 429, 431, 451, 500, 501, 502, 503, 504, 505, 507, 511, 529,
];

pub(super) const PROXY: Proxy = Proxy {
    name: "caddy",
    package: "caddy",
    program: "caddy",
    version: "version",
    makes: MAKES,
    write,
    run: |site| arguments(site, "run"),
    check: |site| arguments(site, "validate"),
};

fn arguments(site: &Site<'_>, verb: &str) -> Vec<String> {
    let file = site.file("Caddyfile");
    [verb, "--adapter", "caddyfile", "--config", &file]
        .map(str::to_owned)
        .to_vec()
}

fn write(site: &Site<'_>) -> io::Result<()> {
    fs::create_dir_all(site.folder.join("html"))?;
    fs::write(site.folder.join("Caddyfile"), config(site))
}

fn config(site: &Site<'_>) -> String {
    let [port, h2_port] = site.ports;
    let made = lines(MAKES, |status| {
        format!("\thandle {MAKE}{status} {{\n\t\terror {status}\n\t}}")
    });
    let import = site.if_included("import $included/envelope.caddy");
    let in_site = site.if_included("import envelope");
    // An `error` comes after all `handle` of its block.
    let limit = site.if_included(&format!("import envelope_max_body {LONGEST_BODY}"));
    let in_proxy = site.if_included("import envelope_upstream");
    let folder = site.folder.display();
    let super::Upstreams {
        gateway,
        broken,
        down,
    } = site.upstreams;
    let proxy = |address: &std::net::SocketAddr| {
        format!(
            "\t\t{limit}\n\t\treverse_proxy {address} {{\n\t\t\t{in_proxy}\n\t\t\ttransport http {{\n\
             \t\t\t\tresponse_header_timeout 1s\n\t\t\t}}\n\t\t}}"
        )
    };
    let [gateway, broken, down] = [gateway, broken, down].map(proxy);
    format!(
        "\
{{
	admin off
	auto_https off
	skip_install_trust
	servers {{
		protocols h1 h2c
		max_header_size 16384
		timeouts {{
			read_header 1s
			read_body 1s
		}}
	}}
}}
{import}
http://:{port}, http://:{h2_port} {{
	bind 127.0.0.1
	{in_site}
	request_body {{
		max_size {LONGEST_BODY}
	}}
	handle /missing {{
		root * {folder}/html
		file_server
	}}
	@denied path */denied
	handle @denied {{
		error 403
	}}
	handle /limit {{
		error 429
	}}
{made}
	@down path */down
	handle @down {{
{down}
	}}
	@broken path */broken/*
	handle @broken {{
{broken}
	}}
	handle {{
{gateway}
	}}
}}
"
    )
}
