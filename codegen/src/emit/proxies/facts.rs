//! What was measured of each proxy, for the pages about them. `HEADER` is the header of the request id.

use crate::catalog::Proxy;

/// What a page states about a proxy.
pub(super) struct Facts {
    /// The version that was measured.
    pub(super) version: &'static str,
    /// How a site includes the files, as Markdown.
    pub(super) include: &'static str,
    /// What the site states itself.
    pub(super) site: &'static [&'static str],
    /// The answers that have the body and the headers of the API.
    pub(super) covers: &'static [&'static str],
    /// The answers that do not.
    pub(super) cannot: &'static [&'static str],
}

pub(super) const fn of(proxy: Proxy) -> &'static Facts {
    match proxy {
        Proxy::Nginx => &NGINX,
        Proxy::Haproxy => &HAPROXY,
        Proxy::Apache => &APACHE,
        Proxy::Caddy => &CADDY,
        Proxy::Varnish => &VARNISH,
    }
}

const NGINX: Facts = Facts {
    version: "1.22.1",
    include: "Copy `envelope.conf` to the server, and include it in the `server` block of the API:\n\n\
              ```nginx\n\
              server {\n    \
              listen 443 ssl http2;\n    \
              client_max_body_size 1m;\n    \
              include /etc/nginx/envelope.conf;\n\n    \
              location / {\n        \
              proxy_pass http://127.0.0.1:8080;\n    \
              }\n\
              }\n\
              ```\n\n\
              Then run `nginx -t` and `systemctl reload nginx`.",
    site: &[
        "Requests that nginx cannot read belong to the default server of the address: include the file there too.",
        "A location with a `proxy_set_header` of its own does not inherit that of the file. Add `proxy_set_header HEADER $request_id;` to it, so that the server logs the id that clients get.",
        "A location with an `error_page` of its own loses all of those in the file. Of two lines for one status in a server block, the first applies: remove yours, also `error_page 500 502 503 504 /50x.html`.",
        "The file sets `limit_req_status` and `limit_conn_status` to 429. If your server block has these lines, remove them.",
        "Headers that the server block adds, such as those of CORS, are not on these answers.",
        "Leave `proxy_intercept_errors` off: it would replace the errors of the server, with their codes and headers.",
    ],
    covers: &[
        "a body over `client_max_body_size`, with and without `Content-Length`: 413, in HTTP/1.1 and HTTP/2",
        "a long URI: 414; a long header: 431",
        "a request that cannot be read: 400; an unknown transfer coding or version: 501, 505; a method: 405",
        "`deny`, `return` and a missing file: 403, 404 and each other status but 408 and 499",
        "`limit_req` and `limit_conn`: 429",
        "a server that is down, slow, or closes the connection, and a response header over the buffer: 502, 504",
    ],
    cannot: &[
        "a header or body that comes too slowly, `return 408`, and headers over the limit of HTTP/2: the connection is closed",
        "an error of the framework in HTML: nginx replaces the errors of a status all or none",
        "a server that does not speak HTTP: its bytes are passed on",
        "a response after 103 (Early Hints): send none behind nginx",
    ],
};

const HAPROXY: Facts = Facts {
    version: "2.6.12",
    include: "HAProxy has no include. Split your configuration in two files, and let it read `envelope.cfg` between them:\n\n\
              ```haproxy\n\
              # /etc/haproxy/haproxy.cfg: global, and the defaults under a name, without errorfile\n\
              defaults site\n    \
              mode http\n    \
              timeout connect 5s\n    \
              timeout client 30s\n    \
              timeout server 30s\n    \
              timeout http-request 10s\n\
              ```\n\n\
              ```haproxy\n\
              # /etc/haproxy/sites.cfg: a frontend of the API names the section of envelope.cfg; a backend names none\n\
              frontend api from envelope\n    \
              bind :8443\n    \
              option http-buffer-request\n    \
              http-request deny deny_status 413 if { req.hdr_val(content-length) gt 1048576 }\n    \
              default_backend gateway\n\
              backend gateway\n    \
              server one 127.0.0.1:8080\n\
              ```\n\n\
              `haproxy -c -f haproxy.cfg -f envelope.cfg -f sites.cfg` checks them. On Debian, write the two further files\n\
              into `EXTRAOPTS` in `/etc/default/haproxy`.",
    site: &[
        "Its limits are rules of the frontend: `http-request deny deny_status 413`, `429` or `403` gets the body of the status.",
        "`option http-buffer-request` makes a body that comes too slowly a 408. without it, HAProxy answers 504, which clients retry.",
        "A section `listen` cannot use the defaults: write a frontend and a backend.",
        "`errorfile` in the defaults or in a backend replaces these answers: remove it.",
        "All errors of the frontend whose media type is not one of the API are replaced: give other sites a frontend of their own.",
    ],
    covers: &[
        "`http-request deny`: 400, 401, 403, 404, 405, 407, 408, 410, 413, 421, 422, 425, 429, 500, 501, 502, 503, 504",
        "a server that is down, slow, or answers garbage, nothing or too large a header: 502, 503, 504",
        "a body that comes too slowly: 408 with `option http-buffer-request`",
        "an error of the framework in HTML, of any status",
    ],
    cannot: &[
        "a request that cannot be read, or whose header is too large or too slow: 400 and 408 in HTML; `errorfile 400 /dev/null` closes the connection instead",
        "a chunked body over a limit",
        "the status of `as` in errors of its own: the body is right, but HAProxy sends the status that it has",
        "over HTTP/2, headers over the limit, and a server that hangs up: the connection is closed",
    ],
};

