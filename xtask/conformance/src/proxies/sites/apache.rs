//! A site of Apache.

use std::io;

use fs_err as fs;

use super::{LONGEST_BODY, MAKE, Proxy, Site, is_root, lines};

/// Those that Apache knows and HTTP has.
const MAKES: &[u16] = &[
    400, 401, 402, 403, 404, 405, 406, 407, 408, 409, 410, 411, 412, 413, 414, 415, 416, 417, 421,
    422, 426, 428, 429, 431, 451, 500, 501, 502, 503, 504, 505, 507, 511,
];

/// The modules of a site: those that Debian enables, and those for a proxy with HTTP/2.
const MODULES: [&str; 13] = [
    "mpm_event",
    "authz_core",
    "authz_host",
    "alias",
    "mime",
    "headers",
    "rewrite",
    "unique_id",
    "reqtimeout",
    "proxy",
    "proxy_http",
    "http2",
    "setenvif",
];

pub(super) const PROXY: Proxy = Proxy {
    name: "apache",
    package: "apache2",
    program: "apache2",
    version: "-v",
    makes: MAKES,
    write,
    run: |site| {
        vec![
            "-f".to_owned(),
            site.file("apache2.conf"),
            "-DFOREGROUND".to_owned(),
        ]
    },
    check: |site| vec!["-f".to_owned(), site.file("apache2.conf"), "-t".to_owned()],
};

fn write(site: &Site<'_>) -> io::Result<()> {
    fs::create_dir_all(site.folder.join("html"))?;
    fs::write(site.folder.join("apache2.conf"), config(site))
}

fn config(site: &Site<'_>) -> String {
    let [port, h2_port] = site.ports;
    let user = if is_root() {
        "User www-data\nGroup www-data\n"
    } else {
        ""
    };
    let modules = MODULES
        .map(|name| format!("LoadModule {name}_module /usr/lib/apache2/modules/mod_{name}.so\n"));
    let modules = modules.concat();
    let made = lines(MAKES, |status| {
        format!("  RewriteRule ^{MAKE}{status}$ - [R={status},L]")
    });
    let include = site.if_included(&format!(
        "  Define ENVELOPE_FILES $included\n  Define ENVELOPE_MAX_BODY {LONGEST_BODY}\n  Include $included/envelope.conf\n"
    ));
    let folder = site.folder.display();
    let super::Upstreams {
        gateway,
        broken,
        down,
    } = site.upstreams;
    format!(
        "\
ServerRoot {folder}
ServerName localhost
DefaultRuntimeDir {folder}
PidFile {folder}/apache2.pid
ErrorLog /dev/stderr
{user}{modules}TypesConfig /dev/null
Listen 127.0.0.1:{port}
Listen 127.0.0.1:{h2_port}
Protocols h2c http/1.1
StartServers 1
ServerLimit 1
ThreadsPerChild 64
MaxRequestWorkers 64
MaxKeepAliveRequests 0
TraceEnable off
RequestReadTimeout header=1 body=1
ProxyTimeout 1
<VirtualHost 127.0.0.1:{port} 127.0.0.1:{h2_port}>
  DocumentRoot {folder}/html
  <Directory {folder}/html>
    Require all granted
  </Directory>
  <LocationMatch \"/denied$\">
    Require all denied
  </LocationMatch>
  RewriteEngine on
  RewriteRule ^/limit$ - [R=429,L]
{made}{include}  ProxyPass /missing !
  ProxyPassMatch ^(.*/down)$ http://{down}$1 retry=0
  ProxyPassMatch ^(.*/broken/.*)$ http://{broken}$1 retry=0
  ProxyPass / http://{gateway}/ retry=0
</VirtualHost>
"
    )
}
