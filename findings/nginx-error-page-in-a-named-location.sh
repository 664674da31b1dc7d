#!/usr/bin/env bash
# nginx answers a request with a target that is too long with 500 and HTML if `error_page 414` names a location with `@`,
# as it does for other statuses: the redirect fails, since the target was not read. A location with a path works for both.
# `nginx -t` accepts either. Exits with 1 if the package behaves in another way.
set -euo pipefail

folder=$(mktemp -d)
trap 'kill "${server:-}" 2> /dev/null || true; rm -rf "$folder"' EXIT
cd "$folder"
apt-get download --quiet nginx=1.22.1-9+deb12u11 > log 2>&1
dpkg-deb --extract nginx_*.deb .
mkdir logs
free_port() { python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'; }
named=$(free_port)
path=$(free_port)
server() {
  cat << CONF
  server {
    listen 127.0.0.1:$1;
    error_page 403 414 $2;
    location = /denied { return 403; }
    location $2 { internal; default_type application/json; return 418 '{"error":{"code":"refused"}}'; }
  }
CONF
}
cat > nginx.conf << CONF
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
$(server "$named" @errors)
$(server "$path" /.errors)
}
CONF
usr/sbin/nginx -p "$folder" -c nginx.conf -e logs/error.log &
server=$!
until curl --silent --output /dev/null "http://127.0.0.1:$path/denied"; do sleep 0.1; done
long=$(printf 'x%.0s' {1..9000})
usr/sbin/nginx -v 2>&1
ask() { curl --silent --output /dev/null --write-out '%{http_code} %{content_type}' "http://127.0.0.1:$1/$2"; }
{
  echo "location with a path, 403: $(ask "$path" denied)"
  echo "location with a path, 414: $(ask "$path" "$long")"
  echo "named location, 403: $(ask "$named" denied)"
  echo "named location, 414: $(ask "$named" "$long")"
} | tee seen
cat > expected <<'TEXT'
location with a path, 403: 403 application/json
location with a path, 414: 414 application/json
named location, 403: 403 application/json
named location, 414: 500 text/html
TEXT
diff expected seen
