#!/usr/bin/env bash
# Caddy refuses a request body over `request_body max_size` with 413 if the client sends it in chunks. If the request states
# its length, the limit is met while the body is on its way to the upstream, and the answer is 502: the client sees a
# fault of the server, and may try again. RFC 9110 has 413 for it:
# https://www.rfc-editor.org/rfc/rfc9110#section-15.5.14. Exits with 1 if the package behaves in another way.
set -euo pipefail

folder=$(mktemp -d)
trap 'kill ${caddy:-} ${upstream:-} 2> /dev/null || true; rm -rf "$folder"' EXIT
cd "$folder"
apt-get download --quiet caddy=2.6.2-5 > log 2>&1
dpkg-deb --extract caddy_*.deb .

cat > upstream.py <<'CODE'
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_POST(self):
        if length := self.headers["content-length"]:
            self.rfile.read(int(length))
        else:
            while size := int(self.rfile.readline(), 16):
                self.rfile.read(size + 2)
            self.rfile.readline()
        self.send_response(204)
        self.end_headers()

    def log_message(self, *_):
        pass


server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
print(server.server_port, flush=True)
server.serve_forever()
CODE
python3 upstream.py > port 2> upstream.log &
upstream=$!
until [ -s port ]; do sleep 0.1; done
through=127.0.0.1:$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
export HOME=$folder
cat > Caddyfile << CONF
{
  admin off
}
http://$through {
  request_body {
    max_size 1MB
  }
  reverse_proxy 127.0.0.1:$(cat port)
}
CONF
usr/bin/caddy run --config Caddyfile > caddy.log 2>&1 &
caddy=$!
until curl --silent --output /dev/null "http://$through"; do sleep 0.2; done
usr/bin/caddy version
head --bytes 2000000 /dev/zero > large
head --bytes 1000 /dev/zero > small
ask() {
  curl --silent --output /dev/null --write-out '%{http_code}\n' --header 'expect:' --request POST "$@" "http://$through" || true
}
for body in small large; do
  echo "$body, with its length: $(ask --data-binary "@$body")"
  echo "$body, in chunks: $(ask --data-binary "@$body" --header 'transfer-encoding: chunked')"
done | tee seen
cat > expected <<'TEXT'
small, with its length: 204
small, in chunks: 204
large, with its length: 502
large, in chunks: 413
TEXT
diff expected seen
