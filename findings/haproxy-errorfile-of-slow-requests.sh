#!/usr/bin/env bash
# HAProxy reads and checks `errorfile 408` at its start, and answers a client that is too slow with its headers with its
# own HTML all the same; the file is used only for a 408 that a rule decides on. Exits with 1 if the package behaves in
# another way.
set -euo pipefail

folder=$(mktemp -d)
trap 'kill ${server:-} 2> /dev/null || true; rm -rf "$folder"' EXIT
cd "$folder"
apt-get download --quiet haproxy=2.6.12-1+deb12u4 liblua5.3-0 libopentracing-c-wrapper0 libopentracing1 > log 2>&1
for package in *.deb; do dpkg-deb --extract "$package" .; done
export LD_LIBRARY_PATH=$folder/usr/lib/$(uname -m)-linux-gnu
port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
printf 'HTTP/1.1 408 Request Timeout\r\ncontent-type: application/json\r\n\r\n{"error":{"code":"timeout"}}' > 408.http
cat > haproxy.cfg << CONF
defaults
  mode http
  timeout client 5s
  timeout http-request 1s
  timeout server 5s
  timeout connect 5s
  errorfile 408 $folder/408.http
frontend api
  bind 127.0.0.1:$port
  http-request deny deny_status 408 if { path /denied }
  http-request return status 204
CONF
usr/sbin/haproxy -f haproxy.cfg > haproxy.log 2>&1 &
server=$!
until curl --silent --output /dev/null "http://127.0.0.1:$port/"; do sleep 0.1; done
usr/sbin/haproxy -v | sed -n 1p
cat > ask.py <<'CODE'
import socket
import sys

for name, request in {
    "denied by a rule": "GET /denied HTTP/1.1\r\nhost: api\r\n\r\n",
    "headers that take too long": "GET / HTTP/1.1\r\nhost: api\r\n",
}.items():
    with socket.create_connection(("127.0.0.1", int(sys.argv[1]))) as connection:
        connection.sendall(request.encode())
        head = connection.recv(65536).decode().lower().split("\r\n")
    kind = [line for line in head if line.startswith("content-type")]
    print(f"{name}: {head[0].split()[1]} {kind[0]}")
CODE
python3 ask.py "$port" | tee seen
cat > expected <<'TEXT'
denied by a rule: 408 content-type: application/json
headers that take too long: 408 content-type: text/html
TEXT
diff expected seen
