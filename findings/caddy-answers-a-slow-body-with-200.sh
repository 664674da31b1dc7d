#!/usr/bin/env bash
# Caddy answers a client that is slower with its body than the server's `read_body` allows with 200 and an empty body: an
# upload that never arrived looks like a success. RFC 9110 has 408 for it:
# https://www.rfc-editor.org/rfc/rfc9110#section-15.5.9. The upstream, asked directly, would answer 201. Exits with 1 if
# the package behaves in another way.
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
        length = int(self.headers["content-length"])
        if len(self.rfile.read(length)) == length:
            self.send_response(201)
            self.send_header("content-length", "0")
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
through=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
export HOME=$folder
cat > Caddyfile << CONF
{
  admin off
  servers {
    timeouts {
      read_body 1s
    }
  }
}
http://127.0.0.1:$through {
  reverse_proxy 127.0.0.1:$(cat port)
}
CONF
usr/bin/caddy run --config Caddyfile > caddy.log 2>&1 &
caddy=$!
until curl --silent --output /dev/null "http://127.0.0.1:$through"; do sleep 0.2; done
usr/bin/caddy version
cat > ask.py <<'CODE'
import socket
import sys
import time

HEAD = f"POST / HTTP/1.1\r\nhost: 127.0.0.1:{sys.argv[1]}\r\nconnection: close\r\ncontent-length: 10"
for name, wait in {"at once": 0, "after three seconds": 3}.items():
    with socket.create_connection(("127.0.0.1", int(sys.argv[1]))) as connection:
        connection.sendall(f"{HEAD}\r\n\r\n01234".encode())
        time.sleep(wait)
        try:
            connection.sendall(b"56789")
        except OSError:
            pass
        answer = b""
        while part := connection.recv(65536):
            answer += part
    head, _, body = answer.decode().partition("\r\n\r\n")
    print(f"rest of the body {name}: {head.split()[1]}, body {body!r}")
CODE
python3 ask.py "$through" | tee seen
cat > expected <<'TEXT'
rest of the body at once: 201, body ''
rest of the body after three seconds: 200, body ''
TEXT
diff expected seen
