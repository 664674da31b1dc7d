#!/usr/bin/env bash
# nginx applies `client_max_body_size` to the location of `error_page 413` again if the request came over HTTP/2: the client
# gets nginx's HTML instead of the page, with the headers of the page's location. Over HTTP/1.1 it gets the page. With
# `client_max_body_size 0` in that location both do. `nginx -t` accepts either. Exits with 1 if the package behaves in
# another way.
set -euo pipefail

folder=$(mktemp -d)
trap 'kill "${server:-}" 2> /dev/null || true; rm -rf "$folder"' EXIT
cd "$folder"
apt-get download --quiet nginx=1.22.1-9+deb12u11 > log 2>&1
dpkg-deb --extract nginx_*.deb .
mkdir logs
free_port() { python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'; }
http1=$(free_port)
http2=$(free_port)
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
  client_max_body_size 1k;
  server {
    listen 127.0.0.1:$http1;
    listen 127.0.0.1:$http2 http2;
    location /plain { error_page 413 /errors; return 204; }
    location /unlimited { error_page 413 /errors-unlimited; return 204; }
    location = /errors {
      internal;
      default_type application/json;
      add_header x-from errors always;
      return 413 '{"error":{"code":"too_large"}}';
    }
    location = /errors-unlimited {
      internal;
      client_max_body_size 0;
      default_type application/json;
      add_header x-from errors always;
      return 413 '{"error":{"code":"too_large"}}';
    }
  }
}
CONF
usr/sbin/nginx -v 2>&1
usr/sbin/nginx -p "$folder" -c nginx.conf -e logs/error.log &
server=$!
until curl --silent --output /dev/null "http://127.0.0.1:$http1/"; do sleep 0.1; done
head --bytes 2000 /dev/zero > large
# A client that is still sending may meet the end of the connection instead of the answer.
ask() {
  local answer
  for _ in {1..50}; do
    answer=$(curl --silent --include --header 'expect:' --data-binary @large "$@" | tr -d '\r') && break
  done
  printf '%s, %s, x-from %s\n' "$(sed -nE '1s/^[^ ]+ ([0-9]+).*/\1/p' <<< "$answer")" \
    "$(sed -nE 's/^content-type: //Ip' <<< "$answer")" "$(sed -nE 's/^x-from: //Ip' <<< "$answer")"
}
for path in plain unlimited; do
  echo "$path, HTTP/1.1: $(ask "http://127.0.0.1:$http1/$path")"
  echo "$path, HTTP/2: $(ask --http2-prior-knowledge "http://127.0.0.1:$http2/$path")"
done | tee seen
cat > expected <<'TEXT'
plain, HTTP/1.1: 413, application/json, x-from errors
plain, HTTP/2: 413, text/html, x-from errors
unlimited, HTTP/1.1: 413, application/json, x-from errors
unlimited, HTTP/2: 413, application/json, x-from errors
TEXT
diff expected seen
