#!/usr/bin/env bash
# Of a header that a response has twice, the HAR file of Schemathesis keeps the first value alone, while the cassette of the
# same run keeps both. HAR has a list for them (http://www.softwareishard.com/blog/har-12-spec/#headers). A check of the
# file sees one `Retry-After` where clients, which read the first, the last or none, saw two. Exits with 1 if the package
# behaves in another way.
set -euo pipefail

folder=$(mktemp -d)
trap 'kill ${upstream:-} 2> /dev/null || true; rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv env
env/bin/pip install --quiet --disable-pip-version-check schemathesis==4.32.5 PyYAML==6.0.3

cat > openapi.json <<'JSON'
{ "openapi": "3.1.0", "info": { "title": "Files", "version": "1.0.0" },
  "paths": { "/files": { "get": { "responses": { "429": { "description": "Too many requests" } } } } } }
JSON
cat > upstream.py <<'CODE'
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class Handler(BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(429)
        self.send_header("retry-after", "2")
        self.send_header("retry-after", "7")
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
env/bin/schemathesis run openapi.json --url "http://127.0.0.1:$(cat port)" --phases fuzzing --max-examples 1 --seed 1 \
  --checks not_a_server_error --report har,vcr --report-har-path seen.har --report-vcr-path seen.yaml > log 2>&1 || true

cat > read.py <<'CODE'
import json
import sys
from importlib.metadata import version

import yaml

def values(headers):
    return [value for name, value in headers if name.lower() == "retry-after"]

with open("seen.har") as file:
    entry = json.load(file)["log"]["entries"][0]
with open("seen.yaml") as file:
    cassette = yaml.safe_load(file)["http_interactions"][0]
seen = {
    "HAR": values((header["name"], header["value"]) for header in entry["response"]["headers"]),
    "cassette": values((name, value) for name, list_ in cassette["response"]["headers"].items() for value in list_),
}
print("schemathesis", version("schemathesis"), seen)
sys.exit(seen != {"HAR": ["2"], "cassette": ["2", "7"]})
CODE
env/bin/python read.py
