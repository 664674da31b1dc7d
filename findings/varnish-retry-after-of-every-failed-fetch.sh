#!/usr/bin/env bash
# Varnish answers 503 with `Retry-After: 5` whatever fails behind it: an upstream that is down, that is too slow, or that
# answers what is not HTTP. nginx has 502 for the first and the last and 504 for the second, without that header. A client
# that waits as told tries again after five seconds, also where nobody meant it. Exits with 1 if the package behaves in
# another way.
set -euo pipefail

folder=$(mktemp -d)
trap 'kill ${varnish:-} ${upstream:-} 2> /dev/null || true; wait; rm -rf "$folder"' EXIT
cd "$folder"
apt-get download --quiet varnish=7.1.1-2+deb12u1 libvarnishapi3=7.1.1-2+deb12u1 libedit2 libjemalloc2 libncursesw6 \
  libbsd0 > log 2>&1
for package in *.deb; do dpkg-deb --extract "$package" .; done
export LD_LIBRARY_PATH=$folder/usr/lib/$(uname -m)-linux-gnu:$folder/usr/lib/$(uname -m)-linux-gnu/varnish

cat > upstream.py <<'CODE'
import socket
import threading
import time


def serve(answer):
    server = socket.create_server(("127.0.0.1", 0))
    print(server.getsockname()[1], flush=True)

    def accept():
        while True:
            connection, _ = server.accept()
            threading.Thread(target=answer, args=[connection]).start()

    threading.Thread(target=accept).start()


def slow(connection):
    connection.recv(65536)
    time.sleep(5)
    connection.close()


def other(connection):
    connection.recv(65536)
    connection.sendall(b"220 mail.example ESMTP\r\n")
    connection.close()


serve(slow)
serve(other)
CODE
python3 upstream.py > ports &
upstream=$!
until [ "$(wc -l < ports)" = 2 ]; do sleep 0.1; done
free_port() { python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'; }
port=$(free_port)
backend() { printf 'backend %s { .host = "127.0.0.1"; .port = "%s"; .first_byte_timeout = 1s; }\n' "$1" "$2"; }
{
  echo 'vcl 4.1;'
  backend down "$(free_port)"
  backend slow "$(sed -n 1p ports)"
  backend other "$(sed -n 2p ports)"
  echo 'sub vcl_recv {'
  for name in down slow other; do
    echo "  if (req.url == \"/$name\") { set req.backend_hint = $name; }"
  done
  echo '}'
} > errors.vcl
usr/sbin/varnishd -V 2>&1 | sed -n 1p
usr/sbin/varnishd -j none -F -n "$folder/work" -a "127.0.0.1:$port" -f "$folder/errors.vcl" -s malloc,16m > varnish.log 2>&1 &
varnish=$!
until curl --silent --output /dev/null "http://127.0.0.1:$port/down"; do
  kill -0 $varnish || { cat varnish.log; exit 1; }
  sleep 0.2
done
for name in down slow other; do
  head=$(curl --silent --include "http://127.0.0.1:$port/$name" | tr -d '\r')
  echo "$name: $(sed -nE '1s/^[^ ]+ //p' <<< "$head"), Retry-After $(sed -nE 's/^retry-after: //Ip' <<< "$head")"
done | tee seen
cat > expected <<'TEXT'
down: 503 Backend fetch failed, Retry-After 5
slow: 503 Backend fetch failed, Retry-After 5
other: 503 Backend fetch failed, Retry-After 5
TEXT
diff expected seen
