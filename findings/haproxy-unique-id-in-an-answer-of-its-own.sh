#!/usr/bin/env bash
# HAProxy makes the id of a request (`unique-id-format`) after its rules have run: an answer of a rule whose header is
# `%ID` leaves without the header, while the function `%[unique-id]` makes the id at once. Both are accepted without a
# warning. Exits with 1 if the package behaves in another way.
set -euo pipefail

folder=$(mktemp -d)
trap 'kill ${server:-} 2> /dev/null || true; rm -rf "$folder"' EXIT
cd "$folder"
apt-get download --quiet haproxy=2.6.12-1+deb12u4 liblua5.3-0 libopentracing-c-wrapper0 libopentracing1 > log 2>&1
for package in *.deb; do dpkg-deb --extract "$package" .; done
export LD_LIBRARY_PATH=$folder/usr/lib/$(uname -m)-linux-gnu
port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
cat > haproxy.cfg << CONF
defaults
  mode http
  timeout client 5s
  timeout server 5s
  timeout connect 5s
frontend api
  bind 127.0.0.1:$port
  unique-id-format id-%[uuid()]
  unique-id-header x-request-id
  http-request deny status 429 hdr x-request-id %ID if { path /variable }
  http-request deny status 429 hdr x-request-id %[unique-id] if { path /function }
  http-request return status 204
CONF
usr/sbin/haproxy -v | sed -n 1p
usr/sbin/haproxy -c -f haproxy.cfg
usr/sbin/haproxy -f haproxy.cfg > haproxy.log 2>&1 &
server=$!
until curl --silent --output /dev/null "http://127.0.0.1:$port/"; do sleep 0.1; done
for path in variable function; do
  head=$(curl --silent --include "http://127.0.0.1:$port/$path" | tr -d '\r')
  id=$(sed -nE 's/^x-request-id: (id-).*/\1/p' <<< "$head")
  echo "$path: $(sed -nE '1s/.* ([0-9]+) .*/\1/p' <<< "$head"), x-request-id ${id:-missing}"
done | tee seen
cat > expected <<'TEXT'
variable: 429, x-request-id missing
function: 429, x-request-id id-
TEXT
diff expected seen
