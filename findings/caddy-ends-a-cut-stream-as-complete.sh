#!/usr/bin/env bash
# Caddy ends the chunked body of a response properly if the connection of its upstream breaks in the middle: the client
# cannot tell a cut stream from a complete one. Asked directly, the same upstream makes curl fail with 18, a partial file.
# A message whose last chunk is missing is incomplete: https://www.rfc-editor.org/rfc/rfc9112#section-8. Exits with 1 if
# the package behaves in another way.
set -euo pipefail

folder=$(mktemp -d)
trap 'kill ${caddy:-} ${upstream:-} 2> /dev/null || true; rm -rf "$folder"' EXIT
cd "$folder"
apt-get download --quiet caddy=2.6.2-5 > log 2>&1
dpkg-deb --extract caddy_*.deb .

cat > upstream.py <<'CODE'
import socket

server = socket.create_server(("127.0.0.1", 0))
print(server.getsockname()[1], flush=True)
HEAD = "HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\ntransfer-encoding: chunked\r\n\r\n"
CHUNK = "data: Hello\n\n"
while True:
    connection, _ = server.accept()
    connection.recv(65536)
    connection.sendall(f"{HEAD}{len(CHUNK):x}\r\n{CHUNK}\r\n".encode())
    connection.close()
CODE
python3 upstream.py > port &
upstream=$!
until [ -s port ]; do sleep 0.1; done
direct=127.0.0.1:$(cat port)
through=127.0.0.1:$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
export HOME=$folder
printf '{\n admin off\n}\nhttp://%s {\n reverse_proxy %s\n}\n' "$through" "$direct" > Caddyfile
usr/bin/caddy run --config Caddyfile > caddy.log 2>&1 &
caddy=$!
until curl --silent --output /dev/null "http://$through"; do
  [ $? = 18 ] && break
  sleep 0.2
done
usr/bin/caddy version
ask() {
  local code=0 body
  body=$(curl --silent "http://$1") || code=$?
  echo "${body@Q}, curl exits with $code"
}
{
  echo "direct: $(ask "$direct")"
  echo "through Caddy: $(ask "$through")"
} | tee seen
cat > expected <<'TEXT'
direct: 'data: Hello', curl exits with 18
through Caddy: 'data: Hello', curl exits with 0
TEXT
diff expected seen
