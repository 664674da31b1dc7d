#!/usr/bin/env bash
# The HAR file of mitmproxy holds escapes of lone surrogates where a response with a JSON type is in Latin-1: strict readers
# of JSON, such as jq's and serde_json's, refuse the whole file for one body. HAR has `encoding: base64` for such bodies
# (http://www.softwareishard.com/blog/har-12-spec/#content) and
# mitmproxy uses it for bytes that are no text. Exits with 1 if the package behaves in another way.
set -euo pipefail

folder=$(mktemp -d)
trap 'kill ${proxy:-} ${upstream:-} 2> /dev/null || true; rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv env
env/bin/pip install --quiet --disable-pip-version-check mitmproxy==11.0.2 orjson==3.11.4

cat > upstream.py <<'CODE'
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

BODY = '{"error":{"message":"Le café est fermé"}}'.encode("latin-1")


class Handler(BaseHTTPRequestHandler):
    def do_GET(self):
        kind, body = ("application/json", BODY) if self.path == "/json" else ("application/octet-stream", bytes(range(128, 256)))
        self.send_response(400)
        self.send_header("content-type", kind)
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
print(server.server_port, flush=True)
server.serve_forever()
CODE
python3 upstream.py > port &
upstream=$!
until [ -s port ]; do sleep 0.1; done
listen=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
env/bin/mitmdump --quiet --set confdir="$folder/conf" --set hardump="$folder/seen.har" --listen-host 127.0.0.1 \
  --listen-port "$listen" --mode "reverse:http://127.0.0.1:$(cat port)" > log 2>&1 &
proxy=$!
until curl --silent --output /dev/null "http://127.0.0.1:$listen/json"; do sleep 0.2; done
curl --silent --output /dev/null "http://127.0.0.1:$listen/bytes"
kill -INT $proxy
wait $proxy || true
proxy=

cat > read.py <<'CODE'
import json
from importlib.metadata import version

import orjson

text = open("seen.har", "rb").read()
print("mitmproxy", version("mitmproxy"), "orjson", version("orjson"))
for entry in json.loads(text)["log"]["entries"]:
    content = entry["response"]["content"]
    print(f"{content['mimeType']}: encoding {content.get('encoding')}, text {ascii(content['text'])[:60]}")
try:
    orjson.loads(text)
    print("a strict reader accepts the file")
except orjson.JSONDecodeError as error:
    print("a strict reader refuses the file:", str(error).split(":")[0])
CODE
env/bin/python read.py | tee seen
grep --quiet '^application/json: encoding None, .*\\udce9' seen
grep --quiet '^application/octet-stream: encoding base64' seen
grep --quiet '^a strict reader refuses the file' seen
