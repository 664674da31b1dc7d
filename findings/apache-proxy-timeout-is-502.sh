#!/usr/bin/env bash
# Apache answers 502 if its upstream is silent for longer than `ProxyTimeout`, and 503 if it cannot connect. RFC 9110 has 504
# for the first: https://www.rfc-editor.org/rfc/rfc9110#section-15.6.5. Exits with 1 if the package behaves in another way.
set -euo pipefail

folder=$(mktemp -d)
trap 'kill ${apache:-} ${upstream:-} 2> /dev/null || true; rm -rf "$folder"' EXIT
cd "$folder"
apt-get download --quiet apache2-bin=2.4.71-1~deb12u1 libapr1 libaprutil1 libpcre2-8-0 > log 2>&1
for package in *.deb; do dpkg-deb --extract "$package" .; done

cat > upstream.py <<'CODE'
import socket
import threading
import time

server = socket.create_server(("127.0.0.1", 0))
print(server.getsockname()[1], flush=True)


def answer(connection):
    asked = connection.recv(65536)
    if b"/slow" in asked:
        time.sleep(4)
    connection.sendall(b"HTTP/1.1 204 No Content\r\n\r\n")
    connection.close()


while True:
    connection, _ = server.accept()
    threading.Thread(target=answer, args=[connection], daemon=True).start()
CODE
python3 upstream.py > port 2> upstream.log &
upstream=$!
until [ -s port ]; do sleep 0.1; done
free_port() { python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'; }
port=$(free_port)
modules=$folder/usr/lib/apache2/modules
cat > httpd.conf << CONF
ServerName localhost
ServerRoot $folder
PidFile $folder/pid
ErrorLog $folder/error.log
User nobody
Group nogroup
LoadModule mpm_event_module $modules/mod_mpm_event.so
LoadModule authz_core_module $modules/mod_authz_core.so
LoadModule proxy_module $modules/mod_proxy.so
LoadModule proxy_http_module $modules/mod_proxy_http.so
DefaultRuntimeDir $folder
Listen 127.0.0.1:$port
ProxyTimeout 1
ProxyPass /down http://127.0.0.1:$(free_port)/
ProxyPass / http://127.0.0.1:$(cat port)/
CONF
export LD_LIBRARY_PATH=$folder/usr/lib/$(uname -m)-linux-gnu
usr/sbin/apache2 -v | sed -n 1p
usr/sbin/apache2 -f "$folder/httpd.conf" -DFOREGROUND > apache.log 2>&1 &
apache=$!
until curl --silent --output /dev/null "http://127.0.0.1:$port/"; do
  kill -0 $apache || { cat apache.log error.log; exit 1; }
  sleep 0.1
done
for name in fast slow down; do
  echo "$name: $(curl --silent --output /dev/null --write-out '%{http_code}' "http://127.0.0.1:$port/$name")"
done | tee seen
cat > expected <<'TEXT'
fast: 204
slow: 502
down: 503
TEXT
diff expected seen