const APACHE: Facts = Facts {
    version: "2.4.71",
    include: "Copy the folder to the server, and include `envelope.conf` in the virtual host of the API, before its\n\
              `ProxyPass`:\n\n\
              ```apache\n\
              <VirtualHost *:443>\n    \
              Define ENVELOPE_FILES /etc/apache2/envelope\n    \
              Define ENVELOPE_MAX_BODY 1048576\n    \
              Include /etc/apache2/envelope/envelope.conf\n    \
              ProxyPass / http://127.0.0.1:8080/\n\
              </VirtualHost>\n\
              ```\n\n\
              It needs `a2enmod headers unique_id alias mime setenvif rewrite proxy proxy_http`. Then run `apachectl configtest`\n\
              and `systemctl reload apache2`.",
    site: &[
        "Requests that Apache cannot read belong to the first virtual host of the address: include the file there too.",
        "`ENVELOPE_MAX_BODY` is the limit of bodies in bytes, because `LimitRequestBody` does not end a proxied request with 413.",
        "A rule of your own that answers a status, such as `RewriteRule ^ - [R=429,L]`, needs `RewriteCond %{ENV:REDIRECT_STATUS} ^$` before it, so that it does not apply to the body of the error.",
        "Leave `ProxyErrorOverride` off: it would replace the errors of the server, with their codes and headers, and turns statuses that Apache does not know into 500.",
    ],
    covers: &[
        "a body over the limit with `Content-Length`: 413; a long URI: 414",
        "a request that cannot be read, and a header that is too large: 400, or 431 in HTTP/2",
        "a header or body that comes too slowly: 408; an expectation: 417; TRACE: 405",
        "`Require`, a missing file, and rewrite rules: 403, 404, 429",
        "a server that is down, slow, or answers nothing or too large a header: 502, 503",
    ],
    cannot: &[
        "a chunked body over the limit",
        "418, 419, 425, 430, 444, 499, 520, 529 and other statuses that Apache does not know",
        "the status of `as`: the body is right, but Apache sends the status that it has",
        "the request id in the body: the bodies are files; the header has it",
        "504: a server that is too slow is 502",
        "over HTTP/2, a long URI: 414 in HTML; a server that hangs up: 500, which is not retried, with an id of its own",
        "a server that does not speak HTTP: 200 with its bytes",
        "an error of the framework in HTML: Apache replaces the errors of a status all or none",
    ],
};

const CADDY: Facts = Facts {
    version: "2.6.2",
    include: "Copy `envelope.caddy` to the server, import it at the top of the Caddyfile, and import its snippets:\n\n\
              ```caddyfile\n\
              import /etc/caddy/envelope.caddy\n\n\
              api.example.com {\n\
              \timport envelope\n\
              \timport envelope_max_body 1048576\n\
              \treverse_proxy 127.0.0.1:8080 {\n\
              \t\timport envelope_upstream\n\
              \t}\n\
              }\n\
              ```\n\n\
              `caddy validate --config /etc/caddy/Caddyfile` checks it; `systemctl reload caddy` applies it.",
    site: &[
        "`import envelope_upstream` belongs into each `reverse_proxy`: it hands on the request id, and replaces errors of the framework.",
        "`import envelope_max_body` is the limit of bodies in bytes. `request_body` with `max_size` ends in 502 if the request has a `Content-Length`.",
        "In a site with `handle` blocks, import `envelope_max_body` into each of them: an `error` beside them comes after them.",
        "Refuse requests with `error @matcher 403`, not with `respond`: only errors reach the snippet.",
    ],
    covers: &[
        "a body over the limit with `Content-Length`, and a chunked one over the `max_size` of `request_body`: 413",
        "`error` with any status, such as 403 and 429; a missing file: 404",
        "a server that is down, slow, or answers garbage or nothing: 502, 503, 504",
        "an error of the framework in HTML, of any status",
    ],
    cannot: &[
        "400, 431, 501, 505 and 417 of the HTTP server of Go: text, or no body",
        "a body that comes too slowly: 200 without a body",
        "a chunked body of the server that is cut off: clients see a complete one",
        "headers over the limit of HTTP/2: the connection is closed",
    ],
};

const VARNISH: Facts = Facts {
    version: "7.1.1",
    include: "Copy `envelope.vcl` to the server, and include it before your own subroutines:\n\n\
              ```vcl\n\
              vcl 4.1;\n\
              include \"/etc/varnish/envelope.vcl\";\n\n\
              backend default { .host = \"127.0.0.1\"; .port = \"8080\"; }\n\n\
              sub vcl_recv {\n    \
              if (std.integer(req.http.Content-Length, 0) > 1048576) {\n        \
              return (synth(413));\n    \
              }\n\
              }\n\
              ```\n\n\
              `varnishd -C -f /etc/varnish/default.vcl` checks it; `systemctl reload varnish` applies it.",
    site: &[
        "Refuse requests with `return (synth(403))`, `413` or `429` in your `vcl_recv`.",
        "Your own `vcl_synth` and `vcl_backend_error` never run: those of the file end with `return (deliver)`.",
        "All errors of the backends whose media type is not one of the API are replaced: include the file for other sites with care.",
    ],
    covers: &[
        "`synth` with any status, such as 403, 413 and 429",
        "a server that is down, slow, or answers garbage, nothing or too large a header: 503, without the `Retry-After` of Varnish",
        "a body that comes too slowly: 503",
        "an error of the framework in HTML, of any status",
    ],
    cannot: &[
        "a request that cannot be read, whose header is too large, or that has an expectation: 400 and 417 without any header and body",
        "a header over 32 kB or, over HTTP/2, one of 150 lines, and one that comes too slowly: the connection is closed",
        "502 and 504: each failure of a server is 503",
        "the request id after `return (fail)`",
        "a response after 103 (Early Hints): it becomes 503",
    ],
};
