#!/usr/bin/env bash
# nginx takes a dollar with a digit in the text of `return` for a group of a regular expression, also where there is none:
# "$5" leaves as nothing, with or without a backslash before it. `nginx -t` accepts the configuration, while an unknown name
# such as "$usd" is refused. A text with JSON's escape \u0024 leaves whole. Exits with 1 if the package behaves in another
# way.
set -euo pipefail

folder=$(mktemp -d)
trap 'kill "${server:-}" 2> /dev/null || true; rm -rf "$folder"' EXIT
cd "$folder"
apt-get download --quiet nginx=1.22.1-9+deb12u11 > log 2>&1
dpkg-deb --extract nginx_*.deb .
mkdir logs
port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
conf() {
  cat << CONF
daemon off;
master_process off;
pid nginx.pid;
events {}
http {
  access_log off;
  client_body_temp_path body;
  proxy_temp_path proxy;
  fastcgi_temp_path fastcgi;
  uwsgi_temp_path uwsgi;
  scgi_temp_path scgi;
  server {
    listen 127.0.0.1:$port;
    $1
  }
}
CONF
}
location() { printf "location = /%s { return 402 '{\"message\":\"It costs %s a month.\"}'; }\n" "$1" "$2"; }
conf "$(location plain '$5'; location backslash '\$5'; location escape '\u00245')" > nginx.conf
conf "$(location name '$usd')" > unknown.conf
usr/sbin/nginx -v 2>&1
usr/sbin/nginx -p "$folder" -c nginx.conf -e logs/error.log &
server=$!
until curl --silent --output /dev/null "http://127.0.0.1:$port/"; do sleep 0.1; done
{
  for path in plain backslash escape; do
    printf '%-9s %s\n' "$path" "$(curl --silent "http://127.0.0.1:$port/$path")"
  done
  { usr/sbin/nginx -t -p "$folder" -c unknown.conf -e logs/error.log 2>&1 || true; } | sed -nE 's/.*\[emerg\] (.*)/name      \1/p'
} | tee seen
cat > expected <<'TEXT'
plain     {"message":"It costs  a month."}
backslash {"message":"It costs \ a month."}
escape    {"message":"It costs \u00245 a month."}
name      unknown "usd" variable
TEXT
diff expected seen
