#!/usr/bin/env bash
# HAProxy answers 502 over HTTP/1.1 if a server closes the connection without an answer. Over HTTP/2 it closes the stream
# without an answer, also that of the first request of a connection: no `errorfile` or `http-error` can apply. A server
# that answers something else than HTTP is 502 over both. Exits with 1 if the package behaves in another way.
set -euo pipefail

folder=$(mktemp -d)
trap 'kill ${server:-} ${upstream:-} 2> /dev/null || true; rm -rf "$folder"' EXIT
cd "$folder"
apt-get download --quiet haproxy=2.6.12-1+deb12u4 liblua5.3-0 libopentracing-c-wrapper0 libopentracing1 > log 2>&1
for package in *.deb; do dpkg-deb --extract "$package" .; done
export LD_LIBRARY_PATH=$folder/usr/lib/$(uname -m)-linux-gnu
cat > upstream.py <<'CODE'
import socket

server = socket.create_server(("127.0.0.1", 0))
print(server.getsockname()[1], flush=True)
while True:
    connection, _ = server.accept()
    with connection:
        head = b""
        while b"\r\n\r\n" not in head and (more := connection.recv(4096)):
            head += more
        if b"/words" in head:
            connection.sendall(b"These are words.\r\n\r\n")
CODE
python3 upstream.py > port &
upstream=$!
until [ -s port ]; do sleep 0.1; done
free_port() { python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'; }
port=$(free_port)
h2_port=$(free_port)
cat > haproxy.cfg << CONF
defaults
  mode http
  retries 0
  timeout client 5s
  timeout http-request 5s
  timeout server 5s
  timeout connect 5s
frontend api
  bind 127.0.0.1:$port
  bind 127.0.0.1:$h2_port proto h2
  default_backend one
backend one
  server one 127.0.0.1:$(cat port)
CONF
usr/sbin/haproxy -f haproxy.cfg > haproxy.log 2>&1 &
server=$!
until curl --silent --output /dev/null "http://127.0.0.1:$port/"; do sleep 0.1; done
usr/sbin/haproxy -v | sed -n 1p
# Prints 000 where there is no answer.
ask() { curl --silent --output /dev/null --write-out '%{http_code}' "$@" || true; }
{
  echo "HTTP/1.1, words: $(ask --http1.1 "http://127.0.0.1:$port/words")"
  echo "HTTP/1.1, nothing: $(ask --http1.1 "http://127.0.0.1:$port/nothing")"
  echo "HTTP/2, words: $(ask --http2-prior-knowledge "http://127.0.0.1:$h2_port/words")"
  echo "HTTP/2, nothing: $(ask --http2-prior-knowledge "http://127.0.0.1:$h2_port/nothing")"
} | tee seen
cat > expected <<'TEXT'
HTTP/1.1, words: 502
HTTP/1.1, nothing: 502
HTTP/2, words: 502
HTTP/2, nothing: 000
TEXT
diff expected seen
