#!/usr/bin/env bash
# Apache's ProxyErrorOverride, with a page for 500, turns the statuses 418 and 529 of the upstream into 500: a client that
# waits and retries on 529 sees a fault of the server. Without the page for 500, both pass. Statuses are
# extensible: https://www.rfc-editor.org/rfc/rfc9110#section-15. Exits with 1 if the package behaves in another way.
set -euo pipefail

folder=$(mktemp -d)
trap 'kill ${apache:-} ${upstream:-} 2> /dev/null || true; rm -rf "$folder"' EXIT
cd "$folder"
apt-get download --quiet apache2-bin=2.4.71-1~deb12u1 libapr1 libaprutil1 libpcre2-8-0 > log 2>&1
for package in *.deb; do dpkg-deb --extract "$package" .; done

cat > upstream.py <<'CODE'
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class Handler(BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(int(self.path[1:]))
        self.send_header("content-length", "0")
        self.end_headers()

    def log_message(self, *_):
        pass


server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
print(server.server_port, flush=True)
server.serve_forever()
CODE
python3 upstream.py > port &
upstream=$!
until [ -s port ]; do sleep 0.1; done
free_port() { python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'; }
with=$(free_port)
without=$(free_port)
mkdir pages
chmod 755 "$folder" pages
echo '{"error":{"code":"internal"}}' > pages/500.json
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
LoadModule alias_module $modules/mod_alias.so
DefaultRuntimeDir $folder
Listen 127.0.0.1:$with
Listen 127.0.0.1:$without
ProxyErrorOverride On
ProxyPass /pages !
ProxyPass / http://127.0.0.1:$(cat port)/
Alias /pages $folder/pages
<Directory $folder/pages>
  Require all granted
</Directory>
<VirtualHost 127.0.0.1:$with>
  ErrorDocument 500 /pages/500.json
</VirtualHost>
<VirtualHost 127.0.0.1:$without>
</VirtualHost>
CONF
export LD_LIBRARY_PATH=$folder/usr/lib/$(uname -m)-linux-gnu
usr/sbin/apache2 -f "$folder/httpd.conf" -DFOREGROUND &
apache=$!
until curl --silent --output /dev/null "http://127.0.0.1:$with/200"; do sleep 0.1; done
usr/sbin/apache2 -v | sed -n 1p
ask() { curl --silent --output /dev/null --write-out '%{http_code}' "http://127.0.0.1:$1/$2"; }
for status in 418 503 529; do
  echo "$status: without a page for 500 $(ask "$without" $status), with it $(ask "$with" $status)"
done | tee seen
cat > expected <<'TEXT'
418: without a page for 500 418, with it 500
503: without a page for 500 503, with it 503
529: without a page for 500 529, with it 500
TEXT
diff expected seen
